import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@concordat/platform';
import { Client } from 'pg';
import type { Answer, ApiClient, Json } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem, type Problem } from './problem.js';

let here: TestInstallation;
let commissioner: ApiClient;
beforeAll(async () => {
  here = await openInstallation();
  commissioner = here.as('commissioner');
});
afterAll(() => here.close());

interface Told extends Json {
  readonly agreement: string;
  readonly version: number;
  readonly position: number;
  readonly repeated: boolean;
  readonly events: readonly { readonly id: string; readonly type: string }[];
}
const beginning = { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] };
const opened = async (client = commissioner): Promise<string> => (await client.post<Told>('/api/v1/agreements', beginning)).body.agreement;
const headOf = async (): Promise<number> => (await here.as('auditor').get<{ position: number }>('/api/v1/journal/head')).body.position;
const withKey = (key: string) => ({ headers: { 'idempotency-key': key } });

describe('problems', () => {
  test('a body that cannot be read names every fault by its place', async () => {
    const answer = await commissioner.post('/api/v1/agreements', { title: '', kind: 'marriage', pathway: { id: 'grant', colour: 'red' }, route: { id: 'grant' }, raises: [], extra: 1 });
    const { errors = [] } = expectProblem(answer, 400, 'request.invalid');
    expect(errors.map(({ pointer }) => pointer).sort()).toEqual(['/extra', '/kind', '/pathway/colour', '/title', '/title']);
  });

  test('silence about what raises the tier is no answer, and an empty list is', async () => {
    const { errors = [] } = expectProblem(await commissioner.post('/api/v1/agreements', { ...beginning, raises: undefined }), 400, 'request.invalid');
    expect(errors).toEqual([{ pointer: '/raises', code: 'invalid_type', detail: expect.stringContaining('an empty list says that none of these holds') }]);
    expect((await commissioner.post('/api/v1/agreements', beginning)).status).toBe(201);
  });

  test('a refused gate names everything it asks, the same as the checklist', async () => {
    const agreement = await opened();
    const { errors = [] } = expectProblem(await commissioner.command(agreement, 'request-gate', { stage: 'mandate' }), 422, 'command.refused');
    const gate = (await commissioner.get<{ checklist: { code: string; met: boolean }[] }>(`/api/v1/agreements/${agreement}/gate`)).body;
    const unmet = gate.checklist.filter(({ met }) => !met).map(({ code }) => code);
    expect(unmet.length).toBeGreaterThan(1);
    expect(errors.map(({ code }) => code)).toEqual(unmet);
  });

  test('each names the request it answers, and another request by another id', async () => {
    const [one, two] = await Promise.all([commissioner.get<Problem>('/api/v1/nothing'), commissioner.get<Problem>('/api/v1/nothing')]);
    expectProblem(one!, 404, 'path.unknown');
    expect(one!.body.correlationId).not.toBe(two!.body.correlationId);
  });

  test('an answer that is none carries nothing that was meant for success', async () => {
    const { headers } = await commissioner.post('/api/v1/agreements', { ...beginning, pathway: { id: 'unheard-of' } });
    expect([headers.get('location'), headers.get('etag'), headers.get('concordat-position')]).toEqual([null, null, null]);
  });
});

