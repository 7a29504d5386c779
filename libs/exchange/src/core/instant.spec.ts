import { expect, test } from '@jest/globals';
import { dayOf, instantOf } from './instant.js';

test.each([
  ['2026-06-01', '2026-06-01T00:00:00.000Z'],
  ['2026-06-01 09:30', '2026-06-01T09:30:00.000Z'],
  ['2026-06-01t09:30:15z', '2026-06-01T09:30:15.000Z'],
  [' 2026-06-01T09:30:15.5 Z ', '2026-06-01T09:30:15.500Z'],
  ['2026-06-01T09:30:15.1234567+01:00', '2026-06-01T08:30:15.123Z'],
  ['2026-06-01T20:30:15-0530', '2026-06-02T02:00:15.000Z'],
  ['2026-06-01T24:00:00Z', '2026-06-02T00:00:00.000Z'],
  ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00.000Z'],
])('“%s” is the moment %s', (text, moment) => {
  expect(new Date(instantOf(text)!).toISOString()).toBe(moment);
});

test.each(['', 'soon', '2026-02-30', 'on 2026-06-01', '2026-06-01, in the morning', '2026-06-01T25:00', '2026-06-01T09:60', '2026-06-01T09:00:61', '2026-06-01T09:00:00+1:00', '2026-06-01T09:00:00+01:0', '2026-06-01T09', 20_260_601, null])('“%s” is no moment, and on no day', (text) => {
  expect([instantOf(text), dayOf(text)]).toEqual([undefined, undefined]);
});

test('the day is the one that was written, wherever that was', () => {
  expect(dayOf(' 2026-06-01T23:30:00-05:00')).toBe('2026-06-01');
});
