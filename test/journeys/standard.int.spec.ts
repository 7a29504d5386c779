import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FixedClock, londonDay, newId } from '@concordat/platform';
import addFormats from 'ajv-formats';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { eventually } from '../harness/index.js';
import { openInstallation, type TestInstallation } from './installation.js';
import { expectProblem } from './problem.js';
import { documentCalled, Journey } from './journey.js';

// A contract on the standard pathway by competitive tender, opened while version 1 was in use: it goes on by that one. Each gate is asked
// first with nothing done, and names all of it.

const group = 'people who draw on home care';
const clock = new FixedClock('2025-12-29T09:00:00Z');
const money = (amount: string) => ({ amount, currency: 'GBP' });
const opening = {
  title: 'Home care',
  kind: 'contract',
  pathway: { id: 'standard', version: 1 },
  route: { id: 'pa2023-competitive' },
  raises: [],
  value: money('1450000.00'),
};

let here: TestInstallation;
let care: Journey;
let taken: Journey;
const people = Array.from({ length: 5 }, newId);
const said: Record<string, string> = {};
const met: Record<string, string> = {};

beforeAll(async () => {
  here = await openInstallation({ clock });
  care = await Journey.opened(here, opening);
  taken = await Journey.takenOver(here, {
    ...opening, title: 'Meals at home, since 2023', stage: 'delivery', provider: await providerId(), from: { source: 'Contract register', reference: 'CR-118' },
    facts: { 'contract-period': { startsOn: '2023-04-01', endsOn: '2026-12-31' } },
  });
  clock.set('2026-03-02T09:00:00Z');
  await care.did('commissioner', 'choose-route', { route: { id: 'pa2023-competitive' }, why: 'The version in use' });
}, 60_000);
afterAll(() => here.close());

const personOf = (role: string) => here.person(role).person;
const today = () => londonDay(clock.now());

/** Five people meet in this stage, and the first of them says something that waits for an answer. */
async function peopleMeet(stage: string, mode: string, say: number, right: string): Promise<void> {
  const activity = newId();
  const contribution = newId();
  await care.did('commissioner', 'plan-involvement', {
    stage, mode, say, do: 0, groups: [group], method: 'Evenings at the hall', people: 5,
    resources: { is: 'budget', amount: money('500.00') }, accessCosts: { is: 'budget', amount: money('60.00') },
  });
  await care.did('facilitator', 'plan-activity', { activity, stage, title: `An evening on ${stage}`, groups: [group], right, ledBy: 'together', closesOn: today() });
  await care.did('facilitator', 'record-attendance', { activity, participants: people, on: today() });
  await care.did('representative', 'record-contribution', { contribution, activity, author: people[0], text: `What matters in ${stage}`, givenOn: today() });
  [said[stage], met[stage]] = [contribution, activity];
}

async function answered(stage: string): Promise<void> {
  const theme = newId();
  await care.did('facilitator', 'create-theme', { theme, title: `What was said on ${stage}` });
  await care.did('facilitator', 'put-in-theme', { theme, contributions: [said[stage]] });
  await care.did('commissioner', 'answer-theme', { theme, response: { outcome: 'adopted', reasons: 'It is right.', changed: 'The specification, page 3.' } });
}

/** What Say 3 lacks in a stage where nobody met yet. */
const sayThree = (...missing: string[]) => missing.map((what) => `Say 3 (engaged): ${what}`);
const advise = 'an activity in which people advise or more';
const heard = 'what people said';
const answer = 'an answer, with reasons, to what people said';

