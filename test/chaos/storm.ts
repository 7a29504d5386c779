import { Client } from './client.js';
import { Dice } from './dice.js';
import { breath, Installation, type Kept } from './installation.js';
import { compare, type Invariant } from './invariants.js';
import { nextCommit, readRows, unfinished } from './kept-rows.js';
import { Load, uuidOf } from './load.js';
import { Receiver } from './receiver.js';
import { agreementOf, type Endpoint, registerEndpoint, tenantOf, visitor } from './scene.js';
import { eventually, oversubscription, type TestRedis } from '../harness/index.js';

/** How a storm blows. Every choice in it follows from the seed; only the machine's own timing does not. */
export interface StormPlan {
  readonly seed: string;
  /** SIGKILLs of web or worker. */
  readonly kills: number;
  /** Crashes of PostgreSQL, spread over them. */
  readonly crashes: number;
  /** Where the queues are in it, Redis is emptied this often. */
  readonly flushes: number;
}

/** What a storm came to. */
export interface StormReport {
  readonly plan: StormPlan;
  readonly queues: 'postgresql' | 'redis';
  readonly counts: Readonly<Record<string, number | string>>;
  readonly invariants: readonly Invariant[];
  /** The last words of web and worker, for whoever must find out what went wrong. */
  readonly lastWords: readonly string[];
}

/** Whom a kill meets, and when. */
type Kind = readonly ['web' | 'worker', 'while it starts' | 'at work' | 'at the worst moment'];
// Most die at work, some while they start.
const kinds = (['web', 'worker'] as const).flatMap((name): Kind[] => [[name, 'while it starts'], [name, 'at work'], [name, 'at work'], [name, 'at the worst moment']]);

const clients = 6;
/** On a machine that does nothing else; on a busier one as much longer as it is oversubscribed. */
const drainWithin = 60_000;
const resumeWithin = 60_000;
/** How long a kill waits for its moment, in milliseconds. */
const atMost = 1_000;

/** Runs an installation under load, breaks what it stands on as the plan says, lets it heal, and compares all accounts of it. */
export async function storm(plan: StormPlan, redis: TestRedis | undefined): Promise<StormReport> {
  const installation = await Installation.start(redis);
  const receiver = await Receiver.start(new Dice(plan.seed).for('receiver'));
  try {
    return await new Storm(plan, installation, receiver).run();
  } finally {
    await installation.stop();
    await receiver.stop();
  }
}

class Storm {
  readonly #dice: Dice;
  readonly #kills = { web: 0, worker: 0 };
  readonly #downMs: number[] = [];
  readonly #resumeMs: number[] = [];
  readonly #clients: Client[] = [];
  #flushes = 0;
  #blowing = true;
  #healed = 0;

  constructor(
    private readonly plan: StormPlan,
    private readonly installation: Installation,
    private readonly receiver: Receiver,
  ) {
    this.#dice = new Dice(plan.seed);
  }

