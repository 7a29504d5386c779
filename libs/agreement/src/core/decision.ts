import { actorName } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import { keyDecisionNotice, type KeyDecisionNotice, mayBeTakenFrom } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { beganOn, dayInUtc } from './began.js';
import { tookTheDecision, upsetAward, upsetDecision } from './challenge.js';
import { refuseWhileConsulting } from './consultation.js';
import { material } from './content.js';
import { type DecisionAbove, toldBeneath } from './decision-above.js';
import { openedOn } from './deciding-stage.js';
import { decisionVersion, paperText } from './decision-paper.js';
import { happened } from './event.js';
import { refuseTooFar, yearAhead } from './put-off.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { everyIdOf, overlapsOf, ownWork, refuseOwnWork, refuseSecondReader, whyNotRead, type Work } from './separation.js';
import type { Voice } from './signature.js';
import { objectionsOpen } from './objection.js';
import type { Conditions, Decide, Evolve, States } from './topic.js';
import { factsAfter } from './variation-to.js';

/** Who decided: a body at a meeting that was given notice of, with its minute, or an officer under a delegation. */
export type DecidedBy =
  | { readonly kind: 'body'; readonly body: string; readonly noticeOn: CivilDate; readonly minute: string }
  | { readonly kind: 'officer'; readonly delegation: string };
/** A key decision is announced before it is taken, for as long as its way of notice asks (England: SI 2012/2089 regs 9–11). */
export type KeyDecision = { readonly is: 'not-key' } | { readonly is: 'key'; readonly announcedOn: CivilDate; readonly notice: KeyDecisionNotice };
/** Whether members may ask for the decision to be looked at again before it takes effect, and until which day. Local rules. */
export type CallIn = { readonly is: 'not-open' } | { readonly is: 'open'; readonly until: CivilDate };

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

/** What became of a decision that was called in: it stands from a day on, or it is to be taken anew. */
export type AfterCallIn = { readonly is: 'stands'; readonly inForceFrom: CivilDate } | { readonly is: 'taken-anew' };

export interface DecisionCommands {
  /** "I have read version {versionRead}": the hash of what the decision is about, and of everything that its paper shows (decision-paper.ts). */
  'record-decision': Decided & { readonly versionRead: string };
  /** By a second person, where whoever decided wears another hat here too. */
  'second-decision': { readonly decision: string };
  /** Of a variation it is that decision, by the id of the variation. */
  'call-in-decision': { readonly decision: string; readonly reason: string; readonly on: CivilDate };
  'conclude-call-in': { readonly decision: string; readonly outcome: AfterCallIn; readonly on: CivilDate; readonly reasons: string };
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
  'concordat.agreement.decision-called-in.v1': { readonly decision: string; readonly reason: string; readonly on: CivilDate };
  'concordat.agreement.call-in-concluded.v1': { readonly decision: string; readonly outcome: AfterCallIn; readonly on: CivilDate; readonly reasons: string };
}

/** By whom a decision was called in, and what became of it; null where it was not. */
export type CalledIn = { readonly by: string; readonly on: CivilDate; readonly reason: string; readonly outcome: AfterCallIn | null; readonly concludedOn: CivilDate | null } | null;

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
const mend = (what: string, by: 'record-decision' | 'decide-variation' = 'record-decision') => ({ what, suppliedBy: 'decision-maker', by });
const deciding: Work = { subject: 'decision', requestedBy: null };

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

/** Was it called in, and is it not said yet what became of that? */
export const waitsForCallIn = (decided: { readonly calledIn: CalledIn } | null): boolean => decided !== null && decided.calledIn !== null && decided.calledIn.outcome === null;
export const calledInOpenly = ({ decision }: Agreement): boolean => waitsForCallIn(decision);
/** What was called in, and would be passed by with another decision. `what`: what became of it. */
export const refuseCalledIn = (what: string): Refusal =>
  refusal('decision.called-in', 'What was called in is looked at again before another decision takes its place.', { what, suppliedBy: 'decision-maker', by: 'conclude-call-in' });

