import { newId } from '@concordat/platform';
import { canonical, type Json } from '@concordat/platform/core';
import { payloadHashOf } from './chain.js';
import type { Decision, Fold, NewEvent, Refusal } from './core/index.js';
import { type AnyFold, type Folded, type Folds } from './folding.js';
import type { Appended, Receipt } from './journal.store.js';
import { receiptOf } from './journal.store.js';

/** Folded streams; only those that were named can be asked for. */
export interface StreamStates {
  /**
   * The state of a stream and its version (0 and the fold's initial state for one that has no event yet).
   * @throws RangeError for a stream that was not named, or another fold than the journal's.
   */
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- see AnyFold
  of<S>(fold: Fold<S, any>, stream: string): { readonly state: S; readonly version: number };
  /** @throws RangeError for a stream that was not named. */
  versionOf(stream: string): number;
}

/** One command, as its handler hands it to the journal. */
export interface RecordRequest {
  readonly tenant: string;
  /** UUID; the same command sent again has the same one. */
  readonly commandId: string;
  /** Hex HMAC of the request. */
  readonly fingerprint: string;
  readonly meta: { readonly actor: string; readonly command: string; readonly correlationId: string; readonly causationId?: string };
  /** Every stream that is read or appended to: whatever can refuse. */
  readonly streams: readonly string[];
  /** What the caller says it has seen (If-Match). */
  readonly expectedVersion?: { readonly stream: string; readonly version: number };
  /** Pure; may be called again on newer states. Events go only to streams named here. */
  decide(streams: StreamStates): Decision<NewEvent>;
  /** Kept in the receipt and answered again on a repeat. */
  readonly created?: Json;
}

/** What became of a command. Faults (database away, release too old, a bug in decide) reject instead. */
export type Outcome =
  | { readonly outcome: 'recorded'; readonly receipt: Receipt; /** True when an earlier request had done it already. */ readonly repeated: boolean }
  | { readonly outcome: 'refused'; readonly refusals: readonly [Refusal, ...Refusal[]]; /** The versions it was decided on. */ readonly versions: Record<string, number> }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'precondition-failed'; /** The version there is. */ readonly version: number }
  | { readonly outcome: 'conflict' };

/** A command that waits for its answer. */
export interface Waiting {
  readonly request: RecordRequest;
  readonly answer: (outcome: Outcome) => void;
  readonly fault: (fault: unknown) => void;
  /** How often what it was decided on turned out not to be what is. */
  lost: number;
  /** True once what this process held was not what is: it is decided on what is read anew. */
  stale: boolean;
  /** How often the connection was lost while it was being committed. */
  cut: number;
  /** Ids of events it was sent with: a receipt that has one of them is its own, not a repeat's. */
  readonly sent: Set<string>;
}

/** A stream while a batch is decided: what was loaded, moved on by every unit decided so far; or why it cannot be folded. */
export type Working = { readonly fold: AnyFold; readonly folded: Folded } | { readonly fault: unknown };

/** What a command came to, before anything is committed. */
export type Verdict =
  | { readonly is: 'answer'; readonly outcome: Outcome }
  | { readonly is: 'fault'; readonly fault: unknown }
  | { readonly is: 'unit'; readonly unit: Unit }
  /** The batch was full: it is decided with the next. */
  | { readonly is: 'later' };

/** Events of one command, all or nothing, as JSON text for journal.append. */
export interface Unit {
  readonly text: string;
  readonly at: string;
  readonly events: readonly { readonly id: string; readonly stream: string; readonly type: string; readonly version: number }[];
  readonly versions: Readonly<Record<string, number>>;
  /** The streams it moves, as they are once it is committed. */
  readonly moved: ReadonlyMap<string, Folded>;
}

/**
 * So many events after a snapshot comes the next: 64, and more of a long stream, whose state may be as long. A snapshot is the whole
 * state, so at a fixed distance a command would cost more the more there is; 512 are folded in milliseconds.
 */
const snapshotAfter = (version: number): number => Math.min(512, Math.max(64, version / 4));
const mostBytes = 4 * 1024 * 1024;

/**
 * Decides commands in turn, each on the states the ones before it leave behind.
 * @param working is moved on by every unit.
 * @param at the moment to record, ISO 8601 with six digits of a second.
 */
export function decideInTurn(folds: Folds, waiting: readonly Waiting[], receipts: ReadonlyMap<string, Receipt>, working: Map<string, Working>, at: string): Verdict[] {
  let bytes = 0;
  let full = false;
  return waiting.map((one): Verdict => {
    if (full) return { is: 'later' };
    const receipt = receipts.get(one.request.commandId);
    if (receipt) return { is: 'answer', outcome: known(one, receipt) };
    try {
      const verdict = decideOne(folds, one, working, at);
      if (verdict.is !== 'unit') return verdict;
      const size = Buffer.byteLength(verdict.unit.text);
      if (bytes > 0 && bytes + size > mostBytes) {
        full = true;
        return { is: 'later' };
      }
      bytes += size;
      for (const [stream, folded] of verdict.unit.moved) working.set(stream, { fold: folds.of(stream), folded });
      return verdict;
    } catch (fault) {
      return { is: 'fault', fault };
    }
  });
}

