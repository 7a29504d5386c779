import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { everythingSaid, mayBeReadBy, type SeenBy } from './contribution.js';
import { duesOf } from './due.js';
import { effortWithoutResult } from './effort-without-result.js';
import { given, id, inDesign, people, refusals, type Scene } from './given.js';
import { ada, adopted, answered, ben, cat, confirmed, held, missingAt, panel, said, theme, told, voided } from './given-involvement.js';
import { type Response } from './answering.js';
import { achieved } from './say-do.js';

const inThis = { stages: ['design'] };
const contribution = { contribution: id(61), activity: panel, author: ada, text: { subject: ada, sealed: 'b64' }, givenOn: '2026-06-01' } as const;

const cameIn = { type: 'concordat.participant.came-in.v1' };

test('what someone said is recorded sealed, under their pseudonym, for the stage of its activity', () => {
  const decision = given(held(panel, { stage: 'delivery' })).when('record-contribution', contribution);
  expect(decision).toMatchObject({ accepted: [{ data: { author: ada, stage: 'delivery', late: false, text: { sealed: 'b64' } } }, cameIn] });
  expect(JSON.stringify(given(held(panel)).did('record-contribution', contribution).agreement.contributions)).not.toContain('b64');
});

test('what is said on the closing day is in time, a day later it is late, however late it is typed in', () => {
  const scene = given(held(panel)).on('2026-07-20');
  expect(scene.when('record-contribution', { ...contribution, givenOn: '2026-06-30' })).toMatchObject({ accepted: [{ data: { late: false } }, cameIn] });
  expect(scene.when('record-contribution', { ...contribution, givenOn: '2026-07-01' })).toMatchObject({ accepted: [{ data: { late: true } }, cameIn] });
});

test('what was said before the agreement began is taken in and answered, and is no voice in it: that is carried over', () => {
  const five = [ada, ben, cat, id(301), id(302)];
  const spoken = (givenOn: string) => given(held(panel), ...five.map((one, at) => said(`c${at}`, one, panel, { givenOn })), ...theme('travel', 'c0', 'c1', 'c2', 'c3', 'c4'));
  const [before, within] = [spoken('2025-12-31'), spoken('2026-01-01')];
  const people = (scene: Scene) => missingAt(scene, 'involvement.people', { floor: 5 }).length;
  for (const scene of [before, within]) expect(missingAt(scene, 'involvement.themes-answered', inThis)).toMatchObject([{ what: 'travel', by: 'answer-theme' }]);
  const reached = (scene: Scene) => achieved(scene.given(answered('travel')).agreement, 'design').say;
  expect([reached(before), reached(within) >= 2, people(before) > 0]).toEqual([0, true, true]);
  // Nor is it one once it was taken for a concern and put back.
  const back = before.did('triage-contribution', { contribution: 'c0', kind: 'safeguarding-concern' }).did('triage-contribution', { contribution: 'c0', kind: 'view' });
  expect(back.agreement.involvement.activities[0]!.spoke).toEqual([]);
});

test('what is said in an activity that nobody planned, on a day to come, is refused for both', () => {
  expect(refusals(inDesign.when('record-contribution', { ...contribution, givenOn: '2026-06-02' }))).toEqual(['activity.unknown', 'contribution.not-yet']);
  expect(refusals(given(held(panel)).did('record-contribution', contribution).when('record-contribution', contribution))).toEqual(['already-so']);
});

test('a gate names every theme that nobody answered, not only the first, and every contribution in no theme', () => {
  const scene = given(
    held(panel), said('c1', ada, panel), said('c2', ben, panel), said('c3', cat, panel),
    ...theme('travel', 'c1'), ...theme('evenings', 'c1', 'c2'), ...theme('meals', 'c2'), answered('travel'),
  );
  expect(missingAt(scene, 'involvement.themes-answered', inThis)).toEqual([
    { what: 'evenings', suppliedBy: 'commissioner', by: 'answer-theme' },
    { what: 'meals', suppliedBy: 'commissioner', by: 'answer-theme' },
    { what: 'c3', suppliedBy: 'facilitator', by: 'put-in-theme' },
  ]);
});

