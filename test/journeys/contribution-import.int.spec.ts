import { migrations } from '@concordat/exchange';
import { FixedClock, newId } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { eventually } from '../harness/index.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { expectProblem } from './problem.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

// What people said on Decidim or CONSUL is taken in as contributions; every entry of the export is accounted for.

const on = '2026-06-01';
const group = 'older people who live alone';
const entry = (id: number, more: object = {}) => ({
  id, component: { id: 9 }, participatory_space: { id: 1, url: 'https://decidim.example/processes/care' }, author: { id: 100 + (id % 2), name: 'Rosa Example', email: 'rosa@example.org' },
  title: { en: `Proposal ${id}` }, body: { en: '<p>More <b>benches</b>, please.</p>' }, published_at: '2026-03-04T10:11:12Z', ...more,
});
const decidim = JSON.stringify([entry(1), entry(2), entry(2), entry(3, { state: 'withdrawn' }), entry(4, { published_at: '2026-07-01' })]);
const consul = 'id,title,description,created_at,cached_votes_total,cached_votes_up,cached_votes_down,comments_count\n5,Lunch?,Why not,2026-02-01 10,3,2,1,0\n6,Supper?,Why not,2026-02-01 10,3,2,1,0';

interface Report { readonly rows: number; readonly taken: number; readonly joined: number; readonly duplicates: number; readonly leftOut: number; readonly unnamed: number; readonly coAuthors: number; readonly items: { readonly is: string; readonly why: string | null }[]; readonly operation: { readonly id: string } | null }

let here: TestInstallation;
let club: Journey;
const activity = newId();
beforeAll(async () => {
  here = await openInstallation({ clock: new FixedClock(`${on}T10:00:00Z`), worker: true });
  club = await Journey.opened(here, { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: { amount: '9000.00', currency: 'GBP' } });
  await club.facts({ 'affected-groups': [group] });
  await club.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'The platform', groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
}, 60_000);
afterAll(() => here.close());

const sent = (body: string, { role = 'facilitator', query = '', key = newId(), at = activity } = {}) =>
  here.as(role).send<Report>('POST', `/api/v1/agreements/${club.id}/contributions/import?activity=${at}${query}`, { body, headers: { 'content-type': 'application/octet-stream', 'idempotency-key': key } });
const said = async () => (await here.as('facilitator').get<{ items: { author: string; text: string; givenOn: string }[] }>(`/api/v1/agreements/${club.id}/contributions?limit=100`)).body.items;
const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const done = (operation: string) =>
  eventually(async () => {
    const { body } = await here.as('facilitator').get<{ status: string }>(`/api/v1/operations/${operation}`);
    return body.status === 'done' ? body : undefined;
  });

test('an export of Decidim is looked at, then taken in under pseudonyms; again it adds nothing', async () => {
  const looked = await sent(decidim, { query: '&dryRun=true' });
  expect([looked.status, looked.body]).toMatchObject([200, { rows: 5, taken: 2, duplicates: 1, leftOut: 2, unnamed: 0, coAuthors: 0, operation: null }]);
  expect(await said()).toEqual([]);
  const key = newId();
  const taken = await sent(decidim, { key });
  expect([taken.status, taken.headers.get('location')]).toEqual([202, `/api/v1/operations/${taken.body.operation!.id}`]);
  expect(taken.body.items.map(({ is, why }) => why ?? is)).toEqual(['taken', 'taken', 'duplicate', 'Whoever made it took it back.', 'The day it was published is still to come.']);
  expect((await sent(decidim, { key })).body.operation?.id).toBe(taken.body.operation!.id);
  await done(taken.body.operation!.id);
  const { body: results } = await here.as('facilitator').get<{ items: { result: { outcome: string } }[] }>(`/api/v1/operations/${taken.body.operation!.id}/results`);
  expect(results.items.map(({ result }) => result.outcome)).toEqual(['recorded', 'recorded']);
  const words = await said();
  expect(words.map((one) => [one.text, one.givenOn])).toEqual([['Proposal 1\n\nMore benches, please.', '2026-03-04'], ['Proposal 2\n\nMore benches, please.', '2026-03-04']]);
  expect(new Set(words.map(({ author }) => author)).size).toBe(2);
  expect(JSON.stringify(words)).not.toMatch(/Rosa|example\.org/);
  // They were said before the agreement began: they are answered here, and are no voice in it.
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'facilitator');
  expect((await visitor.get(`/agreements/${club.id}/involvement`)).html.match(/before this agreement began: it counts as no voice here/g)).toHaveLength(2);
  expect((await sent(decidim)).body).toMatchObject({ rows: 5, taken: 0, duplicates: 3, leftOut: 2, operation: null });
});

