import { expect, test } from '@jest/globals';
import { canonical } from '@concordat/platform/core';
import { contentOf } from './content.js';
import { inDesign, people, provider, type Scene } from './given.js';

const report = { reference: 'DMS/1', title: 'A report' };
/** Which of the two are others than before. */
const changed = (before: Scene, after: Scene) => (['sponsor', 'finance'] as const).filter((subject) => before.agreement.content[subject] !== after.agreement.content[subject]);

test('the sponsor looks anew at what is awarded and reviewed, and finance at the award, the conflicts and the evaluation', () => {
  const having = (fact: 'review-report' | 'conflicts-assessment' | 'evaluation') => changed(inDesign, inDesign.did('amend-facts', { facts: { [fact]: report } }, 'colleague'));
  expect([having('review-report'), having('conflicts-assessment'), having('evaluation')]).toEqual([['sponsor', 'finance'], ['finance'], ['finance']]);
  const invited = inDesign.did('invite-provider', { provider });
  expect(changed(invited, invited.did('propose-award', { provider, value: { amount: '9000.00', currency: 'GBP' } }))).toEqual(['sponsor', 'finance']);
});

test('what came to be read later than the rest leaves what was signed before it was there as it was read then', () => {
  const { agreement } = inDesign.did('amend-facts', { facts: { sponsor: people.approver } });
  const read = (names: readonly (keyof typeof agreement.facts)[]) => Object.fromEntries(names.map((name) => [name, agreement.facts[name]?.value ?? null]));
  const { sponsor, finance } = contentOf(agreement, (text) => text);
  const hashed = (subject: string, facts: object) => canonical({ agreement: agreement.id, subject, facts: facts as never, award: null });
  expect(sponsor).toBe(hashed('sponsor', read(['sponsor', 'value', 'contract-period', 'affected-groups', 'people-concerned', 'options-appraisal', 'consultation-report'])));
  expect(finance).toBe(hashed('finance', read(['value', 'contract-period', 'financial-envelope', 'options-appraisal', 'review-report'])));
});
