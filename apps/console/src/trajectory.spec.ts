import { expect, test } from '@jest/globals';
import type { valueView } from '@concordat/agreement/core';
import { trajectoryOf } from './trajectory.js';

type Link = Parameters<typeof trajectoryOf>[0];
const link: Pick<Link, 'indicator' | 'unit' | 'baseline' | 'target' | 'visibleFrom'> = { indicator: 'Falls a year', unit: 'number', baseline: 40, target: 30, visibleFrom: '2026-09-01' };
const course = (stands: ReturnType<typeof valueView>[number]['links'][number]['stands'], today: string, ...measured: readonly (readonly [string, number])[]) =>
  trajectoryOf({ ...link, stands, measurements: measured.map(([on, value]) => ({ on, value, source: 'Ward figures', wayGone: (value - 40) / -10 })) } as unknown as Link, today)!;

test('how far an outcome came is said from its figures, and before its effect can be seen it is too early to say', () => {
  expect([
    course('not-to-be-seen-yet', '2026-06-02', ['2026-06-01', 42]).says,
    course('not-measured', '2026-10-01', ['2026-06-01', 42]).says,
    course('off-course', '2026-10-01', ['2026-10-01', 40]).says,
    course('nearer', '2026-10-01', ['2026-10-01', 30.01]).says,
    course('reached', '2026-10-01', ['2026-10-01', 29]).says,
  ]).toEqual([
    '42 on 1 June 2026, from 40 to a target of 30. It is too early to say: an effect can be seen from 1 September 2026 on.',
    '42 on 1 June 2026. It was not measured since 1 September 2026, from when an effect can be seen.',
    '40 on 1 October 2026: no nearer to the target of 30 than at the start, 40.',
    '30.01 on 1 October 2026, 99% of the way from 40 to the target of 30.',
    '29 on 1 October 2026: the target of 30 is reached, from 40.',
  ]);
});

test('of what was not measured there is nothing to draw', () => expect(course('not-measured', '2026-10-01')).toBeUndefined());

test('what was measured before an effect can be seen is told from what came after by its point and in its row', () => {
  const { points, rows, target, baseline, effect, today, height } = course('nearer', '2026-10-01', ['2026-06-01', 41], ['2026-10-01', 34]);
  expect(points.map(({ early, text }) => [early, text])).toEqual([[true, '41'], [false, '34']]);
  expect(rows.map(({ on, way, early }) => [on, way, early])).toEqual([['1 June 2026', 'No nearer', true], ['1 October 2026', '60%', false]]);
  // A target below the start lies below it, and time goes to the right.
  expect(target.y).toBeGreaterThan(baseline.y);
  expect([points[0]!.x < effect.x, effect.x < points[1]!.x, today.x === points[1]!.x]).toEqual([true, true, true]);
  for (const { y } of points) expect(y > 0 && y < height).toBe(true);
});

test('a target close to the start keeps its words apart from it, and many figures are told by their first and last alone', () => {
  const far = course('off-course', '2026-10-01', ['2026-09-01', 900]);
  expect(Math.abs(far.target.at - far.baseline.at)).toBeGreaterThanOrEqual(17);
  const many = course('nearer', '2026-10-01', ...Array.from({ length: 12 }, (_, at): [string, number] => [`2026-09-${10 + at}`, 39 - at / 2]));
  expect(many.points.map(({ text }) => text).filter(Boolean)).toEqual(['39', '33.5']);
  expect(many.rows).toHaveLength(12);
});
