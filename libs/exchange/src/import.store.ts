import type { Database, Tx } from '@concordat/platform';
import type { Finding } from './core/index.js';

/** One release as it was read. `content` is canonical JSON, deflated, or `reason` says why it cannot be taken. */
export type ReadRelease = { readonly file: number; readonly index: number; readonly ocid: string | null } & (
  | { readonly content: Buffer; readonly hash: Buffer }
  | { readonly reason: string }
);

/** A file of an import, and who published what is in it. */
export interface ImportedFile {
  readonly name: string;
  readonly source: string;
}

/** What became of the releases of one import, and what was found. */
export interface ImportCounts {
  readonly imported: number;
  readonly merged: number;
  readonly duplicates: number;
  /** Agreements that were taken over from releases of it. */
  readonly opened: number;
  /** The first of them, in their order, up to `rejectedListed`. */
  readonly rejected: readonly { readonly file: string; readonly index: number; readonly ocid: string | null; readonly reason: string }[];
  /** How many more were rejected than are listed. */
  readonly rejectedMore: number;
  readonly findings: Readonly<Record<string, number>>;
}

/** A process the agreement of which has not been told everything, with all its releases in the order they came. */
export interface PendingProcess {
  readonly ocid: string;
  /** Null while it has no agreement. */
  readonly agreement: string | null;
  readonly releases: readonly KeptRelease[];
}

export interface KeptRelease {
  readonly import: string;
  readonly ordinal: number;
  readonly ocid: string;
  /** Lower-case hex. */
  readonly hash: string;
  /** Canonical JSON, deflated. */
  readonly content: Buffer;
  readonly source: string;
  /** Whether the agreement was told of it. */
  readonly applied: boolean;
}

/** What became of one process: its agreement was told, nothing could be made of it, or it was given up. */
export type AppliedProcess = {
  readonly ocid: string;
  readonly releases: readonly { readonly import: string; readonly ordinal: number }[];
} & (
  | { readonly agreement: string; readonly hash: Buffer; readonly findings: readonly Finding[] }
  | { readonly refused: string }
  /** Faults kept it from being told of these releases; of those in `told` it was. */
  | { readonly failed: string; readonly told: readonly { readonly import: string; readonly ordinal: number }[] }
);

/** So many rejected releases of one import are listed; of more only the number is kept. */
export const rejectedListed = 10_000;

const sliceLength = 20_000;
const processesAtOnce = 100;
const bytesAtOnce = 1_000_000;

/**
 * Begins an import, and sweeps away those that were never committed and are not being read any more.
 * @returns false where there is one by this id already.
 */
export async function insertImport(database: Database, tenant: string, { id, by }: { readonly id: string; readonly by: string }, now: Date, deadBefore: Date): Promise<boolean> {
  return database.inTenant(tenant, async (tx) => {
    await tx.query('DELETE FROM exchange.import WHERE tenant = $1 AND committed_at IS NULL AND touched_at < $2', [tenant, deadBefore]);
    const begun: unknown[] = await tx.query(
      'INSERT INTO exchange.import (tenant, id, touched_at, begun_at, begun_by) VALUES ($1, $2, $3, $3, $4) ON CONFLICT DO NOTHING RETURNING id',
      [tenant, id, now, by],
    );
    return begun.length > 0;
  });
}

/** Whether an import by this id counts. */
export async function isCommitted(database: Database, tenant: string, id: string): Promise<boolean> {
  const rows: unknown[] = await database.inTenant(tenant, (tx) => tx.query('SELECT id FROM exchange.import WHERE tenant = $1 AND id = $2 AND committed_at IS NOT NULL', [tenant, id]));
  return rows.length > 0;
}

/** How many imports an organisation is reading (touched since the first moment), and how many it began since the second. */
export async function countUploads(database: Database, tenant: string, touchedSince: Date, begunSince: Date): Promise<{ reading: number; recent: number }> {
  const [counted] = await database.inTenant(tenant, (tx) =>
    tx.query<{ reading: number; recent: number }[]>(
      `SELECT (count(*) FILTER (WHERE committed_at IS NULL AND touched_at >= $2))::int AS reading, (count(*) FILTER (WHERE begun_at >= $3))::int AS recent
       FROM exchange.import WHERE tenant = $1 AND (committed_at IS NULL OR begun_at >= $3)`,
      [tenant, touchedSince, begunSince],
    ),
  );
  return counted ?? { reading: 0, recent: 0 };
}

