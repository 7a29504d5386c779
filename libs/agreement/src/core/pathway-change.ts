import { actorName } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { askedOfPlans, asks, type ConditionAsked, type ConditionCode, conditionsFor, higherTier, isEarlier, type Pathway, stageOf, type Tier, tierFor } from '@concordat/pathway/core';
import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { check, type Checklist } from './check.js';
import { awardingStage } from './deciding-stage.js';
import { happened } from './event.js';
import { onTheWay } from './exit.js';
import { namedInUse } from './in-use.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { deciding, everyIdOf, ownWork } from './separation.js';
import { isRunning, isSettled } from './service-start.js';
import { unfit, type Version } from './beginning.js';
import type { Context, Decide, Evolve, States } from './topic.js';

/** `stage`: where the agreement stands then, and only where the new version knows the stage it stands in no more. `reason`: why it is asked less than it was, where it is. */
type Change = { readonly pathway: Version; readonly stage?: string; readonly reason?: string };

/** What the gate of a stage would still have asked, in a sentence. */
export type AskedNoMore = { readonly stage: string; readonly code: ConditionCode; readonly asks: string };

export interface PathwayChangeCommands {
  'migrate-pathway': Change;
}

export interface PathwayChangeEvents {
  /**
   * `notAsked`: stages of the new version before the one it stands in that the agreement never was in. `asksNoMore`: what its gates ahead asked and
   * those of the new version do not; `reason`: why that is so, where it is anything.
   */
  'concordat.agreement.pathway-migrated.v1': {
    readonly from: Version;
    readonly pathway: Version;
    readonly stood: string;
    readonly stage: string;
    readonly tier: Tier;
    readonly notAsked: readonly string[];
    readonly asksNoMore: readonly AskedNoMore[];
    readonly reason: string | null;
  };
}

const administrator = (what: string) => ({ what, suppliedBy: 'administrator', by: 'migrate-pathway' });

/** The first stage of the new version that is still ahead in this one, or is where the agreement stands: no gate that both ask is jumped. */
const firstAhead = (from: Pathway, to: Pathway, stood: string): string | undefined =>
  to.stages.find(({ id }) => stageOf(from, id) !== undefined && !isEarlier(from, id, stood))?.id;

/** Does a gate award where an agreement stands in this stage, or ahead of it? */
function awardsAhead(pathway: Pathway, stage: string): boolean {
  const awards = awardingStage(pathway);
  return awards !== undefined && !isEarlier(pathway, awards, stage);
}

/** Would what started or was settled be so no more, or be awarded a second time, where the agreement stood in this stage of the new version? */
function undoes(agreement: Agreement, to: Pathway, stage: string, context: Context): boolean {
  const [then, there] = [agreementWith(agreement, { stage }), { ...context, pathway: to }];
  return (
    (isRunning(agreement, context) && !isRunning(then, there)) ||
    (isSettled(agreement, context) && !isSettled(then, there)) ||
    (onTheWay(agreement, context).length > 0 && onTheWay(then, there).length === 0) ||
    (agreement.award.original !== null && !awardsAhead(context.pathway, agreement.stage) && awardsAhead(to, stage))
  );
}

/** Where an agreement may stand in the new version: where it stood or, where that stage is gone, behind all that it passed and before any gate that is ahead of it. */
export function stagesThere(agreement: Agreement, to: Pathway, context: Context): readonly string[] {
  const { pathway: from } = context;
  const { stage: stood } = agreement;
  const ids = to.stages.map(({ id }) => id);
  const limit = firstAhead(from, to, stood);
  const until = limit === undefined ? ids : ids.slice(0, ids.indexOf(limit) + 1);
  const passed = until.findLastIndex((id) => stageOf(from, id) !== undefined && isEarlier(from, id, stood));
  const possible = stageOf(to, stood) === undefined ? until.slice(passed + 1) : until.filter((id) => id === stood);
  return possible.filter((id) => !undoes(agreement, to, id, context));
}

/** Whose law a document keeps: that of the pathway it is, or of the one that ships on which an own one is based. */
const lawOf = ({ id, version, basedOn }: Pathway): Version => basedOn ?? { id, version };

const titled = (pathway: Pathway, stage: string): string => `“${stageOf(pathway, stage)?.title ?? stage}”`;

