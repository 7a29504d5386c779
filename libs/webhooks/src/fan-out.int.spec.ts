import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type FreshDatabase } from '../../../test/harness/index.js';
import { newId } from '@concordat/platform';
import { fanOutName } from './fan-out.consumer.js';
import { house, type World, world } from './given.js';
import { readFeed } from './published.store.js';

let home: FreshDatabase;
let w: World;
beforeAll(async () => {
  home = await house();
  w = world(home);
});
afterAll(async () => {
  await w.close();
  await home.drop();
});

const feed = async (party: string, after = 0) => readFeed(w.database, w.tenant, party, after, 1_000);
const heard = async (party: string) => (await feed(party)).map(({ type, sequence }) => `${sequence} ${type.split('.')[2]}`);

describe('who hears what of an agreement', () => {
  test('all who are invited hear of the sourcing, each of their own invitation; the awarded one alone of what follows', async () => {
    const [winner, loser, stranger] = [newId(), newId(), newId()];
    const agreement = newId();
    await w.fact(agreement, 'opened', { kind: 'contract' });
    await w.fact(agreement, 'stage-entered', { stage: 'sourcing', from: 'route' });
    await w.fact(agreement, 'provider-invited', { provider: winner });
    await w.fact(agreement, 'provider-invited', { provider: loser });
    await w.fact(agreement, 'stage-entered', { stage: 'award', from: 'sourcing' });
    await w.fact(agreement, 'award-proposed', { provider: winner });
    await w.fact(agreement, 'signed-off', { outcome: 'granted' });
    await w.fact(agreement, 'award-notice-published', { publishedOn: '2026-06-01', reference: 'N-1', ends: '2026-06-10' });
    await w.fact(agreement, 'award-accepted', { provider: winner });
    await w.fact(agreement, 'gate-opened', { stage: 'award' });
    await w.fact(agreement, 'awarded', { provider: winner });
    await w.fact(agreement, 'stage-entered', { stage: 'mobilisation', from: 'award' });
    await w.fact(agreement, 'gate-opened', { stage: 'mobilisation' });
    await w.fanOut();

    expect(await heard(winner)).toEqual([
      '1 provider-invited', '2 stage-entered', '3 award-notice-published', '4 award-accepted', '5 awarded', '6 stage-entered', '7 gate-opened',
    ]);
    expect(await heard(loser)).toEqual(['1 provider-invited', '2 stage-entered', '3 award-notice-published', '4 awarded']);
    expect(await heard(stranger)).toEqual([]);
  });

  test('all who are invited hear in the same instant that what they bid for is another, and of the organisation’s own facts nothing', async () => {
    const [one, other, incumbent] = [newId(), newId(), newId()];
    const agreement = newId();
    await w.fact(agreement, 'incumbent-recorded', { provider: incumbent });
    for (const provider of [one, other]) await w.fact(agreement, 'provider-invited', { provider });
    await w.fact(agreement, 'facts-amended', { facts: { value: { amount: '1.00', currency: 'GBP' }, sponsor: newId() } });
    await w.fact(agreement, 'facts-amended', { facts: { specification: { reference: 'S-2', title: 'Specification, again' } } });
    await w.fanOut();
    for (const party of [one, other]) expect(await heard(party)).toEqual(['1 provider-invited', '2 facts-amended']);
    const [told, toldOther] = await Promise.all([one, other].map(async (party) => (await feed(party)).at(-1)!));
    expect([told!.event, JSON.parse(told!.body).data]).toEqual([toldOther!.event, { agreement }]);
    expect(await heard(incumbent)).toEqual(['1 incumbent-recorded']);
  });

  test('whoever provides it so far hears how it is awarded anew, and of what follows only where it is awarded to them', async () => {
    const [incumbent, other] = [newId(), newId()];
    const anew = async (awarded: string) => {
      const agreement = newId();
      await w.fact(agreement, 'incumbent-recorded', { provider: incumbent });
      await w.fact(agreement, 'stage-entered', { stage: 'award', from: 'sourcing' });
      await w.fact(agreement, 'awarded', { provider: awarded });
      await w.fact(agreement, 'stage-entered', { stage: 'mobilisation', from: 'award' });
      await w.fact(agreement, 'held', { until: null, reason: 'x' });
      await w.fact(agreement, 'closed', { from: 'close' });
      await w.fanOut();
      return (await feed(incumbent)).filter((row) => row.agreement === agreement).map(({ type }) => type.split('.')[2]);
    };
    expect(await anew(other)).toEqual(['incumbent-recorded', 'stage-entered', 'awarded']);
    expect(await anew(incumbent)).toEqual(['incumbent-recorded', 'stage-entered', 'awarded', 'stage-entered', 'held', 'closed']);
  });

  test('where an award falls all who bid hear of the sourcing again, from the same event on, and nobody as the provider', async () => {
    const [winner, loser] = [newId(), newId()];
    const agreement = newId();
    for (const provider of [winner, loser]) await w.fact(agreement, 'provider-invited', { provider });
    await w.fact(agreement, 'awarded', { provider: winner });
    await w.fact(agreement, 'stage-entered', { stage: 'mobilisation', from: 'award' });
    for (const provider of [winner, loser]) await w.fact(agreement, 'provider-invited', { provider });
    await w.fact(agreement, 'returned', { from: 'mobilisation', stage: 'sourcing', reason: 'x', undone: ['award', 'mobilisation'] });
    await w.fact(agreement, 'gate-opened', { stage: 'sourcing' });
    await w.fact(agreement, 'stage-entered', { stage: 'award', from: 'sourcing' });
    await w.fanOut();
    const again = ['provider-invited', 'returned', 'stage-entered'];
    const types = async (party: string) => (await feed(party)).map(({ type }) => type.split('.')[2]);
    expect(await types(winner)).toEqual(['provider-invited', 'awarded', 'stage-entered', ...again]);
    expect(await types(loser)).toEqual(['provider-invited', 'awarded', ...again]);
  });

  test('of several lots every provider hears that they are awarded, and afterwards of its own contract alone', async () => {
    const [north, south, loser] = [newId(), newId(), newId()];
    const [tender, northern, southern] = [newId(), newId(), newId()];
    for (const provider of [north, south, loser]) await w.fact(tender, 'provider-invited', { provider });
    await w.fact(tender, 'lots-awarded', { lots: [], stage: 'award', providers: [north, south] });
    await w.fact(tender, 'split', { agreements: [] });
    await w.fact(northern, 'split-off', { kind: 'contract', stage: 'mobilisation', award: { title: 'North' }, providers: [north] });
    await w.fact(southern, 'split-off', { kind: 'contract', stage: 'mobilisation', award: { title: 'South' }, providers: [south] });
    await w.fact(northern, 'stage-entered', { stage: 'delivery', from: 'mobilisation' });
    await w.fact(southern, 'cancelled', { reason: 'closed' });
    await w.fanOut();

    expect(await heard(loser)).toEqual(['1 provider-invited', '2 lots-awarded']);
    expect(await heard(north)).toEqual(['1 provider-invited', '2 lots-awarded', '1 split-off', '2 stage-entered']);
    expect(await heard(south)).toEqual(['1 provider-invited', '2 lots-awarded', '1 split-off', '2 cancelled']);
    const [, awarded, begun] = (await feed(north)).map(({ body }) => JSON.parse(body) as { data: unknown });
    expect([awarded?.data, begun?.data]).toEqual([{ agreement: tender }, { kind: 'contract', stage: 'mobilisation' }]);
  });

  test('whoever is invited no more hears that alone and nothing after it, unless they provide it so far; and so whoever never did', async () => {
    const [out, back, mistaken, rival] = [newId(), newId(), newId(), newId()];
    const agreement = newId();
    await w.fact(agreement, 'incumbent-recorded', { provider: back });
    await w.fact(agreement, 'incumbent-recorded', { provider: mistaken });
    for (const provider of [out, back, rival]) await w.fact(agreement, 'provider-invited', { provider });
    await w.fact(agreement, 'uninviting-asked', { provider: out, reason: 'x', identities: [] });
    await w.fact(agreement, 'provider-uninvited', { provider: out, reason: 'x', becomes: null });
    await w.fact(agreement, 'provider-uninvited', { provider: back, reason: 'x', becomes: 'incumbent' });
    await w.fact(agreement, 'incumbent-taken-back', { provider: mistaken, becomes: null });
    // Whoever bids does so on.
    await w.fact(agreement, 'incumbent-taken-back', { provider: rival, becomes: 'invited' });
    await w.fact(agreement, 'stage-entered', { stage: 'award', from: 'sourcing' });
    await w.fanOut();
    expect(await heard(out)).toEqual(['1 provider-invited', '2 provider-uninvited']);
    expect(await heard(back)).toEqual(['1 incumbent-recorded', '2 provider-invited', '3 provider-uninvited', '4 stage-entered']);
    expect(await heard(mistaken)).toEqual(['1 incumbent-recorded', '2 incumbent-taken-back']);
    expect(await heard(rival)).toEqual(['1 provider-invited', '2 stage-entered']);
  });

  test('a provider taken over with the agreement hears from then on', async () => {
    const [provider, agreement] = [newId(), newId()];
    await w.fact(agreement, 'taken-over', { kind: 'contract', stage: 'delivery', provider, facts: { sponsor: 'a person' } });
    await w.fact(agreement, 'facts-amended', { facts: { description: 'near a person' } });
    await w.fanOut();
    const bodies = (await feed(provider)).map(({ body }) => JSON.parse(body) as { data: unknown; dataclassification: string });
    expect(bodies.map(({ data, dataclassification }) => ({ data, dataclassification }))).toEqual([
      { data: { kind: 'contract', stage: 'delivery' }, dataclassification: 'parties' },
      { data: { agreement }, dataclassification: 'thin' },
    ]);
  });

  test('an agreement taken over without a provider makes nobody a party', async () => {
    await w.fact(newId(), 'taken-over', { kind: 'contract', stage: 'delivery', provider: null });
    await expect(w.fanOut()).resolves.toBeUndefined();
  });
});

