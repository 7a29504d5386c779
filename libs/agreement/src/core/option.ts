import type { Missing } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { activityOf } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { peopleOf } from './who-took-part.js';

/** What became of an option. */
export const optionOutcomes = ['undecided', 'preferred', 'not-preferred'] as const;
export type OptionOutcome = (typeof optionOutcomes)[number];

/** With whom an option was talked about: people, and in which activity, or a provider. */
export type DiscussedWith = { readonly is: 'people'; readonly activity: string } | { readonly is: 'provider'; readonly provider: string };

/** `reasons`: why it is preferred or not; empty while it is undecided. */
type Considered = { readonly option: string; readonly title: string; readonly outcome: OptionOutcome; readonly reasons: string };
type Discussed = { readonly option: string; readonly with: DiscussedWith; readonly said: string; readonly on: CivilDate };

export interface OptionCommands {
  /** One way it could go on, keeping it as it is among them. The same `option` again says what became of it. */
  'consider-option': Considered;
  /** `said`: what they make of it, in their words. */
  'discuss-option': Discussed;
}

export interface OptionEvents {
  'concordat.agreement.option-considered.v1': Considered;
  'concordat.agreement.option-discussed.v1': Discussed;
}

/** In the order they were named, each with whom it was talked about. */
export type OptionState = readonly (Considered & { readonly discussed: readonly Omit<Discussed, 'option'>[] })[];
export const initialOptions: OptionState = [];

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const optionOf = ({ options }: Agreement, id: string): OptionState[number] | undefined => options.find(({ option }) => option === id);

export const decide = {
  'consider-option': ({ agreement }, { option, title, outcome, reasons }) => {
    const { discussed: _, ...before } = optionOf(agreement, option) ?? { discussed: [] };
    const considered: Considered = { option, title, outcome, reasons };
    return unless(
      [
        canonical(before) === canonical(considered) && alreadySo('the option is on record'),
        outcome !== 'undecided' && reasons.trim() === '' && refusal('option.no-reasons', 'What is preferred, and what is not, has its reasons.', commissioner('reasons', 'consider-option')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.option-considered.v1', considered)],
    );
  },

  'discuss-option': ({ agreement, providers }, { option, with: other, said, on }, { today }) => {
    const held = other.is === 'people' ? activityOf(agreement, other.activity) : undefined;
    const known = optionOf(agreement, option);
    return unless(
      [
        known === undefined && refusal('option.unknown', 'The option was named in this agreement.', commissioner('option', 'consider-option')),
        known !== undefined && known.discussed.some((one) => canonical(one) === canonical({ with: other, said, on })) && alreadySo('this is on record'),
        other.is === 'people' && (held === undefined || held.voided || peopleOf(held).length === 0) &&
          refusal('option.nobody-there', 'People talk about it in an activity that some of them came to.', { what: 'with.activity', suppliedBy: 'facilitator', by: 'record-attendance' }),
        other.is === 'provider' && providers[other.provider]?.registered !== true &&
          refusal('provider.unknown', 'The provider is registered in this organisation.', commissioner(`provider-${other.provider}`, 'register-provider')),
        on > today && refusal('option.ahead', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'discuss-option' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.option-discussed.v1', { option, with: other, said, on })],
    );
  },
} satisfies { [C in keyof OptionCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.option-considered.v1': (agreement: Agreement, { data }) => agreementWith(agreement, {
    options: optionOf(agreement, data.option) === undefined ? [...agreement.options, { ...data, discussed: [] }] : agreement.options.map((one) => (one.option === data.option ? { ...one, ...data } : one)),
  }),
  'concordat.agreement.option-discussed.v1': (agreement: Agreement, { data: { option, ...discussed } }) => agreementWith(agreement, {
    options: agreement.options.map((one) => (one.option === option ? { ...one, discussed: [...one.discussed, discussed] } : one)),
  }),
} satisfies { [T in keyof OptionEvents]: Evolve<T> };

/** Whose word it is that is missing: by name, where it is known who provides so far what is decided on. */
const saysOf = ({ soFar }: Agreement['award'], party: DiscussedWith['is']): string =>
  party === 'people' ? 'people say' : Object.keys(soFar).length === 0 ? 'the provider says' : `${Object.keys(soFar).map((provider) => `provider-${provider}`).join(' or ')} says`;

/** Is this the word of those who are to be heard? Where it is known who provides so far what is decided on, no other provider speaks for them. */
const isOfThem = ({ award: { soFar } }: Pick<Agreement, 'award'>, other: DiscussedWith): boolean => other.is === 'people' || Object.keys(soFar).length === 0 || soFar[other.provider] !== undefined;

export const conditions = {
  'options.considered': ({ options, award }, { atLeast, with: parties }) => [
    ...(options.length < atLeast ? [commissioner(`${atLeast - options.length} more of ${atLeast} options`, 'consider-option')] : []),
    ...options.flatMap(({ title, outcome, discussed }) => [
      ...parties.filter((party) => !discussed.some(({ with: other }) => other.is === party && isOfThem({ award }, other))).map((party) => commissioner(`what ${saysOf(award, party)} of “${title}”`, 'discuss-option')),
      ...(outcome === 'undecided' ? [commissioner(`what becomes of “${title}”, and why`, 'consider-option')] : []),
    ]),
    ...(options.length >= atLeast && options.every(({ outcome }) => outcome === 'not-preferred') ? [commissioner('which option is preferred, and why', 'consider-option')] : []),
  ],
} satisfies Partial<Conditions>;
