import type { ListedAgreement } from './agreement-list.store.js';
import { asCalendar } from './calendar-file.js';
import { asCsv, asXlsx, type Column } from './table-file.js';

const columns: readonly Column<ListedAgreement>[] = [
  { heading: 'Reference', width: 18, kind: 'text', of: ({ reference }) => reference },
  { heading: 'Title', width: 50, kind: 'text', of: ({ title }) => title },
  { heading: 'Kind', width: 12, kind: 'text', of: ({ kind }) => kind },
  { heading: 'Comes from', width: 40, kind: 'text', of: ({ parentTitle }) => parentTitle },
  { heading: 'Tier', width: 10, kind: 'text', of: ({ tier }) => tier },
  { heading: 'Commissioning process', width: 22, kind: 'text', of: ({ pathway }) => pathway },
  { heading: 'Route', width: 26, kind: 'text', of: ({ route }) => route },
  { heading: 'Stage', width: 16, kind: 'text', of: ({ stage }) => stage },
  { heading: 'State', width: 10, kind: 'text', of: ({ lifecycle }) => lifecycle },
  { heading: 'Starts on', width: 12, kind: 'day', of: ({ startsOn }) => startsOn },
  { heading: 'Ends on', width: 12, kind: 'day', of: ({ endsOn }) => endsOn },
  { heading: 'Opened on', width: 12, kind: 'day', of: ({ openedAt }) => openedAt.slice(0, 10) },
  { heading: 'Last change', width: 12, kind: 'day', of: ({ changedAt }) => changedAt.slice(0, 10) },
  { heading: 'Id', width: 38, kind: 'text', of: ({ id }) => id },
];

/** A list of agreements as CSV. */
export function agreementsAsCsv(rows: readonly ListedAgreement[]): string {
  return asCsv(columns, rows);
}

/** A list of agreements as an XLSX workbook. */
export function agreementsAsXlsx(rows: readonly ListedAgreement[]): Promise<Buffer> {
  return asXlsx('Agreements', columns, rows);
}

/**
 * The days on which the contracts of these agreements start and end, as an iCalendar file. An agreement without a period has none.
 * @param link the address of an agreement's page, by its id.
 */
export function agreementsAsCalendar(rows: readonly ListedAgreement[], link: (id: string) => string): string {
  const entries = rows.flatMap(({ id, version, title, reference, changedAt, startsOn, endsOn }) =>
    ([['start', startsOn, 'Contract starts'], ['end', endsOn, 'Contract ends']] as const).flatMap(([what, on, says]) =>
      on === null
        ? []
        : [{ uid: `agreement-${what}-${id}@concordat`, sequence: version, changedAt, on, summary: `${says}: ${title}`, description: reference === null ? '' : `Reference: ${reference}`, url: link(id) }],
    ),
  );
  return asCalendar('Agreements', entries);
}