function problems(agreement: Agreement, target: Pathway, stage: string | undefined, context: Context): (Refusal | false)[] {
  const { stage: stood, kind, pathway } = agreement;
  const stays = stageOf(target, stood) !== undefined;
  const limit = firstAhead(context.pathway, target, stood);
  const stands = stays ? stood : stage;
  const skips = stands !== undefined && limit !== undefined && isEarlier(target, limit, stands);
  const there = stagesThere(agreement, target, context);
  const others = there.length > 0 ? there.map(administrator) : [administrator('pathway: a version in which it goes on from what it passed, and what was awarded, decided or started stays so')];
  const [law, lawThen] = [lawOf(context.pathway), lawOf(target)];
  const other = law.id !== lawThen.id;
  const backwards = !other && (lawThen.version < law.version || (target.id === pathway.id && target.version < pathway.version));
  const used = context.inUse.pathway(target.id);
  return [
    ...unfit({ ...context, pathway: target }, kind, 'migrate-pathway'),
    other && refusal('migration.other-pathway', 'An agreement goes on by the process that it began: a later version of it, or one based on the same.', administrator(`${law.id}, or a pathway based on it`)),
    backwards &&
      refusal('migration.earlier-version', 'An agreement goes on to a later version of its pathway: an earlier one may ask less than it was asked.', administrator(`a version after ${pathway.version}`)),
    !other && !backwards && used !== undefined && target.version < used.version &&
      refusal('pathway.not-in-use', `An agreement goes on to ${namedInUse(used)}, or to a later one.`, administrator(`pathway: ${target.id}, version ${used.version} or later`)),
    stays && stage !== undefined && stage !== stood && refusal('migration.stage-stays', `The new version has the stage ${titled(context.pathway, stood)} too: the agreement goes on standing there.`, administrator('stage')),
    !stays && stage === undefined &&
      refusal('migration.stage-gone', `The new version has no stage ${titled(context.pathway, stood)}: somebody says where the agreement stands then.`, ...others),
    !stays && stage !== undefined && stageOf(target, stage) === undefined && refusal('stage.unknown', 'The stage is one of the new version.', ...others),
    skips && refusal('migration.skips-gates', `No gate is jumped: the agreement stands in ${titled(target, limit)} or before it.`, ...(stays ? [administrator(limit)] : others)),
    stands !== undefined && stageOf(target, stands) !== undefined && !skips && !there.includes(stands) &&
      refusal('migration.goes-back', 'No agreement is moved back: what it passed stays passed, a service that runs goes on, and nothing is awarded a second time.', ...others),
  ];
}

/** One by one what is asked together of several facts or disciplines. */
function partsOf(asked: ConditionAsked): readonly Pick<ConditionAsked, 'code' | 'parameters'>[] {
  switch (asked.code) {
    case 'facts.present':
      return asked.parameters.facts.map((fact) => ({ code: asked.code, parameters: { facts: [fact] } }));
    case 'sign-offs.granted':
      return asked.parameters.signOffs.map((signOff) => ({ code: asked.code, parameters: { signOffs: [signOff] } }));
    case 'involvement.everyone-told': {
      const { stages, since } = asked.parameters;
      return [...(stages.length === 0 ? [] : [{ code: asked.code, parameters: { stages } }]), ...(since === undefined ? [] : [{ code: asked.code, parameters: { stages: [], since } }])];
    }
    default: {
      // Whatever a document asks by one of these codes, it asks of what was planned for the stage, too.
      const ofPlan = askedOfPlans.filter(({ code, parameters }) => code === asked.code && canonical(parameters) !== canonical(asked.parameters));
      return [asked, ...ofPlan.map(({ code, parameters }) => ({ code, parameters }))];
    }
  }
}

/** What the gates ahead of an agreement ask of it, and those of the new version neither there nor sooner. What the route makes moot nobody is asked. */
function askedNoMore({ stage: stood, tier: tierNow }: Agreement, target: Pathway, stands: string, tier: Tier, { pathway, route }: Pick<Context, 'pathway' | 'route'>): readonly AskedNoMore[] {
  // A stage that is only called otherwise asks nothing else.
  const titles = [...target.stages, ...pathway.stages.filter(({ id }) => stageOf(target, id) === undefined)];
  const askedBy = (of: Pathway, stage: string, at: Tier): readonly AskedNoMore[] =>
    conditionsFor(of, route, stage, at)
      .filter(({ doesNotApply }) => doesNotApply === undefined)
      .flatMap(partsOf)
      .map(({ code, parameters }) => ({ stage, code, asks: asks(code, parameters as never, titles) }));
  const at = (of: Pathway, stage: string): number => of.stages.findIndex(({ id }) => id === stage);
  const ahead = pathway.stages.slice(at(pathway, stood));
  return ahead.flatMap(({ id }, n) => {
    const until = n === 0 ? stands : ahead.slice(n).find((later) => stageOf(target, later.id) !== undefined)?.id;
    const there = target.stages.slice(at(target, stands), until === undefined ? undefined : at(target, until) + 1).flatMap((stage) => askedBy(target, stage.id, tier));
    return askedBy(pathway, id, tierNow).filter((one) => !there.some((other) => other.asks === one.asks));
  });
}

type Migrated = PathwayChangeEvents['concordat.agreement.pathway-migrated.v1'];

function changed(agreement: Agreement, target: Pathway, stage: string, context: Context): Omit<Migrated, 'reason'> {
  const passed = Object.keys(agreement.stages);
  // What is large stays so in its parts (ADR 14), and whatever another document calls it.
  const tier = agreement.tree.parent?.as === 'split-from' ? agreement.tier : higherTier(agreement.tier, tierFor(target, agreement.facts.value?.value, agreement.raises));
  return {
    from: agreement.pathway,
    pathway: { id: target.id, version: target.version },
    stood: agreement.stage,
    stage,
    tier,
    notAsked: target.stages.map(({ id }) => id).filter((id) => isEarlier(target, id, stage) && !passed.includes(id)),
    asksNoMore: askedNoMore(agreement, target, stage, tier, context),
  };
}

