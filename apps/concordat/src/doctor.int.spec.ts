import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase, type FreshDatabase, startRedis } from '../../../test/harness/index.js';
import type { Finding } from './doctor.js';
import { migrations } from './migrations.js';

const root = resolve(import.meta.dirname, '../../..');
const key = Buffer.alloc(32, 7).toString('base64');
let folder: string;
let healthy: FreshDatabase;
let unmigrated: FreshDatabase;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-doctor-'));
  healthy = await freshDatabase({ migrations });
  unmigrated = await freshDatabase({ migrations: [] });
}, 120_000);
afterAll(async () => {
  await healthy.drop();
  await unmigrated.drop();
  await rm(folder, { recursive: true, force: true });
});

async function doctor(env: Readonly<Record<string, string>>, ...args: string[]) {
  const child = spawn(process.execPath, [join(root, 'bin/concordat.mjs'), 'doctor', ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', REDIS_URL: '', DATABASE_URL: '', DATABASE_OWNER_URL: '', PORT: '0', CONCORDAT_MODE: 'demo', CONCORDAT_KEY: key, CONCORDAT_DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece) => (out += piece));
  child.stderr.on('data', (piece) => (err += piece));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, out, err };
}

async function examined(env: Readonly<Record<string, string>>) {
  const { code, out } = await doctor(env, '--json');
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return { code, out, state: Object.fromEntries(findings.map(({ check, state }) => [check, state])), findings };
}

test('all is well with a database that is migrated and a Concordat that serves, and no secret is printed', async () => {
  const served = createHttpServer((request, answer) => answer.writeHead(request.url === '/health/live' ? 200 : 404).end()).listen(0);
  await new Promise((listening) => served.once('listening', listening));
  const { port } = served.address() as AddressInfo;
  const { code, out, state, findings } = await examined({ DATABASE_URL: healthy.url, DATABASE_OWNER_URL: healthy.ownerUrl, PORT: `${port}` });
  served.close();
  expect(findings[1]).toEqual({ check: 'port', state: 'ok', found: `${port} is in use, and a health check answers there.` });
  expect(state).toEqual({
    node: 'ok', port: 'ok', 'data folder': 'ok', disk: 'ok', key: 'ok', egress: 'ok', 'sign-in': 'ok', smtp: 'ok',
    postgresql: 'ok', migrations: 'ok', roles: 'ok', clock: 'ok', queue: 'ok', 'parked streams': 'ok',
  });
  expect(code).toBe(0);
  for (const secret of [key, new URL(healthy.url).password, new URL(healthy.ownerUrl).password].filter((text) => text !== '')) expect(out).not.toContain(secret);
}, 60_000);

test('a database that nobody migrated is one failure that says what to run', async () => {
  const { code, findings } = await examined({ DATABASE_URL: unmigrated.url, DATABASE_OWNER_URL: unmigrated.ownerUrl });
  expect(code).toBe(2);
  expect(findings.filter(({ state }) => state === 'failure')).toEqual([
    { check: 'migrations', state: 'failure', found: `${migrations.length} of ${migrations.length} steps are missing.`, todo: 'Run `concordat migrate`.' },
  ]);
}, 60_000);

test('a PostgreSQL that does not run is a failure with its place and without its password', async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  const { code, out } = await doctor({ DATABASE_URL: `postgres://app:open-sesame@127.0.0.1:${port}/concordat` });
  expect(code).toBe(2);
  expect(out).toMatch(new RegExp(`FAILURE  postgresql +PostgreSQL at 127\\.0\\.0\\.1:${port} cannot be asked: .*\\n +Do this: Start it`));
  expect(out).not.toContain('open-sesame');
}, 60_000);

test('an empty data folder is a warning, and stays empty', async () => {
  const empty = await mkdtemp(join(folder, 'empty-'));
  const { code, findings } = await examined({ CONCORDAT_DATA_DIR: empty, CONCORDAT_KEY: '' });
  expect(code).toBe(1);
  expect(findings.at(-1)).toMatchObject({ check: 'postgresql', state: 'warning', todo: expect.stringContaining('npm start') });
  expect(await readdir(empty)).toEqual([]);
}, 60_000);

test('a key that others may read, and an egress that is open to all, are failures', async () => {
  const open = await mkdtemp(join(folder, 'open-'));
  await writeFile(join(open, 'key'), key);
  await chmod(join(open, 'key'), 0o644);
  const { code, state } = await examined({ CONCORDAT_DATA_DIR: open, WEBHOOK_ALLOW_CIDRS: '0.0.0.0/0' });
  expect(code).toBe(2);
  expect(state).toMatchObject({ 'data folder': 'failure', egress: 'failure' });
}, 60_000);

