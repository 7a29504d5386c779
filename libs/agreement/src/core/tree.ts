import { actingNow, initialPerson, may } from '@concordat/access/core';
import { type Missing, type Refusal, refuse } from '@concordat/journal/core';
import { type AgreementKind, mootBy } from '@concordat/pathway/core';
import { isHere } from './above.js';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { allById, type ById, noneById } from './by-id.js';
import type { InterestAbove } from './conflict.js';
import type { DecisionAbove } from './decision-above.js';
import { openedOn } from './deciding-stage.js';
import { endsServices } from './ending.js';
import { type AgreementEvent, happened } from './event.js';
import type { Money } from './facts.js';
import { isAbove, leftOf } from './money.js';
import { providersOfAward } from './party.js';
import { alreadySo, refusal, unless } from './refusal.js';
import { comesWithEnding, comesWithVarying, endingWith, refuseIdsTaken, refuseUnlessTheirs, varyingWith } from './carry-on.js';
import { refuseGatesAskedLess, tierOfEnding } from './tier-raise.js';
import type { Conditions, Context, Decide, Evolve, States } from './topic.js';

/*
 * Agreements that come from one another. A sourcing in lots is split into its contracts; call-offs and placements are made
 * under a framework or contract; an agreement renews or replaces an earlier one. Each has a life of its own.
 */

/** What a rate is paid for. */
export const ratePeriods = ['hour', 'visit', 'day', 'night', 'week'] as const;
/** A placement holds counts and rates and never who: there is no place for a name, or for words about a person. */
export type Placement = { readonly people: number; readonly rate: Money; readonly per: (typeof ratePeriods)[number] };

/** `ends`: the services of that one come to an end by this one, which answers for all that was adopted and promised there. */
export const linkKinds = ['renews', 'replaces', 'ends'] as const;
export type LinkKind = (typeof linkKinds)[number];
export const reverseOf = { renews: 'renewed-by', replaces: 'replaced-by', ends: 'ended-by' } as const;

export interface TreeCommands {
  /** This agreement takes the place of that one (`to`), as its renewal or otherwise, or ends it. */
  'link-agreement': { readonly to: string; readonly as: LinkKind };
}

export interface TreeEvents {
  'concordat.agreement.linked.v1': { readonly to: string; readonly as: LinkKind };
  /** In the stream of the other agreement. */
  'concordat.agreement.linked-from.v1': { readonly from: string; readonly as: LinkKind };
}

/** An agreement that came from this one, as it was opened; `value`: what it takes of this one. `provider`: who leads it. */
export interface Child {
  readonly id: string;
  readonly as: 'split' | 'called-off';
  readonly kind: AgreementKind;
  readonly title: string;
  readonly lot: string | null;
  readonly provider: string;
  readonly value: Money;
  readonly people: number | null;
  readonly openedAt: string;
}

/** `by`, `at`: who linked the two, and when (ISO 8601). */
export interface Link {
  readonly agreement: string;
  readonly as: LinkKind | (typeof reverseOf)[LinkKind];
  readonly by: string;
  readonly at: string;
}

export interface TreeState {
  /** What it came from, in whichever organisation, and `by` whom. `kind`: of that, null where no record says it; `decisionRecordedBy`: who took the decision on what it is a part of; `value`: what it may be worth beneath that; `root`: as which the one it came from asks people, which is the agreement that was split first; `interests`: those declared in what it was called off from; `decided`: how the decision on the whole stands since it was called in, null where it was not. */
  readonly parent: {
    readonly agreement: string;
    readonly kind: AgreementKind | null;
    readonly as: 'split-from' | 'called-off-from';
    readonly by: string;
    readonly decisionRecordedBy: string | null;
    readonly root: string;
    readonly lot: string | null;
    readonly value: Money;
    readonly placement: Placement | null;
    readonly interests: readonly InterestAbove[];
    readonly decided: DecisionAbove | null;
  } | null;
  readonly children: ById<Child>;
  /** How many were called off from it, and their worth together. */
  readonly calledOff: { readonly count: number; readonly amount: string };
  readonly links: readonly Link[];
}
export const initialTree: TreeState = { parent: null, children: noneById, calledOff: { count: 0, amount: '0.00' }, links: [] };

/** All that came from this agreement, in the order it was opened. */
export function childrenOf({ tree }: Agreement): readonly Child[] {
  return allById(tree.children);
}

/** Those who were split from one another ask people as one, also where they went to a successor. What is called off asks for itself: each of its fellows is of something else. */
export function asksAs({ id, tree }: Agreement): string {
  return tree.parent?.as === 'split-from' ? tree.parent.root : id;
}

/** As whom people were asked already who are asked nothing twice here: of what is called off also as what it came from. */
export function askedAs(agreement: Agreement): readonly string[] {
  const { parent } = agreement.tree;
  return [asksAs(agreement), ...(parent?.as === 'called-off-from' ? [parent.root] : [])];
}

