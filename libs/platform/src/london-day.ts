const london = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' });

/** The civil day in Europe/London at an instant, `YYYY-MM-DD`: 23:30 UTC on a summer evening is already the next day. */
export function londonDay(instant: Date): string {
  return london.format(instant);
}
