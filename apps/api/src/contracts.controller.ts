import type { Principal } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Installation } from '@concordat/assembly';
import { isRecordableDate } from '@concordat/platform/core';
import { Clock, londonDay, Problem } from '@concordat/platform';
import { type ContractFilter, ContractRegister, contractsAsCalendar, contractsAsCsv, contractsAsXlsx, contractViews, renewalSettingsShape } from '@concordat/register';
import { renewalStates } from '@concordat/register/core';
import { Get, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { contentTypeOf, type Format, formatAsked, formatOf, inEveryFormat } from './list-format.js';
import { missingRight } from './key.guard.js';
import { cursorOf, nextLink, pageLimit, readCursor } from './paging.js';
import { idPath, type IdPath, instant, pageOf } from './shapes.js';

const civilDate = z.string().refine(isRecordableDate);
// An empty lead or provider asks for the contracts without one.
const orNobody = z.string().max(500).transform((name) => (name === '' ? null : name));
const listQuery = z.strictObject({
  view: z.enum(contractViews).optional(),
  lead: orNobody.optional().describe('as written in the register; empty for contracts without one'),
  provider: orNobody.optional().describe('as written in the register; empty for contracts without one'),
  text: z.string().min(1).max(200).optional().describe('part of title, reference or provider'),
  format: formatAsked,
  limit: pageLimit,
  after: z.string().max(500).optional(),
});
const listMark = z.strictObject({ startsBy: civilDate.refine((day) => day >= '1900'), id: z.uuid() });
const groupQuery = z.strictObject({ by: z.enum(['lead', 'provider']) });
const keptQuery = z.strictObject({ limit: pageLimit, after: z.string().max(500).optional() });
const keptMark = z.strictObject({ keptAt: instant, id: z.uuid() });

const problem = z.object({ code: z.string(), column: z.string().nullable(), says: z.string() });
const source = z.object({ file: z.string(), sheet: z.string().nullable(), row: z.int().min(1) });
const contractShown = z.object({
  id: z.uuid(),
  revision: z.int().min(1),
  reference: z.string().nullable(),
  title: z.string(),
  provider: z.string().nullable(),
  lead: z.string().nullable(),
  value: z.object({ amount: z.string(), currency: z.literal('GBP') }).nullable(),
  startsOn: z.string().nullable(),
  endsOn: z.string().nullable(),
  extension: z.string().nullable(),
  tier: z.string().nullable().describe('where the register says one'),
  tierUsed: z.string().describe('the tier its plan is made for'),
  route: z.string().nullable(),
  latestSafeStart: z.string().nullable(),
  state: z.enum(renewalStates),
  ended: z.boolean(),
  lateByDays: z.int().nullable(),
  clashUntil: z.string().nullable().describe('the last day of any clash of its plan with bank holidays, a pre-election period or days of closure'),
  problems: z.array(problem),
  source,
  agreement: z.uuid().nullable().describe('the agreement it was taken over as'),
  importedAt: z.string(),
  changedAt: z.string(),
});
const planShown = z.looseObject({
  latestSafeStart: z.string(),
  steps: z.array(z.looseObject({ step: z.string(), begins: z.string(), ends: z.string() })),
  clashes: z.array(z.looseObject({ kind: z.string(), step: z.string(), begins: z.string(), ends: z.string(), says: z.string() })),
  warnings: z.array(z.string()),
});
const changeShown = z.looseObject({ revision: z.int(), changedAt: z.string(), changedBy: z.string(), file: z.string() });
const oneShown = contractShown.extend({ plan: planShown.nullable(), history: z.array(changeShown), row: z.looseObject({}) });
const groupShown = z.object({
  name: z.string().nullable(),
  contracts: z.int(),
  alreadyLate: z.int(),
  nextNinetyDays: z.int(),
  noEndDate: z.int(),
  value: z.object({ amount: z.string(), currency: z.literal('GBP') }).nullable(),
});
const keptShown = z.object({ id: z.uuid(), problems: z.array(problem), source, raw: z.looseObject({}), keptAt: z.string() });

const pounds = (amount: string | null) => (amount === null ? null : { amount, currency: 'GBP' as const });

/** The contract register and renewals pipeline: the organisation's own, so nobody sees it whose rights end at one provider. */
@ApiV1('contracts', 'Contract register')
export class ContractsController {
  constructor(
    private readonly register: ContractRegister,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listContracts', summary: 'The contract register by latest safe start, the most urgent first; also as CSV, XLSX or calendar' })
  @ApiResponse(() => inEveryFormat(jsonSchema(pageOf(contractShown))))
  async list(@Who() who: Principal, @Query({ schema: listQuery }) query: z.infer<typeof listQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    this.seesAll(who);
    const { limit, after, format: asked, ...filter } = query;
    const format = formatOf(asked, request.headers.accept);
    reply.header('vary', 'accept').type(contentTypeOf(format));
    if (format !== 'json') {
      await reply.header('content-disposition', `attachment; filename="contracts.${format}"`).send(await this.exported(who.tenant, filter, format));
      return;
    }
    const { rows, next } = await this.register.page(who.tenant, filter, { limit, ...(after !== undefined && { after: readCursor(listMark, after) }) });
    const { lead, provider, ...others } = filter;
    const again = { ...others, ...(lead !== undefined && { lead: lead ?? '' }), ...(provider !== undefined && { provider: provider ?? '' }) };
    if (next !== undefined) reply.header('link', nextLink('/api/v1/contracts', { ...again, limit, after: cursorOf(next) }));
    await reply.send({ items: rows.map((row) => ({ ...row, value: pounds(row.value) })) });
  }

  @Get('groups')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'groupContracts', summary: 'What each lead or provider has in the register, the most urgent first' })
  @ApiResponse({ status: 200, description: 'All of them; null stands for contracts without one', standardSchema: pageOf(groupShown) })
  async groups(@Who() who: Principal, @Query({ schema: groupQuery }) { by }: z.infer<typeof groupQuery>) {
    this.seesAll(who);
    const groups = await this.register.groups(who.tenant, by);
    return { items: groups.map((group) => ({ ...group, value: pounds(group.value) })) };
  }

  @Get('kept-rows')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listKeptRows', summary: 'Rows of imported registers that could not be used, each with what is wrong' })
  @ApiResponse({ status: 200, description: 'One page, first kept first; the Link header leads to the next', standardSchema: pageOf(keptShown) })
  async keptRows(@Who() who: Principal, @Query({ schema: keptQuery }) { limit, after }: z.infer<typeof keptQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    this.seesAll(who);
    const items = await this.register.keptRows(who.tenant, { limit, ...(after !== undefined && { after: readCursor(keptMark, after) }) });
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink('/api/v1/contracts/kept-rows', { limit, after: cursorOf({ keptAt: last.keptAt, id: last.id }) }));
    return { items };
  }

  @Get('settings')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readRenewalSettings', summary: 'How long renewing takes by step, tier and route, the pre-election periods and the days of closure; each figure with its source' })
  @ApiResponse({ status: 200, description: 'The settings the pipeline is computed by', standardSchema: renewalSettingsShape })
  settings(@Who() who: Principal) {
    this.seesAll(who);
    return this.register.settings(who.tenant);
  }

  @Get(':id')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readContract', summary: 'One contract with the plan of its renewal, its history and the row it came from' })
  @ApiResponse({ status: 200, description: 'plan is null for a contract without an end date', standardSchema: oneShown })
  async one(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    this.seesAll(who);
    const found = await this.register.find(who.tenant, id);
    if (found === undefined) {
      throw new Problem({ status: 404, code: 'contract.unknown', title: 'There is no such contract', detail: 'Check the id against the list, and which organisation the key belongs to.' });
    }
    const { contract, plan, history, raw } = found;
    return { ...contract, value: pounds(contract.value), plan, history, row: raw };
  }

  private async exported(tenant: string, filter: ContractFilter, format: Exclude<Format, 'json'>): Promise<string | Buffer> {
    const contracts = await this.register.all(tenant, filter);
    return format === 'csv' ? contractsAsCsv(contracts) : format === 'xlsx' ? contractsAsXlsx(contracts) : contractsAsCalendar(contracts, ({ id, agreement }) => `${this.installation.publicUrl}${agreement === null ? `/register/contracts/${id}` : `/agreements/${agreement}`}`);
  }

  private seesAll(who: Principal): void {
    if (!may(who.actor, 'agreement.read', {}, londonDay(this.clock.now()))) throw missingRight('agreement.read');
  }
}
