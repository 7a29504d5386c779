import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { holidays, routes } from '@concordat/pathway';
import { standstillPeriod, type Tier, tiers } from '@concordat/pathway/core';
import { addDays, daysBetween } from '@concordat/platform/core';
import * as fc from 'fast-check';
import { type Length, planRenewal, renewalState, type RenewalSettings, renewalSteps } from './index.js';

const shipped = JSON.parse(readFileSync(new URL('../documents/renewal-settings.v1.json', import.meta.url), 'utf8')) as RenewalSettings;
const source = { cites: 'a test', mark: 'practice' } as const;
const everyTier = (length: Length) => ({ small: length, standard: length, major: length, source, routes: {} });
const nothing: Length = { days: 0, unit: 'days' };

function settings(lengths: Partial<Record<(typeof renewalSteps)[number], Length>>, more: Partial<RenewalSettings> = {}): RenewalSettings {
  return {
    ...shipped,
    ...more,
    steps: Object.fromEntries(renewalSteps.map((step) => [step, everyTier(lengths[step] ?? nothing)])) as unknown as RenewalSettings['steps'],
  };
}

const contract = { endsOn: '2026-06-30', tier: 'standard' as const };
const aDay = fc.integer({ min: 0, max: 3000 }).map((days) => addDays('2020-01-01', days));
const aLength: fc.Arbitrary<Length> = fc.oneof(
  fc.record({ days: fc.integer({ min: 0, max: 120 }), unit: fc.constant('days' as const) }),
  fc.record({ days: fc.integer({ min: 0, max: 60 }), unit: fc.constant('working-days' as const), calendar: fc.constantFrom('any-uk' as const, 'england' as const) }),
);
const lengths = fc.record(Object.fromEntries(renewalSteps.map((step) => [step, aLength])) as Record<(typeof renewalSteps)[number], typeof aLength>);

describe('the latest safe start', () => {
  test('is the end less everything that renewing takes', () => {
    const plan = planRenewal(contract, settings({ mobilisation: { days: 28, unit: 'days' }, tender: { days: 10, unit: 'days' } }), holidays);
    expect(plan.steps.map(({ step, begins, ends }) => [step, begins, ends])).toEqual([
      ['tender', '2026-05-24', '2026-06-02'],
      ['mobilisation', '2026-06-03', '2026-06-30'],
    ]);
    expect(plan.latestSafeStart).toBe('2026-05-24');
  });

  test('counts working days without weekends and bank holidays', () => {
    const plan = planRenewal({ ...contract, endsOn: '2026-05-31' }, settings({ standstill: { days: 8, unit: 'working-days', calendar: 'any-uk' } }), holidays);
    // Sunday 31 May: the last working day is Friday 29; Monday 25 May is a bank holiday.
    expect(plan.steps).toMatchObject([{ begins: '2026-05-19', ends: '2026-05-29' }]);
  });

  test('is never after the end, and the steps follow each other without overlap up to it', () => {
    fc.assert(
      fc.property(aDay, lengths, (endsOn, taken) => {
        const { latestSafeStart, steps } = planRenewal({ endsOn, tier: 'small' }, settings(taken), holidays);
        expect(daysBetween(latestSafeStart, endsOn)).toBeGreaterThanOrEqual(0);
        const edges = [...steps.flatMap(({ begins, ends }) => [begins, ends]), endsOn];
        expect(edges).toEqual([...edges].sort());
        expect(new Set(steps.map(({ begins }) => begins)).size).toBe(steps.length);
      }),
    );
  });

  test('is never later where any step takes longer', () => {
    fc.assert(
      fc.property(aDay, lengths, fc.constantFrom(...renewalSteps), fc.integer({ min: 1, max: 60 }), (endsOn, taken, step, longer) => {
        const before = planRenewal({ endsOn, tier: 'major' }, settings(taken), holidays).latestSafeStart;
        const more = { ...taken, [step]: { ...taken[step], days: taken[step].days + longer } };
        expect(planRenewal({ endsOn, tier: 'major' }, settings(more), holidays).latestSafeStart <= before).toBe(true);
      }),
    );
  });

  test.each(tiers.slice(1).map((tier, at) => [tiers[at], tier] as [Tier, Tier]))('by the shipped settings of tier %s is no earlier than of tier %s', (less, more) => {
    fc.assert(
      fc.property(aDay, fc.constantFrom(undefined, ...routes.all.map(({ id }) => id)), (endsOn, route) => {
        const of = (tier: Tier) => planRenewal({ endsOn, tier, ...(route !== undefined && { route }) }, shipped, holidays).latestSafeStart;
        expect(of(more) <= of(less)).toBe(true);
      }),
    );
  });

  test('leaves room for the standstill of every published route, however its law counts', () => {
    fc.assert(
      fc.property(aDay, fc.constantFrom(...routes.all), fc.constantFrom(...tiers), (endsOn, route, tier) => {
        const step = planRenewal({ endsOn, tier, route: route.id }, shipped, holidays).steps.find((planned) => planned.step === 'standstill');
        if (step === undefined) {
          expect(route.standstill.kind).toBe('none');
          return;
        }
        const asked = standstillPeriod(route, step.begins, holidays);
        expect('ends' in asked && asked.ends <= step.ends).toBe(true);
      }),
    );
  });

  test('is the end itself where renewing takes no time', () => {
    expect(planRenewal(contract, settings({}), holidays)).toEqual({ latestSafeStart: contract.endsOn, steps: [], clashes: [], warnings: [] });
  });

  test('warns only where working days are counted, in years before those that are known and after', () => {
    const warned = (endsOn: string, unit: 'days' | 'working-days') =>
      planRenewal({ ...contract, endsOn }, settings({ standstill: unit === 'days' ? { days: 5, unit } : { days: 5, unit, calendar: 'any-uk' } }), holidays).warnings.length;
    expect([warned('2031-03-31', 'days'), warned('2031-03-31', 'working-days'), warned('2018-12-31', 'working-days'), warned('2019-01-31', 'working-days'), warned('2027-12-31', 'working-days'), warned('2028-01-31', 'working-days')]).toEqual([0, 1, 1, 0, 0, 1]);
  });

  test('warns where bank holidays are not known yet', () => {
    expect(planRenewal({ ...contract, endsOn: '2031-03-31' }, shipped, holidays).warnings).toEqual([expect.stringContaining('2019 to 2027')]);
    expect(planRenewal(contract, shipped, holidays).warnings).toEqual([]);
  });
});

