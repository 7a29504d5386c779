import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { Organisations } from '@concordat/access';
import { Agreements } from '@concordat/agreement';
import { ConcordatModule, type Installation } from '@concordat/assembly';
import { migrations } from '@concordat/concordat';
import { type ImportLine, ImportList, type ImportReport, Imports, UnreadableFile } from '@concordat/exchange';
import { verifyChain } from '@concordat/journal';
import { Database, setLogLevel, type Tx, uuidv5 } from '@concordat/platform';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import fc from 'fast-check';
import { Client } from 'pg';
import { eventually, type FreshDatabase, freshDatabase } from '../harness/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const notices = (name: string) => readFile(join(root, 'test/data', name));

let fresh: FreshDatabase;
let app: INestApplicationContext;
let superuser: Client;
beforeAll(async () => {
  setLogLevel('error');
  fresh = await freshDatabase({ migrations });
  const installation: Installation = {
    mode: 'demo', publicUrl: 'http://127.0.0.1:1', dataDir: tmpdir(), databaseUrl: fresh.url, key: randomBytes(32), webhookAllowCidrs: [], webhookAllowPorts: [],
  };
  app = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installation), { logger: false });
  superuser = new Client({ connectionString: fresh.superuserUrl });
  await superuser.connect();
});
afterAll(async () => {
  await superuser.end();
  await app.close();
  await fresh.drop();
});

let organisations = 0;
async function organisation(): Promise<string> {
  organisations += 1;
  return (await app.get(Organisations).create({ slug: `council-${organisations}`, name: 'Council' })).tenant;
}

const run = (tenant: string, ...files: (readonly [string, Buffer | object])[]): Promise<ImportReport> =>
  app.get(Imports).run(
    tenant,
    files.map(([name, content]) => ({
      name,
      bytes: (async function* () {
        yield Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
      })(),
    })),
  );

const agreementOf = async (tenant: string, ocid: string) => (await app.get(Agreements).find(tenant, uuidv5(tenant, `process ${ocid}`)))!.agreement;
const eventsOf = async (tenant: string) => (await superuser.query<{ events: number }>('SELECT count(*)::int AS events FROM journal.event WHERE tenant = $1', [tenant])).rows[0]!.events;
const rowsOf = async (tenant: string) =>
  (await superuser.query<{ rows: number }>(
    `SELECT (SELECT count(*) FROM exchange.import WHERE tenant = $1) + (SELECT count(*) FROM exchange.staged_release WHERE tenant = $1)
          + (SELECT count(*) FROM exchange.process WHERE tenant = $1) + (SELECT count(*) FROM journal.event WHERE tenant = $1) AS rows`, [tenant],
  )).rows[0]!.rows;

const planned = { ocid: 'ocds-x-1', id: '1', date: '2026-01-01T00:00:00Z', tag: ['planning'], planning: { rationale: 'Meals after hospital' } };
const called = { ocid: 'ocds-x-1', id: '2', date: '2026-02-01T00:00:00Z', tag: ['tender'], tender: { id: 'T', title: 'Meals at home', status: 'active', value: { amount: 9000, currency: 'GBP' } } };
const awarded = { ocid: 'ocds-x-1', id: '3', date: '2026-03-01T00:00:00Z', tag: ['award'], awards: [{ id: 'A', status: 'active', date: '2026-03-01', value: { amount: 0, currency: 'GBP' }, contractPeriod: { startDate: '2026-02-20', endDate: '2027-02-19' } }] };

test.each([
  ['uk/contracts-finder-2025.json', { releases: 102, imported: 96, merged: 6 }],
  ['uk/public-contracts-scotland-2019.json', { releases: 45, imported: 45, merged: 0 }],
  ['uk/sell2wales-2025.json', { releases: 45, imported: 45, merged: 0 }],
  ['uk/contracts-finder-2015-health-and-social-care.json', { releases: 18, imported: 18, merged: 0 }],
  ['uk/find-a-tender-2025-record.json', { releases: 1, imported: 1, merged: 0 }],
  ['lifecycle/paraguay-dncp-2017.json', { releases: 34, imported: 6, merged: 28 }],
  ['lifecycle/fictional-example/ocds-213czf-000-00001.json', { releases: 6, imported: 1, merged: 5 }],
  ['lifecycle/fictional-example/record-ocds-213czf-000-00001.json', { releases: 1, imported: 1, merged: 0 }],
  ['lifecycle/fictional-example/record-ocds-213czf-000-00001-withversions.json', { releases: 1, imported: 1, merged: 0 }],
  ['lifecycle/fictional-example/ocds-213czf-000-00001-06-implementation.json', { releases: 1, imported: 1, merged: 0 }],
])('the real notices of %s become agreements, and a second import changes nothing', async (name, counts) => {
  const tenant = await organisation();
  const content = await notices(name);
  const first = await run(tenant, [name, content]);
  expect(first).toMatchObject({ ...counts, duplicates: 0, rejected: [], agreements: counts.imported });
  const before = await rowsOf(tenant);
  expect(await run(tenant, [name, content])).toEqual({ releases: counts.releases, imported: 0, merged: 0, duplicates: counts.releases, rejected: [], agreements: 0, findings: {} });
  expect(Number(await rowsOf(tenant))).toBe(Number(before) + 1); // the import itself is on record
  expect((await verifyChain(fresh.database)).tenants.every(({ ok }) => ok)).toBe(true);
});

