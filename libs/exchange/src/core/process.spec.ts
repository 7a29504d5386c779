import type { JsonObject } from '@concordat/platform/core';
import { describe, expect, test } from '@jest/globals';
import { amountOf, hasEnded, hasWordOfInvolvement, isLightTouch, periodSaid, regimeShown, stageProved, takingOver } from './process.js';

const ocid = 'ocds-h6vhtk-1';
const taken = (compiled: JsonObject) => takingOver(ocid, compiled, 'Find a Tender');
const each = (...all: readonly JsonObject[]) => all;
const pounds = (amount: number) => ({ amount, currency: 'GBP' });

describe('the stage that published facts prove', () => {
  const stage = (...contracts: JsonObject[]) => stageProved({ date: '2026-06-01T12:00:00Z', contracts });

  test('a plan proves that needs are looked at, a call for tenders the sourcing, an award the award, and a contract the mobilisation', () => {
    const called = (tender: JsonObject) => stageProved({ tender });
    expect([stageProved({}), called({ status: 'planning' }), called({ status: 'planned' }), called({}), called({ status: 'active' })]).toEqual(['needs', 'needs', 'needs', 'sourcing', 'sourcing']);
    expect([stageProved({ tender: {}, awards: [{ id: 'a' }] }), stage({ id: 'c' })]).toEqual(['award', 'mobilisation']);
  });

  test('what was done or paid under a contract proves the delivery, and an empty word of it nothing', () => {
    const done = (implementation: never) => stage({ id: 'c' }, { id: 'd', implementation });
    expect([done({ transactions: [] } as never), done(['paid'] as never), done({} as never), done([] as never), done('paid' as never)]).toEqual(['delivery', 'delivery', 'mobilisation', 'mobilisation', 'mobilisation']);
  });

  test('a beginning proves the delivery once a later notice looks back on it, to the moment', () => {
    const begun = (startDate: string, date?: string) => stageProved({ ...(date !== undefined && { date }), contracts: [{ id: 'c' }, { id: 'd', period: { startDate } }] });
    expect([begun('2026-06-01T12:00:00Z', '2026-06-01T12:00:00Z'), begun('2026-06-01T12:00:01Z', '2026-06-01T12:00:00Z'), begun('2026-06-01'), begun('soon', '2026-06-01')]).toEqual(['delivery', 'mobilisation', 'mobilisation', 'mobilisation']);
  });

  test('the review is proved once every contract was ended, and what was cancelled or is pending proves nothing', () => {
    const [ended, running] = [{ id: 'c', status: 'terminated' }, { id: 'd', status: 'active' }];
    expect([stage(ended), stage(ended, running), stage({ id: 'e', status: 'cancelled' }), stage({ id: 'e', status: 'pending' })]).toEqual(['review', 'mobilisation', 'needs', 'needs']);
    expect(stageProved({ tender: { status: 'active' }, awards: [{ id: 'a', status: 'unsuccessful' }] })).toBe('sourcing');
  });
});

test('a process has ended where its notices say so and nothing was awarded or contracted', () => {
  const cancelled = { tender: { status: 'cancelled' } };
  expect(each(cancelled, { tender: { status: 'unsuccessful' } }, { tender: { status: 'withdrawn' } }).map(hasEnded)).toEqual([true, true, true]);
  expect(each({}, { tender: { status: 'complete' } }, { ...cancelled, awards: [{ id: 'a' }] }, { ...cancelled, contracts: [{ id: 'c' }] }).map(hasEnded)).toEqual([false, false, false, false]);
  expect(hasEnded({ ...cancelled, awards: [{ id: 'a', status: 'cancelled' }] })).toBe(true);
});

describe('the law that a process was run under', () => {
  test('is the Act of 2023 by a notice of that Act, wherever it stands, whatever else happened before', () => {
    const document = (noticeType: string) => [{ id: 'd', noticeType }];
    const dated = { date: '2019-01-01' };
    const shown = (more: JsonObject) => regimeShown(ocid, { ...dated, ...more });
    expect([shown({ documents: document('UK4') }), shown({ tender: { documents: document('UK12') } }), shown({ awards: [{ documents: document('UK6') }] }), shown({ contracts: [{ documents: document('UK7') }] })]).toEqual(['pa-2023', 'pa-2023', 'pa-2023', 'pa-2023']);
    expect([shown({ documents: document('XUK4') }), shown({ documents: document('UK4x') }), shown({ documents: document('UKx') }), shown({ documents: [{ id: 'd' }] })]).toEqual(['older', 'older', 'older', 'older']);
    expect(regimeShown('ocds-213czf-1', { documents: document('UK4') })).toBe('pa-2023');
  });

  test('is told by the earliest day of anything in it: older before 24 February 2025 had passed, the Act since, and unknown without a day or of another country', () => {
    const late = { date: '2025-06-01' };
    expect(each({ date: '2025-02-24' }, { date: '2025-02-23' }, {}, { date: 'soon' }).map((one) => regimeShown(ocid, one))).toEqual(['pa-2023', 'older', 'unknown', 'unknown']);
    const before = each({ tender: { tenderPeriod: { startDate: '2025-01-10' } } }, { tender: { tenderPeriod: { endDate: '2025-01-10' } } }, { awards: [{ date: '2025-01-10' }] }, { awards: [{ datePublished: '2025-01-10' }] }, { contracts: [{ dateSigned: '2025-01-10' }] });
    expect(before.map((one) => regimeShown(ocid, { ...late, ...one }))).toEqual(['older', 'older', 'older', 'older', 'older']);
    expect([regimeShown('ocds-b5fd17-1', { date: '2025-02-23' }), regimeShown('ocds-213czf-1', { date: '2025-02-23' })]).toEqual(['older', 'unknown']);
  });
});

