import type { Database, Tx } from '@concordat/platform';
import type { CivilDate } from '@concordat/platform/core';
import { dayKinds, type Work, type WorkKind } from './core/index.js';

/** A thing that waits, with its agreement as lists call it. `since` is ISO 8601 in UTC. */
export interface WorkRow extends Omit<Work, 'from' | 'kind'> {
  readonly kind: WorkKind;
  readonly agreement: string;
  readonly title: string;
  readonly pathway: string;
  readonly stage: string;
  readonly since: string;
}

/** What waits in one agreement; `begun` where it is known from these events, else what was known before, else `at`. */
export interface WorkOfAgreement {
  readonly agreement: string;
  readonly at: string;
  readonly work: readonly (Work & { readonly begun: string | null })[];
}

/** Takes the place of all that waited in these agreements. */
export async function writeWork(tx: Tx, tenant: string, agreements: readonly WorkOfAgreement[]): Promise<void> {
  const rows = agreements.flatMap(({ agreement, at, work }) => work.map((one) => ({ agreement, at, ...one })));
  await tx.query(
    `DELETE FROM register.work old
     WHERE tenant = $1 AND agreement = ANY($2::uuid[])
       AND NOT EXISTS (SELECT 1 FROM jsonb_to_recordset($3::jsonb) AS row(agreement uuid, kind text, subject text)
                       WHERE row.agreement = old.agreement AND row.kind = old.kind AND row.subject = old.subject)`,
    [tenant, agreements.map(({ agreement }) => agreement), JSON.stringify(rows)],
  );
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO register.work (tenant, agreement, kind, subject, key, asked_by, count, since, due_on)
     SELECT $1, row.agreement, row.kind, row.subject, row.key, row."askedBy", row.count, coalesce(row.begun, known.since, row.at), row."dueOn"
     FROM jsonb_to_recordset($2::jsonb) AS row(agreement uuid, kind text, subject text, key text, "askedBy" uuid, count int, begun timestamptz, at timestamptz, "dueOn" date)
     LEFT JOIN register.work known
       ON known.tenant = $1 AND known.agreement = row.agreement AND known.kind = row.kind AND known.subject = row.subject
     ON CONFLICT (tenant, agreement, kind, subject) DO UPDATE SET
       key = excluded.key, asked_by = excluded.asked_by, count = excluded.count, since = excluded.since, due_on = excluded.due_on`,
    [tenant, JSON.stringify(rows)],
  );
}

/** Adds on whose ids what waits in these agreements rests. Whoever once stood for something there stays. */
export async function writePeople(tx: Tx, tenant: string, rests: readonly { readonly person: string; readonly agreement: string }[]): Promise<void> {
  if (rests.length === 0) return;
  await tx.query(
    `INSERT INTO register.work_person (tenant, person, agreement)
     SELECT DISTINCT $1::uuid, row.person, row.agreement FROM jsonb_to_recordset($2::jsonb) AS row(person uuid, agreement uuid)
     ON CONFLICT DO NOTHING`,
    [tenant, JSON.stringify(rests)],
  );
}

/** The agreements in which what waits rests on any of these ids. */
export async function readAgreementsOf(tx: Tx, tenant: string, people: readonly string[]): Promise<readonly string[]> {
  if (people.length === 0) return [];
  const rows = await tx.query<{ agreement: string }[]>('SELECT DISTINCT agreement FROM register.work_person WHERE tenant = $1 AND person = ANY($2::uuid[])', [tenant, people]);
  return rows.map(({ agreement }) => agreement);
}

const columns = `work.agreement, work.kind, work.subject, work.key, work.asked_by AS "askedBy", work.count, agreement.title, agreement.pathway, agreement.stage,
  to_char(work.since AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since, to_char(work.due_on, 'YYYY-MM-DD') AS "dueOn"`;

/** What waits for one of these keys on this day, and what this person asked for and waits for: longest first, at most `limit` of each. */
export async function readWork(
  database: Database,
  tenant: string,
  { keys, person, day, limit }: { readonly keys: readonly string[]; readonly person: string; readonly day: string; readonly limit: number },
): Promise<{ readonly waiting: WorkRow[]; readonly asked: WorkRow[] }> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<(WorkRow & { readonly waits: boolean })[]>(
      // Key by key, each from the index in its order: an organisation may have a hundred thousand rows under one of them.
      // What waits from a later day is left out.
      `SELECT true AS waits, ${columns}
       FROM (SELECT one.* FROM unnest($2::text[]) AS asked(key) CROSS JOIN LATERAL
               (SELECT * FROM register.work WHERE tenant = $1 AND key = asked.key AND since < ($3::date + 1) AT TIME ZONE 'UTC' ORDER BY since, agreement LIMIT $4) one
             ORDER BY since, agreement LIMIT $4) work
       JOIN register.agreement ON agreement.tenant = work.tenant AND agreement.id = work.agreement
       UNION ALL
       SELECT false AS waits, ${columns}
       FROM (SELECT * FROM register.work WHERE tenant = $1 AND asked_by = $5 ORDER BY since, agreement LIMIT $4) work
       JOIN register.agreement ON agreement.tenant = work.tenant AND agreement.id = work.agreement
       ORDER BY since, agreement`,
      [tenant, keys, day, limit, person],
    ),
  );
  const those = (wanted: boolean) => rows.filter(({ waits }) => waits === wanted).map(({ waits: _, ...row }) => row);
  return { waiting: those(true), asked: those(false) };
}

/** Something whose day came: it waits from then on, or its last day in time is over. */
export interface DayCome {
  readonly agreement: string;
  readonly kind: WorkKind;
  readonly subject: string;
  readonly key: string;
  readonly came: 'waits' | 'over';
  /** The first day on which it is so. */
  readonly on: CivilDate;
}

/** The days that came after `after`, up to `until`, whether anything happened in their agreements or not. */
export async function daysCome(tx: Tx, tenant: string, { after, until }: { readonly after: CivilDate; readonly until: CivilDate }): Promise<readonly DayCome[]> {
  return tx.query<DayCome[]>(
    `SELECT agreement, kind, subject, key, 'waits' AS came, to_char(since AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS on
     FROM register.work
     WHERE tenant = $1 AND kind = ANY($4) AND due_on IS NOT NULL AND since >= ($2::date + 1) AT TIME ZONE 'UTC' AND since < ($3::date + 1) AT TIME ZONE 'UTC'
     UNION ALL
     SELECT agreement, kind, subject, key, 'over', to_char(due_on + 1, 'YYYY-MM-DD') FROM register.work WHERE tenant = $1 AND due_on >= $2::date AND due_on < $3::date`,
    [tenant, after, until, dayKinds],
  );
}
