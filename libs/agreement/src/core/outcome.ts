import type { Missing, Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { activityOf, activityUnknown, refuseMoreThanTookPart } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { providerActing, refuseBefore, refuseWhose, whose } from './delivery-side.js';
import { happened } from './event.js';
import { fewestAnswers, type KpiUnit, refuseFigure } from './kpi.js';
import { providersOfAward } from './party.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

/** The two links of an outcome pathway: what is done changes something, and the change leads to what people value. */
export const outcomeSteps = ['activity-to-change', 'change-to-outcome'] as const;
export type OutcomeStep = (typeof outcomeSteps)[number];

type Named = { readonly outcome: string; readonly activity: string; readonly change: string; readonly title: string };
type Linked = {
  readonly link: string;
  readonly outcome: string;
  readonly step: OutcomeStep;
  readonly indicator: string;
  readonly unit: KpiUnit;
  /** Who holds the figures. */
  readonly holder: string;
  readonly baseline: number;
  readonly target: number;
  /** What it is held against, such as a place without the service or the years before it. */
  readonly comparison: string;
  /** The first day on which an effect can be seen: a preventive outcome is not late before it. */
  readonly visibleFrom: CivilDate;
};
type Measured = { readonly measurement: string; readonly link: string; readonly on: CivilDate; readonly value: number; readonly source: string };

/** Whose view of an outcome it is. */
export const viewers = ['users', 'provider', 'commissioner'] as const;
export type Viewer = (typeof viewers)[number];
/** The same three questions to all three. */
export const plainQuestions = {
  better: 'Is it getting better?',
  becauseOfThis: 'Is it because of this service?',
  worthIt: 'Is it worth what it asks of people?',
} as const;
export type PlainQuestion = keyof typeof plainQuestions;
export const plainAnswers = ['yes', 'partly', 'no', 'cannot-say'] as const;
export type PlainAnswer = (typeof plainAnswers)[number];
/** `people`: how many answered; of fewer than ten users it is something to talk about. */
type Viewed = { readonly outcome: string; readonly viewer: Viewer; readonly people: number; readonly on: CivilDate } & Readonly<Record<PlainQuestion, PlainAnswer>>;

/** Of the view of users alone: where they took part and were asked. Older events do not tell it. */
type AskedAt = { readonly activity?: string | undefined };

export interface OutcomeCommands {
  /** Activity → change → outcome, in words. The same `outcome` again names it anew, until something is told of it. */
  'name-outcome': Named;
  /** The same `link` again sets it anew; once it was measured only its holder changes, and no day that has come is put off. */
  'link-outcome': Linked;
  'record-measurement': Measured;
  /** A view of the provider is that of the one who tells it; written down by the organisation, of several that of the `provider` it names. */
  'answer-plain-questions': Viewed & { readonly provider?: string | undefined } & AskedAt;
}

export interface OutcomeEvents {
  'concordat.agreement.outcome-named.v1': Named;
  'concordat.agreement.outcome-linked.v1': Linked;
  'concordat.agreement.measurement-recorded.v1': Measured;
  /** `provider`: whose view it is, null of other viewers and where nobody was provider then; `theirOwn`: said by that provider itself. Older events tell neither. */
  'concordat.agreement.plain-questions-answered.v1': Viewed & { readonly provider?: string | null | undefined; readonly theirOwn?: boolean | undefined } & AskedAt;
}

export type OutcomeLink = Linked & { readonly measurements: readonly Omit<Measured, 'link'>[] };
export interface Outcome extends Named {
  readonly links: readonly OutcomeLink[];
  /** The last word of each, and of each provider. */
  readonly views: { readonly users?: View & { readonly activity: string | null }; readonly provider?: readonly ProviderView[]; readonly commissioner?: View };
}
type View = Omit<Viewed, 'outcome' | 'viewer'>;
/** `theirOwn`: the provider said it itself, and alone says another in its place. */
type ProviderView = View & { readonly provider: string | null; readonly theirOwn: boolean };
export type OutcomeState = readonly Outcome[];
export const initialOutcomes: OutcomeState = [];

/** How much of the way from its baseline to its target a figure of a link has gone: 0 at the baseline, 1 at the target, below 0 away from it. */
export const wayGone = ({ baseline, target }: Pick<OutcomeLink, 'baseline' | 'target'>, value: number): number => (value - baseline) / (target - baseline);

/** Where a link stands on a day. Before an effect can be seen it is never off course, whatever is measured. */
export type LinkStanding = 'not-to-be-seen-yet' | 'not-measured' | 'reached' | 'nearer' | 'off-course';

export function linkStands(link: OutcomeLink, today: CivilDate): LinkStanding {
  const { visibleFrom, measurements } = link;
  const last = measurements.at(-1);
  const gone = last === undefined ? 0 : wayGone(link, last.value);
  if (gone >= 1) return 'reached';
  if (today < visibleFrom) return 'not-to-be-seen-yet';
  if (last === undefined || last.on < visibleFrom) return 'not-measured';
  return gone > 0 ? 'nearer' : 'off-course';
}

/** One of the three questions, as the three answer it, and of several providers each. */
export interface Divergence {
  readonly question: PlainQuestion;
  readonly answers: { readonly users?: PlainAnswer; readonly provider?: readonly { readonly provider: string | null; readonly answer: PlainAnswer }[]; readonly commissioner?: PlainAnswer };
  readonly diverges: boolean;
}

/** One agreement, three views, one picture. `cannot-say` differs from nothing. */
export function divergences({ views: { users, provider, commissioner } }: Outcome): readonly Divergence[] {
  return (Object.keys(plainQuestions) as PlainQuestion[]).map((question) => {
    const answers = {
      ...(users && { users: users[question] }),
      ...(provider && { provider: provider.map((view) => ({ provider: view.provider, answer: view[question] })) }),
      ...(commissioner && { commissioner: commissioner[question] }),
    };
    const given = [users, ...(provider ?? []), commissioner].flatMap((view) => view?.[question] ?? []);
    return { question, answers, diverges: new Set(given.filter((answer) => answer !== 'cannot-say')).size > 1 };
  });
}

/** The last word of a provider; of one that is alone also what was told when nobody named whose it is. */
export function viewOfProvider({ award }: Agreement, { views: { provider: views = [] } }: Outcome, of: string | null): ProviderView | undefined {
  const unnamed = providersOfAward(award).length > 1 ? undefined : views.find(({ provider }) => provider === null);
  return views.find(({ provider }) => provider === of) ?? unnamed;
}

/** Whether so few users answered that it is something to talk about, and no picture. */
export const fewUsers = ({ views }: Outcome): boolean => views.users !== undefined && views.users.people < fewestAnswers;

/** Whether nobody who was asked is on record behind the view of users: older ones do not tell where they were, and what was voided was no meeting. */
export function usersUnconfirmed(agreement: Agreement, { views: { users } }: Outcome): boolean {
  return users !== undefined && (users.activity === null || activityOf(agreement, users.activity)?.voided !== false);
}

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });
export const outcomeOf = ({ outcomes }: Agreement, id: string): Outcome | undefined => outcomes.find(({ outcome }) => outcome === id);
/** Every outcome that is spoken of has a name here. */
export const outcomeKnown = (agreement: Agreement, id: string): Refusal | false =>
  outcomeOf(agreement, id) === undefined && refusal('outcome.unknown', 'The outcome is named in this agreement.', manager('outcome', 'name-outcome'));
