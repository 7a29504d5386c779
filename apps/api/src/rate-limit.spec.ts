import { expect, test } from '@jest/globals';
import { RateLimit } from './rate-limit.js';

test('a caller sends a minute\'s worth at once, and then as fast as the bucket fills', () => {
  let now = 0;
  const limit = new RateLimit('key', 60, () => now);
  for (let sent = 0; sent < 60; sent += 1) expect(limit.take('a').granted).toBe(true);
  expect(limit.take('a')).toEqual({ granted: false, left: 0, seconds: 1 });
  now = 1;
  expect(limit.take('a').granted).toBe(true);
  expect(limit.take('a').granted).toBe(false);
});

test('one caller that has gone wild takes nothing from another', () => {
  const limit = new RateLimit('key', 2, () => 0);
  for (let sent = 0; sent < 9; sent += 1) limit.take('wild');
  expect(limit.take('quiet')).toEqual({ granted: true, left: 1, seconds: 30 });
});

test('names without end do not fill the memory', () => {
  const limit = new RateLimit('key', 2, () => 0);
  limit.take('first');
  for (let name = 0; name < 20_000; name += 1) limit.take(`${name}`);
  // Forgotten, it begins anew; one seen since is remembered.
  expect(limit.take('first').left).toBe(1);
  expect(limit.take('19999').left).toBe(0);
});
