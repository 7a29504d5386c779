import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import { FixedClock, londonDay } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { preferenceShape, Preferences } from '@concordat/reminders';
import { usualPreference } from '@concordat/reminders/core';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { eventually } from '../harness/index.js';
import { Cast } from './cast.js';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

const agreement = { title: 'A home for Jane Roe', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [] } as const;
/** A mail as somebody reads it: its subject, and its text line by line. */
function readAs(mail: string): { readonly subject: string; readonly lines: readonly string[] } {
  const [head = '', ...body] = mail.split('\r\n\r\n');
  const subject = /^Subject: (.*)$/m.exec(head.replace(/\r\n[ \t]+/g, ' '))?.[1] ?? '';
  const text = body.join('\r\n\r\n').replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return { subject, lines: text.split('\r\n').filter((line) => line !== '') };
}
const closing = [
  'This mail names nobody. You get it because of what you may do in Concordat; an administrator can change that.',
  'How and when you are told is yours to choose: https://concordat.example/outbox/preferences',
];

interface Notification { readonly state: string; readonly says: string; readonly person: string; readonly fault: string | null; readonly type: string; readonly digest: boolean; readonly agreement: string }

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

  test('whoever wishes a digest gets one mail at eight in the morning, which names nobody and leads to everything that is due', async () => {
    const own = here.as('approver:safeguarding');
    const wishes = { ways: { concern: 'at-once', asked: 'digest', people: 'never', progress: 'never' }, quiet: { from: '20:00', to: '07:00' } };
    expect((await own.post('/api/v1/notifications/preferences', wishes)).body).toEqual(wishes);
    expect((await own.get('/api/v1/notifications/preferences')).body).toEqual(wishes);
    expect((await own.post('/api/v1/notifications/preferences', { ...wishes, ways: { ...wishes.ways, asked: 'never' } })).status).toBe(400);
    const { organisation } = (await own.get<{ organisation: { id: string } }>('/api/v1/me')).body;
    await here.app.get(Preferences).choose(organisation.id, approver, preferenceShape.parse(wishes));
    got.length = 0;
    const journeys = [await Journey.opened(here, agreement), await Journey.opened(here, agreement)];
    for (const journey of journeys) {
      await journey.facts({ 'affected-groups': ['people who draw on home care'] });
      await journey.askedFor('safeguarding');
    }
    const waiting = await eventually(async () => {
      const mine = (await notifications()).filter(({ person, state }) => person === approver && state === 'due');
      return mine.length === 2 ? mine : undefined;
    }, 25_000);
    expect(waiting.every(({ digest }) => digest)).toBe(true);
    clock.advance(24 * 3_600_000);
    await eventually(() => (got.length > 0 ? true : undefined), 25_000);
    await eventually(async () => ((await notifications()).every(({ state }) => state !== 'due') ? true : undefined), 25_000);
    expect(got.map(({ to }) => to)).toEqual([['jane.roe@example.org']]);
    const mail = got[0]!.mail.replace(/=\r\n/g, '');
    expect(mail).toMatch(/^Subject: Concordat: 2 things to look at/m);
    for (const { id } of journeys) expect(mail).toContain(`https://concordat.example/agreements/${id}/sign-offs`);
    expect(mail.replace(/^To: .*$/m, '')).not.toMatch(/Jane|Roe|home/);
    const { lines } = readAs(got[0]!.mail);
    const led = journeys.flatMap(({ id }) => ['A sign-off is asked of you.', `https://concordat.example/agreements/${id}/sign-offs`]);
    expect([lines.slice(0, 4).toSorted(), lines.slice(4)]).toEqual([led.toSorted(), closing]);
  }, 60_000);

  test('when a day comes whoever may see to it is told once, two weeks before and when it is over, in the morning, also of what was entered on that day', async () => {
    const journey = await Journey.opened(here, agreement);
    const today = londonDay(clock.now());
    await journey.did('commissioner', 'make-commitment', { commitment: randomUUID(), what: 'We will ask the surgery', by: addDays(today, 20) });
    succeeded('role', await here.as('administrator').post(`/api/v1/people/${approver}/roles`, { role: 'commissioner' }));
    await here.app.get(Preferences).choose((await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id, approver, usualPreference);
    // Two partner bodies of this agreement are told as far as their records go: one may sign, the other may see.
    const { id: tenant } = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation;
    const cast = new Cast(here, tenant);
    const officers: string[] = [];
    for (const may of ['sign', 'see'] as const) {
      const partner = randomUUID();
      const body = { partner, title: `The body that may ${may}`, identifier: { scheme: 'GB-NHS', id: `R-${may}` }, basis: 's.75 National Health Service Act 2006', from: today, until: addDays(today, 90), may, shares: [] };
      await journey.did('commissioner', 'record-partner', body);
      officers.push((await cast.player({ role: 'approver', discipline: 'finance', partner, agreements: [journey.id], until: addDays(today, 90) })).person);
    }
    const [signs] = officers;
    const signOff = await journey.askedFor('finance');
    await journey.did('approver:finance', 'sign-off', { signOff, versionRead: (await journey.seen()).content['finance'], outcome: { is: 'granted', expiresOn: addDays(today, 20) } });
    got.length = 0;
    const told = async (says: string) => (await notifications()).filter((one) => one.says === says);
    clock.advance(6 * 86_400_000);
    const comes = await eventually(async () => {
      const mine = await told('A promise made to people is due within two weeks.');
      return mine.length > 0 ? mine : undefined;
    }, 25_000);
    expect(comes.filter(({ person }) => person === approver)).toHaveLength(1);
    expect(await told('A promise made to people is overdue.')).toEqual([]);
    const lapses = (await told('A sign-off ends within two weeks unless it is renewed.')).map(({ person }) => person);
    expect(lapses.sort()).toEqual([here.person('approver:finance').person, signs].sort());
    // Entered on the very day from which it waits, once that day was told: the next morning tells it.
    await journey.did('commissioner', 'make-commitment', { commitment: randomUUID(), what: 'And the chemist', by: addDays(today, 20) });
    clock.advance(86_400_000);
    await eventually(async () => ((await told('A promise made to people is due within two weeks.')).length === 2 * comes.length ? true : undefined), 25_000);
    clock.advance(14 * 86_400_000);
    await eventually(async () => ((await told('A promise made to people is overdue.')).length > 0 ? true : undefined), 25_000);
    expect((await told('A promise made to people is due within two weeks.')).length).toBe(2 * comes.length);
    const work = (await here.as('commissioner').get<{ items: { kind: string; dueOn: string; agreement: string }[] }>('/api/v1/work')).body.items;
    expect(work).toContainEqual(expect.objectContaining({ kind: 'commitment', agreement: journey.id, dueOn: addDays(today, 20) }));
    clock.advance(86_400_000);
    const overdue = await eventually(() => got.map(({ mail }) => readAs(mail)).find(({ subject }) => subject.includes('overdue')), 25_000);
    expect(overdue).toEqual({ subject: 'Concordat: A promise made to people is overdue.', lines: ['A promise made to people is overdue.', `https://concordat.example/agreements/${journey.id}/involvement`, ...closing] });
  }, 90_000);

  test('each kind of mail says what happened, where to look, why one gets it and where to choose how, and quotes nothing that anybody said or wrote', async () => {
    const [journey, [activity, view, concern, theme]] = [await Journey.opened(here, agreement), [randomUUID(), randomUUID(), randomUUID(), randomUUID()]];
    const today = londonDay(clock.now());
    await journey.facts({ 'affected-groups': ['people who draw on home care'] });
    await journey.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'Tea with Jane', groups: ['people who draw on home care'], right: 'consult', ledBy: 'staff', closesOn: today });
    got.length = 0;
    const said = (contribution: string, text: string, kind: string) => journey.did('representative', 'record-contribution', { contribution, activity, author: randomUUID(), text, givenOn: today, kind });
    await said(concern, 'Roe is afraid at night.', 'safeguarding-concern');
    await said(view, 'Roe is hungry.', 'view');
    await journey.did('facilitator', 'triage-contribution', { contribution: view, kind: 'allegation-about-staff' });
    await journey.did('facilitator', 'create-theme', { theme, title: 'Roe’s nights' });
    await journey.askedFor('safeguarding');
    await journey.did('commissioner', 'hold', { reason: 'Roe moved' });
    const raised = 'A safeguarding concern or an allegation was raised. It is to be passed on the same working day.';
    const expected = [
      [raised, '/involvement'], [raised, '/involvement'],
      ['A theme of what people said waits for an answer.', '/involvement'],
      ['A sign-off is asked of you.', '/sign-offs'],
      ['An agreement was put on hold.', ''],
    ].map(([says = '', part]) => ({ subject: `Concordat: ${says.replace(/(?<=\.) .*/, '')}`, lines: [says, `https://concordat.example/agreements/${journey.id}${part}`, ...closing] }));
    const about = () => got.filter(({ mail }) => readAs(mail).lines.some((line) => line.includes(journey.id)));
    const mails = await eventually(() => (about().length >= expected.length ? about() : undefined), 25_000);
    const bySubject = (one: { subject: string }, other: { subject: string }) => one.subject.localeCompare(other.subject);
    expect(mails.map(({ mail }) => readAs(mail)).toSorted(bySubject)).toEqual(expected.toSorted(bySubject));
    for (const { to, mail } of mails) expect([to, /Jane|Roe|home|Tea/.test(mail.replace(/^To: .*$/m, ''))]).toEqual([['jane.roe@example.org'], false]);
    // The outbox keeps the same sentence beside what became of it.
    const kept = await eventually(async () => {
      const mine = (await notifications()).filter(({ person, agreement: of }) => person === approver && of === journey.id);
      return mine.every(({ state }) => state === 'sent') ? mine : undefined;
    });
    expect(kept.map(({ says }) => says).toSorted()).toEqual(expected.map(({ lines: [says] }) => says).toSorted());
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
    const refused = await page('provider-admin', '/outbox?whose=all');
    expect([refused.status, faultsOf(refused), ...['This is not yours to read', 'You may see what you were told.'].map((says) => refused.html.includes(says))]).toEqual([403, [], true, true]);
    expect((await here.as('provider-admin').get('/api/v1/notifications?whose=all')).status).toBe(403);
    expect((await here.as('approver:equality').get<{ items: Notification[] }>('/api/v1/notifications')).body.items.map(({ says, state }) => [says, state])).toEqual([['A sign-off is asked of you.', 'kept']]);
  }, 60_000);

  test('whoever bids hears by mail, too, that the sourcing waits, goes on or was cancelled, and whom to ask', async () => {
    const provider = (await here.as('commissioner').post<{ provider: string }>('/api/v1/providers', { name: 'Home First', identifiers: [] })).body.provider;
    const { id: tenant } = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation;
    const bidder = await new Cast(here, tenant).player({ role: 'provider-operator', provider });
    const journey = await Journey.opened(here, { ...agreement, title: 'Night support' });
    await journey.did('commissioner', 'invite-provider', { provider });
    await journey.did('commissioner', 'hold', { reason: 'The budget is not set.' });
    await journey.did('commissioner', 'resume', {});
    await journey.did('commissioner', 'cancel', { reason: 'There is no money.' });
    const mine = async () => (await bidder.api.get<{ items: Notification[] }>('/api/v1/notifications')).body.items.map(({ says }) => says);
    const told = await eventually(async () => ((await mine()).length === 4 ? mine() : undefined));
    expect(told).toEqual([
      'A sourcing that you were invited to was cancelled. Nothing is awarded in it, and nothing more is asked of you: ask whoever invited you for the reasons.',
      'A sourcing that you are invited to goes on after a hold.',
      'A sourcing that you are invited to is on hold. Nothing is awarded meanwhile; days that run for you, such as a standstill, run on.',
      'You are invited to take part in the sourcing of an agreement.',
    ]);
    // The team reads its own words, and the page of all shows both.
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    const all = (await visitor.get('/outbox?whose=all')).html;
    expect([all.includes('A sourcing that you were invited to was cancelled.'), faultsOf(await visitor.get('/outbox?whose=all'))]).toEqual([true, []]);
  }, 60_000);

  test('the outbox says of each kind what happened and where, whom it is to and what became of it, and why nothing is mailed', async () => {
    const journey = await Journey.opened(here, { ...agreement, title: 'Night visits' });
    const [activity, today] = [randomUUID(), londonDay(new Date())];
    await journey.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'Tea', groups: ['people who draw on home care'], right: 'consult', ledBy: 'staff', closesOn: today });
    await journey.did('representative', 'record-contribution', { contribution: randomUUID(), activity, author: randomUUID(), text: 'I am afraid.', givenOn: today, kind: 'safeguarding-concern' });
    await journey.did('facilitator', 'create-theme', { theme: randomUUID(), title: 'The nights' });
    await journey.did('senior-responsible-owner', 'hold', { reason: 'Snow' });
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    const lines = ['A safeguarding concern or an allegation was raised. It is to be passed on the same working day.', 'A theme of what people said waits for an answer.', 'An agreement was put on hold.'];
    const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    const own = await eventually(async () => {
      const page = await visitor.get('/outbox');
      return lines.every((says) => page.html.includes(says)) ? page : undefined;
    });
    expect([own.status, faultsOf(own)]).toEqual([200, []]);
    expect(text(own)).toContain('What people would be told by e-mail. Nothing is mailed here, so this page is where it is read; a mail would say no more than the first line, and name nobody.');
    expect(text(own)).toMatch(/\d+ messages to you, newest first\./);
    const day = String.raw`\d{1,2} [A-Z][a-z]+ \d{4} at \d{2}:\d{2}`;
    for (const says of lines) expect(text(own)).toMatch(new RegExp(`${says.replaceAll('.', '\\.')} ${says.replaceAll('.', '\\.')} Night visits ${day} Shown here`));
    for (const part of ['/involvement', '']) expect(own.html).toContain(`href="/agreements/${journey.id}${part}"`);
    expect(text(own)).not.toMatch(/I am afraid|The nights|Snow/);
    expect(text(await visitor.get('/outbox?whose=all'))).toMatch(/An agreement was put on hold\. .*?Night visits to [^.]*Demo commissioner/);
  }, 60_000);

  test('how one is told is chosen on a page, within what can be chosen', async () => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'decision-maker');
    const form = await visitor.get('/outbox/preferences');
    expect([form.status, faultsOf(form)]).toEqual([200, []]);
    expect((await visitor.get('/outbox')).html).toContain('href="/outbox/preferences"');
    const wrong = await visitor.post('/outbox/preferences', { asked: 'never', people: 'digest', progress: 'never', from: '7pm', to: '' });
    expect([wrong.status, faultsOf(wrong)]).toEqual([422, []]);
    for (const says of ['Choose how you hear of what is asked of you', 'such as 19:00', 'such as 07:30']) expect(wrong.html).toContain(says);
    expect((await visitor.post('/outbox/preferences', { asked: 'digest', people: 'digest', progress: 'never', from: '08:00', to: '08:00' })).html).toContain('Quiet hours begin and end at different times');
    const saved = await visitor.post('/outbox/preferences', { asked: 'digest', people: 'digest', progress: 'never', from: '19:00', to: '07:30' });
    expect([saved.status, (await visitor.get(saved.headers.get('location')!)).html.includes('You are told so from now on')]).toEqual([303, true]);
    expect((await here.as('decision-maker').get('/api/v1/notifications/preferences')).body).toEqual({ ways: { concern: 'at-once', asked: 'digest', people: 'digest', progress: 'never' }, quiet: { from: '19:00', to: '07:30' } });
    // Nobody else's are touched.
    expect((await here.as('commissioner').get<{ quiet: null }>('/api/v1/notifications/preferences')).body.quiet).toBeNull();
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
    expect(csv.html).toMatch(/A sign-off is asked,1,you,\d{4}-\d{2}-\d{2},,Day opportunities,/);
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
