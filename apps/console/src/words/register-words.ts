import type { RegisterField } from '@concordat/exchange';
import type { ContractView } from '@concordat/register';
import type { Length, RenewalStep } from '@concordat/register/core';
import type { Source } from '@concordat/pathway/core';
import { counted } from './say.js';

/** What a column of a register can be, as pages call it. */
export const fieldWords: { readonly [F in RegisterField]: string } = {
  reference: 'Reference', title: 'Title', provider: 'Provider', lead: 'Lead officer', value: 'Value', startsOn: 'First day', endsOn: 'Last day',
  extension: 'Extension', tier: 'Tier', route: 'Procurement route',
};

/** The views of the register. */
export const viewWords: { readonly [V in ContractView]: string } = {
  'already-late': 'Already late', 'next-90-days': 'Next 90 days', later: 'Later', 'no-end-date': 'No end date', clashes: 'Clashes',
};

/** The steps of renewing a contract. */
export const stepWords: { readonly [S in RenewalStep]: string } = {
  involvement: 'Involvement', design: 'Design', tender: 'Tender', decision: 'Decision', 'call-in': 'Call-in', standstill: 'Standstill', mobilisation: 'Mobilisation',
};

/** How far a figure was verified. Those that were not are shown as such. */
export const markWords: { readonly [M in Source['mark']]: { readonly text: string; readonly tag: string } } = {
  text: { text: 'Read in the law', tag: 'govuk-tag--green' },
  practice: { text: 'Not verified', tag: 'govuk-tag--yellow' },
  check: { text: 'To be verified', tag: 'govuk-tag--orange' },
  own: { text: 'A proposal: change it', tag: 'govuk-tag--blue' },
};

/** Where something comes from, and how far it was verified; undefined where nobody says. */
export const sourceShown = (source: Source | undefined) => source && { cites: source.cites, mark: markWords[source.mark] };

/** A length of time as people say it. */
export function lengthOf(length: Length): string {
  if (length.days === 0) return 'none';
  if (length.unit === 'days') return counted(length.days, 'day');
  return `${counted(length.days, 'working day')} (${length.calendar === 'england' ? 'England' : 'all of the UK'})`;
}
