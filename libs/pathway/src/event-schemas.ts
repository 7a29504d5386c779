import * as z from 'zod';
import { jurisdictions, type OwnCalendar, type OwnCalendarEvents, type OwnPathwayEvents } from './core/index.js';
import { pathwayShape } from './schema.js';

/** The days an organisation adds to the bank holidays that ship, as it sends them. */
export const ownCalendarShape = z.strictObject({
  holidays: z
    .array(z.strictObject({
      day: z.iso.date(),
      in: z.array(z.enum(jurisdictions)).min(1).max(jurisdictions.length).describe('Where it is kept.'),
      title: z.string().trim().min(1).max(200),
      cites: z.string().trim().min(1).max(1_000).describe('Who says so.'),
    }))
    .max(200),
  lastKnownYear: z.int().min(2000).max(2100).optional().describe('Up to this year no bank holiday is missing from those that ship and these together: a standstill that reaches into a later one waits.'),
}) satisfies z.ZodType<OwnCalendar>;

/** What each event type of own pathways and calendars holds in `data`. A type without a schema does not compile. */
export const eventSchemas = {
  'concordat.pathway.published.v1': z.strictObject({ pathway: pathwayShape }),
  'concordat.calendar.changed.v1': ownCalendarShape,
} satisfies { [T in keyof (OwnPathwayEvents & OwnCalendarEvents)]: z.ZodType<(OwnPathwayEvents & OwnCalendarEvents)[T]> };