test('each party’s numbers have no gap, agreement by agreement, and a feed read again gives the same rows', async () => {
  const parties = [newId(), newId(), newId()];
  const agreements = [newId(), newId()];
  for (const agreement of agreements) for (const provider of parties) await w.fact(agreement, 'provider-invited', { provider });
  for (let i = 0; i < 30; i += 1) {
    await w.fact(agreements[i % 2]!, i % 5 === 0 ? 'signed-off' : 'stage-entered', { stage: `s${i}`, from: 's' });
    if (i % 7 === 0) await w.fanOut();
  }
  await w.fanOut();
  const before = await Promise.all(parties.map((party) => feed(party)));
  await w.readAgain();
  expect(await Promise.all(parties.map((party) => feed(party)))).toEqual(before);

  for (const rows of before) {
    for (const agreement of agreements) {
      const sequences = rows.filter((row) => row.agreement === agreement).map(({ sequence }) => sequence);
      expect(sequences).toEqual(Array.from({ length: 13 }, (_, i) => i + 1));
    }
    expect(rows.every(({ place }, i) => i === 0 || place > rows[i - 1]!.place)).toBe(true);
    for (const { body, sequence, event } of rows) {
      expect(JSON.parse(body)).toMatchObject({ id: event, sequence: String(sequence).padStart(10, '0'), specversion: '1.0' });
    }
  }
});

