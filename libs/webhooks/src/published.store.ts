import type { Database, Tx } from '@concordat/platform';
import type { PartyRole } from '@concordat/agreement/core';

/** A party that is to be told one event, and the number the event has for it. */
export interface Told {
  readonly party: string;
  readonly sequence: number;
}

/** One line of a party's feed. `body` is the CloudEvent, byte for byte as webhooks carry it. */
export interface PublishedRow {
  /** Rises along the feed of every party of the tenant, so that feeds can be merged: the cursor after this row. */
  readonly place: number;
  readonly event: string;
  readonly agreement: string;
  readonly sequence: number;
  readonly type: string;
  readonly body: string;
}

/** Makes someone a party of an agreement, or gives them another role, one at a time as the agreement does; they hear from this position on. */
export async function join(
  tx: Tx,
  tenant: string,
  agreement: string,
  party: string,
  role: PartyRole,
  position: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO webhooks.party AS p (tenant, agreement, party, roles, joined_position) VALUES ($1, $2, $3, ARRAY[$4::text], $5)
     ON CONFLICT (tenant, agreement, party) DO UPDATE SET roles = ARRAY[$4::text]
     WHERE p.roles <> ARRAY[$4::text]`,
    [tenant, agreement, party, role, position],
  );
}

/** Somebody is no party in this role any more, but another or none: then they hear nothing further; their numbers stay. */
export async function leave(tx: Tx, tenant: string, agreement: string, party: string, role: PartyRole, becomes: PartyRole | null): Promise<void> {
  await tx.query(`UPDATE webhooks.party SET roles = $5::text[] WHERE tenant = $1 AND agreement = $2 AND party = $3 AND roles = ARRAY[$4::text]`, [tenant, agreement, party, role, becomes === null ? [] : [becomes]]);
}

/** The sourcing is over: nobody is invited any more, or provides it merely so far. They hear nothing further; their numbers stay. */
export async function leaveSourcing(tx: Tx, tenant: string, agreement: string): Promise<void> {
  await tx.query(
    `UPDATE webhooks.party SET roles = '{}'
     WHERE tenant = $1 AND agreement = $2 AND roles && ARRAY['invited', 'incumbent']`,
    [tenant, agreement],
  );
}

/**
 * Numbers one event for every party that hears it: those with one of the roles, or `only` one of them.
 * Gap-free, because number and event are written in one transaction under the party's row lock; an event at or before the
 * last one told has its number already and gets no other, so a feed read again changes nothing.
 */
export async function number(
  tx: Tx,
  tenant: string,
  agreement: string,
  roles: readonly PartyRole[],
  only: string | null,
  position: number,
): Promise<Told[]> {
  const [rows] = await tx.query<[{ party: string; sequence: string }[], number]>(
    `UPDATE webhooks.party SET last_sequence = last_sequence + 1, last_position = $5
     WHERE tenant = $1 AND agreement = $2 AND roles && $3::text[] AND ($4::uuid IS NULL OR party = $4) AND last_position < $5
     RETURNING party, last_sequence AS sequence`,
    [tenant, agreement, roles, only, position],
  );
  return rows.map(({ party, sequence }) => ({ party, sequence: Number(sequence) }));
}

/**
 * Publishes one event to its parties and queues it for each endpoint of theirs that was registered before it.
 * Places rise as they are committed and none is given to two events, because one reader at a time holds the consumer's cursor of a tenant.
 */
export async function publish(
  tx: Tx,
  tenant: string,
  event: { id: string; type: string; agreement: string; position: number },
  rows: readonly (Told & { body: string })[],
  now: string,
): Promise<void> {
  await tx.query(
    `WITH told AS (
       INSERT INTO webhooks.published (tenant, party, agreement, sequence, place, position, event, type, body)
       SELECT $1, party, $2, sequence,
              (SELECT coalesce(max(p.place), 0) + 1 FROM webhooks.published p WHERE p.tenant = $1),
              $3, $4, $5, body
       FROM jsonb_to_recordset($6::jsonb) AS row(party uuid, sequence bigint, body text)
       RETURNING party, sequence
     )
     INSERT INTO webhooks.delivery (tenant, endpoint, event, party, agreement, sequence, position, state, next_at)
     SELECT $1, e.endpoint, $4, told.party, $2, told.sequence, $3,
            CASE WHEN e.disabled IS NULL THEN 'pending' ELSE 'held' END, $7
     FROM told JOIN webhooks.endpoint e ON e.tenant = $1 AND e.provider = told.party AND e.registered_position < $3`,
    [tenant, event.agreement, event.position, event.id, event.type, JSON.stringify(rows), now],
  );
}

/**
 * Queues a test for one endpoint: a delivery that carries its own body, because nobody's feed holds it. The same fact read
 * again queues nothing more.
 */
export async function queueTest(tx: Tx, tenant: string, endpoint: string, event: { id: string; position: number }, body: string, now: string): Promise<void> {
  await tx.query(
    `INSERT INTO webhooks.delivery (tenant, endpoint, event, position, test_body, state, next_at)
     SELECT $1, e.endpoint, $3, $4, $5, CASE WHEN e.disabled IS NULL THEN 'pending' ELSE 'held' END, $6
     FROM webhooks.endpoint e WHERE e.tenant = $1 AND e.endpoint = $2
     ON CONFLICT DO NOTHING`,
    [tenant, endpoint, event.id, event.position, body, now],
  );
}

/** What a party was told after a place of its feed, in order. */
export async function readFeed(
  database: Database,
  tenant: string,
  party: string,
  after: number,
  limit: number,
  filter: { readonly types?: readonly string[]; readonly agreement?: string } = {},
): Promise<PublishedRow[]> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<(Omit<PublishedRow, 'place' | 'sequence'> & { place: string; sequence: string })[]>(
      `SELECT place, event, agreement, sequence, type, body FROM webhooks.published
       WHERE tenant = $1 AND party = $2 AND place > $3
         AND ($4::text[] IS NULL OR type = ANY($4)) AND ($5::uuid IS NULL OR agreement = $5)
       ORDER BY place LIMIT $6`,
      [tenant, party, after, filter.types ?? null, filter.agreement ?? null, limit],
    ),
  );
  return rows.map((row) => ({ ...row, place: Number(row.place), sequence: Number(row.sequence) }));
}
