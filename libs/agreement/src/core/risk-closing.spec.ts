import { expect, test } from '@jest/globals';
import { given, type Happening, id, people, refusals, type Scene } from './given.js';
import { ada } from './given-involvement.js';
import { type BearerGroup, noLevels } from './risk.js';
import type { View } from './statement.js';

const score = { likelihood: 2, impact: 2 };
const carried = (risk: string, ...bearers: BearerGroup[]): Happening => [
  'concordat.agreement.risk-raised.v1',
  { risk, title: risk, domain: 'service', bearers, owner: people.commissioner, levels: noLevels, reviewOn: null, on: '2026-06-01', scores: { 'co-produced': score, 'professional-only': score, 'not-acting': score } },
];
const statement = id(81);
const sought = (stage = 'design'): Happening => [
  'concordat.agreement.statement-sought.v1', { statement, group: 'carers', of: 'carer-led-body', form: 'easy-read', advocacyOffered: true, stage, risks: ['burden'], askedOn: '2026-06-01' },
];
const spoken = (view: View): Happening => [
  'concordat.agreement.statement-recorded.v1', { statement, view, spokenBy: ada, words: { subject: ada, sealed: 'b64' } }, 'representative',
];
const asked = given(carried('burden', 'carers'), sought());
const closing = { risk: 'burden', reason: 'n/a' };

test('a risk is not closed before those who carry it, and were asked, have had their say', () => {
  expect(asked.when('close-risk', closing)).toMatchObject({
    refused: [{ code: 'risk.word-awaited', missing: [{ what: `the statement of carers: ${statement}`, suppliedBy: 'carers', by: 'record-statement' }, { what: `a second ask of carers: ${statement}`, suppliedBy: 'commissioner', by: 'seek-statement' }] }],
  });
  for (const view of ['content', 'content-if', 'cannot-say'] as const) expect(refusals(asked.given(spoken(view)).when('close-risk', closing))).toEqual([]);
  // Whoever was asked twice and stayed silent for 15 working days is waited for no longer.
  const again = asked.on('2026-06-08').did('seek-statement', { statement, group: 'carers', of: 'carer-led-body', form: 'easy-read', advocacyOffered: true });
  expect(refusals(again.when('close-risk', closing))).toEqual(['risk.word-awaited']);
  expect(refusals(again.on('2026-07-01').when('close-risk', closing))).toEqual([]);
});

test('nor before an objection to it has its reply, read by a second person', () => {
  const objected = asked.given(spoken('object'));
  expect(objected.when('close-risk', closing)).toMatchObject({ refused: [{ code: 'risk.word-awaited', missing: [{ suppliedBy: 'decision-maker', by: 'reply-to-objection' }] }] });
  const replied = objected.did('reply-to-objection', { statement, reply: 'We pay for respite first.', secondPerson: people.colleague }, 'decisionMaker');
  expect(refusals(replied.when('close-risk', closing))).toEqual(['risk.word-awaited']);
  expect(refusals(replied.did('second-reply', { statement }, 'colleague').when('close-risk', closing))).toEqual([]);
  // In whichever stage they objected.
  expect(refusals(given(carried('burden', 'carers'), sought('needs'), spoken('object')).when('close-risk', closing))).toEqual(['risk.word-awaited']);
});

