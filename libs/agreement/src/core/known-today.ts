import { personStream, type Person } from '@concordat/access/core';
import type { Agreement } from './agreement.js';
import { everyIdOf } from './separation.js';
import type { Voice } from './signature.js';

// Two ids may be found to be one person after one of them signed. What an agreement rests on is therefore read under the ids that
// its signers have today, never under those alone that were known when they signed.

type Read = Pick<Voice, 'everyId' | 'second'>;
const people = (one: Read): readonly string[] => [...one.everyId, ...(one.second.is === 'given' ? one.second.everyId : [])];

/** The streams of everybody who signed, decided or read here what still counts: they say under which ids each is known today. */
export function signersOf({ signOffs, decision, variations }: Agreement): readonly string[] {
  const signed = signOffs.flatMap(({ answer, voices }) => (answer.is === 'granted' ? voices.flatMap(people) : []));
  const decided = [decision, ...variations.map(({ decided: one, carriedOut }) => (carriedOut ? null : one))].flatMap((one) => (one === null ? [] : people(one)));
  return [...new Set([...signed, ...decided])].filter((person) => !person.startsWith('system:')).map(personStream);
}

/** The agreement with everybody who signed, decided or read under every id they have today, as far as these streams tell. */
export function knownToday(agreement: Agreement, persons: Readonly<Record<string, Person>>): Agreement {
  if (Object.values(persons).every(({ identities }) => identities.length === 0)) return agreement;
  const under = <R extends Read>(one: R): R => ({
    ...one,
    everyId: everyIdOf(persons, ...one.everyId),
    second: one.second.is === 'given' ? { ...one.second, everyId: everyIdOf(persons, ...one.second.everyId) } : one.second,
  });
  return {
    ...agreement,
    signOffs: agreement.signOffs.map((signOff) => ({ ...signOff, voices: signOff.voices.map(under) })),
    decision: agreement.decision && under(agreement.decision),
    variations: agreement.variations.map((variation) => ({ ...variation, decided: variation.decided && under(variation.decided) })),
  };
}
