import { type Missing, refuse } from '@concordat/journal/core';
import { addDays, canonical, type Sealed } from '@concordat/platform/core';
import { activitiesIn, activityOf, activityUnknown, refuseVoided } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import type { Money } from './facts.js';
import { invitationsTo } from './invitation.js';
import { type BenefitsAdvice, happenedTo, initialParticipant } from './participant.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { withoutProxy } from './confirmed.js';
import { isAbove } from './money.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { peopleOf } from './who-took-part.js';

type Offer = { readonly offer: string; readonly activity: string; readonly participant: string; readonly amount: Money };

type ToACharity = { readonly is: 'to-a-charity' };
/** What somebody makes of an offer. Less may be wanted where a payment would cost them benefits. */
export type PaymentAnswer =
  | { readonly is: 'accepted' }
  | { readonly is: 'reduced'; readonly amount: Money }
  | ToACharity
  | { readonly is: 'declined' };

export interface PaymentCommands {
  /** Advice on what a payment would do to their benefits, offered before any payment is. */
  'record-benefits-advice': BenefitsAdvice & { readonly participant: string };
  /** An offer for their time. That it was paid is the business of whoever pays. */
  'offer-payment': Offer;
  /** Their own word; the last one counts. What staff type stands as entered for them, and never in place of what they said themselves. */
  'answer-payment-offer': { readonly offer: string; readonly participant: string; readonly answer: Exclude<PaymentAnswer, ToACharity> | (ToACharity & { readonly charity: Sealed }) };
}

export interface PaymentEvents {
  'concordat.agreement.payment-offered.v1': Offer;
  /** `charity`: which one it goes to, in their words, which may tell of their health or faith; `null` for every other answer. `forThem`: typed by staff for whoever answers. */
  'concordat.agreement.payment-offer-answered.v1': { readonly offer: string; readonly participant: string; readonly answer: PaymentAnswer; readonly charity: Sealed | null; readonly forThem: boolean };
}

/** One offer of payment to one person. */
export interface PaymentOffer {
  readonly id: string;
  readonly activity: string;
  readonly participant: string;
  readonly amount: Money;
  readonly answer: PaymentAnswer | { readonly is: 'awaited' };
  /** Staff typed the answer for them. */
  readonly answeredForThem: boolean;
}
export type PaymentState = readonly PaymentOffer[];
export const initialPayments: PaymentState = [];

// What somebody is entitled to changes from year to year, and with it the advice.
const adviceHolds = 365;

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });
const offerOf = (agreement: Agreement, id: string): PaymentOffer | undefined => agreement.payments.find((offer) => offer.id === id);

