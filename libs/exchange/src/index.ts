/** The door of exchange: what was published elsewhere comes in, and what is known goes out. */
export { migrations } from './exchange.migration.js';
export type { ImportProgress, ImportReport, ImportSource } from './imports.js';
export { Imports } from './imports.js';
export type { ImportCounts } from './import.store.js';
export type { FoundRelease } from './release-reader.js';
export { ReleaseReader, UnreadableFile } from './release-reader.js';
export { releaseRules } from './release-rules.js';
// Registers of contracts in CSV and XLSX.
export { importRegisterFile, isRegisterFile, largestRegister, proposeFor } from './register-file/import-register-file.js';
export type { RegisterFile, RegisterImport, RegisterReport, ToldRow } from './register-file/import-register-file.js';
export { readMapping as readRegisterMapping, registerFields } from './register-file/mapping.js';
export type { RegisterField, RegisterMapping } from './register-file/mapping.js';
export type { MappingProposal, ProposedColumn } from './register-file/propose-mapping.js';
export { RegisterFileUnreadable } from './register-file/sheet.js';
