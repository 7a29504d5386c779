import type { Principal } from '@concordat/access';
import { may, providersOf } from '@concordat/access/core';
import { Clock, Fingerprints, londonDay, Problem } from '@concordat/platform';
import { deliveriesAsCsv, deliveriesAsXlsx, deliveriesSeen, EndpointCommand, type EndpointOutcome, type EndpointRequest, type EndpointRow, mostDelivered, Told } from '@concordat/webhooks';
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, type Call, Called, Who } from './ask.js';
import { keyReused, problemOf } from './command-answer.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, formatOf, inEveryFormat, tableFormatAsked, tableFormats } from './list-format.js';
import { missingRight } from './key.guard.js';
import { nextLink, pageLimit, positionSeen } from './paging.js';
import { idPath, type IdPath, pageOf } from './shapes.js';

const registering = z.strictObject({
  provider: z.uuid().toLowerCase().optional().describe('whose server it is; may be left out by people of one provider'),
  url: z.string().min(1).max(2000),
  ordered: z.boolean().default(false).describe('true: events of one agreement arrive strictly in order'),
});
const rotating = z.strictObject({ overlapHours: z.int().min(0).max(168).default(24) }).default({ overlapHours: 24 });
const nothing = z.strictObject({}).optional();
const deliveryState = z.enum(['pending', 'leased', 'delivered', 'retry', 'dead', 'held', 'skipped']);
const deliveriesQuery = z.strictObject({
  state: deliveryState.optional(),
  before: z.coerce.number().int().min(1).optional(),
  format: tableFormatAsked,
  limit: pageLimit,
});
const deliveryPath = z.object({ id: z.uuid(), event: z.uuid() });
const endpointAnswered = z.object({
  endpoint: z.uuid(),
  repeated: z.boolean(),
  secret: z.string().optional().describe('whsec_…, shown this once'),
  alreadyShown: z.literal(true).optional(),
});

const healthShown = z.object({
  waiting: z.int().min(0).describe('deliveries due now or later'),
  failing: z.int().min(0).describe('of these, those that failed at least once'),
  held: z.int().min(0).describe('kept while the endpoint is disabled'),
  dead: z.int().min(0).describe('given up after the last try'),
  lastDeliveredAt: z.string().nullable(),
});
const endpointShown = z.object({
  endpoint: z.uuid(),
  provider: z.uuid(),
  url: z.string(),
  ordered: z.boolean(),
  disabled: z.string().nullable(),
  registeredAt: z.iso.datetime(),
  heldUntil: z.iso.datetime().nullable(),
  keys: z.array(z.object({ key: z.uuid(), until: z.string().nullable() })).describe('the ids of the keys that sign, newest first'),
  health: healthShown,
});
const deliveryShown = z.looseObject({
  event: z.uuid(),
  agreement: z.uuid().nullable().describe('null for a test, which is about no agreement'),
  sequence: z.int().min(1).nullable().describe('null for a test'),
  position: z.int().min(1),
  type: z.string(),
  state: deliveryState,
  tries: z.int().min(0),
  attempts: z.array(
    z.looseObject({
      number: z.int().min(1),
      status: z.int().nullable(),
      error: z.string().nullable(),
      body: z.string().optional().describe('the first 16 KiB of the answer, for the people of the endpoint\'s provider alone'),
    }),
  ),
});
const resent = z.object({ endpoint: z.uuid(), event: z.uuid(), state: deliveryState });

