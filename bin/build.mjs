// Compiles every workspace: libs/*/src and apps/*/src to the dist folder beside it. swc only strips types; `npm test`
// checks them. Then what serves is gathered into a few files. Plain Node, so that it runs before anything of ours is built.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, rmdir, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gather, serving } from './gather.mjs';

const assets = /\.(njk|json|css|sql)$/;

/** The folder of the clone. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

const stampOf = (folder) => join(folder, 'dist', 'build.json');
const hashOf = (content) => createHash('sha256').update(content).digest('hex').slice(0, 32);

async function filesUnder(folder) {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true }).catch((fault) => {
    if (fault.code === 'ENOENT') return [];
    throw fault;
  });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** The file in dist that a source file becomes; undefined for one that is not part of the product. */
function outputOf(source) {
  if (/\.spec\.ts$|\.d\.ts$/.test(source)) return undefined;
  const output = source.replace(/([\\/])src([\\/])/, '$1dist$2');
  if (source.endsWith('.ts')) return output.replace(/\.ts$/, '.js');
  return assets.test(source) ? output : undefined;
}

/** Every workspace's source files as `[source, output]`, relative to the folder. */
async function plan(folder) {
  const workspaces = await Promise.all(
    ['libs', 'apps'].map(async (kind) =>
      (await readdir(join(folder, kind)).catch(() => [])).map((name) => join(folder, kind, name)),
    ),
  );
  const perWorkspace = await Promise.all(
    workspaces.flat().map(async (workspace) => {
      const sources = await filesUnder(join(workspace, 'src'));
      return sources.map((source) => {
        const within = relative(workspace, source);
        const output = outputOf(`/${within}`);
        return output && [relative(folder, source), relative(folder, join(workspace, output))];
      });
    }),
  );
  return { pairs: perWorkspace.flat().filter(Boolean).sort(), workspaces: workspaces.flat() };
}

/** What every output depends on beside its source: the compiler, its settings and this file. */
async function toolsHash(folder) {
  const settings = await readFile(join(folder, '.swcrc'), 'utf8');
  const self = await readFile(fileURLToPath(import.meta.url), 'utf8');
  return hashOf((await versionOf(folder, '@swc/core')) + settings + self);
}

const versionOf = async (folder, name) => JSON.parse(await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8').catch(() => '{}')).version;

/** What the gathered files depend on: every source, the libraries, and what gathers. */
async function gatheredOf(folder, files) {
  const libraries = await readFile(join(folder, 'package-lock.json'), 'utf8').catch(() => '');
  const self = await readFile(fileURLToPath(new URL('./gather.mjs', import.meta.url)), 'utf8');
  const sources = Object.entries(files).map(([source, { hash }]) => source + hash);
  return hashOf([await versionOf(folder, 'rolldown'), libraries, self, ...sources].join());
}

async function readStamp(folder) {
  try {
    return JSON.parse(await readFile(stampOf(folder), 'utf8'));
  } catch {
    return { tools: '', files: {} }; // missing or half a file: everything is compiled again
  }
}

/**
 * Compares the sources with the stamp of the last build. Time and size decide first, the content's hash after that, so
 * that a fresh checkout of the same content is not stale.
 */
async function survey(folder) {
  const [{ pairs, workspaces }, stamp, tools] = await Promise.all([plan(folder), readStamp(folder), toolsHash(folder)]);
  const files = {};
  const changed = [];
  await Promise.all(
    pairs.map(async ([source, output]) => {
      const known = stamp.tools === tools ? stamp.files[source] : undefined;
      const [now, built] = await Promise.all([
        stat(join(folder, source)),
        stat(join(folder, output)).catch(() => undefined),
      ]);
      const entry = { time: now.mtimeMs, size: now.size, hash: known?.hash, output, built: known?.built };
      files[source] = entry;
      const intact = known && built && built.mtimeMs === known.built;
      if (intact && known.time === entry.time && known.size === entry.size) return;
      const hash = hashOf(await readFile(join(folder, source)));
      if (intact && known.hash === hash) return;
      entry.hash = hash;
      changed.push(source);
    }),
  );
  const outputs = new Set(pairs.map(([, output]) => output));
  const present = await Promise.all(workspaces.map((workspace) => filesUnder(join(workspace, 'dist'))));
  const orphans = present
    .flat()
    .map((file) => relative(folder, file))
    // A temporary file may belong to a build that is running now.
    .filter((file) => !outputs.has(file) && !file.endsWith('.partial') && !isGathered(file));
  const sorted = Object.fromEntries(Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1)));
  return { tools, files: sorted, changed: changed.sort(), orphans, stamp };
}

