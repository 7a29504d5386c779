import { asCsv, asXlsx, type Column } from '@concordat/register';
import type { DeliveryWithoutAnswers } from './told.js';

const last = ({ attempts }: DeliveryWithoutAnswers) => attempts.at(-1);

// What a server answered is its owner's and stands in no file that is passed on.
const columns: readonly Column<DeliveryWithoutAnswers>[] = [
  { heading: 'Message', width: 38, kind: 'text', of: ({ event }) => event },
  { heading: 'Type', width: 50, kind: 'text', of: ({ type }) => type },
  { heading: 'Agreement', width: 38, kind: 'text', of: ({ agreement }) => agreement },
  { heading: 'Number', width: 10, kind: 'count', of: ({ sequence }) => sequence },
  { heading: 'State', width: 12, kind: 'text', of: ({ state }) => state },
  { heading: 'Tries', width: 8, kind: 'count', of: ({ tries }) => tries },
  { heading: 'Next try at', width: 24, kind: 'text', of: ({ state, nextAt }) => (state === 'pending' || state === 'retry' ? nextAt : null) },
  { heading: 'Settled at', width: 24, kind: 'text', of: ({ settledAt }) => settledAt },
  { heading: 'Last attempt at', width: 24, kind: 'text', of: (one) => last(one)?.startedAt ?? null },
  { heading: 'Last status', width: 12, kind: 'count', of: (one) => last(one)?.status ?? null },
  { heading: 'Last error', width: 18, kind: 'text', of: (one) => last(one)?.error ?? null },
  { heading: 'Took (ms)', width: 10, kind: 'count', of: (one) => (last(one) === undefined ? null : Math.round(last(one)!.milliseconds)) },
];

/** Deliveries with their last attempt as CSV. */
export function deliveriesAsCsv(deliveries: readonly DeliveryWithoutAnswers[]): string {
  return asCsv(columns, deliveries);
}

/** Deliveries with their last attempt as an XLSX workbook. */
export function deliveriesAsXlsx(deliveries: readonly DeliveryWithoutAnswers[]): Promise<Buffer> {
  return asXlsx('Deliveries', columns, deliveries);
}
