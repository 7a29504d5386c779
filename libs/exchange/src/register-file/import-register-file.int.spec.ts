import { CommandDesk, migrations as access } from '@concordat/access';
import { personFold } from '@concordat/access/core';
import { Journal, migrations as journalMigrations } from '@concordat/journal';
import { addDays } from '@concordat/platform/core';
import { OwnCalendars } from '@concordat/pathway';
import { ownCalendarFold } from '@concordat/pathway/core';
import { Doorbell, FixedClock } from '@concordat/platform';
import { ContractRegister, migrations as registerMigrations } from '@concordat/register';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import writeXlsx, { type Row } from 'write-excel-file/node';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../../test/harness/index.js';
import { importRegisterFile, importRegisterFiles, proposeFor, type RegisterFile, type RegisterImport, type RegisterReport } from './import-register-file.js';

let fresh: FreshDatabase;
let register: ContractRegister;
let tenant: string;

beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journalMigrations, ...access, ...registerMigrations] });
  const clock = new FixedClock('2026-03-16T09:00:00Z');
  const journal = new Journal(fresh.database, clock, [personFold, ownCalendarFold]);
  register = new ContractRegister(fresh.database, clock, new OwnCalendars(journal, new CommandDesk(journal, clock, new Doorbell(async () => undefined))));
});
afterAll(() => fresh.drop());
beforeEach(() => {
  tenant = freshTenant();
});

const bring = (file: string, content: Buffer | string, map?: unknown): Promise<RegisterImport> =>
  importRegisterFile({ register, tenant, by: 'system:import', file, bytes: Buffer.from(content as string), ...(map !== undefined && { map }) });

async function report(file: string, content: Buffer | string, map?: unknown): Promise<RegisterReport> {
  const done = await bring(file, content, map);
  if (done.outcome !== 'imported') throw new Error(done.printed);
  return done.report;
}

