import { cellsSay, headingSays, type RegisterField, registerFields, type RegisterMapping, type RegisterTable } from './mapping.js';
import { looksLikeMoney } from './read-money.js';
import { readDate } from './read-date.js';
import { type Cell, textOf } from './sheet.js';

/** What is proposed for one column, and why. */
export interface ProposedColumn {
  readonly heading: string;
  readonly field: RegisterField | null;
  /** `sure`: heading and cells both say so; `likely`: one of them does; `guess`: somebody must look. */
  readonly certainty: 'sure' | 'likely' | 'guess';
  readonly why: string;
  /** Up to three cells, so that a person can see what is meant. */
  readonly examples: readonly string[];
}

/** A mapping to be confirmed; `certain` when there is nothing to ask. */
export interface MappingProposal {
  readonly columns: readonly ProposedColumn[];
  readonly certain: boolean;
  /** Sentences: what keeps it from being certain. */
  readonly doubts: readonly string[];
  /** What to confirm or correct. */
  readonly mapping: RegisterMapping;
}

interface Candidate {
  readonly column: number;
  readonly field: RegisterField;
  readonly score: number;
  readonly said: number;
  readonly fit: number | undefined;
}

/** Proposes which column is what, from the headings and from what stands under them. */
export function proposeMapping(table: RegisterTable): MappingProposal {
  const candidates = table.headings
    .flatMap((heading, column) => registerFields.map((field) => candidate(table, heading, column, field)))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.column - b.column);
  const assigned: Candidate[] = [];
  for (const one of candidates) {
    if (!assigned.some(({ column, field }) => column === one.column || field === one.field)) assigned.push(one);
  }
  // Where headings say what matters, nobody is asked about a column that only might be something.
  const says = (...fields: RegisterField[]) => assigned.some(({ field, said }) => fields.includes(field) && said >= 0.6);
  const taken = says('endsOn') && says('title', 'reference') ? assigned.filter(({ said }) => said > 0) : assigned;
  const rivals = (one: Candidate) =>
    candidates.filter(({ field, column, said }) => field === one.field && column !== one.column && said === 1 && taken.find((kept) => kept.column === column)?.said !== 1);
  const columns = table.headings.map((heading, column): ProposedColumn => {
    const one = taken.find((kept) => kept.column === column);
    const examples = examplesOf(table, column);
    if (one === undefined) return { heading, field: null, certainty: 'sure', why: 'kept with the row, used for nothing', examples };
    const fits = one.fit === undefined || one.fit >= 0.6;
    const certainty = one.said === 1 && fits && rivals(one).length === 0 ? 'sure' : one.said >= 0.6 && fits ? 'likely' : 'guess';
    return { heading, field: one.field, certainty, why: whyOf(one), examples };
  });
  const of = (field: RegisterField) => columns.find((column) => column.field === field);
  const doubts = [
    ...columns.flatMap(({ heading, field, certainty, why }) => (certainty === 'sure' || field === null ? [] : [`Is “${heading}” the ${named[field]}? (${why})`])),
    ...taken.flatMap((one) => rivals(one).map(({ column }) => `“${table.headings[one.column]}” and “${table.headings[column]}” could both be the ${named[one.field]}.`)),
    ...(of('endsOn') === undefined ? ['No column looks like the day contracts end, without which nothing can be said of renewals.'] : []),
    ...(of('title') === undefined && of('reference') === undefined ? ['No column looks like a title or a reference.'] : []),
  ];
  return {
    columns,
    certain: doubts.length === 0,
    doubts,
    mapping: {
      columns: Object.fromEntries(columns.map(({ heading, field }) => [heading, field])),
      // Only where it was not found by its words.
      ...(table.recognised < 2 && { headingRow: table.headingRow }),
    },
  };
}

const named: Readonly<Record<RegisterField, string>> = {
  reference: 'reference', title: 'title', provider: 'provider', lead: 'lead', value: 'value', startsOn: 'day it starts', endsOn: 'day it ends',
  extension: 'extension', tier: 'tier', route: 'route',
};

function candidate(table: RegisterTable, heading: string, column: number, field: RegisterField): Candidate {
  const said = headingSays(heading, field);
  const fit = cellsSay(table, column, field);
  if (said > 0) return { column, field, said, fit, score: said * (fit === undefined ? 0.5 : fit >= 0.6 ? 1 : fit >= 0.3 ? 0.5 : 0.05) };
  return { column, field, said, fit, score: dataSays(table, column, field) };
}

// What the cells alone say, for headings nobody foresaw. Always less than a heading that says anything.
function dataSays(table: RegisterTable, column: number, field: RegisterField): number {
  const cells = table.rows.slice(0, 300).map((row) => row.cells[column] ?? null).filter((cell) => textOf(cell) !== '');
  if (cells.length < 2) return 0;
  const share = (is: (cell: Cell) => boolean) => cells.filter(is).length / cells.length;
  const isDate = (cell: Cell) => typeof cell === 'string' && !/^\d+$/.test(cell) && readDate(cell, { edge: 'last', order: 'day-first' }).kind === 'value';
  switch (field) {
    case 'startsOn':
    case 'endsOn': {
      if (share(isDate) < 0.6) return 0;
      // Of two unnamed columns of dates the later is the end.
      const isLast = table.headings.every((_, other) => middleDay(table, other) <= middleDay(table, column));
      return (field === 'endsOn') === isLast ? 0.31 : 0.3;
    }
    case 'value':
      return share(looksLikeMoney) >= 0.6 ? 0.3 : 0;
    case 'reference':
      return share((cell) => /^[A-Z]{1,8}[-/ ]?[A-Z0-9]*\d[A-Z0-9/-]*$/i.test(textOf(cell))) >= 0.8 && new Set(cells.map(textOf)).size > cells.length * 0.8 ? 0.3 : 0;
    case 'provider':
      return share((cell) => /\b(ltd|limited|llp|plc|cic|trust|charity|council|association|group|foundation|services|partnership|uk)\b/i.test(textOf(cell))) >= 0.4 ? 0.3 : 0;
    case 'title':
      return share((cell) => typeof cell === 'string' && textOf(cell).split(' ').length >= 3 && !isDate(cell)) >= 0.6 ? 0.2 : 0;
    case 'tier':
      return share((cell) => /^(small|standard|major)$/i.test(textOf(cell))) >= 0.9 ? 0.3 : 0;
    case 'lead':
    case 'extension':
    case 'route':
      return 0;
  }
}

// The median day of a column; empty when it holds no dates.
function middleDay(table: RegisterTable, column: number): string {
  const days = table.rows.slice(0, 300).flatMap((row) => {
    const cell = row.cells[column] ?? null;
    const read = typeof cell === 'string' && !/^\d+$/.test(cell) ? readDate(cell, { edge: 'last', order: 'day-first' }) : undefined;
    return read?.kind === 'value' ? [read.value] : [];
  });
  return days.sort()[Math.floor(days.length / 2)] ?? '';
}

function whyOf({ said, fit }: Candidate): string {
  const cells = fit === undefined ? 'no cell says anything' : `${Math.round(fit * 100)} % of the cells fit`;
  return said === 0 ? `the heading says nothing; ${cells}` : said === 1 ? `the heading says so; ${cells}` : `the heading may mean it; ${cells}`;
}

function examplesOf(table: RegisterTable, column: number): readonly string[] {
  return [...new Set(table.rows.map((row) => textOf(row.cells[column])).filter((text) => text !== ''))].slice(0, 3);
}
