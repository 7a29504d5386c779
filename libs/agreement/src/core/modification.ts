import type { Missing, Refusal } from '@concordat/journal/core';
import type { ModificationGround, ModificationLimit, Route } from '@concordat/pathway/core';
import { type CivilDate, daysBetween } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import type { FactState, Money, Period } from './facts.js';
import { providersOfAward } from './party.js';
import { refusal } from './refusal.js';
import { factsAfter, type VariationTo } from './variation-to.js';

/*
 * The regime's test of a modification: what a change does to value and length, held against the limits of a ground that the route's document names.
 * What changes is an agreement itself, by a variation, or one that another goes on from and extends.
 */

/** Something that changes, at three times: as it was awarded, as it stands, and as it would be. Days, or an amount. */
interface Change {
  readonly awarded: number | null;
  readonly now: number | null;
  readonly then: number;
}
/** What changes of value and term, in which currency, and in words: what it is, and what of it is to be known. */
export interface Changes {
  readonly of: Readonly<Record<ModificationLimit['of'], Change | null>>;
  readonly inPounds: boolean;
  readonly value: { readonly what: string; readonly known: string };
}

/**
 * What an agreement goes on from that extends or varies another, as it stood when the test was answered: what was awarded first, what that comes to
 * as it stands, and who provides it. `null`: nobody knows.
 */
export type GoesOnFrom = {
  readonly agreement: string;
  readonly providers: readonly string[];
  readonly awarded: { readonly value: Money | null; readonly days: number | null };
  readonly stands: { readonly value: Money | null; readonly period: Period | null };
};

/** What is answered of the test. `ground`: one that the route's document names; `confirmed`: what it asks beside its figures. */
export type Answered = { readonly ground: string; readonly confirmed: boolean; readonly why: string };

/** The regime's test of an agreement that extends or varies another, as it was answered last; null where it is not. */
export type ModificationState = (Answered & { readonly from: GoesOnFrom }) | null;
export const initialModification: ModificationState = null;

const daysIn = ({ startsOn, endsOn }: Period): number => daysBetween(startsOn, endsOn) + 1;
const pounds = (value: Money | null): number | null => value && Number(value.amount);

const awardedPeriod = ({ award: { original } }: Agreement): Period | null => original?.period ?? null;
const awardedWorth = ({ award: { original } }: Agreement): number | null => pounds(original?.value ?? null);
const currencyOf = ({ award: { original } }: Agreement): string | undefined => original?.value?.currency;

/** What it is worth, and the period that this is for: as it was awarded, and as the last variation of its value that was carried out left it. */
function worthFor(agreement: Agreement): { readonly worth: number | null; readonly over: Period | null } {
  const awarded = { worth: awardedWorth(agreement), over: awardedPeriod(agreement), period: awardedPeriod(agreement) };
  return agreement.variations.filter(({ carriedOut }) => carriedOut).reduce((before, { to }) => {
    if (to.is === 'value') return { ...before, worth: Number(to.value.amount), over: before.period };
    if (to.is === 'period') return { ...before, period: to };
    return to.is === 'longer' && before.period !== null ? { ...before, period: { ...before.period, endsOn: to.endsOn } } : before;
  }, awarded);
}

/** What comes of an agreement until the one begins that goes on from it, at what a day costs there. */
function before({ stands: { value, period } }: GoesOnFrom, startsOn: CivilDate): { readonly worth: number | null; readonly days: number | null } {
  const worth = pounds(value);
  if (period === null) return { worth: null, days: null };
  const days = Math.max(0, daysBetween(period.startsOn, startsOn));
  return { worth: worth === null ? null : (worth * Math.min(days, daysIn(period))) / daysIn(period), days };
}

const plus = (one: number | null, other: number | null): number | null => (one === null || other === null ? null : one + other);

/** Where the limits begin: at its own award, or where it extends another at the award of that one, with what comes of that before it begins. */
function beginning(agreement: Agreement): { readonly awarded: { readonly worth: number | null; readonly days: number | null }; readonly before: { readonly worth: number | null; readonly days: number | null } } {
  const { modification } = agreement;
  const period = awardedPeriod(agreement);
  if (modification === null) return { awarded: { worth: awardedWorth(agreement), days: period && daysIn(period) }, before: { worth: 0, days: 0 } };
  const { awarded } = modification.from;
  return { awarded: { worth: pounds(awarded.value), days: awarded.days }, before: period === null ? { worth: null, days: null } : before(modification.from, period.startsOn) };
}

const change = (awarded: number | null, now: number | null, then: number | null): Change => (then === null ? { awarded: null, now: null, then: 0 } : { awarded, now, then });
const atADaysCost = { what: 'value, at what a day cost so far,', known: 'value and length' };

