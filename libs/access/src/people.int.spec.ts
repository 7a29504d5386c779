import { migrations as journalMigrations } from '@concordat/journal';
import { newId } from '@concordat/platform';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { AccessScene, operator } from '../../../test/harness/access.js';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { type Actor, may } from './core/index.js';
import { eventSchemas, migrations, PersonCommand, type PersonRequest, ProviderCommand } from './index.js';

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

test('the first administrator stands after one command, run as often as one likes', async () => {
  const wish = { slug: `northshire-${newId()}`, name: 'Northshire Council', administrator: { name: 'First administrator', email: null } };
  const first = await scene.access.bootstrap.run(wish);
  scene.tenant = first.organisation.tenant;
  const again = await scene.elsewhere.bootstrap.run(wish);
  expect(again).toMatchObject({ organisation: first.organisation, administrator: first.administrator, key: { outcome: 'already-shown' } });
  expect(await scene.access.organisations.list()).toContainEqual(first.organisation);

  if (first.key.outcome !== 'issued') throw new Error('the first key is shown once');
  const principal = await scene.elsewhere.principals.authenticate(first.key.secret);
  expect(principal).toMatchObject({ tenant: scene.tenant, id: first.administrator, actor: { grants: [{ role: 'administrator' }], scopes: 'all' } });
  await expect(scene.access.organisations.create({ slug: wish.slug, name: 'Another' })).rejects.toMatchObject({ code: 'organisation.slug-taken' });
  await expect(scene.access.organisations.create({ slug: 'North Shire', name: 'Another' })).rejects.toMatchObject({ code: 'organisation.slug-malformed' });
});

