import { actorName } from '@concordat/access/core';
import { refuse } from '@concordat/journal/core';
import type { Discipline, SignOffAsked } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { ownWork, refuseOwnWork } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';

export type SignOffKind = SignOffAsked['kind'];
/** Something still to be done, and by when; it does not hold the gate. */
export type SignOffCondition = { readonly what: string; readonly dueOn: CivilDate };
export type SignOffOutcome =
  | { readonly is: 'granted'; readonly conditions: readonly SignOffCondition[] }
  | { readonly is: 'refused'; readonly reason: string };

export interface SignOffCommands {
  /** An `approval` with separation of duties in full, or an `acceptance` by the very party that must accept. */
  'request-sign-off': { readonly signOff: string; readonly kind: SignOffKind; readonly discipline: Discipline };
  /** `versionRead`: the content hash of what was read; it must be the one that stands. */
  'sign-off': { readonly signOff: string; readonly versionRead: string; readonly outcome: SignOffOutcome };
  /** By who asked, before it is given; by who gave it, after. */
  'withdraw-sign-off': { readonly signOff: string; readonly reason: string };
}

export interface SignOffEvents {
  'concordat.agreement.sign-off-requested.v1': { readonly signOff: string; readonly kind: SignOffKind; readonly discipline: Discipline; readonly stage: string };
  'concordat.agreement.signed-off.v1': { readonly signOff: string; readonly version: string; readonly outcome: SignOffOutcome };
  'concordat.agreement.sign-off-withdrawn.v1': { readonly signOff: string; readonly reason: string };
}

/** One sign-off that was asked for, and its answer. Times are ISO 8601 in UTC, people are ids. */
export interface SignOff {
  readonly id: string;
  readonly kind: SignOffKind;
  readonly discipline: Discipline;
  readonly stage: string;
  readonly requestedBy: string;
  readonly answer:
    | { readonly is: 'awaited' }
    /** `version`: the content hash it is bound to. */
    | { readonly is: 'granted'; readonly by: string; readonly at: string; readonly version: string; readonly conditions: readonly SignOffCondition[] }
    | { readonly is: 'refused'; readonly by: string; readonly at: string; readonly version: string; readonly reason: string }
    | { readonly is: 'withdrawn'; readonly by: string; readonly at: string };
}

/** In the order they were asked for. */
export type SignOffState = readonly SignOff[];
export const initialSignOffs: SignOffState = [];

/** How a sign-off stands today: a grant whose matter has changed since is `stale`. */
export function standing(agreement: Agreement, { answer, discipline }: SignOff): SignOff['answer']['is'] | 'stale' {
  return answer.is === 'granted' && answer.version !== agreement.content[discipline] ? 'stale' : answer.is;
}

const find = (agreement: Agreement, id: string): SignOff | undefined => agreement.signOffs.find((signOff) => signOff.id === id);
const unknown = refusal('sign-off.unknown', 'The sign-off was asked for in this agreement.', { what: 'signOff', suppliedBy: 'commissioner', by: 'request-sign-off' });

