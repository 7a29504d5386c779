import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId, SystemClock } from '@concordat/platform';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase } from '../../../test/harness/index.js';
import { command, folds, putInto } from '../test/box.js';
import { firstPrevious } from './chain.js';
import { Journal, migrations } from './index.js';
import { type Ask, readStrays, readWitnessed } from './verify.store.js';

let db: FreshDatabase;
let superuser: Client;
const tenant = newId();
const tables = ['event', 'head', 'stream', 'receipt', 'cursor', 'parked'];

beforeAll(async () => {
  db = await freshDatabase({ migrations });
  superuser = new Client({ connectionString: db.superuserUrl });
  await superuser.connect();
  const journal = new Journal(db.database, new SystemClock(), folds);
  await journal.record(command(tenant, ['box-1'], putInto('box-1', 'a')));
});

afterAll(async () => {
  await superuser.end();
  await db.drop();
});

test('SQL links the golden vectors as Node does', async () => {
  let previous = firstPrevious;
  for (const event of JSON.parse(readFileSync('libs/journal/test/chain.golden.json', 'utf8'))) {
    const { rows } = await superuser.query(
      `SELECT encode(journal.chain_hash(decode($1, 'hex'), $2, $3, $4, $5, $6, $7, decode($8, 'hex')), 'hex') AS hash, journal.moment($7) AS moment, $9::jsonb AS data`,
      [previous, event.tenant, event.epoch, event.position, event.stream, event.version, event.recordedAt, event.payloadHash, event.canonicalData],
    );
    expect(rows[0]).toEqual({ hash: event.hash, moment: event.recordedAt, data: event.data });
    previous = event.hash;
  }
});

describe('tenants', () => {
  test.each(tables)('no row of journal.%s is seen without a tenant, nor by another', async (table) => {
    const count = `SELECT count(*)::int AS n FROM journal.${table}`;
    expect(await db.database.statement(`count ${table}`, count, [])).toEqual([{ n: 0 }]);
    expect(await db.database.inTenant(newId(), (tx) => tx.query(count))).toEqual([{ n: 0 }]);
  });

  test('the owner is bound too', async () => {
    await superuser.query('BEGIN');
    await superuser.query('SET LOCAL ROLE concordat_owner');
    const { rows } = await superuser.query('SELECT count(*)::int AS n FROM journal.event');
    await superuser.query('ROLLBACK');
    expect(rows).toEqual([{ n: 0 }]);
  });

  test('every table has row level security, forced', async () => {
    const { rows } = await superuser.query(`SELECT relname FROM pg_class WHERE relnamespace = 'journal'::regnamespace AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)`);
    expect(rows).toEqual([]);
  });

  test('a row for another tenant cannot be slipped in', async () => {
    const other = db.database.inTenant(newId(), (tx) => tx.query(`INSERT INTO journal.cursor (tenant, consumer) VALUES ($1, 'x')`, [tenant]));
    await expect(other).rejects.toThrow('row-level security');
  });

  test('those who are behind are named by id alone', async () => {
    expect(await db.database.statement('behind', 'SELECT * FROM journal.tenants_behind($1)', [['nobody']])).toEqual([{ tenants_behind: tenant }]);
    await expect(db.database.statement('router', 'SET ROLE concordat_router', [])).rejects.toThrow('permission denied');
  });
});

/** How many rows of each table some calls looked at, `ground` standing there first. The counters of a session also hold what it has not yet reported. */
async function rowsReadBy(work: (ask: Ask) => Promise<unknown>, ground: readonly string[] = []): Promise<Record<string, number>> {
  const count = async () =>
    (await superuser.query(`SELECT relname, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int AS n FROM pg_stat_xact_all_tables WHERE schemaname = 'journal'`)).rows;
  await superuser.query('BEGIN');
  try {
    for (const statement of ground) await superuser.query(statement);
    await superuser.query('SET LOCAL ROLE concordat_app');
    const before = new Map((await count()).map(({ relname, n }) => [relname, n]));
    await work(async (text, values) => (await superuser.query(text, values)).rows);
    return Object.fromEntries((await count()).map(({ relname, n }) => [relname, n - (before.get(relname) ?? 0)]));
  } finally {
    await superuser.query('ROLLBACK');
  }
}

