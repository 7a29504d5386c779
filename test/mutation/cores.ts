import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@jest/globals';

// Every spec of a core that says what must hold. Those that draw histories at random are left out: they would notice most
// changes, but say of none what is wrong, and cost minutes for each.
const libs = join(import.meta.dirname, '../../libs');
const specs = readdirSync(libs, { recursive: true, encoding: 'utf8' }).filter((path) => /^[a-z]+[\\/]src[\\/]core[\\/].*(?<!\.model)\.spec\.ts$/.test(path));
for (const spec of specs.sort()) {
  // What a spec builds before its first test may be refused after a change: that is noticed as well, and no fault of the run.
  const fault: unknown = await import(join(libs, spec)).then(() => undefined, (thrown: unknown) => thrown);
  test(`${spec} can be read`, () => {
    if (fault !== undefined) throw fault;
  });
}
