import { disciplineTitles } from '@concordat/pathway/core';
import type { TurnaroundOfDiscipline } from '@concordat/register';
import { counted, upper } from './words/say.js';

const [width, left, line, longest, top] = [680, 190, 62, 250, 8] as const;

/** A length of time in days, as people say it. */
const daysSaid = (days: number): string => (days < 1 ? 'less than a day' : counted(Math.round(days), 'day'));

/** How long sign-offs take, in a sentence. `held`: whoever holds up the one that waits longest. */
function says(disciplines: readonly TurnaroundOfDiscipline[], held: string | undefined): string {
  const sum = (of: (one: TurnaroundOfDiscipline) => number) => disciplines.reduce((total, one) => total + of(one), 0);
  const [answered, waiting] = [sum((one) => one.answered), sum((one) => one.waiting)];
  const slow = disciplines.filter(({ median }) => median !== null).toSorted((one, other) => (other.median ?? 0) - (one.median ?? 0))[0];
  const waits = disciplines.find(({ oldest }) => oldest !== null);
  const took = slow === undefined ? 'No sign-off was answered within twelve months.' : `${counted(answered, 'sign-off was', 'sign-offs were')} answered within twelve months; ${disciplineTitles[slow.discipline]} takes longest: ${slow.answered === 1 ? 'its only one took' : `half of its ${slow.answered} took at most`} ${daysSaid(slow.median ?? 0)}.`;
  if (waits === undefined) return `${took} None waits.`;
  return `${took} ${counted(waiting, 'waits', 'wait')}, the longest for ${daysSaid(waits.oldest ?? 0)}: ${disciplineTitles[waits.discipline]}${held === undefined ? '' : `, on ${held}`}.`;
}

/** How long sign-offs take by discipline: places for a picture, and the same as rows of a table. */
export function turnaroundShown(disciplines: readonly TurnaroundOfDiscipline[], held: string | undefined) {
  const most = Math.max(1, ...disciplines.flatMap(({ median, oldest }) => [median ?? 0, oldest ?? 0]));
  const wide = (days: number) => Math.max(3, Math.round((days / most) * longest));
  return {
    says: says(disciplines, held),
    width,
    height: top + disciplines.length * line,
    bars: disciplines.map(({ discipline, answered, median, waiting, oldest }, at) => ({
      title: upper(disciplineTitles[discipline]),
      y: top + at * line,
      took: median === null ? undefined : { x: left, width: wide(median), text: `answered: ${daysSaid(median)}, half of ${answered}` },
      waits: oldest === null ? undefined : { x: left, width: wide(oldest), text: `${counted(waiting, 'waits', 'wait')}: ${daysSaid(oldest)}` },
    })),
    rows: disciplines.map(({ discipline, answered, median, slowest, waiting, oldest }) => ({
      title: upper(disciplineTitles[discipline]),
      by: '',
      cells: [String(answered), median === null ? 'None' : daysSaid(median), slowest === null ? 'None' : daysSaid(slowest), String(waiting), oldest === null ? 'None' : daysSaid(oldest)],
    })),
  };
}
