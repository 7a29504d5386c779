import { createHmac, randomBytes } from 'node:crypto';
import { signatureInput } from './core/index.js';

const prefix = 'whsec_';

/** A new secret: `whsec_` and base64 of 32 random bytes (Standard Webhooks 1.0). */
export function newSecret(): string {
  return prefix + randomBytes(32).toString('base64');
}

/**
 * The `webhook-signature` of one attempt: `v1,` and base64 of HMAC-SHA256 for each secret, separated by spaces, so that a
 * receiver verifies with the old secret or the new one while both live.
 */
export function signatureOf(secrets: readonly string[], id: string, timestamp: number, body: string): string {
  const input = signatureInput(id, timestamp, body);
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
      return `v1,${createHmac('sha256', key).update(input, 'utf8').digest('base64')}`;
    })
    .join(' ');
}
