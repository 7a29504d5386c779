import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isProviderRole, may, type Right, rights, type Role, roles, rightsOf, takesPart } from '@concordat/access/core';
import { Consumers } from '@concordat/journal';
import { londonDay, newId } from '@concordat/platform';
import { importRegisterFile } from '@concordat/exchange';
import { ContractRegister } from '@concordat/register';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { Cast, type Player } from './cast.js';
import { type Answer, type ApiClient, succeeded } from './client.js';
import { fromSchema } from './from-schema.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { type ListedOperation, type OpenApiDocument, operationsOf } from './openapi-document.js';
import { type Row, routeTable, type Thing } from './route-table.js';

let here: TestInstallation;
let document: OpenApiDocument;
let operations: readonly ListedOperation[];
/** Of the council; its provider's people belong to the first provider, which is a party of the agreement. */
let ours: Player[];
/** Of the second provider, which is a party of nothing. */
let rivals: Player[];
/** Of the other organisation; its provider's people belong to its own provider. */
let strangers: Player[];
let things: Readonly<Record<Thing, string>>;
let event: string;
let tenant: string;

// What must not get about: who took part and what they said, and what the organisation alone knows.
const participants = [newId(), newId()];
const words = 'Lunch at one is too late for me.';
const title = 'The lunch club of Harbour Street';

beforeAll(async () => {
  here = await openInstallation();
  document = (await here.with().get<OpenApiDocument>('/api/openapi.json')).body;
  operations = operationsOf(document);
  tenant = await tenantOf('demo-council');
  const providers = (await here.as('commissioner').get<{ items: { id: string; name: string }[] }>('/api/v1/providers')).body.items;
  const [first, second] = ['First', 'Second'].map((name) => providers.find((provider) => provider.name.startsWith(name))!.id) as [string, string];
  const cast = new Cast(here, tenant);
  ours = await cast.everyRole(roles, first);
  rivals = await cast.everyRole(roles.filter(isProviderRole), second);
  const otherTenant = await tenantOf('demo-health-board');
  const { provider: theirs } = succeeded('register-provider', await here.as('commissioner', 'demo-health-board').post<{ provider: string }>('/api/v1/providers', { name: 'Their provider' })).body;
  strangers = await new Cast(here, otherTenant).everyRole(roles, theirs);
  things = await makeThings(first);
}, 60_000);
afterAll(() => here.close());

test('every operation of the document has a row that says who may see what through it', () => {
  const forgotten = operations.filter(({ id }) => !Object.hasOwn(routeTable, id)).map(({ id, method, path }) => `${method} ${path} (${id}) has no row in route-table.ts: say there who sees what through it.`);
  const gone = Object.keys(routeTable).filter((id) => !operations.some((operation) => operation.id === id)).map((id) => `route-table.ts has a row for ${id}, which is no operation any more.`);
  expect([...forgotten, ...gone]).toEqual([]);
});

test('every operation asks the right its row says, and every role is let in or kept out by it', async () => {
  const wrong: string[] = [];
  for (const operation of tabled()) {
    if ((operation.operation['x-right'] ?? 'nobody') !== rowOf(operation).asks) wrong.push(`${operation.id} asks ${operation.operation['x-right']}`);
    await atOnce(ours, async (player) => {
      const answer = await call(operation, player.api);
      const expected = expectedFor(rowOf(operation), player);
      if (!agrees(answer, expected, operation.id)) wrong.push(`${operation.id} answered ${player.role} ${answer.status} ${answer.text.slice(0, 120)}; expected: ${expected}`);
      const unlike = conforms(operation, answer);
      if (unlike !== undefined) wrong.push(`${operation.id} answered ${player.role} ${answer.status} unlike the document: ${unlike} in ${answer.text.slice(0, 300)}`);
    });
  }
  expect(wrong).toEqual([]);
}, 120_000);

test('no operation takes a query parameter that it does not know: it names it', async () => {
  const wrong: string[] = [];
  await atOnce(tabled(), async (operation) => {
    const admitted = ours.find((player) => expectedFor(rowOf(operation), player) === 'let in')!;
    const { status, body, text } = await call(operation, admitted.api, { unknown: 'colour' });
    const { code, errors = [] } = body as { code?: string; errors?: { pointer?: string }[] };
    if (status !== 400 || code !== 'request.invalid' || !errors.some(({ pointer }) => pointer === '/colour')) wrong.push(`${operation.method} ${operation.path} (${operation.id}) answered ?colour ${status} ${text.slice(0, 120)}`);
  });
  expect(wrong).toEqual([]);
}, 60_000);

