import type { Refusal } from '@concordat/journal/core';
import type { ChallengeKind } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** What a challenge came to: the award stands, is changed, or is given up. */
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
  readonly concluded: { readonly outcome: ChallengeOutcome; readonly reasons: string; readonly on: CivilDate } | null;
}

/** In the order they were recorded. */
export type ChallengeState = readonly Challenge[];
export const initialChallenges: ChallengeState = [];

const commissioner = (by: string, what: string) => ({ what, suppliedBy: 'commissioner', by });
const challengeOf = (agreement: Agreement, challenge: string): Challenge | undefined => agreement.challenges.find((each) => each.challenge === challenge);

export const decide = {
  'record-challenge': ({ agreement }, { challenge, kind, from, about, receivedOn }, { today, route }) =>
    unless(
      [
        challengeOf(agreement, challenge) !== undefined && alreadySo('this challenge is on record'),
        kind === 'representation' &&
          route.regime !== 'PSR 2023' &&
          refusal('challenge.not-of-this-regime', 'A representation is a challenge under the Provider Selection Regime alone.', commissioner('record-challenge', 'kind: complaint or proceedings')),
        receivedOn > today && refusal('challenge.not-received-yet', 'A challenge is recorded once it is received.', commissioner('record-challenge', 'receivedOn')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.challenge-recorded.v1', { challenge, kind, from, about, receivedOn, stage: agreement.stage })],
    ),

  'conclude-challenge': ({ agreement }, { challenge, outcome, reasons, on }, { today }) => {
    const known = challengeOf(agreement, challenge);
    const rules: readonly (Refusal | false)[] = [
      known === undefined && refusal('challenge.unknown', 'The challenge is on record.', commissioner('record-challenge', 'challenge')),
      known !== undefined && known.concluded !== null && alreadySo('the challenge is concluded'),
      (on > today || (known !== undefined && on < known.receivedOn)) &&
        refusal('challenge.not-concluded-then', 'A challenge is concluded after it is received, and recorded once it is.', commissioner('conclude-challenge', 'on')),
    ];
    return unless(rules, () => [happened(agreement.id, 'concordat.agreement.challenge-concluded.v1', { challenge, outcome, reasons, on })]);
  },
} satisfies { [C in keyof ChallengeCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.challenge-recorded.v1': (agreement, { data }) => ({
    ...agreement,
    challenges: [...agreement.challenges, { ...data, concluded: null }],
  }),
  'concordat.agreement.challenge-concluded.v1': (agreement, { data: { challenge, ...concluded } }) => ({
    ...agreement,
    challenges: agreement.challenges.map((each) => (each.challenge === challenge ? { ...each, concluded } : each)),
  }),
} satisfies { [T in keyof ChallengeEvents]: Evolve<T> };

export const conditions = {
  'challenges.closed': ({ challenges }) =>
    challenges
      .filter(({ concluded }) => concluded === null)
      .map(({ kind, from, receivedOn }) => commissioner('conclude-challenge', `${kind} of ${from}, received on ${receivedOn}`)),
} satisfies Partial<Conditions>;
