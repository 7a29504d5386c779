import type { Source, Tier, WorkingDayCalendar } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';

/** What renewing a contract takes, in order. The new contract begins the day after the last of them. */
export const renewalSteps = ['involvement', 'design', 'tender', 'decision', 'call-in', 'standstill', 'mobilisation'] as const;
/** One of them. */
export type RenewalStep = (typeof renewalSteps)[number];

/** How long a step takes; working days also say whose bank holidays are none. 0 leaves the step out. */
export type Length =
  | { readonly days: number; readonly unit: 'days' }
  | { readonly days: number; readonly unit: 'working-days'; readonly calendar: WorkingDayCalendar };

/** How long each tier takes, and who says so. */
export type LengthByTier = Readonly<Record<Tier, Length>> & { readonly source: Source };

/** A time in which some steps go badly, such as one before an election, or one in which offices are closed. First and last day. */
export interface AwkwardTime {
  readonly title: string;
  readonly begins: CivilDate;
  readonly ends: CivilDate;
  readonly source: Source;
}

/** Times, and the steps that go badly in them. */
export interface AwkwardTimes {
  readonly periods: readonly AwkwardTime[];
  readonly steps: readonly RenewalStep[];
  readonly source: Source;
}

/** What an organisation may configure of its pipeline: how long everything takes, and what it must not fall into. */
export interface RenewalSettings {
  /** Of each step, how long it takes, and where it takes another time under a route, by the route's id. */
  readonly steps: Readonly<Record<RenewalStep, LengthByTier & { readonly routes: Readonly<Record<string, LengthByTier>> }>>;
  /** Before an election councils publish little that could sway it. */
  readonly preElection: AwkwardTimes;
  /** Days on which the organisation is closed: nobody is asked, decides or takes over then. */
  readonly closures: AwkwardTimes;
  /** The steps that a bank holiday is worth a word in: short ones, with meetings or clocks. */
  readonly bankHolidays: { readonly steps: readonly RenewalStep[]; readonly source: Source };
}

/** How long a step takes for a tier under a route; a route that is not known, or says nothing of it, takes what others take. */
export function lengthOf(settings: RenewalSettings, step: RenewalStep, tier: Tier, route: string | undefined): Length & { readonly source: Source } {
  const { routes, ...ordinary } = settings.steps[step];
  const byTier = (route === undefined ? undefined : routes[route]) ?? ordinary;
  return { ...byTier[tier], source: byTier.source };
}
