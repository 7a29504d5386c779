import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.js';

/** A Redis of a test's own, on loopback, that keeps nothing and evicts nothing. */
export interface TestRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Ends it at once, as a crash would; `start` brings it back, empty, on the same port. */
  kill(): Promise<void>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts `redis-server` from the PATH; undefined, with the reason printed, where there is none. */
export async function startRedis(): Promise<TestRedis | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-redis-'));
  const port = await freePort();
  let child: ReturnType<typeof spawn> | undefined;

  const start = async (): Promise<boolean> => {
    const args = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--maxmemory-policy', 'noeviction', '--dir', folder];
    const started = spawn('redis-server', args, { stdio: 'ignore' });
    child = started;
    const missing = new Promise<false>((done) => started.once('error', () => done(false)));
    return Promise.race([missing, eventually(async () => ((await accepts(port)) ? true : undefined))]);
  };
  const end = async (signal: NodeJS.Signals) => {
    const ending = child;
    child = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return;
    await new Promise((done) => {
      ending.once('exit', done);
      ending.kill(signal);
    });
  };

  if (!(await start())) {
    await rm(folder, { recursive: true, force: true });
    console.warn('Skipped what needs Redis: there is no redis-server on the PATH. Install it (Debian: apt-get install redis-server) to run it.');
    return undefined;
  }
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    get pid() {
      return child?.pid ?? 0;
    },
    kill: () => end('SIGKILL'),
    async start() {
      await start();
    },
    async stop() {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
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

function accepts(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
}
