import type { Database, Tx } from '@concordat/platform';
import type { CivilDate } from '@concordat/platform/core';

/**
 * How a notification stands: `kept` is shown in the outbox alone (no mail server, no address, or told too late), `due` waits to be
 * mailed, `sent` was taken by the mail server, `failed` was given up.
 */
export type NotificationState = 'kept' | 'due' | 'sent' | 'failed';

/** One thing one person is told. Times are ISO 8601 in UTC. */
export interface NotificationRow {
  readonly event: string;
  readonly person: string;
  readonly agreement: string;
  readonly type: string;
  /** The event's place in the feed. */
  readonly position: number;
  readonly happenedAt: string;
  readonly state: NotificationState;
  readonly sentAt: string | null;
  /** Whether it is mailed with others of one day. */
  readonly digest: boolean;
  /** Why the last try failed, as the class of the fault; null where none did. */
  readonly fault: string | null;
}

/** The last line of the page before. Several days that came for one person have one place in the feed. */
export type OutboxMark = Pick<NotificationRow, 'position' | 'person' | 'event'>;

/** A notification held by this worker until its lease runs out. */
export interface DueNotification {
  readonly event: string;
  readonly person: string;
  readonly agreement: string;
  readonly type: string;
  /** Whether it goes out with all others of this person that are due in a digest. */
  readonly digest: boolean;
  /** Which try this is, from 1. */
  readonly tries: number;
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Writes notifications; one that is there already stays as it is, so an event read again tells nobody twice. */
export async function writeNotifications(
  tx: Tx,
  tenant: string,
  rows: readonly { readonly event: string; readonly person: string; readonly agreement: string; readonly type: string; readonly position: number; readonly happenedAt: string; readonly state: 'kept' | 'due'; readonly digest: boolean; readonly nextAt: string }[],
): Promise<void> {
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO reminders.notification (tenant, event, person, agreement, type, position, happened_at, state, digest, next_at)
     SELECT $1, event, person, agreement, type, position, "happenedAt", state, digest, "nextAt"
     FROM jsonb_to_recordset($2::jsonb) AS row(event uuid, person uuid, agreement uuid, type text, position bigint, "happenedAt" timestamptz, state text, digest boolean, "nextAt" timestamptz)
     ON CONFLICT DO NOTHING`,
    [tenant, JSON.stringify(rows)],
  );
}

/**
 * Takes up to `limit` due notifications until `leaseUntil`; two workers never hold one. With one of a digest come all others
 * of its person that are due in one.
 */
export async function claimNotifications(database: Database, tenant: string, now: string, leaseUntil: string, limit: number): Promise<readonly DueNotification[]> {
  const [rows] = await database.inTenant(tenant, (tx) =>
    tx.query<[DueNotification[], number]>(
      `WITH due AS (
         SELECT event, person, digest FROM reminders.notification
         WHERE tenant = $1 AND state = 'due' AND next_at <= $2 ORDER BY next_at LIMIT $4 FOR UPDATE SKIP LOCKED),
       others AS (
         SELECT n.event, n.person FROM reminders.notification n
         WHERE n.tenant = $1 AND n.state = 'due' AND n.digest AND n.next_at <= $2 AND n.person IN (SELECT person FROM due WHERE digest)
         FOR UPDATE SKIP LOCKED),
       taken AS (SELECT event, person FROM due UNION SELECT event, person FROM others)
       UPDATE reminders.notification n SET next_at = $3, tries = tries + 1 FROM taken
       WHERE n.tenant = $1 AND n.event = taken.event AND n.person = taken.person
       RETURNING n.event, n.person, n.agreement, n.type, n.digest, n.tries`,
      [tenant, now, leaseUntil, limit],
    ),
  );
  return rows;
}

/** Records what came of a try. Of two workers that both came to it the first has the word. */
export async function settleNotification(
  database: Database,
  tenant: string,
  { event, person }: Pick<DueNotification, 'event' | 'person'>,
  as: { readonly state: NotificationState; readonly nextAt: string; readonly sentAt: string | null; readonly fault: string | null },
): Promise<void> {
  await database.inTenant(tenant, (tx) =>
    tx.query(
      `UPDATE reminders.notification SET state = $4, next_at = $5, sent_at = $6, fault = $7
       WHERE tenant = $1 AND event = $2 AND person = $3 AND state = 'due'`,
      [tenant, event, person, as.state, as.nextAt, as.sentAt, as.fault],
    ),
  );
}

/**
 * Takes the days up to `day` to be told to a tenant's people, in the transaction that tells them: the last day that was told
 * before, the day before `day` where none was. Undefined where they are told already.
 */
export async function takeDays(tx: Tx, tenant: string, day: CivilDate): Promise<CivilDate | undefined> {
  await tx.query('INSERT INTO reminders.told_until (tenant, day) VALUES ($1, $2::date - 1) ON CONFLICT DO NOTHING', [tenant, day]);
  const [was] = await tx.query<{ day: CivilDate }[]>(`SELECT to_char(day, 'YYYY-MM-DD') AS day FROM reminders.told_until WHERE tenant = $1 AND day < $2::date FOR UPDATE`, [tenant, day]);
  if (was !== undefined) await tx.query('UPDATE reminders.told_until SET day = $2::date WHERE tenant = $1', [tenant, day]);
  return was?.day;
}

/** Tenants with something to be mailed: ids only. */
export async function tenantsDue(database: Database, now: string): Promise<readonly string[]> {
  const rows = await database.statement<{ tenant: string }>('reminders.due', 'SELECT tenant FROM reminders.due($1)', [now]);
  return rows.map(({ tenant }) => tenant);
}

/** What this person, or without one everybody, was told, newest first; `before` is the last line of the page before. */
export async function readNotifications(
  database: Database,
  tenant: string,
  o: { readonly person?: string; readonly limit: number; readonly before?: OutboxMark },
): Promise<readonly NotificationRow[]> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<(Omit<NotificationRow, 'position'> & { position: string })[]>(
      `SELECT event, person, agreement, type, position, ${utc('happened_at')} AS "happenedAt", state, digest, ${utc('sent_at')} AS "sentAt", fault
       FROM reminders.notification
       WHERE tenant = $1 AND ($2::uuid IS NULL OR person = $2) AND ($3::bigint IS NULL OR (position, person, event) < ($3::bigint, $4::uuid, $5::uuid))
       ORDER BY position DESC, person DESC, event DESC LIMIT $6`,
      [tenant, o.person ?? null, o.before?.position ?? null, o.before?.person ?? null, o.before?.event ?? null, o.limit],
    ),
  );
  return rows.map((row) => ({ ...row, position: Number(row.position) }));
}
