import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { FixedClock } from '@concordat/platform';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../harness/index.js';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

const agreement = { title: 'A home for Jane Roe', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' } } as const;
interface Notification { readonly state: string; readonly says: string; readonly person: string; readonly fault: string | null; readonly type: string }

describe('with a mail server', () => {
  let here: TestInstallation;
  let server: SMTPServer;
  let clock: FixedClock;
  let approver: string;
  let refuses = false;
  const got: { readonly to: readonly string[]; readonly mail: string }[] = [];

  beforeAll(async () => {
    server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, session, done) => {
        void textOf(stream).then((mail) => {
          if (refuses) return done(Object.assign(new Error('Mailbox of jane.roe@example.org is full'), { responseCode: 452 }));
          got.push({ to: session.envelope.rcptTo.map(({ address }) => address), mail });
          done();
        });
      },
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    clock = new FixedClock(new Date());
    here = await openInstallation({
      worker: true,
      clock,
      with: { mode: 'production', publicUrl: 'https://concordat.example', smtpUrl: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, smtpFrom: 'concordat@example.org' },
    });
    const administrator = here.as('administrator');
    approver = succeeded('person', await administrator.post<{ person: string }>('/api/v1/people', { name: 'Jane Roe', email: 'jane.roe@example.org' })).body.person;
    succeeded('role', await administrator.post(`/api/v1/people/${approver}/roles`, { role: 'approver', discipline: 'safeguarding' }));
  }, 60_000);
  afterAll(async () => {
    await here?.close();
    await new Promise<void>((done) => server.close(done));
  });

  const notifications = async () => (await here.as('commissioner').get<{ items: Notification[] }>('/api/v1/notifications?whose=all')).body.items;

  test('whoever is asked for a sign-off is mailed where to look, and the mail names nobody', async () => {
    const journey = await Journey.opened(here, agreement);
    await journey.facts({ 'affected-groups': ['people who draw on home care'] });
    await journey.askedFor('safeguarding');
    await eventually(() => (got.length > 0 ? true : undefined), 25_000);
    expect(got.map(({ to }) => to)).toEqual([['jane.roe@example.org']]);
    const [{ mail }] = got as [(typeof got)[number]];
    const unfolded = mail.replace(/=\r\n/g, '');
    expect(unfolded).toContain('A sign-off is asked of you.');
    expect(unfolded).toContain(`https://concordat.example/agreements/${journey.id}/sign-offs`);
    expect(unfolded).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(unfolded.replace(/^To: .*$/m, '')).not.toMatch(/Jane|Roe/);
    // The demo's approver, who has no address, reads it on the page.
    const states = await eventually(async () => {
      const items = await notifications();
      return items.every(({ state }) => state !== 'due') ? items : undefined;
    });
    expect(states.map(({ person, state }) => [person === approver, state]).sort()).toEqual([[false, 'kept'], [true, 'sent']]);
  }, 60_000);

  test('a mail that is not taken is tried again, and the reason that is kept quotes no address', async () => {
    refuses = true;
    got.length = 0;
    const journey = await Journey.opened(here, agreement);
    await journey.facts({ 'affected-groups': ['people who draw on home care'] });
    await journey.askedFor('safeguarding');
    const mine = async () => (await notifications()).find(({ person, state }) => person === approver && state === 'due');
    const failed = await eventually(async () => ((await mine())?.fault ? mine() : undefined), 25_000);
    expect(failed).toMatchObject({ state: 'due', fault: expect.stringMatching(/^E[A-Z]+$/) });
    refuses = false;
    clock.advance(61_000);
    await eventually(() => (got.length > 0 ? true : undefined), 25_000);
    await eventually(async () => ((await mine()) === undefined ? true : undefined));
    expect(got).toHaveLength(1);
  }, 60_000);
});

