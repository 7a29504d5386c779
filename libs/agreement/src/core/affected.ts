import type { Missing } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';

/** The same label, however it is spaced and capitalised: people write the names of groups, places and themes by hand. */
export function sameWords(one: string, other: string): boolean {
  return plainWords(one) === plainWords(other);
}

/** A label as it is compared. */
export function plainWords(text: string): string {
  return text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
}

/** Are both of one place, or of one theme, as their facts say? */
export function sameFact(one: Agreement, other: Agreement, name: 'place' | 'theme'): boolean {
  const [here, there] = [one.facts[name]?.value, other.facts[name]?.value];
  return here !== undefined && there !== undefined && sameWords(here, there);
}

/** The groups that the agreement affects, as its facts name them. */
export function affectedGroups({ facts }: Agreement): readonly string[] {
  return facts['affected-groups']?.value ?? [];
}

/** What is missing where something is asked of every group affected: those that are not among `done`, or who is affected at all. */
export function missingOfGroups(agreement: Agreement, done: readonly string[], missing: (group: string) => Missing): readonly Missing[] {
  const affected = affectedGroups(agreement);
  if (affected.length === 0) return [{ what: 'affected-groups', suppliedBy: 'commissioner', by: 'amend-facts' }];
  return affected.filter((group) => !done.some((other) => sameWords(other, group))).map(missing);
}
