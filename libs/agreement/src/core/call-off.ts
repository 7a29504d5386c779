import type { Missing, Refusal } from '@concordat/journal/core';
import type { AgreementKind, TierRaise } from '@concordat/pathway/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { allById, oneById, putById } from './by-id.js';
import { followedUp } from './challenge.js';
import { alongFrom, type Evidence, youngEvidenceOf } from './carried-over.js';
import { alongOf, type InterestAbove, interestsAlong } from './conflict.js';
import { calledInSince } from './call-in.js';
import { calledInAbove } from './decision-above.js';
import { happened } from './event.js';
import type { FactValues, Money } from './facts.js';
import { refuseNotInUse } from './in-use.js';
import { refuseBeyondValue } from './lots.js';
import { isAbove, leftOf, sumOf, timesOf } from './money.js';
import { refusal, unless } from './refusal.js';
import { carriedFrom, type CarriedTheme, titledFor } from './carry-on.js';
import { standingIn } from './reversal.js';
import { refuseUnfounded } from './route-choice.js';
import { isSmall } from './small-numbers.js';
import { begin, type Begun, begun, unfit, type VersionAsked } from './beginning.js';
import type { Context, Decide, Evolve, States } from './topic.js';
import { asksAs, type Child, inTree, type Placement, refuseKnown } from './tree.js';

type Opening = { readonly child: string; readonly provider: string; readonly value: Money; readonly pathway: VersionAsked; readonly route: VersionAsked; readonly raises: readonly TierRaise[] };

export interface CallOffCommands {
  /** `child`: the id of the call-off that is opened. */
  'call-off': Opening & { readonly title: string };
  /** So many people are placed with a provider of this agreement. */
  'place-people': Opening & Placement;
}

export interface CallOffEvents {
  /** In the stream of the framework or contract. */
  'concordat.agreement.call-off-made.v1': { readonly agreement: string; readonly kind: AgreementKind; readonly title: string; readonly supplier: string; readonly value: Money; readonly people: number | null };
  /** In the stream of the framework or contract: what the call-off takes of it no more. `ended`: it was cancelled before it was awarded. */
  'concordat.agreement.call-off-freed.v1': { readonly agreement: string; readonly freed: Money; readonly ended: boolean };
  /** In the stream of the call-off or placement, as its beginning; its provider is invited to it and to nothing else. `fromKind`: what it came from is, and null where a record does not say; `root`: as which that asks people, and null likewise; `interests`: whom the agreement it came from bars, it bars too. `themes`: what was adopted there and stands, `evidence`: what people gave there in stages that this one has, too. */
  'concordat.agreement.called-off.v1': Begun & { readonly from: string; readonly fromKind: AgreementKind | null; readonly root: string | null; readonly provider: string; readonly placement: Placement | null; readonly interests: readonly InterestAbove[]; readonly themes: readonly CarriedTheme[]; readonly evidence: readonly Evidence[] };
  /** In the stream of the call-off or placement: what somebody has an interest in is, in what it was called off from, another since, or over; `lifted`: who agreed to that. */
  'concordat.agreement.interest-came-along.v1': InterestAbove & { readonly from: string };
}

const commissioner = (what: string, by: string): Missing => ({ what, suppliedBy: 'commissioner', by });

/** What the service is that is called off, a closed setting or an untried model, it is in every call-off. That another ended for it was asked of the whole. */
const raisesAlong = ({ raises }: Agreement): readonly TierRaise[] => raises.filter((raise) => raise !== 'ends-a-service');

/** The lots that were awarded to a provider as a party: whom others pay for a part of one has none of it. */
const lotsOf = ({ awarded }: Agreement['award'], provider: string) => (awarded?.lots ?? []).filter(({ lead, members }) => lead === provider || members.includes(provider));

/** Whom others pay for a part of theirs, and who was awarded nothing beside that. */
const onlySubcontracts = (award: Agreement['award'], provider: string): boolean =>
  lotsOf(award, provider).length === 0 && (award.awarded?.lots ?? []).some(({ subcontractors }) => subcontractors.includes(provider));

