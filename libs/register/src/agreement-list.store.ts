import type { Reach } from '@concordat/access/core';
import type { Database, Tx } from '@concordat/platform';

/** What a list says of one agreement. Times are ISO 8601 in UTC. */
export interface AgreementRow {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly reference: string | null;
  readonly kind: string;
  /** What it was split from or called off from, by id. */
  readonly parent: string | null;
  readonly tier: string;
  readonly pathway: string;
  readonly route: string;
  readonly stage: string;
  readonly lifecycle: string;
  /** Providers that are a party and for whom it is not over, by id; of a row as it was left, those for whom it was over then. */
  readonly parties: readonly string[];
  /** The period of its contract, civil days; null where none is on record. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly openedAt: string;
  readonly changedAt: string;
}

/** A line of a list, with the title of what it was split from or called off from. `tier`: null to parties, because it is the organisation's own matter. `parties`: none to people who take part. */
export interface ListedAgreement extends Omit<AgreementRow, 'tier'> {
  readonly tier: string | null;
  /** To a party for whom the sourcing is over: this is how it stood then. */
  readonly over: boolean;
  readonly parentTitle: string | null;
}

/** Which agreements a list shows; an absent member filters nothing. */
export interface AgreementFilter {
  readonly stage?: string;
  readonly lifecycle?: string;
  readonly text?: string;
}

/** Where a page ended: the row after which the next page begins. */
export interface PageMark {
  readonly openedAt: string;
  readonly id: string;
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const columns = `id, version, title, reference, kind, parent, pathway, route, stage, lifecycle,
  starts_on::text AS "startsOn", ends_on::text AS "endsOn", ${utc('opened_at')} AS "openedAt", ${utc('changed_at')} AS "changedAt"`;

const written = 'id, version, title, reference, kind, parent, tier, pathway, route, stage, lifecycle, parties';
// Takes $1 tenant, $2 rows.
const given = `(tenant, ${written}, starts_on, ends_on, opened_at, changed_at)
     SELECT $1, ${written}, "startsOn", "endsOn", "openedAt", "changedAt"
     FROM jsonb_to_recordset($2::jsonb) AS row(id uuid, version int, title text, reference text, kind text, parent uuid, tier text,
       pathway text, route text, stage text, lifecycle text, parties uuid[], "startsOn" date, "endsOn" date, "openedAt" timestamptz, "changedAt" timestamptz)`;

/**
 * Writes rows; safe to repeat, because a row only ever gives way to a later version of the same agreement. A row may be ahead of the events it
 * was written for; when the later ones come, their moment is the last change.
 */
export async function writeRows(tx: Tx, tenant: string, rows: readonly AgreementRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO register.agreement ${given}
     ON CONFLICT (tenant, id) DO UPDATE SET
       version = excluded.version, title = excluded.title, reference = excluded.reference, kind = excluded.kind, parent = excluded.parent,
       tier = excluded.tier, pathway = excluded.pathway, route = excluded.route, stage = excluded.stage,
       lifecycle = excluded.lifecycle, parties = excluded.parties, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
       changed_at = greatest(register.agreement.changed_at, excluded.changed_at)
     WHERE register.agreement.version <= excluded.version`,
    [tenant, JSON.stringify(rows)],
  );
}

/** Writes how these agreements stood when it was over for some of their parties, in place of what was said of that before; safe to repeat. */
export async function writeLeft(tx: Tx, tenant: string, agreements: readonly string[], rows: readonly AgreementRow[]): Promise<void> {
  await tx.query('DELETE FROM register.agreement_left WHERE tenant = $1 AND id = ANY($2)', [tenant, agreements]);
  if (rows.length > 0) await tx.query(`INSERT INTO register.agreement_left ${given}`, [tenant, JSON.stringify(rows)]);
}

/** What one column of a board says: a stage, how many agreements stand in it, how many of them are on hold. */
export interface StageCount {
  readonly stage: string;
  /** Of the version of a pathway that most of them follow. */
  readonly pathway: string;
  readonly count: number;
  readonly held: number;
}

// Each takes $5 providers, $6 agreements, and $7 those within reach of which one reads what people who take part do: null where that is all.
const seesAll = `($5::uuid[] IS NULL OR id = ANY($6::uuid[]))`;
const takesPart = `($7::uuid[] IS NULL OR id = ANY($7::uuid[]))`;

const listed = (reach: Reach): string => `${columns}, ${reach === 'all' ? 'false AS over' : 'over'}, CASE WHEN ${seesAll} OR ${takesPart} THEN tier END AS tier,
  CASE WHEN ${seesAll} OR parties && $5::uuid[] THEN parties ELSE '{}' END AS parties,
  (SELECT parents.title FROM register.agreement AS parents WHERE parents.tenant = $1 AND parents.id = agreement.parent) AS "parentTitle"`;

// Takes $1 tenant, $2 stage, $3 lifecycle, $4 text.
const matching = `tenant = $1
  AND ($2::text IS NULL OR stage = $2)
  AND ($3::text IS NULL OR lifecycle = $3)
  AND ($4::text IS NULL OR title ILIKE '%' || $4 || '%' OR reference ILIKE '%' || $4 || '%')
  AND (${seesAll} OR parties && $5::uuid[] OR ${takesPart})`;

/** What lists read: to whom all is within reach all agreements, to others each as it stands for them, which is how it was left where it is over. */
const standing = (reach: Reach): string =>
  reach === 'all'
    ? 'register.agreement'
    : `(SELECT tenant, ${written}, starts_on, ends_on, opened_at, changed_at, false AS over FROM register.agreement
        UNION ALL
        SELECT tenant, ${written}, starts_on, ends_on, opened_at, changed_at, true FROM register.agreement_left AS gone
        WHERE $7::uuid[] IS NOT NULL
          AND NOT EXISTS (SELECT FROM register.agreement AS now WHERE now.tenant = gone.tenant AND now.id = gone.id AND (now.parties && $5::uuid[] OR now.id = ANY($6::uuid[] || $7::uuid[])))
       ) AS agreement`;

function asked(tenant: string, reach: Reach, { stage, lifecycle, text }: AgreementFilter): readonly unknown[] {
  return [
    tenant,
    stage ?? null,
    lifecycle ?? null,
    text === undefined ? null : text.replace(/[\\%_]/g, '\\$&'),
    reach === 'all' ? null : reach.providers,
    reach === 'all' ? null : reach.agreements,
    reach === 'all' || reach.takingPart === 'all' ? null : reach.takingPart,
  ];
}

/** One page of what lies within reach, newest opened first; `limit` rows at most, beginning after `after`. */
export function readPage(
  database: Database,
  tenant: string,
  reach: Reach,
  filter: AgreementFilter,
  limit: number,
  after?: PageMark,
): Promise<ListedAgreement[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<ListedAgreement[]>(
      `SELECT ${listed(reach)} FROM ${standing(reach)}
       WHERE ${matching} AND ($8::timestamptz IS NULL OR (opened_at, id) < ($8::timestamptz, $9::uuid))
       ORDER BY opened_at DESC, id DESC LIMIT $10`,
      [...asked(tenant, reach, filter), after?.openedAt ?? null, after?.id ?? null, limit],
    ),
  );
}

/**
 * How many of what lies within reach stand in each stage. All of an organisation's are counted as they are written
 * (`register.stage_count`), because counting 100,000 anew costs more than the rest of the board; a text, or a reader who
 * sees some of them, is counted when it is asked.
 */
export function readStageCounts(database: Database, tenant: string, reach: Reach, filter: AgreementFilter): Promise<StageCount[]> {
  const whole = reach === 'all' && filter.text === undefined;
  const [given, counted] = whole
    ? [[tenant, filter.stage ?? null, filter.lifecycle ?? null], 'SELECT pathway, stage, lifecycle, agreements FROM register.stage_count WHERE tenant = $1 AND ($2::text IS NULL OR stage = $2) AND ($3::text IS NULL OR lifecycle = $3)']
    : [asked(tenant, reach, filter), `SELECT pathway, stage, lifecycle, count(*) AS agreements FROM ${standing(reach)} WHERE ${matching} GROUP BY pathway, stage, lifecycle`];
  return database.inTenant(tenant, (tx) =>
    tx.query<StageCount[]>(
      `SELECT stage, (array_agg(pathway ORDER BY agreements DESC, pathway))[1] AS pathway, sum(agreements)::int AS count,
         coalesce(sum(agreements) FILTER (WHERE lifecycle = 'held'), 0)::int AS held
       FROM (${counted}) AS counted GROUP BY stage HAVING sum(agreements) > 0`,
      [...given],
    ),
  );
}

/** The newest of each of these stages, `each` at most. */
export function readNewestOf(database: Database, tenant: string, reach: Reach, filter: AgreementFilter, stages: readonly string[], each: number): Promise<ListedAgreement[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<ListedAgreement[]>(
      `SELECT newest.* FROM unnest($8::text[]) AS columns(here) CROSS JOIN LATERAL (
         SELECT ${listed(reach)} FROM ${standing(reach)} WHERE ${matching} AND stage = here ORDER BY opened_at DESC, id DESC LIMIT $9) AS newest`,
      [...asked(tenant, reach, filter), stages, each],
    ),
  );
}
