import { performance } from 'node:perf_hooks';
import type * as Undici from 'undici';
import type { Address, AddressGuard, CheckedRoute } from './address.js';
import { AddressRefused } from './address.js';

/** How long and how much one attempt may take. */
export interface SendLimits {
  /** For the name and the connection, each, in milliseconds. */
  readonly connectMs: number;
  /** For everything, in milliseconds. */
  readonly totalMs: number;
  /** Bytes of the answer's body that are read and kept. */
  readonly keepBytes: number;
}

/** The limits unless told: 5 s to connect, 15 s in all, 16 KiB kept. */
export const sendLimits: SendLimits = { connectMs: 5_000, totalMs: 15_000, keepBytes: 16_384 };

/** Why an attempt got no answer. */
export type SendError =
  | 'address-refused' | 'dns' | 'connect-refused' | 'connect-timeout' | 'unreachable' | 'tls' | 'reset' | 'timeout' | 'unreadable-answer' | 'other';

/** What came of one attempt. `status` is null where no answer came. */
export interface Answer {
  readonly status: number | null;
  readonly error: SendError | null;
  /** A sentence for the endpoint's owner, where there is more to say than the class. */
  readonly detail: string | null;
  readonly retryAfter: string | null;
  /** The first bytes of the body as they came, never unpacked. */
  readonly body: Buffer;
  readonly remoteAddress: string | null;
  readonly milliseconds: number;
}

export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Which try this is; each goes to the next of the host's addresses. */
  readonly tries: number;
}

const mostPools = 1_000;

/**
 * Posts to endpoints: to a checked address only, within limits, and never where an answer redirects to. One pool of
 * kept-alive connections for each origin and address.
 */
export class Sender {
  // In order of use, so that the first is the one to close.
  private readonly pools = new Map<string, Undici.Pool>();
  // A web process never sends, and does without.
  private undici: Promise<typeof Undici> | undefined;

  constructor(
    private readonly guard: AddressGuard,
    private readonly limits: SendLimits = sendLimits,
  ) {}

  async send(letter: Letter): Promise<Answer> {
    const began = performance.now();
    const deadline = AbortSignal.timeout(this.limits.totalMs);
    const answer = { status: null, error: null, detail: null, retryAfter: null, body: Buffer.alloc(0), remoteAddress: null };
    let remoteAddress: string | null = null;
    try {
      const { Pool } = await (this.undici ??= import('undici'));
      const route = await this.routeInTime(letter.url);
      const address = route.addresses[letter.tries % route.addresses.length] ?? route.addresses[0];
      remoteAddress = address.address;
      const response = await this.poolOf(Pool, route, address).request({
        method: 'POST',
        path: route.path,
        headers: letter.headers,
        body: letter.body,
        signal: deadline,
      });
      const { 'retry-after': retryAfter } = response.headers;
      return {
        ...answer,
        status: response.statusCode,
        retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
        body: await firstBytes(response.body, this.limits.keepBytes),
        remoteAddress,
        milliseconds: performance.now() - began,
      };
    } catch (thrown) {
      const detail = thrown instanceof AddressRefused ? thrown.message : null;
      return { ...answer, error: errorOf(thrown), detail, remoteAddress, milliseconds: performance.now() - began };
    }
  }

  /** Closes all connections; attempts under way end first. */
  async close(): Promise<void> {
    const pools = [...this.pools.values()];
    this.pools.clear();
    await Promise.all(pools.map((pool) => pool.close()));
  }

  private routeInTime(url: string): Promise<CheckedRoute> {
    // A name server that hangs would hold a thread for longer than any of our limits.
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const error = Object.assign(new Error('The name server did not answer in time.'), { code: 'ETIMEOUT' });
      timer = setTimeout(() => reject(error), this.limits.connectMs);
    });
    return Promise.race([this.guard.route(url), late]).finally(() => clearTimeout(timer));
  }

  private poolOf(Pool: typeof Undici.Pool, { origin }: CheckedRoute, { address, family }: Address): Undici.Pool {
    const key = `${origin} ${address}`;
    const pool =
      this.pools.get(key) ??
      new Pool(origin, {
        connections: 32,
        pipelining: 1,
        headersTimeout: this.limits.totalMs,
        bodyTimeout: this.limits.totalMs,
        maxHeaderSize: 16_384,
        connect: {
          timeout: this.limits.connectMs,
          // The name is not asked again: the connection goes to the address that was checked. Host and SNI stay the name's.
          lookup: (_hostname, options, callback) =>
            options.all === true ? callback(null, [{ address, family }]) : callback(null, address, family),
        },
      });
    this.pools.delete(key);
    this.pools.set(key, pool);
    for (const [oldest, idle] of this.pools) {
      if (this.pools.size <= mostPools) break;
      this.pools.delete(oldest);
      void idle.close();
    }
    return pool;
  }
}

// The status is the answer; a body that drips, breaks off or never ends takes nothing from it.
async function firstBytes(body: AsyncIterable<Buffer>, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= most) break;
    }
  } catch {
    return Buffer.concat(chunks).subarray(0, most);
  }
  return Buffer.concat(chunks).subarray(0, most);
}

const errorByCode: Readonly<Record<string, SendError>> = {
  ENOTFOUND: 'dns', EAI_AGAIN: 'dns', ENODATA: 'dns', ESERVFAIL: 'dns', ETIMEOUT: 'dns',
  ECONNREFUSED: 'connect-refused',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout', ETIMEDOUT: 'connect-timeout',
  EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable', EADDRNOTAVAIL: 'unreachable',
  ECONNRESET: 'reset', EPIPE: 'reset', UND_ERR_SOCKET: 'reset',
  UND_ERR_HEADERS_TIMEOUT: 'timeout', UND_ERR_BODY_TIMEOUT: 'timeout', UND_ERR_ABORTED: 'timeout',
  UND_ERR_HEADERS_OVERFLOW: 'unreadable-answer',
};

function errorOf(thrown: unknown): SendError {
  if (thrown instanceof AddressRefused) return 'address-refused';
  // Errors of Node's own parts may come from another realm, so they are told by their members.
  const { name, code = '' } = thrown as { name?: string; code?: string };
  if (name === 'TimeoutError' || name === 'AbortError') return 'timeout';
  if (name === 'HTTPParserError') return 'unreadable-answer';
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|EPROTO/.test(code)) return 'tls';
  return errorByCode[code] ?? 'other';
}
