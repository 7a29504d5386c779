/** What people look up: lists of agreements, kept by a consumer of the journal (views may lag; they never refuse), and the contract register. */
export { agreementsAsCalendar, agreementsAsCsv, agreementsAsXlsx } from './agreement-export.js';
export type { BoardColumn } from './agreement-list.js';
export { AgreementList } from './agreement-list.js';
export { agreementListConsumer } from './agreement-list.consumer.js';
export type { AgreementFilter, AgreementRow, ListedAgreement, PageMark, StageCount } from './agreement-list.store.js';
export { migrations } from './register.migration.js';
export { ContractRegister, mostExported } from './contract-register.js';
export type { ContractFound, RegisterBatch, RegisterImported } from './contract-register.js';
export { contractFieldsShape, contractViews } from './contract.js';
export type {
  Contract, ContractChange, ContractFields, ContractFilter, ContractGroup, ContractMark, ContractView, ExportedContract, KeptRow, RawRow, RegisterRow,
  RowProblem, RowSource, UnusableRow,
} from './contract.js';
export { contractsAsCalendar, contractsAsCsv, contractsAsXlsx } from './contract-export.js';
export { readRenewalSettings, renewalSettingsShape, shippedRenewalSettings } from './renewal-settings.js';
export { notShared, type SavedFilter, SavedFilters } from './saved-filter.store.js';
export { youSaidAsCsv, youSaidAsXlsx } from './you-said-export.js';
export { deliveryAsCsv, deliveryAsXlsx, valueAsCsv, valueAsXlsx } from './delivery-export.js';
export { asCsv, asXlsx, type Column } from './table-file.js';
export { workAsCalendar, workAsCsv, workAsXlsx, type WorkLine, workSays } from './work-export.js';
export { isTheirs, WorkList } from './work-list.js';
export { workConsumer, workName } from './work.consumer.js';
export { type DayCome, daysCome, type WorkRow } from './work.store.js';
export { type AskedBeforeWarning, BeforeAsking } from './before-asking.js';
export { InvolvementView } from './involvement-view.js';
export type { ReachElsewhere } from './involvement-view.js';
export { involvementConsumer } from './involvement-view.consumer.js';
export { involvementAsCsv } from './involvement-export.js';
export { involvementBy } from './involvement-view.store.js';
export type { AskedBefore, InvolvementBy, InvolvementOverTime, StuckAgreement } from './involvement-view.store.js';
export { waiversConsumer, waiversGiven } from './waiver-count.consumer.js';
export type { WaiverToReview } from './waiver-count.store.js';
export { thirdWaivers, writeWaivers } from './waiver-count.store.js';
export { WaiverCounts } from './waiver-counts.js';
export { turnaroundConsumer } from './turnaround.consumer.js';
export type { TurnaroundOfDiscipline, WaitingSignOff } from './turnaround.store.js';
export { turnaroundAsCsv } from './turnaround-export.js';
export { Turnarounds } from './turnarounds.js';
