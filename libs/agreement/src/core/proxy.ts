import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { oneById } from './by-id.js';
import { happened } from './event.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';

/** How somebody confirmed what another entered for them; a facilitator who could not ask says so. */
export const proxyConfirmations = ['read-back', 'signed', 'witnessed', 'not-confirmed'] as const;
export type ProxyConfirmation = (typeof proxyConfirmations)[number];

/** `entry`: what was said, an invitation, an offer of payment or a dissent, by its id. `onBehalfOf`: a pseudonym. */
type ProxyEntry = { readonly entry: string; readonly onBehalfOf: string; readonly confirmed: ProxyConfirmation; readonly on: CivilDate };

export interface ProxyCommands {
  /** Somebody else typed it, or answered it, for them. The same entry again is confirmed anew. */
  'record-proxy-entry': ProxyEntry;
}

export interface ProxyEvents {
  'concordat.agreement.proxy-entry-recorded.v1': ProxyEntry;
}

/** By entry: for whom it was made, by whom (a person id), and how they confirmed it. */
export type ProxyState = Readonly<Record<string, { readonly onBehalfOf: string; readonly by: string; readonly confirmed: ProxyConfirmation; readonly on: CivilDate }>>;
export const initialProxies: ProxyState = {};

/** Whose entry this is; undefined for what is none. */
function whose({ contributions, involvement, payments, dissents }: Agreement, entry: string): string | undefined {
  return (
    oneById(contributions.contributions, entry)?.author ??
    involvement.invitations.find(({ id }) => id === entry)?.participant ??
    payments.find(({ id }) => id === entry)?.participant ??
    dissents.dissents.find(({ id }) => id === entry)?.dissenter
  );
}

export const decide = {
  'record-proxy-entry': ({ agreement }, { entry, onBehalfOf, confirmed, on }, { today }) => {
    const of = whose(agreement, entry);
    const standing = agreement.proxies[entry];
    const facilitator = (what: string, by: string) => ({ what, suppliedBy: 'facilitator', by });
    return unless(
      [
        of === undefined && refusal('proxy.unknown-entry', 'What was entered stands on this agreement.', facilitator('entry', 'record-contribution')),
        of !== undefined && of !== onBehalfOf && refusal('proxy.of-someone-else', 'It was entered for the person whose it is.', facilitator('onBehalfOf', 'record-proxy-entry')),
        standing?.confirmed === confirmed && standing.on === on && alreadySo('this is how it was confirmed'),
        on > today && refusal('proxy.not-yet', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-proxy-entry' }),
      ],
      () => [happened(agreement.id, 'concordat.agreement.proxy-entry-recorded.v1', { entry, onBehalfOf, confirmed, on })],
    );
  },
} satisfies { [C in keyof ProxyCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.proxy-entry-recorded.v1': (agreement, { data: { entry, onBehalfOf, confirmed, on }, meta }) => ({
    ...agreement,
    proxies: { ...agreement.proxies, [entry]: { onBehalfOf, by: meta.actor, confirmed, on } },
  }),
} satisfies { [T in keyof ProxyEvents]: Evolve<T> };
