import { type Agreement, providersOfAward, valueView } from '@concordat/agreement/core';
import { type ActsByPart, actsOf, figureOf, periodOf } from './delivery-shown.js';
import type { Named } from './names.js';
import { formIn, type Offers } from './sight.js';
import { trajectoryOf } from './trajectory.js';
import { hoursOf, inOrder, moreOf, poundsOf, waterfallOf } from './waterfall.js';
import { codeOf, counted, dayOf, moneyOf } from './words/say.js';

const steps = { 'activity-to-change': 'What is done changes something', 'change-to-outcome': 'The change leads to what people value' } as const;
const linkWords = { 'not-measured': 'Not measured yet', reached: 'Reached', nearer: 'Nearer', 'off-course': 'Off course' } as const;
const linkTags = { 'not-to-be-seen-yet': 'govuk-tag--grey', 'not-measured': 'govuk-tag--yellow', reached: 'govuk-tag--green', nearer: 'govuk-tag--turquoise', 'off-course': 'govuk-tag--red' } as const;
const answers = { yes: 'Yes', partly: 'Partly', no: 'No', 'cannot-say': 'Cannot say' } as const;
const efforts = { 'nothing-before': 'Nothing before to hold it against.', 'not-more-hours': 'People give no more hours than before.', 'not-asked': 'Hours rose; too few of those who give them were asked yet.', wanted: 'Hours rose, and those who give them want to.', 'cost-moved': 'Hours rose, and most of those who give them would rather not.' } as const;
const potentials = { 'not-to-be-seen-yet': 'It is too early to say', 'not-asked': 'Hours rose, and those who give them were not asked: no saving yet', 'cost-moved': 'Its cost is moved to people: no saving', 'no-cost-beside': 'Its cost does not stand in two periods with the hours beside it: no saving yet', 'hours-untold': 'More hours of people are on record than stand beside its cost: no saving yet' } as const;
const doable = { steps: ['link-outcome', 'record-measurement'], views: ['answer-plain-questions'], benefits: ['name-benefit', 'observe-benefit'], costs: ['record-cost', 'record-hours-wanted'], outcomes: ['name-outcome'] } as const satisfies ActsByPart;

const longest = 200;

type Amount = ReturnType<typeof valueView>[number]['benefits'][number]['expected'];

/** How much is expected and how much was observed, side by side. */
function barsOf(expected: Amount, observed: Amount | undefined) {
  const figure = (amount: Amount) => (amount.is === 'money' ? Number(amount.amount.amount) : amount.people);
  const [all, seen] = [figure(expected), observed === undefined ? 0 : figure(observed)];
  const most = Math.max(all, seen);
  const wide = (value: number) => (most === 0 ? 0 : Math.round((value / most) * longest));
  return { expected: wide(all), observed: observed === undefined ? undefined : wide(seen) };
}

function benefitsSaid(all: number, observed: number): string {
  if (all === 0) return 'no benefit is named yet';
  if (all === 1) return `the one benefit that is named is ${observed === 1 ? 'observed' : 'potential'}`;
  return `${observed === 0 ? 'none' : observed} of ${all} benefits ${observed <= 1 ? 'is' : 'are'} observed`;
}

