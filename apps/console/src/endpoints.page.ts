import { rightMissing } from '@concordat/access/core';
import { newId, Problem } from '@concordat/platform';
import { deliveriesAsCsv, deliveriesAsXlsx, type EndpointOutcome, type EndpointRequest, type EndpointRow } from '@concordat/webhooks';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { EndpointDesk } from './endpoint-desk.js';
import { catalogueShown, endpointsHeadline } from './endpoints-shown.js';
import { Frame, type PageParts } from './frame.js';
import { fileLinks, sendFile, tableForms } from './list-file.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { roleOf } from './words/say.js';
import { deliveryStates, overlaps } from './words/webhooks.js';

const pageSize = 25;
const views = ['delivered', 'retry', 'dead', 'held'] as const;

// What is no answer to a question of the form is none: the form is shown again and says so.
const key = z.uuid().catch(() => newId());
const registering = z.object({
  key,
  provider: z.uuid().optional().catch(undefined),
  url: z.string().trim().max(2_000).catch(''),
  ordered: z.literal('yes').optional().catch(undefined),
});
type Registering = z.infer<typeof registering>;
const rotating = z.object({ key, overlap: z.coerce.number().refine((hours) => overlaps.some((one) => one.hours === hours)).catch(24) });
const switching = z.object({ key });
const listQuery = z.object({ at: z.coerce.number().int().min(0).optional().catch(undefined) });
const oneQuery = z.object({
  state: z.enum(views).optional().catch(undefined),
  before: z.coerce.number().int().min(1).optional().catch(undefined),
  at: z.coerce.number().int().min(0).optional().catch(undefined),
  sent: z.uuid().optional().catch(undefined),
  tested: z.literal('yes').optional().catch(undefined),
});
const exportQuery = oneQuery.pick({ state: true }).extend({ format: z.enum(tableForms).catch('csv').default('csv') });

/** Servers that are told what happens: whose they are, how it goes, their secrets, and everything they were sent. */
@UseFilters(PageFilter)
@Controller('webhooks')
export class EndpointsPage {
  constructor(
    private readonly frame: Frame,
    private readonly desk: EndpointDesk,
  ) {}

  @Get()
  async list(@Query({ schema: listQuery }) { at }: z.infer<typeof listQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const endpoints = await this.desk.list(reader, at);
    const manages = (await this.desk.manages(reader)).length > 0;
    await this.send(request, reply, 'endpoints', { reader }, { headline: endpointsHeadline(endpoints), endpoints, manages, whoCan });
  }

  @Get('events')
  async catalogue(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    await this.send(request, reply, 'events', { reader }, catalogueShown());
  }

  @Get('new')
  async form(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    await this.ask(reader, { key: newId(), url: '' }, [], request, reply);
  }

  @Post('new')
  async register(@Body({ schema: registering }) typed: Registering, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const providers = await this.desk.manages(reader);
    const provider = typed.provider ?? (providers.length === 1 ? providers[0]!.id : undefined);
    const errors = [
      ...(provider === undefined ? [{ text: 'Choose whose server it is', href: '#provider' }] : []),
      ...(typed.url === '' ? [{ text: 'Write the address of the server', href: '#url' }] : []),
    ];
    if (provider === undefined || errors.length > 0) return this.ask(reader, typed, errors, request, reply);
    const outcome = await this.desk.execute(reader, { name: 'register-endpoint', provider, url: typed.url, ordered: typed.ordered === 'yes' }, typed.key, request.id);
    if (outcome.outcome === 'refused') return this.ask(reader, typed, outcome.refusals.map(({ asks }) => ({ text: asks, href: '#url' })), request, reply);
    if (outcome.outcome !== 'recorded') throw notDone();
    await this.secret(reader, outcome, `${typed.url} is registered`, undefined, request, reply);
  }

  @Get(':id')
  async one(@Param('id') id: string, @Query({ schema: oneQuery }) { state, before, at, sent, tested }: z.infer<typeof oneQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const row = await this.desk.seen(reader, id, at);
    const [endpoint, deliveries] = await Promise.all([
      this.desk.shown(reader, row),
      this.desk.deliveries(reader, row, pageSize, { ...(state !== undefined && { state }), ...(before !== undefined && { before }) }),
    ]);
    const to = (view: string | undefined, below?: number) => `/webhooks/${id}?${new URLSearchParams({ ...(view !== undefined && { state: view }), ...(below !== undefined && { before: String(below) }) }).toString()}`;
    await this.send(request, reply, 'endpoint', { reader }, {
      endpoint,
      tested,
      sent: deliveries.shown.find(({ event }) => event === sent),
      views: [undefined, ...views].map((view) => ({ text: view === undefined ? 'All' : deliveryStates[view], here: view === state, href: to(view) })),
      deliveries: deliveries.shown,
      files: fileLinks(`/webhooks/${id}/export${state === undefined ? '' : `?state=${state}`}`, tableForms),
      older: deliveries.next && to(state, deliveries.next),
      manages: this.desk.mayManage(reader, row.provider),
      whoCan,
      key: newId(),
      overlaps: overlaps.map(({ hours, text }) => ({ value: hours, text })),
    });
  }

