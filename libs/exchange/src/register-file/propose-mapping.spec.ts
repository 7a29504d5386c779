import { describe, expect, test } from '@jest/globals';
import { readMapping, type RegisterTable, tableOf } from './mapping.js';
import { proposeMapping } from './propose-mapping.js';
import type { Cell } from './sheet.js';

function table(...rows: Cell[][]): RegisterTable {
  const found = tableOf({ name: null, rows: rows.map((cells, index) => ({ number: index + 1, cells })) });
  if (found === undefined) throw new Error('no table');
  return found;
}

const fields = (of: RegisterTable) => proposeMapping(of).mapping.columns;

describe('a mapping', () => {
  test('is certain where headings and cells both say so', () => {
    const proposal = proposeMapping(
      table(['Contract Ref', 'Contract Title', 'Supplier', 'Expiry Date', 'Contract Value (£)', 'Notes'], ['C-1', 'Home care north', 'Harbour Ltd', '31/03/2027', '£1,000', 'x'], ['C-2', 'Home care south', 'North Trust', '30/09/2027', '£2,000', '']),
    );
    expect(proposal).toMatchObject({ certain: true, doubts: [] });
    expect(proposal.mapping.columns).toEqual({ 'Contract Ref': 'reference', 'Contract Title': 'title', Supplier: 'provider', 'Expiry Date': 'endsOn', 'Contract Value (£)': 'value', Notes: null });
  });

  test('is found below titles and blank rows', () => {
    const found = table(['Contracts register as at April 2026', null, null], [null, null, null], ['Title', 'Provider', 'End date'], ['Home care', 'Harbour Ltd', '31/03/2027']);
    expect(found).toMatchObject({ headingRow: 3, rows: [{ number: 4 }] });
  });

  test('is proposed from the cells where headings say nothing, and asked about', () => {
    const proposal = proposeMapping(
      table(['A', 'B', 'C', 'D', 'E'], ['AB-001', 'Support at home in the north', '1 April 2024', '31/03/2027', '£1,000.00'], ['AB-002', 'Support at home in the south', '1 May 2024', '30/04/2027', '£2,500.00'], ['AB-003', 'A lunch club for older people', '1 June 2024', '31/05/2027', '£900.00']),
    );
    expect(proposal.mapping.columns).toEqual({ A: 'reference', B: 'title', C: 'startsOn', D: 'endsOn', E: 'value' });
    expect(proposal.certain).toBe(false);
    expect(proposal.doubts).toContain('Is “D” the day it ends? (the heading says nothing; 100 % of the cells fit)');
  });

  test('is asked about where two headings could both be the end', () => {
    const proposal = proposeMapping(table(['Title', 'End date', 'Expiry date'], ['Home care', '31/03/2027', '31/03/2029'], ['Day care', '31/03/2027', '31/03/2029']));
    expect(proposal.certain).toBe(false);
    expect(proposal.doubts).toContain('“End date” and “Expiry date” could both be the day it ends.');
  });

  test('is asked about where the cells contradict the heading', () => {
    expect(proposeMapping(table(['Title', 'End date'], ['Home care', 'Harbour Ltd'], ['Day care', 'North Trust'])).certain).toBe(false);
  });

  test('is asked about where nothing says when contracts end', () => {
    expect(proposeMapping(table(['Title', 'Provider'], ['Home care', 'Harbour Ltd'])).doubts).toEqual([expect.stringContaining('No column looks like the day contracts end')]);
  });

  test('tells columns with the same heading apart, and names those without one', () => {
    expect(fields(table(['Title', 'Date', 'Date', null, 'Provider'], ['Home care', 'x', 'y', 'z', 'Harbour Ltd']))).toMatchObject({ Title: 'title', Date: null, 'Date (2)': null, 'Column D': null });
  });

  test('belongs to a set of headings, however they are ordered, spaced and capitalised', () => {
    const one = table(['Contract Title', 'End  date', 'Provider'], ['a', 'b', 'c']);
    expect(table(['PROVIDER', 'contract title', 'End date:'], ['c', 'a', 'b']).shape).toBe(one.shape);
    expect(table(['Provider', 'Contract title', 'Expiry date'], ['c', 'a', 'b']).shape).not.toBe(one.shape);
  });

  test.each([
    [{ columns: { A: 'title', B: 'title' } }, 'two columns the field "title"'],
    [{ columns: { A: 'endsOn' } }, 'no column for "title", "reference" or "provider"'],
    [{ columns: { A: 'heading' } }, 'columns.A'],
    ['title', '(the whole)'],
    [{ columns: { A: 'title' }, date: 'us' }, 'date'],
  ])('that cannot be used says why: %j', (json, says) => {
    expect(() => readMapping(json)).toThrow(says);
  });
});
