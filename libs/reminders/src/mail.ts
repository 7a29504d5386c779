import type { Transporter } from 'nodemailer';

/** One mail, in plain text. */
export interface Letter {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same on every try, so that a mail that was sent twice is known as one. */
  readonly id: string;
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Sends mail through the server an installation names. Away from this machine nothing is said before TLS. */
export class Mail {
  #transport: Promise<Transporter> | undefined;

  /** @param url `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. @param from the address mail comes from. */
  constructor(
    private readonly url: string,
    private readonly from: string,
  ) {}

  /** @throws Error with nodemailer's `code` where the server did not take it. */
  async send({ to, subject, text, id }: Letter): Promise<void> {
    const domain = this.from.slice(this.from.lastIndexOf('@') + 1).replace(/>.*$/, '');
    const transport = await this.#opened();
    await transport.sendMail({
      from: this.from,
      to,
      subject,
      text,
      messageId: `<${id}@${domain}>`,
      // RFC 3834: nobody's out-of-office answers it.
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }

  /** Connects, and signs in where a user is named; sends nothing. @throws Error saying what went wrong. */
  async check(): Promise<void> {
    const transport = await this.#opened();
    await transport.verify();
  }

  close(): void {
    void this.#transport?.then((transport) => transport.close());
  }

  // The web process sends no mail, and does without the library.
  #opened(): Promise<Transporter> {
    this.#transport ??= import('nodemailer').then(({ createTransport }) =>
      createTransport({
        url: this.url,
        requireTLS: !loopback.has(new URL(this.url).hostname),
        connectionTimeout: 10_000,
        greetingTimeout: 10_000,
        socketTimeout: 20_000,
        disableFileAccess: true,
        disableUrlAccess: true,
      }),
    );
    return this.#transport;
  }
}
