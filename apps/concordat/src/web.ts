import { installationOf } from '@concordat/assembly';
import { Database, log, Queues, readConfig, setLogLevel } from '@concordat/platform';
import { composeWeb } from './compose.js';
import { untilStopped } from './stopping.js';

const warmUpAfterMs = 200;

/** `concordat web`: API and pages in one process, on PORT. */
export async function run(): Promise<number> {
  const config = readConfig();
  setLogLevel(config.logLevel);
  const app = await composeWeb(installationOf(config));
  await app.listen(config.port, '0.0.0.0');
  log.info('the web process is ready', { address: await app.getUrl() });
  // What the first answer does without, in quiet moments after it: nobody is to wait for it later.
  const warming = setTimeout(() => void Promise.all([app.get(Database).warmUp(), app.get(Queues).warmUp()]), warmUpAfterMs);
  await untilStopped();
  clearTimeout(warming);
  await app.close();
  return 0;
}
