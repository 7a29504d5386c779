import type { Json, JsonObject } from '@concordat/platform/core';

/** How a field and what it holds are merged, as the release schema says it (OCDS 1.1, "Merging"). */
export interface MergeRule {
  /** Left out of the merged release (`omitWhenMerged`). */
  readonly omit: boolean;
  /** An array that is replaced as a whole (`wholeListMerge`, or items that no `id` tells apart). */
  readonly wholeList: boolean;
  /** Holds an address on the web (`format: uri`). */
  readonly isUri: boolean;
  /** A field of OCDS 1.0 that 1.1 replaced (`deprecated`). */
  readonly isReplaced: boolean;
  /** The rules of what it holds; looked up when asked, because the schema refers to itself. */
  readonly within: (field: string) => MergeRule | undefined;
}

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const member = (value: Json | undefined, name: string): Json | undefined => (isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined);

function typesOf(schema: Json | undefined): readonly Json[] {
  const type = member(schema, 'type');
  return type === undefined ? [] : Array.isArray(type) ? type : [type];
}

/**
 * The rules of a release schema (JSON Schema draft 4 with `omitWhenMerged`, `wholeListMerge`, `versionId`). `versionId` needs no
 * rule of its own: an `id` identifies exactly where its object is an item of an array merged by id, and is versioned elsewhere.
 * @returns the rule of the release as a whole.
 */
export function mergeRulesOf(schema: JsonObject): MergeRule {
  const known = new Map<Json, MergeRule>();

  const resolved = (part: Json | undefined): Json | undefined => {
    const reference = member(part, '$ref');
    if (typeof reference !== 'string') return part;
    return reference.slice('#/'.length).split('/').reduce<Json | undefined>((at, step) => member(at, step), schema);
  };

  const ruleOf = (field: JsonObject): MergeRule => {
    const kept = known.get(field);
    if (kept !== undefined) return kept;
    const items = typesOf(field).includes('array') ? resolved(member(field, 'items')) : undefined;
    const itemTypes = typesOf(items);
    const properties = member(items ?? resolved(field), 'properties');
    const rule: MergeRule = {
      omit: member(field, 'omitWhenMerged') === true,
      wholeList:
        member(field, 'wholeListMerge') === true ||
        (items !== undefined && (itemTypes.some((type) => type !== 'object') || (isObject(properties) && member(properties, 'id') === undefined))),
      isUri: member(items ?? field, 'format') === 'uri',
      isReplaced: member(field, 'deprecated') !== undefined,
      within: (name) => {
        const inner = member(properties, name);
        return isObject(inner) ? ruleOf(inner) : undefined;
      },
    };
    known.set(field, rule);
    return rule;
  };
  return ruleOf(schema);
}
