import { expect, test } from '@jest/globals';
import { activitiesIn } from './activity.js';
import { aboutTheSame, givenAt, givenByPerson } from './asked-before.js';
import { given, inDesign } from './given.js';
import { ada, ben, came, cat, held, invited, panel, said, survey, voided, worked } from './given-involvement.js';

test('two agreements are about the same where place and theme are, however they are spelled; what says neither is about nothing', () => {
  const of = (facts: object) => inDesign.did('amend-facts', { facts }).agreement;
  const meals = of({ place: 'The  north', theme: 'Meals' });
  expect(aboutTheSame(meals, of({ place: ' the North', theme: 'meals' }))).toBe(true);
  expect(aboutTheSame(meals, of({ place: 'The north', theme: 'Transport' }))).toBe(false);
  expect(aboutTheSame(meals, of({ place: 'The south', theme: 'Meals' }))).toBe(false);
  expect(aboutTheSame(of({ place: 'The north' }), of({ place: 'The north' }))).toBe(false);
  expect(aboutTheSame(of({ theme: 'Meals' }), of({ theme: 'Meals' }))).toBe(false);
});

test('what somebody gave before is the things they said and their hours, and when they last came or were asked', () => {
  const { agreement } = given(held(panel), held(survey), invited(panel, ada), came(panel, ada, ben), worked(panel, ada, '2026-06-03'), worked(panel, ada, '2026-06-02'), worked(panel, ben, '2026-06-04'), said('one', ada, panel), said('two', ada, survey), said('three', ben, survey));
  expect(givenByPerson(agreement, ada)).toEqual({ lastOn: '2026-06-03', said: 2, hours: 4 });
  expect(givenByPerson(agreement, ben)).toEqual({ lastOn: '2026-06-04', said: 1, hours: 2 });
  expect(givenByPerson(agreement, cat)).toBeUndefined();
  expect(givenAt(agreement, activitiesIn(agreement, 'design').filter(({ id }) => id === panel))).toEqual({ said: 1, hours: 6 });
});

test('whoever was asked and never came was asked before all the same; what was voided does not count', () => {
  expect(givenByPerson(given(held(panel), invited(panel, ada)).agreement, ada)).toEqual({ lastOn: '2026-06-01', said: 0, hours: 0 });
  expect(givenByPerson(given(held(panel), invited(panel, ada), came(panel, ada), said('one', ada, panel), voided(panel)).agreement, ada)).toBeUndefined();
});
