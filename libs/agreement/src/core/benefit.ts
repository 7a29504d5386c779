import type { Missing, Refusal } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import { sameWords } from './affected.js';
import { activityOf, activityUnknown, refuseMoreThanTookPart } from './activity.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { overlap, periodReversed, refuseBefore } from './delivery-side.js';
import type { Corrects } from './corrects.js';
import { happened } from './event.js';
import type { Money, Period } from './facts.js';
import { linkStands, outcomeKnown, outcomeOf, type OutcomeLink } from './outcome.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';
import { peopleIn } from './who-took-part.js';

/** What a benefit is: lives that get better, money an organisation spends less, or money it need not spend later. */
export const benefitKinds = ['better-lives', 'saving', 'avoided-cost'] as const;
/** What a benefit comes out of. Hours that citizens give are their own: they are shown beside, and saved by nobody. */
export const benefitSources = ['what-people-gain', 'agency-spending', 'staff-time', 'hours-of-citizens'] as const;
export const gainers = ['service-users', 'carers', 'community', 'provider', 'commissioner', 'another-body'] as const;
export type BenefitAmount = { readonly is: 'money'; readonly amount: Money } | { readonly is: 'people'; readonly people: number };

type Named = {
  readonly benefit: string;
  readonly outcome: string;
  readonly what: string;
  readonly kind: (typeof benefitKinds)[number];
  readonly from: (typeof benefitSources)[number];
  readonly whoGains: (typeof gainers)[number];
  readonly expected: BenefitAmount;
  readonly comparison: string;
};
type Observed = { readonly benefit: string; readonly observed: BenefitAmount; readonly against: string; readonly on: CivilDate; readonly source: string };
type Costed = { readonly cost: string; readonly outcome: string; readonly period: Period; readonly spent: Money; /** Units of the named outcome reached. */ readonly units: number; /** Hours that citizens gave. */ readonly hours: number };
/** `activity`: where they took part and were asked. */
type Asked = { readonly cost: string; readonly activity: string; readonly wanted: number; readonly ratherNot: number; readonly on: CivilDate };

export interface BenefitCommands {
  'name-benefit': Named;
  /** Potential until then. `against`: the comparison it was held against, as it was stated. What is observed later takes the place of what was before it. */
  'observe-benefit': Observed;
  /** What one named outcome cost in a period, in money, and the hours that people gave for it: beside each other, never in one figure. The same `cost` again corrects it, and says `why`; what it said before stays beside it. */
  'record-cost': Costed & Corrects;
  /** Asked of those who give the hours, where they rise. */
  'record-hours-wanted': Asked;
}

export interface BenefitEvents {
  'concordat.agreement.benefit-named.v1': Named;
  'concordat.agreement.benefit-observed.v1': Observed;
  'concordat.agreement.cost-recorded.v1': Costed & Corrects;
  /** Older events do not tell where they were asked. */
  'concordat.agreement.hours-wanted-recorded.v1': Omit<Asked, 'activity'> & { readonly activity?: string | undefined };
}

export interface ValueState {
  readonly benefits: readonly (Named & { readonly seen: Omit<Observed, 'benefit'> | null })[];
  readonly costs: readonly (Costed & { readonly asked: Answers | null; /** What it said before it was corrected, each time. */ readonly corrected: readonly CorrectedCost[] })[];
}
/** `activity`: null of what was recorded before it was said where they were asked. */
type Answers = Omit<Asked, 'cost' | 'activity'> & { readonly activity: string | null };
type CorrectedCost = Omit<Costed, 'cost' | 'outcome'> & { readonly asked: Answers | null; readonly why: string; readonly correctedOn: CivilDate };
export type Benefit = ValueState['benefits'][number];
export type Cost = ValueState['costs'][number];
export const initialValue: ValueState = { benefits: [], costs: [] };

/** Pounds and hours per unit of one named outcome, side by side; null where no unit was reached. */
export function perUnit({ spent, units, hours }: Pick<Cost, 'spent' | 'units' | 'hours'>): { readonly pounds: number; readonly hours: number } | null {
  return units === 0 ? null : { pounds: Number(spent.amount) / units, hours: hours / units };
}

const byPeriod = (a: Cost, b: Cost): number => (a.period.endsOn < b.period.endsOn ? -1 : 1);

/** The cost of the same outcome in the last period before in which any of it was reached: a period without a unit hides no rise. */
export const costBefore = ({ value }: Agreement, { outcome, period }: Cost): Cost | undefined =>
  value.costs.filter((each) => each.outcome === outcome && each.units > 0 && each.period.endsOn < period.startsOn).sort(byPeriod).at(-1);

