import type { Refusal } from '@concordat/journal/core';
import { isEarlier, stageOf } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { beganOn } from './began.js';
import type { CorrectsOfSomebody } from './corrects.js';
import { happened } from './event.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { withoutProxy } from './confirmed.js';
import { lastDayToDo, refuseTooFar } from './put-off.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { fewest } from './small-numbers.js';
import type { Context, Decide, Evolve } from './topic.js';
import { peopleIn, someoneTookPart } from './who-took-part.js';

/** What people may do with a question put to them; each right holds the ones before it. */
export const decisionRights = ['inform', 'consult', 'advise', 'decide-jointly', 'decide'] as const;
export type DecisionRight = (typeof decisionRights)[number];

/** Who leads the doing; each goes further than the one before it. */
export const leaders = ['staff', 'together', 'people'] as const;
export type Leader = (typeof leaders)[number];

/** Answers to "Could what you said change it?" */
export const changeAnswers = ['yes', 'no', 'not-sure'] as const;
export type ChangeAnswer = (typeof changeAnswers)[number];

type PlannedActivity = {
  readonly activity: string;
  readonly stage: string;
  readonly title: string;
  readonly groups: readonly string[];
  readonly right: DecisionRight;
  readonly ledBy: Leader;
  /** The last day; what people say later is late, and blocks nothing. */
  readonly closesOn: CivilDate;
};
type Attendance = { readonly activity: string; readonly participants: readonly string[]; readonly on: CivilDate };
type Effort = { readonly activity: string; readonly participant: string; readonly hours: number; readonly on: CivilDate };
type JointDecision = { readonly activity: string; readonly decided: string; readonly on: CivilDate };
/** Ballots, counted; who voted for what is nobody's business. */
type Held = { readonly vote: string; readonly question: string; readonly options: readonly { readonly option: string; readonly votes: number }[]; readonly on: CivilDate };
type Vote = Held & { readonly activity: string };
type CouldItChange = { readonly activity: string; readonly participant: string; readonly answer: ChangeAnswer };

export interface ActivityCommands {
  'plan-activity': PlannedActivity;
  /** It did not happen, or not as it should have: its facts count no more. What people gave there is still answered. */
  'void-activity': { readonly activity: string; readonly reason: string };
  'record-attendance': Attendance;
  /** Hours somebody gave. They are never a saving. Those of the same person on the same day again correct them, and say `why`; none take back what was recorded of the wrong person or day. */
  'record-effort': Effort & CorrectsOfSomebody;
  /** What was decided with, or by, the people who took part. */
  'record-joint-decision': JointDecision;
  /** A vote that was held there: a voice, however many hands it took. */
  'record-vote': Vote;
  /** The answer of someone who took part to "Could what you said change it?"; the last one counts. */
  'record-could-it-change': CouldItChange;
}

export interface ActivityEvents {
  'concordat.agreement.activity-planned.v1': PlannedActivity;
  'concordat.agreement.activity-voided.v1': { readonly activity: string; readonly reason: string };
  'concordat.agreement.attendance-recorded.v1': Attendance;
  'concordat.agreement.effort-recorded.v1': Effort & CorrectsOfSomebody;
  'concordat.agreement.joint-decision-recorded.v1': JointDecision;
  'concordat.agreement.vote-recorded.v1': Vote;
  /** `forThem`: typed by staff for whoever answered; it confirms nothing before they confirmed that it is theirs. */
  'concordat.agreement.could-it-change-answered.v1': CouldItChange & { readonly forThem: boolean };
}

