import { Agreements } from '@concordat/agreement';
import { Installation } from '@concordat/assembly';
import { pathways } from '@concordat/pathway';
import { Clock, isUuid, londonDay, newId, Problem } from '@concordat/platform';
import { type AgreementFilter, AgreementList, agreementsAsCalendar, agreementsAsCsv, agreementsAsXlsx, type BoardColumn, type ListedAgreement, notShared, SavedFilters } from '@concordat/register';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { type FileForm, fileForms, fileLinks, sendFile } from './list-file.js';
import { pathwayTitle, stageTitleOf } from './names.js';
import { markedMoment, markIn, markOf } from './page-mark.js';
import { PageFilter } from './page.filter.js';
import { roadmapOf } from './roadmap.js';
import { mayForAll } from './whole-organisation.js';
import { ageOf, codeOf, counted, dayOf, upper } from './words/say.js';

const pageSize = 50;
// A board shows the newest of each stage; the table shows them all.
const mostOnACard = 8;

const views = ['table', 'board', 'roadmap'] as const;
const viewTitles = { table: 'Table', board: 'Board', roadmap: 'Roadmap' } as const;

// A search form sends every field, so what is empty says nothing.
const said = (most: number) => z.string().max(most).optional().transform((text) => (text === '' ? undefined : text));
const listQuery = z.object({
  view: z.enum(views).catch('table').default('table'),
  stage: said(64),
  state: z.enum(['open', 'held', 'split', 'closed', 'cancelled', 'transferred', '']).optional().transform((state) => (state === '' ? undefined : state)),
  text: said(200),
  after: said(500),
  at: z.coerce.number().int().min(0).optional().catch(undefined),
});
type ListQuery = z.infer<typeof listQuery>;
const exportQuery = listQuery.extend({ format: z.enum(fileForms).catch('csv').default('csv') });
const keeping = listQuery.extend({ name: z.string().trim().max(100).catch(''), shared: z.literal('yes').optional().catch(undefined), key: z.uuid().catch(() => newId()) });
const mark = z.object({ openedAt: markedMoment, id: z.uuid() });
const states = { open: 'Open', held: 'On hold', split: 'Split into contracts', closed: 'Closed', cancelled: 'Cancelled', transferred: 'Went to a successor' } as const;

/** All agreements one may see, as a table, as a board by stage or on a line of time; what is asked stands in the address. */
@UseFilters(PageFilter)
@Controller('agreements')
export class AgreementsPage {
  constructor(
    private readonly frame: Frame,
    private readonly register: AgreementList,
    private readonly agreements: Agreements,
    private readonly saved: SavedFilters,
    private readonly installation: Installation,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Query({ schema: listQuery }) query: ListQuery, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor, id } = reader.principal;
    const { view, stage, state, text, after, at } = query;
    const now = this.clock.now();
    const reach = await this.agreements.reach(tenant, actor, 'agreement.read', londonDay(now));
    const seen = at === undefined ? {} : { upTo: at };
    const board = view === 'board' ? await this.register.board(tenant, reach, filterOf(query), { each: mostOnACard, ...seen }) : undefined;
    const { rows, next } = board !== undefined ? { rows: [] } : await this.register.page(tenant, reach, filterOf(query), { limit: pageSize, ...(after !== undefined && { after: markIn(mark, after) }), ...seen });
    const roadmap = view === 'roadmap' ? roadmapOf(rows, londonDay(now)) : undefined;
    const seesAll = mayForAll(actor, 'agreement.read', londonDay(now));
    const kept = await this.saved.list(tenant, id, seesAll);
    await this.frame.send(request, reply, 'agreements', { reader, place: '/agreements' }, {
      view,
      filter: { stage, state, text },
      all: address({ view }, {}),
      mayOpen: mayForAll(actor, 'agreement.open', londonDay(now)),
      // A provider opens none, and hears nothing of how they are moved.
      seesInside: reach === 'all' || reach.agreements.length > 0,
      stages: [...new Map(pathways.latest().flatMap(({ stages }) => stages).map(({ id, title }) => [id, title])).entries()].map(([value, title]) => ({ value, text: title, selected: value === stage })),
      states: Object.entries(states).map(([value, title]) => ({ value, text: title, selected: value === state })),
      views: views.map((one) => ({ text: viewTitles[one], here: one === view, href: address(query, { view: one }) })),
      headline: board !== undefined ? boardHeadline(board) : rows.length > 0 && roadmap !== undefined ? roadmap.headline : headlineOf(rows, next !== undefined),
      roadmap,
      files: fileLinks(address(query, {}, '/agreements/export')),
      kept: kept.map(({ id: filter, name, view: look, filter: { lifecycle, ...more }, shared, own }) => ({
        id: filter, name, shared, own,
        href: address({ view: look, ...more, ...(lifecycle !== undefined && { state: lifecycle as ListQuery['state'] }) }, {}),
      })),
      mayShare: seesAll,
      key: newId(),
      tiered: rows.some(({ tier }) => tier !== null),
      rows: view !== 'table' ? [] : rows.map((row) => ({ ...cardOf(row, now), process: pathwayTitle(row.pathway), tier: row.tier === null ? '' : upper(row.tier) })),
      columns: board === undefined ? [] : columnsOf(board, query, now),
      next: next && address(query, { after: markOf(next) }),
    });
  }

  @Get('export')
  async export(@Query({ schema: exportQuery }) query: z.infer<typeof exportQuery>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const { format } = query;
    const rows = await this.register.all(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', londonDay(this.clock.now())), filterOf(query));
    await sendFile(reply, 'agreements', format, await this.file(rows, format));
  }

  @Post('filters')
  async keep(@Body({ schema: keeping }) body: z.infer<typeof keeping>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    if (body.name === '') throw new Problem({ status: 422, code: 'filter.unnamed', title: 'This look has no name', detail: 'Go back and write what it is to be called.' });
    const { tenant, id, actor } = reader.principal;
    const shared = body.shared === 'yes';
    if (shared && !mayForAll(actor, 'agreement.read', londonDay(this.clock.now()))) throw notShared();
    await this.saved.keep(tenant, id, { id: body.key, name: body.name, view: body.view, filter: filterOf(body), shared });
    await reply.redirect(address(body, {}), 303);
  }

  @Post('filters/:filter/remove')
  async remove(@Param('filter') filter: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, id } = reader.principal;
    if (!isUuid(filter) || !(await this.saved.remove(tenant, id, filter))) throw new Problem({ status: 404, code: 'filter.unknown', title: 'There is no such look', detail: 'You keep none by this address.' });
    await reply.redirect('/agreements', 303);
  }

  private file(rows: readonly ListedAgreement[], format: FileForm): string | Promise<Buffer> {
    switch (format) {
      case 'csv':
        return agreementsAsCsv(rows);
      case 'xlsx':
        return agreementsAsXlsx(rows);
      case 'json':
        return JSON.stringify({ items: rows.map(({ parties: _, ...row }) => row) });
      case 'ics':
        return agreementsAsCalendar(rows, (id) => `${this.installation.publicUrl}/agreements/${id}`);
    }
  }
}

