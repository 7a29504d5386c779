const most = 24 * 3600;

/**
 * Seconds that a `Retry-After` header asks for (RFC 9110 section 10.2.3: seconds or a date), at most a day; `null` for one
 * that is missing, past or cannot be read, which leaves the schedule as it is.
 */
export function secondsToHold(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,10}$/.test(text)) return withinReason(Number(text));
  // Date.parse alone reads far more than HTTP dates, such as "12" or "tomorrow 3"; all forms of RFC 9110 begin with a day's name.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text)) return null;
  return withinReason((Date.parse(text) - now.getTime()) / 1000);
}

function withinReason(seconds: number): number | null {
  return seconds > 0 ? Math.min(seconds, most) : null;
}
