import { type Database, DatabaseUnavailable, log, type Tx } from '@concordat/platform';
import { alone, makeCursor, moveCursor, park, type Parked, parkedStreams, readCursor, readOn, readParked, takeCursor, tenantsBehind, type Types, unpark } from './consumers.store.js';
import type { RecordedEvent } from './core/index.js';
import type { Journal } from './journal.js';
import { ReleaseTooOld } from './release-too-old.js';

/** Something that reads the feed of every tenant at its own pace. */
export interface Consumer {
  /** Names its cursor for good: `<lib>.<what>`. */
  readonly name: string;
  /** The event types it wants. An event of another type moves its cursor only; one of a type this release does not know stops it. */
  readonly types: readonly string[] | 'all';
  /**
   * Works on events in feed order, in the transaction that moves its cursor: both happen or neither. It may be called again
   * with events whose transaction was rolled back, and with one event instead of many after a failure. Data come upcast.
   */
  handle(tx: Tx, tenant: string, events: readonly RecordedEvent[]): Promise<void>;
  /** Empties what it wrote for the tenant, so that it can be rebuilt. Left out: it cannot be rebuilt, because its effects cannot be taken back. */
  clear?(tx: Tx, tenant: string): Promise<void>;
}

const batchSize = 100;
const mostFailures = 5;

/** Runs consumers: once an event each, in order, whatever crashes in between. */
export class Consumers {
  readonly #database: Database;
  readonly #journal: Journal;
  readonly #consumers: ReadonlyMap<string, Consumer>;

  /** @throws Error when two have one name, or one wants a type that no fold of the journal knows. */
  constructor(database: Database, journal: Journal, consumers: readonly Consumer[]) {
    this.#database = database;
    this.#journal = journal;
    this.#consumers = new Map(consumers.map((consumer) => [consumer.name, consumer]));
    if (this.#consumers.size < consumers.length) throw new Error('Two consumers have one name, and would move one cursor; give each its own.');
    const known = new Set(journal.folds.types);
    for (const { name, types } of consumers) {
      const unknown = types === 'all' ? undefined : types.find((type) => !known.has(type));
      if (unknown !== undefined) throw new Error(`The consumer ${name} wants ${unknown}, which no fold knows. Mend its types, or give the Journal the fold.`);
    }
  }

  /**
   * Lets one consumer read on: to the head, or to `until` and no further than the batch that reaches it. Stops early after
   * `withinMs`, at an event it fails on, and when somebody else runs the same consumer (with `withinMs` it waits for them that long).
   * @returns its cursor: everything up to this position is handled.
   * @throws ReleaseTooOld at an event of a type this release does not know; DatabaseUnavailable.
   */
  async catchUp(name: string, tenant: string, { until = Infinity, withinMs }: { until?: number; withinMs?: number } = {}): Promise<number> {
    const deadline = withinMs === undefined ? undefined : performance.now() + withinMs;
    let cursor = 0;
    for (;;) {
      const waitMs = deadline === undefined ? 0 : deadline - performance.now();
      const step = await this.#step(this.#consumer(name), tenant, Math.max(waitMs, 0));
      cursor = Math.max(cursor, step.cursor);
      if (!step.more || cursor >= until || (deadline !== undefined && performance.now() >= deadline)) return cursor;
    }
  }

  /** Lets every consumer read to the head. One that fails does not keep the others from their turn; the first fault is thrown at the end. */
  async runAll(tenant: string): Promise<void> {
    const faults: unknown[] = [];
    for (const name of this.#consumers.keys()) {
      await this.catchUp(name, tenant).catch((fault: unknown) => faults.push(fault));
    }
    if (faults.length > 0) throw faults[0];
  }

  /** The tenants where a consumer has not read to the head. */
  tenantsBehind(): Promise<string[]> {
    return tenantsBehind(this.#database, [...this.#consumers.keys()]);
  }

  /**
   * What the worker calls on an interval: runs every tenant that is behind, whether a bell was heard or not.
   * @returns the tenants it ran. A tenant's fault is logged and does not keep the others from their turn.
   */
  async tick(): Promise<string[]> {
    const tenants = await this.tenantsBehind();
    for (const tenant of tenants) {
      await this.runAll(tenant).catch((fault: unknown) => log.error('a consumer could not read on; it goes on at the next tick', { tenant, fault }));
    }
    return tenants;
  }

  /**
   * Empties what a consumer wrote for a tenant and lets it read the whole feed again, in one transaction: until it commits,
   * readers see what there was, and commands go on. Streams it cannot handle are parked.
   * @throws Error for a consumer that cannot be cleared; DatabaseUnavailable `database.busy` while another runs it.
   */
  async rebuild(name: string, tenant: string): Promise<void> {
    const consumer = this.#consumer(name);
    if (!consumer.clear) throw new Error(`${name} cannot be rebuilt: what it did cannot be taken back.`);
    await makeCursor(this.#database, tenant, name);
    await this.#database.inTenant(tenant, async (tx) => {
      await takeCursor(tx, tenant, name, 2_000);
      await unpark(tx, tenant, name, undefined);
      await consumer.clear?.(tx, tenant);
      let cursor = 0;
      for (let more = true; more; ) {
        ({ cursor, more } = await this.#carefully(tx, consumer, tenant, { position: cursor, failures: 0 }, 1));
      }
    });
  }

  /** The streams that consumers have given up on in a tenant. */
  parked(tenant: string): Promise<Parked[]> {
    return this.#database.inTenant(tenant, (tx) => parkedStreams(tx, tenant, [...this.#consumers.keys()]));
  }

  /**
   * Lets a consumer handle what it owes a parked stream; then the stream is no longer parked.
   * @returns how many events it handled.
   * @throws what the consumer fails with again, and then the stream stays parked as it was.
   */
  async redrive(name: string, tenant: string, stream: string): Promise<number> {
    const consumer = this.#consumer(name);
    return this.#database.inTenant(tenant, async (tx) => {
      const cursor = await takeCursor(tx, tenant, name, 2_000);
      const parked = (await parkedStreams(tx, tenant, [name])).find((one) => one.stream === stream);
      if (!parked || !cursor) return 0;
      const events = this.#readable(await readParked(tx, tenant, stream, parked.position, cursor.position, this.#types(consumer)));
      if (events.tooOld) throw events.tooOld;
      for (let at = 0; at < events.readable.length; at += batchSize) await consumer.handle(tx, tenant, events.readable.slice(at, at + batchSize));
      await unpark(tx, tenant, name, stream);
      return events.readable.length;
    });
  }

