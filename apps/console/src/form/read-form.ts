import type * as z from 'zod';
import { type Field, fieldsOf } from './field.js';

/** What a browser sent, by the names of the inputs; several inputs of one name are a list. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** One fault of what was typed. `pointer` (RFC 6901) is where in the input, `name` is the field that shows it. */
export interface FormFault {
  readonly pointer: string;
  readonly name: string;
  /** Nothing was typed where something is needed, or what was typed cannot be read; `says` where the schema has a sentence. */
  readonly fault: 'missing' | 'unreadable';
  readonly says?: string;
}

/** What was typed, as the schema reads it, or every fault of it. What was typed is kept by whoever asks. */
export type FormRead<T> = { readonly value: T } | { readonly faults: readonly [FormFault, ...FormFault[]] };

/**
 * Turns form fields into the input a command's schema describes: dates of three inputs, money as people write it, lists
 * one a line, rows numbered from 0, checkboxes, and fields that count only for one answer.
 */
export function readForm<T>(schema: z.ZodType<T>, body: Typed): FormRead<T> {
  const fields = fieldsOf(schema);
  const read = schema.safeParse(groupOf(fields, body) ?? {});
  if (read.success) return { value: read.data };
  const faults = read.error.issues.map((issue): FormFault => {
    const { path, code } = issue;
    const name = path.map(String).join('.');
    const field = fieldAt(fields, name);
    const missing = isBlank(body, field?.name.includes('*') ? name : (field?.name ?? name));
    return {
      pointer: path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      name: field === undefined || field.name.includes('*') ? name : field.name,
      fault: missing ? 'missing' : 'unreadable',
      ...(code !== 'invalid_type' && code !== 'invalid_union' && code !== 'invalid_value' && { says: saysOf(issue) }),
    };
  });
  const [first, ...more] = faults.filter(({ name }, at) => faults.findIndex((other) => other.name === name) === at);
  // safeParse failed, so there is at least one issue.
  return { faults: [first!, ...more] };
}

/** The inputs that would be typed for this value: the inverse of `readForm`, to begin a form with what stands. */
export function typedOf(schema: z.ZodType, value: unknown): Typed {
  return Object.fromEntries(fieldsOf(schema).flatMap((field) => inputsOf(field, memberOf(value, last(field.name)), field.name)));
}

/** How many rows of a repeated field were shown. */
export function rowsOf(body: Typed, name: string): number {
  const shown = Object.keys(body).flatMap((key) => (key.startsWith(`${name}.`) ? [Number(key.slice(name.length + 1).split('.')[0]) + 1] : []));
  const said = Number(textOf(body, `rows:${name}`) ?? 0);
  return Math.min(50, Math.max(0, Number.isInteger(said) ? said : 0, ...shown.filter(Number.isInteger)));
}

/** The body without one row of a repeated field; the rows after it move up. */
export function withoutRow(body: Typed, row: string): Typed {
  const name = row.replace(/\.\d+$/, '');
  const gone = Number(last(row));
  const moved = Object.entries(body).flatMap(([key, typed]) => {
    const rest = key.startsWith(`${name}.`) ? key.slice(name.length + 1) : undefined;
    if (rest === undefined) return [[key, typed] as const];
    const [at = '', ...more] = rest.split('.');
    if (Number(at) === gone) return [];
    return [[Number(at) > gone ? [name, Number(at) - 1, ...more].join('.') : key, typed] as const];
  });
  return { ...Object.fromEntries(moved), [`rows:${name}`]: String(Math.max(0, rowsOf(body, name) - 1)) };
}

const last = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;

function textOf(body: Typed, name: string): string | undefined {
  const typed = body[name];
  const text = (typeof typed === 'string' ? typed : typed?.[0])?.replaceAll('\r\n', '\n').trim();
  return text === '' ? undefined : text;
}

function listOf(body: Typed, name: string): readonly string[] {
  const typed = body[name] ?? [];
  return (typeof typed === 'string' ? [typed] : typed).map((one) => one.trim()).filter((one) => one !== '');
}

function isBlank(body: Typed, name: string): boolean {
  return !Object.entries(body).some(([key, typed]) => (key === name || key.startsWith(`${name}.`)) && !key.endsWith('.currency') && (typeof typed === 'string' ? typed.trim() : typed).length > 0);
}

function groupOf(fields: readonly Field[], body: Typed, row?: (name: string) => string): Record<string, unknown> | undefined {
  const members = fields.flatMap((field) => {
    const value = valueOf(row === undefined ? field : { ...field, name: row(field.name) }, body, row);
    return value === undefined ? [] : [[last(field.name), value] as const];
  });
  return members.length === 0 ? undefined : Object.fromEntries(members);
}

