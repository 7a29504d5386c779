import type { EffortChange, valueView } from '@concordat/agreement/core';
import { periodOf } from './delivery-shown.js';
import { moneyOf } from './words/say.js';

type Outcome = ReturnType<typeof valueView>[number];
type Cost = Outcome['costs'][number];
type Reached = Cost & { readonly perUnit: NonNullable<Cost['perUnit']> };

const [width, panel, bar, gap] = [680, 176, 92, 14] as const;
const mostPeriods = 4;

/** What those say who give more hours, in two short lines under what rose. */
const words: Readonly<Record<EffortChange, readonly string[]>> = { 'nothing-before': [], 'not-more-hours': [], 'not-asked': ['not asked', 'yet'], wanted: ['they want', 'to'], 'cost-moved': ['cost moved', 'to people'] };

/** Pounds as people write them, to the penny. */
export const poundsOf = (pounds: number): string => moneyOf({ amount: Math.abs(pounds).toFixed(2), currency: 'GBP' });
/** Hours as people write them, to a tenth. */
export const hoursOf = (hours: number): string => Math.abs(hours).toLocaleString('en-GB', { maximumFractionDigits: 1 });
/** How much more or less, in words. */
export const moreOf = (change: number, text: string): string => (Math.abs(change) < 0.005 ? 'the same' : `${text} ${change > 0 ? 'more' : 'less'}`);

const open = {
  'cost-moved': 'Most of those who give them would rather not: this is cost moved to people, and no saving.',
  'not-asked': 'Too few of those who give them were asked whether they want to: no saving yet.',
} as const;

/** What one unit costs the organisation, and beside it what people give for it, in a sentence each: never in one figure. */
function says({ hoursOpen }: Outcome, first: Reached, last: Reached): string {
  const [pounds, hours] = [last.perUnit.pounds - first.perUnit.pounds, last.perUnit.hours - first.perUnit.hours];
  const asked = last.says !== null ? last.says : hoursOpen !== null ? open[hoursOpen] : hours > 0 ? 'Those who give them want to.' : '';
  return `One unit cost ${poundsOf(first.perUnit.pounds)} in the period ${periodOf(first.period)}, and ${poundsOf(last.perUnit.pounds)} in the period ${periodOf(last.period)}: ${moreOf(pounds, poundsOf(pounds))}. People gave ${hoursOf(first.perUnit.hours)} hours for it then, and ${hoursOf(last.perUnit.hours)} now: ${moreOf(hours, hoursOf(hours))}.${asked === '' ? '' : ` ${asked}`}`;
}

/** One measure of one unit from its first period to its last: a column a period, and between two of them what came to it or went. */
function panelOf(title: string, costs: readonly (Reached & { readonly number: number })[], o: { readonly y: number; readonly of: (unit: Reached['perUnit']) => number; readonly text: (value: number) => string; readonly effort?: (cost: Reached) => EffortChange }) {
  const levels = costs.map(({ perUnit }) => o.of(perUnit));
  const highest = Math.max(...levels);
  const tall = (value: number) => (highest === 0 ? 0 : Math.round((value / highest) * bar));
  const column = width / (2 * costs.length - 1);
  const floor = o.y + panel - 40;
  const place = (index: number, from: number, to: number) => ({ x: Math.round(index * column + gap / 2), width: Math.round(column - gap), y: floor - tall(Math.max(from, to)), height: Math.max(2, tall(Math.max(from, to)) - tall(Math.min(from, to))), middle: Math.round((index + 0.5) * column) });
  return {
    title, y: o.y + 18, floor,
    bars: costs.flatMap((cost, at) => {
      const now = levels[at]!;
      const whole = { ...place(2 * at, 0, now), kind: 'whole', text: o.text(now), under: [`Period ${cost.number}`] };
      if (at === 0) return [whole];
      const before = levels[at - 1]!;
      const change = now - before;
      const effort = o.effort?.(cost);
      const kind = change <= 0 ? 'less' : effort === 'cost-moved' ? 'moved' : 'more';
      return [{ ...place(2 * at - 1, before, now), kind, text: Math.abs(change) < 0.005 ? 'no change' : `${change > 0 ? '+' : '−'}${o.text(Math.abs(change))}`, under: effort === undefined ? [] : words[effort] }, whole];
    }),
    joins: levels.slice(0, -1).map((level, at) => ({ y: floor - tall(level), from: Math.round((2 * at + 1) * column - gap / 2), to: Math.round((2 * at + 1) * column + gap / 2) }))
      .concat(levels.slice(1).map((level, at) => ({ y: floor - tall(level), from: Math.round((2 * at + 2) * column - gap / 2), to: Math.round((2 * at + 2) * column + gap / 2) }))),
  };
}

/** What one unit of a named outcome cost over its last periods: pounds above, and under them hours that people give; undefined before there are two to hold against each other. */
export function waterfallOf(outcome: Outcome) {
  const numbered = inOrder(outcome).flatMap((cost, at) => (cost.perUnit === null ? [] : [{ ...cost, perUnit: cost.perUnit, number: at + 1 }]));
  const costs = numbered.slice(-mostPeriods);
  const [first, last] = [costs[0], costs.at(-1)];
  if (first === undefined || last === undefined || first === last) return undefined;
  return {
    says: says(outcome, first, last),
    last: last.cost,
    width,
    height: 2 * panel,
    panels: [
      panelOf('Pounds for one unit', costs, { y: 0, of: ({ pounds }) => pounds, text: poundsOf }),
      panelOf('Hours people give for one unit', costs, { y: panel, of: ({ hours }) => hours, text: hoursOf, effort: ({ effort }) => effort }),
    ],
  };
}

/** The periods in their order. */
export const inOrder = ({ costs }: Outcome): readonly Cost[] => costs.toSorted((one, other) => (one.period.startsOn < other.period.startsOn ? -1 : 1));
