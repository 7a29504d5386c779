import type { OperationProgress } from '@concordat/agreement';
import * as z from 'zod';

/** A path that names one agreement (or another thing) by its UUID, in lower case. */
export const idPath = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) });
export type IdPath = z.infer<typeof idPath>;

/** An instant in UTC of a year that a calendar of ours knows. */
export const instant = z.iso.datetime().refine((text) => text >= '1900', 'must not be before 1900');

/** `?dryRun=true` decides and records nothing. */
export const writeQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });
export type WriteQuery = z.infer<typeof writeQuery>;

/** A route that takes no query: a `dryRun` it does not know must not be taken for a real one. */
export const noQuery = z.strictObject({});
export type NoQuery = z.infer<typeof noQuery>;

/** One page of anything; the `Link` header leads to the next. */
export const pageAnswer = z.object({ items: z.array(z.record(z.string(), z.unknown())) });

/** What a recorded command answers. */
export const commandAnswered = z.object({
  agreement: z.uuid(),
  version: z.int().min(1).describe('version of the agreement after the command; also the ETag'),
  position: z.int().min(1).describe('place of the last event in the feed'),
  recordedAt: z.iso.datetime(),
  repeated: z.boolean().describe('true when this very request was recorded before'),
  events: z.array(z.object({ id: z.uuid(), type: z.string(), version: z.int(), position: z.int() })),
});

/** What an accepted operation answers until it is done. */
export const operationAnswered = z.object({
  id: z.uuid(),
  status: z.enum(['waiting', 'done']),
  lines: z.int(),
  done: z.int(),
  acceptedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  outcome: z.record(z.string(), z.unknown()).optional().describe('what came of it, for an operation of one line'),
});

/** How far an operation is, without what only the server needs to know of it. */
export function progressShown({ id, lines, done, acceptedAt, finishedAt }: OperationProgress): z.input<typeof operationAnswered> {
  return { id, status: finishedAt === null ? 'waiting' : 'done', lines, done, acceptedAt, finishedAt };
}
