import type { CivilDate } from '@concordat/platform/core';
import { addDays } from '@concordat/platform/core';
import type { HolidayCalendar, Route, StandstillPeriod } from './route.js';
import { unknownHolidays, workingDaysFrom } from './working-day.js';

/**
 * The standstill a route asks when its award notice is published on a day, or the sentence why it asks none.
 * PA 2023 s.51: 8 working days beginning with the day of publication; on a weekend or bank holiday it begins that day,
 * which is not counted. PSR reg 12(2): begins the day after publication and ends with the 8th working day after that day.
 */
export function standstillPeriod(route: Route, publishedOn: CivilDate, holidays: HolidayCalendar): StandstillPeriod | { readonly none: string } {
  const { standstill } = route;
  if (standstill.kind === 'none') return { none: standstill.says };
  const begins = standstill.begins === 'publication' ? publishedOn : addDays(publishedOn, 1);
  const counted = standstill.counts === 'from-that-day' ? begins : addDays(begins, 1);
  const days = workingDaysFrom(counted, standstill.days, standstill.calendar, holidays);
  const ends = days.at(-1) ?? begins;
  return { begins, ends, days, warnings: unknownHolidays(begins, ends, holidays) };
}
