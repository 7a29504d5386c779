import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@jest/globals';

// Every spec that says what must hold of a core, also of one that asks it about the documents of its lib and so stands beside it.
// Those that draw histories at random or walk every pathway are left out: they would notice most changes, but say of none what is
// wrong, and cost minutes for each; and those that are about schemas and pages of docs.
const libs = join(import.meta.dirname, '../../libs');
const leftOut = /(\.model|\.int|-document|all-pathways|schemas)\.spec\.ts$/;
const asksACore = (path: string): boolean => /^[a-z]+[\\/]src[\\/]core[\\/]/.test(path) || (/^[a-z]+[\\/]src[\\/][^\\/]+$/.test(path) && readFileSync(join(libs, path), 'utf8').includes("from './core/"));
const specs = readdirSync(libs, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.spec.ts') && !leftOut.test(path) && asksACore(path));
for (const spec of specs.sort()) {
  // What a spec builds before its first test may be refused after a change: that is noticed as well, and no fault of the run.
  const fault: unknown = await import(join(libs, spec)).then(() => undefined, (thrown: unknown) => thrown);
  test(`${spec} can be read`, () => {
    if (fault !== undefined) throw fault;
  });
}
