import { isCivilDate } from '@concordat/platform/core';
import * as z from 'zod';
import { disablingReasons, type PersonEvents, type ProviderEvents, roles, unlinkingReasons, type Wording, type WordingEvents } from './core/index.js';

const civilDate = z.string().refine(isCivilDate, 'must be a day that exists, YYYY-MM-DD');

/** How an organisation speaks on its pages, as it sends it. */
export const wordingShape = z.strictObject({
  serviceUsers: z.string().trim().min(3).max(60).describe('Those who use a service, in the plural, as within a sentence.'),
}) satisfies z.ZodType<Wording>;

/** What each event type of access holds in `data`, as stored and published. A type without a schema does not compile. */
export const eventSchemas = {
  'concordat.person.registered.v1': z.strictObject({
    memberOf: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('organisation') }),
      z.strictObject({ kind: z.literal('provider'), provider: z.uuid() }),
    ]),
  }),
  'concordat.person.role-granted.v1': z.strictObject({
    grant: z.uuid(),
    role: z.enum(roles),
    discipline: z.string().optional(),
    provider: z.uuid().optional(),
    partner: z.uuid().optional(),
    agreements: z.array(z.uuid()).optional(),
    from: civilDate.optional(),
    until: civilDate.optional(),
  }),
  'concordat.person.role-withdrawn.v1': z.strictObject({ grant: z.uuid() }),
  'concordat.person.disabled.v1': z.strictObject({ reason: z.enum(disablingReasons) }),
  'concordat.person.enabled.v1': z.strictObject({}),
  'concordat.person.delegated.v1': z.strictObject({
    delegation: z.uuid(),
    to: z.uuid(),
    discipline: z.string(),
    from: civilDate,
    until: civilDate,
    agreements: z.array(z.uuid()).nullable(),
    upTo: z.int().min(0).nullable(),
    when: z.enum(['always', 'absent']),
  }),
  'concordat.person.asked-to-stand-in.v1': z.strictObject({ delegation: z.uuid(), for: z.uuid() }),
  'concordat.person.delegation-withdrawn.v1': z.strictObject({ delegation: z.uuid() }),
  'concordat.person.absence-recorded.v1': z.strictObject({ absence: z.uuid(), from: civilDate, until: civilDate }),
  'concordat.person.absence-ended.v1': z.strictObject({ absence: z.uuid() }),
  'concordat.person.identities-linked.v1': z.strictObject({ identities: z.array(z.strictObject({ person: z.uuid(), provider: z.uuid().nullable() })) }),
  'concordat.person.identities-unlinked.v1': z.strictObject({ identities: z.array(z.strictObject({ person: z.uuid(), provider: z.uuid().nullable() })), reason: z.enum(unlinkingReasons) }),
  'concordat.provider.registered.v1': z.strictObject({
    name: z.string(),
    identifiers: z.array(z.strictObject({ scheme: z.string(), id: z.string() })),
  }),
  'concordat.wording.changed.v1': wordingShape,
} satisfies { [T in keyof (PersonEvents & ProviderEvents & WordingEvents)]: z.ZodType<(PersonEvents & ProviderEvents & WordingEvents)[T]> };