describe('300 messy rows', () => {
  const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
  const ends = (n: number) => addDays('2026-01-01', (n * 17) % 1400);
  const forms: readonly ((day: string) => string | number)[] = [
    (day) => day,
    (day) => day.split('-').reverse().join('/'),
    (day) => day.split('-').map((part, at) => (at === 0 ? part.slice(2) : String(Number(part)))).reverse().join('.'),
    (day) => `${Number(day.slice(8))} ${monthNames[Number(day.slice(5, 7)) - 1]} ${day.slice(0, 4)}`,
    (day) => Math.round((Date.parse(day) - Date.UTC(1899, 11, 30)) / 86_400_000),
  ];
  const money = ['£120,000', '£1.2m', 'one hundred and twenty thousand pounds', '85000', '', 'TBC', '£350k (excl. VAT)'];
  const leads = ['Adults', 'Children', 'Public health'];

  interface Messy {
    readonly cells: readonly (string | number)[];
    readonly kind: 'contract' | 'duplicate' | 'kept' | 'blank';
    readonly endsOn?: string;
  }

  // Every 11th repeats the row before, every 23rd is blank, every 29th a total, every 31st American, every 37th nonsense.
  const rows: Messy[] = [];
  for (let n = 1; rows.length < 300; n += 1) {
    const endsOn = ends(n);
    const good = [`C/${String(n).padStart(3, '0')}`, `Service ${n}, with a “name”`, `Provider ${n % 40} Ltd`, leads[n % 3]!, forms[n % forms.length]!(endsOn), money[n % money.length]!];
    if (n % 23 === 0) rows.push({ cells: ['', ' ', '', '', '', ''], kind: 'blank' });
    else if (n % 29 === 0) rows.push({ cells: ['', 'Sub-total', '', '', '', '£999,999'], kind: 'kept' });
    else if (n % 31 === 0) rows.push({ cells: [...good.slice(0, 4), '12/31/2026', good[5]!], kind: 'kept' });
    else if (n % 37 === 0) rows.push({ cells: [...good.slice(0, 4), 'when the money runs out', good[5]!], kind: 'kept' });
    else if (n % 11 === 0 && rows.at(-1)?.kind === 'contract') rows.push({ ...rows.at(-1)!, kind: 'duplicate' });
    else rows.push({ cells: good, kind: 'contract', endsOn });
  }
  const count = (kind: Messy['kind']) => rows.filter((row) => row.kind === kind).length;
  const headings = ['Contract Ref', 'Contract Title', 'Supplier', 'Lead', 'Expiry Date', 'Contract Value'];
  const accounted = () => ({
    rows: 300, blank: count('blank'), contracts: count('contract'), imported: count('contract'), duplicates: count('duplicate'), kept: count('kept'), mapping: 'certain',
  });

  async function isUsable(): Promise<void> {
    const { rows: listed } = await register.page(tenant, {}, { limit: 500 });
    expect(listed).toHaveLength(count('contract'));
    expect(new Map(listed.map(({ reference, endsOn }) => [reference, endsOn]))).toEqual(new Map(rows.flatMap(({ kind, cells, endsOn }) => (kind === 'contract' ? [[cells[0], endsOn]] : []))));
    expect(await register.groups(tenant, 'lead')).toHaveLength(3);
    const counts = await register.counts(tenant);
    expect(counts['already-late']).toBeGreaterThan(0);
    expect(counts['already-late'] + counts['next-90-days'] + counts.later + counts['no-end-date']).toBe(count('contract'));
    const words = listed.filter(({ value }) => value === '120000.00').length;
    expect(words).toBe(rows.filter(({ kind, cells }) => kind === 'contract' && ['£120,000', 'one hundred and twenty thousand pounds'].includes(String(cells[5]))).length);
    const kept = await register.keptRows(tenant, { limit: 500 });
    expect(kept).toHaveLength(count('kept'));
    expect(kept.every(({ problems }) => problems.length > 0)).toBe(true);
  }

  test('of a CSV file become a usable list with every row accounted for; again, they change nothing', async () => {
    const csv = stringify([['Northshire contracts register, April 2026'], [], headings, ...rows.map(({ cells }) => cells)]);
    expect(await report('register.csv', csv)).toMatchObject(accounted());
    await isUsable();
    expect(await report('register.csv', csv)).toMatchObject({ imported: 0, updated: 0, unchanged: count('contract'), kept: count('kept'), mapping: 'remembered' });
    await isUsable();
  });

  test('of a workbook with merged cells become the same list', async () => {
    // The lead stands once for runs of rows, in a cell merged over all of them, where the sheet says so.
    const spans = rows.map(({ cells, kind }, at) => (kind === 'contract' && rows[at - 1]?.kind === 'contract' && rows[at - 1]?.cells[3] === cells[3] ? 0 : 1));
    const sheetRows: Row[] = rows.map(({ cells, kind }, at): Row =>
      cells.map((cell, column) => {
        if (column === 3 && spans[at] === 0) return null;
        if (column === 3) return { value: String(cell), rowSpan: spans.slice(at + 1).findIndex((span) => span === 1) + 1 || 1 };
        if (column === 4 && kind === 'contract' && typeof cell === 'number') return { value: new Date(`${rows[at]!.endsOn}T00:00:00Z`), format: 'mm/dd/yy' };
        return cell === '' ? null : { value: cell };
      }),
    );
    const title: Row = [{ value: 'Northshire contracts register', columnSpan: 6 }, null, null, null, null, null];
    const workbook = await writeXlsx([title, headings.map((value) => ({ value })), ...sheetRows], { sheet: 'Register' }).toBuffer();
    const { rows: read, ...rest } = await report('register.xlsx', workbook);
    expect({ rows: read, ...rest }).toMatchObject(accounted());
    await isUsable();
  });
});

describe('merged cells', () => {
  const workbook = (...rows: Row[]) => writeXlsx([['Title', 'Provider', 'End date'].map((value) => ({ value })), ...rows], { sheet: 'R & D' }).toBuffer();

  test('carry their value down, and an empty cell below a filled one does not', async () => {
    const merged = await workbook(
      [{ value: 'Home care' }, { value: 'Harbour Ltd', rowSpan: 2 }, { value: '31/03/2027' }],
      [{ value: 'Day care' }, null, { value: '31/03/2027' }],
      [{ value: 'Lunch club' }, null, { value: '31/03/2027' }],
    );
    await report('register.xlsx', merged);
    const { rows } = await register.page(tenant, {}, { limit: 10 });
    expect(new Map(rows.map(({ title, provider }) => [title, provider]))).toEqual(new Map([['Home care', 'Harbour Ltd'], ['Day care', 'Harbour Ltd'], ['Lunch club', null]]));
  });
});

