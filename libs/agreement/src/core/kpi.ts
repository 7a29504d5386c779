import type { Missing, Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { activityOf } from './activity.js';
import { sameWords } from './affected.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { isConfirmed, withoutProxies } from './confirmed.js';
import { contributionOf } from './contribution.js';
import { deliversNothing, overlap, periodReversed, refuseOutside, refuseWhose, whose } from './delivery-side.js';
import type { Corrects } from './corrects.js';
import { isEntry } from './entry.js';
import { happened } from './event.js';
import type { Period } from './facts.js';
import { isAbove } from './money.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { isSettled } from './service-start.js';
import { isSmall } from './small-numbers.js';
import { themeOf } from './answering.js';
import type { Conditions, Decide, Evolve } from './topic.js';
import { peopleOf } from './who-took-part.js';

/** In what a KPI is counted. Only of percentages is a gap of so many points a difference. */
export const kpiUnits = ['percent', 'days', 'hours', 'number'] as const;
export type KpiUnit = (typeof kpiUnits)[number];

/** Where a KPI comes from. All but `staff` say: people wrote it, and where that can be seen; it counts as theirs once one of them confirmed it. */
export type KpiOrigin =
  | { readonly is: 'theme'; readonly theme: string }
  | { readonly is: 'contribution'; readonly contribution: string }
  | { readonly is: 'activity'; readonly activity: string }
  | { readonly is: 'staff' };

type Defined = {
  readonly kpi: string;
  readonly title: string;
  /** What is counted, of whom, and when; what a figure means that somebody else counts again. */
  readonly definition: string;
  readonly unit: KpiUnit;
  readonly target: { readonly is: 'at-least' | 'at-most'; readonly value: number };
  readonly writtenBy: KpiOrigin;
  /** Obligations it measures, by id. */
  readonly measures: readonly string[];
};

type Observed = { readonly observation: string; readonly kpi: string; readonly period: Period; readonly value: number; readonly source: string };

/** What people say of the same KPI. `answers`: how many; none is an answer too, and has no value. */
type Found = {
  readonly finding: string;
  readonly kpi: string;
  readonly period: Period;
  readonly question: string;
  readonly method: string;
  readonly answers: number;
  readonly value: number | null;
};


type Discussed = { readonly finding: string; readonly on: CivilDate; readonly by: string; readonly follows: string };

export interface KpiCommands {
  /** The same `kpi` again defines it anew, as long as no figure was told of it; what people wrote is changed as theirs until it is awarded, and then as that of staff, once it is undone where they confirmed it. */
  'set-kpi': Defined;
  /** The provider's figure, by the provider or written down by the organisation, which of several names the `provider` whose it is. */
  'record-observation': Observed & { readonly provider?: string | undefined };
  /** People's feedback on the KPI; never by the provider it judges. The same `finding` again corrects it, and says `why`; what it said before stays beside it. */
  'record-finding': Found & Corrects;
  /** `by`: who talked about it, as roles or groups. `provider`: with whom, where several differ; with all of them where nobody is named, and each then reads the same. */
  'discuss-difference': Discussed & { readonly provider?: string };
}

export interface KpiEvents {
  'concordat.agreement.kpi-set.v1': Defined;
  /** `provider`: whose figure it is; null where nobody was provider then. */
  'concordat.agreement.observation-recorded.v1': Observed & { readonly provider: string | null };
  'concordat.agreement.finding-recorded.v1': Found & Corrects;
  /** One for each provider whose figure differs; `provider`: which, null where nobody was provider then. */
  'concordat.agreement.difference-discussed.v1': Discussed & { readonly provider: string | null };
}

export interface KpiState {
  readonly kpis: readonly Defined[];
  readonly observations: readonly (Observed & { readonly provider: string | null })[];
  readonly findings: readonly (Found & { readonly discussed: Talks; /** What it said before it was corrected, each time. */ readonly corrected: readonly CorrectedFinding[] })[];
}
/** With each provider once, null where nobody was provider then. */
type Talks = readonly (Omit<Discussed, 'finding'> & { readonly provider: string | null })[];
type CorrectedFinding = Omit<Found, 'finding' | 'kpi'> & { readonly discussed: Talks; readonly why: string; readonly correctedOn: CivilDate };
export const initialKpis: KpiState = { kpis: [], observations: [], findings: [] };
export type Kpi = Defined;
export type Observation = KpiState['observations'][number];
export type Finding = KpiState['findings'][number];

/** Fewer answers are something to talk about and no figure (1-product, section 2). */
export const fewestAnswers = 10;
/** From so many percentage points on, two figures of one KPI tell two stories. Practice, not law. */
const pointsApart = 10;

export const kpiOf = ({ kpis }: Agreement, kpi: string): Kpi | undefined => kpis.kpis.find((each) => each.kpi === kpi);

/** Whether a figure reaches what the KPI asks. */
export const reaches = ({ target }: Kpi, value: number): boolean => (target.is === 'at-least' ? value >= target.value : value <= target.value);

/** Can one less the other be of few? Both tell of days in common, and of one thing: one KPI, whatever was asked of it, or one question, under whichever KPI. */
const areOfOneThing = (one: Finding, other: Finding): boolean => overlap(one.period, other.period) && (one.kpi === other.kpi || sameWords(one.question, other.question));

/** Would one less what it said before it was corrected tell of fewer than five? */
const isFewMore = ({ answers, corrected }: Finding): boolean => corrected.some((before) => isSmall(Math.abs(answers - before.answers)));

/**
 * The findings of an agreement that a provider reads, in the order they were recorded: none of fewer than five people, none of one thing with one of so few, none that
 * was corrected by so few, and none of one thing with one it has read, so that no sum of them can be taken from another. Where nobody answered there is nothing to take away.
 */
export function findingsFromOutside(findings: readonly Finding[]): readonly Finding[] {
  const few = findings.filter((finding) => isSmall(finding.answers) || isFewMore(finding));
  return findings.reduce<readonly Finding[]>((told, finding) => {
    const kept = !few.some((one) => areOfOneThing(one, finding)) && (finding.answers === 0 || !told.some((one) => one.answers > 0 && areOfOneThing(one, finding)));
    return kept ? [...told, finding] : told;
  }, []);
}

/**
 * Would the figure itself tell of fewer than five of those who answered: who say so, or who say otherwise? Of a whole number nobody knows that it counts no people, and of
 * a mean, how many one of them told: less than five in all may be one person's.
 */
export function tellsOfFew({ unit }: Kpi, { answers, value }: Finding): boolean {
  if (value === null) return false;
  const inAll = answers * value;
  const people = unit === 'percent' ? [Math.round(inAll / 100)] : unit === 'number' && Number.isInteger(value) ? [value, inAll] : [inAll];
  return people.some((so) => isSmall(so) || isSmall(answers - so));
}

/** What people's feedback says beside the provider's figure of the same time. */
export type Comparison = 'no-figure-beside' | 'something-to-talk-about' | 'alike' | 'difference';

type Figure = { readonly answers: number; readonly value: number };
const answersOf = (findings: readonly Finding[]): number => findings.reduce((sum, { answers }) => sum + answers, 0);

/**
 * What people say as a figure to hold against this one; undefined of so few answers that they are none. Who is asked in portions is heard all the same: in the order in
 * which they were recorded they are one figure as soon as ten answered, which stands with the last of them. A cycle that is over was ended on what differed in
 * it. Of a plain number nobody knows whether it is a mean or a count.
 */
function saidBeside({ kpis: { findings }, delivery: { cycles } }: Agreement, { unit }: Kpi, finding: Finding, { period }: Observation): Figure | undefined {
  const { answers, value } = finding;
  if (value === null) return undefined;
  if (answers >= fewestAnswers) return { answers, value };
  if (unit === 'number' || cycles.some(({ period: of, endedOn }) => endedOn !== null && finding.period.endsOn <= of.endsOn)) return undefined;
  let portions: readonly Finding[] = [];
  for (const one of findings.map((each) => (each.finding === finding.finding ? finding : each))) {
    if (one.kpi !== finding.kpi || one.value === null || one.answers >= fewestAnswers || !overlap(one.period, period)) continue;
    portions = [...portions, one];
    const together = answersOf(portions);
    if (together >= fewestAnswers && one === finding) return { answers: together, value: portions.reduce((sum, each) => sum + each.answers * each.value!, 0) / together };
    if (together >= fewestAnswers) portions = [];
  }
  return undefined;
}

/** On different sides of the target or, in percent, ten points apart. */
function differs(agreement: Agreement, kpi: Kpi, finding: Finding, figure: Observation): boolean {
  const said = saidBeside(agreement, kpi, finding, figure);
  return said !== undefined && ((kpi.unit === 'percent' && Math.abs(figure.value - said.value) >= pointsApart) || reaches(kpi, figure.value) !== reaches(kpi, said.value));
}

/**
 * The figure of each provider of the finding's time, that is of a period that has a day in common with it: the last one that differs from
 * it, or else the last one told. A later figure, and another provider's, makes no difference go away: it stands until it is discussed.
 */
export function figuresBeside(agreement: Agreement, finding: Finding): readonly Observation[] {
  const kpi = kpiOf(agreement, finding.kpi);
  const beside = agreement.kpis.observations.filter((observed) => observed.kpi === finding.kpi && overlap(observed.period, finding.period));
  return [...new Set(beside.map(({ provider }) => provider))].flatMap((of) => {
    const told = beside.filter(({ provider }) => provider === of);
    return (kpi && told.findLast((figure) => differs(agreement, kpi, finding, figure))) ?? told.at(-1) ?? [];
  });
}

/** What people say beside these figures, which are those of every provider where none are given. */
export function comparison(agreement: Agreement, finding: Finding, figures: readonly Observation[] = figuresBeside(agreement, finding)): Comparison {
  const kpi = kpiOf(agreement, finding.kpi);
  if (kpi !== undefined && figures.some((figure) => differs(agreement, kpi, finding, figure))) return 'difference';
  if (finding.answers < fewestAnswers || finding.value === null) return 'something-to-talk-about';
  return kpi === undefined || figures.length === 0 ? 'no-figure-beside' : 'alike';
}

/** Those of the figures beside a finding that differ from it. */
const figuresApart = (agreement: Agreement, finding: Finding): readonly Observation[] => figuresBeside(agreement, finding).filter((figure) => comparison(agreement, finding, [figure]) === 'difference');

/** Those of them nobody talked about yet with the provider whose they are. */
const figuresToDiscuss = (agreement: Agreement, finding: Finding): readonly Observation[] =>
  figuresApart(agreement, finding).filter(({ provider }) => !finding.discussed.some((one) => one.provider === provider));

/** Differences that wait to be discussed, with one provider or with several. */
export const differencesOpen = (agreement: Agreement): readonly Finding[] => agreement.kpis.findings.filter((finding) => figuresToDiscuss(agreement, finding).length > 0);

/** Those of them that wait to be discussed no more, with one provider at least, if it stood like this instead. */
const differencesLost = (agreement: Agreement, anew: Agreement): readonly Finding[] =>
  differencesOpen(agreement).filter((finding) => {
    const still = anew.kpis.findings.filter((one) => one.finding === finding.finding).flatMap((one) => figuresToDiscuss(anew, one)).map(({ provider }) => provider);
    return figuresToDiscuss(agreement, finding).some(({ provider }) => !still.includes(provider));
  });

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });
/** What a figure is counted in, as it stands after the figure. */
export const unitSigns: { readonly [U in KpiUnit]: string } = { percent: '%', days: ' days', hours: ' hours', number: '' };
/** What a difference asks of whoever manages the contract. */
export function toDiscuss(agreement: Agreement, finding: Finding): Missing {
  const kpi = kpiOf(agreement, finding.kpi);
  const unit = kpi === undefined ? '' : unitSigns[kpi.unit];
  const figures = figuresToDiscuss(agreement, finding);
  const told = figures.map(({ value }) => `provider ${value}${unit}, `);
  const { answers, value } = (kpi && figures[0] && saidBeside(agreement, kpi, finding, figures[0])) ?? finding;
  return manager(`${kpi?.title ?? finding.kpi}: ${told.join('')}people ${value === null ? value : Math.round(value * 10) / 10}${unit} (n=${answers})`, 'discuss-difference');
}

