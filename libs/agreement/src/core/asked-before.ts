import type { CivilDate } from '@concordat/platform/core';
import type { Activity } from './activity.js';
import { plainWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { allById } from './by-id.js';
import { daysOf } from './who-took-part.js';

/** What somebody gave, or a whole activity: how often something was said, and hours. `lastOn`: when they last came or were asked. */
export interface GivenBefore {
  readonly lastOn: CivilDate;
  readonly said: number;
  readonly hours: number;
}

/** Are both of one place and one theme, however these are spelled? What people gave in one can be carried over to the other. */
export function aboutTheSame(one: Agreement, other: Agreement): boolean {
  const said = ({ facts: { place, theme } }: Agreement) => (place === undefined || theme === undefined ? undefined : `${plainWords(place.value)}\n${plainWords(theme.value)}`);
  return said(one) !== undefined && said(one) === said(other);
}

/** What this person (a pseudonym) gave here; undefined for whoever was never asked and never came. What was voided does not count. */
export function givenByPerson(agreement: Agreement, participant: string): GivenBefore | undefined {
  const activities = agreement.involvement.activities.filter(({ voided }) => !voided);
  const asked = agreement.involvement.invitations.filter((sent) => sent.participant === participant && activities.some(({ id }) => id === sent.activity)).map(({ askedOn }) => askedOn);
  const came = daysOf(agreement, activities).filter((day) => day.participant === participant).map(({ on }) => on);
  const lastOn = [...asked, ...came].sort().at(-1);
  return lastOn === undefined ? undefined : { lastOn, ...given(agreement, activities, (one) => one === participant) };
}

/** What everybody gave at these activities. */
export function givenAt(agreement: Agreement, activities: readonly Activity[]): Omit<GivenBefore, 'lastOn'> {
  return given(agreement, activities, () => true);
}

function given(agreement: Agreement, activities: readonly Activity[], by: (participant: string) => boolean): Omit<GivenBefore, 'lastOn'> {
  const ids = new Set(activities.map(({ id }) => id));
  return {
    said: allById(agreement.contributions.contributions).filter(({ activity, author }) => ids.has(activity) && by(author)).length,
    hours: activities.flatMap(({ effort }) => effort).filter(({ participant }) => by(participant)).reduce((sum, { hours }) => sum + hours, 0),
  };
}
