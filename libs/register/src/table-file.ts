import { stringify } from 'csv-stringify/sync';
import type { Cell } from 'write-excel-file/node';

/** One column of a list that is exported. Money is decimal text, a day `YYYY-MM-DD`. */
export interface Column<Row> {
  readonly heading: string;
  /** In characters, as spreadsheets count. */
  readonly width: number;
  readonly kind: 'text' | 'money' | 'day' | 'count';
  readonly of: (row: Row) => string | number | null;
}

/**
 * Rows as CSV (RFC 4180, UTF-8 with a byte order mark, because spreadsheets read it as Latin-1 without). A cell that a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
export function asCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  return stringify(
    rows.map((row) => columns.map(({ of }) => of(row))),
    { header: true, columns: columns.map(({ heading }) => heading), bom: true, escape_formulas: true, record_delimiter: 'windows' },
  );
}

/** Rows as an XLSX workbook with real dates and numbers. Texts stand as texts, so that none becomes a formula. */
export async function asXlsx<Row>(sheet: string, columns: readonly Column<Row>[], rows: readonly Row[]): Promise<Buffer> {
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const headings: Cell[] = columns.map(({ heading }) => ({ value: heading, type: String, fontWeight: 'bold' }));
  return writeXlsxFile([headings, ...rows.map((row) => columns.map((column) => cellOf(column, row)))], {
    sheet,
    columns: columns.map(({ width }) => ({ width })),
    stickyRowsCount: 1,
  }).toBuffer();
}

function cellOf<Row>({ kind, of }: Column<Row>, row: Row): Cell {
  const value = of(row);
  if (value === null) return null;
  if (kind === 'money') return { value: Number(value), type: Number, format: '#,##0.00' };
  if (kind === 'day') return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
  return typeof value === 'number' ? { value, type: Number } : { value: value.slice(0, 32_767), type: String };
}
