import { realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

interface Loaded {
  run(args: string[]): Promise<number>;
}

interface Command {
  readonly does: string;
  /** Loaded when it is asked for: `clock` must not pay for a web server. */
  readonly load: () => Promise<Loaded>;
}

// require() loads ES modules too (Node 20.19), without a promise and a turn of the thread pool for each of them. What serves was
// gathered from web.ts and worker.ts, with the libraries they start with, into a few files (bin/gather.mjs).
const require = createRequire(import.meta.url);
const gathered = async (name: 'web' | 'worker') => require(`./serving/${name}.js`) as Loaded;

/** Every command of the command line. A new one is a file with `run(args)`, which gives the exit code, and a line here. */
const commands: Readonly<Record<string, Command>> = {
  start: { does: 'bring everything up: database, web and worker, with demo data in demo mode', load: () => import('./start.js') },
  web: { does: 'serve API and pages alone, with a database that is there', load: () => gathered('web') },
  worker: { does: 'do what happens later: consumers, deliveries, bulk work', load: () => gathered('worker') },
  bootstrap: { does: 'make the first organisation and its administrator, whose key is printed once', load: () => import('./bootstrap.js') },
  'issue-key': { does: "print a person's first API key: issue-key ORGANISATION PERSON [--json]", load: () => import('./issue-key.js') },
  seed: { does: 'make the demo people and agreements (demo mode only)', load: () => import('./seed.js') },
  'demo-keys': { does: "print the demo people's API keys: demo-keys [--json]", load: () => import('./demo-keys.js') },
  'demo-reset': { does: 'remove the embedded demo, so that the next start begins anew', load: () => import('./demo-reset.js') },
  verify: { does: 'check that nobody rewrote the record: verify [FILE [FILE]] [--json]', load: () => import('./verify.js') },
  doctor: { does: 'look at all this installation stands on, and say what to do: doctor [--json]', load: () => import('./doctor.js') },
  parked: { does: 'print the streams that consumers gave up on: parked [--redrive] [--json]', load: () => import('./parked.js') },
  import: { does: 'take agreements over from OCDS files, or bring contract registers in: import FILE… [--map FILE] [--organisation SLUG] [--json]', load: () => import('./import.js') },
  compile: { does: 'merge the OCDS releases of a file: compile FILE [--versioned]', load: () => import('./compile.js') },
  migrate: { does: 'bring the database to what this release needs', load: () => import('./migrate.js') },
  clock: { does: 'print the standstill of a route: clock ROUTE PUBLISHED-DATE [--json]', load: () => import('./clock.js') },
};

function usage(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(width)}  ${does}`);
  return ['Usage: concordat COMMAND [ARGUMENTS]', '', ...lines, ''].join('\n');
}

/**
 * Runs one command of the command line. stdout carries its result alone.
 * @param args what follows `concordat`.
 * @returns the exit code: 0 done, 1 not done and why stands on stderr, 2 the command was not understood.
 */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help') {
    process.stdout.write(usage());
    return 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) {
    process.stderr.write(`There is no command ${JSON.stringify(name)}.\n\n${usage()}`);
    return 2;
  }
  try {
    const { run } = await command.load();
    // A command whose run() declares no parameter would drop them in silence.
    if (run.length === 0 && rest.length > 0) return misunderstood(name, `${name} takes no arguments.`);
    return await run(rest);
  } catch (fault) {
    if (isUsageFault(fault)) return misunderstood(name, fault.message);
    process.stderr.write(`${sentenceOf(fault)}\n`);
    return 1;
  }
}

function misunderstood(name: string, why: string): number {
  process.stderr.write(`${why}\n${name}: ${commands[name]!.does}\n`);
  return 2;
}

// What node:util's parseArgs throws for an option or an argument it was not told of.
function isUsageFault(fault: unknown): fault is Error {
  return fault instanceof Error && 'code' in fault && String(fault.code).startsWith('ERR_PARSE_ARGS');
}

// Our own faults are sentences; a stack helps only with those that are not.
function sentenceOf(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  const unexpected = [TypeError, ReferenceError, RangeError, SyntaxError].some((kind) => fault instanceof kind);
  return unexpected ? (fault.stack ?? fault.message) : fault.message;
}

// The launcher starts its children here directly; bin/concordat.mjs imports this file and calls main itself.
if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
