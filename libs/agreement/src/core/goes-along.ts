import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { groupsAskedAlong } from './existing-activity.js';
import type { FundingState } from './funding.js';
import { incidentWaits } from './incident.js';
import type { InvolvementState } from './involvement.js';
import { stagesSaidAlong } from './stages-that-matter.js';
import type { Kpi } from './kpi.js';
import { type Lot, providersIn } from './lots.js';
import type { Obligation } from './obligation.js';
import type { Outcome, OutcomeLink } from './outcome.js';
import type { ReviewMeetingState } from './review-meeting.js';
import { statementsAlong } from './statement.js';
import type { Context } from './topic.js';

type OutcomePathway = Omit<Outcome, 'links' | 'views'> & { readonly links: readonly Omit<OutcomeLink, 'measurements'>[] };

/** As an event keeps it. */
type Plain<T> = { readonly [K in keyof T]: T[K] extends object | null | undefined ? Plain<T[K]> : T[K] };

/**
 * What was set, agreed and weighed in an agreement before it was split, as each contract of it begins with it: what people may expect and
 * who answers for what is not written down a second time, and not forgotten. What was counted of the whole stays there, such as figures,
 * measurements, benefits and money that was put in: in its contracts it would count as often as there are contracts.
 */
export type GoesAlong = Plain<Written>;
type Written = Pick<Agreement, 'groupsAsked' | 'risk' | 'statements' | 'controls' | 'opportunities' | 'incidents' | 'riskPrompts' | 'expiries' | 'qualityVisits' | 'exit' | 'transitions' | 'staffTransfer'> &
  Pick<InvolvementState, 'stagesThatMatter' | 'nobodyWished'> &
  Pick<FundingState, 'rates'> &
  ReviewMeetingState & { readonly kpis: readonly Kpi[]; readonly obligations: readonly Obligation[]; readonly agreedBy: Readonly<Record<string, string>>; readonly outcomes: readonly OutcomePathway[] };

/** What goes along with one contract: all of it that is of nobody in particular, and of what is a provider's that of its providers. */
export function goesAlong(agreement: Agreement, lot: Lot, context: Context): GoesAlong {
  const { risk, controls, opportunities, incidents, riskPrompts, expiries, qualityVisits, exit, transitions, staffTransfer, involvement, funding, reviews, kpis, delivery, outcomes } = agreement;
  const team = providersIn([lot]);
  const theirs = ({ provider }: { readonly provider: string | null }): boolean => provider === null || team.includes(provider);
  const obligations = delivery.obligations.filter((one) => theirs(one) && !delivery.withdrawn.some(({ obligation }) => obligation === one.obligation));
  const owed = new Set(obligations.map(({ obligation }) => obligation));
  const actions = reviews.actions.filter((action) => action.done === null && theirs(action));
  return {
    groupsAsked: groupsAskedAlong(agreement),
    risk, controls, opportunities, riskPrompts, statements: statementsAlong(agreement, context), exit, transitions, staffTransfer, obligations, actions,
    agreedBy: Object.fromEntries(Object.entries(delivery.agreedBy).filter(([obligation]) => owed.has(obligation))),
    incidents: incidents.filter((incident) => incidentWaits(agreement, incident, context.riskSettings) !== null),
    expiries: expiries.filter(theirs),
    qualityVisits: qualityVisits.filter(theirs),
    stagesThatMatter: stagesSaidAlong(agreement),
    nobodyWished: involvement.nobodyWished,
    rates: funding.rates,
    meetings: reviews.meetings.filter(({ meeting }) => actions.some((action) => action.meeting === meeting)),
    kpis: kpis.kpis.map((kpi) => ({ ...kpi, measures: kpi.measures.filter((obligation) => owed.has(obligation)) })),
    outcomes: outcomes.map(({ views: _, links, ...outcome }) => ({ ...outcome, links: links.map(({ measurements: __, ...link }) => link) })),
  };
}

/** A contract that begins with this. */
export function goingOnWith(agreement: Agreement, along: GoesAlong): Agreement {
  const { stagesThatMatter, nobodyWished, rates, meetings, actions, kpis, obligations, agreedBy, outcomes, ...registers } = along;
  return agreementWith(agreement, {
    ...registers,
    involvement: { ...agreement.involvement, stagesThatMatter, nobodyWished },
    funding: { ...agreement.funding, rates },
    reviews: { meetings, actions },
    kpis: { ...agreement.kpis, kpis },
    delivery: { ...agreement.delivery, obligations, agreedBy },
    outcomes: outcomes.map((outcome) => ({ ...outcome, links: outcome.links.map((link) => ({ ...link, measurements: [] })), views: {} })),
  });
}
