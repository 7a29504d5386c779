import { daysBetween, isRecordableDate } from '@concordat/platform/core';

const form = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?)?$/;

/**
 * The moment an ISO 8601 date or date-time names, in milliseconds since 1970 in UTC; a day alone is its beginning, a time
 * without an offset is taken as UTC. Undefined for anything else.
 */
export function instantOf(text: unknown): number | undefined {
  if (typeof text !== 'string') return undefined;
  const [, day = '', hours = '0', minutes = '0', seconds = '0', fraction = '', offset = 'Z'] = form.exec(text.trim()) ?? [];
  if (!isRecordableDate(day) || Number(hours) > 24 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const [, sign = '+', offsetHours = '0', offsetMinutes = '0'] = /^([+-])(\d{2}):?(\d{2})$/.exec(offset) ?? [];
  const away = (sign === '-' ? -1 : 1) * (Number(offsetHours) * 60 + Number(offsetMinutes));
  return daysBetween('1970-01-01', day) * 86_400_000 + ((Number(hours) * 60 + Number(minutes) - away) * 60 + Number(seconds)) * 1_000 + ms;
}

/** The civil day a date or date-time was written on, as it was written; undefined for anything else. */
export function dayOf(text: unknown): string | undefined {
  return instantOf(text) === undefined ? undefined : (text as string).trim().slice(0, 10);
}
