import { factForms, type FactForm } from '@concordat/pathway/core';
import { isRecordableDate } from '@concordat/platform/core';
import { z } from 'zod';
import type { FactValues } from './core/facts.js';

// jsonb holds neither U+0000 nor half a surrogate pair, so neither gets past the edge.
const storable = /^[^\u0000\ud800-\udfff]*$/u;

/** Plain text that says something: no U+0000, not blank, at most so many UTF-16 code units. */
export const text = (most: number) =>
  z
    .string()
    .min(1, 'Say something here.')
    .max(most, `At most ${most} characters.`)
    .regex(storable, 'The text holds a character that cannot be stored (U+0000 or half a surrogate pair).')
    .regex(/\S/, 'Blank text says nothing.');

/** Plain text that may be empty, where that says something too. */
export const textOrNone = (most: number) => z.string().max(most, `At most ${most} characters.`).regex(storable, 'The text holds a character that cannot be stored (U+0000 or half a surrogate pair).');

/** A label: a title, a name of a group, a reference. */
export const label = text(200);
/** A sentence or two, such as a reason. */
export const sentence = text(2_000);

/** A UUID in lower case: the same thing is always written the same way. */
export const uuid = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'A UUID in lower case, such as 0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a.')
  .meta({ format: 'uuid' });

/** A day that exists, `YYYY-MM-DD`. */
export const civilDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/, 'A day as YYYY-MM-DD.')
  .refine(isRecordableDate, 'The calendar has no such day, or it lies before 1900.')
  .meta({ format: 'date' });

/** SHA-256 in lower-case hex: the version of what was read. */
export const contentHash = z.string().regex(/^[0-9a-f]{64}$/, 'A content hash is 64 hexadecimal digits in lower case.');

const currencies: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** An amount and its currency, as people write them. */
export const money = z.strictObject({
  amount: z.string().regex(/^(0|[1-9]\d{0,12})\.\d{2}$/, 'An amount with two decimals, such as "1234.50".'),
  currency: z.string().regex(/^[A-Z]{3}$/, 'A currency by its ISO 4217 code, such as "GBP".').refine((code) => currencies.has(code), 'There is no currency of this code.').describe('The code of a currency that ISO 4217 lists, such as GBP or EUR; another code is refused.'),
});

/** A whole number within bounds, both included. */
export const whole = (least: number, most: number) => z.int().min(least).max(most);

/** Hours, in parts of an hour where that is so. */
export const hours = z.number().min(0).max(1_000_000);

/** A published pathway or route; the version in use where none is named. */
export const versionAsked = z.strictObject({ id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,127}$/, 'The id of a published document.'), version: whole(1, 1_000_000).optional() });

/** The same, its version said. */
export const versionNamed = versionAsked.required();

/** The id of something in a published document. */
export const slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'The id of something in a published document.');

/** The id of a stage of a pathway. */
export const stage = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'The id of a stage, such as "design".');

/** What a command holds in place of free text near a person: ciphertext, and whose key opens it. */
export const sealed = z.strictObject({ subject: uuid, sealed: z.string().regex(/^[A-Za-z0-9_-]+$/).max(100_000) });
export const sealedOrNone = sealed.nullable();

/** From a civil day to another. */
export const period = z.strictObject({ startsOn: civilDate, endsOn: civilDate });

/** A document kept elsewhere. */
export const documentReference = z.strictObject({ reference: text(500), title: label });

const forms = {
  text: text(4_000),
  money,
  person: uuid,
  count: whole(0, 100_000_000),
  list: z.array(label).min(1).max(100),
  document: documentReference,
  date: civilDate,
  answer: z.enum(['yes', 'no']),
  period,
} satisfies { [F in FactForm]: z.ZodType };

/** What a published notice says of an agreement, besides its title and value. */
export const published = z.strictObject({
  description: forms.text.optional(),
  reference: forms.text.optional(),
  place: forms.text.optional(),
  theme: forms.text.optional(),
  'contract-period': forms.period.optional(),
});

/** Facts in their forms, each at most once. */
export const facts = z.strictObject(
  Object.fromEntries(Object.entries(factForms).map(([name, form]) => [name, forms[form].optional()])),
) as z.ZodType<FactValues>;
