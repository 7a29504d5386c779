import type { Tx } from '@concordat/platform';
import type { ContractRegister, RegisterImported } from '@concordat/register';
import { plain, readMapping, type RegisterMapping, type RegisterTable, tableOf } from './mapping.js';
import { type MappingProposal, proposeMapping } from './propose-mapping.js';
import { readCsv } from './read-csv.js';
import { readRegister, type RegisterRead } from './read-register.js';
import { readXlsx } from './read-xlsx.js';
import { RegisterFileUnreadable, type Sheet } from './sheet.js';

/** The largest register that is read, in bytes. */
export const largestRegister = 25 * 1024 * 1024;

/** A register as somebody brings it. */
export interface RegisterFile {
  /** Its name without folders: it decides how the file is read, and stands with every row. */
  readonly file: string;
  readonly bytes: Buffer;
}

/** Into which register something is brought, and whose. */
export interface RegisterOf {
  readonly register: ContractRegister;
  readonly tenant: string;
}

/** What is asked of an import. */
export interface RegistersAsked extends RegisterOf {
  /** Who brings it: a person's id, or `system:import`. */
  readonly by: string;
  /** A mapping as JSON that somebody confirmed; without one a remembered mapping is used, or one that is certain. */
  readonly map?: unknown;
  /** Done in the transaction in which what was read begins to count. */
  readonly alongside?: (tx: Tx) => Promise<void>;
}

/** One thing about one row, as an import tells it. */
export interface ToldRow {
  readonly sheet: string | null;
  readonly row: number;
  readonly column: string | null;
  readonly code: string;
  readonly says: string;
}

/** What an import did: rows = blank + contracts + duplicates + kept; contracts = imported + updated + unchanged. */
export interface RegisterReport {
  readonly file: string;
  readonly rows: number;
  readonly blank: number;
  readonly contracts: number;
  readonly imported: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly duplicates: number;
  readonly kept: number;
  /** Rows kept by an earlier import that are contracts now. */
  readonly settled: number;
  /** How the mapping came about. */
  readonly mapping: 'given' | 'remembered' | 'certain';
  readonly sheetsLeftOut: readonly string[];
  /** Every row that is no contract, and every doubt about those that are. */
  readonly problems: readonly ToldRow[];
}

/** `imported`, or `mapping-needed` when somebody must confirm which column is what. `printed` is for a person. */
export type RegisterImport =
  | { readonly outcome: 'imported'; readonly report: RegisterReport; readonly printed: string; readonly json: object }
  | { readonly outcome: 'mapping-needed'; readonly proposal: MappingProposal; readonly printed: string; readonly json: object };

/** One register, as `importRegisterFiles` does several. */
export async function importRegisterFile({ file, bytes, ...asked }: RegisterFile & RegistersAsked): Promise<RegisterImport> {
  return (await importRegisterFiles(asked, [{ file, bytes }]))[0]!;
}

/**
 * Imports registers: all of them, or nothing. Importing the same files again changes nothing.
 * @returns what became of each; where somebody must confirm which column is what, the proposals of those files alone.
 * @throws RegisterFileUnreadable with a sentence when a file or the mapping cannot be used.
 */
export async function importRegisterFiles({ register, tenant, by, map, alongside }: RegistersAsked, files: readonly RegisterFile[]): Promise<readonly RegisterImport[]> {
  const given = map === undefined ? undefined : readMapping(map);
  const opened: Opened[] = [];
  for (const { file, bytes } of files) {
    try {
      opened.push({ file, ...(await understood(await openRegister(file, bytes), given, (shapes) => register.rememberedMapping(tenant, shapes))) });
    } catch (fault) {
      if (!(fault instanceof RegisterFileUnreadable)) throw fault;
      throw new RegisterFileUnreadable(`${file}: ${fault.message} Nothing was imported.`, { cause: fault });
    }
  }
  const uncertain = opened.filter(({ mapping }) => mapping === undefined);
  if (uncertain.length > 0) return uncertain.map(({ file, proposal }) => ({ outcome: 'mapping-needed', proposal, printed: printedProposal(file, proposal), json: { file, mappingNeeded: proposal } }));

  const read = opened.map((one) => ({ ...one, read: readRegister(one.tables, one.mapping!, one.file) }));
  const batches = read.map(({ file, tables, mapping, read: { contracts, kept } }) => ({ by, file, contracts, kept, mapping: { shape: tables[0]?.shape ?? '', mapping: lasting(mapping!) } }));
  const done = await register.importRows(tenant, batches, alongside);
  return read.map((one, at) => {
    const report = reportOf(one, done[at]!);
    return { outcome: 'imported', report, printed: printedReport(report), json: report };
  });
}

