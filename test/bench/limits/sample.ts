import { createHash } from 'node:crypto';
import type { Turn } from '../transition.js';

/** The events the product wrote for one command, as canonical JSON texts: a floor writes the same, without deciding anything. */
export type Sample = Readonly<Record<Turn, readonly { readonly type: string; readonly data: string }[]>>;

/** The same text the journal hashes (chain.ts), so that the chain of a floor verifies too. */
export function payloadHashOf(id: string, type: string, data: string, meta: string): string {
  return createHash('sha256').update(`{"data":${data},"id":"${id}","meta":${meta},"type":"${type}"}`).digest('hex');
}
