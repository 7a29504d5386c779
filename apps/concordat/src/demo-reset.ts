import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgres, readConfig } from '@concordat/platform';
import { readDemoKeys } from './demo-keys-file.js';

/**
 * `concordat demo-reset`: removes the demo's embedded database and the keys that open it, so that the next start begins
 * anew. A database of the operator's own is never touched, and nothing is while an installation runs.
 */
export async function run(): Promise<number> {
  const { mode, databaseUrl, dataDir } = readConfig();
  if (mode !== 'demo') throw new Error('Only a demo is reset: CONCORDAT_MODE is production.');
  if (databaseUrl !== undefined) throw new Error('DATABASE_URL names a database of your own, which is never reset here. Unset it to reset the embedded demo.');
  // The demo's keys are what tells a demo's folder from any other.
  if ((await readDemoKeys(dataDir)).length === 0) {
    process.stdout.write(`There is no demo in ${dataDir}. \`npm start\` makes one.\n`);
    return 0;
  }
  if (!(await EmbeddedPostgres.discard(dataDir))) throw new Error(`An installation is running on ${dataDir}. Stop it first (Ctrl-C where it was started), then reset.`);
  // Last the file that says it was a demo: a reset that was broken off can be run again.
  for (const file of ['key', 'demo-receiver.json', 'demo-keys.json']) await rm(join(dataDir, file), { force: true });
  process.stdout.write(`The demo in ${dataDir} is gone. \`npm start\` makes a new one.\n`);
  return 0;
}
