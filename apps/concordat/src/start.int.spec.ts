import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { EmbeddedPostgres } from '@concordat/platform';
import { eventually, freshDatabase, oversubscription, startRedis } from '../../../test/harness/index.js';

const root = resolve(import.meta.dirname, '../../..');
const dataDir = await mkdtemp(join(tmpdir(), 'concordat-start-'));
// Under root PostgreSQL runs as somebody else, who keeps its data here only when it can get here.
await chmod(dataDir, 0o755);

interface Launched {
  readonly child: ChildProcess;
  readonly told: { out: string; err: string };
  /** The exit code. */
  readonly ended: Promise<number | null>;
}

const launched: Launched[] = [];

function concordat(args: readonly string[], env: Record<string, string> = {}): Launched {
  return launch([process.execPath, join(root, 'bin/concordat.mjs'), ...args], env);
}

function launch([program = '', ...args]: readonly string[], env: Record<string, string> = {}): Launched {
  const child = spawn(program, args, {
    cwd: root,
    // Its own PostgreSQL, whatever the tests run on: it is killed here.
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', DATABASE_OWNER_URL: '', REDIS_URL: '', CONCORDAT_MODE: 'demo', CONCORDAT_DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (piece) => (told.out += piece));
  child.stderr.on('data', (piece) => (told.err += piece));
  const it = { child, told, ended: new Promise<number | null>((done) => child.once('close', done)) };
  launched.push(it);
  return it;
}

async function isUp({ told, ended }: Launched, withinMs: number): Promise<string> {
  let over = false;
  void ended.then(() => (over = true));
  return eventually(() => {
    if (over) throw new Error(`It ended: ${told.err}`);
    return /Pages +(http\S+)/.exec(told.out)?.[1];
  }, withinMs).catch((fault: unknown) => {
    throw new Error(`It was not up within ${withinMs} ms.\n${told.err}`, { cause: fault });
  });
}

const answers = async (address: string) => (await fetch(`${address}/health/ready`).catch(() => undefined))?.ok || undefined;

/** The launcher's web and worker. */
async function childrenOf(pid: number): Promise<{ web?: number; worker?: number }> {
  const pids = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map(Number);
  const named = pids.map(async (child) => {
    const command = (await readFile(`/proc/${child}/cmdline`, 'utf8').catch(() => '')).split('\0').at(-2) ?? '';
    return ['web', 'worker'].includes(command) ? [[command, child] as const] : [];
  });
  return Object.fromEntries((await Promise.all(named)).flat());
}

/** The process of the embedded PostgreSQL, wherever its data lies. */
async function postmaster(): Promise<number> {
  const embedded = await EmbeddedPostgres.acquire({ dataDir });
  await embedded.release();
  return embedded.pid;
}

// A process that has ended keeps its number until its parent looks, and where the first process of a container never does,
// for good.
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  return stat !== undefined && !/\) Z /.test(stat);
}

const alive = async (pids: readonly number[]) => (await Promise.all(pids.map(async (pid) => ((await isAlive(pid)) ? [pid] : [])))).flat();

/** Every process that was started for this folder. */
async function livingHere(): Promise<readonly number[]> {
  const pids = (await readdir('/proc').catch(() => [])).map(Number).filter((pid) => pid > 0 && pid !== process.pid);
  const environments = pids.map(async (pid) => ({ pid, of: await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '') }));
  return (await Promise.all(environments)).filter(({ of }) => of.includes(`CONCORDAT_DATA_DIR=${dataDir}\0`)).map(({ pid }) => pid);
}

// The promises are made for a machine that does nothing else. On a busier one everything takes as much longer as it is
// oversubscribed, and the figure printed says what it took.
const allowed = (promised: number) => promised * oversubscription();

const seconds = (since: number) => (performance.now() - since) / 1000;
// Children are found through /proc.
const onLinux = process.platform === 'linux' ? describe : describe.skip;
if (process.platform !== 'linux') console.warn('Skipped: what `npm start` does when its processes are killed is tested on Linux only.');

let taken: Server;
let port: number;

beforeAll(async () => {
  taken = createServer().listen(0);
  await new Promise((listening) => taken.once('listening', listening));
  port = (taken.address() as AddressInfo).port;
});
afterAll(async () => {
  for (const { child } of launched) child.kill('SIGTERM');
  await Promise.race([Promise.all(launched.map(({ ended }) => ended)), new Promise((late) => setTimeout(late, 20_000).unref())]);
  // What a failed test left behind would hold this run's pipes, and the run with them, for good.
  for (const pid of await livingHere()) process.kill(pid, 'SIGKILL');
  taken.close();
  await rm(dataDir, { recursive: true, force: true });
}, 60_000);

