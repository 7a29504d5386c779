import { randomBytes } from 'node:crypto';
import { Journal, migrations as journalMigrations } from '@concordat/journal';
import { Clock, concordatNamespace, Database, Doorbell, FixedClock, newId, Sealing, SealBroken, uuidv5 } from '@concordat/platform';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { NestFactory } from '@nestjs/core';
import { CommandBus, CqrsModule } from '@nestjs/cqrs';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { type Access, accessOf } from './access.js';
import type { Asked } from './asked.js';
import { type Actor, may, personFold, providerFold, type RoleGrant } from './core/index.js';
import { eventSchemas } from './event-schemas.js';
import { accessProviders, migrations, type PersonRequest } from './index.js';
import { People } from './people.js';
import { PersonCommand } from './person-command.js';
import { ProviderCommand } from './provider-command.js';

const operator: Actor = { kind: 'system', name: 'operator' };
const key = randomBytes(32);
let fresh: FreshDatabase;
let clock: FixedClock;
let access: Access;
/** The same database seen from another process: nothing cached here is known there. */
let elsewhere: Access;
let tenant: string;

function processOf(): Access {
  const journal = new Journal(fresh.database, clock, [personFold, providerFold]);
  return accessOf({ database: fresh.database, journal, clock, doorbell: new Doorbell(async () => undefined), sealing: new Sealing(key) });
}

beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journalMigrations, ...migrations] });
});
afterAll(() => fresh.drop());
beforeEach(() => {
  clock = new FixedClock('2026-03-16T09:00:00Z');
  access = processOf();
  elsewhere = processOf();
  tenant = freshTenant(fresh.database);
});

const asked = (actor: Actor = operator, more: Partial<Asked> = {}): Asked => ({
  tenant, actor, commandId: newId(), fingerprint: 'f', correlationId: 'c', ...more,
});

async function done(request: PersonRequest, actor: Actor = operator): Promise<void> {
  const outcome = await access.personHandler.execute(new PersonCommand(request, asked(actor)));
  expect(outcome).toMatchObject({ outcome: 'recorded' });
}

