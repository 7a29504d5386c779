import { actorName } from '@concordat/access/core';
import type { Missing } from '@concordat/journal/core';
import { nextStage } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { carriedOut, withAnswered } from './activity.js';
import type { Agreement } from './agreement.js';
import { answeredWith, draw, type Drawn, drawn } from './answer-check.js';
import { answered, type Answered, type Answering, isDeferredNoMore, isLow, refuseAdoptedTooLate, refuseSecondAnswer, refuseThinAnswer, type Response, type Theme, themeOf, unanswered, waits } from './answering.js';
import { isVoice } from './began.js';
import { together } from './by-id.js';
import { alsoCarriedOn } from './carried-word.js';
import { type Contribution, contributionOf, contributionUnknown, inLedger, isForGates, saidFor, withContributions, withNewAnswer } from './contribution.js';
import { isOfChoosing } from './entry.js';
import { happened } from './event.js';
import { kept } from './kept.js';
import { isTypedForThem, refuseNotTheirs } from './own-word.js';
import { withoutProxy } from './confirmed.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { everyIdOf, isOneOf } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';

const lowest = 1;
const highest = 5;

type Named = { readonly theme: string; readonly title: string };
type Put = { readonly theme: string; readonly contributions: readonly string[] };
type Rated = { readonly answer: string; readonly participant: string; readonly rating: number };

export interface ThemeCommands {
  'create-theme': Named;
  /** A contribution may stand in several themes. In a theme that has an answer it has that answer. */
  'put-in-theme': Put;
  /** An answer stands. Only what was deferred is answered again, and what a contributor rated low: once, by someone else. */
  'answer-theme': { readonly theme: string; readonly response: Response };
  /** `answer`: the theme, or the contribution that has an answer of its own. The last rating of each person counts. */
  'rate-answer': Rated;
}

