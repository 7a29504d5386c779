import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { built, eventually, freshDatabase, oversubscription, startRedis } from '../../../test/harness/index.js';
import { newId } from './id.js';
import { Queues } from './queues.js';

const root = resolve(import.meta.dirname, '../../..');
const [database, redis] = await Promise.all([freshDatabase({ migrations: [] }), startRedis()]);

/** A store under the queues, and how it goes away and comes back. */
interface Store {
  readonly kind: 'redis' | 'postgresql';
  readonly where: { readonly databaseUrl: string; readonly redisUrl?: string };
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
}

const stores: Store[] = [
  {
    kind: 'postgresql',
    where: { databaseUrl: database.url },
    goAway: () => asSuperuser((client, name) => client.query(`alter database ${name} allow_connections false`), true),
    comeBack: () => asSuperuser((client, name) => client.query(`alter database ${name} allow_connections true`)),
  },
];
if (redis) {
  stores.push({
    kind: 'redis',
    where: { databaseUrl: database.url, redisUrl: redis.url },
    goAway: () => redis.kill(),
    comeBack: () => redis.start(),
  });
}

async function asSuperuser(work: (client: Client, name: string) => Promise<unknown>, thenEndSessions = false): Promise<void> {
  const url = new URL(database.superuserUrl);
  const name = url.pathname.slice(1);
  url.pathname = '/postgres';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    await work(client, name);
    if (thenEndSessions) await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [name]);
  } finally {
    await client.end();
  }
}

const open: Queues[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((queues) => queues.close()));
});
afterAll(async () => {
  await redis?.stop();
  await database.drop();
});

// Every test rings bells of its own, so that none hears another's.
const freshName = () => `bell-${newId()}`;

async function openQueues(store: Store, names: readonly string[], timing?: { lockDuration: number; stalledInterval: number }) {
  const queues = await Queues.open({ ...store.where, names, ...(timing && { timing }) });
  open.push(queues);
  return queues;
}

/** Something that happens when the test says so. */
function gate() {
  let pass: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  return { passed, open: () => pass() };
}

/** Rings until it was heard: the ticker's part, who rings again for what an absent queue swallowed. */
async function ringUntilHeard(queues: Queues, name: string, id: string, heard: readonly string[]): Promise<void> {
  await eventually(() => {
    queues.doorbell.ring(name, id);
    return heard.includes(id) ? true : undefined;
  }, 20_000);
}

describe.each(stores)('on $kind', (store) => {
  test('a ring reaches its handler, in another process too', async () => {
    const name = freshName();
    const heard: string[] = [];
    const [web, worker] = await Promise.all([openQueues(store, [name]), openQueues(store, [name])]);
    expect(web.backend).toBe(store.kind);
    worker.handle(name, async (id) => void heard.push(id));
    await worker.start();
    await ringUntilHeard(web, name, 'north', heard);
    expect(new Set(heard)).toEqual(new Set(['north']));
  });

  test('many rings for one id while it is worked on lead to one more round, not to many', async () => {
    const name = freshName();
    const [web, worker] = await Promise.all([openQueues(store, [name]), openQueues(store, [name])]);
    const busy = gate();
    const rounds: string[] = [];
    worker.handle(name, async (id) => {
      rounds.push(id);
      if (rounds.length === 1) await busy.passed;
    });
    await worker.start();
    await ringUntilHeard(web, name, 'north', rounds);
    for (let ring = 0; ring < 50; ring += 1) {
      web.doorbell.ring(name, 'north');
      await new Promise((resolve) => setImmediate(resolve));
    }
    await allSent(web);
    busy.open();
    await eventually(() => (rounds.filter((id) => id === 'north').length >= 2 ? true : undefined));
    await ringUntilHeard(worker, name, 'later', rounds);
    expect(rounds.filter((id) => id === 'north')).toHaveLength(2);
  });

  test('a handler that throws does not lose the ring that came meanwhile, nor the next', async () => {
    const name = freshName();
    const [web, worker] = await Promise.all([openQueues(store, [name]), openQueues(store, [name])]);
    const busy = gate();
    const rounds: string[] = [];
    worker.handle(name, async (id) => {
      rounds.push(id);
      if (rounds.length === 1) {
        await busy.passed;
        throw new Error('the first round fails');
      }
    });
    await worker.start();
    await ringUntilHeard(web, name, 'north', rounds);
    web.doorbell.ring(name, 'north');
    await allSent(web);
    busy.open();
    await eventually(() => (rounds.filter((id) => id === 'north').length === 2 ? true : undefined));
    worker.doorbell.ring(name, 'north');
    await eventually(() => (rounds.filter((id) => id === 'north').length === 3 ? true : undefined));
  });

  test("a killed worker's job is taken over by another", async () => {
    const name = freshName();
    const timing = { lockDuration: 500, stalledInterval: 250 };
    const doomed = await startWorkerProcess(store, name, timing);
    const queues = await openQueues(store, [name], timing);
    queues.doorbell.ring(name, 'north');
    await doomed.atWork;
    const heard: string[] = [];
    queues.handle(name, async (id) => void heard.push(id));
    await queues.start();
    expect(heard).toEqual([]);
    doomed.kill();
    await eventually(() => (heard.includes('north') ? true : undefined));
  });

  test('a worker that was stopped for longer than its lock lasts says so, and not that the queue is away', async () => {
    const name = freshName();
    const timing = { lockDuration: 500, stalledInterval: 250 };
    const slow = await startWorkerProcess(store, name, timing);
    const queues = await openQueues(store, [name], timing);
    queues.doorbell.ring(name, 'north');
    await slow.atWork;
    slow.stop();
    const heard: string[] = [];
    queues.handle(name, async (id) => void heard.push(id));
    await queues.start();
    await eventually(() => (heard.includes('north') ? true : undefined));
    slow.goOnAndEnd();
    await eventually(() => (slow.said().includes('A round lost its lock: this process was slow') ? true : undefined));
    expect(slow.said()).not.toContain('The queue is away');
    slow.kill();
  });

  test('a ring while the queue is away returns at once, and rings work when it is back', async () => {
    const name = freshName();
    const queues = await openQueues(store, [name]);
    const heard: string[] = [];
    queues.handle(name, async (id) => void heard.push(id));
    await queues.start();
    await ringUntilHeard(queues, name, 'before', heard);
    await store.goAway();
    try {
      const begun = performance.now();
      for (let id = 0; id < 5_000; id += 1) queues.doorbell.ring(name, `away-${id}`);
      expect(performance.now() - begun).toBeLessThan(500 * oversubscription());
      // An absent Redis is slower, an absent database is broken.
      expect((await queues.ready()).ok).toBe(store.kind === 'redis');
    } finally {
      await store.comeBack();
    }
    await ringUntilHeard(queues, name, 'after', heard);
    expect((await queues.ready()).ok).toBe(true);
  });

  test('closing waits for the handlers that run', async () => {
    const name = freshName();
    const queues = await openQueues(store, [name]);
    const busy = gate();
    const begun: string[] = [];
    let finished = false;
    queues.handle(name, async (id) => {
      begun.push(id);
      await busy.passed;
      finished = true;
    });
    await queues.start();
    await ringUntilHeard(queues, name, 'north', begun);
    const closing = queues.close();
    busy.open();
    await closing;
    expect(finished).toBe(true);
    queues.doorbell.ring(name, 'too-late');
  });

  test('a queue does not start while a bell has no handler or two', async () => {
    const [none, twice, extra] = [freshName(), freshName(), freshName()];
    const queues = await openQueues(store, [none, twice]);
    queues.handle(twice, async () => undefined);
    queues.handle(twice, async () => undefined);
    queues.handle(extra, async () => undefined);
    await expect(queues.start()).rejects.toThrow(
      `Nobody answers the bell ${none}. 2 handlers answer the bell ${twice}. A handler waits for the bell ${extra}, which is not among the names opened.`,
    );
  });
});

