import { describe, expect, test } from '@jest/globals';
import { financialYearOf, fundingView, isFinancialYear } from './funding.js';
import { id, inDesign, refusals } from './given.js';

const [rate, council, board] = [id(440), id(445), id(446)];
const pounds = (amount: string) => ({ amount, currency: 'GBP' });
const set = { rate, what: 'A visit by day', per: 'hour', year: '2025-26', amount: pounds('24.00'), why: 'As tendered' } as const;
const committed = { funding: council, funder: 'The council', year: '2026-27', amount: pounds('900.00'), basis: 'Budget' };
const paid = { spend: id(450), funding: council, on: '2026-05-20', amount: pounds('500.00'), source: 'Invoice' };

test('a financial year runs from April to March, and is two years that follow each other', () => {
  expect(['2026-03-31', '2026-04-01', '2099-12-31'].map(financialYearOf)).toEqual(['2025-26', '2026-27', '2099-00']);
  expect(['2026-27', '2099-00', '2026-28', '2026', '1026-27'].map(isFinancialYear)).toEqual([true, true, false, false, false]);
});

describe('a rate', () => {
  test('has one figure a financial year, and its uplift is what it is above the year before', () => {
    const { agreement } = inDesign
      .did('set-rate', { ...set, year: '2026-27', amount: pounds('25.20'), why: 'The real living wage' })
      .did('set-rate', set)
      .did('set-rate', { ...set, year: '2027-28', amount: { amount: '25.00', currency: 'EUR' } });
    expect(fundingView(agreement).rates).toEqual([{ rate, what: set.what, per: 'hour', years: [
      { year: '2025-26', amount: pounds('24.00'), why: 'As tendered', uplift: null },
      { year: '2026-27', amount: pounds('25.20'), why: 'The real living wage', uplift: 5 },
      // Of another currency nobody says an uplift.
      { year: '2027-28', amount: { amount: '25.00', currency: 'EUR' }, why: 'As tendered', uplift: null },
    ] }]);
    expect(fundingView(inDesign.did('set-rate', set).did('set-rate', { ...set, amount: pounds('24.50') }).agreement).rates[0]?.years).toMatchObject([{ amount: pounds('24.50') }]);
  });

  test('is shown apart from every other, and rises by nothing from a year in which nothing was paid', () => {
    const other = { ...set, rate: id(441), what: 'A visit by night', per: 'visit' } as const;
    const { agreement } = inDesign.did('set-rate', { ...set, amount: pounds('0.00') }).did('set-rate', { ...other, year: '2026-27', amount: pounds('40.00') }).did('set-rate', { ...set, year: '2026-27' }).did('set-rate', other);
    expect(fundingView(agreement).rates.map(({ what, per, years }) => [what, per, years.map(({ year, uplift }) => [year, uplift])])).toEqual([
      ['A visit by day', 'hour', [['2025-26', null], ['2026-27', null]]], ['A visit by night', 'visit', [['2025-26', null], ['2026-27', 66.67]]],
    ]);
    expect([{ what: 'x' }, { why: 'x' }, { amount: { amount: '24.00', currency: 'EUR' } }].map((change) => refusals(inDesign.did('set-rate', set).when('set-rate', { ...set, ...change })))).toEqual([[], [], []]);
  });

  test('is paid for the same over the years, and set once', () => {
    const known = inDesign.did('set-rate', set);
    expect(refusals(known.when('set-rate', { ...set, per: 'visit', year: '2026-28' }))).toEqual(['funding.no-financial-year', 'funding.rate-of-something-else']);
    expect(refusals(known.when('set-rate', set))).toEqual(['already-so']);
  });
});

describe('what a funder commits', () => {
  test('stands beside what was paid of it, by financial year and funder, and says where more was paid', () => {
    const { agreement } = inDesign
      .did('commit-funding', { ...committed, year: '2027-28', funding: id(447) })
      .did('commit-funding', committed)
      .did('commit-funding', { ...committed, funding: board, funder: 'The health board', amount: pounds('400.00'), basis: 'Agreement under s.75' })
      .did('record-spend', paid)
      .did('record-spend', { ...paid, spend: id(451), funding: board, amount: pounds('400.01') })
      .did('record-spend', { ...paid, spend: id(452), amount: pounds('100.00') });
    expect(fundingView(agreement).funders.map(({ funder, year, actual, left, over }) => [funder, year, actual.amount, left.amount, over])).toEqual([
      ['The council', '2026-27', '600.00', '300.00', false], ['The health board', '2026-27', '400.01', '0.00', true], ['The council', '2027-28', '0.00', '900.00', false],
    ]);
  });

  test('is of one funder, year and currency, and committed anew by its id', () => {
    const known = inDesign.did('commit-funding', committed).did('record-spend', paid);
    expect(refusals(known.when('commit-funding', committed))).toEqual(['already-so']);
    expect(refusals(known.when('commit-funding', { ...committed, funder: 'Somebody', year: '2026-29', amount: { amount: '1.00', currency: 'EUR' } }))).toEqual(['funding.no-financial-year', 'funding.of-something-else', 'funding.other-currency']);
    expect(fundingView(known.did('commit-funding', { ...committed, amount: pounds('1000.00') }).agreement).funders[0]?.left.amount).toBe('500.00');
  });

  test('counts a payment as it was corrected last, with a word of why, and what it said before is shown beside it for ever', () => {
    const known = inDesign.did('commit-funding', committed).did('commit-funding', { ...committed, funding: board, funder: 'The health board' }).did('record-spend', paid);
    const right = { ...paid, funding: board, amount: pounds('50.00') };
    expect(known.when('record-spend', right)).toMatchObject({ refused: [{ code: 'funding.correction-unsaid', missing: [{ what: 'why', suppliedBy: 'contract-manager', by: 'record-spend' }] }] });
    expect(refusals(known.when('record-spend', { ...right, spend: id(451), why: 'x' }))).toEqual(['funding.payment-unknown']);
    const { funders } = fundingView(known.did('record-spend', { ...right, why: 'The board pays it, and a nought too many.' }).agreement);
    expect(funders.map(({ funder, actual, payments }) => [funder, actual.amount, payments.length])).toEqual([['The council', '0.00', 0], ['The health board', '50.00', 1]]);
    const { spend: _, ...before } = paid;
    expect(funders[1]!.payments[0]!.corrected).toEqual([{ ...before, why: 'The board pays it, and a nought too many.', correctedOn: '2026-06-01' }]);
  });

  test('is paid from once it was committed, in its year and currency, and not ahead: every refusal at once', () => {
    const known = inDesign.did('commit-funding', committed);
    expect(refusals(known.when('record-spend', { ...paid, on: '2027-05-01', amount: { amount: '1.00', currency: 'EUR' } }))).toEqual(['funding.other-currency', 'funding.other-year', 'funding.not-spent-yet']);
    expect(refusals(inDesign.when('record-spend', paid))).toEqual(['funding.unknown']);
    expect(refusals(known.did('record-spend', paid).when('record-spend', paid))).toEqual(['already-so']);
  });
});