describe('what a batch costs', () => {
  const long = newId();

  beforeAll(async () => {
    const journal = new Journal(db.database, new SystemClock(), folds);
    await Promise.all(Array.from({ length: 600 }, (_, index) => journal.record(command(long, ['box-long'], putInto('box-long', `${index}`)))));
    await Promise.all(Array.from({ length: 600 }, (_, index) => journal.record(command(long, [`box-${index}`], putInto(`box-${index}`, 'x')))));
    await superuser.query('ANALYZE journal.event, journal.stream, journal.receipt, journal.head');
  });

  const rowsRead = (call: string, values: unknown[]) => rowsReadBy((ask) => ask(call, values));

  test('a long stream among many is loaded by reading its row and what is new', async () => {
    const load = (held: number) => rowsRead('SELECT * FROM journal.load($1, $2, $3)', [long, JSON.stringify([{ stream: 'box-long', held, fold: 1 }, { stream: 'box-7', held: 1, fold: 1 }]), [newId()]]);
    expect(await load(599)).toMatchObject({ stream: 2, event: 1, receipt: 0, head: 1 });
    expect(await load(600)).toMatchObject({ stream: 2, event: 0, receipt: 0, head: 1 });
    // From the last snapshot: one comes 64 events after the last, and on a long stream after a quarter of its length.
    const { event } = await load(0);
    expect(event).toBeLessThanOrEqual(600 / 4);
  });

  test('an append reads the rows of its own streams', async () => {
    const unit = (stream: string, version: number) => ({
      commandId: newId(), fingerprint: 'x', at: '2030-01-01T00:00:00.000000Z', expected: { [stream]: version }, meta: {}, created: null, snapshots: {},
      events: [{ id: newId(), stream, type: 't', data: {}, payloadHash: firstPrevious }],
    });
    const read = await rowsRead('SELECT journal.append($1, $2)', [long, JSON.stringify([unit('box-long', 600), unit('box-7', 1), unit('box-new', 0)])]);
    expect(read).toMatchObject({ event: 0, receipt: 0, head: 2 }); // each looked up, and moved on
    expect(read.stream).toBeLessThanOrEqual(5);
  });

  test('a page of one stream is read from that stream alone', async () => {
    const read = await rowsRead('SELECT * FROM journal.feed($1, 0, 10, $2, NULL)', [long, 'box-7']);
    expect(read.event).toBe(1);
  });
});

