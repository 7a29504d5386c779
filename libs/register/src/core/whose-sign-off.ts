import { acceptingProvider, type Agreement, type SignOff } from '@concordat/agreement/core';

/** An approval waits for its discipline, an acceptance for the very party. */
export function whoseSignOff(agreement: Agreement, { discipline, of }: SignOff): string {
  if (of === null) return `sign-off.give:${discipline}`;
  const named = of === 'provider' ? acceptingProvider(agreement) : agreement.facts[of === 'owner' ? 'sponsor' : 'controller']?.value;
  if (named === undefined) return 'agreement.move';
  return of === 'provider' ? `award.accept:${named}` : `person:${named}`;
}
