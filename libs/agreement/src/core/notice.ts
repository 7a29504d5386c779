import { isEarlier, type Route, type RouteClock, stageOf } from '@concordat/pathway/core';
import { addDays, canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { happened } from './event.js';
import { isAbove } from './money.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Conditions, Decide, Evolve } from './topic.js';

/** A published notice about an agreement, as far as the agreement needs to know it. */
export type Notice = {
  /** Who published it, such as `Contracts Finder`. */
  readonly source: string;
  /** Its own number, or that of the process where it has none. */
  readonly reference: string;
  /** What it says it is, such as `award` or `contractUpdate` (OCDS release tags). */
  readonly tags: readonly string[];
  /** `null` where it does not say. */
  readonly publishedOn: CivilDate | null;
  /** SHA-256 of the notice as it was published, or of what was typed of it, so that the same one is recorded once. */
  readonly version: string;
  /** The furthest stage that what was published so far proves. */
  readonly proves: string;
};

export interface NoticeCommands {
  /** What the public record says later. It never moves a stage: that is what gates are for. */
  'record-notice': { readonly notice: Omit<Notice, 'version'> & { readonly version: string | null } };
  /** One of the notices that the route knows, by its code, published by ourselves: a clock may run from it. */
  'record-published-notice': { readonly notice: string; readonly publishedOn: CivilDate; readonly reference: string };
}

export interface NoticeEvents {
  /** `stage`: where the agreement stood; `ahead`: the public record is further than its gates were opened. */
  'concordat.agreement.notice-recorded.v1': { readonly notice: Notice; readonly stage: string; readonly ahead: boolean };
  'concordat.agreement.notice-published.v1': { readonly notice: string; readonly publishedOn: CivilDate; readonly reference: string; readonly stage: string };
}

/** Notices in the order they were recorded. */
export type NoticeState = readonly (Notice & { readonly ahead: boolean; readonly recordedAt: string })[];
export const initialNotices: NoticeState = [];

/** What we published ourselves, in the order of recording; the last of one code counts. `recordedOn`: the civil day (UTC) on which it was put on record. */
export type PublishedNoticeState = readonly { readonly notice: string; readonly publishedOn: CivilDate; readonly recordedOn: CivilDate; readonly reference: string; readonly stage: string }[];
export const initialPublishedNotices: PublishedNoticeState = [];

/** A notice whose clock runs, and the last day on which it is published in time. */
export interface NoticeDue {
  readonly notice: string;
  readonly dueOn: CivilDate;
}

/**
 * The notices that are owed because the contract was entered into: on the day that is on record, else on that of its award. Of
 * a contract that was taken over nobody knows the day until it is recorded.
 */
export function noticesDue({ lifecycle, award: { original }, facts, publishedNotices }: Agreement, route: Route): readonly NoticeDue[] {
  const since = facts['contract-signed']?.value ?? original?.on ?? null;
  if (since === null) return [];
  const value = facts.value?.value ?? original?.value ?? null;
  // A figure in pounds says nothing of another currency, and then it is better to be told once too often.
  const runsFor = ({ above }: RouteClock): boolean => above === undefined || (value !== null && (value.currency !== 'GBP' || isAbove(value.amount, `${above}.00`)));
  return route.clocks.flatMap((clock) => {
    const { notice, days } = clock;
    if (notice === undefined || !runsFor(clock)) return [];
    const published = publishedNotices.flatMap((each) => (each.notice === notice ? [each.publishedOn] : [])).sort().at(-1);
    if (clock.again === true) return lifecycle === 'open' || lifecycle === 'held' ? [{ notice, dueOn: addDays(published ?? since, days) }] : [];
    return published === undefined ? [{ notice, dueOn: addDays(since, days) }] : [];
  });
}

const commissioner = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'record-published-notice' });

export const decide = {
  'record-notice': ({ agreement }, { notice: { version, proves, ...seen } }, { pathway, sha256 }) => {
    // Whoever types it has no file of it: it is the same one where it has the same place, number, kinds and day.
    const notice: Notice = { ...seen, proves, version: version ?? sha256(canonical(seen)) };
    return unless(
      [
        stageOf(pathway, proves) === undefined &&
          refusal('stage.unknown', 'The stage is one of the pathway.', { what: 'notice', suppliedBy: 'commissioner', by: 'record-notice' }),
        agreement.notices.some((known) => known.version === notice.version) && alreadySo('this notice is on record'),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.notice-recorded.v1', {
          notice,
          stage: agreement.stage,
          ahead: isEarlier(pathway, agreement.stage, proves),
        }),
      ],
    );
  },

  'record-published-notice': ({ agreement }, { notice, publishedOn, reference }, { route, today }) =>
    unless(
      [
        route.notices.every(({ code }) => code !== notice) &&
          refusal('notice.not-of-this-route', `The route ${route.id} knows these notices: ${route.notices.map(({ code }) => code).join(', ') || 'none'}.`, commissioner('notice')),
        publishedOn > today && refusal('notice.not-published-yet', 'A notice is recorded once it is published.', commissioner('publishedOn')),
        agreement.publishedNotices.some((each) => each.notice === notice && each.reference === reference && each.publishedOn === publishedOn) && alreadySo('this notice is on record'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.notice-published.v1', { notice, publishedOn, reference, stage: agreement.stage })],
    ),
} satisfies { [C in keyof NoticeCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.notice-recorded.v1': (agreement, { data: { notice, ahead }, recordedAt }) => agreementWith(agreement, {
    notices: [...agreement.notices, { ...notice, ahead, recordedAt }],
  }),
  'concordat.agreement.notice-published.v1': (agreement, { data, recordedAt }) => agreementWith(agreement, { publishedNotices: [...agreement.publishedNotices, { ...data, recordedOn: dayInUtc(recordedAt) }] }),
} satisfies { [T in keyof NoticeEvents]: Evolve<T> };

export const conditions = {
  'notices.published': ({ publishedNotices }, { notice, clock }, { route, today }) => {
    const published = publishedNotices.findLast((each) => each.notice === notice);
    const title = route.notices.find(({ code }) => code === notice)?.title ?? notice;
    if (published === undefined) return [commissioner(`${title} (${notice})`)];
    const rule = clock === undefined ? undefined : route.clocks.find(({ id }) => id === clock);
    // Clear of the day of publication: "at least 14 days between" leaves both ends out.
    const from = rule === undefined ? published.publishedOn : addDays(published.publishedOn, rule.days + 1);
    return today < from ? [{ what: `${rule?.days ?? 0} days after ${published.publishedOn}: from ${from}`, suppliedBy: 'time' }] : [];
  },
} satisfies Partial<Conditions>;
