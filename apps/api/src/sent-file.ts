import { RegisterFileUnreadable, UnreadableFile } from '@concordat/exchange';
import { Problem } from '@concordat/platform';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';

/** The kind of body by which a file is sent, as it is. */
export const fileMedia = 'application/octet-stream';

/** `?file=`: how the file is called in what is said about it. */
export const fileQuery = z.strictObject({
  file: z.string().trim().min(1).max(200).default('an upload over the API').describe('how the file is called in what is said about it; what it is shows in its content'),
});
/** The same, read. */
export type FileQuery = z.infer<typeof fileQuery>;

/** For the document: the body is a file. */
export const fileBody = { required: true, schema: { type: 'string' as const, format: 'binary' } };

/** Gives the bytes of the body to the work as they arrive. It may stop reading early: what is left is let go, so that the answer reaches the sender. */
export async function withBytes<T>({ raw }: FastifyRequest, work: (bytes: AsyncIterable<Buffer>) => Promise<T>): Promise<T> {
  const iterator = raw.iterator({ destroyOnReturn: false });
  try {
    return await work({ [Symbol.asyncIterator]: () => iterator });
  } finally {
    await iterator.return?.();
    raw.resume();
  }
}

/**
 * What the work gives.
 * @throws Problem 422 `import.unreadable` in place of the sentence a file that cannot be read is refused with.
 */
export async function readable<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (fault) {
    if (!(fault instanceof UnreadableFile || fault instanceof RegisterFileUnreadable)) throw fault;
    throw new Problem({ status: 422, code: 'import.unreadable', title: 'The file cannot be imported', detail: fault.message });
  }
}
