import { countsFrom, type deliveryView, type valueView } from '@concordat/agreement/core';
import { asCsv, asXlsx, type Column } from './table-file.js';

type Delivery = ReturnType<typeof deliveryView>;
type Outcome = ReturnType<typeof valueView>[number];

/** One line of what is delivered. `people`: how many answered; null too where they are so few that it is not said. */
interface Delivered {
  readonly part: string;
  readonly what: string;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly provider: number | null;
  readonly people: number | null;
  readonly answers: number | null;
  readonly stands: string;
  readonly note: string;
}
const line = (part: string, what: string, also: Partial<Delivered>): Delivered => ({ part, what, startsOn: null, endsOn: null, provider: null, people: null, answers: null, stands: '', note: '', ...also });

/** What it became, to a provider, who reads no more of a variation. */
function variedLine(to: Delivery['varied'][number]['to']): Delivered {
  const became = (what: string, also: Partial<Delivered> = {}) => line('Variation', what, { ...also, stands: 'carried-out' });
  switch (to.is) {
    case 'terms':
      return became('Other terms');
    case 'specification':
      return became(`Specification: ${to.specification.title}, ${to.specification.reference}`);
    case 'longer':
      return became('Longer', { endsOn: to.endsOn });
    case 'period':
      return became('Another period', { startsOn: to.startsOn, endsOn: to.endsOn });
    case 'value':
      return became(`Value: ${to.value.amount} ${to.value.currency}`);
  }
}

function deliveredLines({ kpis, obligations, withdrawn, cycles, concerns, expiries, visits, actions, varied, managed }: Delivery): readonly Delivered[] {
  return [
    ...kpis.flatMap((kpi) =>
      kpi.periods.map(({ period, provider, people }) =>
        line('KPI', kpi.title, { ...period, provider: provider?.value ?? null, people: people?.value ?? null, answers: people?.answers ?? null, stands: people?.comparison ?? '', note: people?.discussed?.follows ?? '' }),
      ),
    ),
    ...obligations.map(({ what, dueOn, stands, met }) => line('Obligation', what, { endsOn: dueOn, stands, note: met.at(-1)?.evidence.title ?? '' })),
    ...withdrawn.map(({ what, on, reason }) => line('Obligation', what, { startsOn: on, stands: 'withdrawn', note: reason })),
    ...cycles.map(({ period, endedOn }) => line('Cycle', '', { ...period, stands: endedOn === null ? 'under-way' : 'ended', note: endedOn ?? '' })),
    ...concerns.map(({ about, raisedOn, answered }) => line('Concern of the provider', about, { startsOn: raisedOn, stands: answered === null ? 'waits' : 'answered', note: answered?.answer ?? '' })),
    ...expiries.map(({ of, document, endsOn, stands }) => line('Expiry', `${of}: ${document.title}`, { endsOn, stands })),
    ...visits.flatMap(({ on, found, spokeWith, notice, improvements }) => [
      line('Quality visit', found, { startsOn: on, people: spokeWith, stands: notice }),
      ...improvements.map(({ what, dueOn, stands, shown }) => line('Improvement', what, { startsOn: on, endsOn: dueOn, stands, note: shown?.how ?? '' })),
    ]),
    ...(managed?.rates ?? []).flatMap(({ what, per, years }) => years.map(({ year, amount, uplift, why }) => line('Rate', `${what}, ${year}`, { provider: Number(amount.amount), stands: uplift === null ? `per ${per}` : `per ${per}, ${uplift} %`, note: why }))),
    ...(managed?.funders ?? []).map(({ funder, year, amount, actual, over, basis }) => line('Funding', `${funder}, ${year}`, { provider: Number(actual.amount), stands: `of ${amount.amount} ${amount.currency}${over ? ', over' : ''}`, note: basis })),
    ...actions.map(({ what, dueOn, stands, done }) => line('Action', what, { endsOn: dueOn, stands, note: done?.how ?? '' })),
    ...(managed === null ? varied.map(({ to }) => variedLine(to)) : []),
    ...(managed?.variations ?? []).map(({ what, why, carriedOut, decided }) => line('Variation', what, { startsOn: decided && countsFrom(decided), stands: carriedOut ? 'carried-out' : (decided?.outcome ?? 'open'), note: why })),
  ];
}

const deliveredColumns: readonly Column<Delivered>[] = [
  { heading: 'Part', width: 20, kind: 'text', of: ({ part }) => part },
  { heading: 'What', width: 40, kind: 'text', of: ({ what }) => what },
  { heading: 'From', width: 12, kind: 'day', of: ({ startsOn }) => startsOn },
  { heading: 'To or due', width: 12, kind: 'day', of: ({ endsOn }) => endsOn },
  { heading: 'Provider', width: 10, kind: 'count', of: ({ provider }) => provider },
  { heading: 'People', width: 10, kind: 'count', of: ({ people }) => people },
  { heading: 'Answers', width: 10, kind: 'count', of: ({ answers }) => answers },
  { heading: 'Stands', width: 24, kind: 'text', of: ({ stands }) => stands },
  { heading: 'Note', width: 60, kind: 'text', of: ({ note }) => note },
];

