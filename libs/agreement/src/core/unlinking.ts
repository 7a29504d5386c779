import { actingNow, initialPerson, may } from '@concordat/access/core';
import { type Missing, refuse } from '@concordat/journal/core';
import { type ConditionCode, conditionsFor, type Tier, tierFor } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { keptByItsEnd } from './challenge.js';
import { type Content, contentAfter } from './content.js';
import { happened } from './event.js';
import { partiesStill, providersOfAward } from './party.js';
import { refusal, unless } from './refusal.js';
import { goesBackTo, leavesWithVarying, refuseUnlessTheirs } from './carry-on.js';
import { refuseSamePerson } from './separation.js';
import { isRunning } from './service-start.js';
import { tierBesideEnded } from './tier-raise.js';
import type { Context, Decide, Evolve, States } from './topic.js';
import { comesAfter, inTree, type Link, type LinkKind, linkUnknown, reverseOf } from './tree.js';

/*
 * An agreement that was linked to another by mistake. The link is undone where nothing rests on it; that it was made, and why it was undone, stays.
 */

export interface UnlinkingCommands {
  /** This agreement does not renew, replace or end that one (`to`), and never did. */
  'unlink-agreement': { readonly to: string; readonly as: LinkKind; readonly reason: string };
}

export interface UnlinkingEvents {
  /** `tier`: what is asked from now on, where what it was to end made it count as more. */
  'concordat.agreement.unlinked.v1': { readonly to: string; readonly as: LinkKind; readonly reason: string; readonly tier: Tier; readonly content: Content };
  /** In the stream of the other agreement. */
  'concordat.agreement.unlinked-from.v1': { readonly from: string; readonly as: LinkKind; readonly reason: string };
  /** Whoever was taken for the provider so far by a link that was undone, and is not. `becomes`: what they are here; invited they stay, and hear nothing of it. */
  'concordat.agreement.incumbent-taken-back.v1': { readonly provider: string; readonly becomes: 'invited' | null };
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** What a gate may have opened on because of a link. */
const restingOn: { readonly [K in LinkKind]: readonly ConditionCode[] } = {
  ends: ['ending.agreement-named', 'decision.in-force', 'involvement.reversals-told', 'transition.every-group', 'people.all-arranged'],
  renews: ['varying.agreement-named', 'modification.permitted'],
  replaces: [],
};

/** The stages whose gates were passed since an agreement was linked so, and ask what rests on that. */
function gatesSince({ stages }: Agreement, { as, at }: Link, { pathway, route }: Pick<Context, 'pathway' | 'route'>): readonly string[] {
  return Object.entries(stages).flatMap(([stage, { gate, leftAt, tier }]) => {
    const passed = (gate === 'opened' || gate === 'opened-with-conditions') && leftAt !== null && leftAt >= at && tier !== undefined;
    return passed && conditionsFor(pathway, route, stage, tier).some(({ code }) => (restingOn[as as LinkKind] as readonly string[]).includes(code)) ? [stage] : [];
  });
}

/** What was undone or broken here of what came from that one, and told so to whoever gave it: it does not go back as if it stood. */
const cannotGoBack = ({ carried, commitments }: Agreement, to: string): readonly string[] => [
  ...carried.flatMap(({ from, title, reversed }) => (from === to && reversed !== null ? [`“${title}”, which was undone here`] : [])),
  ...commitments.flatMap(({ from, what, became }) => (from === to && became.is === 'broken' ? [`the promise “${what}”, which was broken here`] : [])),
];

/** Whoever provides so far what this agreement is to provide by that link alone. Whoever bids here, or for whom it is over, stays what they are. */
function incumbentsBy({ award }: Agreement, rest: Agreement, to: string, others: States['others']): readonly string[] {
  const stay = comesAfter(rest).flatMap((id) => (others[id] === undefined ? [] : providersOfAward(others[id].award)));
  const theirs = others[to] === undefined ? [] : providersOfAward(others[to].award);
  const isLast = comesAfter(rest).length === 0;
  return partiesStill(award).filter((provider) => award.soFar[provider] === 'linked' && !stay.includes(provider) && (isLast || theirs.includes(provider)));
}

/** The agreement without this link. */
const without = (agreement: Agreement, to: string, as: Link['as']): Agreement => inTree(agreement, { links: agreement.tree.links.filter((link) => link.agreement !== to || link.as !== as) });
/** The same, as whoever linked it: what was tested of it as a change of that one is tested of none. */
const undone = (agreement: Agreement, to: string, as: LinkKind): Agreement => agreementWith(without(agreement, to, as), as === 'renews' ? { modification: null } : {});

/** What is asked of an agreement that does not end that one after all; of a service that runs no less than so far. */
function tierWithout(rest: Agreement, context: Context, others: States['others']): Tier {
  if (rest.tree.parent?.as === 'split-from' || isRunning(rest, context)) return rest.tier;
  return tierBesideEnded(rest, tierFor(context.pathway, rest.facts.value?.value, rest.raises), others);
}

export const decide = {
  'unlink-agreement': (states, { to, as, reason }, context) => {
    const { agreement, others, persons } = states;
    const { actor, pathway, sha256, today } = context;
    const other = others[to];
    const now = actingNow(actor, (actor.kind === 'person' ? persons[actor.person] : undefined) ?? initialPerson);
    if (other === undefined || other.lifecycle === 'none' || !may(now, 'agreement.read', { agreement: to }, today)) return refuse(linkUnknown('unlink-agreement'));
    const link = agreement.tree.links.find((one) => one.agreement === to && one.as === as);
    if (link === undefined) return refuse(refusal('link.not-there', 'What is undone is a link that this agreement has.', commissioner(`that it ${as} ${to}`, 'link-agreement')));
    const rest = undone(agreement, to, as);
    const incumbents = incumbentsBy(agreement, rest, to, others);
    const gates = gatesSince(agreement, link, context);
    const given = agreement.facts['notice-given'];
    const kept = as === 'ends' ? keptByItsEnd(states, context).filter(({ id }) => id === to) : [];
    const awarded = agreement.award.original !== null;
    const awardedOn = awarded && pathway.keepsRoute === true && as === 'renews';
    const came = as === 'ends' ? cannotGoBack(agreement, to) : [];
    const cameAlong = as === 'renews' && agreement.carried.some(({ from }) => from === to);
    // What was awarded after it was said to go on from another may be why that one ends sooner.
    const hadEffect = as === 'ends' || awarded || cameAlong || incumbents.length > 0 || agreement.modification !== null;
    return unless(
      [
        gates.length > 0 && refusal('link.gate-passed', 'A link is undone once the agreement went back over the gates that were passed on it.', ...gates.map((stage) => commissioner(stage, 'return-to-stage'))),
        awardedOn && refusal('link.awarded-on', 'What was awarded because it extends or varies another goes on from that one.', commissioner('the award, gone back to', 'return-to-stage')),
        as === 'ends' && given !== undefined && refusal('link.notice-given', 'Those who use what ends, and whoever provides it, were given notice: the end is given up as a whole.', commissioner('the end of it, given up', 'cancel')),
        came.length > 0 && refusal('link.undone-since', 'What was undone here because a service ends is not given back to it as if it stood: the end is given up as a whole.', ...came.map((what) => commissioner(what, 'cancel'))),
        kept.length > 0 && refusal('link.ends-what-was-given-up', 'A service whose award was given up goes on to its end: that end is given up once another agreement ends it.', commissioner(`another agreement that ends ${to}`, 'link-agreement')),
        as === 'ends' && refuseUnlessTheirs(states, context, to),
        hadEffect &&
          refuseSamePerson(persons, actor, [link.by], { code: 'link.own-undone', asks: 'A link that something came of already is undone by somebody else than whoever made it.', did: 'linked it', suppliedBy: 'commissioner', by: 'unlink-agreement' }),
      ],
      () => [
        happened(agreement.id, 'concordat.agreement.unlinked.v1', { to, as, reason, tier: as === 'ends' ? tierWithout(rest, context, others) : agreement.tier, content: contentAfter(agreement, rest, sha256) }),
        happened(to, 'concordat.agreement.unlinked-from.v1', { from: agreement.id, as, reason }),
        ...(as === 'ends' ? goesBackTo(states, to) : []),
        ...(as === 'renews' && pathway.keepsRoute === true ? leavesWithVarying(agreement, other) : []),
        ...incumbents.map((provider) => happened(agreement.id, 'concordat.agreement.incumbent-taken-back.v1', { provider, becomes: agreement.award.parties[provider] === 'invited' ? 'invited' : null })),
      ],
    );
  },
} satisfies { [C in keyof UnlinkingCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.unlinked.v1': (agreement, { data: { to, as, tier, content } }) => agreementWith(undone(agreement, to, as), { tier, content }),
  'concordat.agreement.unlinked-from.v1': (agreement, { data: { from, as } }) => without(agreement, from, reverseOf[as]),
  'concordat.agreement.incumbent-taken-back.v1': (agreement, { data: { provider } }) => {
    const { [provider]: role, ...parties } = agreement.award.parties;
    const { [provider]: _, ...soFar } = agreement.award.soFar;
    return agreementWith(agreement, { award: { ...agreement.award, soFar, parties: role === undefined || role === 'incumbent' ? parties : agreement.award.parties } });
  },
} satisfies { [T in keyof UnlinkingEvents]: Evolve<T> };