const refuseWithoutReason = (asksNoMore: readonly AskedNoMore[]): Refusal =>
  refusal('migration.asks-less', 'Where an agreement is asked less than it was, it is said why.', ...asksNoMore.map(({ stage: at, asks: says }) => administrator(`reason: ${at} would ask no more: ${says}`)));

/** What makes somebody no second person where an agreement is asked less. Of a small one, which two people do, whoever plans its involvement is the second. */
function handsOf(agreement: Agreement, everyId: readonly string[]): readonly string[] {
  const { involvement, tier } = agreement;
  const did = (people: readonly string[]) => tier !== 'small' && everyId.some((id) => people.includes(id));
  return [
    ...ownWork(agreement, everyId, deciding),
    ...(did(involvement.plannedBy) ? ['planned the involvement'] : []),
    ...(did(involvement.carriedOutBy) ? ['carried out the involvement'] : []),
  ];
}

function refuseOwnHands({ agreement, persons }: Pick<States, 'agreement' | 'persons'>, person: string, publisher: string | undefined): Refusal | false {
  const everyId = everyIdOf(persons, person);
  const reasons = [...handsOf(agreement, everyId), ...(publisher !== undefined && everyId.includes(publisher) ? ['published the process'] : [])];
  return (
    reasons.length > 0 &&
    refusal('migration.own-hands', 'Whoever has a hand in an agreement, or published what asks less of it, does not move it there: a second person does.', ...reasons.map((reason) => administrator(`someone other than the one who ${reason}`)))
  );
}

const unpublished = refusal('pathway.unknown', 'The pathway and its version are published here.', administrator('pathway'));

export const decide = {
  'migrate-pathway': ({ agreement, persons }, { pathway, stage, reason }, context) => {
    const target = context.published(pathway.id, pathway.version);
    const inTheWay = target === undefined ? [] : problems(agreement, target, stage, context).filter((rule) => rule !== false);
    const data = target && changed(agreement, target, stage ?? agreement.stage, context);
    const asksLess = inTheWay.length === 0 && data !== undefined && data.asksNoMore.length > 0;
    return unless(
      [
        agreement.pathway.id === pathway.id && agreement.pathway.version === pathway.version && alreadySo(`the agreement follows ${pathway.id}, version ${pathway.version}`),
        target === undefined && unpublished,
        ...inTheWay,
        // Nobody is asked why, or who they are, before it is known where the agreement would stand.
        asksLess && reason === undefined && refuseWithoutReason(data!.asksNoMore),
        asksLess && refuseOwnHands({ agreement, persons }, actorName(context.actor), context.publisherOf(target!)),
      ],
      () => [happened(agreement.id, 'concordat.agreement.pathway-migrated.v1', { ...data!, reason: data!.asksNoMore.length > 0 ? reason! : null })],
    );
  },
} satisfies { [C in keyof PathwayChangeCommands]: Decide<C> };

/** What an agreement would meet on another version of its pathway: either all that stands in the way, or its next gate then. */
export type Simulated =
  | { readonly is: 'stranded'; readonly refusals: readonly Refusal[] }
  | { readonly is: 'possible'; readonly stage: string; readonly tier: Tier; readonly notAsked: readonly string[]; readonly asksNoMore: readonly AskedNoMore[]; readonly checklist: Checklist };

/** The same as migrate-pathway would lead to, without a word to the record. `context`: the agreement's own, as of today. */
export function simulate(agreement: Agreement, target: Pathway, stage: string | undefined, context: Context): Simulated {
  const refusals = problems(agreement, target, stageOf(target, agreement.stage) === undefined ? stage : undefined, context).filter((rule) => rule !== false);
  if (refusals.length > 0) return { is: 'stranded', refusals };
  const data = changed(agreement, target, stageOf(target, agreement.stage) === undefined ? stage! : agreement.stage, context);
  const then = migrated(agreement, data, context.at);
  return { is: 'possible', stage: data.stage, tier: data.tier, notAsked: data.notAsked, asksNoMore: data.asksNoMore, checklist: check(then, { ...context, pathway: target }) };
}

function migrated(agreement: Agreement, { pathway, stage, stood, tier, notAsked }: Omit<Migrated, 'reason'>, at: string): Agreement {
  const { [stood]: passage = { enteredAt: at, leftAt: null, gate: 'shut' as const }, ...others } = agreement.stages;
  const before = Object.fromEntries(notAsked.map((id) => [id, { enteredAt: null, leftAt: null, gate: 'not-asked' as const }]));
  return agreementWith(agreement, { pathway, stage, tier, stages: { ...before, ...others, [stage]: passage } });
}

export const evolve = {
  'concordat.agreement.pathway-migrated.v1': (agreement, { data, recordedAt }) => migrated(agreement, data, recordedAt),
} satisfies { [T in keyof PathwayChangeEvents]: Evolve<T> };
