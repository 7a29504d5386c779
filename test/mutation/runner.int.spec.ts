import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { plant, root, runTool } from '../architecture/planted.js';

const core = 'libs/access/src/core/age.ts';
const settings = pathToFileURL(join(root, 'stryker.config.mjs'));
const runner = pathToFileURL(join(root, 'test/mutation/runner.mjs'));
const planted = [
  {
    path: core,
    code: `const limits = [18, 67];
export const isAdult = (age: number): boolean => age >= limits[0]!;
export const isRetired = (age: number): boolean => age > limits[1]!;
export function years(until: number): number {
  let age = 0;
  while (age < until) age++;
  return age;
}
export const isOne = (age: number): boolean => age === 1;
export const isNew = (age: number): boolean => age === 0;
`,
  },
  { path: 'libs/access/src/core/index.ts', code: `export { isNew } from './age.js';\n` },
  {
    path: 'libs/register/src/core/new.spec.ts',
    code: `import { isNew } from '@concordat/access/core';
import { expect, test } from '@jest/globals';
test('whoever was just born is new', () => expect([isNew(0), isNew(1)]).toEqual([true, false]));
`,
  },
  {
    path: core.replace('.ts', '.spec.ts'),
    code: `import { describe, expect, test } from '@jest/globals';
import { isAdult, isRetired, years } from './age.js';
const ninety = isRetired(90);
describe('age', () => {
  test.each([[17, false], [18, true]])('%i', async (age, adult) => expect(isAdult(age)).toBe(adult));
  test('at ninety', () => expect(ninety).toBe(true));
  test('goes by', () => expect(years(3)).toBe(3));
});
`,
  },
  {
    path: 'stryker.config.mjs',
    code: `import settings from '${settings}';\nexport default { ...settings, plugins: ['${runner}'], reporters: ['json', 'clear-text'], thresholds: { break: null } };\n`,
  },
];

test('a change is noticed in a table, in a rule, in what a spec builds before its tests, through the door of another lib and where it never ends, and not where nothing asks', async () => {
  const { folder, remove } = await plant(planted);
  try {
    await runTool('@stryker-mutator/core/bin/stryker.js', ['run'], folder);
    const { files } = JSON.parse(await readFile(join(folder, 'reports/mutation.json'), 'utf8')) as {
      files: Record<string, { mutants: { status: string; replacement: string; location: { start: { line: number } } }[] }>;
    };
    const changes = files[core]!.mutants.map(({ status, replacement, location }) => `${location.start.line} ${replacement}: ${status}`);
    expect(new Set(changes)).toEqual(new Set([
      '1 []: Killed',
      '2 () => undefined: Killed', '2 age < limits[0]!: Killed', '2 age > limits[0]!: Killed', '2 false: Killed', '2 true: Killed',
      '3 () => undefined: Killed', '3 age <= limits[1]!: Killed', '3 age >= limits[1]!: Survived', '3 false: Killed', '3 true: Survived',
      '4 {}: Killed',
      '6 age <= until: Killed', '6 age >= until: Killed', '6 age--: Timeout', '6 false: Killed',
      '9 () => undefined: Survived', '9 age !== 1: NoCoverage', '9 false: NoCoverage', '9 true: NoCoverage',
      '10 () => undefined: Killed', '10 age !== 0: Killed', '10 false: Killed', '10 true: Killed',
    ]));
  } finally {
    await remove();
  }
}, 120_000);
