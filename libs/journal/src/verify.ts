import type { Database } from '@concordat/platform';
import type { JsonObject } from '@concordat/platform/core';
import { chainHash, firstPrevious, type Link, payloadHash, streamHash } from './chain.js';
import type { EventMeta } from './core/index.js';
import type { EventRow } from './journal.store.js';
import { type Ask, askerOf, type HeadRow, readHead, readPart, readStrays, readWitnessed, type Stray, tenantsOf, type WitnessedRow } from './verify.store.js';

/** What checking one tenant's chain came to. */
export interface TenantVerdict {
  readonly tenant: string;
  /** How many events were found sound, from the first on. */
  readonly events: number;
  /** How many of them stand there by their hashes alone, as in an export of one stream. */
  readonly sealed?: number;
  readonly ok: boolean;
  /** The first position at which something is not as it was written, and what. */
  readonly firstBad?: { readonly position: number; readonly reason: string };
}

/** What checking came to; `ok` of every tenant decides. */
export interface Verification {
  readonly tenants: readonly TenantVerdict[];
}

const batch = 1_000;
const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;

/**
 * Walks the chain of every tenant, or of those named, in batches: memory does not grow with the journal, and commands may go on.
 * It finds what was changed, removed, inserted or reordered by anyone who did not also write every later hash anew, head and
 * receipts included; against that, only a head that somebody outside has kept helps.
 * @throws DatabaseUnavailable.
 */
export async function verifyChain(database: Database, { tenants }: { tenants?: readonly string[] } = {}): Promise<Verification> {
  const verdicts: TenantVerdict[] = [];
  for (const tenant of tenants ?? (await tenantsOf(database))) verdicts.push(await verifyTenant(askerOf(database, tenant), tenant));
  return { tenants: verdicts };
}

/** The same for one tenant, asking through any connection. */
export async function verifyTenant(ask: Ask, tenant: string): Promise<TenantVerdict> {
  return (await walked(ask, tenant, start, () => false)) as TenantVerdict;
}

/** How far a walk along the chain of one tenant came, all of it sound: with this it goes on where it stood. */
export interface ChainMark {
  readonly position: number;
  readonly hash: string;
  readonly recordedAt: string;
  readonly epoch: number;
}
const start: ChainMark = { position: 0, hash: firstPrevious, recordedAt: '', epoch: 0 };

/**
 * A part of such a walk, for whoever cannot wait for the whole: on from a mark, for about so many ms. The parts together look at all
 * that one walk does. Whoever lets a mark out of hand signs it, for a mark made up would leave out what comes before it.
 * @returns the verdict at the end, else how far it came and where the chain ends.
 */
export async function verifyPart(database: Database, tenant: string, from: ChainMark | undefined, withinMs: number): Promise<TenantVerdict | { readonly reached: ChainMark; readonly until: number }> {
  const begun = performance.now();
  return walked(askerOf(database, tenant), tenant, from ?? start, () => performance.now() - begun >= withinMs);
}

async function walked(ask: Ask, tenant: string, from: ChainMark, isEnough: () => boolean): Promise<TenantVerdict | { readonly reached: ChainMark; readonly until: number }> {
  // The head is read first: events appended while we walk come after it and are none of this walk's concern.
  const head = await readHead(ask, tenant);
  const walk = new Walk(tenant, from);
  const until = Number(head?.position ?? 0);
  while (!walk.bad && walk.position < until) {
    if (walk.position > from.position && isEnough()) return { reached: walk.mark(), until };
    const rows = await readWitnessed(ask, tenant, walk.position + 1, Math.min(walk.position + batch, until));
    if (rows.length === 0) walk.refuse(walk.position + 1, 'the event is missing');
    for (const row of rows) if (!walk.bad) walk.step(row, () => outOfPlace(row));
  }
  if (head) walk.end(head);
  // A stream with more versions than events has lost some; where, the gap in the chain tells better, if there is one.
  const [stray] = (await readStrays(ask, tenant)).filter(({ what }) => what !== 'stream' || !walk.bad);
  if (stray && (!walk.bad || stray.position < walk.bad.position)) walk.refuse(stray.position, words[stray.what](stray.name));
  return walk.verdict();
}