test('the gate asks about every stage up to its own, whichever it names, and a theme that spans two is asked for once', () => {
  const scene = given(held(panel), said('c1', ada, panel, { stage: 'mandate' }), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'));
  expect(missingAt(scene, 'involvement.themes-answered', { stages: ['mandate'] })).toHaveLength(1);
  expect(missingAt(scene, 'involvement.themes-answered', { stages: ['mandate', 'design'] })).toHaveLength(1);
  expect(missingAt(scene, 'involvement.themes-answered', { stages: ['design'] })).toHaveLength(1);
  const inMandate = given(held(panel), said('c1', ada, panel, { stage: 'mandate' }), ...theme('travel', 'c1'));
  expect(missingAt(inMandate, 'involvement.themes-answered', { stages: ['design'] })).toMatchObject([{ what: 'travel', by: 'answer-theme' }]);
  expect(missingAt(given(held(panel), said('c1', ada, panel, { stage: 'delivery' }), ...theme('travel', 'c1')), 'involvement.themes-answered', { stages: ['design'] })).toEqual([]);
});

test('what came late blocks no gate, and what was said where the activity was voided is still answered', () => {
  const scene = given(held(panel), said('late', ada, panel, { late: true }), ...theme('travel', 'late'));
  expect(missingAt(scene, 'involvement.themes-answered', inThis)).toEqual([]);
  expect(missingAt(scene, 'involvement.feedback-delivered', inThis)).toEqual([]);
  expect(missingAt(given(held(panel), said('c1', ada, panel), voided(panel)), 'involvement.themes-answered', inThis)).toHaveLength(1);
});

test('an answer gives reasons, and what was adopted shows what changed', () => {
  const scene = given(...theme('travel'));
  const answer = (response: Response) => refusals(scene.when('answer-theme', { theme: 'travel', response }));
  expect(answer({ outcome: 'adopted-in-part', reasons: ' ', changed: '' })).toEqual(['answer.without-reasons', 'answer.without-what-changed']);
  expect(answer({ outcome: 'not-adopted', reasons: 'It would close the kitchen.' })).toEqual([]);
  expect(refusals(scene.when('answer-theme', { theme: 'meals', response: adopted }))).toEqual(['theme.unknown']);
});

test('an answer stands; only what was deferred is answered again', () => {
  const later: Response = { outcome: 'deferred', reasons: 'After the building is open.', until: '2026-09-01' };
  expect(refusals(given(...theme('travel'), answered('travel')).when('answer-theme', { theme: 'travel', response: later }))).toEqual(['already-so']);
  const deferred = given(...theme('travel'), answered('travel', later));
  expect(refusals(deferred.when('answer-theme', { theme: 'travel', response: later }))).toEqual(['already-so']);
  expect(refusals(deferred.when('answer-theme', { theme: 'travel', response: adopted }))).toEqual([]);
});

test('a theme takes what was said on this agreement, once', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'));
  expect(refusals(scene.when('put-in-theme', { theme: 'travel', contributions: ['c1'] }))).toEqual(['already-so']);
  expect(refusals(scene.when('put-in-theme', { theme: 'meals', contributions: ['c1', 'c9'] }))).toEqual(['theme.unknown', 'contribution.unknown']);
  expect(scene.given(said('c2', ben, panel)).when('put-in-theme', { theme: 'travel', contributions: ['c1', 'c2', 'c2'] })).toMatchObject({
    accepted: [{ data: { contributions: ['c2'] } }],
  });
  expect(refusals(scene.when('create-theme', { theme: 'travel', title: 'Travel' }))).toEqual(['already-so']);
});

test('everyone who said something is told what came of it, by name of their pseudonym', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('c2', ada, panel), said('c3', ben, panel), told('published', 'c1', 'c2'));
  expect(missingAt(scene, 'involvement.feedback-delivered', inThis)).toEqual([{ what: ben, suppliedBy: 'facilitator', by: 'record-feedback' }]);
  for (const outcome of ['delivered', 'published', 'declined'] as const) {
    expect(missingAt(scene.given(told(outcome, 'c3'), confirmed(ben, ben)), 'involvement.feedback-delivered', inThis)).toEqual([]);
  }
});

