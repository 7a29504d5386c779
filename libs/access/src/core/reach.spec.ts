import { expect, test } from '@jest/globals';
import { type Actor, providersOf, reachOf, type RoleGrant } from './index.js';

const day = '2026-03-16';
const someone = (...grants: RoleGrant[]): Actor => ({ kind: 'person', person: 'p', grants, scopes: 'all' });

test('staff reach every agreement of their organisation', () => {
  expect(reachOf(someone({ role: 'commissioner' }), 'agreement.read', day)).toBe('all');
});

test('whoever was given some agreements reaches those', () => {
  const given = someone({ role: 'contract-manager', agreements: ['a', 'b'] }, { role: 'representative', agreements: ['b'] });
  expect(reachOf(given, 'agreement.read', day)).toEqual({ providers: [], agreements: ['a', 'b'] });
  expect(reachOf(given, 'agreement.move', day)).toEqual({ providers: [], agreements: ['a', 'b'] });
  expect(reachOf(given, 'statement.give', day)).toEqual({ providers: [], agreements: ['b'] });
});

test('a provider\'s people reach what is their provider\'s, by the right and on the day', () => {
  const both = someone({ role: 'provider-admin', provider: 'one', until: '2026-03-15' }, { role: 'provider-signatory', provider: 'one' }, { role: 'provider-admin', provider: 'two' });
  expect(providersOf(both, 'agreement.read', day)).toEqual(['one', 'two']);
  expect(providersOf(both, 'event.read', day)).toEqual(['two']);
});

test('a key that lacks the right, somebody without a grant and a timer reach nothing', () => {
  const nothing = { providers: [], agreements: [] };
  expect(reachOf({ kind: 'person', person: 'p', grants: [{ role: 'commissioner' }], scopes: ['event.read'] }, 'agreement.read', day)).toEqual(nothing);
  expect(reachOf(someone(), 'agreement.read', day)).toEqual(nothing);
  expect(reachOf({ kind: 'system', name: 'nobody' }, 'agreement.read', day)).toEqual(nothing);
});
