import type { CivilDate } from '@concordat/platform/core';
import { asCalendar, type CalendarEntry } from './calendar-file.js';
import type { ExportedContract } from './contract.js';
import { asCsv, asXlsx, type Column } from './table-file.js';

const columns: readonly Column<ExportedContract>[] = [
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
  { heading: 'Clashes', width: 50, kind: 'text', of: ({ clashes }) => clashes.join(' ') || null },
  { heading: 'To check', width: 50, kind: 'text', of: ({ problems }) => problems.map(({ says }) => says).join(' ') || null },
];

/** The contracts as CSV. */
export function contractsAsCsv(contracts: readonly ExportedContract[]): string {
  return asCsv(columns, contracts);
}

/** The contracts as an XLSX workbook. */
export function contractsAsXlsx(contracts: readonly ExportedContract[]): Promise<Buffer> {
  return asXlsx('Contracts', columns, contracts);
}

/**
 * Latest safe starts and ends as an iCalendar file: whole days, one UID for ever, SEQUENCE the contract's revision, so that a
 * calendar moves an entry instead of doubling it. Contracts without an end date have no entries.
 * @param link the address of the page of a contract: of the agreement that it was taken over as, else in the register.
 */
export function contractsAsCalendar(contracts: readonly ExportedContract[], link: (contract: ExportedContract) => string): string {
  const entries = contracts.flatMap((contract) => {
    const { id, revision, changedAt, title, provider, lead, latestSafeStart, endsOn } = contract;
    const about = [provider && `Provider: ${provider}`, lead && `Lead: ${lead}`, latestSafeStart && `Latest safe start: ${latestSafeStart}`, endsOn && `Ends: ${endsOn}`];
    const entry = (what: string, on: CivilDate | null, summary: string): readonly CalendarEntry[] =>
      on === null ? [] : [{ uid: `${what}-${id}@concordat`, sequence: revision, changedAt, on, summary, description: about.filter(Boolean).join('\n'), url: link(contract) }];
    return [...entry('latest-safe-start', latestSafeStart, `Start renewing by today: ${title}`), ...entry('contract-end', endsOn, `Contract ends: ${title}`)];
  });
  return asCalendar('Contract register', entries);
}
