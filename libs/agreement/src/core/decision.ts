import { actorName } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import { keyDecisionNotice, type KeyDecisionNotice, mayBeTakenFrom } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { beganOn, dayInUtc } from './began.js';
import { type CalledIn, type CallIn, calledInOpenly, countsFrom, heldByCallIn, notThisDecision, passesCallInBy, refuseCalledIn, standsAs, toldOfChange } from './call-in.js';
import { upsetAward, upsetDecision } from './challenge.js';
import { refuseWhileConsulting } from './consultation.js';
import { material } from './content.js';
import { splitAlready, toldBeneath } from './decision-above.js';
import { openedOn } from './deciding-stage.js';
import { decisionVersion, paperText } from './decision-paper.js';
import { happened } from './event.js';
import { refuseTooFar, yearAhead } from './put-off.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { deciding, everyIdOf, overlapsOf, ownWork, refuseOwnWork, refuseSecondReader, waitsForSecond, whyNotRead } from './separation.js';
import type { Voice } from './signature.js';
import { objectionsOpen } from './objection.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** Who decided: a body at a meeting that was given notice of, with its minute, or an officer under a delegation. */
export type DecidedBy =
  | { readonly kind: 'body'; readonly body: string; readonly noticeOn: CivilDate; readonly minute: string }
  | { readonly kind: 'officer'; readonly delegation: string };
/** A key decision is announced before it is taken, for as long as its way of notice asks (England: SI 2012/2089 regs 9–11). */
export type KeyDecision = { readonly is: 'not-key' } | { readonly is: 'key'; readonly announcedOn: CivilDate; readonly notice: KeyDecisionNotice };
/** How anything is decided. `decidedOn` is the day of the meeting or of the officer's decision; `inForceFrom` comes after any call-in. */
export type HowDecided = {
  readonly decidedBy: DecidedBy;
  /** The paragraph of the scheme of delegation or constitution that gives the power. */
  readonly scheme: string;
  readonly key: KeyDecision;
  readonly callIn: CallIn;
  readonly decidedOn: CivilDate;
  readonly inForceFrom: CivilDate;
};
type Decided = HowDecided & {
  readonly decision: string;
  /** "What I weighed was …": no sign-off discharges a duty that is the decision-maker's own. */
  readonly weighed: string;
};

export interface DecisionCommands {
  /** "I have read version {versionRead}": the hash of what the decision is about, and of everything that its paper shows (decision-paper.ts). */
  'record-decision': Decided & { readonly versionRead: string };
  /** By a second person, where whoever decided wears another hat here too. */
  'second-decision': { readonly decision: string };
}

export interface DecisionEvents {
  /** `identities`: other ids of whoever recorded it; `overlaps`: the other hats they wear here, as phrases that finish “the one who …”. */
  'concordat.agreement.decision-recorded.v1': Decided & {
    readonly version: string;
    readonly stage: string;
    readonly identities: readonly string[];
    readonly overlaps: readonly string[];
    readonly needsSecond: boolean;
  };
  'concordat.agreement.decision-seconded.v1': { readonly decision: string; readonly identities: readonly string[] };
}

/**
 * The decision that was recorded last. `version`: what was read, as its hash; `content`, `paper`: the same, as they stood then; `everyId`: all ids of
 * whoever recorded it; `recordedOn`: the civil day (UTC) on which it was put on record; `opened`: the stage whose gate opened on it; `behind`: the one
 * whose gate opened on a decision whose place this one took.
 */
export type DecisionState =
  | (Decided & {
      readonly version: string;
      readonly content: string;
      readonly paper: string;
      readonly stage: string;
      readonly opened: string | null;
      readonly behind: string | null;
      readonly recordedBy: string;
      readonly recordedOn: CivilDate;
      readonly everyId: readonly string[];
      readonly overlaps: readonly string[];
      readonly second: Voice['second'];
      readonly calledIn: CalledIn;
    })
  | null;
export const initialDecision: DecisionState = null;

/**
 * Taken on what stands now. A material change since leaves it stale, and until a gate opened on it so does a change of what its paper showed: what
 * comes to light afterwards is no longer decided on.
 */
export function isCurrent(agreement: Agreement): boolean {
  const { decision, content } = agreement;
  return decision !== null && decision.content === content.decision && (decision.opened !== null || decision.paper === paperText(agreement));
}

const decisionMaker = { suppliedBy: 'decision-maker', by: 'record-decision' };
const mend = (what: string, by: 'record-decision' | 'decide-variation' = 'record-decision'): Missing => ({ what, suppliedBy: 'decision-maker', by });

/** A body that met before notice of its meeting was given. */
export const withoutNotice = ({ decidedBy, decidedOn }: Pick<Decided, 'decidedBy' | 'decidedOn'>, by: string): Refusal | false =>
  decidedBy.kind === 'body' &&
  decidedBy.noticeOn > decidedOn &&
  refusal('decision.meeting-without-notice', 'A body meets after notice of its meeting was given.', { what: 'noticeOn', suppliedBy: 'decision-maker', by });

