/** The door of journal: commands become events, once, in order, in a hash chain; consumers read them at their own pace. */
export type { Outcome, RecordRequest, StreamStates } from './batch.js';
export type { Consumer } from './consumers.js';
export { Consumers } from './consumers.js';
export type { Parked } from './consumers.store.js';
export type { Head, LoadedStream } from './journal.js';
export { Journal, journalBell } from './journal.js';
export { migrations } from './journal.migration.js';
export type { Receipt } from './journal.store.js';
export { ReleaseTooOld } from './release-too-old.js';
export type { ChainMark, TenantVerdict, Verification } from './verify.js';
export { exportLines, exportPart, ndjson, verifyChain, verifyLines, verifyPart } from './verify.js';
export { tenantsOf } from './verify.store.js';
