import type { Missing, Refusal } from '@concordat/journal/core';
import { type CivilDate, monthsAfter } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { refusal } from './refusal.js';

/** The last day to which anything may wait that is nobody's to shorten: a slip of the year would put it off for good. */
export const yearAhead = (today: CivilDate): CivilDate => monthsAfter(today, 12);

/** The last day by which what is promised may be done: a year ahead, or the last day of the contract where that is later. */
export function lastDayToDo({ facts }: Pick<Agreement, 'facts'>, today: CivilDate): CivilDate {
  const endsOn = facts['contract-period']?.value.endsOn ?? '';
  return endsOn > yearAhead(today) ? endsOn : yearAhead(today);
}

/** The refusal of a day that lies too far ahead; false for any other. */
export function refuseTooFar(name: string, day: CivilDate, last: CivilDate, who: Omit<Missing, 'what'>): Refusal | false {
  return day > last && refusal('day.too-far', 'Nothing is put off by more than a year, unless it is to be done while the contract runs.', { ...who, what: `${name}: ${last} or earlier` });
}
