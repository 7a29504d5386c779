import { actorName } from '@concordat/access/core';
import type { Sealed } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** What somebody dissents from. */
export const dissentsFrom = ['plan', 'theme-answer', 'evaluation', 'award', 'decision', 'other'] as const;
export type DissentFrom = (typeof dissentsFrom)[number];

/** `dissenter`: a person id, then their own word alone, or a pseudonym. Their key seals the words. */
type Dissenting = { readonly dissent: string; readonly dissenter: string; readonly from: DissentFrom; readonly words: Sealed };

export interface DissentCommands {
  /** Anyone's, an elected member's too. It stands: no command takes it back, and going back to an earlier stage does not either. */
  'record-dissent': Dissenting;
  /** It was asked in this stage, and nobody dissents. */
  'record-no-dissent': { readonly source: string };
}

export interface DissentEvents {
  'concordat.agreement.dissent-recorded.v1': Dissenting & { readonly stage: string };
  'concordat.agreement.no-dissent-recorded.v1': { readonly stage: string; readonly source: string };
}

/** That somebody dissents, from what, and in which stage. The words stay in the event. */
export interface Dissent {
  readonly id: string;
  readonly dissenter: string;
  readonly from: DissentFrom;
  readonly stage: string;
  readonly recordedAt: string;
}
export interface DissentState {
  readonly dissents: readonly Dissent[];
  /** Stages in which it was asked and nobody dissented. */
  readonly askedIn: readonly string[];
}
export const initialDissents: DissentState = { dissents: [], askedIn: [] };

const dissentsIn = (agreement: Agreement, stage: string) => agreement.dissents.dissents.filter((dissent) => dissent.stage === stage);

export const decide = {
  'record-dissent': ({ agreement, persons }, { dissent, dissenter, from, words }, { actor }) =>
    unless(
      [
        agreement.dissents.dissents.some(({ id }) => id === dissent) && alreadySo('the dissent is on record'),
        persons[dissenter]?.registered === true &&
          dissenter !== actorName(actor) &&
          refusal('dissent.not-your-own', 'Whoever is registered here dissents for themselves.', { what: dissenter, suppliedBy: 'elected-member', by: 'record-dissent' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.dissent-recorded.v1', { dissent, dissenter, from, words, stage: agreement.stage })],
    ),

  'record-no-dissent': ({ agreement }, { source }) =>
    unless(
      [
        agreement.dissents.askedIn.includes(agreement.stage) && alreadySo('it was asked in this stage'),
        dissentsIn(agreement, agreement.stage).length > 0 && refusal('dissent.on-record', 'Nobody dissents in this stage.'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.no-dissent-recorded.v1', { stage: agreement.stage, source })],
    ),
} satisfies { [C in keyof DissentCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.dissent-recorded.v1': (agreement, { data: { dissent: id, dissenter, from, stage }, recordedAt }) => agreementWith(agreement, {
    dissents: { ...agreement.dissents, dissents: [...agreement.dissents.dissents, { id, dissenter, from, stage, recordedAt }] },
  }),
  'concordat.agreement.no-dissent-recorded.v1': (agreement, { data: { stage } }) => agreementWith(agreement, {
    dissents: { ...agreement.dissents, askedIn: [...agreement.dissents.askedIn, stage] },
  }),
} satisfies { [T in keyof DissentEvents]: Evolve<T> };

export const conditions = {
  'dissent.asked': (agreement) =>
    dissentsIn(agreement, agreement.stage).length > 0 || agreement.dissents.askedIn.includes(agreement.stage)
      ? []
      : [{ what: 'whether anyone dissents', suppliedBy: 'facilitator', by: 'record-no-dissent' }],
} satisfies Partial<Conditions>;
