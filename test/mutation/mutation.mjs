// `npm run mutation -- libs/agreement/src/core/waiver.ts`: cores, or folders of them, changed line by line; all of them without
// arguments, which takes an hour. `--sample 60` draws that many blocks of ten lines from all of them, the same ones for the
// same `--seed`, and says how sure that makes of the whole. It fails below the bar in stryker.config.mjs, and prints each change
// that no spec noticed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensure } from '../../bin/ensure.mjs';
import { root } from '../../bin/build.mjs';
import settings from '../../stryker.config.mjs';

const linesOfABlock = 10;
const report = join(root, settings.jsonReporter.fileName);

/** What Stryker calls a path: a file itself, of a folder every core in it that is no spec. */
function mutated(path) {
  const inside = relative(root, resolve(path)).replaceAll('\\', '/');
  if (!existsSync(join(root, inside))) throw new Error(`There is no ${path}. Name a core, such as libs/agreement/src/core/waiver.ts, or a folder of them.`);
  if (!/^libs\/[a-z]+(\/src(\/core(\/.*)?)?)?$/.test(inside)) throw new Error(`${path} is no core: they stand in libs/*/src/core.`);
  if (statSync(join(root, inside)).isFile()) return [inside];
  const core = /\/core/.test(inside) ? inside : `${inside.split('/').slice(0, 2).join('/')}/src/core`;
  return [`${core}/**/*.ts`, `!${core}/**/*.spec.ts`, `!${core}/**/given*.ts`];
}

/** Blocks of all the cores, drawn by the hash of seed and place: each as likely as the other, whatever file it stands in. */
function drawn(count, seed) {
  const cores = readdirSync(join(root, 'libs'), { recursive: true, encoding: 'utf8' })
    .map((path) => `libs/${path.replaceAll('\\', '/')}`)
    .filter((path) => /^libs\/[a-z]+\/src\/core\/(?!.*given)[^.]+\.ts$/.test(path));
  const blocks = cores.flatMap((path) => {
    const lines = readFileSync(join(root, path), 'utf8').split('\n').length;
    return Array.from({ length: Math.ceil(lines / linesOfABlock) }, (_, at) => `${path}:${at * linesOfABlock + 1}-${(at + 1) * linesOfABlock}`);
  });
  const lot = (block) => createHash('sha256').update(`${seed} ${block}`).digest('hex');
  return blocks.map((block) => [lot(block), block]).sort().slice(0, count).map(([, block]) => block);
}

/** What a sample says of the whole: the share of changes that were noticed, with its 95 % interval (a ratio over clusters: Cochran, Sampling Techniques, 1977, section 3.12). */
function wholeFrom(sample) {
  const { files } = JSON.parse(readFileSync(report, 'utf8'));
  const blocks = sample.map((block) => {
    const [, path, first, last] = /^(.+):(\d+)-(\d+)$/.exec(block);
    const inside = (files[path]?.mutants ?? []).filter(({ status, location }) => ['Killed', 'Timeout', 'Survived', 'NoCoverage'].includes(status) && location.start.line >= first && location.end.line <= last);
    return { all: inside.length, noticed: inside.filter(({ status }) => status === 'Killed' || status === 'Timeout').length };
  });
  const all = blocks.reduce((sum, block) => sum + block.all, 0);
  const share = blocks.reduce((sum, block) => sum + block.noticed, 0) / all;
  const squares = blocks.reduce((sum, { all: of, noticed }) => sum + (noticed - share * of) ** 2, 0);
  const error = Math.sqrt((squares * blocks.length) / (blocks.length - 1)) / all;
  const percent = (value) => `${(100 * Math.min(1, value)).toFixed(1)} %`;
  return `Of ${all} changes in ${blocks.length} blocks ${percent(share)} were noticed; of all changes ${percent(share - 1.96 * error)} to ${percent(share + 1.96 * error)} (95 %).\n`;
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { sample: { type: 'string' }, seed: { type: 'string', default: 'cores' } } });
  if (values.sample !== undefined && (positionals.length > 0 || !(Number(values.sample) > 1))) throw new Error('--sample takes a number of blocks from 2, and draws them from all the cores.');
  await ensure();
  const sample = values.sample === undefined ? undefined : drawn(Number(values.sample), values.seed);
  const only = sample ?? positionals.flatMap(mutated);
  rmSync(report, { force: true });
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const child = spawn(process.execPath, [stryker, 'run', ...(only.length === 0 ? [] : ['--mutate', only.join(',')])], { cwd: root, stdio: 'inherit' });
  child.once('close', (code) => {
    process.exitCode = code ?? 1;
    if (sample !== undefined && existsSync(report)) process.stdout.write(wholeFrom(sample));
  });
} catch (fault) {
  console.error(fault.message);
  process.exitCode = 1;
}
