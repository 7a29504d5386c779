import { actorName, type Person } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { dayInUtc } from './began.js';
import type { Period } from './facts.js';
import { providersOfAward } from './party.js';
import { refusal } from './refusal.js';
import type { Context, States } from './topic.js';

/** The provider somebody works for; null for the organisation's own people. */
export const providerOf = (person: Person | undefined): string | null => (person?.memberOf?.kind === 'provider' ? person.memberOf.provider : null);

/** The provider whoever acts works for; undefined for the organisation's own people. */
export const providerActing = ({ persons }: States, { actor }: Context): string | undefined => providerOf(persons[actorName(actor)]) ?? undefined;

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

/** The first days of its contract that are known: as it stands, and as it was awarded. */
const startsOf = ({ facts, award }: Agreement): readonly CivilDate[] => [facts['contract-period']?.value.startsOn, award.original?.period?.startsOn].flatMap((day) => day ?? []);

/** Since when the agreement is there: since it was opened or taken over, or since the first day of its contract, whichever was first. */
const thereSince = (agreement: Agreement): CivilDate => [dayInUtc(agreement.openedAt), ...startsOf(agreement)].sort()[0] ?? '';

/** One that was taken over is older than its record, and how much older is not known. */
const startUnknown = (agreement: Agreement): boolean => agreement.takenOver !== null && startsOf(agreement).length === 0;

/**
 * Harm under an agreement was done once it is there. One that was taken over, of which nobody knows since when it runs, is told of harm
 * as far back as anybody tells: no report waits for a date. @param what the member that says the day
 */
export function refuseHarmBefore(agreement: Agreement, on: CivilDate, what: string, by: string, suppliedBy = 'contract-manager'): Refusal | false {
  const since = thereSince(agreement);
  return !startUnknown(agreement) && on < since && refusal('delivery.before-agreement', 'What happens under an agreement happens once it was opened or its contract runs.', { what: `${what}: ${since} or later`, suppliedBy, by });
}

/** What happens under an agreement happens once it is there; of a time before its record it is known first since when its contract runs. */
export function refuseBefore(agreement: Agreement, on: CivilDate, what: string, by: string): Refusal | false {
  return startUnknown(agreement)
    ? on < thereSince(agreement) && refusal('delivery.start-unknown', 'What happened before an agreement was taken over is told once it is known since when its contract runs.', { what: 'contract-period', suppliedBy: 'commissioner', by: 'amend-facts' })
    : refuseHarmBefore(agreement, on, what, by);
}

/**
 * What is told of a time is told of one in which the agreement is there: until the last day that is planned for it. A contract that runs
 * on after its period, because nobody extended it in time, runs, and what is done under it is told.
 */
export function refuseOutside(agreement: Agreement, { startsOn, endsOn }: Period, by: string): readonly (Refusal | false)[] {
  const until = agreement.exit?.lastDay;
  const manager = (what: string, command: string) => ({ what, suppliedBy: 'contract-manager', by: command });
  return [
    refuseBefore(agreement, startsOn, 'period', by),
    until !== undefined && endsOn > until &&
      refusal('delivery.after-end', 'What is told of a time is told of one until the last day that is planned; where it ends later, the plan says so first.', manager(`period: until ${until}`, by), manager('a later last day', 'plan-exit')),
  ];
}
