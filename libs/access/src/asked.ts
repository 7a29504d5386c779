import type { NewEvent, Refusal } from '@concordat/journal/core';
import type { Receipt } from '@concordat/journal';
import type { Actor } from './core/index.js';

/** Who asks for a command, and under which name the answer is remembered. */
export interface Asked {
  readonly tenant: string;
  readonly actor: Actor;
  /** uuidv5(tenant, principal, key): the same request always carries the same one. */
  readonly commandId: string;
  /** HMAC of the request as it came in, hex, so that a reused key with another body is noticed. */
  readonly fingerprint: string;
  readonly correlationId: string;
  /** The version of the stream the command is about, as the caller saw it (`If-Match`); absent when any will do. */
  readonly expectedVersion?: number;
}

/** What came of a command. Everything a caller must tell apart is a member; only faults are exceptions. */
export type CommandOutcome =
  | { readonly outcome: 'recorded'; readonly receipt: Receipt; readonly repeated: boolean }
  | { readonly outcome: 'would-record'; readonly events: readonly NewEvent[]; readonly version: number }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'precondition-failed'; readonly version: number }
  | { readonly outcome: 'conflict' };