describe('a tenant that grew by tens of thousands of events since PostgreSQL last counted', () => {
  const grown = newId();
  const [events, each] = [40_000, 4];
  const name = (stream: number) => `agreement-00000000-0000-7000-8000-${String(stream).padStart(12, '0')}`;
  // The index of streams grows taller than that of positions, which then seems the cheaper one to find anything with.
  const ground = [
    'ANALYZE journal.event, journal.stream, journal.receipt, journal.head',
    `INSERT INTO journal.event SELECT '${grown}', n, gen_random_uuid(), 'agreement-00000000-0000-7000-8000-' || lpad((n / ${each})::text, 12, '0'), n % ${each} + 1, 'box.put', '{}',
       jsonb_build_object('commandId', gen_random_uuid()), 1, now(), sha256('x'), sha256('x') FROM generate_series(${each}, ${each + events - 1}) n`,
    `INSERT INTO journal.stream SELECT tenant, stream, max(version) FROM journal.event WHERE tenant = '${grown}' GROUP BY 1, 2`,
    `INSERT INTO journal.receipt SELECT tenant, (meta ->> 'commandId')::uuid, 'x', position, position, '{}', '[]', recorded_at FROM journal.event WHERE tenant = '${grown}'`,
    `INSERT INTO journal.head VALUES ('${grown}', ${each + events - 1}, sha256('x'), 1, now())`,
  ];

  const rowsRead = (work: (ask: Ask) => Promise<unknown>) =>
    rowsReadBy(async (ask) => {
      await ask(`SELECT set_config('app.tenant', $1, true)`, [grown]);
      await work(ask);
    }, ground);

  test('a stream of it is loaded by reading its row and what is new', async () => {
    const streams = JSON.stringify([{ stream: name(7_000), held: 1, fold: 1 }]);
    expect(await rowsRead((ask) => ask('SELECT * FROM journal.load($1, $2, $3)', [grown, streams, [newId()]]))).toMatchObject({ stream: 1, event: each - 1, receipt: 0 });
  });

  test('a page of one stream, and its history, are read from that stream alone', async () => {
    expect(await rowsRead((ask) => ask('SELECT * FROM journal.feed($1, 0, 10, $2, NULL)', [grown, name(7_000)]))).toMatchObject({ event: each });
    expect(await rowsRead((ask) => ask('SELECT * FROM journal.history($1, $2, 0, 10, NULL)', [grown, name(7_000)]))).toMatchObject({ event: each });
  });

  test('checking its chain reads each event once with the one before it, and once from its receipt; and the last of each stream', async () => {
    const page = await rowsRead(async (ask) => expect(await readWitnessed(ask, grown, 20_001, 20_100)).toHaveLength(100));
    expect(page).toMatchObject({ event: 2 * 100, stream: 100, receipt: 100 });
    // The last of a page of receipts is the first of the next: three pages more than one, and of streams none.
    const strays = await rowsRead(async (ask) => expect(await readStrays(ask, grown)).toEqual([]));
    expect(strays).toMatchObject({ event: events + 3 + events / each, stream: events / each, receipt: events + 3 });
  });

  test('a receipt and a stream beyond the first ten thousand are found too', async () => {
    await rowsRead(async (ask) => {
      await superuser.query('RESET ROLE');
      await ask(`INSERT INTO journal.receipt SELECT tenant, 'ffffffff-ffff-4fff-bfff-ffffffffffff', 'x', 7, 7, '{}', '[]', now() FROM journal.head WHERE tenant = $1`, [grown]);
      await ask(`INSERT INTO journal.stream VALUES ($1, 'zz', 1)`, [grown]);
      await superuser.query('SET LOCAL ROLE concordat_app');
      expect(await readStrays(ask, grown)).toEqual([
        { what: 'receipt', position: 7, name: 'ffffffff-ffff-4fff-bfff-ffffffffffff' },
        { what: 'stream', position: each + events, name: 'zz' },
      ]);
    });
  });
});

describe('what was recorded is never changed', () => {
  const changes = {
    event: ['UPDATE journal.event SET type = type', 'DELETE FROM journal.event', 'TRUNCATE journal.event', 'INSERT INTO journal.event SELECT * FROM journal.event'],
    receipt: ['UPDATE journal.receipt SET fingerprint = fingerprint', 'DELETE FROM journal.receipt', 'TRUNCATE journal.receipt', 'INSERT INTO journal.receipt SELECT * FROM journal.receipt'],
    stream: ['UPDATE journal.stream SET version = 1', 'DELETE FROM journal.stream'],
    head: ['UPDATE journal.head SET position = 1', 'DELETE FROM journal.head'],
  };

  test.each(Object.values(changes).flat())('the app may not: %s', async (change) => {
    await expect(db.database.inTenant(tenant, (tx) => tx.query(change))).rejects.toThrow('permission denied');
  });

  test.each([...changes.event, ...changes.receipt].filter((change) => !change.startsWith('INSERT')))('owner and superuser are stopped: %s', async (change) => {
    await expect(superuser.query(change)).rejects.toThrow('what was recorded is never changed');
    await superuser.query('BEGIN');
    await superuser.query('SET LOCAL ROLE concordat_owner');
    await expect(superuser.query(change)).rejects.toThrow('what was recorded is never changed');
    await superuser.query('ROLLBACK');
  });
});
