import { expect, test } from '@jest/globals';
import { given, id, type Happening } from './given.js';
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

test('from outside, nothing is seen of fewer than five people, nor a total that would give them away', () => {
  const scene = given(forGroups(panel, 'carers'), came(panel, ...many(4)), forGroups(survey, 'residents'), came(survey, ...many(9, 400)));
  expect(peopleSeenFromOutside(scene.agreement, 'design')).toEqual({ parts: [{ name: 'carers', people: null, agreed: false }, { name: 'residents', people: 9, agreed: false }], total: null });
  const five = scene.given(came(panel, id(399)));
  expect(peopleSeenFromOutside(five.agreement, 'design')).toMatchObject({ parts: [{ people: 5 }, { people: 9 }], total: 14 });
});
