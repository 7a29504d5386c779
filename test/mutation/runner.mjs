// What Stryker runs the specs of the cores with. Jest would load them anew for every change, in seconds; here they are compiled
// once, and a change costs what it takes to run their bodies again: every change meets modules that no other has touched, also
// one in a table that is only read when a module is loaded.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { format } from 'node:util';
import { compileFunction } from 'node:vm';
import { INSTRUMENTER_CONSTANTS } from '@stryker-mutator/api/core';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { transform } from '@swc/core';
import { expect } from 'expect';

/** Stryker copies the clone, puts every change into the copy, and goes there once it has loaded this file. */
let libs;

/** What the changed code asks which change is made, and tells which lines it came by. */
const context = (globalThis[INSTRUMENTER_CONSTANTS.NAMESPACE] ??= {});

/**
 * Every spec that says what must hold of a core, also of one that asks it about the documents of its lib and so stands beside it.
 * Those that draw histories at random or walk every pathway are left out: they would notice most changes, but say of none what is
 * wrong, and cost minutes for each; and those that are about schemas and pages of docs.
 */
function coreSpecs() {
  const leftOut = /(\.model|\.int|-document|all-pathways|schemas)\.spec\.ts$/;
  const asksACore = (path) => /^[a-z]+\/src\/core\//.test(path) || (/^[a-z]+\/src\/[^/]+$/.test(path) && readFileSync(join(libs, path), 'utf8').includes("from './core/"));
  const paths = readdirSync(libs, { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
  return paths.filter((path) => path.endsWith('.spec.ts') && !leftOut.test(path) && asksACore(path)).sort().map((path) => `libs/${path}`);
}

/** Of each module its body as a function, as it stands in the copy and `still`: without the changes, since one at a time is made. */
const bodies = new Map();
const packages = new Map();
const still = (code) => code.replaceAll(/stryMutAct_\w+\("\d+"\)/g, 'false').replaceAll(/stryCov_\w+\(("\d+",?\s*)+\)/g, '0');

/** The source file that an import leads to; of a package undefined. A door of a lib leads into the copy that is changed, not past it. */
function sourceOf(specifier, importer) {
  const [, lib, core] = /^@concordat\/([a-z]+)(\/core)?$/.exec(specifier) ?? [];
  if (lib !== undefined) return join(libs, lib, 'src', core ?? '', 'index.ts');
  return specifier.startsWith('.') ? resolve(dirname(importer), specifier.replace(/\.js$/, '.ts')) : undefined;
}

/** Makes a function of the module and of each that it imports, and loads the packages they ask for. */
async function compile(file) {
  if (bodies.has(file)) return;
  bodies.set(file, undefined);
  const settings = { swcrc: false, jsc: { parser: { syntax: 'typescript', decorators: true }, transform: { legacyDecorator: true, decoratorMetadata: true }, target: 'es2022' }, module: { type: 'commonjs' } };
  const { code } = await transform(readFileSync(file, 'utf8'), { ...settings, filename: file });
  const bodyOf = (text) => compileFunction(text, ['exports', 'require', '__filename', '__dirname'], { filename: file });
  bodies.set(file, { changed: bodyOf(code), still: bodyOf(still(code)) });
  for (const [, specifier] of code.matchAll(/\brequire\("([^"]+)"\)/g)) {
    const source = sourceOf(specifier, file);
    if (source !== undefined) await compile(source);
    else if (specifier !== '@jest/globals' && !packages.has(specifier)) packages.set(specifier, { ...(await import(specifier)), __esModule: true });
  }
}

/**
 * A world in which no module was loaded yet: gives the tests of a spec, and throws what its body or a module's throws.
 * @param changed the file where a change is made; all of them where it is asked who comes by.
 */
function anew(changed) {
  const loaded = new Map();
  let tests, titles;
  const test = (title, body) => tests.push({ name: [...titles, title].join(' '), body });
  test.each = (table) => (title, body) => table.forEach((row) => test(format(title, ...[row].flat()), () => body(...(Array.isArray(row) ? row : [row]))));
  const describe = (title, body) => {
    titles.push(title);
    body();
    titles.pop();
  };
  const load = (file) => {
    if (loaded.has(file)) return loaded.get(file);
    const exports = {};
    loaded.set(file, exports);
    const require = (specifier) => {
      if (specifier === '@jest/globals') return { describe, expect, test };
      const source = sourceOf(specifier, file);
      return source === undefined ? packages.get(specifier) : load(source);
    };
    const body = bodies.get(file);
    (changed === undefined || changed === file ? body.changed : body.still)(exports, require, file, dirname(file));
    return exports;
  };
  return (spec) => {
    [tests, titles] = [[], []];
    load(resolve(spec));
    return tests;
  };
}

/** Runs a spec, or those of its tests that are `wanted`. What it builds before its first test counts for the spec as a whole. */
async function* results(spec, testsOf, wanted) {
  const start = performance.now();
  const whole = wanted === undefined || wanted.has(spec);
  const result = (id, name, since, fault) => {
    const said = { id, name, fileName: resolve(spec), timeSpentMs: performance.now() - since };
    return fault === undefined ? { ...said, status: TestStatus.Success } : { ...said, status: TestStatus.Failed, failureMessage: String(fault?.stack ?? fault) };
  };
  let tests = [];
  let fault;
  context.currentTestId = spec;
  try {
    tests = testsOf(spec);
  } catch (thrown) {
    fault = thrown ?? 'nothing was thrown as a fault';
  }
  if (fault !== undefined) return yield result(spec, spec, start, fault);
  for (const [at, { name, body }] of tests.entries()) {
    const id = `${spec}#${at}`;
    if (!whole && !wanted.has(id)) continue;
    const since = performance.now();
    context.currentTestId = id;
    yield result(id, name, since, await Promise.resolve().then(body).then(() => undefined, (thrown) => thrown ?? 'nothing was thrown as a fault'));
  }
  if (whole) yield result(spec, spec, start);
}

function coreRunner() {
  let specs;
  // By the file that is changed: which spec is asked first. Who noticed one change often notices the next.
  const orders = new Map();
  return {
    capabilities: () => ({ reloadEnvironment: true }),
    async init() {
      libs = resolve('libs');
      specs = coreSpecs();
      for (const spec of specs) await compile(resolve(spec));
    },
    async dryRun() {
      context.mutantCoverage = { static: {}, perTest: {} };
      const tests = [];
      // Each spec in a world of its own, so that what modules do when they are loaded is known to count for each.
      for (const spec of specs) for await (const test of results(spec, anew())) tests.push(test);
      return { status: DryRunStatus.Complete, tests, mutantCoverage: context.mutantCoverage };
    },
    async mutantRun({ activeMutant, testFilter, sandboxFileName, hitLimit, disableBail }) {
      const wanted = testFilter && new Set(testFilter);
      const beside = sandboxFileName.replace(/\.ts$/, '.spec.ts');
      const order = orders.get(sandboxFileName) ?? specs.toSorted((a, b) => Number(resolve(b) === beside) - Number(resolve(a) === beside));
      const asked = new Set(testFilter?.map((id) => id.split('#')[0]) ?? specs);
      Object.assign(context, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 });
      const tests = [];
      const testsOf = anew(sandboxFileName);
      run: for (const spec of order.filter((each) => asked.has(each))) {
        for await (const test of results(spec, testsOf, wanted)) {
          tests.push(test);
          if (test.status === TestStatus.Failed) orders.set(sandboxFileName, [spec, ...order.filter((other) => other !== spec)]);
          if (test.status === TestStatus.Failed && !disableBail) break run;
        }
      }
      context.activeMutant = undefined;
      return toMutantRunResult(determineHitLimitReached(context.hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests }, disableBail);
    },
  };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'cores', coreRunner)];
