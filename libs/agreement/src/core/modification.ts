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

/** What a variation does to value and term. What was awarded may have been thought to cost something else before, so that the facts do not tell. */
function changesOf(agreement: Agreement, to: VariationTo): Readonly<Record<ModificationLimit['of'], Change | null>> {
  const { original } = agreement.award;
  const varied = agreement.variations.flatMap(({ carriedOut, to: became }) => (carriedOut && became.is === 'value' ? [became.value] : [])).at(-1);
  const [worth, period] = [original?.value ?? null, original?.period ?? null];
  const [stands, { 'contract-period': after }] = [agreement.facts['contract-period']?.value, factsAfter(agreement, to)];
  return {
    value: to.is === 'value' ? { awarded: worth === null ? null : Number(worth.amount), now: worth === null ? null : Number((varied ?? worth).amount), then: Number(to.value.amount) } : null,
    term: after === undefined ? null : { awarded: period === null ? null : daysIn(period), now: stands === undefined ? null : daysIn(stands), then: daysIn(after) },
  };
}

function keeps({ counts, change, bound, percent, pounds }: ModificationLimit, { awarded, now, then }: Change, inPounds: boolean): boolean {
  const from = counts === 'together' ? awarded : now;
  if (awarded === null || from === null || (pounds !== undefined && !inPounds)) return false;
  const by = change === 'either' ? Math.abs(then - from) : then - from;
  const most = pounds ?? ((percent ?? 0) / 100) * awarded;
  return bound === 'under' ? by < most : by <= most;
}

const changing = { value: 'value', term: 'length' } as const;

/** Why this variation is not permitted on this ground, in sentences; empty where it is. */
export function lacksOn(ground: ModificationGround, agreement: Agreement, to: VariationTo, confirmed: boolean): readonly string[] {
  const changes = changesOf(agreement, to);
  const inPounds = agreement.award.original?.value?.currency === 'GBP';
  const beyond = (['value', 'term'] as const).flatMap((of): readonly string[] => {
    const [change, limits] = [changes[of], ground.limits.filter((limit) => limit.of === of)];
    if (change === null || limits.length === 0) return [];
    if (change.awarded === null) return [`The ${changing[of]} it was awarded at is on record: a limit is held against it.`];
    return limits.some((limit) => keeps(limit, change, inPounds)) ? [] : [`The ${changing[of]} changes by no more than one of these allows: ${limits.map(({ says }) => says).join('; ')}.`];
  });
  return [...(confirmed ? [] : ground.confirms), ...beyond];
}
