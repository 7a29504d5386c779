import { expect, test } from '@jest/globals';
import type { EffortChange } from '@concordat/agreement/core';
import { waterfallOf } from './waterfall.js';

type Outcome = Parameters<typeof waterfallOf>[0];
type Told = readonly [month: number, pounds: number | null, hours: number, effort: EffortChange];
const fall = (hoursOpen: Outcome['hoursOpen'], ...told: readonly Told[]) =>
  waterfallOf({
    hoursOpen,
    costs: told.map(([month, pounds, hours, effort]) => ({ period: { startsOn: `2026-0${month}-01`, endsOn: `2026-0${month}-28` }, perUnit: pounds === null ? null : { pounds, hours }, effort, says: null })),
  } as unknown as Outcome);
const [first, moved]: readonly Told[] = [[1, 460, 3, 'nothing-before'], [2, 337.5, 8.75, 'cost-moved']];

test('pounds and hours of one unit stand above each other and never in one figure, with what came to each', () => {
  const { says, panels } = fall('cost-moved', moved!, first!)!;
  expect(says).toBe('One unit cost £460 in the period 1 January 2026 to 28 January 2026, and £337.50 in the period 1 February 2026 to 28 February 2026: £122.50 less. People gave 3 hours for it then, and 8.8 now: 5.8 more. Most of those who give them would rather not: this is cost moved to people, and no saving.');
  expect(panels.map(({ title, bars }) => [title, bars.map(({ kind, text, under }) => [kind, text, under.join(' ')])])).toEqual([
    ['Pounds for one unit', [['whole', '£460', 'Period 1'], ['less', '−£122.50', ''], ['whole', '£337.50', 'Period 2']]],
    ['Hours people give for one unit', [['whole', '3', 'Period 1'], ['moved', '+5.8', 'cost moved to people'], ['whole', '8.8', 'Period 2']]],
  ]);
  // What went hangs from where it was down to where it is; what came stands on where it was.
  const [before, change, now] = panels[0]!.bars;
  expect([change!.y, change!.y + change!.height]).toEqual([before!.y, now!.y]);
});

test('what those say who give more hours decides what is said of them', () => {
  const rose = (hoursOpen: Outcome['hoursOpen'], effort: EffortChange) => fall(hoursOpen, first!, [2, 460, 4, effort])!;
  expect(rose('not-asked', 'not-asked').says).toMatch(/: the same\. People gave 3 hours for it then, and 4 now: 1 more\. Too few of those who give them were asked whether they want to: no saving yet\.$/);
  expect(rose(null, 'wanted').says).toMatch(/1 more\. Those who give them want to\.$/);
  expect(rose(null, 'wanted').panels.map(({ bars }) => [bars[1]!.kind, bars[1]!.text])).toEqual([['less', 'no change'], ['more', '+1']]);
  expect(fall(null, first!, [2, 500, 2, 'not-more-hours'])!.says).toMatch(/£40 more\. People gave 3 hours for it then, and 2 now: 1 less\.$/);
});

test('one period is nothing to hold against, a period without a unit is left out and keeps its number, and of many the last four are drawn', () => {
  expect([fall(null), fall(null, first!), fall(null, first!, [2, null, 9, 'nothing-before'])]).toEqual([undefined, undefined, undefined]);
  const months = Array.from({ length: 6 }, (_, at): Told => [at + 1, at === 2 ? null : 100, 1, 'not-more-hours']);
  expect(fall(null, ...months)!.panels[0]!.bars.filter(({ kind }) => kind === 'whole').map(({ under }) => under[0])).toEqual(['Period 2', 'Period 4', 'Period 5', 'Period 6']);
});
