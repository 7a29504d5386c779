import type { Principal } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { Installation } from '@concordat/assembly';
import { Clock, isUuid, londonDay, uuidv5 } from '@concordat/platform';
import { type AgreementFilter, AgreementList, agreementsAsCalendar, agreementsAsCsv, agreementsAsXlsx } from '@concordat/register';
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { AgreementDesk, knownCommand } from './agreement-desk.js';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { idempotencyKey, principalOf, Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, type Format, formatAsked, formatOf, inEveryFormat } from './list-format.js';
import { cursorOf, nextLink, pageLimit, positionSeen, readCursor, versionAfter } from './paging.js';
import { noSuchAgreement, seen, seenWhole, view, withoutSealed } from './read-agreement.js';
import { treeOf, treeShown } from './tree-shown.js';
import {
  agreementShown, agreementsPage, commandAnswered, commandRecorded, eventShown, gateShown, idPath, type IdPath, instant, operationAnswered, pageOf, writeQuery,
  type WriteQuery,
} from './shapes.js';

const listQuery = z.strictObject({
  stage: z.string().max(64).optional(),
  lifecycle: z.enum(['open', 'held', 'cancelled', 'closed', 'split', 'transferred']).optional(),
  text: z.string().min(1).max(200).optional(),
  format: formatAsked,
  limit: pageLimit,
  after: z.string().max(500).optional(),
});
const listMark = z.strictObject({ openedAt: instant, id: z.uuid() });
const historyQuery = z.strictObject({ after: versionAfter, limit: pageLimit });
const oneQuery = z.strictObject({ asAt: instant.optional() });

