import type { Database, Tx } from '@concordat/platform';
import type { DisablingReason } from './core/index.js';

/** An endpoint as its stream tells it. Times are ISO 8601 in UTC. */
export interface EndpointRow {
  readonly endpoint: string;
  readonly provider: string;
  readonly url: string;
  readonly ordered: boolean;
  readonly disabled: DisablingReason | null;
  readonly registeredAt: string;
  /** Until when the endpoint asked to be left alone (`Retry-After`), or null. */
  readonly heldUntil: string | null;
  /** The ids of the keys that sign, newest first; `until` is null for the newest. */
  readonly keys: readonly { readonly key: string; readonly until: string | null }[];
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const columns = `endpoint, provider, url, ordered, disabled, keys,
  ${utc('registered_at')} AS "registeredAt", ${utc('hold_until')} AS "heldUntil"`;

/**
 * Keeps a sealed secret under its key's id and answers the one that is kept. A command that is sent again finds the secret
 * of the first time, so both see one and the same.
 */
export async function keepSecret(
  database: Database,
  tenant: string,
  endpoint: string,
  key: string,
  sealed: string,
): Promise<string> {
  return database.inTenant(tenant, async (tx) => {
    await tx.query(
      'INSERT INTO webhooks.secret (tenant, endpoint, key, sealed) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
      [tenant, endpoint, key, sealed],
    );
    const rows = await tx.query<{ sealed: string }[]>(
      'SELECT sealed FROM webhooks.secret WHERE tenant = $1 AND endpoint = $2 AND key = $3',
      [tenant, endpoint, key],
    );
    return rows[0]?.sealed ?? sealed;
  });
}

/** Where a lane sends and with which keys at `now`; undefined where nothing may be sent: unknown, disabled or held. */
export async function readOpenLane(
  database: Database,
  tenant: string,
  endpoint: string,
  now: string,
): Promise<{ url: string; keys: { key: string; sealed: string }[] } | undefined> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<{ url: string; keys: { key: string; sealed: string }[] }[]>(
      `SELECT e.url, jsonb_agg(jsonb_build_object('key', s.key, 'sealed', s.sealed) ORDER BY k.place) AS keys
       FROM webhooks.endpoint e
       CROSS JOIN LATERAL jsonb_array_elements(e.keys) WITH ORDINALITY AS k(value, place)
       JOIN webhooks.secret s ON s.tenant = e.tenant AND s.endpoint = e.endpoint AND s.key = (k.value->>'key')::uuid
       WHERE e.tenant = $1 AND e.endpoint = $2 AND e.disabled IS NULL AND (e.hold_until IS NULL OR e.hold_until <= $3)
         AND (k.value->>'until' IS NULL OR (k.value->>'until')::timestamptz > $3)
       GROUP BY e.url`,
      [tenant, endpoint, now],
    ),
  );
  return rows[0];
}

/** Endpoints of one provider, or of every provider where none is named; oldest first. */
export function readEndpoints(database: Database, tenant: string, provider?: string): Promise<EndpointRow[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<EndpointRow[]>(
      `SELECT ${columns} FROM webhooks.endpoint WHERE tenant = $1 AND ($2::uuid IS NULL OR provider = $2)
       ORDER BY registered_position`,
      [tenant, provider ?? null],
    ),
  );
}

/** One endpoint, or undefined where the tenant has none by this id. */
export async function readEndpoint(database: Database, tenant: string, endpoint: string): Promise<EndpointRow | undefined> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<EndpointRow[]>(`SELECT ${columns} FROM webhooks.endpoint WHERE tenant = $1 AND endpoint = $2`, [tenant, endpoint]),
  );
  return rows[0];
}

/** Writes the row of a newly registered endpoint; one that is there stays. It hears what comes after `position`. */
export async function addEndpoint(
  tx: Tx,
  tenant: string,
  endpoint: string,
  registered: { provider: string; url: string; ordered: boolean; key: string },
  recordedAt: string,
  position: number,
): Promise<void> {
  await tx.query(
    `INSERT INTO webhooks.endpoint (tenant, endpoint, provider, url, ordered, keys, registered_at, registered_position, switched_position)
     VALUES ($1, $2, $3, $4, $5, jsonb_build_array(jsonb_build_object('key', $6::text, 'until', null)), $7, $8, $8)
     ON CONFLICT DO NOTHING`,
    [tenant, endpoint, registered.provider, registered.url, registered.ordered, registered.key, recordedAt, position],
  );
}

/**
 * Puts the new key first and ends every other at the latest `overlapHours` after the rotation; the newest five are kept.
 * Safe to repeat: a key that stands there already changes nothing.
 */
export async function rotateKey(
  tx: Tx,
  tenant: string,
  endpoint: string,
  key: string,
  overlapHours: number,
  recordedAt: string,
): Promise<void> {
  await tx.query(
    `UPDATE webhooks.endpoint e SET keys = (
       SELECT jsonb_agg(value ORDER BY place) FROM (
         SELECT jsonb_build_object('key', $3::text, 'until', null) AS value, 0::bigint AS place
         UNION ALL
         SELECT jsonb_build_object('key', old.value->>'key', 'until', least(
                  coalesce((old.value->>'until')::timestamptz, 'infinity'),
                  $4::timestamptz + make_interval(hours => $5))), old.place
         FROM jsonb_array_elements(e.keys) WITH ORDINALITY AS old(value, place) WHERE old.place < 5
       ) AS all_keys)
     WHERE tenant = $1 AND endpoint = $2 AND NOT keys @> jsonb_build_array(jsonb_build_object('key', $3::text))`,
    [tenant, endpoint, key, recordedAt, overlapHours],
  );
}

/** Disables the endpoint, as the fact at this position says, and holds what is on its way; nothing is dropped. */
export async function disable(tx: Tx, tenant: string, endpoint: string, reason: DisablingReason, position: number): Promise<void> {
  const [switched] = await tx.query<[unknown[], number]>(
    `UPDATE webhooks.endpoint SET disabled = $3, switched_position = $4
     WHERE tenant = $1 AND endpoint = $2 AND switched_position < $4 RETURNING 1`,
    [tenant, endpoint, reason, position],
  );
  if (switched.length === 0) return;
  await tx.query(
    `UPDATE webhooks.delivery SET state = 'held' WHERE tenant = $1 AND endpoint = $2 AND state IN ('pending', 'retry')`,
    [tenant, endpoint],
  );
}

/** The same at once, for a lane that cannot wait until the consumer reads the fact it has just recorded. */
export function disableNow(database: Database, tenant: string, endpoint: string, reason: DisablingReason, position: number): Promise<void> {
  return database.inTenant(tenant, (tx) => disable(tx, tenant, endpoint, reason, position));
}

/** Enables the endpoint, as the fact at this position says, and queues what was held, from the start of the schedule. */
export async function enable(tx: Tx, tenant: string, endpoint: string, now: string, position: number): Promise<void> {
  const [switched] = await tx.query<[unknown[], number]>(
    `UPDATE webhooks.endpoint SET disabled = NULL, hold_until = NULL, switched_position = $3
     WHERE tenant = $1 AND endpoint = $2 AND switched_position < $3 RETURNING 1`,
    [tenant, endpoint, position],
  );
  if (switched.length === 0) return;
  await tx.query(
    `UPDATE webhooks.delivery SET state = 'pending', next_at = $3, failures = 0
     WHERE tenant = $1 AND endpoint = $2 AND state = 'held'`,
    [tenant, endpoint, now],
  );
}
