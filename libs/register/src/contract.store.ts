import type { Tier } from '@concordat/pathway/core';
import type { CivilDate, Json } from '@concordat/platform/core';
import type { Tx } from '@concordat/platform';
import type { ContractChange, ContractFields, ContractFilter, ContractGroup, ContractMark, KeptRow, RawRow, RowProblem, RowSource } from './contract.js';
import { soonDays } from './core/index.js';

const utc = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const day = (column: string) => `to_char(${column}, 'YYYY-MM-DD')`;

/** A contract as it is stored: what depends on today is added by whoever reads it. */
export interface StoredContract extends ContractFields {
  readonly id: string;
  readonly revision: number;
  readonly latestSafeStart: CivilDate | null;
  readonly clashUntil: CivilDate | null;
  readonly problems: readonly RowProblem[];
  readonly source: RowSource;
  readonly agreement: string | null;
  readonly importedAt: string;
  readonly changedAt: string;
}

/** A contract as it is to be written. */
export interface ContractToWrite extends ContractFields {
  readonly id: string;
  readonly revision: number;
  readonly problems: readonly RowProblem[];
  readonly source: RowSource;
  readonly raw: RawRow;
  readonly latestSafeStart: CivilDate | null;
  readonly clashUntil: CivilDate | null;
}

const columns = `id, revision, reference, title, provider, lead, value::text AS value, ${day('starts_on')} AS "startsOn",
  ${day('ends_on')} AS "endsOn", extension, tier, route, problems,
  jsonb_build_object('file', source_file, 'sheet', source_sheet, 'row', source_row) AS source,
  ${day('latest_safe_start')} AS "latestSafeStart", ${day('clash_until')} AS "clashUntil", agreement,
  ${utc('imported_at')} AS "importedAt", ${utc('changed_at')} AS "changedAt"`;

// $1 tenant, $2 today, $3 view, $4/$5 lead asked and lead, $6/$7 provider asked and provider, $8 text.
const matches = `tenant = $1
  AND CASE $3::text
    WHEN 'already-late' THEN latest_safe_start < $2::date
    WHEN 'next-90-days' THEN latest_safe_start BETWEEN $2::date AND $2::date + ${soonDays}
    WHEN 'later' THEN latest_safe_start > $2::date + ${soonDays}
    WHEN 'no-end-date' THEN latest_safe_start IS NULL
    WHEN 'clashes' THEN clash_until >= $2::date
    ELSE true END
  AND (NOT $4::boolean OR lead IS NOT DISTINCT FROM $5::text)
  AND (NOT $6::boolean OR provider IS NOT DISTINCT FROM $7::text)
  AND ($8::text IS NULL OR title ILIKE '%' || $8 || '%' OR reference ILIKE '%' || $8 || '%' OR provider ILIKE '%' || $8 || '%')`;

function filterParameters(tenant: string, filter: ContractFilter, today: CivilDate): unknown[] {
  return [
    tenant, today, filter.view ?? null,
    filter.lead !== undefined, filter.lead ?? null,
    filter.provider !== undefined, filter.provider ?? null,
    filter.text === undefined ? null : filter.text.replace(/[\\%_]/g, '\\$&'),
  ];
}