const linkOf = ({ outcomes }: Agreement, id: string): OutcomeLink | undefined => outcomes.flatMap(({ links }) => links).find(({ link }) => link === id);

/** What a measurement is read against: rewritten after it, anything that goes wrong is on course. */
const readAgainst = ['step', 'indicator', 'baseline', 'target', 'comparison', 'visibleFrom'] as const satisfies readonly (keyof Linked)[];

/** What is read off it without a measurement, once its effect is to be seen: put off, it would never be late. */
const dueAgainst = ['baseline', 'visibleFrom'] as const satisfies readonly (keyof Linked)[];

/** Whether something is told of an outcome, so that other words would have it told of something else. */
const isTold = ({ value: { benefits, costs } }: Agreement, { outcome, links, views }: Outcome): boolean =>
  links.some(({ measurements }) => measurements.length > 0) || Object.keys(views).length > 0 ||
  benefits.some((benefit) => benefit.outcome === outcome && benefit.seen !== null) || costs.some((cost) => cost.outcome === outcome);

export const decide = {
  'name-outcome': ({ agreement }, { outcome, activity, change, title }) => {
    const known = outcomeOf(agreement, outcome);
    const same = known?.title === title && known.change === change && known.activity === activity;
    return unless(
      [
        same && alreadySo('the outcome is named like this'),
        known !== undefined && !same && isTold(agreement, known) &&
          refusal('outcome.name-stays', 'What was measured, answered, spent or observed is of the outcome as it was named; another outcome is named beside it.', manager('another outcome', 'name-outcome')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.outcome-named.v1', { outcome, activity, change, title })],
    );
  },

  'link-outcome': ({ agreement }, { name: _, agreement: __, ...linked }, { today }) => {
    const known = linkOf(agreement, linked.link);
    const { measurements = [], ...before } = known ?? {};
    const changed = <P extends keyof Linked>(parts: readonly P[]) => parts.filter((part) => known !== undefined && known[part] !== linked[part]).map((part) => manager(`${part}: ${known?.[part]}`, 'link-outcome'));
    const rewritten = measurements.length === 0 ? [] : changed(readAgainst);
    const putOff = measurements.length === 0 && known !== undefined && known.visibleFrom <= today ? changed(dueAgainst) : [];
    return unless(
      [
        canonical(before) === canonical(linked) && alreadySo('the link is set like this'),
        measurements.length > 0 && known?.unit !== linked.unit &&
          refusal('outcome.unit-stays', 'A link that was measured is counted as it was: its measurements mean nothing in another unit.', manager(`unit: ${known?.unit}`, 'link-outcome')),
        rewritten.length > 0 &&
          refusal('outcome.measured', 'A link that was measured is held against what was said before; what is held against something else is a link of another outcome.', ...rewritten),
        putOff.length > 0 && refusal('outcome.visible-since', 'Once the day has come from which an effect can be seen it is measured, and not put off.', ...putOff, manager('a measurement', 'record-measurement')),
        outcomeKnown(agreement, linked.outcome),
        known !== undefined && known.outcome !== linked.outcome && refusal('outcome.link-elsewhere', 'A link stays with its outcome.', manager('link', 'link-outcome')),
        outcomeOf(agreement, linked.outcome)?.links.some(({ link, step }) => step === linked.step && link !== linked.link) === true && alreadySo('this step has its link'),
        refuseFigure(linked.unit, linked.baseline, 'baseline', 'link-outcome'),
        refuseFigure(linked.unit, linked.target, 'target', 'link-outcome'),
        linked.baseline === linked.target && refusal('outcome.no-way-to-go', 'The target differs from the baseline, so that one can see a change.', manager('target', 'link-outcome')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.outcome-linked.v1', linked)],
    );
  },

  'record-measurement': ({ agreement }, { measurement, link, on, value, source }, { today }) => {
    const known = linkOf(agreement, link);
    return unless(
      [
        known === undefined && refusal('outcome.link-unknown', 'The link has an indicator.', manager('link', 'link-outcome')),
        known?.measurements.some((each) => each.measurement === measurement) === true && alreadySo('it is recorded'),
        on > today && refusal('outcome.not-measured-yet', 'A measurement is recorded once it is made.', manager('on', 'record-measurement')),
        refuseBefore(agreement, on, 'on', 'record-measurement'),
        known !== undefined && refuseFigure(known.unit, value, 'value', 'record-measurement'),
        known !== undefined && on < (known.measurements.at(-1)?.on ?? '') && refusal('outcome.measured-before', 'Measurements are recorded in their order.', manager('on', 'record-measurement')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.measurement-recorded.v1', { measurement, link, on, value, source })],
    );
  },

  'answer-plain-questions': (states, { name: _, agreement: __, provider: named, activity: at, ...viewed }, context) => {
    const { agreement } = states;
    const acting = providerActing(states, context);
    const { outcome, viewer, ...view } = viewed;
    const isProviders = viewer === 'provider';
    const of = { provider: isProviders ? whose(states, context, named) : null, theirOwn: acting !== undefined };
    const isUsers = viewer === 'users';
    const said = { ...view, ...(isProviders && of), ...(isUsers && { activity: at ?? null }) };
    const held = at === undefined ? undefined : activityOf(agreement, at);
    const about = outcomeOf(agreement, outcome);
    const ofProvider = about && isProviders ? viewOfProvider(agreement, about, of.provider) : undefined;
    const known = isProviders ? ofProvider : about?.views[viewer];
    const theirs = acting !== undefined && agreement.award.parties[acting] === 'provider' && isProviders;
    return unless(
      [
        outcomeKnown(agreement, outcome),
        ...(isProviders ? refuseWhose(states, context, named, 'answer-plain-questions') : []),
        !isProviders && named !== undefined && refusal('outcome.no-provider-s-view', 'Whose view it is, is said of the view of a provider.', manager('no provider', 'answer-plain-questions')),
        ofProvider?.theirOwn === true && acting === undefined &&
          refusal('outcome.their-own-word', 'What a provider answered itself is replaced by that provider alone.', { what: 'their own answer', suppliedBy: 'provider-operator', by: 'answer-plain-questions' }),
        acting !== undefined && !theirs && refusal('outcome.not-their-view', 'A provider answers for itself, in an agreement it delivers.', manager('viewer', 'answer-plain-questions')),
        !isUsers && at !== undefined && refusal('outcome.no-users-view', 'Where people were asked, is said of the view of users.', manager('no activity', 'answer-plain-questions')),
        // A provider answers for no users, and is told of nobody who took part.
        ...(isUsers && acting === undefined
          ? [
              at === undefined && refusal('outcome.users-asked-nowhere', 'The view of users is that of people who took part where they were asked.', manager('the activity in which they were asked', 'answer-plain-questions')),
              at !== undefined && held === undefined && activityUnknown,
              held !== undefined && refuseMoreThanTookPart(held, viewed.people),
            ]
          : []),
        known !== undefined && canonical(known) === canonical(said) && alreadySo('this is their answer'),
        known !== undefined && viewed.on < known.on && refusal('outcome.answered-since', 'The last word of each stands: what they said before it is not put in its place.', manager(`on: ${known.on} or later`, 'answer-plain-questions')),
        viewed.people < 1 && refusal('outcome.nobody-answered', 'Somebody answered.', manager('people', 'answer-plain-questions')),
        viewed.on > context.today && refusal('outcome.not-answered-yet', 'Answers are recorded once they are given.', manager('on', 'answer-plain-questions')),
        refuseBefore(agreement, viewed.on, 'on', 'answer-plain-questions'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.plain-questions-answered.v1', { ...viewed, ...of, ...(at !== undefined && { activity: at }) })],
    );
  },
} satisfies { [C in keyof OutcomeCommands]: Decide<C> };

function withOutcome(agreement: Agreement, id: string, change: (outcome: Outcome) => Outcome): Agreement {
  return agreementWith(agreement, { outcomes: agreement.outcomes.map((each) => (each.outcome === id ? change(each) : each)) });
}

export const evolve = {
  'concordat.agreement.outcome-named.v1': (agreement, { data }) =>
    outcomeOf(agreement, data.outcome) === undefined
      ? agreementWith(agreement, { outcomes: [...agreement.outcomes, { ...data, links: [], views: {} }] })
      : withOutcome(agreement, data.outcome, (known) => ({ ...known, ...data })),
  'concordat.agreement.outcome-linked.v1': (agreement, { data }) =>
    withOutcome(agreement, data.outcome, (known) => ({
      ...known,
      links: [...known.links.filter(({ link }) => link !== data.link), { ...data, measurements: linkOf(agreement, data.link)?.measurements ?? [] }],
    })),
  'concordat.agreement.measurement-recorded.v1': (agreement, { data: { link, ...measured } }) =>
    withOutcome(agreement, linkOf(agreement, link)?.outcome ?? '', (known) => ({
      ...known,
      links: known.links.map((each) => (each.link === link ? { ...each, measurements: [...each.measurements, measured] } : each)),
    })),
  'concordat.agreement.plain-questions-answered.v1': (agreement, { data: { outcome, viewer, provider = null, theirOwn = false, activity = null, ...view } }) =>
    withOutcome(agreement, outcome, ({ views, ...known }) => {
      if (viewer === 'users') return { ...known, views: { ...views, users: { ...view, activity } } };
      if (viewer === 'commissioner') return { ...known, views: { ...views, commissioner: view } };
      const others = views.provider?.filter((one) => one.provider !== null && one.provider !== provider && agreement.award.parties[one.provider] === 'provider') ?? [];
      return { ...known, views: { ...views, provider: [...others, { ...view, provider, theirOwn }] } };
    }),
} satisfies { [T in keyof OutcomeEvents]: Evolve<T> };