const words: Readonly<Record<Stray['what'], (name: string) => string>> = {
  event: () => 'the event comes after the head',
  receipt: (command) => `the receipt of command ${command} ends here, and no event of that command does`,
  stream: (stream) => `the stream ${stream} claims more versions than it has events`,
};

function outOfPlace(row: WitnessedRow): string | undefined {
  if (row.version > 1 && (row.before === null || Number(row.before) >= Number(row.position))) return `version ${row.version} of ${row.stream} does not follow version ${row.version - 1}`;
  if (row.stream_version === null) return `the stream ${row.stream} has an event, but is not in the list of streams`;
  if (row.stream_version < row.version) return `the stream ${row.stream} claims version ${row.stream_version}, and this is version ${row.version}`;
  if (row.receipt_first === null) return 'no receipt covers its command';
  if (Number(row.receipt_first) > Number(row.position) || Number(row.receipt_last) < Number(row.position)) return 'the receipt of its command covers other positions';
  return undefined;
}

/** One tenant's chain, event by event. */
class Walk {
  readonly #tenant: string;
  position: number;
  bad: { position: number; reason: string } | undefined;
  #hash: string;
  #recordedAt: string;
  #epoch: number;
  #sealed = 0;

  constructor(tenant: string, { position, hash, recordedAt, epoch }: ChainMark = start) {
    this.#tenant = tenant;
    this.position = position;
    this.#hash = hash;
    this.#recordedAt = recordedAt;
    this.#epoch = epoch;
  }

  mark(): ChainMark {
    return { position: this.position, hash: this.#hash, recordedAt: this.#recordedAt, epoch: this.#epoch };
  }

  refuse(position: number, reason: string): void {
    this.bad = { position, reason };
  }

  step(row: EventRow, further: () => string | undefined): void {
    this.#link(sealOf(row), () => (payloadHash(row) === row.payload_hash ? undefined : 'id, type, data or meta are not what was hashed'), further);
  }

  /** An event of which only the hashes are there: that it stands in the chain is checked, and what it says cannot be. */
  sealed(seal: SealLine, further: () => string | undefined): void {
    this.#link(seal, () => undefined, further);
    if (!this.bad) this.#sealed += 1;
  }

  #link(seal: SealLine, untrue: () => string | undefined, further: () => string | undefined): void {
    const next = this.position + 1;
    const { position } = seal;
    if (position !== next) return this.refuse(next, position > next ? `the event is missing; the next one there is has position ${position}` : `position ${position} comes again`);
    const reason = this.#wrong(seal, untrue) ?? further();
    if (reason !== undefined) return this.refuse(position, reason);
    this.position = position;
    this.#hash = seal.hash;
    this.#recordedAt = seal.recordedAt;
    this.#epoch = seal.epoch;
  }

