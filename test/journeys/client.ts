import { newId } from '@concordat/platform';

/** A JSON object whose members are not known; name the shape where a test looks inside. */
export type Json = Readonly<Record<string, unknown>>;

/** What a request was answered with. */
export interface Answer<T = Json> {
  readonly status: number;
  readonly headers: Headers;
  /** The body as it came. */
  readonly text: string;
  /** The body as JSON; an empty object where it is none. */
  readonly body: T;
}

/** What a request carries beside its body. */
export interface Sending {
  readonly headers?: Readonly<Record<string, string>>;
}

/** One key's view of the API. Every write carries an Idempotency-Key: a fresh one unless `headers` has it. */
export class ApiClient {
  constructor(
    readonly origin: string,
    readonly key?: string,
  ) {}

  get<T = Json>(path: string, { headers = {} }: Sending = {}): Promise<Answer<T>> {
    return this.send('GET', path, { headers });
  }

  /** Sends JSON; a string is sent as it stands (say its content-type). */
  post<T = Json>(path: string, body?: unknown, { headers = {} }: Sending = {}): Promise<Answer<T>> {
    return this.send('POST', path, {
      headers: { 'idempotency-key': newId(), ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  }

  /** POST …/agreements/{id}/commands/{name}. */
  command<T = Json>(agreement: string, name: string, body: object = {}, sending: Sending & { readonly dryRun?: boolean } = {}): Promise<Answer<T>> {
    return this.post(`/api/v1/agreements/${agreement}/commands/${name}${sending.dryRun ? '?dryRun=true' : ''}`, body, sending);
  }

  /**
   * The same, or a failed test that says what it was answered.
   * @throws Error unless the answer is a success.
   */
  async done<T = Json>(agreement: string, name: string, body: object = {}, sending: Sending = {}): Promise<Answer<T>> {
    return succeeded(name, await this.command<T>(agreement, name, body, sending));
  }

  async send<T = Json>(method: string, path: string, sending: RequestInit & { readonly headers?: Readonly<Record<string, string>> } = {}): Promise<Answer<T>> {
    const answer = await fetch(`${this.origin}${path}`, {
      redirect: 'manual',
      ...sending,
      method,
      headers: { ...(this.key !== undefined && { authorization: `Bearer ${this.key}` }), ...sending.headers },
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: jsonOf(text, answer.headers) as T };
  }
}

/** The answer, where it is a success. @throws Error with what it said. */
export function succeeded<T>(what: string, answer: Answer<T>): Answer<T> {
  if (answer.status < 300) return answer;
  throw new Error(`${what} was answered ${answer.status}: ${answer.text}`);
}

function jsonOf(text: string, headers: Headers): unknown {
  if (!/json/.test(headers.get('content-type') ?? '')) return {};
  try {
    return JSON.parse(text);
  } catch {
    return {}; // NDJSON, or a HEAD
  }
}