  /** Somebody else runs the consumer: how far they have come. Or it never ran: it gets its cursor, and another step. */
  async #elsewhere({ name }: Consumer, tenant: string): Promise<{ cursor: number; more: boolean }> {
    const cursor = await this.#database.inTenant(tenant, (tx) => readCursor(tx, tenant, name));
    if (cursor === undefined) await makeCursor(this.#database, tenant, name);
    return { cursor: cursor ?? 0, more: cursor === undefined };
  }

  /** One batch in one transaction; after a failure once more, event by event. */
  async #step(consumer: Consumer, tenant: string, waitMs: number): Promise<{ cursor: number; more: boolean }> {
    const attempt = (careful: boolean) =>
      this.#database.inTenant(tenant, async (tx) => {
        const taken = await takeCursor(tx, tenant, consumer.name, waitMs);
        if (!taken) return undefined;
        return careful || taken.failures > 0 ? this.#carefully(tx, consumer, tenant, taken) : this.#together(tx, consumer, tenant, taken.position);
      });
    try {
      const step = await attempt(false).catch((fault: unknown) => {
        if (fault instanceof HandleFailed) return attempt(true);
        throw fault;
      });
      return step ?? (await this.#elsewhere(consumer, tenant));
    } catch (fault) {
      if (waitMs > 0 && fault instanceof DatabaseUnavailable && fault.code === 'database.busy') return this.#elsewhere(consumer, tenant);
      throw fault;
    }
  }

  async #together(tx: Tx, consumer: Consumer, tenant: string, position: number): Promise<{ cursor: number; more: boolean }> {
    const { events, end, more, tooOld } = await this.#read(tx, consumer, tenant, position);
    if (events.length > 0) await handled(consumer, tx, tenant, events);
    if (end > position) await moveCursor(tx, tenant, consumer.name, end, 0);
    return this.#stopAt(tooOld, { cursor: end, more }, end > position);
  }

  /**
   * A batch event by event, each behind a savepoint: what worked stays, the one that fails is counted, and with the fifth
   * failure its stream is parked and the rest goes on.
   */
  async #carefully(tx: Tx, consumer: Consumer, tenant: string, { position, failures }: { position: number; failures: number }, most = mostFailures): Promise<{ cursor: number; more: boolean }> {
    const { events, end, more, tooOld } = await this.#read(tx, consumer, tenant, position);
    const given = new Set<string>();
    let before = position;
    let failed = failures;
    for (const event of events) {
      if (given.has(event.stream)) continue;
      try {
        await alone(tx, () => consumer.handle(tx, tenant, [event]));
      } catch (fault) {
        if (fault instanceof DatabaseUnavailable || fault instanceof ReleaseTooOld) throw fault;
        failed += 1;
        log.error('a consumer failed on an event', { consumer: consumer.name, tenant, stream: event.stream, position: event.position, failures: failed, fault });
        if (failed < most) {
          await moveCursor(tx, tenant, consumer.name, before, failed);
          return { cursor: before, more: false };
        }
        await park(tx, tenant, consumer.name, event, (fault instanceof Error ? fault.message : String(fault)).replaceAll('\0', '').slice(0, 500));
        given.add(event.stream);
      }
      before = event.position;
      failed = 0;
    }
    await moveCursor(tx, tenant, consumer.name, end, 0);
    return this.#stopAt(tooOld, { cursor: end, more }, end > position);
  }

  /** The next events for a consumer, without those of parked streams, up to one this release cannot read. */
  async #read(tx: Tx, consumer: Consumer, tenant: string, after: number) {
    const { head, events } = await readOn(tx, tenant, consumer.name, after, batchSize, this.#types(consumer));
    const { readable, tooOld } = this.#readable(events);
    const full = events.length === batchSize;
    const end = tooOld ? (events[readable.length]?.position ?? 1) - 1 : full ? (events.at(-1)?.position ?? head) : Math.max(head, after);
    return { events: readable, end, more: full && !tooOld, tooOld };
  }

  #types({ types }: Consumer): Types {
    const known = this.#journal.folds.types;
    return { wanted: types === 'all' ? known : types, known };
  }

  #readable(events: readonly RecordedEvent[]): { readable: RecordedEvent[]; tooOld?: ReleaseTooOld } {
    const readable: RecordedEvent[] = [];
    for (const event of events) {
      try {
        readable.push(this.#journal.folds.today(event));
      } catch (fault) {
        if (fault instanceof ReleaseTooOld) return { readable, tooOld: fault };
        throw fault;
      }
    }
    return { readable };
  }

  // What came before the unknown event is committed first; the next run, which starts at it, throws.
  #stopAt<T extends { cursor: number; more: boolean }>(tooOld: ReleaseTooOld | undefined, step: T, moved: boolean): T {
    if (!tooOld) return step;
    if (!moved) throw tooOld;
    return { ...step, more: true };
  }

  #consumer(name: string): Consumer {
    const consumer = this.#consumers.get(name);
    if (!consumer) throw new RangeError(`There is no consumer ${name}. There are: ${[...this.#consumers.keys()].join(', ')}.`);
    return consumer;
  }
}

/** A consumer's own failure, told apart from one of the transaction around it. */
class HandleFailed extends Error {}

async function handled(consumer: Consumer, tx: Tx, tenant: string, events: readonly RecordedEvent[]): Promise<void> {
  try {
    await consumer.handle(tx, tenant, events);
  } catch (cause) {
    if (cause instanceof DatabaseUnavailable || cause instanceof ReleaseTooOld) throw cause;
    throw new HandleFailed(`${consumer.name} failed on a batch`, { cause });
  }
}
