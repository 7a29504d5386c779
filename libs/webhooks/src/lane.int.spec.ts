import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { newId } from '@concordat/platform';
import { Webhook } from 'standardwebhooks';
import { eventually, type FreshDatabase } from '../../../test/harness/index.js';
import { lanesDue, readAttempts, readDeliveries } from './delivery.store.js';
import { readEndpoint } from './endpoint.store.js';
import { type Answering, house, receiver as startReceiver, type Receiver, type World, world } from './given.js';
import { laneId, laneLimits } from './lane.js';
import { readFeed } from './published.store.js';
import { Told } from './told.js';

let home: FreshDatabase;
let w: World;
const receivers: Receiver[] = [];
beforeAll(async () => {
  home = await house();
});
afterAll(() => home.drop());
// A world for each test, because time moves in them and a journal's time never goes back.
beforeEach(() => {
  w = world(home);
});
afterEach(async () => {
  for (const one of receivers.splice(0)) one.close();
  await w.close();
});

async function receiver(answering?: Answering): Promise<Receiver> {
  const started = await startReceiver(answering);
  receivers.push(started);
  return started;
}

/** A provider with an endpoint, invited to an agreement: its invitation is the first event on its way. */
async function invited(answering?: Answering, ordered = false) {
  const who = await w.provider();
  const at = await receiver(answering);
  const { endpoint, secret } = await w.endpoint(who, at.url, ordered);
  const agreement = newId();
  const event = await w.fact(agreement, 'provider-invited', { provider: who.provider });
  await w.fanOut();
  const run = (lanes = w.lanes) => lanes.run(laneId(w.tenant, endpoint));
  const deliveries = () => readDeliveries(w.database, w.tenant, endpoint, 100);
  const delivery = async () => (await readDeliveries(w.database, w.tenant, endpoint, 1, { event }))[0]!;
  const attempts = () => readAttempts(w.database, w.tenant, endpoint, [event]);
  return { ...who, at, endpoint, secret, agreement, event, run, deliveries, delivery, attempts };
}

const isDue = async (endpoint: string) =>
  (await lanesDue(w.database, w.clock.now().toISOString())).some((lane) => lane.endpoint === endpoint && lane.tenant === w.tenant);

const hour = 3_600_000;
const again = () => ({ commandId: newId(), fingerprint: 'send it again' });

describe('a delivery', () => {
  test('arrives as it was published, byte for byte, and the unmodified package verifies it', async () => {
    const p = await invited();
    await p.run();
    const [arrived] = p.at.arrived;
    const [published] = await readFeed(w.database, w.tenant, p.provider, 0, 10);
    expect(arrived!.body.equals(Buffer.from(published!.body, 'utf8'))).toBe(true);
    expect(arrived!.headers).toMatchObject({ 'content-type': 'application/cloudevents+json', 'webhook-id': p.event });
    expect(new Webhook(p.secret).verify(arrived!.body, arrived!.headers as Record<string, string>)).toMatchObject({
      id: p.event,
      type: 'concordat.agreement.provider-invited.v1',
      sequence: '0000000001',
      data: { provider: p.provider },
    });
    expect(await p.delivery()).toMatchObject({ state: 'delivered', tries: 1 });
    expect(await p.attempts()).toEqual([
      expect.objectContaining({ number: 1, status: 200, error: null, body: 'thanks', remoteAddress: '127.0.0.1', late: false }),
    ]);
    await p.run();
    expect(p.at.arrived).toHaveLength(1);
  });

  test.each([200, 201, 202, 204, 299])('is settled by %p', async (status) => {
    const p = await invited(() => ({ status }));
    await p.run();
    expect((await p.delivery()).state).toBe('delivered');
  });

  test.each([301, 304, 308, 400, 401, 404, 500])('is not settled by %p', async (status) => {
    const p = await invited(() => ({ status, headers: { location: 'http://127.0.0.1:1/' } }));
    await p.run();
    expect((await p.delivery()).state).toBe('retry');
  });

  test('of a type that is internal is never made', async () => {
    const p = await invited();
    await w.fact(p.agreement, 'signed-off', { outcome: 'granted' });
    await w.fanOut();
    expect(await p.deliveries()).toHaveLength(1);
  });

  test('of what was before the endpoint is not made, however often the feed is read', async () => {
    const who = await w.provider();
    const agreement = newId();
    await w.fact(agreement, 'provider-invited', { provider: who.provider });
    await w.fanOut();
    const { endpoint } = await w.endpoint(who, (await receiver()).url);
    await w.readAgain();
    expect(await readDeliveries(w.database, w.tenant, endpoint, 10)).toEqual([]);
  });
});

