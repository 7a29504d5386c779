import { describe, expect, test } from '@jest/globals';
import { pathways } from '@concordat/pathway';
import { deliveryView } from './delivery-view.js';
import { id, inDesign, otherProvider, people, provider, refusals, Scene } from './given.js';
import { dueNext, lastMet, type ObligationDue, obligationStands } from './obligation.js';

const obligation = id(350);
const evidence = { reference: 'R-1', title: 'Report' };
const monthly = { obligation, what: 'A report', due: { is: 'each', months: 1, from: '2026-05-01' }, evidence: 'the report' } as const;
const once = { ...monthly, due: { is: 'once', on: '2026-05-20' } } as const;
const cycle = { cycle: id(340), period: { startsOn: '2026-05-01', endsOn: '2026-05-31' } };

describe('an obligation', () => {
  test('of once is overdue the day after its day, and met for good once it is shown', () => {
    const agreed = inDesign.did('agree-obligation', once).agreement;
    expect(['2026-05-20', '2026-05-21'].map((day) => obligationStands(agreed, agreed.delivery.obligations[0]!, day))).toEqual(['due', 'overdue']);
    const met = inDesign.did('agree-obligation', once).did('meet-obligation', { obligation, on: '2026-05-19', evidence });
    expect(obligationStands(met.agreement, met.agreement.delivery.obligations[0]!, '2027-01-01')).toBe('met');
    expect(refusals(met.when('meet-obligation', { obligation, on: '2026-05-20', evidence }))).toEqual(['already-so']);
  });

  test('that was put on record by mistake is withdrawn: once a provider owes it, by a second person, and it counts no more', () => {
    const why = { obligation, reason: 'It is of another contract.' };
    const nobodyOwes = inDesign.did('agree-obligation', once).did('withdraw-obligation', why);
    expect([nobodyOwes.agreement.delivery.obligations, nobodyOwes.agreement.delivery.withdrawn]).toEqual([[], [{ obligation, what: 'A report', provider: null, by: people.commissioner, on: '2026-06-01', reason: why.reason }]]);
    expect([refusals(nobodyOwes.when('withdraw-obligation', why)), refusals(nobodyOwes.when('agree-obligation', once)), refusals(inDesign.when('withdraw-obligation', why))]).toEqual([['already-so'], ['already-so'], ['obligation.unknown']]);

    const running = Scene.empty.did('take-over-agreement', {
      title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } },
    }, 'importer');
    const owed = running.did('agree-obligation', once);
    expect(owed.when('withdraw-obligation', why)).toMatchObject({ refused: [{ code: 'second.same-person', missing: [{ suppliedBy: 'someone else', by: 'withdraw-obligation' }] }] });
    expect(refusals(owed.knowing('colleague', { identities: [{ person: people.commissioner, provider: null }] }).when('withdraw-obligation', why, 'colleague'))).toEqual(['second.same-person']);
    const { agreement, today } = owed.did('withdraw-obligation', why, 'colleague');
    expect([provider, otherProvider, undefined].map((party) => deliveryView(agreement, today, party).withdrawn.map(({ by }) => by))).toEqual([[null], [], [people.colleague]]);
    expect(deliveryView(agreement, today, provider).obligations).toEqual([]);
    // What was done stays, and so does what a KPI measures.
    expect(refusals(owed.did('meet-obligation', { obligation, on: '2026-05-19', evidence }).when('withdraw-obligation', why, 'colleague'))).toEqual(['obligation.met']);
    const measured = owed.did('set-kpi', { kpi: id(300), title: 'On time', definition: 'x', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [obligation] });
    expect(measured.when('withdraw-obligation', why, 'colleague')).toMatchObject({ refused: [{ code: 'obligation.measured', missing: [{ what: '“On time”, without it', suppliedBy: 'contract-manager', by: 'set-kpi' }] }] });
  });

  test('that comes again is due one period after the other, however late each was met', () => {
    const met = inDesign.did('agree-obligation', monthly).did('meet-obligation', { obligation, on: '2026-05-30', evidence });
    expect(dueNext(met.agreement, met.agreement.delivery.obligations[0]!)).toBe('2026-06-01');
    // Two of them may be handed in on one day; the same one twice is a slip.
    expect(refusals(met.when('meet-obligation', { obligation, on: '2026-05-30', evidence }))).toEqual(['already-so']);
    expect(refusals(met.when('meet-obligation', { obligation, on: '2026-05-30', evidence: { reference: 'R-2', title: 'Report' } }))).toEqual([]);
  });

  test('that comes again is due until the service ends: the last time for a time that begins before its last day', () => {
    const service = inDesign.did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-04-01', endsOn: '2026-05-31' } } }).did('agree-obligation', monthly);
    const owed = service.did('plan-exit', { plan: evidence, lastDay: '2026-05-31', people: 0 });
    const next = (scene: Scene) => dueNext(scene.agreement, scene.agreement.delivery.obligations[0]!);
    const [once, twice] = [owed.did('meet-obligation', { obligation, on: '2026-05-02', evidence }), owed.did('meet-obligation', { obligation, on: '2026-05-02', evidence }).did('meet-obligation', { obligation, on: '2026-05-30', evidence })];
    expect([owed, once, twice].map(next)).toEqual(['2026-05-01', '2026-06-01', null]);
    expect(obligationStands(twice.agreement, twice.agreement.delivery.obligations[0]!, '2027-01-01')).toBe('owed-no-more');
    // What was not shown in its time is overdue after the end, too; and a contract that runs on is told of.
    expect(obligationStands(once.agreement, once.agreement.delivery.obligations[0]!, '2027-01-01')).toBe('overdue');
    expect(refusals(twice.on('2026-06-10').when('meet-obligation', { obligation, on: '2026-06-09', evidence }))).toEqual([]);
    // The end of its contract is none: one that is not extended in time runs on.
    const runsOn = service.did('meet-obligation', { obligation, on: '2026-05-02', evidence }).did('meet-obligation', { obligation, on: '2026-05-30', evidence });
    expect(next(runsOn)).toBe('2026-07-01');
  });

  test('that comes again is withdrawn once it is owed no more, and what was done for it stays', () => {
    const met = inDesign.did('agree-obligation', monthly).did('meet-obligation', { obligation, on: '2026-05-30', evidence });
    const over = met.did('withdraw-obligation', { obligation, reason: 'A variation asks for another report.' });
    expect(deliveryView(over.agreement, over.today)).toMatchObject({ obligations: [{ obligation, dueOn: null, stands: 'owed-no-more', met: [{ on: '2026-05-30' }] }], withdrawn: [{ obligation }] });
    expect([refusals(over.when('withdraw-obligation', { obligation, reason: 'x' })), refusals(over.when('meet-obligation', { obligation, on: '2026-06-01', evidence }))]).toEqual([['already-so'], ['already-so']]);
  });

  test('says of the time it was met last by which day that was due, so that what was late is seen to be', () => {
    const owed = (due: ObligationDue, ...met: readonly string[]) => lastMet({ ...monthly, due, provider: null, met: met.map((on) => ({ on, evidence })) });
    expect(owed({ is: 'once', on: '2026-05-31' })).toBeUndefined();
    expect(owed({ is: 'once', on: '2026-05-31' }, '2026-06-03')).toEqual({ on: '2026-06-03', evidence, dueOn: '2026-05-31' });
    expect(owed({ is: 'each', months: 3, from: '2026-01-31' }, '2026-02-01', '2026-04-28')).toMatchObject({ on: '2026-04-28', dueOn: '2026-04-30' });
  });

  test('is met by what was done, not by what will be, and by nobody who was only invited', () => {
    const agreed = inDesign.did('invite-provider', { provider }).did('agree-obligation', monthly);
    expect(refusals(agreed.when('meet-obligation', { obligation, on: '2030-01-01', evidence }, 'signatory'))).toEqual(['obligation.not-met-yet', 'delivery.not-the-provider']);
    expect(refusals(agreed.when('meet-obligation', { obligation: id(351), on: '2026-05-01', evidence }))).toEqual(['obligation.unknown']);
  });
});

