/** Any value JSON can hold. Streams, snapshots, commands and webhooks are made of nothing else. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. */
export type JsonObject = { readonly [name: string]: Json };

/**
 * The canonical form of a JSON value (RFC 8785, JCS): members sorted by UTF-16 code unit, numbers and strings as
 * ECMAScript writes them. Two values are equal exactly when their canonical forms are the same characters.
 * @throws RangeError for a number that JSON cannot hold (NaN, Infinity).
 */
export function canonical(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new RangeError(`JSON holds no ${value}; leave the member out or write it as text.`);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonical(item ?? null)).join(',')}]`;
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
