import { addDays } from '@concordat/platform/core';
import { OwnCalendars } from '@concordat/pathway';
import { ownCalendarFold } from '@concordat/pathway/core';
import { Doorbell, FixedClock } from '@concordat/platform';
import { CommandDesk, migrations as access } from '@concordat/access';
import { personFold } from '@concordat/access/core';
import { Journal, migrations as journalMigrations } from '@concordat/journal';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import readXlsx from 'read-excel-file/node';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { type ContractFields, contractsAsCalendar, contractsAsCsv, contractsAsXlsx, ContractRegister, migrations, type RegisterRow, shippedRenewalSettings } from './index.js';

let fresh: FreshDatabase;
let register: ContractRegister;
let tenant: string;
const clock = new FixedClock('2026-03-16T09:00:00Z');
const today = '2026-03-16';

beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journalMigrations, ...access, ...migrations] });
  const journal = new Journal(fresh.database, clock, [personFold, ownCalendarFold]);
  register = new ContractRegister(fresh.database, clock, new OwnCalendars(journal, new CommandDesk(journal, clock, new Doorbell(async () => undefined))));
});
afterAll(() => fresh.drop());
beforeEach(() => {
  tenant = freshTenant();
});

function row(reference: string, fields: Partial<ContractFields> = {}, at = 2): RegisterRow {
  return {
    key: `reference/${reference}`,
    byReference: { plain: `reference/${reference}`, apart: `reference/${reference}/apart` },
    fields: { reference, title: `Contract ${reference}`, provider: null, lead: null, value: null, startsOn: null, endsOn: null, extension: null, tier: 'small', route: null, ...fields },
    problems: [],
    source: { file: 'register.csv', sheet: null, row: at },
    raw: { Reference: reference, ...fields },
  };
}

async function bring(contracts: readonly RegisterRow[], kept: Parameters<ContractRegister['importRows']>[1][number]['kept'] = []) {
  const [done] = await register.importRows(tenant, [{ by: 'system:import', file: 'register.csv', contracts, kept, mapping: { shape: 'a shape', mapping: { columns: {} } } }]);
  return done!;
}

const titles = ({ rows }: { rows: readonly { reference: string | null }[] }) => rows.map(({ reference }) => reference);

describe('importing into the register', () => {
  test('the same content again changes nothing, other content updates and stands in the history', async () => {
    const before = row('C-1', { endsOn: '2027-03-31', provider: 'Harbour Care', value: '1200.50' });
    expect(await bring([before])).toMatchObject({ imported: 1, updated: 0, unchanged: 0 });
    expect(await bring([before])).toMatchObject({ imported: 0, updated: 0, unchanged: 1 });
    expect(await bring([row('C-1', { endsOn: '2027-09-30', provider: 'Harbour Care', value: '1200.50' })])).toMatchObject({ imported: 0, updated: 1 });
    const { rows } = await register.page(tenant, {}, { limit: 10 });
    expect(rows).toMatchObject([{ reference: 'C-1', endsOn: '2027-09-30', value: '1200.50', revision: 2 }]);
    const found = await register.find(tenant, rows[0]!.id);
    expect(found?.history).toMatchObject([
      { revision: 1, was: null, changedBy: 'system:import' },
      { revision: 2, was: { endsOn: '2027-03-31', row: { endsOn: '2027-03-31' } }, isNow: { endsOn: '2027-09-30', row: { endsOn: '2027-09-30' } } },
    ]);
    expect(found?.plan?.latestSafeStart).toBe(rows[0]?.latestSafeStart);
  });

  test('two imports at the same time leave one contract with one history', async () => {
    const both = await Promise.all([bring([row('C-1')]), bring([row('C-1')])]);
    expect(both.map(({ imported }) => imported).sort()).toEqual([0, 1]);
  });

  test('a row that cannot be used stays until a person settles it or an import makes it a contract', async () => {
    const problem = { code: 'date.american', column: 'End', says: '03/31/2026 is written month first.' };
    const unusable = (reference: string) => ({
      key: `reference/${reference}`, problems: [problem] as const, source: { file: 'register.csv', sheet: null, row: 7 }, raw: { Reference: reference, End: '03/31/2026' },
    });
    expect(await bring([], [unusable('C-7'), unusable('C-8')])).toMatchObject({ kept: 2 });
    expect(await bring([], [unusable('C-7'), unusable('C-8')])).toMatchObject({ kept: 0, keptBefore: 2 });
    const open = await register.keptRows(tenant, { limit: 10 });
    expect(open).toMatchObject([{ source: { row: 7 }, problems: [problem], raw: { End: '03/31/2026' } }, {}]);
    expect(await bring([row('C-7', { endsOn: '2026-03-31' })])).toMatchObject({ imported: 1, settled: 1 });
    const [left, ...more] = await register.keptRows(tenant, { limit: 10 });
    expect(more).toEqual([]);
    expect(await register.settleKeptRow(tenant, left!.id, 'a person')).toBe(true);
    expect(await register.settleKeptRow(tenant, left!.id, 'a person')).toBe(false);
    expect(await register.keptRows(tenant, { limit: 10 })).toEqual([]);
  });

  test('another organisation sees none of it', async () => {
    await bring([row('C-1')]);
    expect((await register.page(freshTenant(), {}, { limit: 10 })).rows).toEqual([]);
  });
});