describe('the same request sent again', () => {
  test('is answered the same, is done once, and says so', async () => {
    const key = newId();
    const first = await commissioner.post<Told>('/api/v1/agreements', beginning, withKey(key));
    const head = await headOf();
    const again = await commissioner.post<Told>('/api/v1/agreements', beginning, withKey(key));
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect([first.status, again.status, again.headers.get('location')]).toEqual([201, 201, `/api/v1/agreements/${first.body.agreement}`]);
    expect(await headOf()).toBe(head);
  });

  test('is one command too when both arrive at once', async () => {
    const agreement = await opened();
    const key = newId();
    const answers = await Promise.all(Array.from({ length: 8 }, () => commissioner.command<Told>(agreement, 'hold', { reason: 'snow' }, withKey(key))));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.filter(({ body }) => !body.repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ body }) => body.events[0]?.id)).size).toBe(1);
  });

  test('with another body or for another agreement is refused, and does nothing', async () => {
    const [agreement, other] = [await opened(), await opened()];
    const key = newId();
    await commissioner.done(agreement, 'hold', { reason: 'snow' }, withKey(key));
    const head = await headOf();
    expectProblem(await commissioner.command(agreement, 'hold', { reason: 'ice' }, withKey(key)), 422, 'idempotency.key-reused');
    expectProblem(await commissioner.command(other, 'hold', { reason: 'snow' }, withKey(key)), 422, 'idempotency.key-reused');
    expect(await headOf()).toBe(head);
  });

  test('is recognised whatever the order of its members', async () => {
    const key = newId();
    const first = await commissioner.post<Told>('/api/v1/agreements', beginning, withKey(key));
    const again = await commissioner.post<Told>('/api/v1/agreements', Object.fromEntries(Object.entries(beginning).reverse()), withKey(key));
    expect(again.body).toEqual({ ...first.body, repeated: true });
  });

  test('is answered as it was, even when the version it asked for has passed', async () => {
    const agreement = await opened();
    const sending = { headers: { 'idempotency-key': newId(), 'if-match': '"1"' } };
    const first = await commissioner.done<Told>(agreement, 'hold', { reason: 'snow' }, sending);
    await commissioner.done(agreement, 'resume');
    expect((await commissioner.command(agreement, 'hold', { reason: 'snow' }, sending)).body).toEqual({ ...first.body, repeated: true });
  });

  test('with the key of another person is another command', async () => {
    const key = newId();
    const [mine, theirs] = [await commissioner.post<Told>('/api/v1/agreements', beginning, withKey(key)), await here.as('senior-responsible-owner').post<Told>('/api/v1/agreements', beginning, withKey(key))];
    expect(theirs.body.repeated).toBe(false);
    expect(theirs.body.agreement).not.toBe(mine.body.agreement);
  });

  test('makes the same person, role, provider, key and endpoint, and shows a secret once', async () => {
    const administrator = here.as('administrator');
    const twice = async (client: ApiClient, path: string, body: object) => {
      const key = newId();
      return [await client.post<Json>(path, body, withKey(key)), await client.post<Json>(path, body, withKey(key))] as const;
    };
    const [person, samePerson] = await twice(administrator, '/api/v1/people', { name: 'First administrator' });
    expect(samePerson.body).toEqual({ ...person.body, repeated: true });
    const [grant, sameGrant] = await twice(administrator, `/api/v1/people/${String(person.body['person'])}/roles`, { role: 'commissioner' });
    expect(sameGrant.body).toEqual({ ...grant.body, repeated: true });
    const [provider, sameProvider] = await twice(commissioner, '/api/v1/providers', { name: 'Harbour Care' });
    expect(sameProvider.body).toEqual({ ...provider.body, repeated: true });

    const [apiKey, sameKey] = await twice(commissioner, '/api/v1/api-keys', { label: 'machine' });
    const { secret, ...shown } = apiKey.body;
    expect(secret).toMatch(/^cnc_/);
    expect(sameKey.body).toEqual({ ...shown, alreadyShown: true });
    const [endpoint, sameEndpoint] = await twice(here.as('provider-admin'), '/api/v1/webhook-endpoints', { url: 'http://127.0.0.1:9/hook' });
    expect(endpoint.body['secret']).toMatch(/^whsec_/);
    expect(sameEndpoint.body).toEqual({ endpoint: endpoint.body['endpoint'], repeated: true, alreadyShown: true });
  });

  test('a key that cannot be one is refused; without a key the request is given one', async () => {
    expectProblem(await commissioner.post('/api/v1/agreements', beginning, withKey('two words')), 400, 'idempotency.key-invalid');
    expectProblem(await commissioner.post('/api/v1/agreements', beginning, withKey('x'.repeat(256))), 400, 'idempotency.key-invalid');
    const answer = await commissioner.send('POST', '/api/v1/agreements', { headers: { 'content-type': 'application/json' }, body: JSON.stringify(beginning) });
    expect([answer.status, answer.headers.get('idempotency-key')]).toEqual([201, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });
});

