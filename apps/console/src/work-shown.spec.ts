import { expect, test } from '@jest/globals';
import { initialAgreement } from '@concordat/agreement/core';
import type { WorkLine } from '@concordat/register';
import { Named } from './names.js';
import { workHeadline, workShown } from './work-shown.js';

const id = (last: number): string => `0199d8a0-7c1e-7f3a-b6a7-00000000000${last}`;
const now = new Date('2026-06-20T12:00:00Z');
const row = (over: Partial<WorkLine>): WorkLine => ({
  agreement: id(1), title: 'Home care', pathway: 'standard@2', stage: 'design', kind: 'stale-sign-off', subject: id(5), key: 'agreement.edit', askedBy: null, count: 1, since: '2026-06-10T00:00:00Z', dueOn: null, waitsFor: 'you', inPlaceOf: null, ...over,
});
const risks = [5, 6, 7, 8].map((last) => ({ id: id(last), title: `Risk ${last}` })) as never;
const named = new Map([[id(1), new Named({ ...initialAgreement, risk: risks }, new Map())]]);

test('what is of one kind in one agreement stands in one row, counted, in the place of what waited longest', () => {
  const rows = [row({}), row({ agreement: id(2), since: '2026-06-11T00:00:00Z' }), ...[6, 7, 8].map((last) => row({ subject: id(last), since: '2026-06-12T00:00:00Z' }))];
  expect(workShown(rows, 'you', named, now).map(({ what, many, href, age }) => [what, many, href, age])).toEqual([
    ['Ask again, because what it rests on changed or its time is over: “Risk 5”; “Risk 6”; “Risk 7”; and 1 more', '4 of these', `/agreements/${id(1)}/sign-offs`, 'the oldest 10 days'],
    [expect.stringMatching(/^Ask again/), undefined, `/agreements/${id(2)}/sign-offs/${id(5)}`, '9 days'],
  ]);
});

test('what is done in another’s place says whose it is, and stands apart from their own', () => {
  const rows = [row({ kind: 'sign-off' }), row({ kind: 'sign-off', subject: id(6), inPlaceOf: id(3) })];
  const colleague = new Map([[id(1), new Named(initialAgreement, new Map([[id(3), 'Ann Approver']]))]]);
  expect(workShown(rows, 'you', colleague, now).map(({ place, many }) => [place, many])).toEqual([[undefined, undefined], ['In the place of Ann Approver', undefined]]);
});

test('a concern leads to where it is read or passed on, whichever is still to be done', () => {
  expect(workShown([row({ kind: 'concern' })], 'you', named, now)).toMatchObject([{ href: `/agreements/${id(1)}/involvement#concerns` }]);
});

test('a declaration that is asked in person leads to its gate, where both are offered, and a provider to be invited no more to the form that says the same', () => {
  const provider = new Map([[id(1), new Named(initialAgreement, new Map([[id(5), 'Harbour Care']]))]]);
  expect(workShown([row({ kind: 'declaration', subject: id(9) }), row({ kind: 'uninviting' })], 'you', provider, now)).toMatchObject([
    { what: 'You are asked to say where your own interest lies, or that you have none', href: `/agreements/${id(1)}` },
    { what: 'A second person is asked whether this provider is invited no more: Harbour Care', href: `/agreements/${id(1)}/do/uninvite-provider?about=${id(5)}` },
  ]);
});

test('several of a kind lead to where one of them is chosen', () => {
  const reviews = [row({ kind: 'review-due', dueOn: '2026-06-30' }), row({ kind: 'review-due', subject: id(6), dueOn: '2026-06-18' })];
  expect(workShown(reviews, 'you', named, now)).toMatchObject([{ href: `/agreements/${id(1)}/do/review-risk`, age: 'the first overdue since 18 June 2026', late: true }]);
  expect(workShown(reviews.slice(0, 1), 'you', named, now)).toMatchObject([{ href: `/agreements/${id(1)}/do/review-risk?about=${id(5)}`, age: 'by 30 June 2026', late: false }]);
});

test('whoever waits for others is led to where it stands, and to no form', () => {
  const asked = [row({ kind: 'theme', subject: id(6) }), row({ kind: 'sign-off' }), row({ kind: 'sign-off', agreement: id(2) }), row({ kind: 'sign-off', agreement: id(2), subject: id(6) })];
  expect(workShown(asked, 'others', named, now).map(({ href }) => href)).toEqual([`/agreements/${id(1)}/involvement`, `/agreements/${id(1)}/sign-offs/${id(5)}`, `/agreements/${id(2)}/sign-offs`]);
});

test('a call-in of the decision on a variation leads to where that is read, and any other to the award', () => {
  const varied = new Map([[id(1), new Named({ ...initialAgreement, variations: [{ variation: id(5), what: 'One more year' }] as never }, new Map())]]);
  const calledIn = [row({ kind: 'call-in' }), row({ kind: 'call-in', agreement: id(2) })];
  expect(workShown(calledIn, 'others', varied, now).map(({ href }) => href)).toEqual([`/agreements/${id(1)}/delivery`, `/agreements/${id(2)}/award`]);
  expect(workShown(calledIn, 'you', varied, now)).toMatchObject([{ href: `/agreements/${id(1)}/do/conclude-call-in?about=${id(5)}` }, {}]);
});

test('the headline says of the worst what its row says', () => {
  const [waiting, due, over] = [row({}), row({ kind: 'review-due', dueOn: '2026-06-30' }), row({ kind: 'commitment', dueOn: '2026-06-18' })];
  expect(workHeadline([], now)).toBe('Nothing waits for you.');
  expect(workHeadline([waiting, due], now)).toBe('2 things wait for you; the oldest for 10 days.');
  expect(workHeadline([waiting, due, over], now)).toBe('3 things wait for you; 1 is overdue since 18 June 2026.');
});