test('what is found in the notices of Contracts Finder is what their dates and values prove', async () => {
  const { findings } = await run(await organisation(), ['cf', await notices('uk/contracts-finder-2025.json')]);
  expect(findings).toMatchObject({ 'decided-after-start': 7, 'value-zero': 5, 'bad-uri': 1 });
  expect(findings).not.toHaveProperty('published-late');
  expect(findings).not.toHaveProperty('signed-after-start');
});

test('an agreement is taken over at the stage its notices prove, with earlier gates not evidenced and its source kept', async () => {
  const tenant = await organisation();
  await run(tenant, ['fts', await notices('uk/find-a-tender-2025-record.json')]);
  expect(await agreementOf(tenant, 'ocds-h6vhtk-0525b3')).toMatchObject({
    title: 'Murton MOD Area Victor West Peatland Restoration Project',
    stage: 'mobilisation',
    route: { id: 'pa2023-competitive' },
    takenOver: { source: 'Cabinet Office', reference: 'ocds-h6vhtk-0525b3' },
    stages: { mandate: { gate: 'not-evidenced' }, award: { gate: 'not-evidenced' }, mobilisation: { gate: 'shut' } },
    facts: { value: { value: { amount: '395493.00', currency: 'GBP' } }, 'contract-period': { value: { startsOn: '2026-10-05', endsOn: '2027-03-31' } } },
  });
});

test('a later notice moves no stage: it is on record, and found to be ahead of the gates', async () => {
  const tenant = await organisation();
  expect(await run(tenant, ['one', { releases: [called], publisher: { name: 'Portal' } }])).toMatchObject({ imported: 1, agreements: 1 });
  expect(await run(tenant, ['two', [planned, awarded]])).toMatchObject({ imported: 0, merged: 2, agreements: 0, findings: { 'ahead-of-gate': 2, 'decided-after-start': 1, 'value-zero': 1 } });
  const { stage, notices: recorded } = await agreementOf(tenant, 'ocds-x-1');
  expect(stage).toBe('sourcing');
  expect(recorded.map(({ reference, source, tags }) => [reference, source, tags])).toEqual([['1', 'two', ['planning']], ['3', 'two', ['award']]]);
});

test('every release is counted once: opened, merged, duplicate or rejected', async () => {
  const tenant = await organisation();
  const reordered = Object.fromEntries(Object.entries(called).reverse());
  const report = await run(tenant, ['list', [called, reordered, planned, null, 'x', { id: 'no ocid' }, { ocid: 17 }, { ...called, ocid: 'ocds-x-2' }]], ['again', called]);
  expect(report).toMatchObject({ releases: 9, imported: 2, merged: 1, duplicates: 2, agreements: 2 });
  expect(report.rejected).toEqual([
    { file: 'list', index: 3, ocid: null, reason: 'It is not an object.' },
    { file: 'list', index: 4, ocid: null, reason: 'It is not an object.' },
    { file: 'list', index: 5, ocid: null, reason: 'It has no ocid.' },
    { file: 'list', index: 6, ocid: null, reason: 'It has no ocid.' },
  ]);
});

test('of more than 10,000 rejected entries the first are listed and the others counted', async () => {
  const tenant = await organisation();
  const { rejected, ...report } = await run(tenant, ['junk', [called, ...Array.from({ length: 10_003 }, () => 0), planned]]);
  expect(report).toMatchObject({ releases: 10_005, imported: 1, merged: 1, rejectedMore: 3 });
  expect([rejected.length, rejected.at(-1)]).toEqual([10_000, { file: 'junk', index: 10_000, ocid: null, reason: 'It is not an object.' }]);
  const [{ id }] = (await app.get(ImportList).page(tenant, { limit: 1 })) as [ImportLine];
  expect(await app.get(ImportList).find(tenant, id)).toMatchObject({ imported: 1, merged: 1, rejected: 10_003, rejectedMore: 3 });
});