describe('a test', () => {
  const tested = async (status: number, ordered = false) => {
    const who = await w.provider();
    const at = await receiver(() => ({ status, body: 'seen' }));
    const { endpoint, secret } = await w.endpoint(who, at.url, ordered);
    const ask = (commandId: string) => w.ask(who.actor, { name: 'test-endpoint', endpoint }, commandId);
    const commandId = newId();
    const outcome = await ask(commandId);
    await ask(commandId);
    await w.fanOut();
    await w.readAgain();
    await w.lanes.run(laneId(w.tenant, endpoint));
    const told = new Told(w.database, w.clock, w.doorbell, w.consumers);
    return { ...who, at, endpoint, secret, outcome, told, ask };
  };

  test('is signed and sent once however often it is asked for under one id, and stands in no feed', async () => {
    const p = await tested(204, true);
    expect(p.at.arrived).toHaveLength(1);
    const [{ body, headers }] = p.at.arrived as [{ body: Buffer; headers: Record<string, string> }];
    expect(new Webhook(p.secret).verify(body, headers)).toMatchObject({ type: 'concordat.endpoint.tested.v1', subject: p.endpoint, data: {} });
    expect(await p.told.deliveries(w.tenant, p.endpoint, 10)).toMatchObject([{ event: headers['webhook-id'], agreement: null, sequence: null, type: 'concordat.endpoint.tested.v1', state: 'delivered', attempts: [{ status: 204, body: '' }] }]);
    expect(await readFeed(w.database, w.tenant, p.provider, 0, 10)).toEqual([]);
  });

  test('that fails is given up at once, makes nobody’s server a failing one, and can be sent again', async () => {
    const p = await tested(500);
    expect(await readDeliveries(w.database, w.tenant, p.endpoint, 10)).toMatchObject([{ state: 'dead', tries: 1 }]);
    expect((await p.told.health(w.tenant, [p.endpoint])).get(p.endpoint)).toMatchObject({ waiting: 0, failing: 0, dead: 0 });
    const [{ event }] = (await readDeliveries(w.database, w.tenant, p.endpoint, 10)) as unknown as [{ event: string }];
    expect(await p.told.resend(w.tenant, p.endpoint, event, again())).toBe('pending');
    await w.lanes.run(laneId(w.tenant, p.endpoint));
    expect(p.at.arrived.map(({ headers }) => headers['webhook-id'])).toEqual([event, event]);
  });

  test('is refused for a disabled endpoint, and for another provider’s', async () => {
    const p = await tested(200);
    await w.ask(p.actor, { name: 'disable-endpoint', endpoint: p.endpoint, reason: 'by-request' });
    expect(await p.ask(newId())).toMatchObject({ outcome: 'refused', refusals: [{ code: 'endpoint.disabled', missing: [{ by: 'enable-endpoint' }] }] });
    const rival = await w.provider();
    expect(await w.ask(rival.actor, { name: 'test-endpoint', endpoint: p.endpoint })).toMatchObject({ outcome: 'refused', refusals: [{ code: 'endpoint.unknown' }] });
  });
});

