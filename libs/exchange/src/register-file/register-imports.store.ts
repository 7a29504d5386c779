import type { Database } from '@concordat/platform';
import type { RegisterReport } from './import-register-file.js';

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

/** A register as it was brought. `bytes` until it is imported, `report` from then on. */
export type KeptRegister = {
  readonly id: string;
  readonly file: string;
  readonly begunAt: string;
  readonly begunBy: string;
} & ({ readonly importedAt: null; readonly bytes: Buffer; readonly report: null } | { readonly importedAt: string; readonly bytes: null; readonly report: RegisterReport });

/** Keeps a register until its headings are confirmed; those nobody confirmed since `staleBefore` are given up. Returns how many wait, itself included. */
export async function insertRegister(
  database: Database,
  tenant: string,
  { id, by, file, bytes }: { readonly id: string; readonly by: string; readonly file: string; readonly bytes: Buffer },
  now: Date,
  staleBefore: Date,
): Promise<number> {
  return database.inTenant(tenant, async (tx) => {
    await tx.query('DELETE FROM exchange.register_import WHERE tenant = $1 AND imported_at IS NULL AND begun_at < $2', [tenant, staleBefore]);
    await tx.query(
      'INSERT INTO exchange.register_import (tenant, id, file, bytes, begun_at, begun_by) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING',
      [tenant, id, file, bytes, now, by],
    );
    const [counted] = await tx.query<{ waiting: number }[]>('SELECT count(*)::int AS waiting FROM exchange.register_import WHERE tenant = $1 AND imported_at IS NULL', [tenant]);
    return counted?.waiting ?? 0;
  });
}

/** One register, or undefined. */
export async function readRegisterImport(database: Database, tenant: string, id: string): Promise<KeptRegister | undefined> {
  const [row] = await database.inTenant(tenant, (tx) =>
    tx.query<KeptRegister[]>(
      `SELECT id, file, ${utc('begun_at')} AS "begunAt", begun_by AS "begunBy", ${utc('imported_at')} AS "importedAt", bytes, report
       FROM exchange.register_import WHERE tenant = $1 AND id = $2`,
      [tenant, id],
    ),
  );
  return row;
}

/** Notes what became of a register's rows, and lets go of its bytes. The first report stands. */
export async function writeReport(database: Database, tenant: string, id: string, report: RegisterReport, now: Date): Promise<void> {
  await database.inTenant(tenant, (tx) =>
    tx.query('UPDATE exchange.register_import SET bytes = NULL, report = $3, imported_at = $4 WHERE tenant = $1 AND id = $2 AND imported_at IS NULL', [
      tenant, id, JSON.stringify(report), now,
    ]),
  );
}

/** Gives up a register that was not imported. Returns whether there was one. */
export async function deleteRegister(database: Database, tenant: string, id: string): Promise<boolean> {
  const [, deleted] = await database.inTenant(tenant, (tx) =>
    tx.query<[unknown, number]>('DELETE FROM exchange.register_import WHERE tenant = $1 AND id = $2 AND imported_at IS NULL', [tenant, id]),
  );
  return deleted > 0;
}
