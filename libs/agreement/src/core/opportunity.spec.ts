import { expect, test } from '@jest/globals';
import { id, inDesign, people, refusals } from './given.js';

const score = { likelihood: 3, impact: 4 };
const tea = { opportunity: 'tea', title: 'Neighbours stay for tea', domain: 'service', gains: ['community', 'community', 'service-users'], owner: people.commissioner, score } as const;
const raised = inDesign.did('raise-opportunity', tea);

test('an opportunity is raised beside the risks, on the same matrix, with who gains by it', () => {
  expect(raised.agreement.opportunities).toEqual([
    { id: 'tea', title: tea.title, domain: 'service', gains: ['community', 'service-users'], owner: people.commissioner, score, became: 'open' },
  ]);
  expect(raised.agreement.risk).toEqual([]);
});

test('it is scored anew with a reason, and closed as taken or let go', () => {
  const better = raised.did('rescore-opportunity', { opportunity: 'tea', score: { likelihood: 5, impact: 4 }, reason: 'They ask for it.' });
  expect(better.agreement.opportunities[0]?.score).toEqual({ likelihood: 5, impact: 4 });
  const taken = better.did('close-opportunity', { opportunity: 'tea', outcome: 'taken', reason: 'Tea is on Fridays.' });
  expect(taken.agreement.opportunities[0]?.became).toBe('taken');
  expect(better.did('close-opportunity', { opportunity: 'tea', outcome: 'let-go', reason: 'The hall was sold.' }).agreement.opportunities[0]?.became).toBe('let-go');
  expect(refusals(taken.when('close-opportunity', { opportunity: 'tea', outcome: 'let-go', reason: 'x' }))).toEqual(['opportunity.closed']);
  expect(refusals(taken.when('rescore-opportunity', { opportunity: 'tea', score, reason: 'x' }))).toEqual(['opportunity.closed']);
});

test('one by which nobody gains, of nobody known, outside domains and matrix is refused for all four', () => {
  const decision = inDesign.when('raise-opportunity', { ...tea, gains: [], owner: id(99), domain: 'moon', score: { likelihood: 3, impact: 6 } });
  expect(refusals(decision)).toEqual(['opportunity.nobody-gains', 'person.unknown', 'risk.domain-unknown', 'risk.score-out-of-range']);
  expect(refusals(raised.when('raise-opportunity', tea))).toEqual(['already-so']);
  expect(refusals(raised.when('rescore-opportunity', { opportunity: 'tea', score, reason: 'x' }))).toEqual(['already-so']);
  expect(refusals(raised.when('rescore-opportunity', { opportunity: 'q', score, reason: 'x' }))).toEqual(['opportunity.unknown']);
  expect(refusals(raised.when('close-opportunity', { opportunity: 'q', outcome: 'taken', reason: 'x' }))).toEqual(['opportunity.unknown']);
});