test('the feed goes on after a cursor, and may be narrowed by type and agreement', async () => {
  const [party, a, b] = [newId(), newId(), newId()];
  for (const agreement of [a, b]) {
    await w.fact(agreement, 'provider-invited', { provider: party });
    await w.fact(agreement, 'held', { until: null, reason: 'x' });
  }
  await w.fanOut();
  const all = await feed(party);
  expect(all).toHaveLength(4);
  expect(await feed(party, all[1]!.place)).toEqual(all.slice(2));
  expect(await readFeed(w.database, w.tenant, party, 0, 1)).toEqual(all.slice(0, 1));
  const types = ['concordat.agreement.held.v1'];
  expect(await readFeed(w.database, w.tenant, party, 0, 10, { types, agreement: b })).toEqual(all.slice(3));
  expect(all[1]!.body).not.toContain('reason');
});

test('what would pass 64 KiB goes out thin', async () => {
  const [party, agreement] = [newId(), newId()];
  await w.fact(agreement, 'provider-invited', { provider: party });
  await w.fact(agreement, 'stage-entered', { stage: 'é'.repeat(40_000), from: 's' });
  await w.fanOut();
  const [, large] = await feed(party);
  expect(JSON.parse(large!.body)).toMatchObject({ dataclassification: 'thin', data: { agreement } });
});

test('another tenant sees nothing of it', async () => {
  const [party, agreement] = [newId(), newId()];
  await w.fact(agreement, 'provider-invited', { provider: party });
  await w.fanOut();
  expect(await feed(party)).toHaveLength(1);
  expect(await readFeed(w.database, newId(), party, 0, 10)).toEqual([]);
});

test('what a parked agreement was owed is told late, but to nobody behind their cursor', async () => {
  const [party, broken, sound] = [newId(), newId(), newId()];
  for (const agreement of [broken, sound]) await w.fact(agreement, 'provider-invited', { provider: party });
  await w.fanOut();
  const superuser = new Client({ connectionString: home.superuserUrl });
  await superuser.connect();
  await superuser.query(`ALTER TABLE webhooks.published ADD CONSTRAINT broken CHECK (agreement <> '${broken}') NOT VALID`);
  await w.fact(broken, 'stage-entered', { stage: 's', from: 'r' });
  await w.fact(sound, 'stage-entered', { stage: 's', from: 'r' });
  for (let runs = 0; runs < 6; runs += 1) await w.fanOut();
  expect((await w.consumers.parked(w.tenant)).map(({ stream }) => stream)).toEqual([`agreement-${broken}`]);
  const read = await feed(party);
  expect(read.at(-1)).toMatchObject({ agreement: sound, sequence: 2 });

  await superuser.query('ALTER TABLE webhooks.published DROP CONSTRAINT broken');
  await superuser.end();
  expect(await w.consumers.redrive(fanOutName, w.tenant, `agreement-${broken}`)).toBe(1);
  expect(await feed(party, read.at(-1)!.place)).toMatchObject([{ agreement: broken, sequence: 2 }]);
});