/** Organisations in which agreements wait to be told, and whose imports nobody touched since: ids only. */
export async function tenantsPending(database: Database, untouchedSince: Date): Promise<readonly string[]> {
  const rows = await database.statement<{ tenant: string }>('exchange.tenants_pending', 'SELECT tenant FROM exchange.tenants_pending($1)', [untouchedSince.toISOString()]);
  return rows.map(({ tenant }) => tenant);
}

// Whose import this touches, nobody sweeps away before the transaction ends. False where somebody did already.
async function touch(tx: Tx, tenant: string, id: string, now: Date): Promise<boolean> {
  const [, there] = await tx.query<[unknown[], number]>('UPDATE exchange.import SET touched_at = $3 WHERE tenant = $1 AND id = $2', [tenant, id, now]);
  return there > 0;
}

/** Stages releases, numbered from `from`. Nothing of them counts before `commitImport`. Returns false where the import was swept away meanwhile. */
export async function stageReleases(database: Database, tenant: string, id: string, from: number, releases: readonly ReadRelease[], now: Date): Promise<boolean> {
  const column = <T>(of: (release: ReadRelease) => T) => releases.map(of);
  return database.inTenant(tenant, async (tx) => {
    if (!(await touch(tx, tenant, id, now))) return false;
    await tx.query(
      `INSERT INTO exchange.staged_release (tenant, import, ordinal, file, index, ocid, content, content_hash, reason, verdict)
       SELECT $1, $2, $3 + nth - 1, file, index, ocid, content, hash, reason, CASE WHEN reason IS NOT NULL THEN 'rejected' END
       FROM unnest($4::int[], $5::int[], $6::text[], $7::bytea[], $8::bytea[], $9::text[])
         WITH ORDINALITY AS row (file, index, ocid, content, hash, reason, nth)`,
      [
        tenant,
        id,
        from,
        column(({ file }) => file),
        column(({ index }) => index),
        column(({ ocid }) => ocid),
        column((release) => ('content' in release ? release.content : null)),
        column((release) => ('hash' in release ? release.hash : null)),
        column((release) => ('reason' in release ? release.reason : null)),
      ],
    );
    return true;
  });
}

/** Takes back an import that was not committed. */
export async function deleteImport(database: Database, tenant: string, id: string): Promise<void> {
  await database.inTenant(tenant, (tx) => tx.query('DELETE FROM exchange.import WHERE tenant = $1 AND id = $2 AND committed_at IS NULL', [tenant, id]));
}

