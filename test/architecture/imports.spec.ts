import { expect, test } from '@jest/globals';
import { plant, root, runTool } from './planted.js';
import type { Planted } from './planted.js';
import { join } from 'node:path';

interface Report {
  summary: { violations: { rule: { name: string }; from: string }[] };
}

async function rulesBroken(planted: readonly Planted[]): Promise<string[]> {
  const { folder, remove } = await plant(planted);
  try {
    const config = join(root, '.dependency-cruiser.mjs');
    const args = ['--config', config, '--output-type', 'json', 'apps', 'libs', 'test'];
    const report = JSON.parse(await runTool('dependency-cruiser/bin/dependency-cruise.mjs', args, folder)) as Report;
    return [...new Set(report.summary.violations.map(({ rule, from }) => `${from} breaks ${rule.name}`))].sort();
  } finally {
    await remove();
  }
}

const broken: readonly (Planted & { rule: string })[] = [
  { path: 'libs/journal/src/up.ts', code: `import { access } from '@concordat/access';\nexport const up = access;\n`, rule: 'ladder-journal' },
  { path: 'libs/platform/src/up-type.ts', code: `import type { Word } from '@concordat/journal/core';\nexport type Up = Word;\n`, rule: 'ladder-platform' },
  { path: 'libs/access/src/aside.ts', code: `import { pathway } from '@concordat/pathway';\nexport const aside = pathway;\n`, rule: 'ladder-access' },
  { path: 'libs/register/src/aside.ts', code: `import { webhooks } from '@concordat/webhooks';\nexport const aside = webhooks;\n`, rule: 'ladder-register' },
  { path: 'libs/agreement/src/aside.ts', code: `import { register } from '@concordat/register';\nexport const aside = register;\n`, rule: 'ladder-agreement' },
  { path: 'libs/pathway/src/aside.ts', code: `import { agreement } from '@concordat/agreement';\nexport const aside = agreement;\n`, rule: 'ladder-pathway' },
  { path: 'libs/webhooks/src/up.ts', code: `import { assembly } from '@concordat/assembly';\nexport const up = assembly;\n`, rule: 'ladder-webhooks' },
  { path: 'libs/exchange/src/up.ts', code: `import { webhooks } from '@concordat/webhooks';\nexport const up = webhooks;\n`, rule: 'ladder-exchange' },
  { path: 'libs/reminders/src/up.ts', code: `import { exchange } from '@concordat/exchange';\nexport const up = exchange;\n`, rule: 'ladder-reminders' },
  { path: 'libs/unknown/src/index.ts', code: `import { platform } from '@concordat/platform';\nexport const unknown = platform;\n`, rule: 'known-lib' },
  { path: 'libs/access/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-access' },
  { path: 'libs/access/src/core/npm-type.ts', code: `import type { thing } from 'zod';\nexport type Npm = typeof thing;\n`, rule: 'core-alone-access' },
  { path: 'libs/journal/src/core/node.ts', code: `import { createHash } from 'node:crypto';\nexport const node = createHash;\n`, rule: 'core-alone-journal' },
  { path: 'libs/agreement/src/core/door.ts', code: `import { journal } from '@concordat/journal';\nexport const door = journal;\n`, rule: 'core-alone-agreement' },
  { path: 'libs/pathway/src/core/own.ts', code: `import { beside } from '../beside.js';\nexport const own = beside;\n`, rule: 'core-alone-pathway' },
  { path: 'libs/register/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-register' },
  { path: 'libs/assembly/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-assembly' },
  { path: 'libs/webhooks/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-webhooks' },
  { path: 'libs/exchange/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-exchange' },
  { path: 'libs/reminders/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-reminders' },
  { path: 'libs/platform/src/core/npm.ts', code: `import { thing } from 'zod';\nexport const npm = thing;\n`, rule: 'core-alone-platform' },
  { path: 'libs/access/src/inside.ts', code: `import { inside } from '../../journal/src/hidden.js';\nexport const x = inside;\n`, rule: 'two-doors' },
  { path: 'test/inside.ts', code: `import { inside } from '../libs/journal/src/hidden.js';\nexport const x = inside;\n`, rule: 'two-doors-from-outside' },
  { path: 'libs/access/src/by-path.ts', code: `import { journal } from '../../journal/src/index.js';\nexport const x = journal;\n`, rule: 'door-by-name' },
  { path: 'libs/journal/src/ring-a.ts', code: `import { b } from './ring-b.js';\nexport const a = b;\n`, rule: 'no-cycle' },
  { path: 'libs/access/src/type-a.ts', code: `import type { B } from './type-b.js';\nexport type A = B;\n`, rule: 'no-cycle' },
  { path: 'libs/agreement/src/core/topic-a.ts', code: `import { b } from './topic-b.js';\nexport const a = () => b;\n`, rule: 'no-cycle-between-topics' },
  { path: 'libs/access/src/asks.ts', code: `import type { thing } from 'typeorm';\nexport type Asks = typeof thing;\n`, rule: 'sql-in-stores' },
  { path: 'apps/api/src/asks.controller.ts', code: `import type { thing } from 'pg';\nexport type Asks = typeof thing;\n`, rule: 'sql-in-stores' },
  { path: 'apps/worker/src/queue.ts', code: `import type { thing } from 'bullmq';\nexport type Queue = typeof thing;\n`, rule: 'queues-in-platform' },
  { path: 'libs/webhooks/src/redis.store.ts', code: `import type { thing } from 'ioredis';\nexport type Redis = typeof thing;\n`, rule: 'queues-in-platform' },
  { path: 'libs/webhooks/src/early.ts', code: `import { thing } from 'undici';\nexport const early = thing;\n`, rule: 'loaded-late' },
  { path: 'apps/worker/src/other.ts', code: `import { Module } from '@concordat/api';\nexport const other = Module;\n`, rule: 'apps-apart' },
  { path: 'apps/concordat/src/beside-module.ts', code: `import { helpful } from '../../api/src/helpful.js';\nexport const x = helpful;\n`, rule: 'apps-by-module' },
  { path: 'libs/webhooks/src/app.ts', code: `import { Module } from '@concordat/worker';\nexport const app = Module;\n`, rule: 'libs-below-apps' },
  { path: 'libs/journal/src/tested.ts', code: `import { tested } from './tested.spec.js';\nexport const x = tested;\n`, rule: 'tests-apart' },
  { path: 'libs/journal/src/developer.ts', code: `import { thing } from 'jest';\nexport const x = thing;\n`, rule: 'installed-without-tests' },
  { path: 'libs/journal/src/unnamed.ts', code: `import { thing } from 'left-pad';\nexport const x = thing;\n`, rule: 'installed-without-tests' },
  { path: 'libs/journal/src/nowhere.ts', code: `import { nothing } from './not-there.js';\nexport const x = nothing;\n`, rule: 'no-unresolvable' },
];

