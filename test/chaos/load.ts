import type { Client, Letter, Told } from './client.js';
import type { Dice } from './dice.js';
import { breath } from './installation.js';

const mostAgreements = 10;

/** What a client knows of an agreement it works on. */
interface Known {
  readonly id: string;
  held: boolean;
  version: number | undefined;
}

/** One client's work: agreements are opened, put on hold, resumed, amended, now, later, or many at once. */
export class Load {
  readonly #own: Known[] = [];
  readonly #dice: Dice;
  #letters = 0;
  #marks = 0;

  /**
   * @param providers who is invited to what it opens, or given what it takes over; none in an organisation that has none.
   * @param shared agreements that other clients work on too.
   */
  constructor(
    private readonly client: Client,
    private readonly called: string,
    private readonly providers: readonly string[],
    private readonly shared: readonly string[],
  ) {
    this.#dice = client.dice.for('load');
    this.#own.push(...shared.map((id) => ({ id, held: false, version: undefined })));
  }

  /** Works until told otherwise. */
  async run(goesOn: () => boolean): Promise<void> {
    while (goesOn()) {
      await this.#step();
      await breath(this.#dice.whole(0, 150));
    }
  }

  async #step(): Promise<void> {
    const few = this.#own.length - this.shared.length < mostAgreements;
    const agreement = this.#dice.one(this.#own);
    if (agreement === undefined || (few && this.#dice.falls(0.25))) return this.#begin();
    const throwOf = this.#dice.next();
    if (throwOf < 0.25) return this.#amend(agreement);
    if (throwOf < 0.4) return this.#many(agreement);
    return this.#holdOrResume(agreement, this.#dice.falls(0.25));
  }

  async #begin(): Promise<void> {
    const provider = this.#dice.one(this.providers);
    const title = this.#mark();
    const beginning = { title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '1450000.00', currency: 'GBP' } };
    if (provider !== undefined && this.#dice.falls(0.6)) {
      // Whoever takes an agreement over chooses its id, so even an answer that never came is known to be about it.
      const id = uuidOf(this.#dice);
      const body = { ...beginning, stage: 'delivery', from: { source: 'the old register', reference: title }, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2049-03-31' } } };
      if ((await this.#command(id, 'take-over-agreement', body, title)) !== undefined) this.#own.push({ id, held: false, version: 1 });
      return;
    }
    const told = await this.#send({ name: 'open-agreement', path: '/api/v1/agreements', body: beginning, marks: [title] });
    if (told?.agreement === undefined) return;
    this.#own.push({ id: told.agreement, held: false, version: told.version });
    if (provider !== undefined) await this.#command(told.agreement, 'invite-provider', { provider }, undefined);
  }

  async #holdOrResume(agreement: Known, later: boolean): Promise<void> {
    const reason = this.#mark();
    const [name, body, mark] = agreement.held ? (['resume', {}, undefined] as const) : (['hold', { reason }, reason] as const);
    // What is told to be so may be so already: others work on it too.
    agreement.held = !agreement.held;
    const told = await this.#command(agreement.id, name, body, mark, later ? { later: 'one' } : {});
    agreement.version = told?.version;
  }

  async #amend(agreement: Known): Promise<void> {
    if (agreement.version === undefined || this.#dice.falls(0.5)) {
      const read = await this.client.read(`/api/v1/agreements/${agreement.id}`);
      const version = Number(/"(\d+)"/.exec(read?.etag ?? '')?.[1]);
      if (!Number.isInteger(version)) return;
      agreement.version = version;
    }
    const description = this.#mark();
    const told = await this.#command(agreement.id, 'amend-facts', { facts: { description } }, description, {
      headers: { 'if-match': `"${agreement.version}"` },
      ...(this.#dice.falls(0.2) && { later: 'one' }),
    });
    agreement.version = told?.version;
  }

  /** Several commands as one operation; some of its lines are refused, and the rest is done in order. */
  async #many(agreement: Known): Promise<void> {
    const lines = Array.from({ length: this.#dice.whole(2, 6) }, (): { command: string; body: object; mark?: string; expectedVersion?: number } => {
      const mark = this.#mark();
      const command = this.#dice.one(['hold', 'resume', 'amend-facts']);
      if (command === 'resume') return { command, body: {} };
      if (command === 'hold') return { command, body: { reason: mark }, mark };
      // A line before it may have moved it on, and others work on it too: then nothing is overwritten.
      return { command, body: { facts: { description: mark } }, mark, expectedVersion: agreement.version ?? this.#dice.whole(1, 40) };
    });
    agreement.version = undefined;
    await this.#send({
      name: 'operation',
      path: '/api/v1/operations',
      body: lines.map(({ command, body, expectedVersion }) => JSON.stringify({ agreement: agreement.id, command, body, expectedVersion })).join('\n'),
      marks: lines.map(({ mark }) => mark),
      later: 'lines',
    });
  }

  #command(agreement: string, name: string, body: unknown, mark: string | undefined, more: Pick<Letter, 'headers' | 'later'> = {}): Promise<Told | undefined> {
    return this.#send({ name, path: `/api/v1/agreements/${agreement}/commands/${name}`, body, marks: [mark], ...more });
  }

  #send(letter: Omit<Letter, 'key'>): Promise<Told | undefined> {
    return this.client.send({ ...letter, key: `${this.called}-${(this.#letters += 1)}` });
  }

  #mark(): string {
    return `mark ${this.called}.${(this.#marks += 1)}.`;
  }
}

/** A UUID of version 4 by the dice. */
export function uuidOf(dice: Dice): string {
  const hex = (digits: number) => Array.from({ length: digits }, () => dice.whole(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`;
}