test('what belongs to another provider or another organisation is answered like what is not there, to the letter', async () => {
  const wrong: string[] = [];
  for (const operation of tabled().filter((one) => rowOf(one).about !== undefined)) {
    const row = rowOf(operation);
    const outsiders = [...rivals.filter(() => row.seen !== 'by-all'), ...strangers].filter(({ role }) => holds(role, row.asks));
    await atOnce(outsiders, async ({ api, role }) => {
      // Even a version that cannot be right must not tell that there is one.
      const [foreign, missing] = await Promise.all([call(operation, api, { headers: { 'if-match': '"77"' } }), call(operation, api, { headers: { 'if-match': '"77"' }, instead: newId() })]);
      const same = foreign.status === missing.status && plain(foreign) === plain(missing) && telling(foreign) === telling(missing);
      const hidden = row.seen === 'by-all' || foreign.status === 404 || (row.seen === 'by-organisation-alone' && foreign.status === 403);
      if (!same || !hidden) wrong.push(`${operation.id} answered an outsider (${role}) ${foreign.status} ${plain(foreign).slice(0, 150)} ${telling(foreign)} and ${missing.status} ${plain(missing).slice(0, 150)} ${telling(missing)} for what is not there`);
    });
  }
  expect(wrong).toEqual([]);
}, 120_000);

test('no key, an unknown one and a revoked one open nothing that asks for one', async () => {
  const owner = here.as('facilitator');
  const { key, secret } = (await owner.post<{ key: { id: string }; secret: string }>('/api/v1/api-keys', { label: 'revoked' })).body;
  await owner.post(`/api/v1/api-keys/${key.id}/revoke`);
  const wrong: string[] = [];
  for (const operation of tabled()) {
    const kept = rowOf(operation).asks !== 'nobody';
    for (const [what, api, code] of [['no key', here.with(), 'key.missing'], ['an unknown key', here.with(`cnc_${'A'.repeat(43)}`), 'key.unknown'], ['a revoked key', here.with(secret), 'key.unknown']] as const) {
      const answer = await asTold(() => call(operation, api));
      if (kept ? answer.status !== 401 || (answer.body as { code?: string }).code !== code || answer.headers.get('www-authenticate') === null : answer.status !== 200) {
        wrong.push(`${operation.id} answered ${what} ${answer.status}`);
      }
    }
  }
  expect(wrong).toEqual([]);
}, 60_000);

test('a key whose scopes lack the right opens no more than a role that lacks it, and one that has it opens', async () => {
  const cast = new Cast(here, tenant);
  const wrong: string[] = [];
  for (const right of rights) {
    const player = ours.find(({ role }) => holds(role, right))!;
    const without = rightsOf[player.role].filter((one) => one !== right);
    const [narrow, just] = [await cast.key(player.person, without), await cast.key(player.person, [right])];
    await atOnce(tabled().filter((one) => rowOf(one).asks === right), async (operation) => {
      const [kept, opened] = await Promise.all([call(operation, narrow), call(operation, just)]);
      if (kept.status !== 403 || (kept.body as { code?: string }).code !== 'right.missing') wrong.push(`${operation.id} answered a key without ${right} ${kept.status}`);
      const expected = expectedFor(rowOf(operation), player);
      // What a key limited to one right may read of the answer is another matter; it gets past the door.
      if (expected === 'let in' && opened.status === 403 && !coreSays.includes(operation.id)) wrong.push(`${operation.id} kept out a key with ${right}`);
    });
  }
  expect(wrong).toEqual([]);
}, 60_000);

describe('what a provider reads', () => {
  const reads = () => tabled().filter(({ method }) => method === 'GET');

  test('never names who took part, nor what they said, nor who of the staff did what', async () => {
    const staff = ours.filter(({ provider }) => provider === undefined).map(({ person }) => person);
    const told: string[] = [];
    for (const { api, role } of [...ours, ...rivals].filter(({ provider }) => provider !== undefined)) {
      for (const operation of reads()) {
        const { text } = await call(operation, api);
        for (const secret of [...participants, words, ...staff]) if (text.includes(secret)) told.push(`${operation.id} told ${role} ${secret}`);
      }
    }
    expect(told).toEqual([]);
  });

  test('never names an agreement it is no party to, nor a rival', async () => {
    const told: string[] = [];
    const first = ours.find(({ role }) => role === 'provider-admin')!.provider!;
    for (const { api, role } of rivals) {
      for (const operation of reads()) {
        const { text } = await call(operation, api);
        for (const secret of [things.agreement, title, first, things.endpoint]) if (text.includes(secret)) told.push(`${operation.id} told ${role} of a rival ${secret}`);
      }
    }
    expect(told).toEqual([]);
  });

  test('ends with its role: yesterday\'s grant shows nothing, and a grant for another provider widens none', async () => {
    const first = ours.find(({ role }) => role === 'provider-admin')!.provider!;
    const second = rivals[0]!.provider!;
    const cast = new Cast(here, tenant);
    const past = await cast.player({ role: 'provider-admin', provider: first, until: '2026-01-31' }, { role: 'provider-signatory', provider: first });
    expect((await past.api.get<{ items: object[] }>('/api/v1/agreements')).body.items).toHaveLength(1);
    expect((await past.api.get('/api/v1/events')).status).toBe(403);
    expect((await rivals[0]!.api.get<{ items: object[] }>('/api/v1/agreements')).body.items).toEqual([]);
    expect(second).not.toBe(first);
  });
});

