import type { JsonObject } from '@concordat/platform/core';

/** A fact about to be appended: which stream, which type (`concordat.<stream kind>.<fact>.v1`), and what happened. */
export interface NewEvent<T extends string = string, D = JsonObject> {
  readonly stream: string;
  readonly type: T;
  readonly data: D;
}

/** Who did it and in which train of thought. Never a name, never free text. */
export interface EventMeta {
  /** A person id or `system:<name>`. */
  readonly actor: string;
  readonly command: string;
  readonly commandId: string;
  readonly correlationId: string;
  /** The event that made a consumer act, where one did. */
  readonly causationId?: string;
}

/** A fact as it stands in the journal. */
export interface RecordedEvent<T extends string = string, D = JsonObject> extends NewEvent<T, D> {
  readonly id: string;
  /** Place in the tenant's feed, from 1, without gaps. */
  readonly position: number;
  /** Place in its stream, from 1, without gaps. */
  readonly version: number;
  /** ISO 8601 in UTC, microseconds kept by the database, never falling along the feed. */
  readonly recordedAt: string;
  readonly meta: EventMeta;
}

/** Turns stored data of an old shape into today's, on read; stored data never changes. */
export type Upcast = (data: JsonObject) => JsonObject;

/**
 * How the streams of one kind (`agreement-`, `person-`, …) become a state.
 * `evolve` must be total over the kind's event types; `number` rises whenever the same events would give another state.
 */
export interface Fold<S, E extends NewEvent = NewEvent> {
  readonly kind: string;
  readonly number: number;
  readonly initial: S;
  readonly types: readonly E['type'][];
  readonly upcasts: Readonly<Partial<Record<E['type'], Upcast>>>;
  evolve(state: S, event: E & { readonly recordedAt: string; readonly version: number; readonly meta: EventMeta }): S;
}

/** The event as this release speaks: its data through the upcast of its type, where the fold has one. */
export function upcastBy<E extends { readonly type: string; readonly data: unknown }>({ upcasts }: { readonly upcasts: Readonly<Partial<Record<string, Upcast>>> }, event: E): E {
  const upcast = upcasts[event.type];
  return upcast === undefined ? event : { ...event, data: upcast(event.data as JsonObject) };
}