describe('a plan names what it clashes with', () => {
  const period = { title: 'the period before the local elections', begins: '2026-03-26', ends: '2026-05-07', source };

  test('a step that falls into a pre-election period, with the days common to both', () => {
    const { clashes } = planRenewal(
      contract,
      settings({ decision: { days: 60, unit: 'days' }, mobilisation: { days: 30, unit: 'days' } }, { preElection: { periods: [period], steps: ['decision'], source } }),
      holidays,
    );
    expect(clashes.filter(({ kind }) => kind === 'pre-election')).toEqual([
      { kind: 'pre-election', step: 'decision', begins: '2026-04-02', ends: '2026-05-07', says: expect.stringContaining('the period before the local elections') },
    ]);
  });

  test('a step in which the organisation is closed, and no step that goes on all the same', () => {
    const closed = { title: 'the days between the years', begins: '2026-12-28', ends: '2026-12-31', source };
    const { clashes } = planRenewal(
      { ...contract, endsOn: '2027-01-10' },
      settings({ decision: { days: 5, unit: 'days' }, mobilisation: { days: 10, unit: 'days' }, standstill: { days: 8, unit: 'days' } }, { closures: { periods: [closed], steps: ['mobilisation', 'decision'], source } }),
      holidays,
    );
    expect(clashes.filter(({ kind }) => kind === 'closure')).toEqual([]);
    const longer = planRenewal({ ...contract, endsOn: '2027-01-10' }, settings({ mobilisation: { days: 12, unit: 'days' } }, { closures: { periods: [closed], steps: ['mobilisation'], source } }), holidays).clashes;
    expect(longer.filter(({ kind }) => kind === 'closure')).toEqual([{ kind: 'closure', step: 'mobilisation', begins: '2026-12-30', ends: '2026-12-31', says: expect.stringContaining('the days between the years') }]);
  });

  test('a step that has its first or its last day in common with it, and none that ends the day before it or begins the day after', () => {
    const closing = (begins: string, ends: string) =>
      planRenewal(contract, settings({ mobilisation: { days: 10, unit: 'days' } }, { closures: { periods: [{ title: 'the move', begins, ends, source }], steps: ['mobilisation'], source } }), holidays).clashes.map((clash) => [clash.begins, clash.ends]);
    // It takes from 21 to 30 June.
    expect([closing('2026-06-01', '2026-06-20'), closing('2026-06-01', '2026-06-21'), closing('2026-06-30', '2026-07-09'), closing('2026-07-01', '2026-07-09'), closing('2026-06-01', '2026-07-09')])
      .toEqual([[], [['2026-06-21', '2026-06-21']], [['2026-06-30', '2026-06-30']], [], [['2026-06-21', '2026-06-30']]]);
  });

  test('in the order of their first days, whichever step and kind they are of', () => {
    const at = (title: string, begins: string, ends: string) => ({ title, begins, ends, source });
    const { clashes } = planRenewal(
      contract,
      settings({ decision: { days: 20, unit: 'days' }, mobilisation: { days: 20, unit: 'days' } }, {
        closures: { periods: [at('late', '2026-06-25', '2026-06-26'), at('early', '2026-05-23', '2026-05-24')], steps: ['decision', 'mobilisation'], source },
        preElection: { periods: [at('between', '2026-06-12', '2026-06-13')], steps: ['mobilisation'], source },
      }),
      holidays,
    );
    expect(clashes.map(({ kind, begins }) => [kind, begins])).toEqual([['closure', '2026-05-23'], ['bank-holidays', '2026-05-25'], ['pre-election', '2026-06-12'], ['closure', '2026-06-25']]);
  });

  test('bank holidays of the parts of the country by which the step counts, on its first day and its last too, and on days that are worked', () => {
    const found = (endsOn: string, length: Length, steps: RenewalSettings['bankHolidays']['steps'] = ['standstill']) =>
      planRenewal({ ...contract, endsOn }, settings({ standstill: length }, { bankHolidays: { ...shipped.bankHolidays, steps } }), holidays).clashes.map(({ says }) => says.split(': ')[1]);
    // St Andrew's Day 2026 is a Monday, and a holiday in Scotland alone.
    expect(found('2026-12-04', { days: 8, unit: 'working-days', calendar: 'any-uk' })).toEqual(['2026-11-30.']);
    expect(found('2026-12-04', { days: 8, unit: 'working-days', calendar: 'england' })).toEqual([]);
    expect([found('2026-05-25', { days: 2, unit: 'days' }), found('2026-05-26', { days: 2, unit: 'days' }), found('2026-05-27', { days: 2, unit: 'days' })]).toEqual([['2026-05-25.'], ['2026-05-25.'], []]);
    expect(found('2026-05-26', { days: 2, unit: 'days' }, [])).toEqual([]);
  });

  test('a step that bank holidays fall into, with the holidays', () => {
    const { clashes } = planRenewal({ ...contract, endsOn: '2026-01-05' }, settings({ decision: { days: 14, unit: 'days' } }), holidays);
    expect(clashes).toEqual([
      { kind: 'bank-holidays', step: 'decision', begins: '2025-12-25', ends: '2026-01-01', says: 'Bank holidays fall into the step “decision”: 2025-12-25, 2025-12-26, 2026-01-01.' },
    ]);
  });
});

test.each([
  [undefined, 'no-end-date'],
  ['2026-03-15', 'already-late'],
  ['2026-03-16', 'next-90-days'],
  ['2026-06-14', 'next-90-days'],
  ['2026-06-15', 'later'],
])('on 16 March 2026 a latest safe start of %s is %s', (start, state) => {
  expect(renewalState(start, '2026-03-16')).toBe(state);
});

test('every figure that ships says where it comes from and how far it was verified', () => {
  const bare = (value: unknown): number =>
    value === null || typeof value !== 'object' ? 0 : ('standard' in value && !('source' in value) ? 1 : 0) + Object.values(value).reduce<number>((sum, member) => sum + bare(member), 0);
  expect(bare(shipped)).toBe(0);
});