export const decide = {
  'request-sign-off': ({ agreement }, { signOff, kind, discipline }) =>
    unless(
      [
        find(agreement, signOff) !== undefined && alreadySo('this sign-off was asked for'),
        agreement.signOffs.some((other) => other.kind === kind && other.discipline === discipline && other.answer.is === 'awaited') &&
          alreadySo(`the ${kind} of ${discipline} is awaited`),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-requested.v1', { signOff, kind, discipline, stage: agreement.stage })],
    ),

  'sign-off': ({ agreement, persons }, { signOff: id, versionRead, outcome }, context) => {
    const signOff = find(agreement, id);
    if (signOff === undefined) return refuse(unknown);
    const { kind, discipline, requestedBy } = signOff;
    const person = actorName(context.actor);
    const sponsor = agreement.facts.sponsor?.value;
    const approver = { suppliedBy: `approver:${discipline}`, by: 'sign-off' };

    return unless(
      [
        signOff.answer.is !== 'awaited' && alreadySo(`the sign-off is ${signOff.answer.is}`),
        versionRead !== agreement.content[discipline] &&
          refusal('sign-off.other-version', 'Whoever signs has read what stands now.', { ...approver, what: `version ${agreement.content[discipline]}` }),
        // Refusing one's own proposal harms nobody; only a grant needs other eyes.
        kind === 'approval' &&
          outcome.is === 'granted' &&
          refuseOwnWork(agreement, person, persons[person], { subject: discipline, requestedBy }, approver),
        kind === 'acceptance' &&
          discipline === 'sponsor' &&
          sponsor !== person &&
          refusal('sign-off.not-the-party', 'An acceptance is given by the very party that answers for it.', { ...approver, what: 'the sponsor whom the facts name' }),
        outcome.is === 'granted' &&
          outcome.conditions.some(({ dueOn }) => dueOn < context.today) &&
          refusal('sign-off.due-date-past', 'A condition is due today or later.', { ...approver, what: 'dueOn' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.signed-off.v1', { signOff: id, version: versionRead, outcome })],
    );
  },

  'withdraw-sign-off': ({ agreement }, { signOff: id, reason }, context) => {
    const signOff = find(agreement, id);
    if (signOff === undefined) return refuse(unknown);
    const person = actorName(context.actor);
    const whose = signOff.answer.is === 'granted' ? signOff.answer.by : signOff.requestedBy;
    return unless(
      [
        (signOff.answer.is === 'withdrawn' || signOff.answer.is === 'refused') && alreadySo(`the sign-off is ${signOff.answer.is}`),
        whose !== person &&
          refusal('sign-off.not-yours', 'A request is withdrawn by who asked, a sign-off by who gave it.', { what: `person-${whose}`, suppliedBy: `approver:${signOff.discipline}`, by: 'withdraw-sign-off' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.sign-off-withdrawn.v1', { signOff: id, reason })],
    );
  },
} satisfies { [C in keyof SignOffCommands]: Decide<C> };

function answered(agreement: Agreement, id: string, answer: SignOff['answer']): Agreement {
  return { ...agreement, signOffs: agreement.signOffs.map((signOff) => (signOff.id === id ? { ...signOff, answer } : signOff)) };
}

export const evolve = {
  'concordat.agreement.sign-off-requested.v1': (agreement, { data, meta }) => ({
    ...agreement,
    signOffs: [
      ...agreement.signOffs,
      { id: data.signOff, kind: data.kind, discipline: data.discipline, stage: data.stage, requestedBy: meta.actor, answer: { is: 'awaited' } },
    ],
  }),
  'concordat.agreement.signed-off.v1': (agreement, { data, meta, recordedAt }) =>
    answered(agreement, data.signOff, { ...data.outcome, by: meta.actor, at: recordedAt, version: data.version }),
  'concordat.agreement.sign-off-withdrawn.v1': (agreement, { data, meta, recordedAt }) =>
    answered(agreement, data.signOff, { is: 'withdrawn', by: meta.actor, at: recordedAt }),
} satisfies { [T in keyof SignOffEvents]: Evolve<T> };

/** Why this sign-off does not stand yet, in words; undefined where it does. The last word of the discipline counts. */
function whatIsMissing(agreement: Agreement, { kind, discipline }: SignOffAsked): { what: string; by: 'request-sign-off' | 'sign-off' } | undefined {
  const asked = agreement.signOffs.filter((signOff) => signOff.kind === kind && signOff.discipline === discipline);
  const last = asked.findLast(({ answer }) => answer.is === 'granted' || answer.is === 'refused');
  const grant = `${kind} of ${discipline}`;

  if (last?.answer.is === 'granted' && standing(agreement, last) === 'granted') {
    // Someone may have become its lead, or declared an interest, after they granted it.
    const reasons = kind === 'approval' ? ownWork(agreement, last.answer.by, { subject: discipline, requestedBy: last.requestedBy }) : [];
    if (reasons.length === 0) return undefined;
    return { what: `${grant}: granted by the one who ${reasons.join(' and ')}`, by: 'request-sign-off' };
  }
  if (asked.some(({ answer }) => answer.is === 'awaited')) return { what: `${grant}: awaited`, by: 'sign-off' };
  if (last?.answer.is === 'granted') return { what: `${grant}: stale, because what it rests on changed`, by: 'request-sign-off' };
  return { what: `${grant}: ${last === undefined ? 'not asked for' : 'refused'}`, by: 'request-sign-off' };
}

export const conditions = {
  'sign-offs.granted': (agreement, { signOffs }) =>
    signOffs.flatMap((asked) => {
      const missing = whatIsMissing(agreement, asked);
      if (missing === undefined) return [];
      return [{ ...missing, suppliedBy: missing.by === 'sign-off' ? `approver:${asked.discipline}` : 'commissioner' }];
    }),
} satisfies Partial<Conditions>;
