import { type CommandName, commandNames } from '@concordat/agreement/core';
import { type Discipline, disciplineTitles, doLevels, factTitles, type FactName, sayLevels } from '@concordat/pathway/core';
import type { Missing } from '@concordat/journal/core';
import { codes, commandWords, happenings, labels, roleWords } from './en.js';

/** The first letter large. */
export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
const spaced = (code: string): string => upper(code.replaceAll('-', ' ').replaceAll(/(?<=[a-z])[A-Z](?=[A-Za-z])|(?<=[a-z][A-Z])[A-Z](?=[a-z])/g, (letter) => ` ${letter.toLowerCase()}`));
const last = (path: string): string => path.slice(path.lastIndexOf('.') + 1);

/** What a member of a command's input is called, by its dotted path. */
export function labelOf(command: CommandName | undefined, path: string): string {
  const plain = path.replaceAll(/\.\d+(?=\.|$)/g, '.*');
  const own = command === undefined ? undefined : commandWords[command].labels?.[plain];
  if (own !== undefined) return own;
  const name = last(plain);
  if (plain.startsWith('facts.') && name in factTitles) return upper(factTitles[name as FactName]);
  return labels[name] ?? (name in factTitles ? upper(factTitles[name as FactName]) : spaced(name));
}

/** A code or a number of a scale in words. */
export function codeOf(value: string | number, path = ''): string {
  const name = last(path);
  if (name === 'say') return `${value} – ${sayLevels[Number(value)] ?? ''}`;
  if (name === 'do') return `${value} – ${doLevels[Number(value)] ?? ''}`;
  if (name === 'discipline') return upper(disciplineTitles[value as Discipline] ?? String(value));
  if (name === 'role') return upper(roleOf(String(value)).replace(/^(an?|the) /, ''));
  return codes[`${path.split('.').slice(-2).join('.')}:${value}`] ?? codes[value] ?? spaced(String(value));
}

/** A role as “from …” takes it; `approver:finance` is an approver for finance. */
export function roleOf(role: string): string {
  const [name = '', discipline] = role.split(':');
  if (discipline !== undefined) return `an approver for ${disciplineTitles[discipline as Discipline] ?? discipline}`;
  return roleWords[name] ?? name.replaceAll('-', ' ');
}

const mostNamed = 3;

/** Any of these, in a few words: who reads it wants somebody to ask, and not all of them. */
export function oneOf(all: readonly string[]): string {
  const named = all.length > mostNamed + 1 ? [...all.slice(0, mostNamed), `one of ${all.length - mostNamed} other roles`] : all;
  return named.length < 2 ? named.join('') : `${named.slice(0, -1).join(', ')} or ${named.at(-1)}`;
}

/** All of these, as a sentence goes on with them. */
export function allOf(all: readonly string[]): string {
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** What an event says that happened. */
export function happeningOf(type: string): string {
  const name = /^concordat\.[a-z]+\.(.+)\.v\d+$/.exec(type)?.[1] ?? type;
  return happenings[name] ?? spaced(name);
}

const dayForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
const timeForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: 'Europe/London' });

const momentForm = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone: 'Europe/London' });

/** A sentence with every day in it as people write it. */
export const inDays = (sentence: string): string => sentence.replace(/\b\d{4}-\d{2}-\d{2}\b/g, dayOf);

/** A civil day as people write it. */
export function dayOf(day: string): string {
  return dayForm.format(new Date(`${day}T00:00:00Z`));
}

/** The day on which something is said to have happened, and beside it the day on which that was put on record, where it was a later one. */
export const dayAndRecorded = (on: string, recordedOn: string): string => (recordedOn > on ? `${dayOf(on)} (recorded on ${dayOf(recordedOn)})` : dayOf(on));

/** A moment, in London. */
export function timeOf(moment: string | Date): string {
  return timeForm.format(new Date(moment));
}

/** A moment to the second, in London, of the last months. */
export function momentOf(moment: string): string {
  return momentForm.format(new Date(moment));
}

/** How long ago, in days. */
export function ageOf(since: string, now: Date): string {
  const days = Math.max(0, Math.floor((now.getTime() - new Date(since).getTime()) / 86_400_000));
  return days === 0 ? 'today' : days === 1 ? '1 day' : `${days} days`;
}

