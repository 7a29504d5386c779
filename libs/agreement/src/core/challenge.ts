import { actorName } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import type { ChallengeKind } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { beganOn, dayInUtc } from './began.js';
import { hasBarringInterest } from './conflict.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdOf } from './separation.js';
import { isRunning } from './service-start.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/** What a challenge came to: the award stands, is changed, or is given up. In the last two another award and another decision are asked for. */
export const challengeOutcomes = ['award-stands', 'award-changes', 'award-abandoned', 'withdrawn'] as const;
export type ChallengeOutcome = (typeof challengeOutcomes)[number];

type Made = {
  readonly challenge: string;
  readonly kind: ChallengeKind;
  /** The organisation that challenges, as it names itself; it need not be registered here. */
  readonly from: string;
  readonly about: string;
  readonly receivedOn: CivilDate;
};

export interface ChallengeCommands {
  'record-challenge': Made;
  /** The review with its reasons; `on` is the day of the (further) decision. Told to whoever challenged. */
  'conclude-challenge': { readonly challenge: string; readonly outcome: ChallengeOutcome; readonly reasons: string; readonly on: CivilDate };
}

export interface ChallengeEvents {
  'concordat.agreement.challenge-recorded.v1': Made & { readonly stage: string };
  'concordat.agreement.challenge-concluded.v1': { readonly challenge: string; readonly outcome: ChallengeOutcome; readonly reasons: string; readonly on: CivilDate };
}

export interface Challenge extends Made {
  readonly stage: string;
  /** The award that stood when it was recorded: its content hash, and the moment it was proposed; null where none was. */
  readonly award: Challenged | null;
  /**
   * `recordedOn`: the civil day (UTC) on which that was put on record. `over`: the award it came to this over, and the decision on it that stood
   * then, so that it is known when others stand in their place.
   */
  readonly concluded: {
    readonly outcome: ChallengeOutcome;
    readonly reasons: string;
    readonly on: CivilDate;
    readonly recordedOn: CivilDate;
    readonly over: { readonly award: Challenged | null; readonly decision: string | null };
  } | null;
}

type Challenged = { readonly hash: string; readonly proposedAt: string };

/** In the order they were recorded. */
export type ChallengeState = readonly Challenge[];
export const initialChallenges: ChallengeState = [];

const commissioner = (by: string, what: string) => ({ what, suppliedBy: 'commissioner', by });
const challengeOf = (agreement: Agreement, challenge: string): Challenge | undefined => agreement.challenges.find((each) => each.challenge === challenge);

/** The first day on which a challenge can have come: of a representation, that on which an award was first told of; of what else may be challenged, the agreement's own. */
function challengeableFrom(agreement: Agreement, kind: ChallengeKind): CivilDate | undefined {
  const { award: { firstToldOn, proposed }, decision } = agreement;
  const told = firstToldOn ?? decision?.decidedOn ?? (proposed === null ? undefined : dayInUtc(proposed.proposedAt));
  return (kind === 'representation' ? told : undefined) ?? beganOn(agreement);
}

/** Whether one of these people took a decision; not asked of a small agreement, where that may leave nobody else. */
export function tookTheDecision({ tier }: Agreement, decision: { readonly everyId: readonly string[] } | null, people: readonly string[]): boolean {
  return tier !== 'small' && people.some((person) => decision?.everyId.includes(person) === true);
}

/** Why these people do not say that an award stands: it was their proposal, or their decision, or they have an interest that bars from deciding. */
function ownAward(agreement: Agreement, people: readonly string[]): readonly string[] {
  return [
    ...(people.some((person) => agreement.hands.award.includes(person)) ? ['proposed the award'] : []),
    ...(tookTheDecision(agreement, agreement.decision, people) ? ['took the decision'] : []),
    ...(people.some((person) => hasBarringInterest(agreement, person)) ? ['has an interest here'] : []),
  ];
}

