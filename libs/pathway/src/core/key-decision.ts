import type { CivilDate } from '@concordat/platform/core';
import { addDays } from '@concordat/platform/core';
import type { Source } from './source.js';

/**
 * How long before it is taken a key decision is announced, in clear days (neither the day of the announcement nor that of
 * the decision counts). England, executive arrangements; committee systems and health boards have rules of their own.
 */
export const keyDecisionNotice = {
  full: { clearDays: 28, says: 'announced 28 clear days before', source: { cites: 'SI 2012/2089 reg 9', mark: 'practice' } },
  'general-exception': { clearDays: 5, says: 'general exception, 5 clear days', source: { cites: 'SI 2012/2089 reg 10', mark: 'practice' } },
  'special-urgency': { clearDays: 0, says: 'special urgency, agreed by the chair of the scrutiny committee', source: { cites: 'SI 2012/2089 reg 11', mark: 'practice' } },
} as const satisfies Record<string, { readonly clearDays: number; readonly says: string; readonly source: Source }>;
/** Which of the three ways a key decision was announced. */
export type KeyDecisionNotice = keyof typeof keyDecisionNotice;

/** The first day on which a decision announced on a day, in this way, may be taken. */
export function mayBeTakenFrom(announcedOn: CivilDate, notice: KeyDecisionNotice): CivilDate {
  return addDays(announcedOn, keyDecisionNotice[notice].clearDays + 1);
}
