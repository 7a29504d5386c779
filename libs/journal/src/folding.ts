import { type Fold, type NewEvent, type RecordedEvent, upcastBy } from './core/index.js';
import { ReleaseTooOld } from './release-too-old.js';

/** A fold whose state and events only its owner knows. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- variance: a Fold<Agreement, AgreementEvent> is no Fold<unknown, NewEvent>
export type AnyFold = Fold<any, any>;

/** A stream folded up to a version, with the version of its last snapshot (0: none). */
export interface Folded {
  readonly version: number;
  readonly state: unknown;
  readonly snapshotVersion: number;
}

/** What a fold is given of an event. */
export type FoldedEvent = NewEvent & Pick<RecordedEvent, 'recordedAt' | 'version' | 'meta' | 'position'>;

/** The folds of this release, one a kind of stream. */
export class Folds {
  readonly #folds: readonly AnyFold[];
  readonly #types: ReadonlyMap<string, AnyFold>;

  /** @throws Error when two folds claim one kind or one event type. */
  constructor(folds: readonly AnyFold[]) {
    const kinds = new Set<string>();
    const types = new Map<string, AnyFold>();
    for (const fold of folds) {
      if (kinds.has(fold.kind)) throw new Error(`Two folds are given for the streams ${fold.kind}…; keep one of them.`);
      kinds.add(fold.kind);
      for (const type of fold.types) {
        if (types.has(type)) throw new Error(`The event type ${type} belongs to ${types.get(type)?.kind} and to ${fold.kind}; a type has one kind of stream.`);
        types.set(type, fold);
      }
    }
    // The longest kind first: `agreement-draft-` is not taken for `agreement-`.
    this.#folds = [...folds].sort((a, b) => b.kind.length - a.kind.length);
    this.#types = types;
  }

  /** Every event type this release can read. */
  get types(): string[] {
    return [...this.#types.keys()];
  }

  /** @throws RangeError for a stream of a kind nobody folds. */
  of(stream: string): AnyFold {
    const fold = this.#folds.find(({ kind }) => stream.startsWith(kind));
    if (!fold) throw new RangeError(`Nothing folds the stream ${stream}. Give the Journal the fold of its kind.`);
    return fold;
  }

  /** @throws ReleaseTooOld for an event of a type the fold does not know. */
  evolve(fold: AnyFold, state: unknown, event: FoldedEvent): unknown {
    return fold.evolve(state, this.today(event, fold));
  }

  /** The event as this release speaks: its data through the upcast of its type, where there is one. */
  today<E extends FoldedEvent>(event: E, fold = this.#types.get(event.type)): E {
    if (!fold || fold !== this.#types.get(event.type)) throw new ReleaseTooOld(event.type, event.position);
    return upcastBy(fold, event);
  }
}

/** Folded states of the streams used last, so that only what is new is read. Only what is committed may be put in. */
export class StateCache {
  readonly #states = new Map<string, Folded>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  get(tenant: string, stream: string): Folded | undefined {
    return this.#states.get(`${tenant} ${stream}`);
  }

  put(tenant: string, stream: string, folded: Folded): void {
    const key = `${tenant} ${stream}`;
    this.#states.delete(key); // a Map keeps the order of insertion: the last one used goes to the end
    this.#states.set(key, folded);
    if (this.#states.size > this.#most) this.#states.delete(this.#states.keys().next().value!);
  }

  drop(tenant: string, stream: string): void {
    this.#states.delete(`${tenant} ${stream}`);
  }
}
