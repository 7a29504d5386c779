import type { CivilDate } from '@concordat/platform/core';
import { addDays, weekday } from '@concordat/platform/core';
import type { HolidayCalendar, Jurisdiction, WorkingDayCalendar } from './route.js';

const jurisdictionsOf: { readonly [C in WorkingDayCalendar]: readonly Jurisdiction[] } = {
  'any-uk': ['england-and-wales', 'scotland', 'northern-ireland'],
  england: ['england-and-wales'],
};

/** No Saturday, no Sunday, no bank holiday of the calendar. Beyond the known years only weekends can be told. */
export function isWorkingDay(day: CivilDate, calendar: WorkingDayCalendar, holidays: HolidayCalendar): boolean {
  return weekday(day) <= 5 && !jurisdictionsOf[calendar].some((jurisdiction) => holidays.holidays[jurisdiction].includes(day));
}

/** The first `count` working days on or after a day, in order. */
export function workingDaysFrom(day: CivilDate, count: number, calendar: WorkingDayCalendar, holidays: HolidayCalendar): readonly CivilDate[] {
  const days: CivilDate[] = [];
  for (let next = day; days.length < count; next = addDays(next, 1)) {
    if (isWorkingDay(next, calendar, holidays)) days.push(next);
  }
  return days;
}

/** The working day that is the `count`th after a day, which is itself not counted; the day itself for 0. */
export function workingDaysAfter(day: CivilDate, count: number, calendar: WorkingDayCalendar, holidays: HolidayCalendar): CivilDate {
  return workingDaysFrom(addDays(day, 1), count, calendar, holidays).at(-1) ?? day;
}

/** The years of these two days whose bank holidays are not known. */
export function unknownYears(first: CivilDate, last: CivilDate, holidays: HolidayCalendar): readonly number[] {
  const years = [...new Set([Number(first.slice(0, 4)), Number(last.slice(0, 4))])];
  return years.filter((year) => year < holidays.firstKnownYear || year > holidays.lastKnownYear);
}

/** A sentence when some day from `first` to `last` lies in a year whose bank holidays are not known: nobody guesses them. */
export function unknownHolidays(first: CivilDate, last: CivilDate, holidays: HolidayCalendar): readonly string[] {
  const unknown = unknownYears(first, last, holidays);
  return unknown.length === 0
    ? []
    : [
        `The bank holidays of ${unknown.join(' and ')} are not known here (only those of ${holidays.firstKnownYear} to ${holidays.lastKnownYear}): ` +
          'only weekends were left out in that time, so the standstill may end later. Check the dates before relying on them.',
      ];
}
