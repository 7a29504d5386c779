import { installationOf } from '@concordat/assembly';
import { readConfig, setLogLevel } from '@concordat/platform';
import { composeWorker } from './compose.js';
import { untilStopped } from './stopping.js';

/** `concordat worker`: consumers, deliveries and bulk work. Run as many as you like. */
export async function run(): Promise<number> {
  const config = readConfig();
  setLogLevel(config.logLevel);
  const app = await composeWorker(installationOf(config));
  await untilStopped();
  await app.close();
  return 0;
}
