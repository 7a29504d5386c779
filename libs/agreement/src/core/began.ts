import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';

/** The civil day of an instant in UTC; in London it may be the next one already, so that nothing of that day is taken for earlier. */
export const dayInUtc = (instant: string): CivilDate => instant.slice(0, 10);

/** The first day of an agreement; undefined for one that was taken over, which is older than its record. */
export const beganOn = ({ openedAt, takenOver }: Pick<Agreement, 'openedAt' | 'takenOver'>): CivilDate | undefined => (takenOver === null ? dayInUtc(openedAt) : undefined);

/** Does it count as said in this agreement? What came late does not, nor what was said before it began: that is carried over to it. Both are answered all the same. */
export const isVoice = (agreement: Pick<Agreement, 'openedAt' | 'takenOver'>, { late, givenOn }: { readonly late: boolean; readonly givenOn: CivilDate }): boolean => !late && givenOn >= (beganOn(agreement) ?? givenOn);
