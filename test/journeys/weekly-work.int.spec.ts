import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// What is done from week to week while a contract runs, by whoever manages it, its provider, those who use it and whoever decides: over the
// API, and read off their pages and the list of what waits for them.

const today = '2026-06-15';
const may = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const adults = 'adults who draw on home care';

interface Delivery {
  readonly kpis: readonly { readonly periods: readonly { readonly people: { readonly discussed: object | null } | null }[] }[];
  readonly obligations: readonly { readonly stands: string; readonly dueOn: string | null }[];
  readonly concerns: readonly { readonly answered: { readonly answer: string } | null }[];
  readonly actions: readonly { readonly what: string; readonly stands: string }[];
  readonly expiries: readonly { readonly stands: string }[];
  readonly offered: readonly { readonly variation: string; readonly what: string; readonly to: object; readonly version: string }[];
  readonly varied: readonly object[];
  readonly outcomes: readonly { readonly title: string; readonly answered: object | null }[];
  readonly staffTransfer: { readonly given: object | null } | null;
  readonly managed: { readonly agenda: readonly { readonly kind: string }[]; readonly meetings: readonly { readonly agenda: readonly { readonly kind: string }[] }[] } | null;
}

const clock = new FixedClock(`${today}T10:00:00Z`);
let here: TestInstallation;
let visits: Journey;
let provider: string;
let tenant: string;
/** Where those who use it were asked. */
const asked = newId();

beforeAll(async () => {
  here = await openInstallation({ clock });
  const { body } = await here.as('provider-operator').get<{ roles: { provider: string }[]; organisation: { id: string } }>('/api/v1/me');
  [provider, tenant] = [body.roles[0]!.provider, body.organisation.id];
  visits = await takenOver('Home visits', 'delivery');
  await visits.did('facilitator', 'plan-activity', { activity: asked, stage: 'delivery', title: 'Tea in the hall', groups: [adults], right: 'advise', ledBy: 'together', closesOn: today });
  await visits.did('facilitator', 'record-attendance', { activity: asked, participants: Array.from({ length: 12 }, newId), on: today });
}, 60_000);
afterAll(() => here.close());

async function takenOver(title: string, stage: string): Promise<Journey> {
  const journey = await Journey.takenOver(here, {
    title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value: { amount: '90000.00', currency: 'GBP' }, stage, provider,
    from: { source: 'Contract register', reference: title }, facts: { 'contract-period': { startsOn: '2025-07-01', endsOn: '2026-09-30' } },
  });
  await journey.facts({ 'affected-groups': [adults] });
  return journey;
}
const managed = (name: string, body: object) => visits.did('contract-manager', name, body);
const delivered = async (role = 'contract-manager', of = visits) => succeeded('delivery', await here.as(role).get<Delivery>(`/api/v1/agreements/${of.id}/delivery`)).body;

/** What waits for somebody in this agreement, by kind, with the day by which it is done in time. */
async function waits(role: string, of = visits): Promise<Readonly<Record<string, string | null>>> {
  await here.app.get(Consumers).runAll(tenant);
  const { items } = (await here.as(role).get<{ items: { kind: string; agreement: string; waitsFor: string; dueOn: string | null }[] }>('/api/v1/work?limit=100')).body;
  return Object.fromEntries(items.filter(({ agreement, waitsFor }) => agreement === of.id && waitsFor === 'you').map(({ kind, dueOn }) => [kind, dueOn]));
}

/** A page of the agreement as somebody reads it, and what is wrong with it. */
async function page(role: string, tail: string): Promise<string> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role);
  const shown = await visitor.get(`/agreements/${visits.id}${tail}`);
  expect([tail, shown.status, faultsOf(shown)]).toEqual([tail, 200, []]);
  return shown.html.replace(/^[^]*<main/, '').replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
}

