import type { Database } from '@concordat/platform';
import type { FindingCode } from './core/index.js';

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** One line of the list of imports: of releases, or of a register. Times are ISO 8601 in UTC. */
export interface ImportLine {
  readonly id: string;
  readonly kind: 'releases' | 'register';
  readonly file: string;
  readonly begunAt: string;
  /** A person's id, or `system:import`. */
  readonly begunBy: string;
  /** `waiting`: for somebody to say which heading of a register is what. */
  readonly state: 'reading' | 'telling' | 'waiting' | 'done';
}

/** Where a page of the list ended. */
export interface ImportMark {
  readonly begunAt: string;
  readonly id: string;
}

/** An import of releases, and how far it is. releases = imported + merged + duplicates + rejected. */
export interface ImportSeen {
  readonly id: string;
  readonly files: readonly string[];
  readonly begunAt: string;
  readonly begunBy: string;
  /** Null while it is read: nothing of it counts yet. */
  readonly committedAt: string | null;
  readonly imported: number;
  readonly merged: number;
  readonly duplicates: number;
  readonly rejected: number;
  /** Of those rejected, how many are counted and not listed. */
  readonly rejectedMore: number;
  /** Releases that agreements have not been told of yet. */
  readonly untold: number;
  /** Agreements that were taken over from it. */
  readonly agreements: number;
  readonly findings: readonly { readonly code: FindingCode; readonly found: number }[];
}

/** A release that could not be taken. `index` is its place in its file. */
export interface RejectedRelease {
  readonly ordinal: number;
  readonly file: string;
  readonly index: number;
  readonly ocid: string | null;
  readonly reason: string;
}

/** A process that an import told something of. */
export interface ToldProcess {
  readonly ocid: string;
  /** Null while it has no agreement. */
  readonly agreement: string | null;
  /** Whether this import opened the agreement, or told more of one that was there. */
  readonly opened: boolean;
  readonly releases: number;
}

/** Something found in what an import brought. */
export interface FoundThing {
  readonly ocid: string;
  readonly agreement: string | null;
  readonly about: string;
  readonly detail: string;
}

/** Imports, newest first. */
export function readImports(database: Database, tenant: string, limit: number, before?: ImportMark): Promise<ImportLine[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT id, kind, file, ${utc('begun_at')} AS "begunAt", begun_by AS "begunBy", state FROM (
         SELECT id, 'releases' AS kind, coalesce((SELECT string_agg(one->>'name', ', ') FROM jsonb_array_elements(i.files) AS one), '') AS file, begun_at, begun_by,
           CASE WHEN committed_at IS NULL THEN 'reading'
                WHEN EXISTS (SELECT FROM exchange.staged_release r WHERE r.tenant = $1 AND r.import = i.id AND r.verdict IN ('imported', 'merged') AND NOT r.applied) THEN 'telling'
                ELSE 'done' END AS state
         FROM exchange.import i WHERE tenant = $1
         UNION ALL
         SELECT id, 'register', file, begun_at, begun_by, CASE WHEN imported_at IS NULL THEN 'waiting' ELSE 'done' END FROM exchange.register_import WHERE tenant = $1
       ) AS line
       WHERE $2::timestamptz IS NULL OR (begun_at, id) < ($2::timestamptz, $3::uuid)
       ORDER BY begun_at DESC, id DESC LIMIT $4`,
      [tenant, before?.begunAt ?? null, before?.id ?? null, limit],
    ),
  );
}

/** One import of releases, or undefined. */
export async function readImport(database: Database, tenant: string, id: string): Promise<ImportSeen | undefined> {
  return database.inTenant(tenant, async (tx) => {
    const [found] = await tx.query<Pick<ImportSeen, 'id' | 'files' | 'begunAt' | 'begunBy' | 'committedAt' | 'duplicates' | 'rejectedMore'>[]>(
      `SELECT id, (SELECT coalesce(jsonb_agg(one->'name'), '[]') FROM jsonb_array_elements(files) AS one) AS files, duplicates, rejected_more AS "rejectedMore",
         ${utc('begun_at')} AS "begunAt", begun_by AS "begunBy", ${utc('committed_at')} AS "committedAt"
       FROM exchange.import WHERE tenant = $1 AND id = $2`,
      [tenant, id],
    );
    if (found === undefined) return undefined;
    const [counted] = await tx.query<Pick<ImportSeen, 'imported' | 'merged' | 'rejected' | 'untold' | 'agreements'>[]>(
      `SELECT (count(*) FILTER (WHERE verdict = 'imported'))::int AS imported, (count(*) FILTER (WHERE verdict = 'merged'))::int AS merged,
         (count(*) FILTER (WHERE verdict = 'rejected'))::int AS rejected,
         (count(*) FILTER (WHERE verdict IN ('imported', 'merged') AND NOT applied))::int AS untold,
         (count(*) FILTER (WHERE verdict = 'imported' AND applied))::int AS agreements
       FROM exchange.staged_release WHERE tenant = $1 AND import = $2`,
      [tenant, id],
    );
    const findings = await tx.query<ImportSeen['findings'][number][]>(
      'SELECT code, count(*)::int AS found FROM exchange.finding WHERE tenant = $1 AND import = $2 GROUP BY code ORDER BY code',
      [tenant, id],
    );
    return { ...found, ...counted!, rejected: counted!.rejected + found.rejectedMore, findings };
  });
}

/** Releases of an import that could not be taken, in their order, after the `after`th. */
export function readRejected(database: Database, tenant: string, id: string, limit: number, after: number): Promise<RejectedRelease[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT r.ordinal, coalesce(i.files->r.file->>'name', '') AS file, r.index, r.ocid, r.reason
       FROM exchange.staged_release r JOIN exchange.import i ON i.tenant = r.tenant AND i.id = r.import
       WHERE r.tenant = $1 AND r.import = $2 AND r.verdict = 'rejected' AND r.ordinal > $3 ORDER BY r.ordinal LIMIT $4`,
      [tenant, id, after, limit],
    ),
  );
}

/** Processes that an import told something of, by ocid, after `after`. */
export function readProcesses(database: Database, tenant: string, id: string, limit: number, after: string): Promise<ToldProcess[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT p.ocid, p.agreement, bool_or(r.verdict = 'imported') AS opened, count(*)::int AS releases
       FROM exchange.staged_release r JOIN exchange.process p ON p.tenant = r.tenant AND p.ocid = r.ocid
       WHERE r.tenant = $1 AND r.import = $2 AND r.verdict IN ('imported', 'merged') AND p.ocid > $3
       GROUP BY p.ocid, p.agreement ORDER BY p.ocid LIMIT $4`,
      [tenant, id, after, limit],
    ),
  );
}

/** What was found of one code in what an import brought, by ocid. */
export function readFound(database: Database, tenant: string, id: string, code: FindingCode, limit: number, after: { readonly ocid: string; readonly about: string }): Promise<FoundThing[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT f.ocid, p.agreement, f.about, f.detail
       FROM exchange.finding f LEFT JOIN exchange.process p ON p.tenant = f.tenant AND p.ocid = f.ocid
       WHERE f.tenant = $1 AND f.import = $2 AND f.code = $3 AND (f.ocid, f.about) > ($4, $5) ORDER BY f.ocid, f.about LIMIT $6`,
      [tenant, id, code, after.ocid, after.about, limit],
    ),
  );
}
