import { type Clock, type Database, DatabaseUnavailable, isUuid } from '@concordat/platform';
import { decideInTurn, folded, known, type Outcome, receiptFor, type RecordRequest, statesOf, type StreamStates, type Unit, type Verdict, type Waiting, type Working } from './batch.js';
import type { Fold, NewEvent, RecordedEvent } from './core/index.js';
import { type AnyFold, Folds, StateCache } from './folding.js';
import { type Appended, JournalStore, type LoadedRow, type Receipt } from './journal.store.js';
import { firstPrevious } from './chain.js';

/** One stream as it stood at a moment. */
export interface LoadedStream {
  readonly stream: string;
  /** 0 when it had no event yet. */
  readonly version: number;
  /** The state under the journal's fold of this kind. @throws RangeError for another fold. */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see AnyFold
  of<S>(fold: Fold<S, any>): S;
}

/** The last position of a tenant's feed and what the chain has come to there. */
export interface Head {
  /** 0 before the first event. */
  readonly position: number;
  /** Hex. */
  readonly hash: string;
  readonly epoch: number;
}

/** Rung with a tenant's id after a commit: consumers have something to read. */
export const journalBell = 'journal';

const mostCommands = 200;
/** So many are committed at once, also where that leaves none to be made ready meanwhile: a commit costs as much as deciding a few. */
const fewestAtOnce = 16;
const mostRetries = 3;
const heldStreams = 2_000;
const page = 500;

type Result = Appended | { readonly outcome: 'cut'; readonly fault: unknown } | { readonly outcome: 'fault'; readonly fault: unknown };

/**
 * What is remembered, for every tenant: commands become events once, in order, in a hash chain.
 * Commands that arrive while a tenant's last ones are being committed are committed together (group commit): two
 * round trips a batch, however many commands it has, and one where this process holds every stream they are decided on.
 * Where many wait, half of them are taken at once and answered when the next half was sent, so that PostgreSQL commits
 * while this process decides.
 */
export class Journal {
  readonly #store: JournalStore;
  readonly #clock: Clock;
  readonly #cache = new StateCache(heldStreams);
  readonly #queues = new Map<string, Waiting[]>();
  /** The folds of this release; consumers read events through them. */
  readonly folds: Folds;

  /** @param folds one a kind of stream. @throws Error when two claim one kind or one event type. */
  constructor(database: Database, clock: Clock, folds: readonly AnyFold[]) {
    this.#store = new JournalStore(database);
    this.#clock = clock;
    this.folds = new Folds(folds);
  }

