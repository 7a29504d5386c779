import { keyDecisionNotice, type KeyDecisionNotice } from '@concordat/pathway/core';
import { z } from 'zod';
import { feedbackOutcomes, triedWays } from './core/feedback.js';
import { type BearerGroup, bearerGroups, type Way } from './core/risk.js';
import { accessibleForms, soughtFrom, type Voice } from './core/statement.js';
import { changePlaces } from './core/answering.js';
import { civilDate, contentHash, documentReference, label, money, sentence, stage, text, uuid, whole } from './fields.js';

// What a command carries and its event holds alike.

/** The two scales, never summed. */
export const say = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export const action = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]);

export const groups = z.array(label).max(50);
/** Pseudonyms, at least one. */
export const participants = z.array(uuid).min(1).max(1_000);

export const resources = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('budget'), amount: money }),
  z.strictObject({ is: z.literal('nothing-needed'), group: label, because: sentence }),
  z.strictObject({ is: z.literal('not-yet') }),
]);

const change = z.strictObject({ to: z.enum(changePlaces), which: text(500) });

const answers = [
  z.strictObject({ outcome: z.enum(['adopted', 'adopted-in-part']), reasons: sentence, changed: sentence, links: z.array(change).max(20).optional() }),
  z.strictObject({ outcome: z.enum(['not-adopted', 'out-of-scope']), reasons: sentence }),
] as const;
const deferral = z.strictObject({ outcome: z.literal('deferred'), reasons: sentence, until: civilDate });

export const response = z.discriminatedUnion('outcome', [...answers, deferral]);
/** As it is on record: what was deferred before a day was asked for has none. */
export const responseGiven = z.discriminatedUnion('outcome', [...answers, deferral.partial({ until: true })]);

/** An answer to one person alone, without what is said in it. */
export const answerAlone = z.strictObject({ outcome: z.enum(['adopted', 'adopted-in-part', 'not-adopted', 'deferred', 'out-of-scope']), links: z.array(change).max(20).optional(), until: civilDate.optional() });

/** Who was told, and how word came to them. */
export const told = z.strictObject({ participants, outcome: z.enum(feedbackOutcomes), tried: z.array(z.enum(triedWays)).max(triedWays.length).optional() });

export const score = z.strictObject({ likelihood: whole(1, 5), impact: whole(1, 5) });
const scoreOrNone = score.nullable();
/** All three ways; `null` for one that is not looked at yet. */
export const scores = z.strictObject({ 'co-produced': scoreOrNone, 'professional-only': scoreOrNone, 'not-acting': scoreOrNone } satisfies Record<Way, typeof scoreOrNone>);
/** Without its controls, with them, and what it is to become. */
export const levels = z.strictObject({ inherent: scoreOrNone, current: scoreOrNone, target: scoreOrNone });

const voices = [...new Set(Object.values(soughtFrom).flat())] as Voice[];
export const ask = {
  group: z.enum(bearerGroups as readonly BearerGroup[]),
  of: z.enum(voices),
  form: z.enum(accessibleForms),
  advocacyOffered: z.boolean(),
  because: sentence.optional(),
};

export const notice = z.strictObject({
  source: label,
  reference: label,
  tags: z.array(label).max(50),
  publishedOn: civilDate.nullable(),
  version: contentHash,
  proves: stage,
});

/** An organisation in a register, as in OCDS. */
export const identifier = z.strictObject({ scheme: label, id: label });
export const share = z.strictObject({ year: z.string().regex(/^\d{4}-\d{2}$/, 'A financial year, such as 2026-27.'), amount: money });

const team = z.array(uuid).max(20).default([]);
/** One contract that a sourcing ends in. */
export const awardedLot = z.strictObject({ agreement: uuid, lot: label, title: label, value: money, lead: uuid, members: team, subcontractors: team });

