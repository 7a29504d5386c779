import { routes } from '@concordat/pathway';
import { asks, type Route, type Source, type StandstillDays } from '@concordat/pathway/core';
import { Problem } from '@concordat/platform';
import { Controller, Get, Param, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Frame } from './frame.js';
import { PageFilter } from './page.filter.js';
import { lengthOf, markWords } from './words/register-words.js';
import { upper } from './words/say.js';

/** One route to an award as law, for whoever is signed in: what it asks, every figure with who says so, and whether that was read there. */
@UseFilters(PageFilter)
@Controller('routes')
export class RoutePage {
  constructor(private readonly frame: Frame) {}

  @Get(':id/:version')
  async one(@Param('id') id: string, @Param('version') version: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const route = /^\d{1,6}$/.test(version) ? routes.find(id, Number(version)) : undefined;
    if (route === undefined) throw new Problem({ status: 404, code: 'route.unknown', title: 'There is no such route', detail: 'Look in the list of routes for its id and version.' });
    await this.frame.send(request, reply, 'route', { reader, place: '/pathways' }, { title: route.title, version: route.version, regime: upper(route.regime), unverified: route.unverified, parts: partsOf(route), consulted: route.sources.map(({ cites, mark }) => ({ cites, mark: markWords[mark] })) });
  }
}

const row = (says: string, { cites, mark }: Source, more: readonly string[] = []) => ({ says, more, cites, mark: markWords[mark] });

/** The parts of a route that say something, in the order in which they come about. */
function partsOf(route: Route) {
  const { standstill, moot = [], grounds = [], restsOn, clocks, notices, modification, conditions } = route;
  const parts = [
    { title: 'Standstill', rows: standstillRows(standstill) },
    { title: 'What does not apply by it', rows: moot.map(({ says, source }) => row(says, source)) },
    { title: 'On what it is chosen', rows: [...(restsOn === undefined ? [] : [row(restsOn.says, restsOn.source)]), ...grounds.map(({ says, under, source }) => row(says, source, under === undefined ? [] : [`Under £${under.toLocaleString('en-GB')}, VAT included`]))] },
    { title: 'Clocks', rows: clocks.map(({ says, source }) => row(says, source)) },
    { title: 'Notices', rows: notices.map(({ code, title, source }) => row(/^UK\d/.test(code) ? `${title} (${code})` : title, source)) },
    { title: 'What a gate asks besides its process', rows: conditions.map(({ code, parameters, stage, source }) => row(`${asks(code, parameters as never)} (at the gate of ${stage})`, source)) },
    {
      title: 'How what it awarded may be modified',
      rows: [row(modification.says, modification.source), ...modification.grounds.map(({ says, confirms, limits, source }) => row(says, source, [...limits.map((limit) => limit.says), ...confirms]))],
    },
  ];
  return parts.filter(({ rows }) => rows.length > 0);
}

/** The standstill itself, then what holds a mandatory one open or lifts it, or how long one lasts that nobody must offer. */
function standstillRows(standstill: Route['standstill']) {
  if (standstill.kind === 'none') return [row(standstill.says, standstill.source), ...(standstill.voluntary === undefined ? [] : [row(standstillSays('A voluntary standstill of at least', standstill.voluntary), standstill.voluntary.source)])];
  return [row(standstillSays('A standstill of', standstill), standstill.source), ...[...standstill.heldOpen, ...(standstill.liftedOn ?? [])].map(({ says, source }) => row(says, source))];
}

function standstillSays(what: string, { days, begins, counts, calendar }: StandstillDays): string {
  const first = begins === 'publication' ? 'the day of publication' : 'the day after publication';
  return `${what} ${lengthOf({ days, unit: 'working-days', calendar })}. It begins on ${first}, which is ${counts === 'from-that-day' ? '' : 'not '}counted.`;
}
