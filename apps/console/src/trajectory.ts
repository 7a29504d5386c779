import type { LinkStanding, valueView } from '@concordat/agreement/core';
import { figureOf } from './delivery-shown.js';
import { dayOf } from './words/say.js';

type Link = ReturnType<typeof valueView>[number]['links'][number];

const [width, height, left, right, top, bottom] = [680, 240, 16, 130, 34, 52] as const;
const day = 86_400_000;
const [margin, line, mostLabelled] = [30, 18, 8] as const;
const at = (civil: string): number => Date.parse(`${civil}T00:00:00Z`);

/** How far it came, in a sentence. */
function says({ unit, baseline, target, visibleFrom, stands }: Link, last: Link['measurements'][number]): string {
  const [figure, from] = [(value: number) => figureOf(value, unit), dayOf(visibleFrom)];
  const stood = `${figure(last.value)} on ${dayOf(last.on)}`;
  const sentences: Readonly<Record<LinkStanding, string>> = {
    reached: `${stood}: the target of ${figure(target)} is reached, from ${figure(baseline)}.`,
    nearer: `${stood}, ${Math.floor(last.wayGone * 100)}% of the way from ${figure(baseline)} to the target of ${figure(target)}.`,
    'off-course': `${stood}: no nearer to the target of ${figure(target)} than at the start, ${figure(baseline)}.`,
    'not-measured': `${stood}. It was not measured since ${from}, from when an effect can be seen.`,
    'not-to-be-seen-yet': `${stood}, from ${figure(baseline)} to a target of ${figure(target)}. It is too early to say: an effect can be seen from ${from} on.`,
  };
  return sentences[stands];
}

/** What was measured of one step, over time, against its target and the day from which an effect can be seen: places for a picture, and the same as rows of a table; undefined before anything is. */
export function trajectoryOf(link: Link, today: string) {
  const { indicator, unit, baseline, target, visibleFrom, measurements } = link;
  const latest = measurements.at(-1);
  if (latest === undefined) return undefined;
  const days = [today, visibleFrom, ...measurements.map(({ on }) => on)].map(at);
  const [first, last] = [Math.min(...days), Math.max(...days)];
  const [from, to] = last - first < margin * day ? [first - margin * day, last + margin * day] : [first, last];
  const values = [baseline, target, ...measurements.map(({ value }) => value)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const x = (civil: string) => Math.round(left + ((at(civil) - from) / (to - from)) * (width - left - right));
  const y = (value: number) => Math.round(top + ((high - value) / (high - low)) * (height - top - bottom));
  const effect = x(visibleFrom);
  const [end, floor] = [width - right, height - bottom];
  // Two lines that are close together keep their words apart.
  const apart = Math.max(0, line - Math.abs(y(target) - y(baseline))) / 2;
  const up = y(target) < y(baseline) ? -apart : apart;
  const onLeft = effect > (left + end) / 2;
  return {
    title: indicator,
    says: says(link, latest),
    width, height, left, end, top, floor,
    early: effect > left ? { width: effect - left, says: effect - left > 130 } : undefined,
    effect: { x: effect, text: `effect from ${dayOf(visibleFrom)}`, anchor: onLeft ? 'end' : 'start', at: effect + (onLeft ? -6 : 6) },
    target: { y: y(target), text: `target ${figureOf(target, unit)}`, at: y(target) + 5 + up },
    baseline: { y: y(baseline), text: `start ${figureOf(baseline, unit)}`, at: y(baseline) + 5 - up },
    today: { x: x(today), anchor: x(today) > (left + end) / 2 ? 'end' : 'start' },
    path: measurements.map(({ on, value }) => `${x(on)},${y(value)}`).join(' '),
    points: measurements.map(({ on, value }, index) => ({
      x: x(on), y: y(value), early: on < visibleFrom,
      text: measurements.length <= mostLabelled || index === 0 || index === measurements.length - 1 ? figureOf(value, unit) : '',
      // A figure stands on the side of its point that is not the line's it came by.
      at: y(value) < top + 2 * line ? y(value) + 22 : y(value) - 11,
    })),
    rows: measurements.map(({ on, value, source, wayGone }) => ({
      on: dayOf(on),
      value: figureOf(value, unit),
      way: wayGone >= 1 ? 'All of it' : wayGone > 0 ? `${Math.floor(wayGone * 100)}%` : 'No nearer',
      early: on < visibleFrom,
      source,
    })),
  };
}
