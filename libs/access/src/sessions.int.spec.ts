import { migrations as journalMigrations } from '@concordat/journal';
import { newId } from '@concordat/platform';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { AccessScene } from '../../../test/harness/access.js';
import { type FreshDatabase, freshDatabase } from '../../../test/harness/index.js';
import { migrations } from './index.js';

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

test('a session ends when it is not used for half an hour', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const { secret } = (await scene.access.sessions.start(scene.tenant, person))!;
  expect(secret).toMatch(/^cnc_session_[\w-]{43}$/);
  for (let used = 0; used < 3; used += 1) {
    scene.clock.advance(29 * 60_000);
    expect(await scene.access.principals.authenticate(secret)).toMatchObject({ tenant: scene.tenant, id: person, actor: { scopes: 'all' }, credential: { kind: 'session' } });
  }
  scene.clock.advance(30 * 60_000);
  expect(await scene.access.principals.authenticate(secret)).toBeUndefined();
});

test('a session ends twelve hours after login, however busy it was', async () => {
  const { secret } = (await scene.access.sessions.start(scene.tenant, await scene.someone({ role: 'commissioner' })))!;
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    scene.clock.advance(20 * 60_000);
    expect(await scene.access.principals.authenticate(secret)).toMatchObject({ tenant: scene.tenant });
  }
  scene.clock.advance(20 * 60_000);
  expect(await scene.access.principals.authenticate(secret)).toBeUndefined();
});

test('a session ends at once by logout, by any change of roles, and by disabling, and is new at every login', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const start = async () => (await scene.access.sessions.start(scene.tenant, person))!.secret;
  const [one, two] = [await start(), await start()];
  expect(one).not.toBe(two);
  expect(await scene.access.principals.authenticate(one)).toMatchObject({ id: person });
  await scene.access.sessions.end(one);
  expect(await scene.access.principals.authenticate(one)).toBeUndefined();
  expect(await scene.access.principals.authenticate(two)).toMatchObject({ id: person });

  await scene.done({ name: 'grant-role', person, grant: newId(), role: 'approver', discipline: 'finance' });
  expect(await scene.access.principals.authenticate(two)).toBeUndefined();
  const three = await start();
  expect(await scene.access.principals.authenticate(three)).toMatchObject({ actor: { grants: [{ role: 'commissioner' }, { role: 'approver' }] } });

  await scene.done({ name: 'disable-person', person, reason: 'long-absence' });
  expect(await scene.access.principals.authenticate(three)).toBeUndefined();
  expect(await scene.access.sessions.start(scene.tenant, person)).toBeUndefined();
  expect(await scene.access.sessions.start(scene.tenant, newId())).toBeUndefined();
});
