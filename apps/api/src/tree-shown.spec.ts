import { initialAgreement, type Lot } from '@concordat/agreement/core';
import { expect, test } from '@jest/globals';
import { treeOf } from './tree-shown.js';

const lot = (title: string, parts: Pick<Lot, 'lead' | 'members' | 'subcontractors'>): Lot => ({ agreement: title, lot: title, title, value: { amount: '1.00', currency: 'GBP' }, ...parts });

test('in a whole that was split each provider has the largest part that it has in any contract', () => {
  const lots = [lot('North', { lead: 'a', members: [], subcontractors: ['b', 'c', 'd'] }), lot('South', { lead: 'b', members: ['c'], subcontractors: [] })];
  const { award } = initialAgreement;
  const parties = { a: 'provider', b: 'provider', c: 'provider', d: 'provider', e: 'invited' } as const;
  const whole = { ...initialAgreement, award: { ...award, parties, awarded: { lots, stage: 'award' } } };
  const { providers } = treeOf(whole, { above: [], beneath: [], earlier: 0, links: [] });
  expect(providers.map(({ provider, role }) => [provider, role])).toEqual([['a', 'lead'], ['b', 'lead'], ['c', 'member'], ['d', 'subcontractor'], ['e', 'invited']]);
});
