import type { Database } from '@concordat/platform';
import type { BroughtOver } from './core/index.js';

/** One event of a record that another organisation lends. */
export type LentEvent = BroughtOver & { readonly stream: string };

/** Somebody, or a provider, whom such a record names. */
export interface LentName {
  readonly kind: 'person' | 'provider';
  readonly id: string;
  readonly name: string;
  readonly identifiers: readonly { readonly scheme: string; readonly id: string }[];
}

const columns = `e.id, e.stream, e.type, e.data, e.meta, journal.moment(e.recorded_at) AS "recordedAt", e.version, e.position, encode(e.hash, 'hex') AS hash`;
const page = 500;

const eventsOf = (rows: readonly (Omit<LentEvent, 'position'> & { position: string })[]): readonly LentEvent[] => rows.map((row) => ({ ...row, position: Number(row.position) }));

/** The agreements that were ever agreed to go to this tenant, each with the tenant that has it. */
export function readOffered(database: Database, tenant: string): Promise<readonly { readonly tenant: string; readonly agreement: string }[]> {
  return database.inTenant(tenant, (tx) => tx.query('SELECT tenant, agreement FROM agreement.transfers_offered() ORDER BY agreement'));
}

/** Every event of a record that is lent to this tenant, up to a version; none where it is not lent. */
export function readLent(database: Database, tenant: string, from: string, agreement: string, until = Number.MAX_SAFE_INTEGER): Promise<readonly LentEvent[]> {
  return database.inTenant(tenant, async (tx) => {
    const events: LentEvent[] = [];
    for (;;) {
      const after = events.at(-1)?.version ?? 0;
      const rows = eventsOf(await tx.query(`SELECT ${columns} FROM agreement.lent_record($1, $2, $3, $4) e`, [from, agreement, after, Math.min(page, until - after)]));
      events.push(...rows);
      if (rows.length < page || events.length >= until) return events;
    }
  });
}

/** Whom it names: people who sign in there, and providers. */
export function readLentNames(database: Database, tenant: string, from: string, agreement: string): Promise<readonly LentName[]> {
  return database.inTenant(tenant, (tx) => tx.query('SELECT kind, id, name, identifiers FROM agreement.lent_names($1, $2)', [from, agreement]));
}

/** What was asked on it of those whom it names by a pseudonym, and what they chose, stream by stream. */
export function readLentParticipants(database: Database, tenant: string, from: string, agreement: string): Promise<readonly LentEvent[]> {
  return database.inTenant(tenant, async (tx) => eventsOf(await tx.query(`SELECT ${columns} FROM agreement.lent_participants($1, $2) e`, [from, agreement])));
}
