import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import type { DocumentReference, FactValues, Money, Period } from './facts.js';

/** What an agreement becomes: other terms, another specification, a longer time, another period (it starts on another day, or ends sooner), another value. */
export type VariationTo =
  | { readonly is: 'terms' }
  | { readonly is: 'specification'; readonly specification: DocumentReference }
  | { readonly is: 'longer'; readonly endsOn: CivilDate }
  | ({ readonly is: 'period' } & Period)
  | { readonly is: 'value'; readonly value: Money };

/** The facts that change where an agreement becomes this. */
export function factsAfter({ facts }: Agreement, to: VariationTo): FactValues {
  const period = facts['contract-period']?.value;
  if (to.is === 'value') return { value: to.value };
  if (to.is === 'specification') return { specification: to.specification };
  if (to.is === 'period') return { 'contract-period': { startsOn: to.startsOn, endsOn: to.endsOn } };
  return to.is === 'longer' && period !== undefined ? { 'contract-period': { ...period, endsOn: to.endsOn } } : {};
}
