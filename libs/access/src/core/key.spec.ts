import { expect, test } from '@jest/globals';
import type { Actor } from './actor.js';
import type { RoleGrant } from './grant.js';
import { type KeyWish, liveKeys, whatForbidsKey, whatForbidsRevoking } from './key.js';
import { initialPerson, type Person } from './person.js';
import type { Right } from './right.js';

const today = '2026-03-15';
const person = (...held: RoleGrant[]): Person => ({
  registered: true, disabled: false, memberOf: { kind: 'organisation' }, grants: held.map((grant, index) => ({ ...grant, grant: `g${index}` })), delegations: [], absences: [], standsInFor: [], identities: [], linkedBy: {}, givenBy: {},
});
const commissioner = person({ role: 'commissioner' });
const administrator = person({ role: 'administrator' });
const acts = (id: string, scopes: readonly Right[] | 'all' = 'all'): Actor => ({ kind: 'person', person: id, grants: [], scopes });
const wish: KeyWish = { person: 'p', label: 'works', scopes: ['agreement.read'], lastDay: '2026-06-30' };
const against = (changes: Partial<KeyWish>, states: { person?: Person; by?: Person; live?: number } = {}, actor: Actor = acts('p')) =>
  whatForbidsKey({ ...wish, ...changes }, { person: commissioner, by: commissioner, live: 0, ...states }, { actor, today }).map(({ code }) => code);

test('a person makes keys for themselves', () => {
  expect(against({})).toEqual([]);
  expect(against({ scopes: 'all' })).toEqual([]);
});

test('nobody makes a key that acts as somebody else, not even an administrator: they would approve through it', () => {
  expect(against({}, { by: administrator }, acts('admin'))).toEqual(['key.for-another']);
});

test("the system's operator gives a person their first key, and other system actors do not", () => {
  const by = initialPerson;
  expect(against({}, { by }, { kind: 'system', name: 'operator' })).toEqual([]);
  expect(against({}, { by }, { kind: 'system', name: 'timer' })).toEqual(['right.missing']);
});

test('a key never opens more than the key it was made with', () => {
  const narrow = acts('p', ['key.manage', 'agreement.read']);
  expect(against({}, {}, narrow)).toEqual([]);
  expect(against({ scopes: 'all' }, {}, narrow)).toEqual(['key.wider-than-yours']);
  expect(against({ scopes: ['agreement.read', 'agreement.move'] }, {}, narrow)).toEqual(['key.wider-than-yours']);
  expect(against({}, {}, acts('p', ['agreement.read']))).toEqual(['right.missing']);
});

test('a key expires within a year, today at the earliest', () => {
  expect(against({ lastDay: today })).toEqual([]);
  expect(against({ lastDay: '2026-03-14' })).toEqual(['key.expiry']);
  expect(against({ lastDay: '2027-03-16' })).toEqual([]);
  expect(against({ lastDay: '2027-03-17' })).toEqual(['key.expiry']);
});

test('two keys of one label may be live, for rotation, and no third', () => {
  expect(against({}, { live: liveKeys - 1 })).toEqual([]);
  expect(against({}, { live: liveKeys })).toEqual(['key.two-live']);
});

test('someone unknown or disabled gets no key, and a key opens at least one thing', () => {
  const operator: Actor = { kind: 'system', name: 'operator' };
  expect(against({}, { person: initialPerson }, operator)).toEqual(['person.unknown']);
  expect(against({ scopes: [] }, { person: { ...commissioner, disabled: true } }, operator)).toEqual(['person.disabled', 'key.opens-nothing']);
});

test('a key is revoked by its person or by who looks after that person', () => {
  const revoking = (actor: Actor, by: Person) => whatForbidsRevoking('p', { person: commissioner, by }, { actor, today }).map(({ code }) => code);
  expect(revoking(acts('p'), commissioner)).toEqual([]);
  expect(revoking(acts('admin'), administrator)).toEqual([]);
  expect(revoking(acts('q'), commissioner)).toEqual(['right.missing']);
});