export interface Activity {
  readonly id: string;
  /** The stage its facts count in. */
  readonly stage: string;
  readonly title: string;
  readonly groups: readonly string[];
  readonly right: DecisionRight;
  readonly ledBy: Leader;
  readonly closesOn: CivilDate;
  readonly voided: boolean;
  readonly attended: readonly { readonly participant: string; readonly on: CivilDate }[];
  readonly effort: readonly { readonly participant: string; readonly hours: number; readonly on: CivilDate }[];
  readonly jointDecisions: readonly { readonly decided: string; readonly on: CivilDate }[];
  readonly votes: readonly Held[];
  /** By participant. */
  readonly couldItChange: Readonly<Record<string, ChangeAnswer>>;
  /** Whose answer to it somebody of staff typed for them. */
  readonly answeredForThem: readonly string[];
  /** Who said something before it closed, each once. */
  readonly spoke: readonly string[];
  /** Something that was said before it closed has had an answer. */
  readonly answered: boolean;
}

/** Has the holder of `right` at least what `asked` gives? */
export function gives(right: DecisionRight, asked: DecisionRight): boolean {
  return decisionRights.indexOf(right) >= decisionRights.indexOf(asked);
}

/** How many votes were cast in it. */
export const votesCast = ({ options }: Pick<Vote, 'options'>): number => options.reduce((all, { votes }) => all + votes, 0);

/** What most voted for, without a number; several where as many did, and null of fewer than five votes, which would tell of one person. */
export function chosenIn(vote: Pick<Vote, 'options'>): readonly string[] | null {
  const most = Math.max(...vote.options.map(({ votes }) => votes));
  return votesCast(vote) < fewest ? null : vote.options.filter(({ votes }) => votes === most).map(({ option }) => option);
}

export function activityOf(agreement: Agreement, id: string): Activity | undefined {
  return agreement.involvement.activities.find((activity) => activity.id === id);
}

/** The activities whose facts count in this stage. */
export function activitiesIn(agreement: Agreement, stage: string): readonly Activity[] {
  return agreement.involvement.activities.filter((activity) => activity.stage === stage && !activity.voided);
}

const organiser = (what: string, by: string) => ({ what, suppliedBy: 'facilitator', by });

/** More answers than people who took part where they were asked are those of nobody. */
export const refuseMoreThanTookPart = (activity: Activity, answers: number): Refusal | false => {
  const tookPart = activity.voided ? 0 : peopleIn([activity]).size;
  return answers > tookPart && refusal('activity.more-than-took-part', 'No more people answer than took part where they were asked.', organiser(`who took part: ${tookPart} are on record`, 'record-attendance'));
};

/** The refusal of a voice of nobody, or false. */
const refuseNobody = (activity: Activity): Refusal | false =>
  !someoneTookPart(activity) && refusal('activity.nobody-took-part', 'Somebody took part in the activity.', organiser('who took part', 'record-attendance'));

/** The refusal for an activity that nobody planned. */
export const activityUnknown = refusal('activity.unknown', 'The activity was planned on this agreement.', organiser('activity', 'plan-activity'));

/** The refusal for an activity that counts no more, or false. */
export function refuseVoided(activity: Activity): Refusal | false {
  return activity.voided && refusal('activity.voided', 'The activity is not voided.', organiser('another activity', 'plan-activity'));
}

/** The refusals for a stage in which nothing can be prepared any more, or that the pathway does not have. */
export function refuseUnlessAhead(agreement: Agreement, stage: string, { pathway }: Context, by: string): readonly (Refusal | false)[] {
  return [
    stageOf(pathway, stage) === undefined && refusal('stage.unknown', 'The stage is one of the pathway.', organiser('stage', by)),
    isEarlier(pathway, stage, agreement.stage) &&
      refusal('stage.left', 'What is planned is planned for this stage or a later one.', organiser(agreement.stage, by)),
  ];
}