/** Whoever decides names what they read by its hash, which is that of what stands now. */
export const refuseOtherVersion = (read: string, version: string, by: 'record-decision' | 'decide-variation'): Refusal | false =>
  read !== version && refusal('decision.other-version', 'The decision-maker has read what stands now.', mend(`version ${version}`, by));

/** Nobody decides on what is not as they read it yet. `since`: the day on which it came to be as it is. */
export const beforeWhatWasRead = (decidedOn: CivilDate, since: CivilDate, by: string): Refusal | false =>
  decidedOn < since &&
  refusal('decision.before-what-was-read', 'A decision is taken on what stood when it was taken.', {
    what: `decidedOn: ${since} or later, the day on which what was read came to be as it is`, suppliedBy: 'decision-maker', by,
  });

/** A day of the decision's notice that comes too late for it, or too early to be its own. `began`: the first day of what is decided on. */
function noticeTooShort({ key, decidedBy, decidedOn }: HowDecided, began: CivilDate | undefined, by: 'record-decision' | 'decide-variation'): readonly (Refusal | false)[] {
  return [
    // A meeting is called for much else; the notice of a key decision tells of this one.
    key.is === 'key' &&
      began !== undefined &&
      key.announcedOn < began &&
      refusal('decision.announced-before-agreement', 'A key decision is announced once there is something to decide on.', mend(`announcedOn: ${began} or later`, by)),
    key.is === 'key' &&
      decidedOn < mayBeTakenFrom(key.announcedOn, key.notice) &&
      refusal(
        'decision.not-announced',
        `A key decision is announced before it is taken (${keyDecisionNotice[key.notice].says}; ${keyDecisionNotice[key.notice].source.cites}).`,
        mend(`announcedOn: decided on ${mayBeTakenFrom(key.announcedOn, key.notice)} at the earliest`, by),
      ),
    withoutNotice({ decidedBy, decidedOn }, by),
  ];
}

/** The day from which there is something to decide on: the award that was proposed, else the agreement itself. */
function decidableFrom(agreement: Agreement): CivilDate | undefined {
  const { proposed } = agreement.award;
  return proposed === null ? beganOn(agreement) : dayInUtc(proposed.proposedAt);
}

/** The last day on which a fact, the route, the ground of urgency or the lateness that a decision rests on changed; undefined where all stood so when the agreement was taken over. */
function changedOn({ facts, routeChoice, urgency, openedAt, takenOver }: Agreement): CivilDate | undefined {
  const changes = [...material.decision.facts.map((name) => facts[name]?.amendedAt), routeChoice?.chosenAt, urgency.urgent?.recordedAt, urgency.late?.recordedAt];
  return changes
    .flatMap((at) => (at === undefined || (takenOver !== null && at === openedAt) ? [] : [dayInUtc(at)]))
    .sort()
    .at(-1);
}

/** What the notice of a decision and the right to call it in ask of its days. `began`: the first day of what is decided on; `before`: the decision whose place it takes. */
export function refuseHowDecided(
  how: HowDecided,
  { today, began, before, by }: { readonly today: CivilDate; readonly began: CivilDate | undefined; readonly before: { readonly callIn: CallIn; readonly calledIn: CalledIn } | null; readonly by: 'record-decision' | 'decide-variation' },
): readonly (Refusal | false)[] {
  const { callIn, inForceFrom } = how;
  const who = { suppliedBy: 'decision-maker', by };
  return [
    callIn.is === 'open' &&
      callIn.until >= inForceFrom &&
      refusal('decision.in-force-before-call-in', 'A decision that may be called in comes into force after the last day for that.', mend('inForceFrom', by)),
    callIn.is === 'open' &&
      callIn.until < today &&
      refusal('decision.call-in-over', 'A decision that may be called in is on record while it may be: members learn of it here.', mend(`callIn: open until ${today} or later`, by)),
    callIn.is === 'open' && refuseTooFar('callIn.until', callIn.until, yearAhead(today), who),
    refuseTooFar('inForceFrom', inForceFrom, yearAhead(today), who),
    ...passesCallInBy(before, how, today, by),
    ...noticeTooShort(how, began, by),
  ];
}

/** Of what is split: its decision, called in since, is to be taken anew, or was and no second person has read it yet. */
const isStillTaken = ({ decision }: Agreement): boolean => decision !== null && (decision.calledIn?.outcome?.is === 'taken-anew' || decision.second.is === 'awaited');