test('what became of each entry is seen long after: counts, and those that were not taken, with why', async () => {
  const { body } = await here.as('auditor').get<{ items: (Report & { host: string; file: string; takenBy: string })[] }>(`/api/v1/agreements/${club.id}/contributions/imports`);
  const [again, first] = body.items.toSorted((a, b) => a.taken - b.taken);
  expect(body.items).toHaveLength(2);
  expect(first).toMatchObject({ platform: 'decidim', host: 'decidim.example', file: 'an upload over the API', takenBy: here.person('facilitator').person, rows: 5, taken: 2, duplicates: 1, leftOut: 2 });
  expect(first!.items.map(({ is, why }) => why ?? is)).toEqual(['duplicate', 'Whoever made it took it back.', 'The day it was published is still to come.']);
  expect(again).toMatchObject({ rows: 5, taken: 0, duplicates: 3, leftOut: 2 });
  expect(again!.items).toHaveLength(5);
});

test('what is no export, is for no activity here, or comes from somebody who may not add to it, leaves nothing', async () => {
  const before = await said();
  expect(expectProblem(await sent('name,price\nx,1'), 422, 'import.unreadable').detail).toContain('no export of proposals from Decidim');
  expect(expectProblem(await sent(decidim, { at: newId() }), 422, 'import.unreadable').detail).toContain('no such activity');
  expectProblem(await sent(consul, { role: 'auditor' }), 403, 'right.missing');
  expectProblem(await sent(consul, { role: 'provider-admin' }), 403, 'right.missing');
  expect(await said()).toEqual(before);
});

test('on the page an export of CONSUL is taken in, and says that nobody knows how many people wrote it', async () => {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'facilitator');
  const involvement = await visitor.get(`/agreements/${club.id}/involvement`);
  const at = `/agreements/${club.id}/activities/${activity}/import`;
  expect(involvement.html).toContain(`href="${at}"`);
  const form = await visitor.get(at);
  expect([form.status, faultsOf(form)]).toEqual([200, []]);
  const upload = async (content: string, address = 'https://decide.example.org') => {
    const body = new FormData();
    body.set('address', address);
    body.set('file', new Blob([content]), 'debates.csv');
    return visitor.send(/action="([^"]+)"/.exec(form.html.slice(form.html.indexOf('multipart') - 200))![1]!, { method: 'POST', body });
  };
  const bad = await upload('hello');
  expect([bad.status, faultsOf(bad)]).toEqual([422, []]);
  expect(text(await upload(consul, ''))).toContain('does not say which platform it is of');
  const taken = await upload(consul);
  expect([taken.status, faultsOf(taken)]).toEqual([200, []]);
  expect(text(taken)).toContain('2 entries of CONSUL: 2 are taken in, 0 were here already, 0 are left out.');
  expect(text(taken)).toContain('2 entries name no author. Together they count as one person');
  const operation = /\/operations\/([0-9a-f-]{36})/.exec(taken.html)![1]!;
  await done(operation);
  const told = await visitor.get(`/operations/${operation}`);
  expect([faultsOf(told), text(told).includes('2 of 2 items are dealt with: 2 done, 0 refused.')]).toEqual([[], true]);
  expect(new Set((await said()).slice(2).map(({ author }) => author)).size).toBe(1);
  expect(text(await upload(consul))).toContain('2 entries of CONSUL: 0 are taken in, 2 were here already');
  const elsewhere = await upload(consul, 'participa.example.org');
  expect(text(elsewhere)).toContain('2 entries of CONSUL: 2 are taken in, 0 were here already');
  const kept = await visitor.get(at);
  expect(faultsOf(kept)).toEqual([]);
  expect(text(kept)).toContain('debates.csv, 1 June 2026 Of decide.example.org. 2 entries of CONSUL: 2 are taken in');
  expect(text(kept)).toContain('Whoever made it took it back.');
  const other = new Visitor(here.origin);
  await other.signIn(here, 'auditor');
  expect((await other.get(at)).status).toBe(403);
});

