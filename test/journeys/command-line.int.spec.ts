import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrations, readDemoKeys, seed } from '@concordat/concordat';
import { newId, setLogLevel } from '@concordat/platform';
import { eventually, type FreshDatabase, freshDatabase, oversubscription } from '../harness/index.js';
import { ApiClient, succeeded } from './client.js';

const root = resolve(import.meta.dirname, '../..');
const lunchClub = { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] };

interface Running {
  readonly child: ChildProcess;
  readonly told: { out: string; err: string };
  /** The exit code; null for one that was killed. */
  readonly ended: Promise<number | null>;
}

const running: Running[] = [];
let folder: string;

/** The command line, as `npm run -s concordat -- ARGS` calls it. */
function concordat(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [join(root, 'bin/concordat.mjs'), ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: '', DATABASE_OWNER_URL: '', REDIS_URL: '', CONCORDAT_MODE: 'demo', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const told = { out: '', err: '' };
  child.stdout.on('data', (piece) => (told.out += piece));
  child.stderr.on('data', (piece) => (told.err += piece));
  const it = { child, told, ended: new Promise<number | null>((done) => child.once('close', done)) };
  running.push(it);
  return it;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}

/** Until the web process answers. */
async function ready(origin: string, { told, ended }: Running): Promise<void> {
  let over = false;
  void ended.then(() => (over = true));
  await eventually(async () => {
    if (over) return 'over';
    const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
    return answer?.ok ? 'ready' : undefined;
  }, 90_000).then((state) => {
    if (state === 'over') throw new Error(`It ended before it was ready:\n${told.err}`);
  });
}

beforeAll(async () => {
  setLogLevel('error');
  folder = await mkdtemp(join(tmpdir(), 'concordat-command-line-'));
});
afterAll(async () => {
  for (const { child } of running) child.kill('SIGTERM');
  await Promise.all(running.map(({ ended }) => ended));
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('with nothing running and an empty data folder', () => {
  const data = () => ({ CONCORDAT_DATA_DIR: join(folder, 'empty') });

  test('verify brings PostgreSQL for its duration, migrates, seeds nothing, and prints its result alone', async () => {
    const verify = concordat(['verify', '--json'], data());
    expect([await verify.ended, verify.told.err]).toEqual([0, expect.any(String)]);
    expect(JSON.parse(verify.told.out)).toEqual({ tenants: [] });
    // This folder is its maker's alone, and under root PostgreSQL runs as somebody else.
    if (process.getuid?.() === 0) expect(verify.told.err).toMatch(/^PostgreSQL runs as user \w+, who cannot reach \S+empty; its data is in \S+\.$/m);
    // The key of an installation and the keys of a demo are for those who start it.
    expect((await readdir(join(folder, 'empty'))).filter((file) => ['key', 'demo-keys.json'].includes(file))).toEqual([]);
  }, 120_000);

  test('the doctor misses no key where nobody is there whose words one would have sealed', async () => {
    const doctor = concordat(['doctor', '--json'], data());
    await doctor.ended;
    const findings = JSON.parse(doctor.told.out) as { findings: { check: string; state: string; found: string }[] };
    expect(findings.findings.find(({ check }) => check === 'key')).toMatchObject({ state: 'ok', found: 'None yet; `concordat start` makes one.' });
  }, 120_000);

  test('verify of a file needs no database, and says which file is not there', async () => {
    const file = join(folder, 'nowhere.ndjson');
    const verify = concordat(['verify', file], { CONCORDAT_DATA_DIR: join(folder, 'untouched') });
    expect([await verify.ended, verify.told.out, verify.told.err]).toEqual([1, '', `There is no file ${file}.\n`]);
    expect(await readdir(folder)).not.toContain('untouched');
  }, 60_000);

  test('clock needs no database and starts none', async () => {
    const clock = concordat(['clock', 'pa2023-competitive', '2026-06-08', '--json'], { CONCORDAT_DATA_DIR: join(folder, 'untouched') });
    expect(await clock.ended).toBe(0);
    expect(JSON.parse(clock.told.out)).toMatchObject({ begins: '2026-06-08', ends: '2026-06-18' });
    expect(await readdir(folder)).not.toContain('untouched');
  }, 60_000);

  test('demo-keys says that nobody made any yet', async () => {
    const keys = concordat(['demo-keys', '--json'], data());
    expect([await keys.ended, keys.told.out]).toEqual([1, '']);
    expect(keys.told.err).toMatch(/no demo keys yet/);
  }, 60_000);

  test('demo-keys says that there are none outside demo mode', async () => {
    const production = { CONCORDAT_MODE: 'production', PUBLIC_URL: 'https://concordat.example.org', CONCORDAT_KEY: randomBytes(32).toString('base64') };
    const keys = concordat(['demo-keys', '--json'], { ...data(), ...production });
    expect([await keys.ended, keys.told.out]).toEqual([1, '']);
    expect(keys.told.err).toMatch(/not in demo mode/);
  }, 60_000);
});

test("of a database of one's own that nobody prepared, it says what to run", async () => {
  const unprepared = await freshDatabase({ migrations: [] });
  try {
    const verify = concordat(['verify'], { DATABASE_URL: unprepared.url });
    expect([await verify.ended, verify.told.out, verify.told.err]).toEqual([1, '', 'The database of DATABASE_URL is not what this release needs. Run: npm run concordat -- migrate\n']);
  } finally {
    await unprepared.drop();
  }
}, 60_000);

test('what was acknowledged is there after everything was killed at once and started again', async () => {
  const port = await freePort();
  const env = { CONCORDAT_DATA_DIR: join(folder, 'killed'), PORT: String(port) };
  const origin = `http://127.0.0.1:${port}`;
  const first = concordat(['start'], env);
  await ready(origin, first);
  const commissioner = (await readDemoKeys(env.CONCORDAT_DATA_DIR)).find(({ role }) => role === 'commissioner')!;
  const api = new ApiClient(origin, commissioner.key);
  const opened = succeeded('open-agreement', await api.post<{ agreement: string; position: number }>('/api/v1/agreements', lunchClub));
  first.child.kill('SIGKILL');
  await first.ended;

  const since = performance.now();
  const second = concordat(['start'], env);
  await ready(origin, second);
  console.log(`ready ${((performance.now() - since) / 1000).toFixed(1)} s after a start that was killed`);
  expect(succeeded('reading', await api.get(`/api/v1/agreements/${opened.body.agreement}`)).body).toMatchObject({ title: 'Lunch club', version: 1 });

  const verify = concordat(['verify'], env);
  expect(await verify.ended).toBe(0);
  expect(verify.told.out).toMatch(/^([0-9a-f-]{36}: \d+ events, the chain holds\.\n){2}$/);

  const stopping = performance.now();
  second.child.kill('SIGINT');
  expect(await second.ended).toBe(0);
  expect(performance.now() - stopping).toBeLessThan(20_000 * oversubscription());
}, 180_000);

describe('with a database of the operator’s own', () => {
  let fresh: FreshDatabase;
  let env: Readonly<Record<string, string>>;
  let origin: string;

  beforeAll(async () => {
    fresh = await freshDatabase({ migrations });
    const port = await freePort();
    origin = `http://127.0.0.1:${port}`;
    const key = randomBytes(32);
    env = { DATABASE_URL: fresh.url, CONCORDAT_KEY: key.toString('base64'), CONCORDAT_DATA_DIR: join(folder, 'accepted'), PORT: String(port), LOG_LEVEL: 'error' };
    await seed({ mode: 'demo', publicUrl: origin, dataDir: env['CONCORDAT_DATA_DIR']!, databaseUrl: fresh.url, key, webhookAllowCidrs: [], webhookAllowPorts: [] });
  }, 60_000);
  afterAll(() => fresh.drop());

  test('a command that was accepted for later is done once, although the web process was killed after its 202', async () => {
    const commissioner = (await readDemoKeys(env['CONCORDAT_DATA_DIR']!)).find(({ role }) => role === 'commissioner')!;
    const api = new ApiClient(origin, commissioner.key);
    const first = concordat(['web'], env);
    await ready(origin, first);
    const { body } = succeeded('open-agreement', await api.post<{ agreement: string }>('/api/v1/agreements', lunchClub));

    const key = newId();
    const plan = { stage: 'panel', mode: 'co-commissioning', say: 2, do: 0, groups: ['diners'], method: 'A meal', people: 3, resources: { is: 'not-yet' } };
    const asked = { headers: { prefer: 'respond-async', 'idempotency-key': key } };
    const accepted = await api.command(body.agreement, 'plan-involvement', plan, asked);
    expect(accepted.status).toBe(202);
    // No worker runs yet, so nothing was done.
    first.child.kill('SIGKILL');
    await first.ended;

    const worker = concordat(['worker'], env);
    const second = concordat(['web'], env);
    await ready(origin, second);
    const operation = await eventually(async () => {
      const { body: progress } = await api.get<{ status: string; outcome?: { outcome: string } }>(accepted.headers.get('location')!);
      return progress.status === 'done' ? progress : undefined;
    }, 30_000);
    expect(operation.outcome).toMatchObject({ outcome: 'recorded' });

    // The client never saw what became of it and asks again: the same operation, and still one event.
    expect((await api.command(body.agreement, 'plan-involvement', plan, asked)).headers.get('location')).toBe(accepted.headers.get('location'));
    expect(succeeded('reading', await api.get(`/api/v1/agreements/${body.agreement}`)).body).toMatchObject({ version: 2 });
    for (const { child, ended } of [worker, second]) {
      child.kill('SIGTERM');
      expect(await ended).toBe(0);
    }
  }, 120_000);

  test('a stream that a consumer gave up on is named with the reason, and handed to it again on request', async () => {
    const organisation = (await readDemoKeys(env['CONCORDAT_DATA_DIR']!)).find(({ role }) => role === 'commissioner')!.organisation;
    const [row] = await fresh.database.statement<{ tenant: string }>('the tenant', 'SELECT access.tenant_by_slug($1) AS tenant', [organisation]);
    await fresh.database.inTenant(row!.tenant, (tx) =>
      tx.query(
        `INSERT INTO journal.parked (tenant, consumer, stream, position, error, parked_at)
         SELECT tenant, 'register.agreements', stream, min(position), 'it could not be written', now() FROM journal.event
         WHERE stream LIKE 'agreement-%' GROUP BY tenant, stream LIMIT 1`,
      ),
    );
    const parked = concordat(['parked', '--json'], env);
    expect(await parked.ended).toBe(1);
    expect(JSON.parse(parked.told.out)).toEqual([expect.objectContaining({ organisation, consumer: 'register.agreements', error: 'it could not be written' })]);

    const redriven = concordat(['parked', '--redrive'], env);
    expect([await redriven.ended, redriven.told.out]).toEqual([0, 'Nothing is parked.\n']);
    expect(redriven.told.err).toMatch(/register\.agreements, agreement-\S+: [12] events handled\./);
  }, 60_000);

  test('the first administrator and any person’s first key come from the command line, each shown once', async () => {
    const first = ['bootstrap', '--slug', 'northshire', '--name', 'Northshire', '--administrator', 'The administrator'];
    const made = concordat([...first, '--json'], env);
    expect(await made.ended).toBe(0);
    const administrator = JSON.parse(made.told.out) as { key: string };
    const again = concordat(first, env);
    expect([await again.ended, again.told.out, again.told.err]).toEqual([1, '', expect.stringMatching(/has its administrator already/)]);

    const web = concordat(['web'], env);
    await ready(origin, web);
    const person = succeeded(
      'register-person',
      await new ApiClient(origin, administrator.key).post<{ person: string }>('/api/v1/people', { name: 'A commissioner', email: null }),
    ).body.person;
    succeeded('grant-role', await new ApiClient(origin, administrator.key).post(`/api/v1/people/${person}/roles`, { role: 'commissioner' }));
    const issued = concordat(['issue-key', 'northshire', person, '--json'], env);
    expect(await issued.ended).toBe(0);
    const { key } = JSON.parse(issued.told.out) as { key: string };
    expect((await new ApiClient(origin, key).post('/api/v1/agreements', lunchClub)).status).toBe(201);

    const nobody = concordat(['issue-key', 'northshire', newId()], env);
    expect([await nobody.ended, nobody.told.out]).toEqual([1, '']);
    expect(nobody.told.err).toBe('No key was made. The person is registered.\n');
    web.child.kill('SIGTERM');
    await web.ended;
  }, 120_000);
});
