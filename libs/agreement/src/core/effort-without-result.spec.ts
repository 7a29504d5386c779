import { expect, test } from '@jest/globals';
import { duesOf } from './due.js';
import { effortWithoutResult } from './effort-without-result.js';
import { agreementId, given, id, type Scene } from './given.js';
import { ada, adopted, answered, ben, cat, dev, eve, held, panel, said, sealedFor, survey, theme, voided, worked } from './given-involvement.js';

const sum = (scene: Scene) => effortWithoutResult(scene.agreement, scene.context(), scene.others);
const due = (scene: Scene) => duesOf(scene.agreement, scene.context());

test('each hour that led nowhere counts once, under the first cause that holds', () => {
  const scene = given(
    held(panel), held(survey), voided(survey),
    ...[ada, ben, cat, dev].map((who) => worked(panel, who, '2026-06-01')), worked(survey, eve, '2026-06-01'),
    said('undone', ada, panel), said('open', ben, panel), said('heard', cat, panel), said('again', dev, panel),
    ...theme('travel', 'undone'), answered('travel'), ...theme('meals', 'heard', 'again'), answered('meals'),
  )
    .did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' })
    .did('record-whether-heard', { activity: panel, participant: cat, heard: 'yes', askedBefore: false }, 'representative')
    .did('record-whether-heard', { activity: panel, participant: dev, heard: 'no', askedBefore: true }, 'representative')
    .on('2026-07-01');
  expect(sum(scene)).toEqual({
    inTheirView: { asked: 2, heard: 1, partly: 0, notHeard: 1, askedBefore: 1, unconfirmed: { heard: 0, partly: 0, notHeard: 0 } },
    given: { people: 5, hours: 10 },
    without: { people: 4, hours: 8 },
    byCause: {
      'cancelled-by-us': { people: 1, hours: 2 },
      reversed: { people: 1, hours: 2 },
      overdue: { people: 0, hours: 0 },
      unanswered: { people: 1, hours: 2 },
      'asked-twice': { people: 1, hours: 2 },
      'not-heard': { people: 0, hours: 0 },
    },
  });
});

test('what was adopted by a promise led nowhere while the promise is overdue, and once it is broken', () => {
  const promised = given(held(panel), worked(panel, ada, '2026-06-01'), said('sitter', ada, panel), ...theme('nights', 'sitter'), answered('nights'))
    .did('make-commitment', { commitment: id(160), what: 'A night sitter', by: '2026-06-10', theme: 'nights' });
  const causes = ({ byCause: { overdue, reversed } }: ReturnType<typeof sum>) => [overdue.hours, reversed.hours];
  const late = promised.on('2026-06-11');
  expect([promised, late, late.did('break-commitment', { commitment: id(160), reasons: 'No money' }), late.did('keep-commitment', { commitment: id(160), how: 'She started.' })].map((scene) => causes(sum(scene)))).toEqual([[0, 0], [2, 0], [0, 2], [0, 0]]);
});