test('an import that another took for broken off does not count, and says so', async () => {
  const tenant = await organisation();
  const swept = async (tx: Tx) => void (await tx.query('DELETE FROM exchange.import WHERE tenant = $1', [tenant]));
  const slow = (async function* () {
    yield Buffer.from(`[${JSON.stringify(called)}`);
    await app.get(Database).inTenant(tenant, swept);
    yield Buffer.from(']');
  })();
  await expect(app.get(Imports).run(tenant, [{ name: 'slow', bytes: slow }])).rejects.toThrow(/^Nothing more arrived for 15 minutes.*Nothing was imported/);
  expect(Number(await rowsOf(tenant))).toBe(0);
});

test('what no database holds, and members named after what every object has, are taken as they are', async () => {
  const tenant = await organisation();
  const strange = '{"ocid":"ocds-x-3","id":"\\u0000","date":"2026-01-01","tender":{"title":"a\\u0000b\\ud800","description":"\\ud800","__proto__":{"a":1},"constructor":{"prototype":1},"value":{"amount":1e22,"currency":"GBP"}}}';
  expect(await run(tenant, ['strange', Buffer.from(strange)])).toMatchObject({ imported: 1 });
  expect((await agreementOf(tenant, 'ocds-x-3')).title).toBe('ab\ufffd');
  expect(await run(tenant, ['infinite', Buffer.from('[{"ocid":"ocds-x-4","x":1e999}]')])).toMatchObject({ imported: 0, rejected: [{ reason: 'It holds a number that is too large for JSON.' }] });
});

test('an organisation sees nothing of what another imported', async () => {
  const [one, other] = [await organisation(), await organisation()];
  await run(one, ['one', called]);
  expect(await run(other, ['one', called])).toMatchObject({ imported: 1, duplicates: 0 });
});

test('two imports of the same file at once open every agreement once', async () => {
  const tenant = await organisation();
  const content = await notices('uk/sell2wales-2025.json');
  const both = await Promise.all([run(tenant, ['a', content]), run(tenant, ['b', content])]);
  expect(both.reduce((sum, { imported }) => sum + imported, 0)).toBe(45);
  expect(both.reduce((sum, { duplicates }) => sum + duplicates, 0)).toBe(45);
  expect(await eventsOf(tenant)).toBe(45);
});

test('what comes while another run takes the agreement over, which is not kept yet, is told to it once, and nothing twice', async () => {
  const tenant = await organisation();
  const unkept = async () => {
    // As it stands for whoever reads between the command and what is kept of it, or after a kill there.
    await superuser.query('UPDATE exchange.process SET agreement = NULL, content_hash = NULL, pending = true WHERE tenant = $1', [tenant]);
    await superuser.query('UPDATE exchange.staged_release SET applied = false WHERE tenant = $1', [tenant]);
  };
  await run(tenant, ['began', planned]);
  await unkept();
  await run(tenant, ['later', [called, awarded]]);
  const { notices: told } = await agreementOf(tenant, planned.ocid);
  expect(told.map(({ reference }) => reference)).toEqual([called.id, awarded.id]);
  expect(await eventsOf(tenant)).toBe(3);
  await unkept();
  await run(tenant, ['again', called]);
  expect(await eventsOf(tenant)).toBe(3);
});

test('a file that is cut off anywhere leaves nothing behind, and takes the files before it with it', async () => {
  const tenant = await organisation();
  const content = await notices('uk/contracts-finder-2025.json');
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: content.toString().trimEnd().length - 1 }), async (cut) => {
      await expect(run(tenant, ['whole', called], ['cut', content.subarray(0, cut)])).rejects.toThrow(UnreadableFile);
      expect(Number(await rowsOf(tenant))).toBe(0);
    }),
    { numRuns: 25 },
  );
});

