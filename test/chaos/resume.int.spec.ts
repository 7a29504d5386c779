import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, eventually, oversubscription, startRedis, type TestRedis } from '../harness/index.js';
import type { Client } from './client.js';
import { Dice } from './dice.js';
import { breath, Installation } from './installation.js';
import { unfinished } from './kept-rows.js';
import { uuidOf } from './load.js';
import { Receiver } from './receiver.js';
import { agreementOf, must, registerEndpoint, tenantOf, visitor } from './scene.js';

const redis = await startRedis();
const stores = [{ queues: 'postgresql', store: undefined }, ...(redis ? [{ queues: 'redis', store: redis }] : [])];

/** An installation with an agreement whose provider is told what happens in it. */
interface Scene {
  readonly installation: Installation;
  readonly receiver: Receiver;
  readonly commissioner: Client;
  readonly path: string;
}

const agreement = uuidOf(new Dice('resume'));

interface Absence {
  readonly waits: readonly number[];
  readonly resumed: readonly number[];
}
interface Kill {
  readonly boot: number;
  readonly next: number;
  readonly again: number;
}

const open: { stop(): Promise<void> }[] = [];
const absences = new Map<string, Promise<Absence>>();
const kills = new Map<string, Promise<Kill>>();

beforeAll(async () => {
  await built();
  // All stores at once: most of the time each waits for something.
  for (const { queues, store } of stores) {
    const scene = arranged(store);
    const absence = scene.then(postgresAway);
    const kill = absence.catch(() => undefined).then(async () => workerKilled(await scene));
    for (const under of [absence, kill]) under.catch(() => undefined); // whoever waits for it hears of it
    absences.set(queues, absence);
    kills.set(queues, kill);
  }
}, 120_000);
afterAll(async () => {
  await Promise.allSettled(kills.values());
  await Promise.all(open.map((one) => one.stop()));
  await redis?.stop();
}, 120_000);

async function arranged(store: TestRedis | undefined): Promise<Scene> {
  const installation = await Installation.start(store);
  open.push(installation);
  const receiver = await Receiver.start(new Dice('resume'));
  open.push(receiver);
  receiver.calm = true;
  const tenant = await tenantOf(installation, 'demo-council');
  const endpoint = await registerEndpoint(installation, receiver, tenant, 'provider-admin', false);
  const commissioner = visitor(installation, 'demo-council', 'commissioner', tenant);
  commissioner.thorough = true;
  await agreementOf(commissioner, agreement, [endpoint]);
  await eventually(() => (receiver.taken > 0 ? true : undefined), 30_000);
  return { installation, receiver, commissioner, path: endpoint.path };
}

/** How long requests waited for their 503 while PostgreSQL was away, and commands for their success from its return on. */
async function postgresAway({ installation, commissioner }: Scene): Promise<Absence> {
  const waits: number[] = [];
  const resumed: number[] = [];
  for (const [signal, name] of [['SIGQUIT', 'hold'], ['SIGKILL', 'resume']] as const) {
    await installation.endPostgres(signal);
    const away = performance.now();
    while (performance.now() - away < 3_000) {
      const since = performance.now();
      const answer = await fetch(`${installation.origin}/api/v1/agreements`, { headers: { authorization: `Bearer ${commissioner.who.key}` } });
      waits.push(performance.now() - since);
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([503, 'database.unavailable']);
      await breath(50);
    }
    await installation.startPostgres();
    const back = performance.now();
    await must(commissioner, agreement, name, name === 'hold' ? { reason: 'PostgreSQL was away' } : {});
    resumed.push(performance.now() - back);
  }
  return { waits, resumed };
}

/** Kills the worker while it tells something, and says how long after that the next thing was told, and this again. */
async function workerKilled({ installation, receiver, commissioner, path }: Scene): Promise<Kill> {
  const arrived = () => receiver.arrivals.get(path)!;
  await installation.worker.untilReady();
  let left: readonly string[] = [];
  await eventually(async () => {
    left = await unfinished(installation.postgres.ownerUrl);
    return left.length === 0 ? true : undefined;
  }, 60_000).catch((fault: unknown) => {
    throw new Error(`Not finished before the worker is killed: ${left.join(', ')}`, { cause: fault });
  });
  const before = arrived().length;
  let killedAt = 0;
  receiver.beforeAnswer = async () => {
    receiver.beforeAnswer = undefined;
    installation.worker.kill();
    killedAt = Date.now();
  };
  await must(commissioner, agreement, 'hold', { reason: 'told twice' });
  await eventually(() => (killedAt > 0 ? true : undefined), 30_000);
  const cut = arrived()[before]!.event;
  await must(commissioner, agreement, 'resume', {});
  const next = await eventually(() => arrived().slice(before + 1).find(({ event }) => event !== cut), 60_000);
  const again = await eventually(() => arrived().slice(before + 1).find(({ event }) => event === cut), 60_000);
  return { boot: installation.worker.boots.at(-1)!, next: next.at - killedAt, again: again.at - killedAt };
}

// The promises are made for a machine that does nothing else.
const allowed = (promised: number) => promised * oversubscription();

describe.each(stores)('with the queues in $queues', ({ queues }) => {
  test('while PostgreSQL is away every request is told so soon, and commands succeed within 5 s of its return', async () => {
    const { waits, resumed } = await absences.get(queues)!;
    console.log(`${queues}: PostgreSQL away: longest wait for a 503 ${Math.max(...waits).toFixed(0)} ms of ${waits.length}; first success after its return: ${resumed.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    expect(Math.max(...waits)).toBeLessThan(allowed(2_000));
    expect(Math.max(...resumed)).toBeLessThan(allowed(5_000));
  }, 240_000);

  test('after a worker is killed what happens next is told within 15 s, and what it was telling is told again', async () => {
    const { boot, next, again } = await kills.get(queues)!;
    console.log(`${queues}: a worker killed while it told something: its successor started in ${boot.toFixed(0)} ms; told the next thing after ${next} ms, the one cut off after ${again} ms.`);
    expect(next).toBeLessThan(allowed(15_000));
    expect(again).toBeLessThan(allowed(15_000));
  }, 180_000);
});
