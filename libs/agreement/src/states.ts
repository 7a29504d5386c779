import { type Person, personFold, providerFold } from '@concordat/access/core';
import type { Journal, StreamStates } from '@concordat/journal';
import type { Fold, NewEvent } from '@concordat/journal/core';
import type { Besides, Documents } from './context.js';
import { type Agreement, agreementFold, agreementStream, arrivalFold, arrivalStream, endersMatter, erasedOf, erasureMatters, initialArrival, participantFold, type States, variedMatters } from './core/index.js';

/** The streams a command is decided on, as the core wants them: the agreement, and everybody else by id. */
export function statesFrom(loaded: StreamStates, agreement: string, streams: readonly string[]): States {
  return {
    agreement: loaded.of(agreementFold, agreementStream(agreement)).state,
    arrival: streams.includes(arrivalStream(agreement)) ? loaded.of(arrivalFold, arrivalStream(agreement)).state : initialArrival,
    others: ofKind(loaded, agreementFold, streams.filter((stream) => stream !== agreementStream(agreement))),
    persons: personsFrom(loaded, streams),
    participants: ofKind(loaded, participantFold, streams),
    providers: ofKind(loaded, providerFold, streams),
  };
}

/** The people whose streams these are, as they stand, by id. */
export function personsFrom(loaded: StreamStates, streams: readonly string[]): Readonly<Record<string, Person>> {
  return ofKind(loaded, personFold, streams);
}

/** Who was erased of those whom the gate of this agreement asks about, and what ends it; where it asks about neither nothing is read. */
export async function besidesAtGate(journal: Journal, tenant: string, agreement: Agreement, documents: Documents): Promise<Pick<Besides, 'erased' | 'enders'>> {
  const streams = [...erasureMatters(agreement, documents), ...endersMatter(agreement, documents), ...variedMatters(agreement, documents)];
  if (streams.length === 0) return { erased: new Set(), enders: {} };
  const loaded = await journal.load(tenant, streams);
  return { erased: erasedOf(ofKind(loaded, participantFold, streams)), enders: ofKind(loaded, agreementFold, streams) };
}

function ofKind<S, E extends NewEvent>(loaded: StreamStates, fold: Fold<S, E>, streams: readonly string[]): Record<string, S> {
  const prefix = `${fold.kind}-`;
  return Object.fromEntries(
    streams.filter((stream) => stream.startsWith(prefix)).map((stream) => [stream.slice(prefix.length), loaded.of(fold, stream).state]),
  );
}