const refuseOtherDay = (agreement: Agreement, on: CivilDate, today: CivilDate, by: string) => [
  on < (beganOn(agreement) ?? on) &&
    refusal('activity.before-agreement', 'What people gave before the agreement was opened is carried over to it.', organiser(`a day from ${beganOn(agreement)} on`, by)),
  on > today && refusal('activity.not-yet', 'What is recorded has happened.', { what: `${on}`, suppliedBy: 'time', by }),
];
const refuseOver = (activity: Activity, on: CivilDate) => [
  refuseVoided(activity),
  on > activity.closesOn &&
    refusal('activity.closed', `The activity was open until ${activity.closesOn}.`, organiser('an activity that is open', 'plan-activity')),
];

type Broken = readonly (Refusal | false)[];

/** Decides on an activity that exists, or refuses; `besides` is judged without it. */
const onActivity =
  <C extends Exclude<keyof ActivityCommands, 'plan-activity'>>(
    besides: (...all: Parameters<Decide<C>>) => Broken,
    decideOn: (activity: Activity, besides: Broken, ...all: Parameters<Decide<C>>) => ReturnType<Decide<C>>,
  ): Decide<C> =>
  (states, command, context) => {
    const activity = activityOf(states.agreement, command.activity);
    const broken = besides(states, command, context);
    return activity === undefined ? refuseUnknown(activityUnknown, broken) : decideOn(activity, broken, states, command, context);
  };

/** The hours this person gave on this day, to all that was not voided, but for this activity. */
function hoursBeside({ involvement }: Agreement, activity: string, participant: string, on: CivilDate): number {
  const given = involvement.activities.filter(({ id, voided }) => !voided && id !== activity).flatMap(({ effort }) => effort);
  return given.filter((one) => one.participant === participant && one.on === on).reduce((all, { hours }) => all + hours, 0);
}