test('what was undone, or promised and broken, where it is carried on led nowhere for those who gave it, who are told there and once', () => {
  const [renewal, ending] = [id(76), id(78)];
  const gave = given(held(panel), worked(panel, ada, '2026-06-01'), said('sitter', ada, panel), ...theme('nights', 'sitter'), answered('nights'))
    .did('make-commitment', { commitment: id(160), what: 'A night sitter', by: '2026-06-10', theme: 'nights' });
  const further = gave.beside(renewal, given().agreement).inside(renewal).did('link-agreement', { to: agreementId, as: 'renews' }).did('carry-on', { from: agreementId }).beside(ending, given().agreement).inside(ending).did('link-agreement', { to: renewal, as: 'renews' }).did('carry-on', { from: renewal });
  const reversed = further.did('reverse-answer', { theme: 'nights', reasons: 'No money' });
  const broken = further.did('break-commitment', { commitment: id(160), reasons: 'No money' });
  const hours = (scene: Scene) => sum(scene.inside(agreementId)).byCause.reversed.hours;
  expect([further, reversed, broken].map(hours)).toEqual([0, 2, 2]);
  const telling = { theme: 'nights', participants: [ada], outcome: 'delivered' } as const;
  for (const undone of [reversed, broken]) {
    expect([undone, undone.inside(renewal), undone.inside(agreementId)].map((scene) => due(scene).filter(({ kind }) => kind === 'reversal-notice').length)).toEqual([1, 0, 0]);
    expect(undone.inside(agreementId).when('tell-of-reversal', telling)).toMatchObject({ refused: [{ code: 'reversal.told-where-it-goes-on', missing: [{ what: `agreement-${ending}`, suppliedBy: 'facilitator', by: 'tell-of-reversal' }] }] });
    expect(due(undone.did('tell-of-reversal', telling)).filter(({ kind }) => kind === 'reversal-notice')).toEqual([]);
  }
  // What goes on in another one, too, did not come to nothing.
  const both = further.beside(id(79), given().agreement).inside(id(79)).did('link-agreement', { to: agreementId, as: 'renews' }).did('carry-on', { from: agreementId }).inside(ending);
  expect(hours(both.did('reverse-answer', { theme: 'nights', reasons: 'No money' }))).toBe(0);
  // Undone where it was given, it is told there.
  const there = further.inside(agreementId).did('reverse-answer', { theme: 'nights', reasons: 'No money' });
  expect([sum(there).byCause.reversed.hours, due(there).filter(({ kind }) => kind === 'reversal-notice').length]).toEqual([2, 1]);
});

test('what was promised is overdue for those who gave what it answers, too, wherever it is carried on, until it is kept there', () => {
  const [renewal, ending] = [id(76), id(78)];
  const gave = given(held(panel), worked(panel, ada, '2026-06-01'), said('sitter', ada, panel), ...theme('nights', 'sitter'), answered('nights'))
    .did('make-commitment', { commitment: id(160), what: 'A night sitter', by: '2026-06-10', theme: 'nights' });
  const renewed = gave.beside(renewal, given().agreement).inside(renewal).did('link-agreement', { to: agreementId, as: 'renews' }).did('carry-on', { from: agreementId });
  const further = renewed.beside(ending, given().agreement).inside(ending).did('link-agreement', { to: renewal, as: 'renews' }).did('carry-on', { from: renewal });
  const hours = (scene: Scene) => sum(scene.inside(agreementId)).byCause.overdue.hours;
  const late = further.on('2026-06-11');
  expect([further, renewed.on('2026-06-11'), late, late.did('keep-commitment', { commitment: id(160), how: 'She started.' })].map(hours)).toEqual([0, 2, 2, 0]);
  // Of what is with a successor nothing is known here.
  expect(hours(late.beside(renewal, { ...late.others[renewal]!, lifecycle: 'transferred' }))).toBe(0);
});

test('nothing is unanswered before its activity closed, and all of it is cancelled by us with the agreement', () => {
  const scene = given(held(panel), said('c1', ada, panel));
  expect(sum(scene.on('2026-06-30')).without.people).toBe(0);
  expect(sum(scene.on('2026-07-01')).byCause.unanswered.people).toBe(1);
  expect(sum(scene.did('cancel', { reason: 'No money' })).byCause['cancelled-by-us'].people).toBe(1);
});

test('what came late is due in 20 working days, and overdue the day after', () => {
  const late = given(held(panel), said('late', ada, panel, { late: true, givenOn: '2026-07-01' })).on('2026-07-29');
  expect(due(late)).toEqual([{ kind: 'late-entry', about: 'late', dueOn: '2026-07-29', overdue: false }]);
  expect(due(late.on('2026-07-30'))).toMatchObject([{ overdue: true }]);
  expect(sum(late.on('2026-07-30')).byCause.overdue).toEqual({ people: 1, hours: 0 });
  expect(due(late.did('answer-contribution', { contribution: 'late', author: ada, response: sealedFor(ada, adopted) }))).toEqual([]);
});

test('an answer that was opened again is due in 15 working days, one of one’s own in 20', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'));
  expect(due(scene.did('rate-answer', { answer: 'travel', participant: ada, rating: 1 }, 'representative'))).toMatchObject([{ kind: 'reopened-answer', about: 'travel', dueOn: '2026-06-22' }]);
  expect(due(scene.did('ask-for-own-answer', { contribution: 'c1', author: ada }))).toMatchObject([{ kind: 'own-answer', about: 'c1', dueOn: '2026-06-29' }]);
});

