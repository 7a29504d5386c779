import { actorName } from '@concordat/access/core';
import { type Missing, type Refusal, refuse } from '@concordat/journal/core';
import type { FactName } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { withAnswered } from './activity.js';
import type { Agreement } from './agreement.js';
import { asksForAnswer, type Contribution, contributionOf, contributionUnknown, everythingSaid, inLedger, withContributions } from './contribution.js';
import { happened } from './event.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import type { Reversal } from './reversal.js';
import { everyIdOf } from './separation.js';
import type { Conditions, Context, Decide, Evolve } from './topic.js';

/** Where one can see what an answer changed: facts and risks are on record here, documents are kept elsewhere. */
export const changePlaces = ['fact', 'risk', 'document'] as const;
/** `which`: the name of a fact, the id of a risk, the reference of a document. */
export type Change = { readonly to: (typeof changePlaces)[number]; readonly which: string };

/** What is done with what people said. Whoever adopts says what changed, and where people can go and look. */
export type Response =
  | { readonly outcome: 'adopted' | 'adopted-in-part'; readonly reasons: string; readonly changed: string; readonly links?: readonly Change[] | undefined }
  | { readonly outcome: 'not-adopted' | 'deferred' | 'out-of-scope'; readonly reasons: string };

/** From 1, not at all, to 5, fully: how well an answer answers. A low one opens it once again. */
export type Rating = 1 | 2 | 3 | 4 | 5;
const lowest = 1;
const highest = 5;
const atMostLow = 2;

type Named = { readonly theme: string; readonly title: string };
type Put = { readonly theme: string; readonly contributions: readonly string[] };
type Answered = { readonly response: Response; readonly on: CivilDate; readonly again: boolean };
type Rated = { readonly answer: string; readonly participant: string; readonly rating: number };
/** `sampled`: drawn for a second person to check whether the answer fits what they said. */
type Drawn = { readonly sampled: readonly string[] };

export interface ThemeCommands {
  'create-theme': Named;
  /** A contribution may stand in several themes. In a theme that has an answer it has that answer. */
  'put-in-theme': Put;
  /** An answer stands. Only what was deferred is answered again, and what a contributor rated low: once, by someone else. */
  'answer-theme': { readonly theme: string; readonly response: Response };
  /** Anyone may ask for an answer of their own. */
  'ask-for-own-answer': { readonly contribution: string; readonly author: string };
  /** To what came late, or to someone who asked for it. */
  'answer-contribution': { readonly contribution: string; readonly response: Response };
  /** `answer`: the theme, or the contribution that has an answer of its own. The last rating of each person counts. */
  'rate-answer': Rated;
  /** By a second person: does the answer fit what this person said? Where it does not, they are answered themselves. */
  'check-answer': { readonly contribution: string; readonly finding: 'fits' | 'does-not-fit' };
}

export interface ThemeEvents {
  'concordat.agreement.theme-created.v1': Named;
  'concordat.agreement.put-in-theme.v1': Put & Drawn;
  /** `again`: after a low rating, for the second and last time. */
  'concordat.agreement.theme-answered.v1': { readonly theme: string } & Answered & Drawn;
  'concordat.agreement.own-answer-asked.v1': { readonly contribution: string; readonly on: CivilDate };
  'concordat.agreement.contribution-answered.v1': { readonly contribution: string } & Answered;
  /** `reopens`: the one time that a low rating opens this answer again. */
  'concordat.agreement.answer-rated.v1': Rated & { readonly reopens: boolean; readonly on: CivilDate };
  'concordat.agreement.answer-checked.v1': { readonly contribution: string; readonly finding: 'fits' | 'does-not-fit'; readonly on: CivilDate };
}

/** A question and how far its answer is. */
interface Answering {
  readonly response: Response | null;
  readonly answeredBy: string | null;
  readonly answeredOn: CivilDate | null;
  /** Of the answer that stands. */
  readonly ratings: readonly { readonly participant: string; readonly rating: number }[];
  readonly reopenedOn: CivilDate | null;
  /** Answered for the second time: a low rating opens it no more. */
  readonly again: boolean;
}
export interface Theme extends Answering {
  readonly id: string;
  readonly title: string;
  readonly contributions: readonly string[];
  readonly reversed: Reversal | null;
  /** Another agreement that carries on what it changed. */
  readonly goesOnIn: string | null;
}
export interface OwnAnswer extends Answering {
  /** `null` for what came late and was answered without being asked for it. */
  readonly askedOn: CivilDate | null;
}