/** One line of what comes of it: nothing is summed over outcomes, and hours never stand in a column of pounds. */
interface Valued {
  readonly outcome: string;
  readonly part: string;
  readonly what: string;
  readonly startsOn: string | null;
  readonly before: string | null;
  readonly expected: string | null;
  readonly seen: string | null;
  readonly pounds: number | null;
  readonly hours: number | null;
  readonly poundsMore: number | null;
  readonly hoursMore: number | null;
  readonly stands: string;
}
const valued = (outcome: string, part: string, what: string, also: Partial<Valued>): Valued => ({ outcome, part, what, startsOn: null, before: null, expected: null, seen: null, pounds: null, hours: null, poundsMore: null, hoursMore: null, stands: '', ...also });
const amountOf = (amount: Outcome['benefits'][number]['expected']): string => (amount.is === 'money' ? `${amount.amount.amount} ${amount.amount.currency}` : `${amount.people} people`);

function valuedLines(outcomes: readonly Outcome[]): readonly Valued[] {
  return outcomes.flatMap(({ title, links, questions, benefits, costs }) => [
    ...links.flatMap(({ indicator, unit, baseline, target, visibleFrom, measurements, stands }) => {
      const [what, way, last] = [`${indicator} (${unit})`, { before: String(baseline), expected: String(target) }, measurements.at(-1)];
      return [
        valued(title, 'Link', what, { startsOn: visibleFrom, ...way, seen: last === undefined ? null : String(last.value), stands }),
        ...measurements.map(({ on, value, source }) => valued(title, 'Measurement', `${what}, from ${source}`, { startsOn: on, ...way, seen: String(value), stands: on < visibleFrom ? 'not-to-be-seen-yet' : '' })),
      ];
    }),
    ...questions.map(({ asks, answers, diverges }) =>
      valued(title, 'Question', asks, { seen: `users: ${answers.users ?? 'not asked'}; provider: ${answers.provider?.map(({ answer }) => answer).join(', ') ?? 'not asked'}; commissioner: ${answers.commissioner ?? 'not asked'}`, stands: diverges ? 'diverges' : '' }),
    ),
    ...benefits.map(({ what, expected, comparison, seen, stands }) => valued(title, 'Benefit', what, { before: comparison, expected: amountOf(expected), seen: seen === null ? null : amountOf(seen.observed), stands })),
    ...costs.map(({ period, perUnit, change, effort, says }) =>
      valued(title, 'Cost of one', says ?? '', { startsOn: period.startsOn, pounds: perUnit?.pounds ?? null, hours: perUnit?.hours ?? null, poundsMore: change?.pounds ?? null, hoursMore: change?.hours ?? null, stands: effort }),
    ),
  ]);
}

const valuedColumns: readonly Column<Valued>[] = [
  { heading: 'Outcome', width: 30, kind: 'text', of: ({ outcome }) => outcome },
  { heading: 'Part', width: 14, kind: 'text', of: ({ part }) => part },
  { heading: 'What', width: 40, kind: 'text', of: ({ what }) => what },
  { heading: 'From', width: 12, kind: 'day', of: ({ startsOn }) => startsOn },
  { heading: 'Held against', width: 24, kind: 'text', of: ({ before }) => before },
  { heading: 'Expected', width: 20, kind: 'text', of: ({ expected }) => expected },
  { heading: 'Seen', width: 30, kind: 'text', of: ({ seen }) => seen },
  { heading: 'Pounds', width: 10, kind: 'count', of: ({ pounds }) => pounds },
  { heading: 'Hours of people', width: 10, kind: 'count', of: ({ hours }) => hours },
  { heading: 'Pounds more than before', width: 10, kind: 'count', of: ({ poundsMore }) => poundsMore },
  { heading: 'Hours more than before', width: 10, kind: 'count', of: ({ hoursMore }) => hoursMore },
  { heading: 'Stands', width: 24, kind: 'text', of: ({ stands }) => stands },
];

/** What is delivered as CSV, a line for each figure, obligation, cycle, concern, action and variation. */
export const deliveryAsCsv = (delivery: Delivery): string => asCsv(deliveredColumns, deliveredLines(delivery));
/** The same as an XLSX workbook. */
export const deliveryAsXlsx = (delivery: Delivery): Promise<Buffer> => asXlsx('Delivery', deliveredColumns, deliveredLines(delivery));
/** What comes of it as CSV, a line for each link, measurement, question, benefit and cost of an outcome. */
export const valueAsCsv = (outcomes: readonly Outcome[]): string => asCsv(valuedColumns, valuedLines(outcomes));
/** The same as an XLSX workbook. */
export const valueAsXlsx = (outcomes: readonly Outcome[]): Promise<Buffer> => asXlsx('Value', valuedColumns, valuedLines(outcomes));
