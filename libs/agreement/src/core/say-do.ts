import type { Missing } from '@concordat/journal/core';
import { doLevels, sayLevels } from '@concordat/pathway/core';
import { activitiesIn, type Activity, type ChangeAnswer, type DecisionRight, gives, type Leader, leaders } from './activity.js';
import type { Agreement } from './agreement.js';
import { isConfirmed } from './confirmed.js';
import { peopleIn, someoneTookPart } from './who-took-part.js';

/*
 * Two scales, never summed: voice and action are different things. Bovaird & Loeffler (2012), "From Engagement to
 * Co-production", call co-production what citizens and professionals make of each other's contributions, and count
 * neither talk without action nor action without talk as all of it. Say and Do put the two on ladders of their own
 * (1-product, section 1).
 */

/** Voice: none, informed, consulted, engaged, shared decisions. */
export type Say = 0 | 1 | 2 | 3 | 4;
/** Action: none, some, substantial, people-led. */
export type Do = 0 | 1 | 2 | 3;

/** What a stage reached, from its recorded facts alone. How many took part is asked apart (`involvement.people`). */
export interface Achieved {
  readonly say: Say;
  readonly do: Do;
  /** Say 3 or more, and most of those who answered said that what they said could change it. Unconfirmed is shown, not hidden. */
  readonly confirmed: boolean;
  /** The facts missing for the next step of each scale, and for confirming the step reached. */
  readonly missing: readonly Missing[];
}

/** Something that has to be on record about one activity for a step to count. */
interface Fact {
  readonly holds: (agreement: Agreement, activity: Activity) => boolean;
  readonly missing: Missing;
}

const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

const theRight = (right: DecisionRight): Fact => ({
  holds: (_, activity) => gives(activity.right, right),
  missing: facilitator(`an activity in which people ${right} or more`, 'plan-activity'),
});

const leadBy = (leader: Leader): Fact => ({
  holds: (_, { ledBy }) => leaders.indexOf(ledBy) >= leaders.indexOf(leader),
  missing: facilitator(leader === 'people' ? 'an activity that people lead' : 'an activity led together with people', 'plan-activity'),
});

const someoneDid: Fact = {
  holds: (_, activity) => someoneTookPart(activity),
  missing: facilitator('someone who took part', 'record-attendance'),
};

/** A vote of those who took part says something too. It never counts as action. */
const someoneSaidSomething: Fact = {
  holds: (_, activity) => activity.spoke.length > 0 || (activity.votes.length > 0 && someoneTookPart(activity)),
  missing: facilitator('what people said', 'record-contribution'),
};

const somethingTheySaidWasAnswered: Fact = {
  holds: (_, { answered }) => answered,
  missing: { what: 'an answer, with reasons, to what people said', suppliedBy: 'commissioner', by: 'answer-theme' },
};

const aDecisionWasMadeWithThem: Fact = {
  holds: (_, { jointDecisions }) => jointDecisions.length > 0,
  missing: facilitator('a decision made with the people who took part', 'record-joint-decision'),
};

const someoneGaveEffort: Fact = {
  holds: (_, { effort }) => effort.length > 0,
  missing: facilitator('hours that somebody gave', 'record-effort'),
};

/** Substantial is more than one willing person: three people, or half of those concerned where that is fewer. */
const severalGaveEffort: Fact = {
  holds: (agreement, { effort }) => new Set(effort.map(({ participant }) => participant)).size >= atMostHalfOfThoseConcerned(agreement, 3),
  missing: facilitator('hours of three people, or of half of those concerned where that is fewer', 'record-effort'),
};

/** … and more than one occasion: the paper's "regular, long-term relationships" in their smallest form. */
const notOnOneDayOnly: Fact = {
  holds: (_, { effort }) => new Set(effort.map(({ on }) => on)).size >= 2,
  missing: facilitator('hours on a second day', 'record-effort'),
};

/** By level from 1: all that has to be true of one activity. A higher step does not lean on the lower ones. */
const saySteps: readonly (readonly Fact[])[] = [
  [theRight('inform'), someoneDid],
  [theRight('consult'), someoneSaidSomething],
  [theRight('advise'), someoneSaidSomething, somethingTheySaidWasAnswered],
  [theRight('decide-jointly'), someoneDid, aDecisionWasMadeWithThem],
];
const doSteps: readonly (readonly Fact[])[] = [
  [someoneGaveEffort],
  [leadBy('together'), severalGaveEffort, notOnOneDayOnly],
  [leadBy('people'), severalGaveEffort, notOnOneDayOnly],
];

/** A number of people, or half of those concerned where that is fewer and known; never nobody. */
export function atMostHalfOfThoseConcerned(agreement: Agreement, people: number): number {
  const concerned = agreement.facts['people-concerned']?.value;
  return Math.max(1, concerned === undefined ? people : Math.min(people, Math.ceil(concerned / 2)));
}

function reached(agreement: Agreement, activity: Activity, steps: readonly (readonly Fact[])[]): number {
  return steps.findLastIndex((facts) => facts.every(({ holds }) => holds(agreement, activity))) + 1;
}

function reachedIn(agreement: Agreement, stage: string, steps: readonly (readonly Fact[])[]): number {
  return Math.max(0, ...activitiesIn(agreement, stage).map((activity) => reached(agreement, activity, steps)));
}

