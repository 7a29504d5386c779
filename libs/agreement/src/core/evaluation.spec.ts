import type { Sealed } from '@concordat/platform/core';
import { describe, expect, test } from '@jest/globals';
import { given, id, inDesign, otherProvider, people, refusals, type Scene } from './given.js';
import { awarded } from './given-lots.js';
import { ada, ben, came, declined, held, invited, missingAt, panel, planned, theme, voided } from './given-involvement.js';

const [faces, price] = [id(430), id(431)];
const met = given(planned({ people: 1 }), held(panel), came(panel, ada, ben));
const chosen = met.did('set-criterion', { criterion: faces, title: 'The same faces', chosenBy: { is: 'activity', activity: panel } });
const confirming = (criterion: string, onBehalfOf = ada) => ({ entry: criterion, onBehalfOf, confirmed: 'read-back', on: '2026-06-01' }) as const;
const set = chosen.did('record-proxy-entry', confirming(faces)).did('set-criterion', { criterion: price, title: 'Price', chosenBy: { is: 'staff' } });
const assessing = set
  .did('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces] })
  .did('appoint-evaluator', { evaluator: people.colleague, of: 'professionals', criteria: [faces, price] });
const day = '2026-06-01';
const ready = assessing
  .did('record-evaluator-declaration', { evaluator: ada, interest: 'none' })
  .did('record-evaluator-training', { evaluators: [ada], on: day, source: 'An evening with the procurement team' });
const judged = { evaluator: ada, criteria: [faces], on: day, source: 'The minute of the panel' } as const;
const notYet = [`that ${ada} assessed “The same faces”`];
const assess = (scene: Scene, whenWanted = false) => missingAt(scene, 'evaluation.people-assess', { whenWanted }).map(({ what }) => what);
const undeclared = (scene: Scene) => missingAt(scene, 'evaluation.interests-declared', {});
const untrained = (scene: Scene) => missingAt(scene, 'evaluation.evaluators-trained', {}).map(({ what }) => what);

describe('people who use a service assess criteria they choose', () => {
  test('the gate asks for one that they chose, and for one of them who assesses each of those', () => {
    expect(assess(met)).toEqual(['a criterion that people chose']);
    expect(assess(met.did('set-criterion', { criterion: price, title: 'Price', chosenBy: { is: 'staff' } }))).toEqual(['a criterion that people chose']);
    expect(assess(set)).toEqual(['somebody of those who use the service to assess “The same faces”']);
    expect(assess(set.did('appoint-evaluator', { evaluator: people.colleague, of: 'professionals', criteria: [faces] }))).toHaveLength(1);
    expect(assess(assessing)).toEqual(notYet);
    expect(assess(ready.did('record-assessment', judged))).toEqual([]);
    expect(assess(assessing.did('stand-down-evaluator', { evaluator: ada, reason: 'own-wish' }))).toHaveLength(1);
    expect(assess(assessing.given(voided(panel)))).toEqual(['a criterion that people chose', ...notYet]);
  });

  test('that people chose it is said by one of those who came there, and of other words anew; nobody confirms for people what staff chose', () => {
    const assessed = (scene: Scene) => assess(scene.did('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces] }));
    expect(assessed(chosen)).toEqual(['that people chose “The same faces”, as one of them confirms it', ...notYet]);
    expect(assessed(chosen.did('record-proxy-entry', { ...confirming(faces), confirmed: 'not-confirmed' }))).toHaveLength(2);
    expect(assessed(chosen.did('record-proxy-entry', confirming(faces, ben)))).toEqual(notYet);
    expect(refusals(chosen.when('record-proxy-entry', confirming(faces, id(29))))).toEqual(['proxy.of-someone-else']);
    expect(refusals(set.when('record-proxy-entry', confirming(price)))).toEqual(['proxy.unknown-entry']);
    const elsewhere = set.given(held(id(99)), came(id(99), ada)).did('set-criterion', { criterion: faces, title: 'The lowest price', chosenBy: { is: 'activity', activity: id(99) } });
    expect(assessed(elsewhere)).toEqual(['that people chose “The lowest price”, as one of them confirms it', `that ${ada} assessed “The lowest price”`]);
  });

  test('where it is asked when wanted, only then; and an offer that nobody took up is an answer', () => {
    expect(assess(met.did('record-stages-that-matter', { group: 'residents', stages: ['delivery'], source: 'At the panel', activity: panel }), true)).toEqual([]);
    const offered = given(planned({ people: 1 }), held(panel), invited(panel, ada));
    expect(assess(offered)).toHaveLength(1);
    expect(assess(offered.given(declined(panel, ada)))).toEqual([]);
  });

  test('it has an id of its own, so that nobody confirms it by confirming something else', () => {
    const setting = (criterion: string) => ({ criterion, title: 'Kind words', chosenBy: { is: 'activity', activity: panel } }) as const;
    const others = chosen.given(invited(panel, ada), ...theme('travel')).did('set-kpi', { kpi: id(432), title: 'Visits on time', definition: 'x', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] });
    for (const taken of [panel, `${panel}/${ada}`, 'travel', id(432)]) {
      expect(others.when('set-criterion', setting(taken))).toMatchObject({ refused: [{ code: 'criterion.id-taken', missing: [{ what: 'criterion', suppliedBy: 'facilitator', by: 'set-criterion' }] }] });
      expect(refusals(others.when('set-criterion', setting(id(433))))).toEqual([]);
    }
    const words = { contribution: faces, activity: panel, author: ada, text: { subject: ada, sealed: 'x' }, givenOn: '2026-06-01' } as const;
    expect([refusals(others.when('record-contribution', words)), refusals(others.when('create-theme', { theme: id(432), title: 'x' }))]).toEqual([['contribution.id-taken'], ['theme.id-taken']]);
  });

  test('nobody chose a criterion where nobody came', () => {
    const empty = given(held(panel)).when('set-criterion', { criterion: faces, title: 'Faces', chosenBy: { is: 'activity', activity: panel } });
    expect(refusals(empty)).toEqual(['evaluation.nobody-chose-it']);
    expect(refusals(chosen.when('set-criterion', { criterion: faces, title: 'The same faces', chosenBy: { is: 'activity', activity: panel } }))).toEqual(['already-so']);
    expect(chosen.did('set-criterion', { criterion: faces, title: 'Faces', chosenBy: { is: 'staff' } }).agreement.evaluation.criteria).toEqual([{ criterion: faces, title: 'Faces', chosenBy: { is: 'staff' } }]);
  });

  test('what people chose stays as they chose it: staff’s words are of staff, and other words of people are of where they chose them', () => {
    const other = id(99);
    const again = set.given(held(other), came(other, ada));
    const renamed = (scene: Scene, chosenBy: { is: 'staff' } | { is: 'activity'; activity: string }) => refusals(scene.when('set-criterion', { criterion: faces, title: 'The lowest price', chosenBy }));
    expect(renamed(again, { is: 'activity', activity: panel })).toEqual(['evaluation.words-of-people']);
    expect(renamed(again, { is: 'activity', activity: other })).toEqual([]);
    expect(renamed(again, { is: 'staff' })).toEqual([]);
    const rewritten = again.did('set-criterion', { criterion: faces, title: 'The lowest price', chosenBy: { is: 'staff' } });
    expect(assess(rewritten)).toEqual(['a criterion that people chose']);
    expect(renamed(rewritten, { is: 'activity', activity: panel })).toEqual(['evaluation.words-of-people']);
  });

  test('no criterion is set once it is awarded', () => {
    expect(refusals(awarded.when('set-criterion', { criterion: id(98), title: 'Price, again', chosenBy: { is: 'staff' } }))).toEqual(['evaluation.awarded']);
  });
});

describe('whoever was named to assess for people did', () => {
  const assessed = ready.did('record-assessment', judged);
  const saying = (scene: Scene, change: Partial<{ evaluator: string; criteria: string[]; on: string; why: Sealed }> = {}) => refusals(scene.when('record-assessment', { ...judged, ...change }));

  test('each of them, and each of their criteria, or they were stood down; staff are not asked for it here', () => {
    const two = assessed.did('appoint-evaluator', { evaluator: ben, of: 'people', criteria: [faces, price] });
    expect(assess(two)).toEqual([`that ${ben} assessed “The same faces”, “Price”`]);
    expect(missingAt(two, 'evaluation.people-assess', {})).toMatchObject([{ suppliedBy: 'facilitator', by: 'record-assessment' }]);
    expect(assess(two.did('stand-down-evaluator', { evaluator: ben, reason: 'not-available' }))).toEqual([]);
    const trained = two.did('record-evaluator-declaration', { evaluator: ben, interest: 'none' }).did('record-evaluator-training', { evaluators: [ben], on: day, source: 'x' });
    expect(assess(trained.did('record-assessment', { ...judged, evaluator: ben, criteria: [price] }))).toEqual([`that ${ben} assessed “The same faces”`]);
    expect(assess(trained.did('record-assessment', { ...judged, evaluator: ben, criteria: [price, faces] }))).toEqual([]);
  });

  test('an offer that others did not take up stands for nobody who was named', () => {
    const offered = given(planned({ people: 1 }), held(panel), invited(panel, ada), declined(panel, ada))
      .did('set-criterion', { criterion: price, title: 'Price', chosenBy: { is: 'staff' } })
      .did('appoint-evaluator', { evaluator: people.representative, of: 'people', criteria: [price] });
    expect(assess(offered)).toEqual([`that ${people.representative} assessed “Price”`]);
  });

  test('once they were appointed, had declared their interests and were trained', () => {
    expect(saying(assessing)).toEqual(['evaluation.not-declared', 'evaluation.not-trained']);
    expect(saying(set)).toEqual(['evaluation.not-appointed']);
    expect(saying(ready, { criteria: [faces, price] })).toEqual(['evaluation.not-theirs-to-assess']);
    expect(saying(ready, { on: '2026-05-31' })).toEqual(['evaluation.assessed-too-early']);
    expect(saying(ready, { on: '2026-06-02' })).toEqual(['evaluation.assessment-ahead']);
    const trainedLater = ready.on('2026-06-05').did('record-evaluator-training', { evaluators: [ada], on: '2026-06-04', source: 'x' });
    expect([saying(trainedLater, { on: '2026-06-03' }), saying(trainedLater, { on: '2026-06-04' })]).toEqual([['evaluation.assessed-too-early'], []]);
    // Of a criterion they were named for later, from then on.
    const more = ready.on('2026-06-05').did('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces, price] });
    expect([saying(more, { on: '2026-06-04' }), saying(more, { criteria: [price], on: '2026-06-04' })]).toEqual([[], ['evaluation.assessed-too-early']]);
    const professional = assessing.did('record-evaluator-training', { evaluators: [people.colleague], on: day, source: 'x' });
    expect(saying(professional, { evaluator: people.colleague })).toEqual(['evaluation.not-declared']);
    const declared = professional.on('2026-06-03').did('declare-no-conflict', { person: people.colleague, role: 'commissioner' }, 'colleague');
    expect([saying(declared, { evaluator: people.colleague, on: '2026-06-02' }), saying(declared, { evaluator: people.colleague, on: '2026-06-03' })]).toEqual([['evaluation.assessed-too-early'], []]);
  });

  test('whom an interest bars assesses nothing and is stood down', () => {
    const bids = ready.did('record-evaluator-declaration', { evaluator: ada, interest: 'bid' });
    expect(saying(bids)).toEqual(['evaluation.barred']);
    expect(missingAt(bids, 'evaluation.people-assess', {})).toEqual([{ what: `somebody else for ${ada}, whose interest bars them`, suppliedBy: 'facilitator', by: 'stand-down-evaluator' }]);
  });

  test('on a day that is corrected with a word of why', () => {
    const later = assessed.on('2026-06-05');
    const why = { subject: ada, sealed: 'x' };
    expect(saying(later)).toEqual(['already-so']);
    expect(saying(later, { on: '2026-06-03' })).toEqual(['evaluation.correction-unsaid']);
    expect(later.did('record-assessment', { ...judged, on: '2026-06-03', why }).agreement.evaluation.evaluators[0]?.assessed).toEqual({ [faces]: '2026-06-03' });
    expect(saying(ready, { why })).toEqual(['evaluation.assessment-unknown']);
  });

  test('in the words that stand: of others, and for whoever is named anew, it is done anew', () => {
    const other = assessed.given(held(id(99)), came(id(99), ada)).did('set-criterion', { criterion: faces, title: 'People they know', chosenBy: { is: 'activity', activity: id(99) } }).did('record-proxy-entry', confirming(faces));
    expect(assess(other)).toEqual([`that ${ada} assessed “People they know”`]);
    const anew = (scene: Scene, criteria: string[]) => scene.did('appoint-evaluator', { evaluator: ada, of: 'people', criteria });
    expect(assess(anew(assessed, [faces, price]))).toEqual([`that ${ada} assessed “Price”`]);
  });

  test('and stay as those who did: nobody takes that from them by standing them down, or by appointing them for something else', () => {
    const down = assessed.did('stand-down-evaluator', { evaluator: ada, reason: 'own-wish' });
    expect(down.agreement.evaluation.evaluators[0]).toMatchObject({ evaluator: ada, criteria: [faces], assessed: { [faces]: day }, stoodDown: true });
    expect([assess(down), undeclared(down).length, untrained(down)]).toEqual([[], undeclared(assessed).length, untrained(assessed)]);
    expect(refusals(down.when('stand-down-evaluator', { evaluator: ada, reason: 'own-wish' }))).toEqual(['already-so']);
    // Somebody else assesses besides them, and not in their place.
    const besides = down.did('appoint-evaluator', { evaluator: ben, of: 'people', criteria: [faces] });
    expect([assess(besides), besides.agreement.evaluation.evaluators.map(({ evaluator }) => evaluator)]).toEqual([[`that ${ben} assessed “The same faces”`], [ada, people.colleague, ben]]);
    const anew = (scene: Scene, criteria: string[]) => scene.did('appoint-evaluator', { evaluator: ada, of: 'people', criteria });
    expect(anew(assessed, [price]).agreement.evaluation.evaluators[0]).toMatchObject({ criteria: [faces, price], assessed: { [faces]: day } });
    expect(anew(down, [faces]).agreement.evaluation.evaluators[0]).toMatchObject({ criteria: [faces], assessed: { [faces]: day }, stoodDown: false });
    // More than they assessed is asked of them no more.
    expect(assess(anew(assessed, [price]).did('stand-down-evaluator', { evaluator: ada, reason: 'not-available' }))).toEqual([]);
    // Of whoever an interest bars it counts for nothing, and another is to assess it.
    const bids = assessed.did('record-evaluator-declaration', { evaluator: ada, interest: 'bid' }).did('stand-down-evaluator', { evaluator: ada, reason: 'interest' });
    expect([assess(bids), undeclared(bids)]).toEqual([['somebody of those who use the service to assess “The same faces”'], undeclared(assessed)]);
    // Where nobody else is named, nobody evaluates.
    const nobody = bids.did('stand-down-evaluator', { evaluator: people.colleague, reason: 'own-wish' });
    expect([undeclared(nobody).map(({ what }) => what), untrained(nobody)]).toEqual([['who evaluates'], ['who evaluates']]);
    expect(refusals(down.given(['concordat.agreement.criterion-set.v1', { criterion: faces, title: 'People they know', chosenBy: { is: 'staff' } } as never]).when('record-assessment', { evaluator: ada, criteria: [faces], on: day, source: 'x' }))).toContain('evaluation.not-appointed');
  });

  test('as whoever appoints them puts on record', () => {
    expect(refusals(ready.when('record-assessment', judged, 'approver'))).toEqual(['right.missing']);
  });
});

describe('whoever evaluates', () => {
  test('is named for criteria there are: one of the people who took part, or somebody registered, and nobody of a provider', () => {
    const named = (evaluator: string, of: 'people' | 'professionals', ...criteria: string[]) => refusals(set.when('appoint-evaluator', { evaluator, of, criteria }));
    expect(named(id(99), 'people')).toEqual(['evaluation.nothing-to-assess', 'evaluation.nobody-known']);
    expect(named(id(99), 'professionals', id(432))).toEqual(['evaluation.criterion-unknown', 'person.unknown']);
    expect(named(people.signatory, 'professionals', price)).toEqual(['evaluation.of-a-provider']);
    const otherId = set.knowing('colleague', { identities: [{ person: people.signatory, provider: otherProvider }] });
    expect(refusals(otherId.when('appoint-evaluator', { evaluator: people.colleague, of: 'professionals', criteria: [price] }))).toEqual(['evaluation.of-a-provider']);
    expect(named(people.representative, 'people', faces)).toEqual([]);
    // Who was in what did not happen as it should took no part.
    expect(named(ada, 'people', faces)).toEqual([]);
    expect(refusals(set.given(voided(panel)).when('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces] }))).toEqual(['evaluation.nobody-known']);
    expect(refusals(assessing.when('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces] }))).toEqual(['already-so']);
    expect(assessing.did('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces, price] }).agreement.evaluation.evaluators[0]).toMatchObject({ evaluator: ada, criteria: [faces, price] });
  });

  test('is still here', () => {
    const gone = (scene: Scene, evaluator: string, of: 'people' | 'professionals', criterion: string) => scene.when('appoint-evaluator', { evaluator, of, criteria: [criterion] });
    expect(gone(set.knowing('colleague', { disabled: true }), people.colleague, 'professionals', price)).toMatchObject({ refused: [{ code: 'evaluation.gone', missing: [{ what: 'somebody else', suppliedBy: 'facilitator', by: 'appoint-evaluator' }] }] });
    expect(refusals(gone(set.knowing('representative', { disabled: true }), people.representative, 'people', faces))).toEqual(['evaluation.gone']);
  });

  test('has no interest that bars, under any of their ids', () => {
    const barred = set.did('declare-conflict', { person: people.approver, role: 'approver', interest: 'bid', about: { subject: people.approver, sealed: 'x' } }, 'approver');
    const twin = barred.knowing('colleague', { identities: [{ person: people.approver, provider: null }] });
    const named = (scene: Scene, evaluator: string) => refusals(scene.when('appoint-evaluator', { evaluator, of: 'professionals', criteria: [price] }));
    expect([named(barred, people.approver), named(twin, people.colleague), named(barred, people.colleague)]).toEqual([['evaluation.barred'], ['evaluation.barred'], []]);
  });

  test('as one of those who use the service is one of them or speaks for them: nobody of staff is, whichever role they hold besides', () => {
    const named = (scene: Scene, evaluator: string, of: 'people' | 'professionals' = 'people') => refusals(scene.when('appoint-evaluator', { evaluator, of, criteria: [faces] }));
    for (const who of [people.colleague, people.approver, people.decisionMaker, people.member]) expect(named(set, who)).toEqual(['evaluation.not-of-the-people']);
    expect([named(set, people.colleague, 'professionals'), named(set, people.representative)]).toEqual([[], []]);
    expect(named(set.knowing('representative', { grants: [{ grant: id(1), role: 'representative' }, { grant: id(2), role: 'facilitator' }] }), people.representative)).toEqual(['evaluation.not-of-the-people']);
    expect(named(set.knowing('representative', { grants: [{ grant: id(1), role: 'representative' }], identities: [{ person: people.colleague, provider: null }] }), people.representative)).toEqual(['evaluation.not-of-the-people']);
  });

  test('who told of an interest that bars is barred for good: nobody enters for them that they have none, nor appoints them anew', () => {
    const bids = assessing.did('record-evaluator-declaration', { evaluator: ada, interest: 'bid' });
    const saying = (scene: Scene, interest: 'none' | 'other' | 'relative') => refusals(scene.when('record-evaluator-declaration', { evaluator: ada, interest }));
    expect([saying(bids, 'none'), saying(bids, 'other'), saying(bids, 'relative')]).toEqual([['evaluation.barred'], ['evaluation.barred'], []]);
    const stoodDown = bids.did('stand-down-evaluator', { evaluator: ada, reason: 'interest' });
    expect(refusals(stoodDown.when('appoint-evaluator', { evaluator: ada, of: 'people', criteria: [faces] }))).toEqual(['evaluation.barred']);
    expect(refusals(stoodDown.when('appoint-evaluator', { evaluator: ben, of: 'people', criteria: [faces] }))).toEqual([]);
    // What was entered of it before that was a rule is on record, and bars on.
    expect(undeclared(bids.given(['concordat.agreement.evaluator-declaration-recorded.v1', { evaluator: ada, interest: 'none' }]))[0]).toMatchObject({ by: 'stand-down-evaluator' });
  });

  test('declares their interests, each of them: whoever signs in for themselves, and others as they said', () => {
    expect(undeclared(set)).toEqual([{ what: 'who evaluates', suppliedBy: 'facilitator', by: 'appoint-evaluator' }]);
    expect(undeclared(assessing)).toMatchObject([
      { what: `declaration of ${ada}, who evaluates`, suppliedBy: 'facilitator', by: 'record-evaluator-declaration' },
      { what: `declaration of person-${people.colleague}, who evaluates`, suppliedBy: `person-${people.colleague}`, by: 'declare-conflict' },
    ]);
    expect(refusals(assessing.when('record-evaluator-declaration', { evaluator: people.colleague, interest: 'none' }))).toEqual(['evaluation.declares-themselves']);
    expect(refusals(assessing.when('record-evaluator-declaration', { evaluator: ben, interest: 'none' }))).toEqual(['evaluation.not-appointed']);
    const said = assessing.did('record-evaluator-declaration', { evaluator: ada, interest: 'none' }).did('declare-no-conflict', { person: people.colleague, role: 'commissioner' }, 'colleague');
    expect(undeclared(said)).toEqual([]);
    expect(refusals(said.when('record-evaluator-declaration', { evaluator: ada, interest: 'none' }))).toEqual(['already-so']);
  });

  test('assesses nothing with an interest that bars from approving; another interest is on record and does not bar', () => {
    const own = assessing.did('declare-no-conflict', { person: people.colleague, role: 'commissioner' }, 'colleague');
    expect(undeclared(own.did('record-evaluator-declaration', { evaluator: ada, interest: 'relative' }))).toMatchObject([{ what: `somebody else for ${ada}, whose interest bars them`, by: 'stand-down-evaluator' }]);
    expect(undeclared(own.did('record-evaluator-declaration', { evaluator: ada, interest: 'other' }))).toEqual([]);
    const bids = own.did('record-evaluator-declaration', { evaluator: ada, interest: 'none' }).did('declare-conflict', { person: people.colleague, role: 'commissioner', interest: 'bid', about: { subject: people.colleague, sealed: '' } }, 'colleague');
    expect(undeclared(bids)).toMatchObject([{ by: 'stand-down-evaluator' }]);
    expect(undeclared(bids.did('stand-down-evaluator', { evaluator: people.colleague, reason: 'interest' }))).toEqual([]);
    expect(refusals(bids.when('stand-down-evaluator', { evaluator: ben, reason: 'interest' }))).toEqual(['evaluation.not-appointed']);
  });

  test('assesses nothing once they turn out to work for a provider, or to have an interest that bars under another id', () => {
    const own = assessing.did('declare-no-conflict', { person: people.colleague, role: 'commissioner' }, 'colleague').did('record-evaluator-declaration', { evaluator: ada, interest: 'none' });
    const barred = own.did('declare-conflict', { person: people.approver, role: 'approver', interest: 'relative', about: { subject: people.approver, sealed: 'x' } }, 'approver');
    expect([undeclared(own), undeclared(barred)]).toEqual([[], []]);
    const other = [{ what: `somebody else for ${people.colleague}, whose interest bars them`, suppliedBy: 'facilitator', by: 'stand-down-evaluator' }];
    expect(undeclared(own.knowing('colleague', { identities: [{ person: people.signatory, provider: otherProvider }] }))).toEqual(other);
    expect(undeclared(barred.knowing('colleague', { identities: [{ person: people.approver, provider: null }] }))).toEqual(other);
  });

  test('is trained, people who use the service like professionals', () => {
    expect(untrained(assessing)).toEqual([`training of ${ada}, who evaluates`, `training of ${people.colleague}, who evaluates`]);
    const evening = { evaluators: [ada, people.colleague], on: '2026-06-01', source: 'An evening with the procurement team' };
    expect(untrained(assessing.did('record-evaluator-training', { ...evening, evaluators: [ada] }))).toEqual([`training of ${people.colleague}, who evaluates`]);
    const trained = assessing.did('record-evaluator-training', evening);
    expect(untrained(trained)).toEqual([]);
    expect(refusals(trained.when('record-evaluator-training', evening))).toEqual(['already-so']);
    expect(refusals(trained.when('record-evaluator-training', { ...evening, evaluators: [ben], on: '2026-06-02' }))).toEqual(['evaluation.not-appointed', 'evaluation.training-ahead']);
    expect(untrained(inDesign)).toEqual(['who evaluates']);
  });
});
