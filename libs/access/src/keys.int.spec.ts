import { migrations as journalMigrations } from '@concordat/journal';
import { concordatNamespace, newId, uuidv5 } from '@concordat/platform';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { AccessScene, operator } from '../../../test/harness/access.js';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { migrations, PersonCommand, type PersonRequest } from './index.js';

let fresh: FreshDatabase;
let scene: AccessScene;
beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journalMigrations, ...migrations] });
});
afterAll(() => fresh.drop());
beforeEach(async () => {
  scene = await AccessScene.open(fresh);
});
afterEach(() => scene.close());

test('a key is shown once: asked for again it says so, asked for otherwise it is another request, and only its hash is stored', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const wish = { person, label: 'works', scopes: ['agreement.read'] as const, lastDay: '2026-06-30' };
  const request = scene.asked();
  const issued = await scene.access.keys.issue(wish, request);
  if (issued.outcome !== 'issued') throw new Error(JSON.stringify(issued));
  expect(issued.secret).toMatch(/^cnc_[\w-]{43}$/);
  expect(await scene.elsewhere.keys.issue(wish, request)).toEqual({ outcome: 'already-shown', key: issued.key });
  expect(await scene.access.keys.issue(wish, { ...request, fingerprint: 'other' })).toEqual({ outcome: 'key-reused' });

  const [row] = await scene.superuser<{ row: string; hash: Buffer }>('SELECT k::text AS row, secret_hash AS hash FROM access.api_key k WHERE id = $1', [issued.key.id]);
  expect(row!.hash).toHaveLength(32);
  expect(row!.row).not.toContain(issued.secret.slice(4));
  expect(await scene.access.principals.authenticate(issued.secret)).toMatchObject({ id: person, actor: { scopes: ['agreement.read'] }, credential: { kind: 'key', id: issued.key.id } });
});

test('the same request sent ten times at once makes one key and shows one secret', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const request = scene.asked();
  const wish = { person, label: 'works', scopes: 'all', lastDay: '2026-06-30' } as const;
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? scene.access : scene.elsewhere).keys.issue(wish, request)));
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([...Array<string>(9).fill('already-shown'), 'issued']);
  expect(await scene.access.keys.list(scene.tenant, person)).toHaveLength(1);
});

test('keys rotate: two are live, a third waits until one is revoked, and the limit holds under a race', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const wish = { person, label: 'works', scopes: 'all', lastDay: '2026-06-30' } as const;
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => scene.access.keys.issue(wish, scene.asked())));
  const issued = outcomes.flatMap((outcome) => (outcome.outcome === 'issued' ? [outcome] : []));
  expect(issued).toHaveLength(2);
  expect(outcomes).toContainEqual(expect.objectContaining({ outcome: 'refused', refusals: [expect.objectContaining({ code: 'key.two-live' })] }));

  const [old, next] = issued;
  expect(await scene.access.principals.authenticate(old!.secret)).toMatchObject({ id: person });
  expect(await scene.access.keys.revoke(old!.key.id, scene.asked())).toEqual({ outcome: 'revoked' });
  expect(await scene.access.principals.authenticate(old!.secret)).toBeUndefined();
  expect(await scene.access.principals.authenticate(next!.secret)).toMatchObject({ id: person });
  expect(await scene.access.keys.revoke(old!.key.id, scene.asked())).toEqual({ outcome: 'revoked' });
  expect(await scene.access.keys.issue(wish, scene.asked())).toMatchObject({ outcome: 'issued' });
});

test('a key opens nothing after its last day in London', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const { secret } = await scene.keyOf(person, '2026-03-31');
  scene.clock.set('2026-03-31T22:59:59Z'); // summer time: a second before midnight in London
  expect(await scene.access.principals.authenticate(secret)).toMatchObject({ id: person });
  scene.clock.set('2026-03-31T23:00:01Z');
  expect(await scene.elsewhere.principals.authenticate(secret)).toBeUndefined();
});

test('what is no key opens nothing', async () => {
  const { secret } = await scene.keyOf(await scene.someone({ role: 'commissioner' }));
  const last = secret.at(-1) === 'A' ? 'B' : 'A';
  for (const guess of ['', 'cnc_', 'cnc_short', secret.slice(4), `${secret}A`, secret.slice(0, -1) + last, `cnc_session_${secret.slice(4)}`, "cnc_' OR true --", `cnc_${'\u0000'.repeat(43)}`]) {
    expect(await scene.access.principals.authenticate(guess)).toBeUndefined();
  }
});

test("a disabled person's key stops at once for writes, and within a second for reads in another process", async () => {
  const administrator = await scene.someone({ role: 'administrator' });
  const { secret } = await scene.keyOf(administrator);
  const cached = await scene.elsewhere.principals.authenticate(secret);
  await scene.done({ name: 'disable-person', person: administrator, reason: 'security' });

  expect(await scene.access.principals.authenticate(secret)).toBeUndefined();
  scene.clock.advance(999);
  expect(await scene.elsewhere.principals.authenticate(secret)).toBe(cached);
  const request: PersonRequest = { name: 'register-person', person: newId(), memberOf: { kind: 'organisation' }, naming: { name: 'Eve', email: null } };
  expect(await scene.elsewhere.execute(new PersonCommand(request, scene.asked(cached!.actor)))).toMatchObject({ outcome: 'refused', refusals: [{ code: 'right.missing' }] });
  scene.clock.advance(1);
  expect(await scene.elsewhere.principals.authenticate(secret)).toBeUndefined();

  await scene.done({ name: 'enable-person', person: administrator });
  expect(await scene.elsewhere.principals.authenticate(secret)).toMatchObject({ id: administrator });
});

test('a key is derived from the command that asked for it, and no two organisations share one', async () => {
  const commandId = newId();
  const wish = async () => ({ person: await scene.someone({ role: 'commissioner' }), label: 'works', scopes: 'all', lastDay: '2026-06-30' }) as const;
  const first = await scene.access.keys.issue(await wish(), scene.asked(operator, { commandId }));
  expect(first).toMatchObject({ outcome: 'issued', key: { id: uuidv5(concordatNamespace, `${scene.tenant}/key/${commandId}`) } });
  scene.tenant = freshTenant(fresh.database);
  expect(await scene.access.keys.issue(await wish(), scene.asked(operator, { commandId }))).toMatchObject({ outcome: 'issued' });
});
