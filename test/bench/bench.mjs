// `npm run bench -- --quick`: installs and builds what is missing, compiles the bench beside itself (test/bench/dist), and
// hands over. Plain Node, so that it works on a fresh clone.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensure } from '../../bin/ensure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, 'dist');

async function compile() {
  const { transform } = await import('@swc/core');
  const { $schema: _, ...settings } = JSON.parse(await readFile(join(here, '../../.swcrc'), 'utf8'));
  await rm(output, { recursive: true, force: true });
  for (const folder of ['', 'limits']) {
    await mkdir(join(output, folder), { recursive: true });
    const names = (await readdir(join(here, folder))).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
    for (const name of names) {
      const filename = join(here, folder, name);
      const { code } = await transform(await readFile(filename, 'utf8'), { ...settings, swcrc: false, filename });
      await writeFile(join(output, folder, name.replace(/\.ts$/, '.js')), code);
    }
  }
}

try {
  await ensure({ development: false });
  await compile();
  const { main } = await import('./dist/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (fault) {
  process.stderr.write(`${fault.stack ?? fault}\n`);
  process.exitCode = 1;
}
