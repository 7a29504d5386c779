import { expect, test } from '@jest/globals';
import { asks } from './condition.js';

test('Say and Do are named side by side, never summed, and only where wanted if the gate says so', () => {
  expect(asks('involvement.achieved', { say: 3 })).toBe('Involvement in this stage reached Say 3 (engaged) or more.');
  expect(asks('involvement.planned', { say: 4, do: 2, whenWanted: true })).toBe(
    'Involvement in this stage is planned at Say 4 (shared decisions) and Do 2 (substantial) or more, if people said that this stage matters to them.',
  );
});

test('the floor of people is a number, or that everyone concerned was asked', () => {
  expect(asks('involvement.people', { floor: 5 })).toMatch(/^At least 5 people took part/);
  expect(asks('involvement.people', { floor: 5, whenWanted: true })).toMatch(/if people said that this stage matters to them\.$/);
  expect(asks('involvement.people', { floor: 5, everyoneAsked: true })).toBe('Everyone concerned was asked to take part in this stage.');
});

test('sign-offs are asked by kind and discipline, in words', () => {
  expect(
    asks('sign-offs.granted', {
      signOffs: [
        { kind: 'approval', discipline: 'legal-procurement' },
        { kind: 'acceptance', discipline: 'information-governance' },
      ],
    }),
  ).toBe('In force: approval by legal and procurement and acceptance by information governance.');
});

test('a sentence calls stages by their titles where it is told them, and a decision-maker as people do', () => {
  const stages = [{ id: 'needs', title: 'Needs and assets' }, { id: 'priorities', title: 'Priorities' }];
  expect(asks('involvement.feedback-delivered', { stages: ['needs', 'priorities'] }, stages)).toBe('Those who contributed to “Needs and assets” and “Priorities” were told what was done with it.');
  expect(asks('involvement.feedback-delivered', { stages: ['needs', 'elsewhere'] }, stages)).toBe('Those who contributed to stages needs and elsewhere were told what was done with it.');
  expect(asks('conflicts.declared', { roles: ['decision-maker', 'risk-owner'] })).toBe('Conflicts of interest, or that there are none, are declared by: decision-maker and risk owner; and in person by those who act here.');
});
