import type { Cause, CommandName, DueKind } from '@concordat/agreement/core';

/** How an answer stands: what a tag says, and its colour. */
export const answerStandings = {
  unanswered: { text: 'Not answered', colour: 'yellow' },
  reopened: { text: 'Rated low: someone else answers', colour: 'orange' },
  deferred: { text: 'Deferred', colour: 'yellow' },
  answered: { text: 'Answered', colour: 'green' },
  'answered-contributor-not-satisfied': { text: 'Answered; contributor not satisfied', colour: 'grey' },
} as const;

/** How a commitment stands. */
export const commitmentStandings = {
  open: { text: 'To be kept', colour: 'blue' },
  overdue: { text: 'Overdue', colour: 'red' },
  kept: { text: 'Kept', colour: 'green' },
  'kept-late': { text: 'Kept late', colour: 'yellow' },
  broken: { text: 'Broken', colour: 'orange' },
  'carried-on': { text: 'Carried on', colour: 'grey' },
} as const;

/** Why effort led nowhere. */
export const causeWords: Readonly<Record<Cause, string>> = {
  'cancelled-by-us': 'Cancelled by us',
  reversed: 'What was adopted was undone',
  overdue: 'What is owed to them is overdue',
  unanswered: 'Not answered after it closed',
  'asked-twice': 'Asked the same before',
  'not-heard': 'Not heard, in their own view',
};

/** What is owed, and the command that settles it. */
export const dueWords: Readonly<Record<DueKind, { readonly says: string; readonly command: CommandName }>> = {
  concern: { says: 'Pass on', command: 'pass-on-concern' },
  unread: { says: 'Read what came in, for a concern may be among it', command: 'put-in-theme' },
  'late-entry': { says: 'Answer what came late', command: 'answer-contribution' },
  'own-answer': { says: 'Answer the person who asked', command: 'answer-contribution' },
  'reopened-answer': { says: 'Answer again', command: 'answer-theme' },
  'deferred-answer': { says: 'Answer what was deferred', command: 'answer-theme' },
  'reversal-notice': { says: 'Tell people that it was undone', command: 'tell-of-reversal' },
  commitment: { says: 'Keep', command: 'keep-commitment' },
};