describe('a contract on the standard pathway', () => {
  test('begins on the version in use that day: an earlier one is refused with its name, and what runs on that goes on', async () => {
    const refused = expectProblem(await here.as('commissioner').post('/api/v1/agreements', { ...opening, route: { id: 'pa2023-competitive', version: 1 } }), 422, 'command.refused');
    expect(refused.errors?.map(({ code, detail }) => [code, detail])).toEqual([
      ['pathway.not-in-use', 'What begins today begins on version 2 of “Standard commissioning”, in use since 2026-01-01.'],
      ['route.not-in-use', 'What begins today begins on version 2 of “Procurement Act 2023: competitive tendering”, in use since 2026-01-01.'],
    ]);
    const begun = await Journey.opened(here, { ...opening, pathway: { id: 'standard' } });
    expect([await begun.seen(), await care.seen()]).toMatchObject([
      { pathway: { id: 'standard', version: 2 }, route: { version: 2 } },
      { pathway: { id: 'standard', version: 1 }, route: { version: 2 } },
    ]);
  });

  test('leaves mandate with its facts, a sponsor, and the declarations of both roles, of who leads it and of who gives the money', async () => {
    expect((await care.seen()).tier).toBe('standard');
    expect(await care.gateRefused()).toEqual({
      'facts.present': ['sponsor', 'lead', 'place', 'people-concerned', 'affected-groups', 'not-in-the-room'],
      'conflicts.declared': ['declaration of the commissioner', 'declaration of the senior-responsible-owner', `declaration of person-${personOf('commissioner')}, who opened it`],
      'sign-offs.granted': ['approval of sponsor: not asked for'],
    });

    await care.facts({
      sponsor: personOf('approver:sponsor'),
      lead: personOf('contract-manager'),
      place: 'The whole borough',
      'people-concerned': 400,
      'affected-groups': [group],
      'not-in-the-room': ['people without a phone'],
    });
    await care.declaredNoConflict('commissioner', 'senior-responsible-owner');
    await care.signedOff('sponsor');
    expect(await care.gateRefused()).toEqual({
      'conflicts.declared': [`declaration of person-${personOf('contract-manager')}, who leads it`, `declaration of person-${personOf('approver:sponsor')}, who gives the money and gave the approval of sponsor`],
    });
    await care.declaredNoConflict('contract-manager', 'approver:sponsor');
    expect(await care.throughGate()).toBe('needs');
  });

  test('leaves needs once people said which stages matter to them, met, and had an answer', async () => {
    clock.set('2026-03-09T09:00:00Z');
    const unasked = ['which stages matter to the people affected'];
    expect(await care.gateRefused()).toEqual({
      'involvement.planned': unasked,
      'involvement.achieved': unasked,
      'facts.present': ['safeguarding-screen'],
      'sign-offs.granted': ['approval of safeguarding: not asked for'],
    });

    await care.did('facilitator', 'record-stages-that-matter', { group, stages: ['needs', 'design', 'sourcing'], source: 'Asked at the hall' });
    await care.facts({ 'safeguarding-screen': documentCalled('Safeguarding screen') });
    await care.signedOff('safeguarding');
    expect(await care.gateRefused()).toEqual({
      'involvement.planned': ['a plan at Say 3 or more'],
      'involvement.achieved': sayThree(advise, heard, answer),
    });

    await peopleMeet('needs', 'co-commissioning', 3, 'advise');
    expect(await care.gateRefused()).toEqual({ 'involvement.achieved': sayThree(answer) });
    await answered('needs');
    await care.did('facilitator', 'record-stages-that-matter', { group, stages: ['needs', 'design', 'sourcing'], source: 'Asked at the hall', activity: met['needs'] });
    expect(await care.throughGate()).toBe('priorities');
  });

  test('waits on hold, and only what is owed to people goes on', async () => {
    await care.did('commissioner', 'hold', { reason: 'The budget is being set.' });
    expect(await care.refused('commissioner', 'request-gate', { stage: 'priorities' })).toMatchObject({ 'agreement.held': ['resume'] });
    await care.did('facilitator', 'record-feedback', { participants: [people[0]], outcome: 'delivered' });
    await care.did('commissioner', 'resume');
    expect((await care.seen()).lifecycle).toBe('open');
  });

  test('leaves priorities once what is planned can be paid for and what was said has its answer', async () => {
    clock.set('2026-03-23T09:00:00Z');
    // Nobody said that this stage matters to them, so no involvement is asked in it; what was planned for a later one is.
    const later = { stage: 'route', mode: 'co-commissioning', say: 1, do: 0, groups: [group], method: 'A letter', people: 5, accessCosts: { is: 'nothing-needed', group, because: 'we pay the stamp' } };
    await care.did('commissioner', 'plan-involvement', { ...later, resources: { is: 'not-yet' } });
    const activity = newId();
    said['priorities'] = newId();
    await care.did('facilitator', 'plan-activity', { activity, stage: 'priorities', title: 'By post', groups: [group], right: 'consult', ledBy: 'staff', closesOn: today() });
    await care.did('representative', 'record-contribution', { contribution: said['priorities'], activity, author: people[1], text: 'Evenings first.', givenOn: today() });

    expect(await care.gateRefused()).toEqual({
      'involvement.resourced': ['a budget for involvement in route, or the group’s own "we need nothing because…"'],
      'involvement.themes-answered': [said['priorities']],
      'facts.present': ['financial-envelope', 'eqia'],
      'sign-offs.granted': ['approval of finance: not asked for'],
    });

    await care.did('commissioner', 'plan-involvement', { ...later, resources: { is: 'nothing-needed', group, because: 'a stamp is enough' } });
    await answered('priorities');
    await care.facts({ 'financial-envelope': documentCalled('Envelope'), eqia: documentCalled('EqIA') });
    await care.signedOff('finance');
    expect(await care.throughGate()).toBe('design');
  });

  test('leaves design with the risks seen three ways, the objection of those who carry them answered, and four sign-offs', async () => {
    clock.set('2026-04-13T09:00:00Z');
    const risk = newId();
    const score = (likelihood: number, impact: number) => ({ likelihood, impact });
    const scores = { 'co-produced': score(3, 3), 'professional-only': score(2, 3), 'not-acting': null };
    await care.did('risk-owner', 'raise-risk', { risk, title: 'A carer is alone at night', bearers: ['service-users'], owner: personOf('risk-owner'), scores });
    expect(await care.gateRefused()).toEqual({
      'involvement.planned': ['a plan at Say 3 or more'],
      'involvement.achieved': sayThree(advise, heard, answer),
      'involvement.people': ['5 more of the 5 people needed'],
      'risk.three-way': [`the not-acting score of ${risk}`],
      'risk.statements-sought': [`the statement of service-users on ${risk}`],
      'facts.present': ['specification', 'dpia'],
      // Safeguarding approved the screen in needs, and nothing that rests on has changed yet.
      'sign-offs.granted': [
        'approval of equality: not asked for',
        'approval of information-governance: not asked for',
        'acceptance of information-governance: not asked for',
      ],
    });

    await care.facts({ specification: documentCalled('Specification'), dpia: documentCalled('DPIA'), controller: personOf('senior-responsible-owner') });
    expect((await care.gateRefused())['sign-offs.granted']).toContain('approval of safeguarding: stale, because what it rests on changed');
    await peopleMeet('design', 'co-design', 3, 'advise');
    await answered('design');
    await care.did('risk-owner', 'rescore-risk', { risk, scores: { ...scores, 'not-acting': score(4, 4) }, reason: 'Looked at.' });

    const statement = newId();
    await care.did('risk-owner', 'seek-statement', { statement, group: 'service-users', of: 'user-led-body', form: 'easy-read', advocacyOffered: true });
    await care.did('representative', 'record-statement', { statement, view: 'object', spokenBy: people[0], words: 'Nobody should be alone at night.' });
    for (const discipline of ['safeguarding', 'equality', 'information-governance']) await care.signedOff(discipline);
    await care.signedOff('information-governance', { kind: 'acceptance', by: 'senior-responsible-owner' });
    expect(await care.gateRefused()).toEqual({ 'risk.statements-sought': [`a reply to the objection of service-users: ${statement}`] });

    const reply = { statement, reply: 'Two carers at night, from the first day.' };
    expect(await care.refused('decision-maker', 'reply-to-objection', { ...reply, secondPerson: personOf('decision-maker') })).toEqual({
      'statement.no-second-person': ['someone else'],
    });
    await care.did('decision-maker', 'reply-to-objection', { ...reply, secondPerson: personOf('panel-chair') });
    expect(await care.gateRefused()).toEqual({
      'risk.statements-sought': [`the second person to read the objection of service-users and the reply: ${statement}`, `or another second person for the objection of service-users: ${statement}`],
    });
    await care.did('panel-chair', 'second-reply', { statement });
    expect(await care.throughGate()).toBe('route');
  });

  test('leaves route with a conflicts assessment once everybody who approved until then declared theirs, and no one approves what they asked for themselves', async () => {
    clock.set('2026-05-04T09:00:00Z');
    expect(await care.gateRefused()).toEqual({
      'facts.present': ['conflicts-assessment', ...['finance', 'safeguarding', 'equality', 'information-governance'].map((discipline) => `declaration of person-${personOf(`approver:${discipline}`)}, who gave the approval of ${discipline}`)],
      'sign-offs.granted': ['approval of legal-procurement: not asked for'],
    });
    await care.facts({ 'conflicts-assessment': documentCalled('Conflicts assessment') });

    const own = newId();
    await care.did('approver:legal-procurement', 'request-sign-off', { signOff: own, kind: 'approval', discipline: 'legal-procurement' });
    const granted = { signOff: own, versionRead: (await care.seen()).content['legal-procurement'], outcome: { is: 'granted' } };
    expect(await care.refused('approver:legal-procurement', 'sign-off', granted)).toEqual({
      'sign-off.own-work': ['someone other than the one who asked for this sign-off'],
    });
    expect(Object.keys(await care.refused('approver:finance', 'sign-off', granted))).toEqual(['right.missing']);
    await care.did('approver:legal-procurement', 'withdraw-sign-off', { signOff: own, reason: 'Somebody else should ask.' });
    await care.signedOff('legal-procurement');
    // Finance had seen the envelope, and not whose interests bear on the route.
    expect((await care.gateRefused())['sign-offs.granted']).toEqual(['approval of finance: stale, because what it rests on changed']);
    await care.signedOff('finance');
    await care.declaredNoConflict(...['finance', 'safeguarding', 'equality', 'information-governance', 'legal-procurement'].map((discipline) => `approver:${discipline}`));
    expect(await care.throughGate()).toBe('sourcing');
  });

  test('goes back to design, and only what rested on the stages between is undone', async () => {
    clock.set('2026-05-11T09:00:00Z');
    const before = await care.seen();
    await care.did('senior-responsible-owner', 'return-to-stage', { stage: 'design', reason: 'Two carers cost more.' });
    const after = await care.seen();
    expect(after.stage).toBe('design');
    expect(after.facts).toEqual(before.facts);
    expect(after.signOffs.map(({ stage }) => stage)).not.toContain('route');
    expect(after.signOffs.filter(({ stage }) => stage === 'design')).toEqual(before.signOffs.filter(({ stage }) => stage === 'design'));

    // The evidence of design stands, so its gate opens at once; what was agreed on the route is asked again.
    expect(await care.throughGate()).toBe('route');
    expect(await care.gateRefused()).toEqual({ 'sign-offs.granted': ['approval of legal-procurement: not asked for', 'approval of finance: stale, because what it rests on changed'] });
    await care.signedOff('legal-procurement');
    await care.signedOff('finance');
    expect(await care.throughGate()).toBe('sourcing');
  });

  test('leaves sourcing with an evaluation by people who declared their interests', async () => {
    clock.set('2026-05-18T09:00:00Z');
    await care.did('commissioner', 'invite-provider', { provider: await providerId() });
    expect(await care.gateRefused()).toEqual({
      'involvement.planned': ['a plan at Say 3 or more'],
      'involvement.achieved': sayThree(advise, heard, answer),
      'conflicts.declared': ['declaration of the panel-chair'],
      'facts.present': ['evaluation'],
      'notices.published': ['Tender notice (UK4)'],
    });
    await peopleMeet('sourcing', 'co-commissioning', 3, 'advise');
    await answered('sourcing');
    await care.declaredNoConflict('panel-chair');
    await care.facts({ evaluation: documentCalled('Evaluation') });
    await care.did('commissioner', 'record-published-notice', { notice: 'UK4', publishedOn: '2026-05-01', reference: 'UK4-2026-1' });
    expect(await care.gateRefused()).toEqual({ 'sign-offs.granted': ['approval of legal-procurement: stale, because what it rests on changed'] });
    await care.signedOff('legal-procurement');
    expect(await care.throughGate()).toBe('award');
  });

  test('shows at award all that is missing, and lets nobody accept what was not decided', async () => {
    clock.set('2026-06-05T09:00:00Z');
    // The approval of procurement stands from before: nothing it rests on has changed yet. That of finance was given before the evaluation.
    expect(await care.gateRefused()).toEqual({
      'sign-offs.granted': ['approval of finance: stale, because what it rests on changed'],
      'involvement.feedback-delivered': [people[1], people[0]],
      'conflicts.declared': ['declaration of the decision-maker'],
      'decision.in-force': ['the decision'],
      'standstill.over': ['the published award notice'],
      'provider.accepted': ['the proposed award'],
    });

    const provider = await providerId();
    await care.did('commissioner', 'propose-award', { provider, value: money('1400000.00') });
    expect(await care.gateRefused()).toMatchObject({
      'sign-offs.granted': [
        'approval of finance: stale, because what it rests on changed',
        'approval of legal-procurement: stale, because what it rests on changed',
      ],
      'provider.accepted': [`acceptance by provider-${provider}`],
    });
    expect((await care.seen('provider-signatory')).proposedAward).toBeNull();
    const accepting = { versionRead: (await care.seen()).content['award'] };
    expect(Object.keys(await care.refused('provider-signatory', 'accept-award', accepting))).toEqual(['right.missing']);
  });

  test('lets what was signed and decided fall when the award is changed under it', async () => {
    await care.did('facilitator', 'record-feedback', { participants: [people[0], people[1]], outcome: 'delivered' });
    await care.declaredNoConflict('decision-maker');
    await care.signedOff('finance');
    await care.signedOff('legal-procurement');
    await decided('2026-06-05', '2026-06-05');
    expect(await care.gateRefused()).toMatchObject({ 'standstill.over': ['the published award notice'] });

    await care.did('commissioner', 'propose-award', { provider: await providerId(), value: money('1425000.00') });
    expect(await care.gateRefused()).toMatchObject({
      'sign-offs.granted': [
        'approval of finance: stale, because what it rests on changed',
        'approval of legal-procurement: stale, because what it rests on changed',
      ],
      'decision.in-force': ['the decision: stale, because what it rests on changed'],
    });
    const notice = { publishedOn: '2026-06-05', reference: 'UK6-2026-1' };
    expect(await care.refused('commissioner', 'publish-award-notice', notice)).toEqual({
      'award.not-decided': ['the decision: stale, because what it rests on changed'],
    });
    await care.signedOff('finance');
    await care.signedOff('legal-procurement');
  });

  test('opens the gate of award on the morning after the eight working days of the standstill, and not before', async () => {
    clock.set('2026-06-08T09:00:00Z');
    await decided('2026-06-08', '2026-06-12');
    await care.did('commissioner', 'publish-award-notice', { publishedOn: '2026-06-08', reference: 'UK6-2026-2' });
    await care.did('provider-signatory', 'accept-award', { versionRead: (await care.seen('provider-signatory')).proposedAward?.version });
    // Scotland's bank holiday of 15 June is none of the eight (Procurement Act 2023 s.123).
    const standstill = { 'standstill.over': ['standstill until the end of 2026-06-18'] };
    expect(await care.gateRefused()).toEqual({ 'decision.in-force': ['in force from 2026-06-12'], ...standstill });

    clock.set('2026-06-12T09:00:00Z');
    expect(await care.gateRefused()).toEqual(standstill);
    clock.set('2026-06-18T22:59:59Z');
    expect(await care.gateRefused()).toEqual(standstill);
    clock.set('2026-06-18T23:00:00Z'); // midnight in London
    expect(await care.throughGate()).toBe('mobilisation');
    expect((await care.seen()).award.parties).toEqual({ [await providerId()]: 'provider' });
  });

  test('goes on through the preliminary gates to its close, each asking for a document, and the last for whoever was told nothing and the answers that nobody checked', async () => {
    for (const [stage, document] of [['mobilisation', 'mobilisation-plan'], ['delivery', 'delivery-report'], ['review', 'review-report'], ['close', 'closing-report']] as const) {
      const { body: gate } = await here.as('commissioner').get(`/api/v1/agreements/${care.id}/gate`);
      expect(gate).toMatchObject({ stage, preliminary: true });
      const { 'involvement.everyone-told': untold = [], 'involvement.answers-checked': drawn = [], ...refused } = await care.gateRefused();
      expect([refused, untold.length > 0, drawn.length > 0]).toEqual([{ 'facts.present': [document] }, stage === 'close', stage === 'close']);
      await care.facts({ [document]: documentCalled(document) });
      if (untold.length > 0) await care.did('facilitator', 'tell-what-came-of-it', { participants: untold, outcome: 'delivered' });
      for (const what of drawn) await care.did('facilitator', 'check-answer', { contribution: what.slice(0, 36), finding: 'fits' });
      await care.throughGate();
    }
    expect(await care.seen()).toMatchObject({ stage: 'close', lifecycle: 'closed' });
    expect(Object.keys(await care.refused('commissioner', 'request-gate', { stage: 'close' }))).toEqual(['agreement.closed']);
  });

  test.each([
    ['2026-03-08T00:00:00Z', 'needs'],
    ['2026-05-10T00:00:00Z', 'sourcing'],
    ['2026-06-18T22:59:59Z', 'award'],
  ])('can be read as it stood at %s: in %s', async (asAt, stage) => {
    expect(await care.seen('auditor', asAt)).toMatchObject({ stage, lifecycle: 'open' });
  });
});

