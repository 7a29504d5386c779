import { actorName } from '@concordat/access/core';
import type { Missing, Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { tookTheDecision } from './challenge.js';
import type { DecisionState, HowDecided } from './decision.js';
import { type DecisionAbove, splitAlready, toldBeneath } from './decision-above.js';
import { openedOn } from './deciding-stage.js';
import { happened } from './event.js';
import { refuseTooFar, yearAhead } from './put-off.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { deciding, everyIdOf, refuseOwnWork, waitsForSecond } from './separation.js';
import type { Decide, Evolve, States } from './topic.js';
import { factsAfter } from './variation-to.js';

/*
 * A decision that members ask to be looked at again before it takes effect, and what that asks of whoever decides and of all that rests on it.
 */

/** Whether members may ask for the decision to be looked at again before it takes effect, and until which day. Local rules. */
export type CallIn = { readonly is: 'not-open' } | { readonly is: 'open'; readonly until: CivilDate };

/** What became of a decision that was called in: it stands from a day on, or it is to be taken anew. */
export type AfterCallIn = { readonly is: 'stands'; readonly inForceFrom: CivilDate } | { readonly is: 'taken-anew' };

export interface CallInCommands {
  /** Of a variation it is that decision, by the id of the variation. */
  'call-in-decision': { readonly decision: string; readonly reason: string; readonly on: CivilDate };
  'conclude-call-in': { readonly decision: string; readonly outcome: AfterCallIn; readonly on: CivilDate; readonly reasons: string };
}

export interface CallInEvents {
  'concordat.agreement.decision-called-in.v1': { readonly decision: string; readonly reason: string; readonly on: CivilDate };
  'concordat.agreement.call-in-concluded.v1': { readonly decision: string; readonly outcome: AfterCallIn; readonly on: CivilDate; readonly reasons: string };
}

/** By whom a decision was called in, and what became of it; null where it was not. */
export type CalledIn = { readonly by: string; readonly on: CivilDate; readonly reason: string; readonly outcome: AfterCallIn | null; readonly concludedOn: CivilDate | null } | null;

const mend = (what: string, by: 'record-decision' | 'decide-variation' = 'record-decision'): Missing => ({ what, suppliedBy: 'decision-maker', by });

/** The day from which a decision counts, call-in and all. */
export const countsFrom = ({ calledIn, inForceFrom: from }: { readonly calledIn: CalledIn; readonly inForceFrom: CivilDate }): CivilDate => (calledIn?.outcome?.is === 'stands' ? calledIn.outcome.inForceFrom : from);

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

/** What a call-in leaves to be done before the decision counts. */
export function heldByCallIn({ calledIn }: { readonly calledIn: CalledIn }, what = 'the decision', by: 'record-decision' | 'decide-variation' = 'record-decision'): readonly Missing[] {
  if (calledIn === null || calledIn.outcome?.is === 'stands') return [];
  return [
    calledIn.outcome === null
      ? { what: `${what}: called in on ${calledIn.on}`, suppliedBy: 'decision-maker', by: 'conclude-call-in' }
      : mend(`${what}: to be taken anew after its call-in`, by),
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
      return decided.calledIn?.outcome?.is === 'taken-anew' ? { ...each, decided: null, toTakeAnew: decided, offer: null } : { ...each, decided };
    }),
  });
}

/** Why this is no decision that may be read by a second person or called in: it fell, or another one stands. */
export function notThisDecision(agreement: Agreement, decision: string, by: string): Refusal | false {
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
export function standsAs(decision: Standing): DecisionAbove {
  const { calledIn, second } = decision;
  if (calledIn !== null && calledIn.outcome?.is !== 'stands') return calledIn.outcome === null ? { is: 'called-in', on: calledIn.on } : { is: 'to-be-taken-anew' };
  return second.is === 'awaited' ? { is: 'to-be-seconded' } : { is: 'stands', inForceFrom: countsFrom(decision) };
}

/** What those contracts hear once this changes of it; of a decision on a variation of the whole they hear nothing. */
export const toldOfChange = (states: States, decision: string, change: Partial<Standing>) => {
  const standing = states.agreement.decision;
  return standing?.decision === decision ? toldBeneath(states, decision, standsAs({ ...standing, ...change })) : [];
};

export const decide = {
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
        ...toldOfChange(states, decision, { calledIn: { by: actorName(context.actor), on, reason, outcome: null, concludedOn: null } }),
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
        ...toldOfChange(states, decision, { calledIn: calledIn && { ...calledIn, outcome, concludedOn: on } }),
      ],
    );
  },
} satisfies { [C in keyof CallInCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.decision-called-in.v1': (agreement, { data: { decision, reason, on }, meta }) => withCallIn(agreement, decision, () => ({ by: meta.actor, on, reason, outcome: null, concludedOn: null })),
  'concordat.agreement.call-in-concluded.v1': (agreement, { data: { decision, outcome, on } }) => withCallIn(agreement, decision, (calledIn) => calledIn && { ...calledIn, outcome, concludedOn: on }),
} satisfies { [T in keyof CallInEvents]: Evolve<T> };

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