const hoursPerUnit = (cost: Cost | undefined): number | undefined => (cost === undefined ? undefined : perUnit(cost)?.hours);

/** The effort that is on record in the days of a cost. */
const effortIn = ({ involvement }: Agreement, { startsOn, endsOn }: Period) => involvement.activities.flatMap(({ voided, effort }) => (voided ? [] : effort)).filter(({ on }) => startsOn <= on && on <= endsOn);
const hoursOf = (all: readonly { readonly hours: number }[]): number => all.reduce((before, { hours }) => before + hours, 0);
const toHundredths = (hours: number): number => Math.round(hours * 100) / 100;

/**
 * What those who give the hours said, once enough of them did: three, or all whose effort it is where fewer gave all of them. Where they were asked was voided
 * since, nobody wants to; that most would rather not is not voided away.
 */
function enoughSaid(agreement: Agreement, { period, hours, asked }: Cost): Answers | null {
  const isVoided = typeof asked?.activity === 'string' && activityOf(agreement, asked.activity)?.voided === true;
  if (asked === null || (isVoided && asked.ratherNot <= asked.wanted)) return null;
  const effort = effortIn(agreement, period);
  const gave = hoursOf(effort) >= hours ? new Set(effort.map(({ participant }) => participant)).size : 3;
  return asked.wanted + asked.ratherNot >= Math.min(3, gave) ? asked : null;
}

/** What became of the effort between two periods: whether hours rose, and what those who give them say to it. */
export type EffortChange = 'nothing-before' | 'not-more-hours' | 'not-asked' | 'wanted' | 'cost-moved';

/** Hours per unit rose: it is cost moved to citizens where most of those who give them would rather not, and undecided until they are asked. */
export function effortChange(agreement: Agreement, cost: Cost): EffortChange {
  const [before, now] = [costBefore(agreement, cost), perUnit(cost)];
  const then = before === undefined ? null : perUnit(before);
  if (then === null || now === null) return 'nothing-before';
  if (now.hours <= then.hours) return 'not-more-hours';
  const said = enoughSaid(agreement, cost);
  if (said === null) return 'not-asked';
  return said.ratherNot > said.wanted ? 'cost-moved' : 'wanted';
}

/** What one unit costs more (below 0: less) than in the period before in which any of it was reached, in pounds and in hours beside them; null where there is none. */
export function changeSince(agreement: Agreement, cost: Cost): { readonly pounds: number; readonly hours: number } | null {
  const [before, now] = [costBefore(agreement, cost), perUnit(cost)];
  const then = before === undefined ? null : perUnit(before);
  return then === null || now === null ? null : { pounds: now.pounds - then.pounds, hours: now.hours - then.hours };
}

/** The sentence where money fell, hours rose, and most of those who give them would rather not; undefined elsewhere. */
export function costMovedSays(agreement: Agreement, cost: Cost): string | undefined {
  const [before, now] = [costBefore(agreement, cost), perUnit(cost)];
  const then = before === undefined ? null : perUnit(before);
  if (then === null || now === null || effortChange(agreement, cost) !== 'cost-moved' || cost.asked === null) return undefined;
  const { wanted, ratherNot } = cost.asked;
  return now.pounds < then.pounds
    ? `What the agency spends fell and the hours that people give rose; ${ratherNot} of the ${wanted + ratherNot} who were asked would rather not. This is cost moved to people, and no saving.`
    : undefined;
}

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });

const asking = (what: string): Missing => ({ what, suppliedBy: 'facilitator', by: 'record-hours-wanted' });

/**
 * What those who give the hours of an outcome leave open: most of them would rather not, so that its cost is moved to them, or nobody asked
 * them. From the period in which hours rose, until they want to give them, or give no more than before it.
 */
export function hoursOpen(agreement: Agreement, outcome: string): 'cost-moved' | 'not-asked' | undefined {
  const costs = agreement.value.costs.filter((cost) => cost.outcome === outcome).sort(byPeriod);
  return costs.reduce<{ readonly is: 'cost-moved' | 'not-asked'; readonly before: number } | undefined>((open, cost) => {
    const hours = hoursPerUnit(cost);
    if (open === undefined) {
      const [is, before] = [effortChange(agreement, cost), hoursPerUnit(costBefore(agreement, cost))];
      return (is === 'cost-moved' || is === 'not-asked') && before !== undefined ? { is, before } : undefined;
    }
    if (hours !== undefined && hours <= open.before) return undefined;
    const said = enoughSaid(agreement, cost);
    if (said === null) return open;
    return said.wanted >= said.ratherNot ? undefined : { ...open, is: 'cost-moved' };
  }, undefined)?.is;
}

