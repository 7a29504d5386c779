import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { addDays, daysBetween, isCivilDate, weekday } from './civil-date.js';

const day = 86_400_000;
const first = Date.UTC(1600, 0, 1) / day;
const last = Date.UTC(2999, 11, 31) / day;
const asText = (days: number) => new Date(days * day).toISOString().slice(0, 10);
const anyDay = fc.integer({ min: first, max: last });

describe('a civil date', () => {
  test('agrees with the proleptic Gregorian calendar of Date on every day asked', () => {
    fc.assert(
      fc.property(anyDay, (days) => {
        expect(isCivilDate(asText(days))).toBe(true);
        expect(weekday(asText(days))).toBe(new Date(days * day).getUTCDay() || 7);
      }),
    );
  });

  test('moves by days as Date does, over month ends, leap years and centuries', () => {
    fc.assert(
      fc.property(anyDay, anyDay, (from, to) => {
        expect(addDays(asText(from), to - from)).toBe(asText(to));
        expect(daysBetween(asText(from), asText(to))).toBe(to - from);
      }),
    );
  });

  test('that is moved and moved back is where it was', () => {
    fc.assert(fc.property(anyDay, fc.integer({ min: -200_000, max: 200_000 }), (from, days) => {
      expect(addDays(addDays(asText(from), days), -days)).toBe(asText(from));
    }));
  });

  test.each(['2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '2026-1-1', '2026-01-01T00:00:00Z', ' 2026-01-01', ''])(
    'is not %p',
    (text) => expect(isCivilDate(text)).toBe(false),
  );

  test.each(['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'])('is %p', (text) => expect(isCivilDate(text)).toBe(true));

  test.each([
    ['2026-05-04', 1],
    ['2026-12-25', 5],
    ['2000-01-01', 6],
    ['1969-12-28', 7],
  ])('%s falls on ISO weekday %i', (date, expected) => expect(weekday(date)).toBe(expected));
});
