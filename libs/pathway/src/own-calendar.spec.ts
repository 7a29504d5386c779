import { initialPerson, type Person } from '@concordat/access/core';
import { expect, test } from '@jest/globals';
import { changeOwnCalendar, type OwnCalendar, type OwnHoliday, ownCalendarFold, standstillPeriod, withOwnHolidays } from './core/index.js';
import { holidays, routes } from './index.js';

const administrator: Person = { ...initialPerson, registered: true, memberOf: { kind: 'organisation' }, grants: [{ grant: 'g', role: 'administrator' }] };
const none: OwnCalendar = { holidays: [] };
const proclaimed: OwnHoliday = { day: '2026-06-05', in: ['england-and-wales'], title: 'A jubilee', cites: 'Royal proclamation' };
const change = (now: OwnCalendar, next: OwnCalendar, person = administrator) => {
  const decision = changeOwnCalendar(now, next, holidays, { kind: 'person', person: 'p', grants: person.grants, scopes: 'all' }, person, '2026-06-01');
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : decision.accepted.map(({ type }) => type);
};

test('a day that an administrator adds is no working day of any clock, also of one that runs already', () => {
  const added = withOwnHolidays(holidays, { holidays: [proclaimed] });
  const ends = (route: string, calendar = added) => {
    const period = standstillPeriod(routes.find(route)!, '2026-06-01', calendar);
    return 'none' in period ? undefined : period.ends;
  };
  expect([ends('pa2023-competitive', holidays), ends('pa2023-competitive')]).toEqual(['2026-06-10', '2026-06-11']);
  expect([ends('psr-competitive', holidays), ends('psr-competitive')]).toEqual(['2026-06-12', '2026-06-15']);
  // Under the PSR only England's days count.
  const inScotland = withOwnHolidays(holidays, { holidays: [{ ...proclaimed, in: ['scotland'] }] });
  expect([ends('pa2023-competitive', inScotland), ends('psr-competitive', inScotland)]).toEqual(['2026-06-11', '2026-06-12']);
  // Who never said anything has the days that ship.
  for (const calendar of [none, ownCalendarFold.initial]) expect(withOwnHolidays(holidays, calendar)).toBe(holidays);
});

test('the days are changed as a whole, by an administrator alone, and taken out again', () => {
  expect(change(none, { holidays: [proclaimed] })).toEqual(['concordat.calendar.changed.v1']);
  expect(change({ holidays: [proclaimed] }, none)).toEqual(['concordat.calendar.changed.v1']);
  expect(change(none, none)).toEqual(['already-so']);
  expect(change(none, { holidays: [proclaimed] }, initialPerson)).toEqual(['right.missing']);
  expect(ownCalendarFold.types).toEqual(change(none, { holidays: [proclaimed] }));
  const event = { type: 'concordat.calendar.changed.v1', stream: 'calendar-own', data: { holidays: [proclaimed] } };
  expect(ownCalendarFold.evolve(none, event as never)).toEqual({ holidays: [proclaimed] });
});

test('a year is known once an administrator says so and its days stand there, those of every part of the UK', () => {
  const newYear: OwnHoliday = { day: '2028-01-03', in: ['england-and-wales', 'scotland', 'northern-ireland'], title: 'New Year’s Day (substitute)', cites: 'gov.uk/bank-holidays' };
  const ends = (own: OwnCalendar) => standstillPeriod(routes.find('pa2023-competitive')!, '2027-12-21', withOwnHolidays(holidays, own));
  // Some of its days are not all of them.
  expect(ends({ holidays: [newYear] })).toMatchObject({ ends: '2028-01-04', warnings: [expect.stringContaining('bank holidays of 2028 are not known')] });
  const known: OwnCalendar = { holidays: [newYear, { ...newYear, day: '2028-01-04', in: ['scotland'] }], lastKnownYear: 2028 };
  expect(change(none, known)).toEqual(['concordat.calendar.changed.v1']);
  expect(ends(known)).toMatchObject({ ends: '2028-01-05', warnings: [] });
  // What ships later is known, whatever was said before.
  expect(withOwnHolidays({ ...holidays, lastKnownYear: 2029 }, known).lastKnownYear).toBe(2029);
  const lacking = changeOwnCalendar(none, { holidays: [{ ...newYear, in: ['scotland'] }], lastKnownYear: 2028 }, holidays, { kind: 'person', person: 'p', grants: administrator.grants, scopes: 'all' }, administrator, '2026-06-01');
  expect(lacking).toMatchObject({ refused: [{ code: 'calendar.year-empty', missing: [{ what: 'the bank holidays of 2028 in england-and-wales', suppliedBy: 'administrator' }, { what: 'the bank holidays of 2028 in northern-ireland' }] }] });
  expect(change(none, { holidays: [], lastKnownYear: 2028 })).toEqual(['calendar.year-empty']);
  // Taking a day out of a year that is known leaves no year known that has none.
  expect(change(known, { ...known, holidays: [] })).toEqual(['calendar.year-empty']);
  expect(change(known, { holidays: [] })).toEqual(['concordat.calendar.changed.v1']);
});

test('a day stands there once, and none that nobody works on anyway: every refusal at once', () => {
  const saturday = { ...proclaimed, day: '2026-06-06' };
  const next: OwnCalendar = { holidays: [proclaimed, { ...proclaimed, in: ['scotland'] }, saturday] };
  expect(change(none, next)).toEqual(['calendar.day-twice', 'calendar.weekend']);
  expect(changeOwnCalendar(none, next, holidays, { kind: 'person', person: 'p', grants: administrator.grants, scopes: 'all' }, administrator, '2026-06-01')).toMatchObject({
    refused: [{ missing: [{ what: '2026-06-05', suppliedBy: 'administrator' }] }, { missing: [{ what: '2026-06-06', suppliedBy: 'administrator' }] }],
  });
});
