import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { canonical } from './core/index.js';

/**
 * Tells whether two requests are the same without keeping either: HMAC-SHA-256 over the canonical JSON (RFC 8785), under
 * a key derived from the installation's (HKDF, RFC 5869). A plain hash would let a reader of the table guess short texts.
 */
export class Fingerprints {
  readonly #key: KeyObject;

  /** @param key the installation's key, 32 bytes. */
  constructor(key: Buffer) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'concordat request fingerprint', 32)));
  }

  /** 64 hex digits; the same for the same JSON value, whatever the order of its members. */
  of(value: unknown): string {
    return createHmac('sha256', this.#key).update(canonical(value), 'utf8').digest('hex');
  }
}