describe('in a demo', () => {
  let here: TestInstallation;
  beforeAll(async () => {
    // Its people are made up, so nobody is written to although a server is named.
    here = await openInstallation({ worker: true, with: { smtpUrl: 'smtp://127.0.0.1:9', smtpFrom: 'concordat@example.org' } });
  }, 60_000);
  afterAll(() => here?.close());

  test('the outbox shows what would be mailed, to whom, and each person their own', async () => {
    const journey = await Journey.opened(here, { ...agreement, title: 'Day opportunities' });
    await journey.facts({ 'affected-groups': ['people who draw on home care'] });
    await journey.askedFor('equality');
    const page = async (role: string, path: string) => {
      const visitor = new Visitor(here.origin);
      await visitor.signIn(here, role);
      return visitor.get(path);
    };
    const all = await eventually(async () => {
      const shown = await page('commissioner', '/outbox?whose=all');
      return shown.html.includes('A sign-off is asked of you.') ? shown : undefined;
    });
    expect([all.status, faultsOf(all)]).toEqual([200, []]);
    expect(all.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')).toMatch(/A sign-off is asked of you\. .*Day opportunities .*to Demo approver, equality .*Shown here/);
    const own = await page('approver:equality', '/outbox');
    expect([own.html.includes('A sign-off is asked of you.'), own.html.includes('To everybody'), (await page('approver:finance', '/outbox')).html.includes('A sign-off is asked')]).toEqual([true, true, false]);
    expect((await page('provider-admin', '/outbox?whose=all')).status).toBe(403);
    expect((await here.as('provider-admin').get('/api/v1/notifications?whose=all')).status).toBe(403);
    expect((await here.as('approver:equality').get<{ items: Notification[] }>('/api/v1/notifications')).body.items.map(({ says, state }) => [says, state])).toEqual([['A sign-off is asked of you.', 'kept']]);
  }, 60_000);

  test('what waits and what was told is taken along as files, on the pages and over the API, by whoever sees it', async () => {
    const [approver, commissioner] = [new Visitor(here.origin), new Visitor(here.origin)];
    await approver.signIn(here, 'approver:equality');
    await commissioner.signIn(here, 'commissioner');
    const filesOn = async (visitor: Visitor, path: string) => {
      const links = [...(await visitor.get(path)).html.matchAll(/href="([^"]+format=(?:csv|xlsx|json|ics))"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));
      return Promise.all(links.map((link) => visitor.get(link)));
    };
    const mine = await eventually(async () => {
      const files = await filesOn(approver, '/');
      return files[0]?.html.includes('Day opportunities') ? files : undefined;
    });
    const [csv, xlsx, json, ics] = mine as [Page, Page, Page, Page];
    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="my-work.csv"');
    expect(csv.html).toMatch(/A sign-off is asked,1,you,\d{4}-\d{2}-\d{2},Day opportunities,/);
    expect([xlsx.html.slice(0, 2), (JSON.parse(json.html) as { items: object[] }).items]).toEqual(['PK', [expect.objectContaining({ kind: 'sign-off', waitsFor: 'you', says: 'A sign-off is asked', title: 'Day opportunities' })]]);
    expect(ics.html).toMatch(/^SUMMARY:A sign-off is asked: Day opportunities/m);
    // Whoever asked waits for others.
    expect((await filesOn(commissioner, '/'))[0]!.html).toMatch(/A sign-off is asked,1,others,/);

    const [told, , toldJson] = await filesOn(commissioner, '/outbox?whose=all');
    expect(told!.html).toMatch(/A sign-off is asked of you\.,"Demo approver, equality",Day opportunities,[^,]+,shown in the outbox,/);
    expect((JSON.parse(toldJson!.html) as { items: object[] }).items).toContainEqual(expect.objectContaining({ says: 'A sign-off is asked of you.', name: 'Demo approver, equality' }));
    expect((await approver.get('/outbox/export?whose=mine')).html).toContain('Day opportunities');

    const api = here.as('approver:equality');
    expect((await api.get<{ items: { says: string }[]; more: boolean }>('/api/v1/work')).body).toMatchObject({ more: false, items: [{ kind: 'sign-off', waitsFor: 'you', says: 'A sign-off is asked', count: 1 }] });
    expect((await api.get('/api/v1/work?format=ics')).text).toContain('BEGIN:VEVENT');
    expect((await api.get('/api/v1/notifications?format=csv')).text).toContain('A sign-off is asked of you.');
    // There are no days in it, so there is no calendar of it.
    expect([(await api.get('/api/v1/notifications?format=ics')).status, (await api.get('/api/v1/notifications', { headers: { accept: 'text/calendar' } })).headers.get('content-type')]).toEqual([400, 'application/json; charset=utf-8']);

    const stranger = new Visitor(here.origin);
    await stranger.signIn(here, 'provider-admin');
    expect((await stranger.get('/my-work')).html).not.toContain('Day opportunities');
    expect((await stranger.get('/outbox/export?whose=all')).status).toBe(403);
  }, 60_000);
});
