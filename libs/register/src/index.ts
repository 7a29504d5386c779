/** What people look up: lists of agreements, kept by a consumer of the journal. Views may lag; they never refuse. */
export { AgreementList } from './agreement-list.js';
export { agreementListConsumer } from './agreement-list.consumer.js';
export type { AgreementFilter, AgreementRow, PageMark } from './agreement-list.store.js';
export { migrations } from './register.migration.js';
