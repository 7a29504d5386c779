import { Problem } from '@concordat/platform';
import type * as z from 'zod';

/**
 * The value as the schema reads it.
 * @throws Problem 400 `request.invalid` naming every fault by JSON pointer (RFC 6901), never the value.
 */
export function validate<T>(schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw invalid(read.error.issues);
}

/** The problem made of schema issues; also what Nest's validation pipe throws. */
export function invalid(issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined; readonly code?: string }[]): Problem {
  return new Problem({
    status: 400,
    code: 'request.invalid',
    title: 'The request cannot be read as it stands',
    detail: issues.length === 1 ? 'One thing is wrong; errors[] says where.' : `${issues.length} things are wrong; errors[] says where.`,
    errors: issues.map(({ message, path = [], code }) => ({
      pointer: path.map((step) => `/${pointerStep(step)}`).join(''),
      ...(code !== undefined && { code }),
      detail: message,
    })),
  });
}

function pointerStep(step: unknown): string {
  const name = typeof step === 'object' && step !== null && 'key' in step ? step.key : step;
  return String(name).replaceAll('~', '~0').replaceAll('/', '~1');
}

/**
 * Refuses what jsonb cannot hold: U+0000 and lone surrogates, in any text or member name, however deep.
 * @throws Problem 400 `text.forbidden-character` with every place.
 */
export function refuseForbiddenText(value: unknown): void {
  const places: string[] = [];
  walk(value, '', places);
  if (places.length === 0) return;
  throw new Problem({
    status: 400,
    code: 'text.forbidden-character',
    title: 'A text holds a character that cannot be kept',
    detail: 'U+0000 and unpaired surrogates cannot be stored. Take them out and send the request again.',
    errors: places.map((pointer) => ({ pointer, detail: 'holds U+0000 or an unpaired surrogate' })),
  });
}

function walk(value: unknown, pointer: string, places: string[]): void {
  if (typeof value === 'string') {
    if (value.includes('\u0000') || !value.isWellFormed()) places.push(pointer);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, member] of Object.entries(value)) {
      const place = `${pointer}/${pointerStep(name)}`;
      if (name.includes('\u0000') || !name.isWellFormed()) places.push(pointer);
      walk(member, place, places);
    }
  }
}
