import type { Activity } from './activity.js';
import type { Agreement } from './agreement.js';
import { commitmentStandsThere } from './commitment.js';
import { asksForAnswer, type Contribution, everythingSaid } from './contribution.js';
import { duesOf } from './due.js';
import type { Heard } from './feedback.js';
import { isAnswered, themeOf } from './answering.js';
import type { Context, States } from './topic.js';
import { peopleOf } from './who-took-part.js';

/** Why what somebody gave led nowhere. Where several hold, the first one counts, so that no hour is counted twice. */
export const causes = ['cancelled-by-us', 'reversed', 'overdue', 'unanswered', 'asked-twice', 'not-heard'] as const;
export type Cause = (typeof causes)[number];

/** Each person once for each activity. Hours are hours, and never money. */
export interface Given {
  readonly people: number;
  readonly hours: number;
}

/** How many say yes, partly and no. */
export interface Views {
  readonly heard: number;
  readonly partly: number;
  readonly notHeard: number;
}

/** What people gave, what of it led nowhere and why. Their own view comes first: it is the headline. */
export interface EffortWithoutResult {
  /** Of those who took part and said whether they were heard. `unconfirmed`: what staff entered for others, who did not confirm it, and which counts as nobody's view. */
  readonly inTheirView: Views & { readonly asked: number; readonly askedBefore: number; readonly unconfirmed: Views };
  readonly given: Given;
  readonly without: Given;
  readonly byCause: Readonly<Record<Cause, Given>>;
}

const nothing: Given = { people: 0, hours: 0 };
const plus = (given: Given, hours: number): Given => ({ people: given.people + 1, hours: given.hours + hours });

/** What one person gave to one activity. */
interface Share {
  readonly activity: Activity;
  readonly participant: string;
  readonly said: readonly Contribution[];
}

function viewsOf(views: readonly Heard[]): Views {
  const count = (is: string) => views.filter(({ heard }) => heard === is).length;
  return { heard: count('yes'), partly: count('partly'), notHeard: count('no') };
}

/** What people gave to an agreement and what of it led nowhere, as of today. `others`: those that carry on what was promised here, and in turn there. */
export function effortWithoutResult(agreement: Agreement, { today, holidays }: Pick<Context, 'today' | 'holidays'>, others: States['others']): EffortWithoutResult {
  const { heard } = agreement.contributions;
  const overdue = new Set(duesOf(agreement, { today, holidays }).filter((due) => due.overdue).map(({ about }) => about));
  const promised = (stands: 'overdue' | 'broken') => new Set(agreement.commitments.flatMap((made) => (commitmentStandsThere(made, others, today) === stands ? (made.theme ?? []) : [])));
  const [promiseOverdue, promiseBroken] = [promised('overdue'), promised('broken')];
  const saidBy = new Map<string, Contribution[]>();
  for (const said of everythingSaid(agreement)) {
    const key = `${said.activity} ${said.author}`;
    saidBy.set(key, [...(saidBy.get(key) ?? []), said]);
  }
  const lateIn = new Map<string, string[]>();
  for (const { activity, author } of everythingSaid(agreement).filter((said) => said.late)) lateIn.set(activity, [...(lateIn.get(activity) ?? []), author]);
  const viewOf = new Map(heard.map((view) => [`${view.activity} ${view.participant}`, view]));

  const holds: Readonly<Record<Cause, (share: Share) => boolean>> = {
    'cancelled-by-us': ({ activity }) => activity.voided || agreement.lifecycle === 'cancelled',
    // What was adopted by a promise that was broken came to nothing, as what was reversed.
    reversed: ({ said }) => said.some(({ themes, own }) => themes.some((theme) => promiseBroken.has(theme)) || [own, ...themes.map((theme) => themeOf(agreement, theme))].some((answer) => (answer?.reversed ?? null) !== null)),
    overdue: ({ said }) => said.some(({ id, themes }) => overdue.has(id) || themes.some((theme) => overdue.has(theme) || promiseOverdue.has(theme))),
    unanswered: ({ activity, said }) => activity.closesOn < today && said.some((one) => asksForAnswer(one) && !isAnswered(agreement, one)),
    'asked-twice': ({ activity, participant }) => viewOf.get(`${activity.id} ${participant}`)?.askedBefore ?? false,
    'not-heard': ({ activity, participant }) => viewOf.get(`${activity.id} ${participant}`)?.heard === 'no',
  };

  let given = nothing;
  let without = nothing;
  const byCause: Record<Cause, Given> = { 'cancelled-by-us': nothing, reversed: nothing, overdue: nothing, unanswered: nothing, 'asked-twice': nothing, 'not-heard': nothing };
  for (const activity of agreement.involvement.activities) {
    const hoursOf = new Map<string, number>();
    for (const effort of activity.effort) hoursOf.set(effort.participant, (hoursOf.get(effort.participant) ?? 0) + effort.hours);
    const lateAuthors = lateIn.get(activity.id) ?? [];
    for (const participant of new Set([...peopleOf(activity), ...lateAuthors])) {
      const hours = hoursOf.get(participant) ?? 0;
      const share: Share = { activity, participant, said: saidBy.get(`${activity.id} ${participant}`) ?? [] };
      const cause = causes.find((one) => holds[one](share));
      given = plus(given, hours);
      if (cause === undefined) continue;
      without = plus(without, hours);
      byCause[cause] = plus(byCause[cause], hours);
    }
  }
  const counts = ({ forThem, confirmed }: Heard) => !forThem || confirmed;
  const theirs = heard.filter(counts);
  return {
    inTheirView: { asked: theirs.length, ...viewsOf(theirs), askedBefore: theirs.filter(({ askedBefore }) => askedBefore).length, unconfirmed: viewsOf(heard.filter((view) => !counts(view))) },
    given,
    without,
    byCause,
  };
}
