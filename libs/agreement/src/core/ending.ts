import type { Refusal } from '@concordat/journal/core';
import type { ConditionCode, FactName, Pathway, Tier } from '@concordat/pathway/core';
import { addDays, type CivilDate, monthsAfter } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { beganOn, dayInUtc } from './began.js';
import { inForceFrom } from './decision.js';
import type { FactValues, Period } from './facts.js';
import { refusal } from './refusal.js';
import { isRunning } from './service-start.js';
import type { Context, States } from './topic.js';

/** Days on which something happened, each with what comes before it: none is put on record ahead of itself. */
const happenings = ['contract-signed', 'notice-given', 'service-ended'] as const satisfies readonly FactName[];

const dated = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'amend-facts' });

/** How many months of notice the process asks for before a service ends; 0 where it asks for none. */
const noticeMonths = ({ stages }: Pathway, tier: Tier): number =>
  Math.max(0, ...stages.flatMap(({ gate }) => gate.conditions).flatMap((use) => {
    const asked = use.code === 'time.passed-since' ? use.tiers[tier] : undefined;
    return asked?.fact === 'notice-given' ? [asked.months] : [];
  }));

/** The day from which a notice counts: that it was given before it was put on record nobody here saw, but where the agreement was taken over since. */
export function noticeCountsFrom({ facts, takenOver, openedAt }: Agreement): CivilDate | undefined {
  const given = facts['notice-given'];
  if (given === undefined) return undefined;
  const recordedOn = dayInUtc(given.amendedAt);
  const isSeen = given.value >= recordedOn || (takenOver !== null && given.value < dayInUtc(openedAt));
  return isSeen ? given.value : recordedOn;
}

/** Is this a process in which the end of a service is decided on, and everybody who uses it has an arrangement before it is over? */
export const endsServices = ({ raises }: Pathway): boolean => raises?.includes('ends-a-service') === true;

/** What an agreement was asked at a gate of its own before it ended anything. */
const askedOfAnEnd = ['decision.in-force', 'transition.every-group'] as const satisfies readonly ConditionCode[];

/** What it was asked at gates which it passed here, and when it left each (ISO 8601). */
const askedAtGates = ({ pathway, stages }: Agreement, published: Context['published']): readonly { readonly code: ConditionCode; readonly leftAt: string | null }[] =>
  (published(pathway.id, pathway.version)?.stages ?? []).flatMap(({ id, gate }) => {
    const passage = stages[id];
    if (passage?.tier === undefined || (passage.gate !== 'opened' && passage.gate !== 'opened-with-conditions')) return [];
    const { tier, leftAt } = passage;
    return gate.conditions.flatMap(({ code, tiers }) => (tiers[tier] === undefined ? [] : [{ code, leftAt }]));
  });

/** Are the services that this agreement ends at their end: is it closed, and was all of that asked at gates which it passed here? */
export function hasEnded(agreement: Agreement, published: Context['published']): boolean {
  const asked = askedAtGates(agreement, published).map(({ code }) => code);
  return agreement.lifecycle === 'closed' && askedOfAnEnd.every((code) => asked.includes(code));
}

/** Days that cannot be: ahead of today, notice before there was a decision to give it on, an end before the service began or its notice has run. */
export function refuseImpossibleDays(agreement: Agreement, amended: FactValues, { today, pathway }: Pick<Context, 'today' | 'pathway'>): readonly (Refusal | false)[] {
  const { 'notice-given': notice, 'service-ended': ended, 'contract-period': period } = amended;
  const ahead = happenings.filter((name) => (amended[name] ?? '') > today);
  const from = inForceFrom(agreement);
  const given = notice ?? agreement.facts['notice-given']?.value;
  const last = ended ?? agreement.facts['service-ended']?.value;
  const began = (period ?? agreement.facts['contract-period']?.value)?.startsOn ?? beganOn(agreement);
  const months = noticeMonths(pathway, agreement.tier);
  const earliest = given && monthsAfter(given, months);
  return [
    ahead.length > 0 && refusal('facts.not-happened-yet', 'What happened is put on record once it happened.', ...ahead.map((name) => dated(`${name}: ${today} or earlier`))),
    // What was decided before Concordat is not on record here.
    notice !== undefined &&
      from === undefined &&
      agreement.takenOver === null &&
      refusal('facts.notice-without-decision', 'Notice is given of an end that was decided.', { what: 'the decision', suppliedBy: 'decision-maker', by: 'record-decision' }),
    notice !== undefined &&
      from !== undefined &&
      notice < from &&
      refusal('facts.notice-before-decision', 'Notice is given once the decision to end is in force.', dated(`notice-given: ${from} or later`)),
    ended !== undefined &&
      given === undefined &&
      months > 0 &&
      agreement.takenOver === null &&
      refusal('facts.ended-without-notice', `A service ends after its ${months}-month notice.`, dated('notice-given')),
    (notice !== undefined || ended !== undefined) &&
      earliest !== undefined &&
      last !== undefined &&
      last < earliest &&
      refusal('facts.ended-before-notice', months > 0 ? `A service ends once its ${months}-month notice has run.` : 'A service ends after notice of it was given.', dated(`service-ended: ${earliest} or later`)),
    (ended !== undefined || period !== undefined) &&
      began !== undefined &&
      last !== undefined &&
      last < began &&
      refusal('facts.ended-before-start', 'A service ends after it began.', dated(`service-ended: ${began} or later`)),
  ];
}

/** How long before a service ends people know of it, however it ends: as the process that ends one asks. */
const leastNotice = 3;

