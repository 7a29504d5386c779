import { withBackend } from 'bullmq';
import type { BackendFactory, IQueueBackend, JobsOptions } from 'bullmq';

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

// Jobs are wake-ups: nobody reads one that is done, and attempts are counted in our own rows.
const keepNothing = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

/** Queue and worker of one store, typed by what we use of them, which is the same on both. */
export function classesFor<B extends IQueueBackend, C>(factory: BackendFactory<B, C>, connectionOf: (kind: 'queue' | 'worker') => C) {
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

/** The work's result, or a fault that says how long was waited. */
export function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
