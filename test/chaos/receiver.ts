import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { Dice } from './dice.js';

/** One delivery that was taken: what was in it, and when. */
export interface Arrival {
  readonly event: string;
  readonly agreement: string;
  readonly sequence: number;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A provider's server, which checks every signature and remembers everything it took. */
export class Receiver {
  /** By endpoint path, in the order of arrival, every time. */
  readonly arrivals = new Map<string, Arrival[]>();
  /** What could not be verified, or came twice with other bytes. */
  readonly faults: string[] = [];
  /** Deliveries turned away on purpose, each event once at most. */
  turnedAway = 0;
  /** From now on everything is taken at once. */
  calm = false;
  /** Told of each delivery before it is answered; the answer waits for it. */
  beforeAnswer: ((path: string, event: string) => Promise<void> | undefined) | undefined;
  readonly #secrets = new Map<string, Webhook>();
  readonly #known = new Map<string, string>();
  readonly #refused = new Set<string>();

  private constructor(
    private readonly server: Server,
    private readonly dice: Dice,
  ) {}

  static async start(dice: Dice): Promise<Receiver> {
    const server = createServer();
    const receiver = new Receiver(server, dice);
    server.on('request', (request, response) => void receiver.#take(request, response));
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return receiver;
  }

  url(path: string): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}${path}`;
  }

  expect(path: string, secret: string): void {
    this.#secrets.set(path, new Webhook(secret));
    this.arrivals.set(path, []);
  }

  get taken(): number {
    return [...this.arrivals.values()].reduce((sum, { length }) => sum + length, 0);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '';
    let body: string;
    try {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      body = Buffer.concat(pieces).toString('utf8');
    } catch {
      return; // its sender was killed half-way
    }
    const event = String(request.headers['webhook-id']);
    try {
      const webhook = this.#secrets.get(path);
      if (webhook === undefined) throw new Error(`nobody listens at ${path}`);
      webhook.verify(body, request.headers as Record<string, string>);
    } catch (fault) {
      this.faults.push(`${event}: ${String(fault)}`);
      response.writeHead(400).end();
      return;
    }
    const key = `${path} ${event}`;
    const before = this.#known.get(key);
    if (before !== undefined && before !== body) this.faults.push(`${event}: came again with other bytes`);
    this.#known.set(key, body);
    // Once an event at most: a second failure would put it off for five minutes.
    if (!this.calm && before === undefined && !this.#refused.has(key) && this.dice.falls(0.02)) {
      this.#refused.add(key);
      this.turnedAway += 1;
      response.writeHead(500).end();
      return;
    }
    const { id, subject, sequence } = JSON.parse(body) as { id: string; subject: string; sequence: string };
    if (id !== event) this.faults.push(`${event}: the body says ${id}`);
    this.arrivals.get(path)?.push({ event, agreement: subject, sequence: Number(sequence), body, at: Date.now() });
    const waiting = this.beforeAnswer?.(path, event) ?? (this.calm ? undefined : new Promise((done) => setTimeout(done, this.dice.whole(0, 15))));
    await waiting;
    response.writeHead(204).end();
  }
}
