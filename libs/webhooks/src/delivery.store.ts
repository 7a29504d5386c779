import type { Database } from '@concordat/platform';
import type { SendError } from './sender.js';

/** A delivery this worker holds until its lease runs out. `token` is what proves it. */
export interface Claimed {
  readonly event: string;
  readonly token: string;
  /** Which try this is, from 1, over the whole life of the delivery. */
  readonly tries: number;
  readonly failures: number;
  /** True for a test, which is tried once. */
  readonly test: boolean;
  readonly body: string;
}

/** How a try went and what the delivery becomes by it. Times are ISO 8601 in UTC; `answer` is base64. */
export interface Tried {
  readonly event: string;
  readonly token: string;
  readonly tries: number;
  readonly state: 'delivered' | 'retry' | 'dead' | 'held';
  readonly failures: number;
  readonly nextAt: string;
  readonly settledAt: string | null;
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly error: SendError | null;
  readonly detail: string | null;
  readonly remoteAddress: string | null;
  readonly answer: string;
}

/** A delivery as its owner sees it. */
export interface DeliveryRow {
  readonly event: string;
  /** Null for a test, which is about no agreement and has no number. */
  readonly agreement: string | null;
  readonly sequence: number | null;
  readonly position: number;
  readonly type: string;
  readonly state: 'pending' | 'leased' | 'delivered' | 'retry' | 'dead' | 'held' | 'skipped';
  readonly nextAt: string;
  readonly settledAt: string | null;
  readonly tries: number;
}

/** One attempt of a delivery. `body` is at most the first 16 KiB of the answer, unreadable bytes replaced. */
export interface AttemptRow {
  readonly event: string;
  readonly number: number;
  readonly startedAt: string;
  readonly milliseconds: number;
  readonly status: number | null;
  readonly error: SendError | null;
  readonly detail: string | null;
  readonly remoteAddress: string | null;
  readonly body: string;
  readonly late: boolean;
}

