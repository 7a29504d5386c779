import { afterAll, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { setLogLevel, SystemClock, type Tx } from '@concordat/platform';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { boxFold, command, emptied, folds, purseFold, put, putInto, putting, spent } from '../test/box.js';
import { type Consumer, Consumers, Journal, migrations, ReleaseTooOld } from './index.js';
import { accept, type RecordedEvent } from './core/index.js';

let db: FreshDatabase;
let journal: Journal;
let tenant: string;
let superuser: Client;

beforeAll(async () => {
  db = await freshDatabase({ migrations });
  superuser = new Client({ connectionString: db.superuserUrl });
  await superuser.connect();
  await superuser.query('CREATE TABLE public.effect (tenant uuid, position bigint, what text); GRANT ALL ON public.effect TO concordat_app');
  journal = new Journal(db.database, new SystemClock(), folds);
  setLogLevel('error');
});

beforeEach(() => {
  tenant = freshTenant();
});

afterAll(async () => {
  await superuser.end();
  await db.drop();
});

/** Writes a row an event; `spoil` may throw before or after. */
function effects(spoil: (when: 'before' | 'after', event: RecordedEvent) => void = () => undefined, types: Consumer['types'] = [put]): Consumer {
  return {
    name: 'test.effects',
    types,
    async handle(tx, ofTenant, events) {
      for (const event of events) {
        spoil('before', event);
        await write(tx, ofTenant, event);
        spoil('after', event);
      }
    },
    clear: async (tx, ofTenant) => {
      await tx.query('DELETE FROM public.effect WHERE tenant = $1', [ofTenant]);
    },
  };
}

const write = (tx: Tx, ofTenant: string, { position, data }: RecordedEvent) => tx.query('INSERT INTO public.effect VALUES ($1, $2, $3)', [ofTenant, position, data.what ?? null]);
const effectsSeen = async () => (await superuser.query('SELECT what FROM public.effect WHERE tenant = $1 ORDER BY position, what', [tenant])).rows.map(({ what }) => what);
const record = async (stream: string, ...things: string[]) => {
  for (const what of things) await journal.record(command(tenant, [stream], putInto(stream, what)));
};
const running = (consumer: Consumer, withJournal = journal) => new Consumers(db.database, withJournal, [consumer]);
const poison = (what: string) => (when: 'before' | 'after', event: RecordedEvent) => {
  if (when === 'after' && event.data.what === what) throw new Error(`${what} is poison`);
};

test('every event has its effect exactly once, though the consumer fails again and again after having written', async () => {
  await record('box-1', ...Array.from({ length: 12 }, (_, index) => `${index}`.padStart(2, '0')));
  let calls = 0;
  const consumers = running(effects((when) => {
    if (when === 'after' && ++calls % 3 === 0) throw new Error('crash');
  }));
  for (let runs = 0; runs < 40 && (await consumers.catchUp('test.effects', tenant)) < 12; runs++);
  expect(await effectsSeen()).toEqual(Array.from({ length: 12 }, (_, index) => `${index}`.padStart(2, '0')));
  expect(await consumers.parked(tenant)).toEqual([]);
});

test('two workers do not both run one consumer for one tenant', async () => {
  await record('box-1', 'a', 'b', 'c');
  const inside = jest.fn();
  let open = () => {};
  const gate = new Promise<void>((done) => (open = done));
  const entered = new Promise<void>((done) => inside.mockImplementationOnce(() => done()));
  const slow: Consumer = {
    name: 'test.slow',
    types: 'all',
    async handle() {
      inside();
      await gate;
    },
  };
  const first = running(slow).catchUp('test.slow', tenant);
  await entered;
  expect(await running(slow).catchUp('test.slow', tenant)).toBe(0);
  const waiting = running(slow).catchUp('test.slow', tenant, { until: 3, withinMs: 5_000 });
  open();
  expect([await first, await waiting]).toEqual([3, 3]);
  expect(inside).toHaveBeenCalledTimes(1);
});

test('who waits for a position is told where the consumer is when time is up', async () => {
  await record('box-1', 'a');
  let open = () => {};
  const gate = new Promise<void>((done) => (open = done));
  let enter = () => {};
  const entered = new Promise<void>((done) => (enter = done));
  const slow: Consumer = {
    name: 'test.slow',
    types: 'all',
    async handle() {
      enter();
      await gate;
    },
  };
  const first = running(slow).catchUp('test.slow', tenant);
  await entered;
  expect(await running(slow).catchUp('test.slow', tenant, { until: 1, withinMs: 50 })).toBe(0);
  open();
  expect(await first).toBe(1);
});

test('events of other types move the cursor and nothing else', async () => {
  await record('box-1', 'a');
  await journal.record(command(tenant, ['purse-1'], () => accept({ stream: 'purse-1', type: spent, data: { amount: 1 } })));
  expect(await running(effects()).catchUp('test.effects', tenant)).toBe(2);
  expect(await effectsSeen()).toEqual(['a']);
});

test('more than a batch is read to the end, and a tenant that was read is no longer behind', async () => {
  await Promise.all(Array.from({ length: 250 }, (_, index) => journal.record(command(tenant, [`box-${index % 7}`], () => accept(putting(`box-${index % 7}`, `${index}`))))));
  const consumers = running(effects());
  expect(await consumers.tenantsBehind()).toContain(tenant);
  expect(await consumers.tick()).toContain(tenant);
  expect(await consumers.tenantsBehind()).not.toContain(tenant);
  expect(await effectsSeen()).toHaveLength(250);
});

describe('an event it fails on five times', () => {
  test('parks its stream, the rest goes on in order, and a redrive makes good', async () => {
    await record('box-1', 'a', 'bad');
    await record('box-2', 'b');
    await record('box-1', 'c');
    const consumers = running(effects(poison('bad')));
    const cursors: number[] = [];
    for (let run = 0; run < 5; run++) cursors.push(await consumers.catchUp('test.effects', tenant));
    expect(cursors).toEqual([1, 1, 1, 1, 4]);
    expect(await effectsSeen()).toEqual(['a', 'b']);
    await record('box-1', 'd');
    await record('box-2', 'e');
    expect(await consumers.catchUp('test.effects', tenant)).toBe(6);
    expect(await consumers.parked(tenant)).toMatchObject([{ consumer: 'test.effects', stream: 'box-1', position: 2, error: 'bad is poison' }]);
    await expect(consumers.redrive('test.effects', tenant, 'box-1')).rejects.toThrow('bad is poison');
    const mended = running(effects());
    expect(await mended.redrive('test.effects', tenant, 'box-1')).toBe(3);
    expect(await effectsSeen()).toEqual(['a', 'bad', 'b', 'c', 'd', 'e']);
    expect(await mended.parked(tenant)).toEqual([]);
    expect(await mended.redrive('test.effects', tenant, 'box-1')).toBe(0);
  });

  test('does so when it is the database that refuses what it wrote', async () => {
    await record('box-1', 'good', 'not a number', 'good');
    const strict: Consumer = { name: 'test.strict', types: [put], handle: async (tx, _, events) => void (await tx.query(`SELECT length($1) / CASE $1 WHEN 'not a number' THEN 0 ELSE 1 END`, [String(events[0]?.data.what)])) };
    const perEvent: Consumer = { ...strict, handle: async (tx, of, events) => { for (const event of events) await strict.handle(tx, of, [event]); } };
    const consumers = running(perEvent);
    for (let run = 0; run < 5; run++) await consumers.catchUp('test.strict', tenant);
    expect(await consumers.parked(tenant)).toMatchObject([{ position: 2, error: 'division by zero' }]);
  });

  test('a failure that passes parks nothing', async () => {
    await record('box-1', 'a', 'bad');
    const failing = running(effects(poison('bad')));
    for (let run = 0; run < 4; run++) await failing.catchUp('test.effects', tenant);
    const mended = running(effects());
    expect(await mended.catchUp('test.effects', tenant)).toBe(2);
    expect(await mended.parked(tenant)).toEqual([]);
    expect(await effectsSeen()).toEqual(['a', 'bad']);
  });
});

describe('an event of a type this release does not know', () => {
  test('stops every consumer before it, and is never skipped', async () => {
    await record('box-1', 'a');
    await journal.record(command(tenant, ['box-2'], () => accept({ stream: 'box-2', type: emptied, data: {} })));
    await record('box-1', 'b');
    const old = new Journal(db.database, new SystemClock(), [{ ...boxFold, types: [put] }, purseFold]);
    const consumers = running(effects(), old);
    await expect(consumers.catchUp('test.effects', tenant)).rejects.toThrow(ReleaseTooOld);
    await expect(consumers.runAll(tenant)).rejects.toThrow(ReleaseTooOld);
    expect(await effectsSeen()).toEqual(['a']);
    expect(await running(effects()).catchUp('test.effects', tenant)).toBe(3);
    expect(await effectsSeen()).toEqual(['a', 'b']);
  });
});

describe('a rebuild', () => {
  test('gives identical rows while commands go on', async () => {
    await record('box-1', ...Array.from({ length: 120 }, (_, index) => `${index}`));
    const consumers = running(effects());
    await consumers.runAll(tenant);
    const before = await effectsSeen();
    const [, more] = await Promise.all([consumers.rebuild('test.effects', tenant), record('box-2', 'during', 'the', 'rebuild')]);
    expect(more).toBeUndefined();
    expect(await consumers.catchUp('test.effects', tenant)).toBe(123);
    expect(await effectsSeen()).toEqual([...before, 'during', 'the', 'rebuild']);
  });

  test('parks what it cannot handle and builds the rest', async () => {
    await record('box-1', 'a', 'bad', 'c');
    await record('box-2', 'b');
    const consumers = running(effects(poison('bad')));
    await consumers.rebuild('test.effects', tenant);
    expect(await effectsSeen()).toEqual(['a', 'b']);
    expect(await consumers.parked(tenant)).toMatchObject([{ stream: 'box-1', position: 2 }]);
  });

  test('is refused for a consumer whose effects cannot be taken back', async () => {
    const { clear: _, ...lasting } = effects();
    await expect(running(lasting).rebuild('test.effects', tenant)).rejects.toThrow('cannot be rebuilt');
  });
});

test('names and types that cannot be right are found at once', () => {
  expect(() => new Consumers(db.database, journal, [effects(), effects()])).toThrow('Two consumers have one name');
  expect(() => running(effects(undefined, ['concordat.box.burnt.v1']))).toThrow('which no fold knows');
});
