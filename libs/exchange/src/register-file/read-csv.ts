import { CsvError, parse } from 'csv-parse/sync';
import { keepable, RegisterFileUnreadable, type Sheet } from './sheet.js';

const delimiters = [',', ';', '\t', '|'];
/** No register and no export of people's words has more columns: what has is another file, and would hold the process while it is read. */
const mostColumns = 500;

function refuseTooWide(cells: string[]): string[] {
  if (cells.length > mostColumns) throw new RegisterFileUnreadable(`The CSV file has a row of ${cells.length} columns; at most ${mostColumns} are read. Leave out what is not needed.`);
  return cells;
}

/**
 * A CSV file as a sheet: with any of four delimiters, in UTF-8, UTF-16 or the Windows-1252 that Excel still writes.
 * @throws RegisterFileUnreadable for a quotation mark that is never closed, and for more than 500 columns.
 */
export function readCsv(bytes: Buffer): Sheet {
  const text = keepable(decoded(bytes));
  try {
    const records: string[][] = parse(text, { delimiter: delimiterOf(text), relax_column_count: true, relax_quotes: true, skip_empty_lines: false, on_record: refuseTooWide });
    return { name: null, rows: records.map((cells, index) => ({ number: index + 1, cells: cells.map((cell) => (cell === '' ? null : cell)) })) };
  } catch (fault) {
    if (!(fault instanceof CsvError)) throw fault;
    throw new RegisterFileUnreadable(
      `The CSV file cannot be read: ${fault.message.split(/[:,]/)[0]?.toLowerCase()} near line ${String(fault['lines'] ?? '?')}. ` +
        'Look for a quotation mark that is never closed, or save the register as XLSX.',
      { cause: fault },
    );
  }
}

function decoded(bytes: Buffer): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

// The one that most of the first lines hold, and that makes most columns of them.
function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/, 30).map((line) => line.replace(/"[^"]*"/g, ''));
  const counts = delimiters.map((delimiter) => lines.map((line) => line.split(delimiter).length - 1).sort((a, b) => a - b));
  const typical = counts.map((sorted) => (sorted[Math.floor(sorted.length / 2)] ?? 0) * 1000 + (sorted.at(-1) ?? 0));
  return delimiters[typical.indexOf(Math.max(...typical))] ?? ',';
}
