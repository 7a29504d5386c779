import { hash, randomBytes } from 'node:crypto';

const forms = { key: /^cnc_[\w-]{43}$/, session: /^cnc_session_[\w-]{43}$/ } as const;

/** What a secret opens: `key` for the API, `session` for the pages. */
export type SecretKind = keyof typeof forms;

/** A new secret of 256 random bits in base64url, behind the prefix by which leaked ones are found: `cnc_` or `cnc_session_`. */
export function newSecret(kind: SecretKind): string {
  return `${kind === 'key' ? 'cnc_' : 'cnc_session_'}${randomBytes(32).toString('base64url')}`;
}

/** What a text could be a secret of, by its form alone. */
export function secretKind(text: string): SecretKind | undefined {
  return (['key', 'session'] as const).find((kind) => forms[kind].test(text));
}

/** What is stored of a secret. SHA-256 without salt or stretching is right for 256 random bits, and can be looked up. */
export function secretHash(secret: string): Buffer {
  return Buffer.from(secretName(secret), 'base64');
}

/** The same in base64, which costs a sixth: for whoever only compares. */
export function secretName(secret: string): string {
  return hash('sha256', secret, 'base64');
}
