import { expect, test } from '@jest/globals';
import { FixedClock, SystemClock } from './clock.js';

test('a fixed clock stands still until it is moved', () => {
  const clock = new FixedClock('2026-03-02T09:00:00Z');
  clock.now().setFullYear(1999); // what it gave away is not the clock
  expect(clock.now()).toEqual(new Date('2026-03-02T09:00:00Z'));
  clock.advance(90_000);
  expect(clock.now()).toEqual(new Date('2026-03-02T09:01:30Z'));
  clock.set('2020-01-01T00:00:00Z');
  expect(clock.now()).toEqual(new Date('2020-01-01T00:00:00Z'));
});

test('a clock is not set to nonsense', () => {
  expect(() => new FixedClock('yesterday')).toThrow(RangeError);
});

test('the system\'s clock is this machine\'s', () => {
  expect(Math.abs(new SystemClock().now().getTime() - Date.now())).toBeLessThan(1_000);
});
