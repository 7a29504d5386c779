import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { type Answering, isLow, themeOf, waits } from './answering.js';
import { beganOn, dayInUtc } from './began.js';
import { oneById } from './by-id.js';
import { isConfirmation, type ProxyConfirmation, proxyOf } from './confirmed.js';
import { contributionOf, withContributions } from './contribution.js';
import { isOfTwo } from './entry.js';
import { choosersOf } from './evaluation.js';
import { happened } from './event.js';
import { declinedAsTyped } from './invitation.js';
import { kpiOf, writersOf } from './kpi.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';
import { daysOf } from './who-took-part.js';

/**
 * `entry`: what was said, an invitation, an offer of payment, a dissent, a KPI that people wrote or a criterion that they chose, by its id; a statement that was sought or a waiver that was asked
 * for, before their view is written down; of an answer to “Could what you said change it?” or
 * “Were you heard?” its activity, of a rating the answer that was rated, of the wish to hear nothing more the pseudonym it is of.
 * `onBehalfOf`: a pseudonym.
 */
type ProxyEntry = { readonly entry: string; readonly onBehalfOf: string; readonly confirmed: ProxyConfirmation; readonly on: CivilDate };

export interface ProxyCommands {
  /** Somebody else typed it, or answered it, for them. The same entry again is confirmed anew. */
  'record-proxy-entry': ProxyEntry;
}

export interface ProxyEvents {
  'concordat.agreement.proxy-entry-recorded.v1': ProxyEntry;
}

/** Is this a view that is awaited, of whomever it will be? It is confirmed before it is written down. */
const isAwaitedView = ({ statements, waivers }: Agreement, entry: string): boolean =>
  statements.some(({ id, view }) => id === entry && view === null) || waivers.some(({ id, answer }) => id === entry && answer.is === 'awaited');

/** Whose entries this is; empty for what is none. */
function whose(agreement: Agreement, entry: string): readonly string[] {
  const { contributions, involvement, payments, dissents } = agreement;
  const said = oneById(contributions.contributions, entry);
  const activity = involvement.activities.find(({ id }) => id === entry);
  const kpi = kpiOf(agreement, entry);
  return [
    ...(said === undefined ? [] : [said.author]),
    ...involvement.invitations.filter(({ id }) => id === entry).map(({ participant }) => participant),
    ...payments.filter(({ id }) => id === entry).map(({ participant }) => participant),
    ...dissents.dissents.filter(({ id }) => id === entry).map(({ dissenter }) => dissenter),
    ...Object.keys(activity?.couldItChange ?? {}),
    ...contributions.heard.filter((heard) => heard.activity === entry).map(({ participant }) => participant),
    ...(contributions.themes.find(({ id }) => id === entry)?.ratings ?? []).map(({ participant }) => participant),
    ...contributions.notWished.filter((participant) => participant === entry),
    ...((kpi && writersOf(agreement, kpi)) ?? []),
    ...agreement.evaluation.criteria.filter(({ criterion }) => criterion === entry).flatMap((criterion) => choosersOf(agreement, criterion)),
  ];
}

/** The first day on which somebody can have confirmed it: nobody does so before it was said, done or asked. */
function confirmedFrom(agreement: Agreement, entry: string, onBehalfOf: string): CivilDate | undefined {
  const held = agreement.involvement.activities.find(({ id }) => id === entry);
  const came = held === undefined ? [] : daysOf(agreement, [held]).filter(({ participant }) => participant === onBehalfOf).map(({ on }) => on).sort();
  return (
    oneById(agreement.contributions.contributions, entry)?.givenOn ??
    came[0] ??
    agreement.involvement.invitations.find(({ id }) => id === entry)?.askedOn ??
    agreement.statements.find(({ id }) => id === entry)?.askedOn[0] ??
    agreement.waivers.flatMap(({ id, view, viewOf, viewAt }) => (id === entry && view === 'object' && viewOf === onBehalfOf && viewAt !== null ? [dayInUtc(viewAt)] : []))[0] ??
    themeOf(agreement, entry)?.answeredOn ??
    beganOn(agreement)
  );
}

