import { assertSchemaCompatibility, createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import type { BackendFactory, IQueueBackend } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import type { BellQueue, BellWorker, Wake, WorkerTiming } from './queue-backend.js';

// BullMQ takes a quarter of a second to load, so this file is imported by whoever is about to ring or to work.

/** Queue and worker of one store, typed by what we use of them, which is the same on both. */
export interface BellClasses {
  queue(name: string): BellQueue;
  worker(name: string, work: (id: string) => Promise<void>, timing: WorkerTiming & { concurrency: number }): BellWorker;
}

/** @throws BullMQ's own error where the schema is missing, or of another version than the library. */
export async function onPostgres(pool: Pool, schema: string): Promise<BellClasses> {
  await assertSchemaCompatibility(pool, schema);
  return classesFor(createPostgresBackend, () => pool);
}

export function onRedis(connectionOf: (kind: 'queue' | 'worker') => Redis): BellClasses {
  return classesFor(createRedisBackend, connectionOf);
}

// One hash slot for everything, so that BullMQ's scripts run on Redis Cluster too.
const prefix = '{concordat}';

// Jobs are wake-ups: nobody reads one that is done, and attempts are counted in our own rows.
const keepNothing = { removeOnComplete: true, removeOnFail: true, attempts: 1 } as const;

function classesFor<B extends IQueueBackend, C>(factory: BackendFactory<B, C>, connectionOf: (kind: 'queue' | 'worker') => C): BellClasses {
  const { Queue, Worker } = withBackend(factory);
  return {
    queue: (name) => new Queue<Wake>(name, { connection: connectionOf('queue'), prefix, defaultJobOptions: keepNothing }),
    worker: (name, work, timing) =>
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
