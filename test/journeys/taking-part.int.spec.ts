import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { Cast, type Player } from './cast.js';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// How people take part, over the API: what they are told before they are asked, whether it could change anything in their own view,
// answers that a second person checks, an answer of one's own, promises that are broken, and asks that no two agreements make at once.

const clock = new FixedClock('2026-06-01T10:00:00Z');
const on = '2026-06-01';
const group = 'older people who live alone';
const value = { amount: '9000.00', currency: 'GBP' };

interface Shown {
  readonly stages: readonly { readonly stage: string; readonly achieved: { readonly say: number; readonly confirmed: boolean; readonly missing: readonly { readonly what: string }[] } }[];
  readonly due: readonly { readonly kind: string; readonly about: string; readonly dueOn: string; readonly overdue: boolean }[];
  readonly commitments: readonly { readonly commitment: string; readonly stands: string }[];
}

let here: TestInstallation;
let club: Journey;
const [activity, theme] = [newId(), newId()];
const residents = Array.from({ length: 3 }, newId);
const words = residents.map(() => newId());
beforeAll(async () => {
  here = await openInstallation({ clock });
  club = await Journey.opened(here, { title: 'Lunch club', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
  await club.facts({ 'affected-groups': [group], 'people-concerned': 12 });
  await club.did('facilitator', 'plan-activity', { activity, stage: 'mandate', title: 'An evening', groups: [group], right: 'advise', ledBy: 'together', closesOn: on });
}, 60_000);
afterAll(() => here.close());

const involvement = async () => succeeded('involvement', await here.as('commissioner').get<Shown>(`/api/v1/agreements/${club.id}/involvement`)).body;
const mandate = async () => (await involvement()).stages.find(({ stage }) => stage === 'mandate')!.achieved;
const checked = async () => {
  const { body } = await here.as('commissioner').get<{ contributions: { contributions: { id: string; checked: string }[] } }>(`/api/v1/agreements/${club.id}`);
  return body.contributions.contributions.map((said) => said.checked);
};
const pageText = async (role = 'commissioner') => {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role);
  const page = await visitor.get(`/agreements/${club.id}/involvement`);
  expect(faultsOf(page)).toEqual([]);
  return page.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
};

test('what people are told has versions: a later one says what changed, and it is on record who has which', async () => {
  const pack = newId();
  const issued = { pack, activity, title: 'What the club may become', document: documentCalled('Pack'), forms: ['easy-read'], changed: '' };
  await club.did('facilitator', 'issue-information', issued);
  await club.did('facilitator', 'record-attendance', { activity, participants: residents, on });
  await club.did('facilitator', 'record-information-given', { pack, version: 1, participants: residents, on });
  const second = { ...issued, document: documentCalled('Second pack') };
  expect(Object.keys(await club.refused('facilitator', 'issue-information', second))).toEqual(['information.without-what-changed']);
  await club.did('facilitator', 'issue-information', { ...second, changed: 'The price of a lunch.' });
  await club.did('facilitator', 'record-information-given', { pack, version: 2, participants: residents.slice(0, 1), on });
  const { body } = await here.as('commissioner').get<{ information: object[] }>(`/api/v1/agreements/${club.id}`);
  expect(body.information).toMatchObject([
    { id: pack, versions: [{ changed: '' }, { changed: 'The price of a lunch.' }], givenTo: { [residents[0]!]: { version: 2, since: on }, [residents[1]!]: { version: 1 }, [residents[2]!]: { version: 1 } } },
  ]);
});

test('Say 3 stands unconfirmed, and is printed so, until most of those who answered say that what they said could change it', async () => {
  for (const [at, author] of residents.entries()) await club.did('representative', 'record-contribution', { contribution: words[at], activity, author, text: 'Sundays are the loneliest.', givenOn: on });
  await club.did('facilitator', 'create-theme', { theme, title: 'Sundays' });
  await club.did('facilitator', 'put-in-theme', { theme, contributions: words });
  await club.did('commissioner', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'The hall is free.', changed: 'Lunch is on Sundays.' } });
  expect(await mandate()).toMatchObject({ say: 3, confirmed: false, missing: expect.arrayContaining([expect.objectContaining({ what: '3 more to answer "Could what you said change it?"' })]) });
  expect(await pageText()).toContain('3 – engaged, unconfirmed');

  // Two of three say so themselves; what staff typed of the third counts once it is on record how they confirmed it.
  for (const participant of residents.slice(0, 2)) await club.did('representative', 'record-could-it-change', { activity, participant, answer: 'yes' });
  await club.did('facilitator', 'record-could-it-change', { activity, participant: residents[2], answer: 'no' });
  expect((await mandate()).confirmed).toBe(false);
  await club.did('facilitator', 'record-proxy-entry', { entry: activity, onBehalfOf: residents[2], confirmed: 'read-back', on });
  expect((await mandate()).confirmed).toBe(true);
  expect(await pageText()).toContain('3 – engaged, confirmed');
  await club.did('representative', 'record-could-it-change', { activity, participant: residents[1], answer: 'no' });
  expect(await mandate()).toMatchObject({ say: 3, confirmed: false });
});

