import { type AgreementSeen, versionOfDecision } from '@concordat/agreement';
import { type Agreement, childrenOf, everythingSaid, type Lot, isOffered, isReadBy, providersOfAward, roleIn, seenByPeople, type SightOf, stagesForParties } from '@concordat/agreement/core';
import { Problem } from '@concordat/platform';

/**
 * What was found of an agreement for whoever asks.
 * @throws Problem 404: what one may not see is not there.
 */
export function seen<Found>(found: Found | undefined): Found {
  if (found === undefined) throw noSuchAgreement();
  return found;
}

/**
 * What was found of an agreement, for whoever sees all of it.
 * @throws Problem 404, also where nothing was found.
 */
export function seenWhole(found: AgreementSeen | undefined): AgreementSeen {
  if (found?.sight.sees !== 'all') throw noSuchAgreement();
  return found;
}

/**
 * What was found of an agreement, for whoever sees all of it and for people who take part in it.
 * @throws Problem 404, also where nothing was found.
 */
export function seenByHouseAndPeople(found: AgreementSeen | undefined): AgreementSeen {
  if (found?.sight.sees !== 'all' && found?.sight.sees !== 'people') throw noSuchAgreement();
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
export function view(seen: AgreementSeen) {
  const { agreement, version, sight } = seen;
  const { id, title, kind, lifecycle, stage, pathway, route, openedAt } = agreement;
  const shared = { id, version, title, kind, lifecycle, stage, stages: agreement.stages, pathway, route, openedAt };
  switch (sight.sees) {
    case 'all':
      return { ...wholeOf(agreement), ...shared, tier: agreement.tier, held: agreement.held };
    case 'people':
      return { ...shared, tier: agreement.tier, ...outside(agreement), ...seenByPeople(agreement, sight.person) };
    case 'party':
      return { ...shared, ...outside(agreement), ...ofParty(agreement, sight) };
  }
}

function wholeOf(agreement: Agreement) {
  // The word that was seen for a concern, with who said it, is kept for putting it back, and for nobody to read.
  const concerns = agreement.contributions.concerns.map(({ before: _, ...concern }) => concern);
  const contributions = { ...agreement.contributions, contributions: everythingSaid(agreement), concerns };
  // What is decided on is more than its facts: whoever decides names the version of the whole paper.
  const content = { ...agreement.content, decision: versionOfDecision(agreement) };
  // Under which ids people are known is asked of them, and stands in no agreement.
  const { knownAs: _, ...whole } = agreement;
  return withoutSealed({ ...whole, contributions, content, tree: { ...agreement.tree, children: childrenOf(agreement) } });
}

/** What whoever is not of the house reads of where it stands. */
function outside(agreement: Agreement) {
  const { stages, facts, award } = agreement;
  return {
    stages: stagesForParties(stages),
    facts: { reference: facts.reference?.value, place: facts.place?.value, period: facts['contract-period']?.value },
    notice: award.notice && { publishedOn: award.notice.publishedOn, recordedOn: award.notice.recordedOn, reference: award.notice.reference },
    awarded: awardedOf(agreement),
  };
}

function ofParty(agreement: Agreement, { provider, role }: SightOf<'party'>) {
  const { award, facts } = agreement;
  const lots = lotsOf(award.awarded?.lots ?? [], provider);
  return {
    facts: { ...outside(agreement).facts, ...(isReadBy('specification', role) && { specification: facts.specification?.value }) },
    party: { provider, role, ...(lots.length > 0 && { in: lots.map((lot) => ({ lot: lot.lot, role: roleIn(lot, provider) })) }) },
    proposedAward: isReadBy('offer', role) ? offeredTo(agreement, provider) : null,
  };
}

const lotsOf = (lots: readonly Lot[], provider: string): readonly Lot[] =>
  lots.filter(({ lead, members, subcontractors }) => [lead, ...members, ...subcontractors].includes(provider));

/** When it was awarded and, of one contract, to whom: of several each reads in its own, which was awarded in the whole. */
function awardedOf({ award: { original, awarded, parties }, tree }: Agreement) {
  if (original === null || original.on === null || tree.parent?.as === 'split-from') return null;
  const provider = providersOfAward({ parties })[0];
  return { on: original.on, provider: awarded === null ? provider : null };
}

/** What is offered to this provider once it is decided, and to nobody else's eyes: of several lots its own. */
function offeredTo(agreement: Agreement, provider: string) {
  const { award: { proposed }, content } = agreement;
  if (proposed === null || !isOffered(agreement, provider)) return null;
  if (proposed.lots.length === 0) return { value: proposed.value, version: content.award };
  const own = lotsOf(proposed.lots, provider).map((lot) => ({ lot: lot.lot, title: lot.title, role: roleIn(lot, provider), value: lot.value }));
  return { lots: own, version: content.award };
}

/** The value with every sealed text replaced by a mark that there is one: ciphertext is of no use to a reader. */
export function withoutSealed<T>(value: T): T {
  return JSON.parse(
    JSON.stringify(value, (_name, member: unknown) =>
      typeof member === 'object' && member !== null && 'sealed' in member && 'subject' in member ? { subject: member.subject, sealed: true } : member,
    ),
  );
}