describe('what is told of an agreement happened while it was there', () => {
  const quarterly = { obligation, what: 'A report', due: { is: 'each', months: 3, from: '2026-04-01' }, evidence: 'the report' } as const;
  const codes = (scene: Scene) => [
    scene.when('meet-obligation', { obligation, on: '2020-03-01', evidence }),
    scene.when('record-observation', { observation: id(310), kpi: id(300), period: { startsOn: '2020-03-01', endsOn: '2020-03-31' }, value: 96, source: 'x' }),
    scene.when('record-finding', { finding: id(320), kpi: id(300), period: { startsOn: '2020-03-01', endsOn: '2020-03-31' }, question: 'x', method: 'x', answers: 0, value: null }),
    scene.when('begin-cycle', { cycle: id(341), period: { startsOn: '2020-03-01', endsOn: '2020-03-31' } }),
    scene.when('record-incident', { incident: id(360), happened: 'x', on: '1901-01-01', harm: 'no-harm', done: 'x' }),
    scene.when('hold-review-meeting', { meeting: id(361), on: '1999-01-01', present: 'x', minutes: evidence }),
  ].map(refusals);
  const known = (scene: Scene) => scene.did('agree-obligation', { ...quarterly, due: { is: 'once', on: '2026-06-01' } }).did('set-kpi', { kpi: id(300), title: 'On time', definition: 'x', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] });
  const taken = (period?: { readonly startsOn: string; readonly endsOn: string }) =>
    known(Scene.empty.did('take-over-agreement', {
      title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider, facts: period === undefined ? {} : { 'contract-period': period },
    }, 'importer'));

  test('and not before it was opened or its contract began; one that was taken over is as old as its contract, and tells its history', () => {
    const before = [['delivery.before-agreement'], ['delivery.before-agreement'], ['delivery.before-agreement'], ['delivery.before-agreement'], ['delivery.before-agreement'], ['delivery.before-agreement']];
    expect(codes(known(inDesign))).toEqual(before);
    expect(codes(taken({ startsOn: '2021-04-01', endsOn: '2027-03-31' }))).toEqual(before);
    expect(codes(taken({ startsOn: '1900-01-01', endsOn: '2027-03-31' }))).toEqual([[], [], [], [], [], []]);
    expect(codes(taken())).toEqual([['delivery.start-unknown'], ['delivery.start-unknown'], ['delivery.start-unknown'], ['delivery.start-unknown'], [], ['delivery.start-unknown']]);
    expect(taken().when('hold-review-meeting', { meeting: id(361), on: '2026-05-31', present: 'x', minutes: evidence })).toMatchObject({ refused: [{ missing: [{ what: 'contract-period', suppliedBy: 'commissioner', by: 'amend-facts' }] }] });
    expect(refusals(taken().when('hold-review-meeting', { meeting: id(361), on: '2026-06-01', present: 'x', minutes: evidence }))).toEqual([]);
    // What is done before a contract begins that is on record already is done under it.
    expect(refusals(taken({ startsOn: '2026-07-01', endsOn: '2027-03-31' }).when('hold-review-meeting', { meeting: id(361), on: '2026-06-01', present: 'x', minutes: evidence }))).toEqual([]);
    expect(known(inDesign).when('meet-obligation', { obligation, on: '2020-03-01', evidence })).toMatchObject({ refused: [{ missing: [{ what: 'on: 2026-01-01 or later', suppliedBy: 'contract-manager', by: 'meet-obligation' }] }] });
  });

  test('nor is anything owed, or an end planned, before it', () => {
    const codesOf = (scene: Scene, day: string) => [
      scene.when('agree-obligation', { ...quarterly, obligation: id(352), due: { is: 'once', on: day } }),
      scene.when('agree-obligation', { ...quarterly, obligation: id(352), due: { is: 'each', months: 3, from: day } }),
      scene.when('plan-exit', { plan: evidence, lastDay: day, people: 40 }),
      scene.when('plan-staff-transfer', { transfersOn: day, informationBy: '2020-01-01', staff: 12 }),
    ].map(refusals);
    expect(codesOf(inDesign, '2025-12-31')).toEqual(Array(4).fill(['delivery.before-agreement']));
    expect(codesOf(inDesign, '2026-01-01')).toEqual(Array(4).fill([]));
  });

  test('what comes again is met in the time it is due for, so that three days of one winter move no report to the next year', () => {
    const owed = taken({ startsOn: '2020-01-01', endsOn: '2027-03-31' }).did('agree-obligation', { ...quarterly, obligation: id(351) });
    const meet = (scene: Scene, on: string) => scene.when('meet-obligation', { obligation: id(351), on, evidence });
    expect(meet(owed, '2020-01-07')).toMatchObject({ refused: [{ code: 'obligation.before-its-time', missing: [{ what: 'on: 2026-01-01 or later' }] }] });
    const once = owed.did('meet-obligation', { obligation: id(351), on: '2026-01-07', evidence });
    expect(refusals(meet(once, '2026-01-08'))).toEqual(['obligation.before-its-time']);
    expect([once, once.did('meet-obligation', { obligation: id(351), on: '2026-04-02', evidence })].map(({ agreement }) => dueNext(agreement, agreement.delivery.obligations[1]!))).toEqual(['2026-07-01', '2026-10-01']);
  });

  test('and figures end with the last day that is planned, until a later one is; a contract that runs on after its period is told of', () => {
    const ended = taken({ startsOn: '2025-04-01', endsOn: '2026-03-31' });
    const figure = (scene: Scene) => scene.when('record-observation', { observation: id(310), kpi: id(300), period: { startsOn: '2026-04-01', endsOn: '2026-04-30' }, value: 96, source: 'x' });
    expect(refusals(figure(ended))).toEqual([]);
    const planned = (lastDay: string) => figure(ended.did('plan-exit', { plan: evidence, lastDay, people: 40 }));
    expect(planned('2026-04-29')).toMatchObject({ refused: [{ code: 'delivery.after-end', missing: [{ what: 'period: until 2026-04-29' }, { what: 'a later last day', by: 'plan-exit' }] }] });
    expect(refusals(planned('2026-04-30'))).toEqual([]);
    // What was owed before the end is met after it, too: late is late, and not impossible.
    expect(refusals(ended.when('meet-obligation', { obligation, on: '2026-05-30', evidence }))).toEqual([]);
  });
});

