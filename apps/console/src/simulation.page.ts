import { Agreements, Operations, type Simulation } from '@concordat/agreement';
import { reachOf } from '@concordat/access/core';
import { OwnPathways, pathways } from '@concordat/pathway';
import { type Pathway, stageOf } from '@concordat/pathway/core';
import { Clock, concordatNamespace, Fingerprints, isUuid, londonDay, newId, Problem, uuidv5 } from '@concordat/platform';
import { AgreementList } from '@concordat/register';
import { Body, Controller, Get, Param, Post, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { typedIn } from './form-desk.js';
import { type Typed } from './form/read-form.js';
import { Frame } from './frame.js';
import { stageTitleOf } from './names.js';
import { markedMoment, markIn, markOf } from './page-mark.js';
import { PageFilter } from './page.filter.js';
import type { Reader } from './signed-in.js';
import { counted, upper } from './words/say.js';

const pageSize = 50;
const sayWhy = 'Say why the chosen agreements are asked less than they were';
const listMark = z.object({ openedAt: markedMoment, id: z.uuid() });

/** What live agreements would meet on a version of a process; those that are picked are moved to it, the rest stay as they are. */
@UseFilters(PageFilter)
@Controller()
export class SimulationPage {
  constructor(
    private readonly frame: Frame,
    private readonly own: OwnPathways,
    private readonly agreements: Agreements,
    private readonly operations: Operations,
    private readonly list: AgreementList,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get('pathways/:id/:version/simulation')
  async simulation(@Param('id') id: string, @Param('version') version: string, @Query() query: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.manage', request, reply);
    if (reader !== undefined) await this.show(reader, await this.target(reader, id, version), typedIn(query), undefined, request, reply);
  }

  @Post('pathways/:id/:version/simulation')
  async migrate(@Param('id') id: string, @Param('version') version: string, @Body() body: Readonly<Record<string, unknown>>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.readerFor('pathway.manage', request, reply);
    if (reader === undefined) return;
    const target = await this.target(reader, id, version);
    const typed = typedIn(body);
    const picked = [...new Set([typed['picked'] ?? []].flat().filter((one) => isUuid(one)))];
    if (picked.length === 0) return this.show(reader, target, typed, 'Choose the agreements that are to follow this version', request, reply);
    const { tenant, actor, id: principal } = reader.principal;
    const key = typed['key'];
    const operation = uuidv5(concordatNamespace, `${tenant}/${principal}/migrate/${typeof key === 'string' && isUuid(key) ? key : newId()}`);
    const simulated = await this.agreements.simulate(tenant, picked, target, stagesIn(typed), actor);
    const reason = typeof typed['reason'] === 'string' ? typed['reason'].trim() : '';
    if (reason === '' && simulated.some(({ then }) => then.is === 'possible' && then.asksNoMore.length > 0)) return this.show(reader, target, typed, sayWhy, request, reply);
    const lines = simulated.map(({ agreement, then }, at) => ({
      line: at + 1,
      commandId: uuidv5(concordatNamespace, `${operation}/${at + 1}`),
      expectedVersion: null,
      command: {
        name: 'migrate-pathway' as const,
        agreement: agreement.id,
        pathway: { id: target.id, version: target.version },
        ...(stageOf(target, agreement.stage) === undefined && then.is === 'possible' && { stage: then.stage }),
        ...(then.is === 'possible' && then.asksNoMore.length > 0 && { reason }),
      },
    }));
    await this.operations.accept({ tenant, id: operation, fingerprint: this.fingerprints.of(['migrate', lines.map(({ command }) => command)]), actor, principal, correlationId: request.id }, lines);
    await reply.redirect(`/operations/${operation}`, 303);
  }

  /** How far a bulk act is, with a result for each item. Whoever began it reads it. */
  @Get('operations/:id')
  async operation(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, id: principal } = reader.principal;
    const progress = isUuid(id) ? await this.operations.progress(tenant, id) : undefined;
    if (progress === undefined || progress.principal !== principal) throw new Problem({ status: 404, code: 'operation.unknown', title: 'There is no such piece of work', detail: 'Whoever began it sees how far it is, and nobody else.' });
    const results = await this.operations.results(tenant, id, 0, 200);
    const titles = await this.agreements.findAll(tenant, results.map(({ agreement }) => agreement));
    const titled = (agreement: string) => titles.get(agreement)?.agreement.title ?? agreement;
    const told = results.map(({ line, agreement, command, result }) => resultShown(command === 'migrate-pathway' ? titled(agreement) : `${titled(agreement)}, ${line}`, agreement, result as unknown as ResultTold));
    const done = told.filter(({ is }) => is === 'done').length;
    await this.frame.send(request, reply, 'operation', { reader, place: '/' }, {
      headline: `${progress.done} of ${progress.lines} ${progress.lines === 1 ? 'item is' : 'items are'} dealt with: ${done} done, ${told.length - done} refused${progress.done > told.length ? `, of the first ${told.length}` : ''}.`,
      finished: progress.finishedAt !== null,
      self: `/operations/${id}`,
      rows: told,
    });
  }

  private async show(reader: Reader, target: Pathway, typed: Typed, error: string | undefined, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { tenant, actor } = reader.principal;
    const reach = reachOf(actor, 'pathway.manage', londonDay(this.clock.now()));
    const after = typed['after'];
    const { rows, next } = await this.list.page(tenant, reach, {}, { limit: pageSize, ...(typeof after === 'string' && after !== '' && { after: markIn(listMark, after) }) });
    const self = `${target.id}@${target.version}`;
    const live = rows.filter(({ lifecycle, pathway }) => (lifecycle === 'open' || lifecycle === 'held') && pathway !== self);
    const where = stagesIn(typed);
    const simulated = await this.agreements.simulate(tenant, live.map(({ id }) => id), target, where, actor);
    const lacking = simulated.filter((one) => lacksStageAlone(one, target));
    const gone = [...new Map(lacking.map(({ agreement }) => [agreement.stage, stageTitleOf(`${agreement.pathway.id}@${agreement.pathway.version}`, agreement.stage)]))];
    const there = (stage: string) => target.stages.filter(({ id }) => lacking.some(({ agreement, stages }) => agreement.stage === stage && stages.includes(id)));
    const items = simulated.map((one) => simulationShown(one, target));
    const possible = items.filter(({ stranded }) => stranded === undefined).length;
    await this.frame.send(request, reply, 'pathway-simulation', { reader, place: '/pathways', status: error === undefined ? 200 : 422 }, {
      error,
      title: `${target.title}, version ${target.version}`,
      back: `/pathways/${target.id}/${target.version}`,
      action: `/pathways/${target.id}/${target.version}/simulation`,
      key: newId(),
      headline: items.length === 0 ? 'No live agreement on this page of the list could follow this version.' : `${possible} of ${counted(items.length, 'live agreement')} could follow this version; the others stay where they are.`,
      gone: gone.map(([stage, title]) => ({ name: `gone.${stage}`, title, options: [{ value: '', text: 'Leave them on their version' }, ...there(stage).map(({ id, title: text }) => ({ value: id, text, selected: where[stage] === id }))] })),
      where: Object.entries(where).map(([stage, then]) => ({ name: `gone.${stage}`, value: then })),
      items,
      asksLess: items.some(({ asksNoMore }) => asksNoMore.length > 0),
      missing: error === sayWhy ? '#reason' : '#agreements',
      picked: [typed['picked'] ?? []].flat(),
      possible,
      after: typeof after === 'string' ? after : '',
      next: next === undefined ? undefined : `?${new URLSearchParams({ ...Object.fromEntries(Object.entries(where).map(([stage, then]) => [`gone.${stage}`, then])), after: markOf(next) })}`,
    });
  }

  private async target({ principal: { tenant } }: Reader, id: string, version: string): Promise<Pathway> {
    const number = /^[1-9]\d{0,6}$/.test(version) ? Number(version) : 0;
    await this.own.know(tenant, { id, version: number });
    const target = pathways.findFor(tenant, id, number);
    if (target === undefined) throw new Problem({ status: 404, code: 'pathway.unknown', title: 'There is no such process', detail: 'The list of commissioning processes names every version that is published here.' });
    return target;
  }
}

/** Of an agreement that keeps to its own process it is not asked where it should stand: it stays whatever is answered. */
const lacksStageAlone = ({ agreement, then, stages }: Simulation, target: Pathway): boolean =>
  stageOf(target, agreement.stage) === undefined && stages.length > 0 && (then.is === 'possible' || then.refusals.every(({ code }) => ofTheStage.includes(code)));
/** What another stage chosen for it mends. */
const ofTheStage: readonly string[] = ['migration.stage-gone', 'migration.skips-gates', 'migration.goes-back', 'stage.unknown'];

/** Where agreements stand then whose stage the version lacks, as the form says it. */
function stagesIn(typed: Typed): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(typed).flatMap(([name, value]) => (name.startsWith('gone.') && typeof value === 'string' && value !== '' ? [[name.slice('gone.'.length), value]] : [])));
}

