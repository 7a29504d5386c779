import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname, '../..');

/** A file that breaks one rule, or none where `rule` is absent. */
export interface Planted {
  readonly path: string;
  readonly code: string;
  readonly rule?: string;
}

// Enough of a package for an import to lead somewhere.
const packages = ['typeorm', 'pg', 'bullmq', 'ioredis', 'zod', 'jest', 'undici', '@nestjs/common', 'left-pad'];
const libs = readdirSync(join(root, 'libs'));
const apps = ['concordat', 'api', 'console', 'worker'];

/** A small house of the same shape as ours in a folder of its own: every lib with both doors, and the planted files. */
export async function plant(planted: readonly Planted[]): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-planted-'));
  const write = async (path: string, content: string) => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  };
  await Promise.all(['package.json', 'tsconfig.json'].map((file) => cp(join(root, file), join(folder, file))));
  await mkdir(join(folder, 'test'));
  await mkdir(join(folder, 'node_modules/@concordat'), { recursive: true });
  for (const [kind, names] of [['libs', libs], ['apps', apps]] as const) {
    for (const name of names) {
      await write(`${kind}/${name}/package.json`, await readFile(join(root, kind, name, 'package.json'), 'utf8'));
      await symlink(join(folder, kind, name), join(folder, 'node_modules/@concordat', name));
    }
  }
  for (const lib of libs) {
    await write(`libs/${lib}/src/index.ts`, `export const ${lib} = '${lib}';\n`);
    await write(`libs/${lib}/src/core/index.ts`, `export type Word = '${lib}';\nexport const word = '${lib}';\n`);
  }
  for (const app of apps.slice(1)) await write(`apps/${app}/src/${app}.module.ts`, `export class Module {}\n`);
  for (const name of packages) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    await write(`node_modules/${name}/index.js`, 'module.exports = {};\n');
    await write(`node_modules/${name}/index.d.ts`, 'export declare const thing: string;\n');
  }
  for (const { path, code } of planted) await write(path, code);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Runs a tool of node_modules in a folder; what it prints on stdout, whatever its exit code. */
export function runTool(path: string, args: readonly string[], folder: string): Promise<string> {
  return new Promise((done, failed) => {
    execFile(process.execPath, [join(root, 'node_modules', path), ...args], { cwd: folder, maxBuffer: 64 << 20 }, (fault, stdout, stderr) => {
      if (stdout.trim() === '') failed(new Error(`${path} printed nothing: ${stderr || fault?.message}`));
      else done(stdout);
    });
  });
}