describe('an obligation of an agreement with several providers', () => {
  const worth = { amount: '1.00', currency: 'GBP' };
  const two = inDesign
    .given(['concordat.agreement.awarded.v1', { provider, value: worth }])
    .given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: worth }]);
  const theirs = two.did('agree-obligation', { ...monthly, provider: otherProvider });

  test('names the one that owes it, who is a provider of the agreement', () => {
    expect(theirs.agreement.delivery.obligations[0]).toMatchObject({ provider: otherProvider });
    expect(refusals(inDesign.did('invite-provider', { provider }).when('agree-obligation', { ...monthly, provider }))).toEqual(['obligation.not-the-provider']);
    // Of several whoever leads owes what nobody is named for, and alone is told and shown what was shown for it.
    const led = two.did('agree-obligation', monthly);
    expect(led.agreement.delivery.obligations[0]).toMatchObject({ provider });
    expect(led.when('meet-obligation', { obligation, on: '2026-05-01', evidence })).toMatchObject({ accepted: [{ data: { provider } }] });
    expect(refusals(led.when('meet-obligation', { obligation, on: '2026-05-01', evidence }, 'otherSignatory'))).toEqual(['obligation.another-s']);
    expect([provider, otherProvider].map((party) => deliveryView(led.agreement, '2026-06-01', party).obligations.length)).toEqual([1, 0]);
  });

  test('is shown by that one or written down by the organisation, and seen by no other provider', () => {
    const met = { obligation, on: '2026-05-01', evidence };
    expect(refusals(theirs.when('meet-obligation', met, 'signatory'))).toEqual(['obligation.another-s']);
    expect(refusals(theirs.when('meet-obligation', met))).toEqual([]);
    expect(refusals(two.did('agree-obligation', monthly).when('meet-obligation', met, 'signatory'))).toEqual([]);
    expect([provider, otherProvider, undefined].map((party) => deliveryView(theirs.agreement, '2026-06-01', party).obligations.length)).toEqual([0, 1, 1]);
  });
});

