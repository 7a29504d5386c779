import { expect, test } from '@jest/globals';
import { given, id, inDesign, refusals } from './given.js';
import { ada, ben, came, held, missingAt, panel, survey } from './given-involvement.js';

const document = (reference: string) => ({ reference, title: 'What the club costs' });
const first = { pack: id(61), activity: panel, title: 'What the club costs', document: document('D1'), forms: ['easy-read', 'spoken'], changed: '' } as const;
const second = { ...first, document: document('D2'), changed: 'The rent went up.' } as const;
const held2 = given(held(panel), came(panel, ada, ben));

test('the same pack again is its next version, and says what changed', () => {
  const scene = held2.did('issue-information', first).did('issue-information', second);
  expect(scene.agreement.information[0]?.versions.map(({ document: { reference }, changed }) => [reference, changed])).toEqual([['D1', ''], ['D2', 'The rent went up.']]);
  expect(refusals(scene.when('issue-information', second))).toEqual(['already-so']);
  expect(refusals(held2.did('issue-information', first).when('issue-information', { ...second, forms: [], changed: ' ' }))).toEqual(['information.in-no-form', 'information.without-what-changed']);
  expect(refusals(given(held(panel), held(survey)).did('issue-information', first).when('issue-information', { ...second, activity: survey }))).toEqual(['information.of-another-activity']);
  expect(refusals(inDesign.when('issue-information', first))).toEqual(['activity.unknown']);
});

test('everyone who took part has the latest version: a new one is owed to those who had the one before', () => {
  const missing = (scene: typeof held2) => missingAt(scene, 'involvement.informed', {});
  expect(missing(held2)).toMatchObject([{ what: `information for ${panel}`, by: 'issue-information' }]);
  const given1 = held2.did('issue-information', first).did('record-information-given', { pack: id(61), version: 1, participants: [ada], on: '2026-06-01' });
  expect(missing(given1)).toMatchObject([{ what: expect.stringContaining('for 1 of those who took part'), by: 'record-information-given' }]);
  const both = given1.did('record-information-given', { pack: id(61), version: 1, participants: [ada, ben], on: '2026-06-01' });
  expect(missing(both)).toEqual([]);
  expect(missing(both.did('issue-information', second))).toMatchObject([{ what: expect.stringContaining('version 2') }]);
  expect(missing(given(held(panel)))).toEqual([]);
});

test('what somebody is given after the last day on which they took part informed nobody, unless they take part again', () => {
  const missing = (scene: typeof held2) => missingAt(scene, 'involvement.informed', {}).map(({ what }) => what);
  const giving = { pack: id(61), version: 1, participants: [ada, ben], on: '2026-06-02' } as const;
  const late = held2.did('issue-information', first).on('2026-06-02').did('record-information-given', giving);
  const needed = (people: number) => `information for ${people} of those who took part in ${panel}, by the day on which they did`;
  expect(missing(late)).toEqual([needed(2)]);
  expect(missing(late.did('record-attendance', { activity: panel, participants: [ben], on: '2026-06-02' }))).toEqual([needed(1)]);
  // That they had it by then can be put right.
  expect(missing(late.did('record-information-given', { ...giving, on: '2026-06-01' }))).toEqual([]);
  expect(refusals(late.did('record-information-given', { ...giving, on: '2026-06-01' }).when('record-information-given', giving))).toEqual(['already-so']);
  // What is new in a later version is sent on, and what is told of the same besides.
  const inTime = held2.did('issue-information', first).did('record-information-given', { ...giving, on: '2026-06-01' }).on('2026-06-02').did('issue-information', second);
  expect(missing(inTime)).toEqual([`version 2 of ${id(61)} for 2 of those who took part`]);
  expect(missing(inTime.did('record-information-given', { ...giving, version: 2 }).did('issue-information', { ...first, pack: id(62) }).did('record-information-given', { ...giving, pack: id(62) }))).toEqual([]);
});

test('information that was not issued, or not yet, is given to nobody', () => {
  const scene = held2.did('issue-information', first);
  const handed = { pack: id(61), version: 1, participants: [ada], on: '2026-06-01' } as const;
  expect(refusals(held2.when('record-information-given', handed))).toEqual(['information.unknown']);
  expect(refusals(scene.when('record-information-given', { ...handed, version: 2 }))).toEqual(['information.no-such-version']);
  expect(refusals(scene.when('record-information-given', { ...handed, on: '2026-06-02' }))).toEqual(['information.not-yet']);
  expect(refusals(scene.when('record-information-given', { ...handed, on: '2026-05-31' }))).toEqual(['information.before-it-was-issued']);
  expect(refusals(scene.did('record-information-given', handed).when('record-information-given', handed))).toEqual(['already-so']);
});
