import { addDays, type CivilDate } from '@concordat/platform/core';
import { stringify } from 'csv-stringify/sync';
import type { Cell } from 'write-excel-file/node';
import type { Contract } from './contract.js';

interface Column {
  readonly heading: string;
  readonly width: number;
  readonly kind: 'text' | 'money' | 'day' | 'count';
  readonly of: (contract: Contract) => string | number | null;
}

const columns: readonly Column[] = [
  { heading: 'Reference', width: 16, kind: 'text', of: ({ reference }) => reference },
  { heading: 'Title', width: 44, kind: 'text', of: ({ title }) => title },
  { heading: 'Provider', width: 30, kind: 'text', of: ({ provider }) => provider },
  { heading: 'Lead', width: 20, kind: 'text', of: ({ lead }) => lead },
  { heading: 'Value (GBP)', width: 14, kind: 'money', of: ({ value }) => value },
  { heading: 'Starts on', width: 12, kind: 'day', of: ({ startsOn }) => startsOn },
  { heading: 'Ends on', width: 12, kind: 'day', of: ({ endsOn }) => endsOn },
  { heading: 'Extension', width: 18, kind: 'text', of: ({ extension }) => extension },
  { heading: 'Tier', width: 10, kind: 'text', of: ({ tierUsed }) => tierUsed },
  { heading: 'Route', width: 24, kind: 'text', of: ({ route }) => route },
  { heading: 'Latest safe start', width: 16, kind: 'day', of: ({ latestSafeStart }) => latestSafeStart },
  { heading: 'State', width: 14, kind: 'text', of: ({ state }) => state },
  { heading: 'Late by (days)', width: 14, kind: 'count', of: ({ lateByDays }) => lateByDays },
  { heading: 'To check', width: 50, kind: 'text', of: ({ problems }) => problems.map(({ says }) => says).join(' ') || null },
];

/**
 * The contracts as CSV (RFC 4180, UTF-8 with a byte order mark, because spreadsheets read it as Latin-1 without). A cell that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function contractsAsCsv(contracts: readonly Contract[]): string {
  return stringify(
    contracts.map((contract) => columns.map(({ of }) => of(contract))),
    { header: true, columns: columns.map(({ heading }) => heading), bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}

/** The contracts as an XLSX workbook with real dates and numbers. Texts stand as texts, so that none becomes a formula. */
export async function contractsAsXlsx(contracts: readonly Contract[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const headings: Cell[] = columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' }));
  return writeXlsxFile([headings, ...contracts.map((contract) => columns.map((column) => cellOf(column, contract)))], {
    sheet: 'Contracts',
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function cellOf({ kind, of }: Column, contract: Contract): Cell {
  const value = of(contract);
  if (value === null) return null;
  if (kind === 'money') return { value: Number(value), type: Number, format: '#,##0.00' };
  if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return typeof value === 'number' ? { value, type: Number } : { value: value.slice(0, 32_767), type: String };
}

/**
 * Latest safe starts and ends as an iCalendar file (RFC 5545): whole days, one UID for ever, SEQUENCE the contract's revision, so
 * that a calendar moves an entry instead of doubling it. Contracts without an end date have no entries.
 * @param link the address of a contract's page, by its id, where it has one.
 */
export function contractsAsCalendar(contracts: readonly Contract[], link?: (id: string) => string): string {
  const entries = contracts.flatMap((contract) => {
    const { id, title, provider, lead, latestSafeStart, endsOn } = contract;
    const about = [provider && `Provider: ${provider}`, lead && `Lead: ${lead}`, latestSafeStart && `Latest safe start: ${latestSafeStart}`, endsOn && `Ends: ${endsOn}`];
    const entry = (what: string, on: CivilDate | null, summary: string) =>
      on === null ? [] : [...entryLines(contract, `${what}-${id}@concordat`, on, summary, about.filter(Boolean).join('\n')), ...(link === undefined ? [] : [`URL:${link(id)}`]), 'END:VEVENT'];
    return [...entry('latest-safe-start', latestSafeStart, `Start renewing by today: ${title}`), ...entry('contract-end', endsOn, `Contract ends: ${title}`)];
  });
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Concordat//Contract register//EN', 'CALSCALE:GREGORIAN', 'METHOD:PUBLISH', ...entries, 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

function entryLines(contract: Contract, uid: string, on: CivilDate, summary: string, description: string): readonly string[] {
  const changed = contract.changedAt.replace(/\.\d+/, '').replace(/[-:]/g, '');
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `SEQUENCE:${contract.revision}`,
    `DTSTAMP:${changed}`,
    `DTSTART;VALUE=DATE:${on.replaceAll('-', '')}`,
    `DTEND;VALUE=DATE:${addDays(on, 1).replaceAll('-', '')}`,
    `SUMMARY:${text(summary)}`,
    `DESCRIPTION:${text(description)}`,
    'TRANSP:TRANSPARENT',
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
