import { randomBytes } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { findHome, type Home } from './embedded-home.js';
import { adopt, hasCluster, initialise, type Running, type ServerSettings, start, stop, superuser, urlOf } from './embedded-server.js';
import { enter, leave, ownName, sweep, withLock } from './process-lock.js';

const database = 'concordat';
const appLogin = 'concordat_app';

/** The two passwords of a cluster, in a file only its owner reads. */
interface Passwords {
  readonly owner: string;
  readonly app: string;
}

/** What `EmbeddedPostgres.acquire` is told. */
export interface EmbeddedOptions {
  /** The folder the cluster lives in; made when missing. */
  readonly dataDir: string;
  /** Told what a person should know, such as where the data lies when it is not in `dataDir`. */
  readonly log?: (line: string) => void;
  /** False gives up safety on power loss, not on a kill, for speed: for a test's own cluster only. */
  readonly durable?: boolean;
  /** PostgreSQL's settings beside ours, when this call starts it. */
  readonly settings?: Readonly<Record<string, string>>;
}

/**
 * A PostgreSQL of our own for one data folder, shared by every process that acquires it: the first starts it, the last to
 * release stops it. It runs detached, so that killing any or all of its users leaves it whole; the next adopts it.
 */
export class EmbeddedPostgres {
  #running: Running;
  #released: Promise<void> | undefined;

  private constructor(
    private readonly home: Home,
    private readonly passwords: Passwords,
    private readonly settings: ServerSettings,
    private readonly use: string,
    /** True when it ran already. */
    readonly adopted: boolean,
    running: Running,
  ) {
    this.#running = running;
  }

  /**
   * Adopts the folder's live server, or starts it, or makes it.
   * @throws Error with a sentence: the folder, the user, the binaries, the disk, or what PostgreSQL itself said.
   */
  static async acquire({ dataDir, log = () => undefined, durable = true, settings = {} }: EmbeddedOptions): Promise<EmbeddedPostgres> {
    const home = await findHome(dataDir);
    const how = { durable, settings };
    return withLock(join(home.folder, 'lock'), async () => {
      await sweep(join(home.folder, 'users'));
      const use = await enter(join(home.folder, 'users'));
      try {
        const passwords = await readPasswords(home);
        const { running, adopted } = await run(home, passwords, how);
        await prepare(running, passwords);
        if (home.moved && home.identity !== undefined) {
          log(`PostgreSQL runs as user ${home.identity.name}, who cannot reach ${dataDir}; its data is in ${home.folder}.`);
        }
        return new EmbeddedPostgres(home, passwords, how, use, adopted, running);
      } catch (fault) {
        await leave(use);
        throw fault;
      }
    });
  }

  /**
   * Removes a folder's cluster for good, data included, unless somebody uses it.
   * @returns false when it is in use, and then nothing was touched.
   */
  static async discard(dataDir: string): Promise<boolean> {
    const home = await findHome(dataDir);
    return withLock(join(home.folder, 'lock'), async () => {
      if ((await sweep(join(home.folder, 'users'))) > 0) return false;
      if (await hasCluster(home)) {
        const running = await adopt(home, (await readPasswords(home)).owner);
        if (running !== undefined) await stop(running, home);
      }
      await rm(home.folder, { recursive: true, force: true });
      return true;
    });
  }

  /** A superuser's URL, to migrate with. */
  get ownerUrl(): string {
    return urlOf(this.#running, superuser, this.passwords.owner, database);
  }

  /** The app's URL: a login that owns nothing, bound by row-level security. */
  get appUrl(): string {
    return urlOf(this.#running, appLogin, this.passwords.app, database);
  }

  /** Loopback only; the same after a restart unless something else took it. */
  get port(): number {
    return this.#running.port;
  }

  /** The postmaster's process. */
  get pid(): number {
    return this.#running.pid;
  }

  /** Where data, password, log and lock lie. */
  get folder(): string {
    return this.home.folder;
  }

  /**
   * Starts the server again if it has ended, on the same port where that is free.
   * @returns true when it had to be started.
   */
  async ensureRunning(): Promise<boolean> {
    return withLock(join(this.home.folder, 'lock'), async () => {
      const { running, adopted } = await run(this.home, this.passwords, this.settings);
      this.#running = running;
      return !adopted;
    });
  }

  /** Ends this use; the last user's stops the server. Safe to call twice. */
  release(): Promise<void> {
    this.#released ??= withLock(join(this.home.folder, 'lock'), async () => {
      if ((await leave(this.use)) > 0) return;
      const running = await adopt(this.home, this.passwords.owner);
      if (running !== undefined) await stop(running, this.home);
    });
    return this.#released;
  }
}

async function run(home: Home, { owner }: Passwords, how: ServerSettings): Promise<{ running: Running; adopted: boolean }> {
  const live = await adopt(home, owner);
  if (live !== undefined) return { running: live, adopted: true };
  if (!(await hasCluster(home))) await initialise(home, owner, how);
  return { running: await start(home, owner, how), adopted: false };
}

async function readPasswords(home: Home): Promise<Passwords> {
  const file = join(home.folder, 'password');
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw new Error(`The password of the embedded PostgreSQL in ${file} cannot be read (${fault.code}). Run as the user who started it first, or choose another folder with CONCORDAT_DATA_DIR.`, { cause: fault });
  });
  if (text !== undefined) return JSON.parse(text) as Passwords;
  if ((await stat(join(home.folder, 'data')).catch(() => undefined)) !== undefined) {
    throw new Error(`The embedded PostgreSQL in ${home.folder} has lost its password file. Put ${file} back from a backup, or remove the folder to begin anew.`);
  }
  const made = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') };
  const draft = `${file}.${ownName()}`;
  await writeFile(draft, JSON.stringify(made), { mode: 0o600 });
  await rename(draft, file);
  return made;
}

/** The app's login and the database, made by whoever finds them missing: the maker may have been killed before. */
async function prepare(running: Running, { owner, app }: Passwords): Promise<void> {
  const client = new Client({ connectionString: urlOf(running, superuser, owner, 'postgres'), connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ login: boolean; database: boolean }>(
      `select exists (select from pg_roles where rolname = $1 and rolcanlogin) as login,
              exists (select from pg_database where datname = $2) as database`,
      [appLogin, database],
    );
    if (rows[0]?.login !== true) {
      await client.query(`create role ${appLogin} login noinherit nobypassrls password ${client.escapeLiteral(app)}`).catch(unlessThere);
    }
    if (rows[0]?.database !== true) await client.query(`create database ${database}`).catch(unlessThere);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** PostgreSQL finishes what a maker asked of it who was killed since, and answers the next once that is there. */
function unlessThere(fault: { readonly code?: string }): void {
  const [duplicateRole, duplicateDatabase, uniqueViolation] = ['42710', '42P04', '23505'];
  if (fault.code !== duplicateRole && fault.code !== duplicateDatabase && fault.code !== uniqueViolation) throw fault;
}
