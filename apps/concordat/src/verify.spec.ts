import { expect, test } from '@jest/globals';
import { inWords } from './verify.js';

test('each organisation is a line, the first bad position in it, and none at all is said too', () => {
  const [sound, broken] = [{ tenant: 'a', ok: true, events: 3 }, { tenant: 'b', ok: false, events: 9, firstBad: { position: 7, reason: 'its hash is another' } }];
  expect(inWords({ tenants: [sound, broken] })).toBe('a: 3 events, the chain holds.\nb: the chain is broken at position 7: its hash is another');
  expect(inWords({ tenants: [] })).toBe('There is no organisation yet, and so no chain to check.');
});

test('of an export of one agreement it is said how much of the chain can be read in it', () => {
  expect(inWords({ tenants: [{ tenant: 'a', ok: true, events: 40, sealed: 28 }] })).toBe('a: 40 events, the chain holds. 12 of them stand here whole, the others by their hashes alone.');
});