test('of the answers one in ten is drawn for a second person, and whom it does not fit is answered themselves', async () => {
  expect((await checked()).toSorted()).toEqual(['due', 'not-drawn', 'not-drawn']);
  const drawn = words[(await checked()).indexOf('due')]!;
  expect(Object.keys(await club.refused('commissioner', 'check-answer', { contribution: drawn, finding: 'fits' }))).toEqual(['answer.own-work']);
  const other = words.find((one) => one !== drawn);
  expect(Object.keys(await club.refused('facilitator', 'check-answer', { contribution: other, finding: 'fits' }))).toEqual(['answer.not-drawn']);
  // Whoever checks has before them what was said and what was answered.
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'facilitator');
  const form = await visitor.get(`/agreements/${club.id}/do/check-answer`);
  expect([faultsOf(form), form.html.includes('“Sundays are the loneliest.” – “Sundays” was answered: adopted. The hall is free. Changed: Lunch is on Sundays.')]).toEqual([[], true]);
  await club.did('facilitator', 'check-answer', { contribution: drawn, finding: 'does-not-fit' });
  expect((await involvement()).due).toEqual([{ kind: 'own-answer', about: drawn, dueOn: '2026-06-29', overdue: false }]);
  await club.did('commissioner', 'answer-contribution', { contribution: drawn, author: residents[words.indexOf(drawn)], response: { outcome: 'not-adopted', reasons: 'Saturdays are let.' } });
  expect((await involvement()).due).toEqual([]);
});

test('anyone has an answer of their own who asks for it, within 20 working days', async () => {
  const said = (await here.as('commissioner').get<{ contributions: { contributions: { id: string; own: object | null }[] } }>(`/api/v1/agreements/${club.id}`)).body.contributions.contributions;
  const open = said.find(({ own }) => own === null)!;
  const whose = residents[words.indexOf(open.id)]!;
  expect(Object.keys(await club.refused('facilitator', 'answer-contribution', { contribution: open.id, author: whose, response: { outcome: 'deferred', reasons: 'Later.', until: '2026-12-01' } }))).toEqual(['answer.not-asked-for']);
  expect(Object.keys(await club.refused('participant', 'ask-for-own-answer', { contribution: open.id, author: residents.find((one) => one !== whose) }))).toEqual(['contribution.unknown']);
  await club.did('participant', 'ask-for-own-answer', { contribution: open.id, author: whose });
  expect((await involvement()).due).toEqual([{ kind: 'own-answer', about: open.id, dueOn: '2026-06-29', overdue: false }]);
  await club.did('facilitator', 'answer-contribution', { contribution: open.id, author: whose, response: { outcome: 'out-of-scope', reasons: 'The bus is the county’s.' } });
  expect((await involvement()).due).toEqual([]);
});

test('people who take part read what was asked, what others let everybody read and what was done with it, on pages as over the API', async () => {
  await club.did('representative', 'choose-who-sees', { contribution: words[0], author: residents[0], seenBy: 'public' });
  const [represents, takesPart] = await Promise.all(['representative', 'participant'].map(async (role) => {
    const visitor = new Visitor(here.origin);
    await visitor.signIn(here, role);
    const page = async (path: string) => {
      const read = await visitor.get(`/agreements/${club.id}${path}`);
      expect([path, read.status, faultsOf(read)]).toEqual([path, 200, []]);
      return read.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
    };
    const api = async <T>(path: string) => (await here.as(role).get<T>(`/api/v1/agreements/${club.id}${path}`)).body;
    return { page, api };
  }));
  for (const { page, api } of [represents!, takesPart!]) {
    expect(await api('')).toMatchObject({ tier: 'small', asked: { activities: [{ title: 'An evening', right: 'advise', closesOn: on, information: [{ version: 2, changed: 'The price of a lunch.' }] }] } });
    expect(await api('/contributions')).toMatchObject({ items: [{ contribution: words[0], author: null, text: 'Sundays are the loneliest.' }] });
    expect(await api('/you-said-we-did')).toMatchObject({ few: 1, commitments: [] });
    const [overview, involved, told] = [await page(''), await page('/people'), await page('/you-said-we-did')];
    expect([overview.includes('What can be done'), overview.includes('What the gate asks'), involved.includes('What the club may become, version 2'), involved.includes('“Sundays are the loneliest.”'), told.includes('1 more theme was raised')]).toEqual([true, false, true, true, true]);
  }
  // Whoever speaks for those who take part chooses them by their pseudonym; whoever speaks for nobody is shown none.
  const pseudonyms = residents.map((one) => `Person ${one.slice(-4)}`);
  const forms = async ({ page }: NonNullable<typeof represents>) => {
    const [rating, choosing] = [await page('/do/rate-answer'), await page('/do/choose-who-sees')];
    return [pseudonyms.filter((one) => rating.includes(one)).length, pseudonyms.filter((one) => choosing.toLowerCase().includes(one.toLowerCase())).length, choosing.includes('enters this for them')];
  };
  expect([await forms(represents!), await forms(takesPart!)]).toEqual([[3, 3, false], [0, 0, true]]);
});

