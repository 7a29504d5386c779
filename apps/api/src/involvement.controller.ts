import { type Principal, Vault } from '@concordat/access';
import { may } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { achieved, activitiesIn, type Agreement, consultationFindings, consultationRuleNames, contributionOf, isAnswered, noBreachVisible, peopleOf, peopleSeenFromOutside, reachOfInvolvement } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { Clock, londonDay } from '@concordat/platform';
import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';
import { nextLink, pageLimit } from './paging.js';
import { noSuchAgreement, sightOf } from './read-agreement.js';
import { idPath, type IdPath, pageOf } from './shapes.js';

const contributionsQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: pageLimit });

const insideShown = z.object({
  agreement: z.uuid(),
  reach: z.object({
    affected: z.array(z.string()),
    heard: z.array(z.string()).describe('groups of activities in which somebody took part'),
    notHeard: z.array(z.string()),
    people: z.int().describe('everyone who took part in any stage, once'),
  }),
  stages: z.array(z.looseObject({ stage: z.string(), planned: z.looseObject({}).nullable(), achieved: z.looseObject({}), people: z.int() })),
});
const fewHidden = z.int().nullable().describe('null where it would tell of one to four people who did not agree to it');
const outsideShown = z.object({
  agreement: z.uuid(),
  whatPeopleDo: z.array(z.looseObject({ group: z.string(), does: z.string() })).describe('what those who do it wish the public to know'),
  stages: z.array(z.object({ stage: z.string(), people: z.object({ parts: z.array(z.looseObject({ name: z.string(), people: fewHidden })), total: fewHidden }) })),
});
const involvementShown = z.union([insideShown, outsideShown]);
const consultationsShown = z.object({
  consultations: z.array(
    z.looseObject({
      consultation: z.uuid(),
      proposal: z.string(),
      opensOn: z.string(),
      closesOn: z.string(),
      findings: z.array(z.object({ rule: z.enum(consultationRuleNames), is: z.enum(['warning', 'breach']), says: z.string() })),
      says: z.string().nullable().describe('What may be said of it where nothing is found; never that it was fair'),
    }),
  ),
});
const contributionShown = z.object({
  contribution: z.uuid(),
  activity: z.uuid(),
  author: z.uuid().describe('a pseudonym'),
  givenOn: z.string(),
  text: z.string().nullable().describe('null where its author was erased'),
  late: z.boolean().optional(),
  answered: z.boolean(),
});

/** What people were asked for in an agreement, what came of it, and what they said. */
@ApiV1('agreements', 'Involvement')
export class InvolvementController {
  constructor(
    private readonly agreements: Agreements,
    private readonly vault: Vault,
    private readonly clock: Clock,
  ) {}

  @Get(':id/involvement')
  @Asks('agreement.read')
  @ApiOperation({
    operationId: 'readInvolvement',
    summary: 'Say and Do of each stage: planned, achieved by recorded facts, and what is missing for the next step; for a party, how many took part in the stages that are over',
  })
  @ApiResponse({ status: 200, description: 'A row a stage, in the order of the pathway. A party sees nothing of fewer than five people', standardSchema: involvementShown })
  async involvement(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const found = await this.agreements.find(who.tenant, id);
    if (found === undefined) throw noSuchAgreement();
    const { agreement } = found;
    if (sightOf(who.actor, agreement, londonDay(this.clock.now())).sees === 'party') return fromOutside(agreement);
    const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
    const { people, ...groups } = reachOfInvolvement(agreement);
    return {
      agreement: id,
      reach: { ...groups, people: people.length },
      stages: stages.map((stage) => ({
        stage: stage.id,
        mode: stage.mode,
        planned: agreement.involvement.plans[stage.id] ?? null,
        achieved: achieved(agreement, stage.id),
        people: new Set(activitiesIn(agreement, stage.id).flatMap((activity) => peopleOf(activity))).size,
      })),
    };
  }

  @Get(':id/consultations')
  @Asks('agreement.read')
  @ApiOperation({
    operationId: 'listConsultations',
    summary: 'Each consultation with what its log shows against the four rules of a lawful one; nothing found means that no breach is visible in this log',
  })
  @ApiResponse({ status: 200, description: 'In the order they were opened', standardSchema: consultationsShown })
  async consultations(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const agreement = await this.seen(who, id);
    const pathway = pathways.find(agreement.pathway.id, agreement.pathway.version);
    const today = londonDay(this.clock.now());
    return {
      agreement: id,
      consultations: agreement.consultations.map((consultation) => {
        const findings = pathway === undefined ? [] : consultationFindings(agreement, consultation, { pathway, today });
        return { ...consultation, findings, says: findings.length === 0 ? noBreachVisible : null };
      }),
    };
  }

  @Get(':id/contributions')
  @Asks('involvement.manage')
  @ApiOperation({ operationId: 'listContributions', summary: 'What people said, opened for those who must answer it; the authors are pseudonyms' })
  @ApiResponse({ status: 200, description: 'One page in the order given; the Link header leads to the next', standardSchema: pageOf(contributionShown) })
  async contributions(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: contributionsQuery }) { after, limit }: z.infer<typeof contributionsQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const agreement = await this.seen(who, id);
    if (!may(who.actor, 'involvement.manage', { agreement: id }, londonDay(this.clock.now()))) throw missingRight('involvement.manage');
    const events = await this.agreements.said(who.tenant, id, after, limit);
    const words = await this.vault.unsealAll(who.tenant, events.map(({ data }) => data.text));
    const last = events.at(-1);
    if (events.length === limit && last !== undefined) {
      reply.header('link', nextLink(`/api/v1/agreements/${id}/contributions`, { limit, after: last.position }));
    }
    return {
      items: events.map(({ data: { contribution, activity, author, givenOn } }, at) => {
        const now = contributionOf(agreement, contribution);
        // The words are null where their author was erased; that something was said stands in the record for good.
        return { contribution, activity, author, givenOn, text: words[at] ?? null, late: now?.late, answered: now !== undefined && isAnswered(agreement, now) };
      }),
    };
  }

  private async seen(who: Principal, id: string): Promise<Agreement> {
    const found = await this.agreements.find(who.tenant, id);
    if (found === undefined || sightOf(who.actor, found.agreement, londonDay(this.clock.now())).sees !== 'all') throw noSuchAgreement();
    return found.agreement;
  }
}

/** What a party sees: what people do, as far as they wish it known, and how many took part in each stage that was left. */
function fromOutside(agreement: Agreement) {
  const { id, stages, activitiesOfPeople } = agreement;
  const left = Object.entries(stages).filter(([, { leftAt }]) => leftAt !== null);
  return {
    agreement: id,
    whatPeopleDo: activitiesOfPeople
      .filter(({ onRecord }) => onRecord === 'public')
      .map(({ group, does, people, dependsOnIt, needs }) => ({ group, does, people, dependsOnIt, needs })),
    stages: left.map(([stage]) => ({ stage, people: peopleSeenFromOutside(agreement, stage) })),
  };
}
