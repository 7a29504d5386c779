import type { Agreement } from './agreement.js';

/**
 * The published notice of the award as it stands; null where none tells of it. One that told of other terms tells of it no longer; what was awarded
 * changes by variations, and keeps the notice of its award.
 */
export function noticeOfAward({ award: { notice, original }, content }: Pick<Agreement, 'award' | 'content'>): Agreement['award']['notice'] {
  return notice !== null && (original !== null || notice.version === content.award) ? notice : null;
}

/** What is missing where none tells of it. */
export const noticeMissing = ({ award: { notice } }: Agreement): string => (notice === null ? 'the published award notice' : 'the published award notice: of another award than stands now');
