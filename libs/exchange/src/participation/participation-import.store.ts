import type { Database } from '@concordat/platform';
import type { Platform } from './read-participation.js';

/** What becomes of one entry of an export. `duplicate`: it is on the agreement already, or stands in the file before; `joined`: so it does, and the export names others since who made it too. */
export interface AccountedRow {
  readonly row: number;
  readonly source: string | null;
  readonly is: 'taken' | 'joined' | 'duplicate' | 'left-out';
  /** Why it is left out; null for any other. */
  readonly why: string | null;
}

/** Why what somebody said who was erased is left out. It is told to whoever holds the export; which entry it was is kept nowhere, for what is public there names who made it. */
export const ofTheErased = 'Whoever made it was erased at their wish.';

/** An export with every entry accounted for: `rows` is the sum of taken, joined, duplicates and left out. */
export interface ParticipationReport {
  readonly platform: Platform;
  readonly host: string;
  readonly rows: number;
  readonly taken: number;
  readonly joined: number;
  readonly duplicates: number;
  readonly leftOut: number;
  /** Entries taken of which the export names no author: together they count as one person, for no more is known. */
  readonly unnamed: number;
  /** Those who made an entry together with its first author: it is taken in once of each of them too, whenever the export names them. */
  readonly coAuthors: number;
  readonly items: readonly AccountedRow[];
}

/** An export as it was taken in, and what became of it. Of its entries it names those that were left out, but for those of people who were erased. */
export interface KeptParticipation {
  readonly id: string;
  readonly activity: string;
  readonly file: string;
  /** ISO 8601 in UTC. */
  readonly takenAt: string;
  readonly takenBy: string;
  readonly report: ParticipationReport;
}

/** One command of the operation that takes an export in: of which row, and whether that names who made it. Its entry stands nowhere beside it: it would tell whose pseudonym the line has. */
export interface SentLine {
  readonly row: number;
  readonly is: 'taken' | 'joined';
  readonly named: boolean;
}

/** As a row holds it: `lines`, each in its order, of the operation that takes the entries in; one of an earlier release holds none. */
type KeptReport = ParticipationReport & { readonly lines?: readonly SentLine[] };
export type KeptAsSent = Omit<KeptParticipation, 'report'> & { readonly report: KeptReport };

/** The first time counts: the same request sent again changes nothing. */
export async function insertParticipation(database: Database, tenant: string, agreement: string, kept: Omit<KeptAsSent, 'takenAt'>, now: Date): Promise<void> {
  await database.inTenant(tenant, (tx) =>
    tx.query(
      `INSERT INTO exchange.participation_import (tenant, id, agreement, activity, file, taken_at, taken_by, report)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [tenant, kept.id, agreement, kept.activity, kept.file, now, kept.takenBy, JSON.stringify(kept.report)],
    ),
  );
}

/** The exports of one agreement, the newest first. */
export function readParticipations(database: Database, tenant: string, agreement: string, limit: number): Promise<KeptAsSent[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query<KeptAsSent[]>(
      `SELECT id, activity, file, to_char(taken_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "takenAt", taken_by AS "takenBy", report
       FROM exchange.participation_import WHERE tenant = $1 AND agreement = $2 ORDER BY taken_at DESC, id LIMIT $3`,
      [tenant, agreement, limit],
    ),
  );
}
