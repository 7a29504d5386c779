import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Vault } from '@concordat/access';
import { Agreements, AnswersAlone } from '@concordat/agreement';
import { FixedClock, londonDay, newId } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { Client } from 'pg';
import { eventually } from '../harness/index.js';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// "Their effort is not wasted": what people gave is answered, judged by them, promised, carried on, and told when it is undone.

const group = 'older people who live alone';
const clock = new FixedClock('2026-03-02T09:00:00Z');
const value = { amount: '9000.00', currency: 'GBP' };
const [activity, sundays, transport, food] = [newId(), newId(), newId(), newId()];
const [ada, ben, cat] = [newId(), newId(), newId()];
const words = { sundays: newId(), transport: newId(), food: newId(), late: newId(), concern: newId() };
const reasons = 'The hall is shut on that day.';

interface Involvement {
  readonly answers: readonly { theme: string; stands: string; ratings: number }[];
  readonly commitments: readonly { commitment: string; stands: string }[];
  readonly due: readonly { kind: string; about: string; dueOn: string; overdue: boolean }[];
  readonly effort: { readonly inTheirView: object; readonly without: object; readonly byCause: Readonly<Record<string, { people: number; hours: number }>> };
}

let here: TestInstallation;
let club: Journey;
beforeAll(async () => {
  here = await openInstallation({ clock, worker: true });
  club = await Journey.opened(here, { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
  await club.facts({ 'people-concerned': 12, 'affected-groups': [group], description: 'A weekly lunch', 'safeguarding-screen': documentCalled('Screen') });
  await club.declaredNoConflict('commissioner');
  await club.throughGate();
  await club.throughGate();
}, 60_000);
afterAll(() => here.close());

const today = () => londonDay(clock.now());
const involvement = async (agreement = club) => succeeded('involvement', await here.as('commissioner').get<Involvement>(`/api/v1/agreements/${agreement.id}/involvement`)).body;
const standing = async (theme: string) => (await involvement()).answers.find((one) => one.theme === theme)?.stands;
const said = async (role: string) => {
  const { body } = succeeded('contributions', await here.as(role).get<{ items: { contribution: string; text: string | null; author: string | null }[] }>(`/api/v1/agreements/${club.id}/contributions`));
  return body.items;
};

const answered = async (role: string, contribution: string) =>
  succeeded('contributions', await here.as(role).get<{ items: { contribution: string; answer: object | null }[] }>(`/api/v1/agreements/${club.id}/contributions?limit=100`)).body.items.find((one) => one.contribution === contribution)?.answer;

/** All that somebody in this role reads of the agreement: as it stands, as it stood, what happened, what people said, and the pages of them. */
async function asRead(role: string): Promise<string> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role);
  const [api, page] = [`/api/v1/agreements/${club.id}`, `/agreements/${club.id}`];
  const read = await Promise.all([...['', `?asAt=${clock.now().toISOString()}`, '/history?limit=200', '/involvement', '/contributions?limit=100', '/words'].map((path) => here.as(role).get(`${api}${path}`)), ...['', '/involvement', '/history', `/involvement?on=${today()}`].map((path) => visitor.get(`${page}${path}`))]);
  expect(read.map(({ status }) => status)).toEqual(read.map(() => 200));
  return JSON.stringify(read);
}

const concerns = async () => succeeded('concerns', await here.as('facilitator').get<{ items: { concern: string; text: string | null }[] }>(`/api/v1/agreements/${club.id}/concerns`)).body.items;

