import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the demo's receiver page stands on: the secret its endpoint signs with, and the address the seed registered. */
export interface DemoReceiver {
  readonly secret: string;
  readonly url: string;
}

const fileOf = (dataDir: string): string => join(dataDir, 'demo-receiver.json');

/** Nothing where no demo was made. */
export async function readDemoReceiver(dataDir: string): Promise<DemoReceiver | undefined> {
  try {
    return JSON.parse(await readFile(fileOf(dataDir), 'utf8')) as DemoReceiver;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fault;
  }
}

/** Readable by its owner alone. */
export async function writeDemoReceiver(dataDir: string, receiver: DemoReceiver): Promise<void> {
  await mkdir(dataDir, { recursive: true });
  await writeFile(fileOf(dataDir), `${JSON.stringify(receiver)}\n`, { mode: 0o600 });
}
