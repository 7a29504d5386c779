import { canonical } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

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

export interface ExistingActivityCommands {
  /** The same `activity` id again tells it anew. */
  'record-what-people-do': ExistingActivity;
  /** They no longer wish it to be shown. */
  'take-off-record': { readonly activity: string };
}

export interface ExistingActivityEvents {
  'concordat.agreement.what-people-do-recorded.v1': ExistingActivity;
  'concordat.agreement.what-people-do-taken-off-record.v1': { readonly activity: string };
}

/** In the order they were first told. */
export type ExistingActivityState = readonly ExistingActivity[];
export const initialExistingActivity: ExistingActivityState = [];

const told = (agreement: Agreement, activity: string): ExistingActivity | undefined =>
  agreement.activitiesOfPeople.find((existing) => existing.activity === activity);

export const decide = {
  'record-what-people-do': ({ agreement }, { activity, group, does, people, hoursAWeek, dependsOnIt, needs, onRecord }) => {
    const existing: ExistingActivity = { activity, group, does, people, hoursAWeek, dependsOnIt, needs, onRecord };
    return unless(
      [
        canonical(told(agreement, activity) ?? null) === canonical(existing) && alreadySo('this is what people do'),
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

  'take-off-record': ({ agreement }, { activity }) =>
    unless([told(agreement, activity) === undefined && alreadySo('this is not on record')], () => [
      happened(agreement.id, 'concordat.agreement.what-people-do-taken-off-record.v1', { activity }),
    ]),
} satisfies { [C in keyof ExistingActivityCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.what-people-do-recorded.v1': (agreement, { data }) => ({
    ...agreement,
    activitiesOfPeople: told(agreement, data.activity)
      ? agreement.activitiesOfPeople.map((existing) => (existing.activity === data.activity ? data : existing))
      : [...agreement.activitiesOfPeople, data],
  }),
  'concordat.agreement.what-people-do-taken-off-record.v1': (agreement, { data }) => ({
    ...agreement,
    activitiesOfPeople: agreement.activitiesOfPeople.filter(({ activity }) => activity !== data.activity),
  }),
} satisfies { [T in keyof ExistingActivityEvents]: Evolve<T> };
