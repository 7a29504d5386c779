import type { CommandOutcome, Principal } from '@concordat/access';
import { reachOf } from '@concordat/access/core';
import { Agreements, type Simulation } from '@concordat/agreement';
import { InvalidDocument, OwnCalendars, OwnPathways, PathwayCommand, pathwaySchema, pathways, readPathway, routes } from '@concordat/pathway';
import { isOwn, kindsOn, type Pathway, pathwayDifferences, pathwayMermaid, pathwaySvg, sourceMarks, standstillPeriod, tiers } from '@concordat/pathway/core';
import { Clock, Fingerprints, londonDay, Problem } from '@concordat/platform';
import { isRecordableDate } from '@concordat/platform/core';
import { AgreementList } from '@concordat/register';
import { Body, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { askOf, Who } from './ask.js';
import { Asks } from './asked-right.js';
import { settle } from './command-answer.js';
import { ApiBody, ApiOperation, ApiResponse } from './documented.js';
import { cursorOf, nextLink, pageLimit, readCursor } from './paging.js';
import { gateShown, instant, pageOf, writeQuery, type WriteQuery } from './shapes.js';

const versioned = z.object({ id: z.string().max(100), version: z.coerce.number().int().min(1) });
const standstillQuery = z.strictObject({ published: z.string().refine((text) => isRecordableDate(text) && text < '9999', 'must be a day that exists, from 1900 on and before the year 9999, YYYY-MM-DD') });

const drawingQuery = z.strictObject({ as: z.enum(['svg', 'mermaid']).default('svg') });
const pairs = z
  .string()
  .max(2_000)
  .regex(/^[a-z0-9-]+:[a-z0-9-]+(,[a-z0-9-]+:[a-z0-9-]+)*$/, 'Pairs of a stage that is gone and where an agreement stands then, such as needs:design,route:sourcing');
const simulationQuery = z.strictObject({ stages: pairs.optional(), limit: pageLimit, after: z.string().max(500).optional() });
const listMark = z.strictObject({ openedAt: instant, id: z.uuid() });

const refusalShown = z.object({ code: z.string(), asks: z.string(), missing: z.array(z.looseObject({ what: z.string(), suppliedBy: z.string() })) });
const simulationShown = z.object({
  agreement: z.uuid(),
  title: z.string(),
  pathway: z.string().describe('id@version it follows now'),
  stood: z.string(),
  outcome: z.enum(['possible', 'stranded']).describe('stranded: it stays where it is until somebody says where it stands then'),
  refusals: z.array(refusalShown).optional(),
  stage: z.string().optional(),
  tier: z.string().optional(),
  notAsked: z.array(z.string()).optional().describe('stages of the new version before the one it stands in that it never was in'),
  asksAnew: z.array(z.string()).optional().describe('codes that its gate asks then and does not now'),
  asksNoMore: z.array(z.object({ stage: z.string(), code: z.string(), asks: z.string() })).optional().describe('what its gate and those after it ask now, and those of the version do not, there or sooner; migrate-pathway then asks for a reason'),
  checklist: gateShown.shape.checklist.optional(),
});

const mostProblems = 200;

function publishedBody() {
  const { $schema: _dialect, ...body } = pathwaySchema() as Record<string, unknown>;
  return { required: true, schema: body };
}

const publishedShown = z.object({ id: z.string(), version: z.int().min(1), repeated: z.boolean().optional(), dryRun: z.literal(true).optional() });
const differencesQuery = z.strictObject({ from: z.coerce.number().int().min(1).max(1_000_000).optional().describe('the version before it where none is named; of a first version, the one it is based on') });
const askedIn = z.array(z.object({ asks: z.string(), tiers: z.array(z.enum(tiers)), source: z.object({ cites: z.string(), mark: z.enum(sourceMarks) }).optional() }));
const differencesShown = z.object({
  from: z.object({ id: z.string(), version: z.int().min(1) }).nullable().describe('null for a first version that is based on none'),
  items: z.array(z.object({ stage: z.string(), title: z.string(), is: z.enum(['new', 'gone', 'changed']), asksAnew: askedIn, asksNoMore: askedIn })),
});
const documentShown = z.looseObject({ id: z.string(), version: z.int().min(1), title: z.string() });
const standstillShown = z.union([
  z.object({ begins: z.string(), ends: z.string(), days: z.array(z.string()), warnings: z.array(z.string()) }),
  z.object({ none: z.string() }),
]);

@ApiV1('', 'Pathways and routes')
export class PathwaysController {
  constructor(
    private readonly agreements: Agreements,
    private readonly list: AgreementList,
    private readonly own: OwnPathways,
    private readonly calendars: OwnCalendars,
    private readonly commands: CommandBus,
    private readonly fingerprints: Fingerprints,
    private readonly clock: Clock,
  ) {}

  @Get('pathways')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'listPathways', summary: 'Every published version of every pathway: what ships, then what the organisation published itself' })
  @ApiResponse({ status: 200, description: 'Without their stages. inUse: what is opened today begins on it', standardSchema: pageOf(documentShown) })
  async listPathways(@Who() who: Principal) {
    await this.own.learn(who.tenant);
    const inUse = pathways.allInUseFor(who.tenant, londonDay(this.clock.now()));
    return { items: pathways.allFor(who.tenant).map((one) => ({ id: one.id, version: one.version, title: one.title, kinds: kindsOn(one), own: isOwn(one.id), inUse: inUse.includes(one) })) };
  }

  @Post('pathways')
  @HttpCode(201)
  @Asks('pathway.manage')
  @ApiOperation({ operationId: 'publishPathway', summary: 'Publish the next version of a pathway of the organisation itself; it never changes from then on' })
  @ApiBody(publishedBody)
  @ApiResponse({ status: 201, description: 'Published. What is opened from now on begins on it; what follows an earlier version is moved by migrate-pathway', standardSchema: publishedShown })
  @ApiResponse({ status: 200, description: 'What a dry run would publish', standardSchema: publishedShown })
  async publish(
    @Who() who: Principal,
    @Body() body: unknown,
    @Query({ schema: writeQuery }) { dryRun }: WriteQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const ask = askOf(request, who, this.fingerprints);
    reply.header('idempotency-key', ask.key);
    const pathway = readable(body);
    const told = settle(await this.commands.execute<PathwayCommand, CommandOutcome>(new PathwayCommand({ name: 'publish-pathway', pathway }, ask, dryRun === 'true')));
    const { id, version } = pathway;
    if (told.outcome === 'would-record') {
      reply.status(200);
      return { id, version, dryRun: true };
    }
    reply.header('location', `/api/v1/pathways/${id}/${version}`);
    return { id, version, repeated: told.repeated };
  }

  private async find(tenant: string, id: string, version: number): Promise<Pathway> {
    await this.own.know(tenant, { id, version });
    return pathways.findFor(tenant, id, version) ?? unknown('pathway', pathways.allFor(tenant));
  }

  @Get('pathways/:id/:version/differences')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'comparePathway', summary: 'What this version asks that another one of it did not, and the reverse, gate by gate' })
  @ApiResponse({ status: 200, description: 'Gates at which nothing changes are left out', standardSchema: differencesShown })
  async differences(
    @Who() who: Principal,
    @Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>,
    @Query({ schema: differencesQuery }) { from }: z.infer<typeof differencesQuery>,
  ) {
    const to = await this.find(who.tenant, id, version);
    const former = from !== undefined ? { id, version: from } : version > 1 ? { id, version: version - 1 } : to.basedOn;
    if (former === undefined) return { from: null, items: [] };
    return { from: former, items: pathwayDifferences(await this.find(who.tenant, former.id, former.version), to) };
  }

  @Get('pathways/:id/:version')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readPathway', summary: 'One version of a pathway; it never changes' })
  @ApiResponse({ status: 200, description: 'The document, valid under /api/schemas/pathway', standardSchema: documentShown })
  pathway(@Who() who: Principal, @Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>) {
    return this.find(who.tenant, id, version);
  }

  @Get('pathways/:id/:version/drawing')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'drawPathway', summary: 'A version of a pathway as a picture (SVG), or as the text of one (Mermaid)' })
  @ApiResponse({ status: 200, description: 'The picture', content: { 'image/svg+xml': { schema: { type: 'string' } }, 'text/vnd.mermaid': { schema: { type: 'string' } } } })
  async drawing(
    @Who() who: Principal,
    @Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>,
    @Query({ schema: drawingQuery }) { as }: z.infer<typeof drawingQuery>,
    @Res() reply: FastifyReply,
  ) {
    const pathway = await this.find(who.tenant, id, version);
    if (as === 'mermaid') await reply.type('text/vnd.mermaid; charset=utf-8').send(pathwayMermaid(pathway));
    else await reply.type('image/svg+xml; charset=utf-8').send(pathwaySvg(pathway));
  }

  @Get('pathways/:id/:version/simulation')
  @Asks('pathway.manage')
  @ApiOperation({ operationId: 'simulatePathway', summary: 'What each live agreement would be asked on this version, and which it would strand. The command migrate-pathway moves those that are picked' })
  @ApiResponse({ status: 200, description: 'One page, newest agreements first; the Link header leads to the next', standardSchema: pageOf(simulationShown) })
  async simulation(
    @Who() who: Principal,
    @Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>,
    @Query({ schema: simulationQuery }) { stages, limit, after }: z.infer<typeof simulationQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const target = await this.find(who.tenant, id, version);
    const reach = reachOf(who.actor, 'pathway.manage', londonDay(this.clock.now()));
    const { rows, next } = await this.list.page(who.tenant, reach, {}, { limit, ...(after !== undefined && { after: readCursor(listMark, after) }) });
    if (next !== undefined) {
      reply.header('link', nextLink(`/api/v1/pathways/${id}/${version}/simulation`, { ...(stages !== undefined && { stages }), limit, after: cursorOf(next) }));
    }
    const live = rows.filter(({ lifecycle, pathway }) => (lifecycle === 'open' || lifecycle === 'held') && pathway !== `${id}@${version}`);
    const map = Object.fromEntries((stages ?? '').split(',').map((pair) => pair.split(':') as [string, string]));
    return { items: (await this.agreements.simulate(who.tenant, live.map((row) => row.id), target, map, who.actor)).map(simulated) };
  }

  @Get('routes')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'listRoutes', summary: 'Every published version of every route' })
  @ApiResponse({ status: 200, description: 'Regime, notices and clocks, each with its source', standardSchema: pageOf(documentShown) })
  listRoutes() {
    return { items: routes.all };
  }

  @Get('routes/:id/:version')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readRoute', summary: 'One version of a route; it never changes' })
  @ApiResponse({ status: 200, description: 'The document, valid under /api/schemas/route', standardSchema: documentShown })
  route(@Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>) {
    return routes.find(id, version) ?? unknown('route', routes.all);
  }

  @Get('routes/:id/:version/standstill')
  @Asks('pathway.read')
  @ApiOperation({ operationId: 'readStandstill', summary: 'The standstill after a day of publication, with the working days counted' })
  @ApiResponse({ status: 200, description: 'begins, ends, days and warnings; or why there is none', standardSchema: standstillShown })
  async standstill(
    @Who() who: Principal,
    @Param({ schema: versioned }) { id, version }: z.infer<typeof versioned>,
    @Query({ schema: standstillQuery }) { published }: z.infer<typeof standstillQuery>,
  ) {
    return standstillPeriod(routes.find(id, version) ?? unknown('route', routes.all), published, await this.calendars.of(who.tenant));
  }
}

