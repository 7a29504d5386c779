/** The processes as they are put together, for whoever starts them otherwise than from the command line: tests and benches. */
export { composeWeb, composeWorker } from './compose.js';
export type { DemoKey } from './demo-keys-file.js';
export { readDemoKeys } from './demo-keys-file.js';
export { migrations } from './migrations.js';
export { seed, seedWithHistory } from './seed.js';
