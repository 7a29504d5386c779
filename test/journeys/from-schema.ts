import fc from 'fast-check';

interface Schema {
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

/** What a JSON Schema of the OpenAPI document admits. Sizes are kept small: what is near a limit is tried by name elsewhere. */
export function fromSchema(schema: object): fc.Arbitrary<unknown> {
  const { type, enum: names, const: one, anyOf, oneOf, items, properties = {}, required = [], minItems = 0, maxItems = 3, minimum, maximum } = schema as Schema;
  const choices = anyOf ?? oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map(fromSchema));
  if (one !== undefined) return fc.constant(one);
  if (names !== undefined) return fc.constantFrom(...names);
  switch (type) {
    case 'string':
      return text(schema as Schema);
    case 'integer':
      return fc.integer({ min: Math.max(minimum ?? 0, -(2 ** 31)), max: Math.min(maximum ?? 100, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: minimum ?? 0, max: maximum ?? 100, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(items ?? {}), { minLength: minItems, maxLength: Math.max(minItems, Math.min(maxItems, 3)) });
    case 'object':
      return fc.record(Object.fromEntries(Object.entries(properties).map(([name, member]) => [name, fromSchema(member)])), { requiredKeys: [...required] });
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function text({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid();
  if (format === 'date') return fc.date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true }).map((day) => day.toISOString().slice(0, 10));
  if (format === 'date-time') return fc.constant('2026-03-16T09:00:00Z');
  if (format === 'email') return fc.constant('staff@example.org');
  // A pattern says the form of a currency's code, and not which codes there are.
  if (pattern === '^[A-Z]{3}$') return fc.constantFrom('GBP', 'EUR');
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  return fc.string({ unit: 'grapheme', minLength: Math.max(minLength, 1), maxLength: Math.min(maxLength, 40) }).map((said) => `x${said}`.replaceAll('\u0000', '').slice(0, Math.max(1, Math.min(maxLength, 40))));
}

/** A value that is almost as the schema says: one thing of it is missing, added, or of another kind. */
export function nearly(valid: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc.tuple(valid, odd, fc.nat()).map(([value, oddity, at]) => changed(value, oddity, at));
}

/** What nobody expects where something else belongs. */
export const odd: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, '', '\u0000', '\ud800', 'a\u0000b', -1, 0.5, 1e308, 2 ** 53, -0, true, [], {}, '%00', '../..', "';--", '<script>', '2026-02-30', '0000-00-00', 'x'.repeat(5_000)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.jsonValue({ maxDepth: 3 }),
);

function changed(value: unknown, oddity: unknown, at: number): unknown {
  if (typeof value !== 'object' || value === null) return oddity;
  const names = Object.keys(value);
  if (names.length === 0) return Array.isArray(value) ? [oddity] : { unexpected: oddity };
  const name = names[at % names.length]!;
  const member = (value as Record<string, unknown>)[name];
  const way = Math.floor(at / names.length) % 4;
  if (way === 0) return { ...value, unexpected: oddity };
  if (way === 1) return Object.fromEntries(Object.entries(value).filter(([one]) => one !== name));
  if (way === 2) return { ...value, [name]: oddity };
  return { ...value, [name]: changed(member, oddity, at >> 3) };
}
