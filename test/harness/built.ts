import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Brings the build up to date, in a process of its own: the bundler takes no values of another realm, which Jest's are. */
export async function built(): Promise<void> {
  const { NODE_OPTIONS: _, ...environment } = process.env;
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../../bin/build.mjs')], { env: environment });
}
