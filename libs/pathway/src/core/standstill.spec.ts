import type { CivilDate } from '@concordat/platform/core';
import { addDays, weekday } from '@concordat/platform/core';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { holidays, routes } from '../published.js';
import type { HolidayCalendar, StandstillPeriod } from './route.js';
import { standstillPeriod } from './standstill.js';
import { isWorkingDay, workingDaysAfter } from './working-day.js';

function standstill(route: string, publishedOn: CivilDate, calendar: HolidayCalendar = holidays): StandstillPeriod {
  const document = routes.find(route);
  if (document === undefined) throw new Error(`no route ${route}`);
  const period = standstillPeriod(document, publishedOn, calendar);
  if ('none' in period) throw new Error(period.none);
  return period;
}

const pa = 'pa2023-competitive';
const psr = 'psr-most-suitable-provider';

describe('the Procurement Act counts 8 working days beginning with the day of publication', () => {
  test.each([
    ['Monday 1 June 2026', '2026-06-01', '2026-06-10', 'nothing in the way'],
    ['Monday 8 June 2026', '2026-06-08', '2026-06-18', 'Scotland’s 15 June counts'],
    ['Saturday 6 June 2026', '2026-06-06', '2026-06-18', 'the weekend is not counted, nor Scotland’s 15 June'],
    ['Sunday 7 June 2026', '2026-06-07', '2026-06-18', 'as from the Saturday'],
    ['Monday 15 June 2026', '2026-06-15', '2026-06-25', 'a holiday in Scotland alone is no first day'],
    ['Thursday 2 April 2026', '2026-04-02', '2026-04-15', 'Good Friday and Easter Monday'],
    ['Monday 16 March 2026', '2026-03-16', '2026-03-26', 'Northern Ireland’s St Patrick’s Day counts'],
    ['Friday 18 December 2026', '2026-12-18', '2026-12-31', 'Christmas, and Boxing Day’s substitute on Monday 28'],
    ['Monday 21 December 2026', '2026-12-21', '2027-01-05', 'over the year’s end, with Scotland’s 2 January on Monday 4'],
    ['Friday 25 December 2026', '2026-12-25', '2027-01-11', 'published on Christmas Day'],
    ['Monday 20 December 2027', '2027-12-20', '2027-12-31', 'the last eight working days that are known'],
  ])('published %s', (_, publishedOn, ends) => {
    const period = standstill(pa, publishedOn);
    expect(period).toMatchObject({ begins: publishedOn, ends, warnings: [] });
    expect(period.days).toHaveLength(8);
  });
});

describe('PSR begins the day after publication and ends with the 8th working day after that day', () => {
  test.each([
    ['Monday 1 June 2026', '2026-06-01', '2026-06-02', '2026-06-12', 'nothing in the way'],
    ['Monday 8 June 2026', '2026-06-08', '2026-06-09', '2026-06-19', 'England works on 15 June'],
    ['Thursday 4 June 2026', '2026-06-04', '2026-06-05', '2026-06-17', 'begins on a Friday'],
    ['Friday 5 June 2026', '2026-06-05', '2026-06-06', '2026-06-17', 'begins on a Saturday'],
    ['Saturday 6 June 2026', '2026-06-06', '2026-06-07', '2026-06-17', 'begins on a Sunday'],
    ['Sunday 7 June 2026', '2026-06-07', '2026-06-08', '2026-06-18', 'begins on a Monday, which is not counted'],
    ['Thursday 2 April 2026', '2026-04-02', '2026-04-03', '2026-04-16', 'begins on Good Friday'],
    ['Friday 18 December 2026', '2026-12-18', '2026-12-19', '2027-01-04', 'Christmas and New Year; Scotland’s 4 January is a working day in England'],
  ])('published %s', (_, publishedOn, begins, ends) => {
    expect(standstill(psr, publishedOn)).toMatchObject({ begins, ends, warnings: [] });
  });
});

test.each(['pa2023-light-touch', 'grant'])('%s has no mandatory standstill, and says so', (route) => {
  expect(standstillPeriod(routes.find(route)!, '2026-06-01', holidays)).toEqual({ none: expect.stringMatching(/no standstill/i) });
});

