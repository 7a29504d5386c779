import { actorName } from '@concordat/access/core';
import { type Missing, refuse, type Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import { notTheParty } from './acceptance.js';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { lastDayToDo, refuseTooFar } from './put-off.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { refuseOwnWork } from './separation.js';
import { approverOf, findSignOff, openConditions, type SignOff, signOffUnknown, standing, withSignOff } from './sign-off.js';
import { pastTheStart } from './service-start.js';
import type { Context, Decide, Evolve, States } from './topic.js';

// What a sign-off was granted on condition of is done when whoever may give the sign-off says so, for whoever asked for it owes
// it. It may be given more time as what a gate opened on may: once, by whoever answers for it, and never past the start of the
// service where safeguarding is owed it.

export interface GrantedOnConditionCommands {
  /** By whoever may give the sign-off, whose own it is not. `condition`: its number, from 1. */
  'meet-sign-off-condition': { readonly signOff: string; readonly condition: number; readonly how: string };
  /** By whoever may give the sign-off. `condition`: its number, from 1. */
  'renew-sign-off-condition': { readonly signOff: string; readonly condition: number; readonly dueOn: CivilDate; readonly reason: string };
}

export interface GrantedOnConditionEvents {
  'concordat.agreement.sign-off-condition-met.v1': GrantedOnConditionCommands['meet-sign-off-condition'];
  'concordat.agreement.sign-off-condition-renewed.v1': GrantedOnConditionCommands['renew-sign-off-condition'];
}

const conditionOf = ({ answer }: SignOff, number: number) => (answer.is === 'granted' ? answer.conditions[number - 1] : undefined);

/** Why whoever acts says nothing of the conditions of this sign-off: an approval is their own work, or an acceptance is another party's. */
function whoseItIsNot({ agreement, persons }: States, signOff: SignOff, { actor }: Context, approver: Pick<Missing, 'suppliedBy' | 'by'>): readonly (Refusal | false)[] {
  const { kind, discipline, of, requestedBy } = signOff;
  const person = actorName(actor);
  const party = of === null ? [] : notTheParty(agreement, of, person, persons[person]);
  return [
    kind === 'approval' && refuseOwnWork(agreement, [person], persons, { subject: discipline, requestedBy }, approver),
    party.length > 0 && refusal('sign-off.not-the-party', 'An acceptance is given by the very party that answers for it.', ...party),
  ];
}

const isMet = (condition: ReturnType<typeof conditionOf>) => condition !== undefined && condition.met !== null && alreadySo('the condition is met');

export const decide = {
  'meet-sign-off-condition': (states, { signOff: id, condition: number, how }, context) => {
    const { agreement } = states;
    const signOff = findSignOff(agreement, id);
    if (signOff === undefined) return refuse(signOffUnknown);
    const condition = conditionOf(signOff, number);
    const approver = { suppliedBy: approverOf(signOff), by: 'meet-sign-off-condition' };
    return unless(
      [
        condition === undefined && refusal('sign-off.no-such-condition', 'The sign-off was granted on this condition.', { ...approver, what: `a condition of ${openConditions(signOff).length}` }),
        isMet(condition),
        ...whoseItIsNot(states, signOff, context, approver),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-condition-met.v1', { signOff: id, condition: number, how })],
    );
  },

  'renew-sign-off-condition': (states, { signOff: id, condition: number, dueOn, reason }, context) => {
    const { agreement } = states;
    const signOff = findSignOff(agreement, id);
    const condition = signOff && conditionOf(signOff, number);
    const approver = { suppliedBy: approverOf(signOff), by: 'renew-sign-off-condition' };
    const past = (dueOn <= context.today || (condition !== undefined && dueOn <= condition.dueOn)) &&
      refusal('sign-off.due-date-past', 'A condition that is given more time is due after today and later than before.', { ...approver, what: 'dueOn' });
    if (signOff === undefined) return refuseUnknown(signOffUnknown, [past]);
    const stands = standing(agreement, signOff, context.today);
    return unless(
      [
        condition === undefined && refusal('sign-off.no-such-condition', 'The sign-off was granted on this condition.', { ...approver, what: 'condition' }),
        isMet(condition),
        condition?.renewed === true && refusal('sign-off.condition-renewed', 'A condition is given more time once.', { ...approver, what: condition.what, by: 'meet-sign-off-condition' }),
        (stands === 'stale' || stands === 'lapsed') &&
          refusal('sign-off.other-version', 'More time is given where the sign-off still stands as it was given; else it is asked anew.', { what: 'signOff', suppliedBy: 'commissioner', by: 'request-sign-off' }),
        ...whoseItIsNot(states, signOff, context, approver),
        past,
        refuseTooFar('dueOn', dueOn, lastDayToDo(agreement, context.today), approver),
        pastTheStart(agreement, signOff.discipline, dueOn, context, approver),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-condition-renewed.v1', { signOff: id, condition: number, dueOn, reason })],
    );
  },
} satisfies { [C in keyof GrantedOnConditionCommands]: Decide<C> };

/** The agreement in which this changed of one condition of a sign-off. */
function withCondition(agreement: Agreement, signOff: string, number: number, change: Partial<NonNullable<ReturnType<typeof conditionOf>>>): Agreement {
  return withSignOff(agreement, signOff, ({ answer }) =>
    answer.is === 'granted' ? { answer: { ...answer, conditions: answer.conditions.map((condition, at) => (at === number - 1 ? { ...condition, ...change } : condition)) } } : {},
  );
}

export const evolve = {
  'concordat.agreement.sign-off-condition-met.v1': (agreement, { data: { signOff, condition, how } }) => withCondition(agreement, signOff, condition, { met: how }),
  'concordat.agreement.sign-off-condition-renewed.v1': (agreement, { data: { signOff, condition, dueOn } }) => withCondition(agreement, signOff, condition, { dueOn, renewed: true }),
} satisfies { [T in keyof GrantedOnConditionEvents]: Evolve<T> };
