import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// What goes out to everybody: when, under which number, and what is kept back.

const clock = new FixedClock('2026-06-01T09:00:00Z');
const money = (amount: string) => ({ amount, currency: 'GBP' });
let here: TestInstallation;
let tenant: string;

beforeAll(async () => {
  here = await openInstallation({ clock });
  tenant = (await here.as('auditor').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
}, 60_000);
afterAll(() => here.close());

const beginning = (title: string) => ({ title, kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [] });
const anybody = (path: string) => new Visitor(here.origin).get(path);

test('data goes out after the official notice and under its number, not before an election without a law that asks for it, and comes down where it is withheld', async () => {
  const care = await Journey.takenOver(here, {
    title: 'Home care', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: money('90000.00'), stage: 'sourcing', from: { source: 'Contract register', reference: 'P-1' }, facts: {},
  });
  const publication = newId();
  const address = `/published/${tenant}/${care.id}/releases.json`;
  const plan = { publication, of: { is: 'release', notice: 'UK4', ocid: 'ocds-h6vhtk-04a1b2' }, releaseWhen: { is: 'day', on: '2026-06-02' } };
  expect(Object.keys(await care.refused('commissioner', 'plan-publication', plan))).toEqual(['right.missing']);
  await care.did('publisher', 'plan-publication', plan);
  expect(await care.refused('publisher', 'publish', { publication })).toEqual({ 'publication.embargoed': ['from 2026-06-02'], 'publication.notice-first': ['the official notice UK4, with its number'] });
  expect((await anybody(address)).status).toBe(404);
  const waitsFor = async (role: string) => {
    await here.app.get(Consumers).runAll(tenant);
    const { items } = (await here.as(role).get<{ items: { kind: string; agreement: string }[] }>('/api/v1/work')).body;
    return items.filter(({ agreement, kind }) => agreement === care.id && kind.startsWith('publication')).map(({ kind }) => kind);
  };
  expect([await waitsFor('commissioner'), await waitsFor('publisher')]).toEqual([['publication-notice'], []]);

  clock.set('2026-06-02T09:00:00Z');
  await care.did('commissioner', 'record-published-notice', { notice: 'UK4', publishedOn: '2026-06-02', reference: '2026/S 000-012345' });
  expect([await waitsFor('commissioner'), await waitsFor('publisher')]).toEqual([[], ['publication']]);
  const settings = (await here.as('administrator').get<{ preElection: object }>('/api/v1/contracts/settings')).body;
  const periods = [{ title: 'the by-election', begins: '2026-06-02', ends: '2026-06-25', source: { cites: 'Notice of election', mark: 'text' } }];
  expect((await here.as('administrator').post('/api/v1/contracts/settings', { ...settings, preElection: { ...settings.preElection, periods } })).status).toBe(200);
  expect(await care.refused('publisher', 'publish', { publication })).toEqual({ 'publication.before-election': ['after 2026-06-25, the last day of the by-election', 'duty: the law that asks for it now'] });
  expect(await waitsFor('publisher')).toEqual(['publication-held']);
  await care.did('publisher', 'publish', { publication, duty: 's.21 Procurement Act 2023' });
  expect(await waitsFor('publisher')).toEqual([]);

  // It stays what it was when it went out, whatever changes afterwards.
  await care.facts({ title: 'Home care, renamed' });
  const out = await anybody(address);
  expect([out.status, JSON.parse(out.html)]).toMatchObject([
    200,
    { uri: expect.stringContaining(address), releases: [{ ocid: 'ocds-h6vhtk-04a1b2', date: '2026-06-02T09:00:00.000Z', tag: ['tender'], tender: { title: 'Home care', value: { amount: 90000, currency: 'GBP' }, documents: [{ id: '2026/S 000-012345' }] } }] },
  ]);
  const asStaff = await here.as('auditor').get(`/api/v1/agreements/${care.id}/releases`);
  expect(asStaff.body).toEqual(JSON.parse(out.html));

  await care.did('publisher', 'withhold-publication', { publication, ground: 'personal-data', reason: 'A name stood in the title.' });
  expect((await anybody(address)).status).toBe(404);
  const { body } = await here.as('auditor').get(`/api/v1/agreements/${care.id}/publications`);
  expect(body).toMatchObject({ publications: [{ stands: 'taken-down', withheld: [{ ground: 'personal-data' }], published: { number: '2026/S 000-012345', duty: 's.21 Procurement Act 2023', election: 'the by-election' } }] });
  const publisher = new Visitor(here.origin);
  await publisher.signIn(here, 'publisher');
  const page = await publisher.get(`/agreements/${care.id}/award`);
  expect([faultsOf(page), ...['Taken down', 'It tells of a person: A name stood in the title.', 'asked for by s.21 Procurement Act 2023'].map((says) => page.html.includes(says))]).toEqual([[], true, true, true]);
}, 60_000);

test('an auditor takes one agreement’s record away and checks it without this server, and whoever may not is told who can', async () => {
  const [care, other] = [await Journey.opened(here, beginning('Home care, inspected')), await Journey.opened(here, beginning('The neighbour’s lunch club'))];
  await care.facts({ place: 'The north' });
  await other.facts({ place: 'The south' });
  const path = `/api/v1/agreements/${care.id}/assurance-pack`;
  const { status, text, headers } = await here.as('auditor').get(path);
  expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson; charset=utf-8']);
  expect([...new Set(text.split('\n').flatMap((line) => (line.includes('"stream":') ? [JSON.parse(line).stream as string] : [])))]).toEqual([`agreement-${care.id}`]);
  for (const secret of [other.id, 'neighbour', 'The south']) expect(text).not.toContain(secret);

  const folder = await mkdtemp(join(tmpdir(), 'concordat-assurance-'));
  const verified = async (content: string) => {
    const file = join(folder, 'assurance-pack.ndjson');
    await writeFile(file, content);
    return new Promise<readonly [number, string]>((done) => {
      execFile(process.execPath, ['bin/concordat.mjs', 'verify', file], { env: { ...process.env, NODE_OPTIONS: '' } }, (failed, out) => done([Number(failed?.code ?? 0), out]));
    });
  };
  try {
    expect(await verified(text)).toEqual([0, expect.stringMatching(/^[0-9a-f-]{36}: \d+ events, the chain holds\. 2 of them stand here whole, the others by their hashes alone\.\n$/)]);
    expect(await verified(text.replace('The north', 'The norths'))).toEqual([1, expect.stringMatching(/: the chain is broken at position \d+: id, type, data or meta are not what was hashed\n$/)]);
  } finally {
    await rm(folder, { recursive: true });
  }

  const refused = await here.as('commissioner').get<{ code: string; errors: { missing: { suppliedBy: string }[] }[] }>(path);
  expect([refused.status, refused.body.code, refused.body.errors[0]!.missing.map(({ suppliedBy }) => suppliedBy)]).toEqual([403, 'right.missing', ['auditor', 'administrator']]);
  expect((await here.as('auditor', 'demo-health-board').get(path)).status).toBe(404);
  const commissioner = new Visitor(here.origin);
  await commissioner.signIn(here, 'commissioner');
  const [pack, record] = [await commissioner.get(`/agreements/${care.id}/assurance-pack`), await commissioner.get(`/agreements/${care.id}/assurance-pack/record`)];
  expect([pack.status, faultsOf(pack), record.status]).toEqual([200, [], 403]);
}, 60_000);

test('anybody reads what people said and what was done, of nobody’s name and of no fewer than five, as it stood when it went out', async () => {
  const care = await Journey.takenOver(here, {
    title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: money('9000.00'), stage: 'mandate', from: { source: 'Register of grants', reference: 'G-1' }, facts: {},
  });
  const today = clock.now().toISOString().slice(0, 10);
  const [activity, evenings, stairs, publication] = [newId(), newId(), newId(), newId()];
  const authors = Array.from({ length: 5 }, () => newId());
  await care.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'A lunch together', groups: ['Diners'], right: 'advise', ledBy: 'together', closesOn: today });
  await care.did('facilitator', 'record-attendance', { activity, participants: authors, on: today });
  const saying = async (theme: string, title: string, people: readonly string[], seenBy = 'those-who-answer') => {
    const said = people.map((author) => ({ contribution: newId(), author }));
    for (const one of said) await care.did('representative', 'record-contribution', { ...one, activity, text: `Said by ${one.author}`, givenOn: today, seenBy });
    await care.did('facilitator', 'create-theme', { theme, title });
    await care.did('facilitator', 'put-in-theme', { theme, contributions: said.map(({ contribution }) => contribution) });
    return said;
  };
  // One is visited at home: what that is called is told to nobody.
  const visit = newId();
  await care.did('facilitator', 'plan-activity', { activity: visit, stage: 'mandate', title: 'Home visit to the Patels', groups: ['The Patels'], right: 'advise', ledBy: 'staff', closesOn: today });
  await care.did('facilitator', 'record-attendance', { activity: visit, participants: authors.slice(0, 1), on: today });
  await saying(evenings, 'Evenings too', authors);
  await saying(stairs, 'The stairs', authors.slice(0, 4));
  const [ramp] = await saying(newId(), 'A ramp', authors.slice(0, 1), 'public');
  await saying(newId(), 'A bell', authors.slice(4), 'public');
  await care.did('commissioner', 'answer-theme', { theme: evenings, response: { outcome: 'adopted-in-part', reasons: 'There is money for Fridays.', changed: 'Open on Fridays until nine' } });
  await care.did('commissioner', 'answer-theme', { theme: stairs, response: { outcome: 'not-adopted', reasons: 'The house is listed.' } });
  await care.did('commissioner', 'make-commitment', { commitment: newId(), what: 'We will print the hours.', by: today, theme: evenings });
  await care.did('publisher', 'plan-publication', { publication, of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: today } });
  const address = `/published/${tenant}/${care.id}`;
  expect((await anybody(address)).status).toBe(404);
  await care.did('publisher', 'publish', { publication, duty: 'No election sways a lunch' });
  const late = newId();
  await saying(late, 'What came later', authors);

  const page = await anybody(address);
  const says = ['Evenings too', 'There is money for Fridays.', 'Open on Fridays until nine', 'We will print the hours.', '1 more theme was', 'raised by fewer than five people', 'The stairs', 'The house is listed.', 'What came later', 'Said by', 'A ramp', 'A lunch together; 1 activity to which fewer than five people came', 'Patel'].map((words) => page.html.includes(words));
  expect([page.status, faultsOf(page), says]).toEqual([200, [], [true, true, true, true, true, true, false, false, false, false, true, true, false]]);
  expect(page.html.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/g)?.filter((id) => ![tenant, care.id].includes(id)) ?? []).toEqual([]);
  // Whoever alone let it be told takes that back, and from then on it is told no more.
  await care.did('representative', 'choose-who-sees', { ...ramp, seenBy: 'organisation' });
  const without = await anybody(address);
  expect(['A ramp', '2 more themes were', 'Evenings too'].map((words) => without.html.includes(words))).toEqual([false, true, true]);
  // Nor is it told once whoever let it be was erased.
  expect(without.html).toContain('A bell');
  await care.did('administrator', 'erase-participant', { participant: authors[4], wishedOn: today });
  await here.app.get(Consumers).runAll(tenant);
  const gone = await anybody(address);
  expect(['A bell', '3 more themes were', 'Evenings too'].map((words) => gone.html.includes(words))).toEqual([false, true, true]);
  const csv = await anybody(`${address}/you-said-we-did.csv`);
  expect([csv.headers.get('content-type'), csv.html.split('\r\n').slice(1, 3).map((line) => line.split(',').slice(0, 3))]).toEqual(['text/csv; charset=utf-8', [['You said', 'Evenings too', 'adopted-in-part'], ['We promised', 'We will print the hours.', 'open']]]);
  // What is told of few is told by how many there are, and what people were asked stands there too.
  for (const row of ['You said,Themes that fewer than five people raised: 3,', 'We asked,A lunch together,', 'We asked,Activities to which fewer than five people came: 1,']) expect(csv.html).toContain(row);
  // Those who see the agreement see what would go out now.
  expect((await here.as('auditor').get(`/api/v1/agreements/${care.id}/you-said-we-did`)).body).toMatchObject({ few: 3, themes: [{ title: 'Evenings too' }, { title: 'What came later', did: null }] });
  expect((await here.as('provider-admin').get(`/api/v1/agreements/${care.id}/you-said-we-did`)).status).toBe(404);
}, 60_000);

