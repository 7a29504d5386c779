// `npm run bench`, or `npm run bench -- --quick`: installs and builds what is missing, compiles the bench (test/dist), and
// hands over. Plain Node, so that it works on a fresh clone.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inspect } from 'node:util';
import { ensure } from '../../bin/ensure.mjs';

const tests = join(dirname(fileURLToPath(import.meta.url)), '..');
const output = join(tests, 'dist');
/** What is compiled: whole folders, and of the harness what needs no Jest. */
const parts = { bench: /^/, 'bench/limits': /^/, harness: /^(redis|eventually|oversubscription)\.ts$/ };

async function compile() {
  const { transform } = await import('@swc/core');
  const { $schema: _, ...settings } = JSON.parse(await readFile(join(tests, '../.swcrc'), 'utf8'));
  await rm(output, { recursive: true, force: true });
  for (const [folder, wanted] of Object.entries(parts)) {
    await mkdir(join(output, folder), { recursive: true });
    const names = (await readdir(join(tests, folder))).filter((name) => /(?<!\.spec)\.ts$/.test(name) && wanted.test(name));
    for (const name of names) {
      const filename = join(tests, folder, name);
      const { code } = await transform(await readFile(filename, 'utf8'), { ...settings, swcrc: false, filename });
      await writeFile(join(output, folder, name.replace(/\.ts$/, '.js')), code);
    }
  }
}

try {
  await ensure({ development: false });
  await compile();
  const { main } = await import('../dist/bench/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`${inspect(fault)}\n`);
  process.exitCode = 1;
}
