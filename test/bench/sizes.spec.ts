import { expect, test } from '@jest/globals';
import { askedFor, sizes } from './sizes.js';

test('without a flag everything is measured, at the sizes the bars are set for', () => {
  expect([askedFor([]), askedFor(['--quick'])]).toEqual(['full', 'quick']);
  expect([Math.max(...sizes.full.more.lists.sizes), sizes.full.more.releases]).toEqual([100_000, 10_000]);
  expect(Math.min(sizes.full.rounds, sizes.quick.rounds)).toBeGreaterThanOrEqual(5);
});

test('what is not understood is answered with the usage', () => {
  expect([['--full'], ['--quikc'], ['quick']].map(askedFor)).toEqual([undefined, undefined, undefined]);
});
