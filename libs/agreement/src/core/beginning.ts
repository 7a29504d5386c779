import type { Refusal } from '@concordat/journal/core';
import { type AgreementKind, asksInWords, isEarlier, kindsOn, stageOf, type Tier, tierFor, type TierRaise } from '@concordat/pathway/core';
import { agreementWith } from './agreement-with.js';
import { initialAward } from './award.js';
import { type Content, contentOf } from './content.js';
import { awardingStage, decidingStage } from './deciding-stage.js';
import { happened } from './event.js';
import { type FactValues, type Money, type Period, withFacts } from './facts.js';
import { refuseNotInUse } from './in-use.js';
import { refusal, unless } from './refusal.js';
import { refuseOtherRegime, refuseUnfounded } from './route-choice.js';
import { hasStarted } from './service-start.js';
import type { StagePassage } from './stage.js';
import type { Context, Decide, Evolve } from './topic.js';
import { initialUrgency, refuseBehindUrgency } from './urgency.js';

/*
 * How an agreement begins: opened in the first stage of its pathway, or taken over where it stands, with no gate before that evidenced.
 */

/** A published version of a document. */
export type Version = { readonly id: string; readonly version: number };
/** A version asked for; the one in use where none is named. The edge puts the document into the context. */
export type VersionAsked = { readonly id: string; readonly version?: number };
/** What the public record says of an agreement that is taken over, besides its title and value. */
export type PublishedFacts = Pick<FactValues, 'description' | 'reference' | 'place' | 'theme' | 'contract-period'>;
/** Where an agreement was before Concordat, and under which reference. */
export type TakenOverFrom = { readonly source: string; readonly reference: string };

export type Beginning = {
  readonly title: string;
  readonly kind: AgreementKind;
  readonly pathway: VersionAsked;
  readonly route: VersionAsked;
  /** The estimated value, where it is known: with `raises` it gives the tier. */
  readonly value?: Money;
  readonly raises: readonly TierRaise[];
};
export type Begun = {
  readonly kind: AgreementKind;
  readonly pathway: Version;
  readonly route: Version;
  readonly tier: Tier;
  readonly raises: readonly TierRaise[];
  readonly stage: string;
  readonly facts: FactValues;
  readonly content: Content;
};

export interface BeginningCommands {
  'open-agreement': Beginning;
  /** An agreement that is under way: it stands in this stage, and no gate before it is evidenced. */
  'take-over-agreement': Omit<Beginning, 'raises'> & {
    /** `null`: whoever takes it over cannot know, as the public record does not say. Its next gate asks. */
    readonly raises: readonly TierRaise[] | null;
    readonly stage: string;
    readonly from: TakenOverFrom;
    readonly provider?: string;
    readonly facts?: PublishedFacts;
  };
}

export interface BeginningEvents {
  'concordat.agreement.opened.v1': Begun;
  'concordat.agreement.taken-over.v1': Begun & { readonly from: TakenOverFrom; readonly notEvidenced: readonly string[]; readonly provider: string | null; /** Was it said what raises its tier, or that nothing does? */ readonly raisesSaid: boolean };
}

const commissioner = (what: string, by: string) => ({ what, suppliedBy: 'commissioner', by });
/** The refusal of a stage that the pathway does not have. */
export const stageUnknown = (by: string) => refusal('stage.unknown', 'The stage is one of the pathway.', commissioner('stage', by));

/** What keeps an agreement of this kind off a pathway, or its route. */
export function unfit({ pathway, route }: Pick<Context, 'pathway' | 'route'>, kind: AgreementKind, by: string): (Refusal | false)[] {
  return [
    !pathway.kinds.includes(kind) &&
      refusal('pathway.other-kind', `“${pathway.title}” is for: ${kindsOn(pathway).join(', ')}.`, commissioner('kind', by)),
    kind === 'placement' && asksInWords(pathway) &&
      refusal('pathway.words-of-the-placed', `“${pathway.title}” asks for words about people, and none are said of whoever is placed: a placement follows a process that asks for none, and ends through its own last gates, or by an agreement of another kind that ends it.`, commissioner('kind', by)),
    refuseOtherRegime({ pathway, route }, by),
  ];
}

/** How an agreement begins that is opened in this stage of the documents in the context. */
export function begun(agreement: string, command: Beginning, stage: string, { pathway, route, sha256 }: Context, known: FactValues = {}): Begun {
  const { title, kind, value } = command;
  const raises = [...new Set([...(pathway.raises ?? []), ...command.raises])];
  const facts: FactValues = { ...known, title, ...(value !== undefined && { value }) };
  return {
    kind,
    pathway: { id: pathway.id, version: pathway.version },
    route: { id: route.id, version: route.version },
    tier: tierFor(pathway, value, raises),
    raises,
    stage,
    facts,
    content: contentOf({ id: agreement, facts: withFacts({}, facts, '', ''), award: initialAward, routeChoice: null, urgency: initialUrgency, modification: null }, sha256),
  };
}

/**
 * What the public record says is taken as it says it. What a person takes over behind its award has begun, and runs until a day that is on record;
 * what was awarded or decided and has not begun is taken over where that is put on record.
 */