/** Where an agreement stays whole that was awarded in lots: what is called off from a provider leaves to the lots of others what they are worth. */
function refuseOutOfOtherLots({ award, facts, tree }: Agreement, provider: string, value: Money, by: string): Refusal | false {
  const lots = award.awarded?.lots ?? [];
  const theirs = lotsOf(award, provider);
  if (theirs.length === 0 || facts.value === undefined) return false;
  // Whoever has other lots, too, may have been called off from those.
  const taken = allById(tree.children).filter((child) => child.as === 'called-off' && lotsOf(award, child.provider).every((lot) => theirs.includes(lot)));
  const most = leftOf(facts.value.value.amount, sumOf(lots.filter((lot) => !theirs.includes(lot)).map((lot) => lot.value)));
  const sum = sumOf([...taken.map((child) => child.value), value]);
  return isAbove(sum, most) && refusal('call-off.over-lots', `What is called off from a provider leaves to the lots of others what they are worth: ${most} ${value.currency} at most.`, commissioner(`at most ${most} ${value.currency}, not ${sum}`, by));
}

/** What was adopted and stands, which stays where it is and goes along with all that is called off. */
const themesAlong = (agreement: Agreement, kind: 'call-off' | 'placement'): readonly CarriedTheme[] =>
  titledFor({ kind, carried: [] }, standingIn(agreement).map(({ theme, title, changed, authors }) => ({ theme, title, changed, authors })));

/** Opens a call-off or placement beneath a framework or contract that is in force. */
function openBeneath(
  states: States,
  { child, provider, value, raises, pathway, route }: Opening,
  { kind, title, placement, by, besides }: { readonly kind: 'call-off' | 'placement'; readonly title: string; readonly placement: Placement | null; readonly by: 'call-off' | 'place-people'; readonly besides: readonly (Refusal | false)[] },
  context: Context,
) {
  const { agreement } = states;
  const { parties } = agreement.award;
  const { calledOff } = agreement.tree;
  const providing = Object.keys(parties).filter((party) => parties[party] === 'provider' && !onlySubcontracts(agreement.award, party));
  const endsOn = agreement.facts['contract-period']?.value.endsOn;
  const most = agreement.facts['most-call-offs']?.value;
  const beyond = refuseBeyondValue(agreement, [{ amount: calledOff.amount, currency: agreement.facts.value?.value.currency ?? value.currency }, value], by);
  const upset = followedUp(agreement, context);
  const calledIn = [...calledInSince(agreement, context.today), ...calledInAbove(agreement, context.today)];
  const { place, theme, 'affected-groups': groups, 'health-service': isHealth } = agreement.facts;
  const inherited: FactValues = {
    ...(place !== undefined && { place: place.value }),
    ...(theme !== undefined && { theme: theme.value }),
    ...(groups !== undefined && { 'affected-groups': groups.value }),
    ...(isHealth !== undefined && { 'health-service': isHealth.value }),
    ...(placement !== null && { 'people-concerned': placement.people }),
  };
  return unless(
    [
      agreement.kind !== 'framework' &&
        agreement.kind !== 'contract' &&
        refusal('call-off.not-from-this', 'A framework or a contract is called off from.', commissioner(`a framework or contract, not a ${agreement.kind}`, by)),
      providing.length === 0 && refusal('call-off.not-awarded', 'What is called off from was awarded.', commissioner('its award', 'request-gate')),
      calledIn.length > 0 && refusal('decision.called-in', 'Nothing is called off on a decision that was called in, until it stands or is taken anew.', ...calledIn),
      upset.length > 0 && refusal('call-off.award-upset', 'Nothing is called off under an award that a challenge changed or gave up.', ...upset),
      providing.length > 0 &&
        !providing.includes(provider) &&
        refusal('call-off.other-provider', 'A call-off goes to a provider of the agreement it is made under.', ...providing.map((one) => commissioner(`provider-${one}`, by))),
      endsOn !== undefined && endsOn < context.today && refusal('call-off.ended', `What is called off from is in force; this ended on ${endsOn}.`, { what: 'contract-period', suppliedBy: 'contract-manager', by: 'propose-variation' }),
      refuseKnown(states, [child], by),
      beyond === false ? refuseOutOfOtherLots(agreement, provider, value, by) : beyond,
      most !== undefined && calledOff.count >= most && refusal('call-off.too-many', `At most ${most} are called off.`, commissioner('most-call-offs', 'amend-facts')),
      ...unfit(context, kind, by),
      context.pathway.keepsRoute === true &&
        refusal('call-off.of-what-exists', `What is called off is new, and “${context.pathway.title}” changes or ends what was awarded before.`, commissioner('another pathway', by), commissioner('an agreement of its own that renews or ends that one', 'open-agreement')),
      ...refuseNotInUse(states, context, by),
      refuseUnfounded(context, agreement.kind),
      ...besides,
    ],
    () => [
      happened(agreement.id, 'concordat.agreement.call-off-made.v1', { agreement: child, kind, title, supplier: provider, value, people: placement?.people ?? null }),
      happened(child, 'concordat.agreement.called-off.v1', {
        ...begun(child, { title, kind, value, raises: [...raisesAlong(agreement), ...raises], pathway, route }, context.pathway.stages[0]?.id ?? '', context, inherited),
        from: agreement.id,
        fromKind: agreement.kind,
        root: asksAs(agreement),
        provider,
        placement,
        interests: interestsAlong(agreement),
        themes: themesAlong(agreement, kind),
        evidence: youngEvidenceOf(agreement, context.pathway.stages.map(({ id }) => id), context.today),
      }),
    ],
  );
}

