import { eventSchemas as ofAccess } from '@concordat/access';
import { eventSchemas as ofAgreement, sealed, sealedOrNone } from '@concordat/agreement';
import { eventSchemas as ofPathway } from '@concordat/pathway';
import * as z from 'zod';
import { audienceOf, type Hearing } from './core/index.js';
import { eventSchemas as ofWebhooks } from './event-schemas.js';

/** One type of event: what it holds as stored, who hears it, and what those parties see of it. */
export interface CataloguedEvent {
  readonly type: string;
  readonly stored: z.ZodObject;
  readonly hearing: Hearing;
  /** `null` where it never leaves the house. */
  readonly published: z.ZodObject | null;
}

// A thin event says of which agreement it is, and no more; an event too large to send goes out thin as well.
const thin = z.strictObject({ agreement: z.uuid() });

/** Every type of event there is, by name. */
export const eventCatalogue: readonly CataloguedEvent[] = Object.entries<z.ZodObject>({ ...ofAgreement, ...ofAccess, ...ofPathway, ...ofWebhooks })
  .map(([type, stored]) => {
    const hearing = audienceOf(type);
    return { type, stored, hearing, published: publishedForm(stored, hearing) };
  })
  .sort((a, b) => (a.type < b.type ? -1 : 1));

function publishedForm(stored: z.ZodObject, hearing: Hearing): z.ZodObject | null {
  if (hearing.to === 'internal') return null;
  if (hearing.form === 'thin') return thin;
  const members = hearing.members.map((member) => [member, true] as const);
  return stored.pick(Object.fromEntries(members) as Record<string, true> & Record<number, never>);
}

// Ciphertext is of no use to a reader: a feed says whose words are sealed there, and no more.
const sealedAsRead = z.strictObject({ subject: sealed.shape.subject, sealed: z.literal(true) });

function asRead({ shape }: z.ZodObject): z.ZodObject {
  const forms = new Map<unknown, z.ZodType>([[sealed, sealedAsRead], [sealedOrNone, sealedAsRead.nullable()]]);
  return z.strictObject(Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, forms.get(member) ?? member])));
}

/** What `data` may hold of one type, whoever reads it: all of it in the organisation's own feed, or what its parties see. */
export function schemaOfEvent(type: string): z.ZodType | undefined {
  const found = eventCatalogue.find((event) => event.type === type);
  if (found === undefined) return undefined;
  const whole = asRead(found.stored);
  if (found.published === null) return whole;
  return z.union([whole, found.published, ...(found.published === thin ? [] : [thin])]);
}
