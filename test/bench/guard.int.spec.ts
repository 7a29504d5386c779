import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Sessions } from '@concordat/access';
import { composeWeb, migrations } from '@concordat/concordat';
import { Consumers } from '@concordat/journal';
import { setLogLevel } from '@concordat/platform';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Client } from 'pg';
import { built, type FreshDatabase, freshDatabase } from '../harness/index.js';
import { type Commissioner, newCommissioner, openAgreements } from './commissioner.js';
import { Connection } from './connection.js';
import { CountingProxy } from './counting-proxy.js';
import { assertRemembered } from './remembered.js';
import { mostStatements } from './statements.js';
import { type Acknowledged, moveOn, requestFor, type Standing } from './transition.js';

// What a start costs in files and a command and round trips is counted, so that no noise hides one too many.

let fresh: FreshDatabase;
let way: CountingProxy;
let app: NestFastifyApplication;
let reader: Client;
let port: number;

beforeAll(async () => {
  setLogLevel('warn');
  fresh = await freshDatabase({ migrations });
  way = await CountingProxy.before(fresh.url);
  app = await composeWeb({
    mode: 'demo',
    publicUrl: 'http://localhost:3000',
    dataDir: '.',
    databaseUrl: way.url,
    queueDatabaseUrl: fresh.url,
    key: randomBytes(32),
    webhookAllowCidrs: [],
    webhookAllowPorts: [],
  });
  await app.listen(0, '127.0.0.1');
  port = Number(new URL(await app.getUrl()).port);
  reader = new Client({ connectionString: fresh.superuserUrl });
  await reader.connect();
});

afterAll(async () => {
  await reader?.end();
  await app?.close();
  await way?.close();
  await fresh?.drop();
});

/** Sends this many commands on each agreement, the agreements side by side. */
async function send({ key }: Commissioner, standings: readonly Standing[], commands: number): Promise<Acknowledged[]> {
  const all = standings.map(async (standing) => {
    const connection = await Connection.open(port);
    const acknowledged: Acknowledged[] = [];
    for (let sent = 0; sent < commands; sent += 1) {
      const { status, body } = await connection.exchange(requestFor(standing, key));
      expect({ status, body }).toMatchObject({ status: 200 });
      const answer = JSON.parse(body) as Acknowledged;
      acknowledged.push(answer);
      moveOn(standing, answer);
    }
    connection.close();
    return acknowledged;
  });
  return (await Promise.all(all)).flat();
}

async function counted(clients: number, commands: number) {
  const commissioner = await newCommissioner(app);
  const standings = await openAgreements(port, commissioner, clients);
  const after = Number((await reader.query<{ position: string }>('SELECT position FROM journal.head WHERE tenant = $1', [commissioner.tenant])).rows[0]!.position);
  way.take();
  const acknowledged = await send(commissioner, standings, commands);
  const { statements, roundTrips, byText } = way.take();
  await assertRemembered(reader, fresh.database, { tenant: commissioner.tenant, after, acknowledged });
  return { acknowledged, statements, roundTrips, byText };
}

/** Finding out who asks: the key by its hash, its row in a transaction (three), the person's stream. Kept for a second. */
const toAuthenticate = 5;

test('a command sent alone costs one append, and nothing else but finding out once a second who asks', async () => {
  const { acknowledged, statements, roundTrips, byText } = await counted(1, 100);
  expect(acknowledged).toHaveLength(100);
  const authenticating = toAuthenticate * (byText['access.key_by_hash'] ?? 0);
  expect({ statements: statements - authenticating, roundTrips: roundTrips - authenticating }).toEqual({ statements: 100, roundTrips: 100 });
  expect(statements / 100).toBeLessThanOrEqual(mostStatements);
});

test('commands of one organisation that arrive together share their round trip', async () => {
  const { acknowledged, statements, roundTrips } = await counted(32, 10);
  expect(acknowledged).toHaveLength(320);
  // Had every command its own, there would be 320.
  expect(statements).toBeLessThan(160);
  expect(roundTrips).toBeLessThan(160);
});

test('the list of what waits for somebody asks as much of the database for twenty agreements as for one', async () => {
  const commissioner = await newCommissioner(app);
  const { secret } = (await app.get(Sessions).start(commissioner.tenant, commissioner.person))!;
  const asked = async (): Promise<{ gates: number; statements: number }> => {
    await app.get(Consumers).runAll(commissioner.tenant);
    const page = () => fetch(`http://127.0.0.1:${port}/`, { headers: { cookie: `concordat=${secret}` } });
    await (await page()).text(); // whose session it is, is found out before counting
    way.take();
    const html = await (await page()).text();
    return { gates: html.match(/The gate can open/g)?.length ?? 0, statements: way.take().statements };
  };
  await openAgreements(port, commissioner, 1);
  const one = await asked();
  await openAgreements(port, commissioner, 19);
  const twenty = await asked();
  expect([one.gates, twenty.gates]).toEqual([1, 20]);
  expect(twenty.statements).toBe(one.statements);
});

test('a gate that opens is two events, and a return is one: the benchmark measures what it says', async () => {
  const { acknowledged } = await counted(1, 2);
  expect(acknowledged.map(({ events }) => events.map(({ type }) => type))).toEqual([
    ['concordat.agreement.gate-opened.v1', 'concordat.agreement.stage-entered.v1'],
    ['concordat.agreement.returned.v1'],
  ]);
});

const root = join(import.meta.dirname, '../..');
/** What the web process loads before it can answer; most of a cold start. It was 61 when this was written, 3 of them gathered; file by file it is 1,569. */
const mostFiles = 70;

test('the web process loads no more files than it needs for its first answer', async () => {
  await built();
  const folder = await mkdtemp(join(tmpdir(), 'concordat-loaded-'));
  try {
    // V8 tells which scripts there were, and how little of each was run.
    const web = pathToFileURL(join(root, 'apps/concordat/dist/serving/web.js')).href;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', `await import(${JSON.stringify(web)})`], {
      env: { PATH: process.env['PATH'], NODE_V8_COVERAGE: folder },
    });
    const [report] = await readdir(folder);
    const { result } = JSON.parse(await readFile(join(folder, report!), 'utf8')) as { result: { url: string }[] };
    const files = result.map(({ url }) => url).filter((url) => url.startsWith('file:'));
    expect(files).toContain(web);
    const libraries = new Set(files.map((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? ''));
    expect(libraries).toContain('pg');
    expect([...libraries].filter((name) => ['@nestjs/swagger', 'bullmq', 'ioredis', 'nodemailer', 'prom-client', 'read-excel-file', 'typeorm', 'undici', 'write-excel-file'].includes(name))).toEqual([]);
    expect(files.length).toBeLessThanOrEqual(mostFiles);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
