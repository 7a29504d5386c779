import { Problem } from '@concordat/platform';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';

/** How many entries a page holds: 1 to 200, 50 unless told. */
export const pageLimit = z.coerce.number().int().min(1).max(200).default(50);

/** Versions and lines are four-byte integers where they are kept. */
export const largestVersion = 2_147_483_647;

/** The version or line a page begins after. */
export const versionAfter = z.coerce.number().int().min(0).max(largestVersion).default(0);

/** An opaque cursor made of what the next page begins after. */
export function cursorOf(mark: object): string {
  return Buffer.from(JSON.stringify(mark)).toString('base64url');
}

/**
 * What a cursor holds.
 * @throws Problem 400 `cursor.unreadable`.
 */
export function readCursor<T>(schema: z.ZodType<T>, cursor: string): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new Problem({
      status: 400,
      code: 'cursor.unreadable',
      title: 'The cursor cannot be read',
      detail: 'Use the cursor of the last page as it was given (the Link header, rel="next"), or leave it out to begin anew.',
    });
  }
}

/** The `Link` header that leads to the next page (RFC 8288). */
export function nextLink(path: string, query: Record<string, string | number | undefined>): string {
  const parameters = new URLSearchParams(Object.entries(query).flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]])));
  return `<${path}?${parameters}>; rel="next"`;
}

/** The feed position a reader has seen and wants included (`Concordat-Position`); at most 200 ms are spent on it. */
export function positionSeen(request: FastifyRequest): { readonly upTo?: number } {
  const position = Number(request.headers['concordat-position'] ?? 0);
  return Number.isSafeInteger(position) && position > 0 ? { upTo: position } : {};
}
