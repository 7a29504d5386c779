/** A day of the civil calendar, `YYYY-MM-DD` (ISO 8601), without time or zone. */
export type CivilDate = string;

// Days since 1970-01-01 and back, proleptic Gregorian: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
// The core may not touch Date, because Date can tell the time.
function toDays(date: CivilDate): number {
  const [y = 0, m = 0, d = 0] = date.split('-').map(Number);
  const year = m <= 2 ? y - 1 : y;
  const era = Math.floor(year / 400);
  const yearOfEra = year - era * 400;
  const dayOfYear = Math.floor((153 * (m > 2 ? m - 3 : m + 9) + 2) / 5) + d - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

function fromDays(days: number): CivilDate {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** True for a day that exists, written `YYYY-MM-DD`: `2026-02-29` is false. */
export function isCivilDate(text: string): text is CivilDate {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && fromDays(toDays(text)) === text;
}

/**
 * The same, of a year that may be recorded: from 1900 on. PostgreSQL knows no year 0, and nothing that is counted back from a
 * day may reach it.
 */
export function isRecordableDate(text: string): text is CivilDate {
  return isCivilDate(text) && text >= '1900';
}

/** The day `days` after `date` (before it, when negative). */
export function addDays(date: CivilDate, days: number): CivilDate {
  return fromDays(toDays(date) + days);
}

/** The same day so many months later, or the last of its month where that month is shorter. */
export function monthsAfter(day: CivilDate, months: number): CivilDate {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(at / 12), (at % 12) + 1];
  const last = m === 2 ? (y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0) ? 29 : 28) : [4, 6, 9, 11].includes(m) ? 30 : 31;
  return `${y}-${String(m).padStart(2, '0')}-${String(Math.min(date, last)).padStart(2, '0')}`;
}

/** How many days `to` lies after `from`; negative when before. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return toDays(to) - toDays(from);
}

/** The day of the week, ISO 8601: 1 Monday … 7 Sunday. */
export function weekday(date: CivilDate): number {
  return ((((toDays(date) + 3) % 7) + 7) % 7) + 1;
}
