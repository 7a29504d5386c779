import type { JobsOptions } from 'bullmq';

/** Whether this installation's queue can be relied on, and in a sentence why or why not. */
export interface Readiness {
  readonly ok: boolean;
  readonly detail: string;
}

/** A job says which id to look at, and nothing else. */
export interface Wake {
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
  /** @throws Error with a sentence when the store cannot serve this release. */
  queue(name: string): Promise<BellQueue>;
  /** @throws as `queue` does. */
  worker(name: string, work: (id: string) => Promise<void>, options: WorkerTiming & { concurrency: number }): Promise<BellWorker>;
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

// BullMQ's ErrorCode where the job is gone, its lock is, it is no longer active, or the lock is another worker's. A late renewal has none.
const codesOfLostLocks: readonly unknown[] = [-1, -2, -3, -6];

/** Whether a worker's fault is that of one job whose lock ran out (the process was slow or stopped) or that was forgotten, while the store is there. */
export function lostItsLock(fault: Error & { readonly code?: unknown }): boolean {
  return codesOfLostLocks.includes(fault.code) || fault.message.startsWith('could not renew lock for job');
}

/** The work's result, or a fault that says how long was waited. */
export function withinMs<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
