import { routes } from '@concordat/pathway';
import { tiers } from '@concordat/pathway/core';
import { canonical, type Json } from '@concordat/platform/core';
import { type ContractFields, type RawRow, type RegisterRow, type RowProblem, shippedRenewalSettings, type UnusableRow } from '@concordat/register';
import { plain, type RegisterField, type RegisterMapping, type RegisterTable } from './mapping.js';
import { type Doubt, isTwoSided, looksAmerican, type Read, readDate, shown } from './read-date.js';
import { readMoney } from './read-money.js';
import { type Cell, isBlank, type SheetRow, textOf } from './sheet.js';

/** What became of every row of a register: each is a contract, a duplicate, kept with a problem, or blank. */
export interface RegisterRead {
  readonly contracts: readonly RegisterRow[];
  /** The same contract, further up, with the same in every cell. */
  readonly duplicates: readonly { readonly sheet: string | null; readonly row: number; readonly of: number }[];
  readonly kept: readonly UnusableRow[];
  /** How many rows hold nothing at all. */
  readonly blank: number;
}

interface ReadRow {
  readonly table: RegisterTable;
  readonly row: SheetRow;
  readonly raw: RawRow;
  readonly fields: ContractFields;
  readonly problems: readonly RowProblem[];
  /** What it says, in whatever form: fields that were read, and every other cell. */
  readonly content: RawRow;
}

// What spreadsheets show in a cell that they cannot work out.
const sheetErrors = /^#(N\/A|REF!|VALUE!|DIV\/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)$/;
const totalWords = /^((grand|sub|overall)[- ]?)?totals?\b/i;

/** Reads the tables of a register by a mapping. `file` stands with every row. Never throws. */
export function readRegister(tables: readonly RegisterTable[], mapping: RegisterMapping, file: string): RegisterRead {
  let blank = 0;
  const kept: UnusableRow[] = [];
  const usable: ReadRow[] = [];
  for (const table of tables) {
    const reader = new RowReader(table, mapping);
    for (const row of table.rows) {
      if (isBlank(row)) {
        blank += 1;
        continue;
      }
      const raw = rawOf(table, row);
      const { fields, problems, stops } = reader.read(row);
      const [first, ...more] = stops;
      if (first === undefined) usable.push({ table, row, raw, fields, problems, content: reader.contentOf(fields, raw, problems) });
      else kept.push({ key: keysOf(fields)?.[0] ?? null, problems: [first, ...more, ...problems], source: { file, sheet: table.sheet, row: row.number }, raw });
    }
  }
  const told = toldApart(usable, file);
  return { ...told, kept: [...kept, ...told.kept], blank };
}

// Rows that name the same contract: one that says the same is a duplicate, one that says something else is kept for a person.
function toldApart(rows: readonly ReadRow[], file: string): Omit<RegisterRead, 'blank'> {
  const keys = keysOfAll(rows);
  const first = new Map<string, ReadRow>();
  const contracts: RegisterRow[] = [];
  const duplicates: RegisterRead['duplicates'][number][] = [];
  const kept: UnusableRow[] = [];
  rows.forEach((one, index) => {
    const { key, byReference, shared } = keys[index]!;
    const source = { file, sheet: one.table.sheet, row: one.row.number };
    const before = first.get(key);
    if (before === undefined) {
      first.set(key, one);
      contracts.push({ key, byReference, fields: one.fields, problems: [...one.problems, ...shared], source, raw: one.raw });
    } else if (canonical(before.content) === canonical(one.content)) {
      duplicates.push({ sheet: source.sheet, row: source.row, of: before.row.number });
    } else {
      const names = [...new Set([...Object.keys(before.content), ...Object.keys(one.content)])].filter((name) => canonical(before.content[name] ?? null) !== canonical(one.content[name] ?? null));
      const says = `It names the same contract as row ${before.row.number}, but differs in ${names.map((name) => `“${name}”`).join(', ')}. Only row ${before.row.number} was taken; leave one of them in the register, or give each a reference of its own.`;
      kept.push({ key, problems: [{ code: 'row.contradicts', column: null, says }, ...one.problems], source, raw: one.raw });
    }
  });
  return { contracts, duplicates, kept };
}

interface Keyed extends Pick<RegisterRow, 'key' | 'byReference'> {
  readonly shared: readonly RowProblem[];
}

// One reference on several rows is several lots or providers, and one title with one provider may be this contract and the next:
// the first by name keeps the plain key, so that a row added later does not rename those that are there.
function keysOfAll(rows: readonly ReadRow[]): readonly Keyed[] {
  const finer = new Map<string, Set<string>>();
  for (const { fields } of rows) {
    const [key, more] = keysOf(fields) ?? ['', ''];
    finer.set(key, (finer.get(key) ?? new Set()).add(more));
  }
  const firstOf = new Map([...finer].map(([key, all]) => [key, [...all].sort()[0]]));
  return rows.map(({ fields }) => {
    const [key, more] = keysOf(fields) ?? ['', ''];
    const several = (finer.get(key)?.size ?? 0) > 1;
    const shared: RowProblem[] =
      several && fields.reference !== null
        ? [{ code: 'reference.repeated', column: null, says: `The reference ${shown(fields.reference)} stands on rows with other titles or providers too; each was taken as a contract of its own.` }]
        : [];
    const apart = `${key}/${more}`;
    return { key: several && firstOf.get(key) !== more ? apart : key, byReference: fields.reference === null ? null : { plain: key, apart }, shared };
  });
}

