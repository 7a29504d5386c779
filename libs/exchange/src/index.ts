/** The door of exchange: what was published elsewhere comes in, and what is known goes out. */
export { migrations } from './exchange.migration.js';
export type { ImportProgress, ImportReport, ImportSource } from './imports.js';
export { Imports } from './imports.js';
export type { ImportCounts } from './import.store.js';
export type { FoundRelease } from './release-reader.js';
export { ReleaseReader, UnreadableFile } from './release-reader.js';
export { releaseRules } from './release-rules.js';
