import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FixedClock, newId } from '@concordat/platform';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// Rows of the table of claims (Bovaird & Loeffler 2012) that show while a service is delivered: each with how one sees that it
// holds, over the API.

const today = '2026-06-15';
const september = '2026-09-01';
const may = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const gbp = (amount: string) => ({ amount, currency: 'GBP' });

interface Delivery {
  readonly kpis: { readonly title: string; readonly periods: { readonly provider: { readonly value: number } | null; readonly people: object | null }[] }[];
}
interface Value {
  readonly outcomes: {
    readonly links: { readonly stands: string; readonly measurements: readonly { readonly wayGone: number }[] }[];
    readonly questions: { readonly question: string; readonly diverges: boolean }[];
    readonly benefits: { readonly stands: string }[];
    readonly costs: { readonly perUnit: object; readonly effort: string; readonly says: string | null }[];
  }[];
}

const clock = new FixedClock(`${today}T10:00:00Z`);
let here: TestInstallation;
let visits: Journey;
let provider: string;
const takenOver = (title: string, worth: string) =>
  Journey.takenOver(here, {
    title, kind: 'contract', pathway: { id: 'standard' }, route: { id: 'psr-most-suitable-provider' }, raises: [], value: gbp(worth), stage: 'delivery',
    from: { source: 'Contract register', reference: title }, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } },
  });
const [outcome, asked] = [newId(), newId()];
beforeAll(async () => {
  here = await openInstallation({ clock });
  const { body: signatory } = await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me');
  provider = signatory.roles[0]!.provider;
  visits = await takenOver('Home visits', '100000.00');
  await visits.did('facilitator', 'plan-activity', { activity: asked, stage: 'delivery', title: 'Tea in the hall', groups: ['people who fell'], right: 'advise', ledBy: 'together', closesOn: today });
  await visits.did('facilitator', 'record-attendance', { activity: asked, participants: Array.from({ length: 12 }, newId), on: today });
  await managed('name-outcome', { outcome, activity: 'Strength classes', change: 'Steadier on their feet', title: 'Fewer falls' });
}, 60_000);
afterAll(() => here.close());

const managed = (name: string, body: object) => visits.did('contract-manager', name, body);
const refused = (name: string, body: object) => visits.refused('contract-manager', name, body);
const read = async <T>(part: 'delivery' | 'value', role = 'contract-manager') => succeeded(part, await here.as(role).get<T>(`/api/v1/agreements/${visits.id}/${part}`)).body;
const fewerFalls = async () => (await read<Value>('value')).outcomes[0]!;

describe('services may be quality-assured more successfully by involving users', () => {
  const [kpi, cycle, finding] = [newId(), newId(), newId()];

  test('provider 96 %, people 71 % (n=34): a difference to discuss, shown to both', async () => {
    await managed('set-kpi', {
      kpi, title: 'Visits on time', definition: 'Visits begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [],
    });
    await managed('begin-cycle', { cycle, period: may });
    await visits.did('provider-operator', 'record-observation', { observation: newId(), kpi, period: may, value: 96, source: 'Call log' });
    expect(Object.keys(await visits.refused('provider-operator', 'record-finding', { finding, kpi, period: may, question: 'Do they come on time?', method: 'By telephone', answers: 34, value: 99 }))).toEqual(['right.missing']);
    await managed('record-finding', { finding, kpi, period: may, question: 'Do they come on time?', method: 'By telephone', answers: 34, value: 71 });
    for (const role of ['contract-manager', 'provider-operator']) {
      expect((await read<Delivery>('delivery', role)).kpis).toMatchObject([
        { title: 'Visits on time', periods: [{ provider: { value: 96 }, people: { value: 71, answers: 34, question: 'Do they come on time?', method: 'By telephone', comparison: 'difference', discussed: null } }] },
      ]);
    }
  });

  test('it is discussed before the cycle ends', async () => {
    const end = { cycle, on: '2026-06-10' };
    expect(await refused('end-cycle', end)).toEqual({ 'cycle.differences-open': ['Visits on time: provider 96%, people 71% (n=34)'] });
    await managed('discuss-difference', { finding, on: '2026-06-09', by: 'Contract manager, provider, two people who use the service', follows: 'Times are taken at the door.' });
    await managed('end-cycle', end);
    expect((await read<Delivery>('delivery', 'provider-operator')).kpis[0]?.periods).toMatchObject([{ people: { discussed: { on: '2026-06-09', follows: 'Times are taken at the door.' } } }]);
  });

  test('under ten answers are something to talk about, and keep no cycle open', async () => {
    const [next, few] = [newId(), newId()];
    const june = { startsOn: '2026-06-01', endsOn: '2026-06-14' };
    await managed('begin-cycle', { cycle: next, period: june });
    await visits.did('provider-operator', 'record-observation', { observation: newId(), kpi, period: june, value: 97, source: 'Call log' });
    await managed('record-finding', { finding: few, kpi, period: june, question: 'Do they come on time?', method: 'At the door', answers: 9, value: 40 });
    expect(Object.keys(await refused('discuss-difference', { finding: few, on: today, by: 'Both', follows: 'x' }))).toEqual(['kpi.no-difference']);
    expect((await read<Delivery>('delivery')).kpis[0]?.periods[1]).toMatchObject({ people: { answers: 9, comparison: 'something-to-talk-about' } });
    await managed('end-cycle', { cycle: next, on: today });
  });
});

