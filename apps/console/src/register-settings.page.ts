import { tiers } from '@concordat/pathway/core';
import { Clock, londonDay, Problem } from '@concordat/platform';
import { ContractRegister } from '@concordat/register';
import { type AwkwardTime, type LengthByTier, type RenewalSettings, type RenewalStep, renewalSteps } from '@concordat/register/core';
import { Body, Controller, Get, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { typedIn } from './form-desk.js';
import { readForm, type Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { routeTitle } from './names.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { lengthOf, markWords, stepWords } from './words/register-words.js';
import { codeOf, dayOf } from './words/say.js';

const mostDays = 1000;
const timeKinds = ['preElection', 'closures'] as const;
type TimeKind = (typeof timeKinds)[number];
const period = z.object({ kind: z.enum(timeKinds), title: z.string().min(1).max(200), begins: z.iso.date(), ends: z.iso.date() });
const timeWords: Readonly<Record<TimeKind, { readonly title: string; readonly what: string }>> = {
  preElection: { title: 'Times before elections', what: 'A time before an election' },
  closures: { title: 'Days of closure', what: 'Days on which you are closed' },
};

/** How long renewing takes: by step, tier and route, the times before elections and the days of closure. An administrator changes it, and every plan follows. */
@UseFilters(PageFilter)
@Controller('register/settings')
export class RegisterSettingsPage {
  constructor(
    private readonly frame: Frame,
    private readonly register: ContractRegister,
    private readonly clock: Clock,
  ) {}

  @Get()
  async all(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader !== undefined) await this.show(reader, {}, [], request, reply);
  }

  /** Adds a time, or takes one out. */
  @Post()
  async periods(@Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('settings.manage', request, reply);
    if (reader === undefined) return;
    const { tenant, id: by } = reader.principal;
    const typed = typedIn(body);
    const settings = await this.register.settings(tenant);
    const [act, from, at] = String(typed['act'] ?? '').split(' ');
    const removed = timeKinds.find((kind) => kind === from);
    if (act === 'remove' && removed !== undefined) {
      await this.register.changeSettings(tenant, withTimes(settings, removed, settings[removed].periods.filter((_, place) => String(place) !== at)), by);
      return reply.redirect('/register/settings', 303);
    }
    const read = readForm(period, typed);
    if ('faults' in read) return this.show(reader, typed, ['Say which kind of time it is, what it is called, and its first and last day'], request, reply);
    const { kind, ...time } = read.value;
    if (time.begins > time.ends) return this.show(reader, typed, ['The last day lies before the first day'], request, reply);
    const added = { ...time, source: { cites: 'As the organisation says', mark: 'practice' as const } };
    await this.register.changeSettings(tenant, withTimes(settings, kind, [...settings[kind].periods, added].sort((a, b) => a.begins.localeCompare(b.begins))), by);
    await reply.redirect('/register/settings', 303);
  }

  @Get(':step')
  async step(@Param('step') name: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('settings.manage', request, reply);
    if (reader === undefined) return;
    await this.ask(reader, known(name), await this.register.settings(reader.principal.tenant), {}, [], request, reply);
  }

  @Post(':step')
  async change(@Param('step') name: string, @Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('settings.manage', request, reply);
    if (reader === undefined) return;
    const step = known(name);
    const { tenant, id: by } = reader.principal;
    const typed = typedIn(body);
    const settings = await this.register.settings(tenant);
    const wrong: string[] = [];
    const daysOf = (field: string): number => {
      const days = Number(typed[field] === '' ? Number.NaN : typed[field]);
      if (Number.isInteger(days) && days >= 0 && days <= mostDays) return days;
      wrong.push(field);
      return 0;
    };
    const source = typeof typed['cites'] === 'string' && typed['cites'].trim() !== '' ? { cites: typed['cites'].trim().slice(0, 1000), mark: 'practice' as const } : undefined;
    // Whose figures stay the same keep who said so.
    const changed = (was: LengthByTier, at: string): LengthByTier => {
      const now = Object.fromEntries(tiers.map((tier) => [tier, { ...was[tier], days: daysOf(`${at}.${tier}`) }])) as Pick<LengthByTier, (typeof tiers)[number]>;
      const same = tiers.every((tier) => now[tier].days === was[tier].days);
      return { ...was, ...now, source: same ? was.source : (source ?? { cites: 'As the organisation says', mark: 'practice' }) };
    };
    const { routes, ...ordinary } = settings.steps[step];
    const next = { ...changed(ordinary, 'usual'), routes: Object.fromEntries(Object.entries(routes).map(([route, lengths]) => [route, changed(lengths, route)])) };
    if (wrong.length > 0) return this.ask(reader, step, settings, typed, wrong, request, reply);
    await this.register.changeSettings(tenant, { ...settings, steps: { ...settings.steps, [step]: next } }, by);
    await reply.redirect('/register/settings', 303);
  }

  private async show(reader: Reader, typed: Typed, errors: readonly string[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const settings = await this.register.settings(reader.principal.tenant);
    const may = mayForAll(reader.principal.actor, 'settings.manage', this.today());
    const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
    await this.frame.send(request, reply, 'register-settings', { reader, place: '/register', status: errors.length > 0 ? 422 : 200 }, {
      may,
      whoCan: whoCan('settings.manage'),
      errors: errors.map((error) => ({ text: error, href: '#title' })),
      tiers: tiers.map((tier) => codeOf(tier)),
      steps: renewalSteps.map((step) => ({ title: stepWords[step], href: `/register/settings/${step}`, rows: rowsOf(settings, step).map(({ name, lengths }) => ({ name, lengths: tiers.map((tier) => lengthOf(lengths[tier])), cites: lengths.source.cites, mark: markWords[lengths.source.mark] })) })),
      times: timeKinds.map((kind) => ({
        kind, ...timeWords[kind],
        steps: settings[kind].steps.map((step) => stepWords[step].toLowerCase()).join(', '),
        periods: settings[kind].periods.map(({ title, begins, ends, source }, at) => ({ at, title, begins: dayOf(begins), ends: dayOf(ends), cites: source.cites, mark: markWords[source.mark] })),
        checked: text('kind') === kind,
      })),
      holidaySteps: settings.bankHolidays.steps.map((step) => stepWords[step].toLowerCase()).join(', '),
      title: text('title'),
      days: ['begins', 'ends'].map((name) => ({ name, legend: name === 'begins' ? 'First day' : 'Last day', items: ['day', 'month', 'year'].map((part) => ({ name: `${name}.${part}`, id: `${name}-${part}`, label: { day: 'Day', month: 'Month', year: 'Year' }[part], value: text(`${name}.${part}`), width: part === 'year' ? 4 : 2 })) })),
    });
  }

  private async ask(reader: Reader, step: RenewalStep, settings: RenewalSettings, typed: Typed, wrong: readonly string[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : undefined);
    await this.frame.send(request, reply, 'register-settings-step', { reader, place: '/register', status: wrong.length > 0 ? 422 : 200 }, {
      title: stepWords[step],
      action: `/register/settings/${step}`,
      errors: wrong.map((name) => ({ text: `Write whole days, from 0 to ${mostDays}`, href: `#${name.replace('.', '-')}` })),
      cites: text('cites') ?? '',
      rows: rowsOf(settings, step).map(({ id, name, lengths }) => ({
        name, cites: lengths.source.cites,
        cells: tiers.map((tier) => ({ name: `${id}.${tier}`, id: `${id}-${tier}`, tier: codeOf(tier), unit: lengths[tier].unit === 'days' ? 'days' : 'working days', value: text(`${id}.${tier}`) ?? String(lengths[tier].days), wrong: wrong.includes(`${id}.${tier}`) })),
      })),
    });
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

function rowsOf(settings: RenewalSettings, step: RenewalStep) {
  const { routes, ...ordinary } = settings.steps[step];
  return [{ id: 'usual', name: 'Usually', lengths: ordinary as LengthByTier }, ...Object.entries(routes).map(([route, lengths]) => ({ id: route, name: routeTitle(route), lengths }))];
}

function withTimes(settings: RenewalSettings, kind: TimeKind, periods: readonly AwkwardTime[]): RenewalSettings {
  return { ...settings, [kind]: { ...settings[kind], periods } };
}

/** @throws Problem 404. */
function known(name: string): RenewalStep {
  const step = renewalSteps.find((one) => one === name);
  if (step === undefined) throw new Problem({ status: 404, code: 'path.unknown', title: 'Page not found', detail: 'There is no such step of renewing a contract.' });
  return step;
}
