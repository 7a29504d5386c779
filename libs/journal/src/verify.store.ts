import type { Database } from '@concordat/platform';
import { eventColumns, type EventRow } from './journal.store.js';

/** Runs one statement inside the tenant: by the app's database, or in a test by whoever tampers. */
export type Ask = (text: string, values: unknown[]) => Promise<Record<string, unknown>[]>;

export function askerOf(database: Database, tenant: string): Ask {
  return (text, values) => database.inTenant(tenant, (tx) => tx.query(text, values));
}

export async function tenantsOf(database: Database): Promise<string[]> {
  const rows = await database.statement<{ tenant: string }>('journal.tenants', 'SELECT tenant FROM journal.tenants() AS t(tenant)', []);
  return rows.map(({ tenant }) => tenant);
}

/** An event with what must stand beside it. */
export interface WitnessedRow extends EventRow {
  /** Position of the same stream's version before this one. */
  before: string | null;
  /** The version its stream claims to have. */
  stream_version: number | null;
  /** The run of positions its command's receipt claims. */
  receipt_first: string | null;
  receipt_last: string | null;
}

/** Events of a run of positions in order, each with its stream's version before, its stream row and its receipt. */
export async function readWitnessed(ask: Ask, tenant: string, from: number, until: number): Promise<WitnessedRow[]> {
  return (await ask(
    `SELECT ${eventColumns}, w.before, w.stream_version, w.receipt_first, w.receipt_last
     FROM journal.witnessed($1, $2, $3) w CROSS JOIN LATERAL (SELECT (w.event).*) e`,
    [tenant, from, until],
  )) as unknown as WitnessedRow[];
}

/** A row of an export of one stream: whole where it is of that stream, and without what it says where it is of another. */
export type PartRow = Omit<EventRow, 'data' | 'meta'> & { data: EventRow['data'] | null; meta: EventRow['meta'] | null };

/** Events of a run of positions in order, and what only those of one stream say. */
export async function readPart(ask: Ask, tenant: string, stream: string, from: number, until: number): Promise<PartRow[]> {
  return (await ask(
    `SELECT ${eventColumns.replace('e.data, e.meta', 'CASE WHEN e.stream = $4 THEN e.data END AS data, CASE WHEN e.stream = $4 THEN e.meta END AS meta')}
     FROM journal.event e WHERE e.tenant = $1 AND e.position BETWEEN $2 AND $3 ORDER BY e.position`,
    [tenant, from, until, stream],
  )) as unknown as PartRow[];
}

export interface HeadRow {
  position: string;
  hash: string;
  epoch: number;
  recorded_at: string;
}

export async function readHead(ask: Ask, tenant: string): Promise<HeadRow | undefined> {
  const [row] = await ask(`SELECT position, encode(hash, 'hex') AS hash, epoch, journal.moment(recorded_at) AS recorded_at FROM journal.head WHERE tenant = $1`, [tenant]);
  return row as unknown as HeadRow | undefined;
}

/** Something that stands where no event accounts for it. */
export interface Stray {
  readonly what: 'event' | 'receipt' | 'stream';
  readonly position: number;
  readonly name: string;
}

/** How many receipts or streams one statement looks at. */
const keysAtOnce = 10_000;
const firstKey = { receipt: '00000000-0000-0000-0000-000000000000', stream: '' };

/** What only looking from the other side finds: of each kind the one with the lowest position. In pages, so that no statement takes longer the longer the journal is. */
export async function readStrays(ask: Ask, tenant: string): Promise<Stray[]> {
  const strays = (await ask('SELECT position, name FROM journal.stray_event($1)', [tenant])).map(strayOf('event'));
  for (const what of ['receipt', 'stream'] as const) {
    const found: Stray[] = [];
    for (let from: unknown = firstKey[what]; from !== null; ) {
      const [row] = await ask(`SELECT position, name, next FROM journal.stray_${what}($1, $2, $3)`, [tenant, from, keysAtOnce]);
      if (row && row.position !== null) found.push(strayOf(what)(row));
      from = row?.next ?? null;
    }
    strays.push(...found.sort(byPosition).slice(0, 1));
  }
  return strays.sort(byPosition);
}

const strayOf =
  (what: Stray['what']) =>
  ({ position, name }: Record<string, unknown>): Stray => ({ what, position: Number(position), name: String(name) });

const byPosition = (a: Stray, b: Stray): number => a.position - b.position;
