import { describe, expect, test } from '@jest/globals';
import { deliveryView } from './delivery-view.js';
import { inDesign, refusals } from './given.js';

const plan = { plan: { reference: 'DMS/8', title: 'Plan for the end' }, lastDay: '2026-09-30', people: 40 };
const ending = inDesign.asking({ code: 'people.all-arranged', parameters: {} }).did('plan-exit', plan);
const without = (people: number) => ending.did('amend-facts', { facts: { 'people-without-arrangement': people } }).when('request-gate', { stage: 'design' });

describe('the end of a service', () => {
  test('leaves nobody without an arrangement: until then its gate is shut, and says of how many', () => {
    expect(ending.when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'people.all-arranged', missing: [{ what: 'people-without-arrangement', by: 'amend-facts' }] }] });
    expect(without(3)).toMatchObject({ refused: [{ code: 'people.all-arranged', missing: [{ what: 'an arrangement for 3 people' }] }] });
    expect(refusals(without(0))).toEqual([]);
  });

  test('is planned with its last day and how many use it; another plan takes its place', () => {
    expect(refusals(ending.when('plan-exit', plan))).toEqual(['already-so']);
    expect(ending.did('plan-exit', { ...plan, people: 38 }).agreement.exit?.people).toBe(38);
  });

  test('says by when whoever hands over staff owes word of them: 28 days before the transfer', () => {
    expect(deliveryView(ending.agreement, '2026-06-01').managed?.exit).toEqual({ ...plan, staffInformationBy: '2026-09-02' });
  });
});
