import type { Database } from '@concordat/platform';
import type { Json, JsonObject } from '@concordat/platform/core';
import type { EventMeta, RecordedEvent } from './core/index.js';

/** What the journal keeps of an accepted command, for good. */
export interface Receipt {
  /** Hex HMAC of the request: the same command id with another one is another request. */
  readonly fingerprint: string;
  /** The last position of its events; they stand in one run. */
  readonly position: number;
  /** The version after it of every stream it was decided on. */
  readonly versions: Readonly<Record<string, number>>;
  readonly events: readonly { readonly id: string; readonly stream: string; readonly type: string; readonly version: number; readonly position: number }[];
  /** What the handler wants to answer again on a repeat: ids of things created. */
  readonly created: Json;
  /** ISO 8601 in UTC, six digits of a second. */
  readonly recordedAt: string;
}

/** A row of what journal.load answers; see the statement's header. */
export interface LoadedRow {
  readonly stream: string;
  readonly version: number;
  readonly kept: boolean;
  readonly from: number;
  readonly snapshot: unknown;
  readonly snapshotVersion: number;
  readonly events: readonly RecordedEvent[] | null;
}

export interface Loaded {
  /** The latest moment told in the tenant; undefined before its first event. */
  readonly at: string | undefined;
  readonly receipts: readonly (Receipt & { commandId: string })[];
  /** Streams that are not just as they are held. */
  readonly streams: readonly LoadedRow[];
}

export type Appended =
  | { readonly outcome: 'appended'; readonly position: number; readonly recordedAt: string }
  | { readonly outcome: 'duplicate'; readonly receipt: Receipt }
  | { readonly outcome: 'conflict' };

/** The row of an event, as functions and tables give it. */
export interface EventRow {
  tenant: string;
  position: string;
  id: string;
  stream: string;
  version: number;
  type: string;
  data: JsonObject;
  meta: EventMeta;
  epoch: number;
  recorded_at: string;
  payload_hash: string;
  hash: string;
}

/** The columns of an event in the form of EventRow: the moment with all its digits, hashes in hex. */
export const eventColumns = `e.tenant, e.position, e.id, e.stream, e.version, e.type, e.data, e.meta, e.epoch,
  journal.moment(e.recorded_at) AS recorded_at, encode(e.payload_hash, 'hex') AS payload_hash, encode(e.hash, 'hex') AS hash`;

export function recorded({ position, id, stream, version, type, data, meta, recorded_at }: EventRow): RecordedEvent {
  return { position: Number(position), id, stream, version, type, data, meta, recordedAt: recorded_at };
}

/** The statements of the journal: each one round trip, each setting the tenant inside. */
export class JournalStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async load(tenant: string, streams: readonly { stream: string; held: number; fold: number }[], commandIds: readonly string[]): Promise<Loaded> {
    const [row] = await this.#database.statement<{ at: string | null; receipts: Loaded['receipts'] | null; streams: LoadedRow[] | null }>(
      'journal.load',
      'SELECT at, receipts, streams FROM journal.load($1, $2, $3)',
      [tenant, JSON.stringify(streams), commandIds],
    );
    return { at: row?.at ?? undefined, receipts: row?.receipts ?? [], streams: row?.streams ?? [] };
  }

  /** @param units each the JSON text of a unit, as journal.append describes it. */
  async append(tenant: string, units: readonly string[]): Promise<readonly Appended[]> {
    const [row] = await this.#database.statement<{ answers: Appended[] }>('journal.append', 'SELECT journal.append($1, $2) AS answers', [tenant, `[${units.join(',')}]`]);
    return row?.answers ?? [];
  }

  async feed(tenant: string, after: number, limit: number, stream: string | undefined, types: readonly string[] | undefined): Promise<RecordedEvent[]> {
    const rows = await this.#database.statement<EventRow>('journal.feed', `SELECT ${eventColumns} FROM journal.feed($1, $2, $3, $4, $5) e`, [
      tenant,
      after,
      limit,
      stream ?? null,
      types ?? null,
    ]);
    return rows.map(recorded);
  }

  async history(tenant: string, stream: string, after: number, limit: number, until: Date | undefined): Promise<RecordedEvent[]> {
    const rows = await this.#database.statement<EventRow>('journal.history', `SELECT ${eventColumns} FROM journal.history($1, $2, $3, $4, $5) e`, [
      tenant,
      stream,
      after,
      limit,
      until?.toISOString() ?? null,
    ]);
    return rows.map(recorded);
  }

  async head(tenant: string): Promise<{ position: number; hash: string; epoch: number } | undefined> {
    const [row] = await this.#database.statement<{ position: string; hash: string; epoch: number }>(
      'journal.head',
      `SELECT position, encode(hash, 'hex') AS hash, epoch FROM journal.head_of($1)`,
      [tenant],
    );
    return row && { ...row, position: Number(row.position) };
  }

  async receipt(tenant: string, commandId: string): Promise<Receipt | undefined> {
    const [row] = await this.#database.statement<{ receipt: (Receipt & { commandId?: string }) | null }>('journal.receipt', 'SELECT journal.receipt_of($1, $2) AS receipt', [
      tenant,
      commandId,
    ]);
    return row?.receipt ? receiptOf(row.receipt) : undefined;
  }
}

/** A stored receipt as it is answered, its members chosen one by one. */
export function receiptOf({ fingerprint, position, versions, events, created, recordedAt }: Receipt): Receipt {
  return { fingerprint, position, versions, events, created, recordedAt };
}
