/**
 * Seconds between a failure and the next try; the first entry is the first try. Ten tries over three and a half days
 * (the example schedule of Standard Webhooks 1.0, with its tail drawn out).
 */
export const retrySchedule = [
  0,
  5,
  5 * 60,
  30 * 60,
  2 * 3600,
  5 * 3600,
  10 * 3600,
  14 * 3600,
  20 * 3600,
  24 * 3600,
] as const;

/** Tries fall this far to either side of the schedule, so that endpoints that failed together do not come back together. */
export const jitter = 0.2;

/**
 * Seconds until the next try after `failures` failures, or `null` when the schedule is exhausted.
 * `chance` in [0, 1) is drawn at the edge: 0 is the earliest moment, 0.5 the schedule itself.
 */
export function secondsUntilRetry(failures: number, chance: number): number | null {
  const planned = retrySchedule[failures];
  return planned === undefined ? null : planned * (1 - jitter + 2 * jitter * chance);
}