/** What names the contract of these fields within its organisation; undefined where they name none. */
export function keyOf(fields: ContractFields): string | undefined {
  return keysOf(fields)?.[0];
}

/**
 * What can be read of one row of a register by a mapping, whether or not it can be used as it stands.
 * @param raw its cells by their headings.
 */
export function readRow(raw: RawRow, mapping: RegisterMapping): ContractFields {
  const headings = Object.keys(raw);
  const cells = Object.values(raw) as Cell[];
  const row: SheetRow = { number: 2, cells };
  const table: RegisterTable = { sheet: null, headingRow: 1, headings, rows: [row], shape: '', recognised: headings.length };
  return new RowReader(table, mapping).read(row).fields;
}

function keysOf({ reference, title, provider, startsOn }: ContractFields): readonly [string, string] | undefined {
  const named = `${plain(title)}/${plain(provider ?? '')}`;
  if (reference !== null) return [`reference/${reference.toLowerCase().replace(/\s/g, '')}`, named];
  return named === '/' ? undefined : [`row/${named}`, startsOn ?? ''];
}

class RowReader {
  readonly #columns: ReadonlyMap<RegisterField, number>;
  readonly #american: ReadonlyMap<number, number>;

  constructor(
    private readonly table: RegisterTable,
    private readonly mapping: RegisterMapping,
  ) {
    const wanted = new Map(Object.entries(mapping.columns).map(([heading, field]) => [plain(heading), field]));
    this.#columns = new Map(table.headings.flatMap((heading, column): [RegisterField, number][] => {
      const field = wanted.get(plain(heading));
      return field === null || field === undefined ? [] : [[field, column]];
    }));
    this.#american = new Map(
      [...this.#columns].flatMap(([field, column]): [number, number][] => {
        const row = field === 'startsOn' || field === 'endsOn' ? table.rows.find(({ cells }) => looksAmerican(cells[column])) : undefined;
        return row === undefined ? [] : [[column, row.number]];
      }),
    );
  }

  read(row: SheetRow): { fields: ContractFields; problems: readonly RowProblem[]; stops: readonly RowProblem[] } {
    const problems: RowProblem[] = [];
    const stops: RowProblem[] = [];
    const note = (field: RegisterField, doubt: Doubt) => problems.push(this.problem(field, doubt));
    const text = (field: RegisterField) => {
      const written = textOf(this.cell(row, field));
      if (!sheetErrors.test(written)) return written || null;
      note(field, { code: 'cell.error', says: `“${written}” is an error of the spreadsheet it comes from, so nothing was taken of it. Mend it there.` });
      return null;
    };
    const day = (field: 'startsOn' | 'endsOn'): string | null => {
      const read = this.day(row, field);
      if (read.kind === 'unreadable') stops.push(this.problem(field, read.doubt));
      else if (read.doubt !== undefined) note(field, read.doubt);
      return read.kind === 'value' ? read.value : null;
    };
    const [startsOn, endsOn] = [day('startsOn'), day('endsOn')];
    if (startsOn !== null && endsOn !== null && endsOn < startsOn) {
      stops.push(this.problem('endsOn', { code: 'date.ends-before-start', says: `It ends (${endsOn}) before it starts (${startsOn}). Correct one of the two.` }));
    }
    const money = readMoney(this.cell(row, 'value'));
    if (money.doubt !== undefined) note('value', money.doubt);
    const [reference, provider, writtenTitle] = [text('reference'), text('provider'), text('title')];
    const named = writtenTitle ?? (provider !== null ? `Contract with ${provider}` : reference !== null ? `Contract ${reference}` : null);
    if (named === null) {
      stops.push({ code: 'row.nameless', column: null, says: 'It has neither title nor provider nor reference, so it cannot be told which contract it is. Add one of them.' });
    } else if (writtenTitle === null && this.#columns.has('title')) {
      note('title', { code: 'title.missing', says: `It has no title; “${shown(named)}” stands for one.` });
    }
    stops.unshift(...this.noContract(row));
    return {
      fields: {
        reference, title: named ?? '', provider, lead: text('lead'), value: money.kind === 'value' ? money.value : null, startsOn, endsOn,
        extension: text('extension'), tier: this.tier(text('tier'), note), route: this.route(text('route'), note),
      },
      problems,
      stops,
    };
  }

  /** By headings: what was read of a mapped column without any doubt, so that 31/03/2026 and 31 March 2026 are the same; else the cell. */
  contentOf(fields: ContractFields, raw: RawRow, problems: readonly RowProblem[]): RawRow {
    const read = [...this.#columns].flatMap(([field, column]): [string, Json][] => {
      const heading = this.table.headings[column] ?? '';
      return problems.some((problem) => problem.column === heading) ? [] : [[heading, fields[field]]];
    });
    return { ...raw, ...Object.fromEntries(read) };
  }

  private cell(row: SheetRow, field: RegisterField): Cell | undefined {
    const column = this.#columns.get(field);
    return column === undefined ? undefined : row.cells[column];
  }

  private day(row: SheetRow, field: 'startsOn' | 'endsOn'): Read<string> {
    const cell = this.cell(row, field);
    const order = this.mapping.dates ?? 'day-first';
    const read = readDate(cell, { edge: field === 'startsOn' ? 'first' : 'last', order });
    const american = this.#american.get(this.#columns.get(field) ?? -1);
    if (order === 'month-first' || american === undefined || read.kind !== 'value' || !isTwoSided(cell)) return read;
    const says = `“${textOf(cell)}” was read day first (${read.value}), but row ${american} of this column is written month first. Check which is meant.`;
    return { ...read, doubt: { code: 'date.two-sided', says } };
  }

  // Rows that are in registers and are no contracts.
  private noContract(row: SheetRow): readonly RowProblem[] {
    const texts = row.cells.map(textOf).filter((text) => text !== '');
    const whole = (code: string, says: string) => [{ code, column: null, says }];
    if (texts.some((text) => totalWords.test(text)) && this.day(row, 'endsOn').kind !== 'value' && textOf(this.cell(row, 'provider')).replace(totalWords, '') === '') {
      return whole('row.total', 'It adds other rows up and is no contract of its own.');
    }
    const { headings } = this.table;
    if (texts.length > 1 && row.cells.filter((cell, column) => textOf(cell) !== '' && plain(textOf(cell)) === plain(headings[column] ?? '')).length > texts.length / 2) {
      return whole('row.headings', 'It repeats the headings and is no contract of its own.');
    }
    if (texts.length === 1 && headings.length > 2) {
      return whole('row.only-one-cell', `Only one of its cells says anything (“${shown(texts[0] ?? '')}”): a title of what follows, or a contract that lacks everything else.`);
    }
    return [];
  }

  private tier(written: string | null, note: (field: RegisterField, doubt: Doubt) => void): ContractFields['tier'] {
    if (written === null) return null;
    const tier = tiers.find((one) => one === written.toLowerCase());
    if (tier === undefined) note('tier', { code: 'tier.unknown', says: `“${shown(written)}” is none of the tiers ${tiers.join(', ')}; the tier follows from the value.` });
    return tier ?? null;
  }

  private route(written: string | null, note: (field: RegisterField, doubt: Doubt) => void): string | null {
    if (written === null) return null;
    const route = routeOf(written);
    if (route === undefined) note('route', { code: 'route.unknown', says: `“${shown(written)}” is no route known here, so its plan takes the time that is usual.` });
    return route ?? null;
  }

  private problem(field: RegisterField, { code, says }: Doubt): RowProblem {
    const column = this.#columns.get(field);
    return { code, column: column === undefined ? null : (this.table.headings[column] ?? null), says };
  }
}