/** One at a time per tenant: two imports of one register must not both find a contract missing. Held to the end of the transaction. */
export async function lockRegister(tx: Tx, tenant: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('register.contract/' || $1::text, 0))`, [tenant]);
}

/** Contracts by latest safe start, those without one last; `limit` at most, beginning after `after`. */
export function readContracts(tx: Tx, tenant: string, filter: ContractFilter, today: CivilDate, limit: number, after?: ContractMark): Promise<StoredContract[]> {
  return tx.query(
    `SELECT ${columns} FROM register.contract
     WHERE ${matches} AND ($9::date IS NULL OR (order_on, id) > ($9::date, $10::uuid))
     ORDER BY order_on, id LIMIT $11`,
    [...filterParameters(tenant, filter, today), after?.startsBy ?? null, after?.id ?? null, limit],
  );
}

/** Counts by lead or provider, the most urgent first. */
export function readGroups(tx: Tx, tenant: string, by: 'lead' | 'provider', today: CivilDate): Promise<ContractGroup[]> {
  return tx.query(
    `SELECT ${by} AS name, count(*)::int AS contracts,
       (count(*) FILTER (WHERE latest_safe_start < $2::date))::int AS "alreadyLate",
       (count(*) FILTER (WHERE latest_safe_start BETWEEN $2::date AND $2::date + ${soonDays}))::int AS "nextNinetyDays",
       (count(*) FILTER (WHERE latest_safe_start IS NULL))::int AS "noEndDate", sum(value)::text AS value
     FROM register.contract WHERE tenant = $1 GROUP BY ${by}
     ORDER BY 3 DESC, 4 DESC, 2 DESC, 1`,
    [tenant, today],
  );
}

/** How many contracts stand in each view. */
export async function countViews(tx: Tx, tenant: string, today: CivilDate): Promise<Record<string, number>> {
  const [row] = await tx.query<Record<string, number>[]>(
    `SELECT (count(*) FILTER (WHERE latest_safe_start < $2::date))::int AS "already-late",
       (count(*) FILTER (WHERE latest_safe_start BETWEEN $2::date AND $2::date + ${soonDays}))::int AS "next-90-days",
       (count(*) FILTER (WHERE latest_safe_start > $2::date + ${soonDays}))::int AS later,
       (count(*) FILTER (WHERE latest_safe_start IS NULL))::int AS "no-end-date",
       (count(*) FILTER (WHERE clash_until >= $2::date))::int AS clashes
     FROM register.contract WHERE tenant = $1`,
    [tenant, today],
  );
  return row ?? {};
}

/** These contracts, with the rows they came from. */
export function readContractsById(tx: Tx, tenant: string, ids: readonly string[]): Promise<(StoredContract & { readonly raw: RawRow })[]> {
  return tx.query(`SELECT ${columns}, raw FROM register.contract WHERE tenant = $1 AND id = ANY($2::uuid[])`, [tenant, ids]);
}

/** What the plan of every contract depends on. */
export function readPlanned(
  tx: Tx,
  tenant: string,
): Promise<{ id: string; value: string | null; endsOn: CivilDate | null; tier: Tier | null; route: string | null }[]> {
  return tx.query(`SELECT id, value::text AS value, ${day('ends_on')} AS "endsOn", tier, route FROM register.contract WHERE tenant = $1`, [tenant]);
}

/** Writes plans; a contract whose plan is the same keeps its revision. */
export async function writePlans(tx: Tx, tenant: string, plans: readonly { id: string; latestSafeStart: CivilDate | null; clashUntil: CivilDate | null }[]): Promise<void> {
  await tx.query(
    `UPDATE register.contract c SET latest_safe_start = plan."latestSafeStart", clash_until = plan."clashUntil",
       revision = revision + CASE WHEN c.latest_safe_start IS DISTINCT FROM plan."latestSafeStart" THEN 1 ELSE 0 END
     FROM jsonb_to_recordset($2::jsonb) AS plan(id uuid, "latestSafeStart" date, "clashUntil" date)
     WHERE c.tenant = $1 AND c.id = plan.id
       AND (c.latest_safe_start, c.clash_until) IS DISTINCT FROM (plan."latestSafeStart", plan."clashUntil")`,
    [tenant, JSON.stringify(plans)],
  );
}

/** Writes contracts over what is there. The caller holds the register's lock and compared before. */
export async function writeContracts(tx: Tx, tenant: string, rows: readonly ContractToWrite[], at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO register.contract (tenant, id, revision, reference, title, provider, lead, value, starts_on, ends_on, extension, tier, route,
       problems, source_file, source_sheet, source_row, raw, latest_safe_start, clash_until, imported_at, changed_at)
     SELECT $1, id, revision, reference, title, provider, lead, value, "startsOn", "endsOn", extension, tier, route,
       problems, source->>'file', source->>'sheet', (source->>'row')::int, raw, "latestSafeStart", "clashUntil", $3, $3
     FROM jsonb_to_recordset($2::jsonb) AS row(id uuid, revision int, reference text, title text, provider text, lead text, value numeric,
       "startsOn" date, "endsOn" date, extension text, tier text, route text, problems jsonb, source jsonb, raw jsonb,
       "latestSafeStart" date, "clashUntil" date)
     ON CONFLICT (tenant, id) DO UPDATE SET revision = excluded.revision, reference = excluded.reference, title = excluded.title,
       provider = excluded.provider, lead = excluded.lead, value = excluded.value, starts_on = excluded.starts_on, ends_on = excluded.ends_on,
       extension = excluded.extension, tier = excluded.tier, route = excluded.route, problems = excluded.problems,
       source_file = excluded.source_file, source_sheet = excluded.source_sheet, source_row = excluded.source_row, raw = excluded.raw,
       latest_safe_start = excluded.latest_safe_start, clash_until = excluded.clash_until, changed_at = excluded.changed_at`,
    [tenant, JSON.stringify(rows), at],
  );
}

