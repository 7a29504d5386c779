import type { Missing, Refusal } from '@concordat/journal/core';
import type { FactName } from '@concordat/pathway/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { isEnded } from './above.js';
import type { Agreement } from './agreement.js';
import type { Contribution } from './contribution.js';
import { isConfirmed } from './confirmed.js';
import { kept } from './kept.js';
import { yearAhead } from './put-off.js';
import { alreadySo, refusal } from './refusal.js';
import type { Reversal } from './reversal.js';
import type { States } from './topic.js';

/* What is said to people of what they said, through a theme or to one of them alone, and how far that is. */

/** Where one can see what an answer changed: facts and risks are on record here, documents are kept elsewhere. */
export const changePlaces = ['fact', 'risk', 'document'] as const;
/** `which`: the name of a fact, the id of a risk, the reference of a document. */
export type Change = { readonly to: (typeof changePlaces)[number]; readonly which: string };
/** With how it stood when the answer was given: a fact in canonical JSON, whether a risk was open; null for what is kept elsewhere. */
type PointedTo = Change & { readonly stood: string | null };

/**
 * What is done with what people said. Whoever adopts says what changed, and where people can go and look; whoever defers, until which day
 * another answer is given. Only what was deferred before a day was asked for has none.
 */
export type Response<Words = string> =
  | { readonly outcome: 'adopted' | 'adopted-in-part'; readonly reasons: Words; readonly changed: Words; readonly links?: readonly Change[] | undefined }
  | { readonly outcome: 'not-adopted' | 'out-of-scope'; readonly reasons: Words }
  | { readonly outcome: 'deferred'; readonly reasons: Words; readonly until?: CivilDate | undefined };

/** An answer without its words. */
export type Outcome = { readonly outcome: Response['outcome']; readonly links?: readonly Change[] | undefined; readonly until?: CivilDate | undefined };
/** Does this answer change something? */
export const adopts = ({ outcome }: Outcome): boolean => outcome === 'adopted' || outcome === 'adopted-in-part';

/** From 1, not at all, to 5, fully: how well an answer answers. A low one opens it once again. */
export type Rating = 1 | 2 | 3 | 4 | 5;
/** One that opens an answer again. */
export const isLow = (rating: number): boolean => rating <= 2;

export type Answered<R extends Outcome> = { readonly response: R; readonly on: CivilDate; readonly again: boolean };

/** A question and how far its answer is. */
export interface Answering {
  readonly response: Outcome | null;
  readonly answeredBy: string | null;
  readonly answeredOn: CivilDate | null;
  readonly pointsTo: readonly PointedTo[];
  /** Of the answer that stands. `forThem`: staff typed it for them, and no rating of their own stands behind it. */
  readonly ratings: readonly { readonly participant: string; readonly rating: number; readonly forThem: boolean }[];
  readonly reopenedOn: CivilDate | null;
  /** Staff typed the rating that opened it, and no low rating of anybody's own stands behind it: that may open it again. */
  readonly reopenedForThem: boolean;
  /** Answered for the second time: a low rating opens it no more. */
  readonly again: boolean;
  /** What it adopted was undone later. */
  readonly reversed: Reversal | null;
  /** Another agreement that carries on what it changed. */
  readonly goesOnIn: string | null;
}
export interface Theme extends Answering {
  readonly response: Response | null;
  readonly id: string;
  readonly title: string;
  readonly contributions: readonly string[];
}
/** What it says stands in its event, sealed for whoever it is given to. */
export interface OwnAnswer extends Answering {
  /** `null` for what came late and was answered without being asked for it. */
  readonly askedOn: CivilDate | null;
}

export const unanswered: Answering & { readonly response: null } = { response: null, answeredBy: null, answeredOn: null, pointsTo: [], ratings: [], reopenedOn: null, reopenedForThem: false, again: false, reversed: null, goesOnIn: null };

