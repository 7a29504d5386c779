import type { Missing } from '@concordat/journal/core';
import type { CivilDate, Sealed } from '@concordat/platform/core';
import { activityOf, activityUnknown } from './activity.js';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** What is done with what people said. Whoever adopts says what changed, so that people can go and look. */
export type Response =
  | { readonly outcome: 'adopted' | 'adopted-in-part'; readonly reasons: string; readonly changed: string }
  | { readonly outcome: 'not-adopted' | 'deferred' | 'out-of-scope'; readonly reasons: string };

/** How word came back to people: to them, to everyone, not wished for, or there was no way to reach them. */
export const feedbackOutcomes = ['delivered', 'published', 'declined', 'undeliverable'] as const;
export type FeedbackOutcome = (typeof feedbackOutcomes)[number];

type Given = {
  readonly contribution: string;
  readonly activity: string;
  readonly author: string;
  readonly text: Sealed;
  readonly givenOn: CivilDate;
};
type Named = { readonly theme: string; readonly title: string };
type Put = { readonly theme: string; readonly contributions: readonly string[] };
type Answer = { readonly theme: string; readonly response: Response };

export interface ContributionCommands {
  /** What someone said, sealed, under their pseudonym. `givenOn`: the day they said it, which may be before it is typed in. */
  'record-contribution': Given;
  'create-theme': Named;
  /** A contribution may stand in several themes. In a theme that has an answer it has that answer. */
  'put-in-theme': Put;
  /** An answer stands. Only what was deferred is answered again. */
  'answer-theme': Answer;
  /** These people were told what was done with all they said that has an answer by now. */
  'record-feedback': { readonly participants: readonly string[]; readonly outcome: FeedbackOutcome };
}

export interface ContributionEvents {
  /** `late`: given after the activity closed. It is answered too, and no gate waits for it. */
  'concordat.agreement.contribution-recorded.v1': Given & { readonly stage: string; readonly late: boolean };
  'concordat.agreement.theme-created.v1': Named;
  'concordat.agreement.put-in-theme.v1': Put;
  'concordat.agreement.theme-answered.v1': Answer;
  'concordat.agreement.feedback-recorded.v1': { readonly contributions: readonly string[]; readonly outcome: FeedbackOutcome };
}

/** One thing said. The words stay in the event; `author` is a pseudonym. */
export interface Contribution {
  readonly id: string;
  readonly activity: string;
  readonly stage: string;
  readonly author: string;
  readonly givenOn: CivilDate;
  readonly late: boolean;
  readonly feedback: FeedbackOutcome | null;
}
export interface Theme {
  readonly id: string;
  readonly title: string;
  readonly contributions: readonly string[];
  readonly response: Response | null;
}

/** Both in the order they were recorded. */
export interface ContributionState {
  readonly contributions: readonly Contribution[];
  readonly themes: readonly Theme[];
}
export const initialContributions: ContributionState = { contributions: [], themes: [] };

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });
const facilitator = (what: string, by: string): Missing => ({ what, suppliedBy: 'facilitator', by });

const themeOf = ({ contributions }: Agreement, id: string): Theme | undefined => contributions.themes.find((theme) => theme.id === id);
const contributionOf = ({ contributions }: Agreement, id: string): Contribution | undefined =>
  contributions.contributions.find((contribution) => contribution.id === id);

const themesOf = ({ contributions }: Agreement, { id }: Contribution): readonly Theme[] =>
  contributions.themes.filter((theme) => theme.contributions.includes(id));

/** What was said has an answer when it stands in a theme and every theme it stands in is answered. */
export function isAnswered(agreement: Agreement, contribution: Contribution): boolean {
  const themes = themesOf(agreement, contribution);
  return themes.length > 0 && themes.every(({ response }) => response !== null);
}

const themeUnknown = refusal('theme.unknown', 'The theme is one of this agreement.', facilitator('theme', 'create-theme'));

/** An answer that gives no reasons is none. */
function refuseThinAnswer(response: Response) {
  return [
    response.reasons.trim() === '' && refusal('answer.without-reasons', 'An answer gives its reasons.', commissioner('reasons', 'answer-theme')),
    'changed' in response &&
      response.changed.trim() === '' &&
      refusal('answer.without-what-changed', 'What was adopted shows where it changed something.', commissioner('changed', 'answer-theme')),
  ];
}

