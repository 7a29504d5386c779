import type { CellValue } from 'read-excel-file/node';
import { type Cell, keepable, RegisterFileUnreadable, type Sheet, textOf } from './sheet.js';
import { ZipArchive } from './zip.js';

/**
 * Every sheet of an XLSX workbook. A value is carried down where the sheet says that its cell is merged with those below, and
 * nowhere else: an empty cell under a filled one means nothing by itself.
 * @throws RegisterFileUnreadable for what is no XLSX workbook.
 */
export async function readXlsx(bytes: Buffer): Promise<readonly Sheet[]> {
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new RegisterFileUnreadable('This is an old .xls file, or a workbook with a password. Save it as an XLSX workbook without a password.');
  }
  const leftOut = leftOutOf(new ZipArchive(bytes));
  const { default: readXlsxFile } = await import('read-excel-file/node');
  const sheets = await readXlsxFile(bytes).catch((fault: unknown) => {
    throw new RegisterFileUnreadable(
      `The XLSX workbook cannot be read (${fault instanceof Error ? fault.message : String(fault)}). Open it in a spreadsheet program and save it again.`,
      { cause: fault },
    );
  });
  return sheets.map(({ sheet, data }) => {
    const rows: Cell[][] = data.map((row) => row.map(cellOf));
    const { untold, merges } = leftOut.get(sheet) ?? { untold: [], merges: [] };
    for (const { column, row: number, says } of untold) {
      const row = rows[number - 1];
      if (row === undefined) continue;
      while (row.length < column) row.push(null);
      row[column - 1] ??= keepable(says);
    }
    for (const { column, first, last } of merges) {
      const value = rows[first - 1]?.[column - 1] ?? null;
      if (value === null) continue;
      for (const row of rows.slice(first, last)) {
        while (row.length < column) row.push(null);
        if (textOf(row[column - 1]) === '') row[column - 1] = value;
      }
    }
    return { name: sheet, rows: rows.map((cells, index) => ({ number: index + 1, cells })) };
  });
}

function cellOf(value: CellValue | null): Cell {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  // The package's type says the class Date where it gives dates. Days stand at midnight UTC.
  const given: unknown = value;
  if (given instanceof Date) return Number.isNaN(given.getTime()) ? null : given.toISOString().slice(0, 10);
  return keepable(String(given));
}

interface Merge {
  readonly column: number;
  readonly first: number;
  readonly last: number;
}

/** A cell that holds an error such as #REF!, or a formula that nothing has worked out. Rows and columns count from 1. */
interface Untold {
  readonly column: number;
  readonly row: number;
  readonly says: string;
}

interface LeftOut {
  readonly merges: readonly Merge[];
  readonly untold: readonly Untold[];
}

// What the reader leaves out is looked up here: merged ranges (ECMA-376 18.3.1.55), of which only the first of several columns is
// carried down, because the others hold nothing of their own; and cells it takes for empty that are not (18.3.1.4).
function leftOutOf(archive: ZipArchive): ReadonlyMap<string, LeftOut> {
  const targets = new Map<string, string>();
  for (const [tag] of (archive.text('xl/_rels/workbook.xml.rels') ?? '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    targets.set(attribute(tag, 'Id'), attribute(tag, 'Target').replace(/^\/?(xl\/)?/, 'xl/'));
  }
  const found = new Map<string, LeftOut>();
  for (const [tag] of (archive.text('xl/workbook.xml') ?? '').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const xml = archive.text(targets.get(attribute(tag, '[A-Za-z]\\w*:id')) ?? '') ?? '';
    const merges = [...xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g)]
      .map(([, letters = '', first, last]) => ({ column: columnOf(letters), first: Number(first), last: Number(last) }))
      .filter(({ first, last }) => last > first);
    found.set(attribute(tag, 'name'), { merges, untold: untoldIn(xml) });
  }
  return found;
}

function untoldIn(xml: string): readonly Untold[] {
  if (!/\st="e"|<(?:\w+:)?f[\s>]/.test(xml)) return [];
  return [...xml.matchAll(/<(?:\w+:)?c(\s[^>]*[^/])>(.*?)<\/(?:\w+:)?c>/gs)].flatMap(([, attributes = '', inside = '']) => {
    const inTag = (name: string) => new RegExp(`<(?:\\w+:)?${name}(?:\\s[^>]*)?>([^<]*)<`).exec(inside)?.[1];
    const [value, formula] = [inTag('v'), inTag('f')];
    const isError = attribute(attributes, 't') === 'e' && value !== undefined;
    if (!isError && (value !== undefined || formula === undefined)) return [];
    const [, letters = '', row] = /^([A-Z]+)(\d+)$/.exec(attribute(attributes, 'r')) ?? [];
    return [{ column: columnOf(letters), row: Number(row), says: unescaped(isError ? value : `=${formula}`) }];
  });
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return unescaped(value);
}

function unescaped(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|#(\d+)|#x([0-9a-fA-F]+));/g, (_, entity: string, decimal?: string, hex?: string) => {
    if (decimal !== undefined || hex !== undefined) return String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[entity] ?? '';
  });
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
