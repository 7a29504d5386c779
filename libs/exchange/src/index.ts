/** The door of exchange: what was published elsewhere comes in, and what is known goes out. */
export { migrations } from './exchange.migration.js';
export type { ImportProgress, ImportReport, ImportSource } from './imports.js';
export { Imports, largestUpload } from './imports.js';
export { importBell, importer, ImportTelling } from './import-telling.js';
export { ImportList } from './import-list.js';
export type { FoundThing, ImportLine, ImportMark, ImportSeen, RejectedRelease, ToldProcess } from './import-list.store.js';
export type { Upload } from './upload.js';
export { openUpload } from './upload.js';
export type { ImportCounts } from './import.store.js';
export { rejectedListed } from './import.store.js';
export type { FoundRelease } from './release-reader.js';
export { ReleaseReader, UnreadableFile } from './release-reader.js';
export { releaseRules } from './release-rules.js';
export { PublicRecord } from './public-record.js';
// Registers of contracts in CSV and XLSX.
export { importRegisterFile, importRegisterFiles } from './register-file/import-register-file.js';
export type { HeadingsPlace, RegisterFile, RegisterImport, RegistersAsked, RegisterProposal, RegisterReport, ToldRow } from './register-file/import-register-file.js';
export type { TakingOverAsked } from './take-over-contract.js';
export { takenOverAs, takeOverOf } from './take-over-contract.js';
export type { KeptRowRead } from './register-file/kept-rows.js';
export { KeptRows } from './register-file/kept-rows.js';
export { RegisterImports } from './register-file/register-imports.js';
export type { RegisterSeen } from './register-file/register-imports.js';
export { readMapping as readRegisterMapping, registerFields, registerMappingShape } from './register-file/mapping.js';
export type { RegisterField, RegisterMapping } from './register-file/mapping.js';
export type { MappingProposal, ProposedColumn } from './register-file/propose-mapping.js';
export { RegisterFileUnreadable } from './register-file/sheet.js';
// What people said on participation platforms.
export { ContributionImports } from './participation/contribution-imports.js';
export type { AccountedRow, KeptParticipation, ParticipationReport } from './participation/participation-import.store.js';
export type { Participation, ParticipationRow, Platform } from './participation/read-participation.js';
export { readParticipation } from './participation/read-participation.js';
