import { asCsv, asXlsx, type Column } from '@concordat/register';
import type { NotificationState } from './notification.store.js';
import type { ToldLine } from './outbox.js';

const states: Readonly<Record<NotificationState, string>> = { kept: 'shown in the outbox', due: 'to be mailed', sent: 'mailed', failed: 'could not be mailed' };

const columns: readonly Column<ToldLine>[] = [
  { heading: 'What it says', width: 60, kind: 'text', of: ({ says }) => says },
  { heading: 'To', width: 28, kind: 'text', of: ({ name, person }) => name ?? person },
  { heading: 'Agreement', width: 44, kind: 'text', of: ({ title }) => title },
  { heading: 'Happened at', width: 24, kind: 'text', of: ({ happenedAt }) => happenedAt },
  { heading: 'What became of it', width: 20, kind: 'text', of: ({ state }) => states[state] },
  { heading: 'Mailed at', width: 24, kind: 'text', of: ({ sentAt }) => sentAt },
  { heading: 'Fault', width: 14, kind: 'text', of: ({ fault }) => fault },
  { heading: 'Address', width: 60, kind: 'text', of: ({ address }) => address },
];

/** What people were told as CSV. */
export function notificationsAsCsv(lines: readonly ToldLine[]): string {
  return asCsv(columns, lines);
}

/** What people were told as an XLSX workbook. */
export function notificationsAsXlsx(lines: readonly ToldLine[]): Promise<Buffer> {
  return asXlsx('Outbox', columns, lines);
}