function refuseNotRunning(period: Period | undefined, stage: string, context: Context): readonly (Refusal | false)[] {
  const { actor, pathway, today } = context;
  const decides = decidingStage(pathway);
  const isBehind = decides !== undefined && isEarlier(pathway, decides, stage);
  if (actor.kind !== 'person' || !(isBehind || hasStarted(context, stage))) return [];
  const before = decides === undefined ? 'a stage before the start' : `the stage ${decides} or one before it`;
  const needs = (what: string) => commissioner(what, 'take-over-agreement');
  if (isBehind && awardingStage(pathway) === undefined) return [refusal('take-over.not-decided', 'What rests on a decision and awards nothing is taken over where its decision is put on record, or before.', needs(before))];
  return [
    period === undefined && refusal('take-over.period-unknown', 'Of what is taken over behind its award it is said since when it runs, and until when.', needs(`contract-period, or ${before}`)),
    period !== undefined && period.startsOn > today &&
      refusal('take-over.not-started', 'What is taken over behind its award has started.', needs(`contract-period: startsOn ${today} or earlier, or ${before}`)),
  ];
}

export const decide = {
  'open-agreement': (states, command, context) =>
    unless([...unfit(context, command.kind, 'open-agreement'), ...refuseNotInUse(states, context, 'open-agreement'), refuseUnfounded(context, undefined)], () => [
      happened(command.agreement, 'concordat.agreement.opened.v1', begun(command.agreement, command, context.pathway.stages[0]?.id ?? '', context)),
    ]),

  'take-over-agreement': ({ persons, providers }, command, context) => {
    const { agreement, stage, from, provider, facts } = command;
    const { pathway } = context;
    const period = facts?.['contract-period'];
    const awards = awardingStage(pathway);
    const isBehindAward = awards !== undefined && isEarlier(pathway, awards, stage);
    // Before award nobody is `provider`: it is whoever provides so far what is to be awarded anew.
    const toBeAwarded = awards !== undefined && !isBehindAward;
    return unless(
      [
        ...unfit(context, command.kind, 'take-over-agreement'),
        ...refuseNotInUse({ persons }, context, 'take-over-agreement'),
        // What was awarded before Concordat rests on what it rested on then.
        !isBehindAward && refuseUnfounded(context, undefined),
        stageOf(pathway, stage) === undefined && stageUnknown('take-over-agreement'),
        refuseBehindUrgency(pathway, stage, 'take-over-agreement'),
        ...refuseNotRunning(period, stage, context),
        provider !== undefined &&
          providers[provider]?.registered !== true &&
          refusal('provider.unknown', 'The provider is registered in this organisation.', commissioner(`provider-${provider}`, 'register-provider')),
        period !== undefined &&
          period.endsOn < period.startsOn &&
          refusal('facts.period-reversed', 'A period ends on or after the day it starts.', commissioner('contract-period', 'take-over-agreement')),
      ],
      () => [
        happened(agreement, 'concordat.agreement.taken-over.v1', {
          ...begun(agreement, { ...command, raises: command.raises ?? [] }, stage, context, facts),
          // On a process that raises it there is nothing left to say: it goes up one tier, for however many hold.
          raisesSaid: command.raises !== null || pathway.raises !== undefined,
          from,
          notEvidenced: pathway.stages.map(({ id }) => id).filter((id) => isEarlier(pathway, id, stage)),
          provider: toBeAwarded ? null : (provider ?? null),
        }),
        ...(toBeAwarded && provider !== undefined ? [happened(agreement, 'concordat.agreement.incumbent-recorded.v1', { provider })] : []),
      ],
    );
  },
} satisfies { [C in keyof BeginningCommands]: Decide<C> };

/** A stage as it is entered at this instant. */
export const entered = (at: string): StagePassage => ({ enteredAt: at, leftAt: null, gate: 'shut' });

/** How every agreement begins, whatever it comes from. */
export const begin: Evolve<'concordat.agreement.opened.v1' | 'concordat.agreement.taken-over.v1' | 'concordat.agreement.split-off.v1' | 'concordat.agreement.called-off.v1'> = (agreement, { stream, data, meta, recordedAt }) => agreementWith(agreement, {
  id: stream.slice('agreement-'.length),
  title: data.facts.title ?? '',
  kind: data.kind,
  tier: data.tier,
  raises: data.raises,
  raisesSaid: true,
  pathway: data.pathway,
  route: data.route,
  lifecycle: 'open',
  stage: data.stage,
  stages: { [data.stage]: entered(recordedAt) },
  openedBy: meta.actor,
  openedAt: recordedAt,
  facts: withFacts(agreement.facts, data.facts, meta.actor, recordedAt),
  content: data.content,
});

export const evolve = {
  'concordat.agreement.opened.v1': begin,
  'concordat.agreement.taken-over.v1': (agreement, event) => {
    const { from, notEvidenced, provider, raisesSaid } = event.data;
    const begun = begin(agreement, event);
    const before = notEvidenced.map((stage) => [stage, { enteredAt: null, leftAt: null, gate: 'not-evidenced' }] as const);
    return agreementWith(begun, {
      takenOver: from,
      raisesSaid,
      asTakenOver: true,
      stages: { ...Object.fromEntries(before), ...begun.stages },
      award: provider === null ? begun.award : { ...begun.award, parties: { [provider]: 'provider' }, original: { value: event.data.facts.value ?? null, period: event.data.facts['contract-period'] ?? null, stage: notEvidenced.includes('award') ? 'award' : event.data.stage, on: null } },
    });
  },
} satisfies { [T in keyof BeginningEvents]: Evolve<T> };
