import { refuse } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import { alreadySo, refusal, refuseUnknown, unless } from './refusal.js';
import { type BearerGroup, refuseOwner, riskOwner } from './risk.js';
import { refuseOffMatrix, refuseUnknownDomain, type Score } from './risk-matrix.js';
import type { Decide, Evolve } from './topic.js';

/** What became of one that is over. */
export const opportunityOutcomes = ['taken', 'let-go'] as const;

export interface OpportunityCommands {
  /** What may turn out better than planned: how likely, how good, and who would gain. */
  'raise-opportunity': {
    readonly opportunity: string;
    readonly title: string;
    readonly domain: string;
    readonly gains: readonly BearerGroup[];
    readonly owner: string;
    readonly score: Score;
  };
  'rescore-opportunity': { readonly opportunity: string; readonly score: Score; readonly reason: string };
  'close-opportunity': { readonly opportunity: string; readonly outcome: (typeof opportunityOutcomes)[number]; readonly reason: string };
}

export interface OpportunityEvents {
  'concordat.agreement.opportunity-raised.v1': OpportunityCommands['raise-opportunity'] & { readonly on: CivilDate };
  'concordat.agreement.opportunity-rescored.v1': OpportunityCommands['rescore-opportunity'];
  'concordat.agreement.opportunity-closed.v1': OpportunityCommands['close-opportunity'];
}

/** One opportunity as it stands, on the same matrix as a risk. */
export interface Opportunity {
  readonly id: string;
  readonly title: string;
  readonly domain: string;
  readonly gains: readonly BearerGroup[];
  readonly owner: string;
  readonly score: Score;
  readonly became: 'open' | (typeof opportunityOutcomes)[number];
}
/** In the order they were raised. */
export type OpportunityState = readonly Opportunity[];
export const initialOpportunities: OpportunityState = [];

const unknown = refusal('opportunity.unknown', 'The opportunity was raised on this agreement.', riskOwner('opportunity', 'raise-opportunity'));
const over = ({ became }: Opportunity) => became !== 'open' && refusal('opportunity.closed', 'The opportunity is open; one that comes back is raised anew.', riskOwner('opportunity', 'raise-opportunity'));

export const decide = {
  'raise-opportunity': (states, { opportunity, title, domain, gains, owner, score }, { today, riskSettings }) => {
    const { agreement } = states;
    const missing = (what: string) => riskOwner(what, 'raise-opportunity');
    return unless(
      [
        agreement.opportunities.some(({ id }) => id === opportunity) && alreadySo('the opportunity is raised'),
        gains.length === 0 && refusal('opportunity.nobody-gains', 'Somebody gains by it.', missing('gains')),
        ...refuseOwner(owner, states, 'raise-opportunity'),
        refuseUnknownDomain(domain, riskSettings, missing),
        refuseOffMatrix({ 'opportunity’s': score }, missing),
      ],
      () => [happened(agreement.id, 'concordat.agreement.opportunity-raised.v1', { opportunity, title, domain, gains: [...new Set(gains)], owner, score, on: today })],
    );
  },

  'rescore-opportunity': ({ agreement }, { opportunity: id, score, reason }) => {
    const opportunity = agreement.opportunities.find((raised) => raised.id === id);
    const offMatrix = refuseOffMatrix({ 'opportunity’s': score }, (what) => riskOwner(what, 'rescore-opportunity'));
    if (opportunity === undefined) return refuseUnknown(unknown, [offMatrix]);
    return unless(
      [over(opportunity), canonical(opportunity.score) === canonical(score) && alreadySo('the opportunity has this score'), offMatrix],
      () => [happened(agreement.id, 'concordat.agreement.opportunity-rescored.v1', { opportunity: id, score, reason })],
    );
  },

  'close-opportunity': ({ agreement }, { opportunity: id, outcome, reason }) => {
    const opportunity = agreement.opportunities.find((raised) => raised.id === id);
    if (opportunity === undefined) return refuse(unknown);
    return unless([over(opportunity)], () => [happened(agreement.id, 'concordat.agreement.opportunity-closed.v1', { opportunity: id, outcome, reason })]);
  },
} satisfies { [C in keyof OpportunityCommands]: Decide<C> };

const changed = (agreement: Agreement, id: string, change: Partial<Opportunity>): Agreement => agreementWith(agreement, {
  opportunities: agreement.opportunities.map((one) => (one.id === id ? { ...one, ...change } : one)),
});

export const evolve = {
  'concordat.agreement.opportunity-raised.v1': (agreement, { data: { opportunity: id, title, domain, gains, owner, score } }) => agreementWith(agreement, {
    opportunities: [...agreement.opportunities, { id, title, domain, gains, owner, score, became: 'open' }],
  }),
  'concordat.agreement.opportunity-rescored.v1': (agreement, { data: { opportunity, score } }) => changed(agreement, opportunity, { score }),
  'concordat.agreement.opportunity-closed.v1': (agreement, { data: { opportunity, outcome } }) => changed(agreement, opportunity, { became: outcome }),
} satisfies { [T in keyof OpportunityEvents]: Evolve<T> };
