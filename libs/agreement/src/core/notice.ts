import type { Refusal } from '@concordat/journal/core';
import { isEarlier, type Route, type RouteClock, stageOf } from '@concordat/pathway/core';
import { addDays, canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { beganOn, dayInUtc } from './began.js';
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

/** What we published ourselves, in the order of recording; of one code the latest counts. `recordedOn`: the civil day (UTC) on which it was put on record. */
export type PublishedNoticeState = readonly { readonly notice: string; readonly publishedOn: CivilDate; readonly recordedOn: CivilDate; readonly reference: string; readonly stage: string }[];
export const initialPublishedNotices: PublishedNoticeState = [];

/** A notice whose clock runs, and the last day on which it is published in time. */
export interface NoticeDue {
  readonly notice: string;
  readonly dueOn: CivilDate;
}

const commissioner = (what: string) => ({ what, suppliedBy: 'commissioner', by: 'record-published-notice' });

/** The last day on which a notice of this code was published, whenever it was put on record: an older one takes no clock back. */
const publishedLast = (notices: PublishedNoticeState, code: string): CivilDate | undefined =>
  notices.flatMap(({ notice, publishedOn }) => (notice === code ? [publishedOn] : [])).sort().at(-1);

/** The first day that is on record as the contract's or its award's; undefined where neither is. */
const enteredIntoFrom = ({ award: { original }, facts }: Agreement): CivilDate | undefined =>
  [facts['contract-signed']?.value, original?.on].flatMap((day) => day ?? []).sort()[0];

/** What is published because a contract was entered into comes after it; any other notice comes while the agreement is there. */
function refuseTooEarly(agreement: Agreement, notice: string, publishedOn: CivilDate, route: Route): Refusal | false {
  const laterThan = (day: CivilDate) => commissioner(`publishedOn: ${day} or later`);
  if (!route.clocks.some((clock) => clock.notice === notice)) {
    const began = beganOn(agreement);
    return began !== undefined && publishedOn < began &&
      refusal('notice.before-agreement', 'A notice of an agreement is published once it is opened; one whose notices were out before is taken over at its stage.', laterThan(began));
  }
  const from = enteredIntoFrom(agreement);
  if (from === undefined) return agreement.award.original === null && refusal('notice.before-award', 'It tells of a contract that was entered into.', { what: 'the award', suppliedBy: 'commissioner', by: 'request-gate' });
  return publishedOn < from && refusal('notice.before-award', 'It tells of a contract that was entered into.', laterThan(from));
}

/**
 * The notices that are owed because the contract was entered into: on the day that is on record, else on that of its award. Of
 * a contract that was taken over nobody knows the day until it is recorded.
 */
export function noticesDue(agreement: Agreement, route: Route): readonly NoticeDue[] {
  const { lifecycle, award: { original }, facts } = agreement;
  const from = enteredIntoFrom(agreement);
  if (from === undefined) return [];
  const since = facts['contract-signed']?.value ?? from;
  // What was published of an award that was taken back is none of this one.
  const sinceThen = agreement.publishedNotices.filter(({ publishedOn }) => publishedOn >= from);
  const value = facts.value?.value ?? original?.value ?? null;
  // A figure in pounds says nothing of another currency, and then it is better to be told once too often.
  const runsFor = ({ above }: RouteClock): boolean => above === undefined || (value !== null && (value.currency !== 'GBP' || isAbove(value.amount, `${above}.00`)));
  return route.clocks.flatMap((clock) => {
    const { notice, days } = clock;
    if (notice === undefined || !runsFor(clock)) return [];
    const published = publishedLast(sinceThen, notice);
    if (clock.again === true) return lifecycle === 'open' || lifecycle === 'held' ? [{ notice, dueOn: addDays(published ?? since, days) }] : [];
    return published === undefined ? [{ notice, dueOn: addDays(since, days) }] : [];
  });
}

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
        refuseTooEarly(agreement, notice, publishedOn, route),
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
  'notices.published': ({ facts, publishedNotices }, { notice, clock }, { route, today }) => {
    const published = publishedLast(publishedNotices, notice);
    const title = route.notices.find(({ code }) => code === notice)?.title ?? notice;
    if (published === undefined) return [commissioner(`${title} (${notice})`)];
    const rule = clock === undefined ? undefined : route.clocks.find(({ id }) => id === clock);
    // Clear of the day of publication: "at least 14 days between" leaves both ends out.
    const from = rule === undefined ? published : addDays(published, rule.days + 1);
    // Nobody assesses while the clock still runs.
    const assessedOn = rule === undefined || facts.evaluation === undefined ? undefined : dayInUtc(facts.evaluation.amendedAt);
    return [
      ...(today < from ? [{ what: `${rule?.days ?? 0} days after ${published}: from ${from}`, suppliedBy: 'time' }] : []),
      ...(assessedOn !== undefined && assessedOn < from ? [{ ...commissioner(`evaluation: made anew on ${from} or later, because providers were assessed by ${assessedOn}`), by: 'amend-facts' }] : []),
    ];
  },
} satisfies Partial<Conditions>;