async function someone(...held: RoleGrant[]): Promise<string> {
  const person = newId();
  await done({ name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Ada Okafor', email: 'ada@example.org' } });
  for (const grant of held) await done({ name: 'grant-role', person, grant: newId(), ...grant });
  return person;
}

async function keyOf(person: string, label = 'works', lastDay = '2026-06-30'): Promise<{ id: string; secret: string }> {
  const outcome = await access.keys.issue({ person, label, scopes: 'all', lastDay }, asked());
  if (outcome.outcome !== 'issued') throw new Error(`no key: ${JSON.stringify(outcome)}`);
  return { id: outcome.key.id, secret: outcome.secret };
}

async function superuser<R extends object>(sql: string, values: unknown[] = []): Promise<R[]> {
  const client = new Client({ connectionString: fresh.superuserUrl });
  await client.connect();
  try {
    return (await client.query<R>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

test('the first administrator stands after one command, run as often as one likes', async () => {
  const wish = { slug: `northshire-${newId()}`, name: 'Northshire Council', administrator: { name: 'Ada Okafor', email: null } };
  const first = await access.bootstrap.run(wish);
  tenant = first.organisation.tenant;
  const again = await elsewhere.bootstrap.run(wish);
  expect(again).toMatchObject({ organisation: first.organisation, administrator: first.administrator, key: { outcome: 'already-shown' } });
  expect(await access.organisations.list()).toContainEqual(first.organisation);

  if (first.key.outcome !== 'issued') throw new Error('the first key is shown once');
  const principal = await elsewhere.principals.authenticate(first.key.secret);
  expect(principal).toMatchObject({ tenant, id: first.administrator, actor: { grants: [{ role: 'administrator' }], scopes: 'all' } });
  await expect(access.organisations.create({ slug: wish.slug, name: 'Another' })).rejects.toMatchObject({ code: 'organisation.slug-taken' });
  await expect(access.organisations.create({ slug: 'North Shire', name: 'Another' })).rejects.toMatchObject({ code: 'organisation.slug-malformed' });
});

test('a registered person has a name in one row and none in the record', async () => {
  const administrator = await someone({ role: 'administrator' });
  const person = newId();
  const request: PersonRequest = { name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Bilal Zephyrine', email: 'bilal@example.org' } };
  const by = asked({ kind: 'person', person: administrator, grants: [], scopes: 'all' });
  expect(await access.personHandler.execute(new PersonCommand(request, by))).toMatchObject({ outcome: 'recorded', repeated: false, receipt: { created: { person } } });
  expect(await elsewhere.personHandler.execute(new PersonCommand(request, by))).toMatchObject({ outcome: 'recorded', repeated: true });
  expect(await access.personHandler.execute(new PersonCommand(request, { ...by, fingerprint: 'other' }))).toEqual({ outcome: 'key-reused' });

  expect(await elsewhere.people.find(tenant, person)).toMatchObject({ name: 'Bilal Zephyrine', email: 'bilal@example.org', version: 1, person: { registered: true } });
  const holding = await superuser<{ found: string }>(
    `SELECT 'event' AS found FROM journal.event WHERE (data::text || meta::text) ~ 'Zephyrine'
     UNION ALL SELECT 'receipt' FROM journal.receipt WHERE created::text ~ 'Zephyrine'
     UNION ALL SELECT 'stream' FROM journal.stream WHERE snapshot::text ~ 'Zephyrine'`,
  );
  expect(holding).toEqual([]);
});

test('a person whose registration is refused leaves no name behind, and a dry run writes nothing', async () => {
  const commissioner = await someone({ role: 'commissioner' });
  const person = newId();
  const request: PersonRequest = { name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Cleo', email: null } };
  const by: Actor = { kind: 'person', person: commissioner, grants: [{ role: 'administrator' }], scopes: 'all' };
  expect(await access.personHandler.execute(new PersonCommand(request, asked(by)))).toMatchObject({ outcome: 'refused', refusals: [{ code: 'right.missing' }] });
  expect(await access.personHandler.execute(new PersonCommand(request, asked(), true))).toMatchObject({ outcome: 'would-record', version: 0 });
  expect(await superuser('SELECT 1 FROM access.person WHERE id = $1', [person])).toEqual([]);
});

test('people come in pages, and a name whose registration was never recorded is nobody', async () => {
  const ids = [await someone(), await someone(), await someone()];
  const half = newId();
  await superuser('INSERT INTO access.person (tenant, id, name, created_at) VALUES ($1, $2, $3, now())', [tenant, half, 'Half Way']);
  const last = await someone();
  const first = await access.people.list(tenant, { limit: 2 });
  const second = await access.people.list(tenant, { limit: 2, after: first[1]!.id });
  expect([...first, ...second].map(({ id }) => id)).toEqual([...ids, last]);
  expect(await access.people.list(tenant, { limit: 2, after: last })).toEqual([]);
  expect(await access.people.find(tenant, half)).toBeUndefined();
});

test('what is recorded of people and providers keeps to its published schemas', async () => {
  const provider = newId();
  await access.providerHandler.execute(new ProviderCommand({ name: 'register-provider', provider, title: 'Harbour Care', identifiers: [{ scheme: 'GB-CHC', id: '1' }] }, asked()));
  const person = await someone({ role: 'approver', discipline: 'finance', from: '2026-01-01', until: '2026-12-31', agreements: [newId()] });
  const grant = newId();
  await done({ name: 'grant-role', person, grant, role: 'contract-manager', provider });
  await done({ name: 'withdraw-role', person, grant });
  await done({ name: 'disable-person', person, reason: 'left' });
  await done({ name: 'enable-person', person });
  const events = await new Journal(fresh.database, clock, [personFold, providerFold]).feed(tenant, 0, 100);
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(Object.keys(eventSchemas)));
  for (const { type, data } of events) expect(eventSchemas[type as keyof typeof eventSchemas].parse(data)).toEqual(data);
});

test('Nest puts access together from its parts', async () => {
  class Parts {}
  const journal = new Journal(fresh.database, clock, [personFold, providerFold]);
  const provide = (token: unknown, value: unknown) => ({ provide: token as never, useValue: value });
  const parts = [
    provide(Database, fresh.database), provide(Journal, journal), provide(Clock, clock),
    provide(Doorbell, new Doorbell(async () => undefined)), provide(Sealing, new Sealing(key)),
  ];
  const application = await NestFactory.createApplicationContext(
    { module: Parts, imports: [CqrsModule.forRoot()], providers: [...parts, ...accessProviders] },
    { logger: false, abortOnError: false },
  );
  const person = newId();
  const request: PersonRequest = { name: 'register-person', person, memberOf: { kind: 'organisation' }, naming: { name: 'Flo', email: null } };
  expect(await application.get(CommandBus).execute(new PersonCommand(request, asked()))).toMatchObject({ outcome: 'recorded' });
  expect(await application.get(People).find(tenant, person)).toMatchObject({ name: 'Flo' });
  await application.close();
});

test('a stale version of a person is refused', async () => {
  const person = await someone({ role: 'finance' });
  const request: PersonRequest = { name: 'disable-person', person, reason: 'left' };
  const outcome = await access.personHandler.execute(new PersonCommand(request, asked(operator, { expectedVersion: 1 })));
  expect(outcome).toEqual({ outcome: 'precondition-failed', version: 2 });
});

test('a provider is registered with its identifiers, and its people belong to it alone', async () => {
  const provider = newId();
  const command = { name: 'register-provider', provider, title: 'Harbour Care', identifiers: [{ scheme: 'GB-COH', id: '09506232' }] } as const;
  const register = () => access.providerHandler.execute(new ProviderCommand(command, asked()));
  expect(await register()).toMatchObject({ outcome: 'recorded' });
  expect(await register()).toMatchObject({ outcome: 'refused', refusals: [{ code: 'already-so' }] });
  expect(await elsewhere.providers.list(tenant, { limit: 10 })).toEqual([{ id: provider, name: 'Harbour Care', identifiers: command.identifiers }]);

  const person = newId();
  await done({ name: 'register-person', person, memberOf: { kind: 'provider', provider }, naming: { name: 'Dee', email: null } });
  await done({ name: 'grant-role', person, grant: newId(), role: 'provider-admin', provider });
  const principal = await access.principals.authenticate((await keyOf(person)).secret);
  expect(may(principal!.actor, 'endpoint.manage', { provider }, '2026-03-16')).toBe(true);
  expect(may(principal!.actor, 'endpoint.manage', { provider: newId() }, '2026-03-16')).toBe(false);
});

test('a key is shown once: asked for again it says so, asked for otherwise it is another request, and only its hash is stored', async () => {
  const person = await someone({ role: 'commissioner' });
  const wish = { person, label: 'works', scopes: ['agreement.read'] as const, lastDay: '2026-06-30' };
  const request = asked();
  const issued = await access.keys.issue(wish, request);
  if (issued.outcome !== 'issued') throw new Error(JSON.stringify(issued));
  expect(issued.secret).toMatch(/^cnc_[\w-]{43}$/);
  expect(await elsewhere.keys.issue(wish, request)).toEqual({ outcome: 'already-shown', key: issued.key });
  expect(await access.keys.issue(wish, { ...request, fingerprint: 'other' })).toEqual({ outcome: 'key-reused' });

  const [row] = await superuser<{ row: string; hash: Buffer }>('SELECT k::text AS row, secret_hash AS hash FROM access.api_key k WHERE id = $1', [issued.key.id]);
  expect(row!.hash).toHaveLength(32);
  expect(row!.row).not.toContain(issued.secret.slice(4));
  expect(await access.principals.authenticate(issued.secret)).toMatchObject({ id: person, actor: { scopes: ['agreement.read'] }, credential: { kind: 'key', id: issued.key.id } });
});

test('the same request sent ten times at once makes one key and shows one secret', async () => {
  const person = await someone({ role: 'commissioner' });
  const request = asked();
  const wish = { person, label: 'works', scopes: 'all', lastDay: '2026-06-30' } as const;
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => (index % 2 ? access : elsewhere).keys.issue(wish, request)));
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual([...Array<string>(9).fill('already-shown'), 'issued']);
  expect(await access.keys.list(tenant, person)).toHaveLength(1);
});

test('keys rotate: two are live, a third waits until one is revoked, and the limit holds under a race', async () => {
  const person = await someone({ role: 'commissioner' });
  const wish = { person, label: 'works', scopes: 'all', lastDay: '2026-06-30' } as const;
  const outcomes = await Promise.all(Array.from({ length: 6 }, () => access.keys.issue(wish, asked())));
  const issued = outcomes.flatMap((outcome) => (outcome.outcome === 'issued' ? [outcome] : []));
  expect(issued).toHaveLength(2);
  expect(outcomes).toContainEqual(expect.objectContaining({ outcome: 'refused', refusals: [expect.objectContaining({ code: 'key.two-live' })] }));

  const [old, next] = issued;
  expect(await access.principals.authenticate(old!.secret)).toMatchObject({ id: person });
  expect(await access.keys.revoke(old!.key.id, asked())).toEqual({ outcome: 'revoked' });
  expect(await access.principals.authenticate(old!.secret)).toBeUndefined();
  expect(await access.principals.authenticate(next!.secret)).toMatchObject({ id: person });
  expect(await access.keys.revoke(old!.key.id, asked())).toEqual({ outcome: 'revoked' });
  expect(await access.keys.issue(wish, asked())).toMatchObject({ outcome: 'issued' });
});

test('a key opens nothing after its last day in London', async () => {
  const person = await someone({ role: 'commissioner' });
  const { secret } = await keyOf(person, 'works', '2026-03-31');
  clock.set('2026-03-31T22:59:59Z'); // summer time: a second before midnight in London
  expect(await access.principals.authenticate(secret)).toMatchObject({ id: person });
  clock.set('2026-03-31T23:00:01Z');
  expect(await elsewhere.principals.authenticate(secret)).toBeUndefined();
});

test('what is no key opens nothing', async () => {
  const { secret } = await keyOf(await someone({ role: 'commissioner' }));
  const last = secret.at(-1) === 'A' ? 'B' : 'A';
  for (const guess of ['', 'cnc_', 'cnc_short', secret.slice(4), `${secret}A`, secret.slice(0, -1) + last, `cnc_session_${secret.slice(4)}`, "cnc_' OR true --", `cnc_${'\u0000'.repeat(43)}`]) {
    expect(await access.principals.authenticate(guess)).toBeUndefined();
  }
});

test("a disabled person's key stops at once for writes, and within a second for reads in another process", async () => {
  const administrator = await someone({ role: 'administrator' });
  const { secret } = await keyOf(administrator);
  const cached = await elsewhere.principals.authenticate(secret);
  await done({ name: 'disable-person', person: administrator, reason: 'security' });

  expect(await access.principals.authenticate(secret)).toBeUndefined();
  clock.advance(999);
  expect(await elsewhere.principals.authenticate(secret)).toBe(cached);
  const request: PersonRequest = { name: 'register-person', person: newId(), memberOf: { kind: 'organisation' }, naming: { name: 'Eve', email: null } };
  expect(await elsewhere.personHandler.execute(new PersonCommand(request, asked(cached!.actor)))).toMatchObject({ outcome: 'refused', refusals: [{ code: 'right.missing' }] });
  clock.advance(1);
  expect(await elsewhere.principals.authenticate(secret)).toBeUndefined();

  await done({ name: 'enable-person', person: administrator });
  expect(await elsewhere.principals.authenticate(secret)).toMatchObject({ id: administrator });
});

test('a session ends when it is not used for half an hour', async () => {
  const person = await someone({ role: 'commissioner' });
  const { secret } = (await access.sessions.start(tenant, person))!;
  expect(secret).toMatch(/^cnc_session_[\w-]{43}$/);
  for (let used = 0; used < 3; used += 1) {
    clock.advance(29 * 60_000);
    expect(await access.principals.authenticate(secret)).toMatchObject({ tenant, id: person, actor: { scopes: 'all' }, credential: { kind: 'session' } });
  }
  clock.advance(30 * 60_000);
  expect(await access.principals.authenticate(secret)).toBeUndefined();
});

test('a session ends twelve hours after login, however busy it was', async () => {
  const { secret } = (await access.sessions.start(tenant, await someone({ role: 'commissioner' })))!;
  for (let minutes = 20; minutes < 12 * 60; minutes += 20) {
    clock.advance(20 * 60_000);
    expect(await access.principals.authenticate(secret)).toMatchObject({ tenant });
  }
  clock.advance(20 * 60_000);
  expect(await access.principals.authenticate(secret)).toBeUndefined();
});

test('a session ends at once by logout, by any change of roles, and by disabling, and is new at every login', async () => {
  const person = await someone({ role: 'commissioner' });
  const start = async () => (await access.sessions.start(tenant, person))!.secret;
  const [one, two] = [await start(), await start()];
  expect(one).not.toBe(two);
  expect(await access.principals.authenticate(one)).toMatchObject({ id: person });
  await access.sessions.end(one);
  expect(await access.principals.authenticate(one)).toBeUndefined();
  expect(await access.principals.authenticate(two)).toMatchObject({ id: person });

  await done({ name: 'grant-role', person, grant: newId(), role: 'approver', discipline: 'finance' });
  expect(await access.principals.authenticate(two)).toBeUndefined();
  const three = await start();
  expect(await access.principals.authenticate(three)).toMatchObject({ actor: { grants: [{ role: 'commissioner' }, { role: 'approver' }] } });

  await done({ name: 'disable-person', person, reason: 'long-absence' });
  expect(await access.principals.authenticate(three)).toBeUndefined();
  expect(await access.sessions.start(tenant, person)).toBeUndefined();
  expect(await access.sessions.start(tenant, newId())).toBeUndefined();
});

test('another organisation sees no person, provider or key, and may revoke none', async () => {
  const person = await someone({ role: 'commissioner' });
  const { id, secret } = await keyOf(person);
  const sealed = await access.vault.sealFor(tenant, person, 'what was said');
  const own = tenant;
  tenant = freshTenant(fresh.database);
  expect(await access.people.find(tenant, person)).toBeUndefined();
  expect(await access.people.list(tenant, { limit: 10 })).toEqual([]);
  expect(await access.providers.list(tenant, { limit: 10 })).toEqual([]);
  expect(await access.keys.list(tenant)).toEqual([]);
  expect(await access.keys.revoke(id, asked())).toEqual({ outcome: 'unknown' });
  expect(await access.vault.unseal(tenant, sealed)).toBeUndefined();
  expect(await access.sessions.start(tenant, person)).toBeUndefined();
  expect(await access.principals.authenticate(secret)).toMatchObject({ tenant: own });
});

test('free text is read again by its own organisation, one text or many, in the order given', async () => {
  const [a, b] = [newId(), newId()];
  const texts = [{ subject: a, text: 'The evenings are too short.' }, { subject: b, text: '' }, { subject: a, text: 'Gràinne ☕ \u{1f9d3}' }];
  const sealed = await access.vault.sealAll(tenant, texts);
  expect(sealed.map(({ subject }) => subject)).toEqual([a, b, a]);
  expect(JSON.stringify(sealed)).not.toContain('evenings');
  expect(await elsewhere.vault.unsealAll(tenant, [...sealed].reverse())).toEqual(texts.map(({ text }) => text).reverse());
});

test('sealed text opens for its own subject only', async () => {
  const [a, b] = [newId(), newId()];
  const [first] = await access.vault.sealAll(tenant, [{ subject: a, text: 'mine' }, { subject: b, text: 'yours' }]);
  await expect(access.vault.unseal(tenant, { subject: b, sealed: first!.sealed })).rejects.toThrow(SealBroken);
});

test('two processes that seal for a new person at once seal under one key', async () => {
  const subject = newId();
  const sealed = await Promise.all(Array.from({ length: 8 }, (_, index) => (index % 2 ? access : elsewhere).vault.sealFor(tenant, subject, `${index}`)));
  expect(await processOf().vault.unsealAll(tenant, sealed)).toEqual(sealed.map((_, index) => `${index}`));
});

test('erasure makes what was said unreadable for good, everywhere within five seconds, and the record stands as it was', async () => {
  const [gone, stays] = [newId(), newId()];
  const sealed = await access.vault.sealAll(tenant, [{ subject: gone, text: 'please forget' }, { subject: stays, text: 'keep this' }]);
  expect(await elsewhere.vault.unseal(tenant, sealed[0]!)).toBe('please forget');
  await access.vault.destroyKey(tenant, gone);
  await access.vault.destroyKey(tenant, gone);
  expect(await access.vault.unsealAll(tenant, sealed)).toEqual([undefined, 'keep this']);
  clock.advance(5_000);
  expect(await elsewhere.vault.unsealAll(tenant, sealed)).toEqual([undefined, 'keep this']);
  await expect(access.vault.sealFor(tenant, gone, 'again')).rejects.toMatchObject({ status: 422, code: 'vault.erased' });
  const kept = await superuser<{ sealed_key: string | null }>('SELECT sealed_key FROM access.vault_key WHERE subject = $1', [gone]);
  expect(kept).toEqual([{ sealed_key: null }]);
});

test('a key is derived from the command that asked for it, and no two organisations share one', async () => {
  const commandId = newId();
  const wish = async () => ({ person: await someone({ role: 'commissioner' }), label: 'works', scopes: 'all', lastDay: '2026-06-30' }) as const;
  const first = await access.keys.issue(await wish(), asked(operator, { commandId }));
  expect(first).toMatchObject({ outcome: 'issued', key: { id: uuidv5(concordatNamespace, `${tenant}/key/${commandId}`) } });
  tenant = freshTenant(fresh.database);
  expect(await access.keys.issue(await wish(), asked(operator, { commandId }))).toMatchObject({ outcome: 'issued' });
});
