import { expect, test } from '@jest/globals';
import { plant, root, runTool } from './planted.js';
import type { Planted } from './planted.js';
import { join } from 'node:path';

type Report = { filePath: string; messages: { ruleId: string | null; message: string; line: number }[] }[];

async function rulesBroken(planted: readonly Planted[]): Promise<string[]> {
  const { folder, remove } = await plant(planted);
  try {
    const args = ['--config', join(root, 'eslint.config.mjs'), '--format', 'json', '.'];
    const report = JSON.parse(await runTool('eslint/bin/eslint.js', args, folder)) as Report;
    return report
      .flatMap(({ filePath, messages }) => messages.map(({ ruleId, message }) => ({ path: filePath.slice(folder.length + 1), rule: ruleId ?? message })))
      .map(({ path, rule }) => `${path} breaks ${rule}`)
      .sort();
  } finally {
    await remove();
  }
}

const core = 'libs/agreement/src/core';
const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';

/** A use of each global that the core may not know, but for those planted below. */
const unknownToTheCore = {
  Intl: 'Intl.DateTimeFormat', performance: 'performance.now', fetch: 'fetch', globalThis: 'globalThis.name', global: 'global.name',
  Buffer: 'Buffer.from', Promise: 'Promise.resolve', setInterval: 'setInterval', setImmediate: 'setImmediate', queueMicrotask: 'queueMicrotask', require: 'require',
};

const broken: readonly (Planted & { rule: string })[] = [
  ...Object.entries(unknownToTheCore).map(([name, use]) => ({ path: `${core}/knows-${name.toLowerCase().replace('this', '-this')}.ts`, code: `export const knows = () => ${use};\n`, rule: globals })),
  { path: `${core}/tells.ts`, code: `export const { log } = console;\n`, rule: globals },
  { path: `${core}/awaits.ts`, code: `const one = 1;\nexport const two = await one;\n`, rule: syntax },
  { path: `${core}/awaits-each.ts`, code: `for await (const one of []) void one;\nexport const none = 0;\n`, rule: syntax },
  { path: `${core}/clock.ts`, code: `export const now = () => new Date().toISOString();\n`, rule: globals },
  { path: `${core}/clock-now.ts`, code: `export const now = () => Date.now();\n`, rule: globals },
  { path: `${core}/chance.ts`, code: `export const chance = () => Math.random();\n`, rule: syntax },
  { path: `${core}/waits.ts`, code: `export async function waits() {\n  return 1;\n}\n`, rule: syntax },
  { path: `${core}/arrow-waits.ts`, code: `export const waits = async () => 1;\n`, rule: syntax },
  { path: `${core}/surroundings.ts`, code: `export const folder = () => process.cwd();\n`, rule: globals },
  { path: `${core}/says.ts`, code: `export const says = () => crypto.randomUUID();\n`, rule: globals },
  { path: `${core}/timer.ts`, code: `export const later = (work: () => void) => setTimeout(work, 1);\n`, rule: globals },
  { path: `${core}/spreads.ts`, code: `export const held = (agreement: { held: boolean }) => ({ ...agreement, held: true });\n`, rule: syntax },
  { path: `${core}/loads.ts`, code: `export const loads = () => import('./clock.js');\n`, rule: syntax },
  { path: 'libs/journal/src/environment.ts', code: `export const home = () => process.env['HOME'];\n`, rule: 'no-restricted-properties' },
  { path: 'apps/api/src/environment.ts', code: `const { env } = process;\nexport const home = () => env['HOME'];\n`, rule: 'no-restricted-properties' },
  { path: 'apps/worker/src/environment.ts', code: `import { env } from 'node:process';\nexport const home = () => env['HOME'];\n`, rule: 'no-restricted-imports' },
  { path: 'libs/journal/src/asks.ts', code: `type Tx = { query(text: string): unknown };\nexport const asks = (tx: Tx) => tx.query('SELECT 1');\n`, rule: syntax },
  { path: 'libs/access/src/asks.ts', code: `type Asked = { statement(name: string): unknown };\nexport const asks = (database: Asked) => database.statement('x');\n`, rule: syntax },
  { path: 'libs/journal/src/unnamed.ts', code: `export default function unnamed() {}\n`, rule: syntax },
  { path: 'libs/journal/src/renamed.ts', code: `const renamed = 1;\nexport { renamed as default };\n`, rule: syntax },
  { path: 'libs/journal/src/anything.ts', code: `export const anything = (x: any) => x;\n`, rule: '@typescript-eslint/no-explicit-any' },
  { path: 'libs/journal/src/swallows.ts', code: `export function swallows(work: () => void) {\n  try {\n    work();\n  } catch {}\n}\n`, rule: 'no-empty' },
  { path: 'libs/journal/src/value-import.ts', code: `import { Pool } from 'pg';\nexport type P = Pool;\n`, rule: '@typescript-eslint/consistent-type-imports' },
  { path: 'libs/journal/src/prints.ts', code: `export const prints = () => console.log('x');\n`, rule: 'no-console' },
  { path: 'libs/journal/src/event.service.ts', code: `export const x = 1;\n`, rule: 'house/file-name' },
  { path: 'libs/journal/src/eventReader.ts', code: `export const x = 1;\n`, rule: 'house/file-name' },
  { path: 'libs/journal/src/date-utils.ts', code: `export const x = 1;\n`, rule: 'house/file-name' },
  { path: 'libs/journal/src/helpers/date.ts', code: `export const x = 1;\n`, rule: 'house/file-name' },
  { path: 'libs/common/src/index.ts', code: `export const x = 1;\n`, rule: 'house/file-name' },
  { path: 'libs/journal/src/manager.ts', code: `export const x = 1;\n`, rule: 'house/file-name' },
  { path: 'libs/journal/src/named.ts', code: `export class JournalManager {\n  readonly x = 1;\n}\n`, rule: 'house/type-name' },
  { path: 'libs/journal/src/prefixed.ts', code: `export interface IJournal {\n  readonly x: 1;\n}\n`, rule: 'house/type-name' },
];

const clean: readonly Planted[] = [
  { path: `${core}/clean.ts`, code: `export const rate = (days: number) => Math.floor(days / 7);\n` },
  { path: `${core}/clean.spec.ts`, code: `export const at = async () => new Date();\n` },
  { path: 'libs/platform/src/config.ts', code: `export const home = () => process.env['HOME'];\n` },
  { path: 'libs/journal/src/asks.store.ts', code: `type Tx = { query(text: string): unknown };\nexport const asks = (tx: Tx) => tx.query('SELECT 1');\n` },
  { path: 'libs/journal/src/asks.int.spec.ts', code: `export const home = () => process.env['HOME'];\n` },
  {
    // Nest finds what to inject by the class itself, so this import must stay a value.
    path: 'apps/api/src/clean.controller.ts',
    code: `import { Controller } from '@nestjs/common';\nimport { Pool } from 'pg';\n\n@Controller()\nexport class CleanController {\n  constructor(private readonly pool: Pool) {}\n}\n`,
  },
  { path: 'apps/concordat/src/clock.ts', code: `export const print = () => console.log('2026-01-05');\n` },
];

test('every lint rule fires on the file that breaks it, and on no other', async () => {
  const expected = broken.map(({ path, rule }) => `${path} breaks ${rule}`).sort();
  expect(await rulesBroken([...broken, ...clean])).toEqual(expected);
});
