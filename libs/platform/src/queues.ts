import { Doorbell } from './doorbell.js';
import { newId } from './id.js';
import { log } from './log.js';
import { type BellQueue, type BellWorker, lostItsLock, type QueueBackend, type Readiness, type WorkerTiming } from './queue-backend.js';

export type { Readiness, WorkerTiming } from './queue-backend.js';

/** Works off what waits for one id (a tenant, a lane, an operation). It may be called when there is nothing to do. */
export type BellHandler = (id: string) => Promise<void>;

// A job of a worker that was killed starts again after the lock and up to two of the intervals, so after about 7 s; with
// BullMQ's defaults after 60 s. A worker that was only slow does its work beside its successor's, and rows keep them apart.
const usualTiming: WorkerTiming = { lockDuration: 5_000, stalledInterval: 1_000 };
const usualConcurrency = 4;

interface Registered {
  readonly handler: BellHandler;
  readonly concurrency: number;
}

/**
 * The queues of one process. They carry wake-ups only, over Redis or over PostgreSQL: PostgreSQL's rows are the truth,
 * and FLUSHALL changes nothing but latency.
 */
export class Queues {
  readonly doorbell: Doorbell;
  readonly #backend: QueueBackend;
  readonly #names: readonly string[];
  readonly #timing: WorkerTiming;
  readonly #queues = new Map<string, Promise<BellQueue>>();
  readonly #handlers = new Map<string, Registered[]>();
  readonly #running = new Set<Promise<void>>();
  readonly #workers: BellWorker[] = [];
  #started = false;
  #workerAway = false;
  #closing: Promise<void> | undefined;

