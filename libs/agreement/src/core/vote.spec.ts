import { expect, test } from '@jest/globals';
import { decidedByPeople } from './decision-paper.js';
import { given, id, refusals } from './given.js';
import { ada, came, decidedTogether, held, panel, voted } from './given-involvement.js';
import { achieved } from './say-do.js';
import { seenByPeople } from './seen-by-people.js';

const vote = {
  activity: panel, vote: id(71), question: 'Thursdays or Sundays?', options: [{ option: 'Thursdays', votes: 9 }, { option: 'Sundays', votes: 4 }], on: '2026-06-01',
} as const;

test('votes and decisions count as Say, however many hands they took, and never as Do', () => {
  expect(achieved(given(held(panel, { right: 'consult' }), came(panel, ada), voted(panel)).agreement, 'design')).toMatchObject({ say: 2, do: 0 });
  expect(achieved(given(held(panel, { right: 'decide-jointly' }), came(panel, ada), decidedTogether(panel), voted(panel)).agreement, 'design')).toMatchObject({ say: 4, do: 0 });
});

test('a vote in which nobody is known to have taken part is the voice of nobody: it is refused, and one on record reaches nothing', () => {
  expect(given(held(panel)).when('record-vote', vote)).toMatchObject({ refused: [{ code: 'activity.nobody-took-part', missing: [{ suppliedBy: 'facilitator', by: 'record-attendance' }] }] });
  expect(achieved(given(held(panel), voted(panel)).agreement, 'design')).toMatchObject({ say: 0, do: 0 });
  expect(refusals(given(held(panel), came(panel, ada)).when('record-vote', vote))).toEqual([]);
});

test('a vote is held where people are consulted at least, between two options at least, and somebody votes', () => {
  const open = given(held(panel), came(panel, ada));
  expect(open.did('record-vote', vote).agreement.involvement.activities[0]?.votes).toEqual([{ vote: id(71), question: vote.question, options: vote.options, on: '2026-06-01' }]);
  expect(refusals(open.did('record-vote', vote).when('record-vote', vote))).toEqual(['already-so']);
  expect(refusals(given(held(panel, { right: 'inform' }), came(panel, ada)).when('record-vote', { ...vote, options: [{ option: 'Thursdays', votes: 0 }], on: '2026-06-09' }))).toEqual([
    'activity.right-too-low', 'vote.no-choice', 'vote.nobody-voted', 'activity.not-yet',
  ]);
});

test('whoever decides reads what it came to, and those who take part read what most chose, unless so few voted that it tells of one of them', () => {
  const open = given(held(panel), came(panel, ada));
  const { agreement } = open.did('record-vote', vote);
  expect(decidedByPeople(agreement)).toMatchObject([{ says: 'Thursdays or Sundays?', cast: 13, options: vote.options }]);
  const chosen = (...votes: number[]) => seenByPeople(open.did('record-vote', { ...vote, options: votes.map((each, at) => ({ option: `${at}`, votes: each })) }).agreement, ada).asked.activities[0]?.voted[0]?.chosen;
  expect([chosen(9, 4), chosen(4, 4, 0), chosen(3, 2), chosen(3, 1)]).toEqual([['0'], ['0', '1'], ['0'], null]);
});
