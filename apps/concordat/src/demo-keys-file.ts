import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A demo person's API key. The database holds hashes only, so this file is the one place where demo keys stand. */
export interface DemoKey {
  readonly organisation: string;
  readonly role: string;
  readonly person: string;
  readonly key: string;
}

/** The file in the data folder, readable by its owner alone. */
export function demoKeysFile(dataDir: string): string {
  return join(dataDir, 'demo-keys.json');
}

/** The keys the seed made; none where nothing was seeded. */
export async function readDemoKeys(dataDir: string): Promise<readonly DemoKey[]> {
  try {
    return JSON.parse(await readFile(demoKeysFile(dataDir), 'utf8')) as readonly DemoKey[];
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw fault;
  }
}

/** Keeps the keys, all or none: a reader never sees half a file. */
export async function writeDemoKeys(dataDir: string, keys: readonly DemoKey[]): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  const fresh = `${demoKeysFile(dataDir)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 });
  await rename(fresh, demoKeysFile(dataDir));
}