test('what people who take part read never names another who did, what they said, who of the staff did what, nor who bids', async () => {
  const bidder = ours.find(({ role }) => role === 'provider-admin')!.provider!;
  const told: string[] = [];
  for (const { api, role, person } of ours.filter(({ role: one }) => takesPart(one))) {
    expect([role, (await api.get<{ items: object[] }>('/api/v1/agreements')).body.items.length > 0]).toEqual([role, true]);
    for (const operation of tabled().filter(({ method }) => method === 'GET')) {
      const { text } = await call(operation, api);
      for (const secret of [...participants, words, bidder, ...ours.map((one) => one.person).filter((one) => one !== person)]) if (text.includes(secret)) told.push(`${operation.id} told ${role} ${secret}`);
    }
  }
  expect(told).toEqual([]);
});

test('another organisation reads nothing of ours through any list', async () => {
  const told: string[] = [];
  for (const { api, role } of strangers) {
    for (const operation of tabled().filter(({ method }) => method === 'GET')) {
      const { text } = await call(operation, api);
      for (const secret of [...Object.values(things), title, tenant, ...participants, 'Demo Council', 'First Demo Provider']) if (text.includes(secret)) told.push(`${operation.id} told ${role} of ${secret}`);
    }
  }
  expect(told).toEqual([]);
}, 60_000);

test('staff who were given some agreements see those and no others, in the list as by the id', async () => {
  const another = (await here.as('commissioner').post<{ agreement: string }>('/api/v1/agreements', beginning)).body.agreement;
  await here.app.get(Consumers).runAll(tenant);
  const { api } = await new Cast(here, tenant).player({ role: 'contract-manager', agreements: [things.agreement] });
  const { items } = (await api.get<{ items: { id: string }[] }>('/api/v1/agreements')).body;
  expect(items.map(({ id }) => id)).toEqual([things.agreement]);
  expect((await api.get(`/api/v1/agreements/${things.agreement}`)).status).toBe(200);
  for (const path of ['', '/gate', '/history', '/involvement']) expect((await api.get(`/api/v1/agreements/${another}${path}`)).status).toBe(404);
  expect((await api.command(another, 'hold', { reason: 'snow' }, { headers: { 'if-match': '"9"' } })).status).toBe(404);
  expect((await api.command(things.agreement, 'hold', { reason: 'snow' }, { dryRun: true })).status).toBe(200);
  const { items: events } = (await api.get<{ items: { subject: string }[] }>('/api/v1/events?limit=200')).body;
  expect(new Set(events.map(({ subject }) => subject))).toEqual(new Set([things.agreement]));
});

test('whoever audits some agreements has their packs and no journal of the whole organisation, whose head they check a pack against', async () => {
  const { api } = await new Cast(here, tenant).player({ role: 'auditor', agreements: [things.agreement] });
  const [journal, head, pack] = await Promise.all(['journal', 'journal/head', `agreements/${things.agreement}/assurance-pack`].map((path) => api.get<{ code: string }>(`/api/v1/${path}`)));
  expect([journal!.status, journal!.body.code, head!.status, pack!.status]).toEqual([403, 'right.missing', 200, 200]);
  expect((await ours.find(({ role }) => role === 'auditor')!.api.get('/api/v1/journal')).status).toBe(200);
});

const beginning = { title, kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] };