test('what several people made together is taken in once of each of them, who are answered and told one by one; again it adds nothing', async () => {
  const together = JSON.stringify([entry(21, { author: { id: [101, 205, 206], name: ['Rosa', 'Joan', 'Pau'] } })]);
  const [before, key] = [await said(), newId()];
  const taken = await sent(together, { key });
  expect(taken.body).toMatchObject({ rows: 1, taken: 1, unnamed: 0, coAuthors: 2 });
  await done(taken.body.operation!.id);
  const added = (await said()).slice(before.length);
  expect(added.map(({ text: words }) => words)).toEqual(Array.from({ length: 3 }, () => 'Proposal 21\n\nMore benches, please.'));
  // Who made another one before is the same person.
  expect([new Set(added.map(({ author }) => author)).size, before.filter(({ author }) => author === added[0]!.author).length]).toEqual([3, 1]);
  expect((await sent(together)).body).toMatchObject({ rows: 1, taken: 0, joined: 0, duplicates: 1, coAuthors: 0, operation: null });
  // Proposal 1 is here of the one who made it first; whoever joined since is added, in whichever order the export names them.
  const since = JSON.stringify([entry(1, { author: { id: [205, 101], name: ['Joan', 'Rosa'] } }), entry(21, { author: { id: [206, 205, 101, 307], name: ['Pau', 'Joan', 'Rosa', 'Mar'] } })]);
  const joined = await sent(since);
  expect(joined.body).toMatchObject({ rows: 2, taken: 0, joined: 2, duplicates: 0, coAuthors: 2, items: [{ is: 'joined' }, { is: 'joined' }] });
  await done(joined.body.operation!.id);
  const later = (await said()).slice(before.length + 3);
  expect(later.map(({ text: words, author }) => [words.slice(0, 11), added.findIndex((one) => one.author === author)])).toEqual([['Proposal 1\n', 1], ['Proposal 21', -1]]);
  expect((await sent(since)).body).toMatchObject({ rows: 2, taken: 0, joined: 0, duplicates: 2, coAuthors: 0, operation: null });
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'facilitator');
  expect(text(await visitor.get(`/agreements/${club.id}/activities/${activity}/import`))).toContain('2 entries were here already, and name others now who made them too. What several people made together is taken in once of each of them: 2 more.');
});

test('what was seen for a concern since is accounted for as here already, and is not taken in again', async () => {
  const bench = JSON.stringify([entry(31, { author: { id: [401, 402], name: ['Ada', 'Ben'] } })]);
  const before = await said();
  const taken = await sent(bench);
  await done(taken.body.operation!.id);
  const both = (await here.as('facilitator').get<{ items: { contribution: string }[] }>(`/api/v1/agreements/${club.id}/contributions?limit=100`)).body.items.slice(before.length);
  for (const { contribution } of both) await club.did('facilitator', 'triage-contribution', { contribution, kind: 'safeguarding-concern' });
  expect((await sent(bench)).body).toMatchObject({ rows: 1, taken: 0, joined: 0, duplicates: 1, coAuthors: 0, operation: null });
});

test('what is refused later is told as left out or here already, once its line was answered', async () => {
  const two = JSON.stringify([entry(41, { author: { id: 501, name: 'Ada' } }), entry(42, { author: { id: 502, name: 'Ben' } })]);
  const before = await said();
  const [first, second] = await Promise.all([sent(two), sent(two)]);
  await Promise.all([done(first.body.operation!.id), done(second.body.operation!.id)]);
  expect(await said()).toHaveLength(before.length + 2);
  const kept = async () => (await here.as('auditor').get<{ items: (Report & { import: string })[] }>(`/api/v1/agreements/${club.id}/contributions/imports`)).body.items;
  const both = (await kept()).filter((one) => [first, second].some(({ body }) => body.operation!.id === one.import));
  expect(both.reduce((sum, { taken, duplicates }) => [sum[0]! + taken, sum[1]! + duplicates], [0, 0])).toEqual([2, 2]);

  // Whoever was erased is not taken in again, and the dry run says so.
  const { author } = (await said())[before.length]!;
  await club.did('administrator', 'erase-participant', { participant: author, wishedOn: on });
  const again = JSON.stringify([entry(43, { author: { id: 501, name: 'Ada' } })]);
  const looked = await eventually(async () => {
    const { body } = await sent(again, { query: '&dryRun=true' });
    return body.leftOut === 1 ? body : undefined;
  });
  expect(looked.items.map(({ why }) => why)).toEqual(['Whoever made it was erased at their wish.']);
  expect((await sent(again)).body).toMatchObject({ taken: 0, leftOut: 1, operation: null });
  // What is kept of it counts them, and does not say which entry of a public platform was theirs.
  expect((await kept()).filter(({ rows, leftOut }) => rows === 1 && leftOut === 1).map(({ items }) => items)).toEqual([[]]);
});

