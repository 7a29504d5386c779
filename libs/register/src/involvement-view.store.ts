import type { Database, Tx } from '@concordat/platform';
import { monthsStill, stagesShort, type StuckReason } from './core/index.js';

/** One stage of one agreement: planned and reached. Times are ISO 8601 in UTC. */
export interface StageOfInvolvement {
  readonly agreement: string;
  readonly stage: string;
  readonly version: number;
  readonly order: number;
  readonly open: boolean;
  readonly here: boolean;
  readonly place: string | null;
  readonly theme: string | null;
  readonly placeKey: string | null;
  readonly themeKey: string | null;
  readonly sayPlanned: number | null;
  readonly doPlanned: number | null;
  readonly say: number;
  readonly do: number;
  readonly confirmed: boolean;
  readonly people: number;
  readonly enteredAt: string | null;
  readonly leftAt: string | null;
}
/** Somebody took part in an agreement, last on that day. */
export interface TookPart {
  readonly agreement: string;
  readonly participant: string;
  readonly lastOn: string;
}
/** One thing people were asked to take part in, and did. */
export interface Asked {
  readonly agreement: string;
  readonly activity: string;
  readonly stage: string;
  readonly title: string;
  readonly groups: readonly string[];
  readonly people: number;
  readonly lastOn: string;
  readonly placeKey: string | null;
  readonly themeKey: string | null;
}

/** All that is kept of these agreements takes the place of what was. */
export async function writeInvolvement(
  tx: Tx,
  tenant: string,
  agreements: readonly string[],
  rows: { readonly stages: readonly StageOfInvolvement[]; readonly tookPart: readonly TookPart[]; readonly asked: readonly Asked[] },
): Promise<void> {
  for (const table of ['involvement', 'asked']) {
    await tx.query(`DELETE FROM register.${table} WHERE tenant = $1 AND agreement = ANY($2::uuid[])`, [tenant, agreements]);
  }
  // Of a thousand people one took part today: only what changed is written.
  await tx.query(
    `DELETE FROM register.took_part kept WHERE tenant = $1 AND agreement = ANY($2::uuid[]) AND NOT EXISTS (
       SELECT FROM jsonb_to_recordset($3::jsonb) AS row(participant uuid, agreement uuid) WHERE row.participant = kept.participant AND row.agreement = kept.agreement)`,
    [tenant, agreements, JSON.stringify(rows.tookPart)],
  );
  await tx.query(
    `INSERT INTO register.involvement
       (tenant, agreement, stage, version, place_in_order, open, here, place, theme, place_key, theme_key, say_planned, do_planned, say, "do", confirmed, people, entered_at, left_at)
     SELECT $1, agreement, stage, version, "order", open, here, place, theme, "placeKey", "themeKey", "sayPlanned", "doPlanned", say, "do", confirmed, people, "enteredAt", "leftAt"
     FROM jsonb_to_recordset($2::jsonb) AS row(agreement uuid, stage text, version int, "order" int, open boolean, here boolean, place text, theme text,
       "placeKey" text, "themeKey" text, "sayPlanned" int, "doPlanned" int, say int, "do" int, confirmed boolean, people int, "enteredAt" timestamptz, "leftAt" timestamptz)`,
    [tenant, JSON.stringify(rows.stages)],
  );
  await tx.query(
    `INSERT INTO register.took_part (tenant, participant, agreement, last_on)
     SELECT $1, participant, agreement, "lastOn" FROM jsonb_to_recordset($2::jsonb) AS row(participant uuid, agreement uuid, "lastOn" date)
     ON CONFLICT (tenant, participant, agreement) DO UPDATE SET last_on = excluded.last_on WHERE took_part.last_on <> excluded.last_on`,
    [tenant, JSON.stringify(rows.tookPart)],
  );
  await tx.query(
    `INSERT INTO register.asked (tenant, activity, agreement, stage, title, groups, people, last_on, place_key, theme_key)
     SELECT $1, activity, agreement, stage, title, groups, people, "lastOn", "placeKey", "themeKey"
     FROM jsonb_to_recordset($2::jsonb) AS row(activity uuid, agreement uuid, stage text, title text, groups text[], people int, "lastOn" date, "placeKey" text, "themeKey" text)`,
    [tenant, JSON.stringify(rows.asked)],
  );
}

