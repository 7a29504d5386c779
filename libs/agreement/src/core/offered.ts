import { acceptingProvider } from './acceptance.js';
import type { Agreement } from './agreement.js';
import { isOffered } from './award.js';
import { mustAccept } from './lots.js';

/** The providers that the award is offered to; none of a proposal. */
export const offeredTo = (agreement: Agreement): readonly string[] => mustAccept(agreement.award).filter((provider) => isOffered(agreement, provider));

/** The provider whose signatories accept in a discipline: the one awarded, and one that is proposed only once the award is offered to it, so that nobody hears of a proposal by being asked. */
export function providerToSign(agreement: Agreement): string | undefined {
  const provider = acceptingProvider(agreement);
  return provider !== undefined && (agreement.award.parties[provider] === 'provider' || isOffered(agreement, provider)) ? provider : undefined;
}
