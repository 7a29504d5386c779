import type { Json, JsonObject } from '@concordat/platform/core';

// What is published may hold anything anywhere: each of these gives nothing rather than trips over it.

/** The member of an object, or nothing. */
export function at(value: Json | undefined, ...path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((inner, name) => (isObject(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);
}

/** True for a JSON object, and neither an array nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of an array that is there. */
export function objects(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The texts of an array that is there. */
export function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Text that says something and that a database holds, its blanks made single; undefined for anything else. */
export function words(value: Json | undefined, most: number): string | undefined {
  if (typeof value !== 'string') return undefined;
  const clean = value.toWellFormed().replaceAll('\u0000', '').replace(/\s+/g, ' ').trim();
  return clean === '' ? undefined : shortened(clean, most);
}

/** The text itself, or its beginning with an ellipsis: at most so many UTF-16 code units, and no half character. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '').trimEnd()}…`;
}

/** Whether any text in a value, however deep, is one of these. */
export function holdsText(value: Json | undefined, isOne: (text: string) => boolean): boolean {
  if (typeof value === 'string') return isOne(value);
  if (Array.isArray(value)) return value.some((item) => holdsText(item, isOne));
  return isObject(value) && Object.values(value).some((member) => holdsText(member, isOne));
}
