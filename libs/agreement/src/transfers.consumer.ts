import type { Consumer, Journal, Outcome, StreamStates } from '@concordat/journal';
import { journalBell } from '@concordat/journal';
import type { Decision, NewEvent, RecordedEvent } from '@concordat/journal/core';
import { bringsAlong, ownPathwaysFold, ownPathwaysStream } from '@concordat/pathway/core';
import { concordatNamespace, type Doorbell, uuidv5 } from '@concordat/platform';
import { sha256 } from './context.js';
import { type Agreement, agreementFold, agreementStream, type Arrival, arrivalStream, begins, type Events, goes, happenedOn, knownToday, offerersOf, participantStream, streamsOfPeople, treeAround } from './core/index.js';
import { personsFrom } from './states.js';
import type { Transfers } from './transfers.js';

const accepted = 'concordat.arrival.transfer-accepted.v1';

/**
 * Brings over what a successor accepted: the record ends where it was, or the acceptance lapses because it went on meanwhile; then the
 * whole of it begins in the successor, in one append. Each is a command named by the event that was accepted, so that doing it again
 * does nothing: whoever is killed between the two, the next one finds the first done and does the second.
 */
export function transfersConsumer(journal: Journal, transfers: Transfers, doorbell: Doorbell): Consumer {
  return {
    name: 'agreement.transfers',
    types: [accepted],
    async handle(_, tenant, events) {
      for (const event of events) await arrives(journal, transfers, doorbell, tenant, event);
    },
  };
}

async function arrives(journal: Journal, transfers: Transfers, doorbell: Doorbell, tenant: string, event: RecordedEvent): Promise<void> {
  const what = { is: 'accepted' as const, ...(event.data as unknown as Events[typeof accepted]) } satisfies Arrival;
  const id = event.stream.slice('arrival-'.length);
  const stream = agreementStream(id);
  const record = async (where: string, step: 'end' | 'process' | 'begin' | 'lapse', streams: readonly string[], decide: (states: StreamStates) => Decision<NewEvent>): Promise<Outcome['outcome']> => {
    const commandId = uuidv5(concordatNamespace, `${event.id}/${step}`);
    const { outcome } = await journal.record({
      tenant: where, commandId, fingerprint: event.id, streams, decide,
      meta: { actor: 'system:transfer', command: 'accept-transfer', correlationId: event.meta.correlationId, causationId: event.id },
    });
    // Somebody writes meanwhile: the consumer is run again, and so is this.
    if (outcome === 'conflict') throw new Error(`The transfer of agreement ${id} met others three times at its step “${step}”.`);
    if (outcome === 'recorded') doorbell.ring(journalBell, where);
    return outcome;
  };

  const successor = await transfers.named(tenant);
  const offering = streamsOfPeople(offerersOf((await journal.load(what.from.tenant, [stream])).of(agreementFold, stream).state));
  const went = await record(what.from.tenant, 'end', [stream, ...offering], (states) => {
    const { state, version } = states.of(agreementFold, stream);
    return goes(knownToday(state, personsFrom(states, offering)), version, successor, what);
  });
  if (went !== 'recorded') {
    await record(tenant, 'lapse', [arrivalStream(id)], () => ({ accepted: [happenedOn(id, 'concordat.arrival.transfer-lapsed.v1', { accepted: event.id })] }));
    return;
  }
  const brought = await transfers.brought(tenant, id, what);
  // What it was asked is read from the record here, too. Whoever brought the same process before has it.
  const own = brought.ownPathway;
  if (own !== undefined) await record(tenant, 'process', [ownPathwaysStream(tenant)], (states) => bringsAlong(states.of(ownPathwaysFold, ownPathwaysStream(tenant)).state, own, tenant));
  const around = await readAround(journal, tenant, brought.agreement);
  const all = [stream, ...around.map(agreementStream), ...Object.keys(brought.participants).map(participantStream)];
  await record(tenant, 'begin', all, (states) => ({ accepted: begins(what, event.meta.actor, brought, agreementsIn(states, around), sha256) }));
}

const agreementsIn = (states: StreamStates, ids: readonly string[]): Readonly<Record<string, Agreement>> =>
  Object.fromEntries(ids.map((id) => [id, states.of(agreementFold, agreementStream(id)).state]));

/** The ids of all that stands around it in its tree, level by level. */
async function readAround(journal: Journal, tenant: string, agreement: Agreement): Promise<readonly string[]> {
  for (let known = treeAround(agreement, {}); ; ) {
    const all = treeAround(agreement, agreementsIn(await journal.load(tenant, known.map(agreementStream)), known));
    if (all.length === known.length) return all;
    known = all;
  }
}