test('behaviour change, prevention: an outcome due in 18 months is not off course in month 3, where what can be seen already is', async () => {
  const [sooner, later] = [newId(), newId()];
  const link = { outcome, unit: 'number', holder: 'Public health', baseline: 40, target: 30, comparison: 'The next ward' };
  await managed('link-outcome', { ...link, link: sooner, step: 'activity-to-change', indicator: 'Unsteady on their feet', visibleFrom: '2026-08-01' });
  await managed('link-outcome', { ...link, link: later, step: 'change-to-outcome', indicator: 'Falls a year', visibleFrom: '2027-12-15' });
  clock.set(`${september}T10:00:00Z`);
  for (const measured of [sooner, later]) await managed('record-measurement', { measurement: newId(), link: measured, on: '2026-09-01', value: 42, source: 'Ward figures' });
  expect((await fewerFalls()).links.map(({ stands }) => stands)).toEqual(['off-course', 'not-to-be-seen-yet']);
});

test('key driver of publicly valued outcomes: one agreement, three views, one picture', async () => {
  const answer = (viewer: string, better: string) => ({ outcome, viewer, people: 12, on: today, better, becauseOfThis: 'yes', worthIt: 'yes', ...(viewer === 'users' && { activity: asked }) });
  // Nobody is a user for them: the view is that of people who took part, and of no more than did.
  const { activity: _, ...nowhere } = answer('users', 'yes');
  expect(await refused('answer-plain-questions', nowhere)).toEqual({ 'outcome.users-asked-nowhere': ['the activity in which they were asked'] });
  expect(await refused('answer-plain-questions', { ...answer('users', 'yes'), people: 100 })).toEqual({ 'activity.more-than-took-part': ['who took part: 12 are on record'] });
  await managed('answer-plain-questions', answer('users', 'no'));
  await managed('answer-plain-questions', answer('commissioner', 'yes'));
  await visits.did('provider-operator', 'answer-plain-questions', answer('provider', 'yes'));
  expect(Object.keys(await visits.refused('provider-operator', 'answer-plain-questions', answer('users', 'yes')))).toEqual(['outcome.not-their-view']);
  expect(Object.keys(await refused('answer-plain-questions', { ...answer('provider', 'no'), people: 99 }))).toEqual(['outcome.their-own-word']);
  expect((await fewerFalls()).questions.map(({ question, diverges }) => [question, diverges])).toEqual([['better', true], ['becauseOfThis', false], ['worthIt', false]]);
});

