import { addDays, type CivilDate, isCivilDate } from '@concordat/platform/core';
import { type Cell, textOf } from './sheet.js';

/** What a cell says of a field. A `doubt` stands beside a value that was read; what is `unreadable` was not guessed. */
export type Read<T> =
  | { readonly kind: 'value'; readonly value: T; readonly doubt?: Doubt }
  | { readonly kind: 'nothing'; readonly doubt?: Doubt }
  | { readonly kind: 'unreadable'; readonly doubt: Doubt };

/** What is wrong with a cell: a wire name, and a sentence that says what to do. */
export interface Doubt {
  readonly code: string;
  readonly says: string;
}

/** How a date column is meant. */
export interface DateHabit {
  /** Which day `March 2026` means: the first of the month for a start, the last for an end. */
  readonly edge: 'first' | 'last';
  /** `month-first` only where somebody confirmed it. */
  readonly order: 'day-first' | 'month-first';
}

const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];
const openEnded = /^(n\/?a|nil|none|no|-+|–|—|\.|rolling( contract)?|on-?\s?going|open[- ]?ended|indefinite(ly)?|perpetual|no end( date)?|until terminated|evergreen)$/i;
const unsettled = /^(tb[acd]|to be (confirmed|agreed|decided|advised)|unknown|not known|\?+|pending)$/i;
const earliest = '1950-01-01';
const latest = '2120-12-31';

/** The day a cell of a date column means. Never throws. */
export function readDate(cell: Cell | undefined, { edge, order }: DateHabit): Read<CivilDate> {
  const written = textOf(cell);
  if (written === '' || openEnded.test(written)) return { kind: 'nothing' };
  if (unsettled.test(written)) return { kind: 'nothing', doubt: { code: 'date.unsettled', says: `It says “${shown(written)}” instead of a date. Put the date in when it is known.` } };
  if (typeof cell === 'number' || /^\d{5}(\.\d+)?$/.test(written)) return ofSerial(Number(written), written);
  // Times of day, weekdays, ordinals and "of" add nothing.
  const plain = written
    .replace(/[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|Z)?$/i, '')
    .replace(/^(mon|tues?|wed(nes)?|thu(rs?)?|fri|sat(ur)?|sun)(day)?,?\s+/i, '')
    .replace(/(\d)(st|nd|rd|th)\b/gi, '$1')
    .replace(/\bof\b/gi, ' ')
    .replace(/,/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return ofNumbers(plain, order, edge) ?? ofMonthName(plain, edge) ?? unreadable(written);
}

/** True for a date written month first that cannot be meant day first, such as 03/31/2026. */
export function looksAmerican(cell: Cell | undefined): boolean {
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(textOf(cell));
  return parts !== null && Number(parts[1]) <= 12 && Number(parts[2]) > 12 && Number(parts[2]) <= 31;
}

/** True for a date that would be another day if it were written month first, such as 04/05/2026. */
export function isTwoSided(cell: Cell | undefined): boolean {
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})$/.exec(textOf(cell));
  return parts !== null && Number(parts[1]) <= 12 && Number(parts[2]) <= 12 && Number(parts[1]) !== Number(parts[2]);
}

// Days since 30 December 1899: Excel counts a 29 February 1900 that never was, so this holds from 1 March 1900 on.
function ofSerial(serial: number, written: string): Read<CivilDate> {
  const day = Number.isFinite(serial) && serial >= 18_264 && serial < 81_000 ? addDays('1899-12-30', Math.floor(serial)) : undefined;
  return day === undefined ? unreadable(written) : { kind: 'value', value: day };
}

