import { expect, test } from '@jest/globals';
import { id, inDesign, otherProvider, provider, refusals, Scene } from './given.js';

const concern = id(370);
const raised = { concern, provider, about: 'Travel is not paid between visits.', raisedOn: '2026-05-10' };

test('a concern is that of the provider of the agreement: one that was only invited has none here', () => {
  expect(refusals(inDesign.did('invite-provider', { provider }).when('raise-provider-concern', raised))).toEqual(['provider-concern.not-the-provider']);
  expect(refusals(inDesign.did('invite-provider', { provider }).when('raise-provider-concern', raised, 'signatory'))).toEqual(['delivery.not-the-provider', 'provider-concern.not-the-provider']);
});

test('what is not on record cannot be answered', () => {
  expect(refusals(inDesign.when('answer-provider-concern', { concern, answer: 'It is paid from June.', on: '2026-05-12' }))).toEqual(['provider-concern.unknown']);
});

const running = Scene.empty.did('take-over-agreement', {
  title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider,
});

test('the provider raises its own, and the organisation writes down what it was told, but nobody another’s', () => {
  expect(refusals(running.when('raise-provider-concern', raised, 'signatory'))).toEqual([]);
  expect(refusals(running.when('raise-provider-concern', raised))).toEqual([]);
  const both = running.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: { amount: '1.00', currency: 'GBP' } }]);
  expect(refusals(both.when('raise-provider-concern', raised, 'otherSignatory'))).toEqual(['provider-concern.another-s']);
  expect(refusals(running.when('raise-provider-concern', { ...raised, raisedOn: '2026-06-02' }, 'signatory'))).toEqual(['provider-concern.not-raised-yet']);
});

test('a concern waits until it is answered, once and not before it was raised', () => {
  const waiting = running.did('raise-provider-concern', raised, 'signatory');
  expect(waiting.agreement.providerConcerns).toMatchObject([{ concern, provider, answered: null }]);
  const answer = { concern, answer: 'It is paid from June.', on: '2026-05-12' };
  expect(refusals(waiting.when('answer-provider-concern', { ...answer, on: '2026-05-09' }))).toEqual(['provider-concern.not-answered-then']);
  const answered = waiting.did('answer-provider-concern', answer);
  expect(answered.agreement.providerConcerns).toMatchObject([{ answered: { answer: 'It is paid from June.', on: '2026-05-12' } }]);
  expect(refusals(answered.when('answer-provider-concern', answer))).toEqual(['already-so']);
});

test('it is raised and answered on hold, once the agreement is cancelled, and after it closed', () => {
  const answer = { concern, answer: 'It is paid from June.', on: '2026-05-12' };
  for (const scene of [running.did('hold', { reason: 'Snow' }), running.did('cancel', { reason: 'No money' }), running.given(['concordat.agreement.closed.v1', { from: 'delivery' }])]) {
    expect(scene.did('raise-provider-concern', raised, 'signatory').did('answer-provider-concern', answer).agreement.providerConcerns).toMatchObject([{ concern, answered: { on: '2026-05-12' } }]);
    expect(refusals(scene.when('raise-provider-concern', { ...raised, raisedOn: '2026-06-02', provider: otherProvider }, 'signatory'))).toEqual(['provider-concern.not-the-provider', 'provider-concern.another-s', 'provider-concern.not-raised-yet']);
  }
});
