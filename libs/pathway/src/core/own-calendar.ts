import { type Actor, actingNow, may, type Person, rightMissing } from '@concordat/access/core';
import { accept, type Decision, type Fold, type NewEvent, refuse, type Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate, weekday } from '@concordat/platform/core';
import { type HolidayCalendar, type Jurisdiction, jurisdictions } from './route.js';

/** A bank holiday that an organisation knows of besides those that ship, such as one proclaimed for a coronation. */
export type OwnHoliday = {
  readonly day: CivilDate;
  /** Where it is kept. */
  readonly in: readonly Jurisdiction[];
  readonly title: string;
  /** Who says so, such as the number of the proclamation. */
  readonly cites: string;
};

/** All of them, as they hold from then on. `lastKnownYear`: up to this year no bank holiday is missing from those that ship and these together. */
export type OwnCalendar = { readonly holidays: readonly OwnHoliday[]; readonly lastKnownYear?: number | undefined };
export type OwnCalendarEvents = { 'concordat.calendar.changed.v1': OwnCalendar };
export type OwnCalendarEvent = { [T in keyof OwnCalendarEvents]: NewEvent<T, OwnCalendarEvents[T]> }[keyof OwnCalendarEvents];

/** The stream in which an organisation says which other days are no working days. */
export const ownCalendarStream = 'calendar-own';

export const ownCalendarFold: Fold<OwnCalendar, OwnCalendarEvent> = {
  kind: 'calendar',
  number: 1,
  initial: { holidays: [] },
  types: ['concordat.calendar.changed.v1'],
  upcasts: {},
  evolve: (_, { data }) => data,
};

/** The calendar with the organisation's own days in it. Every clock is computed anew by it, also one that runs already. */
export function withOwnHolidays(calendar: HolidayCalendar, { holidays: own, lastKnownYear = calendar.lastKnownYear }: OwnCalendar): HolidayCalendar {
  if (own.length === 0) return calendar;
  const daysOf = (name: Jurisdiction) => [...new Set([...calendar.holidays[name], ...own.filter((one) => one.in.includes(name)).map(({ day }) => day)])].sort();
  return { ...calendar, lastKnownYear: Math.max(calendar.lastKnownYear, lastKnownYear), holidays: Object.fromEntries(jurisdictions.map((name) => [name, daysOf(name)])) as unknown as Record<Jurisdiction, readonly CivilDate[]> };
}

const administrator = (what: string) => ({ what, suppliedBy: 'administrator' });

/** The years that are said to be known, and of which some part of the UK has no day here. */
function emptyYears(next: OwnCalendar, shipped: HolidayCalendar): readonly string[] {
  const { holidays } = withOwnHolidays(shipped, next);
  const years = Array.from({ length: Math.max(0, (next.lastKnownYear ?? 0) - shipped.lastKnownYear) }, (_, at) => `${shipped.lastKnownYear + 1 + at}`);
  return years.flatMap((year) => jurisdictions.filter((name) => !holidays[name].some((day) => day.startsWith(year))).map((name) => `the bank holidays of ${year} in ${name}`));
}

/** The event that gives an organisation these days besides those that ship, or every refusal at once. */
export function changeOwnCalendar(now: OwnCalendar, next: OwnCalendar, shipped: HolidayCalendar, actor: Actor, person: Person, today: CivilDate): Decision<OwnCalendarEvent> {
  if (!may(actingNow(actor, person), 'settings.manage', {}, today)) return refuse(rightMissing('settings.manage'));
  const days = next.holidays.map(({ day }) => day);
  const twice = days.filter((day, at) => days.indexOf(day) !== at);
  const empty = emptyYears(next, shipped);
  const free = days.filter((day) => weekday(day) > 5);
  const rules: readonly (Refusal | false)[] = [
    canonical(now) === canonical(next) && { code: 'already-so', asks: 'The calendar does not say this yet.', missing: [] },
    twice.length > 0 && { code: 'calendar.day-twice', asks: 'Each day stands here once, with every part of the UK in which it is kept.', missing: twice.map(administrator) },
    free.length > 0 && { code: 'calendar.weekend', asks: 'A Saturday or Sunday is no working day, whatever is proclaimed; the day kept instead is.', missing: free.map(administrator) },
    empty.length > 0 && { code: 'calendar.year-empty', asks: 'A year is known once its bank holidays stand here, those of every part of the UK.', missing: empty.map(administrator) },
  ];
  const [first, ...more] = rules.filter((rule) => rule !== false);
  return first === undefined ? accept({ stream: ownCalendarStream, type: 'concordat.calendar.changed.v1', data: next }) : refuse(first, ...more);
}
