import { expect, test } from '@jest/globals';
import { contributionOf, everythingSaid } from './contribution.js';
import { given, id, people, refusals, type Scene } from './given.js';
import { ada, adopted, answered, ben, cat, confirmed, held, missingAt, panel, said, sealedFor, theme, told } from './given-involvement.js';
import { answerStands, changedSince, isAnswered, type Response } from './answering.js';
import { noLevels } from './risk.js';

const inThis = { stages: ['design'] };
const no: Response = { outcome: 'not-adopted', reasons: 'It would close the kitchen.' };
const answeredTravel = given(held(panel), said('c1', ada, panel), said('c2', ben, panel), ...theme('travel', 'c1', 'c2'), answered('travel', no));
const low = { answer: 'travel', participant: ada, rating: 1 } as const;
/** The colleague is the commissioner, under another id. */
const twin = (scene: Scene) => scene.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] });
const travel = ({ agreement }: Scene) => agreement.contributions.themes[0]!;

test('an adopted answer points to what it changed, and every dead link is named', () => {
  const scene = given(...theme('travel'));
  const answer = (links: readonly { to: 'fact' | 'risk' | 'document'; which: string }[]) => scene.when('answer-theme', { theme: 'travel', response: { ...adopted, links } as Response });
  expect(refusals(answer([{ to: 'fact', which: 'title' }, { to: 'document', which: 'DMS/7' }]))).toEqual([]);
  expect(answer([{ to: 'fact', which: 'dpia' }, { to: 'risk', which: id(9) }, { to: 'fact', which: 'title' }])).toMatchObject({
    refused: [{ code: 'answer.dead-link', missing: [{ what: 'dpia' }, { what: id(9) }] }],
  });
});

test('no theme has the id of what was said, and nothing that is said that of a theme: an answer is of one of them', () => {
  expect(refusals(answeredTravel.when('create-theme', { theme: 'c1', title: 'The same id' }))).toEqual(['theme.id-taken']);
  const words = { contribution: 'travel', activity: panel, author: ada, text: { subject: ada, sealed: 'b64' }, givenOn: '2026-06-01' } as const;
  expect(refusals(answeredTravel.when('record-contribution', words))).toEqual(['contribution.id-taken']);
});

test('what an adopted answer points to and changed since is said of it, until it is as it was or undone', () => {
  const links = [{ to: 'fact', which: 'description' }, { to: 'risk', which: id(150) }, { to: 'document', which: 'DMS/7' }] as const;
  const score = { likelihood: 2, impact: 2 };
  const open = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'))
    .did('amend-facts', { facts: { description: 'Open on Sundays' } })
    .did('raise-risk', { risk: id(150), title: 'Nobody comes', bearers: ['carers'], owner: people.colleague, domain: 'service', scores: { 'co-produced': score, 'professional-only': score, 'not-acting': null }, levels: noLevels })
    .did('answer-theme', { theme: 'travel', response: { ...adopted, links } as Response });
  const since = (scene: Scene) => changedSince(scene.agreement, travel(scene));
  expect(since(open.did('amend-facts', { facts: { place: 'Leith' } }))).toEqual([]);
  const closed = open.did('amend-facts', { facts: { description: 'Closed on Sundays' } });
  expect(since(closed)).toEqual([links[0]]);
  expect(since(closed.did('close-risk', { risk: id(150), reason: 'Everybody came.' }))).toEqual(links.slice(0, 2));
  expect(since(closed.did('amend-facts', { facts: { description: 'Open on Sundays' } }))).toEqual([]);
  expect(since(closed.did('reverse-answer', { theme: 'travel', reasons: 'There is no money.' }))).toEqual([]);
  const own = open.did('ask-for-own-answer', { contribution: 'c1', author: ada }).did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, { ...adopted, links: [links[0]] } as Response) });
  const changed = own.did('amend-facts', { facts: { description: 'Closed on Sundays' } }).agreement;
  expect(changedSince(changed, everythingSaid(changed)[0]!.own!)).toEqual([links[0]]);
});

