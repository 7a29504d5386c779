import { Problem } from '@concordat/platform';
import type { FastifyReply } from 'fastify';

/** What one caller may still send. */
export interface Allowance {
  readonly granted: boolean;
  /** Requests left now. */
  readonly left: number;
  /** Seconds until one more is granted, or until all are when one is. */
  readonly seconds: number;
}

const window = 60;
const mostNames = 20_000;

/**
 * A token bucket for each name, in the memory of one process: its full content at once, refilled evenly over a minute.
 * It keeps one caller that has gone wild from the others; it is no quota, so N processes grant N times as much.
 */
export class RateLimit {
  readonly #buckets = new Map<string, { left: number; at: number }>();

  /** @param now seconds that only rise. */
  constructor(
    readonly kind: string,
    readonly perMinute: number,
    private readonly now: () => number = () => performance.now() / 1000,
  ) {}

  /** Takes one request off a name's bucket, or says when to come back. */
  take(name: string): Allowance {
    const now = this.now();
    const rate = this.perMinute / window;
    const before = this.#buckets.get(name);
    const filled = before === undefined ? this.perMinute : Math.min(this.perMinute, before.left + (now - before.at) * rate);
    const granted = filled >= 1;
    const left = granted ? filled - 1 : filled;
    // Set anew, it stands last: the first is the one not seen for longest.
    this.#buckets.delete(name);
    this.#buckets.set(name, { left, at: now });
    if (this.#buckets.size > mostNames) this.#buckets.delete(this.#buckets.keys().next().value!);
    return { granted, left: Math.floor(left), seconds: Math.ceil(granted ? (this.perMinute - left) / rate : (1 - left) / rate) };
  }
}

/**
 * Takes one request and tells the caller how many are left (draft-ietf-httpapi-ratelimit-headers-10).
 * @throws Problem 429 with Retry-After.
 */
export function takeFrom(limit: RateLimit, name: string, reply: FastifyReply): void {
  const { granted, left, seconds } = limit.take(name);
  reply.header('ratelimit-policy', `"${limit.kind}";q=${limit.perMinute};w=${window}`).header('ratelimit', `"${limit.kind}";r=${left};t=${seconds}`);
  if (granted) return;
  throw new Problem({
    status: 429,
    code: 'rate.exceeded',
    title: 'Too many requests',
    detail: `${limit.perMinute} a minute are answered here. Nothing was done; send it again in ${seconds} s with the same Idempotency-Key.`,
    headers: { 'retry-after': String(seconds) },
  });
}

