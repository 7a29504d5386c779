import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { EmbeddedPostgres, environmentWith, log, migrate, readConfig } from '@concordat/platform';
import type { Config } from '@concordat/platform';
import { readDemoKeys } from './demo-keys-file.js';
import { readDemoReceiver } from './demo-receiver-file.js';
import { freePort } from './free-port.js';
import { installationKey } from './installation-key.js';
import { migrations } from './migrations.js';
import { Supervisor } from './supervisor.js';
import { welcome } from './welcome.js';

// A machine with ten times more to do than it can takes a minute and a half. What cannot start at all says so much sooner.
const readyWithin = 180_000;
const postgresWatchEvery = 500;
// Of the 20 s a stop may take, the children get most and PostgreSQL's checkpoint the rest.
const childrenStopWithin = 12_000;

const say = (line: string) => process.stderr.write(`${line}\n`);

/** Thrown between two steps when somebody asked to stop meanwhile. */
class Stopped extends Error {}

/** A request to stop, from the terminal, the system or a process manager. */
class Stop {
  readonly asked: Promise<void>;
  isAsked = false;

  constructor() {
    this.asked = new Promise((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
        // Under npm one Ctrl-C arrives twice, from the terminal and from npm.
        process.on(signal, () => {
          this.isAsked = true;
          resolve();
        });
      }
    });
  }

  check(): void {
    if (this.isAsked) throw new Stopped();
  }
}

/**
 * `concordat start`: brings up everything on this machine, keeps it up, and takes it down when asked to stop. It owns the
 * embedded PostgreSQL and two children, web and worker; with DATABASE_URL or REDIS_URL it starts neither store.
 */
export async function run(): Promise<number> {
  const config = readConfig();
  const stop = new Stop();
  const port = await freePort(config.port, { orNext: config.mode === 'demo' });
  if (config.port !== 0 && port !== config.port) say(`Port ${config.port} is taken; using ${port}.`);
  const embedded = config.databaseUrl === undefined ? await EmbeddedPostgres.acquire({ dataDir: config.dataDir, log: say }) : undefined;
  try {
    const databaseUrl = embedded?.appUrl ?? config.databaseUrl!;
    const ownerUrl = embedded?.ownerUrl ?? config.databaseOwnerUrl ?? databaseUrl;
    stop.check();
    const steps = await migrate({ ownerUrl, migrations, log: say });
    stop.check();
    const environment = environmentWith({
      PORT: String(port),
      CONCORDAT_DATA_DIR: config.dataDir,
      CONCORDAT_KEY: await installationKey(config, databaseUrl),
      DATABASE_URL: databaseUrl,
      DATABASE_OWNER_URL: undefined, // serving needs no right to change the schema
    });
    if (config.mode === 'demo') {
      // The keys are written when the seed is done, beside the database they open. Seeding again would only cost time.
      const seeded = embedded !== undefined && steps.length === 0 && (await readDemoKeys(config.dataDir)).length > 0;
      if (!seeded) await runOnce('seed', environment, stop);
    }
    const watch = embedded && watchOver(embedded);
    try {
      await serve({ config, port, environment, stop });
    } finally {
      await watch?.end();
    }
    return 0;
  } catch (fault) {
    if (fault instanceof Stopped) return 0;
    throw fault;
  } finally {
    await embedded?.release();
  }
}

/** Runs web and worker until somebody asks to stop. */
async function serve({ config, port, environment, stop }: { config: Config; port: number; environment: NodeJS.ProcessEnv; stop: Stop }) {
  const children = ['web', 'worker'].map((name) => new Supervisor(name, () => start(name, environment)));
  try {
    const failed = Promise.race(children.map((child) => child.failed));
    await Promise.race([isReady(port, stop), failed, stop.asked]);
    stop.check();
    for (const child of children) child.settled();
    const keys = config.mode === 'demo' ? await readDemoKeys(config.dataDir) : [];
    const receiver = config.mode === 'demo' ? (await readDemoReceiver(config.dataDir))?.url : undefined;
    process.stdout.write(welcome({ config, port, keys, receiver }));
    await stop.asked;
  } finally {
    say('Stopping …');
    await Promise.all(children.map((child) => child.stop(childrenStopWithin)));
    say('Stopped. The data stays where it is.');
  }
}

/** Starts the embedded PostgreSQL again when it has ended: web and worker find it at the same address. */
function watchOver(embedded: EmbeddedPostgres): { end(): Promise<void> } {
  let starting = false;
  let looking: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    if (starting || isAlive(embedded.pid)) return;
    starting = true;
    looking = embedded
      .ensureRunning()
      .then((started) => started && log.warn('PostgreSQL had ended and was started again.'))
      .catch((fault: unknown) => log.error('PostgreSQL has ended and does not start.', { fault }))
      .finally(() => {
        starting = false;
      });
  }, postgresWatchEvery);
  return {
    async end() {
      clearInterval(timer);
      await looking;
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (fault) {
    // As another user's process it may not be signalled, and lives.
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function start(command: string, env: NodeJS.ProcessEnv): ChildProcess {
  // The channel tells a child that its launcher is gone, however it went.
  return spawn(process.execPath, [join(import.meta.dirname, 'main.js'), command], { env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
}

async function runOnce(command: string, env: NodeJS.ProcessEnv, stop: Stop): Promise<void> {
  const child = start(command, env);
  const code = await new Promise<number | null>((done, failed) => {
    child.once('error', failed);
    child.once('exit', (exitCode) => done(exitCode));
    void stop.asked.then(() => child.kill('SIGTERM'));
  });
  stop.check();
  if (code !== 0) throw new Error(`The step "${command}" failed; what it said stands above.`);
}

async function isReady(port: number, stop: Stop): Promise<void> {
  const deadline = performance.now() + readyWithin;
  while (performance.now() < deadline && !stop.isAsked) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (!stop.isAsked) throw new Error(`The web process was not ready within ${readyWithin / 1000} s. What it said stands above.`);
}