/** How one endpoint fares: deliveries that are not settled, by state, and when it last took one. Times are ISO 8601 in UTC. */
export interface EndpointHealth {
  /** Due now or later: new ones, those under way, those that failed and are tried again. */
  readonly waiting: number;
  /** Of these, those that failed at least once. */
  readonly failing: number;
  readonly held: number;
  readonly dead: number;
  readonly lastDeliveredAt: string | null;
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * Takes up to `limit` due deliveries of one endpoint until `leaseUntil`. Two workers never hold one row (SKIP LOCKED, then
 * the state), and a row whose lease ran out is taken again under a higher token. Of an ordered endpoint only the first
 * unsettled delivery of each agreement is due; one that is dead keeps those behind it waiting.
 */
export async function claim(
  database: Database,
  tenant: string,
  endpoint: string,
  now: string,
  leaseUntil: string,
  limit: number,
): Promise<Claimed[]> {
  const [rows] = await database.inTenant(tenant, (tx) =>
    tx.query<[Claimed[], number]>(
      `WITH due AS (
         SELECT d.event, d.party FROM webhooks.delivery d
         JOIN webhooks.endpoint e ON e.tenant = d.tenant AND e.endpoint = d.endpoint
         WHERE d.tenant = $1 AND d.endpoint = $2 AND d.state IN ('pending', 'retry', 'leased') AND d.next_at <= $3
           AND e.disabled IS NULL AND (e.hold_until IS NULL OR e.hold_until <= $3)
           AND (NOT e.ordered OR NOT EXISTS (
             SELECT FROM webhooks.delivery earlier
             WHERE earlier.tenant = $1 AND earlier.endpoint = $2 AND earlier.agreement = d.agreement
               AND earlier.sequence < d.sequence AND earlier.state NOT IN ('delivered', 'skipped')))
         ORDER BY d.next_at, d.position LIMIT $5 FOR UPDATE OF d SKIP LOCKED
       )
       UPDATE webhooks.delivery d SET state = 'leased', next_at = $4, token = token + 1, tries = tries + 1
       FROM due LEFT JOIN webhooks.published p ON p.tenant = $1 AND p.party = due.party AND p.event = due.event
       WHERE d.tenant = $1 AND d.endpoint = $2 AND d.event = due.event
       RETURNING d.event, d.token, d.tries, d.failures, d.test_body IS NOT NULL AS test, coalesce(p.body, d.test_body) AS body`,
      [tenant, endpoint, now, leaseUntil, limit],
    ),
  );
  return rows;
}

/** Holds deliveries longer, until `leaseUntil`: those that are still held under the token they were taken with. */
export async function renew(database: Database, tenant: string, endpoint: string, held: readonly Claimed[], leaseUntil: string): Promise<void> {
  await database.inTenant(tenant, (tx) =>
    tx.query(
      `UPDATE webhooks.delivery d SET next_at = $5
       FROM unnest($3::uuid[], $4::bigint[]) AS held(event, token)
       WHERE d.tenant = $1 AND d.endpoint = $2 AND d.event = held.event AND d.token = held.token AND d.state = 'leased'`,
      [tenant, endpoint, held.map(({ event }) => event), held.map(({ token }) => token), leaseUntil],
    ),
  );
}

/**
 * Records what came of the tries of one batch, in one transaction. Fenced: a row is marked only under the token it was
 * taken with. Of a late worker the attempt is kept, marked late, and the delivery stays as it is.
 * Held is what a disabled endpoint is owed: where it was enabled meanwhile (its row is locked, so before or after, never
 * between) the delivery is due again.
 * `holdUntil`: the endpoint asked to be left alone until then.
 */
export async function record(
  database: Database,
  tenant: string,
  endpoint: string,
  tried: readonly Tried[],
  holdUntil: string | null,
): Promise<void> {
  await database.inTenant(tenant, async (tx) => {
    await tx.query(
      `WITH tried AS (
         SELECT * FROM jsonb_to_recordset($3::jsonb) AS t(event uuid, token bigint, tries int, state text, failures int,
           "nextAt" timestamptz, "settledAt" timestamptz, "startedAt" timestamptz, milliseconds float8, status int, error text,
           detail text, "remoteAddress" text, answer text)
       ), lane AS (
         SELECT disabled FROM webhooks.endpoint WHERE tenant = $1 AND endpoint = $2 FOR SHARE
       ), marked AS (
         UPDATE webhooks.delivery d
         SET state = CASE WHEN t.state = 'held' AND lane.disabled IS NULL THEN 'retry' ELSE t.state END, failures = t.failures, next_at = t."nextAt", settled_at = t."settledAt"
         FROM tried t, lane
         WHERE d.tenant = $1 AND d.endpoint = $2 AND d.event = t.event AND d.token = t.token AND d.state = 'leased'
         RETURNING d.event
       )
       INSERT INTO webhooks.attempt
         (tenant, endpoint, event, number, started_at, milliseconds, status, error, detail, remote_address, body, late)
       SELECT $1, $2, t.event, t.tries, t."startedAt", t.milliseconds, t.status, t.error, t.detail, t."remoteAddress",
              decode(t.answer, 'base64'), NOT EXISTS (SELECT FROM marked m WHERE m.event = t.event)
       FROM tried t`,
      [tenant, endpoint, JSON.stringify(tried)],
    );
    if (holdUntil !== null) {
      await tx.query('UPDATE webhooks.endpoint SET hold_until = $3 WHERE tenant = $1 AND endpoint = $2', [tenant, endpoint, holdUntil]);
    }
  });
}

/** Lanes of any tenant with something to do: ids only. */
export function lanesDue(database: Database, now: string): Promise<{ tenant: string; endpoint: string }[]> {
  return database.statement('webhooks.lanes_due', 'SELECT tenant, endpoint FROM webhooks.lanes_due($1)', [now]);
}

/** The same for one tenant, within it. */
export async function lanesDueIn(database: Database, tenant: string, now: string): Promise<{ tenant: string; endpoint: string }[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT e.tenant, e.endpoint
       FROM webhooks.endpoint e CROSS JOIN LATERAL (
         SELECT d.next_at FROM webhooks.delivery d
         WHERE d.tenant = $1 AND d.endpoint = e.endpoint AND d.state IN ('pending', 'retry', 'leased') AND d.next_at <= $2
         ORDER BY d.next_at LIMIT 1) AS first
       WHERE e.tenant = $1 AND e.disabled IS NULL AND (e.hold_until IS NULL OR e.hold_until <= $2)
       ORDER BY first.next_at`,
      [tenant, now],
    ),
  );
}

/** Deliveries of one endpoint, newest first, beginning below `before` (a feed position) where given. */
export async function readDeliveries(
  database: Database,
  tenant: string,
  endpoint: string,
  limit: number,
  filter: { readonly before?: number; readonly state?: DeliveryRow['state']; readonly event?: string } = {},
): Promise<DeliveryRow[]> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<(Omit<DeliveryRow, 'sequence' | 'position'> & { sequence: string | null; position: string })[]>(
      `SELECT d.event, d.agreement, d.sequence, d.position, coalesce(p.type, d.test_body::jsonb->>'type') AS type, d.state, d.tries,
              ${utc('d.next_at')} AS "nextAt", ${utc('d.settled_at')} AS "settledAt"
       FROM webhooks.delivery d
       LEFT JOIN webhooks.published p ON p.tenant = d.tenant AND p.party = d.party AND p.event = d.event
       WHERE d.tenant = $1 AND d.endpoint = $2 AND ($3::bigint IS NULL OR d.position < $3)
         AND ($4::text IS NULL OR d.state = $4) AND ($5::uuid IS NULL OR d.event = $5)
       ORDER BY d.position DESC LIMIT $6`,
      [tenant, endpoint, filter.before ?? null, filter.state ?? null, filter.event ?? null, limit],
    ),
  );
  return rows.map((row) => ({ ...row, sequence: row.sequence === null ? null : Number(row.sequence), position: Number(row.position) }));
}

/** All attempts of these deliveries, in the order they were made. */
export async function readAttempts(
  database: Database,
  tenant: string,
  endpoint: string,
  events: readonly string[],
): Promise<AttemptRow[]> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<(Omit<AttemptRow, 'body'> & { body: Buffer })[]>(
      `SELECT event, number, ${utc('started_at')} AS "startedAt", milliseconds, status, error, detail,
              remote_address AS "remoteAddress", body, late
       FROM webhooks.attempt WHERE tenant = $1 AND endpoint = $2 AND event = ANY($3::uuid[]) ORDER BY started_at, number`,
      [tenant, endpoint, events],
    ),
  );
  return rows.map((row) => ({ ...row, body: row.body.toString('utf8') }));
}

/** How these endpoints fare; tests say nothing of it but when one was taken. Two looks into an index each, so that a long past costs no more than a short one. */
export async function readHealth(database: Database, tenant: string, endpoints: readonly string[]): Promise<ReadonlyMap<string, EndpointHealth>> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<(EndpointHealth & { endpoint: string })[]>(
      `SELECT e.endpoint, open.waiting, open.failing, open.held, open.dead, ${utc('last.settled_at')} AS "lastDeliveredAt"
       FROM unnest($2::uuid[]) AS e(endpoint)
       CROSS JOIN LATERAL (
         SELECT count(*) FILTER (WHERE d.state IN ('pending', 'leased', 'retry'))::int AS waiting,
                count(*) FILTER (WHERE d.state IN ('pending', 'leased', 'retry') AND d.failures > 0)::int AS failing,
                count(*) FILTER (WHERE d.state = 'held')::int AS held, count(*) FILTER (WHERE d.state = 'dead')::int AS dead
         FROM webhooks.delivery d
         WHERE d.tenant = $1 AND d.endpoint = e.endpoint AND d.state NOT IN ('delivered', 'skipped') AND d.test_body IS NULL) AS open
       LEFT JOIN LATERAL (
         SELECT d.settled_at FROM webhooks.delivery d
         WHERE d.tenant = $1 AND d.endpoint = e.endpoint AND d.state = 'delivered' ORDER BY d.position DESC LIMIT 1) AS last ON true`,
      [tenant, endpoints],
    ),
  );
  return new Map(rows.map(({ endpoint, ...health }) => [endpoint, health]));
}

/** What a request to send again is known by when it is repeated. */
export interface ResendAsk {
  readonly commandId: string;
  readonly fingerprint: string;
}

/**
 * Queues one delivery again, from the start of the schedule, whatever became of it, once for each request; requests made before
 * `forgetBefore` are forgotten. One that a worker holds at this moment stays with that worker. Answers the state it has now, undefined where the endpoint has no such delivery,
 * or `key-reused` where the id was that of another request.
 */
export async function queueAgain(
  database: Database,
  tenant: string,
  endpoint: string,
  event: string,
  { commandId, fingerprint }: ResendAsk,
  now: Date,
  forgetBefore: Date,
): Promise<DeliveryRow['state'] | 'key-reused' | undefined> {
  return database.inTenant(tenant, async (tx) => {
    const [delivery] = await tx.query<{ state: DeliveryRow['state'] }[]>(
      'SELECT state FROM webhooks.delivery WHERE tenant = $1 AND endpoint = $2 AND event = $3 FOR UPDATE',
      [tenant, endpoint, event],
    );
    if (delivery === undefined) return undefined;
    await tx.query('DELETE FROM webhooks.resend WHERE tenant = $1 AND asked_at < $2', [tenant, forgetBefore]);
    const asked = await tx.query<unknown[]>(
      'INSERT INTO webhooks.resend (tenant, command, fingerprint, asked_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING command',
      [tenant, commandId, fingerprint, now],
    );
    if (asked.length === 0) {
      const [before] = await tx.query<{ fingerprint: string }[]>('SELECT fingerprint FROM webhooks.resend WHERE tenant = $1 AND command = $2', [tenant, commandId]);
      return before?.fingerprint === fingerprint ? delivery.state : 'key-reused';
    }
    const [rows] = await tx.query<[{ state: DeliveryRow['state'] }[], number]>(
      `UPDATE webhooks.delivery d SET
         state = CASE WHEN d.state = 'leased' THEN d.state WHEN e.disabled IS NULL THEN 'pending' ELSE 'held' END,
         next_at = CASE WHEN d.state = 'leased' THEN d.next_at ELSE $4 END,
         failures = 0, settled_at = NULL
       FROM webhooks.endpoint e
       WHERE d.tenant = $1 AND d.endpoint = $2 AND d.event = $3 AND e.tenant = d.tenant AND e.endpoint = d.endpoint
       RETURNING d.state`,
      [tenant, endpoint, event, now],
    );
    return rows[0]?.state;
  });
}
