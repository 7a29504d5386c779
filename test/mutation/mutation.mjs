// `npm run mutation -- libs/agreement/src/core/waiver.ts`: cores, or folders of them, changed line by line; all of them without
// arguments, which takes a night. It fails below the bar in stryker.config.mjs, and prints each change that no spec noticed.
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { ensure } from '../../bin/ensure.mjs';
import { root } from '../../bin/build.mjs';

/** What Stryker calls a path: a file itself, of a folder every core in it that is no spec. */
function mutated(path) {
  const inside = relative(root, resolve(path)).replaceAll('\\', '/');
  if (!existsSync(join(root, inside))) throw new Error(`There is no ${path}. Name a core, such as libs/agreement/src/core/waiver.ts, or a folder of them.`);
  if (!/^libs\/[a-z]+(\/src(\/core(\/.*)?)?)?$/.test(inside)) throw new Error(`${path} is no core: they stand in libs/*/src/core.`);
  if (statSync(join(root, inside)).isFile()) return [inside];
  const core = /\/core/.test(inside) ? inside : `${inside.split('/').slice(0, 2).join('/')}/src/core`;
  return [`${core}/**/*.ts`, `!${core}/**/*.spec.ts`, `!${core}/**/given*.ts`];
}

try {
  await ensure();
  const only = process.argv.slice(2).flatMap(mutated);
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawn(process.execPath, [stryker, 'run', ...(only.length === 0 ? [] : ['--mutate', only.join(',')])], { cwd: root, stdio: 'inherit' });
  child.once('close', (code) => (process.exitCode = code ?? 1));
} catch (fault) {
  console.error(fault.message);
  process.exitCode = 1;
}
