import type { Database, Tx } from '@concordat/platform';
import type { WaiverOfTeam } from './core/index.js';

/** So many waivers of one condition and team within twelve months, and the last of them is reviewed. */
const reviewedEvery = 3;
const months = 12;

/** One waiver as it was given. `givenAt` is ISO 8601 in UTC, `position` the event's place in the feed. */
export interface WaiverGiven {
  readonly waiver: string;
  readonly agreement: string;
  readonly condition: string;
  readonly team: string;
  readonly countsWith: readonly string[];
  readonly stage: string;
  readonly position: number;
  readonly givenAt: string;
}

// Those given within twelve months up to this one, of its condition and team.
const ofOneTeam = (one: string) =>
  `earlier.tenant = ${one}.tenant AND earlier.condition = ${one}.condition AND earlier.counts_with && ${one}.counts_with
    AND earlier.position < ${one}.position AND earlier.given_at > ${one}.given_at - make_interval(months => ${months})`;

/**
 * Writes waivers that were given, in the order of the feed; one that is there already stays as it is, so whoever reads the event first
 * writes it. The third of one condition and team within twelve months is for review, and the third after one that was: also where two
 * that were counted apart turn out to be of one team.
 */
export async function writeWaivers(tx: Tx, tenant: string, given: readonly WaiverGiven[]): Promise<void> {
  for (const one of given) {
    await tx.query(
      `WITH one AS (
         SELECT $1::uuid AS tenant, waiver, agreement, condition, team, "countsWith" AS counts_with, stage, position, "givenAt" AS given_at
         FROM jsonb_to_record($2::jsonb) AS row(waiver uuid, agreement uuid, condition text, team text, "countsWith" text[], stage text, position bigint, "givenAt" timestamptz)
       ), earlier AS (SELECT earlier.position, earlier.for_review FROM one JOIN register.waiver earlier ON ${ofOneTeam('one')})
       INSERT INTO register.waiver (tenant, waiver, agreement, condition, team, counts_with, stage, position, given_at, for_review)
       SELECT one.*, (SELECT count(*) FROM earlier) = ${reviewedEvery - 1}
         OR (SELECT count(*) FROM earlier WHERE position > coalesce((SELECT max(position) FROM earlier WHERE for_review), 0)) >= ${reviewedEvery - 1}
       FROM one ON CONFLICT DO NOTHING`,
      [tenant, JSON.stringify(one)],
    );
  }
}

/** Writes when waivers were reviewed. */
export async function writeReviews(tx: Tx, tenant: string, reviewed: readonly { readonly waiver: string; readonly reviewedAt: string }[]): Promise<void> {
  if (reviewed.length === 0) return;
  await tx.query(
    `UPDATE register.waiver SET reviewed_at = row."reviewedAt"
     FROM jsonb_to_recordset($2::jsonb) AS row(waiver uuid, "reviewedAt" timestamptz) WHERE tenant = $1 AND register.waiver.waiver = row.waiver`,
    [tenant, JSON.stringify(reviewed)],
  );
}

/** Empties what is kept of a tenant, before it is built anew. */
export async function clearWaivers(tx: Tx, tenant: string): Promise<void> {
  await tx.query('DELETE FROM register.waiver WHERE tenant = $1', [tenant]);
}

/** Of these waivers, those that go to review. */
export async function thirdWaivers(tx: Tx, tenant: string, waivers: readonly string[]): Promise<ReadonlySet<string>> {
  if (waivers.length === 0) return new Set();
  const rows: { waiver: string }[] = await tx.query(
    `SELECT one.waiver FROM register.waiver one WHERE one.tenant = $1 AND one.waiver = ANY($2::uuid[]) AND one.for_review`,
    [tenant, waivers],
  );
  return new Set(rows.map(({ waiver }) => waiver));
}

/** One that waits for its review by the senior responsible owner. */
export interface WaiverToReview extends Omit<WaiverGiven, 'position' | 'countsWith'> {
  readonly title: string;
  readonly pathway: string;
  /** Which one it was, of its condition and team within twelve months. */
  readonly nth: number;
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** All that were given within twelve months, in the order they were. `at`: the moment it is asked; `within` null for all agreements. */
export function readGiven(database: Database, tenant: string, at: string, within: readonly string[] | null): Promise<WaiverOfTeam[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<WaiverOfTeam[]>(
      `SELECT condition, team, counts_with AS "countsWith", ${utc('given_at')} AS "givenAt" FROM register.waiver
       WHERE tenant = $1 AND given_at > $2::timestamptz - make_interval(months => ${months}) AND ($3::uuid[] IS NULL OR agreement = ANY($3::uuid[]))
       ORDER BY position`,
      [tenant, at, within],
    ),
  );
}

/** Those that wait for a review, the longest waiting first. */
export function readToReview(database: Database, tenant: string, within: readonly string[] | null): Promise<WaiverToReview[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<WaiverToReview[]>(
      `SELECT one.waiver, one.agreement, one.condition, one.team, one.stage, ${utc('one.given_at')} AS "givenAt", agreement.title, agreement.pathway, (SELECT count(*) FROM register.waiver earlier WHERE ${ofOneTeam('one')})::int + 1 AS nth
       FROM register.waiver one JOIN register.agreement ON agreement.tenant = one.tenant AND agreement.id = one.agreement
       WHERE one.tenant = $1 AND one.reviewed_at IS NULL AND one.for_review AND ($2::uuid[] IS NULL OR one.agreement = ANY($2::uuid[]))
       ORDER BY one.given_at, one.waiver`,
      [tenant, within],
    ),
  );
}