test('whoever could not be reached is told once they are met, and nobody who was told is not', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'), told('undeliverable', 'c1'));
  const when = (outcome: 'delivered' | 'published') => refusals(scene.when('record-feedback', { participants: [ada], outcome }));
  expect([when('delivered'), when('published')]).toEqual([[], ['feedback.not-published']]);
  const met = scene.did('record-feedback', { participants: [ada], outcome: 'delivered' });
  expect(refusals(met.when('record-feedback', { participants: [ada], outcome: 'undeliverable', tried: ['by-letter'] }, 'colleague'))).toEqual(['already-so']);
});

test('feedback tells what has an answer and leaves the rest to be told', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('c2', ada, panel), ...theme('travel', 'c1'), ...theme('meals', 'c2'), answered('travel'));
  const delivered = { participants: [ada], outcome: 'delivered' } as const;
  expect(scene.when('record-feedback', delivered)).toMatchObject({ accepted: [{ data: { contributions: ['c1'] } }] });
  expect(scene.did('record-feedback', delivered).when('record-feedback', delivered)).toMatchObject({
    refused: [{ code: 'feedback.nothing-answered', missing: [{ what: 'meals', by: 'answer-theme' }] }],
  });
  expect(scene.when('record-feedback', { ...delivered, outcome: 'declined' })).toMatchObject({ accepted: [{ data: { contributions: ['c1', 'c2'] } }] });
});

test('what stands in no theme has no answer to tell of', () => {
  expect(given(held(panel), said('c1', ada, panel)).when('record-feedback', { participants: [ada], outcome: 'delivered' })).toMatchObject({
    refused: [{ code: 'feedback.nothing-answered', missing: [{ what: 'c1', by: 'put-in-theme' }] }],
  });
});

test('nobody is told twice, and who said nothing is told nothing', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'), told('delivered', 'c1'));
  expect(refusals(scene.when('record-feedback', { participants: [ada], outcome: 'delivered' }))).toEqual(['already-so']);
  expect(refusals(scene.when('record-feedback', { participants: [ada, ben], outcome: 'delivered' }))).toEqual(['feedback.nothing-said']);
});

test('an answered theme stays answered, whatever is said, sorted and answered after it', () => {
  const name = fc.constantFrom('travel', 'meals', 'evenings');
  const spoken = fc.constantFrom('c1', 'c2', 'c3', 'c4');
  const response = fc.constantFrom<Response>(adopted, { outcome: 'deferred', reasons: 'Later.', until: '2026-09-01' }, { outcome: 'out-of-scope', reasons: 'Not ours.' });
  const step = fc.oneof(
    fc.tuple(spoken, fc.constantFrom(ada, ben)).map(([c, author]) => ['record-contribution', { ...contribution, contribution: c, author }] as const),
    fc.tuple(name, spoken).map(([theme, c]) => ['put-in-theme', { theme, contributions: [c] }] as const),
    fc.tuple(name, response).map(([theme, given]) => ['answer-theme', { theme, response: given }] as const),
    fc.constantFrom(ada, ben).map((who) => ['record-feedback', { participants: [who], outcome: 'delivered' }] as const),
  );
  const answeredIn = ({ agreement }: Scene) => agreement.contributions.themes.filter(({ response: given }) => given !== null).map(({ id: theme }) => theme);
  const settledIn = ({ agreement }: Scene) =>
    agreement.contributions.themes.filter(({ response: given }) => given !== null && given.outcome !== 'deferred').map((theme) => JSON.stringify([theme.id, theme.response]));
  let answers = 0;

  fc.assert(
    fc.property(fc.array(step, { minLength: 5, maxLength: 40 }), (steps) => {
      steps.reduce<Scene>((scene, [command, body]) => {
        if (refusals(scene.when(command, body as never)).length > 0) return scene;
        const after = scene.did(command, body as never);
        expect(answeredIn(after)).toEqual(expect.arrayContaining(answeredIn(scene)));
        expect(settledIn(after)).toEqual(expect.arrayContaining(settledIn(scene)));
        answers += answeredIn(after).length - answeredIn(scene).length;
        return after;
      }, given(held(panel), ...theme('travel'), ...theme('meals'), ...theme('evenings')));
    }),
  );
  expect(answers).toBeGreaterThan(20);
});

