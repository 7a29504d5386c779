// Once per Jest run: a PostgreSQL of the tests' own in a fresh temporary folder, or databases of their own in the one that
// DATABASE_URL names. Plain Node loads this file, so the one part of ours it needs is compiled here.
import { createHash, randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transform } from '@swc/core';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folderPrefix = 'concordat-tests-';
const parts = ['embedded', 'embedded-home', 'embedded-server', 'process-lock'];

export default async function setUp() {
  // Databases are named after the run, so that several runs can share one server.
  process.env.CONCORDAT_TEST_RUN = randomBytes(4).toString('hex');
  // For tests of the runner itself, whose processes are plain Node too.
  process.env.CONCORDAT_TEST_RUNNER = await compileRunner();
  const given = process.env.DATABASE_URL;
  if (given) {
    process.env.CONCORDAT_TEST_OWNER_URL = process.env.DATABASE_OWNER_URL || given;
    process.env.CONCORDAT_TEST_APP_URL = given;
  } else {
    const { EmbeddedPostgres } = await import(pathToFileURL(process.env.CONCORDAT_TEST_RUNNER).href);
    const temporary = await realpath(tmpdir());
    await removeAbandoned(temporary, EmbeddedPostgres);
    const folder = await mkdtemp(join(temporary, folderPrefix));
    await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
    const postgres = await EmbeddedPostgres.acquire({
      dataDir: folder,
      durable: false,
      settings: { max_connections: '400', shared_buffers: '64MB', autovacuum: 'off', max_wal_size: '2GB' },
    });
    process.env.CONCORDAT_TEST_OWNER_URL = postgres.ownerUrl;
    process.env.CONCORDAT_TEST_APP_URL = postgres.appUrl;
    globalThis.concordatTestCluster = { postgres, folder, discard: EmbeddedPostgres.discard };
  }
  // What a developer has set for the product must not reach the tests: they say what they need.
  for (const name of ['DATABASE_URL', 'DATABASE_OWNER_URL', 'QUEUE_DATABASE_URL', 'REDIS_URL', 'CONCORDAT_DATA_DIR']) delete process.env[name];
}

/** Compiles the runner into a cache beside the packages it imports. */
async function compileRunner() {
  const { $schema: _, ...settings } = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8'));
  const sources = await Promise.all(parts.map((part) => readFile(join(root, `libs/platform/src/${part}.ts`), 'utf8')));
  const hash = createHash('sha256').update(JSON.stringify([settings, sources])).digest('hex').slice(0, 16);
  const folder = join(root, 'node_modules/.cache/concordat-harness', hash);
  const draft = `${folder}.${process.pid}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, 'package.json'), '{ "type": "module" }');
  for (const [index, part] of parts.entries()) {
    const { code } = await transform(sources[index], { ...settings, swcrc: false, filename: `${part}.ts` });
    await writeFile(join(draft, `${part}.js`), code);
  }
  // Another run may have been quicker; its copy is as good.
  await rename(draft, folder).catch(() => rm(draft, { recursive: true, force: true }));
  return join(folder, 'embedded.js');
}

/** A run that was killed leaves its cluster running; the next run clears it away. One just begun has no user yet. */
async function removeAbandoned(temporary, EmbeddedPostgres) {
  for (const name of await readdir(temporary)) {
    if (!name.startsWith(folderPrefix)) continue;
    const folder = join(temporary, name);
    const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs < 120_000) continue;
    // Another user's run is that user's to clear.
    if (await EmbeddedPostgres.discard(folder).catch(() => false)) await rm(folder, { recursive: true, force: true });
  }
}
