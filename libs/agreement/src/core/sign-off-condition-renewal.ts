import { actorName } from '@concordat/access/core';
import type { CivilDate } from '@concordat/platform/core';
import { notTheParty } from './acceptance.js';
import { happened } from './event.js';
import { pastTheStart } from './gate-condition.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { refuseOwnWork } from './separation.js';
import { approverOf, findSignOff, type SignOff, signOffUnknown, standing, withSignOff } from './sign-off.js';
import type { Decide, Evolve } from './topic.js';

// What a sign-off was granted on condition of may be given more time as what a gate opened on may: once, by whoever answers
// for it, and never past the start of the service where safeguarding is owed it.

export interface RenewalCommands {
  /** By whoever may give the sign-off. `condition`: its number, from 1. */
  'renew-sign-off-condition': { readonly signOff: string; readonly condition: number; readonly dueOn: CivilDate; readonly reason: string };
}

export interface RenewalEvents {
  'concordat.agreement.sign-off-condition-renewed.v1': RenewalCommands['renew-sign-off-condition'];
}

const conditionOf = ({ answer }: SignOff, number: number) => (answer.is === 'granted' ? answer.conditions[number - 1] : undefined);

export const decide = {
  'renew-sign-off-condition': ({ agreement, persons }, { signOff: id, condition: number, dueOn, reason }, context) => {
    const signOff = findSignOff(agreement, id);
    const condition = signOff && conditionOf(signOff, number);
    const approver = { suppliedBy: approverOf(signOff), by: 'renew-sign-off-condition' };
    const past = (dueOn <= context.today || (condition !== undefined && dueOn <= condition.dueOn)) &&
      refusal('sign-off.due-date-past', 'A condition that is given more time is due after today and later than before.', { ...approver, what: 'dueOn' });
    if (signOff === undefined) return refuseUnknown(signOffUnknown, [past]);
    const { kind, discipline, of, requestedBy } = signOff;
    const person = actorName(context.actor);
    const stands = standing(agreement, signOff, context.today);
    const party = of === null ? [] : notTheParty(agreement, of, person, persons[person]);
    return unless(
      [
        condition === undefined && refusal('sign-off.no-such-condition', 'The sign-off was granted on this condition.', { ...approver, what: 'condition' }),
        condition !== undefined && condition.met !== null && alreadySo('the condition is met'),
        condition?.renewed === true && refusal('sign-off.condition-renewed', 'A condition is given more time once.', { what: condition.what, suppliedBy: 'commissioner', by: 'meet-sign-off-condition' }),
        (stands === 'stale' || stands === 'lapsed') &&
          refusal('sign-off.other-version', 'More time is given where the sign-off still stands as it was given; else it is asked anew.', { what: 'signOff', suppliedBy: 'commissioner', by: 'request-sign-off' }),
        kind === 'approval' && refuseOwnWork(agreement, [person], persons, { subject: discipline, requestedBy }, approver),
        party.length > 0 && refusal('sign-off.not-the-party', 'An acceptance is given by the very party that answers for it.', ...party),
        past,
        pastTheStart(agreement, discipline, dueOn, context, 'renew-sign-off-condition'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-condition-renewed.v1', { signOff: id, condition: number, dueOn, reason })],
    );
  },
} satisfies { [C in keyof RenewalCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.sign-off-condition-renewed.v1': (agreement, { data: { signOff, condition: number, dueOn } }) =>
    withSignOff(agreement, signOff, ({ answer }) =>
      answer.is === 'granted' ? { answer: { ...answer, conditions: answer.conditions.map((condition, at) => (at === number - 1 ? { ...condition, dueOn, renewed: true } : condition)) } } : {},
    ),
} satisfies { [T in keyof RenewalEvents]: Evolve<T> };
