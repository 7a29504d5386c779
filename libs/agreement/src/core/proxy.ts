import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { oneById } from './by-id.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

/** How somebody confirmed what another entered for them; a facilitator who could not ask says so. */
export const proxyConfirmations = ['read-back', 'signed', 'witnessed', 'not-confirmed'] as const;
export type ProxyConfirmation = (typeof proxyConfirmations)[number];

/**
 * `entry`: what was said, an invitation, an offer of payment or a dissent, by its id; of an answer to “Could what you said change it?” or
 * “Were you heard?” its activity, of a rating the answer that was rated. `onBehalfOf`: a pseudonym.
 */
type ProxyEntry = { readonly entry: string; readonly onBehalfOf: string; readonly confirmed: ProxyConfirmation; readonly on: CivilDate };

export interface ProxyCommands {
  /** Somebody else typed it, or answered it, for them. The same entry again is confirmed anew. */
  'record-proxy-entry': ProxyEntry;
}

export interface ProxyEvents {
  'concordat.agreement.proxy-entry-recorded.v1': ProxyEntry;
}

/** By `proxyOf` an entry: for whom it was made, by whom (a person id), and how they confirmed it. */
export type ProxyState = Readonly<Record<string, { readonly onBehalfOf: string; readonly by: string; readonly confirmed: ProxyConfirmation; readonly on: CivilDate }>>;
export const initialProxies: ProxyState = {};

/** Under which name a proxy entry is kept: one evening has answers of many. */
export const proxyOf = (entry: string, onBehalfOf: string): string => `${entry}/${onBehalfOf}`;

/** Whose entries this is; empty for what is none. */
function whose({ contributions, involvement, payments, dissents }: Agreement, entry: string): readonly string[] {
  const said = oneById(contributions.contributions, entry);
  const activity = involvement.activities.find(({ id }) => id === entry);
  return [
    ...(said === undefined ? [] : [said.author]),
    ...involvement.invitations.filter(({ id }) => id === entry).map(({ participant }) => participant),
    ...payments.filter(({ id }) => id === entry).map(({ participant }) => participant),
    ...dissents.dissents.filter(({ id }) => id === entry).map(({ dissenter }) => dissenter),
    ...Object.keys(activity?.couldItChange ?? {}),
    ...contributions.heard.filter((heard) => heard.activity === entry).map(({ participant }) => participant),
    ...(contributions.themes.find(({ id }) => id === entry)?.ratings ?? []).map(({ participant }) => participant),
  ];
}

const isConfirmation = (how: ProxyConfirmation): boolean => how !== 'not-confirmed';

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

export const decide = {
  'record-proxy-entry': ({ agreement }, { entry, onBehalfOf, confirmed, on }, { today }) => {
    const of = whose(agreement, entry);
    const standing = agreement.proxies[proxyOf(entry, onBehalfOf)];
    const isHeardSince = agreement.contributions.heard.some((heard) => heard.activity === entry && heard.participant === onBehalfOf && heard.forThem && heard.confirmed !== isConfirmation(confirmed));
    const facilitator = (what: string, by: string) => ({ what, suppliedBy: 'facilitator', by });
    return unless(
      [
        of.length === 0 && refusal('proxy.unknown-entry', 'What was entered stands on this agreement.', facilitator('entry', 'record-contribution')),
        of.length > 0 && !of.includes(onBehalfOf) && refusal('proxy.of-someone-else', 'It was entered for the person whose it is.', facilitator('onBehalfOf', 'record-proxy-entry')),
        standing?.confirmed === confirmed && standing.on === on && !isHeardSince && alreadySo('this is how it was confirmed'),
        on > today && refusal('proxy.not-yet', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-proxy-entry' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.proxy-entry-recorded.v1', { entry, onBehalfOf, confirmed, on })],
    );
  },
} satisfies { [C in keyof ProxyCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.proxy-entry-recorded.v1': (agreement, { data: { entry, onBehalfOf, confirmed, on }, meta }) => agreementWith(agreement, {
    // What they are asked of an activity at different times is confirmed by what was read back to them since, and not by what was before.
    contributions: {
      ...agreement.contributions,
      heard: agreement.contributions.heard.map((one) => (one.activity === entry && one.participant === onBehalfOf ? { ...one, confirmed: isConfirmation(confirmed) } : one)),
    },
    proxies: { ...agreement.proxies, [proxyOf(entry, onBehalfOf)]: { onBehalfOf, by: meta.actor, confirmed, on } },
  }),
} satisfies { [T in keyof ProxyEvents]: Evolve<T> };
