import { type Principal, Vault } from '@concordat/access';
import { may } from '@concordat/access/core';
import { type AgreementSeen, Agreements, AnswersAlone, SpokenWords } from '@concordat/agreement';
import {
  achieved, activitiesIn, type Agreement, answerStands, changedSince, circleOf, commitmentStands, consultationFindings, consultationRuleNames, duesOf, effortWithoutResult, everythingSaid, involvementFromOutside, isAnswered, isReadBy, mayBeReadBy, noBreachVisible, peopleOf, type SeenBy, wasAsked, wholeReached, whoSees,
} from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { Clock, londonDay } from '@concordat/platform';
import { InvolvementView } from '@concordat/register';
import { Get, Param, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import * as z from 'zod';
import { ApiV1 } from './api-v1.js';
import { Asks } from './asked-right.js';
import { Who } from './ask.js';
import { ApiOperation, ApiResponse } from './documented.js';
import { missingRight } from './key.guard.js';
import { nextLink, pageLimit } from './paging.js';
import { seen, seenWhole } from './read-agreement.js';
import { idPath, type IdPath, pageOf } from './shapes.js';

const contributionsQuery = z.strictObject({ after: z.coerce.number().int().min(0).default(0), limit: pageLimit });

const given = z.object({ people: z.int(), hours: z.number() });
const insideShown = z.object({
  agreement: z.uuid(),
  reach: z.object({
    affected: z.array(z.string()),
    heard: z.array(z.string()).describe('groups of activities in which somebody took part'),
    notHeard: z.array(z.string()),
    people: z.int().describe('everyone who took part in any stage, once'),
    alsoElsewhere: z.int().describe('how many of them also took part in the last twelve months in another agreement that you may see'),
  }),
  whole: z.object({ say: z.int(), do: z.int(), confirmed: z.boolean(), fullCoProduction: z.boolean().describe('Say 4 and Do 2 or more, in the agreement as a whole') }),
  stages: z.array(z.looseObject({ stage: z.string(), planned: z.looseObject({}).nullable(), lowered: z.looseObject({ why: z.string(), on: z.iso.date(), second: z.looseObject({ why: z.string(), on: z.iso.date() }).nullable().describe('somebody else who planned as little: then it counts no more') }).nullable().describe('the most that people were asked to take part in, where the plan was lowered since'), achieved: z.looseObject({}), people: z.int() })),
  effort: z
    .object({ inTheirView: z.looseObject({}), given, without: given, byCause: z.record(z.string(), given) })
    .describe('What people gave, what of it led nowhere, and why; in their own view first'),
  answers: z.array(z.looseObject({ theme: z.uuid(), stands: z.string(), ratings: z.int(), changedSince: z.array(z.object({ to: z.enum(['fact', 'risk', 'document']), which: z.string() })).describe('what an answer that adopts points to and is not as it was then: it may have been undone since') })),
  commitments: z.array(z.looseObject({ commitment: z.uuid(), what: z.string(), by: z.string(), stands: z.string() })),
  due: z.array(z.object({ kind: z.string(), about: z.uuid(), dueOn: z.string(), overdue: z.boolean() })).describe('All that is owed to people, what is due first first'),
});
const fewHidden = z.int().nullable().describe('null where it would tell of one to four people who did not agree to it');
const outsideShown = z.object({
  agreement: z.uuid(),
  whatPeopleDo: z.array(z.looseObject({ group: z.string(), does: z.string(), people: fewHidden })).describe('what those who do it wish the public to know'),
  stages: z.array(z.object({ stage: z.string(), people: z.object({ parts: z.array(z.looseObject({ name: z.string(), people: fewHidden })), total: fewHidden }) })),
});
const askedBeforeShown = z.object({
  agreement: z.uuid(), title: z.string(), activity: z.uuid(), activityTitle: z.string(), stage: z.string(), groups: z.array(z.string()), people: z.int(), lastOn: z.string(),
  sameGroups: z.array(z.string()).describe('those of its groups that this agreement affects too'),
});
const involvementShown = z.union([insideShown, outsideShown]);
const consultationsShown = z.object({
  agreement: z.uuid(),
  consultations: z.array(
    z.looseObject({
      consultation: z.uuid(),
      proposal: z.string(),
      opensOn: z.string(),
      closesOn: z.string(),
      withdrawn: z.object({ on: z.string(), reason: z.string(), asked: z.boolean().describe('people could answer before: what they said is considered all the same') }).nullable(),
      findings: z.array(z.object({ rule: z.enum(consultationRuleNames), is: z.enum(['warning', 'breach']), says: z.string() })),
      says: z.string().nullable().describe('What may be said of it where nothing is found; never that it was fair'),
    }),
  ),
});
const contributionShown = z.object({
  contribution: z.uuid(),
  activity: z.uuid(),
  author: z.uuid().nullable().describe('a pseudonym; null for a reader outside the organisation'),
  kind: z.string(),
  seenBy: z.string().describe('who may read it, as its author chose; what staff entered for them counts once it is on record how they confirmed it'),
  givenOn: z.string(),
  text: z.string().nullable().describe('null where its author was erased'),
  late: z.boolean(),
  answered: z.boolean(),
  answer: z
    .object({ outcome: z.string(), until: z.iso.date().nullable().describe('until when it is deferred'), reasons: z.string().nullable(), changed: z.string().nullable() })
    .nullable()
    .describe('The answer that was given to its author alone, for whoever may read what they said; its words are null where they were erased'),
});
const concernShown = z.object({
  concern: z.uuid(),
  kind: z.string(),
  raisedOn: z.string(),
  passedOn: z.string().nullable(),
  text: z.string().nullable().describe('null once it was passed on'),
});

const spokenShown = z.object({
  of: z.enum(['statement', 'dissent', 'view-on-waiver', 'payment-to-a-charity']),
  about: z.uuid().describe('the statement, the dissent, the waiver, or the offer of payment'),
  text: z.string().nullable().describe('null where whoever said it was erased, and for whoever it was not said to'),
});

/** What people were asked for in an agreement, what came of it, and what they said. */
@ApiV1('agreements', 'Involvement')
export class InvolvementController {
  constructor(
    private readonly agreements: Agreements,
    private readonly vault: Vault,
    private readonly words: SpokenWords,
    private readonly alone: AnswersAlone,
    private readonly view: InvolvementView,
    private readonly clock: Clock,
  ) {}

  @Get(':id/involvement')
  @Asks('agreement.read')
  @ApiOperation({
    operationId: 'readInvolvement',
    summary:
      'Say and Do of each stage, planned and achieved; how answers and commitments stand, what is due when, and effort without result; for a party and for people who take part, how many did in the stages that are over',
  })
  @ApiResponse({ status: 200, description: 'A row a stage, in the order of the pathway. A party, and people who take part, see nothing of fewer than five people', standardSchema: involvementShown })
  async involvement(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const { agreement, holidays, sight } = await this.opened(who, id);
    if (sight.sees !== 'all') return involvementFromOutside(agreement);
    const stages = pathways.find(agreement.pathway.id, agreement.pathway.version)?.stages ?? [];
    const now = { today: this.today(), holidays };
    return {
      agreement: id,
      reach: await this.view.reach(who.tenant, await this.agreements.reach(who.tenant, who.actor, 'agreement.read', this.today()), agreement),
      whole: wholeReached(agreement, stages.map((stage) => stage.id)),
      stages: stages.map((stage) => ({
        stage: stage.id,
        mode: stage.mode,
        planned: agreement.involvement.plans[stage.id] ?? null,
        lowered: agreement.involvement.lowered[stage.id] ?? null,
        achieved: achieved(agreement, stage.id),
        people: new Set(activitiesIn(agreement, stage.id).flatMap((activity) => peopleOf(activity))).size,
      })),
      effort: effortWithoutResult(agreement, now, await this.agreements.carryingOn(who.tenant, agreement)),
      answers: agreement.contributions.themes.map((theme) => ({
        theme: theme.id, title: theme.title, stands: answerStands(theme), response: theme.response, ratings: theme.ratings.length, changedSince: [...changedSince(agreement, theme)], reversed: theme.reversed,
      })),
      commitments: agreement.commitments.map(({ id: commitment, what, by, became, ...made }) => ({ commitment, what, by, became, ...made, stands: commitmentStands({ by, became }, now.today) })),
      due: duesOf(agreement, now),
    };
  }

  @Get(':id/asked-before')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listAskedBefore', summary: 'What people were asked in other agreements of the same place and theme within 24 months. A warning: what they gave can be carried over instead of asking again' })
  @ApiResponse({ status: 200, description: 'The latest first; empty where the agreement says no place or no theme', standardSchema: z.object({ items: z.array(askedBeforeShown) }) })
  async askedBefore(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const agreement = await this.seen(who, id);
    return { items: await this.view.askedBefore(who.tenant, await this.agreements.reach(who.tenant, who.actor, 'agreement.read', this.today()), agreement) };
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
        return { ...consultation, findings, says: findings.length === 0 && wasAsked(consultation) ? noBreachVisible : null };
      }),
    };
  }

  @Get(':id/contributions')
  @Asks('agreement.read')
  @ApiOperation({
    operationId: 'listContributions',
    summary: 'What people said, as far as they let the reader see it, and what was answered to one of them alone: all of it for those who must answer; the authors are pseudonyms',
  })
  @ApiResponse({ status: 200, description: 'One page in the order given; the Link header leads to the next', standardSchema: pageOf(contributionShown) })
  async contributions(
    @Who() who: Principal,
    @Param({ schema: idPath }) { id }: IdPath,
    @Query({ schema: contributionsQuery }) { after, limit }: z.infer<typeof contributionsQuery>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { agreement, sight } = await this.opened(who, id);
    const reader = this.circleOf(who, { agreement, sight });
    // What left the ledger is not there any more, whatever the journal keeps of it.
    const readable = new Map(reader === undefined ? [] : everythingSaid(agreement).filter((one) => mayBeReadBy(agreement, one, reader)).map((one) => [one.id, one]));
    const page = await this.agreements.said(who.tenant, id, (contribution) => readable.has(contribution), after, limit);
    const last = page.at(-1);
    if (page.length === limit && last !== undefined) {
      reply.header('link', nextLink(`/api/v1/agreements/${id}/contributions`, { limit, after: last.position }));
    }
    const words = await this.vault.unsealAll(who.tenant, page.map(({ data }) => data.text));
    const alone = await this.alone.of(who.tenant, id, new Set(page.map(({ data }) => data.contribution).filter((contribution) => (readable.get(contribution)?.own?.response ?? null) !== null)));
    return {
      items: page.map(({ data }, at) => {
        const said = readable.get(data.contribution)!;
        const { id: contribution, activity, author, kind, givenOn, late, own } = said;
        const { reasons = null, changed = null } = alone.get(contribution) ?? {};
        // The words are null where their author was erased; that something was said stands in the record for good.
        return {
          contribution, activity, author: sight.sees === 'all' ? author : null, kind, seenBy: whoSees(agreement, said), givenOn,
          text: words[at] ?? null, late, answered: isAnswered(agreement, said),
          answer: own === null || own.response === null ? null : { outcome: own.response.outcome, until: own.response.until ?? null, reasons, changed },
        };
      }),
    };
  }

  @Get(':id/concerns')
  @Asks('involvement.manage')
  @ApiOperation({ operationId: 'listConcerns', summary: 'What must leave the ledger, and the day it was passed on; its words until then, for whoever passes it on' })
  @ApiResponse({ status: 200, description: 'In the order they came', standardSchema: z.object({ items: z.array(concernShown) }) })
  async concerns(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const agreement = await this.seen(who, id);
    if (!may(who.actor, 'involvement.manage', { agreement: id }, this.today())) throw missingRight('involvement.manage');
    const sealed = await this.agreements.concerns(who.tenant, agreement);
    const words = await this.vault.unsealAll(who.tenant, [...sealed.values()]);
    const texts = new Map([...sealed.keys()].map((concern, at) => [concern, words[at]]));
    return {
      items: agreement.contributions.concerns.map(({ id: concern, kind, raisedOn, passedOn }) => ({ concern, kind, raisedOn, passedOn, text: texts.get(concern) ?? null })),
    };
  }

  @Get(':id/words')
  @Asks('agreement.read')
  @ApiOperation({ operationId: 'listSpokenWords', summary: 'What bearers, representatives and those who dissent said, and which charity a payment goes to, in their words, for whoever it is said to: those who decide, manage risks or involvement, and those who agree to a waiver or review it' })
  @ApiResponse({ status: 200, description: 'Statements that were answered, then dissents, views on waivers, and payments that go to a charity', standardSchema: z.object({ items: z.array(spokenShown) }) })
  async spoken(@Who() who: Principal, @Param({ schema: idPath }) { id }: IdPath) {
    const agreement = await this.seen(who, id);
    const all = [
      ...agreement.statements.filter(({ view, from }) => view !== null && from === null).map((one) => ({ of: 'statement', about: one.id })),
      ...agreement.dissents.dissents.map((one) => ({ of: 'dissent', about: one.id })),
      ...agreement.waivers.filter(({ view }) => view !== null && view !== 'asked-no-answer').map((one) => ({ of: 'view-on-waiver', about: one.id })),
      ...agreement.payments.filter(({ answer }) => answer.is === 'to-a-charity').map((one) => ({ of: 'payment-to-a-charity', about: one.id })),
    ];
    const words = await this.words.of(who, agreement, this.today(), all.map(({ about }) => about));
    return { items: all.map((one) => ({ ...one, text: words.get(one.about) ?? null })) };
  }

  /** The circle this reader is of; undefined for a party that does not provide. */
  private circleOf({ actor }: Principal, { agreement, sight }: Pick<AgreementSeen, 'agreement' | 'sight'>): SeenBy | undefined {
    switch (sight.sees) {
      case 'all':
        return circleOf(actor, agreement, this.today());
      case 'people':
        return 'public';
      case 'party':
        return isReadBy('contributions', sight.role) ? 'provider' : undefined;
    }
  }

  private async opened(who: Principal, id: string): Promise<AgreementSeen> {
    return seen(await this.agreements.see(who.tenant, id, who.actor, this.today()));
  }

  private today(): string {
    return londonDay(this.clock.now());
  }

  private async seen(who: Principal, id: string): Promise<Agreement> {
    return seenWhole(await this.agreements.see(who.tenant, id, who.actor, this.today())).agreement;
  }
}
