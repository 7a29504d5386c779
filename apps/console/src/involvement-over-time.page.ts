import { Agreements } from '@concordat/agreement';
import { doLevels, sayLevels } from '@concordat/pathway/core';
import { Clock, londonDay } from '@concordat/platform';
import { involvementAsCsv, type InvolvementBy, involvementBy, type InvolvementOverTime, InvolvementView, type StuckAgreement } from '@concordat/register';
import { stuckReasons } from '@concordat/register/core';
import { Controller, Get, Query, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import { Frame } from './frame.js';
import { stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import { ageOf, counted, upper } from './words/say.js';

const looks = Object.keys(involvementBy) as [InvolvementBy, ...InvolvementBy[]];
const query = z.object({ by: z.enum(looks).catch('all') });
const titles: Readonly<Record<InvolvementBy, string>> = { all: 'All together', stage: 'By stage', place: 'By place', portfolio: 'By theme' };
const mostQuarters = 8;
const mostStuck = 50;
const [left, rung, column, top] = [190, 34, 84, 26] as const;

/** From engagement to co-production: Say and Do over time, by stage, place and theme, and which agreements are stuck on the way. */
@UseFilters(PageFilter)
@Controller('agreements/involvement')
export class InvolvementOverTimePage {
  constructor(
    private readonly frame: Frame,
    private readonly view: InvolvementView,
    private readonly agreements: Agreements,
    private readonly clock: Clock,
  ) {}

  @Get()
  async page(@Query({ schema: query }) { by }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const now = this.clock.now();
    const reach = await this.agreements.reach(tenant, actor, 'agreement.read', londonDay(now));
    const [all, rows, stuck] = await Promise.all([this.view.overTime(tenant, reach, 'all'), this.view.overTime(tenant, reach, by), this.view.stuck(tenant, reach, { limit: mostStuck })]);
    await this.frame.send(request, reply, 'involvement-over-time', { reader, place: '/agreements' }, {
      headline: headlineOf(all, stuck.length),
      looks: looks.map((one) => ({ text: titles[one], href: `/agreements/involvement?by=${one}`, here: one === by })),
      named: by !== 'all',
      ladders: all.length === 0 ? [] : [ladderOf('Say', sayLevels, all, ({ say }) => say), ladderOf('Do', doLevels, all, ({ do: action }) => action)],
      rows: rows.map((row) => ({
        name: row.name === null ? 'None named' : upper(row.name), quarter: quarterOf(row.quarter), stages: row.stages, say: levelsSaid(row.say), do: levelsSaid(row.do),
        planned: `${row.asPlanned} of ${row.planned}`, confirmed: `${row.confirmed} of ${row.engaged}`,
      })),
      csv: `/agreements/involvement/export?by=${by}`,
      reasons: Object.values(stuckReasons),
      stuck: stuck.map((one) => stuckShown(one, now)),
    });
  }

  @Get('export')
  async export(@Query({ schema: query }) { by }: z.infer<typeof query>, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const rows = await this.view.overTime(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', londonDay(this.clock.now())), by);
    reply.header('cache-control', 'no-store').header('content-disposition', `attachment; filename="say-and-do-by-${by}.csv"`).type('text/csv; charset=utf-8');
    await reply.send(involvementAsCsv(rows));
  }
}

const quarterOf = (quarter: string): string => (quarter === 'now' ? 'Now' : quarter.replace('-', ' '));
const levelsSaid = (counts: readonly number[]): string => counts.flatMap((count, level) => (count === 0 ? [] : [`${count} at ${level}`])).join(', ');

function headlineOf(rows: readonly InvolvementOverTime[], stuck: number): string {
  const sum = (of: (row: InvolvementOverTime) => number) => rows.reduce((total, row) => total + of(row), 0);
  const stages = sum(({ stages: count }) => count);
  if (stages === 0) return 'No agreement has entered a stage yet.';
  const [engaged, doing] = [sum((row) => row.engaged), sum(({ do: [, ...some] }) => some.reduce((total, count) => total + count, 0))];
  return `In ${engaged} of ${counted(stages, 'stage')} people were engaged (Say 3 or more), and in ${doing} they did something themselves (Do 1 or more). ${counted(stuck, 'agreement is', 'agreements are')} stuck.`;
}

/** One rung a level, the highest on top; a bar a quarter, as long as the share of its stages that reached the level. */
function ladderOf(scale: string, levels: readonly string[], rows: readonly InvolvementOverTime[], of: (row: InvolvementOverTime) => readonly number[]) {
  const shown = rows.slice(-mostQuarters);
  const y = (level: number) => top + (levels.length - 1 - level) * rung;
  const last = shown.at(-1);
  const highest = last === undefined ? 0 : of(last).findLastIndex((count) => count > 0);
  return {
    title: scale,
    says: `${scale} over time: ${shown.map((row) => `${quarterOf(row.quarter)} ${levelsSaid(of(row))}`).join('; ')}. The highest reached now is ${Math.max(0, highest)}, ${levels[Math.max(0, highest)]}. The table below says the same.`,
    width: left + shown.length * column + 10,
    height: top + levels.length * rung + 6,
    rungs: levels.map((words, level) => ({ text: `${scale} ${level} ${words}`, y: y(level) })),
    columns: shown.map((row, at) => ({ x: left + at * column, text: quarterOf(row.quarter) })),
    bars: shown.flatMap((row, at) =>
      of(row).flatMap((count, level) => (count === 0 ? [] : [{ x: left + at * column, y: y(level) + 4, length: Math.max(6, Math.round((count / row.stages) * (column - 34))), count }])),
    ),
  };
}

function stuckShown({ agreement, title, pathway, stage, since, reason, say, do: action, sayPlanned, doPlanned }: StuckAgreement, now: Date) {
  const planned = sayPlanned === null ? '' : `; planned Say ${sayPlanned}, Do ${doPlanned ?? 0}`;
  return {
    title, href: `/agreements/${agreement}/involvement`, by: '',
    cells: [stageTitleOf(pathway, stage), ageOf(since, now), `Say ${say}, Do ${action}${planned}`, stuckReasons[reason]],
  };
}
