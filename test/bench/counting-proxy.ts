import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What went over the wire to PostgreSQL since the last `take`. */
export interface Counted {
  /** Execute and simple Query messages: BEGIN, COMMIT and every prepared statement count one each. */
  readonly statements: number;
  /** ReadyForQuery messages: how often somebody had to wait for the server. */
  readonly roundTrips: number;
  /** Statements by what they run: the name of a prepared statement, else the beginning of its text. */
  readonly byText: Readonly<Record<string, number>>;
}

/**
 * Stands between a process and PostgreSQL on loopback and counts (frontend/backend protocol 3.0, chapter 54 of the manual). It
 * works for any process, changes nothing, and noise does not touch what it counts.
 */
export class CountingProxy {
  readonly url: string;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #statements = 0;
  #roundTrips = 0;
  #byText: Record<string, number> = {};

  private constructor(server: Server, url: string) {
    this.#server = server;
    this.url = url;
  }

  /** @param url where PostgreSQL listens, without TLS. */
  static async before(url: string): Promise<CountingProxy> {
    const target = new URL(url);
    const server = createServer((client) => proxy.#join(client, Number(target.port), target.hostname));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const here = new URL(url);
    here.hostname = '127.0.0.1';
    here.port = String((server.address() as AddressInfo).port);
    const proxy = new CountingProxy(server, here.href);
    return proxy;
  }

  /** What was counted since the last call; begins anew. */
  take(): Counted {
    const counted = { statements: this.#statements, roundTrips: this.#roundTrips, byText: this.#byText };
    this.#statements = 0;
    this.#roundTrips = 0;
    this.#byText = {};
    return counted;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await once(this.#server, 'close');
  }

  #join(client: Socket, port: number, host: string): void {
    const server = connect({ port, host });
    const known = new Map<string, string>();
    const asked = framesOf({ startup: true }, (type, body) => {
      if (type === 'P') {
        const [name = '', text = ''] = strings(body, 2);
        known.set(name, name === '' ? text : name);
      } else if (type === 'Q') this.#note(strings(body, 1)[0] ?? '');
      else if (type === 'B') bound = strings(body, 2)[1] ?? '';
      else if (type === 'E') this.#note(known.get(bound) ?? bound);
    });
    let bound = '';
    let loggedIn = false;
    const told = framesOf({ startup: false }, (type) => {
      // The first one ends the login, which belongs to no command.
      if (type === 'Z' && loggedIn) this.#roundTrips += 1;
      if (type === 'Z') loggedIn = true;
    });
    client.on('data', asked);
    server.on('data', told);
    client.pipe(server);
    server.pipe(client);
    for (const [socket, other] of [[client, server], [server, client]] as const) {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        this.#sockets.delete(socket);
        other.destroy();
      });
    }
  }

  #note(text: string): void {
    const name = text.replace(/\s+/g, ' ').slice(0, 60);
    this.#statements += 1;
    this.#byText[name] = (this.#byText[name] ?? 0) + 1;
  }
}

/** Cuts a stream into messages: a type byte (none on the very first of a client), a length that counts itself, a body. */
function framesOf({ startup }: { startup: boolean }, take: (type: string, body: Buffer) => void): (piece: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let untyped = startup;
  return (piece) => {
    rest = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
    for (;;) {
      const head = untyped ? 0 : 1;
      if (rest.length < head + 4) return;
      const end = head + rest.readInt32BE(head);
      if (rest.length < end) return;
      if (!untyped) take(String.fromCharCode(rest[0]!), rest.subarray(head + 4, end));
      untyped = false;
      rest = rest.subarray(end);
    }
  };
}

/** The first strings of a message; each ends with a zero byte. */
function strings(body: Buffer, count: number): string[] {
  const found: string[] = [];
  for (let from = 0; found.length < count; ) {
    const end = body.indexOf(0, from);
    if (end < 0) break;
    found.push(body.toString('utf8', from, end));
    from = end + 1;
  }
  return found;
}