  end(head: HeadRow): void {
    if (this.bad) return;
    const position = Number(head.position);
    if (position !== this.position) return this.refuse(this.position + 1, `the event is missing; the head says the feed goes on to ${position}`);
    if (head.hash !== this.#hash) return this.refuse(position, 'the head has another hash than the last event');
    if (head.epoch !== this.#epoch || head.recorded_at !== this.#recordedAt) this.refuse(position, 'the head has another epoch or moment than the last event');
  }

  verdict(): TenantVerdict {
    return { tenant: this.#tenant, events: this.position, ...(this.#sealed > 0 && { sealed: this.#sealed }), ok: !this.bad, ...(this.bad && { firstBad: this.bad }) };
  }

  #wrong(seal: SealLine, untrue: () => string | undefined): string | undefined {
    if (seal.tenant !== this.#tenant) return `the event belongs to tenant ${seal.tenant}`;
    if (!moment.test(seal.recordedAt)) return `it was recorded at ${seal.recordedAt}, which append never writes`;
    const said = untrue();
    if (said !== undefined) return said;
    if (chainHash(this.#hash, seal) !== seal.hash) return 'the hash does not follow from the event and the hash before it';
    if (seal.recordedAt < this.#recordedAt) return 'it was recorded before the event before it';
    if (seal.epoch < this.#epoch) return 'its epoch is lower than that of the event before it';
    return undefined;
  }
}

/** An event by its hashes alone, as a line of NDJSON: what the chain covers of it, and nothing of what it says or of which stream it is. */
interface SealLine extends Link {
  /** Hex. */
  readonly hash: string;
}

function sealOf({ tenant, epoch, position, stream, version, recorded_at, payload_hash, hash }: Omit<EventRow, 'data' | 'meta'>): SealLine {
  return { tenant, epoch, position: Number(position), streamHash: streamHash(stream), version, recordedAt: recorded_at, payloadHash: payload_hash, hash };
}

/** One event of an export, as a line of NDJSON. */
interface EventLine {
  readonly tenant: string;
  readonly epoch: number;
  readonly position: number;
  readonly id: string;
  readonly stream: string;
  readonly version: number;
  readonly type: string;
  readonly data: JsonObject;
  readonly meta: EventMeta;
  readonly recordedAt: string;
  readonly payloadHash: string;
  readonly hash: string;
}

/** The last line of a tenant's chain in an export. */
interface HeadLine {
  readonly tenant: string;
  readonly head: { readonly position: number; readonly hash: string; readonly epoch: number; readonly recordedAt: string };
}

/**
 * The chain as lines of JSON, for `verifyLines` by anyone, anywhere: a line an event in order, then a line with the head, tenant
 * after tenant. Lines come without their line feed.
 */
export async function* exportLines(database: Database, { tenants }: { tenants?: readonly string[] } = {}): AsyncGenerator<string> {
  for (const tenant of tenants ?? (await tenantsOf(database))) {
    yield* linesOf(askerOf(database, tenant), tenant, async (ask, from, until) => (await readWitnessed(ask, tenant, from, until)).map(eventLine));
  }
}

/**
 * The same of one stream: its events whole, and every other event of the tenant by its hashes alone. So the file can be checked up
 * to the head like the whole chain, none of the stream's events can be left out of it unnoticed, and it tells nothing of any other.
 */
export async function* exportPart(database: Database, { tenant, stream }: { tenant: string; stream: string }): AsyncGenerator<string> {
  yield* linesOf(askerOf(database, tenant), tenant, async (ask, from, until) =>
    (await readPart(ask, tenant, stream, from, until)).map(({ data, meta, ...row }) => (data === null || meta === null ? sealOf(row) : eventLine({ ...row, data, meta }))),
  );
}

/** Lines as a file has them, each with its line feed. */
export async function* ndjson(lines: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const line of lines) yield `${line}\n`;
}

async function* linesOf(ask: Ask, tenant: string, read: (ask: Ask, from: number, until: number) => Promise<readonly (EventLine | SealLine)[]>): AsyncGenerator<string> {
  const head = await readHead(ask, tenant);
  const until = Number(head?.position ?? 0);
  for (let from = 1; from <= until; from += batch) {
    for (const line of await read(ask, from, Math.min(from + batch - 1, until))) yield JSON.stringify(line);
  }
  if (head) yield JSON.stringify({ tenant, head: { position: until, hash: head.hash, epoch: head.epoch, recordedAt: head.recorded_at } } satisfies HeadLine);
}

function eventLine({ tenant, epoch, position, id, stream, version, type, data, meta, recorded_at, payload_hash, hash }: EventRow): EventLine {
  return { tenant, epoch, position: Number(position), id, stream, version, type, data, meta, recordedAt: recorded_at, payloadHash: payload_hash, hash };
}

/** Checks an export without a database. Memory grows with the number of streams, not of events. */
export async function verifyLines(lines: AsyncIterable<string> | Iterable<string>): Promise<Verification> {
  const walks = new Map<string, { walk: Walk; streams: Streams; ended: boolean }>();
  let number = 0;
  let before = 'unknown';
  for await (const text of lines) {
    number += 1;
    if (text.trim() === '') continue;
    const line = parse(text);
    // A line that cannot be read stands in the middle of a chain, and is that chain's, unless it comes between two.
    const tenant = line?.tenant ?? (walks.get(before)?.ended === true ? 'unknown' : before);
    before = tenant;
    const known = walks.get(tenant) ?? { walk: new Walk(tenant), streams: new Streams(), ended: false };
    walks.set(tenant, known);
    const { walk, streams } = known;
    if (walk.bad) continue;
    if (!line) walk.refuse(walk.position + 1, `line ${number} is neither an event nor a head as it is exported`);
    else if (known.ended) walk.refuse(walk.position + 1, `line ${number} comes after the head`);
    else if ('head' in line) {
      known.ended = true;
      walk.end({ position: String(line.head.position), hash: line.head.hash, epoch: line.head.epoch, recorded_at: line.head.recordedAt });
    } else if ('streamHash' in line) walk.sealed(line, () => streams.goesOn(line.streamHash, line.version, undefined));
    else {
      const row = { ...line, position: String(line.position), recorded_at: line.recordedAt, payload_hash: line.payloadHash };
      walk.step(row, () => streams.goesOn(streamHash(line.stream), line.version, line.stream));
    }
  }
  for (const { walk, ended } of walks.values()) if (!ended && !walk.bad) walk.refuse(walk.position + 1, 'the export ends before the head: lines are missing at its end');
  return { tenants: [...walks.values()].map(({ walk }) => walk.verdict()) };
}

/** The streams of an export: each goes on version by version, and is told whole or not at all. */
class Streams {
  readonly #seen = new Map<string, { readonly version: number; readonly name: string | undefined }>();

  /** @returns why this event cannot be the next of its stream; `name` is undefined where it stands there by its hashes alone. */
  goesOn(hash: string, version: number, name: string | undefined): string | undefined {
    const seen = this.#seen.get(hash);
    const told = name ?? seen?.name ?? 'a stream';
    if (version !== (seen?.version ?? 0) + 1) return `version ${version} of ${told} does not follow version ${seen?.version ?? 0}`;
    if (seen !== undefined && seen.name !== name) return `version ${version} of ${told} stands there by its hashes alone or ones before it do: a stream is exported whole or not at all`;
    this.#seen.set(hash, { version, name });
    return undefined;
  }
}

const eventMembers = 12;
const headMembers = 4;
const sealMembers = 8;

/**
 * A line that has every member of an event, of one by its hashes or of a head, each of its kind, and no other; undefined for anything else. What says
 * more than is checked, or says one thing twice, would be read by people as if it had been checked.
 */
function parse(text: string): EventLine | SealLine | HeadLine | undefined {
  try {
    const line = JSON.parse(text) as Partial<EventLine & SealLine & HeadLine> | null;
    if (!line || typeof line.tenant !== 'string') return undefined;
    if (JSON.stringify(line) !== text.trim()) return undefined;
    if (line.head) {
      const members = Object.keys(line).length === 2 && Object.keys(line.head).length === headMembers;
      return members && typeof line.head.hash === 'string' && Number.isSafeInteger(line.head.position) ? (line as HeadLine) : undefined;
    }
    const numbers = [line.epoch, line.position, line.version].every(Number.isSafeInteger);
    if (line.streamHash !== undefined) {
      const seals = [line.streamHash, line.payloadHash, line.hash].every((member) => typeof member === 'string' && /^[0-9a-f]{64}$/.test(member));
      return seals && numbers && typeof line.recordedAt === 'string' && Object.keys(line).length === sealMembers ? (line as SealLine) : undefined;
    }
    if (Object.keys(line).length !== eventMembers) return undefined;
    const texts = [line.id, line.stream, line.type, line.recordedAt, line.payloadHash, line.hash].every((member) => typeof member === 'string');
    const objects = [line.data, line.meta].every((member) => typeof member === 'object' && member !== null);
    return texts && numbers && objects ? (line as EventLine) : undefined;
  } catch {
    return undefined;
  }
}
