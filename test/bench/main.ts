import { execFile } from 'node:child_process';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { coldStart } from './cold-start.js';
import { redisPerDelivery } from './deliveries.js';
import { notHeld } from './figures.js';
import { Ground } from './ground.js';
import { growth } from './growth.js';
import { lists } from './lists.js';
import { Load } from './load.js';
import { Void } from './remembered.js';
import { askedFor, sizes, usage } from './sizes.js';
import { statements } from './statements.js';
import { throughput } from './throughput.js';
import type { WebProcess } from './web-process.js';

/**
 * Runs the scenarios and prints their figures on stdout, progress on stderr.
 * @returns the exit code: 1 where a figure is void or a bar is not held, which it names at the end. On a machine that does
 *   something else that is no proof; where a floor itself varied twofold there is no verdict.
 */
export async function main(args: string[]): Promise<number> {
  const asked = askedFor(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const size = sizes[asked];
  const begin = performance.now();
  process.stderr.write('Preparing a PostgreSQL of the bench’s own …\n');
  const ground = await Ground.prepare();
  const load = new Load();
  let report = '';
  const print = (lines: string) => {
    report += lines;
    process.stdout.write(lines);
  };
  let web: WebProcess | undefined;
  try {
    const machine = `Node ${process.versions.node}, PostgreSQL ${await ground.version()}, ${availableParallelism()} cores, load average ${loadavg()[0]!.toFixed(1)}`;
    process.stdout.write(
      `Concordat bench, ${asked}: ${machine}\n` +
        'W1: an agreement passes its first gate, or is returned, over HTTP; key, Idempotency-Key, If-Match, gate, chain, receipt.\n' +
        'Only ratios of one run are evidence. No worker runs: W1 ends at the answer.\n\n',
    );
    const started = await coldStart(ground, size.starts);
    web = started.web;
    print(started.lines);
    print(await statements(ground, load, size.measureMs));
    print(await throughput(ground, load, web, size));
    if (size.more) {
      print(await redisPerDelivery(ground, load, size.measureMs));
      print(await growth(ground, load, web, size.more.growth));
      print(await lists(ground, web, size.more.lists));
      print(await importing(size.more.releases));
    }
    process.stdout.write(`\nEvery figure stands on a journal that was checked: no gap, nothing lost, nothing twice, every chain verified. ${((performance.now() - begin) / 1000).toFixed(0)} s.\n`);
    const missed = notHeld(report);
    if (missed.length > 0) process.stdout.write(`\nBars that were not held:\n${missed.map((line) => `  ${line.trim()}\n`).join('')}`);
    return missed.length === 0 ? 0 : 1;
  } catch (fault) {
    if (!(fault instanceof Void)) throw fault;
    process.stdout.write(`VOID: ${fault.message} No figure above it counts.\n`);
    return 1;
  } finally {
    load.close();
    await web?.stop();
    await ground.close();
  }
}

/** B7, by its own script, which has a PostgreSQL of its own: `node test/bench/import.mjs RELEASES`. */
async function importing(releases: number): Promise<string> {
  process.stderr.write(`Importing ${releases} releases …\n`);
  const script = join(import.meta.dirname, '../../bench/import.mjs');
  return (await promisify(execFile)(process.execPath, [script, `${releases}`])).stdout;
}
