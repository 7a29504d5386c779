#!/usr/bin/env node
// The command line's first step. It must parse and speak on an older Node too, so everything else is imported later.
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);

async function handOver() {
  const bin = dirname(realpathSync(fileURLToPath(import.meta.url)));
  const { ensure } = await import('./ensure.mjs');
  await ensure({ development: false });
  const { main } = await import(pathToFileURL(join(bin, '../apps/concordat/dist/main.js')).href);
  process.exitCode = await main(process.argv.slice(2));
}

// npm hands a signal to the shell it started us with, which ends and would leave all this running for nobody.
function endWithNpm() {
  const shell = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === shell) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  watch.unref();
}

if (process.env.npm_lifecycle_event !== undefined) endWithNpm();
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Concordat needs Node.js 20.19 or newer; this is ${process.versions.node}. See https://nodejs.org.\n`);
  process.exitCode = 1;
} else {
  handOver().catch((fault) => {
    process.stderr.write(`${fault.message}\n`);
    process.exitCode = 1;
  });
}