test('improvements in outcomes, and cost savings: a benefit is potential until it is observed, and the hours of citizens are never one', async () => {
  const benefit = {
    benefit: newId(), outcome, what: 'Fewer nights in hospital', kind: 'saving', from: 'agency-spending', whoGains: 'another-body', expected: { is: 'money', amount: gbp('5000.00') }, comparison: 'The next ward',
  };
  expect(Object.keys(await refused('name-benefit', { ...benefit, from: 'hours-of-citizens' }))).toEqual(['benefit.hours-are-no-saving']);
  const inHours = await here.as('contract-manager').command(visits.id, 'name-benefit', { ...benefit, expected: { is: 'hours', hours: 400 } });
  expect(inHours.status).toBe(400);
  await managed('name-benefit', benefit);
  // It is shown with who gains, and against what.
  expect((await fewerFalls()).benefits).toMatchObject([{ stands: 'potential', whoGains: 'another-body', comparison: 'The next ward' }]);
  const observed = (of: string, amount: string) => ({ benefit: of, observed: { is: 'money', amount: gbp(amount) }, against: 'The next ward', on: today, source: 'Hospital figures' });
  expect(await refused('observe-benefit', observed(benefit.benefit, '3000.00'))).toEqual({ 'benefit.not-to-be-seen-yet': ['on: 2027-12-15 or later'] });
  // Of what shows at once it is observed at once, and put right where it was counted wrongly.
  const [atOnce, saved] = [newId(), newId()];
  await managed('name-outcome', { outcome: atOnce, activity: 'Somebody who rings', change: 'Company', title: 'Fewer calls at night' });
  await managed('name-benefit', { ...benefit, benefit: saved, outcome: atOnce });
  for (const amount of ['30000.00', '3000.00']) await managed('observe-benefit', observed(saved, amount));
  expect((await read<Value>('value')).outcomes[1]!.benefits).toMatchObject([{ stands: 'potential', potentialFor: 'no-cost-beside' }]);
  // Nor is it saved by saying nothing of the hours that people gave: they are on record.
  const [ringing, ada, cost] = [newId(), newId(), newId()];
  await visits.did('facilitator', 'plan-activity', { activity: ringing, stage: 'delivery', title: 'Somebody who rings', groups: ['people who live alone'], right: 'advise', ledBy: 'people', closesOn: september });
  await visits.did('facilitator', 'record-effort', { activity: ringing, participant: ada, hours: 6, on: '2026-08-20' });
  const spent = (month: string, hours: number) => ({ outcome: atOnce, period: { startsOn: `2026-0${month}-01`, endsOn: `2026-0${month}-31` }, spent: gbp('500.00'), units: 10, hours });
  await managed('record-cost', { cost: newId(), ...spent('7', 6) });
  expect(await refused('record-cost', { cost, ...spent('8', 0) })).toEqual({ 'value.hours-on-record': ['hours: 6 or more'] });
  await managed('record-cost', { cost, ...spent('8', 6) });
  expect((await read<Value>('value')).outcomes[1]!.benefits).toMatchObject([{ stands: 'observed', seen: { observed: { amount: gbp('3000.00') } } }]);
});

const moved = 'What the agency spends fell and the hours that people give rose; 9 of the 12 who were asked would rather not. This is cost moved to people, and no saving.';

