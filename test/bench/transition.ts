import { randomUUID } from 'node:crypto';

/**
 * The unit of work: an agreement passes its first gate, whose conditions are checked and met, and is returned to the stage
 * before it, in turn. Every request carries a fresh Idempotency-Key and the version it saw.
 */
export interface Standing {
  readonly agreement: string;
  version: number;
  turn: Turn;
}

export type Turn = 'request-gate' | 'return-to-stage';

const bodies: Readonly<Record<Turn, string>> = {
  'request-gate': JSON.stringify({ stage: 'mandate' }),
  'return-to-stage': JSON.stringify({ stage: 'mandate', reason: 'The affected groups asked to look at the case again.' }),
};

export function requestFor({ agreement, version, turn }: Standing, key: string): string {
  const body = bodies[turn];
  return (
    `POST /api/v1/agreements/${agreement}/commands/${turn} HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\n` +
    `content-type: application/json\r\ncontent-length: ${body.length}\r\nidempotency-key: ${randomUUID()}\r\nif-match: "${version}"\r\n\r\n${body}`
  );
}

/** What a server says when it has remembered a command; the product and its floor say it in one form. */
export interface Acknowledged {
  readonly agreement: string;
  readonly version: number;
  readonly position: number;
  readonly repeated: boolean;
  readonly events: readonly { readonly id: string; readonly type: string; readonly version: number; readonly position: number }[];
}

/** Moves on to what the server said. */
export function moveOn(standing: Standing, { version }: Acknowledged): void {
  standing.version = version;
  standing.turn = standing.turn === 'request-gate' ? 'return-to-stage' : 'request-gate';
}
