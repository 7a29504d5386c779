// `npm test`: everything that must hold, in one command. Types, lint and imports are checked side by side, then Jest runs: what
// shares the machine on every core, then what promises a time, each alone. All goes on when something failed, so that one run
// names all there is to mend. Arguments go to Jest, which then runs once, by them.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensure } from './ensure.mjs';
import { root } from './build.mjs';

const tool = (path) => join(root, 'node_modules', path);

const checks = [
  { name: 'types', command: 'tsc --noEmit', args: [tool('typescript/bin/tsc'), '--noEmit'] },
  { name: 'lint', command: 'eslint .', args: [tool('eslint/bin/eslint.js'), '.'] },
  {
    name: 'imports',
    command: 'depcruise --config .dependency-cruiser.mjs apps libs test',
    args: [tool('dependency-cruiser/bin/dependency-cruise.mjs'), '--config', '.dependency-cruiser.mjs', 'apps', 'libs', 'test'],
  },
];

// These kill whole processes or promise a time: beside another spec they would measure that one too.
const alone = [
  'test/chaos/',
  'test/bench/',
  'test/journeys/(command-line|api-database-away|api-bad-input)\\.int',
  'apps/concordat/src/(start|demo-history)\\.int',
  'libs/platform/src/(embedded|queues)\\.int',
];
const runs = [
  ['--maxWorkers=100%', '--testPathIgnorePatterns', '/node_modules/', '/dist/', ...alone],
  ['--maxWorkers=1', '--testPathPatterns', ...alone],
];

// A run takes 20 minutes; one that takes this long hangs. Whoever waits for it is told so, instead of waiting for ever.
const longestRunMs = 60 * 60_000;
const endsWithinMs = 60_000;

function run(args, { quiet = false, env = process.env, over } = {}) {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', quiet ? 'pipe' : 1, quiet ? 'pipe' : 2] });
    void over?.then(() => child.kill('SIGKILL'));
    let output = '';
    child.stdout?.on('data', (piece) => (output += piece));
    child.stderr?.on('data', (piece) => (output += piece));
    child.once('error', (fault) => done({ ok: false, output: fault.message }));
    child.once('close', (code) => done({ ok: code === 0, output }));
  });
}

async function runChecks() {
  for (const { command } of checks) console.log(`> ${command}`);
  return Promise.all(
    checks.map(async ({ name, args }) => {
      const start = performance.now();
      const { ok, output } = await run(args, { quiet: true });
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${ok ? 'passed' : 'FAILED'}: ${name} (${seconds} s)${ok ? '' : `\n${output.trimEnd()}`}`);
      return ok;
    }),
  );
}

/** Resolves with why Jest is to be ended: its report was written and it went on, or it never came to one. `cancel` lets go. */
function hanging(report) {
  const since = performance.now();
  let written;
  let timer;
  const over = new Promise((tell) => {
    timer = setInterval(async () => {
      const now = performance.now();
      written ??= (await stat(report).catch(() => undefined)) && now;
      const late = written !== undefined && now - written > endsWithinMs;
      if (late || now - since > longestRunMs) tell(late ? 'Something a test started still runs: Jest had done all and did not end.' : 'Jest came to no end.');
    }, 1_000);
  });
  return { over, cancel: () => clearInterval(timer) };
}

async function runJest(args) {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-test-'));
  const report = join(folder, 'report.json');
  const env = { ...process.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim() };
  console.log(`> jest ${args.join(' ')}`);
  const { over, cancel } = hanging(report);
  void over.then((why) => console.error(`FAILED: ${why}`));
  try {
    const { ok } = await run([tool('jest/bin/jest.js'), '--json', '--outputFile', report, ...args], { env, over });
    const result = JSON.parse(await readFile(report, 'utf8').catch(() => '{}'));
    const skipped = (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0);
    // A file that could not even be loaded has no tests to count; it is one failure.
    const failed = (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0);
    return { passed: result.numPassedTests ?? 0, failed: ok ? failed : Math.max(failed, 1), skipped };
  } finally {
    cancel();
    await rm(folder, { recursive: true, force: true });
  }
}

try {
  await ensure();
  const held = await runChecks();
  const asked = process.argv.slice(2);
  const told = [];
  for (const args of asked.length > 0 ? [asked] : runs) told.push(await runJest(args));
  const sum = (what) => told.reduce((so, one) => so + one[what], 0);
  const [passed, failed, skipped] = [sum('passed'), sum('failed'), sum('skipped')];
  const broken = held.filter((ok) => !ok).length;
  process.exitCode = failed + broken > 0 ? 1 : 0;
  // The three checks count as tests. This line comes last and in this form: continuous integration reads it.
  console.log(`${passed + held.length - broken} passed, ${failed + broken} failed, ${skipped} skipped`);
} catch (fault) {
  console.error(fault.message);
  process.exitCode = 1;
  console.log('0 passed, 1 failed, 0 skipped');
}
