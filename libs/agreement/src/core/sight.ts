import { type Actor, actorName, holdsRole, may } from '@concordat/access/core';
import type { FactName } from '@concordat/pathway/core';
import type { CivilDate } from '@concordat/platform/core';
import { type Agreement, initialAgreement } from './agreement.js';
import { isOffered, type PartyRole } from './award.js';
import { initialContributions } from './contribution.js';
import type { FactValues } from './facts.js';
import { owes } from './obligation.js';
import { providerToSign } from './offered.js';
import { viewOfProvider } from './outcome.js';
import { speakingForOthers } from './own-word.js';
import { scopeOn } from './partner.js';
import { isToAdvise } from './risk-panel.js';
import { everyIdToday } from './separation.js';
import { isAskedOfPeople, isSpokenForByProviders } from './statement.js';
import { stillToAccept } from './variation-acceptance.js';

/**
 * How much of an agreement somebody sees: all of it, as the house and a partner body in force do; what people who take part in it do; or
 * what one of its parties does. `forOthers`: they speak for those who take part, so in a form they choose whom by pseudonym. `until`: the version
 * it had when the sourcing was over for that party, which sees nothing of what came after, as it hears nothing of it.
 */
export type Sight =
  | { readonly sees: 'all' }
  | { readonly sees: 'people'; readonly person: string; readonly forOthers: boolean }
  | { readonly sees: 'party'; readonly provider: string; readonly role: PartyRole; readonly until: number | null };
export type SightOf<S extends Sight['sees']> = Extract<Sight, { sees: S }>;

/**
 * How much of this agreement the actor sees on this day; undefined where it is not there for them. Whoever of those who take part sits in a
 * shared-risk panel sees all of it until the panel has advised, for it advises on the whole.
 */
export function sightOf(actor: Actor, agreement: Agreement, day: CivilDate): Sight | undefined {
  const here = scopeOn(agreement, day);
  if (may(actor, 'agreement.read', here, day)) return { sees: 'all' };
  const takingPart = actor.kind === 'person' && may(actor, 'agreement.read', { ...here, takingPart: true }, day) ? actor : undefined;
  if (takingPart !== undefined && isOpenOrHeld(agreement) && isToAdvise(agreement, takingPart.person)) return { sees: 'all' };
  const party = partySight(actor, agreement, day);
  if (takingPart === undefined || party?.until === null) return party;
  return { sees: 'people', person: takingPart.person, forOthers: speakingForOthers.some((role) => holdsRole(takingPart.grants, role, here, day)) };
}

const isOpenOrHeld = ({ lifecycle }: Agreement): boolean => lifecycle === 'open' || lifecycle === 'held';

function partySight(actor: Actor, agreement: Agreement, day: CivilDate): SightOf<'party'> | undefined {
  const { parties, left } = agreement.award;
  const own = Object.entries(parties).filter(([provider]) => may(actor, 'agreement.read', { agreement: agreement.id, provider }, day));
  const [provider, role] = own.find(([party]) => left[party] === undefined) ?? own[0] ?? [];
  return provider === undefined || role === undefined ? undefined : { sees: 'party', provider, role, until: left[provider] ?? null };
}

/** What there is to read of an agreement besides where it stands, by which of its parties read it: those who hear of it, too (`audience` in webhooks). */
const readBy = {
  /** What is to be provided: whoever bids for it and whoever provides it; drafts are no head start for whoever provides it so far. */
  specification: ['invited', 'provider'],
  /** The award that is offered to the very party. */
  offer: ['invited', 'provider'],
  /** What is delivered and owed: figures, obligations, concerns, visits. */
  delivery: ['provider'],
  /** What people said and let the provider see. */
  contributions: ['provider'],
} as const satisfies Readonly<Record<string, readonly PartyRole[]>>;
export type PartToRead = keyof typeof readBy;
export const partsToRead = Object.keys(readBy) as readonly PartToRead[];

/** Does a party in this role read this part of the agreement? */
export const isReadBy = (part: PartToRead, role: PartyRole | undefined): boolean => (readBy[part] as readonly (PartyRole | undefined)[]).includes(role);

/**
 * The agreement as whoever acts in it may choose from it: of a party what is its own and what it is asked, of people who take part what they
 * are asked, what they said and what was done with it, of the house all. What is not named here is the organisation's own, and stands as if there
 * were none.
 */
export function withinSight(agreement: Agreement, sight: Sight, actor: Actor): Agreement {
  switch (sight.sees) {
    case 'all':
      return agreement;
    case 'people':
      return ofPeople(agreement, sight, actor);
    case 'party':
      return ofParty(agreement, sight, actor);
  }
}

const ownInterests = (agreement: Agreement, actor: Actor) => agreement.conflicts.filter(({ person }) => person === actorName(actor));