test('a concern is passed on the same working day, on Monday where it came at the weekend', () => {
  const concern = { contribution: id(61), activity: panel, author: ada, text: { subject: id(61), sealed: 'b64' }, givenOn: '2026-06-01', kind: 'safeguarding-concern' } as const;
  const [monday, saturday] = ['2026-06-01', '2026-06-06'].map((day) => given(held(panel)).on(day).did('record-contribution', concern));
  expect(due(monday!)).toMatchObject([{ kind: 'concern', dueOn: '2026-06-01', overdue: false }]);
  expect(due(monday!.on('2026-06-02'))).toMatchObject([{ overdue: true }]);
  expect(due(saturday!)).toMatchObject([{ dueOn: '2026-06-08' }]);
  expect(due(monday!.did('pass-on-concern', { concern: id(61) }))).toEqual([]);
});

test('what came in unread is read the same working day: until it is put in a theme, or somebody says what it is', () => {
  const words = { activity: panel, author: ada, text: { subject: ada, sealed: 'b64' }, givenOn: '2026-05-02' } as const;
  const taken = given(held(panel)).on('2026-06-06').did('record-contribution', { ...words, contribution: id(61), unread: true }).did('record-contribution', { ...words, contribution: id(62), unread: true });
  expect(due(taken)).toEqual([{ kind: 'unread', about: panel, dueOn: '2026-06-08', overdue: false }]);
  expect(due(taken.on('2026-06-09'))).toMatchObject([{ overdue: true }]);
  const half = taken.did('create-theme', { theme: 'travel', title: 'Travel' }).did('put-in-theme', { theme: 'travel', contributions: [id(61)] });
  expect(due(half).map(({ kind }) => kind)).toEqual(['unread']);
  expect(due(half.did('triage-contribution', { contribution: id(62), kind: 'view' }))).toEqual([]);
  expect(due(half.did('triage-contribution', { contribution: id(62), kind: 'safeguarding-concern' })).map(({ kind }) => kind)).toEqual(['concern']);
});

test('what people enter themselves is unread, what whoever looks after involvement types in is not', () => {
  const words = { contribution: id(61), activity: panel, author: ada, text: { subject: ada, sealed: 'b64' }, givenOn: '2026-06-01' } as const;
  const entered = (who: 'representative' | 'commissioner') => due(given(held(panel)).did('record-contribution', words, who)).map(({ kind }) => kind);
  expect([entered('representative'), entered('commissioner')]).toEqual([['unread'], []]);
});

test('commitments and word of what was undone are due too, the first of all first', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel'))
    .did('reverse-answer', { theme: 'travel', reasons: 'The bus was cut.' })
    .did('make-commitment', { commitment: id(71), what: 'We will write.', by: '2026-06-05' });
  expect(due(scene).map(({ kind, dueOn }) => `${kind} ${dueOn}`)).toEqual(['commitment 2026-06-05', 'reversal-notice 2026-06-29']);
});

test('what was deferred is owed by the day it names, and is effort without result the day after', () => {
  const response = { outcome: 'deferred', reasons: 'After the building is open.', until: '2026-09-01' } as const;
  const scene = given(held(panel), worked(panel, ada, '2026-06-01'), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel', response));
  expect(due(scene)).toEqual([{ kind: 'deferred-answer', about: 'travel', dueOn: '2026-09-01', overdue: false }]);
  expect([scene, scene.on('2026-09-01'), scene.on('2026-09-02')].map((at) => sum(at).byCause.overdue.hours)).toEqual([0, 0, 2]);
  expect(due(scene.did('answer-theme', { theme: 'travel', response: adopted }))).toEqual([]);
  const alone = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel')).did('ask-for-own-answer', { contribution: 'c1', author: ada });
  expect(due(alone.did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, response) }))).toEqual([{ kind: 'own-answer', about: 'c1', dueOn: '2026-09-01', overdue: false }]);
});

test('what was deferred before a day was asked for is owed by none', () => {
  expect(due(given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'), answered('travel', { outcome: 'deferred', reasons: 'Later.' })))).toEqual([]);
});