/** The day on which notice was given by an agreement that ends another, on a decision in force. */
function noticeOf(by: Agreement): CivilDate | undefined {
  const from = inForceFrom(by);
  const given = by.facts['notice-given']?.value;
  return by.lifecycle === 'cancelled' || from === undefined || given === undefined || given < from ? undefined : (noticeCountsFrom(by) ?? given);
}

const linked = ({ tree: { links } }: Agreement, others: States['others'], ...kinds: readonly string[]) =>
  links.flatMap(({ agreement, as, at }) => {
    const by = others[agreement];
    return kinds.includes(as) && by !== undefined ? [{ by, at }] : [];
  });

/** Was notice of its end given, by an agreement that ends it? */
export const isNoticeGiven = (agreement: Agreement, others: States['others']): boolean => linked(agreement, others, 'ended-by').some(({ by }) => noticeOf(by) !== undefined);

/** Does it go on from that one without a gap: awarded or, by the organisation itself, decided on, after it was said `at` which time that it does? What was awarded before is of something else. */
function goesOnFrom(by: Agreement, at: string, { endsOn }: Period, published: Context['published']): boolean {
  const { award: { original }, facts, lifecycle, stages } = by;
  const isSince = (left: string | null | undefined): boolean => (left ?? '') >= at;
  const isSettled = (original !== null && isSince(stages[original.stage]?.leftAt)) || askedAtGates(by, published).some(({ code, leftAt }) => code === 'decision.in-force' && isSince(leftAt));
  const begins = facts['contract-period']?.value.startsOn;
  return lifecycle !== 'cancelled' && isSettled && begins !== undefined && begins <= addDays(endsOn, 1);
}

/** Was it decided elsewhere, where people are asked, that this ends: by an agreement that gave notice of it, or by one that goes on from it? */
function isEndDecided(agreement: Agreement, others: States['others'], period: Period, published: Context['published']): boolean {
  return (
    linked(agreement, others, 'ended-by').some(({ by }) => noticeOf(by) !== undefined && askedAtGates(by, published).some(({ code }) => code === 'decision.in-force')) ||
    linked(agreement, others, 'renewed-by', 'replaced-by').some(({ by, at }) => goesOnFrom(by, at, period, published))
  );
}

/** Does it take back, no further than to what was awarded, a longer term that was refused once it had been carried out, and is on record still? */
function takesBack({ variations, award: { original }, facts }: Agreement, { endsOn }: Period): boolean {
  const awarded = original?.period ?? null;
  const held = facts['contract-period']?.value.endsOn;
  return awarded !== null && endsOn >= awarded.endsOn && variations.some(({ carriedOut, decided, to }) => carriedOut && decided?.outcome === 'refused' && 'endsOn' in to && to.endsOn === held);
}

/**
 * A service that has started goes on from the day on which it did, and ends sooner than it was to only after notice: from the day it was `decided`,
 * or from the one on which an agreement that ends it gave it. By a variation it does so where another agreement decided on its end; also by one that was
 * agreed to before that was asked, since nobody who uses it was. `period`: the one it is to have.
 */
export function refuseSuddenEnd({ agreement, others }: States, period: Period | undefined, decided: CivilDate, context: Context, by: 'propose-variation' | 'amend-facts'): readonly (Refusal | false)[] {
  const held = agreement.facts['contract-period']?.value;
  if (period === undefined || held === undefined || !isRunning(agreement, context)) return [];
  const isVaried = by === 'propose-variation';
  const needs = (what: string) => (isVaried ? { what: `to.${what}`, suppliedBy: 'contract-manager', by } : dated(`contract-period: ${what}`));
  const endsSooner = period.endsOn < held.endsOn;
  const from = linked(agreement, others, 'ended-by').map(({ by: ender }) => noticeOf(ender)).reduce<CivilDate>((one, other) => (other !== undefined && other < one ? other : one), decided);
  const earliest = monthsAfter(from, leastNotice);
  // A slip is mended; what was awarded is as long as it was, and is not begun anew.
  const isMoved = held.startsOn <= context.today && (isVaried ? period.startsOn !== held.startsOn : period.startsOn > context.today);
  return [
    isMoved &&
      refusal(
        isVaried ? 'variation.moves-start' : 'facts.moves-start',
        'A service that has started goes on from the day on which it did.',
        needs(`startsOn: ${isVaried ? held.startsOn : `${context.today} or earlier`}`),
      ),
    endsSooner &&
      period.endsOn < earliest &&
      refusal(
        isVaried ? 'variation.ends-service' : 'facts.ends-service',
        `Those who use a service that has started have ${leastNotice} months of notice before it ends.`,
        needs(`endsOn: ${earliest} or later`),
        { what: 'an agreement that ends it, by which notice was given', suppliedBy: 'commissioner', by: 'link-agreement' },
      ),
    // Where one person is placed ends with an arrangement for them, which its own gates ask.
    endsSooner &&
      isVaried &&
      agreement.kind !== 'placement' &&
      !takesBack(agreement, period) &&
      !isEndDecided(agreement, others, period, context.published) &&
      refusal('variation.end-undecided', 'A service that has started ends sooner once that was decided where those who use it are asked, and by no variation alone.', {
        what: `an agreement that ends it, on whose decision notice was given; or one that renews or replaces it, named so before its award, which begins on ${addDays(period.endsOn, 1)} or sooner`,
        suppliedBy: 'commissioner',
        by: 'link-agreement',
      }),
  ];
}
