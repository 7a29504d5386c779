import { assertSchemaCompatibility, createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import type { BackendFactory, IQueueBackend, JobsOptions } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';
import { appRole, placeOf, sessionUrl } from './database-url.js';

/** Whether this installation's queue can be relied on, and in a sentence why or why not. */
export interface Readiness {
  readonly ok: boolean;
  readonly detail: string;
}

/** A job says which id to look at, and nothing else. */
interface Wake {
  readonly id: string;
}

export interface BellQueue {
  add(name: string, wake: Wake, options: JobsOptions): Promise<unknown>;
  on(event: 'error', listener: (fault: Error) => void): unknown;
  waitUntilReady(): Promise<void>;
  close(): Promise<void>;
}

export interface BellWorker {
  on(event: 'error', listener: (fault: Error) => void): unknown;
  on(event: 'active', listener: () => void): unknown;
  waitUntilReady(): Promise<void>;
  close(): Promise<void>;
}

/** What BullMQ needs to work on one store. Both stores pass the same conformance suite. */
export interface QueueBackend {
  readonly kind: 'redis' | 'postgresql';
  /** True when a ring would only wait for a connection that is not there. */
  isAway(): boolean;
  queue(name: string): BellQueue;
  worker(name: string, work: (id: string) => Promise<void>, options: WorkerTiming & { concurrency: number }): BellWorker;
  /** @throws Error with a sentence when the store can never serve in the state it is in. */
  check(): Promise<void>;
  ready(): Promise<Readiness>;
  close(): Promise<void>;
}

export interface WorkerTiming {
  /** After this long without a sign of life a worker's job may be taken by another, ms. */
  readonly lockDuration: number;
  /** How often a worker looks for such jobs, ms. */
  readonly stalledInterval: number;
}

// One hash slot for everything, so that BullMQ's scripts run on Redis Cluster too.
const prefix = '{concordat}';
const slowestRetry = 2_000;

// Jobs are wake-ups: nobody reads one that is done, and attempts are counted in our own rows.
const keepNothing = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

// Typed by what we use of them, which is the same on both stores.
function classesFor<B extends IQueueBackend, C>(factory: BackendFactory<B, C>, connectionOf: (kind: 'queue' | 'worker') => C) {
  const { Queue, Worker } = withBackend(factory);
  return {
    queue: (name: string): BellQueue =>
      new Queue<Wake>(name, { connection: connectionOf('queue'), prefix, defaultJobOptions: keepNothing }),
    worker: (name: string, work: (id: string) => Promise<void>, timing: WorkerTiming & { concurrency: number }): BellWorker =>
      new Worker<Wake>(name, (job) => work(job.data.id), {
        connection: connectionOf('worker'),
        prefix,
        ...timing,
        // A worker that dies often must not take the wake-up with it.
        maxStalledCount: 1_000_000,
        // BullMQ's own pause after a lost connection is 15 s.
        runRetryDelay: 1_000,
        removeOnComplete: { count: 0 },
        removeOnFail: { count: 0 },
      }),
  };
}

function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** BullMQ on Redis: fast, and free to vanish at any moment. */
export function openRedis(url: string): QueueBackend {
  const retryStrategy = (times: number) => Math.min(times * 100, slowestRetry);
  // A producer answers at once or fails at once: a ring must not queue up behind a dead connection.
  const producer = new Redis(url, { retryStrategy, enableOfflineQueue: false, commandTimeout: 2_000, maxRetriesPerRequest: 1 });
  producer.on('error', () => undefined); // the doorbell says once that the queue is away
  let consumer: Redis | undefined;
  const consumerOf = () => {
    consumer ??= new Redis(url, { retryStrategy, maxRetriesPerRequest: null }).on('error', () => undefined);
    return consumer;
  };
  return {
    kind: 'redis',
    isAway: () => producer.status !== 'ready',
    ...classesFor(createRedisBackend, (kind) => (kind === 'queue' ? producer : consumerOf())),
    // The first rings should not find the connection half made; a Redis that is away is not waited for.
    check: () => withinMs(1_000, new Promise<void>((resolve) => void producer.once('ready', resolve))).catch(() => undefined),
    async ready() {
      let memory: string;
      try {
        memory = await withinMs(1_000, producer.info('memory'));
      } catch (fault) {
        // An installation without Redis is slower, not broken: taking it out of service would be the only harm.
        const reason = fault instanceof Error ? fault.message : String(fault);
        return { ok: true, detail: `Redis is away (${reason}); work starts when the ticker finds it.` };
      }
      const policy = /maxmemory_policy:(\S+)/.exec(memory)?.[1] ?? 'unknown';
      if (policy === 'noeviction') return { ok: true, detail: 'Redis answers and evicts nothing.' };
      return {
        ok: false,
        detail: `Redis may throw jobs away: its maxmemory-policy is ${policy}. Set it to noeviction (redis.conf or CONFIG SET maxmemory-policy noeviction).`,
      };
    },
    async close() {
      for (const client of [producer, consumer]) client?.disconnect();
    },
  };
}

/** BullMQ on PostgreSQL: one store less to run. Needs a direct connection, because workers LISTEN. */
export function openPostgres(url: string, workers: number): QueueBackend {
  const pool = new Pool({
    connectionString: sessionUrl(url, appRole, {
      search_path: 'bullmq',
      lock_timeout: '5s',
      statement_timeout: '10s',
      idle_in_transaction_session_timeout: '15s',
    }),
    application_name: 'concordat queues',
    keepAlive: true,
    // Each worker holds one client to LISTEN on; the rest serve everybody.
    max: workers + 4,
    connectionTimeoutMillis: 5_000,
  });
  // A client that loses its server says so here first, and an `error` nobody hears ends the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return {
    kind: 'postgresql',
    isAway: () => false,
    ...classesFor(createPostgresBackend, () => pool),
    async check() {
      try {
        await assertSchemaCompatibility(pool, 'bullmq');
      } catch (fault) {
        const unreachable = fault instanceof Error && 'code' in fault;
        throw new Error(
          unreachable
            ? `The queues cannot use PostgreSQL at ${placeOf(url)}: ${fault.message}. Look at QUEUE_DATABASE_URL or DATABASE_URL.`
            : 'The database has no place for the queues, or an old one. Run `npm run concordat -- migrate`, then start again.',
          { cause: fault },
        );
      }
    },
    async ready() {
      try {
        await withinMs(1_000, pool.query('SELECT 1'));
        return { ok: true, detail: 'PostgreSQL carries the queues.' };
      } catch (fault) {
        const reason = fault instanceof Error ? fault.message : String(fault);
        return { ok: false, detail: `PostgreSQL does not answer the queues (${reason}).` };
      }
    },
    close: () => pool.end(),
  };
}
