import type { Missing } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import { areTwo } from './separation.js';

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

/** A group that was affected, and is named no more: who says so, and when the first of them did. */
export type NamedNoMore = { readonly group: string; readonly saidBy: readonly string[]; readonly at: string };

const isAmong = (group: string, groups: readonly string[]): boolean => groups.some((other) => sameWords(other, group));

/** Which groups are named no more once these are. Whoever names the same ones again says of each that was left out that it is affected no more. */
export function namedNoMoreOnce({ facts, involvement }: Agreement, named: readonly string[], by: string, at: string): readonly NamedNoMore[] {
  const before = facts['affected-groups']?.value ?? [];
  const again = before.length === named.length && before.every((group) => isAmong(group, named));
  const leftOut = before.filter((group) => !isAmong(group, named)).map((group) => ({ group, saidBy: [by], at }));
  const known = involvement.namedNoMore.filter(({ group }) => !isAmong(group, named));
  return [...known.map((one) => (again ? { ...one, saidBy: [...new Set([...one.saidBy, by])] } : one)), ...leftOut];
}

/** Whoever says that a group is affected no more. */
export const leavingOut = ({ involvement }: Pick<Agreement, 'involvement'>): readonly string[] => involvement.namedNoMore.flatMap(({ saidBy }) => saidBy);

/** The groups that one person alone left out: gates open on it, and so two say it, or the sponsor approved since what is asked without them. */
export function leftOutByOne(agreement: Agreement): readonly NamedNoMore[] {
  const { involvement, signOffs } = agreement;
  if (involvement.namedNoMore.length === 0) return [];
  const approved = signOffs.findLast(({ kind, discipline, answer }) => kind === 'approval' && discipline === 'sponsor' && answer.is === 'granted')?.answer;
  return involvement.namedNoMore.filter(({ saidBy, at }) => !areTwo(agreement, saidBy) && !(approved?.is === 'granted' && approved.at > at));
}

/** Of a group that one person alone left out. */
export const toBeSaidByTwo = (group: string): Missing => ({ what: `that ${group} are affected no more, as a second person says it or the sponsor approves`, suppliedBy: 'someone else', by: 'amend-facts' });

/** The groups that the agreement affects, as its facts name them, and those that one person alone left out. */
export function affectedGroups(agreement: Agreement): readonly string[] {
  return [...(agreement.facts['affected-groups']?.value ?? []), ...leftOutByOne(agreement).map(({ group }) => group)];
}

/** What is missing where something is asked of every group affected: those that are not among `done`, or who is affected at all. */
export function missingOfGroups(agreement: Agreement, done: readonly string[], missing: (group: string) => Missing): readonly Missing[] {
  const affected = affectedGroups(agreement);
  if (affected.length === 0) return [{ what: 'affected-groups', suppliedBy: 'commissioner', by: 'amend-facts' }];
  const leftOut = leftOutByOne(agreement).map(({ group }) => group);
  return affected.filter((group) => !isAmong(group, done)).flatMap((group) => [missing(group), ...(leftOut.includes(group) ? [toBeSaidByTwo(group)] : [])]);
}