const unanswered: Answering = { response: null, answeredBy: null, answeredOn: null, ratings: [], reopenedOn: null, again: false };

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

export const themeOf = ({ contributions }: Agreement, id: string): Theme | undefined => contributions.themes.find((theme) => theme.id === id);

/** Has it no answer, or was it opened again? */
export function waits({ response, reopenedOn, again }: Answering): boolean {
  return response === null || (reopenedOn !== null && !again);
}

/** How an answer stands: the second one does, even where whoever asked is not satisfied. */
export function answerStands(answering: Answering): 'unanswered' | 'reopened' | 'answered' | 'answered-contributor-not-satisfied' {
  if (answering.response === null) return 'unanswered';
  if (waits(answering)) return 'reopened';
  return answering.again && answering.ratings.some(({ rating }) => rating <= atMostLow) ? 'answered-contributor-not-satisfied' : 'answered';
}

/** What was said has an answer when all the themes it stands in are answered, and their author too who asked for one. */
export function isAnswered(agreement: Agreement, { themes, own }: Contribution): boolean {
  if (own !== null && waits(own)) return false;
  return (own !== null || themes.length > 0) && !themes.some((id) => waits(themeOf(agreement, id) ?? unanswered));
}

/** The question behind an id: a theme, or a contribution that has an answer of its own. With whoever may rate the answer. */
function answeringOf(agreement: Agreement, id: string): { readonly answering: Answering; readonly authors: () => readonly (string | undefined)[] } | undefined {
  const theme = themeOf(agreement, id);
  if (theme !== undefined) return { answering: theme, authors: () => theme.contributions.map((one) => contributionOf(agreement, one)?.author) };
  const contribution = contributionOf(agreement, id);
  if (contribution === undefined || contribution.own === null) return undefined;
  return { answering: contribution.own, authors: () => [contribution.author] };
}

/** The refusal for a theme that nobody began. */
export const themeUnknown = refusal('theme.unknown', 'The theme is one of this agreement.', facilitator('theme', 'create-theme'));

const isThere: { readonly [P in Change['to']]: (agreement: Agreement, which: string) => boolean } = {
  fact: ({ facts }, which) => facts[which as FactName] !== undefined,
  risk: ({ risk }, which) => risk.some(({ id }) => id === which),
  document: () => true,
};

/** An answer that gives no reasons is none, and one that changed something shows where. */
function refuseThinAnswer(agreement: Agreement, response: Response, by: string): (Refusal | false)[] {
  const links = 'changed' in response ? (response.links ?? []) : [];
  const dead = links.filter((link) => !isThere[link.to](agreement, link.which)).map(({ which }) => which);
  return [
    response.reasons.trim() === '' && refusal('answer.without-reasons', 'An answer gives its reasons.', commissioner('reasons', by)),
    'changed' in response &&
      response.changed.trim() === '' &&
      refusal('answer.without-what-changed', 'What was adopted shows where it changed something.', commissioner('changed', by)),
    dead.length > 0 &&
      refusal('answer.dead-link', 'What an answer points to is on record.', ...dead.map((what) => commissioner(what, by))),
  ];
}

/** An answer stands, but for what was deferred; one that was opened again is answered by someone else. `everyId`: of whoever answers. */
function refuseSecondAnswer(answering: Answering, response: Response, everyId: readonly string[], by: string): (Refusal | false)[] {
  const { response: before, answeredBy } = answering;
  if (before === null) return [];
  if (waits(answering)) {
    return [
      answeredBy !== null &&
        everyId.includes(answeredBy) &&
        refusal('answer.by-the-same-person', 'What was rated low is answered again by someone else.', commissioner('someone else', by)),
    ];
  }
  return [
    before.outcome !== 'deferred' && alreadySo(`it is answered: ${before.outcome}`),
    before.outcome === 'deferred' && response.outcome === 'deferred' && alreadySo('it is deferred'),
  ];
}

/** One in ten, rounded up. */
const oneIn = 10;