describe('the light touch', () => {
  const cpv = (id: string, scheme = 'CPV') => ({ scheme, id });
  const inTender = (id: string, scheme?: string) => isLightTouch({ tender: { classification: cpv(id, scheme) } });

  test('is for health, social work, education, administration of these, culture and other personal services, by their CPV codes', () => {
    expect(['85310000', '80100000', '75200000', '75310000', '98000000', '98300000', '92000000'].map((id) => inTender(id))).toEqual([true, true, true, true, true, true, true]);
    expect(['45000000', '75100000', '75400000', '98400000', '45850000'].map((id) => inTender(id))).toEqual([false, false, false, false, false]);
    expect([inTender('85310000', 'cpv'), inTender('85310000', 'CPVS'), inTender('85310000', 'XCPV'), isLightTouch({})]).toEqual([true, false, false, false]);
  });

  test('is told by any item, of the call, an award or a contract, and by what was added to an item only where it has no class of its own', () => {
    const item = (classification: JsonObject | undefined, ...more: JsonObject[]): readonly JsonObject[] => [{ id: 'i', ...(classification && { classification }), additionalClassifications: more }];
    const social = cpv('85310000');
    expect(each({ tender: { items: item(social) } }, { awards: [{ items: item(social) }] }, { contracts: [{ items: [...item(cpv('45000000')), ...item(social)] }] }).map(isLightTouch)).toEqual([true, true, true]);
    const added = (...parts: Parameters<typeof item>) => isLightTouch({ tender: { items: item(...parts) } });
    expect([added(undefined, social), added(cpv('45000000'), social), added(undefined, cpv('45000000'), social)]).toEqual([true, false, false]);
  });

  test('decides the route by which the agreement is taken over', () => {
    expect([taken({ tender: { classification: cpv('85310000') } }).route, taken({}).route]).toEqual([{ id: 'pa2023-light-touch' }, { id: 'pa2023-competitive' }]);
  });
});

test('an agreement is a call-off by its procedure, a framework by its technique or title, and a contract else', () => {
  const kind = (tender: JsonObject) => taken({ tender }).kind;
  expect(['Call-off from a framework', 'call off', 'CallOff'].map((procurementMethodDetails) => kind({ procurementMethodDetails }))).toEqual(['call-off', 'call-off', 'call-off']);
  const techniques = (hasFrameworkAgreement: boolean) => kind({ techniques: { hasFrameworkAgreement } });
  expect([techniques(true), techniques(false), kind({ title: 'A Framework Agreement for meals' }), kind({ title: 'Meals: framework contract' }), kind({ title: 'Timber framework' }), kind({ procurementMethodDetails: 'Open procedure' })]).toEqual(['framework', 'contract', 'framework', 'framework', 'contract', 'contract']);
});

describe('what it is worth', () => {
  test('is an amount that an agreement can hold, with its currency, and with tax where that alone is said', () => {
    expect([amountOf(pounds(12.345)), amountOf({ amountGross: 2, currency: 'GBP' }), amountOf({ amount: 1, amountGross: 2, currency: 'GBP' }), amountOf(pounds(0))]).toEqual([
      { pence: 1235, currency: 'GBP' }, { pence: 200, currency: 'GBP' }, { pence: 100, currency: 'GBP' }, { pence: 0, currency: 'GBP' },
    ]);
    const unfit = [undefined, { amount: '1', currency: 'GBP' }, { amount: 1 }, { amount: 1, currency: 'gbp' }, { amount: 1, currency: 'GBPS' }, { amount: 1, currency: 'XGBP' }, pounds(-1), pounds(10 ** 13), pounds(NaN)];
    expect(unfit.map((value) => amountOf(value as never))).toEqual(unfit.map(() => undefined));
    expect(amountOf(pounds(10 ** 13 - 1))).toEqual({ pence: (10 ** 13 - 1) * 100, currency: 'GBP' });
  });

  test('is what was contracted, else awarded, else expected, else budgeted, and nothing says 0', () => {
    const contracts = each({ value: pounds(1) }, { value: pounds(2.05) }, { value: pounds(0) }, {});
    const [awards, tender, planning] = [[{ value: pounds(40) }], { value: pounds(0), minValue: pounds(300) }, { budget: { amount: pounds(5000) } }];
    const worth = (compiled: JsonObject) => taken(compiled).value;
    expect([worth({ contracts, awards, tender, planning }), worth({ awards, tender, planning }), worth({ tender, planning }), worth({ planning })]).toEqual(['3.05', '40.00', '300.00', '5000.00'].map((amount) => ({ amount, currency: 'GBP' })));
    expect(worth({ contracts: [{ value: pounds(0) }], awards })).toEqual({ amount: '40.00', currency: 'GBP' });
    expect(taken({})).not.toHaveProperty('value');
  });

  test('is not told of several currencies, nor where the sum is more than an agreement can hold', () => {
    const large = { value: pounds(6 * 10 ** 12) };
    expect(taken({ contracts: [{ value: pounds(1) }, { value: { amount: 1, currency: 'EUR' } }] })).not.toHaveProperty('value');
    expect(taken({ contracts: [large, large] })).not.toHaveProperty('value');
    expect(taken({ contracts: [large, { value: pounds(4 * 10 ** 12) }] })).not.toHaveProperty('value');
  });
});

