import type { Principal } from '@concordat/access';
import { may, type Right } from '@concordat/access/core';
import { ImportList, Imports, type ImportSeen, openUpload, UnreadableFile } from '@concordat/exchange';
import { type FindingCode, findingCodes } from '@concordat/exchange/core';
import { Clock, Fingerprints, londonDay, Problem } from '@concordat/platform';
import { Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { askOf, Who } from './ask.js';
import { ApiBody, ApiConsumes, ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';
import { cursorOf, largestVersion, nextLink, pageLimit, readCursor } from './paging.js';
import { fileBody, fileMedia, fileQuery, type FileQuery, readable, withBytes } from './sent-file.js';
import { idPath, type IdPath, instant, pageOf } from './shapes.js';

const codes = Object.keys(findingCodes) as [FindingCode, ...FindingCode[]];
const cursor = z.string().max(1000).optional();
const listQuery = z.strictObject({ limit: pageLimit, after: cursor });
const listMark = z.strictObject({ begunAt: instant, id: z.uuid() });
const processMark = z.strictObject({ ocid: z.string().max(400) });
const foundQuery = z.strictObject({ code: z.enum(codes), limit: pageLimit, after: cursor });
const foundMark = z.strictObject({ ocid: z.string().max(400), about: z.string().max(400) });
const rejectedMark = z.strictObject({ ordinal: z.int().min(0).max(largestVersion) });

const lineShown = z.object({
  id: z.uuid(),
  kind: z.enum(['releases', 'register']),
  file: z.string(),
  begunAt: z.string(),
  begunBy: z.string().describe("a person's id, or system:import"),
  state: z.enum(['reading', 'telling', 'waiting', 'done']).describe('waiting: somebody must confirm which heading of a register is what'),
});
const importShown = z.object({
  id: z.uuid(),
  state: z.enum(['reading', 'telling', 'done']).describe('reading: nothing of it counts yet; telling: its agreements are being told'),
  files: z.array(z.string()),
  begunAt: z.string(),
  begunBy: z.string(),
  committedAt: z.string().nullable(),
  releases: z.int().describe('imported + merged + duplicates + rejected'),
  imported: z.int().describe('releases that opened an agreement'),
  merged: z.int().describe('releases that tell more of a process that is known'),
  duplicates: z.int(),
  rejected: z.int(),
  rejectedMore: z.int().describe('of those rejected, how many are counted and not listed: those beyond the first 10,000'),
  untold: z.int().describe('releases that agreements have not been told of yet'),
  agreements: z.int().describe('agreements that were taken over'),
  findings: z.array(z.object({ code: z.enum(codes), found: z.int(), says: z.string() })),
});
const processShown = z.object({ ocid: z.string(), agreement: z.uuid().nullable(), opened: z.boolean(), releases: z.int() });
const rejectedShown = z.object({ ordinal: z.int(), file: z.string(), index: z.int(), ocid: z.string().nullable(), reason: z.string() });
const foundShown = z.object({ ocid: z.string(), agreement: z.uuid().nullable(), about: z.string(), detail: z.string() });

/** Imports of what was published elsewhere: the organisation's own. Registers are brought under /contracts/imports. */
@ApiV1('imports', 'Imports')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly list: ImportList,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get()
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listImports', summary: 'Imports of releases and registers, newest first' })
  @ApiResponse({ status: 200, description: 'One page; the Link header leads to the next', standardSchema: pageOf(lineShown) })
  async all(@Who() who: Principal, @Query({ schema: listQuery }) { limit, after }: z.infer<typeof listQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    this.has(who, 'agreement.read');
    const items = await this.list.page(who.tenant, { limit, ...(after !== undefined && { before: readCursor(listMark, after) }) });
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink('/api/v1/imports', { limit, after: cursorOf({ begunAt: last.begunAt, id: last.id }) }));
    return { items };
  }

  @Post()
  @HttpCode(201)
  @Asks('agreement.open')
  @ApiOperation({ operationId: 'importReleases', summary: 'Takes agreements over from published notices (OCDS): the whole file or nothing' })
  @ApiConsumes(fileMedia)
  @ApiBody({ ...fileBody, description: 'An OCDS release package, record package, release or array of releases, plain or gzipped, at most 100 MB' })
  @ApiResponse({ status: 201, description: 'What the file says is committed; while state is telling, agreements are still being opened', standardSchema: importShown })
  async take(@Who() who: Principal, @Query({ schema: fileQuery }) { file }: FileQuery, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    this.has(who, 'agreement.open');
    const { key, commandId: id } = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', key);
    await withBytes(request, (bytes) => readable(this.takeFrom(who, id, file, bytes)));
    reply.header('location', `/api/v1/imports/${id}`);
    return shown((await this.list.find(who.tenant, id))!);
  }

  @Get(':id')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'readImport', summary: 'How far an import of releases is, what came of them, and what was found in them' })
  @ApiResponse({ status: 200, description: 'Counts, and a sentence for each kind of finding', standardSchema: importShown })
  async one(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    return shown(await this.found(who, id));
  }

  @Get(':id/processes')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listImportedProcesses', summary: 'The processes an import told something of, each with its agreement' })
  @ApiResponse({ status: 200, description: 'One page by ocid; the Link header leads to the next', standardSchema: pageOf(processShown) })
  async processes(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: listQuery }) { limit, after }: z.infer<typeof listQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.found(who, id);
    const items = await this.list.processes(who.tenant, id, { limit, ...(after !== undefined && { after: readCursor(processMark, after).ocid }) });
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink(`/api/v1/imports/${id}/processes`, { limit, after: cursorOf({ ocid: last.ocid }) }));
    return { items };
  }

  @Get(':id/rejected')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listRejectedReleases', summary: 'Releases that could not be taken, each with the reason' })
  @ApiResponse({ status: 200, description: 'One page in their order; the Link header leads to the next', standardSchema: pageOf(rejectedShown) })
  async rejected(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: listQuery }) { limit, after }: z.infer<typeof listQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.found(who, id);
    const items = await this.list.rejected(who.tenant, id, { limit, ...(after !== undefined && { after: readCursor(rejectedMark, after).ordinal }) });
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink(`/api/v1/imports/${id}/rejected`, { limit, after: cursorOf({ ordinal: last.ordinal }) }));
    return { items };
  }

  @Get(':id/findings')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listFindings', summary: 'What was found of one code in what an import brought' })
  @ApiResponse({ status: 200, description: 'One page by ocid; the Link header leads to the next', standardSchema: pageOf(foundShown) })
  async findings(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath, @Query({ schema: foundQuery }) { code, limit, after }: z.infer<typeof foundQuery>, @Res({ passthrough: true }) reply: FastifyReply) {
    await this.found(who, id);
    const items = await this.list.found(who.tenant, id, code, { limit, ...(after !== undefined && { after: readCursor(foundMark, after) }) });
    const last = items.at(-1);
    if (items.length === limit && last !== undefined) reply.header('link', nextLink(`/api/v1/imports/${id}/findings`, { code, limit, after: cursorOf({ ocid: last.ocid, about: last.about }) }));
    return { items };
  }

  private async takeFrom(who: Principal, id: string, name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const upload = await openUpload({ name, bytes });
    if (upload.kind === 'releases') return this.imports.upload(who.tenant, { id, by: who.id }, upload.source);
    throw new UnreadableFile(`${name} holds no published notices but a register of contracts. Send it to /api/v1/contracts/imports. Nothing was imported.`);
  }

  private async found(who: Principal, id: string): Promise<ImportSeen> {
    this.has(who, 'agreement.read');
    const seen = await this.list.find(who.tenant, id);
    if (seen !== undefined) return seen;
    throw new Problem({ status: 404, code: 'import.unknown', title: 'There is no such import', detail: 'Check the id against the list, and which organisation the key belongs to. Imports of registers are under /api/v1/contracts/imports.' });
  }

  private has(who: Principal, right: Right): void {
    if (!may(who.actor, right, {}, londonDay(this.clock.now()))) throw missingRight(right);
  }
}

function shown({ findings, ...seen }: ImportSeen): z.input<typeof importShown> {
  return {
    ...seen,
    files: [...seen.files],
    state: seen.committedAt === null ? 'reading' : seen.untold > 0 ? 'telling' : 'done',
    releases: seen.imported + seen.merged + seen.duplicates + seen.rejected,
    findings: findings.map((one) => ({ ...one, says: findingCodes[one.code] })),
  };
}
