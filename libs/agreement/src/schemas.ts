import { roles } from '@concordat/access/core';
import { agreementKinds, disciplines, type TierRaise, tierRaises } from '@concordat/pathway/core';
import type { Sealed } from '@concordat/platform/core';
import { z } from 'zod';
import type { CommandName, Commands } from './core/command.js';
import { interests } from './core/conflict.js';
import { civilDate, contentHash, facts, label, money, sentence, stage, text, uuid, versionAsked } from './fields.js';

/** A command's body as it comes over the edge: plain text where the core sees `Sealed`. */
type Plain<Body> = { readonly [Field in keyof Body]: Sealed extends Body[Field] ? Exclude<Body[Field], Sealed> | string : Body[Field] };

const beginning = {
  title: label,
  kind: z.enum(agreementKinds),
  pathway: versionAsked,
  route: versionAsked,
  value: money.optional(),
  raises: z.array(z.enum(Object.keys(tierRaises) as TierRaise[])).max(10).default([]),
};
const nothing = z.strictObject({});

/**
 * What each command carries besides its name and agreement, as the edge accepts it: unknown members are refused, days
 * exist, amounts are text, every text has a length, and what is near a person is plain text (`sealedTexts` says where).
 */
export const commandInputs = {
  'open-agreement': z.strictObject(beginning),
  'take-over-agreement': z.strictObject({
    ...beginning,
    stage,
    from: z.strictObject({ source: label, reference: label }),
    provider: uuid.optional(),
  }),
  'request-gate': z.strictObject({ stage }),
  'return-to-stage': z.strictObject({ stage, reason: sentence }),
  hold: z.strictObject({ reason: sentence, until: civilDate.optional() }),
  resume: nothing,
  cancel: z.strictObject({ reason: sentence }),

  'amend-facts': z.strictObject({ facts }),

  'declare-conflict': z.strictObject({ person: uuid, role: z.enum(roles), interest: z.enum(interests), about: text(4_000) }),
  'declare-no-conflict': z.strictObject({ person: uuid, role: z.enum(roles) }),

  'request-sign-off': z.strictObject({ signOff: uuid, kind: z.enum(['approval', 'acceptance']), discipline: z.enum(disciplines) }),
  'sign-off': z.strictObject({
    signOff: uuid,
    versionRead: contentHash,
    outcome: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('granted'), conditions: z.array(z.strictObject({ what: sentence, dueOn: civilDate })).max(20).default([]) }),
      z.strictObject({ is: z.literal('refused'), reason: sentence }),
    ]),
  }),
  'withdraw-sign-off': z.strictObject({ signOff: uuid, reason: sentence }),

  'record-decision': z.strictObject({
    decision: uuid,
    decidedBy: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('body'), body: label, minute: label }),
      z.strictObject({ kind: z.literal('officer'), delegation: label }),
    ]),
    scheme: label,
    key: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('not-key') }),
      z.strictObject({ is: z.literal('key'), announcedOn: civilDate }),
    ]),
    decidedOn: civilDate,
    inForceFrom: civilDate,
    weighed: text(10_000),
    versionRead: contentHash,
  }),

  'invite-provider': z.strictObject({ provider: uuid }),
  'propose-award': z.strictObject({ provider: uuid, value: money }),
  'publish-award-notice': z.strictObject({ publishedOn: civilDate, reference: label }),
  'accept-award': z.strictObject({ versionRead: contentHash }),
} satisfies { readonly [C in CommandName]: z.ZodType<Plain<Commands[C]>> };

/** A command as it is asked: checked, its text not sealed yet. */
export type AgreementCommandInput = {
  [C in CommandName]: { readonly name: C; readonly agreement: string } & z.output<(typeof commandInputs)[C]>;
}[CommandName];

type InputOf<C extends CommandName> = Extract<AgreementCommandInput, { readonly name: C }>;
type SealedField<C extends CommandName> = { [Field in keyof Commands[C]]-?: Sealed extends Commands[C][Field] ? Field : never }[keyof Commands[C]];

/** Whose key seals each free text: every member that the core sees as `Sealed`, or this does not compile. */
const subjects: { readonly [C in CommandName]: { readonly [Field in SealedField<C>]: (input: InputOf<C>) => string } } = {
  'open-agreement': {},
  'take-over-agreement': {},
  'request-gate': {},
  'return-to-stage': {},
  hold: {},
  resume: {},
  cancel: {},
  'amend-facts': {},
  'declare-conflict': { about: ({ person }) => person },
  'declare-no-conflict': {},
  'request-sign-off': {},
  'sign-off': {},
  'withdraw-sign-off': {},
  'record-decision': {},
  'invite-provider': {},
  'propose-award': {},
  'publish-award-notice': {},
  'accept-award': {},
};

/** One free text of a command: the member that holds it, and the person or participant whose key seals it. */
export interface SealedText<C extends CommandName> {
  readonly field: string;
  readonly subject: (input: InputOf<C>) => string;
}

/** Where each command carries free text near a person, which must be sealed before the core or any row sees it. */
export const sealedTexts = Object.fromEntries(
  Object.entries(subjects).map(([name, fields]) => [name, Object.entries(fields).map(([field, subject]) => ({ field, subject }))]),
) as unknown as { readonly [C in CommandName]: readonly SealedText<C>[] };
