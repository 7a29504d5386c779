import { createTransport, type Transporter } from 'nodemailer';

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
  readonly #transport: Transporter;

  /** @param url `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465`. @param from the address mail comes from. */
  constructor(
    url: string,
    private readonly from: string,
  ) {
    const { hostname } = new URL(url);
    this.#transport = createTransport({
      url,
      requireTLS: !loopback.has(hostname),
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  /** @throws Error with nodemailer's `code` where the server did not take it. */
  async send({ to, subject, text, id }: Letter): Promise<void> {
    const domain = this.from.slice(this.from.lastIndexOf('@') + 1).replace(/>.*$/, '');
    await this.#transport.sendMail({
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
    await this.#transport.verify();
  }

  close(): void {
    this.#transport.close();
  }
}
