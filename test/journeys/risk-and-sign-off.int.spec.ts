import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Consumers } from '@concordat/journal';
import { FixedClock, newId } from '@concordat/platform';
import { eventually } from '../harness/index.js';
import { Cast, type Player } from './cast.js';
import type { ApiClient } from './client.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { documentCalled, Journey } from './journey.js';
import { faultsOf, Visitor } from './visitor.js';

// "May involve greater risks than professionalised provision": a risk carried by users without their statement sought shuts
// the gate. And who signs while the approver is away.

const clock = new FixedClock('2026-06-01T09:00:00Z');
const money = (amount: string) => ({ amount, currency: 'GBP' });
let here: TestInstallation;

beforeAll(async () => {
  here = await openInstallation({ clock });
}, 60_000);
afterAll(() => here.close());

const score = (likelihood: number, impact: number) => ({ likelihood, impact });
const personOf = (role: string) => here.person(role).person;
test('a risk carried by users is sought of them, objected to, replied to and read by a second person before anything is decided on it', async () => {
  const care = await takenOver('Night visits');
  const [risk, statement] = [newId(), newId()];
  const scores = { 'co-produced': score(4, 4), 'professional-only': score(2, 4), 'not-acting': score(5, 4) };
  await care.did('risk-owner', 'raise-risk', { risk, title: 'A volunteer is alone at night', bearers: ['service-users'], owner: personOf('risk-owner'), scores });
  expect((await care.gateRefused())['risk.statements-sought']).toEqual([`the statement of service-users on ${risk}`]);

  const ask = { statement, group: 'service-users', form: 'easy-read', advocacyOffered: true };
  expect(await care.refused('risk-owner', 'seek-statement', { ...ask, of: 'advocate' })).toEqual({ 'statement.fallback-unexplained': ['because'] });
  await care.did('risk-owner', 'seek-statement', { ...ask, of: 'advocate', because: 'No body led by users meets here.' });
  const advocate = new Visitor(here.origin);
  await advocate.signIn(here, 'advocate');
  const asked = (await advocate.get(`/agreements/${care.id}/statements/${statement}`)).html;
  const yours = asked.indexOf('This is your view. You are not taking responsibility for the decision.');
  expect(yours).toBeGreaterThan(0);
  expect(asked.indexOf('value="preview"')).toBeGreaterThan(yours);
  // Whoever leaves something out has what it is about before them again.
  const again = await advocate.post(`/agreements/${care.id}/do/record-statement`, { statement, spokenBy: personOf('advocate'), words: 'Nobody should be alone at night.', act: 'preview' });
  expect([again.status, faultsOf(again)]).toEqual([422, []]);
  const row = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').match(/1\. A volunteer is alone at night .*? \(5 × 4\)/)?.[0];
  expect([row(again.html), again.html.includes('This is your view. You are not taking responsibility for the decision.')]).toEqual([row(asked), true]);
  expect(row(asked)).toContain('16, extreme');
  const saying = { statement, view: 'object', spokenBy: personOf('advocate'), words: 'Nobody should be alone at night.' };
  for (const other of ['facilitator', 'participant']) expect(await care.refused(other, 'record-statement', saying)).toEqual({ 'statement.not-your-own': ['their own word'] });
  await care.did('advocate', 'record-statement', saying);
  const spokenOn = async (reader: Visitor, page: string) => (await reader.get(`/agreements/${care.id}/${page}`)).html.includes('Spoken by Demo advocate, written down by themselves.');
  const owner = new Visitor(here.origin);
  await owner.signIn(here, 'risk-owner');
  // Whoever gave it reads it again, and the register with it is the house's.
  expect([await spokenOn(owner, 'risk'), await spokenOn(owner, `statements/${statement}`), await spokenOn(advocate, `statements/${statement}`), (await advocate.get(`/agreements/${care.id}/risk`)).status]).toEqual([true, true, true, 303]);
  // In their own words by the API, for whoever it is said to, and for nobody else.
  const spokenTo = async (role: string) => (await here.as(role).get<{ items: { of: string; about: string; text: string | null }[] }>(`/api/v1/agreements/${care.id}/words`)).body.items;
  for (const role of ['decision-maker', 'risk-owner']) expect([role, await spokenTo(role)]).toEqual([role, [{ of: 'statement', about: statement, text: 'Nobody should be alone at night.' }]]);
  for (const role of ['auditor', 'approver:finance', 'facilitator']) expect([role, await spokenTo(role)]).toEqual([role, [{ of: 'statement', about: statement, text: null }]]);

  const maker = new Visitor(here.origin);
  await maker.signIn(here, 'decision-maker');
  const paper = (await maker.get(`/agreements/${care.id}/decision-paper`)).html;
  expect([paper.includes('“Nobody should be alone at night.”'), paper.includes('Without a reply yet.')]).toEqual([true, true]);
  // Of all that the paper weighs, the objection stands first.
  const headings = [...paper.matchAll(/<h3[^>]*>([^<]*)<\/h3>/g)].map(([, heading]) => heading);
  expect(headings[0]).toBe('Objections of those who carry a risk, and the reply');

  const deciding = { decision: newId(), decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', weighed: 'What was said.' };
  const decide = async () => care.refused('decision-maker', 'record-decision', { ...deciding, versionRead: (await care.seen()).content['decision'] });
  expect(await decide()).toEqual({ 'decision.objection-unanswered': [`a reply to the objection of service-users: ${statement}`] });
  await care.did('decision-maker', 'reply-to-objection', { statement, reply: 'Two at night, from the first day.', secondPerson: personOf('panel-chair') });
  const another = `or another second person for the objection of service-users: ${statement}`;
  expect((await care.gateRefused())['risk.statements-sought']).toEqual([`the second person to read the objection of service-users and the reply: ${statement}`, another]);
  expect(await care.refused('facilitator', 'second-reply', { statement })).toEqual({ 'statement.not-the-second-person': [`person-${personOf('panel-chair')}`, another] });
  await care.did('panel-chair', 'second-reply', { statement });
  expect((await care.gateRefused())['risk.statements-sought']).toBeUndefined();
  await care.did('decision-maker', 'record-decision', { ...deciding, versionRead: (await care.seen()).content['decision'] });

  // They spoke of a risk as large as it was then: of a larger one they are asked again, and the page says why.
  const worst = { 'co-produced': score(5, 5), 'professional-only': score(5, 5), 'not-acting': score(5, 5) };
  await care.did('risk-owner', 'rescore-risk', { risk, scores: worst, reason: 'Nobody else came.' });
  expect((await care.gateRefused())['risk.statements-sought']).toEqual([`the statement of service-users on ${risk}, anew: it is larger than when they were asked`]);
  expect((await maker.get(`/agreements/${care.id}/risk`)).html).toContain('became as large as now');
}, 60_000);

test('an elected member says themselves what the public thinks of a risk it carries, and nobody whose hand is in it reads the objection as the second person', async () => {
  const care = await takenOver('Evening buses', 2, '900000.00');
  const [risk, statement] = [newId(), newId()];
  await care.did('risk-owner', 'raise-risk', { risk, title: 'The square is dark', bearers: ['public'], owner: personOf('risk-owner'), scores: { 'co-produced': score(2, 2), 'professional-only': score(2, 4), 'not-acting': score(3, 4) } });
  await care.did('risk-owner', 'seek-statement', { statement, group: 'public', of: 'elected-member', form: 'plain-language', advocacyOffered: true });
  await care.did('elected-member', 'record-statement', { statement, view: 'object', spokenBy: personOf('elected-member'), words: 'The lamps are broken.' });
  for (const [hand, role] of [['opened the agreement', 'commissioner'], ['asked for the view', 'risk-owner']] as const) {
    expect((await care.refused('decision-maker', 'reply-to-objection', { statement, reply: 'x', secondPerson: personOf(role) }))['statement.second-own-work']).toContain(`someone other than the one who ${hand}`);
  }
  await care.did('decision-maker', 'reply-to-objection', { statement, reply: 'They are mended by March.', secondPerson: personOf('panel-chair') });
  await care.did('panel-chair', 'second-reply', { statement });
  expect((await care.gateRefused())['risk.statements-sought']).toBeUndefined();
}, 60_000);

test('while the approver of finance is away a named colleague signs, as far as was delegated and not a day longer', async () => {
  const finance = here.as('approver:finance');
  const deputy = personOf('risk-owner');
  const delegated = await finance.post<{ delegation: string }>('/api/v1/me/delegations', { to: deputy, discipline: 'finance', from: '2026-06-01', until: '2026-06-30', upTo: 100_000, when: 'absent' });
  expect(delegated.status).toBe(201);
  const care = await takenOver('Meals');
  const signOff = await care.askedFor('finance');
  const signing = async () => ({ signOff, versionRead: (await care.seen()).content['finance'], outcome: { is: 'granted', expiresOn: '2026-06-20' }, onBehalfOf: personOf('approver:finance') });

  expect(Object.keys(await care.refused('risk-owner', 'sign-off', await signing()))).toEqual(['right.missing']);
  expect((await finance.post('/api/v1/me/absences', { from: '2026-06-01', until: '2026-06-05' })).status).toBe(201);
  expect((await here.as('risk-owner').get<{ standsInFor: { discipline: string }[] }>('/api/v1/me/stand-ins')).body.standsInFor).toMatchObject([{ discipline: 'finance', upTo: 100_000 }]);
  // Not passed on: the deputy has no role of finance to give.
  const passedOn = await here.as('risk-owner').post<{ errors: { code: string }[] }>('/api/v1/me/delegations', { to: personOf('facilitator'), discipline: 'finance', from: '2026-06-01', until: '2026-06-30' });
  expect([passedOn.status, passedOn.body.errors.map(({ code }) => code)]).toEqual([422, ['delegation.not-yours']]);

  await care.facts({ value: money('100000.01') });
  expect(Object.keys(await care.refused('risk-owner', 'sign-off', await signing()))).toEqual(['sign-off.beyond-delegation']);
  await care.facts({ value: money('90000.00') });
  await care.did('risk-owner', 'sign-off', await signing());
  expect((await care.seen()).signOffs).toMatchObject([{ answer: { is: 'granted', by: deputy, expiresOn: '2026-06-20' }, voices: [{ member: personOf('approver:finance'), by: deputy }] }]);

  // The last day passes; the approver is back and renews it after a review.
  clock.set('2026-06-22T09:00:00Z');
  const renewal = { signOff, versionRead: (await care.seen()).content['finance'], expiresOn: '2026-12-31', review: documentCalled('Review') };
  expect(Object.keys(await care.refused('risk-owner', 'renew-sign-off', { ...renewal, onBehalfOf: personOf('approver:finance') }))).toEqual(['right.missing']);
  await care.did('approver:finance', 'renew-sign-off', renewal);
  expect((await finance.post(`/api/v1/me/delegations/${delegated.body.delegation}/withdraw`)).status).toBe(200);
}, 60_000);

test('a delegation or a role that holds on some agreements names those that there are, and whatever else is wrong is said with it', async () => {
  const nowhere = newId();
  const there = await takenOver('Meals at noon');
  const delegating = { to: personOf('risk-owner'), discipline: 'finance', from: '2027-06-01', until: '2027-06-30', agreements: [there.id, nowhere] };
  const refused = async (asked: Promise<{ readonly status: number; readonly body: { readonly errors: readonly { readonly code: string; readonly missing: readonly object[] }[] } }>) => {
    const { status, body } = await asked;
    return [status, body.errors.map(({ code }) => code), body.errors.at(-1)?.missing];
  };
  const unknown = [{ what: `agreement-${nowhere}`, suppliedBy: 'commissioner', by: 'open-agreement' }];
  expect(await refused(here.as('approver:finance').post('/api/v1/me/delegations', delegating))).toEqual([422, ['grant.agreement-unknown'], unknown]);
  expect(await refused(here.as('risk-owner').post('/api/v1/me/delegations', { ...delegating, to: personOf('facilitator') }))).toEqual([422, ['delegation.not-yours', 'grant.agreement-unknown'], unknown]);
  expect(await refused(here.as('administrator').post(`/api/v1/people/${personOf('risk-owner')}/roles`, { role: 'auditor', agreements: [nowhere] }))).toEqual([422, ['grant.agreement-unknown'], unknown]);
  expect((await here.as('approver:finance').get<{ delegations: readonly { from: string }[] }>('/api/v1/me/stand-ins')).body.delegations.filter(({ from }) => from === delegating.from)).toEqual([]);
}, 60_000);

test('whoever stands in hears what waits for the approver, and signs it on the page where it waits', async () => {
  const [deputy, approver] = [personOf('risk-owner'), personOf('approver:equality')];
  const { body: { delegation } } = await here.as('approver:equality').post<{ delegation: string }>('/api/v1/me/delegations', { to: deputy, discipline: 'equality', from: '2026-06-01', until: '2026-12-31', upTo: 100_000 });
  const [care, dear] = [await takenOver('Lunches'), await takenOver('Dear lunches', 2, '900000.00')];
  const [signOff, beyond, finance] = [await care.askedFor('equality'), await dear.askedFor('equality'), await care.askedFor('finance')];
  const { organisation } = (await here.as('auditor').get<{ organisation: { id: string } }>('/api/v1/me')).body;
  const waits = async () => {
    await here.app.get(Consumers).runAll(organisation.id);
    const { items } = (await here.as('risk-owner').get<{ items: { subject: string; inPlaceOf: string | null; waitsFor: string }[] }>('/api/v1/work?limit=100')).body;
    return items.filter(({ subject, waitsFor }) => waitsFor === 'you' && [signOff, beyond, finance].includes(subject)).map(({ subject, inPlaceOf }) => [subject, inPlaceOf]);
  };
  // As far as was delegated: neither a dearer agreement nor another discipline.
  expect(await waits()).toEqual([[signOff, approver]]);
  const browser = await visitor('risk-owner');
  expect(await browser.read('/')).toMatch(new RegExp(`sign-offs/${signOff}"[^]*?In the place of Demo approver, equality`));
  expect(await browser.read(`/agreements/${care.id}`)).toContain(`href="/agreements/${care.id}/do/sign-off"`);
  const form = await browser.read(`/agreements/${care.id}/do/sign-off`);
  expect([signOff, finance].map((one) => form.includes(`value="${one}"`))).toEqual([true, false]);
  const page = await browser.read(`/agreements/${care.id}/sign-offs/${signOff}`);
  expect(page).toContain(`name="onBehalfOf" value="${approver}"`);
  const typed = { signOff, versionRead: (await care.seen()).content['equality']!, onBehalfOf: approver, 'outcome.is': 'granted', act: 'confirm', key: newId(), version: '1' };
  expect((await browser.post(`/agreements/${care.id}/do/sign-off`, typed)).status).toBe(303);
  expect((await care.seen()).signOffs[0]).toMatchObject({ answer: { is: 'granted', by: deputy }, voices: [{ member: approver, by: deputy }] });
  expect(await waits()).toEqual([]);
  await here.as('approver:equality').post(`/api/v1/me/delegations/${delegation}/withdraw`);
  const over = new Visitor(here.origin);
  await over.signIn(here, 'risk-owner');
  expect([(await over.get(`/agreements/${dear.id}/do/sign-off`)).status, (await over.get(`/agreements/${dear.id}/sign-offs/${beyond}`)).html.includes('name="onBehalfOf"')]).toEqual([403, false]);
}, 60_000);

test('a register of risks: what lies above the appetite is seen from above, people from outside come in or it is said that nobody did, and a panel advises', async () => {
  clock.set('2026-07-01T09:00:00Z');
  const care = await takenOver('Night calls', 2, '900000.00');
  const [risk, control, incident, panel, advice] = [newId(), newId(), newId(), newId(), newId()];
  const scores = { 'co-produced': score(2, 2), 'professional-only': score(2, 4), 'not-acting': score(5, 4) };
  const seen = async () => (await here.as('auditor').get<RiskRead>(`/api/v1/agreements/${care.id}/risk`)).body;
  const owner = personOf('risk-owner');

  // Everything that is wrong, at once, and nothing is written.
  expect(Object.keys(await care.refused('risk-owner', 'raise-risk', { risk, title: 'Alone', domain: 'moon', bearers: [], owner: newId(), scores, reviewOn: '2026-01-01' }))).toEqual([
    'risk.nobody-carries-it', 'person.unknown', 'risk.domain-unknown', 'risk.review-not-ahead',
  ]);
  await care.did('risk-owner', 'raise-risk', { risk, title: 'A volunteer is alone at night', domain: 'service', bearers: ['service-users'], owner, scores, reviewOn: '2026-12-01' });
  await care.did('commissioner', 'plan-involvement', { stage: 'design', mode: 'co-design', say: 3, do: 1, groups: ['neighbours'], method: 'Evenings at the hall', people: 5, resources: { is: 'budget', amount: money('500.00') } });
  expect((await care.gateRefused())['risk.prompts-answered']).toHaveLength(5);
  for (const prompt of ['burden', 'exploitation', 'capture', 'confidentiality']) {
    await care.did('risk-owner', 'answer-risk-prompt', { prompt, answer: { is: 'does-not-arise', because: 'Two share every night, and are paid.' } });
  }
  await care.did('risk-owner', 'answer-risk-prompt', { prompt: 'lone-volunteers', answer: { is: 'named', risk } });
  expect((await care.gateRefused())['risk.prompts-answered']).toBeUndefined();

  // The administrator draws the line lower, and what was within it lies above it at once.
  const { body: settings } = await here.as('commissioner').get<Settings>('/api/v1/risk-settings');
  const lower = { ...settings, bands: { moderate: 2, high: 4, extreme: 15 } };
  expect((await here.as('commissioner').post('/api/v1/risk-settings', lower)).status).toBe(403);
  expect((await here.as('administrator').post('/api/v1/risk-settings', { ...lower, domains: [] })).status).toBe(400);
  expect((await here.as('administrator').post('/api/v1/risk-settings', lower)).status).toBe(200);
  expect((await care.gateRefused())['risk.escalated']).toEqual([`the word of the senior-responsible-owner on ${risk}`]);
  expect(await care.refused('risk-owner', 'acknowledge-risk', { risk, says: 'Seen' })).toEqual({ 'right.missing': expect.anything() });
  expect(await care.refused('risk-owner', 'close-risk', { risk, reason: 'n/a' })).toEqual({
    'risk.unseen': [`the word of the senior-responsible-owner on ${risk}`],
    'risk.nobody-asked': [`the statement of service-users on ${risk}`, 'someone other than who raised it, answers for it or saw it'],
  });
  await care.did('senior-responsible-owner', 'acknowledge-risk', { risk, says: 'I know who is alone, and when.' });
  // Whoever saw it closes it by themselves no more than whoever answers for it.
  expect(Object.keys(await care.refused('senior-responsible-owner', 'close-risk', { risk, reason: 'n/a' }))).toEqual(['risk.nobody-asked']);
  expect((await care.gateRefused())['risk.escalated']).toBeUndefined();
  expect((await here.as('administrator').post('/api/v1/risk-settings', settings)).status).toBe(200);

  // People from outside come in; three months without anybody is a warning, and work for whoever sees to it.
  await care.did('risk-owner', 'add-control', { control, risk, title: 'Neighbours look in', kind: 'people-from-outside', owner });
  await care.did('risk-owner', 'record-control-proof', { control, on: '2026-07-01', finding: 'works', shows: 'Three came and spoke with everybody.' });
  expect((await seen()).warnings).toEqual([]);
  clock.set('2026-09-18T09:00:00Z');
  const before = await visitor('risk-owner');
  await before.read('/agreements?at=1000000');
  expect(await before.read('/?at=1000000')).toContain('Proof gets too old within two weeks: “Neighbours look in”');
  clock.set('2026-10-02T09:00:00Z');
  expect((await seen()).warnings).toMatchObject([{ kind: 'control-aged', about: control, from: '2026-10-02', by: 'record-control-proof' }]);
  const whoeverSeesToIt = await visitor('risk-owner');
  await whoeverSeesToIt.read('/agreements?at=1000000');
  expect(await whoeverSeesToIt.read('/?at=1000000')).toMatch(/^(?!.*Proof gets too old).*Proof is too old: “Neighbours look in”/s);

  await care.did('risk-owner', 'record-incident', { incident, risk, happened: 'Nobody came on a Sunday night.', on: '2026-10-01', harm: 'low-harm', done: 'A second name stands on each list.' });
  expect((await seen()).warnings).toMatchObject([{}, { kind: 'incident-unscored', about: incident, dueOn: '2026-10-16', by: 'review-risk' }]);
  // Looking again at the three ways of design says nothing of how large it is now, and what came out larger than ever thought corrects that too.
  await care.did('risk-owner', 'rescore-risk', { risk, scores: { ...scores, 'not-acting': score(1, 1) }, reason: 'Nothing to see.' });
  expect((await seen()).warnings).toMatchObject([{}, { kind: 'incident-unscored', about: incident }]);
  expect(await care.refused('risk-owner', 'review-risk', { risk, levels: { inherent: score(1, 1), current: score(4, 4), target: score(1, 1) }, reviewOn: '2027-01-01', reason: 'It happened.' })).toEqual({
    'risk.above-inherent': ['the current score: 1 or less, or a larger inherent score'],
  });
  await care.did('risk-owner', 'review-risk', { risk, levels: { inherent: score(4, 4), current: score(4, 4), target: score(1, 3) }, reviewOn: '2027-01-01', reason: 'It happened.' });
  expect((await seen()).warnings.map(({ kind }) => kind)).toEqual(['control-aged', 'unseen']);
  expect((await seen()).risks).toMatchObject([{ now: { product: 16, band: 'extreme' }, appetite: 'moderate', awaits: 'decision-maker' }]);

  await care.did('risk-owner', 'raise-opportunity', { opportunity: newId(), title: 'Neighbours stay for tea', gains: ['community'], owner, score: score(3, 3) });
  expect(Object.keys(await care.refused('risk-owner', 'convene-risk-panel', { panel, chair: personOf('approver:finance'), members: [{ of: 'carers', member: newId() }, { of: 'provider', member: personOf('commissioner') }] }))).toEqual([
    'risk-panel.chair-may-not-advise', 'risk-panel.member-unknown',
  ]);
  await care.did('risk-owner', 'convene-risk-panel', { panel, chair: personOf('panel-chair'), members: [{ of: 'service-users', member: personOf('representative') }, { of: 'provider', member: personOf('provider-operator') }] });
  // Whoever sits in it reads what it advises on, until it has.
  const reads = async (role: string) => (await here.as(role).get(`/api/v1/agreements/${care.id}/risk`)).status;
  expect([await reads('representative'), await reads('advocate')]).toEqual([200, 404]);
  expect(Object.keys(await care.refused('decision-maker', 'record-panel-advice', { advice, panel, risks: [risk], says: 'x', inFavour: 1, against: 0, on: '2026-10-02' }))).toEqual(['right.missing']);
  await care.did('panel-chair', 'record-panel-advice', { advice, panel, risks: [risk], says: 'Two at night until the spring.', inFavour: 1, against: 1, dissent: 'It costs the day visits.', on: '2026-10-02' });
  expect(await reads('representative')).toBe(404);
  await care.did('decision-maker', 'answer-panel-advice', { advice, outcome: 'followed-in-part', reasons: 'Until we know more.' });
  expect((await seen()).advice).toMatchObject([{ dissent: 'It costs the day visits.', answer: { outcome: 'followed-in-part' } }]);

  const maker = await visitor('decision-maker');
  const paper = await maker.read(`/agreements/${care.id}/decision-paper`);
  expect(['Two at night until the spring.', 'It costs the day visits.', 'A volunteer is alone at night', 'is still to see it'].filter((words) => !paper.includes(words))).toEqual([]);
  const page = await maker.read(`/agreements/${care.id}/risk`);
  expect(['Neighbours look in', 'Proof too old', 'Nobody came on a Sunday night.', 'Neighbours stay for tea', 'Two share every night, and are paid.'].filter((words) => !page.includes(words))).toEqual([]);
}, 60_000);

test('those who use a service are called as the organisation says on every page where they stand, and their code stays', async () => {
  const care = await takenOver('Day visits');
  const [risk, scores] = [newId(), { 'co-produced': score(4, 4), 'professional-only': score(4, 4), 'not-acting': score(5, 4) }];
  await care.did('risk-owner', 'raise-risk', { risk, title: 'Nobody comes at noon', bearers: ['service-users'], owner: personOf('risk-owner'), scores });
  await care.did('risk-owner', 'seek-statement', { statement: newId(), group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
  const [administrator, owner] = [await visitor('administrator'), await visitor('risk-owner')];
  const called = (serviceUsers: string) => administrator.post('/wording', { serviceUsers });
  const [large, short, notTheirs] = [await called('Tenants'), await called('us'), await owner.post('/wording', { serviceUsers: 'tenants' })];
  expect([large.status, faultsOf(large), short.status, faultsOf(short), notTheirs.status]).toEqual([422, [], 422, [], 403]);

  const [shipped, own] = ['people who use the service', 'people who draw on care and support'];
  const pages = ['/risk', '/decision-paper', '/history', '/do/raise-risk', '/do/convene-risk-panel'];
  const saying = async (words: string) => {
    const read = await Promise.all(pages.map(async (path) => [path, await owner.read(`/agreements/${care.id}${path}`)] as const));
    return read.filter(([, page]) => page.toLowerCase().includes(words)).map(([path]) => path);
  };
  expect([await saying(shipped), (await called(own)).status, await saying(own), await saying(shipped)]).toEqual([pages, 303, pages, []]);
  expect(await owner.read('/wording')).toContain(own);
  expect((await here.as('auditor').get<RiskRead>(`/api/v1/agreements/${care.id}/risk`)).body.risks).toMatchObject([{ bearers: ['service-users'] }]);

  // The same over the API.
  const api = here.as('administrator');
  expect((await api.post('/api/v1/wording', { serviceUsers: 'us' })).status).toBe(400);
  const refused = await api.post<{ errors: { code: string }[] }>('/api/v1/wording', { serviceUsers: 'Tenants' });
  expect([refused.status, refused.body.errors.map(({ code }) => code)]).toEqual([422, ['wording.not-within-a-sentence']]);
  expect((await api.post('/api/v1/wording?dryRun=true', { serviceUsers: 'tenants' })).body).toEqual({ serviceUsers: 'tenants', dryRun: true });
  expect((await here.as('commissioner').get('/api/v1/wording')).body).toEqual({ serviceUsers: own });
  expect((await api.post('/api/v1/wording', { serviceUsers: shipped })).body).toEqual({ serviceUsers: shipped });
}, 60_000);

test('an administrator changes the matrix on a page, and an approver lets a colleague sign on another', async () => {
  const administrator = await visitor('administrator');
  const form = await administrator.read('/risk-settings');
  const typed = { moderate: '4', high: '8', extreme: '15', 'seen.low': 'nobody', 'seen.moderate': 'nobody', 'seen.high': 'senior-responsible-owner', 'seen.extreme': 'decision-maker', rescoreDays: '7' };
  const domains = Object.fromEntries([...form.matchAll(/name="id\.(\d+)" value="([^"]+)"/g)].flatMap(([, at, id]) => [[`id.${at}`, id!], [`title.${at}`, id!], [`appetite.${at}`, 'moderate']]));
  const [wrong, right] = [await administrator.post('/risk-settings', { ...typed, ...domains, high: '3' }), await administrator.post('/risk-settings', { ...typed, ...domains, 'title.9': 'Climate', 'appetite.9': 'high' })];
  expect([wrong.status, faultsOf(wrong), right.status]).toEqual([422, [], 303]);
  expect((await here.as('commissioner').get<{ rescoreDays: number; domains: readonly { id: string }[] }>('/api/v1/risk-settings')).body).toMatchObject({ rescoreDays: 7, domains: expect.arrayContaining([{ id: 'climate', title: 'Climate', appetite: 'high' }]) });
  expect(await (await visitor('commissioner')).read('/risk-settings')).toContain('It can be changed by');

  const safeguarding = await visitor('approver:safeguarding');
  const choosing = await safeguarding.read('/stand-ins');
  expect(choosing).toContain('Nobody signs in your place.');
  const to = personOf('risk-owner');
  const { person: colleague } = (await here.as('administrator').post<{ person: string }>('/api/v1/people', { name: 'Colleague without a role' })).body;
  const mayBeChosen = (person: string) => choosing.includes(`<option value="${person}"`);
  expect(['risk-owner', 'facilitator', 'approver:safeguarding', 'auditor', 'administrator', 'elected-member', 'advocate'].filter((role) => mayBeChosen(personOf(role)))).toEqual(['risk-owner', 'facilitator']);
  expect([mayBeChosen(colleague), (await safeguarding.post('/stand-ins', { act: 'delegate', to: colleague, discipline: 'safeguarding', 'from.day': '3', 'from.month': '10', 'from.year': '2026', 'until.day': '9', 'until.month': '10', 'until.year': '2026', when: 'always' })).status]).toEqual([false, 422]);
  const given = { act: 'delegate', to, discipline: 'safeguarding', 'from.day': '3', 'from.month': '10', 'from.year': '2026', 'until.day': '9', 'until.month': '10', 'until.year': '2026', upTo: '100000', when: 'always' };
  const late = await safeguarding.post('/stand-ins', { ...given, 'until.year': '2020' });
  expect([late.status, faultsOf(late)]).toEqual([422, []]);
  expect((await safeguarding.post('/stand-ins', given)).status).toBe(303);
  const listed = await safeguarding.read('/stand-ins');
  expect(listed).toContain('Safeguarding, 3 October 2026 to 9 October 2026, up to £100,000');
  const only = await takenOver('Night buses');
  await here.app.get(Consumers).runAll((await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me')).body.organisation.id);
  // One that there is not is refused to whoever sends more than the form offers.
  const nowhere = await safeguarding.post('/stand-ins', { ...given, agreement: newId() });
  expect([nowhere.status, nowhere.html.includes('What holds on some agreements names those that there are in this organisation.')]).toEqual([422, true]);
  expect((await safeguarding.post('/stand-ins', { ...given, agreement: only.id })).status).toBe(303);
  expect(await safeguarding.read('/stand-ins')).toContain('3 October 2026 to 9 October 2026, up to £100,000, on “Night buses” alone');
  expect((await here.as('approver:safeguarding').get<{ delegations: object[] }>('/api/v1/me/stand-ins')).body.delegations).toMatchObject([{ agreements: null }, { agreements: [only.id] }]);
  expect((await safeguarding.post('/stand-ins', { act: 'away', 'away-from.day': '2', 'away-from.month': '10', 'away-from.year': '2026', 'away-until.day': '5', 'away-until.month': '10', 'away-until.year': '2026' })).status).toBe(303);
  expect(await safeguarding.read('/stand-ins')).toContain('You are away today.');
  for (const [, withdraw = ''] of (await safeguarding.read('/stand-ins')).matchAll(/value="(withdraw [^"]+)"/g)) expect((await safeguarding.post('/stand-ins', { act: withdraw })).status).toBe(303);
  expect(await safeguarding.read('/stand-ins')).toContain('Nobody signs in your place.');
}, 60_000);

/** Somebody of this role with a browser; every page that is read is one as every page must be. */
async function visitor(role: string) {
  const browser = new Visitor(here.origin);
  await browser.signIn(here, role);
  const read = async (path: string): Promise<string> => {
    const page = await browser.get(path);
    expect([path, page.status, faultsOf(page)]).toEqual([path, 200, []]);
    return page.html;
  };
  return { post: browser.post.bind(browser), read };
}

interface RiskRead {
  readonly risks: readonly object[];
  readonly advice: readonly object[];
  readonly warnings: readonly { readonly kind: string }[];
}
interface Settings {
  readonly bands: object;
  readonly domains: readonly object[];
}

/** In design, where the risks are asked about. */
const takenOver = (title: string, version = 2, value = '90000.00'): Promise<Journey> =>
  Journey.takenOver(here, {
    title, kind: 'contract', pathway: { id: 'standard', version }, route: { id: 'pa2023-light-touch' }, raises: [], value: money(value), stage: 'design', from: { source: 'contracts register', reference: title },
  });

test('once whoever answers for a risk has left, what waits for them waits for the risk owners, who name another; an action of theirs for the contract managers', async () => {
  clock.set('2026-10-20T09:00:00Z');
  const care = await takenOver('Somebody leaves');
  const { body: { organisation: { id: tenant } } } = await here.as('commissioner').get<{ organisation: { id: string } }>('/api/v1/me');
  const leaver = await new Cast(here, tenant).player({ role: 'risk-owner' });
  const [risk, control, meeting] = [newId(), newId(), newId()];
  const scores = { 'co-produced': score(2, 2), 'professional-only': score(2, 2), 'not-acting': score(2, 2) };
  await care.did('risk-owner', 'raise-risk', { risk, title: 'A van breaks down', bearers: ['service-users'], owner: leaver.person, scores, reviewOn: '2026-10-21' });
  await care.did('risk-owner', 'add-control', { control, risk, title: 'A second van', kind: 'procedure', owner: leaver.person });
  await care.did('risk-owner', 'record-control-proof', { control, on: '2026-10-20', finding: 'does-not-work', shows: 'It does not start.' });
  await care.did('risk-owner', 'record-incident', { incident: newId(), risk, happened: 'Nobody was driven home.', on: '2026-10-19', harm: 'fatal', done: 'A taxi came.' });
  await care.did('contract-manager', 'hold-review-meeting', { meeting, on: '2026-10-20', present: 'Both', minutes: documentCalled('Minutes') });
  await care.did('contract-manager', 'agree-action', { action: newId(), meeting, what: 'Buy a van', owner: leaver.person, dueOn: '2026-10-22' });
  clock.set('2026-10-21T09:00:00Z');
  const waits = async (api: Player['api']) => {
    await here.app.get(Consumers).runAll(tenant);
    const { body } = await api.get<{ items: { kind: string; agreement: string }[] }>('/api/v1/work?limit=100');
    return body.items.filter(({ agreement }) => agreement === care.id).map(({ kind }) => kind).filter((kind) => ['control-fails', 'review-due', 'incident-unscored', 'action'].includes(kind)).sort();
  };
  expect([await waits(leaver.api), await waits(here.as('risk-owner')), await waits(here.as('contract-manager'))]).toEqual([['action', 'control-fails', 'incident-unscored', 'review-due'], [], []]);

  expect((await here.as('administrator').post(`/api/v1/people/${leaver.person}/disable`, { reason: 'left' })).status).toBe(200);
  expect([await waits(here.as('risk-owner')), await waits(here.as('contract-manager'))]).toEqual([['control-fails', 'incident-unscored', 'review-due'], ['action']]);

  const review = { risk, levels: { inherent: score(2, 2), current: score(2, 2), target: null }, reviewOn: '2026-10-22', reason: 'Whoever answered for it left.' };
  expect(Object.keys(await care.refused('risk-owner', 'review-risk', { ...review, owner: leaver.person }))).toEqual(['risk.owner-gone']);
  await care.did('risk-owner', 'review-risk', { ...review, owner: personOf('contract-manager') });
  await care.did('risk-owner', 'record-control-proof', { control, on: '2026-10-21', finding: 'does-not-work', shows: 'Still not.', owner: personOf('contract-manager') });
  clock.set('2026-10-22T09:00:00Z');
  expect([await waits(here.as('risk-owner')), await waits(here.as('contract-manager'))]).toEqual([[], ['action', 'control-fails', 'review-due']]);
});

test('a minor change only tells: what was signed stands, and its page says what else changed since', async () => {
  clock.set('2026-10-30T09:00:00Z');
  const care = await takenOver('Minor', 2);
  const signOff = await care.askedFor('finance');
  await care.did('approver:finance', 'sign-off', { signOff, versionRead: (await care.seen()).content['finance'], outcome: { is: 'granted' } });
  const says = async () => {
    const approver = new Visitor(here.origin);
    await approver.signIn(here, 'approver:finance');
    return (await approver.get(`/agreements/${care.id}/sign-offs/${signOff}`)).html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  };
  expect(await says()).not.toContain('Changed since');
  clock.set('2026-10-31T09:00:00Z');
  await care.facts({ title: 'Minor, renamed' });
  expect(await says()).toMatch(/Granted .* Changed since, without weight for this sign-off: title\./);
  expect(await says()).not.toContain('Stale');
  await care.facts({ 'financial-envelope': { reference: 'DMS/2', title: 'Envelope' } });
  expect(await says()).toContain('Stale: what it rests on has changed');
});

test('an officer of a partner body sees and signs while its record is in force, as far as it allows, and from then on nothing is there', async () => {
  clock.set('2026-11-02T09:00:00Z');
  const [care, beside] = [await takenOver('Joint nights'), await takenOver('Nights of our own')];
  const { organisation } = (await here.as('auditor').get<{ organisation: { id: string } }>('/api/v1/me')).body;
  const partner = newId();
  const signOff = await care.askedFor('finance');
  const officer = await new Cast(here, organisation.id).player({ role: 'approver', discipline: 'finance', partner, agreements: [care.id, beside.id], until: '2027-03-31' });
  const path = `/api/v1/agreements/${care.id}`;
  const listed = async () => (await officer.api.get<{ items: { id: string }[] }>('/api/v1/agreements', { headers: { 'concordat-position': '1000000' } })).body.items.map(({ id }) => id);
  const fed = async () => (await officer.api.get<{ items: { source: string }[] }>(`/api/v1/events?agreement=${care.id}`)).body.items.map(({ source }) => source.split('/').at(-1));
  const signs = async () =>
    officer.api.command<{ errors?: { code: string }[] }>(care.id, 'sign-off', { signOff, versionRead: (await care.seen()).content['finance'], outcome: { is: 'granted', expiresOn: '2027-01-31' } });

  // A role for a body that nobody recorded opens nothing.
  expect([(await officer.api.get(path)).status, (await signs()).status, await listed()]).toEqual([404, 404, []]);

  const body = { partner, title: 'Riverside NHS Trust', identifier: { scheme: 'GB-NHS', id: 'RXX' }, basis: 's.75 National Health Service Act 2006', from: '2026-11-02', until: '2026-11-30' };
  const shares = [{ year: '2026-27', amount: money('30000.00') }];
  expect(Object.keys(await care.refused('decision-maker', 'record-partner', { ...body, may: 'see' }))).toEqual(['right.missing']);
  expect(await care.refused('commissioner', 'record-partner', { ...body, may: 'see', shares: [{ year: '2026-28', amount: money('90000.01') }] })).toEqual({
    'partner.not-a-financial-year': ['another year than 2026-28'], 'partner.above-value': ['shares of at most 90000.00 GBP in all'],
  });

  // It sees, and does not sign.
  await care.did('commissioner', 'record-partner', { ...body, may: 'see', shares });
  expect([(await officer.api.get(path)).status, (await officer.api.get(`/api/v1/agreements/${beside.id}`)).status]).toEqual([200, 404]);
  expect([await listed(), new Set(await fed())]).toEqual([[care.id], new Set([care.id])]);
  // What is linked to it is not theirs by that: of the one they see not, nothing is there.
  await beside.did('commissioner', 'link-agreement', { to: care.id, as: 'replaces' });
  const related = async (reader: ApiClient) => (await reader.get<{ links: { id: string }[] }>(`${path}/tree`)).body.links.map(({ id }) => id);
  expect([await related(officer.api), await related(here.as('commissioner'))]).toEqual([[], [beside.id]]);
  const tooFar = await signs();
  expect([tooFar.status, tooFar.body.errors?.map(({ code }) => code)]).toEqual([422, ['partner.not-in-force']]);
  const page = await (await visitor('commissioner')).read(`/agreements/${care.id}`);
  for (const said of ['Riverside NHS Trust', 'Sees', 's.75 National Health Service Act 2006', '2 November 2026 to 30 November 2026', '2026-27: £30,000']) expect(page).toContain(said);

  // It signs, on the last day too; then the clock goes on, and what cannot be seen is not there.
  await care.did('commissioner', 'end-partner', { partner, reason: 'The section 75 agreement was widened.' });
  await care.did('commissioner', 'record-partner', { ...body, may: 'sign', shares });
  clock.set('2026-11-30T23:00:00Z');
  expect((await signs()).status).toBe(200);
  clock.set('2026-12-01T09:00:00Z');
  const after = [path, `${path}?asAt=2026-11-30T12:00:00Z`, `${path}/history`, `${path}/gate`];
  expect([await Promise.all(after.map(async (one) => (await officer.api.get(one)).status)), await listed(), await fed()]).toEqual([[404, 404, 404, 404], [], []]);
  expect((await officer.api.command(care.id, 'request-sign-off', { signOff: newId(), kind: 'approval', discipline: 'equality' })).status).toBe(404);
}, 60_000);

test('who stands in signs many at once, and each of them is held to what was delegated and to what was read', async () => {
  clock.set('2027-02-01T09:00:00Z');
  const finance = here.as('approver:finance');
  const [approver, deputy] = [personOf('approver:finance'), here.as('risk-owner')];
  expect((await finance.post('/api/v1/me/delegations', { to: personOf('risk-owner'), discipline: 'finance', from: '2027-02-01', until: '2027-02-28', upTo: 100_000, when: 'absent' })).status).toBe(201);
  expect((await finance.post('/api/v1/me/absences', { from: '2027-02-01', until: '2027-02-05' })).status).toBe(201);
  const agreements = [await takenOver('Days'), await takenOver('Evenings'), await takenOver('Large', 2, '100000.01'), await takenOver('Read long ago'), await takenOver('Another discipline')];
  const asked = await Promise.all(agreements.map((care) => care.askedFor(care === agreements.at(-1) ? 'equality' : 'finance')));
  const read = await Promise.all(agreements.map((care) => care.seen()));
  await agreements[3]!.facts({ value: money('80000.00') });
  const lines = agreements.map(({ id }, at) => {
    const discipline = at === 4 ? 'equality' : 'finance';
    return JSON.stringify({ agreement: id, command: 'sign-off', body: { signOff: asked[at], versionRead: read[at]!.content[discipline], outcome: { is: 'granted', expiresOn: '2027-02-20' }, onBehalfOf: approver } });
  });
  await here.startWorker();
  const signed = async () => {
    const operation = (await deputy.post('/api/v1/operations', lines.join('\n'), { headers: { 'content-type': 'application/x-ndjson' } })).headers.get('location')!;
    await eventually(async () => ((await deputy.get<{ status: string }>(operation)).body.status === 'done' ? true : undefined), 25_000);
    const { items } = (await deputy.get<{ items: { result: { outcome: string; refusals?: { code: string }[] } }[] }>(`${operation}/results`)).body;
    return items.map(({ result: { outcome, refusals = [] } }) => [outcome, ...refusals.map(({ code }) => code)].join(' '));
  };
  expect(await signed()).toEqual(['recorded', 'recorded', 'refused sign-off.beyond-delegation', 'refused sign-off.other-version', 'refused right.missing']);
  expect((await agreements[0]!.seen()).signOffs).toMatchObject([{ answer: { is: 'granted', by: personOf('risk-owner') }, voices: [{ member: approver, by: personOf('risk-owner') }] }]);

  // The approver is back: nobody signs in their place.
  clock.set('2027-02-08T09:00:00Z');
  expect(new Set(await signed())).toEqual(new Set(['refused right.missing']));
}, 60_000);
