import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '../harness/index.js';

/** One ```sh block of the story, and the ```text block under it. */
interface Step {
  readonly commands: string;
  readonly prints: string;
}

const root = resolve(import.meta.dirname, '../..');
const readme = await readFile(join(root, 'README.md'), 'utf8');
const [start, ...steps] = [...readme.matchAll(/^```sh\n([^]*?)^```\n(?:```text\n([^]*?)^```\n)?/gm)].map(
  ([, commands = '', prints = '']): Step => ({ commands, prints }),
);

let folder: string;
let launcher: ChildProcess;
let told = '';
/** What each block printed, in order. */
let printed: readonly string[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concordat-story-'));
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    CONCORDAT_MODE: 'demo',
    DATABASE_URL: '',
    DATABASE_OWNER_URL: '',
    REDIS_URL: '',
    CONCORDAT_DATA_DIR: join(folder, 'data'),
    PORT: String(await freePort()),
    RECEIVER_PORT: String(await freePort()),
    TMPDIR: folder,
  };
  // A group of its own, so that it can be stopped as a terminal's Ctrl-C does.
  launcher = spawn('bash', ['-c', start!.commands], { cwd: root, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  launcher.stdout!.on('data', (piece) => (told += piece));
  launcher.stderr!.on('data', (piece) => (told += piece));
  await eventually(() => /Concordat is up\./.test(told) || undefined, 90_000).catch((fault: unknown) => {
    throw new Error(`npm start was not up in time:\n${told}`, { cause: fault });
  });

  const mark = '=== the next block ===';
  printed = (await bash(steps.map(({ commands }) => `${commands}\necho '${mark}'\n`).join(''), env)).split(`${mark}\n`);
}, 180_000);

afterAll(async () => {
  const ended = new Promise((done) => launcher.once('close', done));
  process.kill(-launcher.pid!, 'SIGINT');
  await ended;
  await rm(folder, { recursive: true, force: true });
}, 60_000);

describe('the ten-minute story of README.md', () => {
  test('is told in blocks that each print something', () => {
    expect(steps.length).toBeGreaterThan(5);
    expect(steps.filter(({ prints }) => prints === '')).toEqual([]);
    expect(start!.commands).toBe('npm start\n');
  });

  test.each(steps.map((step, at) => ({ at, first: step.commands.trim().split('\n').at(-1)!, ...step })))(
    'block $at prints what stands under it: $first',
    ({ at, prints }) => {
      expect(printed[at]).toMatch(asPattern(prints));
    },
  );
});

/** The text as it stands, `…` for anything on one line; a line of `…` alone for any lines. */
function asPattern(text: string): RegExp {
  const lines = text.split('\n').map((line) => (line === '…' ? '[^]*?' : line.split('…').map(escaped).join('.*')));
  return new RegExp(`^${lines.join('\n')}$`);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

async function bash(script: string, env: NodeJS.ProcessEnv): Promise<string> {
  // From standard input, as if it were pasted; the first command that fails ends it.
  const shell = spawn('bash', ['-euo', 'pipefail', '-s'], { cwd: root, env, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  shell.stdout.on('data', (piece) => (out += piece));
  shell.stderr.on('data', (piece) => (err += piece));
  shell.stdin.end(script);
  const late = setTimeout(() => shell.kill('SIGKILL'), 80_000);
  const code = await new Promise((done) => shell.once('close', done));
  clearTimeout(late);
  if (code !== 0) throw new Error(`The story broke off (${code}).\n${out}\n${err}`);
  return out;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
