import { concordatNamespace, uuidv5 } from '@concordat/platform';
import type { Dice } from './dice.js';
import { breath, type DemoKey } from './installation.js';
import { oversubscription } from '../harness/index.js';

/** What one HTTP request came to, as a client can know it. */
export type Answer =
  | { readonly is: 'ok'; readonly status: number; readonly body: Told }
  /** Nothing was done, and the server said why. */
  | { readonly is: 'refused'; readonly status: number; readonly code: string }
  /** Nothing was done: it never got there, or the server said that it was undone. */
  | { readonly is: 'failed'; readonly why: string }
  /** It may have been done. */
  | { readonly is: 'unknown'; readonly why: string };

/** What a success says. A command tells its events; an operation that it was accepted. */
export interface Told {
  readonly id?: string;
  readonly agreement?: string;
  readonly version?: number;
  readonly position?: number;
  readonly repeated?: boolean;
  readonly events?: readonly { readonly id: string; readonly type: string; readonly version: number; readonly position: number }[];
}

/** One effect a client wishes for. */
export interface Wish {
  readonly commandId: string;
  /** A text that stands in the data of the event it leads to, and nowhere else; some commands carry none. */
  readonly mark: string | undefined;
}

/** One entry of a client's history: a command, or an operation of several. */
export interface Asked {
  readonly tenant: string;
  readonly name: string;
  readonly wishes: readonly Wish[];
  /** The operation's id, where it was to be done later. */
  readonly operation: string | undefined;
  readonly answers: readonly Answer[];
  readonly outcome: Answer['is'];
  readonly told: Told | undefined;
}

/** What a client is about to send. */
export interface Letter {
  readonly name: string;
  readonly path: string;
  readonly key: string;
  readonly body: unknown;
  readonly marks: readonly (string | undefined)[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly later?: 'one' | 'lines';
}

/** Milliseconds after which a request counts as one that hangs. */
const patience = (): number => Math.round(15_000 * oversubscription());

/** Somebody who uses the API over a bad line, and keeps book of what they were told. */
export class Client {
  readonly history: Asked[] = [];
  /** Answers that no fault explains. */
  readonly strange: string[] = [];
  /** The longest any request took, in milliseconds. */
  longest = 0;
  /** When the last success came, as `performance.now()`. */
  lastOk = 0;
  /** From now on nothing unknown is left as it is. */
  thorough = false;

  constructor(
    readonly origin: string,
    readonly tenant: string,
    readonly who: DemoKey,
    readonly dice: Dice,
  ) {}

  commandId(key: string): string {
    return uuidv5(concordatNamespace, `${this.tenant}/${this.who.person}/${key}`);
  }

  /** Sends a letter, and the same again while its outcome is not known; now and then it gives up and leaves it unknown. */
  async send(letter: Letter): Promise<Told | undefined> {
    const answers: Answer[] = [];
    for (;;) {
      const answer = await this.#attempt(letter);
      answers.push(answer);
      if (answer.is === 'ok' || answer.is === 'refused') break;
      if (!this.thorough && this.dice.falls(answer.is === 'failed' ? 0.1 : 0.08)) break;
      await breath(this.dice.whole(50, 300));
    }
    const last = answers.at(-1)!;
    const id = this.commandId(letter.key);
    this.history.push({
      tenant: this.tenant,
      name: letter.name,
      wishes: letter.marks.map((mark, at) => ({ commandId: letter.later === 'lines' ? uuidv5(concordatNamespace, `${id}/${at + 1}`) : id, mark })),
      operation: letter.later === undefined ? undefined : id,
      answers,
      // The last answer is about the last request; one before it may still be on its way.
      outcome: last.is !== 'ok' && answers.some(({ is }) => is === 'unknown') ? 'unknown' : last.is,
      told: last.is === 'ok' ? last.body : undefined,
    });
    return last.is === 'ok' ? last.body : undefined;
  }

  /** Reads something; undefined where no answer came. */
  async read(path: string): Promise<{ readonly text: string; readonly etag: string | null } | undefined> {
    try {
      const response = await fetch(this.origin + path, { headers: { authorization: `Bearer ${this.who.key}` }, signal: AbortSignal.timeout(patience()) });
      const text = await response.text();
      if (response.ok) return { text, etag: response.headers.get('etag') };
      if (response.status !== 503) this.strange.push(`GET ${path}: ${response.status} ${text}`);
    } catch {
      return undefined; // its server was killed, or is not back yet
    }
    return undefined;
  }

  async #attempt({ path, key, body, headers, later }: Letter): Promise<Answer> {
    const since = performance.now();
    // Now and then the line is cut while the server is still at it, or has just finished.
    const cut = !this.thorough && this.dice.falls(0.06) ? this.dice.whole(2, 40) : undefined;
    try {
      const response = await fetch(this.origin + path, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${this.who.key}`,
          'idempotency-key': key,
          'content-type': later === 'lines' ? 'application/x-ndjson' : 'application/json',
          ...(later === 'one' && { prefer: 'respond-async' }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        signal: AbortSignal.timeout(cut ?? patience()),
      });
      return this.#read(path, response.status, await response.text());
    } catch (fault) {
      const { cause, name } = fault as { cause?: { code?: string }; name?: string };
      // Nobody listened, so nobody heard.
      if (cause?.code === 'ECONNREFUSED') return { is: 'failed', why: 'connection refused' };
      return { is: 'unknown', why: cut === undefined ? (cause?.code ?? name ?? String(fault)) : 'line cut' };
    } finally {
      this.longest = Math.max(this.longest, performance.now() - since);
    }
  }

  #read(path: string, status: number, text: string): Answer {
    const body = JSON.parse(text) as Told & { readonly code?: string };
    if (status >= 200 && status < 300) {
      this.lastOk = performance.now();
      return { is: 'ok', status, body };
    }
    const code = body.code ?? 'no code';
    if (status === 503 && code === 'database.unavailable') return { is: 'unknown', why: code };
    if (status === 503) return { is: 'failed', why: code };
    // These are what a command may be answered with, in any weather.
    if (![409, 412, 422].includes(status) || code === 'idempotency.key-reused') this.strange.push(`POST ${path}: ${status} ${text}`);
    return status >= 500 ? { is: 'unknown', why: code } : { is: 'refused', status, code };
  }
}