test('retries are rows that only time makes due: ten tries along the schedule, one webhook-id, then dead', async () => {
  const p = await invited(() => ({ status: 500, body: 'no' }));
  const planned = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400];
  for (const seconds of planned) {
    await p.run();
    const { state, nextAt } = await p.delivery();
    expect(state).toBe('retry');
    const wait = (Date.parse(nextAt) - w.clock.now().getTime()) / 1000;
    expect(wait).toBeGreaterThanOrEqual(seconds * 0.8 - 0.001);
    expect(wait).toBeLessThanOrEqual(seconds * 1.2 + 0.001);
    expect(await isDue(p.endpoint)).toBe(false);
    const before = p.at.arrived.length;
    await p.run();
    expect(p.at.arrived).toHaveLength(before);
    w.clock.set(nextAt);
    w.clock.advance(1);
    expect(await isDue(p.endpoint)).toBe(true);
  }
  await p.run();
  expect(await p.delivery()).toMatchObject({ state: 'dead', tries: 10 });
  expect(await isDue(p.endpoint)).toBe(false);
  expect(new Set(p.at.arrived.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([p.event]));
  const attempts = await p.attempts();
  expect(attempts.map(({ number, status, body }) => ({ number, status, body }))).toEqual(
    Array.from({ length: 10 }, (_, i) => ({ number: i + 1, status: 500, body: 'no' })),
  );
});

describe('a worker that is lost', () => {
  test('between the POST and its record leaves a lease; the event is sent again under the same id', async () => {
    const lost = await w.otherDatabase();
    // By the time the answer comes, the worker's connections are gone.
    const p = await invited(async (_, n) => {
      if (n === 1) await lost.close();
      return { status: 200 };
    });
    await expect(p.run(w.lanesOn(lost))).rejects.toThrow();
    expect((await p.delivery()).state).toBe('leased');
    await p.run();
    expect(p.at.arrived).toHaveLength(1);
    w.clock.advance(laneLimits.leaseMs + 1);
    expect(await isDue(p.endpoint)).toBe(true);
    await p.run();
    expect(p.at.arrived.map(({ headers }) => headers['webhook-id'])).toEqual([p.event, p.event]);
    expect(await p.delivery()).toMatchObject({ state: 'delivered', tries: 2 });
  });

  test('and comes back late marks nothing: its attempt is kept as late, the delivery stays as the other left it', async () => {
    let arrive = () => undefined as void;
    let answerNow = () => undefined as void;
    const arrived = new Promise<void>((done) => (arrive = done));
    const answered = new Promise<void>((done) => (answerNow = done));
    const p = await invited(async (_, n) => {
      if (n > 1) return { status: 200 };
      arrive();
      await answered;
      return { status: 500 };
    });
    const late = p.run();
    await arrived;
    w.clock.advance(laneLimits.leaseMs + 1);
    await p.run();
    expect((await p.delivery()).state).toBe('delivered');
    answerNow();
    await late;
    expect((await p.delivery()).state).toBe('delivered');
    const attempts = await p.attempts();
    expect(attempts.map(({ number, status, late: isLate }) => ({ number, status, isLate }))).toEqual([
      { number: 1, status: 500, isLate: true },
      { number: 2, status: 200, isLate: false },
    ]);
  });
});

test('a delivery whose answer takes longer than a lease stays with its worker, who renews it', async () => {
  let answerNow = () => undefined as void;
  const answered = new Promise<void>((done) => (answerNow = done));
  const p = await invited(async () => {
    await answered;
    return { status: 200 };
  });
  const leaseMs = 1_000;
  const slow = p.run(w.lanesOn(w.database, { ...laneLimits, leaseMs }));
  await eventually(async () => ((await p.delivery()).state === 'leased' ? true : undefined));
  w.clock.advance(leaseMs - 1);
  const until = w.clock.now().getTime() + leaseMs;
  await eventually(async () => (Date.parse((await p.delivery()).nextAt) === until ? true : undefined));
  w.clock.advance(leaseMs - 1);
  expect(await isDue(p.endpoint)).toBe(false);
  await p.run();
  answerNow();
  await slow;
  expect(p.at.arrived).toHaveLength(1);
  expect(await p.delivery()).toMatchObject({ state: 'delivered', tries: 1 });
});

