import type { Source } from './source.js';

/** Every tier, from the least asked to the most. */
export const tiers = ['small', 'standard', 'major'] as const;
/** How much is asked, by value and impact. */
export type Tier = (typeof tiers)[number];

/** The largest value of each tier, in pounds; what is above the last is `major`. */
export interface TierLimits {
  readonly small: { readonly upTo: number };
  readonly standard: { readonly upTo: number };
  readonly source: Source;
}

/** What lifts an agreement one tier, whatever its value. */
export const tierRaises = {
  'ends-a-service': 'It ends a service.',
  'closed-setting': 'It is for a closed setting.',
  'untried-model': 'The model is untried.',
} as const;
/** One reason to go up a tier. */
export type TierRaise = keyof typeof tierRaises;

/** The tier above; the highest has none. */
export function oneTierUp(tier: Tier): Tier {
  return tier === 'small' ? 'standard' : 'major';
}

/** The one of two tiers of which more is asked. */
export const higherTier = (one: Tier, other: Tier): Tier => (tiers.indexOf(one) < tiers.indexOf(other) ? other : one);

/** The tier that a pathway gives an agreement. One that is not known counts as `standard`; one that is not in pounds cannot be weighed, and counts as the highest. */
export function tierFor(
  pathway: { readonly tiers: TierLimits },
  value: { readonly amount: string; readonly currency: string } | undefined,
  raises: readonly TierRaise[],
): Tier {
  const pounds = value?.currency === 'GBP' ? Number(value.amount) : Infinity;
  const byValue: Tier = value === undefined ? 'standard' : pounds <= pathway.tiers.small.upTo ? 'small' : pounds <= pathway.tiers.standard.upTo ? 'standard' : 'major';
  return raises.length === 0 ? byValue : oneTierUp(byValue);
}
