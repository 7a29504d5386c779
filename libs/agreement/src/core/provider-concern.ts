import type { CivilDate } from '@concordat/platform/core';
import { agreementWith } from './agreement-with.js';
import { deliversNothing, providerActing, refuseHarmBefore } from './delivery-side.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

type Raised = { readonly concern: string; readonly provider: string; readonly about: string; readonly raisedOn: CivilDate };
type Answered = { readonly concern: string; readonly answer: string; readonly on: CivilDate };

export interface ProviderConcernCommands {
  /** By the provider itself, or written down for it. */
  'raise-provider-concern': Raised;
  'answer-provider-concern': Answered;
}

export interface ProviderConcernEvents {
  'concordat.agreement.provider-concern-raised.v1': Raised;
  'concordat.agreement.provider-concern-answered.v1': Answered & { readonly provider: string };
}

/** In the order they were raised; each is seen by the provider whose it is, and by no other. */
export type ProviderConcernState = readonly (Raised & { readonly answered: Omit<Answered, 'concern'> | null })[];
export const initialProviderConcerns: ProviderConcernState = [];

const manager = (what: string, by: string) => ({ what, suppliedBy: 'contract-manager', by });

export const decide = {
  'raise-provider-concern': (states, { concern, provider, about, raisedOn }, context) => {
    const { agreement } = states;
    const own = providerActing(states, context);
    return unless(
      [
        agreement.providerConcerns.some((each) => each.concern === concern) && alreadySo('the concern is on record'),
        deliversNothing(states, context),
        agreement.award.parties[provider] !== 'provider' && refusal('provider-concern.not-the-provider', 'A concern is that of the provider of the agreement.', manager('provider', 'raise-provider-concern')),
        own !== undefined && own !== provider && refusal('provider-concern.another-s', 'A provider raises its own concerns.', manager('provider', 'raise-provider-concern')),
        raisedOn > context.today && refusal('provider-concern.not-raised-yet', 'A concern is recorded once it is raised.', manager('raisedOn', 'raise-provider-concern')),
        refuseHarmBefore(agreement, raisedOn, 'raisedOn', 'raise-provider-concern'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.provider-concern-raised.v1', { concern, provider, about, raisedOn })],
    );
  },

  'answer-provider-concern': ({ agreement }, { concern, answer, on }, { today }) => {
    const known = agreement.providerConcerns.find((each) => each.concern === concern);
    return unless(
      [
        known === undefined && refusal('provider-concern.unknown', 'The concern is on record.', { what: 'concern', suppliedBy: 'provider-admin', by: 'raise-provider-concern' }),
        known !== undefined && known.answered !== null && alreadySo('the concern is answered'),
        (on > today || (known !== undefined && on < known.raisedOn)) && refusal('provider-concern.not-answered-then', 'A concern is answered after it was raised, and recorded once it is.', manager('on', 'answer-provider-concern')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.provider-concern-answered.v1', { concern, answer, on, provider: known?.provider ?? '' })],
    );
  },
} satisfies { [C in keyof ProviderConcernCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.provider-concern-raised.v1': (agreement, { data }) => agreementWith(agreement, { providerConcerns: [...agreement.providerConcerns, { ...data, answered: null }] }),
  'concordat.agreement.provider-concern-answered.v1': (agreement, { data: { concern, answer, on } }) => agreementWith(agreement, {
    providerConcerns: agreement.providerConcerns.map((each) => (each.concern === concern ? { ...each, answered: { answer, on } } : each)),
  }),
} satisfies { [T in keyof ProviderConcernEvents]: Evolve<T> };
