import { describe, expect, test } from '@jest/globals';
import { deliveryView } from './delivery-view.js';
import { expiryStands } from './expiry.js';
import { id, inDesign, otherProvider, provider, refusals, Scene } from './given.js';
import { agendaOf } from './review-meeting.js';

const expiry = id(400);
const insurance = { expiry, provider, of: 'insurance', document: { reference: 'DMS/7', title: 'Public liability, £10 million' }, endsOn: '2026-09-30' } as const;
const delivering = Scene.empty.did('take-over-agreement', {
  title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider,
});

describe('a registration, an insurance, a continuity plan', () => {
  test('is in force through its last day, and ends soon from 60 days before', () => {
    expect(['2026-07-31', '2026-08-01', '2026-09-30', '2026-10-01'].map((day) => expiryStands(insurance, day))).toEqual(['in-force', 'ends-soon', 'ends-soon', 'ended']);
  });

  test('stands on the agenda of the next review meeting from then on, until it is renewed', () => {
    const shown = delivering.did('record-expiry', insurance, 'signatory');
    expect([agendaOf(shown.agreement, '2026-07-31'), agendaOf(shown.agreement, '2026-08-01')]).toEqual([[], [{ kind: 'expiry', about: expiry }]]);
    const renewed = shown.did('record-expiry', { ...insurance, endsOn: '2027-09-30' }, 'signatory');
    expect([renewed.agreement.expiries.length, agendaOf(renewed.agreement, '2026-10-01')]).toEqual([1, []]);
    expect(refusals(renewed.when('record-expiry', { ...insurance, endsOn: '2027-09-30' }))).toEqual(['already-so']);
    expect(refusals(renewed.when('record-expiry', { ...insurance, of: 'registration' }))).toEqual(['expiry.of-something-else']);
  });

  test('is that of a provider of the agreement, in force on the day it is shown', () => {
    expect(refusals(delivering.when('record-expiry', { ...insurance, provider: otherProvider, endsOn: '2026-05-31' }))).toEqual(['expiry.not-the-provider', 'expiry.ended']);
    expect(refusals(inDesign.did('invite-provider', { provider }).when('record-expiry', insurance, 'signatory'))).toEqual(['delivery.not-the-provider', 'expiry.not-the-provider']);
    expect(refusals(delivering.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: { amount: '1.00', currency: 'GBP' } }]).when('record-expiry', { ...insurance, provider: otherProvider }, 'signatory'))).toEqual(['expiry.another-s']);
  });

  test('is seen by the provider whose it is, and by no other', () => {
    const both = delivering.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: { amount: '1.00', currency: 'GBP' } }]).did('record-expiry', insurance);
    expect([provider, otherProvider, undefined].map((party) => deliveryView(both.agreement, '2026-06-01', party).expiries.length)).toEqual([1, 0, 1]);
  });
});
