import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Cast } from './cast.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, type Page, Visitor } from './visitor.js';

// The claim "from engagement to co-production": Say and Do over time by stage, place and portfolio, and "stuck" agreements
// are one query. Beside it: what people of the same place and theme were asked before, and who is asked elsewhere too.

const clock = new FixedClock('2026-01-12T09:00:00Z');
const group = 'older people who live alone';
const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const residents = Array.from({ length: 4 }, newId);
interface Row { readonly name: string | null; readonly quarter: string; readonly stages: number; readonly say: number[]; readonly do: number[]; readonly planned: number; readonly asPlanned: number }

let here: TestInstallation;
let tenant: string;
let [short, met, later]: Journey[] = [];
beforeAll(async () => {
  here = await openInstallation({ clock });
  tenant = (await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id;
  short = await begun('Lunch in the north', ' the North');
  met = await begun('Supper in the north', 'The north');
  later = await begun('Breakfast in the north', 'the north');
}, 60_000);
afterAll(() => here.close());

async function begun(title: string, place: string): Promise<Journey> {
  const journey = await Journey.opened(here, { title, kind: 'grant', pathway: { id: 'grant' }, route: { id: 'grant' }, raises: [], value: gbp('9000.00') });
  await journey.facts({ place, theme: 'Meals', 'people-concerned': 12, 'affected-groups': [group], description: 'Eaten together', 'safeguarding-screen': { reference: 'DMS/1', title: 'Screen' } });
  await journey.declaredNoConflict('commissioner');
  return journey;
}

const plan = (stage: string) => ({ stage, mode: 'co-commissioning', say: 2, do: 0, groups: [group], method: 'An evening', people: 3, resources: { is: 'budget', amount: gbp('50.00') }, accessCosts: { is: 'budget', amount: gbp('20.00') } });
const planned = (journey: Journey, stage: string) => journey.did('commissioner', 'plan-involvement', plan(stage));

/** People come, and one of them says something that is answered: they were consulted. */
async function heard(journey: Journey, stage: string, people: readonly string[], on: string): Promise<void> {
  const [activity, contribution, theme] = [newId(), newId(), newId()];
  await journey.did('facilitator', 'plan-activity', { activity, stage, title: `An evening about ${stage}`, groups: [group], right: 'consult', ledBy: 'staff', closesOn: on });
  await journey.did('facilitator', 'record-attendance', { activity, participants: people, on });
  await journey.did('facilitator', 'record-contribution', { contribution, activity, author: people[0], text: 'Sundays are the loneliest.', givenOn: on });
  await journey.did('facilitator', 'create-theme', { theme, title: 'Sundays' });
  await journey.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
  await journey.did('facilitator', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'The hall is free.', changed: 'It is on Sundays.' } });
}

const text = ({ html }: Page) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const overTime = async (by: string, role = 'commissioner') => (await here.as(role).get<{ items: Row[] }>(`/api/v1/involvement/over-time?by=${by}`)).body.items;
const stuck = async (role = 'commissioner') => (await here.as(role).get<{ items: { agreement: string; reason: string; stage: string }[] }>('/api/v1/involvement/stuck')).body.items.map(({ agreement, reason }) => [agreement, reason]);

/** Somebody was asked to come, and the plan is lowered to what came of it. */
async function loweredOnceAsked(journey: Journey, stage: string): Promise<void> {
  const activity = newId();
  const lower = { ...plan(stage), say: 0, people: 1 };
  await journey.did('facilitator', 'plan-activity', { activity, stage, title: 'An evening that nobody came to', groups: [group], right: 'consult', ledBy: 'staff', closesOn: '2026-01-12' });
  await journey.did('facilitator', 'invite-participant', { invitation: newId(), activity, participant: newId(), answerBy: '2026-01-12' });
  expect(await journey.refused('commissioner', 'plan-involvement', lower)).toEqual({ 'involvement.lowered': ['why'] });
  await journey.did('commissioner', 'plan-involvement', { ...lower, why: 'Nobody came.' });
  const { body } = await here.as('commissioner').get<{ stages: { stage: string; planned: object; lowered: object }[] }>(`/api/v1/agreements/${journey.id}/involvement`);
  expect(body.stages.find((one) => one.stage === stage)).toMatchObject({ planned: { say: 0, people: 1 }, lowered: { say: 2, people: 3, why: 'Nobody came.', on: '2026-01-12' } });
}

