import { hash } from 'node:crypto';
import type { Actor } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { StreamStates } from '@concordat/journal';
import { holidays, pathways, routes } from '@concordat/pathway';
import { ownCalendarFold, ownCalendarStream, type Pathway, type Route, withOwnHolidays } from '@concordat/pathway/core';
import { londonDay } from '@concordat/platform';
import type { CivilDate } from '@concordat/platform/core';
import { type Agreement, type AgreementCommandBody, agreementUnknown, type Context, decisionVersion, isStaleToSecond, notOffered, type Offered, riskSettingsFold, riskSettingsStream, stillToAccept, type Variation, variationVersion } from './core/index.js';

/** What an organisation itself says, by which everything of it is measured: of risks, and of days that are no working days. */
export type OwnRules = Pick<Context, 'riskSettings' | 'holidays'>;

/** What one command each is decided on, and no other; or a gate, by who was erased and what ends its agreement. */
export type Besides = Pick<Context, 'elections' | 'successor' | 'offered' | 'erased' | 'enders'>;

/** The streams it says so in. */
export const ownRuleStreams = [riskSettingsStream, ownCalendarStream] as const;

/** What it says, of streams that were loaded. */
export function ownRulesFrom(loaded: StreamStates): OwnRules {
  return { riskSettings: loaded.of(riskSettingsFold, riskSettingsStream).state, holidays: withOwnHolidays(holidays, loaded.of(ownCalendarFold, ownCalendarStream).state) };
}

/**
 * What the core may know, made here at the edge: the moment, the civil day in London, the documents in force, the organisation's own rules, who acts.
 * @param besides what only one command asks for each.
 */
export function contextOf(tenant: string, { pathway, route }: Documents, { riskSettings, holidays }: OwnRules, actor: Actor, now: Date, besides: Partial<Besides> = {}): Context {
  const today = londonDay(now);
  return {
    pathway,
    route,
    riskSettings,
    elections: [],
    successor: undefined,
    offered: undefined,
    erased: new Set(),
    enders: {},
    ...besides,
    at: now.toISOString(),
    today,
    holidays,
    published: (id, version) => pathways.findFor(tenant, id, version),
    publisherOf: (pathway) => pathways.publisherOf(tenant, pathway),
    inUse: { pathway: (id) => pathways.inUseAs(pathways.inUseFor(tenant, id, today)), route: (id) => routes.inUseAs(routes.inUse(id, today)) },
    actor,
    sha256,
  };
}

/** SHA-256 of UTF-8 text, in lower-case hex. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex');

/** The version of what is decided on, as whoever decides reads and names it. */
export function versionOfDecision(agreement: Agreement): string {
  return decisionVersion(agreement, sha256);
}

/** The version of a variation, as whoever decides on it reads and names it. */
export function versionOfVariation(agreement: Agreement, variation: Variation): string {
  return variationVersion(agreement, variation, sha256);
}

/** Does a variation wait for a decision: for its first, or for one anew because it changed before a second person read what was decided? */
export const waitsForDecision = (agreement: Agreement, variation: Variation): boolean => variation.decided === null || isStaleToSecond(agreement, variation, sha256) || stillToAccept(agreement, variation).length > 0;

/** The pathway and route an agreement follows. */
export interface Documents {
  readonly pathway: Pathway;
  readonly route: Route;
}

/** What the documents of an agreement are looked for with: a command on this day. `offered`: the agreement as another organisation offers it, for the command that accepts it. */
interface Commanded {
  readonly command: AgreementCommandBody;
  readonly today: CivilDate;
  readonly offered: Offered | undefined;
}

/**
 * The documents a command is decided under: those it names when it begins an agreement, itself or one beneath it, or chooses another route,
 * else the agreement's own. Where it names no version it means the one in use that day.
 */
export function documentsFor(tenant: string, agreement: Agreement, commanded?: Commanded): Documents | { readonly refusals: readonly [Refusal, ...Refusal[]] } {
  const { command, today = '', offered } = commanded ?? {};
  if (command?.name === 'accept-transfer' && agreement.lifecycle === 'none') return offered === undefined ? { refusals: [notOffered] } : documentsFor(offered.from.tenant, offered.agreement);
  const beginning = command?.name === 'open-agreement' || command?.name === 'take-over-agreement';
  const beneath = command?.name === 'call-off' || command?.name === 'place-people';
  if (!beginning && agreement.lifecycle === 'none') return { refusals: [agreementUnknown] };
  const asked = beneath || (beginning && agreement.lifecycle === 'none') ? command : agreement;
  const pathway = asked.pathway.version === undefined ? pathways.inUseFor(tenant, asked.pathway.id, today) : pathways.findFor(tenant, asked.pathway.id, asked.pathway.version);
  const routeAsked = command?.name === 'choose-route' ? command.route : asked.route;
  const route = routeAsked.version === undefined ? routes.inUse(routeAsked.id, today) : routes.find(routeAsked.id, routeAsked.version);
  if (pathway !== undefined && route !== undefined) return { pathway, route };
  const [first, ...more] = [
    ...(pathway === undefined ? [unpublished('pathway', pathways.allInUseFor(tenant, today))] : []),
    ...(route === undefined ? [unpublished('route', routes.allInUse(today))] : []),
  ];
  // One of the two is missing, or the line above had returned.
  return { refusals: [first!, ...more] };
}

function unpublished(kind: 'pathway' | 'route', published: readonly { readonly id: string; readonly version: number }[]): Refusal {
  const known = published.map(({ id, version }) => `${id} (version ${version})`).join(', ');
  return {
    code: `${kind}.unknown`,
    asks: `The ${kind} and its version are published here: ${known}.`,
    missing: [{ what: kind, suppliedBy: 'commissioner' }],
  };
}
