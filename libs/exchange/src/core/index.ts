/** The pure door of exchange: what OCDS releases say, merged and judged, and the agreement they prove. */
export type { Finding, FindingCode } from './finding.js';
export { findingCodes, findingsOfProcess, findingsOfRelease } from './finding.js';
export { dayOf, instantOf } from './instant.js';
export { compile, inOrder, version } from './merge.js';
export type { MergeRule } from './merge-rules.js';
export { mergeRulesOf } from './merge-rules.js';
export type { TakingOver } from './process.js';
export { stageProved, takingOver } from './process.js';
export { isObject } from './read.js';
export type { Party, Release, ReleaseBasis, ReleaseTag } from './release.js';
export { releaseOf, releasePackage, tagOfNotice } from './release.js';