/** What is placed at a rate is worth what people cost in one of its times, or more. */
function refuseRate({ people, rate, per, value }: Placement & { readonly value: Money }): readonly (Refusal | false)[] {
  if (rate.currency !== value.currency) return [refusal('placement.other-currency', 'A rate is in the currency of what it comes to.', commissioner(`rate in ${value.currency}`, 'place-people'))];
  const once = timesOf(rate.amount, people);
  return [isAbove(once, value.amount) && refusal('placement.under-rate', `${people} at this rate cost ${once} ${rate.currency} in one ${per}; a placement is worth that at least.`, commissioner('value', 'place-people'))];
}

export const decide = {
  'call-off': (states, command, context) => openBeneath(states, command, { kind: 'call-off', title: command.title, placement: null, by: 'call-off', besides: [] }, context),

  'place-people': (states, command, context) => {
    const { people, rate, per } = command;
    // Providers read titles, and nothing is said to them of so few.
    const title = `Placement ${states.agreement.tree.calledOff.count + 1}${isSmall(people) ? '' : `: ${people} people`}`;
    return openBeneath(states, command, { kind: 'placement', title, placement: { people, rate, per }, by: 'place-people', besides: refuseRate(command) }, context);
  },
} satisfies { [C in keyof CallOffCommands]: Decide<C> };

export const evolve = {
  'concordat.agreement.call-off-made.v1': (agreement, { data: { agreement: id, kind, title, supplier, value, people }, recordedAt }) => {
    const { children, calledOff } = agreement.tree;
    return inTree(agreement, {
      children: putById<Child>(children, { id, as: 'called-off', kind, title, lot: null, provider: supplier, value, people, openedAt: recordedAt }),
      calledOff: { count: calledOff.count + 1, amount: sumOf([calledOff, value]) },
    });
  },
  'concordat.agreement.call-off-freed.v1': (agreement, { data: { agreement: id, freed, ended } }) => {
    const { children, calledOff } = agreement.tree;
    const child = oneById(children, id);
    return inTree(agreement, {
      children: child === undefined ? children : putById(children, { ...child, value: { ...child.value, amount: leftOf(child.value.amount, freed.amount) } }),
      calledOff: { count: calledOff.count - (ended ? 1 : 0), amount: leftOf(calledOff.amount, freed.amount) },
    });
  },
  'concordat.agreement.called-off.v1': (agreement, event) => {
    const { from, fromKind, root, provider, placement, interests, themes, evidence, facts, kind } = event.data;
    const opened = begin(agreement, event);
    const value = facts.value ?? { amount: '0.00', currency: 'GBP' };
    return inTree(
      agreementWith(opened, { kind, award: { ...opened.award, parties: { [provider]: 'invited' } }, carried: carriedFrom(from, themes), carriedOver: alongFrom(from, evidence, event.meta.actor) }),
      { parent: { agreement: from, kind: fromKind, as: 'called-off-from', by: event.meta.actor, decisionRecordedBy: null, root: root ?? opened.id, lot: null, value, placement, interests, decided: null } },
    );
  },
  'concordat.agreement.interest-came-along.v1': (agreement, { data: { from: _, ...came } }) => {
    const { parent } = agreement.tree;
    if (parent === null) return agreement;
    const others = parent.interests.filter((one) => one.person !== came.person || one.role !== came.role);
    return inTree(agreement, { parent: { ...parent, interests: [...others, came].flatMap(alongOf) } });
  },
} satisfies { [T in keyof CallOffEvents]: Evolve<T> };
