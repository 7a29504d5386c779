import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { built, eventually, startRedis } from '../harness/index.js';
import type { Client } from './client.js';
import { Dice } from './dice.js';
import { breath, Installation } from './installation.js';
import { unfinished } from './kept-rows.js';
import { uuidOf } from './load.js';
import { Receiver } from './receiver.js';
import { agreementOf, must, registerEndpoint, tenantOf, visitor } from './scene.js';

const redis = await startRedis();
const stores = [{ queues: 'postgresql', store: undefined }, ...(redis ? [{ queues: 'redis', store: redis }] : [])];

beforeAll(async () => {
  await built();
}, 120_000);
afterAll(() => redis?.stop());

describe.each(stores)('with the queues in $queues', ({ queues, store }) => {
  let installation: Installation;
  let receiver: Receiver;
  let commissioner: Client;
  let path: string;
  const agreement = uuidOf(new Dice('resume'));

  beforeAll(async () => {
    installation = await Installation.start(store);
    receiver = await Receiver.start(new Dice('resume'));
    receiver.calm = true;
    const tenant = await tenantOf(installation, 'demo-council');
    const endpoint = await registerEndpoint(installation, receiver, tenant, 'provider-admin', false);
    path = endpoint.path;
    commissioner = visitor(installation, 'demo-council', 'commissioner', tenant);
    await agreementOf(commissioner, agreement, [endpoint]);
    await eventually(() => (receiver.taken > 0 ? true : undefined), 30_000);
  }, 120_000);
  afterAll(async () => {
    await installation.stop();
    await receiver.stop();
  }, 60_000);

  const arrived = () => receiver.arrivals.get(path)!;

  test('while PostgreSQL is away every request is told so soon, and commands succeed within 5 s of its return', async () => {
    const waits: number[] = [];
    const resumed: number[] = [];
    commissioner.thorough = true;
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
    console.log(`${queues}: PostgreSQL away: longest wait for a 503 ${Math.max(...waits).toFixed(0)} ms of ${waits.length}; first success after its return: ${resumed.map((ms) => ms.toFixed(0)).join(', ')} ms`);
    expect(Math.max(...waits)).toBeLessThan(2_000);
    expect(Math.max(...resumed)).toBeLessThan(5_000);
  }, 120_000);

  test('after a worker is killed what happens next is told within 15 s, and what it was telling is told again', async () => {
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
    const boot = installation.worker.boots.at(-1)!;
    console.log(`${queues}: a worker killed while it told something: its successor started in ${boot.toFixed(0)} ms; told the next thing after ${next.at - killedAt} ms, the one cut off after ${again.at - killedAt} ms.`);
    expect(next.at - killedAt).toBeLessThan(15_000);
    expect(again.at - killedAt).toBeLessThan(15_000);
  }, 180_000);
});