function simulated({ agreement: { id, title, pathway, stage: stood }, asked, then }: Simulation): z.input<typeof simulationShown> {
  const head = { agreement: id, title, pathway: `${pathway.id}@${pathway.version}`, stood };
  if (then.is === 'stranded') return { ...head, outcome: 'stranded', refusals: then.refusals.map(({ code, asks, missing }) => ({ code, asks, missing: missing.map((one) => ({ ...one })) })) };
  const [before, after] = [new Set<string>(asked.map(({ code }) => code)), new Set<string>(then.checklist.map(({ code }) => code))];
  return {
    ...head,
    outcome: 'possible',
    stage: then.stage,
    tier: then.tier,
    notAsked: [...then.notAsked],
    asksAnew: [...after].filter((code) => !before.has(code)),
    asksNoMore: then.asksNoMore.map((one) => ({ ...one })),
    checklist: then.checklist.map((item) => ({ ...item, missing: [...item.missing], onCondition: [...item.onCondition] })),
  };
}

function unknown(kind: string, known: readonly { readonly id: string; readonly version: number }[]): never {
  throw new Problem({
    status: 404,
    code: `${kind}.unknown`,
    title: `There is no such ${kind}`,
    detail: `Published here: ${known.map(({ id, version }) => `${id}/${version}`).join(', ')}.`,
  });
}

/** @throws Problem 422 `pathway.invalid` with everything that is wrong in the document by itself, each where it stands. */
function readable(body: unknown): Pathway {
  try {
    return readPathway(body, 'This document');
  } catch (fault) {
    if (!(fault instanceof InvalidDocument)) throw fault;
    throw new Problem({
      status: 422,
      code: 'pathway.invalid',
      title: 'This pathway cannot be published',
      detail: `${fault.problems.length} ${fault.problems.length === 1 ? 'thing is' : 'things are'} wrong; errors[] says where and what to change.`,
      errors: fault.problems.slice(0, mostProblems).map(({ pointer, detail }) => ({ pointer, detail })),
    });
  }
}
