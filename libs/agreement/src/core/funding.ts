import type { Missing } from '@concordat/journal/core';
import { canonical, type CivilDate } from '@concordat/platform/core';
import type { Agreement } from './agreement.js';
import { agreementWith } from './agreement-with.js';
import { dayInUtc } from './began.js';
import type { Corrects } from './corrects.js';
import { happened } from './event.js';
import type { Money } from './facts.js';
import { isAbove, leftOf, sumOf } from './money.js';
import { alreadySo, refusal, unless } from './refusal.js';
import type { Decide, Evolve } from './topic.js';
import type { ratePeriods } from './tree.js';

/** From 1 April to 31 March, as `2026-27`. */
export type FinancialYear = string;

/** What is paid for one hour, visit, … in a financial year; the first of a rate is no uplift. */
type RateSet = { readonly rate: string; readonly what: string; readonly per: (typeof ratePeriods)[number]; readonly year: FinancialYear; readonly amount: Money; /** Such as the index that it follows. */ readonly why: string };
type Committed = { readonly funding: string; readonly funder: string; readonly year: FinancialYear; readonly amount: Money; /** On what it rests, such as an agreement under s.75. */ readonly basis: string };
type Spent = { readonly spend: string; readonly funding: string; readonly on: CivilDate; readonly amount: Money; readonly source: string };


export interface FundingCommands {
  /** The same rate and year again sets it anew. */
  'set-rate': RateSet;
  /** What one funder puts in, in one year. The same `funding` again commits another amount. */
  'commit-funding': Committed;
  /** What was paid of it. The same `spend` again corrects it, and says `why`; what it said before stays beside it. */
  'record-spend': Spent & Corrects;
}

export interface FundingEvents {
  'concordat.agreement.rate-set.v1': RateSet;
  'concordat.agreement.funding-committed.v1': Committed;
  'concordat.agreement.spend-recorded.v1': Spent & Corrects;
}

export interface FundingState {
  readonly rates: readonly RateSet[];
  readonly committed: readonly Committed[];
  readonly spent: readonly Payment[];
}
/** `corrected`: what it said before, each time. */
export interface Payment extends Spent {
  readonly corrected: readonly (Omit<Spent, 'spend'> & { readonly why: string; readonly correctedOn: CivilDate })[];
}
export const initialFunding: FundingState = { rates: [], committed: [], spent: [] };

/** A financial year is two years that follow each other. */
export const isFinancialYear = (year: string): boolean => /^20\d\d-\d\d$/.test(year) && (Number(year.slice(2, 4)) + 1) % 100 === Number(year.slice(5));

/** The financial year of a day. */
export function financialYearOf(day: CivilDate): FinancialYear {
  const first = Number(day.slice(0, 4)) - (day.slice(5) < '04-01' ? 1 : 0);
  return `${first}-${String((first + 1) % 100).padStart(2, '0')}`;
}

/** One rate over the years; `uplift`: in per cent of the year before that is on record, rounded to two places. */
export interface RateOverYears {
  readonly rate: string;
  readonly what: string;
  readonly per: RateSet['per'];
  readonly years: readonly (Pick<RateSet, 'year' | 'amount' | 'why'> & { readonly uplift: number | null })[];
}

/** What one funder put in, and what was paid of it. */
export interface FunderInYear extends Committed {
  readonly actual: Money;
  readonly left: Money;
  readonly over: boolean;
  readonly payments: readonly Payment[];
}

/** Rates with their uplifts, and what was committed against what was paid, by financial year and funder. */
export function fundingView({ funding: { rates, committed, spent } }: Agreement): { readonly rates: readonly RateOverYears[]; readonly funders: readonly FunderInYear[] } {
  const byYear = <T extends { readonly year: FinancialYear }>(all: readonly T[]): readonly T[] => [...all].sort((a, b) => (a.year < b.year ? -1 : a.year > b.year ? 1 : 0));
  return {
    rates: [...new Set(rates.map(({ rate }) => rate))].map((rate) => {
      const years = byYear(rates.filter((one) => one.rate === rate));
      const { what, per } = years.at(-1)!;
      return { rate, what, per, years: years.map(({ year, amount, why }, at) => ({ year, amount, why, uplift: upliftOf(years[at - 1]?.amount, amount) })) };
    }),
    funders: byYear(committed).map((one) => {
      const { currency } = one.amount;
      const payments = spent.filter(({ funding }) => funding === one.funding);
      const actual = sumOf(payments.map(({ amount }) => amount));
      return { ...one, payments, actual: { amount: actual, currency }, left: { amount: leftOf(one.amount.amount, actual), currency }, over: isAbove(actual, one.amount.amount) };
    }),
  };
}

function upliftOf(before: Money | undefined, { amount, currency }: Money): number | null {
  if (before === undefined || before.currency !== currency || Number(before.amount) === 0) return null;
  return Math.round((Number(amount) / Number(before.amount) - 1) * 10_000) / 100;
}