test('where a gate asks for the word of those who carry it, a risk that none of them was asked about is closed by a second person: not by whoever raised it, answers for it or saw it', () => {
  const unasked = given(carried('burden', 'carers', 'community', 'commissioner')).asking({ code: 'risk.statements-sought', parameters: { top: 10 } });
  const asker = { suppliedBy: 'commissioner', by: 'seek-statement' };
  expect(unasked.when('close-risk', closing)).toMatchObject({
    refused: [{ code: 'risk.nobody-asked', missing: [{ what: 'the statement of carers on burden', ...asker }, { what: 'the statement of community on burden', ...asker }, { suppliedBy: 'risk-owner', by: 'close-risk' }] }],
  });
  expect(refusals(unasked.when('close-risk', closing, 'colleague'))).toEqual([]);
  // Under no other id of theirs either.
  expect(refusals(unasked.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('close-risk', closing, 'colleague'))).toEqual(['risk.nobody-asked']);
  const levels = { ...noLevels, current: { likelihood: 5, impact: 5 } };
  const handedOn = unasked.did('review-risk', { risk: 'burden', levels, reviewOn: '2026-12-01', reason: 'x', owner: people.approver });
  const seen = handedOn.did('acknowledge-risk', { risk: 'burden', says: 'Seen' }, 'decisionMaker');
  const [raiser, owner, seer, another] = (['commissioner', 'approver', 'decisionMaker', 'colleague'] as const).map((who) => refusals(seen.knowing(who, { grants: [{ grant: id(901), role: 'risk-owner' }] }).when('close-risk', closing, who)));
  expect([raiser, owner, seer, another]).toEqual([['risk.nobody-asked'], ['risk.nobody-asked'], ['risk.nobody-asked'], []]);
  // Nor once it was handed on by whoever answered for it.
  const onceMore = seen.did('review-risk', { risk: 'burden', levels, reviewOn: '2026-12-01', reason: 'x', owner: people.colleague });
  expect(refusals(onceMore.knowing('approver', { grants: [{ grant: id(901), role: 'risk-owner' }] }).when('close-risk', closing, 'approver'))).toContain('risk.nobody-asked');
});

test('nor is a group that nobody asked about it taken off it by one of them', () => {
  const unasked = given(carried('burden', 'carers', 'commissioner')).asking({ code: 'risk.statements-sought', parameters: { top: 10 } });
  const review = { risk: 'burden', levels: { ...noLevels, current: score }, reviewOn: '2026-12-01', reason: 'x' } as const;
  expect(unasked.when('review-risk', { ...review, bearers: ['commissioner'] })).toMatchObject({ refused: [{ code: 'risk.nobody-asked', missing: [{ what: 'someone other than who raised it, answers for it or saw it', suppliedBy: 'risk-owner', by: 'review-risk' }] }] });
  expect(refusals(unasked.when('review-risk', { ...review, bearers: ['commissioner'] }, 'colleague'))).toEqual([]);
  expect(refusals(unasked.when('review-risk', { ...review, bearers: ['commissioner', 'carers', 'community'] }))).toEqual([]);
  expect(refusals(unasked.when('review-risk', review))).toEqual([]);
});

test('what the commissioner alone carries, and what all who carry it were asked about, is closed by whoever answers for it', () => {
  const asking = (scene: Scene) => scene.asking({ code: 'risk.statements-sought', parameters: { top: 10 } });
  expect(refusals(asking(given(carried('burden', 'commissioner'))).when('close-risk', closing))).toEqual([]);
  expect(refusals(asking(asked).given(spoken('content')).when('close-risk', closing))).toEqual([]);
  expect(asking(given(carried('burden', 'carers', 'community'), sought(), spoken('content'))).when('close-risk', closing)).toMatchObject({ refused: [{ missing: [{ what: 'the statement of community on burden' }, {}] }] });
});

test('a word on another risk, one that nobody sought and no gate asks for, and one that was sought in a stage that was left keep none open', () => {
  expect(refusals(given(carried('burden', 'carers'), carried('money', 'carers'), sought()).when('close-risk', { ...closing, risk: 'money' }))).toEqual([]);
  expect(refusals(given(carried('burden', 'carers')).when('close-risk', closing))).toEqual([]);
  expect(refusals(given(carried('burden', 'carers'), sought('needs')).when('close-risk', closing))).toEqual([]);
});

test('everything that a risk waits for is named at once, and one that is closed waits for nothing', () => {
  const large: Happening = ['concordat.agreement.risk-rescored.v1', { risk: 'burden', scores: { 'co-produced': { likelihood: 5, impact: 5 }, 'professional-only': null, 'not-acting': null }, reason: 'x' }];
  expect(refusals(asked.given(large).when('close-risk', closing))).toEqual(['risk.unseen', 'risk.word-awaited']);
  expect(refusals(asked.given(['concordat.agreement.risk-closed.v1', closing]).when('close-risk', closing))).toEqual(['already-so']);
});