export const decide = {
  'record-benefits-advice': ({ participants }, { participant, on, source, taken }, { today }) => {
    const before = participants[participant]?.benefitsAdviceOn ?? null;
    return unless(
      [
        before === on && alreadySo('benefits advice of that day is on record'),
        on > today && refusal('benefits-advice.not-yet', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-benefits-advice' }),
      ],
      () => [happenedTo(participant, 'concordat.participant.benefits-advice-offered.v1', { on, source, taken })],
    );
  },

  'offer-payment': ({ agreement, participants }, { offer: id, activity, participant, amount }, { today }) => {
    const held = activityOf(agreement, activity);
    const advised = (participants[participant] ?? initialParticipant).benefitsAdviceOn;
    const besides = [
      (amount.currency !== 'GBP' || isAbove('1.00', amount.amount)) && refusal('payment.nothing', 'What is offered is something: a pound at least.', facilitator('amount: 1.00 GBP or more', 'offer-payment')),
      (advised === null || advised < addDays(today, -adviceHolds)) &&
        refusal(
          'payment.before-benefits-advice',
          'Benefits advice is offered before any payment is, and anew after a year: a payment can cost people more than it gives.',
          facilitator(`benefits advice for ${participant}`, 'record-benefits-advice'),
        ),
    ];
    if (held === undefined) return refuseUnknown(activityUnknown, besides);
    const isAsked = peopleOf(held).includes(participant) || invitationsTo(agreement, [held]).some((sent) => sent.participant === participant);
    return unless(
      [
        refuseVoided(held),
        (offerOf(agreement, id) !== undefined || agreement.payments.some((offer) => offer.activity === activity && offer.participant === participant)) &&
          alreadySo('a payment for this activity is offered to this person'),
        !isAsked && refusal('payment.not-asked', 'Payment is offered to those who take part or are invited.', facilitator('an invitation', 'invite-participant')),
        ...besides,
      ],
      () => [happened(agreement.id, 'concordat.agreement.payment-offered.v1', { offer: id, activity, participant, amount })],
    );
  },

  'answer-payment-offer': (states, { offer: id, participant, answer }, context) => {
    const { agreement } = states;
    const offer = offerOf(agreement, id);
    if (offer === undefined || offer.participant !== participant) {
      return refuse(refusal('payment.unknown', 'This was offered to this person.', facilitator('offer', 'offer-payment')));
    }
    const { amount } = offer;
    const forThem = isTypedForThem(states, context);
    const said: PaymentAnswer = answer.is === 'to-a-charity' ? { is: answer.is } : answer;
    // Nobody tells whether two charities are the same: their names are sealed.
    const isSame = answer.is !== 'to-a-charity' && canonical(offer.answer) === canonical(said);
    return unless(
      [
        isSame && (forThem || !offer.answeredForThem) && alreadySo('this is their answer'),
        !isSame && forThem && offer.answer.is !== 'awaited' && !offer.answeredForThem &&
          refuseNotTheirs('payment.not-their-word', `They answered: ${offer.answer.is}; another answer is their own word, or that of whoever speaks for them.`, 'answer', 'answer-payment-offer'),
        answer.is === 'reduced' &&
          (answer.amount.currency !== amount.currency || Number(answer.amount.amount) >= Number(amount.amount)) &&
          refusal('payment.not-less', `Less than ${amount.amount} ${amount.currency} is wanted.`, { what: 'amount', suppliedBy: 'participant', by: 'answer-payment-offer' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.payment-offer-answered.v1', { offer: id, participant, answer: said, charity: answer.is === 'to-a-charity' ? answer.charity : null, forThem })],
    );
  },
} satisfies { [C in keyof PaymentCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.payment-offered.v1': (agreement, { data: { offer: id, activity, participant, amount } }) => agreementWith(agreement, {
    payments: [...agreement.payments, { id, activity, participant, amount, answer: { is: 'awaited' }, answeredForThem: false }],
  }),
  'concordat.agreement.payment-offer-answered.v1': (agreement, { data: { offer: id, participant, answer, forThem } }) =>
    withoutProxy(agreementWith(agreement, { payments: agreement.payments.map((offer) => (offer.id === id ? { ...offer, answer, answeredForThem: forThem } : offer)) }), id, participant),
} satisfies { [T in keyof PaymentEvents]: Evolve<T> };

/** Everyone who took part in this stage and was offered no payment for it. */
export function notOfferedPayment(agreement: Agreement): readonly { readonly activity: string; readonly participant: string }[] {
  return activitiesIn(agreement, agreement.stage).flatMap((held) =>
    peopleOf(held)
      .filter((participant) => !agreement.payments.some((offer) => offer.activity === held.id && offer.participant === participant))
      .map((participant) => ({ activity: held.id, participant })),
  );
}

export const conditions = {
  // Nobody can offer anything to somebody who was erased.
  'involvement.payment-offered': (agreement, _, { erased }) =>
    notOfferedPayment(agreement)
      .filter(({ participant }) => !erased.has(participant))
      .map(({ activity, participant }) => facilitator(`an offer of payment to ${participant} for ${activity}`, 'offer-payment')),
} satisfies Partial<Conditions>;