/** What members may still have looked at again, or had taken anew, is not passed by with another decision, nor by going back over the one they may call in. */
export function passesCallInBy(before: { readonly callIn: CallIn; readonly calledIn: CalledIn } | null, { decidedOn, callIn }: HowDecided, today: CivilDate, by: 'record-decision' | 'decide-variation'): readonly (Refusal | false)[] {
  if (before === null) return [];
  // Whoever calls it in uses the days of nobody else.
  const openUntil = before.callIn.is === 'open' && today <= before.callIn.until ? before.callIn.until : undefined;
  const concludedOn = before.calledIn?.outcome?.is === 'taken-anew' ? before.calledIn.concludedOn : null;
  return [
    openUntil !== undefined &&
      !(callIn.is === 'open' && callIn.until >= openUntil) &&
      refusal('decision.call-in-open', 'While a decision may be called in, so may the one that takes its place.', mend(`callIn: open until ${openUntil} or later`, by)),
    concludedOn !== null &&
      decidedOn < concludedOn &&
      refusal('decision.before-call-in-concluded', 'What is to be taken anew is taken once that is said.', mend(`decidedOn: ${concludedOn} or later`, by)),
  ];
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

/** What members may call in: the decision that stands, or one on a variation, by the id of that. What they asked in time is put on record also once it is carried out. */
function standingOf({ decision, variations }: Agreement, id: string) {
  return decision?.decision === id ? decision : (variations.find(({ variation }) => variation === id)?.decided ?? null);
}

/** The agreement with what changes of the call-in of a decision. What is to be taken anew on a variation is open to be decided again. */
function withCallIn(agreement: Agreement, id: string, change: (calledIn: CalledIn) => CalledIn): Agreement {
  const changed = <D extends { readonly calledIn: CalledIn }>(one: D): D => ({ ...one, calledIn: change(one.calledIn) });
  if (agreement.decision?.decision === id) return agreementWith(agreement, { decision: changed(agreement.decision) });
  return agreementWith(agreement, {
    variations: agreement.variations.map((each) => {
      if (each.variation !== id || each.decided === null) return each;
      const decided = changed(each.decided);
      return decided.calledIn?.outcome?.is === 'taken-anew' ? { ...each, decided: null, toTakeAnew: decided } : { ...each, decided };
    }),
  });
}

function notThisDecision(agreement: Agreement, decision: string, by: string): Refusal | false {
  if (agreement.decisionFell?.decision === decision) {
    return refusal('decision.fell', 'The agreement went back over this decision, which takes effect no more: the one that takes its place may be called in for as long as this one.', mend('the decision that takes its place'));
  }
  return (
    agreement.decision?.decision !== decision &&
    refusal('decision.unknown', 'The decision is the one that stands on record.', { what: agreement.decision?.decision ?? 'the decision', suppliedBy: 'decision-maker', by })
  );
}

type Standing = Pick<NonNullable<DecisionState>, 'inForceFrom' | 'second' | 'calledIn'>;

/** How a decision stands for the contracts that were split off on it. */
function standsAs(decision: Standing): DecisionAbove {
  const { calledIn, second } = decision;
  if (calledIn !== null && calledIn.outcome?.is !== 'stands') return calledIn.outcome === null ? { is: 'called-in', on: calledIn.on } : { is: 'to-be-taken-anew' };
  return second.is === 'awaited' ? { is: 'to-be-seconded' } : { is: 'stands', inForceFrom: countsFrom(decision) };
}

/** What those contracts hear once this changes of it; of a decision on a variation of the whole they hear nothing. */
const beneath = (states: States, decision: string, change: Partial<Standing>) => {
  const standing = states.agreement.decision;
  return standing?.decision === decision ? toldBeneath(states, decision, standsAs({ ...standing, ...change })) : [];
};

/** Of what is split: its decision, called in since, is to be taken anew, or was and no second person has read it yet. */
const isStillTaken = ({ decision }: Agreement): boolean => decision !== null && (decision.calledIn?.outcome?.is === 'taken-anew' || decision.second.is === 'awaited');

/** What is split goes on in its contracts: it is decided on again only while they wait for its decision. */
const splitAlready = (agreement: Agreement, isMeant: boolean): Refusal | false =>
  agreement.lifecycle === 'split' && !isMeant && refusal('agreement.split', 'The agreement is not split: what is split goes on in its contracts.');

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
        ...beneath(states, decision, { second: { is: 'given', by: person, everyId: everyIdOf(persons, person) } }),
      ],
    );
  },

  'call-in-decision': (states, { decision, reason, on }, context) => {
    const { agreement } = states;
    const standing = standingOf(agreement, decision);
    const open = standing?.callIn.is === 'open' ? standing.callIn.until : undefined;
    return unless(
      [
        standing === null && notThisDecision(agreement, decision, 'call-in-decision'),
        splitAlready(agreement, agreement.decision?.decision === decision),
        standing !== null && standing.calledIn !== null && alreadySo('the decision was called in'),
        on > context.today && refusal('decision.call-in-ahead', 'A call-in is recorded once it was asked for.', { what: 'on', suppliedBy: 'elected-member', by: 'call-in-decision' }),
        standing !== null &&
          (open === undefined || on > open || on < standing.decidedOn) &&
          refusal(
            'decision.call-in-closed',
            'A decision is called in after it is taken and while that is open.',
            { what: open === undefined ? 'a decision open to call-in' : `a day from ${standing.decidedOn} to ${open}`, suppliedBy: 'elected-member', by: 'call-in-decision' },
          ),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.decision-called-in.v1', { decision, reason, on }),
        ...beneath(states, decision, { calledIn: { by: actorName(context.actor), on, reason, outcome: null, concludedOn: null } }),
      ],
    );
  },

  'conclude-call-in': (states, { decision, outcome, on, reasons }, context) => {
    const { agreement, persons } = states;
    const standing = standingOf(agreement, decision);
    const calledIn = standing?.calledIn ?? null;
    const hadBeen = standing?.inForceFrom ?? on;
    const earliest = hadBeen > on ? hadBeen : on;
    const needs = { suppliedBy: 'decision-maker', by: 'conclude-call-in' };
    const everyId = everyIdOf(persons, actorName(context.actor));
    const proposed = agreement.variations.some(({ variation, proposedBy }) => variation === decision && everyId.includes(proposedBy));
    const own = [...(proposed ? ['proposed the variation'] : []), ...(tookTheDecision(agreement, standing, everyId) ? ['took the decision'] : [])];
    return unless(
      [
        standing === null && notThisDecision(agreement, decision, 'conclude-call-in'),
        standing !== null && calledIn === null && refusal('decision.not-called-in', 'The decision was called in.', { what: 'the call-in', suppliedBy: 'elected-member', by: 'call-in-decision' }),
        calledIn !== null && calledIn.outcome !== null && alreadySo('the call-in is concluded'),
        (on > context.today || (calledIn !== null && on < calledIn.on)) &&
          refusal('decision.call-in-not-concluded-then', 'A call-in is concluded after it was asked for, and recorded once it is.', { ...needs, what: 'on' }),
        // That it is to be taken anew harms nobody; that it stands is a decision.
        outcome.is === 'stands' && refuseOwnWork(agreement, [actorName(context.actor)], persons, deciding, needs),
        outcome.is === 'stands' &&
          own.length > 0 &&
          refusal('decision.own-call-in', 'That a decision stands which was called in is said by somebody else; whoever took it may take it anew.', ...own.map((reason) => ({ ...needs, what: `someone other than the one who ${reason}` }))),
        outcome.is === 'stands' &&
          outcome.inForceFrom < earliest &&
          refusal('decision.in-force-too-early', 'A decision that was called in comes into force when that is concluded, and no sooner than if nobody had called it in.', { ...needs, what: `inForceFrom: ${earliest} or later` }),
        outcome.is === 'stands' && refuseTooFar('inForceFrom', outcome.inForceFrom, yearAhead(context.today), needs),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.call-in-concluded.v1', { decision, outcome, on, reasons }),
        ...beneath(states, decision, { calledIn: calledIn && { ...calledIn, outcome, concludedOn: on } }),
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
  'concordat.agreement.decision-called-in.v1': (agreement, { data: { decision, reason, on }, meta }) => withCallIn(agreement, decision, () => ({ by: meta.actor, on, reason, outcome: null, concludedOn: null })),
  'concordat.agreement.call-in-concluded.v1': (agreement, { data: { decision, outcome, on } }) => withCallIn(agreement, decision, (calledIn) => calledIn && { ...calledIn, outcome, concludedOn: on }),
} satisfies { [T in keyof DecisionEvents]: Evolve<T> };

/** What a call-in leaves to be done before the decision counts. */
export function heldByCallIn({ calledIn }: { readonly calledIn: CalledIn }, what = 'the decision', by: 'record-decision' | 'decide-variation' = 'record-decision'): readonly Missing[] {
  if (calledIn === null || calledIn.outcome?.is === 'stands') return [];
  return [
    calledIn.outcome === null
      ? { what: `${what}: called in on ${calledIn.on}`, suppliedBy: 'decision-maker', by: 'conclude-call-in' }
      : mend(`${what}: to be taken anew after its call-in`, by),
  ];
}

/** What a decision waits for whose maker wears another hat here, too. */
export const waitsForSecond = ({ second, overlaps }: { readonly second: Voice['second']; readonly overlaps: readonly string[] }, what: string, by: 'second-decision' | 'second-variation'): readonly Missing[] =>
  second.is === 'awaited' ? [{ what: `${what}: waits for a second person, because it was taken by the one who ${overlaps.join(' and ')}`, suppliedBy: 'someone else', by }] : [];

/** What is left of a decision that something rests on already: what became of its call-in and then, where it stands or was taken anew, its day and its second person. */
function leftToCount(
  decided: Pick<NonNullable<DecisionState>, 'calledIn' | 'inForceFrom' | 'second' | 'overlaps'>,
  today: CivilDate,
  { what, by, second }: { readonly what: string; readonly by: 'record-decision' | 'decide-variation'; readonly second: 'second-decision' | 'second-variation' },
): readonly Missing[] {
  const held = heldByCallIn(decided, what, by);
  if (held.length > 0) return held;
  return [
    ...(countsFrom(decided) > today ? [{ what: `${what}: in force from ${countsFrom(decided)}`, suppliedBy: 'time' }] : []),
    ...waitsForSecond(decided, what, second),
  ];
}

/** Was what this variation changed changed again by one that was proposed later and carried out? */
function changedAgain(agreement: Agreement, at: number): boolean {
  const changes = agreement.variations.map(({ to }) => Object.keys(factsAfter(agreement, to)).join());
  return agreement.variations.some(({ carriedOut }, other) => other > at && carriedOut && changes[other] === changes[at]);
}

/** What a call-in asks of a decision on which a gate opened already, or a variation was carried out: made in time and put on record late, it counts all the same. */
export function calledInSince(agreement: Agreement, today: CivilDate): readonly Missing[] {
  const { decision, variations } = agreement;
  return [
    ...(decision === null || openedOn(agreement) === null ? [] : leftToCount(decision, today, { what: 'the decision', by: 'record-decision', second: 'second-decision' })),
    ...variations.flatMap(({ what, decided, toTakeAnew, carriedOut }, at) => {
      const last = decided ?? toTakeAnew;
      const on = { what: `the decision on “${what}”`, by: 'decide-variation', second: 'second-variation' } as const;
      if (last === null || !carriedOut) return [];
      if (decided?.outcome !== 'refused') return leftToCount(last, today, on);
      return [
        ...heldByCallIn(decided, on.what, on.by),
        ...(changedAgain(agreement, at) ? [] : [{ what: `“${what}”: refused, and carried out; taken back by a variation`, suppliedBy: 'contract-manager', by: 'propose-variation' }]),
      ];
    }),
  ];
}

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

/** The day from which a decision counts, call-in and all. */
export const countsFrom = ({ calledIn, inForceFrom: from }: { readonly calledIn: CalledIn; readonly inForceFrom: CivilDate }): CivilDate => (calledIn?.outcome?.is === 'stands' ? calledIn.outcome.inForceFrom : from);

/** The day from which the recorded decision counts; undefined where there is none. */
export const inForceFrom = ({ decision }: Agreement): CivilDate | undefined => (decision === null ? undefined : countsFrom(decision));

export const conditions = {
  'decision.in-force': (agreement, _, { today }) => {
    const missing = decisionMissing(agreement);
    const from = inForceFrom(agreement) ?? today;
    return from > today ? [...missing, { what: `in force from ${from}`, suppliedBy: 'time' }] : missing;
  },
} satisfies Partial<Conditions>;
