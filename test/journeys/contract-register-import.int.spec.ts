import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrations } from '@concordat/concordat';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase } from '../harness/index.js';

const root = resolve(import.meta.dirname, '../..');
const odd = 'What;Who;Finishes in\nHome care;Harbour Ltd;31/03/2027\nDay care;North Trust;03/31/2027\n';

let folder: string;
let fresh: FreshDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-registers-'));
  fresh = await freshDatabase({ migrations });
});
afterAll(async () => {
  await fresh.drop();
  await rm(folder, { recursive: true, force: true });
});

const concordatImport = (...args: string[]) => piped('', ...args);

async function piped(input: string, ...args: string[]): Promise<{ code: number | null; out: string; complaint: string }> {
  const child = spawn(process.execPath, [join(root, 'bin/concordat.mjs'), 'import', ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: fresh.url, CONCORDAT_DATA_DIR: folder, CONCORDAT_LOG_LEVEL: 'error' },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => undefined).end(input); // whoever has read enough closes its end
  const said = { out: '', complaint: '' };
  child.stdout.on('data', (piece) => (said.out += piece));
  child.stderr.on('data', (piece) => (said.complaint += piece));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, ...said };
}

test('what cannot be imported is a sentence, and nothing is: no organisation, and none of the files that were sound', async () => {
  await writeFile(join(folder, 'a.csv'), 'Title,Provider,End date\nHome care,Harbour Ltd,31/03/2027\n');
  await writeFile(join(folder, 'b.json'), '{"releases": []}');
  await writeFile(join(folder, 'bad.json'), '{');
  expect(await concordatImport('a.csv', 'b.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('Import them one after the other') });
  expect(await concordatImport('b.json', '--map', 'bad.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('OCDS files need none') });
  expect(await concordatImport('a.csv', '--map', 'bad.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('is no JSON') });
  expect(await concordatImport('missing.csv')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('There is no file missing.csv.') });
  await writeFile(join(folder, 'open.csv'), 'Title,End date\n"Home care,31/03/2027\n');
  expect(await concordatImport('a.csv', 'open.csv')).toMatchObject({ code: 1, out: '', complaint: expect.stringMatching(/^open\.csv: .*quotation mark.*Nothing was imported/) });
  await writeFile(join(folder, 'whole.json'), '[{"ocid":"ocds-x-1","id":"1"}]');
  expect(await concordatImport('whole.json', 'bad.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringMatching(/^bad\.json ends in the middle/) });
  expect(await left()).toEqual([{ organisations: 0, imports: 0, releases: 0, contracts: 0, mappings: 0 }]);
}, 120_000);

async function left(): Promise<unknown[]> {
  const watch = new Client({ connectionString: fresh.superuserUrl });
  await watch.connect();
  try {
    const count = (table: string) => `(SELECT count(*)::int FROM ${table})`;
    const { rows } = await watch.query(
      `SELECT ${count('access.organisation')} AS organisations, ${count('exchange.import')} AS imports, ${count('exchange.staged_release')} AS releases,
         ${count('register.contract')} AS contracts, ${count('register.register_mapping')} AS mappings`,
    );
    return rows as unknown[];
  } finally {
    await watch.end();
  }
}

test('a register whose headings are not certain is proposed, confirmed once by --map, and then known', async () => {
  await writeFile(join(folder, 'odd.csv'), odd);
  await writeFile(join(folder, 'next.csv'), odd.replace('31/03/2027', '30/09/2027'));
  await writeFile(join(folder, 'map.json'), JSON.stringify({ columns: { What: 'title', Who: 'provider', 'Finishes in': 'endsOn' } }));

  // Standard input is known by how it begins, as files are.
  const asked = await piped(odd, '-');
  expect(asked).toMatchObject({ code: 1, complaint: '' });
  expect(asked.out).toContain('It is not certain which column of standard input is what, so nothing was imported.');
  expect(asked.out).toContain('--map FILE');

  const told = await concordatImport('odd.csv', '--map', 'map.json', '--json');
  expect(told).toMatchObject({ code: 0, complaint: '' });
  expect(JSON.parse(told.out)).toMatchObject({ rows: 2, contracts: 1, imported: 1, kept: 1, problems: [{ row: 3, column: 'Finishes in', code: 'date.american' }] });

  const next = await concordatImport('next.csv');
  expect(next.code).toBe(0);
  expect(next.out).toContain('next.csv: 2 rows, of which 1 are contracts (0 new, 1 changed, 0 as before), 0 duplicates, 1 kept with a problem, 0 blank.');
  expect(next.out).toContain('row 3, Finishes in: “03/31/2027” is written month first');
}, 120_000);
