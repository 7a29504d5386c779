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

test('every condition of the vocabulary is asked by some published document', () => {
  const unasked = conditionCodes.filter((code) => !page.includes(`## \`${code}\`\n\nClass: `) || !/\n\n- /.test(page.split(`## \`${code}\``)[1]!.split('\n## ')[0]!));
  expect(unasked).toEqual([]);
});