/**
 * What a call-off that takes `left` from now on gives back to the agreement it came from. One that was awarded is paid for: it gives back
 * what a variation takes from its value, and nothing by being cancelled. Where the one is with a successor and the other is not, nothing is
 * given back: no command writes in two organisations, and what counts as taken is never taken twice.
 */
export function givenBack({ agreement: { id, tree: { parent } }, others }: Pick<States, 'agreement' | 'others'>, left: Money | null): readonly AgreementEvent[] {
  if (parent?.as !== 'called-off-from' || !isHere(others[parent.agreement])) return [];
  const freed = { amount: leftOf(parent.value.amount, left?.amount ?? '0.00'), currency: parent.value.currency };
  return left !== null && !isAbove(freed.amount, '0.00') ? [] : [happened(parent.agreement, 'concordat.agreement.call-off-freed.v1', { agreement: id, freed, ended: left === null })];
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** What an agreement takes the place of, or ends. */
export function comesAfter({ tree: { links } }: Agreement): readonly string[] {
  return links.flatMap(({ agreement, as }) => (as === 'renews' || as === 'replaces' || as === 'ends' ? [agreement] : []));
}

/** The agreements by which that one comes after this, each after the next; none where it does not. */
function chainFrom(to: string, { agreement, others }: States): readonly string[] {
  const chains: (readonly string[])[] = [[to]];
  const met = new Set(chains[0]);
  for (const chain of chains) {
    const last = others[chain.at(-1) ?? to];
    for (const next of last === undefined ? [] : comesAfter(last)) {
      if (next === agreement.id) return chain;
      if (!met.has(next)) chains.push([...chain, next]);
      met.add(next);
    }
  }
  return [];
}

/** The refusal of ids that some agreement has already, this one among them. */
export function refuseKnown({ agreement, others }: States, ids: readonly string[], by: string): Refusal | false {
  const known = ids.filter((id) => id === agreement.id || (others[id] !== undefined && others[id].lifecycle !== 'none'));
  return known.length > 0 && refusal('tree.agreement-known', 'What is opened has an id that no agreement has yet.', ...known.map((id) => commissioner(`another id than ${id}`, by)));
}

/** What is extended or varied is one agreement, awarded by the same route and under way, that no other extends beside this one. */
function refuseToVary({ agreement, others }: States, { pathway, route, published }: Context, other: Agreement, as: LinkKind): readonly (Refusal | false)[] {
  const { links } = agreement.tree;
  if (pathway.keepsRoute !== true) return [];
  if (as !== 'renews') return [links.some((link) => link.as === 'renews') && oneVaried];
  const awarded = other.award.original !== null || mootBy(route, 'provider.accepted') !== undefined;
  const beside = extending(other, others, published).filter(({ id, lifecycle }) => id !== agreement.id && lifecycle !== 'closed');
  return [
    comesAfter(agreement).length > 0 && oneVaried,
    !(awarded && (other.lifecycle === 'open' || other.lifecycle === 'held')) && refusal('link.nothing-varied', 'What is extended or varied was awarded, and is under way.', commissioner('an agreement that was awarded and is under way', 'link-agreement')),
    other.route.id !== agreement.route.id && refusal('link.other-route', 'What is extended or varied keeps the route that it was awarded by.', commissioner(`an agreement by the route ${other.route.id}`, 'open-agreement')),
    beside.length > 0 && refusal('link.varied-already', 'What one agreement extends or varies, another goes on from: its limits count all of it together.', ...beside.map(({ id }) => commissioner(id, 'link-agreement'))),
  ];
}
/** A service is ended by a process for that, which names what ends before it is decided on. */
function refuseToEnd(agreement: Agreement, { pathway }: Context): readonly (Refusal | false)[] {
  const opened = openedOn(agreement);
  return [
    !endsServices(pathway) && refusal('link.ends-nothing', 'A service is ended by a process in which that is decided on, and everybody who uses it has an arrangement.', commissioner('an agreement on a process that ends services', 'open-agreement')),
    opened !== null && refusal('link.end-decided', 'What ends by an agreement is named before it is decided on.', commissioner(`the stage ${opened} or one before it`, 'return-to-stage'), commissioner('an agreement of its own', 'open-agreement')),
  ];
}

export const linkUnknown = (by: string) => refusal('link.unknown', 'Another agreement of this organisation is renewed, replaced or ended.', commissioner('to', by));
const oneVaried = refusal('link.one-varied', 'One agreement extends or varies one other, and neither replaces nor ends any.', commissioner('an agreement of its own', 'open-agreement'));
/** The agreements that extend or vary this one, or one that does, and were not cancelled; each after those that came before it. */
export const extending = ({ tree: { links } }: Agreement, others: States['others'], published: Context['published']): readonly Agreement[] =>
  links.flatMap(({ agreement, as }) => {
    const one = others[agreement];
    return as === 'renewed-by' && one !== undefined && goesOn(one, published) ? [one, ...extending(one, others, published)] : [];
  });
const goesOn = (one: Agreement, published: Context['published']): boolean =>
  one.lifecycle !== 'none' && one.lifecycle !== 'cancelled' && published(one.pathway.id, one.pathway.version)?.keepsRoute === true;

export const decide = {
  'link-agreement': (states, { to, as }, context) => {
    const { agreement, others, persons } = states;
    const { actor, today } = context;
    const other = others[to];
    const now = actingNow(actor, (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson);
    // What one may not see is not there.
    if (to === agreement.id || other === undefined || other.lifecycle === 'none' || !may(now, 'agreement.read', { agreement: to }, today)) {
      return refuse(linkUnknown('link-agreement'));
    }
    const chain = chainFrom(to, states);
    const seen = chain.filter((one) => may(now, 'agreement.read', { agreement: one }, today));
    const tier = as === 'ends' ? tierOfEnding(agreement, other) : agreement.tier;
    const varying = as === 'renews' && context.pathway.keepsRoute === true ? varyingWith(agreement, other, today) : { themes: [], open: [] };
    const between = agreement.tree.links.filter((link) => link.agreement === to).map((link) => link.as);
    return unless(
      [
        between.includes(as) && alreadySo(`it ${as} that agreement`),
        chain.length > 0 && refusal('link.circle', 'What takes the place of another, or ends it, is not itself replaced or ended by it, nor by what comes after it.', commissioner(`another agreement: this one is followed by it, through ${seen.toReversed().join(', then ')}`, 'link-agreement')),
        as === 'renews' && other.kind !== agreement.kind && refusal('link.other-kind', 'An agreement renews one of its own kind.', commissioner(`a ${agreement.kind}, or that it replaces it`, 'link-agreement')),
        ...(as === 'ends' ? refuseToEnd(agreement, context) : []),
        (as === 'ends' || varying.themes.length > 0) && refuseUnlessTheirs(states, context, to),
        refuseIdsTaken(agreement, to, as === 'ends' ? endingWith(agreement, other, today) : varying, 'link-agreement'),
        as === 'ends' && other.lifecycle === 'cancelled' && refusal('link.nothing-to-end', 'What was cancelled is at its end.', commissioner('an agreement that is under way', 'link-agreement')),
        tier !== agreement.tier && refuseGatesAskedLess(agreement, tier, context),
        ...refuseToVary(states, context, other, as),
        as === 'renews' && other.lifecycle === 'cancelled' && refusal('link.cancelled', 'What was cancelled is replaced and not renewed.', commissioner('that it replaces it', 'link-agreement')),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.linked.v1', { to, as }),
        happened(to, 'concordat.agreement.linked-from.v1', { from: agreement.id, as }),
        ...(tier === agreement.tier ? [] : [happened(agreement.id, 'concordat.agreement.tier-raised.v1', { raises: agreement.raises.includes('ends-a-service') ? [] : ['ends-a-service'], reason: `It ends an agreement that is ${other.tier}.`, tier })]),
        ...(as === 'ends' ? comesWithEnding(agreement, other, today) : comesWithVarying(agreement, to, varying)),
        // Once it is awarded, nobody provides it merely so far.
        ...(agreement.award.original === null ? providersOfAward(other.award) : [])
          .filter((provider) => agreement.award.parties[provider] === undefined)
          .map((provider) => happened(agreement.id, 'concordat.agreement.incumbent-recorded.v1', { provider })),
      ],
    );
  },
} satisfies { [C in keyof TreeCommands]: Decide<C> };

/** The agreement with this changed of where it stands among others. */
export function inTree(agreement: Agreement, change: Partial<TreeState>): Agreement {
  return agreementWith(agreement, { tree: { ...agreement.tree, ...change } });
}

export const evolve = {
  'concordat.agreement.linked.v1': (agreement, { data: { to, as }, meta, recordedAt }) => inTree(agreement, { links: [...agreement.tree.links, { agreement: to, as, by: meta.actor, at: recordedAt }] }),
  'concordat.agreement.linked-from.v1': (agreement, { data: { from, as }, meta, recordedAt }) => inTree(agreement, { links: [...agreement.tree.links, { agreement: from, as: reverseOf[as], by: meta.actor, at: recordedAt }] }),
} satisfies { [T in keyof TreeEvents]: Evolve<T> };

export const conditions = {
  'ending.agreement-named': ({ tree: { links } }) => (links.some(({ as }) => as === 'ends') ? [] : [commissioner('the agreement that ends', 'link-agreement')]),
} satisfies Partial<Conditions>;