test.each(['auditor', 'provider-admin'])('every event that the %s reads fits the schema it names', async (role) => {
  const ajv = new Ajv2020({ strict: false });
  addFormats.default(ajv);
  const schemas = new Map<string, ValidateFunction>();
  let read = 0;
  await here.startWorker();
  await eventually(async () => ((await here.as('provider-admin').get<{ items: object[] }>('/api/v1/events')).body.items.length > 0 ? true : undefined));
  for (let after = 0, more = true; more; ) {
    const { body } = await here.as(role).get<{ items: { type: string; dataschema: string; data: object }[]; next: number }>(`/api/v1/events?limit=200&after=${after}`);
    for (const { type, dataschema, data } of body.items) {
      if (!schemas.has(type)) schemas.set(type, ajv.compile((await here.with().get(new URL(dataschema).pathname)).body));
      const fits = schemas.get(type)!;
      expect({ type, fits: fits(data), errors: fits.errors ?? [] }).toEqual({ type, fits: true, errors: [] });
    }
    read += body.items.length;
    more = body.next > after;
    after = body.next;
  }
  console.log(`${role}: ${read} events of ${schemas.size} types`);
  expect(read).toBeGreaterThan(0);
});

test('a cancelled agreement stays cancelled, and still answers the people who gave something to it', async () => {
  const other = await Journey.opened(here, { ...opening, pathway: { id: 'standard' }, title: 'Never to be' });
  const activity = newId();
  const contribution = newId();
  const theme = newId();
  await other.did('facilitator', 'plan-activity', { activity, stage: 'needs', title: 'A walk', groups: [group], right: 'consult', ledBy: 'staff', closesOn: today() });
  await other.did('representative', 'record-contribution', { contribution, activity, author: people[0], text: 'A bench, please.', givenOn: today() });
  await other.did('facilitator', 'create-theme', { theme, title: 'Benches' });
  await other.did('facilitator', 'put-in-theme', { theme, contributions: [contribution] });
  await other.did('commissioner', 'cancel', { reason: 'The money went elsewhere.' });

  for (const [name, body] of [['request-gate', { stage: 'mandate' }], ['resume', {}], ['hold', { reason: 'Wait.' }], ['cancel', { reason: 'Again.' }]] as const) {
    expect(Object.keys(await other.refused('commissioner', name, body))).toEqual(['agreement.cancelled']);
  }
  await other.did('commissioner', 'answer-theme', { theme, response: { outcome: 'not-adopted', reasons: 'Nothing is built.' } });
  await other.did('facilitator', 'record-feedback', { participants: [people[0]], outcome: 'delivered' });
  expect((await other.seen()).lifecycle).toBe('cancelled');
});