export const decide = {
  'record-decision': (states, { name: _, agreement: __, versionRead, ...decided }, context) => {
    const { agreement, persons } = states;
    const person = actorName(context.actor);
    const { decidedOn, inForceFrom } = decided;
    const everyId = everyIdOf(persons, person);
    const { shown, needSecond } = overlapsOf(agreement, everyId, deciding);
    const from = decidableFrom(agreement);
    const changed = changedOn(agreement);
    return unless(
      [
        splitAlready(agreement, isStillTaken(agreement)),
        agreement.decision?.decision === decided.decision && alreadySo('this decision is recorded'),
        agreement.variations.some(({ variation }) => variation === decided.decision) && refusal('decision.id-taken', 'A decision has an id of its own, which no variation has.', mend('decision')),
        refuseOtherVersion(versionRead, decisionVersion(agreement, context.sha256), 'record-decision'),
        calledInOpenly(agreement) && refuseCalledIn('what became of the call-in'),
        refuseOwnWork(agreement, [person], persons, deciding, decisionMaker),
        objectionsOpen(agreement).length > 0 &&
          refusal('decision.objection-unanswered', 'Whoever decides has replied to every objection of those who carry a risk.', ...objectionsOpen(agreement)),
        refuseWhileConsulting(agreement, 'decision.consultation-open', decidedOn, context.today),
        upsetAward(agreement).length > 0 &&
          refusal('decision.award-upset', 'What a challenge changed or gave up is proposed anew before it is decided on.', ...upsetAward(agreement)),
        decidedOn > context.today && refusal('decision.not-taken-yet', 'A decision is recorded once it is taken.', mend('decidedOn')),
        from !== undefined &&
          decidedOn < from &&
          refusal('decision.before-its-subject', 'A decision is taken once there is something to decide on.', mend(`decidedOn: ${from} or later`)),
        changed !== undefined && changed > (from ?? '') && beforeWhatWasRead(decidedOn, changed, 'record-decision'),
        inForceFrom < decidedOn &&
          refusal('decision.in-force-too-early', 'A decision comes into force on the day it is taken or later.', mend('inForceFrom')),
        ...refuseHowDecided(decided, { today: context.today, began: beganOn(agreement), before: agreement.decision ?? agreement.decisionFell, by: 'record-decision' }),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.decision-recorded.v1', {
          ...decided, version: versionRead, stage: agreement.stage, identities: everyId.filter((id) => id !== person), overlaps: shown, needsSecond: needSecond,
        }),
        ...toldBeneath(states, decided.decision, standsAs({ inForceFrom, second: { is: needSecond ? 'awaited' : 'not-needed' }, calledIn: null })),
      ],
    );
  },

  'second-decision': (states, { decision }, { actor, sha256 }) => {
    const { agreement, persons } = states;
    const standing = agreement.decision?.decision === decision ? agreement.decision : undefined;
    const person = actorName(actor);
    return unless(
      [
        notThisDecision(agreement, decision, 'second-decision'),
        standing !== undefined && !isCurrent(agreement) && refusal('decision.other-version', 'What a second person reads was taken on what stands now.', mend(`version ${decisionVersion(agreement, sha256)}`)),
        ...refuseSecondReader(states, person, standing && [standing], deciding, 'second-decision'),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.decision-seconded.v1', { decision, identities: everyIdOf(persons, person).filter((id) => id !== person) }),
        ...toldOfChange(states, decision, { second: { is: 'given', by: person, everyId: everyIdOf(persons, person) } }),
      ],
    );
  },
} satisfies { [C in keyof DecisionCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.decision-recorded.v1': (agreement, { data: { identities, needsSecond, ...decided }, meta, recordedAt }) => agreementWith(agreement, {
    decisionFell: null,
    decision: { ...decided, content: agreement.content.decision, paper: paperText(agreement), opened: null, behind: openedOn(agreement), recordedBy: meta.actor, recordedOn: dayInUtc(recordedAt), everyId: [meta.actor, ...identities], second: { is: needsSecond ? 'awaited' : 'not-needed' }, calledIn: null },
  }),
  'concordat.agreement.decision-seconded.v1': (agreement, { data: { identities }, meta }) => agreementWith(agreement, {
    decision: agreement.decision && { ...agreement.decision, second: { is: 'given', by: meta.actor, everyId: [meta.actor, ...identities] } },
  }),
} satisfies { [T in keyof DecisionEvents]: Evolve<T> };

/** The decision a gate or an award rests on: recorded, on what stands now, by someone whose own work it is not. */
export function decisionMissing(agreement: Agreement): readonly Missing[] {
  const { decision } = agreement;
  if (decision === null) return [mend('the decision')];
  if (!isCurrent(agreement)) return [mend('the decision: stale, because what it rests on changed')];
  return [
    ...heldByCallIn(decision),
    ...upsetDecision(agreement),
    ...waitsForSecond(decision, 'the decision', 'second-decision'),
    ...ownWork(agreement, decision.everyId, deciding).map((reason) => mend(`the decision: recorded by the one who ${reason}`)),
    ...whyNotRead(agreement, decision, deciding).map((reason) => mend(`the decision: read by the one who ${reason}`)),
  ];
}

/** The day from which the recorded decision counts; undefined where there is none. */
export const inForceFrom = ({ decision }: Agreement): CivilDate | undefined => (decision === null ? undefined : countsFrom(decision));

export const conditions = {
  'decision.in-force': (agreement, _, { today }) => {
    const missing = decisionMissing(agreement);
    const from = inForceFrom(agreement) ?? today;
    return from > today ? [...missing, { what: `in force from ${from}`, suppliedBy: 'time' }] : missing;
  },
} satisfies Partial<Conditions>;
