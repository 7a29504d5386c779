import { describe, expect, test } from '@jest/globals';
import { addDays } from '@concordat/platform/core';
import * as fc from 'fast-check';
import { readDate } from './read-date.js';

const read = (cell: string | number, edge: 'first' | 'last' = 'last', order: 'day-first' | 'month-first' = 'day-first') => readDate(cell, { edge, order });

describe('a date cell', () => {
  test.each([
    '2026-03-31', '2026-03-31T00:00:00', '2026-03-31 00:00:00', '2026/3/31', '20260331', '31/03/2026', '31/3/26', '31.3.26', '31.03.2026', '31-03-2026',
    '31 03 2026', '31 March 2026', '31st March 2026', '31st of March, 2026', 'Tuesday 31 March 2026', '31 Mar 26', '31-Mar-26', '31-Mar-2026', 'March 31, 2026',
    'March 31st, 2026', ' 31 / 03 / 2026 ', 46112, '46112', 'Mar-26', 'Mar 2026', 'March 2026', "Mar '26", '03/2026',
  ])('%p ends on 31 March 2026', (cell) => {
    expect(read(cell)).toEqual({ kind: 'value', value: '2026-03-31' });
  });

  test('of a month alone is its first day where something starts', () => {
    expect(read('Mar-26', 'first')).toEqual({ kind: 'value', value: '2026-03-01' });
    expect(read('Dec-26', 'last')).toEqual({ kind: 'value', value: '2026-12-31' });
  });

  test.each(['', ' ', 'N/A', 'rolling', 'Ongoing', 'open-ended', '-'])('%p says that there is no end', (cell) => {
    expect(read(cell)).toEqual({ kind: 'nothing' });
  });

  test('that is still to come is no date, and said so', () => {
    expect(read('TBC')).toMatchObject({ kind: 'nothing', doubt: { code: 'date.unsettled' } });
  });

  test.each([
    ['03/31/2026', 'date.american'],
    ['3-31-26', 'date.american'],
    ['31/02/2026', 'date.no-such-day'],
    ['2026-31-03', 'date.no-such-day'],
    ['31/03/1026', 'date.implausible'],
    ['2026', 'date.year-only'],
    ['2025/26', 'date.year-only'],
    ['31/03/2026 (extended to 2027)', 'date.unreadable'],
    ['end of next year', 'date.unreadable'],
    [12, 'date.unreadable'],
    [-4, 'date.unreadable'],
  ])('%p is not guessed: %s', (cell, code) => {
    expect(read(cell)).toMatchObject({ kind: 'unreadable', doubt: { code, says: expect.stringMatching(/\.$/) } });
  });

  test('is read month first only where somebody confirmed that', () => {
    expect(read('03/31/2026', 'last', 'month-first')).toEqual({ kind: 'value', value: '2026-03-31' });
  });

  test('means the same day in every form it can be written in', () => {
    const names = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 25_000 }), (days) => {
        const day = addDays('2000-01-01', days);
        const [y = '', m = '', d = ''] = day.split('-');
        const name = names[Number(m) - 1]!;
        const forms = [day, `${d}/${m}/${y}`, `${Number(d)}.${Number(m)}.${y}`, `${Number(d)} ${name} ${y}`, `${d}-${name.slice(0, 3)}-${y}`, 36526 + days];
        for (const form of forms) expect(read(form)).toEqual({ kind: 'value', value: day });
      }),
    );
  });

  test('never throws, whatever it holds', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.boolean(), fc.constant(null)), (cell) => {
      expect(['value', 'nothing', 'unreadable']).toContain(readDate(cell, { edge: 'last', order: 'day-first' }).kind);
    }));
  });
});
