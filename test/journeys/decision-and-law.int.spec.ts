import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { succeeded } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// Decisions and law as data, over the API: what a log shows of a consultation, a decision that members call in, and what holds a
// standstill open, which each regime says for itself.

const clock = new FixedClock('2026-06-01T09:00:00Z');
const value = { amount: '90000.00', currency: 'GBP' };
let here: TestInstallation;
let provider: string;
beforeAll(async () => {
  here = await openInstallation({ clock });
  provider = (await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me')).body.roles[0]!.provider;
}, 60_000);
afterAll(() => here.close());

const takenOver = (title: string, stage: string, route: string): Promise<Journey> =>
  Journey.takenOver(here, { title, kind: 'contract', pathway: { id: 'standard', version: 2 }, route: { id: route }, raises: [], value, stage, from: { source: 'Contract register', reference: title } });
const deciding = (on: string) => ({ decidedBy: { kind: 'officer', delegation: 'Scheme 3.4' }, scheme: 'Scheme 3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: on, inForceFrom: on, weighed: 'Reach against price.' });
const read = async (journey: Journey) => ({ decision: newId(), versionRead: (await journey.seen('decision-maker')).content['decision'] });

/** A page, which is whole. */
async function htmlOf(role: string, path: string): Promise<string> {
  const visitor = new Visitor(here.origin);
  await visitor.signIn(here, role);
  const page = await visitor.get(path);
  expect([path, page.status, faultsOf(page)]).toEqual([path, 200, []]);
  return page.html;
}

/** Its text. */
const pageOf = async (role: string, path: string): Promise<string> => (await htmlOf(role, path)).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('what holds a standstill open: under the Procurement Act proceedings alone, under the Provider Selection Regime a representation, until five working days after its answer', async () => {
  clock.set('2026-06-01T09:00:00Z');
  const standing = async (title: string, route: string): Promise<Journey> => {
    const journey = await takenOver(title, 'award', route);
    await journey.did('commissioner', 'invite-provider', { provider });
    await journey.did('commissioner', 'propose-award', { provider, value });
    await journey.did('decision-maker', 'record-decision', { ...deciding('2026-06-01'), ...(await read(journey)) });
    await journey.did('commissioner', 'publish-award-notice', { publishedOn: '2026-06-01', reference: `N-${title}` });
    return journey;
  };
  const [complained, sued, health, healthSued] = [await standing('Complained of', 'pa2023-competitive'), await standing('Sued over', 'pa2023-competitive'), await standing('Health', 'psr-most-suitable-provider'), await standing('Health, sued over', 'psr-most-suitable-provider')];
  const open = async (journey: Journey) => (await journey.gateRefused())['standstill.over'];
  expect([await open(complained), await open(health)]).toEqual([['standstill until the end of 2026-06-10'], ['standstill until the end of 2026-06-12']]);

  clock.set('2026-06-05T09:00:00Z');
  const challenged = async (journey: Journey, kind: string) => {
    const challenge = newId();
    await journey.did('commissioner', 'record-challenge', { challenge, kind, from: 'Meals Ltd', about: 'How price was weighed', receivedOn: '2026-06-05' });
    return challenge;
  };
  expect(Object.keys(await complained.refused('commissioner', 'record-challenge', { challenge: newId(), kind: 'representation', from: 'Meals Ltd', about: 'x', receivedOn: '2026-06-05' }))).toEqual(['challenge.not-of-this-regime']);
  expect(await health.refused('commissioner', 'record-challenge', { challenge: newId(), kind: 'representation', from: 'Meals Ltd', about: 'x', receivedOn: '1990-01-01' })).toEqual({ 'challenge.before-its-subject': ['receivedOn: 2026-06-01 or later'] });
  await challenged(complained, 'complaint');
  await challenged(healthSued, 'proceedings');
  const [proceedings, representation] = [await challenged(sued, 'proceedings'), await challenged(health, 'representation')];

  clock.set('2026-06-15T09:00:00Z');
  expect([await open(complained), await open(healthSued)]).toEqual([undefined, undefined]);
  expect(await open(sued)).toEqual(['standstill held open by the proceedings of Meals Ltd']);
  expect(await open(health)).toEqual(['standstill held open by the representation of Meals Ltd']);
  // No award is made over a challenge that nobody concluded, whatever the standstill.
  expect((await complained.gateRefused())['challenges.closed']).toEqual(['complaint of Meals Ltd, received on 2026-06-05']);

  clock.set('2026-06-16T09:00:00Z');
  const concluded = { outcome: 'award-stands', reasons: 'The weighting was published.', on: '2026-06-16' };
  await sued.did('senior-responsible-owner', 'conclude-challenge', { challenge: proceedings, ...concluded });
  // Whoever proposed the award does not say that it stands.
  expect(await health.refused('commissioner', 'conclude-challenge', { challenge: representation, ...concluded })).toEqual({ 'challenge.own-award': ['someone other than the one who proposed the award'] });
  await health.did('senior-responsible-owner', 'conclude-challenge', { challenge: representation, ...concluded });
  clock.set('2026-06-17T09:00:00Z');
  expect(await open(sued)).toBeUndefined();
  clock.set('2026-06-23T22:59:59Z');
  expect(await open(health)).toEqual(['standstill until the end of 2026-06-23, after the representation of Meals Ltd']);
  clock.set('2026-06-23T23:00:00Z'); // midnight in London
  expect(await open(health)).toBeUndefined();
});

test('a decision that members call in counts once that is concluded, from the day it says, on the very version that was read', async () => {
  clock.set('2026-07-01T09:00:00Z');
  const care = await takenOver('Called in', 'award', 'pa2023-light-touch');
  await care.did('commissioner', 'invite-provider', { provider });
  await care.did('commissioner', 'propose-award', { provider, value });
  const body = { ...deciding('2026-07-01'), decidedBy: { kind: 'body', body: 'Cabinet', noticeOn: '2026-06-20', minute: '2026/7' }, key: { is: 'key', announcedOn: '2026-05-31', notice: 'full' }, callIn: { is: 'open', until: '2026-07-08' }, inForceFrom: '2026-07-09' };
  const { version } = await care.seen();
  const wrong = { ...body, ...(await read(care)), versionRead: 'a'.repeat(64), key: { is: 'key', announcedOn: '2026-06-20', notice: 'full' }, inForceFrom: '2026-07-08' };
  expect(Object.keys(await care.refused('decision-maker', 'record-decision', wrong)).toSorted()).toEqual(['decision.in-force-before-call-in', 'decision.not-announced', 'decision.other-version']);
  // Whether members may call it in is said, and nothing follows from silence.
  const { callIn: _, ...silent } = { ...body, ...(await read(care)) };
  expect(await here.as('decision-maker').command(care.id, 'record-decision', silent)).toMatchObject({ status: 400, body: { errors: [{ pointer: '/callIn' }] } });
  expect(await pageOf('decision-maker', `/agreements/${care.id}/do/record-decision`)).toMatch(/May members call it in\?(?! \(optional\))/);
  expect((await care.seen()).version).toBe(version);

  const decision = await read(care);
  await care.did('decision-maker', 'record-decision', { ...body, ...decision });
  const inForce = async () => (await care.gateRefused())['decision.in-force'];
  expect(await inForce()).toEqual(['in force from 2026-07-09']);
  const page = await pageOf('auditor', `/agreements/${care.id}/award`);
  for (const says of ['Cabinet', 'Reach against price.', `(version ${decision.versionRead!.slice(0, 8)}`]) expect(page).toContain(says);

  clock.set('2026-07-05T09:00:00Z');
  const calling = { decision: decision.decision, reason: 'The hall was not looked at.', on: '2026-07-05' };
  expect(Object.keys(await care.refused('commissioner', 'call-in-decision', calling))).toEqual(['right.missing']);
  await care.did('provider-signatory', 'accept-award', { versionRead: (await care.seen()).content['award'] });
  await care.did('elected-member', 'call-in-decision', calling);
  expect(await pageOf('auditor', `/agreements/${care.id}/award`)).toContain('was decided and accepted. The decision was called in on 5 July 2026: what becomes of it is to be concluded.');
  clock.set('2026-07-15T09:00:00Z');
  expect(await inForce()).toEqual(['the decision: called in on 2026-07-05']);
  // It waits for whoever decides, beside their own declaration, and whoever called it in waits for that.
  const waits = async (role: string) => (await workOf(role)).filter(({ agreement, kind }) => agreement === care.id && kind !== 'declaration').map(({ kind, subject, waitsFor }) => [kind, subject === decision.decision, waitsFor]);
  expect([await waits('decision-maker'), await waits('elected-member')]).toEqual([[['call-in', true, 'you']], [['call-in', true, 'others']]]);
  const desk = new Visitor(here.origin);
  await desk.signIn(here, 'decision-maker');
  expect((await desk.get('/')).html).toMatch(new RegExp(`href="/agreements/${care.id}/do/conclude-call-in\\?about=[^"]*"[^>]*>A decision was called in`));
  expect(Object.keys(await care.refused('decision-maker', 'record-decision', { ...body, ...(await read(care)) }))).toContain('decision.called-in');
  await care.did('decision-maker', 'conclude-call-in', { decision: decision.decision, outcome: { is: 'stands', inForceFrom: '2026-07-16' }, on: '2026-07-15', reasons: 'It was looked at.' });
  expect(await inForce()).toEqual(['in force from 2026-07-16']);
  expect((await waits('decision-maker')).filter(([kind]) => kind === 'call-in')).toEqual([]);
  clock.set('2026-07-16T09:00:00Z');
  expect(await inForce()).toBeUndefined();

  // What it rests on changes: whoever decides is asked again.
  await care.did('commissioner', 'propose-award', { provider, value: { ...value, amount: '89000.00' } });
  expect(await inForce()).toEqual(['the decision: stale, because what it rests on changed']);
});

/** What waits for a role, and what it waits for, once the lists know what happened. */
async function workOf(role: string): Promise<readonly { readonly kind: string; readonly subject: string; readonly agreement: string; readonly waitsFor: string }[]> {
  const { organisation } = (await here.as(role).get<{ organisation: { id: string } }>('/api/v1/me')).body;
  await here.app.get(Consumers).runAll(organisation.id);
  return (await here.as(role).get<{ items: { kind: string; subject: string; agreement: string; waitsFor: string }[] }>('/api/v1/work?limit=100')).body.items;
}

test('the view that an elected member is asked for waits for elected members, and for nobody else', async () => {
  clock.set('2026-07-20T09:00:00Z');
  const care = await takenOver('The end of a lane', 'design', 'pa2023-light-touch');
  const [risk, statement] = [newId(), newId()];
  await care.did('risk-owner', 'raise-risk', { risk, title: 'Nobody meets', bearers: ['public'], owner: here.person('risk-owner').person, scores: { 'co-produced': { likelihood: 3, impact: 4 }, 'professional-only': null, 'not-acting': null } });
  await care.did('risk-owner', 'seek-statement', { statement, group: 'public', of: 'elected-member', form: 'plain-language', advocacyOffered: true });
  const asked = async (role: string) => (await workOf(role)).filter(({ kind, subject }) => kind === 'statement' && subject === statement).map(({ waitsFor }) => waitsFor);
  expect([await asked('elected-member'), await asked('representative'), await asked('facilitator')]).toEqual([['you'], [], []]);
  await care.did('elected-member', 'record-statement', { statement, view: 'content', spokenBy: here.person('elected-member').person, words: 'It is right.' });
  expect(await asked('elected-member')).toEqual([]);
});

interface Log {
  readonly consultations: readonly { readonly findings: readonly { rule: string; is: string; says: string }[]; readonly says: string | null; readonly words: Record<string, { words: string }> }[];
}

test('the log of a consultation warns while it can be mended, says that no breach is visible in it and never more, and no decision is taken meanwhile', async () => {
  clock.set('2026-08-01T09:00:00Z');
  const care = await takenOver('Lunch club', 'priorities', 'pa2023-light-touch');
  await care.facts({ 'service-may-change': 'yes' });
  const consultation = newId();
  const log = async () => succeeded('consultations', await here.as('auditor').get<Log>(`/api/v1/agreements/${care.id}/consultations`)).body.consultations[0]!;
  const asked = async () => (await care.gateRefused())['consultation.considered'];
  expect(await asked()).toEqual(['a consultation']);

  await care.did('commissioner', 'open-consultation', { consultation, proposal: 'Close the Tuesday lunch club', reasons: 'The hall is sold.', options: ['Move to the school'], opensOn: '2026-08-01', closesOn: '2026-08-14' });
  expect(await log()).toMatchObject({ says: null, findings: [{ rule: 'time', is: 'warning', says: expect.stringContaining('People have 14 days; this pathway asks for 28.') }] });
  expect(await asked()).toContain('28 days for “Close the Tuesday lunch club”, which has 14: open until 2026-08-28 or later');
  await care.did('commissioner', 'extend-consultation', { consultation, closesOn: '2026-08-28' });
  expect(await log()).toMatchObject({ says: 'No breach is visible in this log.', findings: [] });
  const shown = await pageOf('commissioner', `/agreements/${care.id}/award`);
  expect([shown.includes('No breach is visible in this log.'), /\bfair\b/i.test(shown)]).toEqual([true, false]);
  expect(Object.keys(await care.refused('decision-maker', 'record-decision', { ...deciding('2026-08-01'), ...(await read(care)) }))).toEqual(['decision.consultation-open']);

  // It closes: until what people said is considered, a decision would be one before that.
  clock.set('2026-08-29T09:00:00Z');
  expect((await log()).findings).toMatchObject([{ rule: 'considered', is: 'warning' }]);
  expect(Object.keys(await care.refused('decision-maker', 'record-decision', { ...deciding('2026-08-29'), ...(await read(care)) }))).toEqual(['decision.consultation-open']);
  await care.did('commissioner', 'consider-consultation', { consultation, responses: 31, summary: 'Most would move.', on: '2026-08-29' });
  expect(await asked()).toHaveLength(4);
  for (const rule of ['formative', 'reasons', 'time', 'considered']) await care.did('commissioner', 'answer-for-consultation', { consultation, rule, words: `In my own words: ${rule}` });
  expect(await asked()).toBeUndefined();
  const { says, words } = await log();
  expect([says, Object.keys(words)]).toEqual(['No breach is visible in this log.', ['formative', 'reasons', 'time', 'considered']]);
  await care.did('decision-maker', 'record-decision', { ...deciding('2026-08-29'), ...(await read(care)) });
});

test('a decision is not dated before what was read, and what is put on record later than its day says so on the pages', async () => {
  clock.set('2026-09-01T09:00:00Z');
  const late = await takenOver('Put on record late', 'award', 'pa2023-light-touch');
  await late.did('commissioner', 'invite-provider', { provider });
  await late.did('commissioner', 'propose-award', { provider, value });
  clock.set('2026-09-10T09:00:00Z');
  await late.facts({ 'equality-note': { reference: 'DMS/1', title: 'Equality note' } });
  clock.set('2026-09-12T09:00:00Z');
  const { version } = await late.seen();
  expect(await late.refused('decision-maker', 'record-decision', { ...deciding('2026-09-09'), ...(await read(late)) })).toEqual({
    'decision.before-what-was-read': ['decidedOn: 2026-09-10 or later, the day on which what was read came to be as it is'],
  });
  expect((await late.seen()).version).toBe(version);
  await late.did('decision-maker', 'record-decision', { ...deciding('2026-09-10'), ...(await read(late)) });
  await late.did('commissioner', 'publish-award-notice', { publishedOn: '2026-09-11', reference: 'N-late' });
  for (const page of ['award', 'assurance-pack']) {
    const text = await pageOf('auditor', `/agreements/${late.id}/${page}`);
    for (const says of ['10 September 2026 (recorded on 12 September 2026)', 'N-late, published on 11 September 2026 (recorded on 12 September 2026)']) expect([page, text]).toEqual([page, expect.stringContaining(says)]);
  }
});

test('that a service may end, said once priorities are behind, makes the award wait for the consultation', async () => {
  clock.set('2026-10-01T09:00:00Z');
  const care = await takenOver('Said late', 'award', 'pa2023-light-touch');
  const asked = async () => (await care.gateRefused())['consultation.considered'];
  expect(await asked()).toEqual(['service-may-change']);
  await care.facts({ 'service-may-change': 'no' });
  expect(await asked()).toBeUndefined();
  await care.facts({ 'service-may-change': 'yes' });
  expect(await asked()).toEqual(['a consultation']);
});

test('nobody takes over behind its gates what has not started yet', async () => {
  clock.set('2026-10-02T09:00:00Z');
  const id = newId();
  const beginning = { title: 'Not begun', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-light-touch' }, raises: [], value, from: { source: 'My word', reference: 'none' }, facts: { 'contract-period': { startsOn: '2026-11-01', endsOn: '2027-10-31' } } };
  const refused = async (stage: string, more: object = {}) => Object.keys(await Journey.of(here, id).refused('commissioner', 'take-over-agreement', { ...beginning, stage, ...more }));
  for (const stage of ['mobilisation', 'delivery']) expect([stage, await refused(stage)]).toEqual([stage, ['take-over.not-started']]);
  expect(await refused('mobilisation', { facts: {} })).toEqual(['take-over.period-unknown']);
  expect(await refused('transition', { pathway: { id: 'decommission' } })).toEqual(['take-over.not-decided']);
  await Journey.of(here, id).did('commissioner', 'take-over-agreement', { ...beginning, stage: 'award' });
  // What law asks at the gates before that is asked there.
  expect(await Journey.of(here, id).gateRefused()).toMatchObject({ 'facts.present': ['evaluation'] });
});

test('the decision paper shows what its version is of, with every value, and once the decision is stale what changed since', async () => {
  clock.set('2026-10-03T09:00:00Z');
  const care = await takenOver('Read whole', 'award', 'pa2023-light-touch');
  await care.facts({ specification: documentCalled('Visits until ten'), eqia: documentCalled('Who loses what'), 'contract-period': { startsOn: '2027-01-01', endsOn: '2029-12-31' } });
  const [activity, contribution, theme] = [newId(), newId(), newId()];
  await care.did('facilitator', 'plan-activity', { activity, stage: 'award', title: 'An evening', groups: ['carers'], right: 'advise', ledBy: 'together', closesOn: '2026-10-03' });
  const author = newId();
  await care.did('facilitator', 'record-attendance', { activity, participants: [author], on: '2026-10-03' });
  await care.did('representative', 'record-contribution', { contribution, activity, author, text: 'Come earlier.', givenOn: '2026-10-03' });
  await care.did('facilitator', 'create-theme', { theme, title: 'Mornings' });
  await care.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
  await care.did('commissioner', 'answer-theme', { theme, response: { outcome: 'not-adopted', reasons: 'Nobody can be found before seven.' } });
  const consultation = { consultation: newId(), proposal: 'Fewer visits', reasons: 'Money.', options: ['As it is'], opensOn: '2026-10-03', closesOn: '2026-11-30' };
  await care.did('commissioner', 'open-consultation', consultation);
  clock.set('2026-12-01T09:00:00Z');
  await care.did('commissioner', 'consider-consultation', { consultation: consultation.consultation, responses: 12, summary: 'Most are against it.', on: '2026-12-01' });
  await care.did('commissioner', 'invite-provider', { provider });
  await care.did('commissioner', 'propose-award', { provider, value });

  const paper = () => pageOf('decision-maker', `/agreements/${care.id}/decision-paper`);
  const form = () => htmlOf('decision-maker', `/agreements/${care.id}/do/record-decision`);
  const [shown, asked] = [await paper(), await form()];
  const says = ['Visits until ten (DMS/visits-until-ten)', 'Who loses what (DMS/who-loses-what)', '1 January 2027 to 31 December 2029', 'Not on record: ', 'Mornings', 'Nobody can be found before seven.', 'Fewer visits', '12 answers: Most are against it.', 'Not answered yet.'];
  expect(says.filter((words) => !shown.includes(words))).toEqual([]);
  expect([asked.includes(`href="/agreements/${care.id}/decision-paper"`), asked.includes('decision-paper#changed'), shown.includes('What changed since the decision')]).toEqual([true, false, false]);

  await care.did('decision-maker', 'record-decision', { ...deciding('2026-12-01'), ...(await read(care)) });
  expect(await paper()).not.toContain('What changed since the decision');
  await care.facts({ specification: documentCalled('Another service'), 'contract-period': { startsOn: '2027-01-01', endsOn: '2040-12-31' } });
  expect(await form()).toContain(`href="/agreements/${care.id}/decision-paper#changed"`);
  const since = (await paper()).split('What changed since the decision')[1]?.split('What the decision rests on')[0];
  for (const words of ['Visits until ten (DMS/visits-until-ten) became Another service (DMS/another-service)', '1 January 2027 to 31 December 2029 became 1 January 2027 to 31 December 2040']) expect(since).toContain(words);
});