function valueOf(field: Field, body: Typed, row?: (name: string) => string): unknown {
  const { name } = field;
  const text = textOf(body, name);
  switch (field.is) {
    case 'text':
      return text ?? (field.required && field.mayBeEmpty ? '' : undefined);
    case 'id':
    case 'version':
      return text;
    case 'number':
      return text === undefined ? undefined : Number(text.replaceAll(',', ''));
    case 'yes':
      return text === 'yes';
    case 'one-of':
      return field.values.find((value) => String(value) === text) ?? text;
    case 'some-of':
    case 'ids':
      return listOf(body, name);
    case 'lines':
      return field.required || text !== undefined ? (text ?? '').split('\n').map((line) => line.trim()).filter((line) => line !== '') : undefined;
    case 'date':
      return dateOf(body, name);
    case 'money':
      return moneyOf(body, name);
    case 'group': {
      // A list of nothing is a value; a group that may be left out is left out where nothing in it was filled in.
      const group = field.empty !== 'required' && isBlank(body, name) ? undefined : groupOf(field.fields, body, row);
      return group ?? (field.empty === 'null' ? null : field.empty === 'required' ? {} : undefined);
    }
    case 'rows':
      return Array.from({ length: rowsOf(body, name) }, (_, at) => groupOf(field.fields, body, (inner) => inner.replace(`${name}.*`, `${name}.${at}`))).filter(
        (one) => one !== undefined,
      );
    case 'either': {
      const tag = textOf(body, `${name}.${field.tag}`);
      if (tag === undefined) return undefined;
      return { ...groupOf(field.fields.filter(({ only }) => only?.includes(tag)), body, row), [field.tag]: tag };
    }
  }
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function dateOf(body: Typed, name: string): string | undefined {
  const [day, month, year] = ['day', 'month', 'year'].map((part) => textOf(body, `${name}.${part}`));
  if (day === undefined && month === undefined && year === undefined) return undefined;
  const named = months.indexOf((month ?? '').slice(0, 3).toLowerCase()) + 1;
  return [(year ?? '').padStart(4, '0'), String(named || (month ?? '')).padStart(2, '0'), (day ?? '').padStart(2, '0')].join('-');
}

function moneyOf(body: Typed, name: string): object | undefined {
  const amount = textOf(body, `${name}.amount`)?.replaceAll(/[£\s,]/g, '');
  if (amount === undefined) return undefined;
  const written = /^(\d+)(?:\.(\d{1,2}))?$/.exec(amount);
  const exact = written === null ? amount : `${(written[1] ?? '0').replace(/^0+(?=\d)/, '')}.${(written[2] ?? '').padEnd(2, '0')}`;
  return { amount: exact, currency: textOf(body, `${name}.currency`) ?? 'GBP' };
}

/** A list that is too short or too long says how many it takes: its schema says so to programmers alone. */
function saysOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_small' && issue.origin === 'array') return `choose or write at least ${issue.minimum}`;
  if (issue.code === 'too_big' && issue.origin === 'array') return `choose or write at most ${issue.maximum}`;
  return issue.message;
}

/** The field that holds this place of the input: the longest name that leads to it. */
function fieldAt(fields: readonly Field[], name: string): Field | undefined {
  const leads = (field: Field) => {
    const pattern = new RegExp(`^${field.name.split('.').map((step) => (step === '*' ? '\\d+' : step.replaceAll(/[^\w-]/g, '\\$&'))).join('\\.')}(\\.|$)`);
    return pattern.test(name);
  };
  const found = fields.find(leads);
  if (found === undefined) return undefined;
  return 'fields' in found ? (fieldAt(found.fields, name) ?? found) : found;
}

function inputsOf(field: Field, value: unknown, name: string): readonly (readonly [string, string | readonly string[]])[] {
  if (value === undefined || value === null) return [];
  const within = (fields: readonly Field[], of: unknown, at: string) =>
    fields.flatMap((one) => inputsOf(one, memberOf(of, last(one.name)), `${at}.${last(one.name)}`));
  switch (field.is) {
    case 'yes':
      return value === true ? [[name, 'yes']] : [];
    case 'some-of':
    case 'ids':
      return [[name, value as string[]]];
    case 'lines':
      return [[name, (value as string[]).join('\n')]];
    case 'date': {
      const [year = '', month = '', day = ''] = String(value).split('-');
      return [[`${name}.day`, String(Number(day))], [`${name}.month`, String(Number(month))], [`${name}.year`, year]];
    }
    case 'money':
      return [[`${name}.amount`, String(memberOf(value, 'amount'))], [`${name}.currency`, String(memberOf(value, 'currency'))]];
    case 'group':
      return within(field.fields, value, name);
    case 'rows':
      return [[`rows:${name}`, String((value as unknown[]).length)], ...(value as unknown[]).flatMap((row, at) => within(field.fields, row, `${name}.${at}`))];
    case 'either':
      return [[`${name}.${field.tag}`, String(memberOf(value, field.tag))], ...within(field.fields, value, name)];
    default:
      return [[name, String(value)]];
  }
}