describe('versions', () => {
  test('a reader who saw an older version is refused, and told which stands now', async () => {
    const agreement = await opened();
    await commissioner.done(agreement, 'hold', { reason: 'snow' });
    const stale = await commissioner.command(agreement, 'resume', {}, { headers: { 'if-match': '"1"' } });
    expectProblem(stale, 412, 'version.stale');
    expect(stale.headers.get('etag')).toBe('"2"');
    const read = await commissioner.get(`/api/v1/agreements/${agreement}`);
    expect(read.headers.get('etag')).toBe('"2"');
    await commissioner.done(agreement, 'resume', {}, { headers: { 'if-match': read.headers.get('etag')! } });
  });

  test('whoever overwrites facts must say which version they saw', async () => {
    const agreement = await opened();
    expectProblem(await commissioner.command(agreement, 'amend-facts', { facts: { reference: 'LC-1' } }), 428, 'version.needed');
    await commissioner.done(agreement, 'amend-facts', { facts: { reference: 'LC-1' } }, { headers: { 'if-match': '"1"' } });
  });

  test('a version that cannot be read is not taken for any', async () => {
    const agreement = await opened();
    for (const value of ['1', 'W/"1"', '"one"', '"1", "2"', '"99999999999"', '""']) {
      expectProblem(await commissioner.command(agreement, 'hold', { reason: 'snow' }, { headers: { 'if-match': value } }), 400, 'version.unreadable');
    }
  });

  test('a person has a version too', async () => {
    const administrator = here.as('administrator');
    const { person } = (await administrator.post<{ person: string }>('/api/v1/people', { name: 'Bo Lund' })).body;
    expectProblem(await administrator.post(`/api/v1/people/${person}/disable`, { reason: 'left' }, { headers: { 'if-match': '"9"' } }), 412, 'version.stale');
    expect((await administrator.post(`/api/v1/people/${person}/disable`, { reason: 'left' }, { headers: { 'if-match': '"1"' } })).headers.get('etag')).toBe('"2"');
  });
});

describe('a dry run', () => {
  test('says what would happen or every refusal, and leaves nothing behind: no event, no receipt, no key in the vault', async () => {
    const agreement = await opened();
    const rows = await countRows();
    const author = newId();
    const would = await commissioner.command<{ events: Json[] }>(agreement, 'hold', { reason: 'snow' }, { dryRun: true });
    expect(would.body).toMatchObject({ dryRun: true, version: 1, events: [{ type: 'concordat.agreement.held.v1', data: { reason: 'snow' } }] });
    expect(would.headers.get('concordat-position')).toBeNull();
    const refused = await commissioner.command(agreement, 'record-contribution', { contribution: newId(), activity: newId(), author, text: 'Lunch at one', givenOn: '2026-01-05' }, { dryRun: true });
    expect(refused.status).toBe(422);
    const opening = await commissioner.post('/api/v1/agreements?dryRun=true', beginning);
    expect([opening.status, opening.headers.get('location')]).toEqual([200, null]);
    expect((await commissioner.post('/api/v1/providers?dryRun=true', { name: 'Nobody' })).status).toBe(200);
    expect((await here.as('administrator').post('/api/v1/people?dryRun=true', { name: 'Nobody' })).status).toBe(200);
    expect(await countRows()).toEqual(rows);
  });

  test('the same key may be used for the real thing afterwards', async () => {
    const key = newId();
    const rehearsed = await commissioner.post<Told>('/api/v1/agreements?dryRun=true', beginning, withKey(key));
    const made = await commissioner.post<Told>('/api/v1/agreements', beginning, withKey(key));
    expect([made.status, made.body.agreement, made.body.repeated]).toEqual([201, rehearsed.body.agreement, false]);
  });

  test('is refused where there is none, instead of being done', async () => {
    const before = await countRows();
    expectProblem(await here.as('provider-admin').post('/api/v1/webhook-endpoints?dryRun=true', { url: 'http://127.0.0.1:9/dry' }), 400, 'request.invalid');
    expectProblem(await commissioner.post('/api/v1/api-keys?dryRun=true', { label: 'dry' }), 400, 'request.invalid');
    expect(await countRows()).toEqual(before);
  });

  test('leaves no more behind than a command that is refused, which leaves nothing', async () => {
    const agreement = await opened(commissioner);
    const before = await countRows();
    const said = { contribution: newId(), activity: newId(), author: newId(), text: 'Hot food.', givenOn: '2026-03-02' };
    expectProblem(await commissioner.command(agreement, 'record-contribution', said), 422, 'activity.unknown');
    expectProblem(await here.as('provider-admin').post('/api/v1/webhook-endpoints', { url: 'http://example.org/hooks' }), 422, 'endpoint.url-refused');
    expect(await countRows()).toEqual(before);
  });

  // What the tables hold, however it got there.
  async function countRows(): Promise<Json> {
    const client = new Client({ connectionString: here.fresh!.superuserUrl });
    await client.connect();
    try {
      const tables = ['journal.event', 'journal.receipt', 'access.vault_key', 'access.person', 'access.api_key', 'webhooks.secret', 'agreement.operation'];
      const counts = await client.query<Json>(`select ${tables.map((table) => `(select count(*) from ${table}) as "${table}"`).join(', ')}`);
      return counts.rows[0]!;
    } finally {
      await client.end();
    }
  }
});

