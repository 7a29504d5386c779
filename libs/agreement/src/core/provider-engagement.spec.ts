import { expect, test } from '@jest/globals';
import { id, inDesign, refusals } from './given.js';
import { missingAt } from './given-involvement.js';

const held = { is: 'held', on: '2026-06-01', how: 'An open afternoon', providers: 6, said: 'A year to find staff', follows: 'It begins a year after' } as const;
const record = (outcome: typeof held | { is: 'not-useful'; because: string }, n = 460) => ({ engagement: id(n), outcome }) as const;

test('before anything is bought providers are asked, or it is said why that is not useful here', () => {
  expect(missingAt(inDesign, 'providers.engaged', {})).toEqual([{ what: 'what providers say before anything is bought, or why asking them is not useful', suppliedBy: 'commissioner', by: 'record-provider-engagement' }]);
  for (const outcome of [held, { is: 'not-useful', because: 'One provider alone holds the licence.' } as const]) {
    const recorded = inDesign.did('record-provider-engagement', record(outcome));
    expect(missingAt(recorded, 'providers.engaged', {})).toEqual([]);
    expect(recorded.agreement.providerEngagement).toEqual([{ ...record(outcome), stage: 'design' }]);
  }
});

test('what providers said is recorded once it was said, once, by whoever makes awards', () => {
  expect(refusals(inDesign.when('record-provider-engagement', record({ ...held, on: '2026-06-02' } as never)))).toEqual(['provider-engagement.not-held-yet']);
  expect(refusals(inDesign.did('record-provider-engagement', record(held)).when('record-provider-engagement', record(held)))).toEqual(['already-so']);
  expect(refusals(inDesign.when('record-provider-engagement', record(held), 'signatory'))).toEqual(['right.missing']);
});
