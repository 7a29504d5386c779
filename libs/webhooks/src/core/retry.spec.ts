import { expect, test } from '@jest/globals';
import { retrySchedule, secondsUntilRetry } from './index.js';

test('a delivery is tried ten times: at once, then after 5 s, 5 min, 30 min, 2, 5, 10, 14, 20 and 24 hours', () => {
  const waits = Array.from({ length: 11 }, (_, failures) => secondsUntilRetry(failures, 0.5));
  expect(waits).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400, null]);
});

test('chance moves a try by at most a fifth to either side', () => {
  for (const [failures, planned] of retrySchedule.entries()) {
    expect(secondsUntilRetry(failures, 0)).toBeCloseTo(planned * 0.8);
    expect(secondsUntilRetry(failures, 0.999_999)).toBeCloseTo(planned * 1.2, 0);
  }
});