describe('a mapping', () => {
  const odd = 'What;Who;Finishes in\nHome care;Harbour Ltd;31/03/2027\nDay care;North Trust;30/09/2027\n';

  test('that is not certain is proposed, and nothing is imported', async () => {
    const asked = await bring('odd.csv', odd);
    expect(asked).toMatchObject({ outcome: 'mapping-needed', printed: expect.stringContaining('--map FILE') });
    expect((await register.page(tenant, {}, { limit: 10 })).rows).toEqual([]);
  });

  test('that somebody confirms is remembered for the next file with these headings, by this organisation alone', async () => {
    const mapping = { columns: { What: 'title', Who: 'provider', 'Finishes in': 'endsOn' } };
    expect(await report('odd.csv', odd, mapping)).toMatchObject({ imported: 2, mapping: 'given' });
    const next = 'Finishes in,Who,What\n31/12/2028,Harbour Ltd,Home care\n';
    expect(await proposeFor({ register, tenant, file: 'next.csv', bytes: Buffer.from(next) })).toMatchObject({ remembered: true, certain: true });
    expect(await report('next.csv', next)).toMatchObject({ imported: 0, updated: 1, mapping: 'remembered' });
    tenant = freshTenant();
    expect((await bring('next.csv', next)).outcome).toBe('mapping-needed');
  });

  test('may say that all dates are month first', async () => {
    const american = 'Title,Provider,End date\nHome care,Harbour Ltd,03/31/2027\nDay care,North Trust,04/05/2027\n';
    expect(await report('us.csv', american)).toMatchObject({ contracts: 1, kept: 1 });
    const mapping = { columns: { Title: 'title', Provider: 'provider', 'End date': 'endsOn' }, dates: 'month-first' };
    expect(await report('us.csv', american, mapping)).toMatchObject({ imported: 1, updated: 1, kept: 0, settled: 1 });
    expect((await register.page(tenant, {}, { limit: 10 })).rows.map(({ endsOn }) => endsOn)).toEqual(['2027-03-31', '2027-04-05']);
    expect(await register.keptRows(tenant, { limit: 10 })).toEqual([]);
  });

  test('that names headings the file does not have says which it has', async () => {
    await expect(bring('odd.csv', odd, { columns: { Title: 'title' } })).rejects.toThrow('names “Title”, but the headings are “What”, “Who”, “Finishes in” (row 1)');
  });
});

