import { installationOf } from '@concordat/assembly';
import { log, readConfig, setLogLevel } from '@concordat/platform';
import { composeWeb } from './compose.js';
import { untilStopped } from './stopping.js';

/** `concordat web`: API and pages in one process, on PORT. */
export async function run(): Promise<number> {
  const config = readConfig();
  setLogLevel(config.logLevel);
  const app = await composeWeb(installationOf(config));
  await app.listen(config.port, '0.0.0.0');
  log.info('the web process is ready', { address: await app.getUrl() });
  await untilStopped();
  await app.close();
  return 0;
}
