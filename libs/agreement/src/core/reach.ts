import { activitiesIn } from './activity.js';
import { affectedGroups, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { fewest, isSmall, keepSmallNumbers, type Part, type SmallNumbersKept, tellOfFewTogether } from './small-numbers.js';
import { peopleIn, someoneTookPart } from './who-took-part.js';

/** Whom involvement reached, beside the two scales: the groups affected, those heard, and the people. */
export interface ReachOfInvolvement {
  readonly affected: readonly string[];
  /** Groups of activities in which somebody took part. */
  readonly heard: readonly string[];
  readonly notHeard: readonly string[];
  /** Everyone who took part in any stage, once, by pseudonym. */
  readonly people: readonly string[];
}

const once = (values: readonly string[]): readonly string[] => [...new Set(values)];
const held = ({ involvement }: Agreement) => involvement.activities.filter((activity) => !activity.voided && someoneTookPart(activity));

/** How far involvement reached in the whole agreement so far. */
export function reachOfInvolvement(agreement: Agreement): ReachOfInvolvement {
  const affected = affectedGroups(agreement);
  // Of several groups at one activity each was heard where at least as many people took part.
  const heard = once(held(agreement).flatMap((activity) => (peopleIn([activity]).size >= activity.groups.length ? activity.groups : [])));
  return {
    affected,
    heard,
    notHeard: affected.filter((group) => !heard.some((other) => sameWords(other, group))),
    people: [...peopleIn(held(agreement))],
  };
}

/** How many people took part in a stage by the day the agreement left it, by the groups the activities were for. `total` counts each once. */
export interface PeopleCounted {
  readonly groups: Readonly<Record<string, number>>;
  readonly total: number;
}

function counted(agreement: Agreement, stage: string): PeopleCounted {
  const activities = activitiesIn(agreement, stage);
  const names = once(activities.map(({ groups }) => groups.join(', ')));
  const groups = names.map((name) => [name, peopleIn(activities.filter((activity) => activity.groups.join(', ') === name)).size] as const);
  return { groups: Object.fromEntries(groups), total: peopleIn(activities).size };
}

/** What was counted before, less what is counted now, is of so few that both together would tell of them. */
function tellOfFew(before: PeopleCounted, now: PeopleCounted): boolean {
  return tellOfFewTogether(before.total, now.total) || once([...Object.keys(before.groups), ...Object.keys(now.groups)]).some((name) => tellOfFewTogether(before.groups[name] ?? 0, now.groups[name] ?? 0));
}

/** The counts by stage once this one is left: what was once counted there stays, unless at least five people part the two. */
export function countedOnLeaving(agreement: Agreement, stage: string): Readonly<Record<string, PeopleCounted>> {
  const { counted: known } = agreement.involvement;
  const now = counted(agreement, stage);
  const before = known[stage];
  return before !== undefined && tellOfFew(before, now) ? known : { ...known, [stage]: now };
}

/**
 * The people of one stage as a provider or the public sees them; `null` of one that the agreement has not left. They are those of
 * the day it was left: one number today and another tomorrow would tell of whoever was recorded between. A group of fewer than five
 * is called `others`: what it is called may be who they are. So are several at one activity, to which fewer than five for each came.
 */
export function peopleSeenFromOutside({ stages, involvement }: Agreement, stage: string): SmallNumbersKept<Part> | null {
  const left = involvement.counted[stage];
  if (left === undefined || (stages[stage]?.leftAt ?? null) === null) return null;
  const came = Object.entries(left.groups).filter(([, people]) => people > 0);
  return keepSmallNumbers(came.map(([name, people]) => ({ name: people < fewest * name.split(', ').length ? 'others' : name, people, agreed: false })), left.total);
}

/** What a party sees of involvement: what people do, as far as they wish it known and how many do unless they are few, and how many took part in each stage that was left, in the order they were entered. */
export function involvementFromOutside(agreement: Agreement) {
  const { id, stages, activitiesOfPeople, countsTold } = agreement;
  const left = Object.entries(stages).filter(([, { leftAt }]) => leftAt !== null).sort(([, a], [, b]) => ((a.enteredAt ?? '') < (b.enteredAt ?? '') ? -1 : 1));
  return {
    agreement: id,
    whatPeopleDo: activitiesOfPeople
      .filter(({ onRecord }) => onRecord === 'public')
      .map(({ activity, group, does, people: now, dependsOnIt, needs }) => {
        const people = countsTold.doing[activity] ?? now;
        // How many do it was told of the whole: less what its other parts tell, it would tell of few.
        const isTold = countsTold.inTheWhole.doing.some((one) => sameWords(one, group));
        return { group, does, people: isSmall(people) || isTold ? null : people, dependsOnIt, needs };
      }),
    stages: left.flatMap(([stage]) => {
      const people = peopleSeenFromOutside(agreement, stage);
      return people === null ? [] : [{ stage, people }];
    }),
  };
}
