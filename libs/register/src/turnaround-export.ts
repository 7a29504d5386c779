import { disciplineTitles } from '@concordat/pathway/core';
import { asCsv, type Column } from './table-file.js';
import type { TurnaroundOfDiscipline } from './turnaround.store.js';

const columns: readonly Column<TurnaroundOfDiscipline>[] = [
  { heading: 'Discipline', width: 24, kind: 'text', of: ({ discipline }) => disciplineTitles[discipline] },
  { heading: 'Answered within twelve months', width: 12, kind: 'count', of: ({ answered }) => answered },
  { heading: 'Half took no more days than', width: 12, kind: 'count', of: ({ median }) => median },
  { heading: 'Days of the slowest', width: 12, kind: 'count', of: ({ slowest }) => slowest },
  { heading: 'Waiting', width: 10, kind: 'count', of: ({ waiting }) => waiting },
  { heading: 'Days of the longest waiting', width: 12, kind: 'count', of: ({ oldest }) => oldest },
];

/** How long sign-offs take as CSV, a line a discipline. */
export const turnaroundAsCsv = (disciplines: readonly TurnaroundOfDiscipline[]): string => asCsv(columns, disciplines);