/** The link of an outcome whose effect cannot be seen on a day: it is too early to say that anything came of it. */
const tooEarly = (agreement: Agreement, id: string, on: CivilDate): OutcomeLink | undefined =>
  outcomeOf(agreement, id)?.links.find((link) => link.step === 'change-to-outcome' && linkStands(link, on) === 'not-to-be-seen-yet');

/** Hours of people that are on record in the days of a cost, and stand neither beside it nor beside what another outcome cost in those days. */
function hoursUntold(agreement: Agreement, { cost, period, hours }: Pick<Cost, 'cost' | 'period' | 'hours'>): number {
  const elsewhere = agreement.value.costs.filter((each) => each.cost !== cost && overlap(each.period, period));
  return Math.max(0, toHundredths(hoursOf(effortIn(agreement, period)) - hoursOf(elsewhere) - hours));
}
/** Why nobody can see whether people give more hours for an outcome: its cost does not stand in two periods in which any of it was reached, or without all the hours that are on record. */
function hoursUnseen(agreement: Agreement, outcome: string): 'no-cost-beside' | 'hours-untold' | undefined {
  const costs = agreement.value.costs.filter((cost) => cost.outcome === outcome);
  if (costs.filter(({ units }) => units > 0).length < 2) return 'no-cost-beside';
  return costs.some((cost) => hoursUntold(agreement, cost) > 0) ? 'hours-untold' : undefined;
}

/** What keeps a benefit potential, also once somebody observed it; `not-asked` are those who give more hours. */
export type PotentialFor = 'not-observed' | 'not-to-be-seen-yet' | 'not-asked' | 'cost-moved' | 'no-cost-beside' | 'hours-untold';

/** A benefit is potential until it is observed, once its effect can be seen; a saving is none while its cost is moved to people, or they give more hours and were not asked, or nobody can see whether they do, also where that came after. */
export function potentialFor(agreement: Agreement, { kind, outcome, seen }: Benefit): PotentialFor | undefined {
  if (seen === null) return 'not-observed';
  if (tooEarly(agreement, outcome, seen.on) !== undefined) return 'not-to-be-seen-yet';
  return kind === 'better-lives' ? undefined : (hoursOpen(agreement, outcome) ?? hoursUnseen(agreement, outcome));
}

export const benefitStands = (agreement: Agreement, benefit: Benefit): 'potential' | 'observed' => (potentialFor(agreement, benefit) === undefined ? 'observed' : 'potential');

/** What is called pounds is in pounds: two currencies are never held against each other. */
const notInPounds = (amounts: readonly Money[], what: string, by: string): Refusal | false =>
  amounts.some(({ currency }) => currency !== 'GBP') && refusal('value.not-in-pounds', 'What is spent and saved is told in pounds, so that one period can be held against another.', manager(`${what} in GBP`, by));
const moneyIn = (amount: BenefitAmount): readonly Money[] => (amount.is === 'money' ? [amount.amount] : []);

const ofABody: ReadonlySet<string> = new Set<(typeof gainers)[number]>(['provider', 'commissioner', 'another-body']);

/** No benefit of an organisation is made of what citizens give, and none of theirs of what a body gains. */
function refuseFalseBenefit({ kind, from, whoGains, expected }: Pick<Named, 'kind' | 'from' | 'whoGains' | 'expected'>): readonly (Refusal | false)[] {
  return [
    from === 'hours-of-citizens' && refusal('benefit.hours-are-no-saving', 'Hours that citizens give are never a saving or a benefit of an organisation; they stand beside the cost.', manager('from', 'record-cost')),
    kind !== 'better-lives' && expected.is !== 'money' && refusal('benefit.saved-is-money', 'What is saved or not spent is money.', manager('expected', 'name-benefit')),
    kind === 'better-lives' && ofABody.has(whoGains) && refusal('benefit.is-a-body-s', 'A life that is better is one of people; what a body gains is a saving or an avoided cost.', manager('whoGains', 'name-benefit')),
    kind === 'better-lives' && (from === 'agency-spending' || from === 'staff-time') && refusal('benefit.is-a-saving', 'What an agency spends less, or its staff’s time, is a saving or an avoided cost.', manager('kind', 'name-benefit')),
    kind !== 'better-lives' && from === 'what-people-gain' && refusal('benefit.not-the-agency-s', 'What people gain is theirs: a saving comes out of what an agency spends, or out of its staff’s time.', manager('from', 'name-benefit')),
  ];
}

