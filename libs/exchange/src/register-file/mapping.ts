import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readMoney, looksLikeMoney } from './read-money.js';
import { readDate } from './read-date.js';
import { type Cell, isBlank, RegisterFileUnreadable, type Sheet, type SheetRow, textOf } from './sheet.js';

/** What a column of a register can be. */
export const registerFields = ['reference', 'title', 'provider', 'lead', 'value', 'startsOn', 'endsOn', 'extension', 'tier', 'route'] as const;
/** One of them. */
export type RegisterField = (typeof registerFields)[number];

/** A mapping as JSON. */
export const registerMappingShape = z.strictObject({
  columns: z.record(z.string(), z.enum(registerFields).nullable()),
  sheet: z.string().optional(),
  headingRow: z.int().min(1).max(1000).optional(),
  dates: z.enum(['day-first', 'month-first']).optional(),
});
/**
 * Which column is what: headings as the register writes them, each with a field or null for "keep, but use it for nothing"; a heading
 * that is not named counts as null. `sheet` and `headingRow` where they cannot be found; `dates`: "month-first" only if all are.
 */
export type RegisterMapping = z.infer<typeof registerMappingShape>;

/** A sheet whose headings are known. */
export interface RegisterTable {
  readonly sheet: string | null;
  /** The row the headings stand in. */
  readonly headingRow: number;
  /** By column; every one is different. */
  readonly headings: readonly string[];
  readonly rows: readonly SheetRow[];
  /** SHA-256 of the set of headings, however they are ordered, spaced or capitalised. */
  readonly shape: string;
  /** How many headings have words that registers use. */
  readonly recognised: number;
}

/**
 * A mapping from JSON.
 * @throws RegisterFileUnreadable that says what is wrong, and what a mapping looks like.
 */
export function readMapping(json: unknown): RegisterMapping {
  const read = registerMappingShape.safeParse(json);
  if (!read.success) {
    const wrong = read.error.issues.map(({ path, message }) => `  ${path.length === 0 ? '(the whole)' : path.join('.')}: ${message}`).join('\n');
    throw new RegisterFileUnreadable(
      `The mapping cannot be used:\n${wrong}\nIt is JSON such as {"columns": {"Contract title": "title", "Expiry": "endsOn", "Notes": null}}; fields are ${registerFields.join(', ')}.`,
    );
  }
  const fields = Object.values(read.data.columns).filter((field) => field !== null);
  const twice = fields.find((field, at) => fields.indexOf(field) < at);
  if (twice !== undefined) throw new RegisterFileUnreadable(`The mapping gives two columns the field "${twice}". Give one of them null.`);
  if (!fields.some((field) => field === 'title' || field === 'reference' || field === 'provider')) {
    throw new RegisterFileUnreadable('The mapping names no column for "title", "reference" or "provider": no row could be told from another.');
  }
  return read.data;
}

