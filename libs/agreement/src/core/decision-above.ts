import type { Missing, Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { above } from './above.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { allById } from './by-id.js';
import { type AgreementEvent, happened } from './event.js';
import { refusal } from './refusal.js';
import type { Evolve, States } from './topic.js';

/*
 * A decision that was called in after its contracts were split off: each of them rests on it, and waits until it stands or is taken anew.
 */

/** How the decision on the whole stands since it was called in. */
export type DecisionAbove = { readonly is: 'called-in'; readonly on: CivilDate } | { readonly is: 'to-be-taken-anew' } | { readonly is: 'to-be-seconded' } | { readonly is: 'stands'; readonly inForceFrom: CivilDate };

export interface DecisionAboveEvents {
  /** In the stream of each contract that was split off and goes on. */
  'concordat.agreement.decision-above-changed.v1': { readonly from: string; readonly decision: string; readonly now: DecisionAbove };
}

/** The contracts that were split from this agreement. */
export const splitFrom = ({ tree }: Agreement): readonly string[] => allById(tree.children).flatMap(({ id, as }) => (as === 'split' ? [id] : []));

/** What is split goes on in its contracts: it is decided on again only while they wait for its decision. */
export const splitAlready = (agreement: Agreement, isMeant: boolean): Refusal | false =>
  agreement.lifecycle === 'split' && !isMeant && refusal('agreement.split', 'The agreement is not split: what is split goes on in its contracts.');

/** What those of them hear that are here and go on. */
export const toldBeneath = ({ agreement, others }: Pick<States, 'agreement' | 'others'>, decision: string, now: DecisionAbove): readonly AgreementEvent[] =>
  splitFrom(agreement)
    .filter((id) => others[id]?.lifecycle === 'open' || others[id]?.lifecycle === 'held')
    .map((id) => happened(id, 'concordat.agreement.decision-above-changed.v1', { from: agreement.id, decision, now }));

/** What a call-in of the decision on the whole asks of a contract before it goes on. */
export function calledInAbove(agreement: Agreement, today: CivilDate): readonly Missing[] {
  const parent = above(agreement);
  const now = parent?.decided ?? null;
  if (parent === null || now === null) return [];
  const what = `the decision on agreement-${parent.agreement}, from which this was split`;
  switch (now.is) {
    case 'called-in':
      return [{ what: `${what}: called in on ${now.on}`, suppliedBy: 'decision-maker', by: 'conclude-call-in' }];
    case 'to-be-taken-anew':
      return [{ what: `${what}: to be taken anew after its call-in`, suppliedBy: 'decision-maker', by: 'record-decision' }];
    case 'to-be-seconded':
      return [{ what: `${what}: waits for a second person`, suppliedBy: 'someone else', by: 'second-decision' }];
    case 'stands':
      return now.inForceFrom > today ? [{ what: `${what}: in force from ${now.inForceFrom}`, suppliedBy: 'time' }] : [];
  }
}

export const evolve = {
  'concordat.agreement.decision-above-changed.v1': (agreement, { data: { from, now } }) => {
    const { parent } = agreement.tree;
    return parent?.agreement === from ? agreementWith(agreement, { tree: { ...agreement.tree, parent: { ...parent, decided: now } } }) : agreement;
  },
} satisfies { [T in keyof DecisionAboveEvents]: Evolve<T> };
