/** What a cell holds. Dates of a spreadsheet come as `YYYY-MM-DD`; a number in a date column is Excel's serial day. */
export type Cell = string | number | boolean | null;

/** One row, with its number as a spreadsheet counts: the first is 1. */
export interface SheetRow {
  readonly number: number;
  readonly cells: readonly Cell[];
}

/** One sheet of a file; a CSV file is one without a name. */
export interface Sheet {
  readonly name: string | null;
  readonly rows: readonly SheetRow[];
}

/** A file that is no register, or a mapping that does not fit it. The message is for whoever brought it. */
export class RegisterFileUnreadable extends Error {
  override readonly name = 'RegisterFileUnreadable';
}

/** The text of a cell, white space collapsed; empty for an empty one. */
export function textOf(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) return '';
  if (typeof cell === 'boolean') return cell ? 'yes' : 'no';
  return String(cell).replace(/\s+/gu, ' ').trim();
}

/** True when nothing can be seen in any cell. */
export function isBlank(row: SheetRow): boolean {
  return row.cells.every((cell) => textOf(cell) === '');
}

/** A text as the database can hold it: without U+0000, and with no half of a surrogate pair. */
export function keepable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}
