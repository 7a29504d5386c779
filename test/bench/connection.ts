import { connect, type Socket } from 'node:net';

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/**
 * One keep-alive connection with one request under way. A bare socket, because whatever the load costs is taken from the
 * server on the same machine: a comfortable client would make the product and its floor look more alike than they are.
 */
export class Connection {
  readonly #socket: Socket;
  #received = '';
  #waiting: { readonly answer: (answer: Answer) => void; readonly fault: (fault: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1'); // one character a byte, so that Content-Length counts characters
    socket.on('data', (piece: string) => this.#take(piece));
    socket.on('error', (fault) => this.#fail(fault));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((open, fault) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('error', fault);
      socket.once('connect', () => {
        socket.off('error', fault);
        open(new Connection(socket));
      });
    });
  }

  /** @param request a whole HTTP/1.1 request in ASCII. */
  exchange(request: string): Promise<Answer> {
    return new Promise((answer, fault) => {
      this.#waiting = { answer, fault };
      this.#socket.write(request, 'latin1');
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #take(piece: string): void {
    this.#received += piece;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#received.slice(0, end + 2))?.[1];
    if (length === undefined) return this.#fail(new Error(`An answer without Content-Length: ${this.#received.slice(0, end)}`));
    const whole = end + 4 + Number(length);
    if (this.#received.length < whole) return;
    const status = Number(this.#received.slice(9, 12));
    const body = this.#received.slice(end + 4, whole);
    this.#received = this.#received.slice(whole);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.answer({ status, body });
  }

  #fail(fault: Error): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.fault(fault);
  }
}
