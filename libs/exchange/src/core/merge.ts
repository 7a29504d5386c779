import type { Json, JsonObject } from '@concordat/platform/core';
import { instantOf } from './instant.js';
import type { MergeRule } from './merge-rules.js';

/** Objects without a prototype, so that a field called `__proto__` is a field like any other. */
type Fields = { [name: string]: Json };
const noFields = (): Fields => Object.create(null) as Fields;

const isObject = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Whether a value is taken or left as a whole: literals, arrays of anything but objects, and what the schema says. */
function isWhole(value: Json, rule: MergeRule | undefined): boolean {
  if (isList(value)) return rule?.wholeList === true || value.some((item) => !isObject(item));
  return !isObject(value);
}

const idOf = (item: Json): string | undefined => (isObject(item) && item['id'] !== undefined && item['id'] !== null ? String(item['id']) : undefined);

/** Releases from the earliest to the latest; those of one moment, and those without a date before all others, as they came. */
export function inOrder(releases: readonly JsonObject[]): readonly JsonObject[] {
  const at = (release: JsonObject) => instantOf(release['date']) ?? Number.NEGATIVE_INFINITY;
  // Not the difference: two releases without a date are equal, and infinity less infinity is no number.
  return [...releases].sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : 0));
}

/**
 * The compiled release: the latest value of each field (OCDS 1.1, "Merging").
 * @param releases of one process, at least one, in any order.
 */
export function compile(releases: readonly JsonObject[], rule: MergeRule): JsonObject {
  const merged = inOrder(releases).reduce<Fields>((into, release) => mergeObject(into, release, rule), noFields());
  const last = inOrder(releases).at(-1)!;
  const date = last['date'] ?? null;
  return { tag: ['compiled'], id: `${String(last['ocid'])}-${String(date)}`, date, ...merged };
}

function mergeObject(into: Fields, from: JsonObject, rule: MergeRule | undefined): Fields {
  for (const [field, value] of Object.entries(from)) {
    const within = rule?.within(field);
    if (within?.omit === true) continue;
    if (value === null) delete into[field];
    else if (isWhole(value, within)) into[field] = value;
    else {
      const merged = isList(value) ? mergeList(into[field], value, within) : mergeObject(owned(into[field]), value as JsonObject, within);
      // An empty object or list says nothing, and takes nothing away.
      if (isList(merged) ? merged.length > 0 : Object.keys(merged).length > 0) into[field] = merged;
      else if (isObject(into[field])) delete into[field];
    }
  }
  return into;
}

// Only what a merge made is merged into; what came with a release belongs to the release.
function owned(value: Json | undefined): Fields {
  return isObject(value) && Object.getPrototypeOf(value) === null ? (value as Fields) : noFields();
}

function mergeList(before: Json | undefined, items: readonly Json[], rule: MergeRule | undefined): Json[] {
  const merged = isList(before) ? [...before] : [];
  const places = new Map(merged.map((item, at) => [idOf(item), at]));
  for (const item of items as readonly JsonObject[]) {
    const id = idOf(item);
    const place = id === undefined ? undefined : places.get(id);
    if (place !== undefined) merged[place] = mergeObject(owned(merged[place]), item, rule);
    else {
      places.set(id, merged.length);
      merged.push(mergeObject(noFields(), item, rule));
    }
  }
  return merged;
}

type Version = { readonly releaseID: Json; readonly releaseDate: Json; readonly releaseTag: Json; readonly value: Json };
type Node =
  | { readonly is: 'field'; readonly versions: Version[] }
  | { readonly is: 'object'; readonly members: Map<string, Node> }
  | { readonly is: 'list'; readonly items: { readonly id: Json | undefined; readonly node: NodeOf<'object'> }[] };
type NodeOf<K extends Node['is']> = Extract<Node, { readonly is: K }>;

/**
 * The versioned release: every value each field had, with the release that brought it (OCDS 1.1, "Versioned releases").
 * @param releases of one process, at least one, in any order.
 */
export function version(releases: readonly JsonObject[], rule: MergeRule): JsonObject {
  const root: NodeOf<'object'> = { is: 'object', members: new Map() };
  for (const release of inOrder(releases)) {
    const { ocid: _, ...rest } = release;
    const by = { releaseID: release['id'] ?? null, releaseDate: release['date'] ?? null, releaseTag: release['tag'] ?? null };
    versionObject(root, rest, rule, by);
  }
  return { ocid: inOrder(releases).at(-1)!['ocid'] ?? null, ...(shown(root) as JsonObject) };
}

function versionObject({ members }: NodeOf<'object'>, from: JsonObject, rule: MergeRule | undefined, by: Omit<Version, 'value'>): void {
  for (const [field, value] of Object.entries(from)) {
    const within = rule?.within(field);
    if (within?.omit === true) continue;
    if (isWhole(value, within)) {
      const node = nodeAt<'field'>(members, field, { is: 'field', versions: [] });
      const last = node.versions.at(-1);
      if (last === undefined || !same(last.value, value)) node.versions.push({ ...by, value });
    } else if (isList(value)) {
      if (value.length > 0) versionList(nodeAt<'list'>(members, field, { is: 'list', items: [] }), value, within, by);
    } else if (Object.keys(value as JsonObject).length > 0) {
      versionObject(nodeAt<'object'>(members, field, { is: 'object', members: new Map() }), value as JsonObject, within, by);
    }
  }
}

function versionList({ items }: NodeOf<'list'>, from: readonly Json[], rule: MergeRule | undefined, by: Omit<Version, 'value'>): void {
  for (const item of from as readonly JsonObject[]) {
    const { id, ...rest } = item;
    const key = idOf(item);
    let known = items.find((one) => key !== undefined && one.id !== undefined && String(one.id) === key);
    if (known === undefined) {
      known = { id: key === undefined ? undefined : id, node: { is: 'object', members: new Map() } };
      items.push(known);
    }
    versionObject(known.node, rest, rule, by);
  }
}

// A field that changes its form begins anew in the new one.
function nodeAt<K extends Node['is']>(members: Map<string, Node>, field: string, fresh: NodeOf<K>): NodeOf<K> {
  const kept = members.get(field);
  if (kept?.is === fresh.is) return kept as NodeOf<K>;
  members.set(field, fresh);
  return fresh;
}

function shown(node: Node): Json {
  switch (node.is) {
    case 'field':
      return node.versions;
    case 'object': {
      const members = [...node.members].map(([field, member]) => [field, shown(member)] as const);
      // An empty object says nothing.
      return Object.fromEntries(members.filter(([, member]) => isList(member) || Object.keys(member as JsonObject).length > 0));
    }
    case 'list':
      return node.items.map(({ id, node: item }) => ({ ...(id !== undefined && { id }), ...(shown(item) as JsonObject) }));
  }
}

const same = (a: Json, b: Json): boolean => a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));