const unknown = refusal('kpi.unknown', 'The KPI is set in this agreement.', manager('kpi', 'set-kpi'));
/** No figure is one that cannot be counted in its unit; false where it can, or where nobody knows the unit. */
export function refuseFigure(unit: KpiUnit | undefined, value: number | null, what: string, by: string): Refusal | false {
  if (value === null) return false;
  if (unit === 'percent') return (value < 0 || value > 100) && refusal('kpi.no-percentage', 'A percentage is between 0 and 100.', manager(what, by));
  return (unit === 'days' || unit === 'hours') && value < 0 && refusal('kpi.less-than-no-time', 'Days and hours are none or more.', manager(what, by));
}
const ahead = ({ endsOn }: Period, today: CivilDate, by: string): Refusal | false =>
  endsOn > today && refusal('kpi.period-not-over', 'A figure is told of a period that is over.', manager('period', by));

/** Those whose words it can have been written from: who took part, or said it. Undefined of staff, and of what stands on no record here. */
export function writersOf(agreement: Agreement, { writtenBy: origin }: Pick<Kpi, 'writtenBy'>): readonly string[] | undefined {
  const authors = (contributions: readonly string[]) => [...new Set(contributions.flatMap((id) => contributionOf(agreement, id)?.author ?? []))];
  switch (origin.is) {
    case 'theme': {
      const theme = themeOf(agreement, origin.theme);
      return theme && authors(theme.contributions);
    }
    case 'contribution':
      return contributionOf(agreement, origin.contribution) && authors([origin.contribution]);
    case 'activity': {
      const held = activityOf(agreement, origin.activity);
      return held && (held.voided ? [] : peopleOf(held));
    }
    case 'staff':
      return undefined;
  }
}

