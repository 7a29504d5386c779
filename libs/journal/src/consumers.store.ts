import type { Database, Tx } from '@concordat/platform';
import type { RecordedEvent } from './core/index.js';
import { eventColumns, type EventRow, recorded } from './journal.store.js';

/** A stream a consumer has given up on; nothing of it from `position` on has been handled. */
export interface Parked {
  readonly consumer: string;
  readonly stream: string;
  readonly position: number;
  /** What the consumer failed with the last time. */
  readonly error: string;
  /** ISO 8601 in UTC. */
  readonly parkedAt: string;
}

/** The tenants where one of these consumers has not read to the head. */
export async function tenantsBehind(database: Database, consumers: readonly string[]): Promise<string[]> {
  const rows = await database.statement<{ tenant: string }>('journal.tenants_behind', 'SELECT tenant FROM journal.tenants_behind($1) AS b(tenant)', [consumers]);
  return rows.map(({ tenant }) => tenant);
}

/** A consumer's cursor, in a transaction of its own: a row that is not committed cannot be locked or passed over by another. */
export async function makeCursor(database: Database, tenant: string, consumer: string): Promise<void> {
  await database.inTenant(tenant, (tx) => tx.query('INSERT INTO journal.cursor (tenant, consumer) VALUES ($1, $2) ON CONFLICT DO NOTHING', [tenant, consumer]));
}

/**
 * Takes a consumer's cursor for this transaction, so that nobody else runs the consumer for this tenant meanwhile.
 * @param waitMs how long to wait for another who holds it; 0: not at all.
 * @returns undefined when another holds it, or it has not been made.
 */
export async function takeCursor(tx: Tx, tenant: string, consumer: string, waitMs: number): Promise<{ position: number; failures: number } | undefined> {
  if (waitMs > 0) await tx.query(`SELECT set_config('lock_timeout', $1, true)`, [`${Math.ceil(waitMs)}ms`]);
  const text = `SELECT position, failures FROM journal.cursor WHERE tenant = $1 AND consumer = $2 FOR UPDATE ${waitMs > 0 ? '' : 'SKIP LOCKED'}`;
  const [row] = await tx.query(text, [tenant, consumer]);
  return row && { position: Number(row.position), failures: row.failures };
}

/** How far a consumer has read, and takes nothing; undefined when it has no cursor yet. */
export async function readCursor(tx: Tx, tenant: string, consumer: string): Promise<number | undefined> {
  const [row] = await tx.query('SELECT position FROM journal.cursor WHERE tenant = $1 AND consumer = $2', [tenant, consumer]);
  return row && Number(row.position);
}

export async function moveCursor(tx: Tx, tenant: string, consumer: string, position: number, failures: number): Promise<void> {
  await tx.query('UPDATE journal.cursor SET position = $3, failures = $4 WHERE tenant = $1 AND consumer = $2', [tenant, consumer, position, failures]);
}

/** The event types a consumer wants, and those this release knows. */
export interface Types {
  readonly wanted: readonly string[];
  readonly known: readonly string[];
}

/**
 * What a consumer has to look at after its cursor.
 * Returns the head, and at most `limit` events that it wants or that nobody here knows, in feed order, without its parked streams.
 * Safe    because head and events come from one snapshot: with fewer than `limit` rows there is nothing else up to that head.
 */
export async function readOn(tx: Tx, tenant: string, consumer: string, after: number, limit: number, { wanted, known }: Types): Promise<{ head: number; events: RecordedEvent[] }> {
  const rows: (EventRow & { head: string })[] = await tx.query(
    `SELECT h.position AS head, n.* FROM journal.head h
     LEFT JOIN LATERAL (
       SELECT ${eventColumns} FROM journal.event e
       WHERE e.tenant = h.tenant AND e.position > $3 AND (e.type = ANY ($5::text[]) OR e.type <> ALL ($6::text[]))
         AND NOT EXISTS (SELECT FROM journal.parked p WHERE p.tenant = h.tenant AND p.consumer = $2 AND p.stream = e.stream)
       ORDER BY e.position LIMIT $4) n ON true
     WHERE h.tenant = $1
     ORDER BY n.position`,
    [tenant, consumer, after, limit, wanted, known],
  );
  return { head: Number(rows[0]?.head ?? 0), events: rows.filter(({ id }) => id !== null).map(recorded) };
}

/** What a parked stream still owes its consumer: its events from where it was parked up to the consumer's cursor. */
export async function readParked(tx: Tx, tenant: string, stream: string, from: number, until: number, { wanted, known }: Types): Promise<RecordedEvent[]> {
  const rows: EventRow[] = await tx.query(
    `SELECT ${eventColumns} FROM journal.event e
     WHERE e.tenant = $1 AND e.stream = $2 AND e.position BETWEEN $3 AND $4 AND (e.type = ANY ($5::text[]) OR e.type <> ALL ($6::text[])) ORDER BY e.version`,
    [tenant, stream, from, until, wanted, known],
  );
  return rows.map(recorded);
}

export async function parkedStreams(tx: Tx, tenant: string, consumers: readonly string[]): Promise<Parked[]> {
  const rows: (Omit<Parked, 'position'> & { position: string })[] = await tx.query(
    `SELECT consumer, stream, position, error, journal.moment(parked_at) AS "parkedAt" FROM journal.parked
     WHERE tenant = $1 AND consumer = ANY ($2) ORDER BY position, consumer`,
    [tenant, consumers],
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}

export async function park(tx: Tx, tenant: string, consumer: string, { stream, position }: RecordedEvent, error: string): Promise<void> {
  await tx.query('INSERT INTO journal.parked (tenant, consumer, stream, position, error, parked_at) VALUES ($1, $2, $3, $4, $5, now())', [tenant, consumer, stream, position, error]);
}

export async function unpark(tx: Tx, tenant: string, consumer: string, stream: string | undefined): Promise<void> {
  await tx.query('DELETE FROM journal.parked WHERE tenant = $1 AND consumer = $2 AND ($3::text IS NULL OR stream = $3)', [tenant, consumer, stream ?? null]);
}

/** Runs work behind a savepoint: what it wrote stays when it resolves, and is taken back, alone, when it rejects. */
export async function alone(tx: Tx, work: () => Promise<void>): Promise<void> {
  await tx.query('SAVEPOINT alone');
  try {
    await work();
  } catch (fault) {
    await tx.query('ROLLBACK TO SAVEPOINT alone');
    throw fault;
  }
  await tx.query('RELEASE SAVEPOINT alone');
}