  async run(): Promise<StormReport> {
    const began = performance.now();
    const { installation, receiver } = this;
    const { ownerUrl } = installation.postgres;
    const council = await tenantOf(installation, 'demo-council');
    const providers = [
      await registerEndpoint(installation, receiver, council, 'provider-admin', false),
      await registerEndpoint(installation, receiver, council, 'provider-admin:second', true),
    ];
    const loads = await this.#loads(council, providers);
    // What the demo left to the worker is done before the storm: else it stands in the journal and in nobody's history.
    await eventually(async () => ((await unfinished(ownerUrl)).length === 0 ? true : undefined), drainWithin);
    const before = new Map((await readRows(ownerUrl)).events.map(({ tenant, position }) => [tenant, position]));

    const work = Promise.all(loads.map((load) => load.run(() => this.#blowing)));
    try {
      await this.#blow();
      await this.#heal();
    } finally {
      this.#blowing = false;
      // With nobody there to answer, nobody waits for an answer.
      if (this.#healed === 0) for (const client of this.#clients) client.thorough = false;
      await work;
    }
    const { left, drainMs } = await this.#drain();

    const history = this.#clients.flatMap((client) => client.history);
    const feeds = new Map<string, string[]>();
    for (const { provider, admin } of providers) feeds.set(provider, await feedOf(admin));
    const rows = await readRows(ownerUrl);
    const endpoints = providers.map((one) => ({ ...one, arrivals: receiver.arrivals.get(one.path) ?? [] }));
    const invariants = await compare({ history, rows, before, endpoints, feeds }, installation.postgres.appUrl);
    const processes = [installation.web, installation.worker];
    return {
      plan: this.plan,
      queues: installation.redis === undefined ? 'postgresql' : 'redis',
      counts: this.#counts({ history, rows, endpoints, drainMs, seconds: (performance.now() - began) / 1_000 }),
      invariants: [...invariants, ...this.#manners(left)],
      lastWords: processes.flatMap(({ name, lines }) => lines.slice(-40).map((line) => `${name}: ${line}`)),
    };
  }

  /** Clients that work on agreements of their own and on two that all share, and one in another organisation. */
  async #loads(council: string, providers: readonly Endpoint[]): Promise<Load[]> {
    const { installation } = this;
    const dice = this.#dice.for('shared');
    const shared = [uuidOf(dice), uuidOf(dice)];
    for (const id of shared) await agreementOf(visitor(installation, 'demo-council', 'commissioner', council), id, providers);
    const board = await tenantOf(installation, 'demo-health-board');
    const ids = providers.map(({ provider }) => provider);
    return [
      ...Array.from({ length: clients }, (_, at) => new Load(this.#client('demo-council', council, `client ${at}`), `c${at}`, ids, shared)),
      new Load(this.#client('demo-health-board', board, 'elsewhere'), 'elsewhere', [], []),
    ];
  }

  /** Nothing is broken any more, and the clients go on a little. */
  async #heal(): Promise<void> {
    this.receiver.calm = true;
    for (const client of this.#clients) client.thorough = true;
    await Promise.all([this.installation.web.untilReady(), this.installation.worker.untilReady()]);
    this.#healed = performance.now();
    await breath(1_000);
  }

  /** Waits until everything that was accepted has had all its effects; `left` says what has not when time is up. */
  async #drain(): Promise<{ left: string[]; drainMs: number }> {
    for (;;) {
      const left = await unfinished(this.installation.postgres.ownerUrl);
      const drainMs = performance.now() - this.#healed;
      if (left.length === 0 || drainMs > drainWithin * oversubscription()) return { left, drainMs };
      await breath(100);
    }
  }

  /** What was promised beside the truth: nobody hangs, every answer is typed, no process ends by itself, all comes to an end. */
  #manners(left: string[]): Invariant[] {
    const { installation, receiver } = this;
    const answers = this.#clients.flatMap(({ history }) => history.flatMap(({ name, answers }) => answers.map((answer) => ({ name, answer }))));
    const hung = answers.filter(({ answer }) => answer.is === 'unknown' && answer.why === 'TimeoutError').map(({ name }) => name);
    const strange = this.#clients.flatMap((client) => client.strange);
    const deaths = [installation.web, installation.worker].flatMap((kept) => kept.deaths);
    return [
      { promise: 'every request is answered or cut off, none hangs', checked: answers.length, broken: hung },
      { promise: 'every answer is a success, a typed refusal or a typed 503', checked: answers.length, broken: strange },
      { promise: 'every delivery verifies with the standardwebhooks package', checked: receiver.taken, broken: receiver.faults },
      { promise: 'no process ends by itself', checked: this.#kills.web + this.#kills.worker + this.#downMs.length, broken: deaths },
      { promise: `everything accepted is done ${drainWithin / 1_000} s after the storm`, checked: 1, broken: left },
    ];
  }

  async #blow(): Promise<void> {
    const { installation, plan } = this;
    const dice = this.#dice.for('storm');
    const crashes = dice.several(plan.crashes, 1, plan.kills);
    const flushes = dice.several(installation.redis === undefined ? 0 : plan.flushes, 1, plan.kills);
    // Dealt like cards, so that eight kills are one of each kind whatever the dice say.
    const deck: Kind[] = [];
    for (let kill = 1; kill <= plan.kills; kill += 1) {
      if (flushes.includes(kill)) {
        await installation.flushRedis();
        this.#flushes += 1;
      }
      if (crashes.includes(kill)) await this.#crash(dice.one(['SIGQUIT', 'SIGKILL']));
      if (deck.length === 0) deck.push(...shuffled(kinds, dice));
      const [name, moment] = deck.pop()!;
      const victim: Kept = installation[name];
      const wait = dice.whole(0, 500);
      if (moment !== 'while it starts') await victim.untilReady();
      do {
        await breath(wait);
        if (moment === 'at the worst moment') await (name === 'web' ? this.#commit() : this.#delivery());
      } while (!victim.kill());
      this.#kills[victim.name] += 1;
    }
  }

  /** The worst moment for web: something was committed, and whoever asked for it has not been told. */
  async #commit(): Promise<void> {
    await nextCommit(this.installation.postgres.ownerUrl, atMost);
  }

  /** The worst moment for the worker: a delivery was taken, and that is not recorded yet. */
  async #delivery(): Promise<void> {
    const taken = new Promise<void>((now) => {
      this.receiver.beforeAnswer = () => {
        now();
        return breath(20);
      };
    });
    await Promise.race([breath(atMost), taken]);
    this.receiver.beforeAnswer = undefined;
  }

  async #crash(signal: 'SIGQUIT' | 'SIGKILL'): Promise<void> {
    const gone = performance.now();
    await this.installation.endPostgres(signal);
    await this.installation.startPostgres();
    const back = performance.now();
    this.#downMs.push(back - gone);
    await eventually(() => (this.#clients.some(({ lastOk }) => lastOk > back) ? true : undefined), resumeWithin);
    this.#resumeMs.push(performance.now() - back);
  }

  /** Somebody who is out in the storm. */
  #client(organisation: string, tenant: string, purpose: string): Client {
    const client = new Client(this.installation.origin, tenant, this.installation.key(organisation, 'commissioner'), this.#dice.for(purpose));
    this.#clients.push(client);
    return client;
  }

  #counts({ history, rows, endpoints, drainMs, seconds }: {
    history: Client['history'];
    rows: Awaited<ReturnType<typeof readRows>>;
    endpoints: readonly { arrivals: readonly { event: string }[] }[];
    drainMs: number;
    seconds: number;
  }): StormReport['counts'] {
    const { installation, receiver } = this;
    const outcome = (is: string) => history.filter((asked) => asked.outcome === is).length;
    const repeats = endpoints.reduce((sum, { arrivals }) => sum + arrivals.length - new Set(arrivals.map(({ event }) => event)).size, 0);
    return {
      'kills of web': this.#kills.web,
      'kills of worker': this.#kills.worker,
      'crashes of PostgreSQL': this.#downMs.length,
      ...(installation.redis !== undefined && { 'FLUSHALL of Redis': this.#flushes }),
      'commands and operations': history.length,
      'ok': outcome('ok'),
      'refused': outcome('refused'),
      'failed': outcome('failed'),
      'unknown': outcome('unknown'),
      'HTTP requests': history.reduce((sum, { answers }) => sum + answers.length, 0),
      'answered by a receipt': history.filter(({ told }) => told?.repeated === true).length,
      'events in the journal': rows.events.length,
      'operations accepted': rows.operations.length,
      'deliveries taken': receiver.taken,
      'of these repeats': `${repeats} (${((100 * repeats) / Math.max(receiver.taken, 1)).toFixed(1)} %)`,
      'deliveries turned away': receiver.turnedAway,
      'start of web': milliseconds(installation.web.boots),
      'start of worker': milliseconds(installation.worker.boots),
      'PostgreSQL down': milliseconds(this.#downMs),
      'first success after PostgreSQL is back': milliseconds(this.#resumeMs),
      'longest request': milliseconds(this.#clients.map(({ longest }) => longest)),
      'done after the storm': `${(drainMs / 1_000).toFixed(1)} s`,
      'whole run': `${seconds.toFixed(0)} s`,
    };
  }
}

function shuffled<T>(cards: readonly T[], dice: Dice): T[] {
  return cards.map((card) => ({ card, at: dice.next() })).sort((a, b) => a.at - b.at).map(({ card }) => card);
}

async function feedOf(reader: Client): Promise<string[]> {
  const bodies: string[] = [];
  for (let after = 0; ; ) {
    const page = await reader.read(`/api/v1/events?after=${after}&limit=100`);
    if (page === undefined) throw new Error('The feed could not be read after the storm.');
    const { items, next } = JSON.parse(page.text) as { items: object[]; next: number };
    if (items.length === 0) return bodies;
    // As they stand in the page: reading and writing them again would hide a difference.
    const texts = items.map((item) => JSON.stringify(item));
    if (page.text !== `{"items":[${texts.join(',')}],"next":${next}}`) throw new Error('The page of a feed is not made of its bodies.');
    bodies.push(...texts);
    after = next;
  }
}

function milliseconds(values: readonly number[]): string {
  if (values.length === 0) return '-';
  const sorted = [...values].sort((a, b) => a - b);
  return `median ${sorted[Math.floor(sorted.length / 2)]!.toFixed(0)} ms, longest ${sorted.at(-1)!.toFixed(0)} ms`;
}

/** The report as a table for people. */
export function table({ plan, queues, counts, invariants }: StormReport): string {
  const width = Math.max(...[...Object.keys(counts), ...invariants.map(({ promise }) => promise)].map(({ length }) => length));
  return [
    `Storm on ${queues}, seed ${plan.seed}`,
    ...Object.entries(counts).map(([name, value]) => `  ${name.padEnd(width)}  ${value}`),
    ...invariants.map(({ promise, checked, broken }) => `  ${promise.padEnd(width)}  ${broken.length === 0 ? 'holds' : `BROKEN ${broken.length}`} of ${checked}`),
  ].join('\n');
}