/** Empties what is kept of a tenant, before it is built anew. */
export async function clearInvolvement(tx: Tx, tenant: string): Promise<void> {
  for (const table of ['involvement', 'took_part', 'asked']) await tx.query(`DELETE FROM register.${table} WHERE tenant = $1`, [tenant]);
}

/**
 * By what Say and Do are looked at over time, and how each is called. A portfolio is the agreements of one theme. Places and
 * themes are one however they are spelled.
 */
export const involvementBy = {
  all: { key: 'tenant', name: `'all'` },
  stage: { key: 'stage', name: 'stage' },
  place: { key: 'place_key', name: 'btrim(min(place))' },
  portfolio: { key: 'theme_key', name: 'btrim(min(theme))' },
} as const;
/** One of them. */
export type InvolvementBy = keyof typeof involvementBy;

/** How many stages of one quarter reached each level. The index of `say` and `do` is the level. */
export interface InvolvementOverTime {
  /** `null` where the agreements say none. */
  readonly name: string | null;
  /** By the day the stage was left, such as `2026-Q2`; `now` for stages that agreements stand in. */
  readonly quarter: string;
  readonly stages: number;
  readonly say: readonly number[];
  readonly do: readonly number[];
  /** Of those with a plan, how many reached it on both scales. */
  readonly planned: number;
  readonly asPlanned: number;
  /** Of those at Say 3 or more, how many people confirmed. */
  readonly engaged: number;
  readonly confirmed: number;
}

const levels = (column: string, top: number) =>
  `ARRAY[${Array.from({ length: top + 1 }, (_, level) => `count(*) FILTER (WHERE ${column} = ${level})`).join(', ')}]::int[]`;

/** Say and Do of every stage that was left, or that an agreement stands in, by quarter; `within` null for all agreements. */
export function readOverTime(database: Database, tenant: string, by: InvolvementBy, within: readonly string[] | null): Promise<InvolvementOverTime[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<InvolvementOverTime[]>(
      `SELECT ${involvementBy[by].name} AS name,
         CASE WHEN left_at IS NULL THEN 'now' ELSE to_char(left_at AT TIME ZONE 'Europe/London', 'YYYY"-Q"Q') END AS quarter,
         count(*)::int AS stages, ${levels('say', 4)} AS say, ${levels('"do"', 3)} AS "do",
         count(*) FILTER (WHERE say_planned IS NOT NULL)::int AS planned,
         count(*) FILTER (WHERE say >= say_planned AND "do" >= do_planned)::int AS "asPlanned",
         count(*) FILTER (WHERE say >= 3)::int AS engaged, count(*) FILTER (WHERE say >= 3 AND confirmed)::int AS confirmed
       FROM register.involvement
       WHERE tenant = $1 AND (left_at IS NOT NULL OR here) AND entered_at IS NOT NULL AND ($2::uuid[] IS NULL OR agreement = ANY($2::uuid[]))
       GROUP BY ${involvementBy[by].key}, 2 ORDER BY 1 NULLS LAST, min(coalesce(left_at, 'infinity'))`,
      [tenant, within],
    ),
  );
}

/** An agreement that is stuck, with what it reached where it stands. */
export interface StuckAgreement {
  readonly agreement: string;
  readonly title: string;
  readonly pathway: string;
  readonly stage: string;
  readonly since: string;
  readonly reason: StuckReason;
  readonly say: number;
  readonly do: number;
  readonly sayPlanned: number | null;
  readonly doPlanned: number | null;
}

/**
 * Every open agreement that is stuck, whichever stands longest first: one query. `at`: the moment it is asked; `running`: the stages, each as
 * `pathway@version stage`, in which a service runs until its contract ends, so that it stands there and does not stand still.
 */