export const decidedBy = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('body'), body: label, noticeOn: civilDate, minute: label }),
  z.strictObject({ kind: z.literal('officer'), delegation: label }),
]);
export const key = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('not-key') }),
  z.strictObject({ is: z.literal('key'), announcedOn: civilDate, notice: z.enum(Object.keys(keyDecisionNotice) as KeyDecisionNotice[]) }),
]);
export const callIn = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('not-open') }),
  z.strictObject({ is: z.literal('open'), until: civilDate }),
]);
export const afterCallIn = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('stands'), inForceFrom: civilDate }),
  z.strictObject({ is: z.literal('taken-anew') }),
]);

/** The embargo, and what it is of. */
export const releaseWhen = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('day'), on: civilDate }),
  z.strictObject({ is: z.literal('notice'), notice: label }),
  z.strictObject({ is: z.literal('decision-in-force') }),
]);
export const publicationOf = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('release'), notice: label, ocid: z.string().regex(/^ocds-[a-z0-9]{6}-[\w.:/-]{1,180}$/i, 'An id of the open contracting process, such as ocds-h6vhtk-04a1b2.') }),
  z.strictObject({ is: z.literal('you-said-we-did') }),
]);

/** A figure of a KPI or an indicator, in its unit. */
export const figure = z.number().min(-1_000_000_000).max(1_000_000_000);
/** As `2026-27`; whether the two years follow each other is for the core to say. */
export const financialYear = z.string().regex(/^20\d\d-\d\d$/, 'A financial year, such as 2026-27.');
export const period = z.strictObject({ startsOn: civilDate, endsOn: civilDate });
export const kpiTarget = z.discriminatedUnion('is', [z.strictObject({ is: z.literal('at-least'), value: figure }), z.strictObject({ is: z.literal('at-most'), value: figure })]);
export const criterionOrigin = z.discriminatedUnion('is', [z.strictObject({ is: z.literal('activity'), activity: uuid }), z.strictObject({ is: z.literal('staff') })]);
export const discussedWith = z.discriminatedUnion('is', [z.strictObject({ is: z.literal('people'), activity: uuid }), z.strictObject({ is: z.literal('provider'), provider: uuid })]);
export const kpiOrigin = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('theme'), theme: uuid }),
  z.strictObject({ is: z.literal('contribution'), contribution: uuid }),
  z.strictObject({ is: z.literal('activity'), activity: uuid }),
  z.strictObject({ is: z.literal('staff') }),
]);
export const obligationDue = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('once'), on: civilDate }),
  z.strictObject({ is: z.literal('each'), months: whole(1, 60), from: civilDate }),
]);
export const variationTo = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('terms') }),
  z.strictObject({ is: z.literal('specification'), specification: documentReference }),
  z.strictObject({ is: z.literal('longer'), endsOn: civilDate }),
  z.strictObject({ is: z.literal('period'), startsOn: civilDate, endsOn: civilDate }),
  z.strictObject({ is: z.literal('value'), value: money }),
]);
export const benefitAmount = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('money'), amount: money }),
  z.strictObject({ is: z.literal('people'), people: whole(1, 10_000_000) }),
]);

/** Several people asked for one sign-off, at most twenty. */
export const panel = z.strictObject({
  of: z.array(uuid).min(1).max(20),
  quorum: z.discriminatedUnion('is', [
    z.strictObject({ is: z.literal('at-least'), least: whole(1, 20) }),
    z.strictObject({ is: z.literal('percent'), percent: whole(1, 100) }),
    z.strictObject({ is: z.literal('in-order') }),
  ]),
  veto: z.array(uuid).max(20).default([]),
});

/** The short name of an organisation. */
export const shortName = z.string().regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'The short name of an organisation, such as "northshire".');
export const organisation = z.strictObject({ tenant: uuid, slug: shortName, name: text(500) });

export const providerAfterwards = z.strictObject({ from: uuid, to: uuid });
export const personAfterwards = z.discriminatedUnion('is', [
  z.strictObject({ from: uuid, is: z.enum(['comes-along', 'hands-over']), to: uuid }),
  z.strictObject({ from: uuid, is: z.literal('stays') }),
]);
