import * as z from 'zod';

/** A path that names one agreement (or another thing) by its UUID, in lower case. */
export const idPath = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) });
export type IdPath = z.infer<typeof idPath>;

/** `?dryRun=true` decides and records nothing. */
export const writeQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });
export type WriteQuery = z.infer<typeof writeQuery>;

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
});
