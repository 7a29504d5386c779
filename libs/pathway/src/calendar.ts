import { isCivilDate } from '@concordat/platform/core';
import { z } from 'zod';
import type { HolidayCalendar, Jurisdiction } from './core/index.js';
import { jurisdictions } from './core/index.js';

const division = z.object({ events: z.array(z.object({ date: z.string().refine(isCivilDate) })).min(1) });
const govUkFile = z.object(Object.fromEntries(jurisdictions.map((name) => [name, division])) as Record<Jurisdiction, typeof division>);

/**
 * A calendar from a file in the shape of gov.uk's `bank-holidays.json`. What an administrator adds is the organisation's own.
 * The known years are those that all three jurisdictions have days in.
 * @throws z.ZodError when the file has another shape.
 */
export function readHolidays(json: unknown, source: string): HolidayCalendar {
  const file = govUkFile.parse(json);
  const years = jurisdictions.map((name) => file[name].events.map(({ date }) => Number(date.slice(0, 4))));
  const daysOf = (name: Jurisdiction) => [...new Set(file[name].events.map(({ date }) => date))].sort();
  return {
    source,
    firstKnownYear: Math.max(...years.map((known) => Math.min(...known))),
    lastKnownYear: Math.min(...years.map((known) => Math.max(...known))),
    holidays: Object.fromEntries(jurisdictions.map((name) => [name, daysOf(name)])) as Record<Jurisdiction, string[]>,
  };
}