const routesOfRenewals = new Set(Object.values(shippedRenewalSettings.steps).flatMap(({ routes: named }) => Object.keys(named)));
const routeWords: readonly (readonly [RegExp, string])[] = [
  [/light[- ]touch/, 'pa2023-light-touch'],
  [/below[- ]threshold|quotations?|three quotes/, 'pa2023-below-threshold'],
  [/most suitable provider|\bmsp\b/, 'psr-most-suitable-provider'],
  [/direct award (process )?a\b/, 'psr-direct-award-a'],
  [/direct award (process )?b\b/, 'psr-direct-award-b'],
  [/direct award (process )?c\b/, 'psr-direct-award-c'],
  [/call[- ]?off|framework|mini[- ]?competition/, 'framework-call-off'],
  [/\bgrant\b/, 'grant'],
  [/in[- ]?house/, 'in-house'],
  [/dynamic market/, 'pa2023-dynamic-market'],
  [/competitive flexible|open procedure|open tender/, 'pa2023-competitive'],
];

const isRoute = (id: string): boolean => routesOfRenewals.has(id) || routes.find(id) !== undefined;

function routeOf(written: string): string | undefined {
  const said = written.toLowerCase();
  if (isRoute(said)) return said;
  const byTitle = routes.latest().find(({ title }) => title.toLowerCase() === said);
  return byTitle?.id ?? routeWords.find(([word, id]) => word.test(said) && isRoute(id))?.[1];
}

function rawOf({ headings }: RegisterTable, { cells }: SheetRow): RawRow {
  return Object.fromEntries(cells.flatMap((cell, column): [string, Cell][] => (textOf(cell) === '' ? [] : [[headings[column] ?? `Column ${column + 1}`, cell]])));
}
