import { addDays, type CivilDate } from '@concordat/platform/core';

/** One whole day in a calendar. */
export interface CalendarEntry {
  /** The same for ever, so that a calendar moves an entry instead of doubling it. */
  readonly uid: string;
  /** Rises with every change. */
  readonly sequence: number;
  /** ISO 8601 in UTC. */
  readonly changedAt: string;
  readonly on: CivilDate;
  readonly summary: string;
  readonly description: string;
  readonly url: string;
}

/** Days as an iCalendar file (RFC 5545). */
export function asCalendar(of: string, entries: readonly CalendarEntry[]): string {
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', `PRODID:-//Concordat//${of}//EN`, 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', ...entries.flatMap(linesOf), 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function linesOf({ uid, sequence, changedAt, on, summary, description, url }: CalendarEntry): readonly string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${sequence}`,
    `DTSTAMP:${changedAt.replace(/\.\d+/, '').replace(/[-:]/g, '')}`,
    `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${addDays(on, 1).replaceAll('-', '')}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(description)}`,
    'TRANSP:TRANSPARENT',
    `URL:${url}`,
    'END:VEVENT',
  ];
}

// RFC 5545 section 3.3.11.
function text(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n').replace(/\p{Cc}/gu, ' ');
}

// RFC 5545 section 3.1: at most 75 octets a line, never in the middle of a character.
function folded(line: string): string {
  const lines: string[] = [];
  let current = '';
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > 75) {
      lines.push(current);
      current = ' ';
      octets = 1;
    }
    current += character;
    octets += size;
  }
  return [...lines, current].join('\r\n');
}
