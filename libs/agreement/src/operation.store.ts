import type { Actor } from '@concordat/access/core';
import type { Database } from '@concordat/platform';
import type { JsonObject } from '@concordat/platform/core';

/** One command of an operation as its row keeps it until it is answered: all that people said sealed, command id fixed. */
export interface KeptLine {
  readonly line: number;
  readonly command: { readonly agreement: string; readonly name: string; readonly sealed: string };
  readonly commandId: string;
  readonly expectedVersion: number | null;
}

/** An operation as accepted. */
export interface AcceptedOperation {
  readonly tenant: string;
  readonly id: string;
  readonly fingerprint: string;
  readonly actor: Actor;
  readonly principal: string;
  readonly correlationId: string;
  readonly acceptedAt: string;
}

/** How far an operation is. `results` holds one entry a finished line. */
export interface OperationProgress {
  readonly id: string;
  readonly fingerprint: string;
  readonly principal: string;
  readonly lines: number;
  readonly done: number;
  readonly acceptedAt: string;
  readonly finishedAt: string | null;
}

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** Writes the operation and all its lines, or nothing; one that is there already stays as it is. */
export async function insertOperation(database: Database, operation: AcceptedOperation, lines: readonly KeptLine[]): Promise<void> {
  await database.inTenant(operation.tenant, async (tx) => {
    const inserted: unknown[] = await tx.query(
      `INSERT INTO agreement.operation (tenant, id, fingerprint, actor, principal, correlation_id, lines, accepted_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
      [
        operation.tenant,
        operation.id,
        operation.fingerprint,
        JSON.stringify(operation.actor),
        operation.principal,
        operation.correlationId,
        lines.length,
        operation.acceptedAt,
      ],
    );
    if (inserted.length === 0) return;
    await tx.query(
      `INSERT INTO agreement.operation_line (tenant, operation, line, command, command_id, expected_version)
       SELECT $1, $2, line, command, "commandId", "expectedVersion"
       FROM jsonb_to_recordset($3::jsonb)
         AS row(line int, command jsonb, "commandId" uuid, "expectedVersion" int)`,
      [operation.tenant, operation.id, JSON.stringify(lines)],
    );
  });
}

/** The progress of one operation, or undefined where the tenant has none by this id. */
export async function readProgress(database: Database, tenant: string, id: string): Promise<OperationProgress | undefined> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<OperationProgress[]>(
      `SELECT id, fingerprint, principal, lines, done, ${utc('accepted_at')} AS "acceptedAt", ${utc('finished_at')} AS "finishedAt"
       FROM agreement.operation WHERE tenant = $1 AND id = $2`,
      [tenant, id],
    ),
  );
  return rows[0];
}

/** Results of finished lines after `after`, in line order. */
export function readResults(
  database: Database,
  tenant: string,
  id: string,
  after: number,
  limit: number,
): Promise<{ line: number; agreement: string; command: string; result: JsonObject }[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT line, command->>'agreement' AS agreement, command->>'name' AS command, result FROM agreement.operation_line
       WHERE tenant = $1 AND operation = $2 AND line > $3 AND result IS NOT NULL ORDER BY line LIMIT $4`,
      [tenant, id, after, limit],
    ),
  );
}

/** Results of finished lines that recorded nothing, of several operations. */
export function readNotRecorded(database: Database, tenant: string, ids: readonly string[]): Promise<{ operation: string; line: number; result: JsonObject }[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT operation, line, result FROM agreement.operation_line
       WHERE tenant = $1 AND operation = ANY($2::uuid[]) AND result->>'outcome' <> 'recorded' ORDER BY operation, line`,
      [tenant, ids],
    ),
  );
}

/** The next lines without a result, with what is needed to run them. */
export function readOpenLines(
  database: Database,
  tenant: string,
  id: string,
  limit: number,
): Promise<(KeptLine & { actor: Actor; correlationId: string; fingerprint: string; faults: number })[]> {
  return database.inTenant(tenant, (tx) =>
    tx.query(
      `SELECT l.line, l.command, l.command_id AS "commandId", l.expected_version AS "expectedVersion", l.faults,
              o.actor, o.correlation_id AS "correlationId", o.fingerprint
       FROM agreement.operation_line l JOIN agreement.operation o ON o.tenant = l.tenant AND o.id = l.operation
       WHERE l.tenant = $1 AND l.operation = $2 AND l.result IS NULL ORDER BY l.line LIMIT $3`,
      [tenant, id, limit],
    ),
  );
}

/**
 * Keeps a line's result in the place of its command and moves the progress, finishing the operation with its last line. Safe
 * when two workers ran the line: the command is one by its id, and only the first result is kept and counted.
 */
export async function writeResult(
  database: Database,
  tenant: string,
  id: string,
  line: number,
  result: JsonObject,
  now: string,
): Promise<void> {
  await database.inTenant(tenant, (tx) =>
    tx.query(
      `WITH kept AS (
         UPDATE agreement.operation_line SET result = $4, command = command - 'sealed'
         WHERE tenant = $1 AND operation = $2 AND line = $3 AND result IS NULL RETURNING 1
       )
       UPDATE agreement.operation SET done = done + 1,
         finished_at = CASE WHEN done + 1 = lines THEN $5::timestamptz END
       WHERE tenant = $1 AND id = $2 AND EXISTS (SELECT FROM kept)`,
      [tenant, id, line, JSON.stringify(result), now],
    ),
  );
}

/** Counts one more fault of a line and says how many there were. */
export async function countFault(database: Database, tenant: string, id: string, line: number): Promise<number> {
  const rows = await database.inTenant(tenant, (tx) =>
    tx.query<[{ faults: number }[], number]>(
      `UPDATE agreement.operation_line SET faults = faults + 1
       WHERE tenant = $1 AND operation = $2 AND line = $3 RETURNING faults`,
      [tenant, id, line],
    ),
  );
  return rows[0][0]?.faults ?? 0;
}

/** The `limit` oldest operations of any tenant that were accepted before `before` and are not finished: ids only. */
export function operationsWaiting(database: Database, before: string, limit: number): Promise<{ tenant: string; operation: string }[]> {
  return database.statement('agreement.operations_waiting', 'SELECT tenant, operation FROM agreement.operations_waiting($1) LIMIT $2', [before, limit]);
}
