import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../harness/index.js';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');
const kept = Object.entries(process.env).filter(([name]) => !/^npm_|^NODE_OPTIONS$|^DATABASE_|^REDIS_URL$|^CONCORDAT_|^PORT$/i.test(name));

/** Where packages come from, if that place answers. */
const registry = await run('npm', ['view', 'npm', 'version', '--fetch-retries=0'], { cwd: root })
  .then(() => run('npm', ['config', 'get', 'registry'], { cwd: root }))
  .then(({ stdout }) => stdout.trim(), () => undefined);
const missing = registry === undefined ? 'the registry of packages does not answer' : existsSync(join(root, '.git')) ? undefined : 'these files are no clone';
if (missing !== undefined) console.warn(`Skipped what a fresh clone does: ${missing}.`);
const isRoot = process.getuid?.() === 0;

interface Started {
  /** Its process group, which is what Ctrl-C at a terminal ends. */
  readonly group: number;
  readonly told: { out: string; err: string };
  /** The exit code; null where npm ended by the signal itself. */
  readonly ended: Promise<number | null>;
}

async function idOf(flag: '-u' | '-g'): Promise<number> {
  return Number((await run('id', [flag, 'nobody'])).stdout);
}

/** Nobody, where root runs the tests; otherwise whoever runs them, who is an ordinary user already. */
const ordinary = isRoot ? { uid: await idOf('-u'), gid: await idOf('-g') } : {};

(missing === undefined ? describe : describe.skip)('a fresh clone, for an ordinary user with nothing but Node and npm', () => {
  let folder: string;
  let clone: string;
  let start: Started;
  let isOver = true;

  const npm = (...args: readonly string[]): Started => {
    const env = { ...Object.fromEntries(kept), HOME: join(folder, 'home'), npm_config_registry: registry, PORT: '0' };
    const child = spawn('npm', args, { cwd: clone, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...ordinary });
    const told = { out: '', err: '' };
    child.stdout.on('data', (piece) => (told.out += piece));
    child.stderr.on('data', (piece) => (told.err += piece));
    return { group: child.pid!, told, ended: new Promise((done) => child.once('close', done)) };
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concordat-fresh-clone-'));
    await chmod(folder, 0o755);
    clone = join(folder, 'concordat');
    await run('git', ['clone', '--quiet', '--no-hardlinks', root, clone]);
    await mkdir(join(folder, 'home'));
    if (ordinary.uid !== undefined) await run('chown', ['-R', `${ordinary.uid}:${ordinary.gid}`, folder]);
  });
  afterAll(async () => {
    if (!isOver) process.kill(-start.group, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  test('`npm start` installs, builds, prepares the demo and prints where it is and as whom to sign in', async () => {
    const since = performance.now();
    start = npm('start');
    isOver = false;
    void start.ended.then(() => (isOver = true));
    const address = await eventually(() => (isOver ? 'none' : /Pages +(http\S+)/.exec(start.told.out)?.[1]), 300_000);
    if (isOver) throw new Error(`It ended: ${start.told.err}`);
    console.log(`a fresh clone was up ${((performance.now() - since) / 1000).toFixed(0)} s after npm start, its packages fetched anew`);

    const keys = npm('run', '-s', 'concordat', '--', 'demo-keys', '--json');
    expect(await keys.ended).toBe(0);
    const [{ key }] = JSON.parse(keys.told.out) as [{ key: string }];
    expect(start.told.out).toContain(key);
    const answer = await fetch(`${address}/api/v1/agreements`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).toBe(200);
    expect(((await answer.json()) as { items: readonly unknown[] }).items.length).toBeGreaterThan(0);
  }, 400_000);

  test('Ctrl-C stops it; the data stays with whoever started it, and git sees nothing changed', async () => {
    process.kill(-start.group, 'SIGINT');
    await start.ended;
    expect(start.told.err).toContain('Stopped. The data stays where it is.');
    const key = await stat(join(clone, '.concordat/key'));
    expect(key.uid).toBe(ordinary.uid ?? process.getuid?.());
    expect(key.mode & 0o077).toBe(0);
    const changed = await run('git', ['-c', `safe.directory=${clone}`, 'status', '--porcelain'], { cwd: clone });
    expect(changed.stdout).toBe('');
  }, 60_000);
});
