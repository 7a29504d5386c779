/** Real parts for tests. Import as a relative path: `../../../test/harness/index.js`. */
export { built } from './built.js';
export type { FreshDatabase, FreshDatabaseOptions } from './database.js';
export { freshDatabase, freshTenant } from './database.js';
export { eventually } from './eventually.js';
export { oversubscription } from './oversubscription.js';
export type { TestRedis } from './redis.js';
export { startRedis } from './redis.js';