@ApiV1('agreements', 'Agreements')
export class AgreementsController {
  constructor(
    private readonly agreements: Agreements,
    private readonly list: AgreementList,
    private readonly desk: AgreementDesk,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listAgreements', summary: 'Agreements this key may see, newest first; also as CSV, XLSX or a calendar of when contracts start and end' })
  @ApiResponse(() => inEveryFormat(jsonSchema(agreementsPage)))
  async page(
    @Who() who: Principal,
    @Query({ schema: listQuery }) query: z.infer<typeof listQuery>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const { limit, after, format: asked, ...filter } = query;
    const format = formatOf(asked, request.headers.accept);
    reply.header('vary', 'accept').type(contentTypeOf(format));
    if (format !== 'json') {
      await reply.header('content-disposition', `attachment; filename="agreements.${format}"`).send(await this.exported(who, filter, format));
      return;
    }
    const { rows, next, asOf } = await this.list.page(
      who.tenant,
      await this.agreements.reach(who.tenant, who.actor, 'agreement.read', this.today()),
      filter,
      { limit, ...(after !== undefined && { after: readCursor(listMark, after) }), ...positionSeen(request) },
    );
    if (next !== undefined) reply.header('link', nextLink('/api/v1/agreements', { ...filter, limit, after: cursorOf(next) }));
    await reply.send({ items: rows.map(({ parties: _, ...row }) => row), ...(asOf !== undefined && { asOf }) });
  }

  @Post()
  @HttpCode(201)
  @Asks('agreement.open')
  @ApiOperation({ operationId: 'openAgreement', summary: 'Opens an agreement: the command open-agreement, under an id made here' })
  @ApiResponse({ status: 201, description: 'Opened; Location says where', standardSchema: commandRecorded })
  @ApiResponse({ status: 200, description: 'What a dry run would record', standardSchema: commandAnswered })
  @ApiResponse({ status: 202, description: 'Accepted for later (Prefer: respond-async); Location names the operation', standardSchema: operationAnswered })
  async open(
    @Who() who: Principal,
    @Body() body: unknown,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    // The id follows from the key, so that the same request sent again names the same agreement.
    const agreement = uuidv5(who.tenant, `agreement/${who.id}/${idempotencyKey(request)}`);
    await this.desk.answer({ name: 'open-agreement', agreement, body, dryRun: dryRun === 'true', made: true }, who, request, reply);
  }

  @Get(':id')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readAgreement', summary: 'One agreement, now or as at an instant' })
  @ApiResponse({ status: 200, description: 'As this reader may see it; ETag is its version', standardSchema: agreementShown })
  async one(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: oneQuery }) { asAt }: z.infer<typeof oneQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = seen(await this.agreements.see(who.tenant, id, who.actor, this.today(), asAt === undefined ? undefined : new Date(asAt)));
    reply.header('etag', `"${found.version}"`);
    return view(found);
  }

  @Get(':id/gate')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readGate', summary: 'Everything the gate of its stage asks, met or not, as of today' })
  @ApiResponse({ status: 200, description: 'The checklist. It has no ETag: it changes with the day', standardSchema: gateShown })
  async gate(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const gate = await this.agreements.gateOf(who.tenant, seenWhole(await this.agreements.see(who.tenant, id, who.actor, this.today())), who.actor);
    const unmet = gate.checklist.filter(({ met }) => !met).length;
    const { version, stage, preliminary, checklist } = gate;
    return { agreement: id, version, stage, preliminary, open: unmet === 0, unmet, checklist };
  }

  @Get(':id/tree')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readTree', summary: 'What it came from, what came from it with stage, value and provider, and what it renews or replaces' })
  @ApiResponse({ status: 200, description: 'Agreements as they stand now, of those whose whole you see; of those that came from it the newest 200', standardSchema: treeShown })
  async tree(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const { agreement } = seenWhole(await this.agreements.see(who.tenant, id, who.actor, this.today()));
    return treeOf(agreement, await this.agreements.tree(who.tenant, agreement, who.actor, this.today()));
  }

  @Get(':id/history')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readHistory', summary: 'What happened to it, oldest first, with who did it and when' })
  @ApiResponse({ status: 200, description: 'One page; the Link header leads to the next', standardSchema: pageOf(eventShown) })
  async history(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: historyQuery }) { after, limit }: z.infer<typeof historyQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = seenWhole(await this.agreements.see(who.tenant, id, who.actor, this.today()));
    const events = await this.agreements.history(who.tenant, id, after, limit);
    const last = events.at(-1);
    if (last !== undefined && last.version < found.version) {
      reply.header('link', nextLink(`/api/v1/agreements/${id}/history`, { limit, after: last.version }));
    }
    const read = await this.agreements.readingOf(who.tenant, who.actor, this.today(), events);
    return { items: withoutSealed(events.map(read)) };
  }

  @Post(':id/commands/:name')
  @HttpCode(200)
  @Asks('signed-in')
  @ApiOperation({ operationId: 'command', summary: 'One command' })
  @ApiResponse({ status: 200, description: 'Recorded, or what a dry run would record', standardSchema: commandAnswered })
  @ApiResponse({ status: 202, description: 'Accepted for later (Prefer: respond-async); Location names the operation', standardSchema: operationAnswered })
  // Called a hundred times as often as all others: what need not stand in the document as a parameter is read off the
  // request, because every decorated one goes through the pipes as a promise of its own.
  async command(
    @Param('id') id: string,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest<{ Params: { name: string } }>,
    @Res() reply: FastifyReply,
  ) {
    const { body, params: { name } } = request;
    const command = knownCommand(name);
    if (!isUuid(id)) throw noSuchAgreement();
    await this.desk.answer({ name: command, agreement: id.toLowerCase(), body, dryRun: dryRun === 'true' }, principalOf(request), request, reply);
  }

  private async exported(who: Principal, filter: AgreementFilter, format: Exclude<Format, 'json'>): Promise<string | Buffer> {
    const rows = await this.list.all(who.tenant, await this.agreements.reach(who.tenant, who.actor, 'agreement.read', this.today()), filter);
    if (format === 'ics') return agreementsAsCalendar(rows, (id) => `${this.installation.publicUrl}/agreements/${id}`);
    return format === 'csv' ? agreementsAsCsv(rows) : agreementsAsXlsx(rows);
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}
