import type { YouSaidWeDid } from '@concordat/agreement/core';
import { asCsv, asXlsx, type Column } from './table-file.js';

interface Told {
  readonly part: 'We asked' | 'You said' | 'We promised';
  readonly what: string;
  readonly became: string;
  readonly says: string;
  readonly changed: string;
  readonly on: string | null;
  readonly stage: string;
}

const nothingMore = { became: '', says: '', changed: '', on: null, stage: '' };

const linesOf = ({ asked, themes, few, commitments }: YouSaidWeDid): readonly Told[] => [
  ...themes.map(({ title, did, stands, undone }): Told => ({
    part: 'You said',
    what: title,
    became: undone === null ? (did === null || stands === 'reopened' ? stands : did.outcome) : 'undone',
    says: undone?.reasons ?? did?.reasons ?? '',
    changed: did?.changed ?? '',
    on: undone?.on ?? did?.on ?? null,
    stage: '',
  })),
  ...commitments.map(({ what, by, stands, says }): Told => ({ part: 'We promised', what, became: stands, says: says ?? '', changed: '', on: by, stage: '' })),
  // What is of few is told by how many there are, as the page does.
  ...(few === 0 ? [] : [{ part: 'You said', what: `Themes that fewer than five people raised: ${few}`, ...nothingMore } as const]),
  ...asked.flatMap(({ stage, activities, fewCame }): readonly Told[] =>
    [...activities, ...(fewCame === 0 ? [] : [`Activities to which fewer than five people came: ${fewCame}`])].map((what) => ({ part: 'We asked', what, ...nothingMore, stage })),
  ),
];

const columns: readonly Column<Told>[] = [
  { heading: 'Part', width: 14, kind: 'text', of: ({ part }) => part },
  { heading: 'What', width: 40, kind: 'text', of: ({ what }) => what },
  { heading: 'What became of it', width: 20, kind: 'text', of: ({ became }) => became },
  { heading: 'Why', width: 60, kind: 'text', of: ({ says }) => says },
  { heading: 'What changed', width: 60, kind: 'text', of: ({ changed }) => changed },
  { heading: 'On, or by', width: 12, kind: 'day', of: ({ on }) => on },
  { heading: 'Stage', width: 16, kind: 'text', of: ({ stage }) => stage },
];

/** What people said, what was done, what was promised, and what people were asked, as CSV: a row each, and of nobody's name. */
export const youSaidAsCsv = (told: YouSaidWeDid): string => asCsv(columns, linesOf(told));

/** The same as an XLSX workbook. */
export const youSaidAsXlsx = (told: YouSaidWeDid): Promise<Buffer> => asXlsx('You said, we did', columns, linesOf(told));
