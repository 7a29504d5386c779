import * as z from 'zod';

/** One thing a form asks for. `name` is the dotted path of its value in the command's input, which is also its name in the form; `otherwise`: something counts where nothing is said. */
export type Field = { readonly name: string; readonly required: boolean; readonly otherwise?: true; readonly only?: readonly string[] } & Shape;

/** What is asked. `only` on a field of an `either`: the answers of its tag for which the field counts. */
export type Shape =
  /** `mayBeEmpty`: to write nothing is an answer too. */
  | { readonly is: 'text'; readonly most: number; readonly mayBeEmpty: boolean }
  | { readonly is: 'number'; readonly whole: boolean; readonly most?: number }
  | { readonly is: 'date' }
  | { readonly is: 'money' }
  | { readonly is: 'yes' }
  | { readonly is: 'one-of'; readonly values: readonly (string | number)[] }
  | { readonly is: 'some-of'; readonly values: readonly string[] }
  /** The id of something; which things there are to choose from, the page knows. */
  | { readonly is: 'id' }
  /** `least`: as many as must be chosen. */
  | { readonly is: 'ids'; readonly least: number }
  /** The content hash of what was read. */
  | { readonly is: 'version' }
  | { readonly is: 'lines' }
  | { readonly is: 'group'; readonly fields: readonly Field[]; readonly empty: 'leave-out' | 'null' | 'required' }
  | { readonly is: 'rows'; readonly fields: readonly Field[]; readonly most: number }
  | { readonly is: 'either'; readonly tag: string; readonly values: readonly string[]; readonly fields: readonly Field[] };

interface JsonSchema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly enum?: readonly string[];
  readonly const?: string | number;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly pattern?: string;
  readonly allOf?: readonly JsonSchema[];
  readonly format?: string;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
}

const hash = '^[0-9a-f]{64}$';
/** The id of something in a published document, or of a document itself, which may be an organisation's own. */
const published = ['^[a-z0-9][a-z0-9-]{0,63}$', '^[a-z0-9][a-z0-9.-]{0,127}$'];
const known = new WeakMap<z.ZodType, readonly Field[]>();

/** The fields of a form that asks for everything a schema asks for, in its order. */
export function fieldsOf(schema: z.ZodType): readonly Field[] {
  const made = known.get(schema) ?? fieldsIn(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema, '');
  known.set(schema, made);
  return made;
}

function fieldsIn({ properties = {}, required = [] }: JsonSchema, within: string): readonly Field[] {
  return Object.entries(properties).map(([name, schema]) => fieldOf(within === '' ? name : `${within}.${name}`, schema, required.includes(name)));
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
  const at = { name, required, ...(schema.default !== undefined && schema.default !== null && { otherwise: true as const }) };
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return { ...at, ...amongOf(name, choices) };
  if (schema.enum !== undefined) return { ...at, is: 'one-of', values: schema.enum };
  switch (schema.type) {
    case 'boolean':
      return { ...at, is: 'yes' };
    case 'integer':
    case 'number':
      return { ...at, is: 'number', whole: schema.type === 'integer', ...(schema.maximum !== undefined && { most: schema.maximum }) };
    case 'array':
      return { ...at, ...listOf(name, schema) };
    case 'object':
      if (schema.properties?.['amount'] !== undefined && schema.properties['currency'] !== undefined) return { ...at, is: 'money' };
      return { ...at, is: 'group', fields: fieldsIn(schema, name), empty: required ? 'required' : 'leave-out' };
    default:
      if (schema.format === 'uuid') return { ...at, is: 'id' };
      if (schema.format === 'date') return { ...at, is: 'date' };
      if (schema.pattern === hash) return { ...at, is: 'version' };
      if (schema.pattern !== undefined && published.includes(schema.pattern)) return { ...at, is: 'id' };
      return { ...at, is: 'text', most: schema.maxLength ?? 200, mayBeEmpty: takesNothing(schema) };
  }
}

function takesNothing({ type, minLength = 0, pattern = '', allOf = [] }: JsonSchema): boolean {
  return type === 'string' && minLength === 0 && [pattern, ...allOf.map((one) => one.pattern ?? '')].every((one) => new RegExp(one, 'u').test(''));
}

function listOf(name: string, { items = {}, minItems = 0, maxItems = 100 }: JsonSchema): Shape {
  if (items.enum !== undefined) return { is: 'some-of', values: items.enum };
  if (items.type === 'object') return { is: 'rows', fields: fieldsIn(items, `${name}.*`), most: maxItems };
  return items.format === 'uuid' || published.includes(items.pattern ?? '') ? { is: 'ids', least: minItems } : { is: 'lines' };
}

function amongOf(name: string, choices: readonly JsonSchema[]): Shape {
  const some = choices.filter(({ type }) => type !== 'null');
  const [only, ...more] = some;
  if (only !== undefined && more.length === 0) {
    const field = fieldOf(name, only, false);
    return field.is === 'group' ? { ...field, empty: 'null' } : field;
  }
  const constants = some.flatMap((choice) => (choice.const === undefined ? [] : [choice.const]));
  if (constants.length === some.length) return { is: 'one-of', values: constants };
  return eitherOf(name, some);
}

/** Which fields count depends on one of them, the tag; a field of several answers is asked once. */
function eitherOf(name: string, variants: readonly JsonSchema[]): Shape {
  const answersOf = (schema: JsonSchema | undefined): readonly string[] => schema?.enum ?? (typeof schema?.const === 'string' ? [schema.const] : []);
  const first = variants[0]?.properties ?? {};
  const tag = Object.keys(first).find((member) => variants.every(({ properties }) => answersOf(properties?.[member]).length > 0)) ?? '';
  const fields = new Map<string, Field>();
  for (const variant of variants) {
    const answers = answersOf(variant.properties?.[tag]);
    for (const field of fieldsIn(variant, name).filter((one) => one.name !== `${name}.${tag}`)) {
      const before = fields.get(field.name)?.only ?? [];
      fields.set(field.name, { ...field, only: [...before, ...answers] });
    }
  }
  return { is: 'either', tag, values: variants.flatMap(({ properties }) => answersOf(properties?.[tag])), fields: [...fields.values()] };
}