/** One more entry each in the history of contracts. */
export async function writeChanges(
  tx: Tx,
  tenant: string,
  changes: readonly { contract: string; revision: number; was: Readonly<Record<string, Json>> | null; isNow: Readonly<Record<string, Json>> }[],
  by: { readonly at: Date; readonly who: string; readonly file: string },
): Promise<void> {
  await tx.query(
    `INSERT INTO register.contract_change (tenant, contract, revision, changed_at, changed_by, file, was, is_now)
     SELECT $1, contract, revision, $3, $4, $5, was, "isNow"
     FROM jsonb_to_recordset($2::jsonb) AS change(contract uuid, revision int, was jsonb, "isNow" jsonb)`,
    [tenant, JSON.stringify(changes), by.at, by.who, by.file],
  );
}

/** The history of one contract, oldest first. */
export function readChanges(tx: Tx, tenant: string, contract: string): Promise<ContractChange[]> {
  return tx.query(
    `SELECT revision, ${utc('changed_at')} AS "changedAt", changed_by AS "changedBy", file, was, is_now AS "isNow"
     FROM register.contract_change WHERE tenant = $1 AND contract = $2 ORDER BY revision`,
    [tenant, contract],
  );
}

/** Keeps rows; those kept already stay as they are. Returns the ids that are new. */
export async function writeKeptRows(
  tx: Tx,
  tenant: string,
  rows: readonly { id: string; source: RowSource; raw: RawRow; problems: readonly RowProblem[]; contract: string | null }[],
  at: Date,
): Promise<string[]> {
  const written = await tx.query<{ id: string }[]>(
    `INSERT INTO register.kept_row (tenant, id, file, sheet, row, raw, problems, contract, kept_at)
     SELECT $1, id, source->>'file', source->>'sheet', (source->>'row')::int, raw, problems, contract, $3
     FROM jsonb_to_recordset($2::jsonb) AS kept(id uuid, source jsonb, raw jsonb, problems jsonb, contract uuid)
     ON CONFLICT (tenant, id) DO NOTHING RETURNING id`,
    [tenant, JSON.stringify(rows), at],
  );
  return written.map(({ id }) => id);
}

/** Settles the open rows that these contracts come from now; `except` are rows of the same import. Returns how many. */
export async function settleKeptRows(tx: Tx, tenant: string, contracts: readonly string[], except: readonly string[], at: Date, who: string): Promise<number> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE register.kept_row SET settled_at = $4, settled_by = $5
     WHERE tenant = $1 AND contract = ANY($2::uuid[]) AND id <> ALL($3::uuid[]) AND settled_at IS NULL`,
    [tenant, contracts, except, at, who],
  );
  return count;
}

/** Settles one open row by a person's word. Returns whether there was one. */
export async function settleKeptRow(tx: Tx, tenant: string, id: string, at: Date, who: string): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE register.kept_row SET settled_at = $3, settled_by = $4 WHERE tenant = $1 AND id = $2 AND settled_at IS NULL`,
    [tenant, id, at, who],
  );
  return count > 0;
}

/** Open kept rows, first kept first. */
export function readKeptRows(tx: Tx, tenant: string, limit: number, after?: { readonly keptAt: string; readonly id: string }): Promise<KeptRow[]> {
  return tx.query(
    `SELECT id, problems, jsonb_build_object('file', file, 'sheet', sheet, 'row', row) AS source, raw, ${utc('kept_at')} AS "keptAt"
     FROM register.kept_row
     WHERE tenant = $1 AND settled_at IS NULL AND ($2::timestamptz IS NULL OR (kept_at, id) > ($2::timestamptz, $3::uuid))
     ORDER BY kept_at, id LIMIT $4`,
    [tenant, after?.keptAt ?? null, after?.id ?? null, limit],
  );
}