/** Is this of a low rating that staff typed, which opened the answer again? It is theirs from now on, and with it the one time that one does. */
function makesReopeningTheirs(answering: Answering, { onBehalfOf, confirmed, on }: ProxyEntry): boolean {
  const { answeredOn, ratings, reopenedForThem } = answering;
  const low = ratings.some(({ participant, rating }) => participant === onBehalfOf && isLow(rating));
  return low && reopenedForThem && waits(answering) && isConfirmation(confirmed) && answeredOn !== null && answeredOn <= on;
}

export const decide = {
  'record-proxy-entry': ({ agreement }, { entry, onBehalfOf, confirmed, on }, { today }) => {
    const own = contributionOf(agreement, entry)?.own ?? null;
    // What somebody said and the rating of their own answer to it have one id: they may confirm this after that, on one day.
    const isRatedSince = own !== null && makesReopeningTheirs(own, { entry, onBehalfOf, confirmed, on });
    const of = isAwaitedView(agreement, entry) ? [onBehalfOf] : whose(agreement, entry);
    const standing = agreement.proxies[proxyOf(entry, onBehalfOf)];
    const isHeardSince = agreement.contributions.heard.some((heard) => heard.activity === entry && heard.participant === onBehalfOf && heard.forThem && heard.confirmed !== isConfirmation(confirmed));
    const from = confirmedFrom(agreement, entry, onBehalfOf);
    const facilitator = (what: string, by: string) => ({ what, suppliedBy: 'facilitator', by });
    return unless(
      [
        of.length === 0 && refusal('proxy.unknown-entry', 'What was entered stands on this agreement.', facilitator('entry', 'record-contribution')),
        of.length > 0 && !of.includes(onBehalfOf) && refusal('proxy.of-someone-else', 'It was entered for the person whose it is.', facilitator('onBehalfOf', 'record-proxy-entry')),
        isOfTwo(agreement, entry) && refusal('proxy.two-entries', 'What is confirmed has an id of its own: this one a KPI or criterion has, and something else.', facilitator('the KPI or criterion, set with an id of its own', 'set-kpi')),
        standing?.confirmed === confirmed && standing.on === on && !isHeardSince && !isRatedSince && alreadySo('this is how it was confirmed'),
        on > today && refusal('proxy.not-yet', 'What is recorded has happened.', { what: on, suppliedBy: 'time', by: 'record-proxy-entry' }),
        from !== undefined && on < from && refusal('proxy.before-entry', 'What somebody confirms was said, done or asked by then.', facilitator(`a day from ${from} on`, 'record-proxy-entry')),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.proxy-entry-recorded.v1', { entry, onBehalfOf, confirmed, on }),
        ...(isConfirmation(confirmed) ? declinedAsTyped(agreement, entry) : []),
      ],
    );
  },
} satisfies { [C in keyof ProxyCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.proxy-entry-recorded.v1': (before, { data, meta }) => {
    const { entry, onBehalfOf, confirmed, on } = data;
    const agreement = withContributions(before, [entry], ({ own }) => (own !== null && makesReopeningTheirs(own, data) ? { own: { ...own, reopenedForThem: false } } : {}));
    return agreementWith(agreement, {
      // What they are asked of an activity at different times is confirmed by what was read back to them since, and not by what was before.
      contributions: {
        ...agreement.contributions,
        heard: agreement.contributions.heard.map((one) => (one.activity === entry && one.participant === onBehalfOf ? { ...one, confirmed: isConfirmation(confirmed) } : one)),
        themes: agreement.contributions.themes.map((theme) => (theme.id === entry && makesReopeningTheirs(theme, data) ? { ...theme, reopenedForThem: false } : theme)),
      },
      proxies: { ...agreement.proxies, [proxyOf(entry, onBehalfOf)]: { onBehalfOf, by: meta.actor, confirmed, on } },
    });
  },
} satisfies { [T in keyof ProxyEvents]: Evolve<T> };
