import type { ListedAgreement } from '@concordat/register';
import { stageTitleOf } from './names.js';
import { counted, dayOf } from './words/say.js';

const [width, left, line, top] = [920, 10, 40, 46] as const;
const day = 86_400_000;
const soonDays = 365;
const at = (civil: string): number => Date.parse(`${civil}T00:00:00Z`);

/** Contracts on a line of time: places for a picture, and the same as rows of a table; those without a period stand below it by number. */
export function roadmapOf(rows: readonly ListedAgreement[], today: string) {
  const dated = rows
    .flatMap(({ startsOn, endsOn, ...row }) => (startsOn === null || endsOn === null ? [] : [{ ...row, startsOn, endsOn }]))
    .toSorted((one, other) => (one.endsOn < other.endsOn ? -1 : 1));
  const now = at(today);
  const years = yearsOf([today, ...dated.flatMap(({ startsOn, endsOn }) => [startsOn, endsOn])]);
  const [from, to] = [Date.UTC(years[0]!, 0, 1), Date.UTC(years.at(-1)! + 1, 0, 1)];
  const across = (time: number) => Math.round(left + ((time - from) / (to - from)) * (width - 2 * left));
  const over = dated.filter(({ endsOn, lifecycle }) => endsOn < today && lifecycle !== 'closed' && lifecycle !== 'cancelled').length;
  const soon = dated.filter(({ endsOn }) => endsOn >= today && at(endsOn) - now <= soonDays * day).length;
  const undated = rows.length - dated.length;
  return {
    headline: [
      `${counted(soon, 'contract ends', 'contracts end')} within a year`,
      ...(over > 0 ? [`${counted(over, 'has', 'have')} ended and ${over === 1 ? 'is' : 'are'} not closed`] : []),
      ...(undated > 0 ? [`${counted(undated, 'agreement has', 'agreements have')} no period yet`] : []),
    ].join('; ').concat('.'),
    rows: dated.map(({ id, title, reference, pathway, stage, startsOn, endsOn }, index) => ({
      number: index + 1,
      href: `/agreements/${id}`,
      title,
      reference,
      stage: stageTitleOf(pathway, stage),
      from: dayOf(startsOn),
      to: dayOf(endsOn),
      ends: endsOn < today ? 'over' : `in ${counted(Math.round((at(endsOn) - now) / day), 'day')}`,
      over: endsOn < today,
      x: across(at(startsOn)),
      y: top + index * line,
      length: Math.max(4, across(at(endsOn)) - across(at(startsOn))),
    })),
    picture: {
      width,
      height: top + dated.length * line + 10,
      today: across(now),
      years: years.map((year) => ({ year, x: across(Date.UTC(year, 0, 1)) })),
    },
    undated: rows.filter(({ startsOn, endsOn }) => startsOn === null || endsOn === null).map(({ id, title }) => ({ href: `/agreements/${id}`, title })),
  };
}

// A picture of more years says nothing.
const mostYears = 15;

function yearsOf(days: readonly string[]): readonly number[] {
  const all = days.map((civil) => Number(civil.slice(0, 4)));
  const last = Math.max(...all);
  const first = Math.max(Math.min(...all), last - mostYears + 1);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