// Where headings stand may change from file to file; what they mean does not.
function lasting({ columns, dates }: RegisterMapping): RegisterMapping {
  return { columns, ...(dates !== undefined && { dates }) };
}

function reportOf({ file, read, how, leftOut }: Opened & { readonly read: RegisterRead }, { kept, keptBefore, ...done }: RegisterImported): RegisterReport {
  return {
    file,
    rows: read.blank + read.contracts.length + read.duplicates.length + read.kept.length,
    blank: read.blank,
    contracts: read.contracts.length,
    ...done,
    duplicates: read.duplicates.length,
    kept: kept + keptBefore,
    mapping: how,
    sheetsLeftOut: leftOut,
    problems: problemsOf(read),
  };
}

/** Where the headings of a register stand, as far as somebody said it. */
export interface HeadingsPlace {
  readonly sheet?: string;
  readonly headingRow?: number;
}

/** A proposal, and what it was made from. */
export interface RegisterProposal extends MappingProposal {
  /** Whether it is what was confirmed for these headings before. */
  readonly remembered: boolean;
  /** The sheets of a workbook; none for a CSV file. */
  readonly sheets: readonly string[];
  /** The sheet and the row the headings were found in. */
  readonly place: { readonly sheet: string | null; readonly headingRow: number };
}

/**
 * What a page shows before anything is imported: the mapping that would be used, and how sure it is.
 * @throws RegisterFileUnreadable.
 */
export async function proposeFor({ register, tenant, file, bytes, place }: RegisterFile & RegisterOf & { readonly place?: HeadingsPlace }): Promise<RegisterProposal> {
  const sheets = await openRegister(file, bytes);
  const { proposal, mapping, how, chosen } = await understood(sheets, undefined, (shapes) => register.rememberedMapping(tenant, shapes), place);
  const made = { ...proposal, remembered: false, sheets: sheets.flatMap(({ name }) => name ?? []), place: { sheet: chosen.sheet, headingRow: chosen.headingRow } };
  if (how !== 'remembered' || mapping === undefined) return made;
  const fieldOf = new Map(Object.entries(mapping.columns).map(([heading, field]) => [plain(heading), field]));
  const columns = made.columns.map((column) => ({ ...column, field: fieldOf.get(plain(column.heading)) ?? null, certainty: 'sure' as const, why: 'as it was confirmed before' }));
  return { ...made, columns, certain: true, doubts: [], mapping: { ...mapping, ...place }, remembered: true };
}

async function openRegister(file: string, bytes: Buffer): Promise<readonly Sheet[]> {
  if (bytes.length > largestRegister) throw new RegisterFileUnreadable('It is larger than 25 MB. Split the register, or take out what is no contract.');
  if (bytes.length === 0) throw new RegisterFileUnreadable('The file is empty.');
  const workbook = bytes.subarray(0, 2).equals(Buffer.from('PK', 'latin1')) || bytes[0] === 0xd0 || /\.xlsx?$/i.test(file);
  return workbook ? readXlsx(bytes) : [readCsv(bytes)];
}

type Opened = Understood & Pick<RegisterFile, 'file'>;

interface Understood {
  readonly tables: readonly RegisterTable[];
  readonly leftOut: readonly string[];
  readonly mapping?: RegisterMapping;
  readonly how: RegisterReport['mapping'];
  readonly proposal: MappingProposal;
  readonly chosen: RegisterTable;
}

