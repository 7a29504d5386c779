import type { Role } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import { refusal } from './refusal.js';

/** Likelihood and impact, each 1 to 5. */
export type Score = { readonly likelihood: number; readonly impact: number };

/** How large likelihood × impact is, smallest first. */
export const bands = ['low', 'moderate', 'high', 'extreme'] as const;
export type Band = (typeof bands)[number];

/** Who may be asked to know of a risk above the appetite, the nearer one first. */
export const seers = ['senior-responsible-owner', 'decision-maker'] as const satisfies readonly Role[];
export type Seer = (typeof seers)[number];

/** A part of what can go wrong. `appetite`: the largest band that is carried without a word from above. */
export type RiskDomain = {
  readonly id: string;
  readonly title: string;
  readonly appetite: Band;
};

/** What an organisation says of its risks. */
export type RiskSettings = {
  /** From which product of likelihood and impact (2 to 25) each band begins; `low` begins with 1. */
  readonly bands: Readonly<Record<Exclude<Band, 'low'>, number>>;
  readonly domains: readonly RiskDomain[];
  /** Who must have seen a risk of this band where it lies above the appetite of its domain. */
  readonly escalation: Readonly<Record<Band, Seer | 'nobody'>>;
  /** Within how many days after an incident was recorded its risk is scored anew. */
  readonly rescoreDays: number;
};

/**
 * What holds until an organisation says otherwise. Bands 1–3, 4–6, 8–12, 15–25: NPSA, "A risk matrix for risk managers"
 * (2008). Appetites, who sees what and 14 days are practice.
 */
export const shippedRiskSettings: RiskSettings = {
  bands: { moderate: 4, high: 8, extreme: 15 },
  domains: [
    { id: 'service', title: 'Service and its continuity', appetite: 'moderate' },
    { id: 'safety', title: 'Safety and safeguarding', appetite: 'low' },
    { id: 'rights', title: 'Rights, equality and personal data', appetite: 'low' },
    { id: 'finance', title: 'Money', appetite: 'moderate' },
    { id: 'law', title: 'Law and procurement', appetite: 'low' },
    { id: 'trust', title: 'Trust and reputation', appetite: 'moderate' },
  ],
  escalation: { low: 'nobody', moderate: 'nobody', high: 'senior-responsible-owner', extreme: 'decision-maker' },
  rescoreDays: 14,
};

/** Likelihood × impact, 1 to 25. */
export const productOf = ({ likelihood, impact }: Score): number => likelihood * impact;

/** Likelihood × impact and its band by the organisation's matrix. */
export function weigh(score: Score, { bands: begin }: Pick<RiskSettings, 'bands'>): { readonly product: number; readonly band: Band } {
  const product = productOf(score);
  return { product, band: product < begin.moderate ? 'low' : product < begin.high ? 'moderate' : product < begin.extreme ? 'high' : 'extreme' };
}

/** The appetite for a domain; for one that nobody knows any more, none. */
export function appetiteFor(domain: string, { domains }: Pick<RiskSettings, 'domains'>): Band {
  return domains.find(({ id }) => id === domain)?.appetite ?? 'low';
}

/** Whether a band is larger than another. */
export const exceeds = (band: Band, other: Band): boolean => bands.indexOf(band) > bands.indexOf(other);

/** Who must have seen a risk with this score; `null` where it lies within the appetite, is not scored, or the matrix asks nobody. */
export function seenBy(score: Score | null, domain: string, settings: RiskSettings): { readonly band: Band; readonly by: Seer } | null {
  if (score === null) return null;
  const { band } = weigh(score, settings);
  const by = settings.escalation[band];
  return by === 'nobody' || !exceeds(band, appetiteFor(domain, settings)) ? null : { band, by };
}

const isOneToFive = (value: number) => Number.isInteger(value) && value >= 1 && value <= 5;

/** The refusal of scores that lie off the matrix, each by what it is the score of; a score that is not given is none. */
export function refuseOffMatrix(scores: Readonly<Record<string, Score | null>>, missing: (what: string) => Missing): Refusal | false {
  const impossible = Object.entries(scores).filter(([, score]) => score !== null && !(isOneToFive(score.likelihood) && isOneToFive(score.impact)));
  return (
    impossible.length > 0 &&
    refusal('risk.score-out-of-range', 'Likelihood and impact are whole numbers from 1 to 5.', ...impossible.map(([which]) => missing(`the ${which} score`)))
  );
}

/** The refusal of a domain that the organisation does not know. */
export function refuseUnknownDomain(domain: string, { domains }: RiskSettings, missing: (what: string) => Missing): Refusal | false {
  const known = domains.map(({ id }) => id);
  return !known.includes(domain) && refusal('risk.domain-unknown', `The domain is one of: ${known.join(', ')}.`, missing('domain'));
}