test('what is owed waits for both sides, is overdue on the day after its day, and is seen to have been met late', async () => {
  const obligation = newId();
  await managed('agree-obligation', { obligation, what: 'A report on May', due: { is: 'once', on: '2026-06-12' }, evidence: 'The report' });
  expect([(await waits('contract-manager'))['obligation'], (await waits('provider-operator'))['own-obligation']]).toEqual(['2026-06-12', '2026-06-12']);
  expect((await delivered('provider-operator')).obligations).toMatchObject([{ stands: 'overdue', dueOn: '2026-06-12' }]);
  await visits.did('provider-operator', 'meet-obligation', { obligation, on: today, evidence: documentCalled('Report on May') });
  expect([(await waits('contract-manager'))['obligation'], (await waits('provider-operator'))['own-obligation']]).toEqual([undefined, undefined]);
  expect((await delivered()).obligations).toMatchObject([{ stands: 'met', dueOn: null }]);
  expect(await page('contract-manager', '/delivery')).toContain('Last met on 15 June 2026, 3 days late: Report on May');
});

test('what a provider is concerned about waits for an answer, which it reads', async () => {
  const concern = newId();
  await visits.did('provider-operator', 'raise-provider-concern', { concern, provider, about: 'Travel between visits is not paid.', raisedOn: today });
  expect(Object.keys(await waits('contract-manager'))).toContain('provider-concern');
  expect(Object.keys(await visits.refused('provider-operator', 'answer-provider-concern', { concern, answer: 'It is.', on: today }))).toEqual(['right.missing']);
  await managed('answer-provider-concern', { concern, answer: 'It is from June on.', on: today });
  expect(Object.keys(await waits('contract-manager'))).not.toContain('provider-concern');
  expect((await delivered('provider-operator')).concerns).toMatchObject([{ answered: { answer: 'It is from June on.' } }]);
});

