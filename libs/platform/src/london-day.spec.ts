import { expect, test } from '@jest/globals';
import { londonDay } from './london-day.js';

test.each([
  ['2026-07-01T22:59:59Z', '2026-07-01'],
  ['2026-07-01T23:00:00Z', '2026-07-02'],
  ['2026-12-31T23:30:00Z', '2026-12-31'],
  ['2026-03-29T00:59:59Z', '2026-03-29'],
  ['2028-02-29T12:00:00Z', '2028-02-29'],
])('at %s it is %s in London', (instant, day) => {
  expect(londonDay(new Date(instant))).toBe(day);
});