/** The answer to a command whose receipt exists. */
export function known({ request, sent }: Waiting, receipt: Receipt): Outcome {
  if (receipt.fingerprint !== request.fingerprint) return { outcome: 'key-reused' };
  return { outcome: 'recorded', receipt: receiptOf(receipt), repeated: !receipt.events.some(({ id }) => sent.has(id)) };
}

/** The receipt of a unit that was just appended, as journal.append wrote it. */
export function receiptFor({ request }: Waiting, unit: Unit, { position, recordedAt }: Appended & { outcome: 'appended' }): Receipt {
  const before = position - unit.events.length;
  return {
    fingerprint: request.fingerprint,
    position,
    versions: unit.versions,
    events: unit.events.map(({ id, stream, type, version }, index) => ({ id, stream, type, version, position: before + index + 1 })),
    created: request.created ?? null,
    recordedAt,
  };
}

function decideOne(folds: Folds, { request, sent }: Waiting, working: ReadonlyMap<string, Working>, at: string): Verdict {
  const streams = new Map(request.streams.map((stream) => [stream, folded(working, stream)]));
  const { expectedVersion } = request;
  if (expectedVersion) {
    const version = named(streams, expectedVersion.stream).folded.version;
    if (version !== expectedVersion.version) return { is: 'answer', outcome: { outcome: 'precondition-failed', version } };
  }
  const decision = request.decide(statesOf(streams));
  const versions: Record<string, number> = {};
  for (const [stream, { folded }] of streams) versions[stream] = folded.version;
  if ('refused' in decision) return { is: 'answer', outcome: { outcome: 'refused', refusals: decision.refused, versions } };
  return { is: 'unit', unit: unitOf(folds, request, sent, decision.accepted, streams, versions, at) };
}

type KnownStream = Exclude<Working, { fault: unknown }>;

function unitOf(
  folds: Folds,
  request: RecordRequest,
  sent: Set<string>,
  accepted: readonly NewEvent[],
  streams: ReadonlyMap<string, KnownStream>,
  before: Readonly<Record<string, number>>,
  at: string,
): Unit {
  const meta = { ...request.meta, commandId: request.commandId };
  const metaText = canonical(meta);
  const moved = new Map<string, Folded>();
  const texts: string[] = [];
  const events = accepted.map(({ stream, type, data }) => {
    const { fold, folded } = named(streams, stream);
    const { version, state, snapshotVersion } = moved.get(stream) ?? folded;
    const event = { id: newId(), stream, type, version: version + 1 };
    // What is folded is what will be read back, not the object decide happened to build.
    const text = canonical(data);
    moved.set(stream, {
      version: event.version,
      state: folds.evolve(fold, state, { type, version: event.version, stream, data: JSON.parse(text), meta, recordedAt: at, position: 0 }),
      snapshotVersion,
    });
    texts.push(
      `{"id":"${event.id}","stream":${canonical(stream)},"type":${canonical(type)},"data":${text},"payloadHash":"${payloadHashOf(event.id, type, text, metaText)}"}`,
    );
    sent.add(event.id);
    return event;
  });
  const snapshots = [...moved].flatMap(([stream, { version, state, snapshotVersion }]) => {
    if (version - snapshotVersion < snapshotAfter(version)) return [];
    moved.set(stream, { version, state, snapshotVersion: version });
    return `${JSON.stringify(stream)}:{"version":${version},"fold":${named(streams, stream).fold.number},"state":${JSON.stringify(state)}}`;
  });
  const versions = { ...before };
  for (const [stream, { version }] of moved) versions[stream] = version;
  return {
    text:
      `{"commandId":"${request.commandId}","fingerprint":${canonical(request.fingerprint)},"at":"${at}","expected":${JSON.stringify(before)},"meta":${metaText},` +
      `"created":${JSON.stringify(request.created ?? null)},"events":[${texts.join(',')}],"snapshots":{${snapshots.join(',')}}}`,
    at,
    events,
    versions,
    moved,
  };
}

/** States as decide may ask for them. */
export function statesOf(streams: ReadonlyMap<string, KnownStream>): StreamStates {
  return {
    of<S>(fold: Fold<S>, stream: string) {
      const { fold: ours, folded } = named(streams, stream);
      if (ours.kind !== fold.kind || ours.number !== fold.number) {
        throw new RangeError(`The journal folds ${stream} with fold ${ours.number} of ${ours.kind}, not with fold ${fold.number} of ${fold.kind}.`);
      }
      return { state: folded.state as S, version: folded.version };
    },
    versionOf: (stream) => named(streams, stream).folded.version,
  };
}

function named(streams: ReadonlyMap<string, KnownStream>, stream: string): KnownStream {
  const found = streams.get(stream);
  if (!found) throw new RangeError(`The stream ${stream} was not named in streams: what is not named is not held to its version. Name it.`);
  return found;
}

/** @throws whatever kept the stream from being folded. */
export function folded(working: ReadonlyMap<string, Working>, stream: string): KnownStream {
  const found = working.get(stream);
  if (!found) throw new RangeError(`The stream ${stream} was not loaded.`);
  if ('fault' in found) throw found.fault;
  return found;
}
