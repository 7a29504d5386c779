import { expect, test } from '@jest/globals';
import { given, id, type Happening, type Scene } from './given.js';
import { ada, ben, came, held, panel, survey, voided } from './given-involvement.js';
import { peopleSeenFromOutside, reachOfInvolvement } from './reach.js';

const forGroups = (activity: string, ...groups: string[]): Happening => [
  'concordat.agreement.activity-planned.v1',
  { activity, stage: 'design', title: 'An evening', groups, right: 'advise', ledBy: 'staff', closesOn: '2026-06-30' },
];
const many = (count: number, from = 300) => Array.from({ length: count }, (_, n) => id(from + n));

test('reach stands beside the scale: who is affected, who was heard, who was not, and everyone once', () => {
  const { agreement } = given(forGroups(panel, 'Carers'), came(panel, ada, ben), forGroups(survey, 'residents'), came(survey, ada)).did('amend-facts', {
    facts: { 'affected-groups': ['carers', 'residents', 'diners'] },
  });
  expect(reachOfInvolvement(agreement)).toEqual({ affected: ['carers', 'residents', 'diners'], heard: ['Carers', 'residents'], notHeard: ['diners'], people: [ada, ben] });
});

test('a group is heard where somebody took part, and not at an activity that was voided or to which nobody came', () => {
  const { agreement } = given(held(panel), held(survey), came(survey, ada), voided(survey)).did('amend-facts', { facts: { 'affected-groups': ['residents'] } });
  expect(reachOfInvolvement(agreement)).toMatchObject({ heard: [], notHeard: ['residents'], people: [] });
});

test('of several groups at one activity none is heard where fewer people came than there are groups, and none is named from outside where fewer than five came for each', () => {
  const evening = (...people: string[]) => given(forGroups(panel, 'carers', 'the Patels'), came(panel, ...people));
  const affected = { facts: { 'affected-groups': ['carers', 'the Patels'] } };
  const reach = (scene: Scene) => reachOfInvolvement(scene.did('amend-facts', affected).agreement);
  expect(reach(evening(ada))).toMatchObject({ heard: [], notHeard: ['carers', 'the Patels'], people: [ada] });
  expect(reach(evening(ada, ben))).toMatchObject({ heard: ['carers', 'the Patels'], notHeard: [] });
  const named = (came: number) => peopleSeenFromOutside(evening(...many(came)).did('request-gate', { stage: 'design' }).agreement, 'design')!.parts.map(({ name }) => name);
  expect([named(9), named(10)]).toEqual([['others'], ['carers, the Patels']]);
});

test('from outside, nothing is seen of fewer than five people, nor a total that would give them away', () => {
  const scene = given(forGroups(panel, 'carers'), came(panel, ...many(4)), forGroups(survey, 'residents'), came(survey, ...many(9, 400)));
  expect(peopleSeenFromOutside(scene.agreement, 'design')).toBeNull();
  const left = (before: typeof scene) => before.did('request-gate', { stage: 'design' });
  expect(peopleSeenFromOutside(left(scene).agreement, 'design')).toEqual({ parts: [{ name: 'others', people: null, agreed: false }, { name: 'residents', people: 9, agreed: false }], total: null });
  const five = scene.given(came(panel, id(399)));
  expect(peopleSeenFromOutside(left(five).agreement, 'design')).toMatchObject({ parts: [{ name: 'carers', people: 5 }, { name: 'residents', people: 9 }], total: 14 });
  const toWhichNobodyCame = given(forGroups(panel, 'the Smiths'), forGroups(survey, 'residents'), came(survey, ...many(9, 400)));
  expect(peopleSeenFromOutside(left(toWhichNobodyCame).agreement, 'design')).toEqual({ parts: [{ name: 'residents', people: 9, agreed: false }], total: 9 });
});

test('whoever is recorded after a stage was left is in no number seen from outside: from yesterday’s and today’s nobody can be told', () => {
  const counted = (scene: Scene) => peopleSeenFromOutside(scene.agreement, 'design');
  const left = given(forGroups(panel, 'carers'), came(panel, ...many(5))).did('request-gate', { stage: 'design' });
  const five = { parts: [{ name: 'carers', people: 5, agreed: false }], total: 5 };
  expect(counted(left)).toEqual(five);
  expect(counted(left.given(came(panel, id(399))))).toEqual(five);
  expect(counted(left.given(voided(panel)))).toEqual(five);

  const back = left.did('return-to-stage', { stage: 'design', reason: 'The hall is gone.' });
  expect(counted(back)).toBeNull();
  const again = (...happened: Happening[]) => counted(back.given(...happened).did('request-gate', { stage: 'design' }));
  expect(again(came(panel, ...many(4, 400)))).toEqual(five);
  expect(again(came(panel, ...many(5, 400)))).toMatchObject({ parts: [{ people: 10 }], total: 10 });
  expect(again(forGroups(survey, 'residents'), came(survey, id(400)))).toEqual(five);
});
