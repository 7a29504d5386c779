import * as z from 'zod';
import type { OwnPathwayEvents } from './core/index.js';
import { pathwayShape } from './schema.js';

/** What each event type of own pathways holds in `data`. A type without a schema does not compile. */
export const eventSchemas = {
  'concordat.pathway.published.v1': z.strictObject({ pathway: pathwayShape }),
} satisfies { [T in keyof OwnPathwayEvents]: z.ZodType<OwnPathwayEvents[T]> };