test('what names nobody is one person’s of this agreement: who is erased here takes no words with them elsewhere, and stops no later export', async () => {
  const other = await Journey.opened(here, { title: 'Meals', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: { amount: '9000.00', currency: 'GBP' } });
  const there = newId();
  await other.facts({ 'affected-groups': [group] });
  await other.did('facilitator', 'plan-activity', { activity: there, stage: 'mandate', title: 'The platform', groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
  const debate = (id: number) => `${consul.split('\n')[0]}\n${id},Breakfast?,Why not,2026-02-01 10,3,2,1,0`;
  const wordsOf = async ({ id }: Journey) => (await here.as('facilitator').get<{ items: { author: string; text: string | null }[] }>(`/api/v1/agreements/${id}/contributions?limit=100`)).body.items;
  const takenAt = async (journey: Journey, at: string, id: number) => {
    const { body } = await here.as('facilitator').send<Report>('POST', `/api/v1/agreements/${journey.id}/contributions/import?activity=${at}&address=decide.example.org`, { body: debate(id), headers: { 'content-type': 'application/octet-stream', 'idempotency-key': newId() } });
    await done(body.operation!.id);
    return wordsOf(journey);
  };
  const [mine, theirs] = [(await takenAt(club, activity, 61)).at(-1)!, (await takenAt(other, there, 61)).at(-1)!];
  expect(theirs.author).not.toBe(mine.author);
  await club.did('administrator', 'erase-participant', { participant: mine.author, wishedOn: on });
  let entryId = 61;
  const later = await eventually(async () => {
    const words = await takenAt(club, activity, (entryId += 1));
    return words.at(-1)!.author === mine.author ? undefined : words;
  });
  expect(later.at(-1)).toMatchObject({ text: expect.stringContaining('Breakfast?') });
  expect((await takenAt(other, there, 62)).map(({ author, text }) => [author, text !== null])).toEqual([[theirs.author, true], [theirs.author, true]]);
});

test('an agreement that is over takes no export in, and says so also in a dry run', async () => {
  await club.did('commissioner', 'cancel', { reason: 'The hall closed.' });
  for (const query of ['', '&dryRun=true']) expect(expectProblem(await sent(decidim, { query }), 422, 'import.unreadable').detail).toContain('This agreement is over');
});

test('of what was kept before, no entry stays beside whoever made it', async () => {
  const superuser = new Client({ connectionString: here.fresh!.superuserUrl });
  await superuser.connect();
  const id = newId();
  const item = (row: number, is: string, why: string | null = null) => ({ row, source: `decidim/decidim.example/component/9/proposal/${row}`, is, why });
  const withdrawn = item(5, 'left-out', 'Whoever made it took it back.');
  const report = { rows: 5, items: [item(2, 'joined'), item(3, 'duplicate'), item(4, 'left-out', 'Whoever made it was erased at their wish.'), withdrawn], lines: [{ ...item(1, 'taken'), named: true }] };
  try {
    await superuser.query(`INSERT INTO exchange.participation_import (tenant, id, agreement, activity, file, taken_at, taken_by, report) SELECT tenant, $1, $1, $1, file, taken_at, taken_by, $2 FROM exchange.participation_import LIMIT 1`, [id, JSON.stringify(report)]);
    await superuser.query('SET ROLE concordat_owner');
    const Sources = migrations.find(({ name }) => name.startsWith('ParticipationSources'))!;
    await new Sources().up({ query: (sql: string) => superuser.query(sql) } as never);
    await superuser.query('RESET ROLE');
    const { rows } = await superuser.query<{ report: object }>('SELECT report FROM exchange.participation_import WHERE id = $1', [id]);
    expect(rows[0]!.report).toEqual({
      rows: 5,
      items: [{ ...item(2, 'joined'), source: null }, { ...item(3, 'duplicate'), source: null }, withdrawn],
      lines: [{ row: 1, is: 'taken', why: null, named: true }],
    });
    await superuser.query('DELETE FROM exchange.participation_import WHERE id = $1', [id]);
  } finally {
    await superuser.end();
  }
});
