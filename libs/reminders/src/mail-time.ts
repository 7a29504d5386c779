import { digestAt, isQuiet, type MailWay, type NotificationKind, type Preference, type TimeOfDay } from './core/index.js';

// Made at the first question: the calendars of the world take a while to load.
let london: Intl.DateTimeFormat | undefined;
const dayMinutes = 24 * 60;

/** How a notification of this kind is mailed to somebody who wishes so: null where it is not. `at` may be now. */
export function mailingOf(kind: NotificationKind, { ways, quiet }: Preference, now: Date): { readonly digest: boolean; readonly at: Date } | null {
  const way: MailWay = ways[kind];
  if (way === 'never') return null;
  const begins = way === 'digest' ? next(digestAt, new Date(now.getTime() + 1)) : now;
  const waits = quiet !== null && kind !== 'concern' && isQuiet(quiet, timeIn(begins));
  return { digest: way === 'digest', at: waits ? next(quiet.to, begins) : begins };
}

/** From when on it is mailed that a day has come: at the time of digests, so that nobody is woken by midnight and a digest holds it the same day. */
export function morningOf(now: Date): Date {
  return timeIn(now) < digestAt ? new Date(next(digestAt, now).getTime() - 1) : now;
}

/** The time of day in Europe/London. */
function timeIn(at: Date): TimeOfDay {
  london ??= new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return london.format(at);
}

/** The first moment from `after` on at which it is this time in Europe/London. */
function next(time: TimeOfDay, after: Date): Date {
  const whole = new Date(Math.ceil(after.getTime() / 60_000) * 60_000);
  const wait = (minutesOf(time) - minutesOf(timeIn(whole)) + dayMinutes) % dayMinutes;
  const planned = new Date(whole.getTime() + wait * 60_000);
  // Where the clocks change in between it is an hour off, and set right; a time that is skipped in spring is the hour after it.
  const off = minutesOf(time) - minutesOf(timeIn(planned));
  const moved = new Date(planned.getTime() + (((off + 1.5 * dayMinutes) % dayMinutes) - dayMinutes / 2) * 60_000);
  return timeIn(moved) === time ? moved : planned;
}

function minutesOf(time: TimeOfDay): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
