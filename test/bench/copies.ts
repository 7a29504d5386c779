import { randomUUID } from 'node:crypto';
import type { EventMeta } from '@concordat/journal/core';
import type { Database } from '@concordat/platform';
import { canonical, type JsonObject } from '@concordat/platform/core';
import { payloadHashOf } from './limits/sample.js';

/** Events of one stream, to be appended as one unit. */
export interface Copy {
  readonly stream: string;
  /** The version the stream stands at; 0 for one that begins. */
  readonly version: number;
  readonly events: readonly { readonly type: string; readonly data: JsonObject }[];
  /** Of a recorded event: who did it, by which command. */
  readonly meta: EventMeta;
}

const unitsACall = 100;

/**
 * Appends events like those that commands led to, by the journal's own function and under new ids: what would take hours to ask
 * for over HTTP takes minutes, and the chain verifies.
 */
export async function append(database: Database, tenant: string, copies: readonly Copy[]): Promise<void> {
  for (let at = 0; at < copies.length; at += unitsACall) {
    const units = copies.slice(at, at + unitsACall).map(unitText);
    await database.statement('bench.append', 'SELECT journal.append($1, $2)', [tenant, `[${units.join(',')}]`]);
  }
}

function unitText({ stream, version, events, meta }: Copy): string {
  const commandId = randomUUID();
  const metaText = canonical({ ...meta, commandId });
  const texts = events.map(({ type, data }) => {
    const id = randomUUID();
    const text = canonical(data);
    return `{"id":"${id}","stream":"${stream}","type":"${type}","data":${text},"payloadHash":"${payloadHashOf(id, type, text, metaText)}"}`;
  });
  return (
    `{"commandId":"${commandId}","fingerprint":"bench","at":"${new Date().toISOString().replace('Z', '000Z')}","expected":{"${stream}":${version}},"meta":${metaText},` +
    `"created":null,"events":[${texts.join(',')}],"snapshots":{}}`
  );
}
