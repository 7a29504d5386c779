import { People } from '@concordat/access';
import { identitiesOf } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { hasPartInWaiver } from '@concordat/agreement/core';
import { Clock, londonDay } from '@concordat/platform';
import { WaiverCounts } from '@concordat/register';
import { Controller, Get, Req, Res, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Frame } from './frame.js';
import { Names, stageTitleOf } from './names.js';
import { PageFilter } from './page.filter.js';
import { mayForAll, whoCan } from './whole-organisation.js';
import { codeOf, counted, dayOf, upper } from './words/say.js';

/** What is waived, without what an agreement's tier asks of it. */
const conditions: Readonly<Record<string, string>> = {
  'involvement.planned': 'How much say people are offered', 'involvement.achieved': 'How much say people had', 'involvement.planned-as': 'What people take part in', 'involvement.people': 'How many people took part',
  'involvement.resourced': 'What involvement lives on', 'involvement.access-costs-met': 'What it costs people to take part', 'involvement.what-people-do-asked': 'People were asked what they already do',
  'involvement.stages-that-matter-asked': 'People were asked which stages matter to them', 'involvement.informed': 'People have the information', 'involvement.payment-offered': 'People were offered payment',
  'involvement.themes-answered': 'Everybody has an answer', 'involvement.feedback-delivered': 'People were told what was done with what they said', 'involvement.everyone-told': 'People were told what came of it',
  'involvement.late-entries-shown': 'What came late was read', 'involvement.answers-checked': 'Answers were checked by a second person', 'involvement.commitments-answered-for': 'Promises to people were kept',
  'involvement.reversals-told': 'People were told what was undone', 'dissent.asked': 'It was asked who dissents', 'risk.statements-sought': 'Those who carry a risk were asked for their view',
  'kpi.written-by-people': 'A KPI was written by people', 'delivery.people-asked-each-cycle': 'People were asked in every cycle',
};
const conditionOf = (code: string) => conditions[code] ?? codeOf(code);

/** Waivers across agreements: how often which condition was waived for whom, and which go to the senior responsible owner. */
@UseFilters(PageFilter)
@Controller('agreements/waivers')
export class WaiversPage {
  constructor(
    private readonly frame: Frame,
    private readonly waivers: WaiverCounts,
    private readonly agreements: Agreements,
    private readonly names: Names,
    private readonly people: People,
    private readonly clock: Clock,
  ) {}

  @Get()
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const reader = await this.frame.reader(request, reply);
    if (reader === undefined) return;
    const { tenant, actor } = reader.principal;
    const today = londonDay(this.clock.now());
    const { counts, toReview } = await this.waivers.of(tenant, await this.agreements.reach(tenant, actor, 'agreement.read', today));
    const named = await this.names.for(tenant, undefined, [...counts.flatMap(({ team, alsoCalled }) => [team, ...alsoCalled]), ...toReview.map(({ team }) => team)]);
    const mayReview = mayForAll(actor, 'waiver.review', today);
    const found = await this.agreements.findAll(tenant, mayReview ? [...new Set(toReview.map(({ agreement }) => agreement))] : []);
    const everyId = mayReview && actor.kind === 'person' ? identitiesOf(actor.person, (await this.people.find(tenant, actor.person))?.person) : [];
    const isTheirs = ({ waiver: id, agreement }: { readonly waiver: string; readonly agreement: string }) =>
      everyId.length > 0 && found.get(agreement)?.agreement.waivers.some((waiver) => waiver.id === id && !hasPartInWaiver(waiver, everyId)) === true;
    const given = counts.reduce((sum, { count }) => sum + count, 0);
    await this.frame.send(request, reply, 'waivers', { reader, place: '/agreements' }, {
      headline: `${counted(given, 'waiver was', 'waivers were')} given within twelve months; ${counted(toReview.length, 'waits', 'wait')} for a review.`,
      whoCan: mayReview ? undefined : whoCan('waiver.review'),
      toReview: toReview.map(({ waiver, agreement, title, pathway, condition, team, stage, givenAt, nth }) => ({
        title, href: isTheirs({ waiver, agreement }) ? `/agreements/${agreement}/do/review-waiver?about=${waiver}` : `/agreements/${agreement}`, by: stageTitleOf(pathway, stage),
        cells: [conditionOf(condition), upper(named.of(team)), `number ${nth}`, dayOf(givenAt.slice(0, 10))],
      })),
      counts: counts.map(({ condition, team, alsoCalled, count, lastGivenAt }) => ({ title: conditionOf(condition), by: '', cells: [`${upper(named.of(team))}${alsoCalled.length > 0 ? `, also ${alsoCalled.map((name) => named.of(name)).join(', ')}` : ''}`, String(count), dayOf(lastGivenAt.slice(0, 10))] })),
    });
  }
}
