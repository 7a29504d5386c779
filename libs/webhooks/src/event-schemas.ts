import * as z from 'zod';
import type { EndpointEvents } from './core/index.js';
import { overlap } from './core/index.js';

/** What each event type of webhooks holds in `data`, as stored. A type without a schema does not compile. */
export const eventSchemas = {
  'concordat.endpoint.registered.v1': z.strictObject({ provider: z.uuid(), url: z.string(), ordered: z.boolean(), key: z.uuid() }),
  'concordat.endpoint.secret-rotated.v1': z.strictObject({ key: z.uuid(), overlapHours: z.int().min(0).max(overlap.most) }),
  'concordat.endpoint.disabled.v1': z.strictObject({ reason: z.enum(['by-request', 'gone']) }),
  'concordat.endpoint.enabled.v1': z.strictObject({}),
  'concordat.endpoint.tested.v1': z.strictObject({}),
  'concordat.endpoints.added.v1': z.strictObject({ endpoint: z.uuid(), url: z.string() }),
} satisfies { [T in keyof EndpointEvents | 'concordat.endpoints.added.v1']: z.ZodType };
