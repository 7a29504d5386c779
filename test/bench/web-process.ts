import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const readyWithinMs = 30_000;

/** What a web process is told by its environment. */
export interface WebEnvironment {
  readonly databaseUrl: string;
  readonly queueDatabaseUrl?: string;
  readonly redisUrl?: string;
  /** 32 bytes in base64. */
  readonly key: string;
  readonly dataDir: string;
}

/** The product's web process as it is run: a child of its own, from the build. */
export class WebProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
    /** From the start of the process to its first 200, ms. */
    readonly readyAfterMs: number,
    /** Processor time it took for that, ms, where it can be told: noise touches it less. */
    readonly readyProcessorMs: number | undefined,
  ) {}

  static async start(environment: WebEnvironment, nodeOptions: readonly string[] = []): Promise<WebProcess> {
    const port = await freePort();
    const begin = performance.now();
    const child = start('web', environment, port, nodeOptions);
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw new Error('The web process ended before it answered; what it said stands above.');
      if (performance.now() - begin > readyWithinMs) {
        child.kill('SIGKILL');
        throw new Error(`The web process did not answer within ${readyWithinMs / 1000} s.`);
      }
      await new Promise((wake) => setTimeout(wake, 5));
    }
    return new WebProcess(child, port, performance.now() - begin, await processorMs(child.pid!));
  }

  /** The worker beside it, which has no address to ask whether it is ready. */
  static startWorker(environment: WebEnvironment): { stop(): Promise<void> } {
    const child = start('worker', environment);
    return { stop: () => stop(child) };
  }

  /** A page: what it says, from the request to its last byte, and what the server says of its own time, ms. @throws Error unless it answers 200. */
  async page(path: string, cookie = ''): Promise<{ html: string; totalMs: number; serverMs: number }> {
    const begin = performance.now();
    const answer = await fetch(`http://127.0.0.1:${this.port}${path}`, { headers: { cookie }, redirect: 'manual' });
    const html = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    const serverMs = Number(/dur=([\d.]+)/.exec(answer.headers.get('server-timing') ?? '')?.[1]);
    return { html, totalMs: performance.now() - begin, serverMs };
  }

  /** Resident memory in MB (10^6 bytes); undefined where `ps` cannot tell. */
  async residentMb(): Promise<number | undefined> {
    const told = await run('ps', ['-o', 'rss=', '-p', `${this.child.pid}`]).catch(() => undefined);
    return told && (Number(told.stdout) * 1024) / 1_000_000;
  }

  /** Processor time used so far, ms; undefined outside Linux. */
  processorMs(): Promise<number | undefined> {
    return processorMs(this.child.pid!);
  }

  stop(): Promise<void> {
    return stop(this.child);
  }
}

function start(command: 'web' | 'worker', environment: WebEnvironment, port = 0, nodeOptions: readonly string[] = []): ChildProcess {
  return spawn(process.execPath, [...nodeOptions, join(root, 'apps/concordat/dist/main.js'), command], {
    env: { ...process.env, ...environmentOf(environment), PORT: `${port}`, LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}

/** Processor time of a process in user and system mode, ms (proc(5), fields 14 and 15 in ticks of 10 ms). */
export async function processorMs(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields && (Number(fields[11]) + Number(fields[12])) * 10;
}

function environmentOf({ databaseUrl, queueDatabaseUrl, redisUrl, key, dataDir }: WebEnvironment): NodeJS.ProcessEnv {
  return {
    CONCORDAT_MODE: 'demo',
    CONCORDAT_KEY: key,
    CONCORDAT_DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl,
    DATABASE_OWNER_URL: undefined,
    QUEUE_DATABASE_URL: queueDatabaseUrl,
    REDIS_URL: redisUrl,
    PUBLIC_URL: undefined,
    REQUESTS_PER_MINUTE: '9999999', // the load is one person's
  };
}

async function answers(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.status === 200;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
