import { hash } from 'node:crypto';
import { canonical, type JsonObject } from '@concordat/platform/core';
import type { EventMeta } from './core/index.js';

/** What the hash before the first event is: 32 zero bytes, in hex. */
export const firstPrevious = '00'.repeat(32);

/** SHA-256 of the canonical JSON (RFC 8785) of what an event says, in hex: `{ data, id, meta, type }`. */
export function payloadHash(event: { readonly id: string; readonly type: string; readonly data: JsonObject; readonly meta: EventMeta }): string {
  const { id, type, data, meta } = event;
  return payloadHashOf(id, type, canonical(data), canonical(meta));
}

/** The same from parts that are canonical already: members in their order, so that a batch canonicalises each part once. */
export function payloadHashOf(id: string, type: string, data: string, meta: string): string {
  return hash('sha256', `{"data":${data},"id":${canonical(id)},"meta":${meta},"type":${canonical(type)}}`, 'hex');
}

/** What a link of the chain covers beside the hash before it. */
export interface Link {
  /** UUID. */
  readonly tenant: string;
  readonly epoch: number;
  readonly position: number;
  /** Of the stream's name, by `streamHash`: a link tells of an event without telling which stream it is of. */
  readonly streamHash: string;
  readonly version: number;
  /** ISO 8601 in UTC with six digits of a second. */
  readonly recordedAt: string;
  /** SHA-256 in hex. */
  readonly payloadHash: string;
}

/** SHA-256 of a stream's name, in hex. */
export const streamHash = (stream: string): string => hash('sha256', stream, 'hex');

/** The hash of an event in its chain, in hex; journal.chain_hash in SQL is the same function, held to it by golden vectors. */
export function chainHash(previous: string, link: Link): string {
  const bytes = Buffer.alloc(144);
  bytes.write(previous, 0, 'hex');
  bytes.write(link.tenant.replaceAll('-', ''), 32, 'hex');
  bytes.writeBigInt64BE(BigInt(link.epoch), 48);
  bytes.writeBigInt64BE(BigInt(link.position), 56);
  bytes.write(link.streamHash, 64, 'hex');
  bytes.writeBigInt64BE(BigInt(link.version), 96);
  bytes.writeBigInt64BE(microseconds(link.recordedAt), 104);
  bytes.write(link.payloadHash, 112, 'hex');
  return hash('sha256', bytes, 'hex');
}

// Date keeps milliseconds; the last three of the six digits are added by hand. NaN (a moment that is none) hashes as 0.
function microseconds(recordedAt: string): bigint {
  const milliseconds = Date.parse(`${recordedAt.slice(0, 23)}Z`);
  return Number.isNaN(milliseconds) ? 0n : BigInt(milliseconds) * 1000n + BigInt(Number(recordedAt.slice(23, 26)) || 0);
}
