import { expect, test } from '@jest/globals';
import { agreementId, given, id, inDesign, people, refusals, type Scene } from './given.js';
import { ada, answered, ben, came, cat, held, missingAt, panel, said, survey, theme, worked } from './given-involvement.js';

const other = id(900);
const there = { place: 'Leith', theme: 'Food' };
/** Three years ago or less, people of the same place and theme were engaged there. */
const engagedThere = given(held(panel), came(panel, ada, ben), said('c1', ada, panel), ...theme('hot', 'c1'), answered('hot')).did('amend-facts', { facts: there }).agreement;
const here = inDesign.did('amend-facts', { facts: { place: ' leith ', theme: 'food' } }).beside(other, engagedThere);
const carryOver = { carried: id(81), from: other, fromStage: 'design', stage: 'design', why: 'The same street, the same kitchen.' } as const;
const confirmed = (scene: Scene) => scene.did('carry-over', carryOver).did('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'representative');

test('what people gave in an agreement of the same place and theme opens the gate once a representative confirms it, and not before', () => {
  const proposed = here.did('carry-over', carryOver);
  expect(proposed.agreement.carriedOver).toMatchObject([{ say: 3, do: 0, people: 2, heldOn: '2026-06-01', answer: 'awaited' }]);
  expect(missingAt(proposed, 'involvement.achieved', { say: 3 })).not.toEqual([]);
  const yes = confirmed(here);
  expect(missingAt(yes, 'involvement.achieved', { say: 3 })).toEqual([]);
  expect(missingAt(yes, 'involvement.planned', { say: 3 })).toEqual([]);
  expect(missingAt(yes, 'involvement.people', { floor: 2 })).toEqual([]);
  expect(missingAt(yes, 'involvement.achieved', { say: 4 })).not.toEqual([]);
  expect(missingAt(proposed.did('answer-carry-over', { carried: id(81), answer: 'refused' }, 'representative'), 'involvement.achieved', { say: 3 })).not.toEqual([]);
});

test('people who were carried over are not added to those who took part: they may be the same', () => {
  expect(missingAt(confirmed(here).given(held(panel), came(panel, ada)), 'involvement.people', { floor: 3 })).toMatchObject([{ what: '2 more of the 3 people needed' }]);
});

test('it comes from another agreement of the same place and the same theme', () => {
  expect(refusals(inDesign.beside(other, engagedThere).when('carry-over', carryOver))).toEqual(['carry-over.elsewhere']);
  expect(here.did('amend-facts', { facts: { theme: 'Transport' } }).when('carry-over', carryOver)).toMatchObject({ refused: [{ code: 'carry-over.elsewhere', missing: [{ what: 'the same theme' }] }] });
  expect(refusals(here.when('carry-over', { ...carryOver, from: id(1) }))).toEqual(['carry-over.unknown']);
  expect(refusals(here.when('carry-over', { ...carryOver, from: id(999) }))).toEqual(['carry-over.unknown']);
});

test('it is at most 24 months old, by the last day on which somebody took part', () => {
  expect(refusals(here.on('2028-06-01').when('carry-over', carryOver))).toEqual([]);
  expect(refusals(here.on('2028-06-02').when('carry-over', carryOver))).toEqual(['carry-over.too-old']);
  expect(refusals(here.when('carry-over', { ...carryOver, fromStage: 'mandate' }))).toEqual(['carry-over.nothing-there']);
});

test('of several activities those of the last 24 months are carried over, and make none before them younger', () => {
  const later = here.inside(other).given(held(survey, { right: 'inform' }), worked(survey, cat, '2028-06-01')).inside(agreementId);
  const carried = (on: string) => later.on(on).did('carry-over', carryOver).agreement.carriedOver.map(({ say, people: who, heldOn }) => [say, who, heldOn]);
  expect([carried('2028-06-01'), carried('2028-06-02')]).toEqual([[[3, 3, '2028-06-01']], [[1, 1, '2028-06-01']]]);
});

test('it counts while this agreement is of the place and the theme that it was of, in whatever spelling, and again once it is', () => {
  const open = (scene: Scene) => missingAt(scene, 'involvement.achieved', { say: 3 }).length > 0;
  const yes = confirmed(here);
  const elsewhere = yes.did('amend-facts', { facts: { place: 'North' } });
  const ofBuses = yes.did('amend-facts', { facts: { theme: 'Transport' } });
  expect([yes, elsewhere, ofBuses, elsewhere.did('amend-facts', { facts: { place: 'LEITH' } })].map(open)).toEqual([false, true, true, false]);
  const saying = { group: 'residents', stages: ['design'], source: 'What they said there', carried: id(81) } as const;
  expect(refusals(yes.when('record-stages-that-matter', saying))).toEqual([]);
  expect(refusals(elsewhere.when('record-stages-that-matter', saying))).toEqual(['stages-that-matter.not-carried-over']);
});

test('what counts no more, as the agreement it came from and this one moved on together, is carried over anew', () => {
  const moved = confirmed(here).did('amend-facts', { facts: { place: 'North' } }).inside(other).did('amend-facts', { facts: { place: 'North' } }).inside(agreementId);
  const anew = moved.did('carry-over', { ...carryOver, carried: id(82) }).did('answer-carry-over', { carried: id(82), answer: 'confirmed' }, 'representative');
  expect([moved, anew].map((scene) => missingAt(scene, 'involvement.achieved', { say: 3 }).length > 0)).toEqual([true, false]);
  expect(refusals(anew.when('carry-over', { ...carryOver, carried: id(83) }))).toEqual(['already-so']);
});

test('whoever confirmed it takes that back, and it may then be carried over as it stands by now', () => {
  const refused = confirmed(here).did('answer-carry-over', { carried: id(81), answer: 'refused' }, 'representative');
  expect(missingAt(refused, 'involvement.achieved', { say: 3 })).not.toEqual([]);
  expect(refusals(refused.when('carry-over', { ...carryOver, carried: id(82) }))).toEqual([]);
});

test('whoever proposes it does not confirm it, and only those who speak for the people may', () => {
  const proposed = here.did('carry-over', carryOver);
  const confirm = (scene: Scene) => refusals(scene.when('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'representative'));
  expect(confirm(proposed)).toEqual([]);
  expect(confirm(proposed.knowing('representative', { identities: [{ person: people.commissioner, provider: null }] }))).toEqual(['carry-over.own-proposal', 'carry-over.not-their-word']);
  expect(refusals(proposed.when('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'colleague'))).toEqual(['right.missing']);
  expect(refusals(proposed.when('answer-carry-over', { carried: id(82), answer: 'confirmed' }, 'representative'))).toEqual(['carry-over.not-proposed']);
  expect(refusals(confirmed(here).when('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'representative'))).toEqual(['already-so']);
  expect(refusals(proposed.when('carry-over', { ...carryOver, carried: id(82) }))).toEqual(['already-so']);
});

test('whoever is of staff confirms it for nobody, whichever role they hold besides, and under whichever id', () => {
  const proposed = here.did('carry-over', carryOver);
  const confirm = (scene: Scene) => refusals(scene.when('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'stranger'));
  const speaking = proposed.knowing('stranger', { grants: [{ grant: id(900), role: 'representative' }] });
  expect(confirm(speaking)).toEqual([]);
  expect(confirm(speaking.knowing('stranger', { grants: [{ grant: id(900), role: 'representative' }, { grant: id(901), role: 'facilitator' }] }))).toEqual(['carry-over.not-their-word']);
  expect(confirm(speaking.knowing('stranger', { identities: [{ person: people.colleague, provider: null }] }))).toEqual(['carry-over.not-their-word']);
});

test('what was confirmed by whoever turns out to have proposed it counts no more, until somebody else who speaks for the people confirms it', () => {
  const open = (scene: Scene) => missingAt(scene, 'involvement.achieved', { say: 3 });
  const yes = confirmed(here);
  const found = yes.knowing('representative', { identities: [{ person: people.commissioner, provider: null }] });
  expect([open(yes), open(yes.knowing('representative', { identities: [{ person: people.colleague, provider: null }] }))]).toEqual([[], []]);
  expect(open(found)).not.toEqual([]);
  expect(refusals(found.when('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'representative'))).toEqual(['carry-over.own-proposal', 'carry-over.not-their-word']);
  const another = found.knowing('stranger', { grants: [{ grant: id(900), role: 'representative' }] }).did('answer-carry-over', { carried: id(81), answer: 'confirmed' }, 'stranger');
  expect(open(another)).toEqual([]);
});