describe('where faults keep an agreement from being told', () => {
  // A row of the journal that cannot be written: the append of everything asked together fails with it.
  const broken = async (poison: string, work: () => Promise<void>) => {
    await superuser.query(`ALTER TABLE journal.event ADD CONSTRAINT broken CHECK (data::text NOT LIKE '%${poison}%') NOT VALID`);
    try {
      await work();
    } finally {
      await superuser.query('ALTER TABLE journal.event DROP CONSTRAINT broken');
    }
  };
  const untold = async (tenant: string) => (await superuser.query<{ waiting: number }>('SELECT count(*)::int AS waiting FROM exchange.process WHERE tenant = $1 AND pending', [tenant])).rows[0]!.waiting;
  const file = ['ocds-f-1', 'ocds-f-2', 'ocds-f-3'].map((ocid) => ({ ...called, ocid, tender: { ...called.tender, title: `Meals for ${ocid}` } }));

  test('it is given up after five tries with a sentence, nothing of it is half done, and the others are told', async () => {
    const tenant = await organisation();
    await broken('Meals for ocds-f-2', async () => {
      expect(await run(tenant, ['three', file])).toMatchObject({
        releases: 3, imported: 2, agreements: 2, rejected: [{ file: 'three', index: 1, ocid: 'ocds-f-2', reason: expect.stringContaining('Import the file again when it is mended') }],
      });
    });
    expect([await untold(tenant), await eventsOf(tenant)]).toEqual([0, 2]);
    expect(await run(tenant, ['three', file])).toMatchObject({ imported: 1, duplicates: 2, rejected: [], agreements: 1 });
  });

  test('what it was told before the fault stays told, and only what came after is given up', async () => {
    const tenant = await organisation();
    await run(tenant, ['one', called]);
    const [second, third] = [planned, { ...awarded, id: 'never written' }];
    await broken('never written', async () => {
      expect(await run(tenant, ['two', [second, third]])).toMatchObject({ merged: 1, rejected: [{ index: 1 }] });
    });
    expect([await untold(tenant), (await agreementOf(tenant, 'ocds-x-1')).notices.map(({ reference }) => reference)]).toEqual([0, ['1']]);
    expect(await run(tenant, ['two', [second, third]])).toMatchObject({ merged: 1, duplicates: 1, rejected: [] });
    expect((await agreementOf(tenant, 'ocds-x-1')).notices.map(({ reference }) => reference)).toEqual(['1', 'never written']);
  });
});