const isGathered = (file) => file.replaceAll('\\', '/').startsWith(`${serving}/`);

/** True when what was gathered is not of these sources and libraries, or somebody touched it. */
async function mustGather(folder, stamp, of) {
  if (stamp.gathered?.of !== of) return true;
  const times = await Promise.all(Object.keys(stamp.gathered.files).map((name) => stat(join(folder, serving, name)).then(({ mtimeMs }) => mtimeMs, () => undefined)));
  return Object.values(stamp.gathered.files).some((time, at) => time !== times[at]);
}

// What a process that runs may still ask for is of the build before this one; what is older goes.
async function gatherAnew(folder, stamp, of) {
  const files = {};
  for (const [name, content] of await gather(folder)) files[name] = await writeWhole(join(folder, serving, name), content, hashOf(content));
  const known = new Set([...Object.keys(files), ...Object.keys(stamp.gathered?.files ?? {})]);
  const present = await readdir(join(folder, serving)).catch(() => []);
  await Promise.all(present.filter((name) => !known.has(name) && !name.endsWith('.partial')).map((name) => rm(join(folder, serving, name), { force: true })));
  return { of, files };
}

/** True when a source, a setting or the compiler is not what the last build saw. */
export async function isStale(folder = root) {
  const { files, changed, orphans, stamp } = await survey(folder);
  if (changed.length > 0 || orphans.length > 0 || !existsSync(stampOf(folder))) return true;
  return mustGather(folder, stamp, await gatheredOf(folder, files));
}

// A reader, or a second build, sees the old file or the new one, never half of one. The output's time is derived from
// what it was made of, so that two builds of one source agree about it.
async function writeWhole(file, content, hash) {
  const partial = `${file}.${randomBytes(6).toString('hex')}.partial`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(partial, content);
  const time = hash === undefined ? undefined : 1_000_000_000 + (parseInt(hash.slice(0, 7), 16) % 500_000_000);
  if (time !== undefined) await utimes(partial, time, time);
  await rename(partial, file);
  return time === undefined ? undefined : time * 1000;
}

async function compile(folder, source, tools, entry) {
  const content = await readFile(join(folder, source), 'utf8');
  const hash = hashOf(content);
  let result = content;
  if (source.endsWith('.ts')) {
    const { transform } = await import('@swc/core');
    const settings = JSON.parse(await readFile(join(folder, '.swcrc'), 'utf8'));
    delete settings.$schema;
    result = (await transform(content, { ...settings, swcrc: false, filename: source })).code;
  }
  entry.hash = hash;
  entry.built = await writeWhole(join(folder, entry.output), result, hashOf(tools + hash));
}

/**
 * Brings every dist folder up to date.
 * @returns how many files were written and removed; both 0 when nothing had changed.
 * @throws Error naming every source that does not parse; nothing is stamped then, so the next build tries again.
 */
export async function build(folder = root) {
  const { tools, files, changed, orphans, stamp } = await survey(folder);
  const faults = [];
  await Promise.all(
    changed.map((source) =>
      compile(folder, source, tools, files[source]).catch((fault) => faults.push(`${source}: ${fault.message}`)),
    ),
  );
  if (faults.length > 0) throw new Error(`These files could not be compiled:\n\n${faults.sort().join('\n\n')}`);
  for (const orphan of orphans) {
    await rm(join(folder, orphan), { force: true });
    // Goes away only when it is empty, which is what we want.
    await rmdir(dirname(join(folder, orphan))).catch(() => undefined);
  }
  const of = await gatheredOf(folder, files);
  const gathered = (await mustGather(folder, stamp, of)) ? await gatherAnew(folder, stamp, of) : stamp.gathered;
  const stamped = JSON.stringify({ tools, files, gathered });
  if (stamped !== JSON.stringify(stamp)) await writeWhole(stampOf(folder), stamped);
  return { written: changed.length, removed: orphans.length };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const start = performance.now();
  try {
    const { written, removed } = await build();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    process.stderr.write(`Built in ${seconds} s: ${written} files written, ${removed} removed.\n`);
  } catch (fault) {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = 1;
  }
}
