import { describe, expect, test } from '@jest/globals';
import { inDesign, otherProvider, provider, refusals, type Scene } from './given.js';
import { missingAt } from './given-involvement.js';

const awarded = (to: string) => ['concordat.agreement.awarded.v1', { provider: to, value: { amount: '9000.00', currency: 'GBP' } }] as const;
const delivering = inDesign.given(awarded(provider));
const ready = { startsOn: '2026-07-01', says: 'Two cooks, the hall and a van.' };
const unready = (scene: Scene) => missingAt(scene, 'provider.ready', {});

describe('that a provider is ready to start', () => {
  test('is said by its signatory, for it; until then the gate that asks it is shut, and names who can open it', () => {
    expect(unready(delivering)).toEqual([{ what: `the word of provider-${provider} that it is ready`, suppliedBy: 'provider-signatory', by: 'confirm-readiness' }]);
    const said = delivering.did('confirm-readiness', ready, 'signatory');
    expect(unready(said)).toEqual([]);
    expect(refusals(said.when('confirm-readiness', ready, 'signatory'))).toEqual(['already-so']);
    expect(said.did('confirm-readiness', { ...ready, startsOn: '2026-07-08' }, 'signatory').agreement.readiness).toMatchObject([{ provider, startsOn: '2026-07-08' }]);
  });

  test('is asked of each of several, and of nobody where nothing was awarded', () => {
    const both = delivering.given(awarded(otherProvider)).did('confirm-readiness', ready, 'signatory');
    expect(unready(both)).toMatchObject([{ what: expect.stringContaining(otherProvider) }]);
    expect(unready(both.did('confirm-readiness', ready, 'otherSignatory'))).toEqual([]);
    expect(unready(inDesign)).toEqual([]);
  });

  test('is said by nobody of the organisation, by none that was only invited, and of no day that is past', () => {
    expect(refusals(delivering.when('confirm-readiness', ready))).toEqual(['right.missing']);
    expect(refusals(inDesign.did('invite-provider', { provider }).when('confirm-readiness', { ...ready, startsOn: '2026-05-31' }, 'signatory'))).toEqual(['readiness.not-the-provider', 'readiness.start-past']);
  });

  test('is asked anew once the day is past on which it was to start, unless that is the start on record', () => {
    const said = delivering.did('confirm-readiness', ready, 'signatory');
    expect(unready(said.on('2026-07-01'))).toEqual([]);
    expect(unready(said.on('2026-07-02'))).toEqual([{ what: `the word of provider-${provider} that it is ready: what it said was of a start on 2026-07-01`, suppliedBy: 'provider-signatory', by: 'confirm-readiness' }]);
    expect(unready(said.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-07-01', endsOn: '2027-06-30' } } }).on('2026-07-02'))).toEqual([]);
    expect(unready(said.on('2026-07-02').did('confirm-readiness', { ...ready, startsOn: '2026-07-08' }, 'signatory'))).toEqual([]);
  });

  test('falls when the agreement goes back over the stage in which it was said', () => {
    const said = delivering.did('confirm-readiness', ready, 'signatory').did('request-gate', { stage: 'design' });
    expect(said.agreement.readiness).toHaveLength(1);
    expect(said.did('return-to-stage', { stage: 'mandate', reason: 'The hall is sold.' }).agreement.readiness).toEqual([]);
  });
});
