// `node test/bench/import.mjs [RELEASES]`: how fast real-shaped releases are imported, against a bare set-based insert of the
// same releases in the same run (B7), and how much memory the import takes. A database of its own, in a temporary folder.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ensure } from '../../bin/ensure.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const wanted = Number(process.argv[2] ?? 10_000);
const notices = ['contracts-finder-2025', 'public-contracts-scotland-2019', 'sell2wales-2025'];

/** Releases made of the real ones: each with a process of its own, and nothing else changed. */
async function* madeOfReal(count) {
  const packages = await Promise.all(notices.map(async (name) => JSON.parse(await readFile(join(root, 'test/data/uk', `${name}.json`), 'utf8'))));
  const real = packages.flatMap(({ releases }) => releases);
  for (let at = 0; at < count; at += 1) {
    const release = real[at % real.length];
    yield { ...release, ocid: `${release.ocid}-${Math.floor(at / real.length)}` };
  }
}

async function writeArray(file, count) {
  const out = createWriteStream(file);
  let separator = '[';
  for await (const release of madeOfReal(count)) {
    if (!out.write(`${separator}${JSON.stringify(release)}`)) await once(out, 'drain');
    separator = ',\n';
  }
  out.end(']');
  await once(out, 'finish');
}

/** The floor: the same releases as jsonb rows, a thousand a statement, one transaction, no key but the process. */
async function bareInsert(url, count) {
  const { Client } = (await import('pg')).default;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('CREATE TABLE public.bare (ocid text, content jsonb)');
  const begun = performance.now();
  await client.query('BEGIN');
  let batch = [];
  const flush = async () => {
    await client.query(`INSERT INTO public.bare SELECT content->>'ocid', content FROM jsonb_array_elements($1::jsonb) AS content`, [`[${batch.join(',')}]`]);
    batch = [];
  };
  for await (const release of madeOfReal(count)) {
    batch.push(JSON.stringify(release));
    if (batch.length === 1_000) await flush();
  }
  if (batch.length > 0) await flush();
  await client.query('COMMIT');
  const seconds = (performance.now() - begun) / 1_000;
  await client.query('DROP TABLE public.bare');
  await client.end();
  return seconds;
}

/** Releases of so many bytes in all as one array, that is cut off in its last. */
async function* cutOff(bytes) {
  let sent = 0;
  for await (const release of madeOfReal(Number.POSITIVE_INFINITY)) {
    const text = `${sent === 0 ? '[' : ',\n'}${JSON.stringify(release)}`;
    sent += Buffer.byteLength(text);
    if (sent > bytes) return void (yield text.slice(0, -10));
    yield text;
  }
}

/** The command as people run it, with the most memory it ever held. @param input what stands on standard input, where the file is `-`. */
async function importFile(file, environment, input) {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, 'test/bench/measured.mjs'), join(root, 'apps/concordat/dist/main.js'), 'import', file, '--json'], {
    env: { ...process.env, ...environment },
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
  });
  if (input !== undefined) Readable.from(input).pipe(child.stdin).on('error', () => undefined);
  let said = '';
  let complaint = '';
  child.stdout.on('data', (chunk) => (said += chunk));
  child.stderr.on('data', (chunk) => (complaint += chunk));
  const [code] = await once(child, 'close');
  if (code !== (input === undefined ? 0 : 1)) throw new Error(complaint);
  const memory = Number(/most memory: (\d+)/.exec(complaint)?.[1]);
  return { seconds: (performance.now() - begun) / 1_000, report: input === undefined ? JSON.parse(said) : complaint.split('\n').find((line) => line.startsWith('standard input')), memory };
}

await ensure({ development: false });
const { EmbeddedPostgres, migrate } = await import('../../libs/platform/dist/index.js');
const { migrations } = await import('../../apps/concordat/dist/migrations.js');
const folder = await mkdtemp(join(tmpdir(), 'concordat-bench-import-'));
const dataDir = join(folder, 'data');
const embedded = await EmbeddedPostgres.acquire({ dataDir });
try {
  await migrate({ ownerUrl: embedded.ownerUrl, migrations });
  const file = join(folder, 'releases.json');
  await writeArray(file, wanted);
  const megabytes = (await stat(file)).size / 1e6;
  const floor = await bareInsert(embedded.ownerUrl, wanted);
  const { seconds, report, memory } = await importFile(file, { CONCORDAT_DATA_DIR: dataDir });
  const again = await importFile(file, { CONCORDAT_DATA_DIR: dataDir });
  const cut = await importFile('-', { CONCORDAT_DATA_DIR: dataDir }, cutOff(200e6));
  const after = await bareInsert(embedded.ownerUrl, wanted);
  const best = Math.min(floor, after);
  const said = (held) => (held ? 'held' : 'NOT HELD');
  const inMemory = (bytes) => `${(bytes / 1e6).toFixed(0)} MB (bar 300: ${said(bytes <= 300e6)})`;
  process.stdout.write(
    [
      `B7  import of ${wanted} real-shaped releases (${megabytes.toFixed(0)} MB, ${report.agreements} agreements)`,
      `  bare set-based insert   ${(wanted / floor).toFixed(0)} and ${(wanted / after).toFixed(0)} a second (before and after)`,
      `  import                  ${(wanted / seconds).toFixed(0)} a second (${seconds.toFixed(1)} s), the same again ${(wanted / again.seconds).toFixed(0)} a second`,
      `  ratio                   ${(best / seconds).toFixed(2)} (first bar 0.1: ${said(best / seconds >= 0.1)}; ahead of all 0.4)`,
      `  most memory             ${inMemory(memory)}, the same again ${inMemory(again.memory)}`,
      `  200 MB, cut off         ${inMemory(cut.memory)} in ${cut.seconds.toFixed(0)} s: ${cut.report}`,
      '',
    ].join('\n'),
  );
} finally {
  await embedded.release();
  await rm(folder, { recursive: true, force: true });
}
