import { type RegisterField, registerFields, RegisterFileUnreadable, RegisterImports, type RegisterMapping, type RegisterReport, type RegisterSeen } from '@concordat/exchange';
import { Clock, isUuid, londonDay, Problem } from '@concordat/platform';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { typedIn } from './form-desk.js';
import type { Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { Names } from './names.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { mayForAll, mustForAll, whoCan } from './whole-organisation.js';
import { fieldWords } from './words/register-words.js';
import { counted, timeOf } from './words/say.js';

const mostShown = 300;
type Waiting = Extract<RegisterSeen, { state: 'waiting' }>;

/** A register that was brought: somebody says which heading is what, and sees then what became of each row. */
@UseFilters(PageFilter)
@Controller('imports/registers')
export class RegisterImportPage {
  constructor(
    private readonly frame: Frame,
    private readonly registers: RegisterImports,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get(':id')
  async page(@Param('id') id: string, @Query() query: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const typed = typedIn(query);
    const { seen, error } = await this.found(reader, id, typed);
    if (seen.state === 'waiting') return this.ask(reader, seen, typed, error, request, reply);
    const { report } = seen;
    await this.frame.send(request, reply, 'register-imported', { reader, place: '/imports' }, { ...(await this.head(reader, seen)), ...reported(report) });
  }

  @Post(':id')
  async act(@Param('id') id: string, @Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('agreement.read', request, reply);
    if (reader === undefined) return;
    const { tenant, id: by, actor } = reader.principal;
    mustForAll(actor, 'agreement.edit', londonDay(this.clock.now()));
    const typed = typedIn(body);
    const act = typed['act'];
    const { seen, error } = await this.found(reader, id, typed);
    if (seen.state === 'imported') return reply.redirect(`/imports/registers/${id}`, 303);
    if (act === 'give-up') {
      await this.registers.drop(tenant, id);
      return reply.redirect('/imports', 303);
    }
    if (error !== undefined || act === 'look') return this.ask(reader, seen, { sheet: typed['sheet'] ?? '', headingRow: typed['headingRow'] ?? '' }, error, request, reply);
    const { mapping, wrong } = mappingOf(seen, typed);
    if (wrong !== undefined) return this.ask(reader, seen, typed, wrong, request, reply);
    try {
      await this.registers.confirm(tenant, { id, by, mapping });
    } catch (fault) {
      if (!(fault instanceof RegisterFileUnreadable)) throw fault;
      return this.ask(reader, seen, typed, fault.message, request, reply);
    }
    await reply.redirect(`/imports/registers/${id}`, 303);
  }

  private async ask(reader: Reader, seen: Waiting, typed: Typed, error: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { proposal } = seen;
    const may = mayForAll(reader.principal.actor, 'agreement.edit', londonDay(this.clock.now()));
    await this.frame.send(request, reply, 'register-headings', { reader, place: '/imports', status: error === undefined ? 200 : 422 }, {
      ...(await this.head(reader, seen)),
      error,
      whoCan: may ? undefined : whoCan('agreement.edit'),
      remembered: proposal.remembered,
      doubts: proposal.doubts,
      sheets: proposal.sheets.length < 2 ? [] : proposal.sheets.map((name) => ({ value: name, text: name, selected: name === proposal.place.sheet })),
      place: proposal.place,
      columns: proposal.columns.map(({ heading, field, certainty, why, examples }, at) => {
        const chosen = typed[`field.${at}`] ?? field ?? '';
        return {
          name: `field.${at}`, heading, examples, why, unsure: certainty !== 'sure', kept: chosen === '',
          options: [{ value: '', text: 'Keep it, use it for nothing', selected: chosen === '' }, ...registerFields.map((one) => ({ value: one, text: fieldWords[one], selected: one === chosen }))],
        };
      }),
      monthFirst: (typed['dates'] ?? proposal.mapping.dates) === 'month-first',
    });
  }

  private async head(reader: Reader, { id, file, begunAt, begunBy }: RegisterSeen) {
    const named = await this.names.for(reader.principal.tenant, undefined, begunBy);
    return { action: `/imports/registers/${id}`, title: file, by: named.of(begunBy), at: timeOf(begunAt) };
  }

  /** The register by where somebody says that its headings stand; where nothing stands there, by where they seem to, and a sentence. */
  private async found({ principal: { tenant } }: Reader, id: string, typed: Typed): Promise<{ seen: RegisterSeen; error?: string }> {
    const unknown = new Problem({ status: 404, code: 'import.unknown', title: 'There is no such register', detail: 'It is not here, or nobody confirmed it within seven days and it was given up.' });
    if (!isUuid(id)) throw unknown;
    const row = Number(typed['headingRow']);
    const sheet = typed['sheet'];
    const place = { ...(typeof sheet === 'string' && sheet !== '' && { sheet }), ...(Number.isInteger(row) && row >= 1 && row <= 1000 && { headingRow: row }) };
    try {
      const seen = await this.registers.find(tenant, id, place);
      if (seen === undefined) throw unknown;
      return { seen };
    } catch (fault) {
      if (!(fault instanceof RegisterFileUnreadable)) throw fault;
      const seen = await this.registers.find(tenant, id);
      if (seen === undefined) throw unknown;
      return { seen, error: fault.message };
    }
  }
}

/** The mapping as it was chosen, and what is wrong with it. */
function mappingOf({ proposal }: Waiting, typed: Typed): { readonly mapping: RegisterMapping; readonly wrong?: string } {
  const chosen = proposal.columns.map(({ heading }, at) => ({ heading, field: registerFields.find((one) => one === typed[`field.${at}`]) ?? null }));
  const { sheet, headingRow } = proposal.mapping;
  const mapping: RegisterMapping = {
    columns: Object.fromEntries(chosen.map(({ heading, field }) => [heading, field])),
    ...(sheet !== undefined && { sheet }),
    ...(headingRow !== undefined && { headingRow }),
    ...(typed['dates'] === 'month-first' && { dates: 'month-first' }),
  };
  const fields = chosen.flatMap(({ field }) => field ?? []);
  const twice = fields.find((field, at) => fields.indexOf(field) < at);
  if (twice !== undefined) {
    const both = chosen.filter(({ field }) => field === twice).map(({ heading }) => `“${heading}”`);
    return { mapping, wrong: `${fieldWords[twice]}: ${both.join(' and ')} cannot both be it. Keep all but one of them for nothing.` };
  }
  const names: readonly RegisterField[] = ['title', 'reference', 'provider'];
  if (!fields.some((field) => names.includes(field))) return { mapping, wrong: 'Say which heading is the title, the reference or the provider: without one of them no contract could be told from another.' };
  return { mapping };
}

function reported({ rows, contracts, imported, updated, unchanged, duplicates, kept, blank, settled, problems, sheetsLeftOut }: RegisterReport) {
  return {
    headline: `${counted(rows, 'row')}: ${contracts} ${contracts === 1 ? 'is a contract' : 'are contracts'} (${imported} new, ${updated} changed, ${unchanged} as before), ${counted(duplicates, 'duplicate')}, ${kept} kept with a problem, ${blank} blank.`,
    kept,
    settled: settled === 0 ? undefined : `${counted(settled, 'row')} kept earlier ${settled === 1 ? 'is a contract' : 'are contracts'} now.`,
    leftOut: sheetsLeftOut,
    problems: problems.slice(0, mostShown).map(({ sheet, row, column, says }) => ({ where: `${sheet === null ? '' : `${sheet}, `}row ${row}`, column: column ?? 'The whole row', says })),
    more: Math.max(0, problems.length - mostShown),
  };
}
