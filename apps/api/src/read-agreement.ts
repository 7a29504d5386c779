import { type Actor, may } from '@concordat/access/core';
import { versionOfDecision } from '@concordat/agreement';
import { type Agreement, everythingSaid, type Lot, isOffered, roleIn, scopeOn } from '@concordat/agreement/core';
import { Problem } from '@concordat/platform';

/** How much of an agreement somebody sees: all of it, as the house and a partner body in force do, or what its parties see. */
export type Sight = { readonly sees: 'all' } | { readonly sees: 'party'; readonly provider: string };

/**
 * How much of this agreement the actor sees on this day.
 * @throws Problem 404: what one may not see is not there, for whoever asks.
 */
export function sightOf(actor: Actor, agreement: Agreement, day: string): Sight {
  if (may(actor, 'agreement.read', scopeOn(agreement, day), day)) return { sees: 'all' };
  const provider = Object.keys(agreement.award.parties).find((party) =>
    may(actor, 'agreement.read', { agreement: agreement.id, provider: party }, day),
  );
  if (provider === undefined) throw noSuchAgreement();
  return { sees: 'party', provider };
}

/**
 * What was found of an agreement, for whoever sees all of it on this day.
 * @throws Problem 404, also where nothing was found.
 */
export function seenWhole<Found extends { readonly agreement: Agreement }>(found: Found | undefined, actor: Actor, day: string): Found {
  if (found === undefined || sightOf(actor, found.agreement, day).sees !== 'all') throw noSuchAgreement();
  return found;
}

/** 404, the same for an agreement that is missing, foreign, or not to be seen. */
export function noSuchAgreement(): Problem {
  return new Problem({
    status: 404,
    code: 'agreement.unknown',
    title: 'There is no such agreement',
    detail: 'No agreement by this id can be seen with this key. Check the id, and which organisation the key belongs to.',
  });
}

/** An agreement as this reader sees it. */
export function view(agreement: Agreement, version: number, sight: Sight) {
  const { id, title, kind, lifecycle, stage, stages, pathway, route, tier, award, facts, openedAt, held } = agreement;
  const shared = { id, version, title, kind, lifecycle, stage, stages, pathway, route, openedAt };
  if (sight.sees === 'all') {
    const contributions = { ...agreement.contributions, contributions: everythingSaid(agreement) };
    // What is decided on is more than its facts: whoever decides names the version of the whole paper.
    const content = { ...agreement.content, decision: versionOfDecision(agreement) };
    return { ...withoutSealed({ ...agreement, contributions, content }), ...shared, tier, held };
  }
  const role = award.parties[sight.provider];
  const lots = lotsOf(award.awarded?.lots ?? [], sight.provider);
  return {
    ...shared,
    stages: stagesForParties(stages),
    facts: { reference: facts.reference?.value, place: facts.place?.value, period: facts['contract-period']?.value, specification: facts.specification?.value },
    party: { provider: sight.provider, role, ...(lots.length > 0 && { in: lots.map((lot) => ({ lot: lot.lot, role: roleIn(lot, sight.provider) })) }) },
    proposedAward: offeredTo(agreement, sight.provider),
  };
}

const lotsOf = (lots: readonly Lot[], provider: string): readonly Lot[] =>
  lots.filter(({ lead, members, subcontractors }) => [lead, ...members, ...subcontractors].includes(provider));

/** What is offered to this provider once it is decided, and to nobody else's eyes: of several lots its own. */
function offeredTo(agreement: Agreement, provider: string) {
  const { award: { proposed }, content } = agreement;
  if (proposed === null || !isOffered(agreement, provider)) return null;
  if (proposed.lots.length === 0) return { value: proposed.value, version: content.award };
  const own = lotsOf(proposed.lots, provider).map((lot) => ({ lot: lot.lot, title: lot.title, role: roleIn(lot, provider), value: lot.value }));
  return { lots: own, version: content.award };
}

// How a gate was judged is the organisation's own matter: to its parties it is open or shut.
function stagesForParties(stages: Agreement['stages']): Agreement['stages'] {
  const seen = { 'opened-with-conditions': 'opened', refused: 'shut' } as const;
  return Object.fromEntries(Object.entries(stages).map(([id, passage]) => [id, { ...passage, gate: passage.gate === 'refused' || passage.gate === 'opened-with-conditions' ? seen[passage.gate] : passage.gate }]));
}

/** The value with every sealed text replaced by a mark that there is one: ciphertext is of no use to a reader. */
export function withoutSealed<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_name, member: unknown) =>
      typeof member === 'object' && member !== null && 'sealed' in member && 'subject' in member ? { subject: member.subject, sealed: true } : member,
    ),
  );
}