test.each([1, 2, 3])('whatever an ordered endpoint refuses (seed %p), every event arrives in the end, in order, again only under its own id', async (seed) => {
  // mulberry32: the same seed refuses the same requests.
  let state = seed;
  const chance = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const accepted: { id: string; subject: string; sequence: string }[] = [];
  const p = await invited(({ body }) => {
    if (chance() < 0.3) return { status: chance() < 0.5 ? 500 : 404 };
    accepted.push(JSON.parse(body.toString()) as { id: string; subject: string; sequence: string });
    return { status: 200 };
  }, true);
  const agreements = [p.agreement, newId(), newId()];
  for (const agreement of agreements.slice(1)) await w.fact(agreement, 'provider-invited', { provider: p.provider });
  for (let i = 0; i < 30; i += 1) await w.fact(agreements[i % 3]!, 'stage-entered', { stage: `s${i}`, from: 's' });
  await w.fanOut();
  const owed = (await readFeed(w.database, w.tenant, p.provider, 0, 1_000)).map(({ event }) => event);
  for (let rounds = 0; (await p.deliveries()).some((delivery) => delivery.state !== 'delivered'); rounds += 1) {
    expect(rounds).toBeLessThan(500);
    await p.run();
    w.clock.advance(hour);
  }
  expect(accepted.map(({ id }) => id).sort()).toEqual([...owed].sort());
  for (const agreement of agreements) {
    const sequences = accepted.filter(({ subject }) => subject === agreement).map(({ sequence }) => Number(sequence));
    expect(sequences).toEqual(sequences.map((_, i) => i + 1));
  }
});

test('two workers on one lane never send one delivery twice', async () => {
  const p = await invited();
  for (let i = 0; i < 40; i += 1) await w.fact(p.agreement, 'stage-entered', { stage: `s${i}`, from: 's' });
  await w.fanOut();
  const other = w.lanesOn(await w.otherDatabase());
  while (await isDue(p.endpoint)) await Promise.all([p.run(), p.run(other), p.run()]);
  const ids = p.at.arrived.map(({ headers }) => headers['webhook-id']);
  expect(ids).toHaveLength(41);
  expect(new Set(ids).size).toBe(41);
});

test('a lane gives way after 25 deliveries and rings for the rest', async () => {
  const p = await invited();
  for (let i = 0; i < 30; i += 1) await w.fact(p.agreement, 'stage-entered', { stage: `s${i}`, from: 's' });
  await w.fanOut();
  await p.run();
  expect(p.at.arrived).toHaveLength(25);
  expect(w.rung.filter((bell) => bell === `lane ${w.tenant}/${p.endpoint}`)).toHaveLength(1);
  await p.run();
  expect(p.at.arrived).toHaveLength(31);
});

