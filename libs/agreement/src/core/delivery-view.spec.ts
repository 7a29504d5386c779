import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Agreement } from './agreement.js';
import { deliveryView } from './delivery-view.js';
import { id, inDesign, provider } from './given.js';
import { beneath, gbp, north, south, told as inLots, whole as inTwo } from './given-lots.js';
import { valueView } from './value-view.js';

const [kpi, finding, obligation, outcome, cost] = [id(300), id(320), id(350), id(360), id(370)];
const period = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
const set = { kpi, title: 'Visits on time', definition: 'Visits begun within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] } as const;
const scene = inDesign
  .did('set-kpi', set)
  .did('record-observation', { observation: id(310), kpi, period, value: 96, source: 'call log' })
  .did('record-finding', { finding, kpi, period, question: 'Do they come on time?', method: 'by telephone', answers: 34, value: 71 })
  .did('agree-obligation', { obligation, what: 'A report', due: { is: 'once', on: '2026-05-31' }, evidence: 'The report' });
const awarded = { ...scene.agreement, award: { ...scene.agreement.award, parties: { [provider]: 'provider' as const } } };

describe('what is delivered', () => {
  test('both figures stand side by side in their period, and the difference waits to be discussed', () => {
    const [shown] = deliveryView(scene.agreement, '2026-06-01').kpis;
    expect(shown!.periods).toMatchObject([{ period, provider: { value: 96, reached: true }, people: { value: 71, answers: 34, reached: false, comparison: 'difference', discussed: null } }]);
  });

  test('an obligation is overdue on the day after it was due', () => {
    expect(['2026-05-31', '2026-06-01'].map((day) => deliveryView(scene.agreement, day).obligations[0]!.stands)).toEqual(['due', 'overdue']);
  });

  test('a provider sees what it is held to, and nothing of how it is managed', () => {
    const { managed, kpis, obligations } = deliveryView(awarded, '2026-06-01', provider);
    expect([managed, kpis.length, obligations.length]).toEqual([null, 1, 1]);
    expect(deliveryView(scene.agreement, '2026-06-01').managed!.agenda.map(({ kind }) => kind)).toEqual(['difference', 'obligation-overdue']);
  });

  test('what fewer than five people say is not said to it, and that somebody was asked is', () => {
    const saying = (answers: number) => {
      const { agreement } = scene.did('record-finding', { finding: id(321), kpi, period: { startsOn: '2026-04-01', endsOn: '2026-04-30' }, question: 'Do they come on time?', method: 'at the door', answers, value: 100 });
      const delivering = { ...agreement, award: awarded.award };
      return [provider, undefined].map((party) => deliveryView(delivering, '2026-06-01', party).kpis[0]!.periods[0]!.people).map((people) => [people?.answers, people?.value, people?.reached]);
    };
    expect(saying(4)).toEqual([[null, null, null], [4, 100, true]]);
    expect(saying(5)).toEqual([[5, 100, true], [5, 100, true]]);
  });

  test.each([
    ['percent', 34, 97, null],
    ['percent', 34, 12, null],
    ['percent', 34, 71, 71],
    ['percent', 34, 100, 100],
    ['percent', 34, 0, 0],
    ['percent', 20, 75, 75],
    ['percent', 20, 80, null],
    ['number', 9, 1, null],
    ['number', 9, 8, null],
    ['number', 14, 9, 9],
    ['number', 9, 4.2, 4.2],
    ['number', 9, 0.111, null],
    ['number', 9, 0.889, null],
    ['days', 5, 0.2, null],
    ['hours', 12, 0.25, null],
    ['hours', 12, 0.42, 0.42],
    ['days', 9, 2, 2],
  ] as const)('nor what a figure tells of so few of those who answered, nor on which side of the target they are: %s, of %i who answered %d', (unit, answers, value, told) => {
    const counted = inDesign.did('set-kpi', { ...set, unit }).did('record-observation', { observation: id(310), kpi, period, value: 50, source: 'call log' }).did('record-finding', { finding, kpi, period, question: 'Were you hit?', method: 'by telephone', answers, value }).agreement;
    const people = (party?: string) => deliveryView({ ...counted, award: awarded.award }, '2026-06-01', party).kpis[0]!.periods.find((one) => one.people !== null)!.people!;
    expect(people()).toMatchObject({ answers, value });
    expect(people(provider)).toMatchObject({ answers, value: told });
    if (told === null) expect(people(provider)).toMatchObject({ reached: null, comparison: 'something-to-talk-about' });
  });

  test('what a provider reads of all that people say is sorted out once, however many KPIs there are', () => {
    const readings = (kpis: number) => {
      let read = 0;
      const [one] = awarded.kpis.findings;
      const counting = Object.defineProperty({ ...one! }, 'answers', { enumerable: true, get: () => (read++, 34) });
      const more = Array.from({ length: kpis }, (_, at) => ({ ...awarded.kpis.kpis[0]!, kpi: id(400 + at) }));
      const view = deliveryView({ ...awarded, kpis: { ...awarded.kpis, kpis: [...awarded.kpis.kpis, ...more], findings: [counting] } }, '2026-06-01', provider);
      expect([view.kpis.length, view.kpis[0]!.periods.map(({ people }) => people?.answers)]).toEqual([kpis + 1, expect.arrayContaining([34])]);
      return read;
    };
    expect(readings(20)).toBe(readings(0));
  });

  test('the cycles of delivery, and in which of them people were asked', () => {
    const asked = scene.did('begin-cycle', { cycle: id(390), period });
    expect(deliveryView(asked.agreement, '2026-06-01').cycles).toEqual([{ cycle: id(390), period, endedOn: null, peopleAsked: true }]);
  });

  test('whoever was only invited sees none of it', () => {
    const invited = { ...awarded, award: { ...awarded.award, parties: { [provider]: 'invited' as const } } };
    expect(deliveryView(invited, '2026-06-01', provider)).toEqual({ kpis: [], cycles: [], obligations: [], withdrawn: [], concerns: [], expiries: [], visits: [], actions: [], offered: [], varied: [], outcomes: [], exit: null, staffTransfer: null, managed: null });
  });

  test('a provider reads what was varied once it is, what is offered to it and to no other, and which outcomes it is asked of with its own last word alone', () => {
    const to = { is: 'longer', endsOn: '2028-03-31' } as const;
    const [proposed, done, offered] = [{ offer: null, carriedOut: false }, { offer: null, carriedOut: true }, { offer: { version: 'x', accepted: [] }, carriedOut: false }].map((one, at) => ({ variation: id(380 + at), what: 'One more year', to, ...one }));
    const views = { users: { people: 12, better: 'no' }, provider: [{ provider, people: 3, better: 'yes', on: '2026-05-20' }] };
    const { varied, offered: waiting, outcomes } = deliveryView({ ...awarded, variations: [proposed, done, offered] as never, outcomes: [{ outcome, title: 'Fewer falls', views }, { outcome: id(362), title: 'Warm homes', views: {} }] as never }, '2026-06-01', provider);
    expect([varied, waiting]).toEqual([[{ variation: id(381), to }], [{ variation: id(382), what: 'One more year', to, version: 'x' }]]);
    expect(outcomes).toEqual([{ outcome, title: 'Fewer falls', answered: views.provider[0] }, { outcome: id(362), title: 'Warm homes', answered: null }]);
  });

  test('another provider’s figure and concern are not shown to it', () => {
    const foreign = { ...awarded, kpis: { ...awarded.kpis, observations: awarded.kpis.observations.map((each) => ({ ...each, provider: id(999) })) }, providerConcerns: [{ concern: id(380), provider: id(999), about: 'Parking', raisedOn: '2026-06-01', answered: null }] };
    const { kpis, concerns } = deliveryView(foreign, '2026-06-01', provider);
    expect(kpis[0]!.periods).toMatchObject([{ provider: null, people: { value: 71, comparison: 'no-figure-beside' } }]);
    expect([concerns, deliveryView(foreign, '2026-06-01').concerns.length]).toEqual([[], 1]);
  });
});

test('what comes of it stands under the outcome it is about: too early to say, potential, and hours beside pounds', () => {
  const { agreement } = inDesign
    .did('name-outcome', { outcome, activity: 'Visits', change: 'Fewer falls', title: 'People stay at home' })
    .did('link-outcome', { link: id(361), outcome, step: 'change-to-outcome', indicator: 'Stays at home', unit: 'percent', holder: 'The council', baseline: 60, target: 80, comparison: 'The year before', visibleFrom: '2027-06-01' })
    .did('name-benefit', { benefit: id(365), outcome, what: 'Fewer nights in hospital', kind: 'better-lives', from: 'what-people-gain', whoGains: 'service-users', expected: { is: 'people', people: 12 }, comparison: 'The year before' })
    .did('record-cost', { cost, outcome, period, spent: { amount: '1200.00', currency: 'GBP' }, units: 12, hours: 60 });
  expect(valueView(agreement, '2026-06-01')).toMatchObject([
    { title: 'People stay at home', links: [{ stands: 'not-to-be-seen-yet' }], benefits: [{ stands: 'potential' }], costs: [{ perUnit: { pounds: 100, hours: 5 }, effort: 'nothing-before', says: null }] },
  ]);
});

describe('of a whole and its parts a provider is told counts on one side alone, so that no difference tells of few', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 2 });
  const plan = (people: number) => ({ plan: { reference: 'DMS/8', title: 'Plan' }, lastDay: '2027-03-31', people });
  const told = (agreement: Agreement) => {
    const { exit } = deliveryView(agreement, '2026-06-01', provider);
    return exit?.people ?? null;
  };

  test('where people are placed under it', () => {
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 0, max: 6 }), (placed, total, moved) => {
        const under = placed.reduce((scene, people, at) => scene.did('place-people', { ...beneath(id(71 + at), '9000.00'), rate: gbp('10.00'), per: 'hour', people }), inLots);
        const whole = under.did('plan-exit', { ...plan(total), why: 'Some found another place.' });
        expect([told(inLots.did('plan-exit', plan(9)).agreement), told(whole.agreement)]).toEqual([9, null]);
        // What is told of a placement is what its title tells, and no later count beside it.
        for (const [at, people] of placed.entries()) {
          const child = whole.inside(id(71 + at)).did('plan-exit', { ...plan(Math.max(1, people - moved)), why: 'x' }).agreement;
          expect([null, people]).toContain(told({ ...child, award: inLots.agreement.award }));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('where it was split into its contracts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 30 }), fc.integer({ min: 1, max: 12 }), fc.boolean(), (total, left, planned) => {
        const before = planned ? inLots.did('plan-exit', plan(total)) : inLots;
        const apart = before.did('split', inTwo);
        const [one, other] = [north, south].map((lot, at) => apart.inside(lot).did('plan-exit', { ...plan(at === 0 ? left : total), why: 'x' }).agreement);
        // Where the whole told how many use it, none of its contracts does; else each tells of those who use it alone.
        expect([told(apart.agreement), told(one!)]).toEqual([null, planned || left < 5 ? null : left]);
        expect(told(other!)).toBe(planned ? null : total);
      }),
      { numRuns: 40 },
    );
  });
});