describe('their effort is not wasted', () => {
  test('closing a stage with one theme unanswered names it', async () => {
    await club.did('commissioner', 'plan-involvement', {
      stage: 'panel', mode: 'co-commissioning', say: 4, do: 0, groups: [group], method: 'A panel of residents', people: 3, resources: { is: 'nothing-needed', group, because: 'we meet there anyway' },
    });
    await club.did('commissioner', 'plan-activity', { activity, stage: 'panel', title: 'Panel evening', groups: [group], right: 'decide-jointly', ledBy: 'together', closesOn: today() });
    await club.did('commissioner', 'record-attendance', { activity, participants: [ada, ben, cat], on: today() });
    for (const participant of [ada, ben]) await club.did('commissioner', 'record-effort', { activity, participant, hours: 2, on: today() });
    await club.did('commissioner', 'record-joint-decision', { activity, decided: 'Fund it', on: today() });
    const say = (contribution: string, author: string, text: string) => club.did('representative', 'record-contribution', { contribution, activity, author, text, givenOn: today() });
    await say(words.sundays, ada, 'Sundays are the loneliest.');
    await say(words.transport, ben, 'I cannot walk that far.');
    await say(words.food, cat, 'Hot food, please.');
    for (const [theme, title, contribution] of [[sundays, 'Sundays', words.sundays], [transport, 'Transport', words.transport], [food, 'Food', words.food]] as const) {
      await club.did('facilitator', 'create-theme', { theme, title });
      await club.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
    }
    await club.did('commissioner', 'answer-theme', { theme: sundays, response: { outcome: 'not-adopted', reasons } });
    await club.did('commissioner', 'answer-theme', {
      theme: food, response: { outcome: 'adopted', reasons: 'Everyone asked for it.', changed: 'A cook is part of the grant.', links: [{ to: 'fact', which: 'description' }] },
    });
    expect(await club.gateRefused()).toEqual({ 'involvement.themes-answered': [transport] });
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'facilitator');
    expect((await visitor.get(`/agreements/${club.id}/do/answer-theme?about=${transport}`)).html).toContain('Transport: “I cannot walk that far.”');
  });

  test('an answer that points nowhere is refused with every reason at once, and nothing is written', async () => {
    const response = { outcome: 'adopted', reasons: 'Yes.', changed: 'A bus.', links: [{ to: 'fact', which: 'dpia' }, { to: 'risk', which: newId() }] };
    const before = (await club.seen()).version;
    expect((await club.refused('commissioner', 'answer-theme', { theme: transport, response }))['answer.dead-link']).toHaveLength(2);
    expect((await club.seen()).version).toBe(before);
  });

  test('what is deferred names until when, and is owed by that day', async () => {
    const deferred = (until: string) => ({ theme: transport, response: { outcome: 'deferred', reasons: 'The minibus is being repaired.', until } });
    expect(Object.keys(await club.refused('commissioner', 'answer-theme', deferred(today())))).toEqual(['answer.until-no-day']);
    await club.did('commissioner', 'answer-theme', deferred('2026-03-24'));
    expect(await standing(transport)).toBe('deferred');
    expect((await involvement()).due).toEqual([{ kind: 'deferred-answer', about: transport, dueOn: '2026-03-24', overdue: false }]);
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'facilitator');
    expect((await visitor.get(`/agreements/${club.id}/involvement`)).html).toContain('Deferred until 24 March 2026');
  });

  test('a low rating opens an answer once; someone else answers within 15 working days', async () => {
    await club.did('representative', 'rate-answer', { answer: sundays, participant: ada, rating: 1 });
    expect(await club.gateRefused()).toEqual({ 'involvement.themes-answered': [`${sundays}, by someone else`] });
    expect((await involvement()).due).toMatchObject([{ kind: 'reopened-answer', about: sundays, dueOn: '2026-03-23', overdue: false }, { about: transport }]);
    const again = { theme: sundays, response: { outcome: 'not-adopted', reasons: 'The hall is let to a church on Sundays, for two more years.' } };
    expect(Object.keys(await club.refused('commissioner', 'answer-theme', again))).toEqual(['answer.by-the-same-person']);
    clock.set('2026-03-24T09:00:00Z');
    expect((await involvement()).due).toMatchObject([{ overdue: true }, { about: transport, overdue: false }]);
    expect((await involvement()).effort.byCause['overdue']).toEqual({ people: 1, hours: 2 });
    await club.did('facilitator', 'answer-theme', again);
    expect(await standing(sundays)).toBe('answered');
  });

  test('on its day what was deferred shuts the gate until it is answered', async () => {
    expect(await club.gateRefused()).toEqual({ 'involvement.themes-answered': [transport] });
    await club.did('commissioner', 'answer-theme', { theme: transport, response: { outcome: 'adopted', reasons: 'Yes.', changed: 'The minibus comes on Thursdays.' } });
    expect((await involvement()).due).toEqual([]);
  });

  test('then “answered; contributor not satisfied” stands, and does not block', async () => {
    await club.did('representative', 'rate-answer', { answer: sundays, participant: ada, rating: 2 });
    expect(await standing(sundays)).toBe('answered-contributor-not-satisfied');
    expect(Object.keys(await club.refused('facilitator', 'answer-theme', { theme: sundays, response: { outcome: 'deferred', reasons: 'Later.', until: '2026-06-01' } }))).toEqual(['already-so']);
    expect(await club.throughGate()).toBe('award');
  });

  test('what comes after the closing day is late, read the same day for a concern, shown as owed for 20 working days, and answered by itself', async () => {
    await club.did('representative', 'record-contribution', { contribution: words.late, activity, author: ben, text: 'And a ramp.', givenOn: today() });
    expect((await involvement()).due).toEqual([
      { kind: 'unread', about: activity, dueOn: today(), overdue: false },
      { kind: 'late-entry', about: words.late, dueOn: '2026-04-23', overdue: false },
    ]);
    await club.did('facilitator', 'triage-contribution', { contribution: words.late, kind: 'view' });
    expect((await involvement()).due.map(({ kind }) => kind)).toEqual(['late-entry']);
    // It stands with its day in the work of whoever answers it.
    await eventually(async () => {
      const { items } = (await here.as('facilitator').get<{ items: { kind: string; agreement: string; dueOn: string | null }[] }>('/api/v1/work?limit=100')).body;
      return items.some(({ kind, agreement, dueOn }) => kind === 'unplaced' && agreement === club.id && dueOn === '2026-04-23') || undefined;
    }, 20_000);
    await club.did('decision-maker', 'note-late-entries', { contributions: [words.late] });
    await club.did('facilitator', 'answer-contribution', { contribution: words.late, author: ben, response: { outcome: 'out-of-scope', reasons: 'The ramp is the landlord’s.' } });
    expect((await involvement()).due).toEqual([]);
  });

  test('people choose who sees what they said', async () => {
    const mine = async (role: string) => (await said(role)).map(({ contribution }) => contribution);
    expect(await mine('commissioner')).toEqual([words.sundays, words.transport, words.food, words.late]);
    expect(await mine('auditor')).toEqual([]);
    await club.did('representative', 'choose-who-sees', { contribution: words.food, author: cat, seenBy: 'organisation' });
    expect(await said('auditor')).toMatchObject([{ contribution: words.food, text: 'Hot food, please.' }]);
    expect(Object.keys(await club.refused('representative', 'choose-who-sees', { contribution: words.food, author: ben, seenBy: 'public' }))).toEqual(['contribution.unknown']);
    // Nothing ties an account that takes part to one pseudonym: it opens nobody's words.
    for (const other of ['facilitator', 'participant']) expect(Object.keys(await club.refused(other, 'choose-who-sees', { contribution: words.food, author: cat, seenBy: 'public' }))).toEqual(['who-sees.not-their-word']);
    // On the page it follows from what was said who said it, and nobody is asked for it.
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'representative');
    const choosing = `/agreements/${club.id}/do/choose-who-sees`;
    const form = await visitor.get(choosing);
    expect([faultsOf(form), form.html.includes('Who may read it'), form.html.includes('Who said it')]).toEqual([[], true, false]);
    const nothing = await visitor.post(choosing, { author: '', seenBy: 'provider', act: 'preview' });
    expect([nothing.status, faultsOf(nothing), nothing.html.includes('What was said: choose one'), nothing.html.includes('Who said it')]).toEqual([422, [], true, false]);
    const sent = await visitor.post(choosing, { author: ben, contribution: words.food, seenBy: 'provider', act: 'confirm', key: newId(), version: '1' });
    expect([sent.status, (await said('auditor')).map(({ contribution }) => contribution)]).toEqual([303, [words.food]]);
    await club.did('representative', 'choose-who-sees', { contribution: words.food, author: cat, seenBy: 'organisation' });
    // Whoever reads page by page cannot count what is not theirs to read.
    const first = await here.as('auditor').get<{ items: object[] }>(`/api/v1/agreements/${club.id}/contributions?limit=1`);
    const next = /<([^>]+)>/.exec(first.headers.get('link') ?? '')![1]!;
    const rest = await here.as('auditor').get<{ items: object[] }>(next);
    expect([first.body.items, rest.body.items, rest.headers.get('link')]).toEqual([[expect.objectContaining({ contribution: words.food })], [], null]);
  });

  test('what staff enter from paper is read by more than those who answer once it is on record how its author confirmed it', async () => {
    const paper = newId();
    const shown = async (role: string) => (await here.as(role).get<{ items: { contribution: string; seenBy: string }[] }>(`/api/v1/agreements/${club.id}/contributions`)).body.items.find(({ contribution }) => contribution === paper)?.seenBy;
    const read = async () => [await shown('facilitator'), await shown('auditor')];
    await club.did('facilitator', 'record-contribution', { contribution: paper, activity, author: ben, text: 'A bench in the sun.', givenOn: today(), seenBy: 'organisation' });
    expect(await read()).toEqual(['those-who-answer', undefined]);
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'facilitator');
    const page = await visitor.get(`/agreements/${club.id}/involvement`);
    expect([faultsOf(page), page.html.includes('and by everyone in the organisation once it is on record how they confirmed')]).toEqual([[], true]);
    await club.did('facilitator', 'record-proxy-entry', { entry: paper, onBehalfOf: ben, confirmed: 'signed', on: today() });
    expect(await read()).toEqual(['organisation', 'organisation']);
    await club.did('facilitator', 'answer-contribution', { contribution: paper, author: ben, response: { outcome: 'not-adopted', reasons: 'There is one.' } });
    // What ben is told alone is read by whoever reads what ben said, and by nobody else.
    for (const role of ['facilitator', 'auditor']) expect(await answered(role, paper)).toEqual({ outcome: 'not-adopted', until: null, reasons: 'There is one.', changed: null });
    expect([await answered('facilitator', words.late), await answered('auditor', words.late)]).toEqual([{ outcome: 'out-of-scope', until: null, reasons: 'The ramp is the landlord’s.', changed: null }, undefined]);
    await visitor.signIn(here, 'facilitator');
    const [all, some] = [(await visitor.get(`/agreements/${club.id}/involvement`)).html, await asRead('auditor')];
    expect([all.includes('The ramp is the landlord’s.'), some.includes('The ramp is the landlord’s.'), some.includes('There is one.')]).toEqual([true, false, true]);
  });

  test('a safeguarding concern leaves the ledger: once it is passed on nobody can read it here, and only the day stays', async () => {
    const sent = () =>
      here.as('representative').command<{ repeated: boolean }>(club.id, 'record-contribution', { contribution: words.concern, activity, author: cat, text: 'Somebody is afraid at home.', givenOn: today(), kind: 'safeguarding-concern' }, { headers: { 'idempotency-key': words.concern } });
    expect(succeeded('entered', await sent()).body.repeated).toBe(false);
    expect(await concerns()).toMatchObject([{ kind: 'safeguarding-concern', text: 'Somebody is afraid at home.', passedOn: null }]);
    expect((await said('commissioner')).map(({ contribution }) => contribution)).not.toContain(words.concern);
    expect((await involvement()).due).toEqual([{ kind: 'concern', about: words.concern, dueOn: today(), overdue: false }]);
    await club.did('facilitator', 'pass-on-concern', { concern: words.concern });
    expect(await concerns()).toEqual([{ concern: words.concern, kind: 'safeguarding-concern', raisedOn: today(), passedOn: today(), text: null }]);
    const reader = new Client({ connectionString: here.fresh!.superuserUrl });
    await reader.connect();
    const keyIsGone = async () => {
      const { rows } = await reader.query<{ gone: boolean }>('SELECT sealed_key IS NULL AS gone FROM access.vault_key WHERE subject = $1', [words.concern]);
      return rows[0]?.gone === true || undefined;
    };
    await eventually(keyIsGone, 20_000).finally(() => reader.end());
    // Whoever lost the reply and sends it again hears what was recorded, though the words can be sealed no more.
    expect(succeeded('entered again', await sent()).body.repeated).toBe(true);
  });

  test('what is seen for a concern late is read until a second person passes it on; then its words and what was answered to it are gone for good, and nothing else that its author said', async () => {
    const concern = newId();
    const text = 'My neighbour has eaten nothing for days.';
    await club.did('representative', 'record-contribution', { contribution: concern, activity, author: cat, text, givenOn: today() });
    const tenant = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
    const [agreements, vault] = [here.app.get(Agreements, { strict: false }), here.app.get(Vault, { strict: false })];
    const [{ data }] = (await agreements.said(tenant, club.id, (contribution) => contribution === concern, 0, 1)) as [Awaited<ReturnType<typeof agreements.said>>[number]];
    await club.did('facilitator', 'answer-contribution', { contribution: concern, author: cat, response: { outcome: 'out-of-scope', reasons: 'We look in on your neighbour.' } });
    const answer = async () => (await here.app.get(AnswersAlone, { strict: false }).of(tenant, club.id, new Set([concern]))).get(concern)?.reasons;
    expect(await answer()).toBe('We look in on your neighbour.');
    await club.did('facilitator', 'triage-contribution', { contribution: concern, kind: 'safeguarding-concern' });
    expect((await concerns()).find((one) => one.concern === concern)).toMatchObject({ text });
    const recorded = async (role: string) => {
      const { items } = (await here.as(role).get<{ items: { data: object }[] }>(`/api/v1/agreements/${club.id}/history?limit=200`)).body;
      return items.map((one) => JSON.stringify(one.data)).find((one) => one.includes(concern));
    };
    // Whose word it was stands in the history for those alone who pass it on.
    expect([await recorded('facilitator'), await recorded('approver:finance')].map((one) => one?.includes(cat))).toEqual([true, false]);
    expect(Object.keys(await club.refused('facilitator', 'pass-on-concern', { concern }))).toEqual(['second.same-person']);
    await club.did('commissioner', 'pass-on-concern', { concern });
    const areGone = async () => {
      // Nobody goes on reading with a copy of the key for longer.
      clock.advance(5_000);
      return ((await vault.unseal(tenant, data.text)) === undefined && (await answer()) === null) || undefined;
    };
    await eventually(areGone, 20_000);
    expect((await said('commissioner')).find(({ contribution }) => contribution === words.food)?.text).toBe('Hot food, please.');
  });

  test('a second person who reads it and finds that it is none puts it back, with its words, and it is owed an answer again', async () => {
    const view = newId();
    await club.did('representative', 'record-contribution', { contribution: view, activity, author: cat, text: 'You are closing the only day centre.', givenOn: today() });
    const isSaid = async () => (await said('commissioner')).find(({ contribution }) => contribution === view)?.text;
    await club.did('facilitator', 'triage-contribution', { contribution: view, kind: 'safeguarding-concern' });
    expect(await isSaid()).toBeUndefined();
    // Nobody passes on or sorts what they do not read: the words stand on each form, and beside what is to be confirmed.
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    const shows = async (form: string) => (await visitor.get(`/agreements/${club.id}/do/${form}?about=${view}`)).html.includes('You are closing the only day centre.');
    expect([await shows('pass-on-concern'), await shows('triage-contribution'), await shows('put-in-theme')]).toEqual([true, true, false]);
    const preview = await visitor.post(`/agreements/${club.id}/do/triage-contribution`, { contribution: view, kind: 'view', act: 'preview', key: newId(), version: '1' });
    expect([preview.status, faultsOf(preview), preview.html.includes('Check what will happen'), preview.html.includes('You are closing the only day centre.')]).toEqual([200, [], true, true]);
    await club.did('commissioner', 'triage-contribution', { contribution: view, kind: 'view' });
    expect([await shows('pass-on-concern'), await shows('put-in-theme')]).toEqual([false, true]);
    expect([await isSaid(), (await concerns()).some((one) => one.concern === view)]).toEqual(['You are closing the only day centre.', false]);
    await club.did('representative', 'ask-for-own-answer', { contribution: view, author: cat });
    await club.did('facilitator', 'answer-contribution', { contribution: view, author: cat, response: { outcome: 'not-adopted', reasons: 'It stays open.' } });
  });

  test('an allegation about staff is passed on by two people', async () => {
    const allegation = newId();
    await club.did('participant', 'record-contribution', { contribution: allegation, activity, author: cat, text: 'The facilitator hits people.', givenOn: today(), kind: 'allegation-about-staff' });
    expect(Object.keys(await club.refused('facilitator', 'pass-on-concern', { concern: allegation }))).toEqual(['second.same-person']);
    await club.did('commissioner', 'triage-contribution', { contribution: allegation, kind: 'allegation-about-staff' });
    await club.did('facilitator', 'pass-on-concern', { concern: allegation });
  });

  test('nobody but who passes it on learns whose word was seen for a concern late: not by the feed, the history, or the agreement as it stood before', async () => {
    const [concern, dan] = [newId(), newId()];
    await club.did('representative', 'record-contribution', { contribution: concern, activity, author: dan, text: 'I have bruises.', givenOn: today() });
    await club.did('facilitator', 'record-proxy-entry', { entry: concern, onBehalfOf: dan, confirmed: 'read-back', on: today() });
    const before = clock.now().toISOString();
    clock.advance(60_000);
    await club.did('facilitator', 'triage-contribution', { contribution: concern, kind: 'safeguarding-concern' });
    const waiting = clock.now().toISOString();
    const readers = ['commissioner', 'approver:finance', 'auditor'];
    const asItStands = async (role: string, query = '') => succeeded('agreement', await here.as(role).get(`/api/v1/agreements/${club.id}${query}`)).text;
    const whileItWaits = await Promise.all(readers.map((role) => asItStands(role)));
    clock.advance(60_000);
    await club.did('commissioner', 'pass-on-concern', { concern });
    const afterwards = await Promise.all(readers.map((role) => asItStands(role, `?asAt=${waiting}`)));
    expect([...whileItWaits, ...afterwards].map((text) => [text.includes(concern), text.includes(dan)])).toEqual(Array(6).fill([true, false]));
    const feed = async (role: string) => {
      const pages: string[] = [];
      for (let after = 0; ; ) {
        const { text, body: { items, next } } = succeeded('feed', await here.as(role).get<{ items: object[]; next: number }>(`/api/v1/events?limit=200&after=${after}`));
        if (items.length === 0) return pages.join('\n');
        pages.push(text);
        after = next;
      }
    };
    const history = async (role: string) => succeeded('history', await here.as(role).get(`/api/v1/agreements/${club.id}/history?limit=200`)).text;
    const asItStood = async (role: string) => succeeded('agreement', await here.as(role).get(`/api/v1/agreements/${club.id}?asAt=${before}`)).text;
    for (const read of [feed, history, asItStood]) {
      const told = await Promise.all(readers.map(read));
      expect([read.name, ...told.map((text) => text.includes(dan))]).toEqual([read.name, true, false, false]);
    }
    // That it happened is told as before.
    expect((await feed('auditor')).split(concern).length).toBe((await feed('commissioner')).split(concern).length);
    const typist = here.person('representative').person;
    const raised = (await here.as('approver:finance').get<{ items: { data: object; meta: { actor: string } }[] }>(`/api/v1/agreements/${club.id}/history?limit=200`)).body.items.filter(({ data }) => JSON.stringify(data).includes(concern));
    expect(raised.map(({ meta: { actor } }) => actor)).not.toContain(typist);
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'approver:finance');
    expect((await visitor.get(`/agreements/${club.id}/history`)).html).toContain('Who is not said, for it is a concern');
  });

  test('a commitment is named once it is overdue, and kept late', async () => {
    const commitment = newId();
    await club.did('commissioner', 'make-commitment', { commitment, what: 'We will write to everyone who came.', by: '2026-03-27', theme: food });
    clock.set('2026-03-30T09:00:00Z');
    expect((await involvement()).due).toEqual([{ kind: 'commitment', about: commitment, dueOn: '2026-03-27', overdue: true }]);
    await club.did('commissioner', 'keep-commitment', { commitment, how: 'The letters went out today.' });
    expect((await involvement()).commitments).toMatchObject([{ commitment, stands: 'kept-late' }]);
  });

  test('the author is told when what was adopted is undone later, and in the agreement that carries it on', async () => {
    await club.did('commissioner', 'reverse-answer', { theme: food, reasons: 'The cook left.' });
    expect((await involvement()).due).toMatchObject([{ kind: 'reversal-notice', about: food, overdue: false }]);
    await club.did('facilitator', 'tell-of-reversal', { theme: food, participants: [cat], outcome: 'delivered' });
    expect((await involvement()).due).toEqual([]);

    // What one of them was answered alone is undone and told like what a theme was.
    const own = newId();
    await club.did('representative', 'record-contribution', { contribution: own, activity, author: cat, text: 'And a second chair.', givenOn: today() });
    await club.did('facilitator', 'answer-contribution', { contribution: own, author: cat, response: { outcome: 'adopted', reasons: 'They are cheap.', changed: 'Two chairs at each table.' } });
    await club.did('commissioner', 'reverse-answer', { theme: own, reasons: 'The chairs were stolen.' });
    expect((await involvement()).due).toMatchObject([{ kind: 'reversal-notice', about: own }]);
    await club.did('facilitator', 'tell-of-reversal', { theme: own, participants: [cat], outcome: 'delivered' });
    expect((await involvement()).due).toEqual([]);

    const renewal = await Journey.opened(here, { title: 'Lunch club, the second year', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
    expect(Object.keys(await renewal.refused('commissioner', 'carry-on', { from: club.id }))).toEqual(['carry-on.not-linked']);
    await renewal.did('commissioner', 'link-agreement', { to: club.id, as: 'renews' });
    await renewal.did('commissioner', 'carry-on', { from: club.id });
    await renewal.did('commissioner', 'reverse-answer', { theme: transport, reasons: 'The minibus was sold.' });
    expect((await involvement(renewal)).due).toMatchObject([{ kind: 'reversal-notice', about: transport }]);
    expect(Object.keys(await renewal.refused('facilitator', 'tell-of-reversal', { theme: transport, participants: [ada], outcome: 'delivered' }))).toEqual(['reversal.not-their-word']);
    await renewal.did('facilitator', 'tell-of-reversal', { theme: transport, participants: [ben], outcome: 'delivered' });
    expect((await involvement(renewal)).due).toEqual([]);
  });

  test('effort without result is told by cause, with the contributors’ own view first', async () => {
    await club.did('representative', 'record-whether-heard', { activity, participant: ada, heard: 'no', askedBefore: false });
    await club.did('representative', 'record-whether-heard', { activity, participant: ben, heard: 'yes', askedBefore: false });
    await club.did('facilitator', 'record-whether-heard', { activity, participant: cat, heard: 'yes', askedBefore: false });
    expect((await involvement()).effort).toMatchObject({
      inTheirView: { asked: 2, heard: 1, notHeard: 1, unconfirmed: { heard: 1, partly: 0, notHeard: 0 } },
      // What the renewal undid counts here, where people gave it.
      without: { people: 3, hours: 4 },
      byCause: { reversed: { people: 2, hours: 2 }, 'not-heard': { people: 1, hours: 2 } },
    });
  });

  test('the page of the involvement says all of it in words', async () => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    const page = await visitor.get(`/agreements/${club.id}/involvement`);
    expect(faultsOf(page)).toEqual([]);
    for (const text of [
      'In their own view: 1 of 2 people who said so was heard, 0 partly, 1 not.',
      'Entered by staff for 1 person, who did not confirm it yet: 1 heard, 0 partly, 0 not.',
      'Answered; contributor not satisfied',
      'Kept late',
      'A safeguarding concern: passed on 24 March 2026',
      'Everyone whose word it was knows.', 'The chairs were stolen.',
      'The hall is let to a church on Sundays',
      'Nothing is owed to people.',
    ]) expect(page.html).toContain(text);
    expect(page.html).not.toContain('Somebody is afraid at home.');
  });

  test('whoever asks to be erased is: what they said can be read nowhere, and that somebody said it stays', async () => {
    const of = async () => (await said('commissioner')).map(({ contribution, author, text }) => [contribution, author, text !== null]);
    const before = await of();
    expect(before).toContainEqual([words.food, cat, true]);
    const offer = newId();
    await club.did('facilitator', 'record-benefits-advice', { participant: cat, on: today(), source: 'Citizens Advice', taken: true });
    await club.did('facilitator', 'offer-payment', { offer, activity, participant: cat, amount: { amount: '20.00', currency: 'GBP' } });
    await club.did('representative', 'answer-payment-offer', { offer, participant: cat, answer: { is: 'to-a-charity', charity: 'The food bank' } });
    const charity = async () => succeeded('words', await here.as('facilitator').get<{ items: { about: string; text: string | null }[] }>(`/api/v1/agreements/${club.id}/words`)).body.items.find(({ about }) => about === offer)?.text;
    expect(await charity()).toBe('The food bank');
    const toldAlone = async (role: string) => {
      const read = await asRead(role);
      return ['They are cheap.', 'Two chairs at each table.'].filter((told) => read.includes(told));
    };
    expect([await toldAlone('facilitator'), await toldAlone('auditor')]).toEqual([['They are cheap.', 'Two chairs at each table.'], []]);
    expect(Object.keys(await club.refused('administrator', 'erase-participant', { participant: cat, wishedOn: '2999-01-01' }))).toEqual(['erasure.not-yet']);
    await club.did('representative', 'ask-for-own-answer', { contribution: words.food, author: cat });
    await club.did('administrator', 'erase-participant', { participant: cat, wishedOn: today() });
    // A process reads with the copy of a key for five seconds at most.
    await eventually(async () => {
      clock.advance(5_000);
      return (await said('commissioner')).find(({ contribution }) => contribution === words.food)!.text === null ? true : undefined;
    }, 20_000);
    expect(await charity()).toBeNull();
    for (const role of ['facilitator', 'administrator', 'auditor']) expect([role, await toldAlone(role)]).toEqual([role, []]);
    // What they still wait for is settled, and no word of it is kept.
    await club.did('facilitator', 'answer-contribution', { contribution: words.food, author: cat, response: { outcome: 'deferred', reasons: 'Next year.', until: addDays(today(), 90) } });
    expect(await answered('facilitator', words.food)).toEqual({ outcome: 'deferred', until: addDays(today(), 90), reasons: null, changed: null });
    expect(await of()).toEqual(before.map(([contribution, author, readable]) => [contribution, author, readable === true && author !== cat]));
    expect(Object.keys(await club.refused('representative', 'record-contribution', { contribution: newId(), activity, author: cat, text: 'And soup.', givenOn: today() }))).toEqual(['participant.erased']);
    expect(Object.keys(await club.refused('representative', 'choose-ask-budget', { participant: cat, asksPerYear: 2 }))).toEqual(['participant.erased']);
    expect(Object.keys(await club.refused('facilitator', 'tell-what-came-of-it', { participants: [cat], outcome: 'delivered' }))).toEqual(['participant.erased']);
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'commissioner');
    const { html } = await visitor.get(`/agreements/${club.id}/involvement`);
    expect(html).toContain('The words were erased.');
    expect(html).toContain('Gives it to a charity');
    expect(html).toContain('They can no longer be told: erased at their wish.');
    expect((await visitor.get(`/agreements/${club.id}/do/tell-what-came-of-it`)).html).toContain(`erson ${cat.slice(-4)} (erased at their wish)`);
  });

  test('a gate asks of nobody who was erased that they are offered payment: its list says so, and so does whoever asks it to open', async () => {
    const tender = await Journey.takenOver(here, {
      title: 'Meals', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '900000.00', currency: 'GBP' }, stage: 'sourcing', from: { source: 'Contract register', reference: 'E-1' }, facts: {},
    });
    const [evening, dora, eve] = [newId(), newId(), newId()];
    await tender.did('facilitator', 'plan-activity', { activity: evening, stage: 'sourcing', title: 'An evening', groups: ['residents'], right: 'advise', ledBy: 'staff', closesOn: today() });
    await tender.did('facilitator', 'record-attendance', { activity: evening, participants: [dora, eve], on: today() });
    const asked = async () => {
      const { checklist } = (await here.as('commissioner').get<{ checklist: { code: string; missing: { what: string }[] }[] }>(`/api/v1/agreements/${tender.id}/gate`)).body;
      return [checklist.find(({ code }) => code === 'involvement.payment-offered')?.missing.map(({ what }) => what), (await tender.gateRefused())['involvement.payment-offered']];
    };
    const offers = (...people: readonly string[]) => people.map((one) => `an offer of payment to ${one} for ${evening}`);
    expect(await asked()).toEqual([offers(dora, eve), offers(dora, eve)]);
    await tender.did('administrator', 'erase-participant', { participant: dora, wishedOn: today() });
    expect(await asked()).toEqual([offers(eve), offers(eve)]);
  });

  test('whoever erased somebody on the pages is told that it is done', async () => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, 'administrator');
    const [year, month, day] = today().split('-') as [string, string, string];
    const sent = await visitor.post(`/agreements/${club.id}/do/erase-participant`, { act: 'confirm', key: newId(), participant: ben, 'wishedOn.day': day, 'wishedOn.month': month, 'wishedOn.year': year });
    const leads = sent.headers.get('location')!;
    expect(leads).toMatch(/\/involvement\?at=\d+&done=erase-participant$/);
    expect((await visitor.get(leads)).html).toMatch(/id="happened">Done<[^]*Erase somebody/);
  });
});