test('two stages running in which people had less than was planned is stuck, whatever was planned once they were asked, and so is six months in one stage', async () => {
  for (const stage of ['mandate', 'offer']) {
    for (const journey of [short!, met!]) await planned(journey, stage);
    await loweredOnceAsked(short!, stage);
    await heard(met!, stage, residents.slice(0, 3), '2026-01-12');
    for (const journey of [short!, met!]) await journey.throughGate();
    await here.app.get(Consumers).runAll(tenant);
    expect(await stuck()).toEqual(stage === 'mandate' ? [] : [[short!.id, 'short-of-plan']]);
  }
});

// Two more stand in their first stage since the seed, and say no place and no theme.
test('Say and Do are told by stage, place and portfolio, each stage in the quarter it was left in', async () => {
  const [mandate, offer] = ['mandate', 'offer'].map((stage) => ({ name: stage, quarter: '2026-Q1', stages: 2, planned: 2, asPlanned: 1, say: [1, 0, 1, 0, 0], do: [2, 0, 0, 0] }));
  const byStage = await overTime('stage');
  expect(byStage.find(({ name, quarter }) => name === 'mandate' && quarter === '2026-Q1')).toMatchObject(mandate!);
  expect(byStage.find(({ name }) => name === 'offer')).toMatchObject(offer!);
  expect(byStage.filter(({ quarter }) => quarter === 'now').map(({ name, stages }) => [name, stages])).toEqual([['mandate', 3], ['panel', 2]]);
  // Places and themes are as people write them, and the same however they are spelled.
  expect((await overTime('place')).filter(({ name }) => name !== null).map(({ quarter, stages }) => [quarter, stages])).toEqual([['2026-Q1', 4], ['now', 3]]);
  expect((await overTime('portfolio')).map(({ name }) => name)).toEqual(['Meals', 'Meals', null]);
  expect(await overTime('all', 'provider-admin')).toEqual([]);
  expect(await stuck('provider-admin')).toEqual([]);
});

test('what people of the same place and theme were asked within 24 months is a warning before they are asked again', async () => {
  const asked = (journey: Journey) => here.as('facilitator').get<{ items: { agreement: string; people: number; sameGroups: string[] }[] }>(`/api/v1/agreements/${journey.id}/asked-before`);
  expect((await asked(later!)).body.items).toMatchObject([{ agreement: met!.id, people: 3, sameGroups: [group] }, { agreement: met!.id, people: 3 }]);
  expect((await asked(met!)).body.items).toEqual([]);
  await heard(later!, 'mandate', residents.slice(2), '2026-01-12');
  await here.app.get(Consumers).runAll(tenant);
  const { body } = await here.as('facilitator').get<{ reach: object }>(`/api/v1/agreements/${later!.id}/involvement`);
  expect(body.reach).toMatchObject({ affected: [group], heard: [group], people: 2, alsoElsewhere: 1 });
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'facilitator');
  const page = await visitor.get(`/agreements/${later!.id}/involvement`);
  expect(faultsOf(page)).toEqual([]);
  expect(text(page)).toContain('People of this place were asked about this theme before, within the last 24 months.');
  expect(text(page)).toMatch(/Supper in the north : 2 activities, the last An evening about (mandate|offer), 3 people, 12 January 2026/);
  expect(text(page)).toContain('The one group affected was heard. 2 people took part, 1 of whom also took part elsewhere this year.');
});