export const decide = {
  'plan-activity': ({ agreement }, { activity, stage, title, groups, right, ledBy, closesOn }, context) =>
    unless(
      [
        activityOf(agreement, activity) !== undefined && alreadySo('the activity is planned'),
        ...refuseUnlessAhead(agreement, stage, context, 'plan-activity'),
        groups.length === 0 && refusal('activity.for-nobody', 'An activity is for somebody.', organiser('groups', 'plan-activity')),
        closesOn < context.today && refusal('activity.closed', 'An activity closes today or later.', organiser('closesOn', 'plan-activity')),
        refuseTooFar('closesOn', closesOn, lastDayToDo(agreement, context.today), { suppliedBy: 'facilitator', by: 'plan-activity' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.activity-planned.v1', { activity, stage, title, groups, right, ledBy, closesOn })],
    ),

  'void-activity': onActivity<'void-activity'>(() => [], (activity, _, { agreement }, { reason }) =>
    unless([activity.voided && alreadySo('the activity is voided')], () => [
      happened(agreement.id, 'concordat.agreement.activity-voided.v1', { activity: activity.id, reason }),
    ]),
  ),

  'record-attendance': onActivity<'record-attendance'>(
    ({ agreement }, { on }, { today }) => refuseOtherDay(agreement, on, today, 'record-attendance'),
    (activity, besides, { agreement }, { participants, on }) => {
      const known = activity.attended.filter((attendance) => attendance.on === on).map(({ participant }) => participant);
      const came = [...new Set(participants)].filter((participant) => !known.includes(participant));
      return unless([came.length === 0 && alreadySo('these people are recorded for this day'), ...besides, ...refuseOver(activity, on)], () => [
        happened(agreement.id, 'concordat.agreement.attendance-recorded.v1', { activity: activity.id, participants: came, on }),
      ]);
    },
  ),

  'record-effort': onActivity<'record-effort'>(
    ({ agreement }, { activity, participant, hours, on, why }, { today }) => [
      !((hours > 0 || (hours === 0 && why !== undefined)) && hours + hoursBeside(agreement, activity, participant, on) <= 24) &&
        refusal('effort.hours', 'Somebody gave more than no hours, and at most 24 on one day, whatever they were given to.', organiser('hours', 'record-effort')),
      ...refuseOtherDay(agreement, on, today, 'record-effort'),
    ],
    (activity, besides, { agreement }, { participant, hours, on, why }) => {
      const known = activity.effort.find((effort) => effort.participant === participant && effort.on === on);
      return unless(
        [
          known?.hours === hours && alreadySo('the hours of this person on this day are recorded'),
          known !== undefined && known.hours !== hours && why === undefined && refusal('effort.correction-unsaid', 'Hours that are on record are corrected with a word of why.', organiser('why', 'record-effort')),
          known === undefined && why !== undefined && refusal('effort.unknown', 'What is corrected is on record.', organiser('hours of this person on this day', 'record-effort')),
          ...besides,
          ...refuseOver(activity, on),
        ],
        () => [happened(agreement.id, 'concordat.agreement.effort-recorded.v1', { activity: activity.id, participant, hours, on, ...(why !== undefined && { why }) })],
      );
    },
  ),

  'record-joint-decision': onActivity<'record-joint-decision'>(
    ({ agreement }, { on }, { today }) => refuseOtherDay(agreement, on, today, 'record-joint-decision'),
    (activity, besides, { agreement }, { decided, on }) =>
      unless(
        [
          !gives(activity.right, 'decide-jointly') &&
            refusal(
              'activity.right-too-low',
              'People decide where they have the right to.',
              organiser('an activity with the right to decide', 'plan-activity'),
            ),
          refuseNobody(activity),
          ...besides,
          ...refuseOver(activity, on),
        ],
        () => [happened(agreement.id, 'concordat.agreement.joint-decision-recorded.v1', { activity: activity.id, decided, on })],
      ),
  ),

  'record-vote': onActivity<'record-vote'>(
    ({ agreement }, { options, on }, { today }) => [
      options.length < 2 && refusal('vote.no-choice', 'A vote is between two options at least.', organiser('options', 'record-vote')),
      options.every(({ votes }) => votes === 0) && refusal('vote.nobody-voted', 'Somebody voted.', organiser('votes', 'record-vote')),
      ...refuseOtherDay(agreement, on, today, 'record-vote'),
    ],
    (activity, besides, { agreement }, { vote, question, options, on }) =>
      unless(
        [
          activity.votes.some((held) => held.vote === vote) && alreadySo('the vote is recorded'),
          !gives(activity.right, 'consult') &&
            refusal('activity.right-too-low', 'People vote where they are consulted at least.', organiser('an activity with the right to be consulted', 'plan-activity')),
          refuseNobody(activity),
          ...besides,
          ...refuseOver(activity, on),
        ],
        () => [happened(agreement.id, 'concordat.agreement.vote-recorded.v1', { activity: activity.id, vote, question, options, on })],
      ),
  ),

  'record-could-it-change': onActivity<'record-could-it-change'>(
    () => [],
    (activity, _, states, { participant, answer }, context) =>
      unless(
        [
          refuseVoided(activity),
          !peopleIn([activity]).has(participant) &&
            refusal(
              'activity.did-not-take-part',
              'Those who took part say whether it could change anything.',
              organiser('who took part', 'record-attendance'),
            ),
          activity.couldItChange[participant] === answer &&
            (isTypedForThem(states, context) || !activity.answeredForThem.includes(participant)) &&
            alreadySo('this is their answer'),
          ![undefined, answer].includes(activity.couldItChange[participant]) && isTypedForThem(states, context) && !activity.answeredForThem.includes(participant) &&
            refuseNotTheirs('could-it-change.not-their-word', 'They said whether it could change anything; another answer is their own word, or that of whoever speaks for them.', 'answer', 'record-could-it-change'),
        ],
        () => [happened(states.agreement.id, 'concordat.agreement.could-it-change-answered.v1', { activity: activity.id, participant, answer, forThem: isTypedForThem(states, context) })],
      ),
  ),
} satisfies { [C in keyof ActivityCommands]: Decide<C> };

function withActivity(agreement: Agreement, id: string, change: (activity: Activity) => Partial<Activity>): Agreement {
  const activities = agreement.involvement.activities.map((activity) => (activity.id === id ? { ...activity, ...change(activity) } : activity));
  return agreementWith(agreement, { involvement: { ...agreement.involvement, activities } });
}

/** The agreement with one more voice in an activity. */
export function withSpoken(agreement: Agreement, id: string, author: string): Agreement {
  return withActivity(agreement, id, ({ spoke }) => (spoke.includes(author) ? {} : { spoke: [...spoke, author] }));
}

/** The agreement where what is left of what was said in an activity, in time, is this: by whom, and whether any of it has had an answer. */
export function withSpokenLeft(agreement: Agreement, id: string, left: { readonly authors: ReadonlySet<string>; readonly answered: boolean }): Agreement {
  return withActivity(agreement, id, ({ spoke, answered }) => ({ spoke: spoke.filter((author) => left.authors.has(author)), answered: answered && left.answered }));
}

/** The agreement in which something that was said in these activities has had an answer. */
export function withAnswered(agreement: Agreement, ids: readonly string[]): Agreement {
  const activities = agreement.involvement.activities.map((activity) => (ids.includes(activity.id) ? { ...activity, answered: true } : activity));
  return agreementWith(agreement, { involvement: { ...agreement.involvement, activities } });
}

/** The agreement in whose involvement this person had a hand, too. */
export function carriedOut(agreement: Agreement, person: string): Agreement {
  const { involvement } = agreement;
  return involvement.carriedOutBy.includes(person) ? agreement : agreementWith(agreement, { involvement: { ...involvement, carriedOutBy: [...involvement.carriedOutBy, person] } });
}

export const evolve = {
  'concordat.agreement.activity-planned.v1': (before, { data: { activity: id, ...planned }, meta }) => {
    const agreement = carriedOut(before, meta.actor);
    const activity: Activity = { id, ...planned, voided: false, attended: [], effort: [], jointDecisions: [], votes: [], couldItChange: {}, answeredForThem: [], spoke: [], answered: false };
    return agreementWith(agreement, { involvement: { ...agreement.involvement, activities: [...agreement.involvement.activities, activity] } });
  },
  'concordat.agreement.activity-voided.v1': (agreement, { data }) => withActivity(agreement, data.activity, () => ({ voided: true })),
  'concordat.agreement.attendance-recorded.v1': (agreement, { data: { activity, participants, on } }) =>
    withActivity(agreement, activity, ({ attended }) => ({ attended: [...attended, ...participants.map((participant) => ({ participant, on }))] })),
  'concordat.agreement.effort-recorded.v1': (agreement, { data: { activity, why: _, ...given } }) =>
    withActivity(agreement, activity, ({ effort }) => ({ effort: [...effort.filter(({ participant, on }) => participant !== given.participant || on !== given.on), ...(given.hours > 0 ? [given] : [])] })),
  'concordat.agreement.joint-decision-recorded.v1': (agreement, { data: { activity, ...made } }) =>
    withActivity(agreement, activity, ({ jointDecisions }) => ({ jointDecisions: [...jointDecisions, made] })),
  'concordat.agreement.vote-recorded.v1': (agreement, { data: { activity, vote, question, options, on } }) =>
    withActivity(agreement, activity, ({ votes }) => ({ votes: [...votes, { vote, question, options, on }] })),
  'concordat.agreement.could-it-change-answered.v1': (agreement, { data: { activity, participant, answer, forThem } }) =>
    withoutProxy(
      withActivity(agreement, activity, ({ couldItChange, answeredForThem }) => ({
        couldItChange: { ...couldItChange, [participant]: answer },
        answeredForThem: [...answeredForThem.filter((other) => other !== participant), ...(forThem ? [participant] : [])],
      })),
      activity,
      participant,
    ),
} satisfies { [T in keyof ActivityEvents]: Evolve<T> };
