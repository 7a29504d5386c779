import type { Missing } from '@concordat/journal/core';
import { canonical } from '@concordat/platform/core';
import { missingOfGroups, plainWords, sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { isOfStaff, isTypedForThem, refuseNotTheirs } from './own-word.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isSmall, toldAnew } from './small-numbers.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/** Who may see it, as the people who do it wish. Whoever wishes for neither is left out: nothing is recorded of them. */
export const recordWishes = ['public', 'internal'] as const;
export type RecordWish = (typeof recordWishes)[number];

/** What people do by themselves, told of a group and never of one person. */
export type ExistingActivity = {
  readonly activity: string;
  readonly group: string;
  readonly does: string;
  /** A rough scale: a guess is better than silence, and is never added up to a saving. */
  readonly people: number;
  readonly hoursAWeek: number;
  /** What would not happen, or happen worse, without it. */
  readonly dependsOnIt: string;
  /** What they need to go on; empty where they said that they need nothing. */
  readonly needs: string;
  readonly onRecord: RecordWish;
};

/** What a group answers that puts nothing on record: it does nothing by itself, or wants nothing of it written down. */
export const unrecordedAnswers = ['nothing', 'not-on-record'] as const;
export type UnrecordedAnswer = (typeof unrecordedAnswers)[number];
/** `source`: how the answer is known, such as a meeting or a representative. */
export type GroupAsked = { readonly group: string; readonly answer: UnrecordedAnswer; readonly source: string };

export interface ExistingActivityCommands {
  /** The same `activity` id again tells it anew, which whoever takes part alone does not. Staff write down what a group of five or more wishes everybody to see; of fewer, and once the group wished less, that it be seen is its own word. */
  'record-what-people-do': ExistingActivity;
  /** They no longer wish it to be shown. Whoever takes part alone does not take off what a group told. */
  'take-off-record': { readonly activity: string };
  /** A group was asked, and there is nothing to write down. */
  'record-asked-what-people-do': GroupAsked;
}

export interface ExistingActivityEvents {
  'concordat.agreement.what-people-do-recorded.v1': ExistingActivity;
  'concordat.agreement.what-people-do-taken-off-record.v1': { readonly activity: string };
  'concordat.agreement.asked-what-people-do.v1': GroupAsked;
}

/** In the order they were first told. */
export type ExistingActivityState = readonly ExistingActivity[];
export const initialExistingActivity: ExistingActivityState = [];
/**
 * Groups that were asked and have nothing on record, with their last answer. Whoever takes all of it off the record stays asked; what was
 * told before a split stays on record in the whole.
 */
export type GroupsAskedState = readonly { readonly group: string; readonly answer: UnrecordedAnswer | 'told-in-the-whole' }[];
export const initialGroupsAsked: GroupsAskedState = [];

/** Whom nobody asks again in a contract of a split. */
export function groupsAskedAlong({ activitiesOfPeople, groupsAsked }: Pick<Agreement, 'activitiesOfPeople' | 'groupsAsked'>): GroupsAskedState {
  const groups = [...new Set(activitiesOfPeople.map(({ group }) => group))];
  return [...groupsAsked.filter((one) => !groups.some((group) => sameWords(group, one.group))), ...groups.map((group) => ({ group, answer: 'told-in-the-whole' as const }))];
}

const told = (agreement: Agreement, activity: string): ExistingActivity | undefined =>
  agreement.activitiesOfPeople.find((existing) => existing.activity === activity);

/** An agreement as it was, with what people do by themselves as far as they wish it on record now. */
export function onRecordNow(then: Agreement, now: Agreement): Agreement {
  return agreementWith(then, {
    activitiesOfPeople: then.activitiesOfPeople.flatMap((one) => {
      const standing = told(now, one.activity);
      return standing === undefined ? [] : [{ ...one, onRecord: standing.onRecord }];
    }),
  });
}

/** Does somebody act who takes part alone: of staff under none of their ids, and speaking for nobody? Whose activity they change, nothing says. */
const takesPartAlone = (states: States, context: Context): boolean =>
  context.actor.kind === 'person' && isTypedForThem(states, context) && !isOfStaff(states, context.actor.person, context.today);

/** The refusal of a change to what a group has on record, by whoever takes part alone. */
function refuseWhoTakesPartAlone(states: States, activity: string, context: Context, by: keyof ExistingActivityCommands) {
  return (
    told(states.agreement, activity) !== undefined &&
    takesPartAlone(states, context) &&
    refuseNotTheirs('existing-activity.not-their-word', 'What a group has on record is told anew or taken off by whoever speaks for it, or by staff as it wishes.', activity, by)
  );
}

/** Does a group wish everybody to see what nobody but itself may say so of: few of it do it, it wished less before, or whoever takes part alone types it? */
function isTheirsToShow(states: States, { activity, group, does, people, onRecord }: ExistingActivity, context: Context): boolean {
  if (onRecord !== 'public' || !isTypedForThem(states, context)) return false;
  // What fewer than five do tells who they are, in whichever words.
  if (isSmall(people)) return true;
  const { agreement } = states;
  const before = told(agreement, activity)?.onRecord;
  if (before === 'public') return false;
  const wishedLess =
    before === 'internal' ||
    agreement.groupsAsked.some((one) => one.answer === 'not-on-record' && sameWords(one.group, group)) ||
    agreement.activitiesOfPeople.some((one) => one.onRecord === 'internal' && sameWords(one.group, group) && sameWords(one.does, does));
  return wishedLess || takesPartAlone(states, context);
}

export const decide = {
  'record-what-people-do': (states, { activity, group, does, people, hoursAWeek, dependsOnIt, needs, onRecord }, context) => {
    const { agreement } = states;
    const existing: ExistingActivity = { activity, group, does, people, hoursAWeek, dependsOnIt, needs, onRecord };
    return unless(
      [
        canonical(told(agreement, activity) ?? null) === canonical(existing) && alreadySo('this is what people do'),
        refuseWhoTakesPartAlone(states, activity, context, 'record-what-people-do') ||
          (isTheirsToShow(states, existing, context) &&
            refuseNotTheirs('existing-activity.not-their-word', 'They are few, or let it be seen by fewer: that everybody may see what they do is their own word, or that of whoever speaks for them.', 'onRecord', 'record-what-people-do')),
        people < 1 &&
          refusal(
            'existing-activity.nobody',
            'What people do is done by somebody.',
            { what: 'people', suppliedBy: 'commissioner', by: 'record-what-people-do' },
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.what-people-do-recorded.v1', existing)],
    );
  },

  'take-off-record': (states, { activity }, context) =>
    unless(
      [
        told(states.agreement, activity) === undefined && alreadySo('this is not on record'),
        refuseWhoTakesPartAlone(states, activity, context, 'take-off-record'),
      ],
      () => [happened(states.agreement.id, 'concordat.agreement.what-people-do-taken-off-record.v1', { activity })],
    ),

  'record-asked-what-people-do': ({ agreement }, { group, answer, source }) =>
    unless(
      [
        agreement.groupsAsked.some((asked) => sameWords(asked.group, group) && asked.answer === answer) && alreadySo('this is what the group answered'),
        agreement.activitiesOfPeople.some((existing) => sameWords(existing.group, group)) &&
          refusal(
            'existing-activity.on-record',
            'What a group does stands on record until the group wishes it off.',
            ...agreement.activitiesOfPeople
              .filter((existing) => sameWords(existing.group, group))
              .map(({ activity }) => ({ what: activity, suppliedBy: 'commissioner', by: 'take-off-record' })),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.asked-what-people-do.v1', { group, answer, source })],
    ),
} satisfies { [C in keyof ExistingActivityCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.what-people-do-recorded.v1': (agreement, { data }) => agreementWith(agreement, {
    activitiesOfPeople: told(agreement, data.activity)
      ? agreement.activitiesOfPeople.map((existing) => (existing.activity === data.activity ? data : existing))
      : [...agreement.activitiesOfPeople, data],
    countsTold: { ...agreement.countsTold, doing: { ...agreement.countsTold.doing, [data.activity]: toldAnew(agreement.countsTold.doing[data.activity] ?? agreement.countsTold.doing[plainWords(data.group)], data.people) } },
  }),
  'concordat.agreement.what-people-do-taken-off-record.v1': (agreement, { data: { activity } }) => {
    const group = told(agreement, activity)?.group;
    const { countsTold } = agreement;
    const last = countsTold.doing[activity];
    return agreementWith(agreement, {
      activitiesOfPeople: agreement.activitiesOfPeople.filter((one) => one.activity !== activity),
      groupsAsked: asked(agreement, group, 'not-on-record'),
      // What is told of the group under another id is told as if it were this one.
      countsTold: group === undefined || last === undefined ? countsTold : { ...countsTold, doing: { ...countsTold.doing, [plainWords(group)]: last } },
    });
  },
  'concordat.agreement.asked-what-people-do.v1': (agreement, { data: { group, answer } }) => agreementWith(agreement, { groupsAsked: asked(agreement, group, answer) }),
} satisfies { [T in keyof ExistingActivityEvents]: Evolve<T> };

function asked({ groupsAsked }: Agreement, group: string | undefined, answer: UnrecordedAnswer): GroupsAskedState {
  return group === undefined ? groupsAsked : [...groupsAsked.filter((one) => !sameWords(one.group, group)), { group, answer }];
}

export const conditions = {
  'involvement.what-people-do-asked': (agreement) =>
    missingOfGroups(
      agreement,
      [...agreement.activitiesOfPeople, ...agreement.groupsAsked].map(({ group }) => group),
      (group): Missing => ({ what: `what ${group} already do by themselves, or that they were asked`, suppliedBy: 'facilitator', by: 'record-what-people-do' }),
    ),
} satisfies Partial<Conditions>;