test('of a placement nothing is said in words about whoever is placed, and what they said goes out nowhere', async () => {
  const placed = await Journey.opened(here, { title: 'Placement 2', kind: 'placement', pathway: { id: 'placement' }, route: { id: 'pa2023-light-touch' }, raises: [], value: money('20000.00') });
  await placed.facts({ 'affected-groups': ['young people'] });
  const today = clock.now().toISOString().slice(0, 10);
  const meeting = { activity: newId(), stage: 'need', title: 'Meeting with Jo Smith, 12 High Street', groups: ['Jo Smith'], right: 'advise', ledBy: 'together', closesOn: today };
  expect(await placed.refused('facilitator', 'plan-activity', meeting)).toEqual({ 'placement.no-words': ['title: called “Meeting”, “Visit”, “Call” or “Letter”, and by a number', 'groups: as they are called in affected-groups'] });
  await placed.did('facilitator', 'plan-activity', { ...meeting, title: 'Meeting 1', groups: ['young people'] });
  const theme = newId();
  expect(await placed.refused('facilitator', 'create-theme', { theme, title: 'Jo Smith wants a room of her own' })).toEqual({ 'placement.no-words': ['title: called “Theme”, and by a number'] });
  await placed.did('facilitator', 'create-theme', { theme, title: 'Theme 1' });
  await placed.did('commissioner', 'answer-theme', { theme, response: { outcome: 'not-adopted', reasons: 'No room is free.' } });
  const plan = { publication: newId(), of: { is: 'you-said-we-did' }, releaseWhen: { is: 'day', on: today } };
  expect(await placed.refused('publisher', 'plan-publication', plan)).toEqual({ 'publication.of-the-placed': ['what people said of the service, of the agreement they are placed under'] });
}, 60_000);
