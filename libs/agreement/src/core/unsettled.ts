import type { Missing } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import { waitsToBeConsidered } from './consultation.js';
import type { Conditions, Context } from './topic.js';

/**
 * What is under way in an agreement, goes along with no contract of a split, and could be settled by nobody once it is split: a gate
 * that asks for it would open in the contracts as if it had never been.
 */
export function unsettled(agreement: Agreement, context: Context, conditions: Omit<Conditions, 'gate.conditions-kept'>): readonly Missing[] {
  const { consultations, variations, providerConcerns, delivery } = agreement;
  const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });
  return [
    ...conditions['challenges.closed'](agreement, {}, context),
    ...conditions['risk.advice-answered'](agreement, {}, context),
    ...conditions['delivery.differences-discussed'](agreement, {}, context),
    ...(delivery.cycles.length === 0 ? [] : conditions['delivery.people-asked-each-cycle'](agreement, {}, context)),
    ...consultations.filter(waitsToBeConsidered).map(({ consultation }): Missing => ({ what: `the consultation ${consultation}`, suppliedBy: 'commissioner', by: 'consider-consultation' })),
    ...variations.flatMap(({ variation, decided, carriedOut }) => {
      if (decided === null) return [manager(`the variation ${variation}`, 'decide-variation')];
      return decided.outcome === 'refused' || carriedOut ? [] : [manager(`the variation ${variation}`, 'carry-out-variation')];
    }),
    ...providerConcerns.filter(({ answered }) => answered === null).map(({ concern }) => manager(`the concern ${concern}`, 'answer-provider-concern')),
  ];
}
