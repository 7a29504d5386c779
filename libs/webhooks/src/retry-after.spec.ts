import { expect, test } from '@jest/globals';
import { secondsToHold } from './retry-after.js';

const now = new Date('2026-06-01T12:00:00Z');

test.each([
  ['120', 120],
  [' 7 ', 7],
  ['0', null],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['', null],
  ['99999999999999999999', null],
  ['2026', 2026],
  ['2026-06-01T13:00:00Z', null],
  ['Mon, 01 Jun 2026 12:05:00 GMT', 300],
  ['Mon, 01 Jun 2026 11:55:00 GMT', null],
  ['Thu, 01 Jun 2036 12:00:00 GMT', 86_400],
  ['315360000', 86_400],
  ['Mon, rubbish', null],
])('Retry-After: %p holds the lane for %p seconds', (header, seconds) => {
  expect(secondsToHold(header, now)).toBe(seconds);
});

test('without the header the schedule stays as it is', () => {
  expect(secondsToHold(null, now)).toBeNull();
});
