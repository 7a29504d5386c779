import { ImportList, type ImportLine, Imports, type ImportSeen, openUpload, RegisterFileUnreadable, RegisterImports, rejectedListed, UnreadableFile } from '@concordat/exchange';
import { type FindingCode, findingCodes } from '@concordat/exchange/core';
import { Clock, isUuid, londonDay, newId, Problem } from '@concordat/platform';
import { AgreementList } from '@concordat/register';
import { Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { withSentFile } from './form/sent-file.js';
import { Frame } from './frame.js';
import { Names, stageTitleOf } from './names.js';
import { markedMoment, markIn, markOf } from './page-mark.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, mustForAll, whoCan } from './whole-organisation.js';
import { counted, timeOf } from './words/say.js';

const pageSize = 50;
const firstShown = 20;
const lineMark = z.object({ begunAt: markedMoment, id: z.uuid() });
const ocidMark = z.object({ ocid: z.string().max(400) });
const foundMark = z.object({ ocid: z.string().max(400), about: z.string().max(400) });
const ordinalMark = z.object({ ordinal: z.int().min(0).max(2_147_483_647) });
const paged = z.object({ after: z.string().max(1_000).optional().transform((text) => (text === '' ? undefined : text)) });
type Paged = z.infer<typeof paged>;

/** Files are brought here: published notices are taken over at once, registers wait for their headings to be confirmed. */
@UseFilters(PageFilter)
@Controller('imports')
export class ImportsPage {
  constructor(
    private readonly frame: Frame,
    private readonly imports: Imports,
    private readonly registers: RegisterImports,
    private readonly list: ImportList,
    private readonly agreements: AgreementList,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get()
  async all(@Query({ schema: paged }) { after }: Paged, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader !== undefined) await this.show(reader, { after }, request, reply);
  }

  @Post()
  async upload(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { principal: { tenant, id: by, actor } } = reader;
    const today = this.today();
    if (!mayForAll(actor, 'agreement.open', today)) mustForAll(actor, 'agreement.edit', today);
    try {
      const to = await withSentFile(request, async (file) => {
        if (file === undefined) return undefined;
        const id = newId();
        const upload = await openUpload(file);
        if (upload.kind === 'releases') {
          mustForAll(actor, 'agreement.open', today);
          await this.imports.upload(tenant, { id, by }, upload.source);
          return `/imports/${id}`;
        }
        mustForAll(actor, 'agreement.edit', today);
        await this.registers.bring(tenant, { id, by, file: upload.file, bytes: upload.bytes });
        return `/imports/registers/${id}`;
      });
      if (to === undefined) return await this.show(reader, { error: 'Choose a file to upload' }, request, reply);
      await reply.redirect(to, 303);
    } catch (fault) {
      // Whoever broke off while sending hears nothing any more.
      if (request.raw.destroyed && !request.raw.complete) return;
      const sentence = fault instanceof UnreadableFile || fault instanceof RegisterFileUnreadable ? fault.message : fault instanceof Problem && fault.status === 429 ? fault.detail : undefined;
      if (sentence === undefined) throw fault;
      await this.show(reader, { error: sentence }, request, reply);
    }
  }

  @Get(':id')
  async one(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant } = reader.principal;
    const seen = await this.found(tenant, id);
    const [processes, rejected, named] = await Promise.all([
      this.list.processes(tenant, id, { limit: firstShown }),
      this.list.rejected(tenant, id, { limit: firstShown }),
      this.names.for(tenant, undefined, seen.begunBy),
    ]);
    await this.frame.send(request, reply, 'import', { reader, place: '/imports' }, {
      ...headOf(seen),
      by: named.of(seen.begunBy),
      at: timeOf(seen.begunAt),
      counts: countsOf(seen),
      telling: seen.committedAt !== null && seen.untold > 0 ? { done: seen.imported + seen.merged - seen.untold, of: seen.imported + seen.merged } : undefined,
      findings: seen.findings.map(({ code, found }) => ({ says: findingCodes[code], found, href: `/imports/${id}/found/${code}` })),
      agreements: await this.processesShown(reader, processes),
      moreAgreements: processes.length === firstShown ? `/imports/${id}/agreements` : undefined,
      rejected: rejected.map(({ file, index, ocid, reason }) => ({ file, number: index + 1, ocid, reason })),
      moreRejected: rejected.length === firstShown && seen.rejected > firstShown ? `/imports/${id}/rejected` : undefined,
      unlisted: seen.rejectedMore > 0 ? unlisted(seen) : undefined,
    });
  }

  @Get(':id/agreements')
  async processes(@Param('id') id: string, @Query({ schema: paged }) { after }: Paged, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const seen = await this.found(reader.principal.tenant, id);
    const rows = await this.list.processes(reader.principal.tenant, id, { limit: pageSize, ...(after !== undefined && { after: markIn(ocidMark, after).ocid }) });
    await this.part(seen, { title: 'Agreements it told', heads: ['Agreement', 'Stage', 'What came of it'] }, await this.processesShown(reader, rows), nextOf(rows, ({ ocid }) => ({ ocid })), reader, request, reply);
  }

  @Get(':id/rejected')
  async rejected(@Param('id') id: string, @Query({ schema: paged }) { after }: Paged, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const seen = await this.found(reader.principal.tenant, id);
    const rows = await this.list.rejected(reader.principal.tenant, id, { limit: pageSize, ...(after !== undefined && { after: markIn(ordinalMark, after).ordinal }) });
    const shown = rows.map(({ file, index, ocid, reason }) => ({ title: `${file}, entry ${index + 1}`, by: ocid, cells: [reason] }));
    await this.part(seen, { title: 'Releases that were rejected', heads: ['Release', 'Why'], ...(seen.rejectedMore > 0 && { says: unlisted(seen) }) }, shown, nextOf(rows, ({ ordinal }) => ({ ordinal })), reader, request, reply);
  }

  @Get(':id/found/:code')
  async findings(@Param('id') id: string, @Param('code') code: string, @Query({ schema: paged }) { after }: Paged, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant } = reader.principal;
    const seen = await this.found(tenant, id);
    if (!Object.hasOwn(findingCodes, code)) throw noSuchImport();
    const rows = await this.list.found(tenant, id, code as FindingCode, { limit: pageSize, ...(after !== undefined && { after: markIn(foundMark, after) }) });
    const titles = await this.titles(tenant, rows.flatMap(({ agreement }) => agreement ?? []));
    const shown = rows.map(({ ocid, agreement, about, detail }) => ({
      title: titles.get(agreement ?? '')?.title ?? ocid,
      by: ocid,
      href: agreement === null ? undefined : `/agreements/${agreement}`,
      cells: [[/^[0-9a-f]{64}$/.test(about) ? '' : about, detail].filter(Boolean).join(': ') || 'The notices as a whole'],
    }));
    const head = { title: 'What was found', says: findingCodes[code as FindingCode], heads: ['Agreement', 'Where'] };
    await this.part(seen, head, shown, nextOf(rows, ({ ocid, about }) => ({ ocid, about })), reader, request, reply);
  }

  private async show(reader: Reader, { after, error }: { readonly after?: string | undefined; readonly error?: string }, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, actor } = reader.principal;
    const lines = await this.list.page(tenant, { limit: pageSize, ...(after !== undefined && { before: markIn(lineMark, after) }) });
    const named = await this.names.for(tenant, undefined, lines.map(({ begunBy }) => begunBy));
    const may = mayForAll(actor, 'agreement.open', this.today()) || mayForAll(actor, 'agreement.edit', this.today());
    await this.frame.send(request, reply, 'imports', { reader, place: '/imports', status: error === undefined ? 200 : 422 }, {
      error,
      whoCan: may ? undefined : whoCan('agreement.open'),
      lines: lines.map((line) => lineShown(line, named.of(line.begunBy))),
      next: nextOf(lines, ({ begunAt, id }) => ({ begunAt, id })),
    });
  }

  private async part(seen: ImportSeen, head: { readonly title: string; readonly says?: string; readonly heads: readonly string[] }, rows: readonly object[], next: string | undefined, reader: Reader, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.frame.send(request, reply, 'import-part', { reader, place: '/imports' }, { ...headOf(seen), part: head, back: `/imports/${seen.id}`, rows, next });
  }

  private async processesShown({ principal: { tenant } }: Reader, rows: Awaited<ReturnType<ImportList['processes']>>) {
    const titles = await this.titles(tenant, rows.flatMap(({ agreement }) => agreement ?? []));
    return rows.map(({ ocid, agreement, opened, releases }) => {
      const listed = titles.get(agreement ?? '');
      return {
        title: listed?.title ?? ocid,
        by: ocid,
        href: agreement === null ? undefined : `/agreements/${agreement}`,
        cells: [
          listed === undefined ? 'Not listed yet' : stageTitleOf(listed.pathway, listed.stage),
          `${agreement === null ? 'Still to be opened' : opened ? 'Taken over' : 'More was noted'} (${counted(releases, 'release')})`,
        ],
      };
    });
  }

  private async titles(tenant: string, ids: readonly string[]) {
    const { rows } = await this.agreements.page(tenant, { providers: [], agreements: ids, takingPart: [] }, {}, { limit: pageSize });
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** @throws Problem 404. */
  private async found(tenant: string, id: string): Promise<ImportSeen> {
    const seen = isUuid(id) ? await this.list.find(tenant, id) : undefined;
    if (seen === undefined) throw noSuchImport();
    return seen;
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}

function noSuchImport(): Problem {
  return new Problem({ status: 404, code: 'import.unknown', title: 'There is no such import', detail: 'It is not here, or it was taken back because its file could not be read.' });
}

function nextOf<Row>(rows: readonly Row[], mark: (row: Row) => object): string | undefined {
  const last = rows.at(-1);
  return rows.length === pageSize && last !== undefined ? `?after=${markOf(mark(last))}` : undefined;
}

const states = { reading: 'Being read', telling: 'Agreements are being opened', waiting: 'To be confirmed', done: 'Done' } as const;

function lineShown({ id, kind, file, begunAt, state }: ImportLine, by: string) {
  return {
    href: kind === 'register' ? `/imports/registers/${id}` : `/imports/${id}`,
    file: file === '' ? 'A file' : file,
    kind: kind === 'register' ? 'Register of contracts' : 'Published notices',
    at: timeOf(begunAt),
    by,
    state: states[state],
    open: state !== 'done',
  };
}

function headOf(seen: ImportSeen) {
  const { imported, merged, duplicates, rejected } = seen;
  const releases = imported + merged + duplicates + rejected;
  return {
    title: seen.files.length === 0 ? 'A file' : seen.files.join(', '),
    self: `/imports/${seen.id}`,
    headline: seen.committedAt === null
      ? 'The file is still being read. Nothing of it counts yet.'
      : `${counted(releases, 'release was', 'releases were')} read: ${imported} opened an agreement, ${merged} told more of one, ${duplicates} ${duplicates === 1 ? 'was' : 'were'} here already, ${rejected} ${rejected === 1 ? 'was' : 'were'} rejected.`,
  };
}

function unlisted({ rejectedMore }: ImportSeen): string {
  return `The first ${rejectedListed} are listed, and ${rejectedMore} more were rejected.`;
}

function countsOf({ imported, merged, duplicates, rejected, agreements }: ImportSeen) {
  return [
    { label: 'Opened an agreement', count: imported },
    { label: 'Told more of a process that was known', count: merged },
    { label: 'Were here already, and changed nothing', count: duplicates },
    { label: 'Were rejected', count: rejected },
    { label: 'Agreements that were taken over', count: agreements },
  ];
}
