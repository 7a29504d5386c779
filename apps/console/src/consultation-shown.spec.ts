import { type Agreement, initialAgreement } from '@concordat/agreement/core';
import { expect, test } from '@jest/globals';
import { consultationsShown, noticesShown } from './consultation-shown.js';
import { askedShown } from './for-people-shown.js';
import { Named } from './names.js';

const consultation = {
  consultation: '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2b', proposal: 'Close the Tuesday lunch club', reasons: 'The hall is sold.', options: ['Move to the school'],
  opensOn: '2026-06-01', closesOn: '2026-08-31', recordedOn: '2026-06-01', recordedBy: '00000000-0000-4000-8000-000000000011', stage: 'priorities', words: {}, considered: null, withdrawn: null,
} as const;
const shown = (changes: object = {}) => {
  const agreement: Agreement = { ...initialAgreement, lifecycle: 'open', pathway: { id: 'standard', version: 2 }, route: { id: 'grant', version: 1 }, stage: 'priorities', consultations: [{ ...consultation, ...changes }] };
  return consultationsShown(agreement, new Named(agreement, new Map()), '2026-06-02')[0]!;
};

test('a log that shows nothing is said to show no breach, and never that the consultation was fair or lawful', () => {
  expect(shown().headline).toBe('No breach is visible in this log.');
  expect(JSON.stringify(shown())).not.toMatch(/\bfair|lawful/i);
  expect(shown({ options: [] })).toMatchObject({ headline: 'The log shows 1 thing to look at.', findings: [{ is: 'warning', says: 'People were told of no alternative.' }] });
});

test('a named person is asked what was still open, which options were rejected and why, why this long, and what changed', () => {
  const questions = shown().answers.map(({ question }) => question).join(' ');
  for (const asks of [/still open/i, /rejected/i, /why/i, /long/i, /changed/i]) expect(questions).toMatch(asks);
  const words = { formative: { by: '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2c', words: 'The day it moves.' } };
  expect(shown({ words }).answers.filter((one) => one.words !== undefined)).toMatchObject([{ words: 'The day it moves.', by: expect.any(String) }]);
});

test('a notice of our own that was put on record later than it was published says so', () => {
  const own = (recordedOn: string) => ({ notice: 'UK4', publishedOn: '2026-06-01', recordedOn, reference: '2026/S 1', stage: 'sourcing' });
  const agreement: Agreement = { ...initialAgreement, pathway: { id: 'standard', version: 2 }, route: { id: 'pa2023-competitive', version: 1 }, publishedNotices: [own('2026-06-01'), own('2026-06-12')] };
  const ours = noticesShown(agreement, new Named(agreement, new Map())).own;
  expect(ours.map((says) => /published on ([^:]*)/.exec(says)?.[1])).toEqual(['1 June 2026', '1 June 2026 (recorded on 12 June 2026)']);
});

test('of one that was withdrawn the page does not say that something is still owed, and those who were asked read that it was', () => {
  const withdrawn = (asked: boolean) => ({ on: '2026-06-20', reason: 'The hall is kept.', asked });
  const words = { formative: { by: '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2c', words: 'The day it moves.' } };
  expect([shown().considered, shown().answers.length]).toEqual([undefined, 4]);
  expect(shown({ withdrawn: withdrawn(true), words })).toMatchObject({ considered: undefined, answers: [{ words: 'The day it moves.' }] });
  expect(shown({ withdrawn: withdrawn(false) })).toMatchObject({ considered: 'nothing to consider', answers: [] });
  const asked = (withdrawnOn: string | null) => askedShown({ plans: [], activities: [], consultations: [{ ...consultation, withdrawnOn }] }, new Named(initialAgreement, new Map())).consultations;
  expect([asked(null), asked('2026-06-20')].flat()).toEqual(['Close the Tuesday lunch club 1 June 2026 to 31 August 2026', 'Close the Tuesday lunch club 1 June 2026 to 31 August 2026, withdrawn on 20 June 2026']);
});
