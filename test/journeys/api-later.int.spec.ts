import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Vault } from '@concordat/access';
import { newId } from '@concordat/platform';
import { Client } from 'pg';
import { Kept } from '../chaos/installation.js';
import { built, eventually } from '../harness/index.js';
import type { Answer, ApiClient, Json } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem } from './problem.js';
import { type Receiver, receiver } from './receiver.js';

let here: TestInstallation;
let commissioner: ApiClient;
beforeAll(async () => {
  here = await openInstallation();
  commissioner = here.as('commissioner');
});
afterAll(() => here.close());

interface Progress {
  readonly id: string;
  readonly status: 'waiting' | 'done';
  readonly lines: number;
  readonly done: number;
  readonly finishedAt: string | null;
  readonly outcome?: Json;
}
interface LineResult {
  readonly line: number;
  readonly agreement: string;
  readonly command: string;
  readonly result: { readonly outcome: string; readonly refusals?: readonly { readonly code: string }[] };
}

const beginning = { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] };
const opened = async (client = commissioner): Promise<string> => (await client.post<{ agreement: string }>('/api/v1/agreements', beginning)).body.agreement;
const later = { prefer: 'respond-async' };
const ndjson = { 'content-type': 'application/x-ndjson' };
const lineOf = (agreement: string, command: string, body: object = {}, more: object = {}) => JSON.stringify({ agreement, command, body, ...more });
const send = (client: ApiClient, lines: readonly string[], headers: Record<string, string> = {}) =>
  client.post<Progress>('/api/v1/operations', lines.join('\n'), { headers: { ...ndjson, ...headers } });
const headOf = async (): Promise<number> => (await here.as('auditor').get<{ position: number }>('/api/v1/journal/head')).body.position;
const locationOf = (answer: Answer<unknown>): string => answer.headers.get('location')!;
const whenDone = (client: ApiClient, path: string): Promise<Progress> =>
  eventually(async () => {
    const { body } = await client.get<Progress>(path);
    return body.status === 'done' ? body : undefined;
  }, 25_000);
