import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';

/* How people confirmed what was entered for them, and what follows from it for whose word it is. */

/** How somebody confirmed what another entered for them; a facilitator who could not ask says so. */
export const proxyConfirmations = ['read-back', 'signed', 'witnessed', 'not-confirmed'] as const;
export type ProxyConfirmation = (typeof proxyConfirmations)[number];

/** By `proxyOf` an entry: for whom it was made, by whom (a person id), and how they confirmed it. */
export type ProxyState = Readonly<Record<string, { readonly onBehalfOf: string; readonly by: string; readonly confirmed: ProxyConfirmation; readonly on: CivilDate }>>;
export const initialProxies: ProxyState = {};

/** Under which name a proxy entry is kept: one evening has answers of many. */
export const proxyOf = (entry: string, onBehalfOf: string): string => `${entry}/${onBehalfOf}`;

export const isConfirmation = (how: ProxyConfirmation): boolean => how !== 'not-confirmed';

/** Did whoever it was entered for confirm that it is what they meant? */
export function isConfirmed({ proxies }: Agreement, entry: string, onBehalfOf: string): boolean {
  const confirmed = proxies[proxyOf(entry, onBehalfOf)]?.confirmed;
  return confirmed !== undefined && isConfirmation(confirmed);
}

/** The agreement where nothing is said of an entry for somebody: it is another now, or gone. */
export function withoutProxy(agreement: Agreement, entry: string, onBehalfOf: string): Agreement {
  const { [proxyOf(entry, onBehalfOf)]: _, ...proxies } = agreement.proxies;
  return agreementWith(agreement, { proxies });
}

/** The agreement where nothing is said of an entry for anybody. */
export function withoutProxies(agreement: Agreement, entry: string): Agreement {
  return agreementWith(agreement, { proxies: Object.fromEntries(Object.entries(agreement.proxies).filter(([key, { onBehalfOf }]) => key !== proxyOf(entry, onBehalfOf))) });
}