async function understood(
  sheets: readonly Sheet[],
  given: RegisterMapping | undefined,
  remember: (shapes: readonly string[]) => Promise<{ readonly shape: string; readonly mapping: unknown } | undefined>,
  place: HeadingsPlace = given ?? {},
): Promise<Understood> {
  const found = sheets
    .filter(({ name }) => place.sheet === undefined || name === null || name === place.sheet)
    .flatMap((sheet) => tableOf(sheet, place.headingRow) ?? [])
    .filter(({ rows }) => rows.length > 0);
  const best = given === undefined ? found.toSorted((a, b) => b.recognised - a.recognised)[0] : found.toSorted((a, b) => known(b, given) - known(a, given))[0];
  if (best === undefined) throw nothingFound(sheets, place);
  const recalled = given === undefined ? await remember(found.map(({ shape }) => shape)) : undefined;
  const chosen = found.find(({ shape }) => shape === recalled?.shape) ?? best;
  // Sheets with the same headings, such as one for each directorate, are one register.
  const tables = found.filter(({ shape }) => shape === chosen.shape);
  const leftOut = sheets.filter(({ name, rows }) => rows.length > 0 && !tables.some(({ sheet }) => sheet === name)).map(({ name }) => name ?? '');
  const proposed = proposeMapping(chosen);
  const others = found.filter((table) => table.shape !== chosen.shape && table.recognised >= 3).map(({ sheet }) => sheet ?? '');
  const proposal: MappingProposal = {
    ...proposed,
    certain: proposed.certain && others.length === 0,
    mapping: { ...proposed.mapping, ...(others.length > 0 && chosen.sheet !== null && { sheet: chosen.sheet }), ...place },
    doubts: [...proposed.doubts, ...others.map((name) => `The sheet “${name}” looks like a register with other headings; each needs an import of its own. Say "sheet" in the mapping.`)],
  };
  const base = { tables, leftOut, proposal, chosen };
  if (given !== undefined) {
    const missing = Object.keys(given.columns).filter((heading) => !chosen.headings.some((one) => plain(one) === plain(heading)));
    if (missing.length > 0) {
      throw new RegisterFileUnreadable(
        `The mapping names ${missing.map((name) => `“${name}”`).join(', ')}, but the headings are ${chosen.headings.map((name) => `“${name}”`).join(', ')} (row ${chosen.headingRow}). ` +
          'Use these words, or say "headingRow" if the headings stand elsewhere.',
      );
    }
    return { ...base, mapping: given, how: 'given' };
  }
  if (recalled !== undefined) return { ...base, mapping: readMapping(recalled.mapping), how: 'remembered' };
  return proposal.certain ? { ...base, mapping: proposal.mapping, how: 'certain' } : { ...base, how: 'certain' };
}

function known(table: RegisterTable, mapping: RegisterMapping): number {
  return Object.keys(mapping.columns).filter((heading) => table.headings.some((one) => plain(one) === plain(heading))).length;
}

function nothingFound(sheets: readonly Sheet[], { sheet }: HeadingsPlace): RegisterFileUnreadable {
  const names = sheets.flatMap(({ name }) => name ?? []);
  if (sheet !== undefined && names.length > 0 && !names.includes(sheet)) {
    return new RegisterFileUnreadable(`The mapping names the sheet “${sheet}”, but the workbook has ${names.map((name) => `“${name}”`).join(', ')}.`);
  }
  return new RegisterFileUnreadable('No row of headings with contracts under it was found. A register has one row of headings, such as Title, Provider, End date, and a row for each contract.');
}

function problemsOf(read: RegisterRead): readonly ToldRow[] {
  const told = [...read.kept, ...read.contracts].flatMap(({ source, problems }) =>
    problems.map(({ code, column, says }) => ({ sheet: source.sheet, row: source.row, column, code, says })),
  );
  const again = read.duplicates.map(({ sheet, row, of }) => ({ sheet, row, column: null, code: 'row.duplicate', says: `It says the same as row ${of}.` }));
  return [...told, ...again].sort((a, b) => (a.sheet === b.sheet ? a.row - b.row : (a.sheet ?? '') < (b.sheet ?? '') ? -1 : 1));
}

const mostPrinted = 40;

function printedReport(report: RegisterReport): string {
  const { file, rows, contracts, imported, updated, unchanged, duplicates, kept, blank, settled, problems, sheetsLeftOut } = report;
  const lines = problems.slice(0, mostPrinted).map(({ sheet, row, column, says }) => `  ${sheet === null ? '' : `${sheet}, `}row ${row}${column === null ? '' : `, ${column}`}: ${says}`);
  return [
    `${file}: ${rows} rows, of which ${contracts} are contracts (${imported} new, ${updated} changed, ${unchanged} as before), ${duplicates} duplicates, ${kept} kept with a problem, ${blank} blank.`,
    ...(settled > 0 ? [`${settled} rows kept earlier are contracts now.`] : []),
    ...(sheetsLeftOut.length > 0 ? [`Not read: ${sheetsLeftOut.map((name) => `sheet “${name}”`).join(', ')}.`] : []),
    ...(lines.length > 0 ? ['To look at:', ...lines] : []),
    ...(problems.length > mostPrinted ? [`  … and ${problems.length - mostPrinted} more; --json prints them all.`] : []),
    '',
  ].join('\n');
}

function printedProposal(file: string, { columns, doubts, mapping }: MappingProposal): string {
  const width = Math.max(...columns.map(({ heading }) => heading.length));
  return [
    `It is not certain which column of ${file} is what, so nothing was imported.`,
    '',
    ...columns.map(({ heading, field, certainty, why }) => `  ${heading.padEnd(width)}  ${field ?? '-'}${field === null ? '' : ` (${certainty}: ${why})`}`),
    '',
    ...doubts,
    '',
    `Save this as a file, correct what is wrong, and import again with --map FILE; it is remembered for registers with the same headings.`,
    '',
    JSON.stringify(mapping, null, 2),
    '',
  ].join('\n');
}