test('a safeguarding concern or an allegation about staff leaves the ledger: no gate waits for it, and only the day stays', () => {
  for (const kind of ['safeguarding-concern', 'allegation-about-staff'] as const) {
    const raised = given(held(panel)).did('record-contribution', { ...contribution, kind });
    expect(JSON.stringify(raised.agreement)).not.toContain(ada);
    expect(missingAt(raised, 'involvement.themes-answered', inThis)).toEqual([]);
    const read = kind === 'allegation-about-staff' ? raised.did('triage-contribution', { contribution: id(61), kind }, 'colleague') : raised;
    const passed = read.did('pass-on-concern', { concern: id(61) });
    expect(passed.agreement.contributions.concerns).toMatchObject([{ id: id(61), kind, raisedOn: '2026-06-01', before: null, passedOn: '2026-06-01' }]);
    expect(refusals(passed.when('triage-contribution', { contribution: id(61), kind }))).toEqual(['contribution.unknown']);
    expect(refusals(passed.when('pass-on-concern', { concern: id(61) }))).toEqual(['already-so']);
    expect(refusals(passed.when('record-contribution', contribution))).toEqual(['already-so']);
  }
  expect(refusals(inDesign.when('pass-on-concern', { concern: id(61) }))).toEqual(['concern.unknown']);
});

test('harm is told of whatever became of the agreement, and nothing else is taken in once it is over', () => {
  const scene = given(held(panel));
  const cancelled = scene.did('cancel', { reason: 'No money' });
  for (const over of [cancelled, scene.given(['concordat.agreement.closed.v1', { from: 'delivery' }])]) {
    for (const kind of ['safeguarding-concern', 'allegation-about-staff'] as const) {
      const raised = over.did('record-contribution', { ...contribution, kind });
      expect(duesOf(raised.agreement, raised.context())).toMatchObject([{ kind: 'concern', about: id(61) }]);
      const read = kind === 'allegation-about-staff' ? raised.did('triage-contribution', { contribution: id(61), kind }, 'colleague') : raised;
      expect(read.did('pass-on-concern', { concern: id(61) }).agreement.contributions.concerns).toMatchObject([{ kind, passedOn: '2026-06-01' }]);
    }
    for (const kind of ['view', 'complaint', 'compliment'] as const) {
      expect(over.when('record-contribution', { ...contribution, kind, givenOn: '2026-06-02' })).toMatchObject({
        refused: [{ code: 'contribution.agreement-over', missing: [{ what: 'kind: safeguarding-concern or allegation-about-staff', suppliedBy: 'facilitator', by: 'record-contribution' }] }, { code: 'contribution.not-yet' }],
      });
    }
  }
  expect(refusals(scene.did('hold', { reason: 'Snow' }).when('record-contribution', contribution))).toEqual([]);
});

test('what was taken for a view leaves the ledger too once it is seen for what it is', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'));
  const triaged = scene.did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
  expect(everythingSaid(triaged.agreement).map(({ id: one }) => one)).toEqual(['c2']);
  expect(triaged.agreement.contributions).toMatchObject({ themes: [{ contributions: ['c2'] }], concerns: [{ id: 'c1', passedOn: null }] });
  expect(refusals(triaged.when('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' }))).toEqual(['already-so']);
  expect(refusals(scene.when('triage-contribution', { contribution: 'c1', kind: 'view' }))).toEqual(['already-so']);
});

test('whoever only praises waits for no answer once two people take it for that, and a complaint does', () => {
  const scene = given(held(panel), said('c1', ada, panel, { kind: 'compliment' }), said('c2', ben, panel, { kind: 'complaint' })).did('triage-contribution', { contribution: 'c1', kind: 'compliment' }, 'colleague');
  expect(missingAt(scene, 'involvement.themes-answered', inThis)).toEqual([{ what: 'c2', suppliedBy: 'facilitator', by: 'put-in-theme' }]);
  expect(missingAt(scene, 'involvement.feedback-delivered', inThis)).toMatchObject([{ what: ben }]);
});

