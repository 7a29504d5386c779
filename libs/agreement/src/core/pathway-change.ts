import type { Refusal } from '@concordat/journal/core';
import { higherTier, isEarlier, type Pathway, stageOf, type Tier, tierFor } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { check, type Checklist } from './check.js';
import { happened } from './event.js';
import { namedInUse } from './in-use.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { unfit, type Version } from './stage.js';
import type { Context, Decide, Evolve } from './topic.js';

/** `stage`: where the agreement stands then, and only where the new version knows the stage it stands in no more. */
type Change = { readonly pathway: Version; readonly stage?: string };

export interface PathwayChangeCommands {
  'migrate-pathway': Change;
}

export interface PathwayChangeEvents {
  /** `notAsked`: stages of the new version before the one it stands in that the agreement never was in. */
  'concordat.agreement.pathway-migrated.v1': {
    readonly from: Version;
    readonly pathway: Version;
    readonly stood: string;
    readonly stage: string;
    readonly tier: Tier;
    readonly notAsked: readonly string[];
  };
}

const administrator = (what: string) => ({ what, suppliedBy: 'administrator', by: 'migrate-pathway' });

/** The first stage of the new version that is still ahead in this one, or is where the agreement stands: no gate that both ask is jumped. */
const firstAhead = (from: Pathway, to: Pathway, stood: string): string | undefined =>
  to.stages.find(({ id }) => stageOf(from, id) !== undefined && !isEarlier(from, id, stood))?.id;

/** Whose law a document keeps: that of the pathway it is, or of the one that ships on which an own one is based. */
const lawOf = ({ id, version, basedOn }: Pathway): Version => basedOn ?? { id, version };

const titled = (pathway: Pathway, stage: string): string => `“${stageOf(pathway, stage)?.title ?? stage}”`;

function problems({ stage: stood, kind, pathway }: Agreement, target: Pathway, stage: string | undefined, context: Context): (Refusal | false)[] {
  const stays = stageOf(target, stood) !== undefined;
  const limit = firstAhead(context.pathway, target, stood);
  const stands = stays ? stood : stage;
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
      refusal('migration.stage-gone', `The new version has no stage ${titled(context.pathway, stood)}: somebody says where the agreement stands then.`, ...target.stages.map(({ id }) => administrator(id))),
    !stays && stage !== undefined && stageOf(target, stage) === undefined && refusal('stage.unknown', 'The stage is one of the new version.', ...target.stages.map(({ id }) => administrator(id))),
    stands !== undefined && limit !== undefined && isEarlier(target, limit, stands) &&
      refusal('migration.skips-gates', `No gate is jumped: the agreement stands in ${titled(target, limit)} or before it.`, administrator(limit)),
  ];
}

function changed(agreement: Agreement, target: Pathway, stage: string): PathwayChangeEvents['concordat.agreement.pathway-migrated.v1'] {
  const passed = Object.keys(agreement.stages);
  return {
    from: agreement.pathway,
    pathway: { id: target.id, version: target.version },
    stood: agreement.stage,
    stage,
    // What is large stays so in its parts (ADR 14), and whatever another document calls it.
    tier: agreement.tree.parent?.as === 'split-from' ? agreement.tier : higherTier(agreement.tier, tierFor(target, agreement.facts.value?.value, agreement.raises)),
    notAsked: target.stages.map(({ id }) => id).filter((id) => isEarlier(target, id, stage) && !passed.includes(id)),
  };
}

const unpublished = refusal('pathway.unknown', 'The pathway and its version are published here.', administrator('pathway'));

export const decide = {
  'migrate-pathway': ({ agreement }, { pathway, stage }, context) => {
    const target = context.published(pathway.id, pathway.version);
    return unless(
      [
        agreement.pathway.id === pathway.id && agreement.pathway.version === pathway.version && alreadySo(`the agreement follows ${pathway.id}, version ${pathway.version}`),
        target === undefined && unpublished,
        ...(target === undefined ? [] : problems(agreement, target, stage, context)),
      ],
      () => [happened(agreement.id, 'concordat.agreement.pathway-migrated.v1', changed(agreement, target!, stage ?? agreement.stage))],
    );
  },
} satisfies { [C in keyof PathwayChangeCommands]: Decide<C> };

/** What an agreement would meet on another version of its pathway: either all that stands in the way, or its next gate then. */
export type Simulated =
  | { readonly is: 'stranded'; readonly refusals: readonly Refusal[] }
  | { readonly is: 'possible'; readonly stage: string; readonly tier: Tier; readonly notAsked: readonly string[]; readonly checklist: Checklist };

/** The same as migrate-pathway would lead to, without a word to the record. `context`: the agreement's own, as of today. */
export function simulate(agreement: Agreement, target: Pathway, stage: string | undefined, context: Context): Simulated {
  const refusals = problems(agreement, target, stageOf(target, agreement.stage) === undefined ? stage : undefined, context).filter((rule) => rule !== false);
  if (refusals.length > 0) return { is: 'stranded', refusals };
  const data = changed(agreement, target, stageOf(target, agreement.stage) === undefined ? stage! : agreement.stage);
  const then = migrated(agreement, data, context.at);
  return { is: 'possible', stage: data.stage, tier: data.tier, notAsked: data.notAsked, checklist: check(then, { ...context, pathway: target }) };
}

function migrated(agreement: Agreement, { pathway, stage, stood, tier, notAsked }: PathwayChangeEvents['concordat.agreement.pathway-migrated.v1'], at: string): Agreement {
  const { [stood]: passage = { enteredAt: at, leftAt: null, gate: 'shut' as const }, ...others } = agreement.stages;
  const before = Object.fromEntries(notAsked.map((id) => [id, { enteredAt: null, leftAt: null, gate: 'not-asked' as const }]));
  return agreementWith(agreement, { pathway, stage, tier, stages: { ...before, ...others, [stage]: passage } });
}

export const evolve = {
  'concordat.agreement.pathway-migrated.v1': (agreement, { data, recordedAt }) => migrated(agreement, data, recordedAt),
} satisfies { [T in keyof PathwayChangeEvents]: Evolve<T> };
