import type { OrganisationIdentifier } from '@concordat/access/core';
import { type Agreement, awardNotice, noticeOfAward, type Publication } from '@concordat/agreement/core';
import type { Route } from '@concordat/pathway/core';

/** A tag of a release (OCDS 1.1, codelist releaseTag). */
export type ReleaseTag = 'planning' | 'tender' | 'tenderCancellation' | 'award' | 'contract' | 'contractAmendment' | 'contractTermination' | 'implementation';

/** What the data of each notice tells, by the notice's code. A notice of a route that is missing here is found by a test. */
export const tagOfNotice: Readonly<Record<string, ReleaseTag>> = {
  UK1: 'planning',
  UK2: 'planning',
  UK3: 'planning',
  UK4: 'tender',
  UK5: 'award',
  UK6: 'award',
  UK7: 'contract',
  UK9: 'implementation',
  UK10: 'contractAmendment',
  UK11: 'contractTermination',
  UK12: 'tenderCancellation',
  'contract-copy': 'contract',
  'psr-intended-approach': 'tender',
  'psr-competition': 'tender',
  'psr-intention': 'award',
  'psr-award': 'award',
  [awardNotice]: 'award',
};

/** An organisation as a release names it. */
export interface Party {
  readonly id: string;
  readonly name: string;
  readonly identifiers: readonly OrganisationIdentifier[];
}

/** What a release needs to know besides the agreement as it stood when it was published. */
export interface ReleaseBasis {
  readonly route: Route;
  readonly buyer: Party;
  /** The providers that it may name, by id. */
  readonly providers: ReadonlyMap<string, Party>;
}

type Released = Publication & { readonly of: Extract<Publication['of'], { is: 'release' }> };

/**
 * One official notice told again as an OCDS 1.1 release: of the agreement as it stood when it was published, no more than that kind
 * of notice tells. What is planned or called for names nobody who may be awarded it; no release names a person.
 */
export function releaseOf(agreement: Agreement, { publication, of, published }: Released, { route, buyer, providers }: ReleaseBasis) {
  const tag = tagOfNotice[of.notice] ?? 'planning';
  const { facts } = agreement;
  const period = facts['contract-period']?.value;
  const contractPeriod = period && { startDate: startOf(period.startsOn), endDate: `${period.endsOn}T23:59:59Z` };
  const official = of.notice === awardNotice ? noticeOfAward(agreement) : agreement.publishedNotices.findLast(({ notice }) => notice === of.notice);
  const documents = [{ id: published?.number ?? '', title: route.notices.find(({ code }) => code === of.notice)?.title ?? 'Contract award notice', ...(official && { datePublished: startOf(official.publishedOn) }) }];
  const telling = tag === 'planning' || tag === 'tender' || tag === 'tenderCancellation' ? 'tender' : tag === 'award' ? 'awards' : 'contracts';
  const awards = telling === 'tender' ? [] : awardsOf(agreement);
  const named = [...new Set(awards.flatMap(({ suppliers }) => suppliers))].map((id) => providers.get(id) ?? { id, name: 'A provider', identifiers: [] });
  return {
    ocid: of.ocid,
    id: `${of.ocid}-${publication}`,
    date: published?.at.replace(/(\.\d{3})\d*Z$/, '$1Z') ?? '',
    tag: [tag],
    initiationType: 'tender',
    language: 'en',
    parties: [partyOf(buyer, 'buyer'), ...named.map((party) => partyOf(party, 'supplier'))],
    buyer: { id: buyer.id, name: buyer.name },
    tender: {
      id: agreement.id,
      title: agreement.title,
      ...(facts.description && { description: facts.description.value }),
      status: tag === 'planning' ? 'planned' : tag === 'tender' ? 'active' : tag === 'tenderCancellation' ? 'cancelled' : 'complete',
      procurementMethodDetails: route.title,
      ...(facts.value && { value: amountOf(facts.value.value) }),
      ...(contractPeriod && { contractPeriod }),
      ...(telling === 'tender' && { documents }),
    },
    ...(telling !== 'tender' && {
      awards: awards.map(({ id, title, value, suppliers }) => ({
        id,
        title,
        status: 'active',
        ...(agreement.decision && { date: startOf(agreement.decision.decidedOn) }),
        ...(value && { value: amountOf(value) }),
        suppliers: suppliers.map((supplier) => ({ id: supplier, name: providers.get(supplier)?.name ?? 'A provider' })),
        ...(contractPeriod && { contractPeriod }),
        ...(telling === 'awards' && { documents }),
      })),
    }),
    ...(telling === 'contracts' && {
      contracts: awards.map(({ id, title, value }) => ({
        id: `${id}-contract`,
        awardID: id,
        title,
        status: tag === 'contractTermination' ? 'terminated' : 'active',
        ...(contractPeriod && { period: contractPeriod }),
        ...(value && { value: amountOf(value) }),
        ...(facts['contract-signed'] && { dateSigned: startOf(facts['contract-signed'].value) }),
        documents,
      })),
    }),
  };
}

/** One release. */
export type Release = ReturnType<typeof releaseOf>;

/** Releases as they are exchanged (OCDS 1.1 release package), the newest as its day. */
export function releasePackage(uri: string, publisher: string, releases: readonly Release[]) {
  return { uri, version: '1.1', publishedDate: releases.map(({ date }) => date).sort().at(-1) ?? '', publisher: { name: publisher }, license: 'https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/', releases };
}

// Days are days in the United Kingdom; a release wants an instant, and says the first of the day.
const startOf = (day: string): string => `${day}T00:00:00Z`;
const amountOf = ({ amount, currency }: { readonly amount: string; readonly currency: string }) => ({ amount: Number(amount), currency });

const partyOf = ({ id, name, identifiers: [first, ...more] }: Party, role: 'buyer' | 'supplier') => ({
  id, name, roles: [role], ...(first && { identifier: { ...first, legalName: name } }), ...(more.length > 0 && { additionalIdentifiers: more }),
});

/** Each contract that is or was to be awarded, with those who provide under it; subcontractors are none. */
function awardsOf({ id, title, award: { proposed, parties, original } }: Agreement) {
  if (proposed !== null && proposed.lots.length > 0) {
    return proposed.lots.map((lot) => ({ id: lot.agreement, title: lot.title, value: lot.value, suppliers: [lot.lead, ...lot.members] }));
  }
  const value = original?.value ?? proposed?.value ?? null;
  const suppliers = proposed === null ? Object.keys(parties).filter((party) => parties[party] === 'provider') : [proposed.provider];
  return suppliers.length === 0 ? [] : [{ id: `${id}-award`, title, value, suppliers }];
}