test('nobody takes a view alone for praise: until a second person does it is owed an answer, and gates, feedback and effort say so', () => {
  const praise = { contribution: 'c1', kind: 'compliment' } as const;
  const asked = (scene: Scene) => missingAt(scene, 'involvement.themes-answered', inThis);
  const unanswered = (scene: Scene) => effortWithoutResult(scene.agreement, { today: '2026-08-01', holidays: scene.context().holidays }, {}).byCause.unanswered.people;
  for (const scene of [given(held(panel), said('c1', ada, panel)).did('triage-contribution', praise), given(held(panel), said('c1', ada, panel, { kind: 'compliment' }))]) {
    expect(asked(scene)).toEqual([{ what: 'c1', suppliedBy: 'someone else', by: 'triage-contribution' }]);
    expect([missingAt(scene, 'involvement.feedback-delivered', inThis).map(({ what }) => what), unanswered(scene)]).toEqual([[ada], 1]);
    expect(scene.when('triage-contribution', praise)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'triage-contribution' }] }] });
    expect(refusals(scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('triage-contribution', praise, 'colleague'))).toEqual(['second.same-person']);
    const settled = scene.did('triage-contribution', praise, 'colleague');
    expect([asked(settled), missingAt(settled, 'involvement.feedback-delivered', inThis), unanswered(settled)]).toEqual([[], [], 0]);
    expect(refusals(settled.when('triage-contribution', praise))).toEqual(['already-so']);
    // Taken for a view again it is owed an answer, and taken for praise anew it needs two again.
    const anew = settled.did('triage-contribution', { contribution: 'c1', kind: 'view' }).did('triage-contribution', praise);
    expect(asked(anew)).toHaveLength(1);
    // Or it is answered as everything else that was said.
    expect(asked(scene.given(...theme('thanks', 'c1'), answered('thanks')))).toEqual([]);
  }
});

test('what was taken for a view is passed on as a concern by somebody other than who took it out of the ledger, and is owed until then', () => {
  const taken = given(held(panel), said('c1', ada, panel)).did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
  expect(taken.when('pass-on-concern', { concern: 'c1' })).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'pass-on-concern' }] }] });
  expect(refusals(taken.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('pass-on-concern', { concern: 'c1' }, 'colleague'))).toEqual(['second.same-person']);
  expect(duesOf(taken.agreement, taken.context())).toMatchObject([{ kind: 'concern', about: 'c1' }]);
  expect(duesOf(taken.did('pass-on-concern', { concern: 'c1' }, 'colleague').agreement, taken.context())).toEqual([]);
});

test('whoever reads a concern and finds that it is none puts it back where it stood: gates, themes and answers know it again', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), ...theme('meals', 'c1'), answered('travel'), told('delivered', 'c1'));
  const taken = scene.did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
  expect([missingAt(taken, 'involvement.themes-answered', inThis), taken.agreement.involvement.activities[0]!.spoke]).toEqual([[], [ben]]);
  const back = taken.did('triage-contribution', { contribution: 'c1', kind: 'complaint' }, 'colleague');
  expect(missingAt(back, 'involvement.themes-answered', inThis)).toMatchObject([{ what: 'meals', by: 'answer-theme' }]);
  expect(back.agreement.contributions).toMatchObject({ concerns: [], themes: [{ contributions: ['c2', 'c1'] }, { contributions: ['c1'] }] });
  expect(everythingSaid(back.agreement).find((one) => one.id === 'c1')).toMatchObject({ author: ada, kind: 'complaint', themes: ['travel', 'meals'], unreadSince: null, feedback: null });
  expect(back.agreement.involvement.activities).toMatchObject([{ spoke: [ben, ada], answered: true }]);
  expect(refusals(back.when('pass-on-concern', { concern: 'c1' }, 'colleague'))).toEqual(['concern.unknown']);
  // A slip is put right by whoever made it, and what was passed on is gone.
  expect(everythingSaid(taken.did('triage-contribution', { contribution: 'c1', kind: 'view' }).agreement)).toHaveLength(2);
  const passed = taken.did('pass-on-concern', { concern: 'c1' }, 'colleague');
  expect(refusals(passed.when('triage-contribution', { contribution: 'c1', kind: 'view' }, 'colleague'))).toEqual(['contribution.unknown']);
  expect(JSON.stringify(passed.agreement.contributions.concerns)).not.toContain(ada);
});

