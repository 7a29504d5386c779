import { routes } from '@concordat/pathway';
import { addDays } from '@concordat/platform/core';
import { expect, test } from '@jest/globals';
import { conditions } from './core/notice.js';

// The route as it ships, and the condition that its gate asks.
const route = routes.latest().find(({ id }) => id === 'psr-most-suitable-provider')!;
const asked = route.conditions.flatMap((one) => (one.code === 'notices.published' && one.parameters.clock !== undefined ? [{ stage: one.stage, ...one.parameters }] : []));
const published = '2026-06-01';
const lacks = (today: string, on?: string, assessed?: string) =>
  conditions['notices.published']({ facts: assessed === undefined ? {} : { evaluation: { amendedAt: `${assessed}T09:00:00.000000Z` } }, publishedNotices: on === undefined ? [] : [{ notice: 'psr-intended-approach', publishedOn: on, recordedOn: on, reference: '2026/S 1', stage: 'route' }] } as never, asked[0]!, { route, today } as never);

test('most suitable provider: 14 days at least lie between the notice of the intended approach and assessing providers', () => {
  expect(asked).toMatchObject([{ stage: 'sourcing', notice: 'psr-intended-approach' }]);
  expect(lacks('2026-12-31')).toMatchObject([{ what: 'Notice of the intended approach (psr-intended-approach)', by: 'record-published-notice' }]);
  // Fourteen whole days, neither that of the notice nor that of assessing among them.
  for (let day = 0; day <= 14; day += 1) expect([day, lacks(addDays(published, day), published)]).toEqual([day, [{ what: '14 days after 2026-06-01: from 2026-06-16', suppliedBy: 'time' }]]);
  expect(lacks('2026-06-16', published)).toEqual([]);
});

test('an evaluation that was put on record before those days were over is made anew once they are', () => {
  const anew = { what: 'evaluation: made anew on 2026-06-16 or later, because providers were assessed by 2026-06-15', suppliedBy: 'commissioner', by: 'amend-facts' };
  expect(lacks('2026-06-30', published, '2026-06-15')).toEqual([anew]);
  expect(lacks('2026-06-15', published, '2026-06-15')).toEqual([{ what: '14 days after 2026-06-01: from 2026-06-16', suppliedBy: 'time' }, anew]);
  expect(lacks('2026-06-30', published, '2026-06-16')).toEqual([]);
});