const withRedis = redis ? test : test.skip;

withRedis('after FLUSHALL, also in the middle of a round, rings are heard again', async () => {
  const name = freshName();
  const queues = await openQueues(stores[1]!, [name]);
  const busy = gate();
  const heard: string[] = [];
  queues.handle(name, async (id) => {
    heard.push(id);
    if (id === 'during') await busy.passed;
  });
  await queues.start();
  await ringUntilHeard(queues, name, 'before', heard);
  await ringUntilHeard(queues, name, 'during', heard);
  const client = new Redis(redis!.url);
  await client.flushall();
  await client.quit();
  busy.open();
  await ringUntilHeard(queues, name, 'after', heard);
  const rounds = heard.filter((id) => id === 'during').length;
  await eventually(() => {
    queues.doorbell.ring(name, 'during');
    return heard.filter((id) => id === 'during').length > rounds ? true : undefined;
  });
});

withRedis('a Redis that may throw jobs away is not relied on', async () => {
  const queues = await openQueues(stores[1]!, [freshName()]);
  const client = new Redis(redis!.url);
  try {
    await eventually(async () => ((await queues.ready()).detail === 'Redis answers and evicts nothing.' ? true : undefined));
    await client.config('SET', 'maxmemory-policy', 'allkeys-lru');
    expect(await queues.ready()).toMatchObject({ ok: false, detail: expect.stringMatching(/allkeys-lru.*noeviction/) });
  } finally {
    await client.config('SET', 'maxmemory-policy', 'noeviction');
    await client.quit();
  }
});

test('a database without the queues says which command brings them', async () => {
  const elsewhere = new URL(database.ownerUrl);
  elsewhere.pathname = '/postgres';
  await expect(Queues.open({ databaseUrl: elsewhere.href, names: [] })).rejects.toThrow(/npm run concordat -- migrate/);
});

/** Waits until all that this process rang is in the queue: a doorbell keeps what is rung within its rest for the end of it. */
async function allSent(ringing: Queues): Promise<void> {
  await ringing.close();
}

/** A worker in a process of its own that begins the first job and ends it when it is told to. */
async function startWorkerProcess(store: Store, name: string, timing: object) {
  await built();
  const script = `
    import { Queues } from '@concordat/platform';
    const queues = await Queues.open(${JSON.stringify({ ...store.where, names: [name], timing })});
    queues.handle(${JSON.stringify(name)}, () => new Promise((end) => {
      process.stdin.once('data', end);
      process.stdout.write('at work');
    }));
    await queues.start();
    setInterval(() => undefined, 1000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: 'pipe' });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
  const atWork = new Promise<void>((begun, failed) => {
    child.stdout.once('data', () => begun());
    child.once('exit', (code) => failed(new Error(`The worker process ended before it worked (${code}): ${said}`)));
  });
  atWork.catch(() => undefined);
  return {
    atWork,
    said: () => said,
    stop: () => child.kill('SIGSTOP'),
    goOnAndEnd: () => {
      child.kill('SIGCONT');
      child.stdin.write('end');
    },
    kill: () => child.kill('SIGKILL'),
  };
}
