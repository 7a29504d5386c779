import type { CommandOutcome, Principal } from '@concordat/access';
import { may, type Right } from '@concordat/access/core';
import { AgreementCommand, Agreements, civilDate, commandInputs } from '@concordat/agreement';
import { agreementStream } from '@concordat/agreement/core';
import { KeptRows, openUpload, RegisterImports, registerMappingShape, type RegisterSeen, takeOverOf, takenOverAs, UnreadableFile } from '@concordat/exchange';
import { Clock, Fingerprints, londonDay, Problem } from '@concordat/platform';
import { contractFieldsShape, ContractRegister, readRenewalSettings, renewalSettingsShape } from '@concordat/register';
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, Who } from './ask.js';
import { settle } from './command-answer.js';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from './documented.js';
import { jsonSchema } from './json-schema.js';
import { missingRight } from './key.guard.js';
import { fileBody, fileMedia, fileQuery, type FileQuery, readable, withBytes } from './sent-file.js';
import { idPath, type IdPath } from './shapes.js';
import { validate } from './validate.js';

const nothing = z.strictObject({}).optional();
const placeQuery = z.strictObject({
  sheet: z.string().min(1).max(200).optional().describe('the sheet of a workbook that its headings stand in'),
  headingRow: z.coerce.number().int().min(1).max(1000).optional().describe('the row its headings stand in, counted from 1'),
});
const column = z.object({ heading: z.string(), field: z.string().nullable(), certainty: z.enum(['sure', 'likely', 'guess']), why: z.string(), examples: z.array(z.string()) });
const registerShown = z.looseObject({
  id: z.uuid(),
  file: z.string(),
  begunAt: z.string(),
  begunBy: z.string(),
  state: z.enum(['waiting', 'imported']),
  proposal: z.looseObject({ columns: z.array(column), certain: z.boolean(), remembered: z.boolean(), doubts: z.array(z.string()), mapping: registerMappingShape }).optional().describe('while it waits: which heading is what, to be confirmed or corrected'),
  report: z.looseObject({ rows: z.int(), contracts: z.int(), kept: z.int(), duplicates: z.int(), blank: z.int(), problems: z.array(z.looseObject({ row: z.int(), code: z.string(), says: z.string() })) }).optional().describe('once it is imported'),
});
const mendedShown = z.object({ contract: z.uuid() });
const settledShown = z.object({ settled: z.literal(true) });
// Title, value, source and, where the register knows it, period are the contract's.
const takingOver = commandInputs['take-over-agreement'].omit({ title: true, value: true, facts: true, from: true, provider: true })
  .extend({ period: z.strictObject({ startsOn: civilDate, endsOn: civilDate }).optional().describe('where the register does not say it; of a contract that rolls on, until the next day on which it can be ended. It is asked of what has started') });
const takenOverShown = z.object({ agreement: z.uuid(), version: z.int().min(1), repeated: z.boolean() });

