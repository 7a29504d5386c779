import type { OperationProgress } from '@concordat/agreement';
import * as z from 'zod';

/** A path that names one agreement (or another thing) by its UUID, in lower case. */
export const idPath = z.object({ id: z.uuid().transform((id) => id.toLowerCase()) });
export type IdPath = z.infer<typeof idPath>;

/** An instant in UTC from 1900 on, as PostgreSQL reads it: of at most six digits after the second. */
export const instant = z.iso
  .datetime()
  .refine((text) => text >= '1900', 'must not be before 1900')
  .refine((text) => /^[^.]*(\.\d{1,6})?Z$/.test(text), 'has at most six digits after the second');

/** `?dryRun=true` decides and records nothing. */
export const writeQuery = z.strictObject({ dryRun: z.enum(['true', 'false']).default('false') });
export type WriteQuery = z.infer<typeof writeQuery>;

/** One page of anything; the `Link` header leads to the next. */
export const pageAnswer = z.object({ items: z.array(z.looseObject({})) });

/** One page of these. */
export const pageOf = (item: z.ZodType) => z.object({ items: z.array(item) });

/** One line of the list of agreements. */
export const agreementLine = z.object({
  id: z.uuid(),
  version: z.int().min(1),
  title: z.string(),
  reference: z.string().nullable(),
  kind: z.string(),
  parent: z.uuid().nullable().describe('the agreement it was split from or called off from'),
  parentTitle: z.string().nullable(),
  tier: z.string().nullable().describe('null to the parties of the agreement'),
  pathway: z.string().describe('id@version'),
  route: z.string().describe('id@version'),
  stage: z.string(),
  lifecycle: z.enum(['open', 'held', 'cancelled', 'closed', 'split', 'transferred']),
  over: z.boolean().describe('to a party for whom the sourcing is over: this is how it stood then'),
  startsOn: z.iso.date().nullable().describe('the period of its contract'),
  endsOn: z.iso.date().nullable(),
  openedAt: z.iso.datetime(),
  changedAt: z.iso.datetime(),
});

/** The list of agreements. */
export const agreementsPage = z.object({
  items: z.array(agreementLine),
  asOf: z.int().optional().describe('the feed position the page is known to include, where Concordat-Position asked for one'),
});

const documentNamed = z.object({ id: z.string(), version: z.int().min(1) });

/** An agreement: these members for every reader, more for the organisation that holds it, what they are `asked` for people who take part, `party` for a provider. */
export const agreementShown = z.looseObject({
  id: z.uuid(),
  version: z.int().min(1),
  title: z.string(),
  kind: z.string(),
  lifecycle: z.enum(['open', 'held', 'cancelled', 'closed', 'split', 'transferred']),
  stage: z.string(),
  stages: z.record(z.string(), z.looseObject({})),
  pathway: documentNamed,
  route: documentNamed,
  openedAt: z.string(),
  facts: z.looseObject({}),
});

const missing = z.object({ what: z.string(), suppliedBy: z.string(), by: z.string().optional().describe('the command that supplies it') });

/** The checklist of a gate. */
export const gateShown = z.object({
  agreement: z.uuid(),
  version: z.int().min(1),
  stage: z.string(),
  preliminary: z.boolean().describe('true where the gate asks less than it will in a later version of the pathway'),
  open: z.boolean(),
  unmet: z.int(),
  checklist: z.array(
    z.object({
      code: z.string(),
      class: z.string(),
      asks: z.string(),
      parameters: z.unknown(),
      doesNotApply: z.string().nullable().describe('why the route makes the condition moot; it then counts as met'),
      missing: z.array(missing),
      waived: z.uuid().nullable().describe('the waiver in force on which it counts as met'),
      onCondition: z.array(z.uuid()).describe('the agreed conditions whose part of what is missing follows by their day; it counts as met where that is all of it'),
      met: z.boolean(),
    }),
  ),
});

/** An event as its organisation's own people read it. */
export const eventShown = z.object({
  id: z.uuid(),
  stream: z.string(),
  type: z.string(),
  version: z.int().min(1),
  position: z.int().min(1),
  recordedAt: z.string(),
  data: z.looseObject({}),
  meta: z.looseObject({ actor: z.string(), command: z.string(), correlationId: z.string() }),
});

/** CloudEvents 1.0 in structured JSON mode, with the members Standard Webhooks asks for. */
export const cloudEventShown = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.uuid(),
  source: z.string(),
  type: z.string(),
  subject: z.string(),
  time: z.string(),
  timestamp: z.string(),
  sequence: z.string().describe('its place among what this party may see of this agreement, padded with zeros'),
  datacontenttype: z.literal('application/json'),
  dataschema: z.string(),
  dataclassification: z.enum(['thin', 'parties']),
  correlationid: z.string(),
  causationid: z.string().optional(),
  dataref: z.string().optional(),
  data: z.looseObject({}),
});

const told = z.object({ id: z.uuid(), type: z.string(), version: z.int().min(1), position: z.int().min(1) });

/** What a recorded command answers. */
export const commandRecorded = z.object({
  agreement: z.uuid(),
  version: z.int().min(1).describe('version of the agreement after the command; also the ETag'),
  position: z.int().min(1).describe('place of the last event in the feed'),
  recordedAt: z.string(),
  repeated: z.boolean().describe('true when this very request was recorded before'),
  events: z.array(told),
});

/** What a dry run answers: the events the command would lead to. */
const rehearsed = { dryRun: z.literal(true), version: z.int().min(0), events: z.array(z.looseObject({ type: z.string(), data: z.looseObject({}) })) };

const askedBefore = z.object({
  code: z.literal('asked-before'),
  who: z.enum(['person', 'group']),
  agreement: z.uuid(),
  title: z.string(),
  activityTitle: z.string().nullable().describe('what a group was asked at last; null for a person'),
  activities: z.int().nullable().describe('at how many activities of that agreement; null for a person'),
  people: z.int(),
  lastOn: z.string().describe('when they last came or were asked'),
  said: z.int().describe('how often they said something'),
  hours: z.number(),
});

/** What a command answers, recorded or rehearsed. */
export const commandAnswered = z.union([
  commandRecorded,
  z.object({
    agreement: z.uuid(),
    ...rehearsed,
    warnings: z.array(askedBefore).describe('What to know before it is done; it refuses nothing. Of invite-participant and plan-activity: they were asked about the same in another agreement within 24 months'),
  }),
]);

/** The same for a thing that has a stream of its own, such as a person. */
export const answeredAbout = (thing: 'person' | 'provider', more: Readonly<Record<string, z.ZodType>> = {}) =>
  z.union([z.object({ [thing]: z.uuid(), version: z.int().min(1), repeated: z.boolean(), ...more }), z.object({ [thing]: z.uuid(), ...rehearsed, ...more })]);

/** What an accepted operation answers until it is done. */
export const operationAnswered = z.object({
  id: z.uuid(),
  status: z.enum(['waiting', 'done']),
  lines: z.int().min(1),
  done: z.int().min(0),
  acceptedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().nullable(),
  outcome: z.looseObject({ outcome: z.string() }).optional().describe('what came of it, for an operation of one line'),
});

/** How far an operation is, without what only the server needs to know of it. */
export function progressShown({ id, lines, done, acceptedAt, finishedAt }: OperationProgress): z.input<typeof operationAnswered> {
  return { id, status: finishedAt === null ? 'waiting' : 'done', lines, done, acceptedAt, finishedAt };
}