describe('a review meeting', () => {
  const [kpi, finding, meeting, action] = [newId(), newId(), newId(), newId()];

  test('has the agenda that the record writes, and keeps it', async () => {
    await managed('set-kpi', { kpi, title: 'Visits on time', definition: 'Begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] });
    await visits.did('provider-operator', 'record-observation', { observation: newId(), kpi, period: may, value: 96, source: 'Call log' });
    await managed('record-finding', { finding, kpi, period: may, question: 'Do they come on time?', method: 'By telephone', answers: 34, value: 71 });
    expect(Object.keys(await waits('contract-manager'))).toContain('difference');
    expect((await delivered()).managed?.agenda).toMatchObject([{ kind: 'difference' }]);
    await managed('hold-review-meeting', { meeting, on: today, present: 'Contract manager, provider, two people who use it', minutes: documentCalled('Minutes of June') });
    await managed('discuss-difference', { finding, on: today, by: 'All of them', follows: 'The time is taken at the door.' });
    expect(Object.keys(await waits('contract-manager'))).not.toContain('difference');
    const after = (await delivered()).managed;
    // What was settled on the day of the meeting was on it, too.
    expect([after?.agenda, after?.meetings.map(({ agenda }) => agenda.map(({ kind }) => kind).sort())]).toEqual([[], [['difference', 'obligation-overdue', 'provider-concern']]]);
    expect(await page('contract-manager', '/delivery')).toContain('On its agenda: Difference: Visits on time;');
  });

  test('agrees with the provider, too, what it does: it is chosen on the form, told in its work, and says itself that it is done', async () => {
    expect(await page('contract-manager', '/do/agree-action')).toContain('Demo provider operator, First Demo Provider');
    await managed('agree-action', { action, meeting, what: 'Take the time at the door', owner: here.person('provider-operator').person, dueOn: '2026-06-22' });
    expect((await waits('provider-operator'))['action']).toBe('2026-06-22');
    expect((await delivered('provider-operator')).actions).toMatchObject([{ what: 'Take the time at the door', stands: 'due' }]);
    await visits.did('provider-operator', 'complete-action', { action, how: 'The clock hangs there since Monday.', on: today });
    expect([(await waits('provider-operator'))['action'], (await delivered()).managed?.meetings]).toMatchObject([undefined, [{ actions: [{ stands: 'done' }] }]]);
  });
});

describe('an extension is a decision', () => {
  const [variation, activity, theme, contribution, author] = [newId(), newId(), newId(), newId(), newId()];
  const longer = { variation, what: 'One more winter', why: 'The new service begins in spring.', to: { is: 'longer', endsOn: '2027-03-31' }, touches: [theme] };
  const agreed = { variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Scheme 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: today, inForceFrom: '2026-06-22', reasons: 'Nobody is left without visits.' };
  const read = async () => ({ ...agreed, ...(await visits.readVariation(variation)) });
  const endsOn = async () => (await visits.seen()).facts['contract-period'];

  test('with two questions of its own: what people must be asked again, and whether the regime permits it', async () => {
    await visits.did('facilitator', 'plan-activity', { activity, stage: 'delivery', title: 'An evening', groups: [adults], right: 'consult', ledBy: 'together', closesOn: today });
    await visits.did('facilitator', 'record-attendance', { activity, participants: [author], on: today });
    await visits.did('facilitator', 'record-contribution', { contribution, activity, author, text: 'The same two faces, please.', givenOn: today });
    await visits.did('facilitator', 'create-theme', { theme, title: 'The same faces' });
    await visits.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
    await visits.did('commissioner', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'All wish it.', changed: 'Teams of two', links: [{ to: 'fact', which: 'contract-period' }] } });
    await managed('propose-variation', longer);
    const people = 'those who gave “The same faces”, asked again or told';
    expect(await visits.refused('decision-maker', 'decide-variation', await read())).toEqual({ 'variation.questions-open': [people, 'the PA 2023 test of a modification'] });
    expect(Object.keys(await waits('decision-maker'))).not.toContain('variation');
    expect(await page('facilitator', `/do/record-asked-again?about=${variation}`)).toContain('Theme The same faces');
    await managed('test-modification', { variation, ground: 'light-touch', confirmed: true, why: 'Home care is a light-touch service.' });
    expect(await visits.refused('decision-maker', 'decide-variation', await read())).toEqual({ 'variation.questions-open': [people] });
    await visits.did('facilitator', 'record-asked-again', { variation, theme, activity, said: 'One more winter, with the same two.' });
    expect(Object.keys(await waits('decision-maker'))).toContain('variation');
  });

  test('by somebody else than who proposed it, and carried out once it is in force: until then nothing is extended', async () => {
    expect(Object.keys(await visits.refused('contract-manager', 'decide-variation', await read()))).toEqual(['right.missing']);
    const { versionRead } = await read();
    expect(await visits.refused('decision-maker', 'decide-variation', { ...(await read()), versionRead: 'a'.repeat(64) })).toEqual({ 'decision.other-version': [`version ${versionRead}`] });
    expect(await page('decision-maker', `/do/decide-variation?about=${variation}`)).toContain(`“One more winter” as it stands now`);
    await visits.did('decision-maker', 'decide-variation', await read());
    expect(await page('contract-manager', '/delivery')).toContain(`What was weighed: What people said, and the price. What was read: the variation as it stood then (version ${versionRead?.slice(0, 8)}).`);
    expect(Object.keys(await visits.refused('contract-manager', 'carry-out-variation', { variation }))).toEqual(['variation.not-in-force', 'variation.not-accepted']);
    expect([await endsOn(), (await delivered('provider-operator')).varied]).toMatchObject([{ value: { endsOn: '2026-09-30' } }, []]);
    clock.set('2026-06-22T10:00:00Z');
    // Nothing is carried out before whoever provides it accepted it.
    expect(Object.keys(await waits('contract-manager'))).not.toContain('variation-agreed');
    expect(Object.keys(await waits('provider-signatory'))).toContain('variation-acceptance');
    expect(await page('provider-signatory', '/delivery')).toContain('What waits for you to accept it One more winter: Until 31 March 2027. Accept');
    expect(await page('provider-signatory', '/do/accept-variation')).toContain('“One more winter”: Until 31 March 2027.');
    expect(await page('contract-manager', '/delivery')).toContain('It waits to be accepted by');
    const [offered] = (await delivered('provider-signatory')).offered;
    expect(offered).toMatchObject({ variation, what: 'One more winter', to: longer.to });
    await visits.did('provider-signatory', 'accept-variation', { variation, versionRead: offered?.version });
    expect([(await delivered('provider-signatory')).offered, Object.keys(await waits('provider-signatory')).includes('variation-acceptance')]).toEqual([[], false]);
    expect(Object.keys(await waits('contract-manager'))).toContain('variation-agreed');
    await managed('carry-out-variation', { variation });
    expect([await endsOn(), Object.keys(await waits('contract-manager')).includes('variation-agreed')]).toMatchObject([{ value: { endsOn: '2027-03-31' } }, false]);
  });

  test('and its provider reads what it became', async () => {
    expect((await delivered('provider-operator')).varied).toEqual([{ variation, to: longer.to }]);
    expect(await page('provider-operator', '/delivery')).toContain('What was varied Until 31 March 2027');
    const file = (await here.as('provider-operator').get<object>(`/api/v1/agreements/${visits.id}/delivery?format=csv`)).text;
    expect(file.split('\r\n').filter((row) => row.startsWith('Variation'))).toEqual(['Variation,Longer,,2027-03-31,,,,carried-out,']);
  });
});

