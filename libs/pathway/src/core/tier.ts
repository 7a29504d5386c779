import type { Pathway } from './pathway.js';

export const tiers = ['small', 'standard', 'major'] as const;
/** How much is asked, by value and impact. */
export type Tier = (typeof tiers)[number];

/** What lifts an agreement one tier, whatever its value. */
export const tierRaises = {
  'ends-a-service': 'It ends a service.',
  'closed-setting': 'It is for a closed setting.',
  'untried-model': 'The model is untried.',
} as const;
export type TierRaise = keyof typeof tierRaises;

/** The tier a pathway gives an agreement. A value that is not known, or not in pounds, counts as `standard`. */
export function tierFor(
  pathway: Pathway,
  value: { readonly amount: string; readonly currency: string } | undefined,
  raises: readonly TierRaise[],
): Tier {
  const pounds = value?.currency === 'GBP' ? Number(value.amount) : undefined;
  const byValue: Tier =
    pounds === undefined ? 'standard' : pounds <= pathway.tiers.small.upTo ? 'small' : pounds <= pathway.tiers.standard.upTo ? 'standard' : 'major';
  if (raises.length === 0) return byValue;
  return byValue === 'small' ? 'standard' : 'major';
}
