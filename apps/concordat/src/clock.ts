import { parseArgs } from 'node:util';
import { holidays, routes } from '@concordat/pathway';
import type { Route, StandstillPeriod } from '@concordat/pathway/core';
import { standstillPeriod } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { isCivilDate, weekday } from '@concordat/platform/core';

const usage = 'Usage: concordat clock ROUTE PUBLISHED-DATE [--json]';

interface Streams {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;

function spoken(day: CivilDate): string {
  return `${weekdays[weekday(day) - 1]} ${day}`;
}

function knownRoutes(): string {
  return routes.latest().map(({ id, title }) => `  ${id}  ${title}\n`).join('');
}

function forPeople(route: Route, publishedOn: CivilDate, period: StandstillPeriod): string {
  return [
    `${route.title}: standstill after publication on ${spoken(publishedOn)}`,
    `  begins  ${spoken(period.begins)}`,
    `  ends    ${spoken(period.ends)}, at the end of that day`,
    `  counted ${period.days.map(spoken).join(', ')}`,
    ...(route.standstill.kind === 'mandatory' ? route.standstill.heldOpen.map(({ says }) => `  ${says}`) : []),
    `  source  ${route.standstill.source.cites} (${route.standstill.source.mark}); ${holidays.source}`,
    'Computed as a reminder; this is no legal advice.',
    '',
  ].join('\n');
}

function argumentsOf(args: readonly string[]): { readonly json: boolean; readonly positionals: readonly string[] } | { readonly wrong: string } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: { json: { type: 'boolean', default: false } }, allowPositionals: true });
    return { json: values.json, positionals };
  } catch (fault) {
    // node:util throws for a flag it does not know: that is the caller's mistake, with a sentence of its own.
    return { wrong: fault instanceof Error ? fault.message : String(fault) };
  }
}

/**
 * `concordat clock ROUTE PUBLISHED-DATE [--json]`: the standstill of a route. Standard output carries only the result.
 * @returns 0; 1 where the route has no mandatory standstill, or nobody knows the bank holidays it would be counted by; 2 where the question cannot be answered as asked.
 */
export async function run(args: string[], { stdout, stderr }: Streams = process): Promise<number> {
  const asked = argumentsOf(args);
  if ('wrong' in asked) {
    stderr.write(`${asked.wrong}\n${usage}\n`);
    return 2;
  }
  const [routeId, publishedOn, ...tooMany] = asked.positionals;
  if (routeId === undefined || publishedOn === undefined || tooMany.length > 0) {
    stderr.write(`The clock needs a route and the day its award notice was published, and nothing else.\n${usage}\nThe routes are:\n${knownRoutes()}`);
    return 2;
  }
  const route = routes.find(routeId);
  const existing = isCivilDate(publishedOn);
  // In the last year there is, a standstill might end after all days that can be written.
  const countable = existing && publishedOn < '9999';
  if (route === undefined) stderr.write(`There is no route “${routeId}”. The routes are:\n${knownRoutes()}`);
  if (!existing) stderr.write(`“${publishedOn}” is not a day of the calendar. Write it as YYYY-MM-DD, such as 2026-06-01.\n`);
  if (existing && !countable) stderr.write(`“${publishedOn}” is too far off. Give a day before the year 9999.\n`);
  if (route === undefined || !countable) return 2;

  const period = standstillPeriod(route, publishedOn, holidays);
  if ('none' in period) {
    stderr.write(`${route.title}: ${period.none} (${route.standstill.source.cites})\n`);
    return 1;
  }
  const { begins, ends, days, warnings } = period;
  if (warnings.length > 0) {
    stderr.write(`Warning: ${warnings.join(' ')} The standstill ends on ${ends} at the earliest; count it yourself.\n`);
    return 1;
  }
  stdout.write(asked.json ? `${JSON.stringify({ begins, ends, days })}\n` : forPeople(route, publishedOn, period));
  return 0;
}
