import { expect, test } from '@jest/globals';
import { countByTeam } from './index.js';

/** Waivers of one condition, given a month apart; each by the name of its team and what it is told by. */
const counted = (...each: readonly (readonly [string, ...string[]])[]) =>
  countByTeam(each.map(([team, ...countsWith], at) => ({ condition: 'involvement.planned', team, countsWith, givenAt: `2026-0${at + 1}-01T09:00:00Z` }))).map(({ team, alsoCalled, count }) => [team, alsoCalled, count]);

test('a team that is renamed is one line under its latest name, which says what else it was called', () => {
  expect(counted(['Adults', 'team adults'], ['Adults', 'team adults'], ['Well-being', 'team adults', 'team well-being'])).toEqual([['Well-being', ['Adults'], 3]]);
  expect(counted(['Adults', 'agreement x'], ['Well-being', 'agreement x'], ['Children', 'agreement y'])).toEqual([['Well-being', ['Adults'], 2], ['Children', [], 1]]);
});

test('two that were counted apart are one from the waiver on that shows them to be, and their name spelled otherwise is told once', () => {
  expect(counted(['Adults', 'team adults'], ['Well-being', 'team well-being'])).toEqual([['Adults', [], 1], ['Well-being', [], 1]]);
  expect(counted(['Adults', 'team adults'], ['Well-being', 'team well-being'], ['Adults', 'team adults', 'team well-being'])).toEqual([['Adults', ['Well-being'], 3]]);
});

test('waivers of another condition are counted apart, and the most given stand first', () => {
  const waiver = (condition: string, month: number) => ({ condition, team: 'Adults', countsWith: ['team adults'], givenAt: `2026-0${month}-01T09:00:00Z` });
  expect(countByTeam([waiver('a', 1), waiver('b', 2), waiver('b', 3)])).toEqual([
    { condition: 'b', team: 'Adults', alsoCalled: [], count: 2, lastGivenAt: '2026-03-01T09:00:00Z' },
    { condition: 'a', team: 'Adults', alsoCalled: [], count: 1, lastGivenAt: '2026-01-01T09:00:00Z' },
  ]);
  expect(countByTeam([])).toEqual([]);
});