@ApiV1('webhook-endpoints', 'Webhooks')
export class WebhookEndpointsController {
  constructor(
    private readonly told: Told,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('delivery.read')
  @ApiOperation({ operationId: 'listEndpoints', summary: 'Endpoints this key may see' })
  @ApiResponse({ status: 200, description: 'All of them; there are few', standardSchema: pageOf(endpointShown) })
  async list(@Who() who: Principal, @Req() request: FastifyRequest) {
    const rows = await this.told.endpoints(who.tenant, undefined, positionSeen(request).upTo);
    return { items: await this.withHealth(who, rows.filter((row) => this.sees(who, row))) };
  }

  @Post()
  @HttpCode(201)
  @Asks('endpoint.manage')
  @ApiOperation({ operationId: 'registerEndpoint', summary: 'Register a server that hears what happens; its secret is shown this once' })
  @ApiResponse({ status: 201, description: 'Registered', standardSchema: endpointAnswered })
  async register(@Called() call: Call, @Body({ schema: registering }) body: z.infer<typeof registering>) {
    const provider = body.provider ?? only(providersOf(call.who.actor, 'endpoint.manage', this.today()));
    return this.execute({ name: 'register-endpoint', provider, url: body.url, ordered: body.ordered }, call);
  }

  @Get(':id')
  @Asks('delivery.read')
  @ApiOperation({ operationId: 'readEndpoint', summary: 'One endpoint' })
  @ApiResponse({ status: 200, description: 'Without its secrets', standardSchema: endpointShown })
  async one(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Req() request: FastifyRequest) {
    const [shown] = await this.withHealth(who, [await this.seen(who, id, positionSeen(request).upTo)]);
    return shown;
  }

  @Post(':id/rotate-secret')
  @HttpCode(200)
  @Asks('endpoint.manage')
  @ApiOperation({ operationId: 'rotateSecret', summary: 'A new secret, shown this once; the old one signs beside it for the overlap' })
  @ApiResponse({ status: 200, description: 'Rotated', standardSchema: endpointAnswered })
  async rotate(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: rotating }) { overlapHours }: z.infer<typeof rotating>) {
    return this.execute({ name: 'rotate-secret', endpoint: id, overlapHours }, call);
  }

  @Post(':id/disable')
  @HttpCode(200)
  @Asks('endpoint.manage')
  @ApiOperation({ operationId: 'disableEndpoint', summary: 'Stop sending; what happens meanwhile is held, not dropped' })
  @ApiResponse({ status: 200, description: 'Disabled', standardSchema: endpointAnswered })
  async disable(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: nothing }) _: unknown) {
    return this.execute({ name: 'disable-endpoint', endpoint: id, reason: 'by-request' }, call);
  }

  @Post(':id/enable')
  @HttpCode(200)
  @Asks('endpoint.manage')
  @ApiOperation({ operationId: 'enableEndpoint', summary: 'Send again, beginning with what was held' })
  @ApiResponse({ status: 200, description: 'Enabled', standardSchema: endpointAnswered })
  async enable(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: nothing }) _: unknown) {
    return this.execute({ name: 'enable-endpoint', endpoint: id }, call);
  }

  @Post(':id/test')
  @HttpCode(202)
  @Asks('endpoint.manage')
  @ApiOperation({ operationId: 'testEndpoint', summary: 'Send a signed test event to this endpoint, once; it stands among its deliveries and in no feed' })
  @ApiResponse({ status: 202, description: 'On its way', standardSchema: endpointAnswered })
  async test(@Called() call: Call, @Param({ schema: idPath }) { id }: IdPath, @Body({ schema: nothing }) _: unknown) {
    return this.execute({ name: 'test-endpoint', endpoint: id }, call);
  }

  @Get(':id/deliveries')
  @Asks('delivery.read')
  @ApiOperation({ operationId: 'listDeliveries', summary: 'Deliveries with every attempt, newest first; also as CSV or XLSX, with the last attempt of each' })
  @ApiResponse(() => inEveryFormat(jsonSchema(pageOf(deliveryShown)), tableFormats))
  async deliveries(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: deliveriesQuery }) { state, before, limit, format: asked }: z.infer<typeof deliveriesQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { provider } = await this.seen(who, id);
    const format = formatOf(asked, request.headers.accept, tableFormats);
    reply.header('vary', 'accept').type(contentTypeOf(format));
    if (format !== 'json') {
      const all = await this.told.deliveries(who.tenant, id, mostDelivered, state === undefined ? {} : { state });
      await reply.header('content-disposition', `attachment; filename="deliveries.${format}"`).send(await (format === 'csv' ? deliveriesAsCsv(all) : deliveriesAsXlsx(all)));
      return;
    }
    const rows = await this.told.deliveries(who.tenant, id, limit, { ...(before !== undefined && { before }), ...(state !== undefined && { state }) });
    const items = deliveriesSeen(rows, who.actor, provider, this.today());
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink(`/api/v1/webhook-endpoints/${id}/deliveries`, { state, limit, before: last.position }));
    await reply.send({ items });
  }

  @Post(':id/deliveries/:event/resend')
  @HttpCode(202)
  @Asks('endpoint.manage')
  @ApiOperation({ operationId: 'resend', summary: 'Send one delivery again, under the same webhook-id; a request repeated within 30 days sends nothing more' })
  @ApiResponse({ status: 202, description: 'Queued', standardSchema: resent })
  async resend(
    @Called() { who, request, reply }: Call,
    @Param({ schema: deliveryPath }) { id, event }: z.infer<typeof deliveryPath>,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const { provider } = await this.seen(who, id);
    if (!may(who.actor, 'endpoint.manage', { provider }, this.today())) throw missingRight('endpoint.manage');
    const state = await this.told.resend(who.tenant, id, event, ask);
    if (state === 'key-reused') throw keyReused();
    if (state === undefined) throw new Problem({ status: 404, code: 'delivery.unknown', title: 'There is no such delivery', detail: 'Check the event id against the list of deliveries.' });
    return { endpoint: id, event, state };
  }

  private async execute(command: EndpointRequest, { who, request, reply }: Call) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const outcome: EndpointOutcome = await this.commands.execute(new EndpointCommand(command, ask));
    if (outcome.outcome !== 'recorded') {
      if (outcome.outcome === 'refused' && outcome.refusals.some(({ code }) => code === 'endpoint.unknown')) throw noSuchEndpoint();
      // The version of an endpoint is told to whoever sees it.
      if (outcome.outcome === 'precondition-failed' && 'endpoint' in command) await this.seen(who, command.endpoint);
      throw problemOf(outcome);
    }
    reply.header('concordat-position', String(outcome.receipt.position));
    const { endpoint, repeated, secret } = outcome;
    return {
      endpoint,
      repeated,
      ...(secret !== null && ('shown' in secret ? { secret: secret.shown } : { alreadyShown: true })),
    };
  }

  private async withHealth({ tenant }: Principal, rows: readonly EndpointRow[]) {
    const health = await this.told.health(tenant, rows.map(({ endpoint }) => endpoint));
    return rows.map((row) => ({ ...row, health: health.get(row.endpoint) }));
  }

  private sees(who: Principal, row: EndpointRow): boolean {
    return may(who.actor, 'delivery.read', { provider: row.provider }, this.today());
  }

  private today(): string {
    return londonDay(this.clock.now());
  }

  private async seen(who: Principal, id: string, upTo?: number): Promise<EndpointRow> {
    const row = await this.told.endpoint(who.tenant, id, upTo);
    if (row === undefined || !this.sees(who, row)) throw noSuchEndpoint();
    return row;
  }
}

function noSuchEndpoint(): Problem {
  return new Problem({ status: 404, code: 'endpoint.unknown', title: 'There is no such endpoint', detail: 'No endpoint by this id can be seen with this key.' });
}

function only(providers: readonly string[]): string {
  const [provider, ...more] = providers;
  if (provider !== undefined && more.length === 0) return provider;
  throw new Problem({ status: 400, code: 'request.invalid', title: 'Name the provider', detail: 'Say whose endpoint this is.', errors: [{ pointer: '/provider', detail: 'must be the id of a provider' }] });
}