describe('a file', () => {
  const good = 'Title,Provider,End date,Value\nHome care,Harbour Ltd,31/03/2027,£5\n';

  test.each([
    ['Windows-1252', Buffer.from(good, 'latin1')],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${good}`)],
    ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(good, 'utf16le')])],
    ['tabs', Buffer.from(good.replaceAll(',', '\t'))],
  ])('in %s is read', async (_, bytes) => {
    expect(await report('register.csv', bytes)).toMatchObject({ imported: 1, problems: [] });
    expect((await register.page(tenant, {}, { limit: 1 })).rows).toMatchObject([{ title: 'Home care', value: '5.00' }]);
  });

  test('with several sheets of one shape is one register; other sheets are named', async () => {
    const table = (title: string): Row[] => [['Title', 'Provider', 'End date'].map((value) => ({ value })), [title, 'Harbour Ltd', '31/03/2027'].map((value) => ({ value }))];
    const workbook = await writeXlsx([{ data: table('Home care'), sheet: 'Adults' }, { data: table('Nursery'), sheet: 'Children' }, { data: [[{ value: 'Notes' }]], sheet: 'Notes' }]).toBuffer();
    expect(await report('register.xlsx', workbook)).toMatchObject({ imported: 2, sheetsLeftOut: ['Notes'] });
  });

  test('with a formula that nothing worked out tells of it and loses nothing', async () => {
    const rows: Row[] = [['Title', 'Provider', 'End date', 'Value'].map((value) => ({ value })), [...['Home care', 'Harbour Ltd', '31/03/2027'].map((value) => ({ value })), { value: '=500*2', type: 'Formula' }]];
    const { problems } = await report('register.xlsx', await writeXlsx(rows, { sheet: 'Adults' }).toBuffer(), { columns: { Title: 'title', Provider: 'provider', 'End date': 'endsOn', Value: 'value' } });
    expect(problems).toMatchObject([{ sheet: 'Adults', row: 2, column: 'Value', code: 'money.unreadable', says: expect.stringContaining('500*2') }]);
  });

  test('together with one that is unreadable, or whose mapping does not fit, imports nothing of either', async () => {
    const files = ['Title,Provider,End date\nHome care,Harbour Ltd,31/03/2027\n', 'What,Who,Ends\nDay care,North Trust,31/03/2027\n', 'Title,End date\n"Home care,31/03/2027\n'].map((text, at) => ({ file: `${at}.csv`, bytes: Buffer.from(text) }));
    const [sound, unlike, open] = files as [RegisterFile, RegisterFile, RegisterFile];
    const asked = { register, tenant, by: 'system:import', map: { columns: { Title: 'title', Provider: 'provider', 'End date': 'endsOn' } } };
    await expect(importRegisterFiles(asked, [sound, open])).rejects.toThrow(/^2\.csv: .*Nothing was imported/);
    await expect(importRegisterFiles(asked, [sound, unlike])).rejects.toThrow(/^1\.csv: The mapping names/);
    expect([(await register.page(tenant, {}, { limit: 1 })).rows, await register.rememberedMappings(tenant)]).toEqual([[], []]);
    expect((await importRegisterFiles(asked, [sound, sound])).map((done) => done.outcome === 'imported' && done.report)).toMatchObject([{ imported: 1 }, { imported: 0, unchanged: 1 }]);
  });

  test.each([
    ['empty.csv', '', 'is empty'],
    ['open.csv', 'Title,End date\n"Home care,31/03/2027\n', 'quotation mark'],
    ['one.csv', 'hello\n', 'No row of headings'],
    ['cut.xlsx', Buffer.from('PK\x03\x04 and then nothing'), 'damaged or cut off'],
    ['old.xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'old .xls file, or a workbook with a password'],
  ])('%s that is no register is a sentence', async (file, content, says) => {
    await expect(bring(file, content)).rejects.toThrow(says);
  });
});

describe('registers that count alike', () => {
  const file = (...rows: readonly string[]) => `Contract No,Contract Title,Supplier,Expiry Date\n${rows.join('\n')}\n`;
  const listed = async () => (await register.page(tenant, {}, { limit: 50 })).rows.map(({ id, title, problems }) => ({ id, title, doubts: problems.map(({ code }) => code) }));

  test('lose no contract to each other: the same number with another title and provider is a contract of its own, and again the same', async () => {
    const [adults, children] = [file('1,Day care,Harbour,31/03/2027', '2,Lunch club,North Trust,31/03/2028'), file('1,Foster care,South Homes,31/03/2027', '2,Play scheme,Play Ltd,31/03/2028')];
    expect(await report('adults.csv', adults)).toMatchObject({ imported: 2, updated: 0 });
    expect(await report('children.csv', children)).toMatchObject({ imported: 2, updated: 0 });
    const all = await listed();
    expect(all.map(({ title, doubts }) => [title, doubts])).toEqual(expect.arrayContaining([['Day care', []], ['Lunch club', []], ['Foster care', ['reference.repeated']], ['Play scheme', ['reference.repeated']]]));
    for (const [name, content] of [['children.csv', children], ['adults.csv', adults]] as const) expect(await report(name, content)).toMatchObject({ imported: 0, updated: 0, unchanged: 2 });
    // What got another provider or another name alone is the same contract.
    expect(await report('adults.csv', file('1,Day care,Harbour Group,31/03/2027', '2,Lunch and tea,North Trust,31/03/2028'))).toMatchObject({ imported: 0, updated: 2 });
  });

  test('a lot that is added later takes no other’s place', async () => {
    await report('lots.csv', file('C-1,Lot 2,North Trust,31/03/2027'));
    const [before] = await listed();
    expect(await report('lots.csv', file('C-1,Lot 1,North Trust,31/03/2027', 'C-1,Lot 2,North Trust,31/03/2027'))).toMatchObject({ imported: 1 });
    expect((await listed()).map(({ id, title }) => [title, id === before!.id])).toEqual(expect.arrayContaining([['Lot 2', true], ['Lot 1', false]]));
  });
});