describe('pages', () => {
  test('three pages hold every agreement once, newest first, whoever opens more meanwhile', async () => {
    const health = here.as('commissioner', 'demo-health-board');
    const ids: string[] = [];
    for (let made = 0; made < 7; made += 1) ids.unshift(await opened(health));
    const position = String((await here.as('auditor', 'demo-health-board').get<{ position: number }>('/api/v1/journal/head')).body.position);

    const found: string[] = [];
    let path: string | undefined = '/api/v1/agreements?limit=3&lifecycle=open';
    let pages = 0;
    while (path !== undefined) {
      const page: Answer<{ items: { id: string }[]; asOf?: number }> = await health.get(path, { headers: { 'concordat-position': position } });
      if (pages === 0) await opened(health);
      pages += 1;
      found.push(...page.body.items.map(({ id }) => id));
      path = nextOf(page);
    }
    expect([pages, found]).toEqual([3, ids]);
  });

  test('a list answers with what its reader has just written', async () => {
    const { body, headers } = await commissioner.post<Told>('/api/v1/agreements', { ...beginning, title: 'Just written' });
    expect(headers.get('concordat-position')).toBe(String(body.position));
    const list = await commissioner.get<{ items: { id: string }[]; asOf: number }>('/api/v1/agreements?text=just%20WRITTEN', { headers: { 'concordat-position': headers.get('concordat-position')! } });
    expect(list.body.items.map(({ id }) => id)).toEqual([body.agreement]);
    expect(list.body.asOf).toBeGreaterThanOrEqual(body.position);
  });

  test('a search for signs of a pattern finds the signs', async () => {
    const { headers } = await commissioner.post<Told>('/api/v1/agreements', { ...beginning, title: 'Save 100% of_it' });
    const search = async (text: string) =>
      (await commissioner.get<{ items: Json[] }>(`/api/v1/agreements?text=${encodeURIComponent(text)}`, { headers: { 'concordat-position': headers.get('concordat-position')! } })).body.items.length;
    expect([await search('100% of_it'), await search('1%of_it'), await search('\\')]).toEqual([1, 0, 0]);
  });

  test('history, people and deliveries go on where the Link says, to the end', async () => {
    const agreement = await opened();
    for (let turn = 0; turn < 2; turn += 1) {
      await commissioner.done(agreement, 'hold', { reason: 'snow' });
      await commissioner.done(agreement, 'resume');
    }
    const versions = (await walk<{ version: number }>(commissioner, `/api/v1/agreements/${agreement}/history?limit=2`)).map(({ version }) => version);
    expect(versions).toEqual([1, 2, 3, 4, 5]);
    const administrator = here.as('administrator');
    const all = (await administrator.get<{ items: { id: string }[] }>('/api/v1/people?limit=200')).body.items.map(({ id }) => id);
    expect((await walk<{ id: string }>(administrator, '/api/v1/people?limit=4')).map(({ id }) => id)).toEqual(all);
    // Whoever sees a few of them is led through those, and by no id of another.
    const theirs = (await here.as('provider-admin').get<{ items: { id: string }[] }>('/api/v1/people?limit=200')).body.items.map(({ id }) => id);
    expect(theirs.length).toBeLessThan(all.length);
    expect((await walk<{ id: string }>(here.as('provider-admin'), '/api/v1/people?limit=1')).map(({ id }) => id)).toEqual(theirs);
    const first = await here.as('provider-admin').get<{ items: { id: string }[] }>('/api/v1/people?limit=1');
    expect([first.body.items.map(({ id }) => id), nextOf(first)]).toEqual([theirs.slice(0, 1), `/api/v1/people?limit=1&after=${theirs[0]!}`]);
    const providers = (await commissioner.get<{ items: { id: string }[] }>('/api/v1/providers')).body.items.map(({ id }) => id);
    expect((await walk<{ id: string }>(commissioner, '/api/v1/providers?limit=1')).map(({ id }) => id)).toEqual(providers);
  });

  test('a page is never longer than 200', async () => {
    expectProblem(await commissioner.get('/api/v1/agreements?limit=201'), 400, 'request.invalid');
    expectProblem(await commissioner.get('/api/v1/agreements?limit=0'), 400, 'request.invalid');
  });

  const nextOf = (answer: Answer<unknown>) => /^<([^>]+)>; rel="next"$/.exec(answer.headers.get('link') ?? '')?.[1];

  async function walk<T>(client: ApiClient, from: string): Promise<T[]> {
    const items: T[] = [];
    for (let path: string | undefined = from; path !== undefined; ) {
      const page: Answer<{ items: T[] }> = await client.get(path);
      items.push(...page.body.items);
      path = nextOf(page);
    }
    return items;
  }
});

