import { providerStream } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import { mootBy, tierFor, tiers } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import { isGivenUp } from './challenge.js';
import { contentAfter, type Content } from './content.js';
import { happened } from './event.js';
import { type Money, refuseBesideTree } from './facts.js';
import { isAbove, sumOf } from './money.js';
import { refusePartnersAsProviders, refuseSameCompany } from './partner.js';
import { isBidding, leftAt, proposersWith } from './party.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { refuseBeyondGround } from './route-choice.js';
import { isRunning } from './service-start.js';
import { refuseKnown } from './tree.js';
import type { Context, Decide, Evolve } from './topic.js';
import { isToldOnGround } from './urgency.js';

/*
 * One sourcing may end in several contracts: lots, several providers in a lot, and several providers in one contract (a
 * consortium). All of it is proposed, decided and accepted as one award; `split` opens the contracts afterwards.
 */

/** What a provider is in the team of one contract. */
export const providerRoles = ['lead', 'member', 'subcontractor'] as const;
export type ProviderRole = (typeof providerRoles)[number];

/** Who provides under one contract, by provider id: who leads, who stands beside them as a party, and whom they pay for a part of it. */
export type Team = {
  readonly lead: string;
  readonly members: readonly string[];
  readonly subcontractors: readonly string[];
};

/** One contract that a sourcing ends in. `agreement`: the id it will have once it is split off; `lot`: of what it is the award. */
export type Lot = Team & { readonly agreement: string; readonly lot: string; readonly title: string; readonly value: Money };

export interface LotCommands {
  /** Who is to be awarded which lot, for the decision-maker to decide on as a whole. A consortium alone is one lot. */
  'propose-lots': { readonly lots: readonly Lot[] };
}

export interface LotEvents {
  'concordat.agreement.lots-proposed.v1': { readonly lots: readonly Lot[]; readonly value: Money; readonly stage: string; readonly content: Content };
  /** The gate that asked for the acceptances opened: from now on all of these (`providers`) are `provider`. */
  'concordat.agreement.lots-awarded.v1': { readonly lots: readonly Lot[]; readonly stage: string; readonly providers: readonly string[] };
}

/** Everybody in these teams, each once, leads first. */
export function providersIn(teams: readonly Team[]): readonly string[] {
  return [...new Set([...teams.map(({ lead }) => lead), ...teams.flatMap(({ members }) => members), ...teams.flatMap(({ subcontractors }) => subcontractors)])];
}

/** Those who must accept: who leads and who is a member of a consortium. A subcontractor answers to them. */
export function mustAccept({ proposed }: Pick<Agreement['award'], 'proposed'>): readonly string[] {
  if (proposed === null) return [];
  return proposed.lots.length === 0 ? [proposed.provider] : providersIn(proposed.lots.map((lot) => ({ ...lot, subcontractors: [] })));
}

/** What a provider is in a team. */
export function roleIn({ lead, members }: Team, provider: string): ProviderRole {
  return provider === lead ? 'lead' : members.includes(provider) ? 'member' : 'subcontractor';
}

const commissioner = (what: string, by: string) => ({ what, suppliedBy: 'commissioner', by });

/** Why amounts do not fit under the value of an agreement; false where they do. */
export function refuseBeyondValue(agreement: Agreement, values: readonly Money[], by: string): Refusal | false {
  const value = agreement.facts.value?.value;
  const foreign = values.find(({ currency }) => value !== undefined && currency !== value.currency);
  if (value === undefined) return refusal('tree.value-unknown', 'What is divided has a value.', commissioner('value', 'amend-facts'));
  if (foreign !== undefined) return refusal('tree.other-currency', `The value of this agreement is in ${value.currency}.`, commissioner(`amounts in ${value.currency}`, by));
  const sum = sumOf(values);
  return (
    isAbove(sum, value.amount) &&
    refusal('tree.over-value', `All parts together are worth at most the whole: ${value.amount} ${value.currency}.`, commissioner(`at most ${value.amount} ${value.currency}, not ${sum}`, by))
  );
}

/** By a route that awards nothing to anybody outside nobody is proposed for an award. */
export function refuseNobodyOutside({ route }: Pick<Context, 'route'>): Refusal | false {
  const says = mootBy(route, 'provider.accepted');
  return says !== undefined && refusal('award.nobody-outside', `Somebody is proposed where something is awarded. ${says}`, { what: 'a route by which something is awarded', suppliedBy: 'commissioner', by: 'choose-route' });
}

/** What was awarded stands: nobody is proposed beside whoever was awarded it. */
export function refuseAwarded(agreement: Agreement, context: Context): Refusal | false {
  const { awarded, original } = agreement.award;
  const back = isRunning(agreement, context) ? [] : [commissioner('the award, gone back to', 'return-to-stage')];
  return (
    (awarded !== null || (original !== null && original.on !== null)) &&
    refusal('award.made', 'What was awarded is varied, or proposed anew once the agreement went back to its award or before.', commissioner('a variation', 'propose-variation'), ...back)
  );
}

