import { oneTierUp, type Tier, type TierRaise } from '@concordat/pathway/core';
import { happened } from './event.js';
import { alreadySo, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

export interface TierRaiseCommands {
  /** It came to light after it was opened that it ends a service, is for a closed setting or tries an untried model. */
  'raise-tier': { readonly raises: readonly TierRaise[]; readonly reason: string };
}

export interface TierRaiseEvents {
  /** `raises`: those that came to light; `tier`: what is asked from now on. No gate that was passed is asked again. */
  'concordat.agreement.tier-raised.v1': { readonly raises: readonly TierRaise[]; readonly reason: string; readonly tier: Tier };
}

export const decide = {
  'raise-tier': ({ agreement }, { raises, reason }) => {
    const fresh = [...new Set(raises)].filter((raise) => !agreement.raises.includes(raise));
    // One tier up, for however many of them hold; and what was split off keeps the tier of the whole.
    const tier = agreement.raises.length === 0 ? oneTierUp(agreement.tier) : agreement.tier;
    return unless([fresh.length === 0 && alreadySo('the agreement is raised for this')], () => [happened(agreement.id, 'concordat.agreement.tier-raised.v1', { raises: fresh, reason, tier })]);
  },
} satisfies { [C in keyof TierRaiseCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.tier-raised.v1': (agreement, { data: { raises, tier } }) => ({ ...agreement, raises: [...agreement.raises, ...raises], tier }),
} satisfies { [T in keyof TierRaiseEvents]: Evolve<T> };