export function readStuck(database: Database, tenant: string, o: { readonly at: string; readonly running: readonly string[]; readonly limit: number; readonly within: readonly string[] | null }): Promise<StuckAgreement[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<StuckAgreement[]>(
      `SELECT now.agreement, agreement.title, agreement.pathway, now.stage,
         to_char(now.entered_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS since,
         CASE WHEN running.short THEN 'short-of-plan' ELSE 'standing-still' END AS reason,
         now.say, now."do", now.say_planned AS "sayPlanned", now.do_planned AS "doPlanned"
       FROM register.involvement now
       JOIN register.agreement ON agreement.tenant = now.tenant AND agreement.id = now.agreement
       CROSS JOIN LATERAL (
         SELECT count(*) = ${stagesShort} AND bool_and(say < say_planned OR "do" < do_planned) AS short
         FROM (SELECT say, "do", say_planned, do_planned FROM register.involvement
               WHERE tenant = now.tenant AND agreement = now.agreement AND left_at IS NOT NULL AND say_planned IS NOT NULL
               ORDER BY place_in_order DESC LIMIT ${stagesShort}) last) running
       WHERE now.tenant = $1 AND now.here AND now.open AND ($3::uuid[] IS NULL OR now.agreement = ANY($3::uuid[]))
         AND (running.short OR (now.entered_at <= $2::timestamptz - make_interval(months => ${monthsStill})
           AND (agreement.pathway || ' ' || now.stage <> ALL($5::text[]) OR agreement.ends_on < ($2::timestamptz AT TIME ZONE 'Europe/London')::date)))
       ORDER BY now.entered_at, now.agreement LIMIT $4`,
      [tenant, o.at, o.within, o.limit, o.running],
    ),
  );
}

/** What people of the same place and theme were asked before, in another agreement. */
export interface AskedBefore {
  readonly agreement: string;
  readonly title: string;
  readonly activity: string;
  readonly activityTitle: string;
  readonly stage: string;
  readonly groups: readonly string[];
  readonly people: number;
  readonly lastOn: string;
  /** Those of its groups that the agreement affects too. */
  readonly sameGroups: readonly string[];
}

/** Since that day, of the `limit` agreements that asked last; the newest first. */
export function readAskedBefore(
  database: Database,
  tenant: string,
  o: { readonly agreement: string; readonly placeKey: string; readonly themeKey: string; readonly since: string; readonly limit: number; readonly within: readonly string[] | null },
): Promise<Omit<AskedBefore, 'sameGroups'>[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<Omit<AskedBefore, 'sameGroups'>[]>(
      `SELECT asked.agreement, agreement.title, asked.activity, asked.title AS "activityTitle", asked.stage, asked.groups, asked.people, asked.last_on::text AS "lastOn"
       FROM register.asked JOIN register.agreement ON agreement.tenant = asked.tenant AND agreement.id = asked.agreement
       JOIN (SELECT agreement FROM register.asked
             WHERE tenant = $1 AND agreement <> $2 AND place_key = $3 AND theme_key = $4 AND last_on >= $5 AND ($6::uuid[] IS NULL OR agreement = ANY($6::uuid[]))
             GROUP BY agreement ORDER BY max(last_on) DESC, agreement LIMIT $7) latest ON latest.agreement = asked.agreement
       WHERE asked.tenant = $1 AND asked.place_key = $3 AND asked.theme_key = $4 AND asked.last_on >= $5
       ORDER BY asked.last_on DESC, asked.activity`,
      [tenant, o.agreement, o.placeKey, o.themeKey, o.since, o.within, o.limit],
    ),
  );
}

/** How many of these people took part in another agreement since that day. */
export async function countElsewhere(
  database: Database,
  tenant: string,
  o: { readonly agreement: string; readonly people: readonly string[]; readonly since: string; readonly within: readonly string[] | null },
): Promise<number> {
  const [row] = await database.inTenant(tenant, (tx) =>
    tx.query<{ count: number }[]>(
      `SELECT count(DISTINCT participant)::int AS count FROM register.took_part
       WHERE tenant = $1 AND agreement <> $2 AND participant = ANY($3::uuid[]) AND last_on >= $4 AND ($5::uuid[] IS NULL OR agreement = ANY($5::uuid[]))`,
      [tenant, o.agreement, o.people, o.since, o.within],
    ),
  );
  return row?.count ?? 0;
}

/** The other agreements in which this person (a pseudonym) took part since that day, the latest first. */
export async function readTookPart(
  database: Database,
  tenant: string,
  o: { readonly participant: string; readonly except: string; readonly since: string; readonly limit: number; readonly within: readonly string[] | null },
): Promise<readonly string[]> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<{ agreement: string }[]>(
      `SELECT agreement FROM register.took_part
       WHERE tenant = $1 AND participant = $2 AND agreement <> $3 AND last_on >= $4 AND ($5::uuid[] IS NULL OR agreement = ANY($5::uuid[]))
       ORDER BY last_on DESC, agreement LIMIT $6`,
      [tenant, o.participant, o.except, o.since, o.within, o.limit],
    ),
  );
  return rows.map(({ agreement }) => agreement);
}
