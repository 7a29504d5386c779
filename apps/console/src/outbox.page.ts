import type { Principal } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { Installation } from '@concordat/assembly';
import { Clock, isUuid, londonDay, Problem } from '@concordat/platform';
import { type NotificationRow, notificationsAsCsv, notificationsAsXlsx, Outbox } from '@concordat/reminders';
import { wordsOf } from '@concordat/reminders/core';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { grouped } from './grouped.js';
import { fileLinks, sendFile, tableForms } from './list-file.js';
import { Names } from './names.js';
import { PageFilter } from './page.filter.js';
import { agreementNotSeen } from './words/en.js';
import { counted, timeOf } from './words/say.js';

const pageSize = 100;
const outboxQuery = z.object({
  whose: z.enum(['mine', 'all']).catch('mine').default('mine'),
  before: z.string().max(100).optional().catch(undefined),
  at: z.coerce.number().int().min(0).optional().catch(undefined),
});
const exportQuery = outboxQuery.pick({ whose: true }).extend({ format: z.enum(tableForms).catch('csv').default('csv') });
type OutboxQuery = z.infer<typeof outboxQuery>;
const mark = /^(\d{1,15})\.([0-9a-f-]{36})\.([0-9a-f-]{36})$/;

const states: Readonly<Record<NotificationRow['state'] | 'digest', string>> = { digest: 'To be mailed with others of a day', kept: 'Shown here', due: 'To be mailed', sent: 'Mailed', failed: 'Could not be mailed' };

/** What people are told by e-mail. Where nothing is mailed, as in a demo, this page is where they read it. */
@UseFilters(PageFilter)
@Controller('outbox')
export class OutboxPage {
  constructor(
    private readonly frame: Frame,
    private readonly outbox: Outbox,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: outboxQuery }) { whose, before, at }: OutboxQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor, id } = reader.principal;
    const readsAll = this.outbox.mayReadAll(actor);
    if (whose === 'all' && !readsAll) throw notYours();
    const [, position, person, event] = mark.exec(before ?? '') ?? [];
    const rows = await this.outbox.page(tenant, {
      limit: pageSize + 1,
      ...(whose === 'mine' && { person: id }),
      ...(position !== undefined && person !== undefined && event !== undefined && isUuid(person) && isUuid(event) && { before: { position: Number(position), person, event } }),
      ...(at !== undefined && { upTo: at }),
    });
    const page = rows.slice(0, pageSize);
    const last = rows.length > pageSize ? page.at(-1) : undefined;
    await this.frame.send(request, reply, 'outbox', { reader, place: '/outbox' }, {
      headline: headlineOf(page, last !== undefined, whose),
      views: readsAll ? (['mine', 'all'] as const).map((one) => ({ text: one === 'mine' ? 'To you' : 'To everybody', href: `/outbox?whose=${one}`, here: one === whose })) : [],
      mails: this.installation.mode !== 'demo' && this.installation.smtpUrl !== undefined,
      messages: await this.shown(reader.principal, page, whose),
      files: fileLinks(`/outbox/export?whose=${whose}`, tableForms),
      older: last === undefined ? undefined : `/outbox?whose=${whose}&before=${last.position}.${last.person}.${last.event}`,
    });
  }

  @Get('export')
  async export(@Query({ schema: exportQuery }) { whose, format }: z.infer<typeof exportQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor, id } = reader.principal;
    if (whose === 'all' && !this.outbox.mayReadAll(actor)) throw notYours();
    const lines = await this.outbox.lines(tenant, actor, whose === 'mine' ? id : undefined, this.installation.publicUrl);
    await sendFile(reply, 'outbox', format, format === 'json' ? JSON.stringify({ items: lines }) : await (format === 'csv' ? notificationsAsCsv(lines) : notificationsAsXlsx(lines)));
  }

  /** One line an event: whoever was told of the same stands on it. */
  private async shown({ tenant, actor }: Principal, rows: readonly NotificationRow[], whose: OutboxQuery['whose']) {
    const [seen, named] = await Promise.all([
      this.agreements.seeAll(tenant, [...new Set(rows.map(({ agreement }) => agreement))], actor, londonDay(this.clock.now())),
      this.names.for(tenant, undefined, rows.map(({ person }) => person)),
    ]);
    return [...grouped(rows, ({ event, type }) => `${event} ${type}`).values()].map((told) => {
      const [{ type, agreement, happenedAt }] = told as [NotificationRow];
      const words = wordsOf(type);
      const open = seen.get(agreement);
      return {
        says: words?.says ?? '',
        href: open === undefined ? undefined : `/agreements/${agreement}${words?.part ?? ''}`,
        agreement: open?.agreement.title ?? agreementNotSeen,
        at: timeOf(happenedAt),
        to: whose === 'mine' ? [] : told.map(({ person }) => named.of(person)),
        went: [...grouped(told, ({ state, digest }) => (digest && state === 'due' ? 'digest' : state))].map(([state, group]) => `${states[state]}${told.length > 1 ? ` (${group.length})` : ''}`),
      };
    });
  }
}

function notYours(): Problem {
  return new Problem({ status: 403, code: 'right.missing', title: 'This is not yours to read', detail: 'You may see what you were told.' });
}

function headlineOf(rows: readonly NotificationRow[], more: boolean, whose: OutboxQuery['whose']): string {
  if (rows.length === 0) return whose === 'mine' ? 'You were told nothing yet.' : 'Nobody was told anything yet.';
  const people = new Set(rows.map(({ person }) => person)).size;
  const count = counted(rows.length, 'message');
  return `${more ? `The newest ${count}` : count}${whose === 'mine' ? ' to you' : ` to ${counted(people, 'person', 'people')}`}, newest first.`;
}
