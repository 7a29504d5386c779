import { parseArgs } from 'node:util';
import { readConfig } from '@concordat/platform';
import { readDemoKeys } from './demo-keys-file.js';

/** `concordat demo-keys [--json]`: the API keys of the demo's people, from the file the seed keeps them in. */
export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options: { json: { type: 'boolean', default: false } } });
  const config = readConfig();
  if (config.mode !== 'demo') {
    process.stderr.write('There are no demo keys: this installation is not in demo mode.\n');
    return 1;
  }
  const keys = await readDemoKeys(config.dataDir);
  if (keys.length === 0) {
    process.stderr.write('There are no demo keys yet: npm start makes the demo people once.\n');
    return 1;
  }
  if (values.json) process.stdout.write(`${JSON.stringify(keys, undefined, 2)}\n`);
  else for (const { organisation, role, person, key } of keys) process.stdout.write(`${organisation}\t${role}\t${person}\t${key}\n`);
  return 0;
}
