import { describe, expect, test } from '@jest/globals';
import { deliveryView } from './delivery-view.js';
import { id, inDesign, otherProvider, provider, refusals } from './given.js';
import { dueNext, obligationStands } from './obligation.js';

const obligation = id(350);
const evidence = { reference: 'R-1', title: 'Report' };
const monthly = { obligation, what: 'A report', due: { is: 'each', months: 1, from: '2026-05-01' }, evidence: 'the report' } as const;
const once = { ...monthly, due: { is: 'once', on: '2026-05-20' } } as const;
const cycle = { cycle: id(340), period: { startsOn: '2026-05-01', endsOn: '2026-05-31' } };

describe('an obligation', () => {
  test('of once is overdue the day after its day, and met for good once it is shown', () => {
    const agreed = inDesign.did('agree-obligation', once).agreement.delivery.obligations[0]!;
    expect(['2026-05-20', '2026-05-21'].map((day) => obligationStands(agreed, day))).toEqual(['due', 'overdue']);
    const met = inDesign.did('agree-obligation', once).did('meet-obligation', { obligation, on: '2026-05-19', evidence });
    expect(obligationStands(met.agreement.delivery.obligations[0]!, '2027-01-01')).toBe('met');
    expect(refusals(met.when('meet-obligation', { obligation, on: '2026-05-20', evidence }))).toEqual(['already-so']);
  });

  test('that comes again is due one period after the other, however late each was met', () => {
    const met = inDesign.did('agree-obligation', monthly).did('meet-obligation', { obligation, on: '2026-05-30', evidence });
    expect(dueNext(met.agreement.delivery.obligations[0]!)).toBe('2026-06-01');
  });

  test('is met by what was done, not by what will be, and by nobody who was only invited', () => {
    const agreed = inDesign.did('invite-provider', { provider }).did('agree-obligation', monthly);
    expect(refusals(agreed.when('meet-obligation', { obligation, on: '2030-01-01', evidence }, 'signatory'))).toEqual(['obligation.not-met-yet', 'delivery.not-the-provider']);
    expect(refusals(agreed.when('meet-obligation', { obligation: id(351), on: '2026-05-01', evidence }))).toEqual(['obligation.unknown']);
  });
});

describe('an obligation of an agreement with several providers', () => {
  const worth = { amount: '1.00', currency: 'GBP' };
  const two = inDesign
    .given(['concordat.agreement.awarded.v1', { provider, value: worth }])
    .given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: worth }]);
  const theirs = two.did('agree-obligation', { ...monthly, provider: otherProvider });

  test('names the one that owes it, who is a provider of the agreement', () => {
    expect(theirs.agreement.delivery.obligations[0]).toMatchObject({ provider: otherProvider });
    expect(refusals(inDesign.did('invite-provider', { provider }).when('agree-obligation', { ...monthly, provider }))).toEqual(['obligation.not-the-provider']);
    // Of several whoever leads owes what nobody is named for, and alone is told and shown what was shown for it.
    const led = two.did('agree-obligation', monthly);
    expect(led.agreement.delivery.obligations[0]).toMatchObject({ provider });
    expect(led.when('meet-obligation', { obligation, on: '2026-05-01', evidence })).toMatchObject({ accepted: [{ data: { provider } }] });
    expect(refusals(led.when('meet-obligation', { obligation, on: '2026-05-01', evidence }, 'otherSignatory'))).toEqual(['obligation.another-s']);
    expect([provider, otherProvider].map((party) => deliveryView(led.agreement, '2026-06-01', party).obligations.length)).toEqual([1, 0]);
  });

  test('is shown by that one or written down by the organisation, and seen by no other provider', () => {
    const met = { obligation, on: '2026-05-01', evidence };
    expect(refusals(theirs.when('meet-obligation', met, 'signatory'))).toEqual(['obligation.another-s']);
    expect(refusals(theirs.when('meet-obligation', met))).toEqual([]);
    expect(refusals(two.did('agree-obligation', monthly).when('meet-obligation', met, 'signatory'))).toEqual([]);
    expect([provider, otherProvider, undefined].map((party) => deliveryView(theirs.agreement, '2026-06-01', party).obligations.length)).toEqual([0, 1, 1]);
  });
});

describe('delivery is a cycle', () => {
  test('of which one ends before the next begins, and no day is in two', () => {
    const begun = inDesign.did('begin-cycle', cycle);
    const next = { cycle: id(341), period: { startsOn: '2026-05-31', endsOn: '2026-06-30' } };
    expect(refusals(begun.when('begin-cycle', next))).toEqual(['cycle.under-way', 'cycle.same-days']);
  });

  test('that ends once it has begun, once people were asked in it, and only once', () => {
    const begun = inDesign.did('begin-cycle', cycle);
    const end = (on: string) => ({ cycle: cycle.cycle, on });
    expect(refusals(begun.when('end-cycle', end('2026-04-30')))).toEqual(['cycle.not-ended-then', 'cycle.people-not-asked']);
    expect(refusals(begun.when('end-cycle', { ...end('2026-06-01'), cycle: id(349) }))).toEqual(['cycle.unknown']);
    const asked = begun
      .did('set-kpi', { kpi: id(300), title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] })
      .did('record-finding', { finding: id(320), kpi: id(300), period: cycle.period, question: 'Do they come on time?', method: 'by telephone', answers: 0, value: null });
    const ended = asked.did('end-cycle', end('2026-06-01'));
    expect(refusals(ended.when('end-cycle', end('2026-06-01')))).toEqual(['already-so']);
    expect(refusals(ended.when('begin-cycle', { cycle: id(341), period: { startsOn: '2026-06-01', endsOn: '2026-06-30' } }))).toEqual([]);
  });

  test('that is backwards is none', () => {
    expect(refusals(inDesign.when('begin-cycle', { ...cycle, period: { startsOn: '2026-05-31', endsOn: '2026-05-01' } }))).toEqual(['delivery.period-reversed']);
  });
});
