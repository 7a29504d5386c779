// `npm run storm`: the storm of kill-storm.int.spec.ts with a size and a seed of one's own.
import { spawn } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const usage = `Usage: npm run storm -- [--seed TEXT] [--kills N] [--crashes N] [--flushes N] [--queues postgresql|redis]

Runs web and worker under load, kills them with SIGKILL, crashes PostgreSQL, empties Redis, then compares what clients were
told with journal, chain, views and receiver. Unless told: 100 kills, 5 crashes, 5 flushes, on both kinds of queues.
The seed that is printed blows the same storm again.
`;

const options = Object.fromEntries(['seed', 'kills', 'crashes', 'flushes', 'queues'].map((name) => [name, { type: 'string' }]));
let values;
try {
  ({ values } = parseArgs({ options: { ...options, help: { type: 'boolean' } } }));
  for (const name of ['kills', 'crashes', 'flushes']) {
    if (values[name] !== undefined && !/^\d{1,6}$/.test(values[name])) throw new Error(`--${name} must be a whole number.`);
  }
  if (values.queues !== undefined && !['postgresql', 'redis'].includes(values.queues)) throw new Error('--queues must be postgresql or redis.');
} catch (fault) {
  process.stderr.write(`${fault.message}\n\n${usage}`);
  process.exit(2);
}
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const whole = { kills: '100', crashes: '5', flushes: '5' };
const chosen = Object.entries({ ...whole, ...values }).map(([name, value]) => [`CONCORDAT_STORM_${name.toUpperCase()}`, value]);
const env = { ...process.env, ...Object.fromEntries(chosen), NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --experimental-vm-modules --no-warnings`.trim() };
const jest = spawn(process.execPath, [join(root, 'node_modules/jest/bin/jest.js'), 'test/chaos/kill-storm', '--silent=false'], { cwd: root, env, stdio: 'inherit' });
jest.once('exit', (code) => (process.exitCode = code ?? 1));
