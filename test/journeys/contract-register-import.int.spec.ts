import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { migrations } from '@concordat/concordat';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
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

async function concordatImport(...args: string[]): Promise<{ code: number | null; out: string; complaint: string }> {
  const child = spawn(process.execPath, [join(root, 'bin/concordat.mjs'), 'import', ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '', DATABASE_URL: fresh.url, CONCORDAT_DATA_DIR: folder, CONCORDAT_LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', complaint: '' };
  child.stdout.on('data', (piece) => (said.out += piece));
  child.stderr.on('data', (piece) => (said.complaint += piece));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  return { code, ...said };
}

test('a register whose headings are not certain is proposed, confirmed once by --map, and then known', async () => {
  await writeFile(join(folder, 'odd.csv'), odd);
  await writeFile(join(folder, 'next.csv'), odd.replace('31/03/2027', '30/09/2027'));
  await writeFile(join(folder, 'map.json'), JSON.stringify({ columns: { What: 'title', Who: 'provider', 'Finishes in': 'endsOn' } }));

  const asked = await concordatImport('odd.csv');
  expect(asked).toMatchObject({ code: 1, complaint: '' });
  expect(asked.out).toContain('It is not certain which column of odd.csv is what, so nothing was imported.');
  expect(asked.out).toContain('--map FILE');

  const told = await concordatImport('odd.csv', '--map', 'map.json', '--json');
  expect(told).toMatchObject({ code: 0, complaint: '' });
  expect(JSON.parse(told.out)).toMatchObject({ rows: 2, contracts: 1, imported: 1, kept: 1, problems: [{ row: 3, column: 'Finishes in', code: 'date.american' }] });

  const next = await concordatImport('next.csv');
  expect(next.code).toBe(0);
  expect(next.out).toContain('next.csv: 2 rows, of which 1 are contracts (0 new, 1 changed, 0 as before), 0 duplicates, 1 kept with a problem, 0 blank.');
  expect(next.out).toContain('row 3, Finishes in: “03/31/2027” is written month first');
}, 120_000);

test('what cannot be imported is a sentence, and nothing is', async () => {
  await writeFile(join(folder, 'a.csv'), 'Title,Provider,End date\nHome care,Harbour Ltd,31/03/2027\n');
  await writeFile(join(folder, 'b.json'), '{"releases": []}');
  await writeFile(join(folder, 'bad.json'), '{');
  expect(await concordatImport('a.csv', 'b.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('Import them one after the other') });
  expect(await concordatImport('b.json', '--map', 'bad.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('OCDS files need none') });
  expect(await concordatImport('a.csv', '--map', 'bad.json')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('is no JSON') });
  expect(await concordatImport('missing.csv')).toMatchObject({ code: 1, out: '', complaint: expect.stringContaining('There is no file missing.csv.') });
}, 120_000);