/** Is it people's, as one of them confirmed of whose words it is said to be? What came along at a split was asked in the whole. */
export function isOfPeople(agreement: Agreement, kpi: Kpi): boolean {
  const writers = writersOf(agreement, kpi);
  return kpi.writtenBy.is !== 'staff' && (writers === undefined ? agreement.tree.parent?.as === 'split-from' : writers.some((one) => isConfirmed(agreement, kpi.kpi, one)));
}

/** Was the answer undone in which it stood that people wrote it? Whoever gave it is told of that. */
function isUndone(agreement: Agreement, { writtenBy: origin }: Kpi): boolean {
  const answering = origin.is === 'theme' ? themeOf(agreement, origin.theme) : origin.is === 'contribution' ? contributionOf(agreement, origin.contribution)?.own : undefined;
  return (answering?.reversed ?? null) !== null;
}

const withKpis = (agreement: Agreement, changes: Partial<KpiState>): Agreement => agreementWith(agreement, { kpis: { ...agreement.kpis, ...changes } });
const withFinding = (agreement: Agreement, now: Finding): Agreement => withKpis(agreement, { findings: agreement.kpis.findings.map((each) => (each.finding === now.finding ? now : each)) });

/** Feedback as it is put right, in its place: what was discussed of another figure, or of other days, was not of this one. */
function putRight(known: Finding, found: Found): Finding {
  const figure = ({ period, answers, value }: Found) => canonical({ period, answers, value });
  return { ...known, ...found, discussed: figure(known) === figure(found) ? known.discussed : [] };
}