// Two imports of one organisation judge one after the other what is new, so that no release is new twice.
async function inTurn(tx: Tx, tenant: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('exchange ' || $1, 0))`, [tenant]);
}

/** What was read of an import: how many releases are staged, how many were rejected beyond those, and in which files they stood. */
export interface StagedImport {
  readonly staged: number;
  readonly rejectedMore: number;
  readonly files: readonly ImportedFile[];
}

/**
 * Judges every staged release and makes the import count, all or nothing. In slices, so that no statement runs long.
 * @param alongside is done in the same transaction, first.
 * @returns false where it was swept away meanwhile.
 */
export async function commitImport(
  database: Database,
  tenant: string,
  id: string,
  { staged, rejectedMore, files }: StagedImport,
  now: Date,
  alongside: (tx: Tx) => Promise<void>,
): Promise<boolean> {
  return database.inTenant(tenant, async (tx) => {
    if (!(await touch(tx, tenant, id, now))) return false;
    await alongside(tx);
    await inTurn(tx, tenant);
    // A table that was just filled is taken for a nearly empty one, and one loop within another never ends.
    await tx.query('SET LOCAL enable_nestloop = off');
    let duplicates = 0;
    for (let from = 0; from < staged; from += sliceLength) {
      const slice = [tenant, id, from, from + sliceLength];
      await tx.query(
        `WITH fresh AS (
           SELECT ordinal, ocid, row_number() OVER (PARTITION BY ocid, content_hash ORDER BY ordinal) AS nth_same
           FROM exchange.staged_release s
           WHERE tenant = $1 AND import = $2 AND ordinal >= $3 AND ordinal < $4 AND verdict IS NULL
             AND NOT EXISTS (SELECT FROM exchange.staged_release k
                             WHERE k.tenant = $1 AND k.ocid = s.ocid AND k.content_hash = s.content_hash AND k.verdict IN ('imported', 'merged'))
         ), judged AS (
           SELECT ordinal, CASE WHEN row_number() OVER (PARTITION BY ocid ORDER BY ordinal) = 1
                                 AND NOT EXISTS (SELECT FROM exchange.process p WHERE p.tenant = $1 AND p.ocid = fresh.ocid)
                                THEN 'imported' ELSE 'merged' END AS verdict
           FROM fresh WHERE nth_same = 1
         )
         UPDATE exchange.staged_release r SET verdict = judged.verdict
         FROM judged WHERE r.tenant = $1 AND r.import = $2 AND r.ordinal = judged.ordinal`,
        slice,
      );
      await tx.query(
        `INSERT INTO exchange.process AS kept (tenant, ocid, pending, bytes)
         SELECT $1, ocid, true, sum(octet_length(content)) FROM exchange.staged_release
         WHERE tenant = $1 AND import = $2 AND ordinal >= $3 AND ordinal < $4 AND verdict IN ('imported', 'merged') GROUP BY ocid
         ON CONFLICT (tenant, ocid) DO UPDATE SET pending = true, bytes = kept.bytes + excluded.bytes`,
        slice,
      );
      const [, deleted] = await tx.query<[unknown[], number]>(
        `DELETE FROM exchange.staged_release WHERE tenant = $1 AND import = $2 AND ordinal >= $3 AND ordinal < $4 AND verdict IS NULL`,
        slice,
      );
      duplicates += deleted;
    }
    await tx.query('UPDATE exchange.import SET committed_at = $3, duplicates = $4, files = $5, rejected_more = $6 WHERE tenant = $1 AND id = $2', [
      tenant, id, now, duplicates, JSON.stringify(files), rejectedMore,
    ]);
    return true;
  });
}

/** How many processes wait for their agreement to be told. */
export async function countPending(database: Database, tenant: string): Promise<number> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<{ pending: number }[]>('SELECT count(*)::int AS pending FROM exchange.process WHERE tenant = $1 AND pending', [tenant]),
  );
  return rows[0]?.pending ?? 0;
}

/** The next processes that wait, after the process `after`: some hundred, or fewer where they weigh much. */
export async function readPending(database: Database, tenant: string, after: string): Promise<readonly PendingProcess[]> {
  return database.inTenant(tenant, async (tx) => {
    const processes = await tx.query<{ ocid: string; agreement: string | null }[]>(
      `SELECT ocid, agreement FROM (
         SELECT ocid, agreement, sum(bytes) OVER (ORDER BY ocid) AS running, row_number() OVER (ORDER BY ocid) AS nth
         FROM (SELECT ocid, agreement, bytes FROM exchange.process WHERE tenant = $1 AND pending AND ocid > $2 ORDER BY ocid LIMIT $3) AS next
       ) AS weighed WHERE running <= $4 OR nth = 1 ORDER BY ocid`,
      [tenant, after, processesAtOnce, bytesAtOnce],
    );
    const releases = await tx.query<KeptRelease[]>(
      `SELECT r.import, r.ordinal, r.ocid, encode(r.content_hash, 'hex') AS hash, r.content, r.applied, i.files->r.file->>'source' AS source
       FROM exchange.staged_release r JOIN exchange.import i ON i.tenant = r.tenant AND i.id = r.import
       WHERE r.tenant = $1 AND r.ocid = ANY($2) AND r.verdict IN ('imported', 'merged')
       ORDER BY i.committed_at, r.import, r.ordinal`,
      [tenant, processes.map(({ ocid }) => ocid)],
    );
    const byProcess = new Map(processes.map(({ ocid }) => [ocid, [] as KeptRelease[]]));
    for (const release of releases) byProcess.get(release.ocid)?.push(release);
    return processes.map((process) => ({ ...process, releases: byProcess.get(process.ocid) ?? [] }));
  });
}

const untold = `EXISTS (SELECT FROM exchange.staged_release r WHERE r.tenant = $1 AND r.ocid = p.ocid AND r.verdict IN ('imported', 'merged') AND NOT r.applied)`;

/** Keeps what became of processes, once their commands are recorded. Safe to repeat. */
export async function keepApplied(database: Database, tenant: string, applied: readonly AppliedProcess[], now: Date): Promise<void> {
  const told = applied.flatMap((process) => ('agreement' in process ? [process] : []));
  const refused = applied.flatMap((process) => ('agreement' in process ? [] : [{ ocid: process.ocid, releases: process.releases, why: 'refused' in process ? process.refused : process.failed }]));
  const toldBefore = applied.flatMap((process) => ('failed' in process ? process.told : []));
  const rows = (of: readonly Pick<AppliedProcess, 'releases'>[]) => of.flatMap(({ releases }) => releases);
  const findings = told.flatMap(({ ocid, releases, findings: found }) => found.map((finding) => ({ ocid, import: releases.at(-1)?.import, ...finding })));
  await database.inTenant(tenant, async (tx) => {
    await inTurn(tx, tenant);
    await tx.query(
      `UPDATE exchange.staged_release r SET applied = true FROM unnest($2::uuid[], $3::int[]) AS row (import, ordinal)
       WHERE r.tenant = $1 AND r.import = row.import AND r.ordinal = row.ordinal`,
      [tenant, [...rows(told), ...toldBefore].map((row) => row.import), [...rows(told), ...toldBefore].map(({ ordinal }) => ordinal)],
    );
    const touched = [...new Set(rows(applied).map((row) => row.import))];
    await tx.query('UPDATE exchange.import SET touched_at = $3 WHERE tenant = $1 AND id = ANY($2)', [tenant, touched, now]);
    if (refused.length > 0) {
      await tx.query(
        `UPDATE exchange.staged_release r SET verdict = 'rejected', reason = row.reason, content = NULL
         FROM unnest($2::uuid[], $3::int[], $4::text[]) AS row (import, ordinal, reason)
         WHERE r.tenant = $1 AND r.import = row.import AND r.ordinal = row.ordinal`,
        [tenant, rows(refused).map((row) => row.import), rows(refused).map(({ ordinal }) => ordinal), refused.flatMap(({ releases, why }) => releases.map(() => why))],
      );
      // Without a process, the same release may be tried again, and is new then.
      await tx.query('DELETE FROM exchange.process WHERE tenant = $1 AND ocid = ANY($2) AND agreement IS NULL', [tenant, refused.map(({ ocid }) => ocid)]);
      await tx.query(`UPDATE exchange.process p SET pending = ${untold} WHERE p.tenant = $1 AND p.ocid = ANY($2)`, [tenant, refused.map(({ ocid }) => ocid)]);
    }
    await tx.query(
      `UPDATE exchange.process p SET agreement = row.agreement, content_hash = decode(row.hash, 'hex'),
         pending = ${untold}
       FROM unnest($2::text[], $3::uuid[], $4::text[]) AS row (ocid, agreement, hash) WHERE p.tenant = $1 AND p.ocid = row.ocid`,
      [tenant, told.map(({ ocid }) => ocid), told.map(({ agreement }) => agreement), told.map(({ hash }) => hash.toString('hex'))],
    );
    await tx.query(
      `INSERT INTO exchange.finding (tenant, ocid, code, about, detail, import)
       SELECT $1, ocid, code, about, detail, import FROM jsonb_to_recordset($2::jsonb) AS row (ocid text, code text, about text, detail text, import uuid)
       ON CONFLICT DO NOTHING`,
      [tenant, JSON.stringify(findings)],
    );
  });
}

/** What became of one import's releases. */
export async function readCounts(database: Database, tenant: string, id: string): Promise<ImportCounts> {
  return database.inTenant(tenant, async (tx) => {
    const [kept] = await tx.query<{ duplicates: number; files: ImportedFile[]; more: number }[]>('SELECT duplicates, files, rejected_more AS more FROM exchange.import WHERE tenant = $1 AND id = $2', [tenant, id]);
    const verdicts = await tx.query<{ verdict: string; releases: number }[]>(
      'SELECT verdict, count(*)::int AS releases FROM exchange.staged_release WHERE tenant = $1 AND import = $2 GROUP BY verdict',
      [tenant, id],
    );
    const [counted] = await tx.query<{ opened: number }[]>(
      `SELECT count(*)::int AS opened FROM exchange.staged_release r JOIN exchange.process p ON p.tenant = r.tenant AND p.ocid = r.ocid
       WHERE r.tenant = $1 AND r.import = $2 AND r.verdict = 'imported' AND p.agreement IS NOT NULL`,
      [tenant, id],
    );
    const rejected = await tx.query<{ file: number; index: number; ocid: string | null; reason: string }[]>(
      `SELECT file, index, ocid, reason FROM exchange.staged_release WHERE tenant = $1 AND import = $2 AND verdict = 'rejected' ORDER BY ordinal LIMIT $3`,
      [tenant, id, rejectedListed],
    );
    const findings = await tx.query<{ code: string; found: number }[]>(
      'SELECT code, count(*)::int AS found FROM exchange.finding WHERE tenant = $1 AND import = $2 GROUP BY code ORDER BY code',
      [tenant, id],
    );
    const of = (verdict: string) => verdicts.find((one) => one.verdict === verdict)?.releases ?? 0;
    return {
      imported: of('imported'),
      merged: of('merged'),
      duplicates: kept?.duplicates ?? 0,
      opened: counted?.opened ?? 0,
      rejected: rejected.map((one) => ({ ...one, file: kept?.files[one.file]?.name ?? '' })),
      rejectedMore: of('rejected') - rejected.length + (kept?.more ?? 0),
      findings: Object.fromEntries(findings.map(({ code, found }) => [code, found])),
    };
  });
}
