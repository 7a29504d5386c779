import { addDays, canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { deliversNothing, providerActing } from './delivery-side.js';
import { happened } from './event.js';
import type { DocumentReference } from './facts.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

/** What a provider holds for a time alone, and without which it may not deliver. */
export const expiring = ['registration', 'insurance', 'continuity-plan'] as const;
export type Expiring = (typeof expiring)[number];

type Shown = { readonly expiry: string; readonly provider: string; readonly of: Expiring; readonly document: DocumentReference; readonly endsOn: CivilDate };

export interface ExpiryCommands {
  /** By the provider itself, or written down for it. The same `expiry` again renews it. */
  'record-expiry': Shown;
}

export interface ExpiryEvents {
  'concordat.agreement.expiry-recorded.v1': Shown;
}

/** In the order they were first shown; each is seen by the provider whose it is, and by no other. */
export type ExpiryState = readonly Shown[];
export const initialExpiries: ExpiryState = [];

/** So long before it ends whoever manages the agreement is told: common practice, long enough to be insured or registered anew. */
export const expiryNoticeDays = 60;

/** Whether it is in force today, and if it is, whether it ends soon. It is in force on its last day. */
export function expiryStands({ endsOn }: Pick<Shown, 'endsOn'>, today: CivilDate): 'in-force' | 'ends-soon' | 'ended' {
  return endsOn < today ? 'ended' : addDays(endsOn, -expiryNoticeDays) <= today ? 'ends-soon' : 'in-force';
}

export const decide = {
  'record-expiry': (states, { expiry, provider, of, document, endsOn }, context) => {
    const { agreement } = states;
    const own = providerActing(states, context);
    const manager = (what: string) => ({ what, suppliedBy: 'contract-manager', by: 'record-expiry' });
    const shown: Shown = { expiry, provider, of, document, endsOn };
    const known = agreement.expiries.find((each) => each.expiry === expiry);
    return unless(
      [
        known !== undefined && canonical(known) === canonical(shown) && alreadySo('it is on record'),
        known !== undefined && (known.provider !== provider || known.of !== of) && refusal('expiry.of-something-else', 'What is renewed is the same thing of the same provider.', manager('another id')),
        deliversNothing(states, context),
        agreement.award.parties[provider] !== 'provider' && refusal('expiry.not-the-provider', 'It is shown by a provider of the agreement.', manager('provider')),
        own !== undefined && own !== provider && refusal('expiry.another-s', 'A provider shows its own.', manager('provider')),
        endsOn < context.today && refusal('expiry.ended', 'What is shown is in force today or longer.', manager('endsOn')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.expiry-recorded.v1', shown)],
    );
  },
} satisfies { [C in keyof ExpiryCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.expiry-recorded.v1': (agreement: Agreement, { data }) => agreementWith(agreement, {
    expiries: agreement.expiries.some(({ expiry }) => expiry === data.expiry) ? agreement.expiries.map((each) => (each.expiry === data.expiry ? data : each)) : [...agreement.expiries, data],
  }),
} satisfies { [T in keyof ExpiryEvents]: Evolve<T> };
