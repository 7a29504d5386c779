import type { Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { addDays } from '@concordat/platform/core';
import type { Actor } from './actor.js';
import { actingNow } from './actor.js';
import { may, mayAtAll, rightMissing } from './may.js';
import type { Person } from './person.js';
import type { Right } from './right.js';

/** How many keys of one person and label may be live at once: the old one and its successor. */
export const liveKeys = 2;

/** The longest a key may live, in days. */
export const longestKeyLife = 366;

/** A key as it is asked for. Whose it is never changes, and what it may do only shrinks with its person's roles. */
export interface KeyWish {
  readonly person: string;
  /** What it is for, in a word or two: keys of one label follow each other. */
  readonly label: string;
  /** Rights the key is limited to, beside what its person may do. */
  readonly scopes: readonly Right[] | 'all';
  /** The last day it opens anything. */
  readonly lastDay: CivilDate;
}

const rule = (code: string, asks: string, what: string): Refusal => ({ code, asks, missing: [{ what, suppliedBy: 'issuer' }] });

/**
 * Why this key may not be made; empty when it may. A key acts as its person, so nobody makes one for somebody else:
 * an administrator who could would approve through it. Only the system's operator gives a person their first.
 */
export function whatForbidsKey(
  wish: KeyWish,
  states: { readonly person: Person; readonly by: Person; readonly live: number },
  context: { readonly actor: Actor; readonly today: CivilDate },
): readonly Refusal[] {
  const { actor, today } = context;
  // At all: a role for one agreement is enough, for the key opens nothing its person could not.
  if (!mayAtAll(actingNow(actor, states.by), 'key.manage', today)) return [rightMissing('key.manage')];

  const refusals: Refusal[] = [];
  if (actor.kind === 'person') {
    if (actor.person !== wish.person) refusals.push(rule('key.for-another', 'A key is made by the person it acts for.', 'person'));
    const { scopes } = actor;
    if (scopes !== 'all' && (wish.scopes === 'all' || wish.scopes.some((right) => !scopes.includes(right)))) {
      refusals.push(rule('key.wider-than-yours', 'A key opens no more than the key it was made with.', 'scopes'));
    }
  }
  if (!states.person.registered) refusals.push(rule('person.unknown', 'The person is registered.', 'person'));
  if (states.person.disabled) refusals.push(rule('person.disabled', 'The person is not disabled.', 'person'));
  if (wish.lastDay < today || wish.lastDay > addDays(today, longestKeyLife)) {
    refusals.push(rule('key.expiry', `A key expires today at the earliest and within ${longestKeyLife} days.`, 'lastDay'));
  }
  if (wish.scopes !== 'all' && wish.scopes.length === 0) refusals.push(rule('key.opens-nothing', 'A key opens at least one thing.', 'scopes'));
  if (states.live >= liveKeys) {
    refusals.push(rule('key.two-live', `At most ${liveKeys} keys of one label are live: revoke the older one first.`, 'label'));
  }
  return refusals;
}

/** Why the actor may not revoke a key of this person; empty when they may: their own, or as who manages that person. */
export function whatForbidsRevoking(
  person: string,
  states: { readonly person: Person; readonly by: Person },
  context: { readonly actor: Actor; readonly today: CivilDate },
): readonly Refusal[] {
  const { actor, today } = context;
  if (actor.kind === 'person' && actor.person === person) return [];
  const scope = states.person.memberOf?.kind === 'provider' ? { provider: states.person.memberOf.provider } : {};
  return may(actingNow(actor, states.by), 'people.manage', scope, today) ? [] : [rightMissing('people.manage')];
}