test('a registered person has a name in one row and none in the record', async () => {
  const administrator = await scene.someone({ role: 'administrator' });
  const person = newId();
  const request: PersonRequest = { name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Bilal Zephyrine', email: 'bilal@example.org' } };
  const by = scene.asked({ kind: 'person', person: administrator, grants: [], scopes: 'all' });
  expect(await scene.access.execute(new PersonCommand(request, by))).toMatchObject({ outcome: 'recorded', repeated: false, receipt: { created: { person } } });
  expect(await scene.elsewhere.execute(new PersonCommand(request, by))).toMatchObject({ outcome: 'recorded', repeated: true });
  expect(await scene.access.execute(new PersonCommand(request, { ...by, fingerprint: 'other' }))).toEqual({ outcome: 'key-reused' });

  expect(await scene.elsewhere.people.find(scene.tenant, person)).toMatchObject({ name: 'Bilal Zephyrine', email: 'bilal@example.org', version: 1, person: { registered: true } });
  const holding = await scene.superuser<{ found: string }>(
    `SELECT 'event' AS found FROM journal.event WHERE (data::text || meta::text) ~ 'Zephyrine'
     UNION ALL SELECT 'receipt' FROM journal.receipt WHERE created::text ~ 'Zephyrine'
     UNION ALL SELECT 'stream' FROM journal.stream WHERE snapshot::text ~ 'Zephyrine'`,
  );
  expect(holding).toEqual([]);
});

test('a person whose registration is refused leaves no name behind, and a dry run writes nothing', async () => {
  const commissioner = await scene.someone({ role: 'commissioner' });
  const person = newId();
  const request: PersonRequest = { name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Cleo', email: null } };
  const by: Actor = { kind: 'person', person: commissioner, grants: [{ role: 'administrator' }], scopes: 'all' };
  expect(await scene.access.execute(new PersonCommand(request, scene.asked(by)))).toMatchObject({ outcome: 'refused', refusals: [{ code: 'right.missing' }] });
  expect(await scene.access.execute(new PersonCommand(request, scene.asked(), true))).toMatchObject({ outcome: 'would-record', version: 0 });
  expect(await scene.superuser('SELECT 1 FROM access.person WHERE id = $1', [person])).toEqual([]);
});

test('people come in pages, and a name whose registration was never recorded is nobody', async () => {
  const ids = [await scene.someone(), await scene.someone(), await scene.someone()];
  const half = newId();
  await scene.superuser('INSERT INTO access.person (tenant, id, name, created_at) VALUES ($1, $2, $3, now())', [scene.tenant, half, 'Half Way']);
  const last = await scene.someone();
  const first = await scene.access.people.list(scene.tenant, { limit: 2 });
  const second = await scene.access.people.list(scene.tenant, { limit: 2, after: first[1]!.id });
  expect([...first, ...second].map(({ id }) => id)).toEqual([...ids, last]);
  expect(await scene.access.people.list(scene.tenant, { limit: 2, after: last })).toEqual([]);
  expect(await scene.access.people.find(scene.tenant, half)).toBeUndefined();
});

test('what is recorded of people, providers and how an organisation speaks keeps to its published schemas', async () => {
  const provider = await scene.provider([{ scheme: 'GB-CHC', id: '1' }]);
  const person = await scene.someone({ role: 'approver', discipline: 'finance', from: '2026-01-01', until: '2026-12-31', agreements: [newId()] });
  const grant = newId();
  await scene.done({ name: 'grant-role', person, grant, role: 'contract-manager', provider });
  await scene.done({ name: 'withdraw-role', person, grant });
  await scene.done({ name: 'disable-person', person, reason: 'left' });
  await scene.done({ name: 'enable-person', person });
  const twin = await scene.someone();
  await scene.done({ name: 'record-absence', person, absence: grant, from: '2026-01-01', until: '2026-01-31' });
  await scene.done({ name: 'end-absence', person, absence: grant });
  await scene.done({ name: 'link-identities', person, with: twin }, await scene.someone({ role: 'administrator' }));
  await scene.done({ name: 'unlink-identities', person: twin, reason: 'same-name' });
  const deputy = await scene.someone({ role: 'facilitator' });
  const today = '2026-03-15';
  await scene.done({ name: 'delegate', person, delegation: grant, to: deputy, discipline: 'finance', from: today, until: '2027-03-15', agreements: null, upTo: 5000, when: 'absent' }, person);
  await scene.done({ name: 'withdraw-delegation', person, delegation: grant }, person);
  const administrator = await scene.someone({ role: 'administrator' });
  const asked = scene.asked({ kind: 'person', person: administrator, grants: [{ role: 'administrator' }], scopes: 'all' });
  expect(await scene.access.wordings.change({ serviceUsers: 'tenants' }, asked)).toMatchObject({ outcome: 'recorded' });
  expect(await scene.elsewhere.wordings.of(scene.tenant)).toEqual({ serviceUsers: 'tenants' });
  const events = await scene.access.journal.feed(scene.tenant, 0, 100);
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(Object.keys(eventSchemas)));
  for (const { type, data } of events) expect(eventSchemas[type as keyof typeof eventSchemas].parse(data)).toEqual(data);
});

test('a stale version of a person is refused', async () => {
  const person = await scene.someone({ role: 'finance' });
  const request: PersonRequest = { name: 'disable-person', person, reason: 'left' };
  const outcome = await scene.access.execute(new PersonCommand(request, scene.asked(operator, { expectedVersion: 1 })));
  expect(outcome).toEqual({ outcome: 'precondition-failed', version: 2 });
});

test('a provider is registered with its identifiers, and its people belong to it alone', async () => {
  const provider = newId();
  const command = { name: 'register-provider', provider, title: 'Harbour Care', identifiers: [{ scheme: 'GB-COH', id: '09506232' }] } as const;
  const register = () => scene.access.execute(new ProviderCommand(command, scene.asked()));
  expect(await register()).toMatchObject({ outcome: 'recorded' });
  expect(await register()).toMatchObject({ outcome: 'refused', refusals: [{ code: 'already-so' }] });
  expect(await scene.elsewhere.providers.list(scene.tenant, { limit: 10 })).toEqual([{ id: provider, name: 'Harbour Care', identifiers: command.identifiers }]);

  const person = newId();
  await scene.done({ name: 'register-person', person, memberOf: { kind: 'provider', provider }, naming: { name: 'Dee', email: null } });
  await scene.done({ name: 'grant-role', person, grant: newId(), role: 'provider-admin', provider });
  const principal = await scene.access.principals.authenticate((await scene.keyOf(person)).secret);
  expect(may(principal!.actor, 'endpoint.manage', { provider }, '2026-03-16')).toBe(true);
  expect(may(principal!.actor, 'endpoint.manage', { provider: newId() }, '2026-03-16')).toBe(false);
});

test('the same company in two organisations is two providers with one identifier, each known where it is registered', async () => {
  const identifiers = [{ scheme: 'GB-COH', id: '01234567' }];
  const own = scene.tenant;
  const registered = async (tenant: string) => {
    scene.tenant = tenant;
    const provider = newId();
    expect(await scene.access.execute(new ProviderCommand({ name: 'register-provider', provider, title: 'Harbour Meals', identifiers }, scene.asked()))).toMatchObject({ outcome: 'recorded' });
    return provider;
  };
  const elsewhere = freshTenant(fresh.database);
  const [here, there] = [await registered(own), await registered(elsewhere)];
  const known = async (tenant: string) => (await scene.access.providers.list(tenant, { limit: 10 })).filter(({ name }) => name === 'Harbour Meals');
  expect([await known(own), await known(elsewhere)]).toEqual([here, there].map((id) => [{ id, name: 'Harbour Meals', identifiers }]));
});

test('another organisation sees no person, provider or key, and may revoke none', async () => {
  const person = await scene.someone({ role: 'commissioner' });
  const { id, secret } = await scene.keyOf(person);
  const sealed = await scene.access.vault.sealFor(scene.tenant, person, 'what was said');
  const own = scene.tenant;
  scene.tenant = freshTenant(fresh.database);
  expect(await scene.access.people.find(scene.tenant, person)).toBeUndefined();
  expect(await scene.access.people.list(scene.tenant, { limit: 10 })).toEqual([]);
  expect(await scene.access.providers.list(scene.tenant, { limit: 10 })).toEqual([]);
  expect(await scene.access.keys.list(scene.tenant)).toEqual([]);
  expect(await scene.access.keys.revoke(id, scene.asked())).toEqual({ outcome: 'unknown' });
  expect(await scene.access.vault.unseal(scene.tenant, sealed)).toBeUndefined();
  expect(await scene.access.sessions.start(scene.tenant, person)).toBeUndefined();
  expect(await scene.access.principals.authenticate(secret)).toMatchObject({ tenant: own });
});