test('its period is that of a contract, else the one awarded, else the one called for, with both its ends, and is a fact where they stand in order', () => {
  const period = (startDate?: string, endDate?: string) => ({ ...(startDate !== undefined && { startDate }), ...(endDate !== undefined && { endDate }) });
  const [contracts, awards, tender] = [[{ period: period('2026-01-01', '2026-12-31') }], [{ contractPeriod: period('2027-01-01', '2027-12-31') }], { contractPeriod: period('2028-01-01', '2028-12-31') }];
  expect([periodSaid({ contracts, awards, tender }), periodSaid({ awards, tender }), periodSaid({ tender }), periodSaid({})]).toEqual([
    ...['2026', '2027', '2028'].map((year) => ({ startsOn: `${year}-01-01`, endsOn: `${year}-12-31` })), undefined,
  ]);
  for (const half of [period('2026-01-01'), period(undefined, '2026-12-31'), period('soon', '2026-12-31')]) expect(periodSaid({ contracts: [{ period: half }], tender })).toMatchObject({ startsOn: '2028-01-01' });
  const fact = (startDate: string, endDate: string) => taken({ contracts: [{ period: period(startDate, endDate) }] }).facts['contract-period'];
  expect([fact('2026-01-01', '2026-01-01'), fact('2026-01-02', '2026-01-01')]).toEqual([{ startsOn: '2026-01-01', endsOn: '2026-01-01' }, undefined]);
});

describe('what it is called, and what is said of it', () => {
  test('its title is that of the call, else of a contract, else of an award, else of the budget, and its process id where no notice gives one', () => {
    const [tender, contracts, awards, planning] = [{ title: ' Hot  meals ' }, [{ title: 'Contracted' }], [{ title: 'Awarded' }], { budget: { project: 'Project', description: 'Budgeted' } }];
    const titles = each({ tender, contracts, awards, planning }, { contracts, awards, planning }, { awards, planning }, { planning }, { planning: { budget: { description: 'Budgeted' } } }, {}).map((one) => taken(one).title);
    expect(titles).toEqual(['Hot meals', 'Contracted', 'Awarded', 'Project', 'Budgeted', ocid]);
  });

  test('it is described by the call, else by its contract, else by why it was planned, and goes by the call’s id', () => {
    const [tender, contracts, planning] = [{ id: 'REF/1', description: 'Called', classification: { description: 'Social work' } }, [{ description: 'Contracted' }], { rationale: 'Needed' }];
    const facts = each({ tender, contracts, planning }, { contracts, planning }, { planning }, {}).map((one) => taken(one).facts);
    expect(facts.map(({ description }) => description)).toEqual(['Called', 'Contracted', 'Needed', undefined]);
    expect(facts.map(({ reference, theme }) => [reference, theme])).toEqual([['REF/1', 'Social work'], [ocid, undefined], [ocid, undefined], [ocid, undefined]]);
    expect(facts.at(-1)).toEqual({ reference: ocid });
    expect(taken({}).from).toEqual({ source: 'Find a Tender', reference: ocid });
  });

  test('its place is every address and description that its items give, each once', () => {
    const address = { streetAddress: 'Town Hall', locality: 'Leith', region: 'Leith', postalCode: 'EH6', country: 'UK' };
    const items = each({ deliveryAddresses: [address, address, {}], deliveryLocation: { description: 'All of Leith' } }, {});
    const place = (compiled: JsonObject) => taken(compiled).facts.place;
    expect([place({ tender: { items } }), place({ awards: [{ items }] }), place({ contracts: [{ items }] }), place({ tender: { items: [{}] } })]).toEqual([...Array.from({ length: 3 }, () => 'Town Hall, Leith, EH6; All of Leith'), undefined]);
  });
});

test('a word of involvement is one of people having a part, wherever it stands', () => {
  const says = (text: string) => hasWordOfInvolvement({ tender: { lots: [{ description: text }] } });
  expect(['It is co-produced.', 'Coproduction of meals', 'By lived experience', 'service users will be involved', 'We consulted residents', 'A public consultation', 'community engagement', 'Ymgynghoriad'].map(says)).toEqual(Array.from({ length: 8 }, () => true));
  expect(['Service users eat at noon', 'Consultancy for roads', 'A community hall', ''].map(says)).toEqual([false, false, false, false]);
});