test('whoever was told what was answered is not told again for a word that was taken for a concern and put back, unless it was answered since', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'), told('delivered', 'c1')).on('2026-06-02');
  const taken = scene.did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
  const back = (from: Scene) => everythingSaid(from.on('2026-06-03').did('triage-contribution', { contribution: 'c1', kind: 'view' }).agreement)[0]?.feedback;
  expect([back(taken), back(taken.given(['concordat.agreement.theme-answered.v1', { theme: 'travel', response: { outcome: 'not-adopted', reasons: 'x' }, on: '2026-06-02', again: true, sampled: [] }]))]).toEqual(['delivered', null]);
});

test('what came in as a concern stays one: nothing of who said it is left to put back', () => {
  const raised = given(held(panel)).did('record-contribution', { ...contribution, kind: 'safeguarding-concern' });
  expect(refusals(raised.when('triage-contribution', { contribution: id(61), kind: 'view' }))).toEqual(['contribution.unknown']);
  expect(refusals(raised.when('triage-contribution', { contribution: id(61), kind: 'safeguarding-concern' }))).toEqual(['already-so']);
});

test('whoever is accused does not pass the allegation on alone: two people read it', () => {
  const raised = given(held(panel)).did('record-contribution', { ...contribution, kind: 'allegation-about-staff' }, 'representative');
  expect(raised.when('pass-on-concern', { concern: id(61) })).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'triage-contribution' }] }] });
  for (const kind of ['allegation-about-staff', 'safeguarding-concern'] as const) {
    const read = raised.did('triage-contribution', { contribution: id(61), kind });
    expect(read.agreement.contributions.concerns).toMatchObject([{ id: id(61), kind, passedOn: null }]);
    expect([refusals(read.when('pass-on-concern', { concern: id(61) })), refusals(read.when('pass-on-concern', { concern: id(61) }, 'colleague'))]).toEqual([['second.same-person'], []]);
  }
});

test('people choose who sees what they said, and nobody chooses for them', () => {
  const scene = given(held(panel), said('c1', ada, panel));
  const shared = scene.did('choose-who-sees', { contribution: 'c1', author: ada, seenBy: 'provider' }, 'representative');
  const [one] = everythingSaid(shared.agreement);
  expect((['those-who-answer', 'organisation', 'provider', 'public'] as const).map((reader) => mayBeReadBy(shared.agreement, one!, reader))).toEqual([true, true, true, false]);
  expect(refusals(scene.when('choose-who-sees', { contribution: 'c1', author: ben, seenBy: 'public' }))).toEqual(['contribution.unknown']);
  expect(refusals(shared.when('choose-who-sees', { contribution: 'c1', author: ada, seenBy: 'provider' }))).toEqual(['already-so']);
});

test('nobody of staff lets more people read what somebody said; that fewer do they enter for them', () => {
  const scene = given(held(panel), said('c1', ada, panel, { seenBy: 'organisation' }));
  const choosing = (seenBy: SeenBy) => ({ contribution: 'c1', author: ada, seenBy });
  for (const who of ['commissioner', 'colleague'] as const) {
    for (const seenBy of ['provider', 'public'] as const) {
      expect(scene.when('choose-who-sees', choosing(seenBy), who)).toMatchObject({
        refused: [{ code: 'who-sees.not-their-word', missing: [{ suppliedBy: 'representative' }, { suppliedBy: 'advocate' }] }],
      });
    }
    expect(refusals(scene.when('choose-who-sees', choosing('those-who-answer'), who))).toEqual([]);
  }
  expect(refusals(scene.when('choose-who-sees', choosing('public'), 'representative'))).toEqual([]);
});

