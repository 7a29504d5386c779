import { asItHappened, type Events } from '@concordat/agreement/core';
import type { Consumer } from '@concordat/journal';
import type { RecordedEvent } from '@concordat/journal/core';
import { clearWaivers, type WaiverGiven, writeReviews, writeWaivers } from './waiver-count.store.js';

const given = 'concordat.agreement.condition-waived.v1';
const reviewed = 'concordat.agreement.waiver-reviewed.v1';

/** The waivers these events gave. */
export function waiversGiven(events: readonly RecordedEvent[]): readonly WaiverGiven[] {
  return events.map(asItHappened).flatMap(({ stream, type, data, position, recordedAt }) => {
    if (type !== given) return [];
    const { waiver, condition, team, stage, countsWith } = data as unknown as Events[typeof given];
    return [{ waiver, condition, team, stage, countsWith, agreement: stream.slice('agreement-'.length), position, givenAt: recordedAt }];
  });
}

/** Counts waivers by condition and team, and knows which were reviewed. */
export function waiversConsumer(): Consumer {
  return {
    name: 'register.waivers',
    types: [given, reviewed, 'concordat.agreement.brought-over.v1'],
    async handle(tx, tenant, events) {
      await writeWaivers(tx, tenant, waiversGiven(events));
      await writeReviews(tx, tenant, events.map(asItHappened).filter(({ type }) => type === reviewed).map(({ data, recordedAt }) => ({ waiver: (data as unknown as Events[typeof reviewed]).waiver, reviewedAt: recordedAt })));
    },
    clear: clearWaivers,
  };
}