async function tenantOf(organisation: string): Promise<string> {
  return (await here.as('commissioner', organisation).get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
}

/** One of each thing that paths name, in the council, with an event that its first provider was told. */
async function makeThings(provider: string): Promise<Readonly<Record<Thing, string>>> {
  const api = (role: Role) => ours.find((player) => player.role === role)!.api;
  const commissioner = api('commissioner');
  const { agreement } = succeeded('opening', await commissioner.post<{ agreement: string }>('/api/v1/agreements', beginning)).body;
  const [activity, invitation, contribution] = [newId(), newId(), newId()];
  const on = londonDay(new Date());
  const { endpoint } = succeeded('endpoint', await api('provider-admin').post<{ endpoint: string }>('/api/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' })).body;
  await commissioner.done(agreement, 'invite-provider', { provider });
  await commissioner.done(agreement, 'plan-activity', { activity, stage: 'mandate', title: 'Kitchen table', groups: ['residents'], right: 'consult', ledBy: 'together', closesOn: on });
  await commissioner.done(agreement, 'invite-participant', { invitation, activity, participant: participants[0], answerBy: on });
  await commissioner.done(agreement, 'accept-invitation', { invitation, participant: participants[0] });
  await commissioner.done(agreement, 'record-attendance', { activity, participants, on });
  await commissioner.done(agreement, 'record-contribution', { contribution, activity, author: participants[1], text: words, givenOn: on });
  await commissioner.done(agreement, 'hold', { reason: words });
  await commissioner.done(agreement, 'resume');
  await here.app.get(Consumers).runAll(tenant);
  const { items } = (await api('provider-admin').get<{ items: { id: string }[] }>('/api/v1/events')).body;
  event = items[0]!.id;
  const { id: operation } = succeeded('operation', await commissioner.command<{ id: string }>(agreement, 'cancel', { reason: 'no' }, { headers: { prefer: 'respond-async' } })).body;
  const { key } = succeeded('key', await commissioner.post<{ key: { id: string } }>('/api/v1/api-keys', { label: 'of the commissioner' })).body;
  const person = (await new Cast(here, tenant).player({ role: 'provider-operator', provider })).person;
  const bytes = Buffer.from(`Contract Ref,Contract Title,Expiry Date\nC-1,${title},31/03/2030\nC-2,${title},03/31/2030\n`);
  await importRegisterFile({ register: here.app.get(ContractRegister), tenant, by: 'system:import', file: 'register.csv', bytes });
  const contract = (await commissioner.get<{ items: { id: string }[] }>('/api/v1/contracts')).body.items[0]!.id;
  const keptRow = (await commissioner.get<{ items: { id: string }[] }>('/api/v1/contracts/kept-rows')).body.items[0]!.id;
  const { id: register } = succeeded('register', await commissioner.send<{ id: string }>('POST', '/api/v1/contracts/imports', { body: bytes.toString(), headers: { 'content-type': 'application/octet-stream' } })).body;
  const file = { body: JSON.stringify([{ ocid: 'ocds-m-1', tender: { title } }]), headers: { 'content-type': 'application/octet-stream' } };
  const { id: imported } = succeeded('import', await commissioner.send<{ id: string }>('POST', '/api/v1/imports', file)).body;
  const { id: filter } = succeeded('filter', await commissioner.post<{ id: string }>('/api/v1/saved-filters', { name: 'Mine' })).body;
  return { agreement, endpoint, operation, key: key.id, person, contract, import: imported, register, keptRow, filter };
}

const tabled = () => operations.filter(({ id }) => Object.hasOwn(routeTable, id));
const rowOf = ({ id }: ListedOperation): Row => routeTable[id]!;
const holds = (role: Role, asks: Row['asks']): boolean => asks === 'signed-in' || asks === 'nobody' || (rightsOf[role] as readonly Right[]).includes(asks);
// Ids of requests and keys differ; nothing else may.
const plain = ({ text }: Answer<unknown>) => text.replace(/"correlationId":"[^"]*"/, '');
const ofEachRequest = ['concordat-correlation-id', 'connection', 'date', 'idempotency-key', 'keep-alive', 'ratelimit'];
const telling = ({ headers }: Answer<unknown>) => JSON.stringify([...headers].filter(([name]) => !ofEachRequest.includes(name)));

/** Every command is rehearsed only, so that the scene stays as it is; what has no dry run does no harm to it. */
/** Whoever has no key is told to wait after some hundred requests, and then does. */
async function asTold(ask: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
  const answer = await ask();
  if (answer.status !== 429) return answer;
  await new Promise((wake) => setTimeout(wake, Number(answer.headers.get('retry-after')) * 1_000));
  return asTold(ask);
}