// What the planted files lean on, and neighbours of each rule that are allowed.
const clean: readonly Planted[] = [
  { path: 'libs/pathway/src/beside.ts', code: `export const beside = 1;\n` },
  { path: 'libs/journal/src/hidden.ts', code: `export const inside = 1;\n` },
  { path: 'libs/journal/src/ring-b.ts', code: `import { a } from './ring-a.js';\nexport const b = (): unknown => a;\n` },
  { path: 'libs/access/src/type-b.ts', code: `import type { A } from './type-a.js';\nexport type B = A | 1;\n` },
  { path: 'libs/agreement/src/core/topic-b.ts', code: `import { a } from './topic-a.js';\nexport const b = (): unknown => a;\n` },
  { path: 'libs/agreement/src/core/union.ts', code: `import { type Slice, initial } from './slice.js';\nexport type Union = Slice;\nexport const first = initial;\n` },
  { path: 'libs/agreement/src/core/slice.ts', code: `import type { Union } from './union.js';\nexport type Slice = { of?: Union };\nexport const initial = {};\n` },
  { path: 'apps/api/src/helpful.ts', code: `export const helpful = 1;\n` },
  { path: 'libs/journal/src/tested.spec.ts', code: `import { thing } from 'jest';\nexport const tested = thing;\n` },
  { path: 'libs/journal/src/down.ts', code: `import { platform } from '@concordat/platform';\nexport const down = platform;\n` },
  { path: 'libs/access/src/core/lower.ts', code: `import { word } from '@concordat/journal/core';\nexport const lower = word;\n` },
  { path: 'libs/access/src/asks.store.ts', code: `import type { thing } from 'typeorm';\nexport type Asks = typeof thing;\n` },
  { path: 'libs/platform/src/queue-bullmq.ts', code: `import { thing } from 'bullmq';\nexport const queue = thing;\n` },
  { path: 'libs/webhooks/src/late.ts', code: `export const late = () => import('undici');\n` },
  { path: 'apps/concordat/src/web.ts', code: `import { Module } from '@concordat/api';\nexport const web = Module;\n` },
];

// A path into another workspace cannot break one rule without the other.
const alsoBroken = [
  'libs/access/src/inside.ts breaks door-by-name',
  'test/inside.ts breaks door-by-name',
  'apps/concordat/src/beside-module.ts breaks door-by-name',
];

test('every rule about imports fires on the file that breaks it, and on no other', async () => {
  const expected = [...broken.map(({ path, rule }) => `${path} breaks ${rule}`), ...alsoBroken].sort();
  expect(await rulesBroken([...broken, ...clean])).toEqual(expected);
});

test('a rule about imports that no planted file breaks is not tested, and there is none', async () => {
  const config = (await import(join(root, '.dependency-cruiser.mjs'))) as { default: { forbidden: { name: string }[] } };
  const tested = new Set(broken.map(({ rule }) => rule));
  const untested = config.default.forbidden.map(({ name }) => name).filter((name) => !tested.has(name));
  expect(untested).toEqual([]);
});
