import { verifyChain } from '@concordat/journal';
import type { Database } from '@concordat/platform';
import type { Client } from 'pg';
import type { Acknowledged } from './transition.js';

interface Row {
  readonly position: string;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
}

/** Thrown where a figure means nothing because what it measured was not done rightly. */
export class Void extends Error {}

/**
 * Holds a tenant's journal to what the load was told: every acknowledged event is there once at its place, nothing else was
 * written since, versions and positions have no gap, and the chain verifies.
 * @param after the tenant's position before the load.
 * @throws Void naming what is not so.
 */
export async function assertRemembered(
  reader: Client,
  database: Database,
  { tenant, after, acknowledged }: { readonly tenant: string; readonly after: number; readonly acknowledged: readonly Acknowledged[] },
): Promise<void> {
  const { rows } = await reader.query<Row>('SELECT position, id, stream, version FROM journal.event WHERE tenant = $1 ORDER BY position', [tenant]);
  assertContiguous(rows);
  const told = acknowledged.flatMap(({ agreement, events }) => events.map((event) => ({ ...event, stream: `agreement-${agreement}` })));
  const since = rows.filter(({ position }) => Number(position) > after);
  if (since.length !== told.length) throw new Void(`${told.length} events were acknowledged and ${since.length} are in the journal.`);
  const byPosition = new Map(since.map((row) => [Number(row.position), row]));
  for (const { id, stream, version, position } of told) {
    const row = byPosition.get(position);
    if (row?.id !== id || row.stream !== stream || row.version !== version) throw new Void(`Event ${id} was acknowledged at position ${position}; ${JSON.stringify(row)} stands there.`);
  }
  if (acknowledged.some(({ repeated }) => repeated)) throw new Void('A command sent once was answered as a repeat.');
  const receipts = await reader.query<{ count: string }>('SELECT count(*) FROM journal.receipt WHERE tenant = $1 AND first_position > $2', [tenant, after]);
  if (Number(receipts.rows[0]!.count) !== acknowledged.length) throw new Void(`${acknowledged.length} commands were acknowledged and ${receipts.rows[0]!.count} have a receipt.`);
  await assertChain(database, tenant);
}

/**
 * What L1 must hold: no gap, and every link of the chain follows from the one before. Its events share one meta, which names no
 * command, so the whole of `verify` would look for receipts in vain.
 * @returns how many receipts there are.
 * @throws Void.
 */
export async function assertLinked(reader: Client, tenant: string): Promise<number> {
  const { rows } = await reader.query<Row>('SELECT position, id, stream, version FROM journal.event WHERE tenant = $1 ORDER BY position', [tenant]);
  assertContiguous(rows);
  const broken = await reader.query<Row>(
    `SELECT position FROM (SELECT *, lag(hash, 1, decode(repeat('00', 32), 'hex')) OVER (ORDER BY position) AS before FROM journal.event WHERE tenant = $1) e
     WHERE hash <> journal.chain_hash(before, tenant, epoch, position, stream, version, recorded_at, payload_hash) LIMIT 1`,
    [tenant],
  );
  if (broken.rows[0]) throw new Void(`The chain breaks at position ${broken.rows[0].position}.`);
  const receipts = await reader.query<{ count: string }>('SELECT count(*) FROM journal.receipt WHERE tenant = $1', [tenant]);
  return Number(receipts.rows[0]!.count);
}

function assertContiguous(rows: readonly Row[]): void {
  const versions = new Map<string, number>();
  rows.forEach(({ position, stream, version }, at) => {
    if (Number(position) !== at + 1) throw new Void(`Position ${at + 1} is missing from the feed.`);
    const before = versions.get(stream) ?? 0;
    if (version !== before + 1) throw new Void(`${stream} goes from version ${before} to ${version}.`);
    versions.set(stream, version);
  });
}

async function assertChain(database: Database, tenant: string): Promise<void> {
  const { tenants } = await verifyChain(database, { tenants: [tenant] });
  const bad = tenants.find(({ ok }) => !ok);
  if (bad) throw new Void(`The chain does not verify: ${JSON.stringify(bad.firstBad)}`);
}