describe('that more than those who answer may read what somebody said', () => {
  const circles = ['organisation', 'provider', 'public'] as const;
  const readers = ({ agreement }: Scene) => circles.filter((reader) => everythingSaid(agreement).some((one) => mayBeReadBy(agreement, one, reader)));
  const confirmed = (how: 'read-back' | 'signed' | 'witnessed' | 'not-confirmed') => ({ entry: contribution.contribution, onBehalfOf: ada, confirmed: how, on: '2026-06-01' });
  const chosen = (seenBy: SeenBy) => ({ contribution: contribution.contribution, author: ada, seenBy });
  const paper = given(held(panel)).did('record-contribution', { ...contribution, seenBy: 'public' });

  test('counts at once where they say it, or whoever speaks for them', () => {
    expect(readers(given(held(panel)).did('record-contribution', { ...contribution, seenBy: 'public' }, 'representative'))).toEqual(circles);
    expect(readers(paper.did('choose-who-sees', chosen('public'), 'representative'))).toEqual(circles);
  });

  test('counts where staff entered it from paper once it is on record how they confirmed it, and no longer than that stands', () => {
    expect([readers(paper), readers(paper.did('record-proxy-entry', confirmed('not-confirmed')))]).toEqual([[], []]);
    for (const how of ['read-back', 'signed', 'witnessed'] as const) {
      const known = paper.did('record-proxy-entry', confirmed(how));
      expect([how, readers(known), readers(known.did('record-proxy-entry', confirmed('not-confirmed')))]).toEqual([how, circles, []]);
    }
    // Staff entered a choice, and that is all they can choose from then on.
    expect(refusals(paper.when('choose-who-sees', chosen('public')))).toEqual(['already-so']);
    const fewer = paper.did('choose-who-sees', chosen('organisation'));
    expect([readers(fewer), readers(fewer.did('record-proxy-entry', confirmed('signed')))]).toEqual([[], ['organisation']]);
    expect(refusals(fewer.when('choose-who-sees', chosen('public')))).toEqual(['who-sees.not-their-word']);
  });

  test('is taken back by staff at once, where they had said it themselves', () => {
    const own = given(held(panel)).did('record-contribution', { ...contribution, seenBy: 'public' }, 'representative');
    expect(readers(own.did('choose-who-sees', chosen('organisation')))).toEqual(['organisation']);
  });
});

test('what came late is shown to the decision-maker, and blocks nothing else', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('late', ben, panel, { late: true }));
  expect(missingAt(scene, 'involvement.late-entries-shown', {})).toEqual([{ what: 'late', suppliedBy: 'decision-maker', by: 'note-late-entries' }]);
  expect(refusals(scene.when('note-late-entries', { contributions: ['late'] }, 'approver'))).toEqual(['right.missing']);
  expect(refusals(scene.when('note-late-entries', { contributions: ['c1', 'c9'] }, 'decisionMaker'))).toEqual(['contribution.unknown', 'contribution.not-late']);
  const noted = scene.did('note-late-entries', { contributions: ['late'] }, 'decisionMaker');
  expect(missingAt(noted, 'involvement.late-entries-shown', {})).toEqual([]);
  expect(refusals(noted.when('note-late-entries', { contributions: ['late'] }, 'decisionMaker'))).toEqual(['already-so']);
});

test('each concern stands beside the others, and is passed on for itself', () => {
  const both = given(held(panel), said('c1', ada, panel), said('c2', ada, panel)).did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' }).did('triage-contribution', { contribution: 'c2', kind: 'allegation-about-staff' });
  expect(both.agreement.contributions.concerns).toMatchObject([{ id: 'c1', passedOn: null }, { id: 'c2', passedOn: null }]);
  const second = both.did('pass-on-concern', { concern: 'c2' }, 'colleague');
  expect(second.agreement.contributions.concerns).toMatchObject([{ id: 'c1', passedOn: null }, { id: 'c2', passedOn: '2026-06-01' }]);
  expect(refusals(second.when('pass-on-concern', { concern: 'c1' }, 'colleague'))).toEqual([]);
});

test('whoever said what turned out to be a concern has said nothing else: no voice counts of which no word is left', () => {
  const spoken = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1'), answered('travel')).did('record-proxy-entry', { entry: 'c1', onBehalfOf: ada, confirmed: 'read-back', on: '2026-06-01' });
  expect(achieved(spoken.agreement, 'design')).toMatchObject({ say: 3 });
  const left = spoken.did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
  expect(left.agreement.involvement.activities).toMatchObject([{ spoke: [ben], answered: false }]);
  expect([achieved(left.agreement, 'design').say, left.agreement.proxies]).toEqual([2, {}]);
  expect(achieved(left.did('triage-contribution', { contribution: 'c2', kind: 'allegation-about-staff' }).agreement, 'design').say).toBe(0);

  const twice = given(held(panel), said('c1', ada, panel), said('c2', ada, panel), ...theme('travel', 'c1', 'c2'), answered('travel')).did('triage-contribution', { contribution: 'c1', kind: 'safeguarding-concern' });
  expect(twice.agreement.involvement.activities).toMatchObject([{ spoke: [ada], answered: true }]);
});
