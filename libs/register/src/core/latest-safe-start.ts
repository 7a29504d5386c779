import type { HolidayCalendar, Source, Tier, WorkingDayCalendar } from '@concordat/pathway/core';
import { isWorkingDay, jurisdictions } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { addDays, daysBetween, weekday } from '@concordat/platform/core';
import type { AwkwardTimes, Length, RenewalSettings, RenewalStep } from './renewal-settings.js';
import { lengthOf, renewalSteps } from './renewal-settings.js';

/** One step of renewing, with its first and last day. */
export interface PlannedStep {
  readonly step: RenewalStep;
  readonly begins: CivilDate;
  readonly ends: CivilDate;
  readonly length: Length;
  readonly source: Source;
}

/** A step that falls into a time in which it goes badly. */
export interface Clash {
  readonly kind: 'bank-holidays' | 'pre-election' | 'closure';
  readonly step: RenewalStep;
  /** First and last day of what is common to both. */
  readonly begins: CivilDate;
  readonly ends: CivilDate;
  /** A sentence for a page. */
  readonly says: string;
}

/** How to renew a contract so that nobody goes without, counted back from its last day. */
export interface RenewalPlan {
  /** The last day on which renewing can begin and be done in time. */
  readonly latestSafeStart: CivilDate;
  /** In order, without gaps other than days that count for nothing; steps that take no time are left out. */
  readonly steps: readonly PlannedStep[];
  /** In order of their first days. */
  readonly clashes: readonly Clash[];
  /** Sentences to show beside the figures. */
  readonly warnings: readonly string[];
}

/** Where a contract stands today. */
export const renewalStates = ['already-late', 'next-90-days', 'later', 'no-end-date'] as const;
/** One of them. */
export type RenewalState = (typeof renewalStates)[number];

/** How far `next-90-days` reaches, today included or not: a latest safe start 90 days from today still counts. */
export const soonDays = 90;

/**
 * Latest safe start = end − (mobilisation + standstill + call-in + decision + tender + design + involvement).
 * Never after the end; where any step takes longer, never later.
 */
export function planRenewal(
  contract: { readonly endsOn: CivilDate; readonly tier: Tier; readonly route?: string },
  settings: RenewalSettings,
  holidays: HolidayCalendar,
): RenewalPlan {
  const steps: PlannedStep[] = [];
  // The last day that the step before may still take.
  let until = contract.endsOn;
  for (const step of renewalSteps.toReversed()) {
    const { source, ...length } = lengthOf(settings, step, contract.tier, contract.route);
    if (length.days === 0) continue;
    const { begins, ends } = daysBack(until, length, holidays);
    steps.unshift({ step, begins, ends, length, source });
    until = addDays(begins, -1);
  }
  const latestSafeStart = steps[0]?.begins ?? contract.endsOn;
  const clashes = steps.flatMap((step) => [...timeClashes('pre-election', step, settings.preElection), ...timeClashes('closure', step, settings.closures), ...holidayClashes(step, settings, holidays)]);
  return {
    latestSafeStart,
    steps,
    clashes: clashes.sort((a, b) => (a.begins < b.begins ? -1 : a.begins > b.begins ? 1 : 0)),
    warnings: unknownYears(latestSafeStart, contract.endsOn, steps, holidays),
  };
}

/** Where a contract with this latest safe start stands on a day; undefined for a contract that says no end. */
export function renewalState(latestSafeStart: CivilDate | undefined, today: CivilDate): RenewalState {
  if (latestSafeStart === undefined) return 'no-end-date';
  const left = daysBetween(today, latestSafeStart);
  return left < 0 ? 'already-late' : left <= soonDays ? 'next-90-days' : 'later';
}

// The last `days` days up to and including `until`: each one, or only those that are worked.
function daysBack(until: CivilDate, length: Length, holidays: HolidayCalendar): { begins: CivilDate; ends: CivilDate } {
  if (length.unit === 'days') return { begins: addDays(until, 1 - length.days), ends: until };
  const works = (day: CivilDate) => isWorkingDay(day, length.calendar, holidays);
  let ends = until;
  while (!works(ends)) ends = addDays(ends, -1);
  let begins = ends;
  for (let counted = 1; counted < length.days; ) {
    begins = addDays(begins, -1);
    if (works(begins)) counted += 1;
  }
  return { begins, ends };
}

function timeClashes(kind: Clash['kind'], { step, begins, ends }: PlannedStep, { periods, steps }: AwkwardTimes): readonly Clash[] {
  if (!steps.includes(step)) return [];
  return periods
    .filter((period) => period.begins <= ends && period.ends >= begins)
    .map((period) => ({
      kind,
      step,
      begins: period.begins > begins ? period.begins : begins,
      ends: period.ends < ends ? period.ends : ends,
      says: `The step “${step}” falls into ${period.title} (${period.begins} to ${period.ends}).`,
    }));
}

function holidayClashes(planned: PlannedStep, { bankHolidays }: RenewalSettings, { holidays }: HolidayCalendar): readonly Clash[] {
  if (!bankHolidays.steps.includes(planned.step)) return [];
  const calendar: WorkingDayCalendar = planned.length.unit === 'working-days' ? planned.length.calendar : 'england';
  const closed = calendar === 'england' ? holidays['england-and-wales'] : jurisdictions.flatMap((part) => holidays[part]);
  const days = [...new Set(closed)].filter((day) => day >= planned.begins && day <= planned.ends && weekday(day) <= 5).sort();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  return [{ kind: 'bank-holidays', step: planned.step, begins: first, ends: last, says: `Bank holidays fall into the step “${planned.step}”: ${days.join(', ')}.` }];
}

function unknownYears(first: CivilDate, last: CivilDate, steps: readonly PlannedStep[], holidays: HolidayCalendar): readonly string[] {
  if (!steps.some(({ length }) => length.unit === 'working-days')) return [];
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4))];
  if (from >= holidays.firstKnownYear && to <= holidays.lastKnownYear) return [];
  return [
    `Only the bank holidays of ${holidays.firstKnownYear} to ${holidays.lastKnownYear} are known here; in other years only weekends were left out, ` +
      'so the latest safe start may be some days earlier.',
  ];
}
