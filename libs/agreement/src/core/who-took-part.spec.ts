import { expect, test } from '@jest/globals';
import { activityOf } from './activity.js';
import { given, id } from './given.js';
import { ada, ben, came, cat, held, panel, said, worked } from './given-involvement.js';
import { daysOf, lastDayOf, peopleOf, peopleUpTo } from './who-took-part.js';

test('everyone who came, worked or spoke in time took part, and each counts once', () => {
  const { agreement } = given(
    held(panel), came(panel, ada, ben), came(panel, ada), worked(panel, ben, '2026-06-01'), said('c1', ada, panel), said('c2', cat, panel, { late: true }),
  );
  expect(peopleOf(activityOf(agreement, panel)!)).toEqual([ada, ben]);
});

test('how many took part is counted once each, over all activities, and no further than it is asked', () => {
  const counted = (most: number) => peopleUpTo(given(held(panel), came(panel, ada), worked(panel, ada, '2026-06-01'), held(id(92)), said('c1', ben, id(92)), said('c2', ben, id(92))).agreement.involvement.activities, most);
  expect([counted(1), counted(2), counted(3)]).toEqual([1, 2, 2]);
});

test('the days on which people took part are those on which they came, worked or spoke in time, and the last of them is the last day', () => {
  const { agreement } = given(
    held(panel), came(panel, ada), worked(panel, ben, '2026-06-03'), said('c1', cat, panel, { givenOn: '2026-06-05' }), said('c2', ada, panel, { givenOn: '2026-07-01', late: true }),
    held(id(92)), said('c3', ben, id(92), { givenOn: '2026-06-09' }),
  );
  const [one, other] = agreement.involvement.activities;
  expect(daysOf(agreement, [one!]).map(({ participant, on }) => [participant, on])).toEqual([[ada, '2026-06-01'], [ben, '2026-06-03'], [cat, '2026-06-05']]);
  expect([lastDayOf(agreement, [one!]), lastDayOf(agreement, [one!, other!]), lastDayOf(agreement, [])]).toEqual(['2026-06-05', '2026-06-09', undefined]);
});