  private constructor(backend: QueueBackend, names: readonly string[], timing: WorkerTiming) {
    this.#backend = backend;
    this.#names = names;
    this.#timing = timing;
    this.doorbell = new Doorbell((name, id) => this.#send(name, id));
  }

  /**
   * Opens the queues named, on Redis when `redisUrl` is given, else on PostgreSQL. A process that only rings stops here;
   * one that works calls `handle` for every name and then `start`.
   * @param options.timing how soon a dead worker's job is taken over; for tests that kill workers.
   * @throws Error with a sentence when PostgreSQL lacks the queues' schema or does not answer. An absent Redis is no error.
   */
  static async open(options: {
    redisUrl?: string | undefined;
    databaseUrl: string;
    names: readonly string[];
    timing?: WorkerTiming;
  }): Promise<Queues> {
    const { redisUrl, databaseUrl, names, timing = usualTiming } = options;
    // ioredis takes long to load; an installation without Redis does without.
    const backend =
      redisUrl === undefined
        ? (await import('./queue-postgres.js')).openPostgres(databaseUrl, names.length)
        : (await import('./queue-redis.js')).openRedis(redisUrl);
    try {
      await backend.check();
    } catch (fault) {
      await backend.close();
      throw fault;
    }
    return new Queues(backend, names, timing);
  }

  /** The store that carries the wake-ups. */
  get backend(): 'redis' | 'postgresql' {
    return this.#backend.kind;
  }

  /** Names the one handler of a bell; `concurrency` ids are worked on at once in this process (4 unless told). */
  handle(name: string, handler: BellHandler, { concurrency = usualConcurrency }: { concurrency?: number } = {}): void {
    this.#handlers.set(name, [...(this.#handlers.get(name) ?? []), { handler, concurrency }]);
  }

  /**
   * Starts to work.
   * @throws Error naming every bell without a handler, with two, or handled but not among the names.
   */
  async start(): Promise<void> {
    if (this.#started) throw new Error('The queues were started already; start them once, at boot.');
    this.#assertOneHandlerEach();
    this.#started = true;
    const starting = this.#names.map(async (name) => {
      const { handler, concurrency } = this.#handlers.get(name)![0]!;
      const worker = await this.#backend.worker(name, (id) => this.#work(name, id, handler), { ...this.#timing, concurrency });
      // Without a listener Node would end the process; a failed handler is logged by #work.
      worker.on('error', (fault) => (lostItsLock(fault) ? this.#noteLostLock(name, fault) : this.#noteWorker(fault)));
      worker.on('active', () => this.#noteWorker(undefined));
      this.#workers.push(worker);
    });
    await Promise.all(starting);
    if (this.#backend.kind === 'postgresql') await Promise.all(this.#workers.map((worker) => worker.waitUntilReady()));
  }

  /** Loads what a first ring would wait for. What fails is left to the ring, which says so. */
  async warmUp(): Promise<void> {
    await Promise.allSettled(this.#names.map((name) => this.#queueOf(name)));
  }

  /** Whether the store may be relied on: not when Redis is set to evict. An absent Redis is slower, not unready. */
  ready(): Promise<Readiness> {
    return this.#backend.ready();
  }

  /** Takes no new work, waits for the handlers that run, and lets go of the connections. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const closed = Promise.allSettled(this.#workers.map((worker) => worker.close()));
    await Promise.allSettled(this.#running);
    // A worker also tells its store that the job is done; where the store is away that would wait for good.
    await atMost(3_000, closed);
    await this.doorbell.close();
    const queues = await Promise.allSettled(this.#queues.values());
    await atMost(
      1_000,
      Promise.allSettled(queues.map((queue) => (queue.status === 'fulfilled' ? queue.value.close() : undefined))),
    );
    await atMost(3_000, this.#backend.close());
  }

  async #send(name: string, id: string): Promise<void> {
    if (!this.#names.includes(name)) throw new Error(`There is no bell called ${name}; it must be among the names opened.`);
    if (this.#backend.isAway()) throw new Error('not connected');
    const queue = await this.#queueOf(name);
    // With a job id of ours PostgreSQL's backend need not make a sequence per queue, which the app's role may not.
    await queue.add('ring', { id }, { jobId: newId(), deduplication: { id, keepLastIfActive: true } });
  }

  // A queue whose first contact failed stays broken, so that one is thrown away and the next ring makes another.
  #queueOf(name: string): Promise<BellQueue> {
    const known = this.#queues.get(name);
    if (known) return known;
    const opening = this.#open(name);
    this.#queues.set(name, opening);
    opening.catch(() => this.#queues.delete(name));
    return opening;
  }

  async #open(name: string): Promise<BellQueue> {
    const queue = await this.#backend.queue(name);
    queue.on('error', () => undefined); // whoever rings learns of it
    try {
      await queue.waitUntilReady();
      return queue;
    } catch (fault) {
      void queue.close().catch(() => undefined);
      throw fault;
    }
  }

  async #work(name: string, id: string, handler: BellHandler): Promise<void> {
    const running = Promise.resolve(id).then(handler).then(
      () => undefined,
      (fault: unknown) => {
        const reason = fault instanceof Error ? fault.message : String(fault);
        log.error('A handler failed; the next ring or the ticker tries again.', { bell: name, id, reason });
      },
    );
    this.#running.add(running);
    void running.finally(() => this.#running.delete(running));
    return running;
  }

  #assertOneHandlerEach(): void {
    const faults = [
      ...this.#names.flatMap((name) => {
        const count = this.#handlers.get(name)?.length ?? 0;
        if (count === 1) return [];
        return [count === 0 ? `Nobody answers the bell ${name}.` : `${count} handlers answer the bell ${name}.`];
      }),
      ...[...this.#handlers.keys()]
        .filter((name) => !this.#names.includes(name))
        .map((name) => `A handler waits for the bell ${name}, which is not among the names opened.`),
    ];
    if (faults.length > 0) throw new Error(`${faults.join(' ')} Every bell has exactly one handler.`);
  }

  #noteLostLock(bell: string, { message: reason }: Error): void {
    log.warn('A round lost its lock: this process was slow, or the queue has forgotten the round. Another worker may begin the same; rows keep the two apart, and nothing is lost.', { bell, reason });
  }

  #noteWorker(fault: Error | undefined): void {
    if (this.#closing || (fault !== undefined) === this.#workerAway) return;
    this.#workerAway = fault !== undefined;
    if (fault) log.warn('The queue is away; the worker goes on.', { reason: fault.message });
    else log.info('The worker takes work from the queue again.');
  }
}

function atMost(ms: number, work: Promise<unknown>): Promise<unknown> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return Promise.race([work, enough]).finally(() => clearTimeout(timer));
}
