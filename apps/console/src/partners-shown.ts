import { type Agreement, partnersInForce } from '@concordat/agreement/core';
import { codeOf, dayOf, moneyOf } from './words/say.js';

/** Every body that is or was a partner: what it may, between which days, on which basis, and what it pays in which year. */
export function partnersShown(agreement: Agreement, day: string) {
  const inForce = partnersInForce(agreement, day);
  return agreement.partners.map((partner) => {
    const { title, identifier, may, basis, from, until, shares, ended } = partner;
    const current = inForce.includes(partner);
    return {
      title,
      identifier: identifier && `${identifier.scheme} ${identifier.id}`,
      may: codeOf(may, 'partner.may'),
      basis,
      from: dayOf(from),
      until: dayOf(until),
      current,
      state: ended !== null ? `Ended on ${dayOf(ended.on)}: ${ended.reason}` : current ? 'In force' : day < from ? 'To come' : 'Over',
      shares: shares.map(({ year, amount }) => ({ year, amount: moneyOf(amount) })),
    };
  });
}
