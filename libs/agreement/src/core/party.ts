import type { AwardState } from './award.js';

/** Is this provider invited, or was it awarded to? Whoever merely provides it so far is neither. */
export const isBidding = ({ parties }: Pick<AwardState, 'parties'>, provider: string): boolean => parties[provider] === 'invited' || parties[provider] === 'provider';

/** Those an agreement was awarded to. */
export const providersOfAward = ({ parties }: Pick<AwardState, 'parties'>): readonly string[] => Object.keys(parties).filter((party) => parties[party] === 'provider');
