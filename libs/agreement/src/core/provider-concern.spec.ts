import { expect, test } from '@jest/globals';
import { id, inDesign, provider, refusals } from './given.js';

const concern = id(370);
const raised = { concern, provider, about: 'Travel is not paid between visits.', raisedOn: '2026-05-10' };

test('a concern is that of the provider of the agreement: one that was only invited has none here', () => {
  expect(refusals(inDesign.did('invite-provider', { provider }).when('raise-provider-concern', raised))).toEqual(['provider-concern.not-the-provider']);
  expect(refusals(inDesign.did('invite-provider', { provider }).when('raise-provider-concern', raised, 'signatory'))).toEqual(['delivery.not-the-provider', 'provider-concern.not-the-provider']);
});

test('what is not on record cannot be answered', () => {
  expect(refusals(inDesign.when('answer-provider-concern', { concern, answer: 'It is paid from June.', on: '2026-05-12' }))).toEqual(['provider-concern.unknown']);
});