describe('an agreement as at an instant', () => {
  test('is what it was then, and was not there before it was opened', async () => {
    const agreement = await opened();
    const history = async () => (await commissioner.get<{ items: { recordedAt: string }[] }>(`/api/v1/agreements/${agreement}/history`)).body.items;
    await commissioner.done(agreement, 'hold', { reason: 'snow' });
    const [openedAt, heldAt] = (await history()).map(({ recordedAt }) => recordedAt) as [string, string];
    const asAt = (instant: string) => commissioner.get<{ lifecycle: string; version: number }>(`/api/v1/agreements/${agreement}?asAt=${instant}`);
    expect((await asAt(openedAt)).body).toMatchObject({ lifecycle: 'open', version: 1 });
    expect((await asAt(heldAt)).body).toMatchObject({ lifecycle: 'held', version: 2 });
    expect((await asAt(openedAt)).headers.get('etag')).toBe('"1"');
    expectProblem(await asAt('2020-02-29T12:00:00Z'), 404, 'agreement.unknown');
    expectProblem(await asAt('yesterday'), 400, 'request.invalid');
    // What is read as it stands now alone says so, and answers of no other day.
    for (const part of ['involvement', 'delivery', 'value']) expectProblem(await commissioner.get(`/api/v1/agreements/${agreement}/${part}?asAt=${openedAt}`), 400, 'request.invalid');
    expectProblem(await asAt('0000-01-01T00:00:00Z'), 400, 'request.invalid');
  });

  test('a gate that asks all that it ever will is not marked preliminary, and says what of it is unmet', async () => {
    const gate = (agreement: string) => commissioner.get<{ preliminary: boolean; stage: string; open: boolean; unmet: number; checklist: { met: boolean }[] }>(`/api/v1/agreements/${agreement}/gate`);
    const { body: first, headers } = await gate(await opened());
    expect(headers.get('etag')).toBeNull();
    expect(first).toMatchObject({ preliminary: false, stage: 'mandate', open: false });
    expect(first.unmet).toBe(first.checklist.filter(({ met }) => !met).length);
  });
});