/** What was asked of everybody was asked by the estimate: what is worth a higher tier, or other money, is estimated anew first. */
export function refuseBeyondEstimate({ facts, raises, tier, tree }: Agreement, value: Money, { pathway }: Context): readonly (Refusal | false)[] {
  const estimate = facts.value?.value;
  const needs = { suppliedBy: 'commissioner', by: 'amend-facts' };
  // What is split off keeps the tier of its whole.
  const asked = tree.parent?.as === 'split-from' ? tier : tierFor(pathway, value, raises);
  return [
    estimate !== undefined &&
      estimate.currency !== value.currency &&
      refusal('award.other-currency', `The value of this agreement is estimated in ${estimate.currency}.`, { ...needs, what: 'value' }),
    tiers.indexOf(asked) > tiers.indexOf(tier) &&
      refusal('award.tier-too-low', `An agreement of this value is a ${asked} one, of which more is asked.`, { ...needs, what: 'value' }),
  ];
}

const twice = (all: readonly string[]): readonly string[] => [...new Set(all.filter((one, at) => all.indexOf(one) !== at))];

export const decide = {
  'propose-lots': (states, { lots }, context) => {
    const { agreement, providers } = states;
    const { proposed } = agreement.award;
    const [first] = lots;
    const value: Money = { amount: sumOf(lots.map((lot) => lot.value)), currency: first?.value.currency ?? '' };
    const proposal = { provider: first?.lead ?? '', value, proposedBy: '', proposers: [], proposedAt: '', stage: agreement.stage, lots };
    const content = contentAfter(agreement, agreementWith(agreement, { award: { ...agreement.award, proposed: proposal } }), context.sha256);
    const notInvited = [...new Set(lots.flatMap(({ lead, members }) => [lead, ...members]))].filter((provider) => !isBidding(agreement.award, provider));
    const subcontractors = [...new Set(lots.flatMap((lot) => lot.subcontractors))];
    const unknown = subcontractors.filter((provider) => providers[provider]?.registered !== true);
    const sameLead = twice(lots.map(({ lot, lead }) => `${lot}: provider-${lead}`));
    const twoRoles = lots.flatMap(({ lot, lead, members, subcontractors: under }) => twice([lead, ...members, ...under]).map((provider) => `${lot}: provider-${provider}`));
    const sameId = twice(lots.map((lot) => lot.agreement));
    const mend = (what: string) => commissioner(what, 'propose-lots');
    return unless(
      [
        refuseNobodyOutside(context),
        refuseAwarded(agreement, context),
        refuseKnown(states, lots.map((lot) => lot.agreement), 'propose-lots'),
        lots.length === 0 && refusal('lots.none', 'At least one lot is awarded.', mend('a lot')),
        notInvited.length > 0 && refusal('award.not-invited', 'An award goes to a provider who was invited.', ...notInvited.map((provider) => commissioner(`provider-${provider}`, 'invite-provider'))),
        unknown.length > 0 && refusal('provider.unknown', 'The provider is registered in this organisation.', ...unknown.map((provider) => commissioner(providerStream(provider), 'register-provider'))),
        sameLead.length > 0 && refusal('lots.same-lead', 'A provider leads one contract in a lot.', ...sameLead.map(mend)),
        twoRoles.length > 0 && refusal('lots.two-roles', 'A provider has one role in a contract.', ...twoRoles.map(mend)),
        sameId.length > 0 && refusal('lots.same-agreement', 'Each contract has an id of its own.', ...sameId.map(mend)),
        ...(lots.length > 0 ? refuseBesideTree(agreement, { value }, 'propose-lots') : []),
        lots.length > 0 && refuseBeyondValue(agreement, lots.map((lot) => lot.value), 'propose-lots'),
        // Where it is estimated, the parts are held against the estimate itself.
        ...(lots.length > 0 && agreement.facts.value === undefined ? refuseBeyondEstimate(agreement, value, context) : []),
        refusePartnersAsProviders(states, subcontractors, context.today),
        refuseSameCompany(providers, providersIn(lots), 'propose-lots'),
        refuseBeyondGround(agreement, value, context),
        proposed !== null && content.award === agreement.content.award && !isGivenUp(agreement) && !isToldOnGround(agreement) && alreadySo('these lots are proposed'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.lots-proposed.v1', { lots, value, stage: agreement.stage, content })],
    );
  },
} satisfies { [C in keyof LotCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.lots-proposed.v1': (agreement, { data: { lots, value, stage, content }, meta, recordedAt }) => agreementWith(agreement, {
    content,
    award: { ...agreement.award, proposed: { provider: lots[0]?.lead ?? '', value, proposedBy: meta.actor, proposers: proposersWith(agreement.award, meta.actor), proposedAt: recordedAt, stage, lots }, notice: null, acceptances: [] },
  }),
  'concordat.agreement.lots-awarded.v1': (agreement, { data: { lots, stage, providers }, recordedAt, version }) => {
    const parties = { ...agreement.award.parties, ...Object.fromEntries(providers.map((provider) => [provider, 'provider' as const])) };
    return agreementWith(agreement, { award: {
      ...agreement.award,
      awarded: { lots, stage },
      original: { value: { amount: sumOf(lots.map(({ value }) => value)), currency: lots[0]?.value.currency ?? '' }, period: agreement.facts['contract-period']?.value ?? null, stage, on: dayInUtc(recordedAt) },
      parties,
      left: leftAt(version, { ...agreement.award, parties }),
    } });
  },
} satisfies { [T in keyof LotEvents]: Evolve<T> };