function ofPeople(agreement: Agreement, { person, forOthers }: SightOf<'people'>, actor: Actor): Agreement {
  const { id, title, kind, tier, pathway, route, lifecycle, stage, stages, openedAt, takenOver, facts, content, involvement, contributions } = agreement;
  const statements = statementsFor(agreement, person);
  const asked = statements.flatMap(({ risks }) => risks);
  const open: Agreement = {
    ...initialAgreement, id, title, kind, tier, pathway, route, lifecycle, stage, stages: stagesForParties(stages), openedAt, takenOver, content, statements,
    facts: Object.fromEntries(Object.entries(facts).filter(([name]) => (factsOfEveryParty as readonly string[]).includes(name) || name === 'affected-groups')),
    activitiesOfPeople: agreement.activitiesOfPeople.filter(({ onRecord }) => onRecord === 'public'),
    involvement: { ...involvement, invitations: [], activities: involvement.activities.map((activity) => ({ ...activity, attended: [], effort: [], couldItChange: {}, answeredForThem: [], spoke: [] })) },
    information: agreement.information.map((pack) => ({ ...pack, givenTo: {} })),
    carriedOver: agreement.carriedOver,
    waivers: agreement.waivers,
    risk: agreement.risk.filter(({ id: risk }) => asked.includes(risk)),
    conflicts: ownInterests(agreement, actor),
    signOffs: signOffsAskedBy(agreement, person),
  };
  if (!forOthers) return open;
  return { ...open, involvement, contributions: { ...initialContributions, contributions: contributions.contributions, themes: contributions.themes }, payments: agreement.payments };
}

/** The statements that people who take part are asked for, and those that this one of them gave or wrote down. */
export function statementsFor(agreement: Agreement, person: string): Agreement['statements'] {
  const everyId = everyIdToday(agreement, person);
  return agreement.statements.filter((one) => (one.spoken === null ? one.from === null && isAskedOfPeople(one) : everyId.includes(one.spoken.by) || everyId.includes(one.spoken.writtenBy)));
}

/** The sign-offs that this person asked for. */
export const signOffsAskedBy = (agreement: Agreement, person: string): Agreement['signOffs'] => agreement.signOffs.filter(({ requestedBy }) => everyIdToday(agreement, person).includes(requestedBy));

function ofParty(agreement: Agreement, { provider, role }: SightOf<'party'>, actor: Actor): Agreement {
  const { id, title, kind, tier, pathway, route, lifecycle, stage, stages, openedAt, takenOver, facts, content, award, decision, routeChoice, readiness } = agreement;
  const open: Agreement = {
    ...initialAgreement, id, title, kind, tier, pathway, route, lifecycle, stage, stages, openedAt, takenOver, facts, content, decision, routeChoice, readiness,
    award: { ...award, parties: { [provider]: role }, soFar: {}, uninviting: {}, proposed: isOffered(agreement, provider) ? award.proposed : null },
    conflicts: ownInterests(agreement, actor),
    signOffs: providerToSign(agreement) === provider ? agreement.signOffs.filter(({ of }) => of === 'provider') : [],
    statements: agreement.statements.filter(({ group }) => isSpokenForByProviders(group)),
  };
  if (!isReadBy('delivery', role)) return open;
  const own = <T extends { readonly provider: string | null }>(all: readonly T[]): readonly T[] => all.filter((one) => one.provider === provider);
  return {
    ...open,
    kpis: { kpis: agreement.kpis.kpis, observations: own(agreement.kpis.observations), findings: [] },
    delivery: { obligations: agreement.delivery.obligations.filter((one) => owes(agreement, one, provider)), agreedBy: {}, withdrawn: [], cycles: agreement.delivery.cycles },
    reviews: { meetings: [], actions: own(agreement.reviews.actions) },
    providerConcerns: own(agreement.providerConcerns),
    expiries: own(agreement.expiries),
    qualityVisits: own(agreement.qualityVisits),
    // What they are asked to accept of a variation, and nothing of how it came about.
    variations: agreement.variations.filter((one) => stillToAccept(agreement, one).includes(provider)).map(({ variation, what, to, offer, proposedOn, changedOn, carriedOut }) => ({
      variation, what, to, proposedOn, changedOn, carriedOut, why: '', touches: [], proposedBy: '', afterEnd: null, askedAgain: [], notAsked: [], test: null, decided: null, toTakeAnew: null, offer: offer && { ...offer, accepted: [] },
    })),
    exit: agreement.exit,
    staffTransfer: agreement.staffTransfer,
    countsTold: agreement.countsTold,
    // What they are asked the three plain questions of, and how others answer them not.
    outcomes: agreement.outcomes.map((outcome) => {
      const answered = viewOfProvider(agreement, outcome, provider);
      return { ...outcome, links: [], views: answered === undefined ? {} : { provider: [answered] } };
    }),
  };
}

// Whoever is a party reads these; what is to be provided has readers of its own.
const factsOfEveryParty: readonly FactName[] = ['title', 'reference', 'place', 'contract-period'];

/** Does a party in this role read any of these facts? All others are the organisation's own. */
export const readsAnyOf = (facts: FactValues, role: PartyRole): boolean =>
  Object.keys(facts).some((name) => (name === 'specification' ? isReadBy('specification', role) : (factsOfEveryParty as readonly string[]).includes(name)));

/**
 * The stages as parties and people who take part see them. How a gate was judged is the organisation's own matter: to them it is open or
 * shut, and for what tier it was opened tells whoever bids what it is thought to be worth.
 */
export function stagesForParties(stages: Agreement['stages']): Agreement['stages'] {
  const seen = { 'opened-with-conditions': 'opened', refused: 'shut' } as const;
  return Object.fromEntries(Object.entries(stages).map(([id, { tier: _, ...passage }]) => [id, { ...passage, gate: passage.gate === 'refused' || passage.gate === 'opened-with-conditions' ? seen[passage.gate] : passage.gate }]));
}
