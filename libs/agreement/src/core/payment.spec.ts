import { expect, test } from '@jest/globals';
import { given, id, refusals } from './given.js';
import { ada, ben, came, held, invited, missingAt, panel } from './given-involvement.js';

const gbp = (amount: string) => ({ amount, currency: 'GBP' });
const advice = { participant: ada, on: '2026-05-20', source: { subject: ada, sealed: 'x' }, taken: true } as const;
const offer = { offer: id(91), activity: panel, participant: ada, amount: gbp('25.00') } as const;
const met = given(held(panel), came(panel, ada)).asked(ben);

test('no payment is offered before benefits advice is, whichever agreement recorded the advice, nor on advice older than a year', () => {
  expect(met.when('offer-payment', offer)).toMatchObject({ refused: [{ code: 'payment.before-benefits-advice', missing: [{ what: `benefits advice for ${ada}`, by: 'record-benefits-advice' }] }] });
  const advised = met.did('record-benefits-advice', advice);
  expect(refusals(advised.when('offer-payment', offer))).toEqual([]);
  expect(refusals(advised.on('2027-05-20').when('offer-payment', offer))).toEqual([]);
  expect(refusals(advised.on('2027-05-21').when('offer-payment', offer))).toEqual(['payment.before-benefits-advice']);
  expect(refusals(advised.when('record-benefits-advice', advice))).toEqual(['already-so']);
  expect(refusals(met.when('record-benefits-advice', { ...advice, on: '2026-06-02' }))).toEqual(['benefits-advice.not-yet']);
});

test('an offer is taken, taken in part or declined, and the last word counts', () => {
  const offered = met.did('record-benefits-advice', advice).did('offer-payment', offer);
  const answer = (to: Parameters<typeof offered.when<'answer-payment-offer'>>[1]['answer']) => ({ offer: id(91), participant: ada, answer: to });
  expect(offered.agreement.payments[0]?.answer).toEqual({ is: 'awaited' });
  for (const to of [{ is: 'accepted' }, { is: 'reduced', amount: gbp('20.00') }, { is: 'declined' }] as const) {
    const told = offered.did('answer-payment-offer', answer({ is: 'accepted' }));
    expect((to.is === 'accepted' ? told : told.did('answer-payment-offer', answer(to), 'representative')).agreement.payments[0]?.answer).toEqual(to);
  }
  for (const more of ['25.00', '30.00']) expect(refusals(offered.when('answer-payment-offer', answer({ is: 'reduced', amount: gbp(more) })))).toEqual(['payment.not-less']);
  expect(refusals(offered.when('answer-payment-offer', { ...answer({ is: 'declined' }), participant: ben }))).toEqual(['payment.unknown']);
});

test('it is given to a charity: which one is kept in their sealed words alone, and told again is another word: whether it is the same one nobody tells', () => {
  const offered = met.did('record-benefits-advice', advice).did('offer-payment', offer);
  const charity = { subject: ada, sealed: 'x' };
  const told = { offer: id(91), participant: ada, answer: { is: 'to-a-charity', charity } } as const;
  expect(offered.when('answer-payment-offer', told, 'representative')).toMatchObject({ accepted: [{ data: { answer: { is: 'to-a-charity' }, charity, forThem: false } }] });
  expect(offered.when('answer-payment-offer', { ...told, answer: { is: 'accepted' } })).toMatchObject({ accepted: [{ data: { answer: { is: 'accepted' }, charity: null } }] });
  const away = offered.did('answer-payment-offer', told, 'representative');
  expect(away.agreement.payments[0]?.answer).toEqual({ is: 'to-a-charity' });
  expect(refusals(away.when('answer-payment-offer', told, 'representative'))).toEqual([]);
  expect(refusals(away.when('answer-payment-offer', told))).toEqual(['payment.not-their-word']);
});

test('payment is offered once, of a pound or more, to those who take part or are invited', () => {
  const advised = met.did('record-benefits-advice', advice).did('record-benefits-advice', { ...advice, participant: ben });
  expect(refusals(advised.when('offer-payment', { ...offer, participant: ben, amount: gbp('0.00') }))).toEqual(['payment.not-asked', 'payment.nothing']);
  for (const amount of [gbp('0.01'), gbp('0.99'), { amount: '100.00', currency: 'JPY' }]) expect(refusals(advised.when('offer-payment', { ...offer, amount }))).toEqual(['payment.nothing']);
  expect(refusals(advised.when('offer-payment', { ...offer, amount: gbp('1.00') }))).toEqual([]);
  expect(refusals(advised.given(invited(panel, ben)).when('offer-payment', { ...offer, participant: ben }))).toEqual([]);
  expect(refusals(advised.did('offer-payment', offer).when('offer-payment', { ...offer, offer: id(92) }))).toEqual(['already-so']);
});

test('the gate names everyone who took part and was offered nothing; an offer declined is an offer', () => {
  const advised = given(held(panel), came(panel, ada, ben)).did('record-benefits-advice', advice).did('offer-payment', offer);
  const declined = advised.did('answer-payment-offer', { offer: id(91), participant: ada, answer: { is: 'declined' } });
  expect(missingAt(declined, 'involvement.payment-offered', {})).toMatchObject([{ what: expect.stringContaining(ben), by: 'offer-payment' }]);
});

test('the gate asks no offer to somebody who was erased before they were offered payment: nobody can make it', () => {
  const took = given(held(panel), came(panel, ada, ben)).asked(ada);
  const lacking = (scene: typeof took) => missingAt(scene, 'involvement.payment-offered', {}).map(({ what }) => what);
  const erased = took.did('erase-participant', { participant: ada, wishedOn: '2026-06-01' }, 'administrator');
  expect([lacking(took), lacking(erased)]).toEqual([[ada, ben], [ben]].map((people) => people.map((one) => `an offer of payment to ${one} for ${panel}`)));
  expect(refusals(erased.when('offer-payment', offer))).toContain('participant.erased');
});
