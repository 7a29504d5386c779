import type { SignOffKind } from '@concordat/agreement/core';
import type { Discipline } from '@concordat/pathway/core';
import type { Database, Tx } from '@concordat/platform';

/** What was answered within so many months is counted. */
const months = 12;

/** A sign-off that was asked for. Times are ISO 8601 in UTC. */
export interface AskedFor {
  readonly agreement: string;
  readonly signOff: string;
  readonly kind: SignOffKind;
  readonly discipline: Discipline;
  readonly askedAt: string;
}
/** Somebody spoke to it: `answeredAt` null where it waits still. `read`: a second person read what was signed, which answers it where nothing did before. */
export interface SpokenTo {
  readonly agreement: string;
  readonly signOff: string;
  readonly answeredAt: string | null;
  readonly read: boolean;
}

/** Writes what was asked for, and what was answered of it. */
export async function writeTurnaround(tx: Tx, tenant: string, asked: readonly AskedFor[], spoken: readonly SpokenTo[]): Promise<void> {
  if (asked.length > 0) {
    await tx.query(
      `INSERT INTO register.turnaround (tenant, agreement, sign_off, kind, discipline, asked_at)
       SELECT $1, agreement, "signOff", kind, discipline, "askedAt"
       FROM jsonb_to_recordset($2::jsonb) AS row(agreement uuid, "signOff" text, kind text, discipline text, "askedAt" timestamptz)
       ON CONFLICT (tenant, agreement, sign_off) DO NOTHING`,
      [tenant, JSON.stringify(asked)],
    );
  }
  if (spoken.length > 0) {
    await tx.query(
      `UPDATE register.turnaround known SET answered_at = CASE WHEN row.read THEN coalesce(known.answered_at, row."answeredAt") ELSE row."answeredAt" END
       FROM jsonb_to_recordset($2::jsonb) AS row(agreement uuid, "signOff" text, "answeredAt" timestamptz, read boolean)
       WHERE known.tenant = $1 AND known.agreement = row.agreement AND known.sign_off = row."signOff"`,
      [tenant, JSON.stringify(spoken)],
    );
  }
}

/** Empties what is kept of a tenant, before it is built anew. */
export async function clearTurnaround(tx: Tx, tenant: string): Promise<void> {
  await tx.query('DELETE FROM register.turnaround WHERE tenant = $1', [tenant]);
}

/** How long sign-offs of one discipline take, in days with their fractions; null where there is none of them. */
export interface TurnaroundOfDiscipline {
  readonly discipline: Discipline;
  /** Granted or refused within twelve months. */
  readonly answered: number;
  /** Half of them took no longer. */
  readonly median: number | null;
  readonly slowest: number | null;
  /** Asked for and not answered, in an agreement that is open. */
  readonly waiting: number;
  /** For how long the one that was asked for first waits. */
  readonly oldest: number | null;
}

const days = (from: string, to: string) => `round((extract(epoch FROM ${to} - ${from}) / 86400)::numeric, 2)::float8`;
// What waits, and for whom, is kept with all other work, and of an agreement that is open alone.
const waiting = `LEFT JOIN LATERAL (SELECT kind FROM register.work
    WHERE one.answered_at IS NULL AND work.tenant = one.tenant AND work.agreement = one.agreement AND work.kind IN ('sign-off', 'second') AND work.subject = one.sign_off LIMIT 1) waits ON true`;
const within = (parameter: string) => `(${parameter}::uuid[] IS NULL OR one.agreement = ANY(${parameter}::uuid[]))`;

/** By discipline, whichever has one that waits longest first. `at`: the moment it is asked; `agreements` null for all. */
export function readTurnaround(database: Database, tenant: string, at: string, agreements: readonly string[] | null): Promise<TurnaroundOfDiscipline[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<TurnaroundOfDiscipline[]>(
      `SELECT discipline, count(answered_at)::int AS answered,
         percentile_cont(0.5) WITHIN GROUP (ORDER BY ${days('asked_at', 'answered_at')}) AS median, max(${days('asked_at', 'answered_at')}) AS slowest,
         count(waits.kind)::int AS waiting, max(${days('asked_at', '$2::timestamptz')}) FILTER (WHERE waits.kind IS NOT NULL) AS oldest
       FROM register.turnaround one ${waiting}
       WHERE one.tenant = $1 AND (one.answered_at IS NULL OR one.answered_at > $2::timestamptz - make_interval(months => ${months})) AND ${within('$3')}
       GROUP BY discipline HAVING count(answered_at) + count(waits.kind) > 0 ORDER BY oldest DESC NULLS LAST, discipline`,
      [tenant, at, agreements],
    ),
  );
}

/** One that waits. */
export interface WaitingSignOff extends AskedFor {
  readonly title: string;
  readonly pathway: string;
  readonly stage: string;
}

/** Those that wait, the longest waiting first. */
export function readWaiting(database: Database, tenant: string, agreements: readonly string[] | null, limit: number): Promise<WaitingSignOff[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<WaitingSignOff[]>(
      `SELECT one.agreement, one.sign_off AS "signOff", one.kind, one.discipline, agreement.title, agreement.pathway, agreement.stage,
         to_char(one.asked_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "askedAt"
       FROM register.turnaround one ${waiting}
       JOIN register.agreement ON agreement.tenant = one.tenant AND agreement.id = one.agreement
       WHERE one.tenant = $1 AND waits.kind IS NOT NULL AND ${within('$2')}
       ORDER BY one.asked_at, one.sign_off LIMIT $3`,
      [tenant, agreements, limit],
    ),
  );
}