  /**
   * Decides a command on the streams it names and commits what it leads to; tried again up to three times when somebody else
   * moved one of them meanwhile. An answer is given only once everything it was decided on is committed.
   * @throws DatabaseUnavailable (503; the same command id may be sent again), ReleaseTooOld (503), TypeError or RangeError for ids
   *   and streams that are none, or what decide threw.
   */
  async record(request: RecordRequest): Promise<Outcome> {
    if (![request.tenant, request.commandId].every((id) => isUuid(id) && id === id.toLowerCase())) {
      throw new TypeError('A tenant and a command are named by their UUIDs, in lower case.');
    }
    checkStreams(request.streams);
    for (const stream of request.streams) this.folds.of(stream); // one that nobody folds must not hold up its batch
    return new Promise((answer, fault) => {
      const waiting: Waiting = { request, answer, fault, lost: 0, stale: false, cut: 0, sent: new Set() };
      const queue = this.#queues.get(request.tenant);
      if (queue) queue.push(waiting);
      else {
        const first = [waiting];
        this.#queues.set(request.tenant, first);
        // Commands of the same turn of the event loop still join the first batch.
        queueMicrotask(() => void this.#drain(request.tenant, first));
      }
    });
  }

  /** The named streams as they stand now, folded. */
  async load(tenant: string, streams: readonly string[]): Promise<StreamStates> {
    checkStreams(streams);
    const { working } = await this.#read(tenant, streams, []);
    return statesOf(new Map(streams.map((stream) => [stream, folded(working, stream)])));
  }

  /** A stream as this process last saw it, for a guess that is held against what is read; undefined where it holds none. */
  lastSeen<State, Event extends NewEvent>(_fold: Fold<State, Event>, tenant: string, stream: string): State | undefined {
    return this.#cache.get(tenant, stream)?.state as State | undefined;
  }

  /** A stream as it stood at a moment: what had been recorded by then, the moment itself included. */
  loadAsAt(tenant: string, stream: string, at: Date): Promise<LoadedStream> {
    return this.#replay(tenant, stream, at, Number.MAX_SAFE_INTEGER);
  }

  /** A stream as it stood at one of its versions; as it stands where it has not come so far. */
  loadAtVersion(tenant: string, stream: string, version: number): Promise<LoadedStream> {
    return this.#replay(tenant, stream, undefined, version);
  }

  async #replay(tenant: string, stream: string, at: Date | undefined, upTo: number): Promise<LoadedStream> {
    const fold = this.folds.of(stream);
    let state: unknown = fold.initial;
    let version = 0;
    while (version < upTo) {
      const most = Math.min(page, upTo - version);
      const events = await this.#store.history(tenant, stream, version, most, at);
      for (const event of events) state = this.folds.evolve(fold, state, event);
      version = events.at(-1)?.version ?? version;
      if (events.length < most) break;
    }
    const states = statesOf(new Map([[stream, { fold, folded: { version, state, snapshotVersion: 0 } }]]));
    return { stream, version, of: (asked) => states.of(asked, stream).state };
  }

  /** Events of one stream by version, as they were recorded: after a version, at most `limit`. */
  history(tenant: string, stream: string, { after = 0, limit }: { after?: number; limit: number }): Promise<RecordedEvent[]> {
    return this.#store.history(tenant, stream, after, limit, undefined);
  }

  /** Events of the tenant by position, as they were recorded: after a position, at most `limit`. */
  feed(tenant: string, after: number, limit: number, { stream, types }: { stream?: string; types?: readonly string[] } = {}): Promise<RecordedEvent[]> {
    return this.#store.feed(tenant, after, limit, stream, types);
  }

  /** Where the tenant's feed ends now. */
  async head(tenant: string): Promise<Head> {
    return (await this.#store.head(tenant)) ?? { position: 0, hash: firstPrevious, epoch: 1 };
  }

  /** What a command led to; undefined when it was refused, never came, or has not been committed. */
  receipt(tenant: string, commandId: string): Promise<Receipt | undefined> {
    return this.#store.receipt(tenant, commandId);
  }

  async #drain(tenant: string, queue: Waiting[]): Promise<void> {
    let answers: readonly (() => void)[] = [];
    while (queue.length > 0) {
      const batch = takeBatch(queue);
      try {
        const flushing = this.#flush(tenant, batch);
        // Whoever was answered comes back with more: PostgreSQL is given the next batch before, so that both work at once.
        if (answers.length > 0) setImmediate(tellAll, answers);
        const { again, answers: next } = await flushing;
        answers = next;
        queue.unshift(...again);
      } catch (fault) {
        answers = [];
        // Nothing was sent to be committed. When the database is away, nobody waits in line to learn it one batch later.
        const told = fault instanceof DatabaseUnavailable ? [...batch, ...queue.splice(0)] : batch;
        for (const waiting of told) waiting.fault(fault);
      }
    }
    this.#queues.delete(tenant);
    tellAll(answers);
  }

  /** Commits a batch; returns what to answer and the commands that must be decided again. Rejects only before anything was sent to be committed. */
  async #flush(tenant: string, batch: readonly Waiting[]): Promise<{ again: Waiting[]; answers: (() => void)[] }> {
    const { verdicts, onHeld } = await this.#decide(tenant, batch);
    const results = await this.#commit(tenant, verdicts.flatMap((verdict) => (verdict.is === 'unit' ? verdict.unit : [])));