export const decide = {
  'record-challenge': ({ agreement }, { challenge, kind, from, about, receivedOn }, { today, route }) => {
    const first = challengeableFrom(agreement, kind);
    return unless(
      [
        challengeOf(agreement, challenge) !== undefined && alreadySo('this challenge is on record'),
        kind === 'representation' &&
          route.regime !== 'PSR 2023' &&
          refusal('challenge.not-of-this-regime', 'A representation is a challenge under the Provider Selection Regime alone.', commissioner('record-challenge', 'kind: complaint or proceedings')),
        receivedOn > today && refusal('challenge.not-received-yet', 'A challenge is recorded once it is received.', commissioner('record-challenge', 'receivedOn')),
        first !== undefined &&
          receivedOn < first &&
          refusal('challenge.before-its-subject', 'A challenge comes once there is something to challenge.', commissioner('record-challenge', `receivedOn: ${first} or later`)),
      ],
      () => [happened(agreement.id, 'concordat.agreement.challenge-recorded.v1', { challenge, kind, from, about, receivedOn, stage: agreement.stage })],
    );
  },

  'conclude-challenge': ({ agreement, persons }, { challenge, outcome, reasons, on }, { actor, today }) => {
    const known = challengeOf(agreement, challenge);
    // That an award is changed or given up harms nobody; that it stands is said by somebody else.
    const own = outcome === 'award-changes' || outcome === 'award-abandoned' ? [] : ownAward(agreement, everyIdOf(persons, actorName(actor)));
    const rules: readonly (Refusal | false)[] = [
      known === undefined && refusal('challenge.unknown', 'The challenge is on record.', commissioner('record-challenge', 'challenge')),
      known !== undefined && known.concluded !== null && alreadySo('the challenge is concluded'),
      (on > today || (known !== undefined && on < known.receivedOn)) &&
        refusal('challenge.not-concluded-then', 'A challenge is concluded after it is received, and recorded once it is.', commissioner('conclude-challenge', 'on')),
      own.length > 0 &&
        refusal('challenge.own-award', 'No one closes a challenge over what is their own.', ...own.map((reason) => commissioner('conclude-challenge', `someone other than the one who ${reason}`))),
    ];
    return unless(rules, () => [happened(agreement.id, 'concordat.agreement.challenge-concluded.v1', { challenge, outcome, reasons, on })]);
  },
} satisfies { [C in keyof ChallengeCommands]: Decide<C> };

/** The challenges that nobody concluded yet. */
function stillOpen({ challenges }: Agreement, which: (challenge: Challenge) => boolean = () => true): readonly Missing[] {
  return challenges
    .filter((each) => each.concluded === null && which(each))
    .map(({ kind, from, receivedOn }) => commissioner('conclude-challenge', `${kind} of ${from}, received on ${receivedOn}`));
}

function awardNow({ content, award: { proposed } }: Agreement): Challenged | null {
  return proposed && { hash: content.award, proposedAt: proposed.proposedAt };
}

/** An award that was changed while the challenge was looked at is the one it led to, and its decision is none of the challenged one. */
function concludedOver(agreement: Agreement, { award: challenged }: Challenge) {
  const now = awardNow(agreement);
  const award = challenged ?? now;
  return { award, decision: award?.proposedAt === now?.proposedAt ? (agreement.decision?.decision ?? null) : null };
}

/** The challenges that upset the award: the one that was challenged is changed, or given up. */
function upsetting({ challenges }: Agreement) {
  return challenges.flatMap(({ concluded, kind, from }) =>
    concluded !== null && (concluded.outcome === 'award-changes' || concluded.outcome === 'award-abandoned') ? [{ isGivenUp: concluded.outcome === 'award-abandoned', over: concluded.over, by: `the ${kind} of ${from}` }] : [],
  );
}

/** Whether the award that stands is one that was given up: then it may be proposed anew as it was. */
export function isGivenUp(agreement: Agreement): boolean {
  return upsetting(agreement).some((one) => one.isGivenUp && one.over.award?.proposedAt === awardNow(agreement)?.proposedAt);
}

/** The challenges that upset the award, while no other stands in its place. */
function upsettingStill(agreement: Agreement) {
  const now = awardNow(agreement);
  return upsetting(agreement).filter(({ isGivenUp: givenUp, over: { award } }) => award !== null && (now === null || (givenUp ? now.proposedAt === award.proposedAt : now.hash === award.hash)));
}