/** What people do with the contract register: bring files, confirm headings, mend or settle rows, take contracts over, change durations. */
@ApiV1('contracts', 'Contract register')
export class ContractWritesController {
  constructor(
    private readonly register: ContractRegister,
    private readonly registers: RegisterImports,
    private readonly keptRows: KeptRows,
    private readonly agreements: Agreements,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Post('imports')
  @HttpCode(201)
  @Asks('agreement.edit')
  @ApiOperation({ operationId: 'bringRegister', summary: 'Brings a register of contracts; nothing of it counts before its headings are confirmed' })
  @ApiConsumes(fileMedia)
  @ApiBody({ ...fileBody, description: 'CSV or XLSX with any headings, at most 25 MB' })
  @ApiResponse({ status: 201, description: 'Which heading seems to be what', standardSchema: registerShown })
  async bring(@Who() who: Principal, @Query({ schema: fileQuery }) { file }: FileQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    this.has(who, 'agreement.edit');
    const { key, commandId: id } = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', key);
    await withBytes(request, (bytes) => readable(this.keep(who, id, file, bytes)));
    reply.header('location', `/api/v1/contracts/imports/${id}`);
    return this.shown(who, id);
  }

  @Get('imports/:id')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readRegisterImport', summary: 'A register that was brought: which heading seems to be what, or what became of its rows' })
  @ApiResponse({ status: 200, description: 'With a proposal while it waits, with a report once it is imported', standardSchema: registerShown })
  one(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: placeQuery }) place: z.infer<typeof placeQuery>) {
    this.has(who, 'agreement.read');
    return this.shown(who, id, place);
  }

  @Post('imports/:id/confirm')
  @HttpCode(200)
  @Asks('agreement.edit')
  @ApiOperation({ operationId: 'confirmRegister', summary: 'Confirms which heading is what, and imports the register; the mapping is remembered for the same headings' })
  @ApiResponse({ status: 200, description: 'What became of its rows; confirmed again, what became of them the first time', standardSchema: registerShown })
  async confirm(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: registerMappingShape }) mapping: z.infer<typeof registerMappingShape>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.writes(who, 'agreement.edit', request, reply);
    if ((await readable(this.registers.confirm(who.tenant, { id, by: who.id, mapping }))) === undefined) throw noSuchRegister();
    return this.shown(who, id);
  }

  @Post('kept-rows/:id/mend')
  @HttpCode(200)
  @Asks('agreement.edit')
  @ApiOperation({ operationId: 'mendKeptRow', summary: 'Makes a kept row the contract a person says it is, and settles it' })
  @ApiResponse({ status: 200, description: 'The contract, new or changed', standardSchema: mendedShown })
  async mend(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: contractFieldsShape }) fields: z.infer<typeof contractFieldsShape>,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.writes(who, 'agreement.edit', request, reply);
    const contract = await this.keptRows.mend(who.tenant, { id, fields, by: who.id });
    if (contract === undefined) throw noSuchRow();
    return { contract };
  }

  @Post('kept-rows/:id/settle')
  @HttpCode(200)
  @Asks('agreement.edit')
  @ApiOperation({ operationId: 'settleKeptRow', summary: 'Says that a kept row needs nothing more' })
  @ApiResponse({ status: 200, description: 'It is listed no more', standardSchema: settledShown })
  async settle(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body({ schema: nothing }) _: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.writes(who, 'agreement.edit', request, reply);
    if (!(await this.register.settleKeptRow(who.tenant, id, who.id))) throw noSuchRow();
    return { settled: true as const };
  }

  @Post(':id/take-over')
  @HttpCode(201)
  @Asks('agreement.open')
  @ApiOperation({ operationId: 'takeOverContract', summary: 'Takes a contract of the register over into an agreement, at the stage it stands in; one agreement for each contract, and another once that one was cancelled' })
  @ApiBody(() => ({ required: true, schema: jsonSchema(takingOver) }))
  @ApiResponse({ status: 201, description: 'The agreement; gates before its stage are not evidenced', standardSchema: takenOverShown })
  async takeOver(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    this.has(who, 'agreement.open');
    const asked = validate(takingOver, body ?? {});
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const found = await this.register.find(who.tenant, id);
    if (found === undefined) throw new Problem({ status: 404, code: 'contract.unknown', title: 'There is no such contract', detail: 'Check the id against the list, and which organisation the key belongs to.' });
    const before = found.contract.agreement === null ? undefined : await this.agreements.find(who.tenant, found.contract.agreement);
    const agreement = takenOverAs(who.tenant, found.contract, before?.agreement.lifecycle);
    const outcome: CommandOutcome = await this.commands.execute(new AgreementCommand(takeOverOf(found.contract, agreement, asked), ask));
    // Whoever took it over first may have died before the contract was told.
    if ((await this.agreements.find(who.tenant, agreement)) !== undefined) await this.register.takenOver(who.tenant, id, agreement);
    const told = settle(outcome);
    if (told.outcome !== 'recorded') throw new Error('A command that was no dry run was only rehearsed.');
    const version = told.receipt.versions[agreementStream(agreement)] ?? 0;
    reply.header('location', `/api/v1/agreements/${agreement}`).header('etag', `"${version}"`).header('concordat-position', String(told.receipt.position));
    return { agreement, version, repeated: told.repeated };
  }

  @Post('settings')
  @HttpCode(200)
  @Asks('settings.manage')
  @ApiOperation({ operationId: 'changeRenewalSettings', summary: 'Gives the organisation durations, pre-election periods and days of closure of its own; every plan follows at once' })
  @ApiBody(() => ({ required: true, schema: jsonSchema(renewalSettingsShape) }))
  @ApiResponse({ status: 200, description: 'The settings the pipeline is computed by', standardSchema: renewalSettingsShape })
  async change(@Who() who: Principal, @Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    this.writes(who, 'settings.manage', request, reply);
    await this.register.changeSettings(who.tenant, readRenewalSettings(body), who.id);
    return this.register.settings(who.tenant);
  }

  private async keep(who: Principal, id: string, name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const upload = await openUpload({ name, bytes });
    if (upload.kind === 'releases') throw new UnreadableFile(`${name} is no register of contracts but JSON, as published notices are. Send those to /api/v1/imports. Nothing was imported.`);
    await this.registers.bring(who.tenant, { id, by: who.id, file: upload.file, bytes: upload.bytes });
  }

  private async shown(who: Principal, id: string, place: { readonly sheet?: string | undefined; readonly headingRow?: number | undefined } = {}): Promise<RegisterSeen> {
    const { sheet, headingRow } = place;
    const seen = await readable(this.registers.find(who.tenant, id, { ...(sheet !== undefined && { sheet }), ...(headingRow !== undefined && { headingRow }) }));
    if (seen === undefined) throw noSuchRegister();
    return seen;
  }

  // Each of these is the same however often it is sent; the key is told back all the same.
  private writes(who: Principal, right: Right, request: FastifyRequest, reply: FastifyReply): void {
    this.has(who, right);
    reply.header('idempotency-key', askOf(request, who, this.fingerprints).key);
  }

  private has(who: Principal, right: Right): void {
    if (!may(who.actor, right, {}, londonDay(this.clock.now()))) throw missingRight(right);
  }
}

function noSuchRegister(): Problem {
  return new Problem({ status: 404, code: 'import.unknown', title: 'There is no such register', detail: 'Check the id, and which organisation the key belongs to. A register that nobody confirmed is given up after 7 days.' });
}

function noSuchRow(): Problem {
  return new Problem({ status: 404, code: 'kept-row.unknown', title: 'There is no such row', detail: 'No row of this id waits. GET /api/v1/contracts/kept-rows lists those that do.' });
}
