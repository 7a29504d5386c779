import { newId } from '@concordat/platform';
import type { Json } from '@concordat/platform/core';
import type { RecordRequest } from '../src/index.js';
import { type Decision, type Fold, type NewEvent, refuse } from '../src/core/index.js';

/** A box people put things into, at most `room` of them; for tests of the journal alone. */
export interface Box {
  readonly things: readonly string[];
  readonly lastAt: string;
}

export const put = 'concordat.box.thing-put.v1';
export const emptied = 'concordat.box.emptied.v1';
export const spent = 'concordat.purse.spent.v1';

export const boxFold: Fold<Box> = {
  kind: 'box-',
  number: 1,
  initial: { things: [], lastAt: '' },
  types: [put, emptied],
  upcasts: {},
  evolve: (box, event) => ({ things: event.type === emptied ? [] : [...box.things, String(event.data.what)], lastAt: event.recordedAt }),
};

export const purseFold: Fold<{ readonly spent: number }> = {
  kind: 'purse-',
  number: 1,
  initial: { spent: 0 },
  types: [spent],
  upcasts: {},
  evolve: (purse, event) => ({ spent: purse.spent + Number(event.data.amount) }),
};

export const folds = [boxFold, purseFold];

export const putting = (stream: string, what: Json): NewEvent => ({ stream, type: put, data: { what } });

export const full = { code: 'box.full', asks: 'Is there room in the box?', missing: [] };

/** A command with everything a test does not care about filled in. */
export function command(tenant: string, streams: readonly string[], decide: RecordRequest['decide'], more: Partial<RecordRequest> = {}): RecordRequest {
  const commandId = newId();
  return { tenant, commandId, fingerprint: commandId.replaceAll('-', ''), meta: { actor: 'system:test', command: 'put', correlationId: commandId }, streams, decide, ...more };
}

/** Puts a thing into a box that has room. */
export function putInto(stream: string, what: string, room = Infinity): RecordRequest['decide'] {
  return (states): Decision<NewEvent> => (states.of(boxFold, stream).state.things.length >= room ? refuse(full) : { accepted: [putting(stream, what)] });
}
