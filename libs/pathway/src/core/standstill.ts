import type { CivilDate } from '@concordat/platform/core';
import { addDays } from '@concordat/platform/core';
import type { ChallengeKind, HolidayCalendar, Route, StandstillDays, StandstillPeriod } from './route.js';
import { unknownHolidays, workingDaysAfter, workingDaysFrom } from './working-day.js';

/**
 * The standstill a route asks when its award notice is published on a day, or the sentence why it asks none.
 * PA 2023 s.51: 8 working days beginning with the day of publication; on a weekend or bank holiday it begins that day,
 * which is not counted. PSR reg 12(2): begins the day after publication and ends with the 8th working day after that day.
 * `offered`: the working days of a voluntary standstill, which counts where the route asks none but knows one (s.51(5)).
 */
export function standstillPeriod(
  route: Route,
  publishedOn: CivilDate,
  holidays: HolidayCalendar,
  offered: number | null = null,
): StandstillPeriod | { readonly none: string } {
  const { standstill } = route;
  if (standstill.kind === 'mandatory') return counted(standstill, publishedOn, holidays);
  const { voluntary, says } = standstill;
  return voluntary === undefined || offered === null ? { none: says } : counted({ ...voluntary, days: offered }, publishedOn, holidays);
}

/** The route as it is by this ground of urgency: without its standstill where the law lifts it; the same days may be offered (s.51(5)). */
export function onGround(route: Route, ground: string | undefined): Route {
  const { standstill } = route;
  if (standstill.kind === 'none') return route;
  const lifted = standstill.liftedOn?.find((one) => one.ground === ground);
  if (lifted === undefined) return route;
  const { days, begins, counts, calendar, source } = standstill;
  return { ...route, standstill: { kind: 'none', says: lifted.says, source: lifted.source, voluntary: { days, begins, counts, calendar, source } } };
}

function counted(rule: StandstillDays, publishedOn: CivilDate, holidays: HolidayCalendar): StandstillPeriod {
  const begins = rule.begins === 'publication' ? publishedOn : addDays(publishedOn, 1);
  const days = workingDaysFrom(rule.counts === 'from-that-day' ? begins : addDays(begins, 1), rule.days, rule.calendar, holidays);
  const ends = days.at(-1) ?? begins;
  return { begins, ends, days, warnings: unknownHolidays(begins, ends, holidays) };
}

/** A challenge as a standstill sees it: when it came, and when it was last decided on (`null` while it is open). */
export interface ChallengeMade {
  readonly kind: ChallengeKind;
  readonly receivedOn: CivilDate;
  readonly concludedOn: CivilDate | null;
}

/**
 * The last day a challenge holds a standstill open, `'open'` while nobody can say, or undefined where it does not: only the
 * kinds the route names, received before the standstill was over. PSR reg 12(9), (10): until each representation is answered
 * and 5 working days have passed; PA 2023 s.101: proceedings begun and notified during the standstill, until they end.
 */
export function heldOpenUntil(
  route: Route,
  period: StandstillPeriod,
  challenge: ChallengeMade,
  holidays: HolidayCalendar,
): CivilDate | 'open' | undefined {
  const { standstill } = route;
  if (standstill.kind === 'none' || challenge.receivedOn > period.ends) return undefined;
  const rule = standstill.heldOpen.find(({ challenge: kind }) => kind === undefined || kind === challenge.kind);
  if (rule === undefined) return undefined;
  return challenge.concludedOn === null ? 'open' : workingDaysAfter(challenge.concludedOn, rule.workingDays, standstill.calendar, holidays);
}
