import { activitiesIn, peopleIn } from './activity.js';
import { affectedGroups, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { keepSmallNumbers, type Part, type SmallNumbersKept } from './small-numbers.js';

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
const held = ({ involvement }: Agreement) => involvement.activities.filter((activity) => !activity.voided && peopleIn([activity]).size > 0);

/** How far involvement reached in the whole agreement so far. */
export function reachOfInvolvement(agreement: Agreement): ReachOfInvolvement {
  const affected = affectedGroups(agreement);
  const heard = once(held(agreement).flatMap(({ groups }) => groups));
  return {
    affected,
    heard,
    notHeard: affected.filter((group) => !heard.some((other) => sameWords(other, group))),
    people: [...peopleIn(held(agreement))],
  };
}

/**
 * The people of one stage as a provider or the public sees them, by the groups the activities were for. Only of a stage that
 * the agreement has left: while people still come, one number today and another tomorrow would tell of whoever came between.
 */
export function peopleSeenFromOutside(agreement: Agreement, stage: string): SmallNumbersKept<Part> {
  const activities = activitiesIn(agreement, stage);
  const names = once(activities.map(({ groups }) => groups.join(', ')));
  const parts = names.map((name) => ({ name, people: peopleIn(activities.filter(({ groups }) => groups.join(', ') === name)).size, agreed: false }));
  return keepSmallNumbers(parts, peopleIn(activities).size);
}

/** What a party sees of involvement: what people do, as far as they wish it known, and how many took part in each stage that was left, in the order they were entered. */
export function involvementFromOutside(agreement: Agreement) {
  const { id, stages, activitiesOfPeople } = agreement;
  const left = Object.entries(stages).filter(([, { leftAt }]) => leftAt !== null).sort(([, a], [, b]) => ((a.enteredAt ?? '') < (b.enteredAt ?? '') ? -1 : 1));
  return {
    agreement: id,
    whatPeopleDo: activitiesOfPeople
      .filter(({ onRecord }) => onRecord === 'public')
      .map(({ group, does, people, dependsOnIt, needs }) => ({ group, does, people, dependsOnIt, needs })),
    stages: left.map(([stage]) => ({ stage, people: peopleSeenFromOutside(agreement, stage) })),
  };
}