export interface ThemeEvents {
  'concordat.agreement.theme-created.v1': Named;
  'concordat.agreement.put-in-theme.v1': Put & Drawn;
  /** `again`: after a low rating, for the second and last time. */
  'concordat.agreement.theme-answered.v1': { readonly theme: string } & Answered<Response> & Drawn;
  /** `reopens`: the one time that a low rating opens this answer again; one that staff typed uses up nobody's own. `forThem`: typed by staff for whoever rates it. */
  'concordat.agreement.answer-rated.v1': Rated & { readonly reopens: boolean; readonly on: CivilDate; readonly forThem: boolean };
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

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

export const decide = {
  'create-theme': ({ agreement }, { theme, title }) =>
    unless([themeOf(agreement, theme) !== undefined && alreadySo('the theme is there'), (contributionOf(agreement, theme) !== undefined || isOfChoosing(agreement, theme)) && refusal('theme.id-taken', 'A theme has an id of its own, which nothing that was said, no KPI and no criterion has.', facilitator('theme', 'create-theme'))], () => [
      happened(agreement.id, 'concordat.agreement.theme-created.v1', { theme, title }),
    ]),

  'put-in-theme': (states, { theme: id, contributions }, context) => {
    const { agreement } = states;
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
        return [happened(agreement.id, 'concordat.agreement.put-in-theme.v1', { theme: id, contributions: added, sampled }), ...alsoCarriedOn(states, id, added)];
      },
    );
  },

  'answer-theme': (states, { theme: id, response }, context) => {
    const { agreement, persons } = states;
    const theme = themeOf(agreement, id);
    return unless(
      [
        theme === undefined && themeUnknown,
        ...(theme === undefined ? [] : refuseSecondAnswer(theme, response, everyIdOf(persons, actorName(context.actor)), 'answer-theme')),
        refuseAdoptedTooLate(states, response, 'answer-theme'),
        ...refuseThinAnswer(agreement, response, context.today, 'answer-theme'),
      ],
      () => {
        const sampled = draw(agreement, answeredWith(agreement, theme?.contributions ?? [], id), context);
        const again = theme !== undefined && theme.reopenedOn !== null;
        return [happened(agreement.id, 'concordat.agreement.theme-answered.v1', { theme: id, response, on: context.today, again, sampled })];
      },
    );
  },

  'rate-answer': (states, { answer: id, participant, rating }, context) => {
    const { agreement, persons } = states;
    const { today } = context;
    const found = answeringOf(agreement, id);
    const noRating =
      !(Number.isInteger(rating) && rating >= lowest && rating <= highest) &&
      refusal('rating.not-a-rating', `A rating is a whole number from ${lowest} to ${highest}.`, { what: 'rating', suppliedBy: 'participant', by: 'rate-answer' });
    if (found === undefined) return refuseUnknown(refusal('answer.unknown', 'The answer is one of this agreement.', commissioner(id, 'answer-theme')), [noRating]);
    const { answering, authors } = found;
    const { response, ratings, reopenedOn, reopenedForThem, answeredBy } = answering;
    const before = ratings.find((given) => given.participant === participant)?.rating;
    const forThem = isTypedForThem(states, context);
    return unless(
      [
        response === null && refusal('answer.not-given', 'What is rated has been answered.', commissioner(id, 'answer-theme')),
        !authors().includes(participant) &&
          refusal('rating.not-theirs', 'Those rate an answer to whom it was given.', facilitator('what they said', 'put-in-theme')),
        noRating,
        forThem && isOneOf(persons, context.actor, [answeredBy]) &&
          refusal('rating.own-answer', 'Whoever gave an answer rates it for nobody.', { what: 'someone other than the one who answered', suppliedBy: 'facilitator', by: 'rate-answer' }, { what: 'their own rating', suppliedBy: 'participant', by: 'rate-answer' }),
        forThem && before !== undefined && rating > before &&
          refuseNotTheirs('rating.not-their-word', `They rated it ${before}; more is their own word, or that of whoever speaks for them.`, 'rating', 'rate-answer'),
        ratings.some((given) => given.participant === participant && given.rating === rating && (forThem || !given.forThem)) && alreadySo('this is their rating'),
      ],
      () => {
        const reopens = isLow(rating) && (reopenedOn === null || (reopenedForThem && !forThem && !waits(answering)));
        return [happened(agreement.id, 'concordat.agreement.answer-rated.v1', { answer: id, participant, rating, reopens, on: today, forThem })];
      },
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
    return said === undefined || !isVoice(agreement, said) ? [] : [said.activity];
  });

function rated({ ratings, reopenedOn, reopenedForThem, again }: Answering, { participant, rating, reopens, on, forThem }: ThemeEvents['concordat.agreement.answer-rated.v1']) {
  const before = ratings.find((given) => given.participant === participant);
  return {
    ratings: [...ratings.filter((given) => given !== before), { participant, rating, forThem: forThem && (before?.forThem ?? true) }],
    reopenedOn: reopens ? on : reopenedOn,
    reopenedForThem: reopens ? forThem : reopenedForThem && (forThem || !isLow(rating)),
    again: again && !reopens,
  };
}

