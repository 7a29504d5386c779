import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readEndpoint, readEndpoints } from './endpoint.store.js';
import { type FreshDatabase } from '../../../test/harness/index.js';
import { newId } from '@concordat/platform';
import { house, type World, world } from './given.js';

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

const url = () => `https://${newId()}.example.org/hooks`;

describe('registering', () => {
  test('shows the secret once; the same request again says that it was shown', async () => {
    const who = await w.provider();
    const commandId = newId();
    const request = { name: 'register-endpoint', provider: who.provider, url: url(), ordered: true } as const;
    const first = await w.ask(who.actor, request, commandId);
    const again = await w.ask(who.actor, request, commandId);
    expect(first).toMatchObject({ outcome: 'recorded', repeated: false, secret: { shown: expect.stringMatching(/^whsec_/) } });
    expect(again).toMatchObject({ outcome: 'recorded', repeated: true, secret: { alreadyShown: true } });
    if (first.outcome !== 'recorded' || again.outcome !== 'recorded') throw new Error('unreachable');
    expect(again.endpoint).toBe(first.endpoint);
    await w.fanOut();
    expect(await readEndpoints(w.database, w.tenant, who.provider)).toEqual([
      expect.objectContaining({ endpoint: first.endpoint, provider: who.provider, url: request.url, ordered: true, disabled: null, heldUntil: null }),
    ]);
  });

  test('two at the same moment under one key make one endpoint, and one secret is shown', async () => {
    const who = await w.provider();
    const commandId = newId();
    const request = { name: 'register-endpoint', provider: who.provider, url: url(), ordered: false } as const;
    const outcomes = await Promise.all([1, 2, 3].map(() => w.ask(who.actor, request, commandId)));
    const shown = outcomes.filter((outcome) => outcome.outcome === 'recorded' && outcome.secret !== null && 'shown' in outcome.secret);
    expect(shown).toHaveLength(1);
    await w.fanOut();
    expect(await readEndpoints(w.database, w.tenant, who.provider)).toHaveLength(1);
  });

  test('of one address by two requests at the same moment: one is refused', async () => {
    const who = await w.provider();
    const request = { name: 'register-endpoint', provider: who.provider, url: url(), ordered: false } as const;
    const outcomes = await Promise.all([w.ask(who.actor, request), w.ask(who.actor, request)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['recorded', 'refused']);
  });

  test('one address is one address, however it is written', async () => {
    const who = await w.provider();
    const written = url();
    const one = await w.ask(who.actor, { name: 'register-endpoint', provider: who.provider, url: written, ordered: false });
    expect(one).toMatchObject({ outcome: 'recorded' });
    for (const again of [written.replace('https:', 'HTTPS:'), `${written}\n`, written.replace('example', 'EXAMPLE'), written.replace('.org/', '.org:443/'), written.replace('/hooks', '/./hooks')]) {
      expect(await w.ask(who.actor, { name: 'register-endpoint', provider: who.provider, url: again, ordered: false })).toMatchObject({ outcome: 'refused', refusals: [{ code: 'endpoint.url-taken' }] });
    }
  });

  test('a bad address is refused with its reason', async () => {
    const who = await w.provider();
    const outcome = await w.ask(who.actor, { name: 'register-endpoint', provider: who.provider, url: 'https://169.254.169.254/', ordered: false });
    expect(outcome).toMatchObject({ outcome: 'refused', refusals: [{ code: 'endpoint.url-refused', asks: expect.stringContaining('public internet') }] });
  });

  test('one key with another body is told apart', async () => {
    const who = await w.provider();
    const commandId = newId();
    const request = { name: 'register-endpoint', provider: who.provider, url: url(), ordered: false } as const;
    await w.ask(who.actor, request, commandId, '01');
    expect(await w.ask(who.actor, { ...request, url: url() }, commandId, '02')).toEqual({ outcome: 'key-reused' });
  });
});

test('no secret stands in the journal or in clear in any table', async () => {
  const who = await w.provider();
  const { endpoint, secret } = await w.endpoint(who, url());
  const rotated = await w.ask(who.actor, { name: 'rotate-secret', endpoint, overlapHours: 24 });
  if (rotated.outcome !== 'recorded' || rotated.secret === null || !('shown' in rotated.secret)) throw new Error('unreachable');
  await w.fanOut();
  const secrets = [secret, rotated.secret.shown].map((text) => text.slice('whsec_'.length));
  expect(secrets[0]).not.toBe(secrets[1]);

  const superuser = new Client({ connectionString: home.superuserUrl });
  await superuser.connect();
  const { rows: tables } = await superuser.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname IN ('webhooks', 'journal')`,
  );
  expect(tables.length).toBeGreaterThan(6);
  for (const { name } of tables) {
    const { rows } = await superuser.query<{ dump: string }>(`SELECT coalesce(string_agg(t::text, ' '), '') AS dump FROM ${name} t`);
    for (const text of secrets) expect(rows[0]!.dump.includes(text)).toBe(false);
  }
  await superuser.end();
});

test.each([
  [0, 0],
  [24, 24],
  [168, 168],
])('after a rotation with %p hours of overlap the old key ends %p hours later', async (overlapHours, hours) => {
  const who = await w.provider();
  const { endpoint } = await w.endpoint(who, url());
  await w.ask(who.actor, { name: 'rotate-secret', endpoint, overlapHours });
  await w.fanOut();
  const row = await readEndpoint(w.database, w.tenant, endpoint);
  expect(row!.keys).toHaveLength(2);
  expect(row!.keys[0]!.until).toBeNull();
  expect(Date.parse(row!.keys[1]!.until!)).toBeCloseTo(w.clock.now().getTime() + hours * 3_600_000, -2);
});

test('a rotation at once also ends a key that was still to live for days', async () => {
  const who = await w.provider();
  const { endpoint } = await w.endpoint(who, url());
  await w.ask(who.actor, { name: 'rotate-secret', endpoint, overlapHours: 168 });
  await w.ask(who.actor, { name: 'rotate-secret', endpoint, overlapHours: 0 });
  await w.fanOut();
  const { keys } = (await readEndpoint(w.database, w.tenant, endpoint))!;
  for (const { until } of keys.slice(1)) expect(Date.parse(until!)).toBeLessThanOrEqual(w.clock.now().getTime());
});

test('every table is closed to other tenants, even for its owner, and the ticker’s function gives ids alone', async () => {
  const superuser = new Client({ connectionString: home.superuserUrl });
  await superuser.connect();
  const { rows } = await superuser.query<{ relname: string; closed: boolean }>(
    `SELECT relname, relrowsecurity AND relforcerowsecurity AS closed FROM pg_class WHERE relnamespace = 'webhooks'::regnamespace AND relkind IN ('r', 'p')`,
  );
  expect(rows.filter(({ closed }) => !closed)).toEqual([]);
  expect(rows).toHaveLength(7);
  const { rows: functions } = await superuser.query(
    `SELECT pg_get_function_result(oid) AS result, prosecdef, pg_get_userbyid(proowner) AS owner FROM pg_proc WHERE proname = 'lanes_due'`,
  );
  expect(functions).toEqual([{ result: 'TABLE(tenant uuid, endpoint uuid)', prosecdef: true, owner: 'concordat_router' }]);
  await superuser.end();
});
