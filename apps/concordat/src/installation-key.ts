import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@concordat/platform';
import { holdsOrganisations } from './organisations.store.js';

/**
 * The key this installation seals with: the configured one, else the one in the data folder, made at the first call.
 * Two processes that make it at once agree on one.
 * @param databaseUrl of a database that is migrated: where it holds organisations already, their key was lost, and a new one would open nothing of theirs.
 * @returns 32 bytes in base64.
 * @throws Error where it was lost, with what to do.
 */
export async function installationKey(config: Pick<Config, 'key' | 'dataDir'>, databaseUrl: string): Promise<string> {
  if (config.key !== undefined) return config.key;
  const file = join(config.dataDir, 'key');
  const kept = await read(file);
  if (kept !== undefined) return kept;
  if (await holdsOrganisations(databaseUrl)) throw new Error(`${keyLost} ${bringKeyBack(config.dataDir)}`);
  await mkdir(config.dataDir, { recursive: true });
  const fresh = `${file}.${process.pid}`;
  await writeFile(fresh, randomBytes(32).toString('base64'), { mode: 0o600 });
  try {
    // Unlike a rename, a link fails where another process was quicker: its key may have sealed something already.
    await link(fresh, file).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault;
    });
  } finally {
    await rm(fresh, { force: true });
  }
  return (await read(file))!;
}

/** What is wrong where a database holds organisations and no key is there. */
export const keyLost = 'The database holds organisations, and the key that sealed what is theirs is lost.';

/** What to do then. */
export const bringKeyBack = (dataDir: string): string =>
  `Put the file ${join(dataDir, 'key')} back from a backup, or set CONCORDAT_KEY: a new key cannot open what the old one sealed. A demo begins anew with \`npm run demo:reset\`.`;

async function read(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((fault: NodeJS.ErrnoException) => {
    if (fault.code === 'ENOENT') return undefined;
    throw fault;
  });
  if (text !== undefined && Buffer.from(text, 'base64').length !== 32) {
    throw new Error(`${file} does not hold a key of 32 bytes. Restore it from a backup: without it, what was sealed cannot be read.`);
  }
  return text?.trim();
}