/**
 * What a variation does to value and term. What was awarded may have been thought to cost something else before, so that the facts do not tell.
 * A longer or shorter term costs a day what it cost so far: nobody gets or takes years past a limit of money by leaving the value as it is.
 */
export function changesBy(agreement: Agreement, to: VariationTo): Changes {
  const { worth, over } = worthFor(agreement);
  const { awarded, before: earlier } = beginning(agreement);
  const [stands, { 'contract-period': after }] = [agreement.facts['contract-period']?.value, factsAfter(agreement, to)];
  const now = stands === undefined ? null : daysIn(stands);
  const term = after === undefined ? null : change(awarded.days, plus(now, earlier.days), plus(daysIn(after), earlier.days));
  const inPounds = currencyOf(agreement) === 'GBP';
  if (to.is === 'value') return { of: { value: change(awarded.worth, plus(worth, earlier.worth), plus(Number(to.value.amount), earlier.worth)), term }, inPounds, value: { what: 'value', known: 'value' } };
  const value = { inPounds, value: atADaysCost };
  if (after === undefined || daysIn(after) === now) return { of: { value: null, term }, ...value };
  const perDay = worth === null || over === null || now === null ? null : worth / daysIn(over);
  return { of: { value: perDay === null ? change(null, null, null) : change(awarded.worth, plus(perDay * now!, earlier.worth), plus(perDay * daysIn(after), earlier.worth)), term }, ...value };
}

/** What another agreement goes on from that extends or varies this one. */
export function goesOnFrom(agreement: Agreement): GoesOnFrom {
  const { worth, over } = worthFor(agreement);
  const { awarded, before: earlier } = beginning(agreement);
  const period = agreement.facts['contract-period']?.value ?? null;
  const money = (amount: number | null): Money | null => (amount === null ? null : { amount: amount.toFixed(2), currency: currencyOf(agreement) ?? '' });
  const own = worth === null || over === null || period === null ? null : (worth * daysIn(period)) / daysIn(over);
  return {
    agreement: agreement.id,
    providers: providersOfAward(agreement.award),
    awarded: { value: money(awarded.worth), days: awarded.days },
    stands: { value: money(plus(own, earlier.worth)), period: period && { ...period, startsOn: agreement.modification?.from.stands.period?.startsOn ?? period.startsOn } },
  };
}

/** What an agreement makes of the one it goes on from: what comes of that one before it begins, and all of its own. */
export function changesByGoingOn(from: GoesOnFrom, { value, 'contract-period': period }: FactState): Changes {
  const { awarded, stands } = from;
  const earlier = period === undefined ? { worth: null, days: null } : before(from, period.value.startsOn);
  const own = value !== undefined && value.value.currency === awarded.value?.currency ? Number(value.value.amount) : null;
  return {
    of: {
      value: change(pounds(awarded.value), pounds(stands.value), plus(earlier.worth, own)),
      term: change(awarded.days, stands.period && daysIn(stands.period), period === undefined ? null : plus(earlier.days, daysIn(period.value))),
    },
    inPounds: awarded.value?.currency === 'GBP',
    value: { what: 'value, together with what comes before,', known: 'value and length' },
  };
}

function keeps({ counts, change: direction, bound, percent, pounds: amount }: ModificationLimit, { awarded, now, then }: Change, inPounds: boolean): boolean {
  const from = counts === 'together' ? awarded : now;
  if (awarded === null || from === null || (amount !== undefined && !inPounds)) return false;
  const by = direction === 'either' ? Math.abs(then - from) : then - from;
  const most = amount ?? ((percent ?? 0) / 100) * awarded;
  return bound === 'under' ? by < most : by <= most;
}

/** Why these changes are not permitted on this ground, in sentences; empty where they are. */
export function lacksOn(ground: ModificationGround, { of: changes, inPounds, value }: Changes, confirmed: boolean): readonly string[] {
  const words = { value, term: { what: 'length', known: 'length' } };
  const beyond = (['value', 'term'] as const).flatMap((of): readonly string[] => {
    const [changed, limits] = [changes[of], ground.limits.filter((limit) => limit.of === of)];
    if (changed === null || limits.length === 0) return [];
    if (changed.awarded === null) return [`The ${words[of].known} it was awarded at is on record: a limit is held against it.`];
    return limits.some((limit) => keeps(limit, changed, inPounds)) ? [] : [`The ${words[of].what} changes by no more than one of these allows: ${limits.map(({ says }) => says).join('; ')}.`];
  });
  return [...(confirmed ? [] : ground.confirms), ...beyond];
}

export const testMissing = (what: string): Missing => ({ what, suppliedBy: 'contract-manager', by: 'test-modification' });

export const noSuchGround = ({ says, grounds }: Route['modification']): Refusal =>
  refusal('variation.no-such-ground', `${says} It rests on one of: ${grounds.map(({ id }) => id).join(', ')}.`, testMissing('ground'));