  @Get(':id/export')
  async export(@Param('id') id: string, @Query({ schema: exportQuery }) { state, format }: z.infer<typeof exportQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const all = await this.desk.all(reader, await this.desk.seen(reader, id), state);
    await sendFile(reply, 'deliveries', format, format === 'json' ? JSON.stringify({ items: all }) : await (format === 'csv' ? deliveriesAsCsv(all) : deliveriesAsXlsx(all)));
  }

  @Post(':id/rotate')
  async rotate(@Param('id') id: string, @Body({ schema: rotating }) { key, overlap }: z.infer<typeof rotating>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const done = await this.done(id, { name: 'rotate-secret', endpoint: id, overlapHours: overlap }, key, request, reply);
    if (done === undefined) return;
    const until = overlap === 0 ? 'The old secret no longer signs.' : `The old secret signs beside it for ${overlaps.find(({ hours }) => hours === overlap)!.text}: put the new one in place before then.`;
    await this.secret(done.reader, done.outcome, `${done.row.url} has a new secret`, until, request, reply);
  }

  @Post(':id/disable')
  async disable(@Param('id') id: string, @Body({ schema: switching }) { key }: z.infer<typeof switching>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.switched(id, { name: 'disable-endpoint', endpoint: id, reason: 'by-request' }, key, request, reply);
  }

  @Post(':id/enable')
  async enable(@Param('id') id: string, @Body({ schema: switching }) { key }: z.infer<typeof switching>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.switched(id, { name: 'enable-endpoint', endpoint: id }, key, request, reply);
  }

  @Post(':id/test')
  async test(@Param('id') id: string, @Body({ schema: switching }) { key }: z.infer<typeof switching>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    await this.switched(id, { name: 'test-endpoint', endpoint: id }, key, request, reply, '&tested=yes');
  }

  @Post(':id/deliveries/:event/resend')
  async resend(@Param('id') id: string, @Param('event') event: string, @Body({ schema: switching }) { key }: z.infer<typeof switching>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const row = await this.managed(reader, id);
    if (!(await this.desk.resend(reader, row.endpoint, event, key))) {
      throw new Problem({ status: 404, code: 'delivery.unknown', title: 'There is no such delivery', detail: 'Look at the list of deliveries.' });
    }
    await reply.redirect(`/webhooks/${id}?sent=${event}`, 303);
  }

  private async switched(id: string, command: EndpointRequest, key: string, request: FastifyRequest, reply: FastifyReply, saying = ''): Promise<void> {
    const done = await this.done(id, command, key, request, reply);
    if (done !== undefined) await reply.redirect(`/webhooks/${id}?at=${done.outcome.receipt.position}${saying}`, 303);
  }

  private async done(id: string, command: EndpointRequest, key: string, request: FastifyRequest, reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return undefined;
    const row = await this.managed(reader, id);
    const outcome = await this.desk.execute(reader, command, key, request.id);
    // A button pressed twice, or by two people: it stands as they wanted it.
    if (outcome.outcome === 'refused') throw new Problem({ status: 409, code: 'already-so', title: 'Somebody was quicker', detail: `${outcome.refusals.map(({ asks }) => asks).join(' ')} Look at the page of the server.` });
    if (outcome.outcome !== 'recorded') throw notDone();
    return { reader, row, outcome };
  }

  private async managed(reader: Reader, id: string): Promise<EndpointRow> {
    const row = await this.desk.seen(reader, id);
    if (this.desk.mayManage(reader, row.provider)) return row;
    throw new Problem({ status: 403, code: 'right.missing', title: 'You cannot do this yourself', detail: `${whoCan} can.` });
  }

  private async ask(reader: Reader, typed: Registering, errors: readonly { readonly text: string; readonly href: string }[], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const providers = await this.desk.manages(reader);
    if (providers.length === 0) throw new Problem({ status: 403, code: 'right.missing', title: 'You cannot do this yourself', detail: `${whoCan} can.` });
    await this.send(request, reply, 'endpoint-new', { reader, status: errors.length > 0 ? 422 : 200 }, {
      typed,
      errors,
      errorOf: Object.fromEntries(errors.map(({ text, href }) => [href.slice(1), { text }])),
      providers: providers.map(({ id, name }) => ({ value: id, text: name, selected: id === typed.provider })),
    });
  }

  private async secret(reader: Reader, { endpoint, secret, receipt }: Extract<EndpointOutcome, { outcome: 'recorded' }>, title: string, until: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.send(request, reply, 'endpoint-secret', { reader }, { title, until, href: `/webhooks/${endpoint}?at=${receipt.position}`, secret: secret !== null && 'shown' in secret ? secret.shown : undefined });
  }

  private send(request: FastifyRequest, reply: FastifyReply, page: string, parts: PageParts, values: object): Promise<void> {
    return this.frame.send(request, reply, page, { place: '/webhooks', ...parts }, values);
  }
}

const roles = rightMissing('endpoint.manage').missing.map(({ suppliedBy }) => roleOf(suppliedBy));
const whoCan = `${roles.slice(0, -1).join(', ')} or ${roles.at(-1)}`.replace(/^a/, 'A');

function notDone(): Problem {
  return new Problem({ status: 409, code: 'version.conflict', title: 'Others were quicker', detail: 'This was changed by others while it was decided, or this form was sent before with something else in it. Nothing was done. Open the page again.' });
}