function call(operation: ListedOperation, api: ApiClient, { instead, unknown, headers = {} }: { instead?: string; unknown?: string; headers?: Record<string, string> } = {}): Promise<Answer<unknown>> {
  const row = rowOf(operation);
  const thing = row.about === undefined ? '' : (instead ?? things[row.about]);
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => row.path?.[name] ?? (name === 'event' ? event : thing));
  const dry = operation.operation.parameters?.some(({ name }) => name === 'dryRun') === true;
  const query = [...(row.query === undefined ? [] : [row.query.slice(1)]), ...(dry ? ['dryRun=true'] : []), ...(unknown === undefined ? [] : [`${unknown}=1`])];
  const address = `${path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
  if (operation.method === 'GET') return api.get(address, { headers });
  if (operation.method === 'DELETE') return api.send('DELETE', address, { headers });
  if (operation.id === 'acceptOperation') {
    const line = JSON.stringify({ agreement: newId(), command: 'open-agreement', body: { ...beginning, title: 'x' } });
    return api.post(address, line, { headers: { 'content-type': 'application/x-ndjson' } });
  }
  if (row.file !== undefined) return api.post(address, row.file, { headers: { ...headers, 'content-type': 'application/octet-stream' } });
  return api.post(address, bodyOf(operation), { headers });
}

const bodies = new Map<string, unknown>();
function bodyOf(operation: ListedOperation): unknown {
  const given = rowOf(operation).body;
  if (given !== undefined) return given;
  const schema = operation.operation.requestBody?.content['application/json']?.schema;
  if (schema === undefined) return undefined;
  const kept = bodies.get(operation.id) ?? fc.sample(fromSchema(schema), { numRuns: 1, seed: 7 })[0];
  bodies.set(operation.id, kept);
  return operation.id === 'registerEndpoint' ? { url: 'http://127.0.0.1:9/another' } : operation.id === 'grantRole' ? { role: 'auditor' } : kept;
}

type Expected = 'let in' | 'not there' | 'kept out';

function expectedFor(row: Row, { role, provider }: Player): Expected {
  if (!holds(role, row.asks)) return 'kept out';
  const keepsHouse = provider === undefined && may({ kind: 'person', person: '', grants: [{ role }], scopes: 'all' }, 'people.manage', {}, '2026-03-16');
  switch (row.seen) {
    case 'by-all':
    case 'by-parties':
    case 'by-its-provider': // the caller's provider is the one whose it is
      return 'let in';
    case 'by-organisation':
      return provider === undefined && !takesPart(role) ? 'let in' : 'not there';
    case 'by-organisation-alone':
      return provider === undefined && !(takesPart(role) && row.asks === 'agreement.read') ? 'let in' : 'kept out';
    case 'by-organisation-and-people':
      return provider === undefined ? 'let in' : 'not there';
    case 'by-organisation-and-parties':
      return takesPart(role) ? 'not there' : 'let in';
    case 'by-its-owner':
      return role === 'commissioner' ? 'let in' : 'not there';
    case 'by-owner-and-manager':
      return role === 'commissioner' || keepsHouse ? 'let in' : 'not there';
  }
}

// Whose sign-off and whose award it is depends on the agreement: there the core says who may.
const coreSays = ['sign-off', 'renew-sign-off', 'meet-sign-off-condition', 'renew-sign-off-condition', 'second-sign-off', 'linkIdentities', 'unlinkIdentities', 'accept-award', 'agree-condition-for-discipline', 'request-sign-off', 'withdraw-sign-off'];

/** Let in means: it was looked at. Whether it is refused then is the core's to say. */
function agrees(answer: Answer<unknown>, expected: Expected, id: string): boolean {
  const { code } = answer.body as { code?: string };
  if (expected === 'kept out') return answer.status === 403 && code === 'right.missing';
  if (expected === 'not there') return answer.status === 404;
  return ![401, 404, ...(coreSays.includes(id) ? [] : [403])].includes(answer.status) && answer.status < 500;
}

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);
const compiled = new Map<string, ReturnType<typeof ajv.compile> | undefined>();

/** What of an answer is not as the document says; undefined where all of it is. */
function conforms({ id, operation }: ListedOperation, { status, headers, body }: Answer<unknown>): string | undefined {
  const described = operation.responses[String(status)] ?? (status >= 400 ? operation.responses['default'] : undefined);
  if (described === undefined) return `no answer ${status} is described`;
  if (status === 204) return undefined;
  const media = headers.get('content-type')!.split(';')[0]!;
  const schema = described.content?.[media]?.schema;
  if (schema === undefined) return `no ${media} is described`;
  if (!media.includes('json') || media.includes('ndjson')) return undefined;
  const name = `${id} ${status >= 400 ? 'problem' : status}`;
  const valid = compiled.get(name) ?? ajv.compile({ ...schema, components: document.components });
  compiled.set(name, valid);
  return valid(body) ? undefined : ajv.errorsText(valid.errors);
}

/** All at once, a dozen at a time. */
async function atOnce<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += 12) await Promise.all(items.slice(at, at + 12).map(work));
}
