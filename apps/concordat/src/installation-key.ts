import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@concordat/platform';

/**
 * The key this installation seals with: the configured one, else the one in the data folder, made at the first call.
 * Two processes that make it at once agree on one.
 * @returns 32 bytes in base64.
 */
export async function installationKey(config: Pick<Config, 'key' | 'dataDir'>): Promise<string> {
  if (config.key !== undefined) return config.key;
  const file = join(config.dataDir, 'key');
  const kept = await read(file);
  if (kept !== undefined) return kept;
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
