import type { Decision, Fold, NewEvent, Refusal } from '@concordat/journal/core';
import { accept, refuse } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import type { Actor } from './actor.js';
import { actingNow } from './actor.js';
import { may, rightMissing } from './may.js';
import type { Person } from './person.js';

/** How an organisation speaks on its pages where a code says no more than which is meant. */
export type Wording = {
  /** Those who use a service, in the plural, as within a sentence: “people who draw on care and support”. */
  readonly serviceUsers: string;
};
/** All of it, as it holds from then on. */
export type WordingEvents = { 'concordat.wording.changed.v1': Wording };
export type WordingEvent = { [T in keyof WordingEvents]: NewEvent<T, WordingEvents[T]> }[keyof WordingEvents];

/** What is said while the organisation has said nothing. */
export const shippedWording: Wording = { serviceUsers: 'people who use the service' };

/** The stream in which an organisation says how it speaks. */
export const wordingStream = 'wording-own';

export const wordingFold: Fold<Wording, WordingEvent> = {
  kind: 'wording',
  number: 1,
  initial: shippedWording,
  types: ['concordat.wording.changed.v1'],
  upcasts: {},
  evolve: (_, { data }) => data,
};

// Pages begin a sentence with it as well as go on with it, and say more after it. Some are called by a name: Deaf people, NHS patients.
const withinSentence = /^(\p{Ll}|\p{Lu}\S*\s)[^\p{C}]*[\p{L}\p{N})]$/u;

/** The event that gives an organisation this wording, or every refusal at once. */
export function changeWording(now: Wording, next: Wording, actor: Actor, person: Person, today: CivilDate): Decision<WordingEvent> {
  if (!may(actingNow(actor, person), 'settings.manage', {}, today)) return refuse(rightMissing('settings.manage'));
  const rules: readonly (Refusal | false)[] = [
    canonical(now) === canonical(next) && { code: 'already-so', asks: 'Pages do not say this yet.', missing: [] },
    !withinSentence.test(next.serviceUsers) && {
      code: 'wording.not-within-a-sentence',
      asks: 'It is written as it stands within a sentence: it begins with a small letter, or with a name, and no full stop ends it.',
      missing: [{ what: 'serviceUsers', suppliedBy: 'administrator' }],
    },
  ];
  const [first, ...more] = rules.filter((rule) => rule !== false);
  return first === undefined ? accept({ stream: wordingStream, type: 'concordat.wording.changed.v1', data: next }) : refuse(first, ...more);
}
