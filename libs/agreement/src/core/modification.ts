import type { ModificationGround, ModificationLimit } from '@concordat/pathway/core';
import { daysBetween } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import type { Period } from './facts.js';
import { factsAfter, type VariationTo } from './variation-to.js';

/* The regime's test of a modification: what a change does to value and length, held against the limits of a ground that the route's document names. */

/** Something that changes, at three times: as it was awarded, as it stands, and as it would be. Days, or an amount. */
interface Change {
  readonly awarded: number | null;
  readonly now: number | null;
  readonly then: number;
}
const daysIn = ({ startsOn, endsOn }: Period): number => daysBetween(startsOn, endsOn) + 1;

const awardedPeriod = ({ award: { original } }: Agreement): Period | null => original?.period ?? null;
const awardedWorth = ({ award: { original } }: Agreement): number | null => (original?.value ? Number(original.value.amount) : null);

/** What it is worth, and the period that this is for: as it was awarded, and as the last variation of its value that was carried out left it. */
function worthFor(agreement: Agreement): { readonly worth: number | null; readonly over: Period | null } {
  const awarded = { worth: awardedWorth(agreement), over: awardedPeriod(agreement), period: awardedPeriod(agreement) };
  return agreement.variations.filter(({ carriedOut }) => carriedOut).reduce((before, { to }) => {
    if (to.is === 'value') return { ...before, worth: Number(to.value.amount), over: before.period };
    if (to.is === 'period') return { ...before, period: to };
    return to.is === 'longer' && before.period !== null ? { ...before, period: { ...before.period, endsOn: to.endsOn } } : before;
  }, awarded);
}

/**
 * What a variation does to value and term. What was awarded may have been thought to cost something else before, so that the facts do not tell.
 * A longer term costs a day what it cost so far: nobody gets more years past a limit of money by leaving the value as it is.
 */
function changesOf(agreement: Agreement, to: VariationTo): Readonly<Record<ModificationLimit['of'], Change | null>> {
  const { worth, over } = worthFor(agreement);
  const [stands, { 'contract-period': after }] = [agreement.facts['contract-period']?.value, factsAfter(agreement, to)];
  const [period, now] = [awardedPeriod(agreement), stands === undefined ? null : daysIn(stands)];
  const term = after === undefined ? null : { awarded: period === null ? null : daysIn(period), now, then: daysIn(after) };
  if (to.is === 'value') return { value: { awarded: awardedWorth(agreement), now: worth, then: Number(to.value.amount) }, term };
  if (term === null || term.then <= (now ?? 0)) return { value: null, term };
  if (worth === null || over === null || now === null) return { value: { awarded: null, now: null, then: 0 }, term };
  return { value: { awarded: awardedWorth(agreement), now: (worth * now) / daysIn(over), then: (worth * term.then) / daysIn(over) }, term };
}

function keeps({ counts, change, bound, percent, pounds }: ModificationLimit, { awarded, now, then }: Change, inPounds: boolean): boolean {
  const from = counts === 'together' ? awarded : now;
  if (awarded === null || from === null || (pounds !== undefined && !inPounds)) return false;
  const by = change === 'either' ? Math.abs(then - from) : then - from;
  const most = pounds ?? ((percent ?? 0) / 100) * awarded;
  return bound === 'under' ? by < most : by <= most;
}

/** What changes, in words, and what of it is to be known. */
function changing(of: ModificationLimit['of'], to: VariationTo): { readonly what: string; readonly known: string } {
  if (of === 'term') return { what: 'length', known: 'length' };
  return to.is === 'value' ? { what: 'value', known: 'value' } : { what: 'value, at what a day cost so far,', known: 'value and length' };
}

/** Why this variation is not permitted on this ground, in sentences; empty where it is. */
export function lacksOn(ground: ModificationGround, agreement: Agreement, to: VariationTo, confirmed: boolean): readonly string[] {
  const changes = changesOf(agreement, to);
  const inPounds = agreement.award.original?.value?.currency === 'GBP';
  const beyond = (['value', 'term'] as const).flatMap((of): readonly string[] => {
    const [change, limits] = [changes[of], ground.limits.filter((limit) => limit.of === of)];
    if (change === null || limits.length === 0) return [];
    if (change.awarded === null) return [`The ${changing(of, to).known} it was awarded at is on record: a limit is held against it.`];
    return limits.some((limit) => keeps(limit, change, inPounds)) ? [] : [`The ${changing(of, to).what} changes by no more than one of these allows: ${limits.map(({ says }) => says).join('; ')}.`];
  });
  return [...(confirmed ? [] : ground.confirms), ...beyond];
}
