import { holidays, ownCalendarShape, OwnCalendars } from '@concordat/pathway';
import { type Jurisdiction, jurisdictions, type OwnCalendar, withOwnHolidays } from '@concordat/pathway/core';
import { Clock, Fingerprints, londonDay, newId } from '@concordat/platform';
import { Body, Controller, Get, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { typedIn } from './form-desk.js';
import { readForm, type Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { dayOf } from './words/say.js';

const holiday = ownCalendarShape.shape.holidays.element;
const parts: Readonly<Record<Jurisdiction, string>> = { 'england-and-wales': 'England and Wales', scotland: 'Scotland', 'northern-ireland': 'Northern Ireland' };
const asked = { day: 'Write the day that is a bank holiday', in: 'Say in which part of the UK it is kept', title: 'Say what the day is kept for', cites: 'Say who says so, such as the proclamation' } as const;

/** Which days are no working days. An administrator adds one that was proclaimed, and every clock goes by it at once. */
@UseFilters(PageFilter)
@Controller('calendar')
export class CalendarPage {
  constructor(
    private readonly frame: Frame,
    private readonly calendars: OwnCalendars,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.read', request, reply);
    if (reader !== undefined) await this.show(reader, {}, [], request, reply);
  }

  /** Adds a day, takes one out, or says up to which year all are known. */
  @Post()
  async change(@Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('settings.manage', request, reply);
    if (reader === undefined) return;
    const typed = typedIn(body);
    const own = await this.calendars.own(reader.principal.tenant);
    const [act, what] = String(typed['act'] ?? '').split(' ');
    if (act === 'remove') return this.settle({ ...own, holidays: own.holidays.filter(({ day }) => day !== what) }, typed, reader, request, reply);
    if (act === 'known') return this.settle({ ...own, lastKnownYear: withOwnHolidays(holidays, own).lastKnownYear + 1 }, typed, reader, request, reply);
    if (act === 'unknown') return this.settle({ holidays: own.holidays }, typed, reader, request, reply);
    const read = readForm(holiday, { ...typed, in: jurisdictions.filter((one) => [typed['in']].flat().includes(one)) });
    if ('faults' in read) {
      return this.show(reader, typed, read.faults.map(({ name }) => ({ text: asked[name.split('.')[0] as keyof typeof asked], href: name.startsWith('day') ? '#day-day' : `#${name.split('.')[0]}` })), request, reply);
    }
    await this.settle({ ...own, holidays: [...own.holidays, read.value].sort((a, b) => a.day.localeCompare(b.day)) }, typed, reader, request, reply);
  }

  private async settle(next: OwnCalendar, typed: Typed, reader: Reader, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, actor, id } = reader.principal;
    const outcome = await this.calendars.change(next, { tenant, actor, commandId: newId(), fingerprint: this.fingerprints.of(['calendar', next as never, id]), correlationId: request.id });
    const refused = outcome.outcome === 'refused' ? outcome.refusals.filter(({ code }) => code !== 'already-so') : [];
    if (refused.length > 0) return this.show(reader, typed, refused.map(({ code, asks }) => ({ text: asks, href: code === 'calendar.year-empty' ? '#known' : '#day-day' })), request, reply);
    await reply.redirect('/calendar', 303);
  }

  private async show(reader: Reader, typed: Typed, errors: readonly { readonly text: string; readonly href: string }[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, actor } = reader.principal;
    const calendar = await this.calendars.own(tenant);
    const { lastKnownYear } = withOwnHolidays(holidays, calendar);
    const today = this.today();
    const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    const coming = [...new Set(jurisdictions.flatMap((part) => holidays.holidays[part]))].filter((day) => day >= today && day < `${Number(today.slice(0, 4)) + 1}${today.slice(4)}`).sort();
    await this.frame.send(request, reply, 'calendar', { reader, place: '/pathways', status: errors.length > 0 ? 422 : 200 }, {
      errors,
      may: mayForAll(actor, 'settings.manage', today),
      whoCan: whoCan('settings.manage'),
      source: holidays.source,
      lastKnownYear,
      saidKnown: lastKnownYear > holidays.lastKnownYear,
      own: calendar.holidays.map(({ day, in: where, title, cites }) => ({ day, says: dayOf(day), where: where.map((part) => parts[part]).join(', '), title, cites })),
      coming: coming.map((day) => ({ says: dayOf(day), where: jurisdictions.filter((part) => holidays.holidays[part].includes(day)).map((part) => parts[part]).join(', ') })),
      title: text('title'),
      cites: text('cites'),
      parts: jurisdictions.map((part) => ({ value: part, text: parts[part], checked: [typed['in']].flat().includes(part) })),
      day: ['day', 'month', 'year'].map((part) => ({ name: `day.${part}`, id: `day-${part}`, label: { day: 'Day', month: 'Month', year: 'Year' }[part], value: text(`day.${part}`), width: part === 'year' ? 4 : 2 })),
    });
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}
