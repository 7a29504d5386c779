import { expect, test } from '@jest/globals';
import { type Actor, providersOf, reachOf, type RoleGrant, takingPartRoles } from './index.js';

const day = '2026-03-16';
const someone = (...grants: RoleGrant[]): Actor => ({ kind: 'person', person: 'p', grants, scopes: 'all' });

test('staff reach every agreement of their organisation', () => {
  expect(reachOf(someone({ role: 'commissioner' }), 'agreement.read', day)).toBe('all');
});

test('whoever was given some agreements reaches those', () => {
  const given = someone({ role: 'contract-manager', agreements: ['a', 'b'] }, { role: 'representative', agreements: ['b'] });
  expect(reachOf(given, 'agreement.read', day)).toMatchObject({ providers: [], agreements: ['a', 'b'] });
  expect(reachOf(given, 'agreement.move', day)).toMatchObject({ providers: [], agreements: ['a', 'b'] });
  expect(reachOf(given, 'statement.give', day)).toMatchObject({ providers: [], agreements: ['b'] });
});

test('people who take part reach as such what they take part in, and nothing as the house does', () => {
  for (const role of takingPartRoles) {
    expect([role, reachOf(someone({ role }), 'agreement.read', day)]).toEqual([role, { providers: [], agreements: [], takingPart: 'all' }]);
    expect([role, reachOf(someone({ role, agreements: ['a'] }), 'agreement.read', day)]).toEqual([role, { providers: [], agreements: [], takingPart: ['a'] }]);
    expect([role, reachOf(someone({ role }, { role: 'facilitator', agreements: ['b'] }), 'agreement.read', day)]).toEqual([role, { providers: [], agreements: ['b'], takingPart: 'all' }]);
    expect([role, reachOf(someone({ role }, { role: 'facilitator' }), 'agreement.read', day)]).toEqual([role, 'all']);
  }
});

test('a provider\'s people reach what is their provider\'s, by the right and on the day', () => {
  const both = someone({ role: 'provider-admin', provider: 'one', until: '2026-03-15' }, { role: 'provider-signatory', provider: 'one' }, { role: 'provider-admin', provider: 'two' });
  expect(providersOf(both, 'agreement.read', day)).toEqual(['one', 'two']);
  expect(providersOf(both, 'event.read', day)).toEqual(['two']);
});

test('a key that lacks the right, somebody without a grant and a timer reach nothing', () => {
  const nothing = { providers: [], agreements: [], takingPart: [] };
  expect(reachOf({ kind: 'person', person: 'p', grants: [{ role: 'commissioner' }], scopes: ['event.read'] }, 'agreement.read', day)).toEqual(nothing);
  expect(reachOf(someone(), 'agreement.read', day)).toEqual(nothing);
  expect(reachOf({ kind: 'system', name: 'nobody' }, 'agreement.read', day)).toEqual(nothing);
});