test('a low rating opens an answer once, and the gate waits for someone else to answer', () => {
  const opened = answeredTravel.did('rate-answer', low, 'representative');
  expect(answerStands(travel(opened))).toBe('reopened');
  expect(missingAt(opened, 'involvement.themes-answered', inThis)).toEqual([{ what: 'travel, by someone else', suppliedBy: 'commissioner', by: 'answer-theme' }]);
  expect(refusals(opened.when('answer-theme', { theme: 'travel', response: no }))).toEqual(['answer.by-the-same-person']);
  expect(refusals(twin(opened).when('answer-theme', { theme: 'travel', response: no }, 'colleague'))).toEqual(['answer.by-the-same-person']);
  const again = opened.did('answer-theme', { theme: 'travel', response: no }, 'colleague');
  expect(answerStands(travel(again))).toBe('answered');
  expect(missingAt(again, 'involvement.themes-answered', inThis)).toEqual([]);
});

test('what was rated low is put off by nobody: neither its 15 working days nor that somebody else answers are got around so', () => {
  const later = { outcome: 'deferred', reasons: 'There is no money this year.', until: '2027-05-31' } as Response;
  const opened = answeredTravel.did('rate-answer', low, 'representative');
  expect(opened.when('answer-theme', { theme: 'travel', response: later }, 'colleague')).toMatchObject({ refused: [{ code: 'answer.reopened-put-off', missing: [{ what: 'an answer', suppliedBy: 'commissioner', by: 'answer-theme' }] }] });
  const own = given(held(panel), said('c1', ada, panel)).did('ask-for-own-answer', { contribution: 'c1', author: ada });
  const answering = (scene: Scene, response: Response, who: 'commissioner' | 'colleague') => scene.when('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, response) }, who);
  const rated = own.did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) }).did('rate-answer', { ...low, answer: 'c1' }, 'representative');
  expect([refusals(answering(rated, later, 'colleague')), refusals(answering(rated, no, 'colleague'))]).toEqual([['answer.reopened-put-off'], []]);
});

test('the second answer stands, though the contributor is not satisfied, and blocks nothing', () => {
  const again = answeredTravel.did('rate-answer', low, 'representative').did('answer-theme', { theme: 'travel', response: no }, 'colleague');
  const unsatisfied = again.did('rate-answer', low, 'representative').did('rate-answer', { ...low, participant: ben, rating: 2 }, 'representative');
  expect(answerStands(travel(unsatisfied))).toBe('answered-contributor-not-satisfied');
  expect(missingAt(unsatisfied, 'involvement.themes-answered', inThis)).toEqual([]);
  expect(refusals(unsatisfied.when('answer-theme', { theme: 'travel', response: no }))).toEqual(['already-so']);
});

test('a good rating opens nothing, and the last word of each person counts', () => {
  const rated = answeredTravel.did('rate-answer', { ...low, rating: 3 }, 'representative').did('rate-answer', { ...low, rating: 5 }, 'representative');
  expect(travel(rated)).toMatchObject({ ratings: [{ participant: ada, rating: 5 }], reopenedOn: null });
  expect(refusals(rated.when('rate-answer', { ...low, rating: 5 }, 'representative'))).toEqual(['already-so']);
});

