import { createReadStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { ReleaseReader, releaseRules, UnreadableFile } from '@concordat/exchange';
import { compile, isObject, version } from '@concordat/exchange/core';
import type { JsonObject } from '@concordat/platform/core';

const usage = 'Usage: concordat compile FILE [--versioned]   (- is standard input)';

/**
 * `concordat compile FILE [--versioned]`: prints the compiled (or versioned) release of the releases in a file, by the merge
 * rules of OCDS 1.1; an array of them where the file holds more than one process. Without any database.
 * @returns 0; 1 where the file cannot be read or holds no release; 2 where it was not understood.
 */
export async function run(args: string[]): Promise<number> {
  let asked: { readonly values: { readonly versioned: boolean }; readonly positionals: readonly string[] };
  try {
    asked = parseArgs({ args, options: { versioned: { type: 'boolean', default: false } }, allowPositionals: true });
  } catch (fault) {
    // node:util throws for a flag it does not know: that is the caller's mistake, with a sentence of its own.
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n${usage}\n`);
    return 2;
  }
  const [file, ...more] = asked.positionals;
  if (file === undefined || more.length > 0) {
    process.stderr.write(`Compiling needs one file, and nothing else.\n${usage}\n`);
    return 2;
  }
  try {
    const merge = asked.values.versioned ? version : compile;
    const merged = [...(await processesOf(file)).values()].map((releases) => merge(releases, releaseRules));
    if (merged.length === 0) throw new UnreadableFile(`${file} holds no release with an ocid.`);
    process.stdout.write(`${JSON.stringify(merged.length === 1 ? merged[0] : merged, null, 2)}\n`);
    return 0;
  } catch (fault) {
    if (!(fault instanceof UnreadableFile)) throw fault;
    process.stderr.write(`${fault.message.replace(' Nothing was imported.', '')}\n`);
    return 1;
  }
}

async function processesOf(file: string): Promise<Map<string, JsonObject[]>> {
  const processes = new Map<string, JsonObject[]>();
  const bytes = file === '-' ? process.stdin : createReadStream(file);
  for await (const found of new ReleaseReader(file, bytes).read()) {
    for (const one of found) {
      if ('without' in one) continue;
      const { release } = one;
      if (!isObject(release) || typeof release['ocid'] !== 'string') continue;
      const kept = processes.get(release['ocid']);
      if (kept === undefined) processes.set(release['ocid'], [release]);
      else kept.push(release);
    }
  }
  return processes;
}
