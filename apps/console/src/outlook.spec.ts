import { expect, test } from '@jest/globals';
import { Named } from './names.js';
import { happeningShown } from './outlook.js';

test('what was recorded is read in the order it was asked in, whatever order the database keeps, down to its parts', () => {
  const cost = '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a';
  const asKept = { cost, hours: 40, spent: { amount: '1200.00', currency: 'GBP' }, units: 10, period: { endsOn: '2026-01-28', startsOn: '2026-01-01' }, outcome: cost };
  const { rows } = happeningShown({ type: 'concordat.agreement.cost-recorded.v1', data: asKept } as never, new Named(undefined, new Map([[cost, 'Fewer falls']])));
  expect(rows.map(({ label }) => label)).toEqual(['Outcome', 'Period', 'What was spent', 'How often it was reached', 'Hours']);
  const inWords = happeningShown({ type: 'concordat.agreement.provider-invited.v1', data: { provider: cost, unknown: 'Whatever' } } as never, new Named(undefined, new Map([[cost, 'First Provider']])));
  expect(inWords.rows.map(({ value }) => value)).toEqual(['First Provider', 'Whatever']);
});