test('a registration, insurance or continuity plan is shown by its provider, waits from 60 days before it ends, and is renewed', async () => {
  const insurance = { expiry: newId(), provider, of: 'insurance', document: documentCalled('Public liability') };
  await visits.did('provider-operator', 'record-expiry', { ...insurance, endsOn: '2026-08-01' });
  expect([(await waits('contract-manager'))['expiry'], (await delivered('provider-operator')).expiries, (await delivered()).managed?.agenda]).toMatchObject(['2026-08-01', [{ stands: 'ends-soon' }], [{ kind: 'expiry' }]]);
  await visits.did('provider-operator', 'record-expiry', { ...insurance, endsOn: '2027-08-01' });
  expect([(await waits('contract-manager'))['expiry'], (await delivered()).expiries]).toMatchObject([undefined, [{ stands: 'in-force' }]]);
});

test('the provider is asked the three plain questions where it reads what it delivers, and answers for itself alone', async () => {
  const outcome = newId();
  await managed('name-outcome', { outcome, activity: 'Visits', change: 'Steadier on their feet', title: 'Fewer falls' });
  await managed('answer-plain-questions', { outcome, viewer: 'users', activity: asked, people: 12, on: today, better: 'no', becauseOfThis: 'yes', worthIt: 'yes' });
  expect((await delivered('provider-operator')).outcomes).toEqual([{ outcome, title: 'Fewer falls', answered: null }]);
  expect(await page('provider-operator', '/delivery')).toContain('Fewer falls Is it getting better? Not answered yet');
  const form = await page('provider-operator', `/do/answer-plain-questions?about=${outcome}`);
  expect([form.includes('Fewer falls'), form.includes('Users')]).toEqual([true, false]);
  await visits.did('provider-operator', 'answer-plain-questions', { outcome, viewer: 'provider', people: 3, on: today, better: 'yes', becauseOfThis: 'yes', worthIt: 'partly' });
  const shown = await page('provider-operator', '/delivery');
  expect(['Is it getting better? Yes', 'Is it worth what it asks of people? Partly', 'Answered on 15 June 2026'].map((says) => shown.includes(says))).toEqual([true, true, true]);
  expect(await page('contract-manager', '/value')).toContain('How many answered 12 3 0');
});

test('where hours that people give rose, whoever asks them finds it in their work until they said whether they want to', async () => {
  const [outcome, before, after] = [newId(), newId(), newId()];
  await managed('name-outcome', { outcome, activity: 'Visits', change: 'Fewer nights alone', title: 'Nobody is alone at night' });
  const cost = (id: string, month: string, hours: number) => managed('record-cost', { cost: id, outcome, period: { startsOn: `2026-${month}-01`, endsOn: `2026-${month}-28` }, spent: { amount: '800.00', currency: 'GBP' }, units: 10, hours });
  await cost(before, '03', 20);
  expect(Object.keys(await waits('facilitator'))).not.toContain('hours-rose');
  await cost(after, '04', 40);
  expect(Object.keys(await waits('facilitator'))).toContain('hours-rose');
  await visits.did('facilitator', 'record-hours-wanted', { cost: after, activity: asked, wanted: 9, ratherNot: 3, on: today });
  expect(Object.keys(await waits('facilitator'))).not.toContain('hours-rose');
});

test('a provider’s people are told on the next page that what they did is recorded, and of nothing that others did', async () => {
  const concern = newId();
  await visits.did('provider-operator', 'raise-provider-concern', { concern, provider, about: 'The bridge is closed.', raisedOn: today });
  const { version } = await visits.seen();
  expect(await page('provider-operator', `/delivery?did=${version}-${version}`)).toContain('Done The provider raised a concern');
  await managed('answer-provider-concern', { concern, answer: 'It opens in July.', on: today });
  expect(await page('provider-operator', `/delivery?did=${version + 1}-${version + 1}`)).not.toContain('Done The');
});