test('people who take part read of an award once it is made, and not while it is proposed; whoever is of the house beside reads it', async () => {
  const garden = await Journey.opened(here, { title: 'Garden', kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
  const { items: [provider] } = (await here.as('commissioner').get<{ items: { id: string; name: string }[] }>('/api/v1/providers')).body;
  await garden.did('commissioner', 'invite-provider', { provider: provider!.id });
  await garden.did('commissioner', 'propose-award', { provider: provider!.id, value });
  const organisation = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
  const cast = new Cast(here, organisation);
  const [alone, beside] = [await cast.player({ role: 'participant' }), await cast.player({ role: 'participant' }, { role: 'facilitator' })];
  const read = async ({ api }: Player) => (await api.get(`/api/v1/agreements/${garden.id}`)).text;
  expect([await read(alone), await read(beside)].map((text) => [text.includes(provider!.id), text.includes('9000.00')])).toEqual([[false, false], [true, true]]);
  for (const path of ['risk', 'history', 'gate', 'delivery', 'value']) expect([path, (await alone.api.get(`/api/v1/agreements/${garden.id}/${path}`)).status, (await beside.api.get(`/api/v1/agreements/${garden.id}/${path}`)).status]).toEqual([path, 404, 200]);
  // A view waits for them where it is asked of people, and not where it is asked of who provides the service.
  const scores = Object.fromEntries(['co-produced', 'professional-only', 'not-acting'].map((way) => [way, { likelihood: 2, impact: 2 }]));
  const [ofCarers, ofProvider] = [newId(), newId()];
  await garden.did('risk-owner', 'raise-risk', { risk: newId(), title: 'Nobody waters in August', bearers: ['carers', 'provider'], owner: here.person('risk-owner').person, scores });
  await garden.did('risk-owner', 'seek-statement', { statement: ofCarers, group: 'carers', of: 'carer-led-body', form: 'spoken', advocacyOffered: true });
  await garden.did('risk-owner', 'seek-statement', { statement: ofProvider, group: 'provider', of: 'provider', form: 'plain-language', advocacyOffered: true });
  await here.app.get(Consumers).runAll(organisation);
  const { items: work } = (await alone.api.get<{ items: { kind: string; agreement: string; subject: string }[] }>('/api/v1/work')).body;
  expect(work.filter(({ kind, agreement }) => kind === 'statement' && agreement === garden.id).map(({ subject }) => subject)).toEqual([ofCarers]);
  expect([(await alone.api.get('/api/v1/contracts')).status, (await alone.api.get(`/api/v1/agreements/${garden.id}?asAt=${clock.now().toISOString()}`)).status]).toEqual([403, 404]);
});

test('a promise that is broken says why, for good, and whoever gave what it answered hears of it', async () => {
  const commitment = newId();
  await club.did('commissioner', 'make-commitment', { commitment, what: 'We will print the hours.', by: '2026-06-30', theme });
  expect((await here.as('commissioner').command(club.id, 'break-commitment', { commitment, reasons: ' ' })).status).toBe(400);
  await club.did('commissioner', 'break-commitment', { commitment, reasons: 'The printer closed.' });
  expect((await involvement()).commitments).toMatchObject([{ commitment, stands: 'broken' }]);
  expect(Object.keys(await club.refused('commissioner', 'keep-commitment', { commitment, how: 'Printed after all.' }))).toEqual(['already-so']);
  expect(await pageText()).toContain('The printer closed.');
  const notices = async () => (await involvement()).due.filter(({ kind }) => kind === 'reversal-notice').map(({ about }) => about);
  expect([await notices(), (await pageText()).includes('Not told yet that it was broken')]).toEqual([[theme], true]);
  await club.did('facilitator', 'tell-of-reversal', { theme, participants: residents, outcome: 'delivered' });
  expect([await notices(), (await pageText()).includes('Not told yet that it was broken')]).toEqual([[], false]);
});

test('of two agreements that ask one person at the same moment, one is refused where the budget holds one', async () => {
  const participant = residents[0]!;
  await club.did('facilitator', 'choose-ask-budget', { participant, asksPerYear: 1 });
  const asking = await Promise.all(
    ['Outings', 'Suppers', 'Walks'].map(async (title) => {
      const journey = await Journey.opened(here, { title, kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value });
      const held = newId();
      await journey.did('facilitator', 'plan-activity', { activity: held, stage: 'mandate', title, groups: [group], right: 'consult', ledBy: 'staff', closesOn: '2026-06-30' });
      return { journey, body: { invitation: newId(), activity: held, participant, answerBy: '2026-06-20' } };
    }),
  );
  const answers = await Promise.all(asking.map(({ journey, body }) => here.as('facilitator').command<{ errors?: { code: string }[] }>(journey.id, 'invite-participant', body)));
  expect(answers.map(({ status, body }) => [status, ...(body.errors ?? []).map(({ code }) => code)]).toSorted()).toEqual([[200], [422, 'ask-budget.exceeded'], [422, 'ask-budget.exceeded']]);
});
