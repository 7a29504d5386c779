import type { Agreement } from './agreement.js';
import { isConfirmed, withoutProxy } from './confirmed.js';
import { type Contribution, inLedger } from './contribution.js';
import { areTwo } from './separation.js';

// To whom word is owed of what came of what they said, and who is left in peace: whoever wishes to hear nothing more, and whoever two people say cannot be reached.

/** Do they wish to hear nothing more? Whoever tells people types it, and it is theirs once they confirmed it. */
export function wishesNotToHear(agreement: Agreement, person: string): boolean {
  return agreement.contributions.notWished.includes(person) && isConfirmed(agreement, person, person);
}

/** Do two people say that there is no way to reach them? */
export const cannotBeReached = (agreement: Agreement, person: string): boolean => areTwo(agreement, agreement.contributions.unreached[person] ?? []);

/** All who wish to hear nothing more: to be asked of a thousand at once. */
export const allWhoWishNotToHear = (agreement: Agreement): ReadonlySet<string> => new Set(agreement.contributions.notWished.filter((person) => isConfirmed(agreement, person, person)));

/** All whom two people say there is no way to reach: to be asked of a thousand at once. */
export const beyondReach = (agreement: Agreement): ReadonlySet<string> =>
  new Set(Object.keys(agreement.contributions.unreached).filter((person) => cannotBeReached(agreement, person)));

/** Whoever says of somebody that they cannot be reached. */
export const unreachedBy = ({ contributions }: Pick<Agreement, 'contributions'>): readonly string[] => Object.values(contributions.unreached).flat();

/** Is word owed of it? Nobody was told, and neither did its author confirm that they wish to hear nothing nor do two people say that they cannot be reached. */
export function isOwedWord(agreement: Agreement, { author, feedback }: Contribution): boolean {
  return feedback === null || (feedback === 'declined' && !wishesNotToHear(agreement, author)) || (feedback === 'undeliverable' && !cannotBeReached(agreement, author));
}

/** The agreement in which it was entered of these people that they wish to hear nothing more: they confirm it, anew where they did before. */
export function withNotWished(agreement: Agreement, people: readonly string[]): Agreement {
  const notWished = [...new Set([...agreement.contributions.notWished, ...people])];
  return people.reduce((one, person) => withoutProxy(one, person, person), inLedger(agreement, { notWished }));
}

/** The agreement in which somebody says of these that they cannot be reached. */
export function withUnreached(agreement: Agreement, people: readonly string[], by: string): Agreement {
  const { unreached } = agreement.contributions;
  return inLedger(agreement, { unreached: { ...unreached, ...Object.fromEntries(people.map((person) => [person, [...new Set([...(unreached[person] ?? []), by])]])) } });
}

/** The agreement in which these were reached: what is owed to them is owed again. */
export function withReached(agreement: Agreement, people: readonly string[]): Agreement {
  return inLedger(agreement, { unreached: Object.fromEntries(Object.entries(agreement.contributions.unreached).filter(([person]) => !people.includes(person))) });
}