export const decide = {
  'set-kpi': ({ agreement }, { kpi, title, definition, unit, target, writtenBy, measures }, context) => {
    const set: Defined = { kpi, title, definition, unit, target, writtenBy, measures };
    const known = kpiOf(agreement, kpi);
    const about = agreement.kpis;
    const told = [...about.observations, ...about.findings].some((each) => each.kpi === kpi);
    const anew = known === undefined ? agreement : withKpis(agreement, { kpis: about.kpis.map((each) => (each === known ? set : each)) });
    const reworded = known !== undefined && canonical({ title: known.title, definition: known.definition }) !== canonical({ title, definition });
    const retold = reworded || canonical(known?.target ?? null) !== canonical(target) || canonical(known?.writtenBy ?? null) !== canonical(writtenBy);
    const lost = differencesLost(agreement, anew);
    const stands = known !== undefined && isSettled(agreement, context) && isOfPeople(agreement, known) && !isUndone(agreement, known);
    const { obligations, withdrawn } = agreement.delivery;
    const strangers = measures.filter((obligation) => !obligations.some((each) => each.obligation === obligation) || withdrawn.some((each) => each.obligation === obligation));
    return unless(
      [
        canonical(known ?? null) === canonical(set) && alreadySo('the KPI is set like this'),
        known === undefined && isEntry(agreement, kpi) && refusal('kpi.id-taken', 'A KPI has an id of its own, which nothing else has that people confirm as theirs.', manager('kpi', 'set-kpi')),
        told && known?.unit !== unit && refusal('kpi.unit-stays', 'A KPI that figures were told of is counted as it was; what is counted otherwise is another one.', manager('another kpi', 'set-kpi')),
        told && reworded && refusal('kpi.words-stay', 'What figures were told of stays what they were told of; another KPI is set beside it.', manager('another kpi', 'set-kpi')),
        known !== undefined && (told || isSettled(agreement, context)) && retold && writtenBy.is !== 'staff' &&
          refusal(
            'kpi.words-of-people',
            'Once it is awarded or figures were told of it, a KPI that people wrote stays as they wrote it: what is changed is of staff, and what people write anew is another KPI.',
            ...(stands ? [] : [manager('writtenBy: staff', 'set-kpi')]),
            manager('another kpi', 'set-kpi'),
          ),
        stands && retold && writtenBy.is === 'staff' &&
          refusal(
            'kpi.of-people-stands',
            'Once it is awarded, a KPI that people wrote and confirmed stays until what they said is undone: another KPI is set beside it.',
            ...(known.writtenBy.is === 'theme' && themeOf(agreement, known.writtenBy.theme)?.response?.outcome === 'adopted' ? [{ what: known.writtenBy.theme, suppliedBy: 'facilitator', by: 'reverse-answer' }] : []),
            manager('another kpi', 'set-kpi'),
          ),
        lost.length > 0 && refusal('kpi.difference-open', 'A difference is discussed, and not set away.', ...lost.map((finding) => toDiscuss(agreement, finding))),
        refuseFigure(unit, target.value, 'value', 'set-kpi'),
        // One that came along at a split stays written where it was: in the whole.
        writtenBy.is !== 'staff' && canonical(known?.writtenBy ?? null) !== canonical(writtenBy) && (writersOf(agreement, set) ?? []).length === 0 &&
          refusal('kpi.not-written-there', 'A KPI that people wrote names what they said, or where they wrote it: somebody took part there.', { what: 'writtenBy', suppliedBy: 'facilitator', by: 'record-attendance' }),
        strangers.length > 0 && refusal('obligation.unknown', 'Every obligation it measures is agreed.', ...strangers.map((what) => manager(what, 'agree-obligation'))),
      ],
      () => [happened(agreement.id, 'concordat.agreement.kpi-set.v1', set)],
    );
  },

  'record-observation': (states, { observation, kpi, period, value, source, provider }, context) => {
    const { agreement } = states;
    const known = kpiOf(agreement, kpi);
    return unless(
      [
        agreement.kpis.observations.some((each) => each.observation === observation) && alreadySo('the figure is recorded'),
        known === undefined && unknown,
        deliversNothing(states, context),
        ...refuseWhose(states, context, provider, 'record-observation'),
        periodReversed(period, 'record-observation'),
        ...refuseOutside(agreement, period, 'record-observation'),
        ahead(period, context.today, 'record-observation'),
        refuseFigure(known?.unit, value, 'value', 'record-observation'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.observation-recorded.v1', { observation, kpi, period, value, source, provider: whose(states, context, provider) })],
    );
  },

  'record-finding': ({ agreement }, { name: _, agreement: __, why, ...found }, { today }) => {
    const { finding, kpi, period, answers, value } = found;
    const of = kpiOf(agreement, kpi);
    const known = agreement.kpis.findings.find((each) => each.finding === finding);
    const { discussed: ___, corrected: ____, ...before } = known ?? {};
    const same = canonical(before) === canonical(found);
    const now = known && putRight(known, found);
    const lost = now === undefined || known?.kpi !== kpi ? [] : differencesLost(agreement, withFinding(agreement, now));
    return unless(
      [
        same && alreadySo('the feedback is recorded'),
        known !== undefined && !same && why === undefined && refusal('kpi.correction-unsaid', 'Feedback that is on record is corrected with a word of why.', manager('why', 'record-finding')),
        known === undefined && why !== undefined && refusal('kpi.finding-unknown', 'What is corrected is on record.', manager('finding', 'record-finding')),
        known !== undefined && known.kpi !== kpi && refusal('kpi.of-another', 'Feedback stays with its KPI.', manager(`kpi: ${known.kpi}`, 'record-finding')),
        lost.length > 0 && refusal('kpi.difference-open', 'A difference is discussed, and not corrected away.', ...lost.map((one) => toDiscuss(agreement, one))),
        of === undefined && unknown,
        periodReversed(period, 'record-finding'),
        ...refuseOutside(agreement, period, 'record-finding'),
        ahead(period, today, 'record-finding'),
        refuseFigure(of?.unit, value, 'value', 'record-finding'),
        (value === null) !== (answers === 0) && refusal('kpi.answers-and-value', 'There is a value where somebody answered, and none where nobody did.', manager(answers === 0 ? 'no value' : 'value', 'record-finding')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.finding-recorded.v1', { ...found, ...(why !== undefined && { why }) })],
    );
  },

  'discuss-difference': ({ agreement }, { finding, on, by, follows, provider }, { today }) => {
    const found = agreement.kpis.findings.find((each) => each.finding === finding);
    const isMeant = (one: { readonly provider: string | null }) => provider === undefined || one.provider === provider;
    const [first, ...others] = found === undefined ? [] : figuresToDiscuss(agreement, found).filter(isMeant);
    const before = found === undefined ? [] : found.discussed.filter(isMeant);
    return unless(
      [
        found === undefined && refusal('kpi.finding-unknown', 'The feedback is on record.', manager('finding', 'record-finding')),
        found !== undefined && first === undefined && before.length > 0 && alreadySo('the difference was discussed'),
        found !== undefined && first === undefined && before.length === 0 &&
          refusal('kpi.no-difference', 'The provider’s figure and what people say differ, with ten answers or more.', manager('finding', 'record-observation')),
        (on > today || (found !== undefined && on < found.period.endsOn)) && refusal('kpi.not-discussed-then', 'A difference is discussed once there is one, and recorded once that was done.', manager('on', 'discuss-difference')),
      ],
      () => {
        const discussedWith = (figure: Observation | undefined) => happened(agreement.id, 'concordat.agreement.difference-discussed.v1', { finding, on, by, follows, provider: figure?.provider ?? null });
        return [discussedWith(first), ...others.map(discussedWith)];
      },
    );
  },
} satisfies { [C in keyof KpiCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.kpi-set.v1': (agreement, { data }) => {
    const { kpis } = agreement.kpis;
    const known = kpiOf(agreement, data.kpi);
    if (known === undefined) return withKpis(agreement, { kpis: [...kpis, data] });
    const set = withKpis(agreement, { kpis: kpis.map((each) => (each === known ? data : each)) });
    // Other words, or others' words, are confirmed anew.
    return canonical({ ...known, measures: [] }) === canonical({ ...data, measures: [] }) ? set : withoutProxies(set, data.kpi);
  },
  'concordat.agreement.observation-recorded.v1': (agreement, { data }) => withKpis(agreement, { observations: [...agreement.kpis.observations, data] }),
  'concordat.agreement.finding-recorded.v1': (agreement, { data: { why, ...found }, recordedAt }) => {
    const { findings } = agreement.kpis;
    const known = findings.find(({ finding }) => finding === found.finding);
    if (known === undefined) return withKpis(agreement, { findings: [...findings, { ...found, discussed: [], corrected: [] }] });
    const { finding: _, kpi: __, corrected, ...before } = known;
    return withFinding(agreement, { ...putRight(known, found), corrected: [...corrected, { ...before, why: why ?? '', correctedOn: dayInUtc(recordedAt) }] });
  },
  'concordat.agreement.difference-discussed.v1': (agreement, { data: { finding, on, by, follows, provider } }) =>
    withKpis(agreement, { findings: agreement.kpis.findings.map((each) => (each.finding === finding ? { ...each, discussed: [...each.discussed, { on, by, follows, provider }] } : each)) }),
} satisfies { [T in keyof KpiEvents]: Evolve<T> };

export const conditions = {
  'kpi.written-by-people': (agreement) => {
    const { kpis } = agreement.kpis;
    if (kpis.some((kpi) => isOfPeople(agreement, kpi))) return [];
    const said = kpis.filter((kpi) => (writersOf(agreement, kpi) ?? []).length > 0);
    if (said.length === 0) return [manager('a KPI that people wrote', 'set-kpi')];
    return said.map(({ title }): Missing => ({ what: `that people wrote “${title}”, as one of them confirms it`, suppliedBy: 'facilitator', by: 'record-proxy-entry' }));
  },
  // Neither a framework nor a placement is measured: what is called off from the one is, and what the other is made under.
  'kpi.set': ({ kind, facts, award, kpis }, { atLeast, above }) => {
    const value = award.proposed?.value ?? facts.value?.value;
    // A figure in pounds says nothing of another currency: better to ask once too often.
    const isAsked = kind !== 'framework' && kind !== 'placement' && value !== undefined && (value.currency !== 'GBP' || isAbove(value.amount, `${above}.00`));
    return isAsked && kpis.kpis.length < atLeast && facts['why-no-kpis'] === undefined ? [manager(`${atLeast - kpis.kpis.length} more of ${atLeast} KPIs`, 'set-kpi')] : [];
  },
  'delivery.differences-discussed': (agreement) => differencesOpen(agreement).map((finding) => toDiscuss(agreement, finding)),
} satisfies Partial<Conditions>;
