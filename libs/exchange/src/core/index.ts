/** The pure door of exchange: what OCDS releases say, merged and judged, and the agreement they prove. */
export { dayOf, instantOf } from './instant.js';
export { compile, inOrder, version } from './merge.js';
export type { MergeRule } from './merge-rules.js';
export { mergeRulesOf } from './merge-rules.js';