export const decide = {
  'name-benefit': ({ agreement }, { name: _, agreement: __, ...named }) =>
    unless([agreement.value.benefits.some(({ benefit }) => benefit === named.benefit) && alreadySo('the benefit is named'), outcomeKnown(agreement, named.outcome), ...refuseFalseBenefit(named), notInPounds(moneyIn(named.expected), 'expected', 'name-benefit')], () => [
      happened(agreement.id, 'concordat.agreement.benefit-named.v1', named),
    ]),

  'observe-benefit': ({ agreement }, { benefit, observed, against, on, source }, { today }) => {
    const known = agreement.value.benefits.find((each) => each.benefit === benefit);
    const open = known === undefined || known.kind === 'better-lives' ? undefined : hoursOpen(agreement, known.outcome);
    const early = known && tooEarly(agreement, known.outcome, on);
    const [last, seen] = [known?.seen ?? null, { observed, against, on, source }];
    return unless(
      [
        known === undefined && refusal('benefit.unknown', 'The benefit is named.', manager('benefit', 'name-benefit')),
        last !== null && canonical(last) === canonical(seen) && alreadySo('the benefit was observed so'),
        last !== null && on < last.on && refusal('benefit.observed-since', 'What was observed last stands: what was before it is not put in its place.', manager(`on: ${last.on} or later`, 'observe-benefit')),
        early !== undefined && refusal('benefit.not-to-be-seen-yet', 'A benefit is observed once an effect on its outcome can be seen: before it is too early to say.', manager(`on: ${early.visibleFrom} or later`, 'observe-benefit')),
        known !== undefined && known.expected.is !== observed.is && refusal('benefit.other-measure', 'What is observed is of the same kind as what was expected.', manager('observed', 'observe-benefit')),
        notInPounds(moneyIn(observed), 'observed', 'observe-benefit'),
        known !== undefined && !sameWords(against, known.comparison) && refusal('benefit.other-comparison', 'A benefit is observed against the comparison that was stated when it was named.', manager(`against: ${known.comparison}`, 'observe-benefit')),
        open === 'not-asked' && refusal('benefit.hours-not-asked', 'Where people give more hours they are asked whether they want to, before a saving counts.', asking('what those say who give the hours')),
        open === 'cost-moved' &&
          refusal('benefit.cost-moved', 'What is cost moved to people is no saving: most of those who give the hours would rather not.', asking('hours that they want to give')),
        on > today && refusal('benefit.not-observed-yet', 'A benefit is recorded once it is observed.', manager('on', 'observe-benefit')),
        refuseBefore(agreement, on, 'on', 'observe-benefit'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.benefit-observed.v1', { benefit, ...seen })],
    );
  },

  'record-cost': ({ agreement }, { name: _, agreement: __, why, ...costed }, { today }) => {
    const { cost, outcome, period, spent } = costed;
    const { asked: ___, corrected: ____, ...known } = agreement.value.costs.find((each) => each.cost === cost) ?? {};
    const isKnown = 'cost' in known;
    const same = canonical(known) === canonical(costed);
    const untold = hoursUntold(agreement, costed);
    return unless(
      [
        same && alreadySo('the cost is recorded'),
        isKnown && !same && why === undefined && refusal('value.correction-unsaid', 'A cost that is on record is corrected with a word of why.', manager('why', 'record-cost')),
        !isKnown && why !== undefined && refusal('value.cost-unknown', 'What is corrected is on record.', manager('cost', 'record-cost')),
        isKnown && known.outcome !== outcome && refusal('value.of-another-outcome', 'A cost stays with its outcome.', manager(`outcome: ${known.outcome}`, 'record-cost')),
        outcomeKnown(agreement, outcome),
        periodReversed(period, 'record-cost'),
        refuseBefore(agreement, period.startsOn, 'period', 'record-cost'),
        notInPounds([spent], 'spent', 'record-cost'),
        period.endsOn > today && refusal('value.period-not-over', 'What was spent is told of a period that is over.', manager('period', 'record-cost')),
        agreement.value.costs.some((each) => each.cost !== cost && each.outcome === outcome && overlap(each.period, period)) && refusal('value.counted-twice', 'No day of one outcome is counted twice.', manager('period', 'record-cost')),
        untold > 0 &&
          refusal(
            'value.hours-on-record',
            'Beside a cost stand at least the hours that people’s effort on record says of its days; those given for another outcome may stand beside what that one cost, and this is corrected then.',
            manager(`hours: ${toHundredths(costed.hours + untold)} or more`, 'record-cost'),
          ),
      ],
      () => [happened(agreement.id, 'concordat.agreement.cost-recorded.v1', { ...costed, ...(why !== undefined && { why }) })],
    );
  },

  'record-hours-wanted': ({ agreement }, { cost, activity, wanted, ratherNot, on }, { today }) => {
    const known = agreement.value.costs.find((each) => each.cost === cost);
    const held = activityOf(agreement, activity);
    const givers = new Set(known === undefined ? [] : effortIn(agreement, known.period).map(({ participant }) => participant));
    const came = held === undefined ? 0 : [...peopleIn([held])].filter((one) => givers.has(one)).length;
    return unless(
      [
        known === undefined && refusal('value.cost-unknown', 'The hours are on record.', manager('cost', 'record-cost')),
        held === undefined && activityUnknown,
        held !== undefined && refuseMoreThanTookPart(held, wanted + ratherNot),
        held !== undefined && came < Math.min(givers.size, wanted + ratherNot) &&
          refusal('value.others-asked', 'Those answer who give the hours: as many of those whose effort is on record took part where they were asked.', {
            what: `${Math.min(givers.size, wanted + ratherNot)} of those who gave hours from ${known?.period.startsOn} to ${known?.period.endsOn}; ${came} took part`, suppliedBy: 'facilitator', by: 'record-attendance',
          }),
        wanted + ratherNot === 0 && refusal('value.nobody-asked', 'Somebody who gives the hours answered.', asking('wanted')),
        known?.asked?.wanted === wanted && known.asked.ratherNot === ratherNot && known.asked.activity === activity && alreadySo('this is what they said'),
        on > today && refusal('value.not-asked-yet', 'Answers are recorded once they are given.', asking('on')),
        known !== undefined && on < known.period.startsOn && refusal('value.asked-before', 'People are asked of hours that they give or gave, not before.', asking(`on: ${known.period.startsOn} or later`)),
        known !== undefined && known.asked !== null && on <= known.asked.on && (wanted !== known.asked.wanted || ratherNot !== known.asked.ratherNot) &&
          refusal('value.answered', 'What people said stands; they answer otherwise where they are asked again, on a later day.', asking(`on: a day after ${known.asked.on}`)),
      ],
      () => [happened(agreement.id, 'concordat.agreement.hours-wanted-recorded.v1', { cost, activity, wanted, ratherNot, on })],
    );
  },
} satisfies { [C in keyof BenefitCommands]: Decide<C> };

/** What those said who give the hours: that they want to give fewer is no word on more; that they would rather not stands until they are asked anew. */
function stillAnswered(before: Cost, now: Costed): Cost['asked'] {
  const { asked } = before;
  const more = before.units === 0 || now.hours * before.units > before.hours * now.units;
  return asked !== null && more && asked.ratherNot <= asked.wanted ? null : asked;
}

const withValue = (agreement: Agreement, changes: Partial<ValueState>): Agreement => agreementWith(agreement, { value: { ...agreement.value, ...changes } });

export const evolve = {
  'concordat.agreement.benefit-named.v1': (agreement, { data }) => withValue(agreement, { benefits: [...agreement.value.benefits, { ...data, seen: null }] }),
  'concordat.agreement.benefit-observed.v1': (agreement, { data: { benefit, ...seen } }) =>
    withValue(agreement, { benefits: agreement.value.benefits.map((each) => (each.benefit === benefit ? { ...each, seen } : each)) }),
  'concordat.agreement.cost-recorded.v1': (agreement, { data: { why, ...costed }, recordedAt }) => {
    const { costs } = agreement.value;
    const known = costs.find(({ cost }) => cost === costed.cost);
    if (known === undefined) return withValue(agreement, { costs: [...costs, { ...costed, asked: null, corrected: [] }] });
    const { cost: _, outcome: __, corrected, ...before } = known;
    const now = { ...costed, asked: stillAnswered(known, costed), corrected: [...corrected, { ...before, why: why ?? '', correctedOn: dayInUtc(recordedAt) }] };
    return withValue(agreement, { costs: costs.map((each) => (each === known ? now : each)) });
  },
  'concordat.agreement.hours-wanted-recorded.v1': (agreement, { data: { cost, activity = null, ...asked } }) =>
    withValue(agreement, { costs: agreement.value.costs.map((each) => (each.cost === cost ? { ...each, asked: { ...asked, activity } } : each)) }),
} satisfies { [T in keyof BenefitEvents]: Evolve<T> };