test('an agreement under way is taken over into the stage it stands in, with no earlier gate evidenced', async () => {
  const provider = await providerId();
  const { stages, ...seen } = await taken.seen();
  expect(seen).toMatchObject({ stage: 'delivery', takenOver: { source: 'Contract register', reference: 'CR-118' }, award: { parties: { [provider]: 'provider' } } });
  expect(Object.fromEntries(Object.entries(stages).map(([stage, { gate }]) => [stage, gate]))).toEqual({
    ...Object.fromEntries(['mandate', 'needs', 'priorities', 'design', 'route', 'sourcing', 'award', 'mobilisation'].map((stage) => [stage, 'not-evidenced'])),
    delivery: 'shut',
  });

  expect(await taken.gateRefused()).toEqual({ 'facts.present': ['delivery-report'] });
  await taken.facts({ 'delivery-report': documentCalled('Delivery report') });
  expect(Object.keys(await taken.refused('commissioner', 'cancel', { reason: 'No money.' }))).toEqual(['agreement.running']);
  expect(await taken.throughGate()).toBe('review');
  expect(await taken.seen('provider-signatory')).toMatchObject({ stage: 'review', party: { provider, role: 'provider' } });
});

async function decided(decidedOn: string, inForceFrom: string): Promise<void> {
  await care.did('decision-maker', 'record-decision', {
    decision: newId(),
    decidedBy: { kind: 'body', body: 'Cabinet', noticeOn: '2026-05-01', minute: `${decidedOn}/7` },
    scheme: 'Constitution 4.1',
    key: { is: 'key', announcedOn: '2026-05-01', notice: 'full' },
    callIn: { is: 'not-open' },
    decidedOn,
    inForceFrom,
    weighed: 'The objection, its reply, and the cost of two carers.',
    versionRead: (await care.seen('decision-maker')).content['decision'],
  });
}

async function providerId(): Promise<string> {
  const { body } = await here.as('provider-signatory').get<{ roles: { provider: string }[] }>('/api/v1/me');
  return body.roles[0]!.provider;
}