const manager = (what: string, by: string): Missing => ({ what, suppliedBy: 'contract-manager', by });
const notAYear = (year: string, by: string) => !isFinancialYear(year) && refusal('funding.no-financial-year', 'A financial year is written as 2026-27.', manager('year', by));

export const decide = {
  'set-rate': ({ agreement }, { name: _, agreement: __, ...set }) =>
    unless(
      [
        notAYear(set.year, 'set-rate'),
        agreement.funding.rates.some(({ rate, per }) => rate === set.rate && per !== set.per) && refusal('funding.rate-of-something-else', 'A rate is paid for the same over the years.', manager('another rate', 'set-rate')),
        agreement.funding.rates.some((one) => one.rate === set.rate && one.year === set.year && one.amount.amount === set.amount.amount && one.amount.currency === set.amount.currency && one.what === set.what && one.why === set.why) && alreadySo('the rate is set so'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.rate-set.v1', set)],
    ),

  'commit-funding': ({ agreement }, { name: _, agreement: __, ...committed }) => {
    const known = agreement.funding.committed.find(({ funding }) => funding === committed.funding);
    const spends = agreement.funding.spent.some(({ funding }) => funding === committed.funding);
    return unless(
      [
        notAYear(committed.year, 'commit-funding'),
        known !== undefined && (known.funder !== committed.funder || known.year !== committed.year) && refusal('funding.of-something-else', 'What is committed anew is of the same funder and year.', manager('another id', 'commit-funding')),
        known !== undefined && spends && known.amount.currency !== committed.amount.currency && refusal('funding.other-currency', 'What is paid is counted in the currency that was committed.', manager('amount', 'commit-funding')),
        known !== undefined && known.amount.amount === committed.amount.amount && known.amount.currency === committed.amount.currency && known.basis === committed.basis && alreadySo('it is committed so'),
      ],
      () => [happened(agreement.id, 'concordat.agreement.funding-committed.v1', committed)],
    );
  },

  'record-spend': ({ agreement }, { name: _, agreement: __, why, ...spent }, { today }) => {
    const { corrected: ___, ...before } = agreement.funding.spent.find(({ spend }) => spend === spent.spend) ?? {};
    const isKnown = 'spend' in before;
    const same = canonical(before) === canonical(spent);
    const known = agreement.funding.committed.find(({ funding }) => funding === spent.funding);
    return unless(
      [
        same && alreadySo('it is on record'),
        isKnown && !same && why === undefined && refusal('funding.correction-unsaid', 'A payment that is on record is corrected with a word of why.', manager('why', 'record-spend')),
        !isKnown && why !== undefined && refusal('funding.payment-unknown', 'What is corrected is on record.', manager('spend', 'record-spend')),
        known === undefined && refusal('funding.unknown', 'The funding was committed.', manager('funding', 'commit-funding')),
        known !== undefined && known.amount.currency !== spent.amount.currency && refusal('funding.other-currency', 'What is paid is counted in the currency that was committed.', manager('amount', 'record-spend')),
        known !== undefined && financialYearOf(spent.on) !== known.year && refusal('funding.other-year', 'What is paid counts in the financial year in which it is paid.', manager(`on: a day of ${known.year}`, 'record-spend')),
        spent.on > today && refusal('funding.not-spent-yet', 'What was paid is recorded once it is.', manager('on', 'record-spend')),
      ],
      () => [happened(agreement.id, 'concordat.agreement.spend-recorded.v1', { ...spent, ...(why !== undefined && { why }) })],
    );
  },
} satisfies { [C in keyof FundingCommands]: Decide<C> };

const withFunding = (agreement: Agreement, changes: Partial<FundingState>): Agreement => agreementWith(agreement, { funding: { ...agreement.funding, ...changes } });

export const evolve = {
  'concordat.agreement.rate-set.v1': (agreement, { data }) =>
    withFunding(agreement, { rates: [...agreement.funding.rates.filter(({ rate, year }) => rate !== data.rate || year !== data.year), data] }),
  'concordat.agreement.funding-committed.v1': (agreement, { data }) =>
    withFunding(agreement, { committed: [...agreement.funding.committed.filter(({ funding }) => funding !== data.funding), data] }),
  'concordat.agreement.spend-recorded.v1': (agreement, { data: { why, ...paid }, recordedAt }) => {
    const { spent } = agreement.funding;
    const known = spent.find(({ spend }) => spend === paid.spend);
    if (known === undefined) return withFunding(agreement, { spent: [...spent, { ...paid, corrected: [] }] });
    const { spend: _, corrected, ...before } = known;
    const now = { ...paid, corrected: [...corrected, { ...before, why: why ?? '', correctedOn: dayInUtc(recordedAt) }] };
    return withFunding(agreement, { spent: spent.map((each) => (each === known ? now : each)) });
  },
} satisfies { [T in keyof FundingEvents]: Evolve<T> };
