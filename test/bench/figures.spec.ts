import { expect, test } from '@jest/globals';
import { figureOf, notHeld, percentile, said, tableOf, verdictOn } from './figures.js';

const bars = { first: 0.45, aheadOfAll: 0.7 };

test('the median of an even number of rounds lies between the two in the middle', () => {
  expect(figureOf([4, 1, 3, 2])).toEqual({ median: 2.5, lowest: 1, highest: 4 });
});

test('a percentile is a latency that was measured, never one between two', () => {
  const latencies = Array.from({ length: 100 }, (_, at) => at + 1);
  expect([0.5, 0.95, 0.99, 1].map((part) => percentile(latencies, part))).toEqual([50, 95, 99, 100]);
});

test('a ratio is held to both bars by its median', () => {
  expect(verdictOn([0.4, 0.8, 0.9], [100, 110, 120], bars)).toBe('ahead of all');
  expect(verdictOn([0.4, 0.5, 0.9], [100, 110, 120], bars)).toBe('first bar held');
  expect(verdictOn([0.2, 0.3, 0.9], [100, 110, 120], bars)).toBe('BELOW THE FIRST BAR');
});

test('where the floor itself doubled between rounds nothing is concluded', () => {
  expect(verdictOn([0.9, 0.9, 0.9], [100, 150, 201], bars)).toBe('no verdict');
});

test('a report names the bars that were not held, whatever the table they stand in, and no other line', () => {
  const report = [
    `B8   idle RSS of web: 182 MB; bar 250 MB: ${said(true)}\n`,
    `B8   cold start of web: 2100 ms; bar 2000 ms: ${said(false)}\n`,
    tableOf([['1', verdictOn([0.9], [100, 201], bars)], ['8', verdictOn([0.5], [100], bars)], ['32', verdictOn([0.4], [100], bars)]]),
  ].join('');
  expect(notHeld(report)).toEqual(['B8   cold start of web: 2100 ms; bar 2000 ms: NOT HELD', '  32  BELOW THE FIRST BAR']);
});
