import { type Person, personStream } from '@concordat/access/core';
import type { Agreement } from '@concordat/agreement/core';
import type { KeptKind, Work } from './work-kind.js';

/** Whose it is where whoever answers for it is gone: those who can name another, or see to it themselves. */
const whoseElse: { readonly [K in KeptKind]?: string } = {
  'control-ages': 'role:risk-owner',
  'control-aged': 'role:risk-owner',
  'control-fails': 'role:risk-owner',
  'review-due': 'role:risk-owner',
  'incident-unscored': 'role:risk-owner',
  action: 'delivery.manage',
};

/** The streams of those who answer for something here: whether they are still there, what waits for them rests on. */
export const answeringIn = ({ risk, controls, reviews }: Agreement): readonly string[] => [...new Set([...risk, ...controls, ...reviews.actions].map(({ owner }) => personStream(owner)))];

const isGone = (person: Person | undefined): boolean => person?.registered === true && (person.disabled || person.grants.length === 0);

/** What waits for somebody who answers for it waits for a role once they are gone: disabled, or without any role. `persons`: by id; of whom nothing is known nothing is said. */
export function whoseStill(work: readonly Work[], persons: Readonly<Record<string, Person>>): readonly Work[] {
  return work.map((one) => {
    const [of, person = ''] = one.key.split(':');
    const another = whoseElse[one.kind];
    return another !== undefined && of === 'person' && isGone(persons[person]) ? { ...one, key: another } : one;
  });
}