    const spoilt = new Set<string>();
    const again: Waiting[] = [];
    const answers: (() => void)[] = [];
    const answer = (waiting: Waiting, outcome: Outcome) => void answers.push(() => waiting.answer(outcome));
    const fault = (waiting: Waiting, why: unknown) => void answers.push(() => waiting.fault(why));
    const decideAgain = (waiting: Waiting) => {
      waiting.stale = true;
      // What was held costs no retry: nobody has looked yet at what is.
      if (onHeld) again.push(waiting);
      else if (waiting.lost++ < mostRetries) again.push(waiting);
      else answer(waiting, { outcome: 'conflict' });
    };
    batch.forEach((waiting, index) => {
      const verdict = verdicts[index]!;
      const stoodOnNothing = waiting.request.streams.some((stream) => spoilt.has(stream));
      if (verdict.is === 'later') again.push(waiting);
      else if (verdict.is !== 'unit') {
        if (verdict.is === 'answer' && verdict.outcome.outcome === 'recorded') answer(waiting, verdict.outcome);
        else if (stoodOnNothing) decideAgain(waiting);
        else if (verdict.is === 'answer') answer(waiting, verdict.outcome);
        else fault(waiting, verdict.fault);
      } else {
        const { unit } = verdict;
        const result = results.get(unit)!;
        if (result.outcome !== 'appended' || result.recordedAt !== unit.at) for (const stream of unit.moved.keys()) spoilt.add(stream);
        switch (result.outcome) {
          case 'appended':
            for (const [stream, state] of unit.moved) {
              if (spoilt.has(stream)) this.#cache.drop(tenant, stream);
              else this.#cache.put(tenant, stream, state);
            }
            return answer(waiting, { outcome: 'recorded', receipt: receiptFor(waiting, unit, result), repeated: false });
          case 'duplicate':
            return answer(waiting, known(waiting, result.receipt));
          case 'conflict':
            return decideAgain(waiting);
          case 'cut':
            // Perhaps it was committed: the receipt tells, now or when the caller sends it again.
            waiting.stale = true;
            return waiting.cut++ === 0 ? void again.push(waiting) : fault(waiting, result.fault);
          case 'fault':
            return fault(waiting, result.fault);
        }
      }
    });
    return { again, answers };
  }

  /**
   * Decides a batch, on what this process holds where that suffices: append compares every version and every command id anyway.
   * Only what append will compare may rest on it; a refusal is told on what is read now, and a repeat by its receipt.
   */
  async #decide(tenant: string, batch: readonly Waiting[]): Promise<{ verdicts: Verdict[]; onHeld: boolean }> {
    const streams = [...new Set(batch.flatMap(({ request }) => request.streams))];
    const held = batch.some(({ stale }) => stale) ? undefined : this.#held(tenant, streams);
    if (held) {
      const verdicts = decideInTurn(this.folds, batch, new Map(), held, later(this.#clock.now(), undefined));
      if (verdicts.every(({ is }) => is === 'unit' || is === 'later')) return { verdicts, onHeld: true };
    }
    const { working, receipts, at } = await this.#read(tenant, streams, batch.map(({ request }) => request.commandId));
    return { verdicts: decideInTurn(this.folds, batch, receipts, working, later(this.#clock.now(), at)), onHeld: false };
  }

  /** The streams as this process last saw them; undefined where it lacks one. */
  #held(tenant: string, streams: readonly string[]): Map<string, Working> | undefined {
    const working = new Map<string, Working>();
    for (const stream of streams) {
      const folded = this.#cache.get(tenant, stream);
      if (!folded) return undefined;
      working.set(stream, { fold: this.folds.of(stream), folded });
    }
    return working;
  }

  /** Appends units in one statement; if the statement itself fails, one by one, so that only the culprit faults. */
  async #commit(tenant: string, units: readonly Unit[]): Promise<Map<Unit, Result>> {
    if (units.length === 0) return new Map();
    try {
      const answers = await this.#store.append(tenant, units.map(({ text }) => text));
      return new Map(units.map((unit, index) => [unit, answers[index]!]));
    } catch (fault) {
      if (fault instanceof DatabaseUnavailable || units.length === 1) return new Map(units.map((unit) => [unit, failed(fault)]));
    }
    const results = new Map<Unit, Result>();
    const spoilt = new Set<string>();
    for (const unit of units) {
      const stoodOnNothing = Object.keys(unit.versions).some((stream) => spoilt.has(stream));
      const result: Result = stoodOnNothing ? { outcome: 'conflict' } : ((await this.#commit(tenant, [unit])).get(unit) as Result);
      if (result.outcome !== 'appended' || result.recordedAt !== unit.at) for (const stream of unit.moved.keys()) spoilt.add(stream);
      results.set(unit, result);
    }
    return results;
  }

  async #read(tenant: string, streams: readonly string[], commandIds: readonly string[]) {
    const asked = streams.map((stream) => ({ stream, fold: this.folds.of(stream), held: this.#cache.get(tenant, stream) }));
    const loaded = await this.#store.load(
      tenant,
      asked.map(({ stream, fold, held }) => ({ stream, held: held?.version ?? 0, fold: fold.number })),
      commandIds,
    );
    const rows = new Map(loaded.streams.map((row) => [row.stream, row]));
    const working = new Map<string, Working>();
    for (const { stream, fold, held } of asked) {
      try {
        const before = held ?? { version: 0, state: fold.initial, snapshotVersion: 0 };
        const row = rows.get(stream);
        const now = row ? this.#folded(fold, before.state, row) : before;
        working.set(stream, { fold, folded: now });
        // Also where nothing has happened yet: an organisation that never changed a setting has said so for good.
        this.#cache.put(tenant, stream, now);
      } catch (fault) {
        working.set(stream, { fault });
      }
    }
    return { working, at: loaded.at, receipts: new Map<string, Receipt>(loaded.receipts.map((receipt) => [receipt.commandId, receipt])) };
  }

  #folded(fold: AnyFold, held: unknown, { version, kept, from, snapshot, snapshotVersion, events }: LoadedRow) {
    let state = kept ? held : from > 0 ? snapshot : fold.initial;
    for (const event of events ?? []) state = this.folds.evolve(fold, state, event);
    return { version, state, snapshotVersion };
  }
}

const tellAll = (answers: readonly (() => void)[]): void => {
  for (const tell of answers) tell();
};

/** The first commands of a queue, each id once: the second of the same id waits for the receipt of the first. */
function takeBatch(queue: Waiting[]): Waiting[] {
  // Not all that wait: what is left is made ready while the first part is being committed.
  const most = Math.min(mostCommands, Math.max(fewestAtOnce, Math.ceil(queue.length / 2)));
  const ids = new Set<string>();
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  for (const waiting of queue.splice(0)) {
    const id = waiting.request.commandId;
    if (batch.length < most && !ids.has(id)) {
      ids.add(id);
      batch.push(waiting);
    } else left.push(waiting);
  }
  queue.push(...left);
  return batch;
}

// Only a loss of the connection leaves open whether it was committed; busy and full are told by a server that rolled back.
function failed(fault: unknown): Result {
  return { outcome: fault instanceof DatabaseUnavailable && fault.code === 'database.unavailable' ? 'cut' : 'fault', fault };
}

// The moment of a batch: the clock's, or the latest already told, so that what is folded now is what append will write.
function later(now: Date, told: string | undefined): string {
  const at = now.toISOString().replace('Z', '000Z');
  return told !== undefined && told > at ? told : at;
}

function checkStreams(streams: readonly string[]): void {
  for (const stream of streams) {
    if (!/^[\x21-\x7e]{1,200}$/.test(stream)) throw new RangeError('A stream has a name of 1 to 200 visible ASCII characters, as agreement-<uuid>.');
  }
}
