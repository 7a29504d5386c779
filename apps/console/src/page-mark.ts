import { Problem } from '@concordat/platform';
import * as z from 'zod';

/** A moment in a mark, as lists write it: from 1900 on and of at most six digits after the second, which PostgreSQL reads. */
export const markedMoment = z.iso.datetime().refine((text) => text >= '1900' && /^[^.]*(\.\d{1,6})?Z$/.test(text));

/** Where a page of a list ended, as its address carries it. */
export function markOf(mark: object): string {
  return Buffer.from(JSON.stringify(mark)).toString('base64url');
}

/** @throws Problem 400 where the address holds no such place. */
export function markIn<T>(schema: z.ZodType<T>, after: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(after, 'base64url').toString()));
  } catch {
    throw new Problem({ status: 400, code: 'cursor.unreadable', title: 'This page of the list is not there', detail: 'Begin again at the first page of the list.' });
  }
}
