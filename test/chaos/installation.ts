import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { EmbeddedPostgres } from '@concordat/platform';
import { eventually, type TestRedis } from '../harness/index.js';

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'apps/concordat/dist/main.js');
// Three times what was seen on a machine with six times more to do than it could.
const bootWithin = 180_000;

/** A demo person's key, as the seed wrote it. */
export interface DemoKey {
  readonly organisation: string;
  readonly role: string;
  readonly person: string;
  readonly key: string;
}

/** One process of the product that is started again as soon as it has ended, however it ended. */
export class Kept {
  #child: ChildProcess | undefined;
  #ready = false;
  #stopped = false;
  /** Its last lines on stderr, for whoever must find out what went wrong. */
  readonly lines: string[] = [];
  /** Ends that nobody asked for, of a process that had been ready while everything it needs was there. */
  readonly deaths: string[] = [];
  /** Milliseconds from each start to readiness. */
  readonly boots: number[] = [];

  constructor(
    readonly name: 'web' | 'worker',
    private readonly environment: () => NodeJS.ProcessEnv,
  ) {
    this.#start();
  }

  get ready(): boolean {
    return this.#ready;
  }

  /** Ends it as a power cut would, and starts the next at once. False where there was none to kill at this moment. */
  kill(): boolean {
    const child = this.#child;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return false;
    this.#ready = false;
    return child.kill('SIGKILL');
  }

  async untilReady(): Promise<void> {
    await eventually(() => (this.#ready ? true : undefined), bootWithin).catch((cause: unknown) => {
      throw new Error(`The ${this.name} process was not ready within ${bootWithin} ms. It said:\n${this.lines.slice(-20).join('\n')}`, { cause });
    });
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await gone;
    clearTimeout(late);
  }

  #start(): void {
    const since = performance.now();
    // The channel ends it when this process is gone, however it went.
    const child = spawn(process.execPath, [program, this.name], { cwd: root, env: this.environment(), stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    this.#child = child;
    createInterface({ input: child.stderr! }).on('line', (line) => {
      this.lines.push(line);
      if (this.lines.length > 2_000) this.lines.splice(0, 1_000);
      if (!line.includes('process is ready') && !line.includes('the worker is ready')) return;
      if (child !== this.#child || child.signalCode !== null || child.exitCode !== null) return;
      this.#ready = true;
      this.boots.push(performance.now() - since);
    });
    child.once('exit', (code, signal) => {
      const wasReady = this.#ready;
      this.#ready = false;
      if (this.#stopped) return;
      if (signal !== 'SIGKILL' && wasReady) this.deaths.push(`${this.name}: ${signal ?? `exit code ${code}`}: ${this.lines.slice(-5).join(' | ')}`);
      // A process that cannot start because its database is away must not take the whole machine by trying.
      if (signal === 'SIGKILL') this.#start();
      else setTimeout(() => this.#stopped || this.#start(), 200);
    });
  }
}

/** Everything of one installation: a PostgreSQL and perhaps a Redis of its own, one web and one worker. */
export class Installation {
  private constructor(
    readonly folder: string,
    readonly postgres: EmbeddedPostgres,
    readonly redis: TestRedis | undefined,
    readonly origin: string,
    readonly keys: readonly DemoKey[],
    readonly web: Kept,
    readonly worker: Kept,
  ) {}

  /** @param redis carries the queues; without one PostgreSQL does. */
  static async start(redis: TestRedis | undefined): Promise<Installation> {
    // Under this name the next run clears away what a killed one left.
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'concordat-tests-storm-'));
    await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder });
    const port = await freePort();
    const key = randomBytes(32).toString('base64');
    const environment = (): NodeJS.ProcessEnv => {
      const { NODE_OPTIONS: _, ...inherited } = process.env;
      return {
        ...inherited,
        PORT: `${port}`,
        CONCORDAT_DATA_DIR: folder,
        CONCORDAT_KEY: key,
        DATABASE_URL: postgres.appUrl,
        ...(redis !== undefined && { REDIS_URL: redis.url }),
      };
    };
    await once(['migrate'], { ...environment(), DATABASE_OWNER_URL: postgres.ownerUrl });
    await once(['seed'], environment());
    const keys = JSON.parse(await readFile(join(folder, 'demo-keys.json'), 'utf8')) as DemoKey[];
    const [web, worker] = (['web', 'worker'] as const).map((name) => new Kept(name, environment)) as [Kept, Kept];
    const installation = new Installation(folder, postgres, redis, `http://127.0.0.1:${port}`, keys, web, worker);
    await Promise.all([web.untilReady(), worker.untilReady()]);
    return installation;
  }

  key(organisation: string, role: string): DemoKey {
    const found = this.keys.find((one) => one.organisation === organisation && one.role === role);
    if (found === undefined) throw new Error(`The seed made no key for ${role} of ${organisation}.`);
    return found;
  }

  /**
   * PostgreSQL ends without a word to anybody. SIGQUIT is its immediate mode; with SIGKILL the postmaster alone dies, and its
   * children find themselves orphaned.
   */
  async endPostgres(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    const { pid } = this.postgres;
    process.kill(pid, signal);
    await eventually(() => (isAlive(pid) ? undefined : true), 30_000);
  }

  /** Brings PostgreSQL back, and waits until it has recovered. */
  async startPostgres(): Promise<void> {
    const { port } = this.postgres;
    await this.postgres.ensureRunning();
    if (this.postgres.port === port) return;
    // Somebody else took its port meanwhile: the processes need the new address.
    this.web.kill();
    this.worker.kill();
  }

  /** Empties Redis under the feet of whoever uses it. */
  async flushRedis(): Promise<void> {
    const { redis } = this;
    if (redis === undefined) return;
    await new Promise<void>((done, failed) => {
      const socket = connect(redis.port, '127.0.0.1', () => socket.write('FLUSHALL\r\n'));
      socket.once('error', failed);
      socket.once('data', (answer) => {
        socket.destroy();
        if (answer.toString().startsWith('+OK')) done();
        else failed(new Error(`Redis answered FLUSHALL with ${answer.toString()}`));
      });
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.web.stop(), this.worker.stop()]);
    await this.postgres.release();
    await EmbeddedPostgres.discard(this.folder);
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function once(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => (said += piece));
  child.stdout.resume();
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0) throw new Error(`concordat ${args.join(' ')} ended with ${code}:\n${said}`);
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function freePort(): Promise<number> {
  return new Promise((done, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** A moment between two things somebody does; nobody waits for anything by it. */
export const breath = (ms: number): Promise<void> => pause(ms);
