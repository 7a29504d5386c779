import { doLevels, sayLevels } from '@concordat/pathway/core';
import type { InvolvementOverTime } from './involvement-view.store.js';
import { asCsv, type Column } from './table-file.js';

const columns: readonly Column<InvolvementOverTime>[] = [
  { heading: 'Name', width: 30, kind: 'text', of: ({ name }) => name },
  { heading: 'Quarter', width: 10, kind: 'text', of: ({ quarter }) => quarter },
  { heading: 'Stages', width: 8, kind: 'count', of: ({ stages }) => stages },
  ...sayLevels.map((words, level): Column<InvolvementOverTime> => ({ heading: `Say ${level} ${words}`, width: 14, kind: 'count', of: ({ say }) => say[level] ?? 0 })),
  ...doLevels.map((words, level): Column<InvolvementOverTime> => ({ heading: `Do ${level} ${words}`, width: 14, kind: 'count', of: ({ do: action }) => action[level] ?? 0 })),
  { heading: 'With a plan', width: 10, kind: 'count', of: ({ planned }) => planned },
  { heading: 'As planned', width: 10, kind: 'count', of: ({ asPlanned }) => asPlanned },
  { heading: 'Say 3 or more', width: 10, kind: 'count', of: ({ engaged }) => engaged },
  { heading: 'Of these confirmed', width: 10, kind: 'count', of: ({ confirmed }) => confirmed },
];

/** Say and Do over time as CSV: how many stages of each quarter reached which level. */
export function involvementAsCsv(rows: readonly InvolvementOverTime[]): string {
  return asCsv(columns, rows);
}