/** A heading as it is compared: its words in lower case. */
export function plain(heading: string): string {
  return heading.toLowerCase().normalize('NFKC').replace(/['’]/g, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

// Words that say a field by themselves, and words that may mean it.
const words: Readonly<Record<RegisterField, { readonly sure: readonly string[]; readonly likely: readonly string[] }>> = {
  reference: {
    sure: ['reference', 'ref', 'ref no', 'reference no', 'reference number', 'contract reference', 'contract ref', 'contract reference number', 'contract number', 'contract no', 'contract id', 'agreement reference', 'agreement number', 'unique reference', 'unique reference number', 'contract ref no'],
    likely: ['id', 'no', 'number', 'urn', 'reference'],
  },
  title: {
    sure: ['title', 'contract title', 'contract name', 'name of contract', 'agreement title', 'title of agreement', 'service title', 'contract agreement title', 'title of contract', 'contract'],
    likely: ['description', 'contract description', 'service', 'service name', 'name', 'agreement', 'project', 'project title', 'subject', 'title'],
  },
  provider: {
    sure: ['provider', 'provider name', 'supplier', 'supplier name', 'contractor', 'contractor name', 'name of provider', 'name of supplier', 'current provider', 'current supplier', 'incumbent'],
    likely: ['organisation', 'vendor', 'company', 'awarded to', 'delivered by', 'delivery partner', 'supplier', 'provider', 'contractor'],
  },
  lead: {
    sure: ['lead', 'lead officer', 'contract manager', 'contract lead', 'lead commissioner', 'contract owner', 'commissioning lead', 'commissioning manager', 'responsible officer'],
    likely: ['owner', 'officer', 'manager', 'commissioner', 'contact', 'contact officer', 'service lead', 'lead', 'contact name'],
  },
  value: {
    sure: ['value', 'contract value', 'total value', 'total contract value', 'value gbp', 'value £', 'contract value gbp', 'value of contract', 'whole life value', 'contract sum'],
    likely: ['amount', 'cost', 'price', 'total', 'total cost', 'annual value', 'annual contract value', 'annual spend', 'budget', 'value'],
  },
  startsOn: {
    sure: ['start', 'start date', 'starts', 'starts on', 'contract start', 'contract start date', 'commencement', 'commencement date', 'contract commencement date', 'date of commencement', 'date commenced'],
    likely: ['from', 'begin', 'begins', 'date from', 'award date', 'start', 'commencement'],
  },
  endsOn: {
    sure: ['end', 'end date', 'ends', 'ends on', 'contract end', 'contract end date', 'expiry', 'expiry date', 'expires', 'expires on', 'contract expiry', 'contract expiry date', 'current end date', 'expiration date'],
    likely: ['to', 'until', 'date to', 'finish', 'finish date', 'completion date', 'termination date', 'renewal date', 'extended end date', 'end', 'expiry'],
  },
  extension: {
    sure: ['extension', 'extensions', 'extension option', 'extension options', 'option to extend', 'options to extend', 'extension period', 'extensions available', 'extension available'],
    likely: ['extension', 'extend', 'options'],
  },
  tier: { sure: ['tier', 'contract tier'], likely: ['tier'] },
  route: {
    sure: ['route', 'procurement route', 'route to market', 'procurement procedure', 'award procedure', 'procurement process'],
    likely: ['procedure', 'process', 'procurement method', 'route'],
  },
};

/** How well a heading says a field: 1 by itself, 0.6 likely, 0.4 when a word of it does, 0 not at all. */
export function headingSays(heading: string, field: RegisterField): number {
  const said = plain(heading);
  const { sure, likely } = words[field];
  if (sure.includes(said)) return 1;
  if (likely.includes(said)) return 0.6;
  const within = [...sure, ...likely].some((word) => word.length > 3 && ` ${said} `.includes(` ${word} `));
  return within ? 0.4 : 0;
}

/**
 * The sheet as a table: the headings are the row among the first 30 that has most words of registers, or the first with two texts.
 * @param headingRow the row, where somebody said which.
 */
export function tableOf(sheet: Sheet, headingRow?: number): RegisterTable | undefined {
  const candidates = headingRow === undefined ? sheet.rows.slice(0, 30) : sheet.rows.filter(({ number }) => number === headingRow);
  const rated = candidates.map((row) => ({ row, recognised: recognisedIn(row.cells) }));
  const most = Math.max(0, ...rated.map(({ recognised }) => recognised));
  const found = most >= 2 ? rated.find(({ recognised }) => recognised === most) : rated.find(({ row }) => headingRow !== undefined || textsIn(row.cells) >= 2);
  if (found === undefined) return undefined;
  const { row, recognised } = found;
  const rows = sheet.rows.filter(({ number }) => number > row.number);
  const width = Math.max(row.cells.length, ...rows.map(({ cells }) => cells.findLastIndex((cell) => textOf(cell) !== '') + 1));
  const headings: string[] = [];
  for (let column = 0; column < width; column += 1) {
    const given = textOf(row.cells[column]) || `Column ${letters(column)}`;
    let heading = given;
    for (let nth = 2; headings.some((known) => plain(known) === plain(heading)); nth += 1) heading = `${given} (${nth})`;
    headings.push(heading);
  }
  return { sheet: sheet.name, headingRow: row.number, headings, rows, recognised, shape: shapeOf(headings) };
}

function shapeOf(headings: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(headings.map(plain).sort())).digest('hex');
}

function recognisedIn(cells: readonly Cell[]): number {
  // A cell that itself is a date or an amount belongs to a contract, not to headings.
  if (cells.some((cell) => typeof cell === 'number' || looksLikeMoney(cell))) return 0;
  return registerFields.filter((field) => cells.some((cell) => typeof cell === 'string' && cell.length <= 80 && headingSays(cell, field) >= 0.6)).length;
}

function textsIn(cells: readonly Cell[]): number {
  return cells.filter((cell) => typeof cell === 'string' && textOf(cell) !== '').length;
}

function letters(column: number): string {
  return (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));
}

/** How well the cells of a column fit a field, 0 to 1, of those that say anything; undefined when none does. */
export function cellsSay(table: RegisterTable, column: number, field: RegisterField): number | undefined {
  const cells = table.rows.filter((row) => !isBlank(row)).slice(0, 300).map(({ cells: of }) => of[column] ?? null).filter((cell) => textOf(cell) !== '');
  if (cells.length === 0) return undefined;
  return cells.filter((cell) => fits(cell, field)).length / cells.length;
}

function fits(cell: Cell, field: RegisterField): boolean {
  const written = textOf(cell);
  switch (field) {
    case 'startsOn':
    case 'endsOn': {
      const read = readDate(cell, { edge: 'last', order: 'day-first' });
      return read.kind !== 'unreadable' || read.doubt.code === 'date.american' || read.doubt.code === 'date.no-such-day';
    }
    case 'value': {
      const read = readMoney(cell);
      return read.kind !== 'unreadable' || read.doubt.code !== 'money.unreadable';
    }
    case 'tier':
      return /^(small|standard|major)$/i.test(written);
    case 'reference':
      return written.length <= 60;
    case 'title':
    case 'provider':
    case 'lead':
      return typeof cell === 'string' && /\p{L}{2}/u.test(written) && readDate(cell, { edge: 'last', order: 'day-first' }).kind !== 'value';
    case 'extension':
    case 'route':
      return true;
  }
}
