import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readFile, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { eventually } from '../../../test/harness/index.js';
import { EmbeddedPostgres } from './embedded.js';

// Processes of their own load the compiled runner; the harness has compiled it for this run.
const runner = process.env.CONCORDAT_TEST_RUNNER!;
const asRoot = process.getuid?.() === 0;
let folder: string;
const children = new Set<ChildProcess>();

beforeEach(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'concordat-embedded-'));
  await chmod(folder, 0o755);
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all([...children].map((child) => (child.exitCode ?? child.signalCode) ?? new Promise((done) => child.once('exit', done))));
  children.clear();
  await EmbeddedPostgres.discard(folder).catch(() => false);
  await rm(folder, { recursive: true, force: true });
});

interface User {
  readonly child: ChildProcess;
  readonly told: { pid: number; port: number; url: string; adopted: boolean };
}

/** A process that acquires the folder's PostgreSQL, says so, and releases it on `release` or when told to end. */
async function userProcess(identity?: { uid: number; gid: number }): Promise<User> {
  const script = `
    const { EmbeddedPostgres } = await import(${JSON.stringify(pathToFileURL(runner).href)});
    const postgres = await EmbeddedPostgres.acquire({ dataDir: ${JSON.stringify(folder)}, durable: false });
    console.log(JSON.stringify({ pid: postgres.pid, port: postgres.port, url: postgres.ownerUrl, adopted: postgres.adopted }));
    process.stdin.once('data', async () => { await postgres.release(); process.exit(0); });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['pipe', 'pipe', 'pipe'], ...identity });
  children.add(child);
  let errors = '';
  child.stderr.on('data', (text) => (errors += String(text)));
  const line = await new Promise<string>((done, failed) => {
    createInterface({ input: child.stdout }).once('line', done);
    child.once('exit', () => failed(new Error(errors)));
  });
  return { child, told: JSON.parse(line) };
}

async function releaseIn({ child }: User): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.stdin!.write('release\n');
  await ended;
}

async function killHard(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await ended;
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as T[];
  } finally {
    await client.end();
  }
}

const isGone = (pid: number) =>
  eventually(async () => {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    return text === '' || text.includes(') Z ') ? true : undefined;
  });

describe('an embedded PostgreSQL', () => {
  test('starts on loopback with passwords only its owner reads, stops with its last user, and keeps its data', async () => {
    const first = await EmbeddedPostgres.acquire({ dataDir: folder });
    expect(first.adopted).toBe(false);
    expect(await ask(first.ownerUrl, 'show listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect((await stat(join(first.folder, 'password'))).mode & 0o777).toBe(0o600);
    await ask(first.ownerUrl, 'create table kept as select 42 as answer');
    expect(await ask(first.appUrl, `select current_user as who, rolsuper, rolbypassrls from pg_roles where rolname = current_user`)).toEqual([
      { who: 'concordat_app', rolsuper: false, rolbypassrls: false },
    ]);
    await first.release();
    await first.release();
    await isGone(first.pid);

    const second = await EmbeddedPostgres.acquire({ dataDir: folder });
    expect(second.port).toBe(first.port);
    expect(await ask(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
    await second.release();
  });

  test('refuses a wrong password', async () => {
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    const wrong = new URL(postgres.ownerUrl);
    wrong.password = 'guess';
    await expect(ask(wrong.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
    await postgres.release();
  });

  test('is one for several processes that start at once, and only the last to release it stops it', async () => {
    const users = await Promise.all([userProcess(), userProcess(), userProcess()]);
    expect(new Set(users.map(({ told }) => told.pid)).size).toBe(1);
    expect(users.filter(({ told }) => !told.adopted)).toHaveLength(1);
    await releaseIn(users[0]!);
    await releaseIn(users[1]!);
    expect(await ask(users[2]!.told.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    await releaseIn(users[2]!);
    await isGone(users[0]!.told.pid);
  });

  test('lives on when its users are killed, and the next adopts it, counts them out and stops it', async () => {
    const users = await Promise.all([userProcess(), userProcess()]);
    await ask(users[0]!.told.url, 'create table kept as select 1 as one');
    await Promise.all(users.map(({ child }) => killHard(child)));
    const next = await EmbeddedPostgres.acquire({ dataDir: folder });
    expect({ pid: next.pid, adopted: next.adopted }).toEqual({ pid: users[0]!.told.pid, adopted: true });
    expect(await ask(next.ownerUrl, 'select one from kept')).toEqual([{ one: 1 }]);
    expect(await readdir(join(next.folder, 'users'))).toHaveLength(1);
    await next.release();
    await isGone(next.pid);
  });

  test('that was killed with its user recovers what was committed', async () => {
    const user = await userProcess();
    await ask(user.told.url, 'create table kept as select generate_series(1, 1000) as n');
    process.kill(user.told.pid, 'SIGKILL');
    await killHard(user.child);
    const next = await EmbeddedPostgres.acquire({ dataDir: folder });
    expect(next.adopted).toBe(false);
    expect(await ask(next.ownerUrl, 'select count(*)::int as rows from kept')).toEqual([{ rows: 1000 }]);
    await next.release();
  });

  test('that was killed under a living user is started again on the same port', async () => {
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    const { port, pid } = postgres;
    expect(await postgres.ensureRunning()).toBe(false);
    process.kill(pid, 'SIGKILL');
    await isGone(pid);
    expect(await postgres.ensureRunning()).toBe(true);
    expect(postgres.port).toBe(port);
    expect(await ask(postgres.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await postgres.release();
  });

  test('is not taken in by a postmaster.pid whose number another process has', async () => {
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    await postgres.release();
    const other = spawn('sleep', ['60']);
    children.add(other);
    await writeFile(join(postgres.folder, 'data/postmaster.pid'), `${other.pid}\n${postgres.folder}/data\n1\n${postgres.port}\n\n127.0.0.1\n1 1\nready\n`);
    const next = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect(next.adopted).toBe(false);
    expect(other.exitCode).toBe(null);
    await next.release();
  });

  test('takes another port when its own was taken meanwhile', async () => {
    const first = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    await first.release();
    const squatter = spawn(process.execPath, ['-e', `require('net').createServer().listen(${first.port}, '127.0.0.1', () => console.log('taken'))`]);
    children.add(squatter);
    await new Promise((done) => squatter.stdout.once('data', done));
    const second = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect(second.port).not.toBe(first.port);
    await second.release();
  });

  test('whose making was cut short is made again, and a lock left by a killed process is taken over', async () => {
    const probe = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    await probe.release();
    const home = probe.folder;
    await rm(join(home, 'data'), { recursive: true });
    await mkdir(join(home, 'making-1.1.x'));
    await writeFile(join(home, 'making-1.1.x/PG_VERSION'), '18');
    await writeFile(join(home, 'lock'), '999999999 long gone');
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect(await ask(postgres.ownerUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect((await readdir(home)).filter((name) => name.startsWith('making-'))).toEqual([]);
    await postgres.release();
  });

  test('survives being killed at any moment of its first start', async () => {
    for (const afterMs of [20, 120, 400, 700, 900, 1_100]) {
      const starting = userProcess().catch(() => undefined);
      const [child] = [...children].slice(-1);
      const timer = setTimeout(() => child!.kill('SIGKILL'), afterMs);
      await starting;
      clearTimeout(timer);
    }
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect(await ask(postgres.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    for (const child of children) child.kill('SIGKILL');
    await postgres.release();
  });
});

describe('what cannot be is said in a sentence', () => {
  test('a data folder that is a file', async () => {
    await writeFile(join(folder, 'file'), '');
    await expect(EmbeddedPostgres.acquire({ dataDir: join(folder, 'file') })).rejects.toThrow(/data folder .* cannot be made: there is a file of that name\. Choose another with CONCORDAT_DATA_DIR/);
    await expect(EmbeddedPostgres.acquire({ dataDir: join(folder, 'file/below') })).rejects.toThrow('a part of the path is a file');
  });

  test('a lost password', async () => {
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    await postgres.release();
    await rm(join(postgres.folder, 'password'));
    await expect(EmbeddedPostgres.acquire({ dataDir: folder })).rejects.toThrow('has lost its password file');
  });

  test('a setting PostgreSQL does not take', async () => {
    await expect(EmbeddedPostgres.acquire({ dataDir: folder, durable: false, settings: { max_connections: 'many' } })).rejects.toThrow(
      /did not start: invalid value for parameter "max_connections".*Its log is/,
    );
    expect(await readdir(join(folder, 'postgres/users'))).toEqual([]);
  });
});

const ordinary = asRoot ? test : test.skip;
if (!asRoot) console.warn('Skipped what only root can try: becoming another user. Everything else ran as this ordinary user.');

describe('started by root', () => {
  ordinary('it runs as another user, inside a folder that user can reach', async () => {
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect(postgres.folder).toBe(join(folder, 'postgres'));
    expect((await stat(join(postgres.folder, 'data'))).uid).not.toBe(0);
    expect((await stat(`/proc/${postgres.pid}`)).uid).not.toBe(0);
    await postgres.release();
  });

  ordinary('it lives under the temporary folder where that user cannot reach the data folder, says so, and is found again', async () => {
    await chmod(folder, 0o700);
    const said: string[] = [];
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false, log: (line) => said.push(line) });
    expect(postgres.folder).not.toContain(folder);
    expect(said.join()).toContain(postgres.folder);
    await ask(postgres.ownerUrl, 'create table kept as select 1 as one');
    await postgres.release();
    const again = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect(await ask(again.ownerUrl, 'select one from kept')).toEqual([{ one: 1 }]);
    await again.release();
  });

  ordinary('a cluster that an ordinary user made is run as that user', async () => {
    const nobody = { uid: Number(execFileSync('id', ['-u', 'nobody'])), gid: Number(execFileSync('id', ['-g', 'nobody'])) };
    await chown(folder, nobody.uid, nobody.gid);
    const theirs = await userProcess(nobody);
    expect((await stat(`/proc/${theirs.told.pid}`)).uid).toBe(nobody.uid);
    await releaseIn(theirs);
    const ours = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
    expect((await stat(`/proc/${ours.pid}`)).uid).toBe(nobody.uid);
    await ours.release();
    await releaseIn(await userProcess(nobody));
  });
});