/** What comes of an agreement, outcome by outcome. */
export function valueShown(agreement: Agreement, named: Named, today: string, offers: Offers) {
  const outcomes = valueView(agreement, today);
  const form = formIn(offers);
  const all = outcomes.flatMap(({ benefits }) => benefits);
  const observed = all.filter(({ stands }) => stands === 'observed').length;
  const early = outcomes.flatMap(({ links }) => links).filter(({ stands }) => stands === 'not-to-be-seen-yet').length;
  const several = providersOfAward(agreement.award).length > 1;
  const ofProviders = (given: (typeof outcomes)[number]['questions'][number]['answers']['provider']) =>
    given?.map(({ provider, answer }) => `${several && provider !== null ? `${named.of(provider)}: ` : ''}${answers[answer]}`).join('; ') ?? 'Not asked';
  const says = (amount: (typeof all)[number]['expected']) => (amount.is === 'money' ? moneyOf(amount.amount) : counted(amount.people, 'person', 'people'));
  return {
    headline: outcomes.length === 0
      ? 'No outcome is named yet.'
      : `${[counted(outcomes.length, 'outcome'), benefitsSaid(all.length, observed), ...(early > 0 ? [`of ${counted(early, 'step')} it is too early to say`] : [])].join('; ')}.`,
    outcomes: outcomes.map((one) => ({
      title: one.title,
      pathway: [one.activity, one.change, one.title],
      links: one.links.map((link) => {
        const last = link.measurements.at(-1);
        return {
          step: steps[link.step],
          indicator: `${link.indicator}: from ${figureOf(link.baseline, link.unit)} to ${figureOf(link.target, link.unit)}`,
          held: `Held against: ${link.comparison}. Figures from ${link.holder}.`,
          last: last === undefined ? 'None' : `${figureOf(last.value, link.unit)} on ${dayOf(last.on)}`,
          from: dayOf(link.visibleFrom),
          tag: { text: link.stands === 'not-to-be-seen-yet' ? 'Too early to say' : linkWords[link.stands], classes: linkTags[link.stands] },
        };
      }),
      trajectories: one.links.flatMap((link) => trajectoryOf(link, today) ?? []),
      fewUsers: one.fewUsers,
      usersUnconfirmed: one.usersUnconfirmed,
      answered: { users: one.views.users?.people ?? 0, provider: one.views.provider?.reduce((sum, { people }) => sum + people, 0) ?? 0, commissioner: one.views.commissioner?.people ?? 0 },
      questions: one.questions.map(({ asks, answers: given, diverges }) => ({
        asks, diverges,
        users: given.users ? answers[given.users] : 'Not asked', provider: ofProviders(given.provider), commissioner: given.commissioner ? answers[given.commissioner] : 'Not asked',
      })),
      benefits: one.benefits.map((benefit) => ({
        what: benefit.what,
        kind: `${codeOf(benefit.kind)}, for ${named.group(benefit.whoGains)}`,
        expected: says(benefit.expected),
        comparison: `Against: ${benefit.comparison}`,
        bars: barsOf(benefit.expected, benefit.seen?.observed),
        tag: benefit.stands === 'observed' ? { text: 'Observed', classes: 'govuk-tag--green' } : { text: 'Potential', classes: 'govuk-tag--grey' },
        seen: benefit.seen === null ? 'Not yet' : says(benefit.seen.observed),
        seenOn: benefit.seen && `On ${dayOf(benefit.seen.on)}, from ${benefit.seen.source}`,
        why: benefit.potentialFor === null || benefit.potentialFor === 'not-observed' ? undefined : potentials[benefit.potentialFor],
      })),
      waterfall: waterfallOf(one),
      costs: inOrder(one).map((cost, at) => ({
        period: `${at + 1}. ${periodOf(cost.period)}`,
        pounds: cost.perUnit === null ? `${moneyOf(cost.spent)} in all: no unit was reached` : poundsOf(cost.perUnit.pounds),
        hours: cost.perUnit === null ? `${hoursOf(cost.hours)} in all` : hoursOf(cost.perUnit.hours),
        change: cost.change === null ? 'Nothing to hold it against' : `${moreOf(cost.change.pounds, poundsOf(cost.change.pounds))}; hours: ${moreOf(cost.change.hours, hoursOf(cost.change.hours))}`,
        asked: cost.perUnit === null ? 'No unit was reached that hours could be told of.' : cost.asked === null ? efforts[cost.effort] : `${efforts[cost.effort]} ${cost.asked.wanted} want to, ${cost.asked.ratherNot} would rather not.`,
        // What the headline of the picture says is not said again under it.
        says: waterfallOf(one)?.last === cost.cost ? null : cost.says,
        href: form('record-cost', cost.cost),
        corrected: cost.corrected.map((before) => `Corrected on ${dayOf(before.correctedOn)}: ${before.why} Before: ${periodOf(before.period)}, ${moneyOf(before.spent)} and ${hoursOf(before.hours)} hours for ${before.units}.${before.asked === null ? '' : ` Of those asked ${before.asked.wanted} wanted to, ${before.asked.ratherNot} would rather not.`}`),
      })),
    })),
    acts: actsOf(offers, doable),
  };
}