describe('the pipeline', () => {
  const small = (latestSafeStart: string) => addDays(latestSafeStart, 120);

  beforeEach(async () => {
    await bring([
      row('late', { endsOn: today, lead: 'Ada', provider: 'Harbour Care', value: '10.00' }),
      row('soon', { endsOn: small(today), lead: 'Ada', provider: 'North Trust' }),
      row('far', { endsOn: '2029-01-01', provider: 'Harbour Care', value: '5.00' }),
      row('open', { lead: 'Ben' }),
    ]);
  });

  test('shows what is late, what is next and what has no end, the most urgent first', async () => {
    expect(titles(await register.page(tenant, {}, { limit: 10 }))).toEqual(['late', 'soon', 'far', 'open']);
    for (const [view, expected] of [['already-late', ['late']], ['next-90-days', ['soon']], ['later', ['far']], ['no-end-date', ['open']]] as const) {
      expect(titles(await register.page(tenant, { view }, { limit: 10 }))).toEqual(expected);
    }
    expect(await register.counts(tenant)).toMatchObject({ 'already-late': 1, 'next-90-days': 1, later: 1, 'no-end-date': 1 });
  });

  test('is paged without losing or repeating anything', async () => {
    const seen: (string | null)[] = [];
    for (let after: { startsBy: string; id: string } | undefined; ; ) {
      const page = await register.page(tenant, {}, { limit: 1, ...(after !== undefined && { after }) });
      seen.push(...titles(page));
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(seen).toEqual(['late', 'soon', 'far', 'open']);
  });

  test('is shown by lead and by provider, with those that have none', async () => {
    expect(await register.groups(tenant, 'lead')).toMatchObject([
      { name: 'Ada', contracts: 2, alreadyLate: 1, nextNinetyDays: 1, value: '10.00' },
      { name: 'Ben', contracts: 1, noEndDate: 1, value: null },
      { name: null, contracts: 1 },
    ]);
    expect(titles(await register.page(tenant, { provider: 'Harbour Care' }, { limit: 10 }))).toEqual(['late', 'far']);
    expect(titles(await register.page(tenant, { lead: null }, { limit: 10 }))).toEqual(['far']);
    expect(titles(await register.page(tenant, { text: 'NORTH' }, { limit: 10 }))).toEqual(['soon']);
  });

  test('follows the organisation’s own settings at once, with another sequence for calendars', async () => {
    const before = (await register.page(tenant, { view: 'later' }, { limit: 10 })).rows[0];
    const { mobilisation } = shippedRenewalSettings.steps;
    const longer = { ...mobilisation, small: { days: 1000, unit: 'days' as const } };
    const begins = '2026-04-01';
    const source = { cites: 'Notice of election', mark: 'text' as const };
    await register.changeSettings(
      tenant,
      { ...shippedRenewalSettings, steps: { ...shippedRenewalSettings.steps, mobilisation: longer }, preElection: { ...shippedRenewalSettings.preElection, periods: [{ title: 'the local elections', begins, ends: '2026-05-07', source }] } },
      'a person',
    );
    expect(titles(await register.page(tenant, { view: 'already-late' }, { limit: 10 }))).toEqual(['late', 'soon', 'far']);
    const after = (await register.page(tenant, { text: 'far' }, { limit: 10 })).rows[0];
    expect(after?.revision).toBe(before!.revision + 1);
    await expect(register.changeSettings(tenant, { steps: {} }, 'a person')).rejects.toMatchObject({ code: 'renewal-settings.invalid' });
  });

  test('names contracts whose plan clashes with a pre-election period still to come', async () => {
    const { preElection } = shippedRenewalSettings;
    const period = { title: 'the local elections', begins: '2026-03-26', ends: '2026-05-07', source: { cites: 'Notice of election', mark: 'text' } };
    await register.changeSettings(tenant, { ...shippedRenewalSettings, bankHolidays: { ...shippedRenewalSettings.bankHolidays, steps: [] }, preElection: { ...preElection, periods: [period] } }, 'a person');
    const page = await register.page(tenant, { view: 'clashes' }, { limit: 10 });
    expect(titles(page)).toEqual(['soon']);
    const found = await register.find(tenant, page.rows[0]!.id);
    expect(found?.plan?.clashes).toContainEqual(expect.objectContaining({ kind: 'pre-election', step: 'involvement' }));
    // A file says of each what the page of one says, and nothing where there is none.
    const all = await register.all(tenant, {});
    const [[headings, ...rows]] = (await readXlsx(await contractsAsXlsx(all))).map(({ data }) => data) as [[unknown[], ...unknown[][]]];
    const clashes = Object.fromEntries(rows.map((line) => [line[headings.indexOf('Title')], line[headings.indexOf('Clashes')] ?? null]));
    expect(clashes).toEqual({ 'Contract late': null, 'Contract soon': found!.plan!.clashes.map(({ says }) => says).join(' '), 'Contract far': null, 'Contract open': null });
    expect(contractsAsCsv(all)).toContain('the local elections');
  });
});

describe('an export', () => {
  beforeEach(() => bring([row('=HYPERLINK("http://evil")', { title: '+1; cmd, \\ and “Zuwendungsträger” '.repeat(4), endsOn: '2026-12-31', value: '1234.50', lead: '@SUM(A1)' })]));

  test('as CSV holds no cell that a spreadsheet would run', async () => {
    const csv = contractsAsCsv(await register.all(tenant, {}));
    expect(csv.startsWith('\uFEFFReference,Title,')).toBe(true);
    expect(csv).toContain(`"'=HYPERLINK(""http://evil"")"`);
    expect(csv).toContain("'@SUM(A1)");
    expect(csv).not.toMatch(/(^|,)"?[=+@-]/m);
  });

  test('as XLSX holds real dates and numbers, and texts that stay texts', async () => {
    const [sheet] = await readXlsx(await contractsAsXlsx(await register.all(tenant, {})));
    const [headings, first] = sheet!.data;
    const cell = (heading: string) => first![headings!.indexOf(heading)];
    expect(cell('Reference')).toBe('=HYPERLINK("http://evil")');
    expect(cell('Ends on')).toEqual(new Date('2026-12-31T00:00:00Z'));
    expect(cell('Value (GBP)')).toBe(1234.5);
  });

  test('as iCalendar keeps to RFC 5545: CRLF, 75 octets a line, stable UID, rising SEQUENCE', async () => {
    const link = ({ id }: { readonly id: string }) => `https://concordat.example/contracts/${id}`;
    const before = contractsAsCalendar(await register.all(tenant, {}), link);
    expect(before).toMatch(/^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\n/);
    expect(before.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);
    expect(before.replaceAll('\r\n ', '')).toContain('SUMMARY:Contract ends: +1\\; cmd\\, \\\\ and “Zuwendungsträger”');
    expect(before).toContain('DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101');
    await bring([row('=HYPERLINK("http://evil")', { endsOn: '2027-01-31' })]);
    const after = contractsAsCalendar(await register.all(tenant, {}), link);
    const of = (calendar: string, name: string) => [...calendar.replaceAll('\r\n ', '').matchAll(new RegExp(`^${name}:(.*)\r$`, 'gm'))].map(([, value]) => value);
    expect(of(after, 'UID')).toEqual(of(before, 'UID'));
    expect(of(before, 'SEQUENCE')).toEqual(['1', '1']);
    expect(of(after, 'SEQUENCE')).toEqual(['2', '2']);
    expect(of(after, 'DTSTAMP')[0]).toBe('20260316T090000Z');
  });
});
