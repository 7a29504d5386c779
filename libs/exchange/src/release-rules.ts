import { readFileSync } from 'node:fs';
import { mergeRulesOf } from './core/index.js';

/** The merge rules of the vendored OCDS 1.1.5 release schema (ocds/, Apache-2.0). */
// Read as a file: an import of JSON wants an attribute that the compiler drops.
export const releaseRules = mergeRulesOf(JSON.parse(readFileSync(new URL('./ocds/release-schema.json', import.meta.url), 'utf8')));