describe('delivery is a cycle', () => {
  test('of which one ends before the next begins, and no day is in two', () => {
    const begun = inDesign.did('begin-cycle', cycle);
    const next = { cycle: id(341), period: { startsOn: '2026-05-31', endsOn: '2026-06-30' } };
    expect(refusals(begun.when('begin-cycle', next))).toEqual(['cycle.under-way', 'cycle.same-days']);
  });

  test('that was given days far ahead by a slip of the pen, and is given others as long as its first day has not come', () => {
    const planned = inDesign.did('begin-cycle', { ...cycle, period: { startsOn: '2036-05-01', endsOn: '2036-12-31' } });
    const { delivery } = planned.did('begin-cycle', cycle).agreement;
    expect(delivery.cycles).toEqual([{ ...cycle, endedOn: null }]);
    expect(refusals(planned.when('begin-cycle', { ...cycle, cycle: id(341) }))).toEqual(['cycle.under-way']);
    expect(refusals(planned.when('begin-cycle', { ...cycle, period: { startsOn: '2036-05-01', endsOn: '2036-12-31' } }))).toEqual(['already-so']);
    const longer = { ...cycle, period: { ...cycle.period, endsOn: '2026-12-31' } };
    expect([planned.on('2036-05-01'), inDesign.did('begin-cycle', cycle)].map((scene) => refusals(scene.when('begin-cycle', longer)))).toEqual([['already-so'], ['already-so']]);
  });

  test('that ends once it has begun, once people were asked in it, and only once', () => {
    const begun = inDesign.did('begin-cycle', cycle);
    const end = (on: string) => ({ cycle: cycle.cycle, on });
    expect(refusals(begun.when('end-cycle', end('2026-04-30')))).toEqual(['cycle.not-ended-then', 'cycle.people-not-asked']);
    expect(refusals(begun.when('end-cycle', { ...end('2026-06-01'), cycle: id(349) }))).toEqual(['cycle.unknown']);
    const asked = begun
      .did('set-kpi', { kpi: id(300), title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] })
      .did('record-finding', { finding: id(320), kpi: id(300), period: cycle.period, question: 'Do they come on time?', method: 'by telephone', answers: 0, value: null });
    const ended = asked.did('end-cycle', end('2026-06-01'));
    expect(refusals(ended.when('end-cycle', end('2026-06-01')))).toEqual(['already-so']);
    expect(refusals(ended.when('begin-cycle', { cycle: id(341), period: { startsOn: '2026-06-01', endsOn: '2026-06-30' } }))).toEqual([]);
  });

  const measured = inDesign.did('set-kpi', { kpi: id(300), title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] });
  const findingOf = (startsOn: string, endsOn: string) => ({ finding: id(320), kpi: id(300), period: { startsOn, endsOn }, question: 'Do they come on time?', method: 'by telephone', answers: 0, value: null });

  test('in each of which people are asked: what they say of a time is said in the one cycle in which that time ends', () => {
    const asked = measured.did('record-finding', findingOf('2026-03-31', '2026-05-01'));
    const ending = (startsOn: string, endsOn: string) => refusals(asked.did('begin-cycle', { cycle: cycle.cycle, period: { startsOn, endsOn } }).when('end-cycle', { cycle: cycle.cycle, on: '2026-06-01' }));
    expect([ending('2026-03-01', '2026-03-31'), ending('2026-04-01', '2026-04-30'), ending('2026-05-01', '2026-05-31')]).toEqual([['cycle.people-not-asked'], ['cycle.people-not-asked'], []]);
  });

  test('that is ended before its last day was shorter: people are asked until then, and the days that are left are of the next one', () => {
    const long = { cycle: cycle.cycle, period: { startsOn: '2026-05-01', endsOn: '2029-04-30' } };
    const end = { cycle: cycle.cycle, on: '2026-05-20' };
    expect(measured.did('record-finding', findingOf('2026-05-01', '2026-05-21')).did('begin-cycle', long).when('end-cycle', end)).toMatchObject({
      refused: [{ code: 'cycle.people-not-asked', missing: [{ what: 'what people say of a KPI, of a time that ends between 2026-05-01 and 2026-05-20', suppliedBy: 'contract-manager', by: 'record-finding' }] }],
    });
    const ended = measured.did('record-finding', findingOf('2026-05-01', '2026-05-20')).did('begin-cycle', long).did('end-cycle', end);
    expect(ended.agreement.delivery.cycles).toEqual([{ cycle: cycle.cycle, period: { startsOn: '2026-05-01', endsOn: '2026-05-20' }, endedOn: '2026-05-20' }]);
    const next = (startsOn: string) => refusals(ended.when('begin-cycle', { cycle: id(341), period: { startsOn, endsOn: '2026-06-30' } }));
    expect([next('2026-05-20'), next('2026-05-21')]).toEqual([['cycle.same-days'], []]);
  });

  test('and goes on while the service does: no year of it passes without a cycle, also after the gate of its delivery', () => {
    const runs = Scene.empty.following(pathways.find('standard', 2)!).did('take-over-agreement', {
      title: 'Visits', kind: 'contract', pathway: { id: 'standard' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'review', from: { source: 'Contract register', reference: 'C-1' }, provider, value: { amount: '900000.00', currency: 'GBP' }, facts: { 'contract-period': { startsOn: '2026-05-01', endsOn: '2030-04-30' } },
    }, 'importer').did('set-kpi', { kpi: id(300), title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] });
    const asked = (scene: Scene, at: number, startsOn: string, endsOn: string) =>
      scene.did('begin-cycle', { cycle: id(340 + at), period: { startsOn, endsOn } }).did('record-finding', { ...findingOf(startsOn, endsOn), finding: id(320 + at) }).did('end-cycle', { cycle: id(340 + at), on: endsOn });
    const lacks = (scene: Scene) => { const gate = scene.when('request-gate', { stage: 'review' }); return 'refused' in gate ? gate.refused.flatMap(({ code, missing }) => (code === 'delivery.people-asked-each-cycle' ? missing.map(({ what }) => what) : [])) : []; };
    const first = asked(runs, 1, '2026-06-01', '2026-06-01');
    expect([lacks(runs), lacks(first), lacks(first.on('2027-06-02')), lacks(first.on('2027-06-03'))]).toEqual([['a cycle of delivery'], [], [], ['a cycle of the time from 2026-06-02 to 2027-06-02']]);
    const later = asked(first.on('2028-06-01'), 2, '2028-01-01', '2028-05-31');
    expect([lacks(later), lacks(asked(later, 3, '2027-01-01', '2027-03-31'))]).toEqual([['a cycle of the time from 2026-06-02 to 2027-12-31'], []]);
    // Once its last day is over nobody is asked of what came after it.
    expect(lacks(asked(later.on('2032-06-01'), 3, '2029-05-01', '2030-04-30')).at(-1)).toBe('a cycle of the time from 2026-06-02 to 2027-12-31');
  });

  test('that is backwards is none', () => {
    expect(refusals(inDesign.when('begin-cycle', { ...cycle, period: { startsOn: '2026-05-31', endsOn: '2026-05-01' } }))).toEqual(['delivery.period-reversed']);
  });
});
