import { expect, test } from '@jest/globals';
import { pathways } from '../published.js';
import { tierFor } from './tier.js';

const standard = pathways.find('standard', 1)!;
const pounds = (amount: string) => ({ amount, currency: 'GBP' });

test.each([
  ['a £9,000 lunch club is small', pounds('9000.00'), [], 'small'],
  ['£100,000 is still small', pounds('100000'), [], 'small'],
  ['a penny more is standard', pounds('100000.01'), [], 'standard'],
  ['above £5 million is major', pounds('5000000.01'), [], 'major'],
  ['an untried model goes up one', pounds('9000'), ['untried-model'], 'standard'],
  ['ending a standard service goes up one', pounds('200000'), ['ends-a-service'], 'major'],
  ['two reasons go up no more than one', pounds('9000'), ['untried-model', 'closed-setting'], 'standard'],
  ['a major agreement stays major', pounds('9000000'), ['closed-setting'], 'major'],
  ['a value nobody knows is standard', undefined, [], 'standard'],
  ['euros cannot be weighed in pounds: no currency makes less of an agreement', { amount: '10', currency: 'EUR' }, [], 'major'],
] as const)('%s', (_, value, raises, tier) => {
  expect(tierFor(standard, value, raises)).toBe(tier);
});