export const decide = {
  'record-contribution': ({ agreement }, { contribution, activity: id, author, text, givenOn }, { today }) => {
    const activity = activityOf(agreement, id);
    return unless(
      [
        contributionOf(agreement, contribution) !== undefined && alreadySo('the contribution is recorded'),
        activity === undefined && activityUnknown,
        givenOn > today &&
          refusal(
            'contribution.not-yet',
            'What is recorded has been said.',
            { what: givenOn, suppliedBy: 'time', by: 'record-contribution' },
          ),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.contribution-recorded.v1', {
          contribution,
          activity: id,
          author,
          text,
          givenOn,
          stage: activity?.stage ?? agreement.stage,
          late: activity !== undefined && givenOn > activity.closesOn,
        }),
      ],
    );
  },

  'create-theme': ({ agreement }, { theme, title }) =>
    unless([themeOf(agreement, theme) !== undefined && alreadySo('the theme is there')], () => [
      happened(agreement.id, 'concordat.agreement.theme-created.v1', { theme, title }),
    ]),

  'put-in-theme': ({ agreement }, { theme: id, contributions }) => {
    const theme = themeOf(agreement, id);
    const unknown = contributions.filter((contribution) => contributionOf(agreement, contribution) === undefined);
    const added = [...new Set(contributions)].filter((contribution) => !theme?.contributions.includes(contribution));
    return unless(
      [
        theme === undefined && themeUnknown,
        unknown.length > 0 &&
          refusal(
            'contribution.unknown',
            'What stands in a theme was said on this agreement.',
            ...unknown.map((what) => facilitator(what, 'record-contribution')),
          ),
        added.length === 0 && alreadySo('they stand in this theme'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.put-in-theme.v1', { theme: id, contributions: added })],
    );
  },

  'answer-theme': ({ agreement }, { theme: id, response }) => {
    const theme = themeOf(agreement, id);
    const answer = theme?.response ?? null;
    return unless(
      [
        theme === undefined && themeUnknown,
        answer !== null && answer.outcome !== 'deferred' && alreadySo(`the theme is answered: ${answer.outcome}`),
        answer?.outcome === 'deferred' && response.outcome === 'deferred' && alreadySo('the theme is deferred'),
        ...refuseThinAnswer(response),
      ],
      () => [happened(agreement.id, 'concordat.agreement.theme-answered.v1', { theme: id, response })],
    );
  },

  'record-feedback': ({ agreement }, { participants, outcome }) => {
    const said = agreement.contributions.contributions.filter(({ author }) => participants.includes(author));
    const untold = said.filter(({ feedback }) => feedback === null);
    const silent = participants.filter((participant) => !said.some(({ author }) => author === participant));
    // Only the wish not to hear needs no answer before it.
    const told = untold.filter((contribution) => outcome === 'declined' || isAnswered(agreement, contribution));
    return unless(
      [
        silent.length > 0 &&
          refusal(
            'feedback.nothing-said',
            'Feedback goes to those who said something.',
            ...silent.map((what) => facilitator(what, 'record-contribution')),
          ),
        silent.length === 0 && untold.length === 0 && alreadySo('they were told'),
        untold.length > 0 &&
          told.length === 0 &&
          refusal(
            'feedback.nothing-answered',
            'People are told what was done with what they said.',
            ...untold.flatMap((waiting) => whatItWaitsFor(agreement, waiting)),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.feedback-recorded.v1', { contributions: told.map(({ id }) => id), outcome })],
    );
  },
} satisfies { [C in keyof ContributionCommands]: Decide<C> };

function inState(agreement: Agreement, change: Partial<ContributionState>): Agreement {
  return { ...agreement, contributions: { ...agreement.contributions, ...change } };
}
function withTheme(agreement: Agreement, id: string, change: (theme: Theme) => Partial<Theme>): Agreement {
  return inState(agreement, { themes: agreement.contributions.themes.map((theme) => (theme.id === id ? { ...theme, ...change(theme) } : theme)) });
}

export const evolve = {
  'concordat.agreement.contribution-recorded.v1': (agreement, { data: { contribution: id, activity, stage, author, givenOn, late } }) =>
    inState(agreement, {
      contributions: [...agreement.contributions.contributions, { id, activity, stage, author, givenOn, late, feedback: null }],
    }),
  'concordat.agreement.theme-created.v1': (agreement, { data: { theme: id, title } }) =>
    inState(agreement, { themes: [...agreement.contributions.themes, { id, title, contributions: [], response: null }] }),
  'concordat.agreement.put-in-theme.v1': (agreement, { data }) =>
    withTheme(agreement, data.theme, ({ contributions }) => ({ contributions: [...contributions, ...data.contributions] })),
  'concordat.agreement.theme-answered.v1': (agreement, { data: { theme, response } }) => withTheme(agreement, theme, () => ({ response })),
  'concordat.agreement.feedback-recorded.v1': (agreement, { data: { contributions, outcome } }) =>
    inState(agreement, {
      contributions: agreement.contributions.contributions.map((said) => (contributions.includes(said.id) ? { ...said, feedback: outcome } : said)),
    }),
} satisfies { [T in keyof ContributionEvents]: Evolve<T> };

/** What was said for these stages in time: what a gate waits for. */
function saidFor(agreement: Agreement, stages: readonly string[]): readonly Contribution[] {
  return agreement.contributions.contributions.filter(({ stage, late }) => stages.includes(stage) && !late);
}

/** The theme it does not stand in yet, or those of its themes that nobody answered. */
function whatItWaitsFor(agreement: Agreement, contribution: Contribution): readonly Missing[] {
  const themes = themesOf(agreement, contribution);
  if (themes.length === 0) return [facilitator(contribution.id, 'put-in-theme')];
  return themes.filter(({ response }) => response === null).map(({ id }) => commissioner(id, 'answer-theme'));
}

const once = (missing: readonly Missing[]): readonly Missing[] =>
  missing.filter(({ what, by }, at) => missing.findIndex((other) => other.what === what && other.by === by) === at);

/** Everyone who contributed to these stages has an answer, through the themes their contributions stand in. */
function everythingSaidIsAnswered(agreement: Agreement, stages: readonly string[]): readonly Missing[] {
  return once(saidFor(agreement, stages).flatMap((contribution) => whatItWaitsFor(agreement, contribution)));
}

/** Everyone who contributed to these stages was told what came of it, or does not wish to hear, or cannot be reached. */
function everyoneWasTold(agreement: Agreement, stages: readonly string[]): readonly Missing[] {
  return once(
    saidFor(agreement, stages)
      .filter(({ feedback }) => feedback === null)
      .map(({ author }) => facilitator(author, 'record-feedback')),
  );
}

export const conditions = {
  'involvement.themes-answered': (agreement, { stages }) => everythingSaidIsAnswered(agreement, stages),
  'involvement.feedback-delivered': (agreement, { stages }) => everyoneWasTold(agreement, stages),
} satisfies Partial<Conditions>;