test('value for money, but not value without money: agency cost falls, hours rise, most would rather not, and it is said', async () => {
  const [before, after] = [newId(), newId()];
  await managed('record-cost', { cost: before, outcome, period: { startsOn: '2026-04-01', endsOn: '2026-04-30' }, spent: gbp('1000.00'), units: 10, hours: 20 });
  await managed('record-cost', { cost: after, outcome, period: may, spent: gbp('800.00'), units: 10, hours: 40 });
  expect((await fewerFalls()).costs).toMatchObject([{ perUnit: { pounds: 100, hours: 2 }, effort: 'nothing-before' }, { perUnit: { pounds: 80, hours: 4 }, effort: 'not-asked', says: null }]);
  // Pounds and hours stand side by side, of one named outcome: no third figure blends them, and nothing sums up several outcomes.
  expect(Object.keys(await read<Value>('value')).toSorted()).toEqual(['agreement', 'outcomes']);
  for (const { perUnit } of (await fewerFalls()).costs) expect(Object.keys(perUnit).toSorted()).toEqual(['hours', 'pounds']);
  // One voice is not that of those who give the hours.
  await visits.did('facilitator', 'record-hours-wanted', { cost: after, activity: asked, wanted: 1, ratherNot: 0, on: may.endsOn });
  expect((await fewerFalls()).costs[1]).toMatchObject({ effort: 'not-asked' });
  await visits.did('facilitator', 'record-hours-wanted', { cost: after, activity: asked, wanted: 3, ratherNot: 9, on: today });
  expect((await fewerFalls()).costs[1]).toMatchObject({
    effort: 'cost-moved',
    says: moved,
  });
  // Whoever reads the page reads the same, and the hours beside the pounds; whoever may not record a decision there is told who can.
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, 'contract-manager');
  const page = await visitor.get(`/agreements/${visits.id}/value`);
  const text = page.html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  expect([page.status, faultsOf(page)]).toEqual([200, []]);
  // Pictures of it, each with its sentence and its table: what one unit costs beside what people give, and what was measured against its target.
  for (const says of ['£20 less. People gave 2 hours for it then, and 4 now: 2 more. What the agency spends fell', '42 on 1 September 2026: no nearer to the target of 30 than at the start, 40.', 'It is too early to say: an effect can be seen from 15 December 2027 on.', '£20 less; hours: 2 more', '1 September 2026 Before an effect can be seen 42 No nearer Ward figures']) expect(text).toContain(says);
  for (const picture of ['concordat-course', 'concordat-fall', 'concordat-benefit']) expect(page.html).toContain(`<svg class="${picture}"`);
  expect(text.split(moved)).toHaveLength(2);
  const { html: csv } = await visitor.get(`/agreements/${visits.id}/value/export`);
  for (const line of ['Fewer falls,Measurement,"Falls a year (number), from Ward figures",2026-09-01,40,30,42,,,,,not-to-be-seen-yet', ',80,4,-20,2,cost-moved']) expect(csv).toContain(line);
  expect((await fewerFalls()).links.map(({ measurements }) => measurements[0]?.wayGone)).toEqual([-0.2, -0.2]);
  for (const says of [moved, 'Saving, for another body', '£100', '£80', 'Hours rose, and most of those who give them would rather not. 3 want to, 9 would rather not.']) expect(text).toContain(says);
  const refused = await visitor.get(`/agreements/${visits.id}/do/record-decision`);
  expect([refused.status, faultsOf(refused), ...['You cannot do this yourself', 'The decision-maker (Demo decision maker) can.'].map((says) => refused.html.includes(says))]).toEqual([403, [], true, true]);
  expect((await here.as('provider-operator').get(`/api/v1/agreements/${visits.id}/value`)).status).toBe(404);
});

test('what was awarded changes by a decided variation: a correction names it, and the regime’s test counts all of them together', async () => {
  // Worth the tier that it stays in.
  const care = await takenOver('Night visits', '150000.00');
  const varying = (name: string, body: object) => care.did('contract-manager', name, body);
  const seen = await care.seen();
  const correction = await here.as('commissioner').command<{ errors: { code: string }[] }>(care.id, 'amend-facts', { facts: { value: gbp('900000.00') } }, { headers: { 'if-match': `"${seen.version}"` } });
  expect([correction.status, correction.body.errors.map(({ code }) => code)]).toEqual([422, ['facts.fixed-by-award']]);
  const [first, second] = [newId(), newId()];
  const propose = (variation: string, amount: string) => varying('propose-variation', { variation, what: 'More visits', why: 'More people ask', to: { is: 'value', value: gbp(amount) }, touches: [] });
  const tested = (variation: string) => varying('test-modification', { variation, ground: 'not-different-in-character', confirmed: true, why: 'The same visits' });
  const agreed = (variation: string) => ({ variation, outcome: 'agreed', decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Scheme 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: september, inForceFrom: september, reasons: 'More people ask' });
  await propose(first, '600000.00');
  await tested(first);
  await care.did('decision-maker', 'decide-variation', { ...agreed(first), ...(await care.readVariation(first)) });
  const { offered } = (await here.as('provider-signatory').get<{ offered: readonly { version: string }[] }>(`/api/v1/agreements/${care.id}/delivery`)).body;
  await care.did('provider-signatory', 'accept-variation', { variation: first, versionRead: offered[0]?.version });
  await varying('carry-out-variation', { variation: first });
  await propose(second, '700000.00');
  await tested(second);
  expect(Object.keys(await care.refused('decision-maker', 'decide-variation', { ...agreed(second), ...(await care.readVariation(second)) }))).toEqual(['variation.questions-open']);
});
