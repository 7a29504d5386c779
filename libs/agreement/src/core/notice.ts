import { isEarlier, stageOf } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

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
  /** SHA-256 of the notice as it was published, so that the same one is recorded once. */
  readonly version: string;
  /** The furthest stage that what was published so far proves. */
  readonly proves: string;
};

export interface NoticeCommands {
  /** What the public record says later. It never moves a stage: that is what gates are for. */
  'record-notice': { readonly notice: Notice };
}

export interface NoticeEvents {
  /** `stage`: where the agreement stood; `ahead`: the public record is further than its gates were opened. */
  'concordat.agreement.notice-recorded.v1': { readonly notice: Notice; readonly stage: string; readonly ahead: boolean };
}

/** Notices in the order they were recorded. */
export type NoticeState = readonly (Notice & { readonly ahead: boolean; readonly recordedAt: string })[];
export const initialNotices: NoticeState = [];

export const decide = {
  'record-notice': ({ agreement }, { notice }, { pathway }) =>
    unless(
      [
        stageOf(pathway, notice.proves) === undefined &&
          refusal('stage.unknown', 'The stage is one of the pathway.', { what: 'notice', suppliedBy: 'commissioner', by: 'record-notice' }),
        agreement.notices.some(({ version }) => version === notice.version) && alreadySo('this notice is on record'),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.notice-recorded.v1', {
          notice,
          stage: agreement.stage,
          ahead: isEarlier(pathway, agreement.stage, notice.proves),
        }),
      ],
    ),
} satisfies { [C in keyof NoticeCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.notice-recorded.v1': (agreement, { data: { notice, ahead }, recordedAt }) => ({
    ...agreement,
    notices: [...agreement.notices, { ...notice, ahead, recordedAt }],
  }),
} satisfies { [T in keyof NoticeEvents]: Evolve<T> };
