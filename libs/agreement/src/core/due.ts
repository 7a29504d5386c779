import { workingDaysAfter, workingDaysFrom } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { commitmentStands } from './commitment.js';
import { asksForAnswer, type Contribution, everythingSaid } from './contribution.js';
import { toldOfNoReversal } from './reversal.js';
import { type Answering, isAnswered, isDeferred, waits } from './answering.js';
import type { Context } from './topic.js';

/** What is owed to people by a day. */
export type DueKind = 'concern' | 'unread' | 'late-entry' | 'own-answer' | 'reopened-answer' | 'deferred-answer' | 'reversal-notice' | 'commitment';

/** One thing that is owed. Whether it is overdue is told by today and never recorded. */
export interface Due {
  readonly kind: DueKind;
  /** The id of what it is about: a concern, a contribution, an activity with what nobody has read, a theme or a commitment. */
  readonly about: string;
  readonly dueOn: CivilDate;
  readonly overdue: boolean;
}

/**
 * Working days of England from the day it began to be owed. Late entries and reopened answers: 1-product, section 5. An
 * answer of one's own and word of a reversal are given the longer of the two.
 */
const daysFor = { 'late-entry': 20, 'own-answer': 20, 'reopened-answer': 15, 'reversal-notice': 20 } as const;

/** All that is owed to people here, what is due first first. */
export function duesOf(agreement: Agreement, { today, holidays }: Pick<Context, 'today' | 'holidays'>): readonly Due[] {
  const due = (kind: DueKind, about: string, dueOn: CivilDate): Due => ({ kind, about, dueOn, overdue: dueOn < today });
  const after = (kind: keyof typeof daysFor, about: string, since: CivilDate): Due =>
    due(kind, about, workingDaysAfter(since, daysFor[kind], 'england', holidays));

  const deferred = (kind: DueKind, about: string, answering: Answering): readonly Due[] => {
    const until = answering.response?.until;
    return isDeferred(answering) && until !== undefined ? [due(kind, about, until)] : [];
  };
  const ofContribution = (said: Contribution): readonly Due[] => {
    const { id, late, givenOn, own } = said;
    if (own !== null && waits(own)) {
      return own.reopenedOn === null ? [after('own-answer', id, own.askedOn ?? givenOn)] : [after('reopened-answer', id, own.reopenedOn)];
    }
    if (own !== null && isDeferred(own)) return deferred('own-answer', id, own);
    return late && asksForAnswer(said) && !isAnswered(agreement, said) ? [after('late-entry', id, givenOn)] : [];
  };
  const { concerns, themes } = agreement.contributions;
  const sameDay = (since: CivilDate): CivilDate => workingDaysFrom(since, 1, 'england', holidays)[0] ?? since;
  const unread = new Map<string, CivilDate>();
  for (const { activity, unreadSince } of everythingSaid(agreement)) {
    if (unreadSince !== null && unreadSince < (unread.get(activity) ?? '9999')) unread.set(activity, unreadSince);
  }
  const undone = new Map([...toldOfNoReversal(agreement)].sort((a, b) => (a.on < b.on ? 1 : -1)).map(({ theme, on }) => [theme, on]));
  return [
    ...concerns.filter(({ passedOn }) => passedOn === null).map(({ id, raisedOn }) => due('concern', id, sameDay(raisedOn))),
    ...[...unread].map(([activity, since]) => due('unread', activity, sameDay(since))),
    ...everythingSaid(agreement).flatMap(ofContribution),
    ...themes.flatMap((theme) => (theme.response !== null && waits(theme) ? [after('reopened-answer', theme.id, theme.reopenedOn ?? today)] : deferred('deferred-answer', theme.id, theme))),
    ...[...undone].map(([theme, on]) => after('reversal-notice', theme, on)),
    ...agreement.commitments
      .filter((made) => ['open', 'overdue'].includes(commitmentStands(made, today)))
      .map(({ id, by }) => due('commitment', id, by)),
  ].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));
}
