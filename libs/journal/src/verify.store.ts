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

/**
 * Events of a run of positions in order, each with its stream's version before, its stream row and its receipt.
 * Each is looked up for itself: of a tenant that grew since the last ANALYZE PostgreSQL expects one row, to which all indexes that begin
 * with the tenant are as good, and would read the whole tenant for each event. Where a table has several such indexes, what is looked
 * up is therefore the first in the order of one of them; for the version before that is no guarantee, where the other index seems cheaper. What is looked up with must be a plain
 * column of the CTE: under row level security no index is asked with an expression that might leak (a subtraction, a cast).
 */
export async function readWitnessed(ask: Ask, tenant: string, from: number, until: number): Promise<WitnessedRow[]> {
  return (await ask(
    `WITH event AS MATERIALIZED (
       SELECT *, version - 1 AS version_before,
         CASE WHEN meta ->> 'commandId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (meta ->> 'commandId')::uuid END AS command_id
       FROM journal.event WHERE tenant = $1 AND position BETWEEN $2 AND $3 ORDER BY position)
     SELECT ${eventColumns}, CASE WHEN p.version = e.version_before THEN p.position END AS before, s.version AS stream_version,
       r.first_position AS receipt_first, r.position AS receipt_last
     FROM event e
     LEFT JOIN LATERAL (SELECT p.version, p.position FROM journal.event p
       WHERE p.tenant = $1 AND p.stream = e.stream AND p.version >= e.version_before ORDER BY p.version LIMIT 1) p ON true
     LEFT JOIN LATERAL (SELECT s.version FROM journal.stream s WHERE s.tenant = $1 AND s.stream = e.stream LIMIT 1) s ON true
     LEFT JOIN LATERAL (SELECT r.first_position, r.position FROM journal.receipt r WHERE r.tenant = $1 AND r.command_id = e.command_id LIMIT 1) r ON true
     ORDER BY e.position`,
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

/**
 * What only looking from the other side finds, lowest position first: events beyond the head, receipts whose last event is not
 * theirs, and streams that claim more versions than they have events.
 * Safe beside commands because it is one statement: head, events, receipts and streams come from one snapshot. The head to
 * compare with is read here too, for the feed may have grown since the walk began. Events are looked up as in readWitnessed.
 */
export async function readStrays(ask: Ask, tenant: string): Promise<Stray[]> {
  const rows = await ask(
    `WITH head AS (SELECT coalesce((SELECT position FROM journal.head WHERE tenant = $1), 0) AS position)
     (SELECT 'event' AS what, e.position, e.id::text AS name
      FROM journal.event e WHERE e.tenant = $1 AND e.position > (SELECT position FROM head) ORDER BY e.position LIMIT 1)
     UNION ALL
     (SELECT 'receipt', CASE WHEN r.position > head.position THEN head.position + 1 ELSE r.position END AS at, r.command_id::text
      FROM journal.receipt r CROSS JOIN head
      WHERE r.tenant = $1 AND (r.first_position > r.position OR r.command_id::text IS DISTINCT FROM
        (SELECT CASE WHEN e.position = r.position THEN e.meta ->> 'commandId' END
         FROM journal.event e WHERE e.tenant = $1 AND e.position >= r.position ORDER BY e.position LIMIT 1))
      ORDER BY at, r.command_id LIMIT 1)
     UNION ALL
     (SELECT 'stream', head.position + 1, s.stream
      FROM journal.stream s CROSS JOIN head
      WHERE s.tenant = $1 AND s.version > coalesce((SELECT e.version FROM journal.event e WHERE e.tenant = $1 AND e.stream = s.stream ORDER BY e.version DESC LIMIT 1), 0)
      ORDER BY s.stream LIMIT 1)`,
    [tenant],
  );
  return rows.map(({ what, position, name }) => ({ what: what as Stray['what'], position: Number(position), name: String(name) })).sort((a, b) => a.position - b.position);
}
