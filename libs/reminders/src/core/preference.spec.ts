import { expect, test } from '@jest/globals';
import { isQuiet, notificationKinds, type QuietHours, usualPreference, waysOf } from './index.js';

test('quiet hours are from the first up to the second, over midnight where that is earlier', () => {
  const at = (hours: QuietHours) => ['07:59', '08:00', '12:00', '17:59', '18:00', '23:59', '00:00'].map((time) => isQuiet(hours, time));
  expect(at({ from: '08:00', to: '18:00' })).toEqual([false, true, true, true, false, false, false]);
  expect(at({ from: '18:00', to: '08:00' })).toEqual([true, false, false, false, true, true, true]);
});

test('a concern is mailed at once whatever somebody wishes, what is asked of them can wait and is never switched off, and until they wish anything all of it is mailed at once', () => {
  expect(waysOf.concern).toEqual(['at-once']);
  expect(notificationKinds.filter((kind) => (waysOf[kind] as readonly string[]).includes('never'))).toEqual(['people', 'progress']);
  expect(notificationKinds.filter((kind) => (waysOf[kind] as readonly string[]).includes('digest'))).toEqual(['asked', 'people', 'progress']);
  expect(new Set(Object.values(usualPreference.ways))).toEqual(new Set(['at-once']));
  expect(usualPreference.quiet).toBeNull();
});