/** What the activity that is nearest to this step still lacks; all of it where there is no activity. */
function missingFor(agreement: Agreement, stage: string, step: readonly Fact[], level: string): readonly Missing[] {
  const lacking = activitiesIn(agreement, stage).map((activity) => step.filter(({ holds }) => !holds(agreement, activity)));
  const nearest = lacking.reduce((least, facts) => (facts.length < least.length ? facts : least), lacking[0] ?? step);
  return nearest.map(({ missing }) => ({ ...missing, what: `${level}: ${missing.what}` }));
}

/** The facts missing for this much voice in this stage; none where it is reached. */
export function missingForSay(agreement: Agreement, stage: string, say: number): readonly Missing[] {
  if (reachedIn(agreement, stage, saySteps) >= say) return [];
  return missingFor(agreement, stage, saySteps[say - 1] ?? [], `Say ${say} (${sayLevels[say] ?? 'unknown'})`);
}

/** The facts missing for this much action in this stage; none where it is reached. */
export function missingForDo(agreement: Agreement, stage: string, action: number): readonly Missing[] {
  if (reachedIn(agreement, stage, doSteps) >= action) return [];
  return missingFor(agreement, stage, doSteps[action - 1] ?? [], `Do ${action} (${doLevels[action] ?? 'unknown'})`);
}

/** Whose answer was typed for them, and not confirmed by them. */
function unconfirmedIn(agreement: Agreement, { id, answeredForThem }: Activity): readonly string[] {
  return answeredForThem.filter((participant) => !isConfirmed(agreement, id, participant));
}

/** Whether somebody could change it: most of what they answered of each activity says so. One person is one voice, however often they came. */
function voicesOf(agreement: Agreement, activities: readonly Activity[]): readonly boolean[] {
  const voices = new Map<string, ChangeAnswer[]>();
  for (const activity of activities) {
    const tookPart = peopleIn([activity]);
    const unconfirmed = new Set(unconfirmedIn(agreement, activity));
    for (const [participant, answer] of Object.entries(activity.couldItChange)) {
      if (tookPart.has(participant) && !unconfirmed.has(participant)) voices.set(participant, [...(voices.get(participant) ?? []), answer]);
    }
  }
  return [...voices.values()].map((answers) => answers.filter((answer) => answer === 'yes').length * 2 > answers.length);
}

/** Those asked are the people of the activities in which Say 3 or more was reached. */
function confirmation(agreement: Agreement, stage: string): { readonly confirmed: boolean; readonly missing: readonly Missing[] } {
  const engaged = activitiesIn(agreement, stage).filter((activity) => reached(agreement, activity, saySteps) >= 3);
  const tookPart = peopleIn(engaged).size;
  const voices = voicesOf(agreement, engaged);
  const wanted = Math.min(3, tookPart) - voices.length;
  return {
    confirmed: engaged.length > 0 && wanted <= 0 && voices.filter((couldChangeIt) => couldChangeIt).length * 2 > voices.length,
    missing: [
      ...(engaged.length > 0 && wanted > 0 ? [{ what: `${wanted} more to answer "Could what you said change it?"`, suppliedBy: 'participant', by: 'record-could-it-change' }] : []),
      ...engaged.filter((activity) => unconfirmedIn(agreement, activity).length > 0).map(({ id }) => facilitator(`that whoever answered in ${id} on paper confirms it`, 'record-proxy-entry')),
    ],
  };
}

/**
 * What a stage reached on both scales, computed from its recorded facts: the decision rights of its activities, the
 * people who took part, the answers given, the effort. Nobody types it, and more evidence never lowers it.
 */
export function achieved(agreement: Agreement, stage: string): Achieved {
  const say = reachedIn(agreement, stage, saySteps) as Say;
  const action = reachedIn(agreement, stage, doSteps) as Do;
  const { confirmed, missing } = confirmation(agreement, stage);
  return {
    say,
    do: action,
    confirmed,
    missing: [
      ...missing,
      ...(say < saySteps.length ? missingForSay(agreement, stage, say + 1) : []),
      ...(action < doSteps.length ? missingForDo(agreement, stage, action + 1) : []),
    ],
  };
}

/** What a whole agreement reached: the highest step of each scale over its stages, and whether that is full co-production. */
export interface WholeReached {
  readonly say: Say;
  readonly do: Do;
  /** Of the stages that reached this Say: was one confirmed by those who took part? */
  readonly confirmed: boolean;
  /** Shared decisions and substantial action: said of the agreement, never of a stage, and never of one scale for the other. */
  readonly fullCoProduction: boolean;
}

const full: { readonly say: Say; readonly do: Do } = { say: 4, do: 2 };

/** `stages`: of its pathway. */
export function wholeReached(agreement: Agreement, stages: readonly string[]): WholeReached {
  const each = stages.map((stage) => achieved(agreement, stage));
  const say = Math.max(0, ...each.map((one) => one.say)) as Say;
  const action = Math.max(0, ...each.map((one) => one.do)) as Do;
  return { say, do: action, confirmed: each.some((one) => one.say === say && one.confirmed), fullCoProduction: say >= full.say && action >= full.do };
}
