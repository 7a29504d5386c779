// Made at the first question: the calendars of the world take a while to load.
let london: Intl.DateTimeFormat | undefined;

const hourMs = 3_600_000;
let hour = Number.NaN;
let day = '';

/** The civil day in Europe/London at an instant, `YYYY-MM-DD`: 23:30 UTC on a summer evening is already the next day. */
export function londonDay(instant: Date): string {
  // London's days begin on full hours of UTC, so one answer serves an hour: the calendar costs more than all else here.
  const asked = Math.floor(instant.getTime() / hourMs);
  if (asked !== hour) {
    london ??= new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });
    day = london.format(instant);
    hour = asked;
  }
  return day;
}
