import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '@concordat/platform';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../harness/index.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

let here: TestInstallation;
let server: Server;
let admin: Visitor;
let journey: Journey;
/** What the provider's server answers, and what it got. */
let answers = { status: 500, body: 'The queue is full: <b>sorry</b>' };
const got: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      response.writeHead(answers.status).end(answers.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  here = await openInstallation({ worker: true });
  admin = await signedIn('provider-admin');
  journey = await Journey.opened(here, { title: 'Respite at weekends', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] });
}, 60_000);
afterAll(async () => {
  await here?.close();
  server?.closeAllConnections();
  server?.close();
});

async function signedIn(role: string): Promise<Visitor> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role);
  return visitor;
}

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
const secretOn = ({ html }: Page) => /whsec_[A-Za-z0-9+/=&#;x]+/.exec(html)?.[0].replaceAll('&#x3D;', '=').replaceAll('&#61;', '=');
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const verified = (secret: string) => got.map(({ headers, body }) => new Webhook(secret).verify(body, headers as Record<string, string>) as { type: string });

describe('a provider, on pages alone', () => {
  let endpoint: string;
  let secret: string;

  test('registers a server and is shown its secret, this once, however often the form is sent', async () => {
    const form = await admin.get('/webhooks/new');
    expect([form.status, faultsOf(form)]).toEqual([200, []]);
    const key = /name="key" value="([^"]+)"/.exec(form.html)![1]!;
    const nothing = await admin.post('/webhooks/new', { key, url: '' });
    expect([nothing.status, text(nothing).includes('Write the address of the server'), faultsOf(nothing)]).toEqual([422, true, []]);
    const inside = await admin.post('/webhooks/new', { key, url: 'http://10.0.0.1/hook' });
    expect([inside.status, text(inside).includes('There is a problem'), inside.html.includes('value="http://10.0.0.1/hook"')]).toEqual([422, true, true]);

    const registered = await admin.post('/webhooks/new', { key, url: address(), ordered: 'yes' });
    expect([registered.status, faultsOf(registered), registered.headers.get('cache-control')]).toEqual([200, [], 'no-store']);
    secret = secretOn(registered)!;
    endpoint = /href="\/webhooks\/([0-9a-f-]{36})\?at=\d+"/.exec(registered.html)![1]!;
    const again = await admin.post('/webhooks/new', { key, url: address(), ordered: 'yes' });
    expect([again.status, secretOn(again), again.html.includes(endpoint)]).toEqual([200, undefined, true]);
  });

  test('sends a test to it, once, and sees what its server answered', async () => {
    const sent = await admin.post(`/webhooks/${endpoint}/test`, { key: newId() });
    const page = await admin.get(sent.headers.get('location')!);
    expect([sent.status, faultsOf(page), text(page).includes('A test is on its way')]).toEqual([303, [], true]);
    const tried = await eventually(async () => {
      const now = await admin.get(`/webhooks/${endpoint}`);
      return now.html.includes('Answered 500') ? now : undefined;
    }, 25_000);
    expect([text(tried).includes('A test a test, about no agreement'), text(tried).includes('Given up'), text(await admin.get('/webhooks')).includes('and takes it')]).toEqual([true, true, true]);
    expect(verified(secret)).toMatchObject([{ type: 'concordat.endpoint.tested.v1', subject: endpoint }]);
    got.length = 0;
  });

  test('sees every attempt with what its server answered, and sends a message again under its number', async () => {
    const { roles } = (await here.as('provider-admin').get<{ roles: { provider: string }[] }>('/api/v1/me')).body;
    await journey.did('commissioner', 'invite-provider', { provider: roles[0]!.provider });
    const failed = await eventually(async () => {
      const page = await admin.get(`/webhooks/${endpoint}`);
      return page.html.includes('Answered 500') && text(page).includes('Failing 1 delivery is tried again later') ? page : undefined;
    }, 25_000);
    expect(faultsOf(failed)).toEqual([]);
    expect(failed.html).toContain('The queue is full: &lt;b&gt;sorry&lt;/b&gt;');
    expect(text(await admin.get('/webhooks'))).toContain('1 server is told what happens; 1 fails.');

    answers = { status: 204, body: '' };
    const resend = /action="(\/webhooks\/[0-9a-f-]+\/deliveries\/[0-9a-f-]+\/resend)"/.exec(failed.html)![1]!;
    const sent = await admin.post(resend, { key: newId() });
    expect(sent.status).toBe(303);
    expect(text(await admin.get(sent.headers.get('location')!))).toContain('It is sent again, under the same number');
    // A delivery that waits for its next attempt no longer fails: only what arrived says that it was sent again.
    await eventually(() => got.length >= 2 || undefined, 25_000);
    await eventually(async () => (text(await admin.get(`/webhooks/${endpoint}`)).includes('Taken') && (await admin.get('/webhooks')).html.includes('is told what happens and takes it') ? true : undefined), 25_000);
    const ids = new Set(got.map(({ headers }) => headers['webhook-id']));
    expect(ids.size).toBe(1);
    expect(new Set(verified(secret).map(({ type }) => type))).toEqual(new Set(['concordat.agreement.provider-invited.v1']));
    expect((await admin.get(`/webhooks/${endpoint}?state=held`)).html).toContain('There are none.');
  });

  test('makes a new secret, beside which the old one signs for a while', async () => {
    const key = newId();
    const rotated = await admin.post(`/webhooks/${endpoint}/rotate`, { key, overlap: '72' });
    expect([rotated.status, faultsOf(rotated), text(rotated).includes('signs beside it for 3 days')]).toEqual([200, [], true]);
    const fresh = secretOn(rotated)!;
    expect(fresh).not.toBe(secret);
    expect(text(await admin.get(/href="(\/webhooks\/[^"]+)"/.exec(rotated.html.slice(rotated.html.indexOf('whsec_')))![1]!))).toMatch(/signs beside it until/);
    got.length = 0;
    await journey.did('commissioner', 'hold', { reason: 'Snow' });
    await eventually(() => (got.length > 0 ? true : undefined), 25_000);
    expect([verified(secret), verified(fresh)].map(([first]) => first!.type)).toEqual(['concordat.agreement.held.v1', 'concordat.agreement.held.v1']);
  });

  test('disables the server, which loses nothing by it, and enables it', async () => {
    const off = await admin.post(`/webhooks/${endpoint}/disable`, { key: newId() });
    expect([off.status, text(await admin.get(off.headers.get('location')!)).includes('somebody disabled it')]).toEqual([303, true]);
    const twice = await admin.post(`/webhooks/${endpoint}/disable`, { key: newId() });
    expect([twice.status, faultsOf(twice)]).toEqual([409, []]);
    got.length = 0;
    await journey.did('commissioner', 'resume');
    await eventually(async () => (text(await admin.get('/webhooks')).includes('1 event is kept for it') ? true : undefined), 25_000);
    expect(got).toEqual([]);
    expect((await admin.post(`/webhooks/${endpoint}/enable`, { key: newId() })).status).toBe(303);
    await eventually(() => (got.length > 0 ? true : undefined), 25_000);
    expect(JSON.parse(got[0]!.body)).toMatchObject({ type: 'concordat.agreement.resumed.v1' });
  });

  test('takes the deliveries along as a file, in which no answer stands', async () => {
    const links = [...(await admin.get(`/webhooks/${endpoint}?state=delivered`)).html.matchAll(/href="(\/webhooks\/[^"]+format=[a-z]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
    const [csv, xlsx, json] = await Promise.all(links.map((link) => admin.get(link)));
    expect([csv!.headers.get('content-disposition'), xlsx!.html.slice(0, 2)]).toEqual(['attachment; filename="deliveries.csv"', 'PK']);
    expect(csv!.html).toMatch(/concordat\.agreement\.provider-invited\.v1,[0-9a-f-]{36},1,delivered,/);
    expect(csv!.html).not.toContain('The queue is full');
    expect((JSON.parse(json!.html) as { items: { state: string }[] }).items.every(({ state }) => state === 'delivered')).toBe(true);
    const over = (format: string) => here.as('provider-admin').get(`/api/v1/webhook-endpoints/${endpoint}/deliveries?state=delivered&format=${format}`);
    expect([(await over('csv')).text, (await over('ics')).status]).toEqual([csv!.html, 400]);
    expect((await (await signedIn('provider-admin:second')).get(`/webhooks/${endpoint}/export`)).status).toBe(404);
  });

  test('is the only one who reads what its server answered; staff see how it went, rivals see nothing', async () => {
    const commissioner = await signedIn('commissioner');
    const page = await commissioner.get(`/webhooks/${endpoint}`);
    expect([page.status, page.html.includes('Answered 500'), page.html.includes('The queue is full')]).toEqual([200, true, false]);
    expect(page.html).not.toContain('<form method="post" action="/webhooks');
    expect(text(page)).toContain('can make a new secret');
    for (const [path, fields] of [[`/webhooks/${endpoint}/rotate`, { key: newId() }], [`/webhooks/${endpoint}/disable`, { key: newId() }], ['/webhooks/new', { key: newId(), url: address() }]] as const) {
      const refused = await commissioner.post(path, fields);
      expect([path, refused.status, faultsOf(refused)]).toEqual([path, 403, []]);
    }
    const bodies = async (role: string) => {
      const { items } = (await here.as(role).get<{ items: { attempts: { body?: string }[] }[] }>(`/api/v1/webhook-endpoints/${endpoint}/deliveries`)).body;
      return items.flatMap(({ attempts }) => attempts.map(({ body }) => body));
    };
    expect([(await bodies('provider-admin')).includes('The queue is full: <b>sorry</b>'), new Set(await bodies('commissioner'))]).toEqual([true, new Set([undefined])]);
    const rival = await signedIn('provider-admin:second');
    expect([(await rival.get(`/webhooks/${endpoint}`)).status, (await rival.get('/webhooks')).html.includes(endpoint)]).toEqual([404, false]);
    expect((await rival.post(`/webhooks/${endpoint}/disable`, { key: newId() })).status).toBe(404);
  });

  test('reads what can be told, event by event, with a schema for each', async () => {
    const catalogue = await admin.get('/webhooks/events');
    expect([catalogue.status, faultsOf(catalogue)]).toEqual([200, []]);
    expect(catalogue.html).not.toContain('contribution-recorded');
    const schemas = [...catalogue.html.matchAll(/href="(\/api\/schemas\/events\/[^"]+)"/g)].map(([, path]) => path!);
    expect(schemas.length).toBeGreaterThan(10);
    for (const path of schemas) expect([path, (await admin.get(path)).status]).toEqual([path, 200]);
  });
});
