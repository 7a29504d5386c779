import { reachOf } from '@concordat/access/core';
import { Clock, londonDay } from '@concordat/platform';
import { WaiverCounts } from '@concordat/register';
import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Frame } from './frame.js';
import { Names, stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { codeOf, counted, dayOf, upper } from './words/say.js';

/** A condition without what an agreement's tier asks of it: `involvement.people` is “Involvement: people”. */
const conditionOf = (code: string) => codeOf(code.replace('.', ': '));

/** Waivers across agreements: how often which condition was waived for whom, and which go to the senior responsible owner. */
@UseFilters(PageFilter)
@Controller('agreements/waivers')
export class WaiversPage {
  constructor(
    private readonly frame: Frame,
    private readonly waivers: WaiverCounts,
    private readonly names: Names,
    private readonly clock: Clock,
  ) {}

  @Get()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const today = londonDay(this.clock.now());
    const { counts, toReview } = await this.waivers.of(tenant, reachOf(actor, 'agreement.read', today));
    const named = await this.names.for(tenant, undefined, [...counts, ...toReview].map(({ team }) => team));
    const given = counts.reduce((sum, { count }) => sum + count, 0);
    await this.frame.send(request, reply, 'waivers', { reader, place: '/agreements' }, {
      headline: `${counted(given, 'waiver was', 'waivers were')} given within twelve months; ${counted(toReview.length, 'waits', 'wait')} for a review.`,
      whoCan: mayForAll(actor, 'waiver.review', today) ? undefined : whoCan('waiver.review'),
      toReview: toReview.map(({ waiver, agreement, title, pathway, condition, team, stage, givenAt, nth }) => ({
        title, href: `/agreements/${agreement}/do/review-waiver?about=${waiver}`, by: stageTitleOf(pathway, stage),
        cells: [conditionOf(condition), upper(named.of(team)), `number ${nth}`, dayOf(givenAt.slice(0, 10))],
      })),
      counts: counts.map(({ condition, team, count, lastGivenAt }) => ({ title: conditionOf(condition), by: '', cells: [upper(named.of(team)), String(count), dayOf(lastGivenAt.slice(0, 10))] })),
    });
  }
}