test('light touch says how long a voluntary standstill lasts', () => {
  expect(standstillPeriod(routes.find('pa2023-light-touch')!, '2026-06-01', holidays)).toEqual({ none: expect.stringContaining('at least 8 working days') });
});

test('a year whose bank holidays are not known is a warning that names it, before and after the known years', () => {
  expect(standstill(pa, '2027-12-21').warnings).toEqual([expect.stringContaining('bank holidays of 2028 are not known')]);
  expect(standstill(psr, '2031-03-03').warnings).toEqual([expect.stringContaining('bank holidays of 2031 are not known')]);
  expect(standstill(pa, '2018-12-27').warnings).toEqual([expect.stringContaining('bank holidays of 2018 are not known')]);
});

test('weekends alone can make a PA standstill outlast a PSR one, where a holiday is Scotland’s alone', () => {
  expect(standstill(pa, '2026-06-13').ends).toBe('2026-06-25');
  expect(standstill(psr, '2026-06-13').ends).toBe('2026-06-24');
});

test('fifteen working days after a day do not count the day itself', () => {
  expect(workingDaysAfter('2026-06-01', 15, 'england', holidays)).toBe('2026-06-22');
  expect(workingDaysAfter('2026-06-01', 15, 'any-uk', holidays)).toBe('2026-06-23');
  expect(workingDaysAfter('2026-06-06', 1, 'england', holidays)).toBe('2026-06-08');
  expect(workingDaysAfter('2026-06-06', 0, 'england', holidays)).toBe('2026-06-06');
});

const knownDay = fc.integer({ min: 0, max: 365 * 8 + 300 }).map((days) => addDays('2019-01-01', days));
const anyRoute = fc.constantFrom(pa, psr);

describe('for any day of publication', () => {
  test('a standstill counts its eight days in order, between its first and its last', () => {
    fc.assert(
      fc.property(anyRoute, knownDay, (route, day) => {
        const { begins, ends, days } = standstill(route, day);
        expect(new Set(days).size).toBe(8);
        expect(days).toEqual([...days].sort());
        expect(begins >= day && days[0]! >= begins).toBe(true);
        expect(days.at(-1)).toBe(ends);
      }),
    );
  });

  test('no counted day is a weekend or a bank holiday, and no working day in between is left out', () => {
    fc.assert(
      fc.property(anyRoute, knownDay, (route, day) => {
        const divisions = route === pa ? (['england-and-wales', 'scotland', 'northern-ireland'] as const) : (['england-and-wales'] as const);
        const free = new Set(divisions.flatMap((division) => holidays.holidays[division]));
        const { begins, ends, days } = standstill(route, day);
        const working: CivilDate[] = [];
        for (let next = route === pa ? begins : addDays(begins, 1); next <= ends; next = addDays(next, 1)) {
          if (weekday(next) < 6 && !free.has(next)) working.push(next);
        }
        expect(days).toEqual(working);
      }),
    );
  });

  test('a later publication never ends earlier', () => {
    fc.assert(
      fc.property(anyRoute, knownDay, fc.integer({ min: 0, max: 40 }), (route, day, later) => {
        expect(standstill(route, addDays(day, later)).ends >= standstill(route, day).ends).toBe(true);
      }),
    );
  });

  test('on one calendar of holidays PSR never ends before the Procurement Act', () => {
    const alike: HolidayCalendar = {
      ...holidays,
      holidays: { 'england-and-wales': holidays.holidays['england-and-wales'], scotland: [], 'northern-ireland': [] },
    };
    fc.assert(fc.property(knownDay, (day) => expect(standstill(psr, day, alike).ends >= standstill(pa, day, alike).ends).toBe(true)));
  });

  test('another bank holiday never brings the end forward', () => {
    fc.assert(
      fc.property(anyRoute, knownDay, fc.integer({ min: 0, max: 15 }), (route, day, offset) => {
        const england = [...holidays.holidays['england-and-wales'], addDays(day, offset)];
        const more = { ...holidays, holidays: { ...holidays.holidays, 'england-and-wales': england } };
        expect(standstill(route, day, more).ends >= standstill(route, day).ends).toBe(true);
      }),
    );
  });

  test('what is a working day in any part of the UK is one in England', () => {
    fc.assert(fc.property(knownDay, (day) => !isWorkingDay(day, 'any-uk', holidays) || isWorkingDay(day, 'england', holidays)));
  });
});
