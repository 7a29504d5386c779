import { actorName } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { Agreement } from './agreement.js';
import type { Period } from './facts.js';
import { providersOfAward } from './party.js';
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

/** Of several providers whoever leads answers for what is owed where nobody is named; undefined where nobody provides it. */
export function leading({ award }: Agreement): string | undefined {
  const providers = providersOfAward(award);
  return providers.find((provider) => provider === award.proposed?.provider) ?? providers[0];
}

/** Whose it is that is told: of the provider whose people tell it; written down by the organisation, of the one it names, or of the only one there is. */
export function whose(states: States, context: Context, named: string | undefined): string | null {
  const providers = providersOfAward(states.agreement.award);
  return providerActing(states, context) ?? named ?? (providers.length === 1 ? (providers[0] ?? null) : null);
}

/** No figure is everybody's: of several providers the one is named whose it is, and a provider tells its own. */
export function refuseWhose(states: States, context: Context, named: string | undefined, by: string): readonly (Refusal | false)[] {
  const own = providerActing(states, context);
  const providers = providersOfAward(states.agreement.award);
  const missing = { what: 'provider', suppliedBy: 'contract-manager', by };
  return [
    named !== undefined && own !== undefined && named !== own && refusal('delivery.another-s', 'A provider tells its own.', missing),
    named !== undefined && named !== own && !providers.includes(named) && refusal('delivery.whose', 'Whose it is, is a provider of the agreement.', missing),
    named === undefined && own === undefined && providers.length > 1 && refusal('delivery.whose', 'Of several providers the one whose it is, is named.', missing),
  ];
}

/** Whether two periods have a day in common. */
export const overlap = (one: Period, other: Period): boolean => one.startsOn <= other.endsOn && other.startsOn <= one.endsOn;

/** A period that ends before it starts is none. */
export const periodReversed = ({ startsOn, endsOn }: Period, by: string): Refusal | false =>
  endsOn < startsOn && refusal('delivery.period-reversed', 'A period ends on or after the day it starts.', { what: 'period', suppliedBy: 'contract-manager', by });