/** An answer of somebody's own that nobody gave yet; `null` where nobody asked for it. */
export const ownAnswerAsked = (askedOn: CivilDate | null): OwnAnswer => ({ ...unanswered, askedOn });

export const themeOf = ({ contributions }: Agreement, id: string): Theme | undefined => contributions.themes.find((theme) => theme.id === id);

/** Has it no answer, or was it opened again? */
export function waits({ response, reopenedOn, again }: Answering): boolean {
  return response === null || (reopenedOn !== null && !again);
}

/** Is its answer that it is answered later? */
export const isDeferred = (answering: Answering): boolean => answering.response?.outcome === 'deferred' && !waits(answering);

/** Has its day come, or is there no later gate to wait for it? */
export function isDeferredNoMore(answering: Answering, today: CivilDate, isLastStage: boolean): boolean {
  const until = answering.response?.until;
  return isDeferred(answering) && (isLastStage || (until !== undefined && until <= today));
}

/** How an answer stands: the second one does, even where whoever asked is not satisfied. */
export function answerStands(answering: Answering): 'unanswered' | 'reopened' | 'deferred' | 'answered' | 'answered-contributor-not-satisfied' {
  if (answering.response === null) return 'unanswered';
  if (waits(answering)) return 'reopened';
  if (isDeferred(answering)) return 'deferred';
  return answering.again && answering.ratings.some(({ rating }) => isLow(rating)) ? 'answered-contributor-not-satisfied' : 'answered';
}

/** How an answer of a theme was rated by people themselves, or as they confirmed it; and how many ratings more staff entered for others, who did not. */
export function ratingsOf(agreement: Agreement, { id, ratings }: Theme): { readonly theirs: readonly number[]; readonly unconfirmed: number } {
  const theirs = ratings.filter(({ participant, forThem }) => !forThem || isConfirmed(agreement, id, participant)).map(({ rating }) => rating);
  return { theirs, unconfirmed: ratings.length - theirs.length };
}

const answeredOf = kept((themes: readonly Theme[]): ReadonlySet<string> => new Set(themes.filter((theme) => !waits(theme)).map(({ id }) => id)));
/** The themes that have an answer, by id; the same object while no theme changes. */
export const answeredThemes = ({ contributions }: Agreement): ReadonlySet<string> => answeredOf(contributions.themes);

/** Once these themes have an answer, has this? All those it stands in do, and its author too who asked for one. */
export function answeredBy(themesAnswered: ReadonlySet<string>, { themes, own }: Contribution): boolean {
  return (own === null ? themes.length > 0 : !waits(own)) && themes.every((id) => themesAnswered.has(id));
}

/** What was said has an answer when all the themes it stands in are answered, and their author too who asked for one. */
export const isAnswered = (agreement: Agreement, said: Contribution): boolean => answeredBy(answeredThemes(agreement), said);