onLinux('npm start', () => {
  let first: Launched;
  let address: string;

  test('brings everything up on the next free port and prints where and as whom', async () => {
    first = concordat(['start'], { PORT: String(port) });
    address = await isUp(first, 90_000);
    expect(address).not.toBe(`http://localhost:${port}`);
    expect(first.told.err).toContain(`Port ${port} is taken; using ${new URL(address).port}.`);
    expect(first.told.out).toContain('Demo mode, not for real data.');
    const keys = JSON.parse(await readFile(join(dataDir, 'demo-keys.json'), 'utf8')) as { key: string }[];
    for (const { key } of keys) expect(first.told.out).toContain(key);
    for (const secret of ['key', 'demo-keys.json']) expect((await stat(join(dataDir, secret))).mode & 0o077).toBe(0);
  }, 120_000);

  test('lets another command use the same database meanwhile, and prints its result alone on stdout', async () => {
    const migrate = concordat(['migrate']);
    expect(await migrate.ended).toBe(0);
    expect(migrate.told.out).toBe('The database is up to date.\n');
    expect(await answers(address)).toBe(true);
  }, 60_000);

  test('shows what its first provider is told, and cannot be reset while it runs', async () => {
    await eventually(async () => (await (await fetch(`${address}/demo/receiver`)).text()).includes('<strong>Verified</strong>') || undefined, 30_000);
    const reset = concordat(['demo-reset']);
    expect([await reset.ended, reset.told.out]).toEqual([1, '']);
    expect(reset.told.err).toMatch(/^An installation is running on .* Stop it first/m);
    expect(await answers(address)).toBe(true);
  }, 60_000);

  test('starts web and worker again when they are killed', async () => {
    const before = await childrenOf(first.child.pid!);
    for (const pid of Object.values(before)) process.kill(pid, 'SIGKILL');
    await eventually(async () => {
      const now = await childrenOf(first.child.pid!);
      return (now.web !== before.web && now.worker !== before.worker && (await answers(address))) || undefined;
    }, 20_000);
  }, 60_000);

  test('starts PostgreSQL again when it is killed', async () => {
    const pid = await postmaster();
    process.kill(pid, 'SIGKILL');
    await eventually(() => first.told.err.includes('was started again') || undefined, 20_000);
    await eventually(() => answers(address), 20_000);
  }, 60_000);

  test('stops within 20 s and leaves nothing running', async () => {
    const pids = [...Object.values(await childrenOf(first.child.pid!)), await postmaster()];
    const since = performance.now();
    first.child.kill('SIGINT');
    expect(await first.ended).toBe(0);
    const took = seconds(since);
    console.log(`npm start stopped in ${took.toFixed(1)} s`);
    expect(took).toBeLessThan(allowed(20));
    expect(await alive(pids)).toEqual([]);
  }, 60_000);

  test('makes no second key where the first was lost, and says what to put back', async () => {
    await rename(join(dataDir, 'key'), join(dataDir, 'key.away'));
    const refused = concordat(['start'], { PORT: '0' });
    expect([await refused.ended, refused.told.out]).toEqual([1, '']);
    expect(refused.told.err).toContain(`is lost. Put the file ${join(dataDir, 'key')} back from a backup, or set CONCORDAT_KEY`);
    expect(await readdir(dataDir)).not.toContain('key');
    await rename(join(dataDir, 'key.away'), join(dataDir, 'key'));
  }, 60_000);

  test('is ready within 10 s the second time, with the same keys', async () => {
    const since = performance.now();
    const second = concordat(['start'], { PORT: '0' });
    address = await isUp(second, 30_000);
    const took = seconds(since);
    console.log(`the second npm start was ready in ${took.toFixed(1)} s`);
    expect(took).toBeLessThan(allowed(10));
    const keyOf = ({ told }: Launched) => /commissioner +\S+ +(cnc_\S+)/.exec(told.out)?.[1];
    expect(keyOf(second)).toBe(keyOf(first));
    const made = /localhost:(\d+)/.exec(first.told.out)![1];
    expect(second.told.out).toContain(`hears nothing here: this demo was made on port ${made}, so start it with PORT=${made}`);
  }, 60_000);

  test('leaves no child behind when the launcher itself is killed', async () => {
    const { child, ended } = launched.at(-1)!;
    const children = Object.values(await childrenOf(child.pid!));
    child.kill('SIGKILL');
    await ended;
    await eventually(async () => ((await alive(children)).length === 0 ? true : undefined), 20_000);
    // The data is in use by nobody now, and the next to come finds PostgreSQL as it is, and stops it: a process that ends is seen a moment longer.
    const pid = await postmaster();
    await eventually(async () => ((await alive([pid])).length === 0 ? true : undefined), 5_000);
  }, 60_000);

  test('leaves no child behind either when the launcher is killed while they are starting', async () => {
    const { child, ended } = concordat(['start'], { PORT: '0' });
    const children = await eventually(async () => {
      const { web, worker } = await childrenOf(child.pid!);
      return web !== undefined && worker !== undefined ? [web, worker] : undefined;
    }, 30_000);
    child.kill('SIGKILL');
    await eventually(async () => ((await alive(children)).length === 0 ? true : undefined), 30_000);
    await ended;
    await postmaster();
  }, 90_000);

  test('stops with npm when somebody ends npm alone', async () => {
    const npm = launch(['npm', 'start'], { PORT: '0' });
    address = await isUp(npm, 60_000);
    npm.child.kill('SIGTERM');
    await eventually(async () => ((await answers(address)) === undefined ? true : undefined), 20_000);
    // npm's pipes close when the last of what it started has ended.
    await npm.ended;
    expect(npm.told.err).toContain('Stopped. The data stays where it is.');
  }, 120_000);

  test('starts neither store where the operator has both', async () => {
    const [theirs, redis] = await Promise.all([freshDatabase({ migrations: [] }), startRedis()]);
    const folder = await mkdtemp(join(tmpdir(), 'concordat-theirs-'));
    const stores = { DATABASE_URL: theirs.url, DATABASE_OWNER_URL: theirs.ownerUrl, ...(redis && { REDIS_URL: redis.url }) };
    try {
      const started = concordat(['start'], { PORT: '0', CONCORDAT_DATA_DIR: folder, ...stores });
      await isUp(started, 60_000);
      const superuser = new Client({ connectionString: theirs.superuserUrl });
      await superuser.connect();
      expect((await superuser.query('SELECT slug FROM access.organisation')).rows).toHaveLength(2);
      await superuser.end();
      expect((await readdir(folder)).filter((name) => /postgres|redis/i.test(name))).toEqual([]);
      started.child.kill('SIGINT');
      expect(await started.ended).toBe(0);
      expect(started.told.err).not.toContain('PostgreSQL');
      expect(await theirs.database.answers()).toBe(true);
    } finally {
      await redis?.stop();
      await theirs.drop();
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);

  test('says in production that a port is taken, and what to do', async () => {
    const refused = concordat(['start'], {
      PORT: String(port),
      CONCORDAT_MODE: 'production',
      PUBLIC_URL: 'https://concordat.example.org',
      CONCORDAT_KEY: Buffer.alloc(32, 1).toString('base64'),
    });
    expect(await refused.ended).toBe(1);
    expect(refused.told.out).toBe('');
    expect(refused.told.err).toContain(`Port ${port} is taken by another program. Stop it, or set PORT to a free port.\n`);
  }, 60_000);
});

onLinux('demo-reset', () => {
  test('touches no database of the operator', async () => {
    const refused = concordat(['demo-reset'], { DATABASE_URL: 'postgres://app@127.0.0.1:5432/theirs' });
    expect([await refused.ended, refused.told.err]).toEqual([1, expect.stringContaining('a database of your own')]);
  }, 60_000);

  test('removes database and keys, once', async () => {
    const reset = concordat(['demo-reset']);
    expect([await reset.ended, reset.told.out]).toEqual([0, expect.stringContaining('is gone')]);
    const left = await readdir(dataDir);
    expect(left.filter((name) => ['key', 'demo-keys.json', 'demo-receiver.json', 'postgres'].includes(name))).toEqual([]);
    const again = concordat(['demo-reset']);
    expect([await again.ended, again.told.out]).toEqual([0, expect.stringContaining('There is no demo')]);
  }, 60_000);
});

test('an unknown command is a sentence and the list of those there are', async () => {
  const unknown = concordat(['strat']);
  expect(await unknown.ended).toBe(2);
  expect(unknown.told.out).toBe('');
  expect(unknown.told.err).toMatch(/^There is no command "strat"\.\n\nUsage: concordat COMMAND/);
});