function ofNumbers(plain: string, order: DateHabit['order'], edge: DateHabit['edge']): Read<CivilDate> | undefined {
  const iso = /^(\d{4})[-/. ]?(\d{2})[-/. ]?(\d{2})$/.exec(plain) ?? /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(plain);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]), plain);
  const month = /^(\d{1,2})[/.-](\d{4})$/.exec(plain);
  if (month !== null) return edgeOf(Number(month[2]), Number(month[1]), edge, plain);
  const parts = /^(\d{1,2})\s?[/.\-– ]\s?(\d{1,2})\s?[/.\-– ]\s?(\d{4}|\d{2})$/.exec(plain);
  if (parts === null) return undefined;
  const [first, second, year] = [Number(parts[1]), Number(parts[2]), yearOf(parts[3] ?? '')];
  if (order === 'month-first') return dayOf(year, first, second, plain);
  if (first <= 12 && second > 12 && second <= 31) {
    return {
      kind: 'unreadable',
      doubt: {
        code: 'date.american',
        says: `“${shown(plain)}” is written month first, as in America. It was not guessed: write it day first, or import the register again and say that its dates are written month first (with a mapping file, "dates": "month-first").`,
      },
    };
  }
  return dayOf(year, second, first, plain);
}

function ofMonthName(plain: string, edge: DateHabit['edge']): Read<CivilDate> | undefined {
  const [, day, name, year] =
    /^(\d{1,2})[-/. ]?([a-z]{3,9})\.?[-/. ']*(\d{4}|\d{2})$/i.exec(plain) ?? /^()([a-z]{3,9})\.?[-/. ']*(\d{4}|\d{2})$/i.exec(plain) ?? american(plain) ?? [];
  if (name === undefined || year === undefined) return undefined;
  const month = months.findIndex((full) => full === name.toLowerCase() || full.slice(0, 3) === name.toLowerCase() || (full === 'september' && /^sept$/i.test(name))) + 1;
  if (month === 0) return undefined;
  return day === undefined || day === '' ? edgeOf(yearOf(year), month, edge, plain) : dayOf(yearOf(year), month, Number(day), plain);
}

// March 31 2026 can only be meant one way, whoever writes it.
function american(plain: string): readonly (string | undefined)[] | undefined {
  const parts = /^([a-z]{3,9})\.? (\d{1,2}) (\d{4})$/i.exec(plain);
  return parts === null ? undefined : [parts[0], parts[2], parts[1], parts[3]];
}

// Two digits mean a year from 1980 to 2079.
function yearOf(digits: string): number {
  const year = Number(digits);
  return digits.length > 2 ? year : year < 80 ? 2000 + year : 1900 + year;
}

function dayOf(year: number, month: number, day: number, written: string): Read<CivilDate> {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  if (!isCivilDate(text)) return { kind: 'unreadable', doubt: { code: 'date.no-such-day', says: `There is no day “${shown(written)}”. Correct it in the register.` } };
  if (text < earliest || text > latest) return { kind: 'unreadable', doubt: { code: 'date.implausible', says: `“${shown(written)}” lies too far away to be meant. Correct it in the register.` } };
  return { kind: 'value', value: text };
}

function edgeOf(year: number, month: number, edge: DateHabit['edge'], written: string): Read<CivilDate> {
  if (month < 1 || month > 12 || edge === 'first') return dayOf(year, month, 1, written);
  const next = month === 12 ? dayOf(year + 1, 1, 1, written) : dayOf(year, month + 1, 1, written);
  return next.kind === 'value' ? { kind: 'value', value: addDays(next.value, -1) } : next;
}

function unreadable(written: string): Read<CivilDate> {
  const year = /^\d{4}(\s?[/-]\s?\d{2,4})?$/.test(written);
  return {
    kind: 'unreadable',
    doubt: year
      ? { code: 'date.year-only', says: `“${shown(written)}” is a year, not a day. Write the day, such as 31/03/2026.` }
      : { code: 'date.unreadable', says: `“${shown(written)}” cannot be read as a date. Write it like 31/03/2026 or 31 March 2026.` },
  };
}

/** A cell as a sentence can show it. */
export function shown(written: string): string {
  return written.length <= 60 ? written : `${written.slice(0, 59)}…`;
}