test('only those rate to whom the answer was given, from 1 to 5, and not before there is one: every fault is named', () => {
  expect(refusals(answeredTravel.when('rate-answer', { ...low, participant: cat, rating: 6 }, 'representative'))).toEqual(['rating.not-theirs', 'rating.not-a-rating']);
  expect(refusals(answeredTravel.when('rate-answer', { ...low, rating: 2.5 }, 'representative'))).toEqual(['rating.not-a-rating']);
  expect(refusals(given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1')).when('rate-answer', low, 'representative'))).toEqual(['answer.not-given']);
  expect(refusals(answeredTravel.when('rate-answer', { ...low, answer: 'meals' }, 'representative'))).toEqual(['answer.unknown']);
});

test('anyone may ask for an answer of their own, and the gate waits for it', () => {
  const asked = answeredTravel.did('ask-for-own-answer', { contribution: 'c1', author: ada });
  expect(missingAt(asked, 'involvement.themes-answered', inThis)).toEqual([{ what: 'c1', suppliedBy: 'commissioner', by: 'answer-contribution' }]);
  expect(refusals(asked.when('ask-for-own-answer', { contribution: 'c1', author: ada }))).toEqual(['already-so']);
  expect(refusals(asked.when('ask-for-own-answer', { contribution: 'c2', author: ada }))).toEqual(['contribution.unknown']);
  const own = asked.did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) });
  expect(missingAt(own, 'involvement.themes-answered', inThis)).toEqual([]);
  const opened = own.did('rate-answer', { answer: 'c1', participant: ada, rating: 2 }, 'representative');
  expect(refusals(opened.when('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) }))).toEqual(['answer.by-the-same-person']);
  expect(refusals(twin(opened).when('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) }, 'colleague'))).toEqual(['answer.by-the-same-person']);
  expect(refusals(opened.when('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) }, 'colleague'))).toEqual([]);
});

test('what one person is told alone is sealed for them: the record of the answer holds what became of it, and is for nobody else', () => {
  const asked = answeredTravel.did('ask-for-own-answer', { contribution: 'c1', author: ada });
  const answer = { contribution: 'c1', author: ada, response: sealedFor(ada, adopted) };
  const words = { subject: ada, sealed: 'x' };
  expect(asked.when('answer-contribution', answer)).toMatchObject({ accepted: [{ data: { contribution: 'c1', response: { outcome: 'adopted' }, reasons: words, changed: words } }] });
  expect(asked.when('answer-contribution', { ...answer, response: sealedFor(ada, no) })).toMatchObject({ accepted: [{ data: { response: { outcome: no.outcome }, reasons: words, changed: null } }] });
  expect(contributionOf(asked.did('answer-contribution', answer).agreement, 'c1')?.own?.response).toEqual({ outcome: 'adopted' });
  expect(refusals(asked.when('answer-contribution', { ...answer, author: ben }))).toEqual(['contribution.unknown']);
});

test('whoever was erased before they were answered is told nothing, and the gate waits for them no more', () => {
  const asked = answeredTravel.did('ask-for-own-answer', { contribution: 'c1', author: ada }).did('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator');
  const answer = { contribution: 'c1', author: ada, response: sealedFor(ada, adopted) };
  expect(asked.when('answer-contribution', answer)).toMatchObject({ accepted: [{ data: { response: { outcome: 'adopted' }, reasons: null, changed: null } }] });
  expect(missingAt(asked.did('answer-contribution', answer), 'involvement.themes-answered', inThis)).toEqual([]);
});

test('what was said in time is answered through its themes, what came late may be answered by itself', () => {
  const scene = given(held(panel), said('c1', ada, panel), said('late', ben, panel, { late: true, givenOn: '2026-07-02' }));
  expect(refusals(scene.when('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) }))).toEqual(['answer.not-asked-for']);
  const { agreement } = scene.did('answer-contribution', { contribution: 'late', author: ben, response: sealedFor(ben, no) });
  expect(everythingSaid(agreement).filter((one) => isAnswered(agreement, one)).map(({ id: one }) => one)).toEqual(['late']);
});

test('one in ten answers is drawn for a second person, the same whoever draws', () => {
  const many = Array.from({ length: 21 }, (_, n) => `c${n}`);
  const scene = given(held(panel), ...many.map((one) => said(one, ada, panel)), ...theme('travel', ...many.slice(0, 11)), ...theme('meals', ...many.slice(11)));
  const lowest = (ids: readonly string[]) => [...ids].sort().slice(0, Math.ceil(ids.length / 10));
  const drawn = (after: Scene) => everythingSaid(after.agreement).filter(({ checked }) => checked === 'due').map(({ id: one }) => one);
  const first = scene.did('answer-theme', { theme: 'travel', response: no });
  expect(drawn(first).sort()).toEqual(lowest(many.slice(0, 11)));
  expect(drawn(scene.did('answer-theme', { theme: 'travel', response: adopted }))).toEqual(drawn(first));
  const both = first.did('answer-theme', { theme: 'meals', response: no });
  expect(drawn(both)).toEqual(expect.arrayContaining([...lowest(many)]));
  expect(missingAt(both, 'involvement.answers-checked', inThis).map(({ what }) => what)).toEqual(drawn(both).map((one) => `${one}, by someone who did not answer it`));
});

test('whoever answers one easy theme first draws no other out of the sample', () => {
  const three = given(held(panel), ...['c3', 'c2', 'c1'].map((one) => said(one, ada, panel)), ...['c3', 'c2', 'c1'].flatMap((one) => theme(`of ${one}`, one)));
  const all = ['c3', 'c2', 'c1'].reduce((scene, one) => scene.did('answer-theme', { theme: `of ${one}`, response: no }), three);
  expect(missingAt(all, 'involvement.answers-checked', inThis).map(({ what }) => what.slice(0, 2)).sort()).toEqual(['c1', 'c2', 'c3']);
  const other = ['c1', 'c2', 'c3'].reduce((scene, one) => scene.did('answer-theme', { theme: `of ${one}`, response: no }), three);
  expect(missingAt(other, 'involvement.answers-checked', inThis).map(({ what }) => what.slice(0, 2))).toEqual(['c1']);
});

test('whoever enters what was said picks nobody by the id they give it: the lot is that of the moment it came in', () => {
  const said3 = (scene: Scene, contribution: string) => scene.did('record-contribution', { contribution, activity: panel, author: ada, text: { subject: ada, sealed: 'x' }, givenOn: '2026-06-01' });
  const first = said3(given(held(panel)).on('2026-06-02'), id(99));
  const scene = said3(first.on('2026-06-03'), id(11)).did('create-theme', { theme: 'travel', title: 'Travel' }).did('put-in-theme', { theme: 'travel', contributions: [id(11), id(99)] });
  expect(missingAt(scene.did('answer-theme', { theme: 'travel', response: no }), 'involvement.answers-checked', inThis).map(({ what }) => what.slice(0, 36))).toEqual([id(99)]);
});

test('an answer of somebody’s own is drawn too, and so is one to what came late, which blocks no gate', () => {
  const own = given(held(panel), said('c1', ada, panel)).did('ask-for-own-answer', { contribution: 'c1', author: ada }).did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) });
  expect(missingAt(own, 'involvement.answers-checked', inThis)).toEqual([{ what: 'c1, by someone who did not answer it', suppliedBy: 'commissioner', by: 'check-answer' }]);
  const late = given(held(panel), said('c1', ada, panel, { late: true })).did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) });
  expect([everythingSaid(late.agreement).map(({ checked }) => checked), missingAt(late, 'involvement.answers-checked', inThis)]).toEqual([['due'], []]);
});

test('what a second person found of one answer says nothing of the next: who is answered anew is checked anew', () => {
  const checkedOf = (scene: Scene) => everythingSaid(scene.agreement).map(({ checked }) => checked);
  const drawn = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1')).did('answer-theme', { theme: 'travel', response: no }).did('check-answer', { contribution: 'c1', finding: 'fits' }, 'colleague');
  expect(checkedOf(drawn)).toEqual(['fits']);
  const again = drawn.did('rate-answer', low, 'representative').did('answer-theme', { theme: 'travel', response: adopted }, 'colleague');
  expect(checkedOf(again)).toEqual(['due']);
  expect(missingAt(again, 'involvement.answers-checked', inThis)).toMatchObject([{ by: 'check-answer' }]);
});

test('an answer that was found to fit by who turns out to have given it waits for a second person again, and one that did not fit stays so', () => {
  const drawn = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1')).did('answer-theme', { theme: 'travel', response: no });
  const lacks = (scene: typeof drawn) => missingAt(scene, 'involvement.answers-checked', inThis).map(({ what }) => what);
  const [fits, not] = (['fits', 'does-not-fit'] as const).map((finding) => drawn.did('check-answer', { contribution: 'c1', finding }, 'colleague')) as [typeof drawn, typeof drawn];
  expect([lacks(drawn), lacks(fits), lacks(twin(fits)), lacks(twin(not))]).toEqual([['c1, by someone who did not answer it'], [], ['c1, by someone who did not answer it'], []]);
  const anew = twin(fits).knowing('stranger', { grants: [{ grant: id(901), role: 'facilitator' }] }).did('check-answer', { contribution: 'c1', finding: 'fits' }, 'stranger');
  expect([lacks(anew), refusals(twin(fits).when('check-answer', { contribution: 'c1', finding: 'fits' }, 'colleague'))]).toEqual([[], ['answer.own-work']]);
});

test('what is put into a theme that has an answer is answered by it, and may be drawn too', () => {
  const scene = given(held(panel), said('c1', ada, panel), ...theme('travel'), answered('travel', no));
  const put = scene.did('put-in-theme', { theme: 'travel', contributions: ['c1'] });
  expect(everythingSaid(put.agreement)).toMatchObject([{ id: 'c1', checked: 'due' }]);
});

test('a drawn answer is checked by someone who did not give it, and one that does not fit is given anew to that person', () => {
  const drawn = given(held(panel), said('c1', ada, panel), said('c2', ada, panel), ...theme('travel', 'c1', 'c2')).did('answer-theme', { theme: 'travel', response: no });
  const [due] = everythingSaid(drawn.agreement).filter(({ checked }) => checked === 'due');
  const check = { contribution: due!.id, finding: 'does-not-fit' } as const;
  expect(refusals(drawn.when('check-answer', check))).toEqual(['answer.own-work']);
  expect(refusals(twin(drawn).when('check-answer', check, 'colleague'))).toEqual(['answer.own-work']);
  const answeredAlone = drawn.did('ask-for-own-answer', { contribution: due!.id, author: ada }).did('answer-contribution', { contribution: due!.id, author: ada, response: sealedFor(ada, no) }, 'colleague');
  expect(refusals(answeredAlone.when('check-answer', check, 'colleague'))).toEqual(['answer.own-work']);
  expect(refusals(drawn.when('check-answer', { ...check, contribution: due!.id === 'c1' ? 'c2' : 'c1' }, 'colleague'))).toEqual(['answer.not-drawn']);
  const checked = drawn.did('check-answer', check, 'colleague');
  expect(missingAt(checked, 'involvement.themes-answered', inThis)).toEqual([{ what: due!.id, suppliedBy: 'commissioner', by: 'answer-contribution' }]);
  expect(refusals(checked.when('check-answer', check, 'colleague'))).toEqual(['already-so']);
  expect(missingAt(drawn.did('check-answer', { ...check, finding: 'fits' }, 'colleague'), 'involvement.answers-checked', inThis)).toEqual([]);
});

test('word of a second answer is owed to whoever was told the first, and not to whoever does not wish to hear', () => {
  const toldBoth = { participants: [ada, ben], outcome: 'delivered' } as const;
  const owed = (scene: Scene) => missingAt(scene, 'involvement.feedback-delivered', inThis).map(({ what }) => what);
  const again = answeredTravel.did('record-feedback', toldBoth).did('rate-answer', low, 'representative').did('answer-theme', { theme: 'travel', response: no }, 'colleague');
  expect(owed(again)).toEqual([ada, ben]);
  const toldAgain = again.did('record-feedback', toldBoth);
  expect([owed(toldAgain), refusals(toldAgain.when('record-feedback', toldBoth))]).toEqual([[], ['already-so']]);
  const silent = answeredTravel.did('record-feedback', { participants: [ada], outcome: 'delivered' }).did('record-feedback', { participants: [ben], outcome: 'declined' }).given(confirmed(ben, ben));
  expect(owed(silent.did('rate-answer', low, 'representative').did('answer-theme', { theme: 'travel', response: no }, 'colleague'))).toEqual([ada]);
});

test('so is word of what was deferred and is answered now, of a second theme it stands in, and of an answer of its own', () => {
  const tell = (scene: Scene) => scene.did('record-feedback', { participants: [ada], outcome: 'delivered' });
  const owed = (scene: Scene) => missingAt(scene, 'involvement.feedback-delivered', inThis).map(({ what }) => what);
  const one = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'));
  const deferred = tell(one.given(answered('travel', { outcome: 'deferred', reasons: 'After the building is open.', until: '2026-09-01' })));
  expect([owed(deferred), owed(deferred.did('answer-theme', { theme: 'travel', response: adopted }))]).toEqual([[], [ada]]);
  const first = tell(one.given(answered('travel')));
  const meals = first.did('create-theme', { theme: 'meals', title: 'Meals' });
  const own = first.did('ask-for-own-answer', { contribution: 'c1', author: ada }).did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, no) });
  expect([
    owed(meals.did('put-in-theme', { theme: 'meals', contributions: ['c1'] }).did('answer-theme', { theme: 'meals', response: no })),
    owed(meals.did('answer-theme', { theme: 'meals', response: no }).did('put-in-theme', { theme: 'meals', contributions: ['c1'] })),
    owed(own),
    owed(tell(own)),
  ]).toEqual([[ada], [ada], [ada], []]);
});

test('people are told nothing of an answer that is open again', () => {
  const opened = answeredTravel.did('rate-answer', low, 'representative');
  expect(refusals(opened.when('record-feedback', { participants: [ben], outcome: 'delivered' }))).toEqual(['feedback.nothing-answered']);
  expect(refusals(answeredTravel.given(told('delivered', 'c1')).when('record-feedback', { participants: [ben], outcome: 'delivered' }))).toEqual([]);
});

const later = (until?: string): Response => ({ outcome: 'deferred', reasons: 'After the building is open.', until });
const oneSaid = given(held(panel), said('c1', ada, panel), ...theme('travel', 'c1'));

test('an answer that defers names until when: a day after today, a year ahead at most', () => {
  const asked = oneSaid.did('ask-for-own-answer', { contribution: 'c1', author: ada });
  const ofTheme = (until?: string) => refusals(oneSaid.when('answer-theme', { theme: 'travel', response: later(until) }));
  const alone = (until?: string) => refusals(asked.when('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, later(until)) }));
  for (const until of [undefined, '2026-05-31', '2026-06-01', '2027-06-02']) expect([until, ofTheme(until), alone(until)]).toEqual([until, ['answer.until-no-day'], ['answer.until-no-day']]);
  for (const until of ['2026-06-02', '2027-06-01']) expect([until, ofTheme(until), alone(until)]).toEqual([until, [], []]);
});

test('what was deferred counts as answered until its day, and waits from then on at each gate that asks for answers', () => {
  const missing = (scene: Scene) => missingAt(scene, 'involvement.themes-answered', inThis);
  const deferred = oneSaid.did('answer-theme', { theme: 'travel', response: later('2026-09-01') });
  expect([answerStands(travel(deferred)), missing(deferred), missing(deferred.on('2026-08-31'))]).toEqual(['deferred', [], []]);
  const come = deferred.on('2026-09-01');
  expect(missing(come)).toEqual([{ what: 'travel', suppliedBy: 'commissioner', by: 'answer-theme' }]);
  expect(refusals(come.when('answer-theme', { theme: 'travel', response: later('2026-12-01') }))).toEqual(['already-so']);
  expect(missing(come.did('answer-theme', { theme: 'travel', response: adopted }))).toEqual([]);
  const own = oneSaid.given(answered('travel')).did('ask-for-own-answer', { contribution: 'c1', author: ada }).did('answer-contribution', { contribution: 'c1', author: ada, response: sealedFor(ada, later('2026-09-01')) });
  expect([missing(own), missing(own.on('2026-09-01'))]).toEqual([[], [{ what: 'c1', suppliedBy: 'commissioner', by: 'answer-contribution' }]]);
});

test('no agreement closes on what was deferred, whatever its day, and on what was deferred to none', () => {
  const asks = { code: 'involvement.themes-answered', parameters: inThis } as const;
  for (const until of ['2026-09-01', undefined]) {
    const deferred = oneSaid.given(answered('travel', later(until))).asking(asks).did('request-gate', { stage: 'design' });
    const told = deferred.did('tell-what-came-of-it', { participants: [ada], outcome: 'delivered' });
    const closing = told.when('request-gate', { stage: 'delivery' });
    expect(closing).toMatchObject({ refused: [{ code: 'involvement.themes-answered', missing: [{ what: 'travel', suppliedBy: 'commissioner', by: 'answer-theme' }] }] });
    expect(refusals(told.did('answer-theme', { theme: 'travel', response: no }).did('check-answer', { contribution: 'c1', finding: 'fits' }, 'colleague').when('request-gate', { stage: 'delivery' }))).toEqual([]);
  }
});
