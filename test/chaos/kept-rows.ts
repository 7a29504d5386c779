import type { RecordedEvent } from '@concordat/journal/core';
import { Client } from 'pg';

/** What stands in the tables, read by someone whom no policy binds. */
export interface KeptRows {
  readonly events: readonly (RecordedEvent & { readonly tenant: string })[];
  readonly receipts: readonly { readonly tenant: string; readonly commandId: string; readonly first: number; readonly last: number }[];
  readonly published: readonly Published[];
  /** What an endpoint is owed begins after the position it was registered at. */
  readonly endpoints: readonly { readonly endpoint: string; readonly registered: number }[];
  readonly deliveries: readonly { readonly endpoint: string; readonly event: string; readonly state: string }[];
  readonly operations: readonly { readonly id: string; readonly lines: number; readonly done: number; readonly finished: boolean }[];
  readonly lines: readonly { readonly operation: string; readonly line: number; readonly commandId: string; readonly result: LineResult | null }[];
  readonly register: readonly RegisterRow[];
}

export interface Published {
  readonly tenant: string;
  readonly party: string;
  readonly agreement: string;
  readonly sequence: number;
  readonly place: number;
  /** Of the event in the journal. */
  readonly position: number;
  readonly event: string;
  readonly body: string;
}

export interface LineResult {
  readonly outcome: string;
  readonly events?: readonly { readonly id: string; readonly type: string }[];
}

export interface RegisterRow {
  readonly tenant: string;
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly tier: string;
  readonly stage: string;
  readonly lifecycle: string;
  readonly parties: readonly string[];
}

/** What is not finished yet, in words; empty when everything that was accepted has had all its effects. */
export async function unfinished(ownerUrl: string): Promise<string[]> {
  return asSuperuser(ownerUrl, async (client) => {
    const { rows } = await client.query<{ what: string; count: number }>(`
      SELECT 'consumers behind the head' AS what, count(*)::int FROM journal.head h
        WHERE (SELECT count(*) FROM journal.cursor c WHERE c.tenant = h.tenant AND c.position >= h.position)
          < (SELECT greatest(count(DISTINCT consumer), 2) FROM journal.cursor)
      UNION ALL SELECT 'streams parked', count(*)::int FROM journal.parked
      UNION ALL SELECT 'deliveries ' || d.state, count(*)::int FROM webhooks.delivery d JOIN webhooks.endpoint e USING (tenant, endpoint)
        -- the storm's own endpoints; those the demo came with lead to servers that are not there
        WHERE d.state <> 'delivered' AND e.disabled IS NULL AND e.url LIKE '%/provider-admin%' GROUP BY d.state
      UNION ALL SELECT 'operations not finished', count(*)::int FROM agreement.operation WHERE finished_at IS NULL`);
    return rows.filter(({ count }) => count > 0).map(({ what, count }) => `${what}: ${count}`);
  });
}

/** Resolves as soon as something is appended to any journal after this call, or after `withinMs`. */
export async function nextCommit(ownerUrl: string, withinMs: number): Promise<void> {
  await asSuperuser(ownerUrl, async (client) => {
    const head = async () => (await client.query<{ positions: string }>('SELECT sum(position) AS positions FROM journal.head')).rows[0]?.positions;
    const deadline = performance.now() + withinMs;
    const before = await head();
    while (performance.now() < deadline) if ((await head()) !== before) return;
  });
}

/** Everything the invariants are about. */
export async function readRows(ownerUrl: string): Promise<KeptRows> {
  return asSuperuser(ownerUrl, async (client) => {
    const all = async <R extends object>(sql: string) => (await client.query<R>(sql)).rows;
    return {
      events: await all(`SELECT tenant, position::int, id, stream, version, type, data, meta, journal.moment(recorded_at) AS "recordedAt" FROM journal.event ORDER BY tenant, position`),
      receipts: await all(`SELECT tenant, command_id AS "commandId", first_position::int AS first, position::int AS last FROM journal.receipt`),
      published: await all('SELECT tenant, party, agreement, sequence::int, place::int, position::int, event, body FROM webhooks.published ORDER BY tenant, place'),
      endpoints: await all('SELECT endpoint, registered_position::int AS registered FROM webhooks.endpoint'),
      deliveries: await all('SELECT endpoint, event, state FROM webhooks.delivery'),
      operations: await all('SELECT id, lines, done, finished_at IS NOT NULL AS finished FROM agreement.operation'),
      lines: await all('SELECT operation, line, command_id AS "commandId", result FROM agreement.operation_line ORDER BY operation, line'),
      register: await all('SELECT tenant, id, version, title, tier, stage, lifecycle, parties FROM register.agreement'),
    };
  });
}

async function asSuperuser<T>(ownerUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
