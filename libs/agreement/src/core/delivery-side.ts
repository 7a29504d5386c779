import { actorName } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { Period } from './facts.js';
import { refusal } from './refusal.js';
import type { Context, States } from './topic.js';

/** The provider whoever acts works for; undefined for the organisation's own people. */
export function providerActing({ persons }: States, { actor }: Context): string | undefined {
  const memberOf = persons[actorName(actor)]?.memberOf;
  return memberOf?.kind === 'provider' ? memberOf.provider : undefined;
}

/** Who was only invited, or delivers something else, reports nothing of this agreement. */
export function deliversNothing(states: States, context: Context): Refusal | false {
  const provider = providerActing(states, context);
  return (
    provider !== undefined &&
    states.agreement.award.parties[provider] !== 'provider' &&
    refusal('delivery.not-the-provider', 'What is delivered is reported by the provider of the agreement, or written down by the organisation.', {
      what: 'somebody of the provider', suppliedBy: 'contract-manager',
    })
  );
}

/** Whether two periods have a day in common. */
export const overlap = (one: Period, other: Period): boolean => one.startsOn <= other.endsOn && other.startsOn <= one.endsOn;

/** A period that ends before it starts is none. */
export const periodReversed = ({ startsOn, endsOn }: Period, by: string): Refusal | false =>
  endsOn < startsOn && refusal('delivery.period-reversed', 'A period ends on or after the day it starts.', { what: 'period', suppliedBy: 'contract-manager', by });
