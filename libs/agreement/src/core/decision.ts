import { actorName } from '@concordat/access/core';
import type { Missing } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { ownWork, refuseOwnWork } from './separation.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** Who decided: a body at a meeting with its minute, or an officer under a delegation. */
export type DecidedBy =
  | { readonly kind: 'body'; readonly body: string; readonly minute: string }
  | { readonly kind: 'officer'; readonly delegation: string };
/** A key decision is announced before it is taken (England: SI 2012/2089 regs 8–11). */
export type KeyDecision = { readonly is: 'not-key' } | { readonly is: 'key'; readonly announcedOn: CivilDate };

/** `decidedOn` is the day of the meeting or of the officer's decision; `inForceFrom` comes after any call-in. */
type Decided = {
  readonly decision: string;
  readonly decidedBy: DecidedBy;
  /** The paragraph of the scheme of delegation or constitution that gives the power. */
  readonly scheme: string;
  readonly key: KeyDecision;
  readonly decidedOn: CivilDate;
  readonly inForceFrom: CivilDate;
  /** "What I weighed was …": no sign-off discharges a duty that is the decision-maker's own. */
  readonly weighed: string;
};

export interface DecisionCommands {
  /** "I have read version {versionRead}": the content hash of what the decision is about. */
  'record-decision': Decided & { readonly versionRead: string };
}

export interface DecisionEvents {
  'concordat.agreement.decision-recorded.v1': Decided & { readonly version: string; readonly stage: string };
}

/** The decision that was recorded last, bound to the content hash it was taken on. */
export type DecisionState = (Decided & { readonly version: string; readonly stage: string; readonly recordedBy: string }) | null;
export const initialDecision: DecisionState = null;

/** Taken on what stands now; a material change since leaves it stale. */
export function isCurrent(agreement: Agreement): boolean {
  return agreement.decision !== null && agreement.decision.version === agreement.content.decision;
}

const decisionMaker = { suppliedBy: 'decision-maker', by: 'record-decision' };

export const decide = {
  'record-decision': ({ agreement, persons }, { name: _, agreement: __, versionRead, ...decided }, context) => {
    const person = actorName(context.actor);
    const { decidedOn, inForceFrom, key } = decided;
    return unless(
      [
        agreement.decision?.decision === decided.decision && alreadySo('this decision is recorded'),
        versionRead !== agreement.content.decision &&
          refusal('decision.other-version', 'The decision-maker has read what stands now.', { ...decisionMaker, what: `version ${agreement.content.decision}` }),
        refuseOwnWork(agreement, person, persons[person], { subject: 'decision', requestedBy: null }, decisionMaker),
        decidedOn > context.today && refusal('decision.not-taken-yet', 'A decision is recorded once it is taken.', { ...decisionMaker, what: 'decidedOn' }),
        inForceFrom < decidedOn &&
          refusal('decision.in-force-too-early', 'A decision comes into force on the day it is taken or later.', { ...decisionMaker, what: 'inForceFrom' }),
        key.is === 'key' &&
          key.announcedOn >= decidedOn &&
          refusal('decision.not-announced', 'A key decision is announced before it is taken.', { ...decisionMaker, what: 'announcedOn' }),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.decision-recorded.v1', { ...decided, version: versionRead, stage: agreement.stage }),
      ],
    );
  },
} satisfies { [C in keyof DecisionCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.decision-recorded.v1': (agreement, { data, meta }) => ({
    ...agreement,
    decision: { ...data, recordedBy: meta.actor },
  }),
} satisfies { [T in keyof DecisionEvents]: Evolve<T> };

/** The decision a gate or an award rests on: recorded, on what stands now, by someone whose own work it is not. */
export function decisionMissing(agreement: Agreement): readonly Missing[] {
  const { decision } = agreement;
  if (decision === null) return [{ ...decisionMaker, what: 'the decision' }];
  if (!isCurrent(agreement)) return [{ ...decisionMaker, what: 'the decision: stale, because what it rests on changed' }];
  return ownWork(agreement, decision.recordedBy, { subject: 'decision', requestedBy: null }).map((reason) => ({
    ...decisionMaker,
    what: `the decision: recorded by the one who ${reason}`,
  }));
}

export const conditions = {
  'decision.in-force': (agreement, _, { today }) => {
    const missing = decisionMissing(agreement);
    const inForceFrom = agreement.decision?.inForceFrom ?? today;
    return inForceFrom > today ? [...missing, { what: `in force from ${inForceFrom}`, suppliedBy: 'time' }] : missing;
  },
} satisfies Partial<Conditions>;