function simulationShown({ agreement: { id, title, pathway, stage }, asked, then }: Simulation, target: Pathway) {
  const head = { id, title, href: `/agreements/${id}`, follows: `${pathways.find(pathway.id, pathway.version)?.title ?? pathway.id}, version ${pathway.version}`, stands: stageTitleOf(`${pathway.id}@${pathway.version}`, stage) };
  if (then.is === 'stranded') return { ...head, stranded: then.refusals.map(({ asks }) => asks), asksAnew: [], asksNoMore: [] };
  const before = new Set(asked.map(({ asks }) => asks));
  return {
    ...head,
    stranded: undefined,
    would: upper(stageOf(target, then.stage)?.title ?? then.stage),
    tier: then.tier,
    asksAnew: then.checklist.filter(({ asks }) => !before.has(asks)).map(({ asks, met }) => ({ asks, met })),
    asksNoMore: then.asksNoMore.map(({ stage: at, asks }) => ({ at: stageTitleOf(`${pathway.id}@${pathway.version}`, at), asks })),
  };
}

interface ResultTold {
  readonly outcome: string;
  readonly refusals?: readonly { readonly asks: string }[];
  readonly detail?: string;
}

function resultShown(title: string, id: string, { outcome, refusals, detail }: ResultTold) {
  const done = outcome === 'recorded';
  return { title, href: `/agreements/${id}`, is: done ? 'done' : 'not', cells: [done ? 'Done' : `Refused: ${refusals?.map(({ asks }) => asks).join(' ') ?? detail ?? outcome}`] };
}
