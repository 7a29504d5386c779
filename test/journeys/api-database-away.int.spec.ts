import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { migrations } from '@concordat/concordat';
import { EmbeddedPostgres, migrate, newId } from '@concordat/platform';
import { eventually } from '../harness/index.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem } from './problem.js';

let folder: string;
let postgres: EmbeddedPostgres;
let here: TestInstallation;
beforeAll(async () => {
  folder = await mkdtemp(join(await realpath(tmpdir()), 'concordat-tests-away-'));
  await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
  postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
  await migrate({ ownerUrl: postgres.ownerUrl, migrations });
  here = await openInstallation({ databaseUrl: postgres.appUrl });
}, 120_000);
afterAll(async () => {
  await here.close();
  await postgres.release();
  await rm(folder, { recursive: true, force: true });
}, 60_000);

const beginning = { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] };

test('while the database is away every answer that needs it is a 503 within 2 s, and it all works again when it is back', async () => {
  const commissioner = here.as('commissioner');
  const key = newId();
  const agreement = (await commissioner.post<{ agreement: string }>('/api/v1/agreements', beginning, { headers: { 'idempotency-key': key } })).body.agreement;
  process.kill(postgres.pid, 'SIGQUIT');
  await eventually(async () => ((await here.with().get('/health/ready')).status === 503 ? true : undefined));

  const asked = [
    () => commissioner.get('/api/v1/agreements'),
    () => commissioner.get(`/api/v1/agreements/${agreement}`),
    () => commissioner.get('/api/v1/events'),
    () => commissioner.post('/api/v1/agreements', beginning),
    () => commissioner.command(agreement, 'hold', { reason: 'snow' }),
    () => commissioner.command(agreement, 'hold', { reason: 'snow' }, { headers: { prefer: 'respond-async' } }),
    () => here.as('provider-admin').post('/api/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' }),
    () => here.with(`cnc_${'A'.repeat(43)}`).get('/api/v1/me'),
  ];
  for (const ask of [...asked, ...asked]) {
    const since = performance.now();
    const answer = await ask();
    expect(performance.now() - since).toBeLessThan(2_000);
    expectProblem(answer, 503, 'database.unavailable');
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  // Many at once wait no longer: nobody stands in line for a database that is not there.
  const since = performance.now();
  const answers = await Promise.all(Array.from({ length: 60 }, () => commissioner.command(agreement, 'hold', { reason: 'snow' })));
  expect(performance.now() - since).toBeLessThan(2_000);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));

  // What needs none goes on.
  expect((await here.with().get('/health/live')).status).toBe(200);
  expect((await here.with().get('/health/ready')).body).toMatchObject({ status: 'unavailable', database: 'away' });
  for (const path of ['/metrics', '/api/openapi.json', '/api/docs', '/api/schemas/events', '/api/schemas/pathway']) expect((await here.with().get(path)).status).toBe(200);

  await postgres.ensureRunning();
  const back = performance.now();
  const again = await eventually(async () => {
    const answer = await commissioner.post<{ agreement: string; repeated: boolean }>('/api/v1/agreements', beginning, { headers: { 'idempotency-key': key } });
    return answer.status === 201 ? answer.body : undefined;
  });
  expect(performance.now() - back).toBeLessThan(5_000);
  expect(again).toMatchObject({ agreement, repeated: true });
  expect((await here.with().get('/health/ready')).status).toBe(200);
}, 90_000);
