import { describe, expect, test } from '@jest/globals';
import { given, type Happening, id, people, refusals, type Scene } from './given.js';
import { ada, missingAt } from './given-involvement.js';
import { ask, carried, ofProvider, sought, spoken, stillAsked, twins } from './given-statements.js';
import { noLevels } from './risk.js';

test('a risk carried by people whose statement was not sought shuts the gate, group by group and risk by risk', () => {
  const scene = given(carried('burden', 'carers', 'service-users'), carried('money', 'carers'));
  expect(stillAsked(scene)).toEqual([
    { what: 'the statement of carers on burden', suppliedBy: 'commissioner', by: 'seek-statement' },
    { what: 'the statement of carers on money', suppliedBy: 'commissioner', by: 'seek-statement' },
    { what: 'the statement of service-users on burden', suppliedBy: 'commissioner', by: 'seek-statement' },
  ]);
});

test('every answer but an objection opens the gate, whatever it says', () => {
  const scene = given(carried('burden', 'carers'), sought());
  for (const view of ['content', 'content-if', 'cannot-say'] as const) expect(stillAsked(scene.given(spoken(view)))).toEqual([]);
});

test('a group that thinks otherwise by now is asked anew in the same stage: what it said first is not taken back, and both are on record', () => {
  const again = given(carried('burden', 'carers'), sought(), spoken('content')).asked(ada).did('seek-statement', { ...ask, statement: id(82) });
  expect(stillAsked(again)).toMatchObject([{ suppliedBy: 'carers', by: 'record-statement' }, { by: 'seek-statement' }]);
  const objected = again.did('record-statement', { statement: id(82), view: 'object', spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'representative');
  expect(objected.agreement.statements.map(({ view }) => view)).toEqual(['content', 'object']);
  expect(stillAsked(objected)).toMatchObject([{ suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
});

test('a risk that came up after the group spoke asks for its word again', () => {
  const scene = given(carried('burden', 'carers'), sought(), spoken('content'), carried('money', 'carers'));
  expect(stillAsked(scene)).toEqual([{ what: 'the statement of carers on money', suppliedBy: 'commissioner', by: 'seek-statement' }]);
});

const rescored = (risk: string, likelihood: number, impact: number) => {
  const now = { likelihood, impact };
  return { risk, scores: { 'co-produced': now, 'professional-only': now, 'not-acting': now }, reason: 'Two fell.' };
};
const larger = { what: 'the statement of carers on burden, anew: it is larger than when they were asked', suppliedBy: 'commissioner', by: 'seek-statement' };

test('a risk that grew after the group spoke asks for its word again, scored or reviewed, and one that shrank or came back does not', () => {
  const spoke = given(carried('burden', 'carers'), carried('money', 'carers')).did('seek-statement', ask).given(spoken('content'));
  const grown = spoke.did('rescore-risk', rescored('burden', 5, 5));
  expect(stillAsked(grown)).toEqual([larger]);
  expect(stillAsked(spoke.did('review-risk', { risk: 'burden', levels: { ...noLevels, current: { likelihood: 2, impact: 5 } }, reviewOn: '2026-12-01', reason: 'x' }))).toEqual([larger]);
  const shrunk = spoke.did('rescore-risk', rescored('burden', 1, 1));
  for (const same of [shrunk, shrunk.did('rescore-risk', rescored('burden', 3, 3)), grown.did('rescore-risk', rescored('burden', 1, 3))]) {
    expect(stillAsked(same)).toEqual([]);
  }
  const again = grown.did('seek-statement', { ...ask, statement: id(82) });
  expect(stillAsked(again)).toMatchObject([{ what: `the statement of carers: ${id(82)}` }, { by: 'seek-statement' }]);
  expect(stillAsked(again.asked(ada).did('record-statement', { statement: id(82), view: 'content-if', spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'representative'))).toEqual([]);
});

test('what is said counts of a risk as large as it was when it was asked about: one that grew before the answer is asked about again', () => {
  const scene = given(carried('burden', 'carers')).did('seek-statement', ask).did('rescore-risk', rescored('burden', 5, 5)).given(spoken('content'));
  expect(stillAsked(scene)).toEqual([larger]);
});

test('a risk that nobody had scored when the group was asked is asked about again once it is', () => {
  const unscored: Happening = ['concordat.agreement.risk-rescored.v1', { risk: 'burden', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null }, reason: 'x' }];
  const scene = given(carried('burden', 'carers'), unscored).did('seek-statement', ask).given(spoken('content'));
  expect(stillAsked(scene)).toEqual([]);
  expect(stillAsked(scene.did('rescore-risk', rescored('burden', 1, 1)))).toEqual([larger]);
});

test('a group that was silent about a smaller risk is asked about the larger one twice, and has fifteen working days again', () => {
  const silent = given(carried('burden', 'carers')).did('seek-statement', ask).on('2026-06-08').did('seek-statement', ask).on('2026-06-30');
  expect(stillAsked(silent)).toEqual([]);
  const once = silent.did('rescore-risk', rescored('burden', 5, 5)).did('seek-statement', ask);
  expect(stillAsked(once.on('2026-07-31'))).toMatchObject([{ by: 'record-statement' }, { by: 'seek-statement' }]);
  const twice = once.on('2026-07-01').did('seek-statement', ask);
  // Fifteen working days of England after Wednesday 1 July end on Wednesday 22 July.
  expect(stillAsked(twice.on('2026-07-22'))).toMatchObject([{ by: 'record-statement' }]);
  expect(stillAsked(twice.on('2026-07-23'))).toEqual([]);
});

test('each stage asks anew: what was said in an earlier one is not the word of this one', () => {
  const scene = given(carried('burden', 'carers'), sought('2026-06-01', 'mandate'), spoken('content'));
  expect(stillAsked(scene)).toMatchObject([{ by: 'seek-statement' }]);
  expect(refusals(scene.when('seek-statement', ask))).toContain('statement.of-another-stage');
  expect(refusals(scene.when('seek-statement', { ...ask, statement: id(82) }))).toEqual([]);
});

test('behind the gate that asked, a word of an earlier stage stands until a risk is new or larger, and no gate opens over a risk that nobody was asked about', () => {
  const behind = (scene: Scene) => missingAt(scene, 'risk.statements-sought', { top: 10, inAnyStage: true });
  const before = given(carried('burden', 'carers'), sought('2026-06-01', 'mandate'));
  expect(behind(before)).toMatchObject([{ what: 'the statement of carers on burden', by: 'seek-statement' }]);
  const said = before.given(spoken('content'));
  expect(behind(said)).toEqual([]);
  expect(behind(said.given(carried('money', 'carers')))).toEqual([{ what: 'the statement of carers on money', suppliedBy: 'commissioner', by: 'seek-statement' }]);
  expect(behind(said.did('rescore-risk', rescored('burden', 5, 5)))).toEqual([larger]);
  expect(behind(before.given(spoken('object')))).toMatchObject([{ suppliedBy: 'decision-maker', by: 'reply-to-objection' }]);
});

describe('whoever spoke turns out to be no other than who may not', () => {
  const view = { statement: ask.statement, view: 'content', spokenBy: people.stranger, words: { subject: people.stranger, sealed: 'x' } } as const;
  const asking = given(carried('burden', 'carers'), sought()).knowing('stranger', { grants: [{ grant: id(900), role: 'participant' }] });
  const said = asking.did('record-statement', view, 'stranger');
  const writtenDown = asking.given(spoken('content'));

  test.each([
    ['asked', said, twins(said, 'stranger', 'commissioner')],
    ['asked, and wrote it down', writtenDown, twins(writtenDown, 'representative', 'commissioner')],
    ['works for a provider', said, ofProvider(said, 'stranger')],
    ['works for a provider, and wrote it down', writtenDown, ofProvider(writtenDown, 'representative')],
  ])('the group has not spoken where they turn out to be one who %s: it is asked anew', (_, before, found) => {
    expect(stillAsked(before)).toEqual([]);
    expect(stillAsked(found)).toEqual([{ what: 'the statement of carers on burden, anew: whoever spoke for them turns out to have asked, or to work for a provider', suppliedBy: 'commissioner', by: 'seek-statement' }]);
    const confirmation = { entry: id(82), onBehalfOf: ada, confirmed: 'signed', on: '2026-06-01' } as const;
    const anew = found.asked(ada).did('seek-statement', { ...ask, statement: id(82) }, 'colleague').did('record-proxy-entry', confirmation);
    expect(stillAsked(anew)).toContainEqual({ what: `the statement of carers: ${id(82)}`, suppliedBy: 'carers', by: 'record-statement' });
    expect(stillAsked(anew.did('record-statement', { ...view, statement: id(82), spokenBy: ada, words: { subject: ada, sealed: 'x' } }, 'commissioner'))).toEqual([]);
  });

  test('nor at a later gate, where they spoke in an earlier stage', () => {
    const earlier = given(carried('burden', 'carers'), sought('2026-06-01', 'mandate'), spoken('content'));
    const behind = (scene: Scene) => missingAt(scene, 'risk.statements-sought', { top: 10, inAnyStage: true });
    expect(behind(earlier)).toEqual([]);
    expect(behind(twins(earlier, 'representative', 'commissioner'))).toMatchObject([{ by: 'seek-statement' }]);
  });

  test('what a provider’s own people say of what they carry stays theirs', () => {
    const theirs = given(['concordat.agreement.provider-invited.v1', { provider: id(2) }], carried('burden', 'provider'), ['concordat.agreement.statement-sought.v1', { ...ask, group: 'provider', of: 'provider', stage: 'design', risks: ['burden'], askedOn: '2026-06-01' }]);
    expect(stillAsked(theirs.did('record-statement', { ...view, spokenBy: people.signatory, words: { subject: people.signatory, sealed: 'x' } }, 'signatory'))).toEqual([]);
  });
});