const resultsOf = async (client: ApiClient, path: string): Promise<LineResult[]> => {
  const results: LineResult[] = [];
  for (let page: string | undefined = `${path}/results?limit=200`; page !== undefined; ) {
    const answer: Answer<{ items: LineResult[] }> = await client.get(page);
    results.push(...answer.body.items);
    page = /^<([^>]+)>/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  return results;
};

/** Everything that stands in the rows of these operations, as whoever owns the database sees it. */
const rowsOf = async (operations: readonly string[]): Promise<string[]> =>
  (await asOwner<{ row: string }>(`SELECT (asked.*)::text || (line.*)::text AS row FROM agreement.operation asked JOIN agreement.operation_line line ON line.operation = asked.id WHERE asked.id = ANY($1::uuid[])`, [operations])).map(({ row }) => row);
const keysOf = async (subject: string): Promise<number> => (await asOwner('SELECT FROM access.vault_key WHERE subject = $1', [subject])).length;

async function asOwner<Row>(sql: string, values: readonly unknown[]): Promise<Row[]> {
  const client = new Client({ connectionString: here.fresh!.superuserUrl });
  await client.connect();
  try {
    return (await client.query(sql, [...values])).rows as Row[];
  } finally {
    await client.end();
  }
}

describe('accepted now, done later', () => {
  test('what somebody said is sealed before it is accepted: no row of the operation holds their words, or who they are', async () => {
    const [agreement, author] = [await opened(), newId()];
    const said = { contribution: newId(), activity: newId(), author, text: 'Lunch at one, with our neighbours', givenOn: '2026-01-05' };
    const accepted = await commissioner.command<Progress>(agreement, 'record-contribution', said, { headers: later });
    const byLine = await send(commissioner, [lineOf(agreement, 'record-contribution', { ...said, contribution: newId() })]);
    expect([accepted.status, byLine.status]).toEqual([202, 202]);
    const rows = await rowsOf([accepted.body.id, byLine.body.id]);
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row).toContain('sealed');
      expect(row).not.toContain(author);
      expect(row).not.toContain('neighbours');
    }
  });

  test('a command is kept before anyone runs it, and its outcome stands where Location says', async () => {
    const agreement = await opened();
    const accepted = await commissioner.command<Progress>(agreement, 'hold', { reason: 'snow' }, { headers: later });
    expect([accepted.status, accepted.headers.get('preference-applied'), accepted.body.status]).toEqual([202, 'respond-async', 'waiting']);
    expect(locationOf(accepted)).toBe(`/api/v1/operations/${accepted.body.id}`);
    expect((await commissioner.get<{ lifecycle: string }>(`/api/v1/agreements/${agreement}`)).body.lifecycle).toBe('open');

    await here.startWorker();
    expect(await whenDone(commissioner, locationOf(accepted))).toMatchObject({ done: 1, outcome: { outcome: 'recorded', version: 2 } });
    expect((await commissioner.get<{ lifecycle: string }>(`/api/v1/agreements/${agreement}`)).body.lifecycle).toBe('held');
  });

  test('what is not there is told at once, also to whoever would hear of it later, and to the other organisation as to anybody', async () => {
    const agreement = await opened();
    for (const [client, id] of [[commissioner, newId()], [here.as('commissioner', 'demo-health-board'), agreement]] as const) {
      expectProblem(await client.command(id, 'hold', { reason: 'snow' }, { headers: later }), 404, 'agreement.unknown');
    }
  });

  test('sent again it is the same operation; sent at once under the same key it is the same command', async () => {
    const agreement = await opened();
    const headers = { ...later, 'idempotency-key': newId() };
    const [one, two] = [await commissioner.command<Progress>(agreement, 'hold', { reason: 'snow' }, { headers }), await commissioner.command<Progress>(agreement, 'hold', { reason: 'snow' }, { headers })];
    expect(two.body.id).toBe(one.body.id);
    await whenDone(commissioner, locationOf(one));
    const now = await commissioner.command(agreement, 'hold', { reason: 'snow' }, { headers: { 'idempotency-key': headers['idempotency-key'] } });
    expect(now.body).toMatchObject({ version: 2, repeated: true });
    expect((await commissioner.command<Progress>(agreement, 'hold', { reason: 'snow' }, { headers })).body).toMatchObject({ status: 'done', done: 1 });
    expectProblem(await commissioner.command(agreement, 'hold', { reason: 'ice' }, { headers }), 422, 'idempotency.key-reused');
  });

  test('an opening is done later under the id it will have', async () => {
    const key = newId();
    const accepted = await commissioner.post<Progress>('/api/v1/agreements', beginning, { headers: { ...later, 'idempotency-key': key } });
    expect(accepted.status).toBe(202);
    await whenDone(commissioner, locationOf(accepted));
    const again = await commissioner.post<{ agreement: string; repeated: boolean }>('/api/v1/agreements', beginning, { headers: { 'idempotency-key': key } });
    expect(again.body.repeated).toBe(true);
    expect((await commissioner.get(`/api/v1/agreements/${again.body.agreement}`)).status).toBe(200);
  });

  test('a refusal and a stale version are outcomes too', async () => {
    const agreement = await opened();
    const [refused, stale] = [await commissioner.command(agreement, 'resume', {}, { headers: later }), await commissioner.command(agreement, 'hold', { reason: 'snow' }, { headers: { ...later, 'if-match': '"7"' } })];
    expect((await whenDone(commissioner, locationOf(refused))).outcome).toMatchObject({ outcome: 'refused', refusals: [{ code: 'already-so' }] });
    expect((await whenDone(commissioner, locationOf(stale))).outcome).toEqual({ outcome: 'precondition-failed', version: 1 });
  });

  test('a line that is refused leaves nothing of whoever it was near: no key, and no words even sealed', async () => {
    const [agreement, author] = [await opened(), newId()];
    const accepted = await send(commissioner, [lineOf(agreement, 'record-contribution', { contribution: newId(), activity: newId(), author, text: 'Hot food', givenOn: '2026-01-05' })]);
    await whenDone(commissioner, locationOf(accepted));
    const [answered] = await resultsOf(commissioner, locationOf(accepted));
    expect(answered?.result).toMatchObject({ outcome: 'refused', refusals: [{ code: 'activity.unknown' }] });
    expect((await rowsOf([accepted.body.id])).map((row) => row.includes('sealed'))).toEqual([false]);
    expect(await keysOf(author)).toBe(0);
  });

  test('who is erased before their line is run has nothing kept, and its result says why', async () => {
    const [agreement, activity, author] = [await opened(), newId(), newId()];
    await here.as('facilitator').done(agreement, 'plan-activity', { activity, stage: 'mandate', title: 'Kitchen table', groups: ['guests'], right: 'consult', ledBy: 'staff', closesOn: `${new Date().getUTCFullYear() + 1}-01-01` });
    const { organisation } = (await commissioner.get<{ organisation: { id: string } }>('/api/v1/me')).body;
    await here.app.get(Vault).destroyKey(organisation.id, author);
    const accepted = await commissioner.command<Progress>(agreement, 'record-contribution', { contribution: newId(), activity, author, text: 'Hot food', givenOn: '2026-01-05' }, { headers: later });
    expect((await whenDone(commissioner, locationOf(accepted))).outcome).toMatchObject({ outcome: 'failed', code: 'vault.erased', detail: expect.stringContaining(author) });
  });

  test('what cannot be read is refused at once', async () => {
    const agreement = await opened();
    expectProblem(await commissioner.command(agreement, 'hold', { reason: '' }, { headers: later }), 400, 'request.invalid');
    expectProblem(await here.as('auditor').command(agreement, 'hold', { reason: 'snow' }, { headers: later }), 403, 'right.missing');
  });

  test('nobody else sees an operation', async () => {
    const accepted = await commissioner.command(await opened(), 'hold', { reason: 'snow' }, { headers: later });
    for (const other of [here.as('administrator'), here.as('commissioner', 'demo-health-board'), here.as('provider-admin')]) {
      expectProblem(await other.get(locationOf(accepted)), 404, 'operation.unknown');
      expectProblem(await other.get(`${locationOf(accepted)}/results`), 404, 'operation.unknown');
    }
  });
});