describe('for whoever runs it', () => {
  test('it says that it lives and that it is ready, to anyone, and names nothing', async () => {
    const [live, ready] = [await here.with().get('/health/live'), await here.with().get('/health/ready')];
    expect([live.status, live.body, ready.status, ready.body]).toEqual([200, { status: 'live' }, 200, { status: 'ready', database: 'ok', queue: 'ok' }]);
  });

  test('metrics count answers by the pattern of their route, never by what was asked', async () => {
    const agreement = await opened();
    await commissioner.get(`/api/v1/agreements/${agreement}`);
    const { headers, text } = await here.with().get('/metrics');
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('concordat_http_request_duration_seconds_count{method="GET",route="/api/v1/agreements/:id",status="200"}');
    expect(text).toMatch(/concordat_commands_total\{command="open-agreement",outcome="recorded"\} [1-9]/);
    expect(text).not.toContain(agreement);
  });

  test('a trace that a caller began goes on: in the answer, in the event, in a problem', async () => {
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
    const headers = { traceparent: `00-${trace}-00f067aa0ba902b7-01` };
    const { body, headers: answered } = await commissioner.post<Told>('/api/v1/agreements', beginning, { headers });
    expect(answered.get('concordat-correlation-id')).toBe(trace);
    const { items } = (await commissioner.get<{ items: { meta: { correlationId: string } }[] }>(`/api/v1/agreements/${body.agreement}/history`)).body;
    expect(items[0]?.meta.correlationId).toBe(trace);
    expect(expectProblem(await commissioner.get('/api/v1/agreements/nobody', { headers }), 400, 'request.invalid').correlationId).toBe(trace);
    const feed = await commissioner.get<{ items: { correlationid: string; id: string }[] }>('/api/v1/events?limit=200');
    expect(feed.body.items.find(({ id }) => id === body.events[0]?.id)?.correlationid).toBe(trace);
  });

  test('a trace that is none is not taken up', async () => {
    for (const traceparent of ['rubbish', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `ff-${'4b'.repeat(16)}-00f067aa0ba902b7-01`, `00-${'4B'.repeat(16)}-00f067aa0ba902b7-01`]) {
      expect((await commissioner.get('/api/v1/me', { headers: { traceparent } })).headers.get('concordat-correlation-id')).toMatch(/^[0-9a-f]{8}-/);
    }
  });

  test('no answer under /api is kept by anyone on the way', async () => {
    for (const path of ['/api/v1/me', '/api/v1/agreements', '/api/v1/nothing', '/api/openapi.json']) {
      expect((await commissioner.get(path)).headers.get('cache-control')).toBe('no-store');
    }
  });
});

describe('how much one caller may ask', () => {
  let small: TestInstallation;
  beforeAll(async () => {
    small = await openInstallation({ with: { requestsPerMinute: 60 } });
  });
  afterAll(() => small.close());

  test('every answer says what is left; beyond it comes 429 with when to come back, for this caller alone', async () => {
    const caller = small.as('auditor');
    const first = await caller.get('/api/v1/me');
    expect([first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual(['"principal";q=60;w=60', '"principal";r=59;t=1']);
    const answers = await Promise.all(Array.from({ length: 70 }, () => caller.get('/api/v1/me')));
    const refused = answers.find(({ status }) => status === 429)!;
    expectProblem(refused, 429, 'rate.exceeded');
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await small.as('commissioner').get('/api/v1/me')).status).toBe(200);
  });

  test('a second key of the same person gives no second allowance', async () => {
    const person = small.as('approver:finance');
    const { secret } = (await person.post<{ secret: string }>('/api/v1/api-keys', { label: 'second' })).body;
    const before = (await person.get('/api/v1/me')).headers.get('ratelimit');
    const after = (await small.with(secret).get('/api/v1/me')).headers.get('ratelimit');
    const left = (header: string | null) => Number(/r=(\d+)/.exec(header ?? '')?.[1]);
    expect(left(after)).toBeLessThan(left(before) + 1);
  });

  test('whoever shows no key or an unknown one is counted by address, and keeps nobody else out', async () => {
    const stranger = small.with(`cnc_${'x'.repeat(43)}`);
    const seen = new Set<number>();
    for (let batch = 0; batch < 20 && !seen.has(429); batch += 1) {
      for (const { status } of await Promise.all(Array.from({ length: 200 }, () => stranger.get('/api/v1/me')))) seen.add(status);
    }
    expect(seen).toEqual(new Set([401, 429]));
    expect((await small.as('administrator').get('/api/v1/me')).status).toBe(200);
  });
});
