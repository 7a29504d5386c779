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
  const merges = mergedDown(new ZipArchive(bytes));
  const { default: readXlsxFile } = await import('read-excel-file/node');
  const sheets = await readXlsxFile(bytes).catch((fault: unknown) => {
    throw new RegisterFileUnreadable(
      `The XLSX workbook cannot be read (${fault instanceof Error ? fault.message : String(fault)}). Open it in a spreadsheet program and save it again.`,
      { cause: fault },
    );
  });
  return sheets.map(({ sheet, data }) => {
    const rows: Cell[][] = data.map((row) => row.map(cellOf));
    for (const { column, first, last } of merges.get(sheet) ?? []) {
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

// The reader leaves merged ranges out (ECMA-376 18.3.1.55), so they are looked up here. Of a range over several columns only
// the first is carried down: the others hold nothing of their own.
function mergedDown(archive: ZipArchive): ReadonlyMap<string, readonly Merge[]> {
  const targets = new Map<string, string>();
  for (const [tag] of (archive.text('xl/_rels/workbook.xml.rels') ?? '').matchAll(/<(?:\w+:)?Relationship\s[^>]*>/g)) {
    targets.set(attribute(tag, 'Id'), attribute(tag, 'Target').replace(/^\/?(xl\/)?/, 'xl/'));
  }
  const found = new Map<string, readonly Merge[]>();
  for (const [tag] of (archive.text('xl/workbook.xml') ?? '').matchAll(/<(?:\w+:)?sheet\s[^>]*>/g)) {
    const xml = archive.text(targets.get(attribute(tag, '[A-Za-z]\\w*:id')) ?? '') ?? '';
    const merges = [...xml.matchAll(/<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):[A-Z]+(\d+)"/g)]
      .map(([, letters = '', first, last]) => ({ column: columnOf(letters), first: Number(first), last: Number(last) }))
      .filter(({ first, last }) => last > first);
    found.set(attribute(tag, 'name'), merges);
  }
  return found;
}

function attribute(tag: string, name: string): string {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? '';
  return value.replace(/&(amp|lt|gt|quot|apos|#(\d+)|#x([0-9a-fA-F]+));/g, (_, entity: string, decimal?: string, hex?: string) => {
    if (decimal !== undefined || hex !== undefined) return String.fromCodePoint(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
    return { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[entity] ?? '';
  });
}

function columnOf(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