describe('many commands as lines', () => {
  test('each has a result, in order, whatever became of the others', async () => {
    const [one, two] = [await opened(), await opened()];
    const lines = [
      lineOf(one, 'hold', { reason: 'snow' }),
      lineOf(one, 'hold', { reason: 'snow' }),
      '',
      lineOf(one, 'resume', {}, { expectedVersion: 2 }),
      lineOf(two, 'hold', { reason: 'snow' }, { expectedVersion: 9 }),
      lineOf(newId(), 'hold', { reason: 'snow' }),
    ];
    const accepted = await send(commissioner, lines);
    expect([accepted.status, accepted.body.lines]).toEqual([202, 5]);
    expect(await whenDone(commissioner, locationOf(accepted))).toMatchObject({ lines: 5, done: 5, finishedAt: expect.stringMatching(/Z$/) });
    const results = await resultsOf(commissioner, locationOf(accepted));
    expect(results.map(({ line, result }) => [line, result.outcome, result.refusals?.[0]?.code])).toEqual([
      [1, 'recorded', undefined],
      [2, 'refused', 'agreement.held'],
      [3, 'recorded', undefined],
      [4, 'precondition-failed', undefined],
      [5, 'refused', 'agreement.unknown'],
    ]);
  });

  test('every line that cannot be read is named, and then nothing at all is accepted', async () => {
    const agreement = await opened();
    const head = await headOf();
    const lines = [
      lineOf(agreement, 'hold', { reason: 'snow' }),
      '{"agreement":',
      lineOf(agreement, 'marry'),
      lineOf('nobody', 'hold', { reason: 'snow' }),
      lineOf(agreement, 'hold', { reason: '' }),
      lineOf(agreement, 'hold', { reason: 'a\u0000b' }),
      `{"agreement":"${agreement}","command":"hold","body":{"reason":"snow","__proto__":{"x":1}}}`,
      lineOf(agreement, 'hold', { reason: 'snow' }, { colour: 'red' }),
      lineOf(agreement, 'hold', { reason: 'snow' }, { expectedVersion: 9_007_199_254_740_991 }),
      lineOf(agreement, 'record-decision'),
      `{"agreement":"${agreement}","command":"hold","body":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
    ];
    const { errors = [] } = expectProblem(await send(commissioner, lines), 400, 'request.invalid');
    expect([...new Set(errors.map(({ pointer }) => pointer?.split('/')[1]))]).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(errors.find(({ pointer }) => pointer?.startsWith('/9'))).toMatchObject({ code: 'right.missing' });
    expect(await headOf()).toBe(head);
  });

  test('a key that was used for something else is refused, and none of its lines is ever done', async () => {
    const [one, other, key] = [await opened(), await opened(), newId()];
    await commissioner.command(one, 'hold', { reason: 'snow' }, { headers: { 'idempotency-key': key } });
    expectProblem(await send(commissioner, [lineOf(other, 'hold', { reason: 'ice' })], { 'idempotency-key': key }), 422, 'idempotency.key-reused');
    expect(await asOwner('SELECT FROM agreement.operation_line WHERE command @> $1', [JSON.stringify({ agreement: other })])).toEqual([]);
  });

  test('a key that is used for something else while its operation waits is that one request’s: every line says so, and none is done', async () => {
    await here.stopWorker();
    const [one, other, key] = [await opened(), await opened(), newId()];
    const accepted = await send(commissioner, ['ice', 'rain'].map((reason) => lineOf(other, 'hold', { reason })), { 'idempotency-key': key });
    expect((await commissioner.command(one, 'hold', { reason: 'snow' }, { headers: { 'idempotency-key': key } })).status).toBe(200);
    const head = await headOf();
    await here.startWorker();
    await whenDone(commissioner, locationOf(accepted));
    expect((await resultsOf(commissioner, locationOf(accepted))).map(({ result }) => result)).toEqual([{ outcome: 'key-reused' }, { outcome: 'key-reused' }]);
    expect(await headOf()).toBe(head);
  });

  test('a line that overwrites what others wrote says which version it saw, as the command alone does; no header says it for all', async () => {
    const agreement = await opened();
    const amending = (more: object = {}) => lineOf(agreement, 'amend-facts', { facts: { place: 'Leith' } }, more);
    const { errors } = expectProblem(await send(commissioner, [amending({ expectedVersion: 1 }), amending()]), 400, 'request.invalid');
    expect(errors).toMatchObject([{ pointer: '/1', code: 'version.needed' }]);
    expectProblem(await send(commissioner, [amending({ expectedVersion: 1 })], { 'if-match': '"1"' }), 400, 'if-match.by-line');
    const accepted = await send(commissioner, [amending({ expectedVersion: 1 }), amending({ expectedVersion: 1 })]);
    await whenDone(commissioner, locationOf(accepted));
    expect((await resultsOf(commissioner, locationOf(accepted))).map(({ result }) => result.outcome)).toEqual(['recorded', 'precondition-failed']);
  });

  test('an operation has 1 to 10,000 lines and is NDJSON', async () => {
    expectProblem(await send(commissioner, ['', ' ']), 400, 'operation.size');
    expectProblem(await send(commissioner, Array.from({ length: 10_001 }, () => '{}')), 400, 'operation.size');
    expectProblem(await commissioner.post('/api/v1/operations', { agreement: newId() }), 415, 'body.media-type');
    expectProblem(await send(commissioner, ['x'.repeat(1_100_000)]), 413, 'body.too-large');
  });

  test('a worker that is killed in between loses none and does none twice', async () => {
    await here.stopWorker();
    await built();
    const agreements = await Promise.all(Array.from({ length: 10 }, () => opened()));
    const lines = Array.from({ length: 30 }, (_, turn) => agreements.map((agreement) => lineOf(agreement, turn % 2 === 0 ? 'hold' : 'resume', turn % 2 === 0 ? { reason: 'snow' } : {}))).flat();
    const accepted = await send(commissioner, lines);

    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const worker = new Kept('worker', () => ({
      ...inherited,
      DATABASE_URL: here.installation.databaseUrl,
      CONCORDAT_KEY: here.installation.key.toString('base64'),
      CONCORDAT_DATA_DIR: here.installation.dataDir,
    }));
    try {
      const progress = async () => (await commissioner.get<Progress>(locationOf(accepted))).body.done;
      await eventually(async () => ((await progress()) > 20 ? true : undefined), 60_000);
      expect(worker.kill()).toBe(true);
      expect(await progress()).toBeLessThan(lines.length);
      await whenDone(commissioner, locationOf(accepted));
    } finally {
      await worker.stop();
    }
    const results = await resultsOf(commissioner, locationOf(accepted));
    expect(results.map(({ line }) => line)).toEqual(lines.map((_line, at) => at + 1));
    expect(results.filter(({ result }) => result.outcome !== 'recorded')).toEqual([]);
    const versions = await Promise.all(agreements.map(async (agreement) => (await commissioner.get<{ version: number }>(`/api/v1/agreements/${agreement}`)).body.version));
    expect(versions).toEqual(agreements.map(() => 31));
  }, 150_000);
});

describe('the feed', () => {
  let server: Receiver;
  beforeAll(async () => {
    await here.startWorker();
    server = await receiver();
  });
  afterAll(() => server.close());

  test('gives a provider the bodies of its webhooks byte for byte, and nothing of agreements it is no party to', async () => {
    const provider = here.as('provider-admin');
    const { body: endpoint } = await provider.post<{ endpoint: string }>('/api/v1/webhook-endpoints', { url: server.url });
    const id = (await commissioner.get<{ items: { id: string; name: string }[] }>('/api/v1/providers')).body.items.find(({ name }) => name === 'First Demo Provider')!.id;
    const [theirs, other] = [await opened(), await opened()];
    await commissioner.done(theirs, 'invite-provider', { provider: id });
    for (const agreement of [theirs, other]) {
      await commissioner.done(agreement, 'hold', { reason: 'A secret reason' });
      await commissioner.done(agreement, 'resume');
    }
    await eventually(() => (server.bodies.length >= 3 ? true : undefined), 25_000);

    const feed = await provider.get<{ items: { subject: string; sequence: string; dataschema: string }[]; next: number }>('/api/v1/events');
    expect(feed.text).toBe(`{"items":[${server.bodies.slice().sort(bySequence).join(',')}],"next":${feed.body.next}}`);
    expect(new Set(feed.body.items.map(({ subject }) => subject))).toEqual(new Set([theirs]));
    expect(feed.body.items.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3]);
    expect(feed.text).not.toContain('A secret reason');
    // One at a time it is the same feed.
    const one = await provider.get<{ items: Json[]; next: number }>('/api/v1/events?limit=1');
    const rest = await provider.get<{ items: Json[]; next: number }>(`/api/v1/events?after=${one.body.next}`);
    expect([...one.body.items, ...rest.body.items]).toEqual(feed.body.items);
    expect((await provider.get<{ items: Json[]; next: number }>(`/api/v1/events?after=${rest.body.next}`)).body).toEqual({ items: [], next: rest.body.next });
    // Its deliveries tell the same story.
    const deliveries = await eventually(async () => {
      const { items } = (await provider.get<{ items: { state: string; sequence: number }[] }>(`/api/v1/webhook-endpoints/${endpoint.endpoint}/deliveries`)).body;
      return items.every(({ state }) => state === 'delivered') ? items : undefined;
    });
    expect(deliveries.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
    expect((await here.as('provider-admin:second').get('/api/v1/events')).body).toMatchObject({ items: [], next: 0 });
  });

  test('gives staff everything that happened, in the order of the journal, each told of under its own address', async () => {
    const items: { source: string; type: string; sequence: string; data: Json }[] = [];
    for (let after = 0; ; ) {
      const { body } = await here.as('auditor').get<{ items: typeof items; next: number }>(`/api/v1/events?limit=200&after=${after}`);
      if (body.next === after) break;
      items.push(...body.items);
      after = body.next;
    }
    expect(items.map(({ sequence }) => Number(sequence))).toEqual(items.map((_, at) => at + 1));
    expect(items).toHaveLength(await headOf());
    const sourceOf = (type: string) => new URL(items.find((item) => item.type === type)!.source).pathname.replace(/[0-9a-f-]{36}/, '…');
    expect(sourceOf('concordat.person.registered.v1')).toBe('/api/v1/people/…');
    expect(sourceOf('concordat.provider.registered.v1')).toBe('/api/v1/providers/…');
    expect(sourceOf('concordat.agreement.opened.v1')).toBe('/api/v1/agreements/…');
    expect(sourceOf('concordat.endpoint.registered.v1')).toBe('/api/v1/webhook-endpoints/…');
  });

  test('is filtered by type and by agreement', async () => {
    const agreement = await opened();
    await commissioner.done(agreement, 'hold', { reason: 'snow' });
    const types = async (query: string) => (await commissioner.get<{ items: { type: string }[] }>(`/api/v1/events?${query}`)).body.items.map(({ type }) => type);
    expect(await types(`agreement=${agreement}`)).toEqual(['concordat.agreement.opened.v1', 'concordat.agreement.held.v1']);
    expect(await types(`agreement=${agreement}&type=concordat.agreement.held.v1`)).toEqual(['concordat.agreement.held.v1']);
    expect(await types(`agreement=${newId()}`)).toEqual([]);
  });

  const bySequence = (a: string, b: string) => (JSON.parse(a) as { sequence: string }).sequence.localeCompare((JSON.parse(b) as { sequence: string }).sequence);
});