describe('the exit', () => {
  test('leaves nobody without an arrangement: the last gate counts them, group by group', async () => {
    const ending = await takenOver('Meals', 'close');
    const arranged = async () => (await ending.gateRefused())['people.all-arranged'];
    await ending.did('contract-manager', 'plan-exit', { plan: documentCalled('Where people go'), lastDay: '2026-09-30', people: 31 });
    await ending.did('contract-manager', 'record-transition', { group: adults, people: 31, goesTo: 'The kitchen of the hall', without: 4 });
    await ending.facts({ 'people-without-arrangement': 0, 'people-concerned': 31 });
    expect(await arranged()).toEqual([`an arrangement for 4 of ${adults}`]);
    await ending.did('contract-manager', 'record-transition', { group: adults, people: 31, goesTo: 'The kitchen of the hall', without: 0 });
    expect(await arranged()).toBeUndefined();
  });

  test('has the day by which information on staff is owed to their next employer, and waits for the provider who gives it', async () => {
    const transfer = { transfersOn: '2026-07-25', informationBy: '2026-06-27', staff: 9 };
    expect(Object.keys(await visits.refused('contract-manager', 'plan-staff-transfer', { ...transfer, informationBy: '2026-06-28' }))).toEqual(['exit.staff-information-too-late']);
    await managed('plan-staff-transfer', transfer);
    expect([(await waits('provider-operator'))['own-staff-information'], (await waits('contract-manager'))['staff-information']]).toEqual(['2026-06-27', '2026-06-27']);
    await visits.did('provider-operator', 'record-staff-information', { on: '2026-06-22', evidence: documentCalled('Employee liability information') });
    expect([(await waits('provider-operator'))['own-staff-information'], (await delivered('provider-operator')).staffTransfer]).toMatchObject([undefined, { given: { on: '2026-06-22' } }]);
  });
});

describe('what cannot be recorded', () => {
  const stranger = () => here.person('commissioner', 'demo-health-board').person;

  test('is refused for every reason at once, and nothing of it is written', async () => {
    const { version } = await visits.seen();
    const period = { startsOn: '2026-12-31', endsOn: '2026-12-01' };
    expect(Object.keys(await visits.refused('contract-manager', 'agree-action', { action: newId(), meeting: newId(), what: 'Look again', owner: stranger(), dueOn: today }))).toEqual(['review-meeting.unknown', 'person.unknown']);
    expect(Object.keys(await visits.refused('contract-manager', 'record-observation', { observation: newId(), kpi: newId(), period, value: 96, source: 'Call log', provider: newId() }))).toEqual(
      ['kpi.unknown', 'delivery.whose', 'delivery.period-reversed', 'kpi.period-not-over'],
    );
    expect(Object.keys(await visits.refused('contract-manager', 'record-quality-visit', {
      visit: newId(), provider: newId(), on: '2026-12-01', visitors: 'both', notice: 'announced', spokeWith: 4, found: 'x', report: documentCalled('x'), improvements: [{ improvement: newId(), what: 'x', dueOn: today }], nextBy: today,
    }))).toEqual(['quality-visit.not-the-provider', 'quality-visit.not-made-yet', 'quality-visit.improvement-past', 'quality-visit.next-past']);
    expect(Object.keys(await visits.refused('contract-manager', 'record-transition', { group: 'nobody here', people: 3, goesTo: 'x', without: 4 }))).toEqual(['exit.group-not-affected', 'exit.more-without-than-people']);
    expect((await here.as('provider-admin:second').command(visits.id, 'raise-provider-concern', { concern: newId(), provider, about: 'x', raisedOn: today })).status).toBe(404);
    expect((await visits.seen()).version).toBe(version);
  });

  test.each([
    ['a member nobody knows', { colour: 'red' }, '/colour'],
    ['a day the calendar does not have', { on: '2026-02-30' }, '/on'],
    ['a number where words are meant', { present: 7 }, '/present'],
  ])('%s is pointed at', async (_, wrong, pointer) => {
    const { version } = await visits.seen();
    const { status, body } = await here.as('contract-manager').command<{ errors: { pointer: string }[] }>(visits.id, 'hold-review-meeting', { meeting: newId(), on: today, present: 'Both', minutes: documentCalled('Minutes'), ...wrong });
    expect([status, body.errors.map((error) => error.pointer), (await visits.seen()).version]).toEqual([400, [pointer], version]);
  });
});