test('a mail server that does not answer is a failure with its place and without its password', async () => {
  const { code, out, findings } = await examined({
    ...production, SMTP_URL: 'smtp://post:open-sesame@127.0.0.1:9', SMTP_FROM: 'concordat@example.org', DATABASE_URL: healthy.url, DATABASE_OWNER_URL: healthy.ownerUrl,
  });
  expect(code).toBe(2);
  expect(findings.filter(({ state }) => state === 'failure')).toEqual([
    { check: 'smtp', state: 'failure', found: 'The mail server 127.0.0.1:9 cannot be used (ESOCKET).', todo: expect.stringContaining('SMTP_URL') },
  ]);
  expect(out).not.toContain('open-sesame');
  // Whoever looks is not told that all is well where nobody can sign in.
  expect(findings.filter(({ state }) => state === 'warning')).toEqual([
    { check: 'sign-in', state: 'warning', found: expect.stringContaining('Nobody can sign in on pages'), todo: expect.stringContaining('issue-key') },
  ]);
}, 60_000);

const production = { CONCORDAT_MODE: 'production', PUBLIC_URL: 'https://concordat.example' };
/** Lets this machine's clock, as the doctor reads it, go ahead. */
const clockAhead = (seconds: number) => ({ NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(`const now=Date.now;Date.now=()=>now()+${seconds}e3`)}` });

test('a taken port, a Redis that evicts, a clock minutes off and a disk without room are failures, each with what to do', async () => {
  const redis = await startRedis();
  if (redis === undefined) return; // the reason was printed
  const other = createServer((socket) => socket.end()).listen(0);
  await new Promise((listening) => other.once('listening', listening));
  const { port } = other.address() as AddressInfo;
  try {
    await askRedis(redis.port, 'CONFIG SET maxmemory-policy allkeys-lru', 'CONFIG SET requirepass open-sesame');
    const { code, out, findings } = await examined({
      ...production, ...clockAhead(180), DATABASE_URL: healthy.url, DATABASE_OWNER_URL: healthy.ownerUrl,
      PORT: `${port}`, REDIS_URL: redis.url.replace('//', '//:open-sesame@'),
      // The kernel's own file system has no room for anybody.
      ...(process.platform === 'linux' && { CONCORDAT_DATA_DIR: '/proc/concordat' }),
    });
    expect(code).toBe(2);
    const failures = findings.flatMap((found) => (found.state === 'failure' && found.check !== 'data folder' ? [[found.check, found.found, found.todo]] : []));
    expect(failures).toEqual([
      ['port', `Port ${port} is taken by another program. Stop it, or set PORT to a free port.`, 'Stop the other program, or set PORT to a free port.'],
      ...(process.platform === 'linux' ? [['disk', '0.0 GB are free where the data folder lies.', 'Make room, or move the data folder and name it in CONCORDAT_DATA_DIR.']] : []),
      ['clock', expect.stringMatching(/^The database's clock is (179|180)\.\d s behind this machine's\.$/), 'Let both machines take their time from NTP.'],
      ['queue', expect.stringContaining('maxmemory-policy is allkeys-lru'), 'Set maxmemory-policy to noeviction in Redis.'],
    ]);
    expect(out).not.toContain('open-sesame');
  } finally {
    other.close();
    await redis.stop();
  }
}, 60_000);

test('in demo mode a taken port is a warning, as is a clock that drifts and a Redis that is away', async () => {
  const other = createServer((socket) => socket.end()).listen(0);
  await new Promise((listening) => other.once('listening', listening));
  try {
    const { code, findings } = await examined({
      ...clockAhead(-30), DATABASE_URL: healthy.url, DATABASE_OWNER_URL: healthy.ownerUrl, PORT: `${(other.address() as AddressInfo).port}`, REDIS_URL: 'redis://127.0.0.1:9',
    });
    expect(code).toBe(1);
    expect(findings.flatMap((found) => (found.state === 'warning' ? [[found.check, found.todo]] : []))).toEqual([
      ['port', expect.stringContaining('In demo mode the next free port is taken.')],
      ['clock', expect.stringContaining('NTP')],
      ['queue', 'Start Redis, and look at REDIS_URL.'],
    ]);
  } finally {
    other.close();
  }
}, 60_000);

/** Sends commands as lines (RESP, inline commands) and waits for an answer to each. */
async function askRedis(port: number, ...lines: readonly string[]): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  let answers = '';
  socket.on('data', (piece) => (answers += String(piece)));
  socket.end(`${lines.join('\r\n')}\r\n`);
  await new Promise((ended) => socket.once('close', ended));
  expect(answers).toBe('+OK\r\n'.repeat(lines.length));
}

test('bad variables are all named at once, never their values', async () => {
  const { code, out, findings } = await examined({ PORT: 'eighty', REDIS_URL: 'hunter2' });
  expect(code).toBe(2);
  expect(findings.filter(({ state }) => state === 'failure').map(({ found }) => found)).toEqual(['PORT cannot be used.', 'REDIS_URL cannot be used.']);
  expect(out).not.toMatch(/eighty|hunter2/);
}, 60_000);
