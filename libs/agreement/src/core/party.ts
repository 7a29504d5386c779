import type { AwardState } from './award.js';

/** Is this provider invited, or was it awarded to? Whoever merely provides it so far is neither. */
export const isBidding = ({ parties }: Pick<AwardState, 'parties'>, provider: string): boolean => parties[provider] === 'invited' || parties[provider] === 'provider';

/** Those an agreement was awarded to. */
export const providersOfAward = ({ parties }: Pick<AwardState, 'parties'>): readonly string[] => Object.keys(parties).filter((party) => parties[party] === 'provider');

/** The sourcing is over with the event of this version for everybody whom it was not awarded to. */
export function leftAt(version: number, { parties, left }: Pick<AwardState, 'parties' | 'left'>): AwardState['left'] {
  return { ...Object.fromEntries(Object.keys(parties).filter((party) => parties[party] !== 'provider').map((party) => [party, version])), ...left };
}

/** The parties for whom it is not over: those who were not awarded it act and read no further. */
export const partiesStill = ({ parties, left }: Pick<AwardState, 'parties' | 'left'>): readonly string[] => Object.keys(parties).filter((party) => left[party] === undefined);

/** Everybody who proposed what is decided on next, with this person. */
export const proposersWith = ({ proposed }: Pick<AwardState, 'proposed'>, person: string): readonly string[] => [...new Set([...(proposed?.proposers ?? []), person])];

/** Does this provider carry a risk of this agreement: is it a party of it still? Where none is, every provider may come to be. */
export const isConcerned = (award: Pick<AwardState, 'parties' | 'left'>, provider: string): boolean => partiesStill(award).length === 0 || partiesStill(award).includes(provider);
