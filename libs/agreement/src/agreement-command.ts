import type { Actor } from '@concordat/access/core';
import type { NewEvent, Refusal } from '@concordat/journal/core';
import type { Receipt } from '@concordat/journal';
import type { AgreementCommandBody } from './core/index.js';

/** Who asks, and under which name the answer is remembered. */
export interface Asked {
  readonly tenant: string;
  readonly actor: Actor;
  /** uuidv5(tenant, principal, key): the same request always carries the same one. */
  readonly commandId: string;
  /** HMAC of the request as it came in, so that a reused key with another body is noticed. */
  readonly fingerprint: string;
  readonly correlationId: string;
  /** The version the caller saw (`If-Match`); absent when any will do. */
  readonly expectedVersion?: number;
}

/**
 * The one message of the agreement aggregate on the CommandBus. `command` is plain JSON with its free text sealed, so that
 * one revived from an operation's row is the same thing as one that came over HTTP.
 */
export class AgreementCommand {
  constructor(
    readonly agreement: string,
    readonly command: AgreementCommandBody,
    readonly asked: Asked,
    readonly dryRun = false,
  ) {}
}

/** What came of a command. Everything a caller must tell apart is a member; only faults are exceptions. */
export type CommandOutcome =
  | { readonly outcome: 'recorded'; readonly receipt: Receipt; readonly repeated: boolean }
  | { readonly outcome: 'would-record'; readonly events: readonly NewEvent[]; readonly version: number }
  | { readonly outcome: 'refused'; readonly refusals: readonly Refusal[] }
  | { readonly outcome: 'key-reused' }
  | { readonly outcome: 'precondition-failed'; readonly version: number }
  | { readonly outcome: 'conflict' };