describe('on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concordat-import-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const start = (database: FreshDatabase, args: readonly string[], main = [join(root, 'bin/concordat.mjs')], input?: Iterable<string | Buffer>) => {
    const child = spawn(process.execPath, [...main, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: database.url, CONCORDAT_DATA_DIR: folder, CONCORDAT_LOG_LEVEL: 'error' },
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    });
    // Whoever has read enough closes its end.
    if (input !== undefined) Readable.from(input).pipe(child.stdin!).on('error', () => undefined);
    const said = { out: '', complaint: '' };
    child.stdout!.on('data', (piece) => (said.out += piece));
    child.stderr!.on('data', (piece) => (said.complaint += piece));
    return { child, ended: once(child, 'close').then(([code]) => ({ code: code as number | null, ...said })) };
  };

  test('a file is compiled without any database: the published outcome of its releases, or a sentence', async () => {
    const nowhere = { url: 'postgres://nobody@127.0.0.1:1/nothing' } as FreshDatabase;
    const cases = join(root, 'test/data/ocds/merge-cases');
    const printed = async (...args: string[]) => {
      const { code, out, complaint } = await start(nowhere, ['compile', ...args]).ended;
      return code === 0 ? (JSON.parse(out) as object) : { code, complaint };
    };
    const outcome = async (name: string) => JSON.parse(await readFile(join(cases, name), 'utf8')) as object;
    expect(await printed(join(cases, 'fill-object.json'))).toEqual(await outcome('fill-object-compiled.json'));
    expect(await printed(join(cases, 'fill-object.json'), '--versioned')).toEqual(await outcome('fill-object-versioned.json'));
    expect(await printed(join(cases, 'LICENSE'))).toEqual({ code: 1, complaint: expect.stringContaining('is not JSON') });
  });

  test('the first import makes an organisation; with several it asks which, naming them', async () => {
    const own = await freshDatabase({ migrations });
    try {
      const file = join(root, 'test/data/uk/find-a-tender-2025-record.json');
      expect(JSON.parse((await start(own, ['import', file, '--json']).ended).out)).toEqual({
        releases: 1, imported: 1, merged: 0, duplicates: 0, rejected: [], agreements: 1, findings: { 'no-word-of-involvement': 1 },
      });
      const elsewhere = new Client({ connectionString: own.superuserUrl });
      await elsewhere.connect();
      await elsewhere.query(`INSERT INTO access.organisation (tenant, slug, name, created_at) VALUES (gen_random_uuid(), 'other', 'Other', now())`);
      await elsewhere.end();
      expect(await start(own, ['import', file]).ended).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('imported, other') });
      expect(JSON.parse((await start(own, ['import', file, '--organisation', 'imported', '--json']).ended).out)).toMatchObject({ duplicates: 1 });
    } finally {
      await own.drop();
    }
  }, 60_000);

  test('standard input is read as a file is, plain or gzipped, and what is no file of releases ends in a sentence, exit 1 and nothing imported, however large it is', async () => {
    const own = await freshDatabase({ migrations });
    const watch = new Client({ connectionString: own.superuserUrl });
    await watch.connect();
    try {
      const piped = (args: readonly string[], input: Iterable<string | Buffer>) => start(own, args, [join(root, 'test/bench/measured.mjs'), join(root, 'apps/concordat/dist/main.js')], input).ended;
      const record = await notices('uk/find-a-tender-2025-record.json');
      expect(JSON.parse((await piped(['import', '-', '--json'], [record.subarray(0, 1_000), record.subarray(1_000)])).out)).toMatchObject({ releases: 1, imported: 1 });
      expect(JSON.parse((await piped(['import', '-', '--json'], [gzipSync(record)])).out)).toMatchObject({ releases: 1, imported: 0, duplicates: 1 });
      const release = JSON.stringify(called);
      const megabyte = Buffer.from('1234567,'.repeat(125_000));
      const large = {
        // 40 MB of releases, cut off in the last; node test/bench/import.mjs sends 200.
        *releases() {
          yield '[';
          for (let sent = 0; sent < 40; sent += 1) yield `${JSON.stringify({ ...called, id: `${sent}`, documents: 'x'.repeat(1_000_000) })},`;
          yield '{"ocid": "ocds-x';
        },
        // 200 MB of one release.
        *release() {
          yield `[${release},{"ocid":"ocds-x-9","items":[`;
          for (let sent = 0; sent < 200; sent += 1) yield megabyte;
          yield '0]}]';
        },
      };
      for (const [input, says] of [
        [large.releases(), 'ends in the middle of its JSON'],
        [large.release(), 'Split it into releases'],
        [['{"hello": 1}'], 'An import reads an OCDS release package'],
      ] as const) {
        const { code, out, complaint } = await piped(['import', '-'], input);
        expect([says, code, out]).toEqual([says, 1, '']);
        expect(complaint).toMatch(new RegExp(`^standard input .*${says}.*Nothing was imported`));
        expect(Number(/most memory: (\d+)/.exec(complaint)?.[1])).toBeLessThan(300e6);
      }
      expect((await watch.query('SELECT (SELECT count(*)::int FROM exchange.import) AS imports, (SELECT count(*)::int FROM exchange.staged_release) AS releases')).rows).toEqual([{ imports: 2, releases: 1 }]);
    } finally {
      await watch.end();
      await own.drop();
    }
  }, 120_000);

  test('killed in the middle, the next import finishes it and nothing is there twice', async () => {
    const own = await freshDatabase({ migrations });
    const watch = new Client({ connectionString: own.superuserUrl });
    await watch.connect();
    try {
      const { releases } = JSON.parse((await notices('uk/contracts-finder-2025.json')).toString()) as { releases: { ocid: string }[] };
      const many = Array.from({ length: 15 }, (_, round) => releases.map((release) => ({ ...release, ocid: `${release.ocid}-${round}` }))).flat();
      const file = join(folder, 'many.json');
      await writeFile(file, JSON.stringify({ releases: many }));
      const told = async () => (await watch.query<{ told: number }>('SELECT count(*)::int AS told FROM exchange.process WHERE agreement IS NOT NULL')).rows[0]!.told;

      const { child, ended } = start(own, ['import', file]);
      await eventually(async () => ((await told()) > 0 ? true : undefined), 60_000);
      child.kill('SIGKILL');
      await ended;
      expect(await told()).toBeLessThan(96 * 15);

      const again = JSON.parse((await start(own, ['import', file, '--json']).ended).out) as ImportReport;
      expect(again).toMatchObject({ releases: many.length, duplicates: many.length, rejected: [] });
      expect(again.agreements).toBeGreaterThan(0);
      expect(await told()).toBe(96 * 15);
      const { rows } = await watch.query(`SELECT count(*)::int AS events, count(DISTINCT stream)::int AS streams FROM journal.event WHERE type = 'concordat.agreement.taken-over.v1'`);
      expect(rows).toEqual([{ events: 96 * 15, streams: 96 * 15 }]);
    } finally {
      await watch.end();
      await own.drop();
    }
  }, 120_000);
});