/** The award that a challenge upset, while no other stands in its place. */
export function upsetAward(agreement: Agreement): readonly Missing[] {
  return upsettingStill(agreement).map((one) => commissioner('propose-award', one.isGivenUp ? `another award: this one was given up after ${one.by}` : `the award, changed after ${one.by}`));
}

/** The decision that a challenge upset, while none was taken since. */
export function upsetDecision(agreement: Agreement): readonly Missing[] {
  return upsetting(agreement)
    .filter(({ over }) => over.decision !== null && over.decision === agreement.decision?.decision)
    .map(({ by }) => ({ what: `the decision: to be taken anew after ${by}`, suppliedBy: 'decision-maker', by: 'record-decision' }));
}

/** The challenge after which the award was given up that a running service rests on. */
const endsRunning = (agreement: Agreement, context: Context) => (isRunning(agreement, context) ? upsettingStill(agreement).find((one) => one.isGivenUp) : undefined);

/** What goes on past a challenge that gave its award up only because this agreement ends it, and nothing else does. */
export function keptByItsEnd({ agreement, others }: States, context: Context): readonly Agreement[] {
  const endings = (one: Agreement) => one.tree.links.flatMap((link) => (link.as === 'ended-by' && others[link.agreement]?.lifecycle !== 'cancelled' ? [link.agreement] : []));
  return agreement.tree.links.flatMap((link) => (link.as === 'ends' ? (others[link.agreement] ?? []) : [])).filter((one) => {
    const pathway = context.published(one.pathway.id, one.pathway.version);
    const goesOn = one.lifecycle === 'open' || one.lifecycle === 'held';
    return goesOn && pathway !== undefined && endsRunning(one, { ...context, pathway }) !== undefined && endings(one).every((ending) => ending === agreement.id);
  });
}

/** What became of an award, as whoever stands behind it can still follow it up: a service that runs on it is varied, or ended. */
export function followedUp(agreement: Agreement, context: Context): readonly Missing[] {
  if (!isRunning(agreement, context)) return upsetAward(agreement).map(({ what }) => commissioner('return-to-stage', what));
  const ends = endsRunning(agreement, context);
  if (ends !== undefined) return [commissioner('link-agreement', `an agreement that ends it: its award was given up after ${ends.by}`)];
  return upsettingStill(agreement).map(({ by }) => ({ what: `the award, changed after ${by}: a variation of value, period or specification`, suppliedBy: 'contract-manager', by: 'propose-variation' }));
}

/**
 * What gates behind an award ask of challenges to it: one that was received by the day it was awarded and put on record since is concluded,
 * and an award that one changed or gave up does not go on as it was. A service whose award was given up is decided on where it is ended.
 */
export function challengedSince(agreement: Agreement, context: Context): readonly Missing[] {
  const awardedOn = agreement.award.original?.on ?? null;
  if (awardedOn === null) return [];
  const open = stillOpen(agreement, ({ receivedOn }) => receivedOn <= awardedOn);
  if (endsRunning(agreement, context) === undefined) return [...open, ...followedUp(agreement, context), ...upsetDecision(agreement)];
  return agreement.tree.links.some(({ as }) => as === 'ended-by') ? open : [...open, ...followedUp(agreement, context)];
}

export const evolve = {
  'concordat.agreement.challenge-recorded.v1': (agreement, { data }) => agreementWith(agreement, {
    challenges: [...agreement.challenges, { ...data, award: awardNow(agreement), concluded: null }],
  }),
  'concordat.agreement.challenge-concluded.v1': (agreement, { data: { challenge, ...concluded }, recordedAt }) => agreementWith(agreement, {
    challenges: agreement.challenges.map((each) => (each.challenge === challenge ? { ...each, concluded: { ...concluded, recordedOn: dayInUtc(recordedAt), over: concludedOver(agreement, each) } } : each)),
  }),
} satisfies { [T in keyof ChallengeEvents]: Evolve<T> };

export const conditions = {
  // A review that gives an award up, or changes it, closes nothing while the same award goes on.
  'challenges.closed': (agreement) => [
    ...stillOpen(agreement),
    ...upsetAward(agreement),
    ...upsetDecision(agreement),
  ],
} satisfies Partial<Conditions>;
