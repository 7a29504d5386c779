import type { CivilDate } from '@concordat/platform/core';

/** What waits from a day on, without that anybody does anything. */
export const dayKinds = [
  'notice', 'obligation', 'own-obligation', 'improvement', 'own-improvement', 'quality-visit', 'cycle', 'gate-condition', 'action', 'staff-information', 'own-staff-information', 'commitment', 'lapse', 'effect', 'consultation', 'publication', 'held', 'expiry', 'waiver-expires', 'variation-agreed', 'control-ages', 'control-aged', 'review-due', 'incident-unscored',
] as const;
export type DayKind = (typeof dayKinds)[number];

/** What kind of thing waits for somebody. */
export type WorkKind =
  | DayKind
  | 'sign-off' | 'second' | 'reply' | 'condition' | 'statement' | 'objection' | 'theme' | 'unplaced' | 'unread' | 'own-answer' | 'concern' | 'reversal' | 'decision' | 'second-decision' | 'call-in' | 'second-variation' | 'declaration' | 'interest' | 'uninviting' | 'acceptance' | 'variation-acceptance' | 'gate' | 'stale-sign-off'
  | 'publication-held' | 'publication-notice' | 'control-fails' | 'unseen' | 'provider-concern' | 'difference' | 'hours-rose' | 'variation' | 'advice' | 'waiver' | 'waiver-view' | 'waiver-review' | 'condition-proposed' | 'condition-of-discipline' | 'challenge';

/** What is kept of an agreement. That an election holds a publication back is seen on the day it is listed: one may be called at any time. */
export type KeptKind = Exclude<WorkKind, 'publication-held'>;

/** One thing about one agreement that waits for whoever may do it. */
export interface Work {
  readonly kind: KeptKind;
  /** What it is about: the id of a sign-off, a statement, a theme; empty where it is the agreement itself. */
  readonly subject: string;
  /** Who can do it: a right, with the discipline or provider it is limited to after a colon, or `person:` and an id, or `role:` and a role. See `workKeys`. */
  readonly key: string;
  /** The person who asked and now waits, where the record says so. */
  readonly askedBy: string | null;
  /** How much of it there is, such as contributions in no theme, or conditions of a gate that only time still holds up. */
  readonly count: number;
  /** The day from which it waits, which may lie ahead; `null` where it waits since it began. */
  readonly from: CivilDate | null;
  /** The last day on which it is done in time, where there is one. */
  readonly dueOn: CivilDate | null;
}
