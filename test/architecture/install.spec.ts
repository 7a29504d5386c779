import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { root } from './planted.js';

interface Built {
  written: number;
  removed: number;
}
const builder = pathToFileURL(join(root, 'bin/build.mjs')).href;
const { build, isStale } = (await import(join(root, 'bin/build.mjs'))) as {
  build(folder: string): Promise<Built>;
  isStale(folder: string): Promise<boolean>;
};
const { isInstalled } = (await import(join(root, 'bin/ensure.mjs'))) as {
  isInstalled(options: { folder: string; development?: boolean }): boolean;
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-build-'));
  await cp(join(root, '.swcrc'), join(folder, '.swcrc'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}
const outputs = async () => (await readdir(join(folder, 'libs/a/dist'), { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map(({ name }) => name).sort();

test('a build compiles sources, copies what stands beside them, and leaves out tests', async () => {
  await write('libs/a/src/index.ts', 'export const a: number = 1;\n');
  await write('libs/a/src/index.spec.ts', 'test();\n');
  await write('libs/a/src/page.njk', '<p>{{ a }}</p>\n');
  await write('libs/a/src/days.json', '{}\n');
  await write('libs/a/src/notes.md', 'not part of the product\n');
  expect(await build(folder)).toEqual({ written: 3, removed: 0 });
  expect(await outputs()).toEqual(['days.json', 'index.js', 'page.njk']);
  expect(await readFile(join(folder, 'libs/a/dist/index.js'), 'utf8')).toMatch(/^export const a = 1;\n/);
});

test('a second build does nothing; a touched file is not a changed one', async () => {
  await write('libs/a/src/index.ts', 'export const a = 1;\n');
  await build(folder);
  expect(await isStale(folder)).toBe(false);
  await utimes(join(folder, 'libs/a/src/index.ts'), new Date(), new Date());
  expect(await isStale(folder)).toBe(false);
  expect(await build(folder)).toEqual({ written: 0, removed: 0 });
});

test('a changed source, a lost or altered output, a removed source and a changed setting make a build stale', async () => {
  await write('libs/a/src/index.ts', 'export const a = 1;\n');
  await write('libs/a/src/gone.ts', 'export const gone = 1;\n');
  await build(folder);
  const changes: (() => Promise<unknown>)[] = [
    () => write('libs/a/src/index.ts', 'export const a = 2;\n'),
    () => rm(join(folder, 'libs/a/dist/index.js')),
    () => write('libs/a/dist/index.js', 'tampered\n'),
    () => rm(join(folder, 'libs/a/src/gone.ts')),
    () => write('.swcrc', JSON.stringify({ jsc: { parser: { syntax: 'typescript' }, target: 'es2021' } })),
  ];
  for (const change of changes) {
    await change();
    expect(await isStale(folder)).toBe(true);
    await build(folder);
    expect(await isStale(folder)).toBe(false);
  }
  expect(await outputs()).toEqual(['index.js']);
});

test('two builds at once agree', async () => {
  await Promise.all(Array.from({ length: 40 }, (_, at) => write(`libs/a/src/part-${at}.ts`, `export const part = ${at};\n`)));
  await Promise.all([build(folder), build(folder)]);
  expect(await isStale(folder)).toBe(false);
  expect(await outputs()).toHaveLength(40);
});

test('a source that does not parse is named, and the next build tries again', async () => {
  await write('libs/a/src/index.ts', 'export const a = ;\n');
  await expect(build(folder)).rejects.toThrow('libs/a/src/index.ts');
  expect(await isStale(folder)).toBe(true);
});

test('what serves is gathered into a few files, each told where it stood; a lost one makes the build stale, and what a running process may ask for stays', async () => {
  const serving = join(folder, 'apps/concordat/dist/serving');
  // The bundler takes no values of another realm, which Jest's are.
  const asked = (code: string) => execFileSync(process.execPath, ['--input-type=module', '--eval', code], { encoding: 'utf8' });
  const gathered = () => asked(`await (await import(${JSON.stringify(builder)})).build(${JSON.stringify(folder)})`);
  const ran = () => asked(`console.log(await (await import(${JSON.stringify(pathToFileURL(join(serving, 'web.js')).href)})).run())`).trim();
  const late = async () => (await readdir(serving)).filter((name) => /^late/.test(name));
  await write('apps/concordat/src/beside.json', '"beside"');
  await write('apps/concordat/src/late.ts', "export const late = 'late';\n");
  await write('apps/concordat/src/early.ts', "export class Early {}\n");
  await write('apps/concordat/src/worker.ts', "import { Early } from './early.js';\nexport const run = () => Early.name;\n");
  await write(
    'apps/concordat/src/web.ts',
    "import { readFileSync } from 'node:fs';\nimport { Early } from './early.js';\nconst beside = readFileSync(new URL('./beside.json', import.meta.url), 'utf8');\n" +
      "export const run = async () => [Early.name, beside, (await import('./late.js')).late].join(' ');\n",
  );
  gathered();
  expect(await isStale(folder)).toBe(false);
  expect(ran()).toBe('Early "beside" late');

  const [first] = await late();
  await rm(join(serving, first!));
  expect(await isStale(folder)).toBe(true);
  gathered();
  expect(await late()).toEqual([first]);

  for (const said of ['later', 'latest']) {
    await write('apps/concordat/src/late.ts', `export const late = '${said}';\n`);
    gathered();
    expect(ran()).toBe(`Early "beside" ${said}`);
    expect(await late()).toHaveLength(2);
  }
  expect(await late()).not.toContain(first);
});

test('an install is complete when every package of the lock file is there in its version', async () => {
  const packages = {
    '': {},
    'libs/a': {},
    'node_modules/@concordat/a': { link: true },
    'node_modules/needed': { version: '1.0.0', integrity: 'x' },
    'node_modules/tool': { version: '1.0.0', integrity: 'y', dev: true },
    'node_modules/elsewhere': { version: '1.0.0', optional: true, os: ['none'] },
  };
  const installed = async (present: object) => {
    await write('package-lock.json', JSON.stringify({ packages }));
    await write('node_modules/.package-lock.json', JSON.stringify({ packages: present }));
    return isInstalled({ folder });
  };
  expect(isInstalled({ folder })).toBe(false);
  await mkdir(join(folder, 'node_modules/@concordat/a'), { recursive: true });
  expect(await installed(packages)).toBe(true);
  expect(await installed({ ...packages, 'node_modules/needed': { version: '0.9.0', integrity: 'w' } })).toBe(false);
  expect(await installed({ 'node_modules/needed': packages['node_modules/needed'] })).toBe(false);
  expect(isInstalled({ folder, development: false })).toBe(true);
  await rm(join(folder, 'node_modules/@concordat/a'), { recursive: true });
  expect(isInstalled({ folder, development: false })).toBe(false);
});

test('the lock file names every platform, or `npm ci` refuses it where one of them cannot be asked for', async () => {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as { packages: Record<string, { optionalDependencies?: Record<string, string> }> };
  const names = new Set(Object.keys(lock.packages).map((path) => path.split('node_modules/').at(-1)));
  const unnamed = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies).filter((name) => !names.has(name)));
  expect(unnamed).toEqual([]);
});

test('what is run by name may be executed', async () => {
  expect((await stat(join(root, '.ci/run'))).mode & 0o111).not.toBe(0);
});
