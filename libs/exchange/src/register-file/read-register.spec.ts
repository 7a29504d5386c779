import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { tableOf } from './mapping.js';
import { readRegister } from './read-register.js';
import type { Cell } from './sheet.js';

const headings = ['Ref', 'Title', 'Provider', 'Start', 'End', 'Value'];
const mapping = { columns: { Ref: 'reference', Title: 'title', Provider: 'provider', Start: 'startsOn', End: 'endsOn', Value: 'value' } } as const;

function read(...rows: Cell[][]) {
  return readRegister([tableOf({ name: null, rows: [headings, ...rows].map((cells, index) => ({ number: index + 1, cells })) }, 1)!], mapping, 'register.csv');
}

const codes = (problems: readonly { readonly code: string }[]) => problems.map(({ code }) => code);

describe('a row of a register', () => {
  test('is a contract, with what could not be read beside it', () => {
    const { contracts } = read(['C-1', 'Home care', 'Harbour Ltd', '01/04/2024', '31/03/2027', 'lots']);
    expect(contracts).toMatchObject([
      { fields: { reference: 'C-1', title: 'Home care', startsOn: '2024-04-01', endsOn: '2027-03-31', value: null }, problems: [{ code: 'money.unreadable', column: 'Value' }], raw: { Value: 'lots' }, source: { row: 2 } },
    ]);
  });

  test('takes nothing of a cell that holds an error of its spreadsheet, and says so', () => {
    const { contracts } = read(['C-1', 'Home care', '#REF!', '', '31/03/2027', '#DIV/0!']);
    expect(contracts).toMatchObject([{ fields: { provider: null, value: null }, problems: [{ code: 'money.unreadable', column: 'Value' }, { code: 'cell.error', column: 'Provider' }], raw: { Provider: '#REF!' } }]);
  });

  test('whose dates cannot be read is kept, with the column and a sentence', () => {
    const { contracts, kept } = read(['C-1', 'Home care', 'Harbour Ltd', '', '03/31/2027', '']);
    expect(contracts).toEqual([]);
    expect(kept).toMatchObject([{ problems: [{ code: 'date.american', column: 'End', says: expect.stringContaining('03/31/2027') }], source: { row: 2 }, raw: { Ref: 'C-1' } }]);
  });

  test('that says the same as one above is a duplicate; one that differs is kept', () => {
    const one: Cell[] = ['C-1', 'Home care', 'Harbour Ltd', '', '31/03/2027', '5'];
    const { contracts, duplicates, kept } = read(one, ['C-1', 'Home  care', 'Harbour Ltd', '', '31 March 2027', '£5.00'], [...one.slice(0, 5), '6']);
    expect(contracts).toHaveLength(1);
    expect(duplicates).toEqual([{ sheet: null, row: 3, of: 2 }]);
    expect(kept).toMatchObject([{ problems: [{ code: 'row.contradicts', says: expect.stringContaining('row 2, but differs in “Value”') }] }]);
  });

  test('with the reference of another contract is one of its own, and said so', () => {
    const { contracts } = read(['C-1', 'Lot 1', 'Harbour Ltd', '', '31/03/2027', ''], ['C-1', 'Lot 2', 'North Trust', '', '31/03/2027', '']);
    expect(new Set(contracts.map(({ key }) => key)).size).toBe(2);
    expect(contracts.flatMap(({ problems }) => codes(problems))).toEqual(['reference.repeated', 'reference.repeated']);
  });

  test('keeps its key when its successor is added beside it', () => {
    const before: Cell[] = ['', 'Home care', 'Harbour Ltd', '01/04/2024', '31/03/2027', ''];
    const [alone] = read(before).contracts;
    const [still, successor] = read(before, ['', 'Home care', 'Harbour Ltd', '01/04/2027', '31/03/2030', '']).contracts;
    expect(still?.key).toBe(alone?.key);
    expect(successor?.key).not.toBe(alone?.key);
  });

  test.each([
    [['', 'Total', '', '', '', '£120,000'], 'row.total'],
    [['Grand total:', '', '', '', '', '120000'], 'row.total'],
    [headings, 'row.headings'],
    [['Adult social care', '', '', '', '', ''], 'row.only-one-cell'],
    [['', '', '', '01/04/2024', '31/03/2027', '5'], 'row.nameless'],
    [['C-1', 'Home care', '', '01/04/2027', '31/03/2027', ''], 'date.ends-before-start'],
  ])('that is no contract is kept and says why: %j', (cells, code) => {
    const { contracts, kept } = read(cells as Cell[]);
    expect(contracts).toEqual([]);
    expect(codes(kept[0]!.problems)).toContain(code);
  });

  test('with a date that has two sides is doubted where its column has American ones', () => {
    const { contracts, kept } = read(['C-1', 'Home care', 'A', '', '04/05/2027', ''], ['C-2', 'Day care', 'B', '', '12/31/2026', '']);
    expect(contracts).toMatchObject([{ fields: { endsOn: '2027-05-04' }, problems: [{ code: 'date.two-sided', says: expect.stringContaining('row 3') }] }]);
    expect(kept).toHaveLength(1);
  });

  test('is blank, a contract, a duplicate or kept with a problem, and exactly one of them', () => {
    const aCell: fc.Arbitrary<Cell> = fc.oneof(
      fc.constantFrom('', null, 'C-1', 'C-2', 'Total', 'Home care', 'Harbour Ltd', '31/03/2027', '03/31/2027', 'Mar-26', 'rolling', '£1.2m', 'two hundred pounds', '46112', 46112, true, 'End'),
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
    );
    const aRow = fc.array(aCell, { minLength: 0, maxLength: 8 });
    fc.assert(
      fc.property(fc.array(fc.oneof(aRow, fc.constant<Cell[]>(['C-1', 'Home care', 'Harbour Ltd', '', '31/03/2027', '5'])), { maxLength: 30 }), (rows) => {
        const { contracts, duplicates, kept, blank } = read(...rows);
        const told = [...contracts.map(({ source }) => source.row), ...duplicates.map(({ row }) => row), ...kept.map(({ source }) => source.row)];
        expect(new Set(told).size).toBe(told.length);
        expect(told.length + blank).toBe(rows.length);
        expect(kept.every(({ problems }) => problems.length > 0 && problems.every(({ says }) => says.length > 10))).toBe(true);
        expect(new Set(contracts.map(({ key }) => key)).size).toBe(contracts.length);
        expect(contracts.every(({ fields }) => fields.title !== '')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
