import { installationOf } from '@concordat/assembly';
import { readConfig, setLogLevel } from '@concordat/platform';
import { composeConsole } from './console.module.js';

const config = readConfig();
setLogLevel(config.logLevel);
const app = await composeConsole(installationOf(config));
app.enableShutdownHooks();
await app.listen(config.port, '0.0.0.0');
