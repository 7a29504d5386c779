import { expect, test } from '@jest/globals';
import { id, inDesign, refusals } from './given.js';

const rota = {
  activity: id(41), group: 'carers', does: 'Drive neighbours to the club', people: 4, hoursAWeek: 9, dependsOnIt: 'Nobody could come otherwise', needs: 'Insurance', onRecord: 'public',
} as const;

test('an agreement that rests on carers names what they do, on what scale, and what they need', () => {
  const { agreement } = inDesign.did('record-what-people-do', rota);
  expect(agreement.activitiesOfPeople).toEqual([rota]);
});

test('the same activity told again is told anew, and told the same way it is refused', () => {
  const told = inDesign.did('record-what-people-do', rota);
  expect(refusals(told.when('record-what-people-do', rota))).toEqual(['already-so']);
  expect(told.did('record-what-people-do', { ...rota, people: 2 }).agreement.activitiesOfPeople).toEqual([{ ...rota, people: 2 }]);
});

test('people who no longer wish it take it off the record', () => {
  const told = inDesign.did('record-what-people-do', rota);
  expect(told.did('take-off-record', { activity: rota.activity }).agreement.activitiesOfPeople).toEqual([]);
  expect(refusals(inDesign.when('take-off-record', { activity: rota.activity }))).toEqual(['already-so']);
});

test('what nobody does is not what people do', () => {
  expect(refusals(inDesign.when('record-what-people-do', { ...rota, people: 0 }))).toEqual(['existing-activity.nobody']);
});