function filterOf({ stage, state, text }: Pick<ListQuery, 'stage' | 'state' | 'text'>): AgreementFilter {
  return { ...(stage !== undefined && { stage }), ...(state !== undefined && { lifecycle: state }), ...(text !== undefined && { text }) };
}

function cardOf({ id, title, reference, kind, parentTitle, pathway, stage, lifecycle, over, changedAt }: ListedAgreement, now: Date) {
  return {
    href: `/agreements/${id}`,
    title,
    reference,
    kind: `${codeOf(kind)}${parentTitle === null ? '' : `, from “${parentTitle}”`}`,
    stage: stageTitleOf(pathway, stage),
    state: over ? 'Over for your organisation' : lifecycle === 'open' ? undefined : states[lifecycle as keyof typeof states],
    changed: dayOf(changedAt.slice(0, 10)),
    age: ageOf(changedAt, now),
  };
}

const nothingHere = 'No agreement is here by these filters.';

function headlineOf(rows: readonly ListedAgreement[], more: boolean): string {
  if (rows.length === 0) return nothingHere;
  return `${more ? `The newest ${rows.length} agreements` : counted(rows.length, 'agreement')}, newest first.`;
}

function boardHeadline(columns: readonly BoardColumn[]): string {
  const sum = (of: (column: BoardColumn) => number) => columns.reduce((total, column) => total + of(column), 0);
  const [most] = columns.toSorted((one, other) => other.count - one.count);
  if (most === undefined) return nothingHere;
  const held = sum((column) => column.held);
  return `${counted(sum(({ count }) => count), 'agreement')}; most stand in ${stageTitleOf(most.pathway, most.stage)} (${most.count.toLocaleString('en-GB')})${held > 0 ? `; ${held} on hold` : ''}.`;
}

/** A column a stage, in the order of the pathways; stages of the same title of two pathways share one. */
function columnsOf(columns: readonly BoardColumn[], query: ListQuery, now: Date) {
  const order = [...new Set(pathways.latest().toSorted((a, b) => b.stages.length - a.stages.length).flatMap(({ stages }) => stages.map(({ id }) => id)))];
  const at = (stage: string) => (order.indexOf(stage) < 0 ? order.length : order.indexOf(stage));
  return columns
    .toSorted((one, other) => at(one.stage) - at(other.stage))
    .map(({ stage, pathway, count, newest }) => ({
      title: stageTitleOf(pathway, stage),
      count,
      cards: newest.map((row) => cardOf(row, now)),
      more: count > newest.length ? { count: count - newest.length, href: address(query, { view: 'table', stage }) } : undefined,
    }));
}

function address({ view, stage, state, text }: Partial<Pick<ListQuery, 'view' | 'stage' | 'state' | 'text'>>, change: Partial<ListQuery>, at = '/agreements'): string {
  const asked = Object.entries({ view, stage, state, text, ...change }).filter(([, value]) => value !== undefined);
  return `${at}?${new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
}