test('an ordered endpoint hears each agreement strictly in order, and one that fails holds up that agreement alone', async () => {
  let failing: string | undefined;
  const p = await invited(({ body }) => ({ status: (JSON.parse(body.toString()) as { id: string }).id === failing ? 500 : 200 }), true);
  const other = newId();
  await w.fact(other, 'provider-invited', { provider: p.provider });
  const expected = new Map([[p.agreement, 6], [other, 6]]);
  for (let i = 0; i < 5; i += 1) {
    for (const agreement of expected.keys()) {
      const id = await w.fact(agreement, 'stage-entered', { stage: `s${i}`, from: 's' });
      if (i === 2 && agreement === p.agreement) failing = id;
    }
  }
  await w.fanOut();
  const sequences = (agreement: string) =>
    p.at.arrived
      .map(({ body }) => JSON.parse(body.toString()) as { subject: string; sequence: string })
      .filter(({ subject }) => subject === agreement)
      .map(({ sequence }) => Number(sequence));
  await p.run();
  expect(sequences(other)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(sequences(p.agreement)).toEqual([1, 2, 3, 4]);
  failing = undefined;
  w.clock.advance(7_000);
  await p.run();
  expect(sequences(p.agreement)).toEqual([1, 2, 3, 4, 4, 5, 6]);
});

describe('an endpoint that says it is gone', () => {
  test('is disabled at once, what comes is held, and enabling sends it', async () => {
    let gone = true;
    const p = await invited(() => ({ status: gone ? 410 : 200 }));
    await p.run();
    await w.fanOut();
    expect((await readEndpoint(w.database, w.tenant, p.endpoint))!.disabled).toBe('gone');
    await w.fact(p.agreement, 'held', { until: null });
    await w.fanOut();
    expect((await p.deliveries()).map(({ state }) => state)).toEqual(['held', 'held']);
    await p.run();
    expect(p.at.arrived).toHaveLength(1);
    gone = false;
    expect((await w.ask(p.actor, { name: 'enable-endpoint', endpoint: p.endpoint })).outcome).toBe('recorded');
    await w.fanOut();
    await p.run();
    expect((await p.deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
  });

  test('is disabled before the consumer has read of it', async () => {
    const p = await invited(() => ({ status: 410 }));
    await p.run();
    await w.fact(p.agreement, 'held', { until: null });
    expect((await readEndpoint(w.database, w.tenant, p.endpoint))!.disabled).toBe('gone');
  });
});

test.each([
  [429, '120', 120],
  [503, new Date(Date.now() + 10 * 365 * 24 * hour).toUTCString(), 86_400],
  [503, 'in a while', null],
  [500, '120', null],
])('%p with Retry-After: %p holds the whole lane for %p seconds', async (status, header, seconds) => {
  const p = await invited((_, n) => (n === 1 ? { status, headers: { 'retry-after': header } } : { status: 200 }));
  await p.run();
  const { heldUntil } = (await readEndpoint(w.database, w.tenant, p.endpoint))!;
  if (seconds === null) {
    expect(heldUntil).toBeNull();
    return;
  }
  expect(Date.parse(heldUntil!)).toBe(w.clock.now().getTime() + seconds * 1000);
  await w.fact(p.agreement, 'held', { until: null });
  await w.fanOut();
  w.clock.advance(10_000);
  await p.run();
  expect(await isDue(p.endpoint)).toBe(false);
  expect(p.at.arrived).toHaveLength(1);
  w.clock.advance(seconds * 1000);
  await p.run();
  expect((await p.deliveries()).map(({ state }) => state)).toEqual(['delivered', 'delivered']);
});

test('a delivery is sent again on request, under the same id, whatever became of it, and once for each request', async () => {
  const p = await invited();
  const told = new Told(w.database, w.clock, w.doorbell, w.consumers);
  await p.run();
  const ask = again();
  expect(await told.resend(w.tenant, p.endpoint, p.event, ask)).toBe('pending');
  expect(w.rung).toContain(`lane ${w.tenant}/${p.endpoint}`);
  await p.run();
  expect(p.at.arrived.map(({ headers }) => headers['webhook-id'])).toEqual([p.event, p.event]);
  const [delivery] = await told.deliveries(w.tenant, p.endpoint, 10);
  expect(delivery).toMatchObject({ state: 'delivered', tries: 2, attempts: [{ number: 1, status: 200 }, { number: 2, status: 200 }] });
  expect(await told.resend(w.tenant, p.endpoint, newId(), again())).toBeUndefined();

  expect(await told.resend(w.tenant, p.endpoint, p.event, ask)).toBe('delivered');
  await p.run();
  expect(p.at.arrived).toHaveLength(2);
  expect(await told.resend(w.tenant, p.endpoint, p.event, { ...ask, fingerprint: 'of another request' })).toBe('key-reused');
});

test('a request to send again is known for 30 days, and forgotten with the next request after that', async () => {
  const p = await invited();
  const told = new Told(w.database, w.clock, w.doorbell, w.consumers);
  const [first, second, third] = [again(), again(), again()];
  const known = async () => (await w.database.inTenant(w.tenant, (tx) => tx.query<{ command: string }[]>('SELECT command FROM webhooks.resend WHERE command = ANY($1::uuid[])', [[first, second, third].map(({ commandId }) => commandId)]))).map(({ command }) => command);
  await told.resend(w.tenant, p.endpoint, p.event, first);
  w.clock.advance(30 * 24 * hour - 1);
  await told.resend(w.tenant, p.endpoint, p.event, second);
  expect(new Set(await known())).toEqual(new Set([first.commandId, second.commandId]));
  w.clock.advance(2);
  await told.resend(w.tenant, p.endpoint, p.event, third);
  expect(new Set(await known())).toEqual(new Set([second.commandId, third.commandId]));
});

test('after a rotation both keys verify until the overlap is over, then the new one alone', async () => {
  const p = await invited();
  const rotated = await w.ask(p.actor, { name: 'rotate-secret', endpoint: p.endpoint, overlapHours: 1 });
  if (rotated.outcome !== 'recorded' || rotated.secret === null || !('shown' in rotated.secret)) throw new Error('unreachable');
  const fresh = rotated.secret.shown;
  await w.fanOut();
  await p.run();
  const verify = (secret: string, n: number) => {
    const { body, headers } = p.at.arrived[n]!;
    return new Webhook(secret).verify(body, headers as Record<string, string>);
  };
  expect(verify(p.secret, 0)).toEqual(verify(fresh, 0));
  expect(String(p.at.arrived[0]!.headers['webhook-signature']).split(' ')).toHaveLength(2);
  w.clock.advance(hour + 1);
  await w.fact(p.agreement, 'held', { until: null });
  await w.fanOut();
  await p.run();
  expect(String(p.at.arrived[1]!.headers['webhook-signature']).split(' ')).toHaveLength(1);
});

test('the ticker finds what nobody was rung for, with the tenant in the id', async () => {
  const p = await invited();
  w.rung.length = 0;
  await w.lanes.ringDue();
  // A bell rests a moment after each ring, and it was rung when what it is told came.
  await eventually(() => w.rung.includes(`lane ${w.tenant}/${p.endpoint}`) || undefined);
  w.rung.length = 0;
  expect(await w.lanes.ringDue(w.tenant)).toBe(1);
  expect(await w.lanes.ringDue(newId())).toBe(0);
  await eventually(() => (w.rung.length > 0 ? true : undefined));
  expect(w.rung).toEqual([`lane ${w.tenant}/${p.endpoint}`]);
});

test('a lane that is told to stop leaves the rest in rows', async () => {
  const p = await invited();
  for (let i = 0; i < 10; i += 1) await w.fact(p.agreement, 'stage-entered', { stage: `s${i}`, from: 's' });
  await w.fanOut();
  w.lanes.stop();
  await p.run();
  expect(p.at.arrived).toHaveLength(0);
  await p.run(w.lanesOn(w.database));
  expect(p.at.arrived).toHaveLength(11);
});

test('one that is disabled on request while it answers 410 is held, and sent when it is enabled', async () => {
  const p = await invited(async (_, n) => {
    if (n > 1) return { status: 200 };
    await w.ask(p.actor, { name: 'disable-endpoint', endpoint: p.endpoint, reason: 'by-request' });
    await w.fanOut();
    return { status: 410 };
  });
  await p.run();
  expect((await p.delivery()).state).toBe('held');
  await w.ask(p.actor, { name: 'enable-endpoint', endpoint: p.endpoint });
  await w.fanOut();
  await p.run();
  expect((await p.delivery()).state).toBe('delivered');
});

test('an endpoint that hangs keeps no other waiting', async () => {
  let release = () => undefined as void;
  const released = new Promise<void>((done) => (release = done));
  const hanging = await invited(async () => {
    await released;
    return { status: 200 };
  });
  const healthy = await invited();
  const stuck = hanging.run();
  await healthy.run();
  expect((await healthy.delivery()).state).toBe('delivered');
  release();
  await stuck;
});
