import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { startRedis } from '../harness/redis.js';
import { newCommissioner, openAgreements, post } from './commissioner.js';
import type { Ground } from './ground.js';
import type { Load } from './load.js';
import { Void } from './remembered.js';
import { WebProcess } from './web-process.js';

const clients = 32;
const arriveWithinMs = 30_000;
/** What a provider hears of the two commands: one event each. */
const told = /stage-entered|returned/;

/** B13: what Redis runs for one delivery at load, with web and worker on it and one provider who hears of every command. */
export async function redisPerDelivery(ground: Ground, load: Load, measureMs: number): Promise<string> {
  const redis = await startRedis();
  if (redis === undefined) return 'B13  Redis commands per delivery: not counted, because there is no redis-server on the PATH\n';
  const environment = { ...ground.environment, redisUrl: redis.url };
  const receiver = await Receiver.open();
  const web = await WebProcess.start(environment);
  const worker = WebProcess.startWorker(environment);
  const asking = new Redis(redis.url);
  try {
    const commissioner = await newCommissioner(ground.app, ['administrator']);
    const { key } = commissioner;
    const { provider } = await post<{ provider: string }>(web.port, key, '/api/v1/providers', { name: 'Bench Provider', identifiers: [] });
    await post(web.port, key, '/api/v1/webhook-endpoints', { provider, url: receiver.url });
    const standings = await openAgreements(web.port, commissioner, clients);
    for (const standing of standings) {
      standing.version = (await post(web.port, key, `/api/v1/agreements/${standing.agreement}/commands/invite-provider`, { provider })).version;
    }
    await receiver.has(clients);
    const before = await ran(asking);
    const { acknowledged } = await load.run({ port: web.port, key, standings, warmUpMs: 0, measureMs });
    const deliveries = acknowledged.flatMap(({ events }) => events).filter(({ type }) => told.test(type)).length;
    await receiver.has(clients + deliveries);
    const after = await ran(asking);
    const each = (kind: 'scripts' | 'commands') => ((after[kind] - before[kind]) / deliveries).toFixed(2);
    return `B13  Redis per delivery at load (${deliveries} deliveries): ${each('scripts')} scripts; ${each('commands')} commands, those inside scripts and the waiting included\n`;
  } finally {
    asking.disconnect();
    await Promise.all([web.stop(), worker.stop()]);
    receiver.close();
    await redis.stop();
  }
}

/** What Redis has run so far: scripts it was asked to run, and commands in all. */
async function ran(redis: Redis): Promise<{ scripts: number; commands: number }> {
  const calls = [...(await redis.info('commandstats')).matchAll(/cmdstat_(\S+?):calls=(\d+)/g)].map(([, name, count]) => ({ name, count: Number(count) }));
  const sum = (wanted: (name: string | undefined) => boolean) => calls.filter(({ name }) => wanted(name)).reduce((all, { count }) => all + count, 0);
  return { scripts: sum((name) => name === 'evalsha' || name === 'eval'), commands: sum(() => true) };
}

/** A provider's server that takes everything, and knows which events it was sent. */
class Receiver {
  readonly #events = new Set<string>();

  private constructor(
    private readonly server: ReturnType<typeof createServer>,
    readonly url: string,
  ) {}

  static async open(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const id = request.headers['webhook-id'];
      if (request.method === 'POST' && typeof id === 'string') receiver.#events.add(id);
      request.resume();
      request.on('end', () => response.writeHead(200).end());
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const receiver = new Receiver(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
    return receiver;
  }

  /** Waits until this many events came. @throws Void when they do not, or when more did. */
  async has(count: number): Promise<void> {
    const deadline = performance.now() + arriveWithinMs;
    while (this.#events.size < count && performance.now() < deadline) await new Promise((wake) => setTimeout(wake, 10));
    if (this.#events.size !== count) throw new Void(`${count} events were to be delivered and ${this.#events.size} were.`);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}
