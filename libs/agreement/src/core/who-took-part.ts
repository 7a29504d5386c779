import type { CivilDate } from '@concordat/platform/core';
import type { Activity } from './activity.js';
import type { Agreement } from './agreement.js';
import { isVoice } from './began.js';
import { allById } from './by-id.js';

/** Did anybody come, give effort, or say something before it closed? */
export function someoneTookPart({ attended, effort, spoke }: Activity): boolean {
  return attended.length > 0 || effort.length > 0 || spoke.length > 0;
}

// A thousand people may have taken part, and a gate asks again and again who did: an activity that nothing happened to since is the same object.
const tookPart = new WeakMap<Activity, ReadonlySet<string>>();
function peopleAt(activity: Activity): ReadonlySet<string> {
  const known = tookPart.get(activity);
  if (known !== undefined) return known;
  const people = new Set([...[...activity.attended, ...activity.effort].map(({ participant }) => participant), ...activity.spoke]);
  tookPart.set(activity, people);
  return people;
}

/** Everyone who took part in any of these activities: who came, who gave effort, who said something before it closed. Pseudonyms. */
export function peopleIn(activities: readonly Activity[]): ReadonlySet<string> {
  const each = activities.filter(someoneTookPart).map(peopleAt);
  return each.length === 1 ? each[0]! : new Set(each.flatMap((people) => [...people]));
}

/** How many took part in any of these activities, each once, counted no further than `most`. */
export function peopleUpTo(activities: readonly Activity[], most: number): number {
  const people = new Set<string>();
  const isEnough = (participant: string): boolean => people.add(participant).size >= most;
  activities.some(({ attended, effort, spoke }) => [attended, effort].some((given) => given.some(({ participant }) => isEnough(participant))) || spoke.some(isEnough));
  return people.size;
}

/** Everyone who took part in an activity, each once. */
export function peopleOf(activity: Activity): readonly string[] {
  return activity.attended.length + activity.effort.length === 0 ? activity.spoke : [...peopleAt(activity)];
}

/** Every day on which somebody took part in one of these activities, by pseudonym. */
export function daysOf(agreement: Agreement, activities: readonly Activity[]): readonly { readonly participant: string; readonly on: CivilDate }[] {
  const ids = new Set(activities.map(({ id }) => id));
  const spoke = allById(agreement.contributions.contributions).filter((said) => ids.has(said.activity) && isVoice(agreement, said));
  return [...activities.flatMap(({ attended, effort }) => [...attended, ...effort]), ...spoke.map(({ author, givenOn }) => ({ participant: author, on: givenOn }))];
}

/** The last of them; undefined where nobody took part. */
export function lastDayOf(agreement: Agreement, activities: readonly Activity[]): CivilDate | undefined {
  return daysOf(agreement, activities).map(({ on }) => on).sort().at(-1);
}

/** The last day on which each of them took part in this activity, by pseudonym. */
export function lastDayOfEach(agreement: Agreement, activity: Activity): ReadonlyMap<string, CivilDate> {
  const last = new Map<string, CivilDate>();
  for (const { participant, on } of daysOf(agreement, [activity])) if (on > (last.get(participant) ?? '')) last.set(participant, on);
  return last;
}