/**
 * Which of those who are answered now a second person checks, so that one in ten of all who are answered is checked. Those
 * are drawn whose hash is lowest: nobody picks them, and whoever draws again draws the same.
 */
function draw(agreement: Agreement, now: readonly Contribution[], { sha256 }: Context): readonly string[] {
  const before = everythingSaid(agreement);
  const drawn = before.filter(({ checked }) => checked !== 'not-drawn').length;
  const answered = before.filter((contribution) => isAnswered(agreement, contribution)).length + now.length;
  const more = Math.ceil(answered / oneIn) - drawn;
  if (more <= 0) return [];
  return now
    .filter(({ checked }) => checked === 'not-drawn')
    .map(({ id }) => ({ id, lot: sha256(`${agreement.id}/${id}`) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .slice(0, more)
    .map(({ id }) => id);
}

/** Those of these who have an answer from the moment this theme has one. */
function answeredWith(agreement: Agreement, ids: readonly string[], theme: string): readonly Contribution[] {
  const isNow = ({ themes, own }: Contribution) =>
    !(own !== null && waits(own)) && themes.every((id) => id === theme || !waits(themeOf(agreement, id) ?? unanswered));
  return ids
    .map((id) => contributionOf(agreement, id))
    .filter((said) => said !== undefined)
    .filter((said) => !isAnswered(agreement, said) && isNow(said));
}

export const decide = {
  'create-theme': ({ agreement }, { theme, title }) =>
    unless([themeOf(agreement, theme) !== undefined && alreadySo('the theme is there')], () => [
      happened(agreement.id, 'concordat.agreement.theme-created.v1', { theme, title }),
    ]),

  'put-in-theme': ({ agreement }, { theme: id, contributions }, context) => {
    const theme = themeOf(agreement, id);
    const unknown = contributions.filter((contribution) => contributionOf(agreement, contribution) === undefined);
    const held = new Set(theme?.contributions);
    const added = [...new Set(contributions)].filter((contribution) => !held.has(contribution));
    return unless(
      [
        theme === undefined && themeUnknown,
        unknown.length > 0 && contributionUnknown(...unknown),
        added.length === 0 && alreadySo('they stand in this theme'),
      ],
      () => {
        const sampled = theme === undefined || waits(theme) ? [] : draw(agreement, answeredWith(agreement, added, id), context);
        return [happened(agreement.id, 'concordat.agreement.put-in-theme.v1', { theme: id, contributions: added, sampled })];
      },
    );
  },

  'answer-theme': ({ agreement, persons }, { theme: id, response }, context) => {
    const theme = themeOf(agreement, id);
    return unless(
      [
        theme === undefined && themeUnknown,
        ...(theme === undefined ? [] : refuseSecondAnswer(theme, response, everyIdOf(persons, actorName(context.actor)), 'answer-theme')),
        ...refuseThinAnswer(agreement, response, 'answer-theme'),
      ],
      () => {
        const sampled = draw(agreement, answeredWith(agreement, theme?.contributions ?? [], id), context);
        const again = theme !== undefined && theme.reopenedOn !== null;
        return [happened(agreement.id, 'concordat.agreement.theme-answered.v1', { theme: id, response, on: context.today, again, sampled })];
      },
    );
  },

  'ask-for-own-answer': ({ agreement }, { contribution: id, author }, { today }) => {
    const contribution = contributionOf(agreement, id);
    if (contribution?.author !== author) return refuse(contributionUnknown(id));
    return unless([contribution.own !== null && alreadySo('an answer of their own is asked for')], () => [
      happened(agreement.id, 'concordat.agreement.own-answer-asked.v1', { contribution: id, on: today }),
    ]);
  },

  'answer-contribution': ({ agreement, persons }, { contribution: id, response }, context) => {
    const contribution = contributionOf(agreement, id);
    const thin = refuseThinAnswer(agreement, response, 'answer-contribution');
    if (contribution === undefined) return refuseUnknown(contributionUnknown(id), thin);
    const { own, late } = contribution;
    return unless(
      [
        own === null &&
          !late &&
          refusal('answer.not-asked-for', 'What was said in time is answered through its themes, unless its author asks for more.', {
            what: 'that its author asks for an answer of their own',
            suppliedBy: 'participant',
            by: 'ask-for-own-answer',
          }),
        ...(own === null ? [] : refuseSecondAnswer(own, response, everyIdOf(persons, actorName(context.actor)), 'answer-contribution')),
        ...thin,
      ],
      () => {
        const again = own !== null && own.reopenedOn !== null;
        return [happened(agreement.id, 'concordat.agreement.contribution-answered.v1', { contribution: id, response, on: context.today, again })];
      },
    );
  },

  'rate-answer': ({ agreement }, { answer: id, participant, rating }, { today }) => {
    const found = answeringOf(agreement, id);
    const noRating =
      !(Number.isInteger(rating) && rating >= lowest && rating <= highest) &&
      refusal('rating.not-a-rating', `A rating is a whole number from ${lowest} to ${highest}.`, { what: 'rating', suppliedBy: 'participant', by: 'rate-answer' });
    if (found === undefined) return refuseUnknown(refusal('answer.unknown', 'The answer is one of this agreement.', commissioner(id, 'answer-theme')), [noRating]);
    const { answering, authors } = found;
    const { response, ratings, reopenedOn } = answering;
    return unless(
      [
        response === null && refusal('answer.not-given', 'What is rated has been answered.', commissioner(id, 'answer-theme')),
        !authors().includes(participant) &&
          refusal('rating.not-theirs', 'Those rate an answer to whom it was given.', facilitator('what they said', 'put-in-theme')),
        noRating,
        ratings.some((given) => given.participant === participant && given.rating === rating) && alreadySo('this is their rating'),
      ],
      () => {
        const reopens = rating <= atMostLow && reopenedOn === null;
        return [happened(agreement.id, 'concordat.agreement.answer-rated.v1', { answer: id, participant, rating, reopens, on: today })];
      },
    );
  },

  'check-answer': ({ agreement, persons }, { contribution: id, finding }, { actor, today }) => {
    const contribution = contributionOf(agreement, id);
    if (contribution === undefined) return refuse(contributionUnknown(id));
    const { checked, themes, own } = contribution;
    const everyId = everyIdOf(persons, actorName(actor));
    const answeredBy = [own?.answeredBy, ...themes.map((theme) => themeOf(agreement, theme)?.answeredBy)];
    return unless(
      [
        checked === 'not-drawn' && refusal('answer.not-drawn', 'A second person checks the answers that were drawn.', facilitator('a drawn one', 'check-answer')),
        checked !== 'not-drawn' && checked !== 'due' && alreadySo(`it is checked: ${checked}`),
        answeredBy.some((by) => typeof by === 'string' && everyId.includes(by)) &&
          refusal('answer.own-work', 'A second person checks it.', commissioner('someone other than the one who answered', 'check-answer')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.answer-checked.v1', { contribution: id, finding, on: today })],
    );
  },
} satisfies { [C in keyof ThemeCommands]: Decide<C> };

function withTheme(agreement: Agreement, id: string, change: (theme: Theme) => Partial<Theme>): Agreement {
  const themes = agreement.contributions.themes.map((theme) => (theme.id === id ? { ...theme, ...change(theme) } : theme));
  return inLedger(agreement, { themes });
}

const activitiesOf = (agreement: Agreement, ids: readonly string[]): readonly string[] =>
  ids.flatMap((id) => {
    const said = contributionOf(agreement, id);
    return said === undefined || said.late ? [] : [said.activity];
  });

/** A second answer is rated anew: what was said of the first one does not stand against it. */
function answered({ response, on, again }: Answered, by: string, { ratings }: Answering): Partial<Theme & OwnAnswer> {
  return { response, answeredBy: by, answeredOn: on, again, ratings: again ? [] : ratings };
}

function rated({ ratings, reopenedOn }: Answering, { participant, rating, reopens, on }: ThemeEvents['concordat.agreement.answer-rated.v1']) {
  return { ratings: [...ratings.filter((given) => given.participant !== participant), { participant, rating }], reopenedOn: reopens ? on : reopenedOn };
}

const asked = (askedOn: CivilDate | null): OwnAnswer => ({ ...unanswered, askedOn });
const drawn = (agreement: Agreement, ids: readonly string[]) => withContributions(agreement, ids, () => ({ checked: 'due' }));

export const evolve = {
  'concordat.agreement.theme-created.v1': (agreement, { data: { theme: id, title } }) =>
    inLedger(agreement, { themes: [...agreement.contributions.themes, { ...unanswered, id, title, contributions: [], reversed: null, goesOnIn: null }] }),
  'concordat.agreement.put-in-theme.v1': (agreement, { data: { theme: id, contributions: added, sampled } }) => {
    const placed = withContributions(
      withTheme(agreement, id, ({ contributions }) => ({ contributions: [...contributions, ...added] })),
      added,
      ({ themes }) => ({ themes: [...themes, id], unreadSince: null }),
    );
    const isThere = (themeOf(agreement, id)?.response ?? null) !== null;
    return drawn(isThere ? withAnswered(placed, activitiesOf(placed, added)) : placed, sampled);
  },
  'concordat.agreement.theme-answered.v1': (agreement, { data, meta }) => {
    const held = themeOf(agreement, data.theme)?.contributions ?? [];
    const there = withTheme(agreement, data.theme, (theme) => answered(data, meta.actor, theme));
    return drawn(withAnswered(there, activitiesOf(agreement, held)), data.sampled);
  },
  'concordat.agreement.own-answer-asked.v1': (agreement, { data: { contribution, on } }) =>
    withContributions(agreement, [contribution], () => ({ own: asked(on) })),
  'concordat.agreement.contribution-answered.v1': (agreement, { data, meta }) =>
    withContributions(agreement, [data.contribution], ({ own }) => {
      const before = own ?? asked(null);
      return { unreadSince: null, own: { ...before, ...answered(data, meta.actor, before) } };
    }),
  'concordat.agreement.answer-rated.v1': (agreement, { data }) =>
    themeOf(agreement, data.answer) === undefined
      ? withContributions(agreement, [data.answer], ({ own }) => (own === null ? {} : { own: { ...own, ...rated(own, data) } }))
      : withTheme(agreement, data.answer, (theme) => rated(theme, data)),
  'concordat.agreement.answer-checked.v1': (agreement, { data: { contribution, finding, on } }) =>
    withContributions(agreement, [contribution], ({ own }) => ({ checked: finding, own: finding === 'does-not-fit' ? (own ?? asked(on)) : own })),
} satisfies { [T in keyof ThemeEvents]: Evolve<T> };

/** What was said for these stages in time and asks for an answer: what a gate waits for. */
export function saidFor(agreement: Agreement, stages: readonly string[]): readonly Contribution[] {
  return everythingSaid(agreement).filter((said) => stages.includes(said.stage) && !said.late && asksForAnswer(said));
}

const whoElse = ({ answeredBy }: Answering) => (answeredBy === null ? '' : ', by someone else');

/** The theme it does not stand in yet, those of its themes that nobody answered, and the answer its author asked for. */
export function whatItWaitsFor(agreement: Agreement, { id, themes, own }: Contribution): readonly Missing[] {
  const ofTheirOwn = own !== null && waits(own) ? [commissioner(`${id}${whoElse(own)}`, 'answer-contribution')] : [];
  if (themes.length === 0 && own === null) return [facilitator(id, 'put-in-theme')];
  const open = themes.map((theme) => themeOf(agreement, theme)).filter((theme) => theme !== undefined && waits(theme));
  return [...open.map((theme) => commissioner(`${theme!.id}${whoElse(theme!)}`, 'answer-theme')), ...ofTheirOwn];
}

/** Each once, in the order in which they came. */
export function once(missing: readonly Missing[]): readonly Missing[] {
  return [...new Map(missing.map((one) => [`${one.what} ${one.by}`, one])).values()];
}

export const conditions = {
  // Everyone who contributed to these stages has an answer, through the themes their contributions stand in.
  'involvement.themes-answered': (agreement, { stages }) =>
    once(saidFor(agreement, stages).flatMap((contribution) => whatItWaitsFor(agreement, contribution))),

  'involvement.answers-checked': (agreement, { stages }) =>
    everythingSaid(agreement)
      .filter(({ stage, checked }) => checked === 'due' && stages.includes(stage))
      .map(({ id }) => commissioner(`${id}, by someone who did not answer it`, 'check-answer')),
} satisfies Partial<Conditions>;