/** Has it had an answer, through a theme or of its own, whether or not that is open again? */
export function hasHadAnswer(agreement: Agreement, { themes, own }: Contribution): boolean {
  return (own?.response ?? null) !== null || themes.some((id) => (themeOf(agreement, id)?.response ?? null) !== null);
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

const isThere: { readonly [P in Change['to']]: (agreement: Agreement, which: string) => boolean } = {
  fact: ({ facts }, which) => facts[which as FactName] !== undefined,
  risk: ({ risk }, which) => risk.some(({ id }) => id === which),
  document: () => true,
};

/** The refusal of an answer that points to what is not on record; false where all of it is. */
export function refuseDeadLinks(agreement: Agreement, { links = [] }: Outcome, by: string): Refusal | false {
  const dead = links.filter((link) => !isThere[link.to](agreement, link.which)).map(({ which }) => which);
  return dead.length > 0 && refusal('answer.dead-link', 'What an answer points to is on record.', ...dead.map((what) => commissioner(what, by)));
}

const standsAs: { readonly [P in Change['to']]: (agreement: Agreement, which: string) => string | null } = {
  fact: ({ facts }, which) => canonical(facts[which as FactName]?.value ?? null),
  risk: ({ risk }, which) => (risk.some(({ id, closed }) => id === which && !closed) ? 'open' : 'closed'),
  document: () => null,
};

/** What an answer that stands points to and is not as it was when it was given: it may be undone by now without anybody saying so. */
export function changedSince(agreement: Agreement, { pointsTo, reversed }: Answering): readonly Change[] {
  return reversed === null ? pointsTo.filter(({ to, which, stood }) => standsAs[to](agreement, which) !== stood).map(({ to, which }) => ({ to, which })) : [];
}

/** The refusal of an answer that is put off to no day, a day gone by, or one too far ahead; false for any other. */
export function refuseNoDay({ outcome, until }: Outcome, today: CivilDate, by: string): Refusal | false {
  const isInTime = until !== undefined && until > today && until <= yearAhead(today);
  return outcome === 'deferred' && !isInTime && refusal('answer.until-no-day', 'What is deferred is answered by a day after today, a year ahead at most.', commissioner('until', by));
}

/** Once a service ended and is over, no gate asks any more what becomes of what is adopted: people still have every other answer. */
export function refuseAdoptedTooLate(states: States, response: Outcome, by: string): Refusal | false {
  const isOver = ['closed', 'cancelled'].includes(states.agreement.lifecycle);
  return adopts(response) && isOver && isEnded(states) && refusal('answer.service-ended', 'What is adopted changes something that goes on; this ended, and no gate asks what becomes of it here.', commissioner('an answer that says what goes on without it, or an agreement that goes on with it', by));
}

/** An answer that gives no reasons is none, and one that changed something shows where. */
export function refuseThinAnswer(agreement: Agreement, response: Response, today: CivilDate, by: string): (Refusal | false)[] {
  return [
    response.reasons.trim() === '' && refusal('answer.without-reasons', 'An answer gives its reasons.', commissioner('reasons', by)),
    'changed' in response &&
      response.changed.trim() === '' &&
      refusal('answer.without-what-changed', 'What was adopted shows where it changed something.', commissioner('changed', by)),
    refuseDeadLinks(agreement, response, by),
    refuseNoDay(response, today, by),
  ];
}

/** An answer stands, but for what was deferred; one that was opened again is answered by someone else, and put off no more. `everyId`: of whoever answers. */
export function refuseSecondAnswer(answering: Answering, response: Outcome, everyId: readonly string[], by: string): (Refusal | false)[] {
  const { response: before, answeredBy } = answering;
  if (before === null) return [];
  if (waits(answering)) {
    return [
      answeredBy !== null &&
        everyId.includes(answeredBy) &&
        refusal('answer.by-the-same-person', 'What was rated low is answered again by someone else.', commissioner('someone else', by)),
      response.outcome === 'deferred' && refusal('answer.reopened-put-off', 'What was rated low is answered within 15 working days, and not put off.', commissioner('an answer', by)),
    ];
  }
  return [
    before.outcome !== 'deferred' && alreadySo(`it is answered: ${before.outcome}`),
    before.outcome === 'deferred' && response.outcome === 'deferred' && alreadySo('it is deferred'),
  ];
}

/** A second answer is rated anew: what was said of the first one does not stand against it. */
export function answered<R extends Outcome>(agreement: Agreement, { response, on, again }: Answered<R>, by: string, { ratings }: Answering): Pick<Answering, 'answeredBy' | 'answeredOn' | 'pointsTo' | 'again' | 'ratings'> & { readonly response: R } {
  const pointsTo = (adopts(response) ? (response.links ?? []) : []).map(({ to, which }) => ({ to, which, stood: standsAs[to](agreement, which) }));
  return { response, answeredBy: by, answeredOn: on, pointsTo, again, ratings: again ? [] : ratings };
}