test('whoever is about to ask a person, or a group, is told before confirming that they were asked the same before, when, and what they gave', async () => {
  const [activity, invitation] = [newId(), newId()];
  const activityPlanned = { activity, stage: 'offer', title: 'One more evening', groups: [group], right: 'consult', ledBy: 'staff', closesOn: '2026-02-01' };
  const rehearsed = async (name: string, body: object) =>
    (await here.as('facilitator').post<{ warnings: object[] }>(`/api/v1/agreements/${later!.id}/commands/${name}?dryRun=true`, body)).body.warnings;
  // Of an agreement once, however many evenings it asked them to.
  expect(await rehearsed('plan-activity', activityPlanned)).toEqual([
    { code: 'asked-before', who: 'group', agreement: met!.id, title: 'Supper in the north', activityTitle: expect.stringMatching(/^An evening about (mandate|offer)$/), activities: 2, people: 3, lastOn: '2026-01-12', said: 2, hours: 0 },
  ]);
  expect(await rehearsed('plan-activity', { ...activityPlanned, groups: ['bus drivers'] })).toEqual([]);
  await later!.did('facilitator', 'plan-activity', activityPlanned);
  const invite = { invitation, activity, participant: residents[0]!, answerBy: '2026-01-30' };
  expect(await rehearsed('invite-participant', invite)).toEqual([
    { code: 'asked-before', who: 'person', agreement: met!.id, title: 'Supper in the north', activityTitle: null, activities: null, people: 1, lastOn: '2026-01-12', said: 2, hours: 0 },
  ]);
  expect(await rehearsed('invite-participant', { ...invite, participant: newId() })).toEqual([]);
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'facilitator');
  const preview = await visitor.post(`/agreements/${later!.id}/do/invite-participant`, { invitation, activity, participant: residents[0]!, 'answerBy.day': '30', 'answerBy.month': '1', 'answerBy.year': '2026', key: newId(), version: '1', act: 'preview' });
  expect([preview.status, faultsOf(preview)]).toEqual([200, []]);
  expect(text(preview)).toContain('They were asked about the same before.');
  expect(text(preview)).toContain('Supper in the north : this person, last on 12 January 2026: 2 things said');
  // It warns and does not refuse.
  await later!.did('facilitator', 'invite-participant', invite);
});

test('a page draws the ladder, says in a sentence how far it is, and gives the table as CSV', async () => {
  clock.set('2026-08-03T09:00:00Z');
  const cast = new Cast(here, tenant);
  await here.renewKeys((person) => cast.key(person, 'all'));
  const lowered = new Visitor(here.origin);
  await lowered.signIn(here, 'commissioner');
  expect(text(await lowered.get(`/agreements/${short!.id}/involvement`))).toContain('Lowered on 12 January 2026 from Say 2, Do 0, 3 people: Nobody came.');
  // The one that is both is told for what people had less of.
  expect(await stuck()).toEqual(expect.arrayContaining([[short!.id, 'short-of-plan'], [met!.id, 'standing-still'], [later!.id, 'standing-still']]));
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'commissioner');
  for (const by of ['all', 'stage', 'place', 'portfolio', 'nonsense']) {
    const page = await visitor.get(`/agreements/involvement?by=${by}`);
    expect([by, page.status, faultsOf(page)]).toEqual([by, 200, []]);
    expect(text(page)).toContain('In 0 of 9 stages people were engaged (Say 3 or more), and in 0 they did something themselves (Do 1 or more). 5 agreements are stuck.');
    expect(page.html).toContain('<svg class="concordat-rungs"');
  }
  const csv = await visitor.get('/agreements/involvement/export?by=stage');
  expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  expect(csv.html.split('\r\n')[1]).toBe('mandate,2026-Q1,2,1,0,1,0,0,2,0,0,0,2,1,0,0');
  const outside = new Visitor(here.origin);
  await outside.signIn(here, 'provider-admin');
  expect(text(await outside.get('/agreements/involvement'))).toContain('No agreement has entered a stage yet.');
});

test('a service that runs on its contract stands where it runs, and is stuck there only once its contract is over', async () => {
  const running = (endsOn: string) => Journey.takenOver(here, {
    title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '90000.00', currency: 'GBP' }, stage: 'delivery', from: { source: 'Contract register', reference: 'V-1' }, facts: { 'contract-period': { startsOn: '2026-01-01', endsOn } },
  });
  const [runs, over] = [await running('2027-12-31'), await running('2027-02-28')];
  clock.set('2027-03-01T09:00:00Z');
  const cast = new Cast(here, tenant);
  await here.renewKeys((person) => cast.key(person, 'all'));
  await here.app.get(Consumers).runAll(tenant);
  const standing = await stuck();
  expect([runs, over].map(({ id }) => standing.filter(([agreement]) => agreement === id))).toEqual([[], [[over.id, 'standing-still']]]);
});
