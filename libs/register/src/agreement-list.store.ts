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
  /** Providers that are a party, by id. */
  readonly parties: readonly string[];
  /** The period of its contract, civil days; null where none is on record. */
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly openedAt: string;
  readonly changedAt: string;
}

/** A line of a list, with the title of what it was split from or called off from. */
export interface ListedAgreement extends AgreementRow {
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

const columns = `id, version, title, reference, kind, parent, tier, pathway, route, stage, lifecycle, parties,
  starts_on::text AS "startsOn", ends_on::text AS "endsOn", ${utc('opened_at')} AS "openedAt", ${utc('changed_at')} AS "changedAt"`;

/** Writes rows; safe to repeat, because a row only ever gives way to a later version of the same agreement. */
export async function writeRows(tx: Tx, tenant: string, rows: readonly AgreementRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO register.agreement
       (tenant, id, version, title, reference, kind, parent, tier, pathway, route, stage, lifecycle, parties, starts_on, ends_on, opened_at, changed_at)
     SELECT $1, id, version, title, reference, kind, parent, tier, pathway, route, stage, lifecycle, parties, "startsOn", "endsOn", "openedAt", "changedAt"
     FROM jsonb_to_recordset($2::jsonb) AS row(id uuid, version int, title text, reference text, kind text, parent uuid, tier text,
       pathway text, route text, stage text, lifecycle text, parties uuid[], "startsOn" date, "endsOn" date, "openedAt" timestamptz, "changedAt" timestamptz)
     ON CONFLICT (tenant, id) DO UPDATE SET
       version = excluded.version, title = excluded.title, reference = excluded.reference, kind = excluded.kind, parent = excluded.parent,
       tier = excluded.tier, pathway = excluded.pathway, route = excluded.route, stage = excluded.stage,
       lifecycle = excluded.lifecycle, parties = excluded.parties, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
       changed_at = excluded.changed_at
     WHERE register.agreement.version < excluded.version`,
    [tenant, JSON.stringify(rows)],
  );
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
      `SELECT ${columns},
         (SELECT parents.title FROM register.agreement AS parents WHERE parents.tenant = $1 AND parents.id = agreement.parent) AS "parentTitle"
       FROM register.agreement
       WHERE tenant = $1
         AND ($2::text IS NULL OR stage = $2)
         AND ($3::text IS NULL OR lifecycle = $3)
         AND ($4::text IS NULL OR title ILIKE '%' || $4 || '%' OR reference ILIKE '%' || $4 || '%')
         AND ($5::timestamptz IS NULL OR (opened_at, id) < ($5::timestamptz, $6::uuid))
         AND ($7::uuid[] IS NULL OR parties && $7::uuid[] OR id = ANY($8::uuid[]))
       ORDER BY opened_at DESC, id DESC LIMIT $9`,
      [
        tenant,
        filter.stage ?? null,
        filter.lifecycle ?? null,
        filter.text === undefined ? null : filter.text.replace(/[\\%_]/g, '\\$&'),
        after?.openedAt ?? null,
        after?.id ?? null,
        reach === 'all' ? null : reach.providers,
        reach === 'all' ? null : reach.agreements,
        limit,
      ],
    ),
  );
}
