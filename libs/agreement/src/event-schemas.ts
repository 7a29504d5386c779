import { roles } from '@concordat/access/core';
import { agreementKinds, type ConditionCode, conditionCodes, disciplines, type TierRaise, tierRaises, tiers } from '@concordat/pathway/core';
import { z } from 'zod';
import { interests } from './core/conflict.js';
import { subjects } from './core/content.js';
import type { Events, EventType } from './core/event.js';
import { civilDate, contentHash, facts, label, money, sealed, sentence, stage, text, uuid, whole } from './fields.js';

const version = z.strictObject({ id: z.string(), version: whole(1, 1_000_000) });
const content = z.strictObject(Object.fromEntries(subjects.map((subject) => [subject, contentHash])) as Record<(typeof subjects)[number], typeof contentHash>);
const tier = z.enum(tiers);
const nothing = z.strictObject({});

const begun = {
  kind: z.enum(agreementKinds),
  pathway: version,
  route: version,
  tier,
  raises: z.array(z.enum(Object.keys(tierRaises) as TierRaise[])),
  stage,
  facts,
  content,
};

/** What each type of event holds in `data`, as stored, served at `/api/schemas/events/{type}` and sent to providers who see all of it. */
export const eventSchemas = {
  'concordat.agreement.opened.v1': z.strictObject(begun),
  'concordat.agreement.taken-over.v1': z.strictObject({
    ...begun,
    from: z.strictObject({ source: label, reference: label }),
    notEvidenced: z.array(stage),
    provider: uuid.nullable(),
  }),
  'concordat.agreement.gate-opened.v1': z.strictObject({ stage, tier, conditions: z.array(z.enum(conditionCodes as ConditionCode[])) }),
  'concordat.agreement.stage-entered.v1': z.strictObject({ stage, from: stage }),
  'concordat.agreement.closed.v1': z.strictObject({ from: stage }),
  'concordat.agreement.returned.v1': z.strictObject({ from: stage, stage, reason: sentence, undone: z.array(stage), content }),
  'concordat.agreement.held.v1': z.strictObject({ reason: sentence, until: civilDate.nullable() }),
  'concordat.agreement.resumed.v1': nothing,
  'concordat.agreement.cancelled.v1': z.strictObject({ reason: sentence }),

  'concordat.agreement.facts-amended.v1': z.strictObject({ facts, tier, content, material: z.array(z.enum(subjects)) }),

  'concordat.agreement.conflict-declared.v1': z.strictObject({ person: uuid, role: z.enum(roles), interest: z.enum(interests), about: sealed }),
  'concordat.agreement.no-conflict-declared.v1': z.strictObject({ person: uuid, role: z.enum(roles) }),

  'concordat.agreement.sign-off-requested.v1': z.strictObject({ signOff: uuid, kind: z.enum(['approval', 'acceptance']), discipline: z.enum(disciplines), stage }),
  'concordat.agreement.signed-off.v1': z.strictObject({
    signOff: uuid,
    version: contentHash,
    outcome: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('granted'), conditions: z.array(z.strictObject({ what: sentence, dueOn: civilDate })) }),
      z.strictObject({ is: z.literal('refused'), reason: sentence }),
    ]),
  }),
  'concordat.agreement.sign-off-withdrawn.v1': z.strictObject({ signOff: uuid, reason: sentence }),

  'concordat.agreement.decision-recorded.v1': z.strictObject({
    decision: uuid,
    decidedBy: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('body'), body: label, minute: label }),
      z.strictObject({ kind: z.literal('officer'), delegation: label }),
    ]),
    scheme: label,
    key: z.discriminatedUnion('is', [z.strictObject({ is: z.literal('not-key') }), z.strictObject({ is: z.literal('key'), announcedOn: civilDate })]),
    decidedOn: civilDate,
    inForceFrom: civilDate,
    weighed: text(10_000),
    version: contentHash,
    stage,
  }),

  'concordat.agreement.provider-invited.v1': z.strictObject({ provider: uuid }),
  'concordat.agreement.award-proposed.v1': z.strictObject({ provider: uuid, value: money, stage, content }),
  'concordat.agreement.award-notice-published.v1': z.strictObject({
    publishedOn: civilDate,
    reference: label,
    stage,
    ends: civilDate.nullable(),
    warnings: z.array(z.string()),
  }),
  'concordat.agreement.award-accepted.v1': z.strictObject({ provider: uuid, version: contentHash, stage }),
  'concordat.agreement.awarded.v1': z.strictObject({ provider: uuid, value: money }),
} satisfies { readonly [T in EventType]: z.ZodType<Events[T]> };
