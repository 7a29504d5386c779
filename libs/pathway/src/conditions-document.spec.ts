import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { conditionsDocument } from './conditions-document.js';
import { conditionCodes } from './core/index.js';
import { pathways, routes } from './index.js';

const page = conditionsDocument(pathways.all, routes.all);

test('docs/conditions.md is what the vocabulary and the published documents say today', () => {
  // If this fails: npm run build && node libs/pathway/write-documents.mjs
  expect(readFileSync(new URL('../../../docs/conditions.md', import.meta.url), 'utf8')).toBe(page);
});

// Whoever publishes the version that asks one of these takes it off this list: the test fails until it is.
const forVersion2OfStandard = [
  'involvement.everyone-told', 'involvement.late-entries-shown', 'involvement.answers-checked', 'involvement.commitments-answered-for', 'involvement.reversals-told',
  'involvement.planned-as', 'involvement.access-costs-met', 'involvement.what-people-do-asked', 'involvement.stages-that-matter-asked', 'involvement.informed',
  'involvement.payment-offered', 'dissent.asked',
];

test('every condition of the vocabulary is asked by some published document', () => {
  const unasked = conditionCodes.filter((code) => !page.includes(`## \`${code}\`\n\nClass: `) || !/\n\n- /.test(page.split(`## \`${code}\``)[1]!.split('\n## ')[0]!));
  expect([...unasked].sort()).toEqual([...forVersion2OfStandard].sort());
});
