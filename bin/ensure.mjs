// What `npm start` and `npm test` do first: install what package-lock.json names and build what changed, and nothing when
// all stands. Plain Node. It writes to stderr only: stdout belongs to the command that follows.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { build, isStale, root } from './build.mjs';

const say = (line) => process.stderr.write(`${line}\n`);
const beatEvery = 2_000;
const deadAfter = 15_000;

/**
 * Compares package-lock.json with npm's own record of what it installed, which npm writes last: an install cut short
 * has none. A package that is only for development may be missing where `development` is false (a container image).
 */
export function isInstalled({ folder = root, development = true } = {}) {
  let installed;
  try {
    installed = JSON.parse(readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8')).packages;
  } catch {
    return false;
  }
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional || entry.peer) return true;
    if (entry.link) return existsSync(join(folder, path));
    if (!path.includes('node_modules/')) return true; // a workspace's own folder; its link is checked above
    const found = installed[path];
    if (!found) return !development && (entry.dev || entry.devOptional);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}

function install(folder) {
  // Under `npm start` npm says where it lives itself; started with plain node, it is looked for on the PATH.
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const [command, ...first] = npm;
  return new Promise((done, failed) => {
    const child = spawn(command, [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32' && command === 'npm',
    });
    child.once('error', () => failed(new Error('npm was not found. Install Node.js with npm, then try again.')));
    child.once('exit', (code) =>
      code === 0 ? done() : failed(new Error('npm could not install the packages; its own message stands above.')),
    );
  });
}

// The lock is a file whose time its holder renews. A holder that was killed leaves it behind, and it is taken over.
async function withLock(file, work) {
  let told = false;
  for (;;) {
    const handle = await open(file, 'wx').catch((fault) => {
      if (fault.code === 'EEXIST') return undefined;
      throw fault;
    });
    if (handle) {
      await handle.writeFile(String(process.pid));
      await handle.close();
      break;
    }
    if (await isAbandoned(file)) {
      const moved = `${file}.${process.pid}`;
      if (await rename(file, moved).then(() => true, () => false)) {
        // Another process may have been quicker, and then this is its new lock: it gets it back.
        if (!(await isAbandoned(moved))) await link(moved, file).catch(() => undefined);
        await rm(moved, { force: true });
      }
      continue;
    }
    if (!told) say('Another start is installing or building here; waiting for it.');
    told = true;
    await new Promise((done) => setTimeout(done, 200));
  }
  const beat = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => undefined), beatEvery);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

async function isAbandoned(file) {
  const [holder, state] = await Promise.all([
    readFile(file, 'utf8').catch(() => ''),
    stat(file).catch(() => undefined),
  ]);
  if (!state) return false; // gone meanwhile: the next attempt to create it decides
  if (Date.now() - state.mtimeMs > deadAfter) return true;
  if (!/^\d+$/.test(holder)) return false;
  try {
    process.kill(Number(holder), 0);
    return false;
  } catch (fault) {
    return fault.code === 'ESRCH';
  }
}

/**
 * Installs and builds when needed.
 * @throws Error with a sentence: npm failed, a source does not compile, or the folder may not be written to.
 */
export async function ensure({ folder = root, development = true } = {}) {
  if (isInstalled({ folder, development }) && !(await isStale(folder))) return;
  const lock = join(folder, 'dist', 'ensure.lock');
  try {
    await mkdir(dirname(lock), { recursive: true });
    await withLock(lock, async () => {
      if (!isInstalled({ folder, development })) {
        say('Installing packages (npm ci) …');
        await install(folder);
      }
      if (await isStale(folder)) {
        const { written, removed } = await build(folder);
        say(`Built: ${written} files written, ${removed} removed.`);
      }
    });
  } catch (fault) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(fault.code)) throw fault;
    throw new Error(
      `Concordat must be installed and built, and ${userInfo().username} may not write to ${folder}. ` +
        'Run `npm run build` there as its owner, or work in a copy of your own.',
    );
  }
}
