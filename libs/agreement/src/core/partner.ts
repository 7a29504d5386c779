import { type Actor, may, type OnAgreement, type OrganisationIdentifier, type PartnerMay, partnerTakes, type Provider, type Right, type Scope } from '@concordat/access/core';
import type { Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { happened } from './event.js';
import type { Money } from './facts.js';
import { isAbove, sumOf } from './money.js';
import { isBidding } from './party.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve, States } from './topic.js';

/** What a partner body pays of the agreement in one financial year, 1 April to 31 March, written `2026-27`. */
export type Share = { readonly year: string; readonly amount: Money };

export type RecordedPartner = {
  /** The body's id, the same on every agreement it is a partner of: roles held for it name it. */
  readonly partner: string;
  /** What the body is called. */
  readonly title: string;
  readonly identifier: OrganisationIdentifier | null;
  /** What its people may here, each including the ones before it. */
  readonly may: PartnerMay;
  /** In words, such as "s.75 National Health Service Act 2006". */
  readonly basis: string;
  readonly from: CivilDate;
  /** The last day. */
  readonly until: CivilDate;
  readonly shares: readonly Share[];
};

export interface PartnerCommands {
  /** Another body sees, signs or decides here between two days. Of one that came along by a split, with its share of this contract, it is said anew. */
  'record-partner': RecordedPartner;
  /** Before its last day: from this moment its people see nothing here. */
  'end-partner': { readonly partner: string; readonly reason: string };
}

export interface PartnerEvents {
  'concordat.agreement.partner-recorded.v1': RecordedPartner;
  'concordat.agreement.partner-ended.v1': { readonly partner: string; readonly on: CivilDate; readonly reason: string };
}

export interface Partner extends RecordedPartner {
  /** The agreement it came along from by a split; null where it was recorded here. */
  readonly fromAgreement: string | null;
  readonly ended: { readonly on: CivilDate; readonly reason: string } | null;
}

/** In the order they were recorded; a body that came back stands here once more. */
export type PartnerState = readonly Partner[];
export const initialPartners: PartnerState = [];

const commissioner = (what: string, by: 'record-partner' | 'end-partner' = 'record-partner') => ({ what, suppliedBy: 'commissioner', by });

/** The records in force on a day. */
export function partnersInForce({ partners }: Agreement, day: CivilDate): readonly Partner[] {
  return partners.filter(({ ended, from, until }) => ended === null && from <= day && day <= until);
}

/** The records that go along with each contract of a split, without the shares, which are of the whole: those in force, and those to come. */
export function partnersAlong({ partners }: Agreement, day: CivilDate): readonly RecordedPartner[] {
  return partners.filter(({ ended, until }) => ended === null && day <= until).map(({ ended: _, fromAgreement: __, ...recorded }) => ({ ...recorded, shares: [] }));
}

/** As they stand in the contract of a split that they came along to. */
export const cameAlong = (partners: readonly RecordedPartner[], from: string): PartnerState => partners.map((partner) => ({ ...partner, fromAgreement: from, ended: null }));

/** The agreement as rights on it are asked about on a day: whatever is not asked so gives a partner body's people nothing. */
export function scopeOn(agreement: Agreement, day: CivilDate): OnAgreement {
  return { agreement: agreement.id, partners: Object.fromEntries(partnersInForce(agreement, day).map(({ partner, may: level }) => [partner, level])) };
}

const plain = (title: string): string => title.trim().replaceAll(/\s+/g, ' ').toLowerCase();
type Body = Pick<RecordedPartner, 'partner' | 'title' | 'identifier'>;
const isSame = (one: OrganisationIdentifier | null, other: OrganisationIdentifier): boolean => one?.scheme === other.scheme && one.id === other.id;
const isSameBody = (one: Body, other: Body): boolean =>
  one.partner === other.partner || plain(one.title) === plain(other.title) || (other.identifier !== null && isSame(one.identifier, other.identifier));
// A party whose stream was not read joined just now: until it is looked at anew, it may be the same body.
const isProvider = (body: Body, party: string, provider: Provider | undefined): boolean =>
  provider === undefined || body.partner === party || plain(body.title) === plain(provider.name) || provider.identifiers.some((identifier) => isSame(body.identifier, identifier));

/** Whoever bids or was awarded it, and whoever a proposed lot would pay for a part of it without having been invited. */
export const everyBidder = ({ parties, proposed }: Agreement['award']): readonly string[] => [...new Set([...Object.keys(parties).filter((party) => isBidding({ parties }, party)), ...(proposed?.lots ?? []).flatMap(({ subcontractors }) => subcontractors)])];

const says = 'Whoever decides what is bought here does not sell it: no partner body bids.';

/** The refusal of providers of whom some are a partner body of this agreement today or later. */
export function refusePartnersAsProviders({ agreement, providers }: Pick<States, 'agreement' | 'providers'>, asked: readonly string[], today: CivilDate): Refusal | false {
  const same = agreement.partners.filter((partner) => partner.ended === null && today <= partner.until && asked.some((provider) => isProvider(partner, provider, providers[provider])));
  return same.length > 0 && refusal('partner.bids-here', says, ...same.map(({ title }) => commissioner(`the end of ${title} as a partner`, 'end-partner')));
}

/** The refusal of one company that stands here twice: one registration bids and not two, and nobody is in a team with itself. */
export function refuseSameCompany(providers: States['providers'], asked: readonly string[], by: 'invite-provider' | 'propose-lots'): Refusal | false {
  const identifiersOf = (provider: string) => providers[provider]?.identifiers ?? [];
  const same = asked.filter((provider, at) => asked.slice(0, at).some((other) => other !== provider && identifiersOf(provider).some((one) => identifiersOf(other).some((identifier) => isSame(one, identifier)))));
  return same.length > 0 && refusal('provider.same-company', 'A company is one provider here: two registrations with one identifier do not bid beside each other.', ...same.map((provider) => ({ what: `another company than provider-${provider}`, suppliedBy: 'commissioner', by })));
}

/**
 * Why somebody's rights for a partner body do not hold here today, where nothing but its record is missing; undefined where no
 * record would give the right.
 */
export function refuseAsPartner(now: Actor, right: Right, scopes: readonly Scope[], today: CivilDate): Refusal | undefined {
  const takes = partnerTakes[right];
  if (now.kind === 'system' || takes === 'host') return undefined;
  const bodies = now.grants.flatMap(({ partner, ...grant }) =>
    partner !== undefined && scopes.some((scope) => may({ ...now, grants: [grant] }, right, scope, today)) ? [partner] : [],
  );
  if (bodies.length === 0) return undefined;
  return refusal(
    'partner.not-in-force',
    'Whoever acts for a partner body acts while its record on the agreement is in force, and as far as that allows.',
    ...[...new Set(bodies)].map((partner) => commissioner(`partner-${partner}, in force today, that may ${takes}`)),
  );
}

/** Whether this names a year from 1 April to 31 March, such as `2026-27`. */
function isFinancialYear(year: string): boolean {
  const [begins = '', ends = ''] = year.split('-');
  return /^\d{4}-\d{2}$/.test(year) && (Number(begins) + 1) % 100 === Number(ends);
}

function whatIsWrongWithShares({ facts, partners }: Agreement, shares: readonly Share[]): readonly (Refusal | false)[] {
  const value = facts.value?.value;
  const currency = value?.currency ?? shares[0]?.amount.currency;
  const years = shares.map(({ year }) => year);
  const unknown = years.filter((year) => !isFinancialYear(year));
  const twice = years.filter((year, at) => years.indexOf(year) < at);
  const inCurrency = shares.every(({ amount }) => amount.currency === currency);
  const all = [...partners.filter(({ ended }) => ended === null).flatMap((partner) => partner.shares), ...shares].map(({ amount }) => amount).filter((amount) => amount.currency === currency);
  return [
    unknown.length > 0 && refusal('partner.not-a-financial-year', 'A share is of a financial year, which begins on 1 April, written 2026-27.', ...unknown.map((year) => commissioner(`another year than ${year}`))),
    twice.length > 0 && refusal('partner.year-twice', 'A partner has one share in a financial year.', ...twice.map((year) => commissioner(`one share for ${year}`))),
    !inCurrency && refusal('partner.other-currency', 'Shares are in the currency of the agreement.', commissioner(`shares in ${currency}`)),
    value !== undefined && inCurrency && isAbove(sumOf(all), value.amount) &&
      refusal('partner.above-value', 'The shares of all partners together are not more than the agreement is worth.', commissioner(`shares of at most ${value.amount} ${value.currency} in all`)),
  ];
}

export const decide = {
  'record-partner': ({ agreement, providers }, { partner, title, identifier, may: level, basis, from, until, shares }, { today }) => {
    const body = { partner, title, identifier };
    const twice = agreement.partners.filter((other) => other.ended === null && other.fromAgreement === null && isSameBody(body, other) && from <= other.until && other.from <= until);
    const bids = everyBidder(agreement.award).filter((party) => isProvider(body, party, providers[party]));
    return unless(
      [
        until < from && refusal('partner.ends-before-it-begins', 'The last day of a partner is not before its first.', commissioner('until')),
        until < today && refusal('partner.over', 'A partner sees, signs or decides until today or later.', commissioner('until')),
        twice.length > 0 && refusal('partner.twice', 'A body is a partner once at a time.', ...twice.map((other) => commissioner(`the end of ${other.title} as a partner, recorded until ${other.until}`, 'end-partner'))),
        bids.length > 0 && refusal('partner.bids-here', says, ...bids.map((party) => commissioner(`another body than provider-${party}`))),
        ...whatIsWrongWithShares(agreement, shares),
      ],
      () => [happened(agreement.id, 'concordat.agreement.partner-recorded.v1', { partner, title, identifier, may: level, basis, from, until, shares })],
    );
  },

  'end-partner': ({ agreement }, { partner, reason }, { today }) => {
    const known = agreement.partners.filter((each) => each.partner === partner);
    return unless(
      [
        known.length === 0 && refusal('partner.unknown', 'The partner is on record here.', commissioner('partner')),
        known.length > 0 && known.every(({ ended, until }) => ended !== null || until < today) && alreadySo('it is a partner no more'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.partner-ended.v1', { partner, on: today, reason })],
    );
  },
} satisfies { [C in keyof PartnerCommands]: Decide<C> };

export const evolve = {
  // What is said here takes the place of what came along.
  'concordat.agreement.partner-recorded.v1': (agreement, { data }) => agreementWith(agreement, {
    partners: [...agreement.partners.filter((other) => other.fromAgreement === null || other.ended !== null || !isSameBody(data, other)), { ...data, fromAgreement: null, ended: null }],
  }),
  // What ran out by itself before stays as it was.
  'concordat.agreement.partner-ended.v1': (agreement, { data: { partner, ...ended } }) => agreementWith(agreement, {
    partners: agreement.partners.map((each) => (each.partner === partner && each.ended === null && ended.on <= each.until ? { ...each, ended } : each)),
  }),
} satisfies { [T in keyof PartnerEvents]: Evolve<T> };