export const evolve = {
  'concordat.agreement.theme-created.v1': (agreement, { data: { theme: id, title }, meta }) =>
    inLedger(carriedOut(agreement, meta.actor), { themes: [...agreement.contributions.themes, { ...unanswered, id, title, contributions: [] }] }),
  'concordat.agreement.put-in-theme.v1': (before, { data: { theme: id, contributions: added, sampled }, meta }) => {
    const agreement = carriedOut(before, meta.actor);
    const placed = withContributions(
      withTheme(agreement, id, ({ contributions }) => ({ contributions: [...contributions, ...added] })),
      added,
      ({ themes }) => ({ themes: [...themes, id], unreadSince: null }),
    );
    const isThere = (themeOf(agreement, id)?.response ?? null) !== null;
    return drawn(isThere ? withAnswered(withNewAnswer(placed, added), activitiesOf(placed, added)) : placed, sampled);
  },
  'concordat.agreement.theme-answered.v1': (before, { data, meta }) => {
    const agreement = carriedOut(before, meta.actor);
    const held = themeOf(agreement, data.theme)?.contributions ?? [];
    const there = withNewAnswer(withTheme(agreement, data.theme, (theme) => answered(agreement, data, meta.actor, theme)), held);
    return drawn(withAnswered(there, activitiesOf(agreement, held)), data.sampled);
  },
  'concordat.agreement.answer-rated.v1': (agreement, { data }) =>
    themeOf(agreement, data.answer) === undefined
      ? withContributions(agreement, [data.answer], ({ own }) => (own === null ? {} : { own: { ...own, ...rated(own, data) } }))
      : withoutProxy(withTheme(agreement, data.answer, (theme) => rated(theme, data)), data.answer, data.participant),
} satisfies { [T in keyof ThemeEvents]: Evolve<T> };

/** In a theme, or with an answer of its own. */
const isPlaced = ({ themes, own }: Contribution): boolean => themes.length > 0 || own !== null;
/** The theme that it does not stand in yet; where one person takes it for praise, a second one who does. */
const placeAwaited = ({ id, kind }: Contribution): Missing => (kind === 'compliment' ? { what: id, suppliedBy: 'someone else', by: 'triage-contribution' } : facilitator(id, 'put-in-theme'));

/** Where things said are to be answered: the themes they stand in, each once, and which of them have an answer of their own; of what has no place, what it waits for. */
const placesOf = (said: readonly Contribution[]) => ({
  themes: [...new Set(said.flatMap(({ themes }) => themes))],
  alone: said.filter(({ own }) => own !== null),
  placesAwaited: said.filter((one) => !isPlaced(one)).map(placeAwaited),
});
type Places = ReturnType<typeof placesOf>;

const placesForGates = kept((said: readonly Contribution[]) => placesOf(said.filter(isForGates)));

const whoElse = (answering: Answering) => (answering.answeredBy === null || !waits(answering) ? '' : ', by someone else');

/** What is waited for in these places, each once: the answers of their themes, answers of their own, and a place. */
function awaitedIn({ contributions }: Agreement, places: readonly Places[], isOpen: (answering: Answering) => boolean): readonly Missing[] {
  const open = new Map(contributions.themes.filter(isOpen).map((theme) => [theme.id, theme]));
  const themes: Theme[] = [];
  for (const one of open.size === 0 ? [] : places) {
    for (const id of one.themes) {
      const theme = open.get(id);
      if (theme !== undefined && open.delete(id)) themes.push(theme);
    }
  }
  return together([
    themes.map((theme) => commissioner(`${theme.id}${whoElse(theme)}`, 'answer-theme')),
    ...places.map(({ alone }) => alone.flatMap(({ id, own }) => (own !== null && isOpen(own) ? commissioner(`${id}${whoElse(own)}`, 'answer-contribution') : []))),
    ...places.map(({ placesAwaited }) => placesAwaited),
  ]);
}

/** What these wait for, each once: an answer where they have a place, or a place. */
export function whatTheyWaitFor(agreement: Agreement, said: readonly Contribution[]): readonly Missing[] {
  return awaitedIn(agreement, [placesOf(said)], waits);
}

export const conditions = {
  // Everyone who contributed to these stages has an answer, through the themes their contributions stand in: one that defers counts until its day, and at no last gate.
  'involvement.themes-answered': (agreement, { stages }, { today, pathway }) => {
    const isLastStage = nextStage(pathway, agreement.stage) === undefined;
    const places = saidFor(agreement, stages).map((said) => placesForGates(said));
    return awaitedIn(agreement, places, (answering) => waits(answering) || isDeferredNoMore(answering, today, isLastStage));
  },
} satisfies Partial<Conditions>;