/** An amount as people write it. */
export function moneyOf({ amount, currency }: { readonly amount: string; readonly currency: string }): string {
  const whole = amount.endsWith('.00');
  try {
    return new Intl.NumberFormat('en-GB', { style: 'currency', currency, ...(whole && { maximumFractionDigits: 0 }) }).format(Number(amount));
  } catch {
    return `${amount} ${currency}`; // three letters that are no currency
  }
}

/** How many of what: `counted(1, 'theme')`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-GB')} ${count === 1 ? one : many}`;
}

/** What a vote came to: how many chose each. */
export const votesSaid = (options: readonly { readonly option: string; readonly votes: number }[]): string => options.map(({ option, votes }) => `${option}: ${counted(votes, 'vote')}`).join(', ');

/** One missing thing as a page says it, and the address of the form that supplies it, where a command does that whoever reads it may give. */
export function missingShown(agreement: string, { what, suppliedBy, by }: Missing, named: { in(text: string): string; role(role: string): string }, may: (command: CommandName, suppliedBy: string) => boolean) {
  const command = commandNames.find((name) => name === by && may(name, suppliedBy));
  const fact = what in factTitles ? upper(factTitles[what as FactName]) : undefined;
  return {
    what: fact ?? memberNamed(by, what) ?? upper(inDays(named.in(inWords(what)))),
    from: suppliedBy === 'time' ? undefined : suppliedBy.startsWith('person-') ? named.in(suppliedBy) : named.role(suppliedBy),
    ...(command === 'declare-conflict' && { also: { href: `/agreements/${agreement}/do/declare-no-conflict${queryFor(command, what, suppliedBy)}`, link: commandWords['declare-no-conflict'].title } }),
    ...(command !== undefined && { href: `/agreements/${agreement}/do/${command}${queryFor(command, what, suppliedBy)}`, link: commandWords[command].title }),
  };
}

/** What the form of a command calls the member that is missing, or what a code says; undefined for what the core says in words already. */
function memberNamed(by: string | undefined, what: string): string | undefined {
  const own = commandNames.find((name) => name === by);
  const label = own && Object.entries(commandWords[own].labels ?? {}).find(([path]) => last(path) === what)?.[1];
  return label ?? (/^[a-z]+(-[a-z]+|[A-Z][a-z]*)+$/.test(what) ? (labels[what] ?? codeOf(what)) : undefined);
}

/** What is missing as the core calls it, with disciplines and roles as people call them. */
function inWords(what: string): string {
  return what
    .replace(/^(approval|acceptance) of ([a-z-]+)/, (_, kind: string, discipline: string) => `${kind} of ${disciplineTitles[discipline as Discipline] ?? discipline}`)
    .replace(/the prompt ([a-z-]+)$/, (_, prompt: string) => `“${codeOf(prompt, 'prompt')}”`)
    .replace(/(the objection) of [a-z-]+(?:: | (and the reply): )/, (_, objection: string, reply?: string) => `${[objection, reply].filter(Boolean).join(' ')} in `)
    .replace(/people ([a-z-]+) or more$/, (_, right: string) => `people may ${codeOf(right, 'right').toLowerCase()}, or more`)
    .replace(/(gave|read) the approval of ([a-z-]+)/g, (_, did: string, discipline: string) => `${did} the approval of ${disciplineTitles[discipline as Discipline] ?? discipline}`)
    .replace(/^declaration of the ([a-z-]+)/, (_, role: string) => `declaration of ${roleOf(role)}`);
}

/** What a form can know already from what is missing. */
function queryFor(command: CommandName, what: string, suppliedBy: string): string {
  const query = new URLSearchParams();
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(what)?.[0];
  if (command === 'amend-facts' && what in factTitles) query.set('facts', what);
  const signOff = /^(approval|acceptance) of ([a-z-]+)/.exec(what);
  if (signOff !== null) {
    query.set('kind', signOff[1]!);
    query.set('discipline', signOff[2]!);
  }
  // Whoever declares in person chooses in which of their roles.
  if (!command.startsWith('declare-')) {
    if (id !== undefined) query.set('about', id);
  } else if (!suppliedBy.startsWith('person-')) query.set('role', suppliedBy);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