/** One open kept row, or undefined. */
export async function readKeptRow(tx: Tx, tenant: string, id: string): Promise<KeptRow | undefined> {
  const [row] = await tx.query<KeptRow[]>(
    `SELECT id, problems, jsonb_build_object('file', file, 'sheet', sheet, 'row', row) AS source, raw, ${utc('kept_at')} AS "keptAt"
     FROM register.kept_row WHERE tenant = $1 AND id = $2 AND settled_at IS NULL`,
    [tenant, id],
  );
  return row;
}

/** How many kept rows are open. */
export async function countKeptRows(tx: Tx, tenant: string): Promise<number> {
  const [row] = await tx.query<{ open: number }[]>('SELECT count(*)::int AS open FROM register.kept_row WHERE tenant = $1 AND settled_at IS NULL', [tenant]);
  return row?.open ?? 0;
}

/** Says which agreement a contract was taken over as. Returns whether there is such a contract. */
export async function writeAgreement(tx: Tx, tenant: string, id: string, agreement: string): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(`UPDATE register.contract SET agreement = $3 WHERE tenant = $1 AND id = $2`, [tenant, id, agreement]);
  return count > 0;
}

/** The mapping remembered last for any of these sets of headings, as JSON. */
export async function readMapping(tx: Tx, tenant: string, shapes: readonly string[]): Promise<{ shape: string; mapping: unknown } | undefined> {
  const [row] = await tx.query<{ shape: string; mapping: unknown }[]>(
    'SELECT shape, mapping FROM register.register_mapping WHERE tenant = $1 AND shape = ANY($2::text[]) ORDER BY remembered_at DESC LIMIT 1',
    [tenant, shapes],
  );
  return row;
}

/** All mappings, the last remembered first, as JSON. */
export async function readMappings(tx: Tx, tenant: string): Promise<readonly unknown[]> {
  const rows = await tx.query<{ mapping: unknown }[]>('SELECT mapping FROM register.register_mapping WHERE tenant = $1 ORDER BY remembered_at DESC LIMIT 200', [tenant]);
  return rows.map(({ mapping }) => mapping);
}

/** Remembers a mapping for a set of headings; the same one again changes nothing. */
export async function writeMapping(tx: Tx, tenant: string, shape: string, mapping: Json, at: Date): Promise<void> {
  await tx.query(
    `INSERT INTO register.register_mapping (tenant, shape, mapping, remembered_at) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant, shape) DO UPDATE SET mapping = excluded.mapping, remembered_at = excluded.remembered_at
     WHERE register.register_mapping.mapping <> excluded.mapping`,
    [tenant, shape, JSON.stringify(mapping), at],
  );
}

/** The organisation's own settings, and by what the plans in the table were made. */
export async function readSettings(tx: Tx, tenant: string): Promise<{ document: unknown; basis: string | null }> {
  const [row] = await tx.query<{ document: unknown; basis: string | null }[]>(
    `SELECT (SELECT document FROM register.renewal_settings WHERE tenant = $1) AS document,
       (SELECT basis FROM register.renewal_basis WHERE tenant = $1) AS basis`,
    [tenant],
  );
  return { document: row?.document ?? undefined, basis: row?.basis ?? null };
}

/** Writes the organisation's own settings. */
export async function writeSettings(tx: Tx, tenant: string, document: Json, at: Date, who: string): Promise<void> {
  await tx.query(
    `INSERT INTO register.renewal_settings (tenant, document, changed_at, changed_by) VALUES ($1, $2, $3, $4)
     ON CONFLICT (tenant) DO UPDATE SET document = excluded.document, changed_at = excluded.changed_at, changed_by = excluded.changed_by`,
    [tenant, JSON.stringify(document), at, who],
  );
}

/** Notes by what the plans in the table are made. */
export async function writeBasis(tx: Tx, tenant: string, basis: string): Promise<void> {
  await tx.query(
    `INSERT INTO register.renewal_basis (tenant, basis) VALUES ($1, $2) ON CONFLICT (tenant) DO UPDATE SET basis = excluded.basis`,
    [tenant, basis],
  );
}
