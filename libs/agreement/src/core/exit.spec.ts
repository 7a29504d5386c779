import { describe, expect, test } from '@jest/globals';
import { pathways } from '@concordat/pathway';
import { agreementWith } from './agreement-with.js';
import { type ById, noneById, putById } from './by-id.js';
import { deliveryView } from './delivery-view.js';
import type { FactValues } from './facts.js';
import { agreementId, id, inDesign, inEnding, otherProvider, provider, refusals, Scene } from './given.js';
import { missingAt } from './given-involvement.js';
import { lot } from './given-lots.js';
import { type Child, inTree } from './tree.js';

const plan = { plan: { reference: 'DMS/8', title: 'Plan for the end' }, lastDay: '2026-09-30', people: 40 };
const begun = inDesign.asking({ code: 'people.all-arranged', parameters: {} });
const ending = begun.did('plan-exit', plan);
const takenOver = (stage: string) => Scene.empty.did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage, from: { source: 'Contract register', reference: 'C-1' }, provider }, 'importer');
const delivered = takenOver('delivery');
const without = (people: number) => begun.did('amend-facts', { facts: { 'people-without-arrangement': people } }).when('request-gate', { stage: 'design' });

describe('the end of a service', () => {
  test('leaves nobody without an arrangement: until then its gate is shut, and says of how many', () => {
    expect(begun.when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'people.all-arranged', missing: [{ what: 'people-without-arrangement', by: 'amend-facts' }] }] });
    expect(without(3)).toMatchObject({ refused: [{ code: 'people.all-arranged', missing: [{ what: 'an arrangement for 3 people' }] }] });
    expect(refusals(without(0))).toEqual([]);
  });

  test('is planned with its last day and how many use it; another plan takes its place', () => {
    expect(refusals(ending.when('plan-exit', plan))).toEqual(['already-so']);
    expect(ending.did('plan-exit', { ...plan, people: 42 }).agreement.exit?.people).toBe(42);
  });

  test('counts no fewer than before without a word of why, which stays while nobody else is counted', () => {
    expect(ending.when('plan-exit', { ...plan, people: 38 })).toMatchObject({ refused: [{ code: 'exit.fewer-people', missing: [{ what: 'why', suppliedBy: 'contract-manager', by: 'plan-exit' }] }] });
    const fewer = ending.did('plan-exit', { ...plan, people: 38, why: 'Two moved to their daughter’s.' });
    const later = { ...plan, people: 38, lastDay: '2026-10-31' };
    expect([fewer.did('plan-exit', later), fewer.did('plan-exit', { ...later, people: 39 })].map(({ agreement }) => agreement.exit?.why)).toEqual(['Two moved to their daughter’s.', undefined]);
    expect(refusals(fewer.when('plan-exit', { ...plan, people: 38 }))).toEqual(['already-so']);
    // Two who moved are few: why, and that they did, is the organisation’s to read.
    const ends = delivered.did('plan-exit', plan).did('plan-exit', { ...plan, people: 38, why: 'Two moved to their daughter’s.' }).agreement;
    expect([deliveryView(ends, '2026-06-01').exit, deliveryView(ends, '2026-06-01', provider).exit].map((exit) => [exit?.people, exit?.why])).toEqual([[38, 'Two moved to their daughter’s.'], [40, undefined]]);
  });

  test('counts no fewer than are placed under it without a word of why; a placement that never came to be is nobody’s', () => {
    const placed = (people: number, amount: string, at: number): Child => ({ id: id(at), as: 'called-off', kind: 'placement', title: 'Placement', lot: null, provider, value: { amount, currency: 'GBP' }, people, openedAt: '' });
    const holds = inTree(inDesign.agreement, { children: [placed(30, '900.00', 41), placed(12, '100.00', 42), placed(5, '0.00', 43)].reduce<ById<Child>>(putById, noneById) });
    const whole = inDesign.beside(id(8), holds).inside(id(8));
    expect(whole.when('plan-exit', plan)).toMatchObject({ refused: [{ code: 'exit.fewer-people', asks: '42 people are placed under this agreement: where fewer are counted it is said why.', missing: [{ what: 'why', by: 'plan-exit' }] }] });
    expect([whole.when('plan-exit', { ...plan, people: 42 }), whole.when('plan-exit', { ...plan, why: 'Two moved to their daughter’s.' })].map(refusals)).toEqual([[], []]);
  });

  test('says by when whoever hands over staff owes word of them: 28 days before the transfer', () => {
    expect(deliveryView(ending.agreement, '2026-06-01').exit).toEqual({ ...plan, staffInformationBy: '2026-09-02' });
  });
});

describe('the transition of every group affected', () => {
  const asked = inDesign.asking({ code: 'transition.every-group', parameters: {} }).did('amend-facts', { facts: { 'affected-groups': ['diners', 'Carers'] } });
  const ofDiners = (facts: FactValues = {}) => inDesign.asking({ code: 'transition.every-group', parameters: {} }).did('amend-facts', { facts: { 'affected-groups': ['diners'], ...facts } });
  const goes = (group: string, without = 0, people = 12) => ({ group, people, goesTo: 'The kitchen of the hall', without });
  const lacks = (scene: Scene) => { const decision = scene.when('request-gate', { stage: 'design' }); return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : []; };

  test('is asked for by name, group by group, until nobody of any is without an arrangement', () => {
    expect(lacks(inDesign.asking({ code: 'transition.every-group', parameters: {} }))).toEqual(['affected-groups', 'how many use the service']);
    expect(asked.when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'transition.every-group', missing: [{ what: 'the transition of diners', by: 'record-transition' }, { what: 'the transition of Carers' }, { what: 'how many use the service', by: 'plan-exit' }] }] });
    const one = asked.did('plan-exit', { ...plan, people: 24 }).did('record-transition', goes('Diners', 3));
    expect(lacks(one)).toEqual(['the transition of Carers', 'an arrangement for 3 of Diners', 'the transition of 12 of the 24 people whom the plan counts']);
    const both = one.did('record-transition', goes('carers'));
    expect(lacks(both)).toEqual(['an arrangement for 3 of Diners']);
    expect(lacks(both.did('record-transition', goes('diners')))).toEqual([]);
    // A group that is found to be affected later is named, too, and one that is not affected any more holds up nothing.
    expect(lacks(both.did('record-transition', goes('diners')).did('amend-facts', { facts: { 'affected-groups': ['diners', 'Carers', 'cooks'] } }))).toEqual(['the transition of cooks']);
    const left = asked.did('amend-facts', { facts: { 'affected-groups': ['Carers'] } }).did('plan-exit', { ...plan, people: 12, why: 'The diners go on as they are.' }).did('record-transition', goes('Carers'));
    expect(lacks(left)).toEqual(['the transition of diners', 'that diners are affected no more, as a second person says it or the sponsor approves']);
    expect(lacks(left.did('amend-facts', { facts: { 'affected-groups': ['Carers'] } }, 'colleague'))).toEqual([]);
  });

  test('leaves out nobody whom the plan counts: forty use the service, and an arrangement for two is not the end of it', () => {
    const lone = ofDiners();
    expect(lone.did('record-transition', goes('diners')).when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ missing: [{ what: 'how many use the service', suppliedBy: 'contract-manager', by: 'plan-exit' }] }] });
    const planned = lone.did('plan-exit', plan);
    const said = (people: number) => lacks(planned.did('record-transition', goes('diners', 0, people)));
    expect([0, 2, 39, 40, 41].map(said)).toEqual([...[40, 38, 1].map((left) => [`the transition of ${left} of the 40 people whom the plan counts`]), [], []]);
    // Who is of two groups is counted in both.
    expect(lacks(planned.did('amend-facts', { facts: { 'affected-groups': ['diners', 'carers'] } }).did('record-transition', goes('diners', 0, 40)).did('record-transition', goes('carers')))).toEqual([]);
  });

  test('leaves out nobody who is concerned, unless the plan says why', () => {
    const none = ofDiners({ 'people-concerned': 40 }).did('plan-exit', { ...plan, people: 0 }).did('record-transition', goes('diners', 0, 0));
    expect(none.when('request-gate', { stage: 'design' })).toMatchObject({ refused: [{ code: 'transition.every-group', missing: [{ what: 'why the plan counts 0 people where 40 are concerned', suppliedBy: 'contract-manager', by: 'plan-exit' }] }] });
    expect(lacks(none.did('plan-exit', { ...plan, people: 0, why: 'The club did not open this year.' }))).toEqual([]);
    expect([lacks(none.did('amend-facts', { facts: { 'people-concerned': 0 } })), lacks(none.did('plan-exit', plan))]).toEqual([[], ['the transition of 40 of the 40 people whom the plan counts']]);
  });

  test('leaves out nobody whom what ends counts, unless the plan says why', () => {
    const [club, kitchen] = [id(8), id(9)];
    const counting = (people: number) => inDesign.did('amend-facts', { facts: { 'people-concerned': people } }).agreement;
    const linked = inEnding.asking({ code: 'transition.every-group', parameters: {} }).did('amend-facts', { facts: { 'affected-groups': ['diners'] } }).beside(club, counting(40)).beside(kitchen, ending.agreement).did('link-agreement', { to: club, as: 'ends' });
    expect(linked.when('plan-exit', { ...plan, people: 12 })).toMatchObject({ refused: [{ code: 'exit.fewer-people', asks: 'What ends counts 40 people: where fewer are counted it is said why.', missing: [{ what: 'why', suppliedBy: 'contract-manager', by: 'plan-exit' }] }] });
    const planned = linked.did('plan-exit', plan).did('record-transition', goes('diners', 0, 40));
    expect([planned.agreement.exit?.counted, lacks(planned)]).toEqual([[{ agreement: club, people: 40 }], []]);
    // It is held against what is found to end afterwards, too, and what was said of others does not stand for those.
    const both = planned.did('plan-exit', { ...plan, people: 38, why: 'Two moved away.' }).did('link-agreement', { to: kitchen, as: 'ends' });
    expect(lacks(both)).toEqual([`the plan held against how many agreement-${kitchen} counts`]);
    expect(both.when('plan-exit', { ...plan, people: 38 })).toMatchObject({ refused: [{ asks: 'What ends counts 80 people: where fewer are counted it is said why.' }] });
    expect(lacks(both.did('plan-exit', { ...plan, why: 'All of the kitchen come to the club.' }))).toEqual([]);
    // Its provider reads nothing of what another agreement counts.
    expect([undefined, provider].map((party) => deliveryView(agreementWith(planned.agreement, { award: delivered.agreement.award }), '2026-06-01', party).exit?.counted)).toEqual([[{ agreement: club, people: 40 }], undefined]);
  });

  test('is not cut off by giving the end up: whoever is on the way has an arrangement first, be it where they are', () => {
    const ends = pathways.find('decommission')!;
    const at = (stage: string) => inDesign.following(ends).did('amend-facts', { facts: { 'affected-groups': ['diners'] } }).given(['concordat.agreement.stage-entered.v1', { stage, from: 'x' }]);
    const cancel = (scene: Scene) => scene.when('cancel', { reason: 'No money.' });
    const counted = (stage: string) => at(stage).did('plan-exit', plan).did('record-transition', goes('diners', 3, 40));
    expect(cancel(counted('transition'))).toMatchObject({ refused: [{ code: 'exit.people-on-the-way', missing: [{ what: 'an arrangement for 3 of diners', suppliedBy: 'contract-manager', by: 'record-transition' }] }] });
    expect(refusals(cancel(counted('transition').did('return-to-stage', { stage: 'dialogue', reason: 'x' })))).toEqual(['exit.people-on-the-way']);
    expect(refusals(cancel(counted('transition').did('record-transition', { ...goes('diners', 0, 40), goesTo: 'They stay.' })))).toEqual([]);
    // Nobody is on the way before that is decided, or before anybody was counted.
    expect([cancel(counted('decision')), cancel(at('transition'))].map(refusals)).toEqual([[], []]);
    // Elsewhere a plan for the end moves nobody yet.
    expect(refusals(cancel(ending))).toEqual([]);
  });

  test('is held against something where it was taken over behind the gates that ask what ends, and for whom', () => {
    const taken = takenOver('design').did('amend-facts', { facts: { 'affected-groups': ['diners'] } }).did('plan-exit', { ...plan, people: 0 }).did('record-transition', goes('diners', 0, 0));
    const missing = (scene: Scene) => missingAt(scene, 'transition.every-group', {});
    expect(missing(taken)).toEqual([{ what: 'people-concerned', suppliedBy: 'commissioner', by: 'amend-facts' }]);
    expect(missing(taken.did('amend-facts', { facts: { 'people-concerned': 40 } }))).toMatchObject([{ what: 'why the plan counts 0 people where 40 are concerned' }]);
    expect(missing(taken.following(inEnding.pathway).beside(id(8), ending.agreement).did('link-agreement', { to: id(8), as: 'ends' }).did('plan-exit', { ...plan, people: 0, why: 'The club did not open this year.' }))).toEqual([]);
  });

  test('holds beside the sum: a nought that somebody types opens no gate over three of a group who go nowhere', () => {
    const summed = inDesign.asking({ code: 'people.all-arranged', parameters: {} }).did('amend-facts', { facts: { 'affected-groups': ['diners'], 'people-without-arrangement': 0 } });
    expect([summed, summed.did('record-transition', goes('diners', 3)), summed.did('record-transition', goes('diners'))].map(lacks)).toEqual([[], ['an arrangement for 3 of diners'], []]);
    const planned = summed.did('plan-exit', plan);
    expect([planned, planned.did('record-transition', goes('diners', 0, 38)), planned.did('record-transition', goes('diners', 0, 40))].map(lacks)).toEqual([...[40, 2].map((left) => [`the transition of ${left} of the 40 people whom the plan counts`]), []]);
    // In a placement nothing is said of whoever is placed but the sum.
    const placed = Scene.empty.did('open-agreement', { title: 'Placement 1', kind: 'placement', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] }).did('amend-facts', { facts: { 'people-without-arrangement': 0 } });
    expect(missingAt(placed.did('plan-exit', { ...plan, plan: { reference: 'DMS/8', title: 'Plan' }, people: 1 }), 'people.all-arranged', {})).toEqual([]);
  });

  test('is that of a group affected, of no more people than use the service, and the last word counts', () => {
    expect(refusals(asked.when('record-transition', goes('strangers', 13)))).toEqual(['exit.group-not-affected', 'exit.more-without-than-people']);
    const said = asked.did('record-transition', goes('diners', 3));
    expect(refusals(said.when('record-transition', goes('diners', 3)))).toEqual(['already-so']);
    expect(said.did('record-transition', goes('diners', 1)).agreement.transitions).toEqual([goes('diners', 1)]);
    expect(refusals(asked.when('record-transition', goes('diners'), 'signatory'))).toEqual(['right.missing']);
  });
});

test('what asks in words where everybody goes is no process of a placement: that is said as it begins, and not at its last gates', () => {
  const beginning = { title: 'Placement 1', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] } as const;
  const fresh = Scene.empty.asking({ code: 'transition.every-group', parameters: {} });
  expect(fresh.when('open-agreement', { ...beginning, kind: 'placement' })).toMatchObject({ refused: [{ code: 'pathway.words-of-the-placed', asks: expect.stringContaining('ends through its own last gates'), missing: [{ what: 'kind', by: 'open-agreement' }] }] });
  expect(refusals(fresh.when('take-over-agreement', { ...beginning, kind: 'placement', stage: 'design', from: { source: 'Contract register', reference: 'C-1' } }, 'importer'))).toEqual(['pathway.words-of-the-placed']);
  expect([fresh.when('open-agreement', { ...beginning, title: 'The end of the visits', kind: 'contract' }), Scene.empty.when('open-agreement', { ...beginning, kind: 'placement' })].map(refusals)).toEqual([[], []]);
});

describe('the last gate of a service that has started', () => {
  const startsIn = (stage: string) => ({ ...Scene.empty.pathway, stages: Scene.empty.pathway.stages.map((one) => ({ ...one, ...(one.id === stage && { startsService: true as const }) })) });
  const period = { startsOn: '2025-04-01', endsOn: '2026-08-31' };
  const begins = { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider } as const;
  const runs = (changes: object = {}) => Scene.empty.following(startsIn('delivery')).did('take-over-agreement', { ...begins, facts: { 'contract-period': period }, ...changes }, 'importer');
  const close = (scene: Scene) => scene.when('request-gate', { stage: 'delivery' });

  test('opens once its last day is over, by its contract and by the plan for its end', () => {
    expect(close(runs())).toMatchObject({ refused: [{ code: 'service.over', missing: [{ what: 'the last day of the service by its contract: 2026-08-31', suppliedBy: 'time' }] }] });
    const planned = runs().did('plan-exit', plan);
    expect(close(planned)).toMatchObject({ refused: [{ missing: [{ what: expect.stringContaining('its contract: 2026-08-31') }, { what: 'the last day of the service by the plan for its end: 2026-09-30', suppliedBy: 'time' }] }] });
    expect([planned.on('2026-08-31'), planned.on('2026-09-30'), planned.on('2026-10-01'), runs().on('2026-08-31'), runs().on('2026-09-01')].map((scene) => refusals(close(scene)))).toEqual([['service.over'], ['service.over'], [], ['service.over'], []]);
  });

  test('waits for no day where nothing started, of a placement, where none is on record, and before the last stage', () => {
    const code = (scene: Scene) => refusals(close(scene));
    expect([code(runs().following(Scene.empty.pathway)), code(runs({ title: 'Placement 1', kind: 'placement' })), code(runs({ facts: {} }))]).toEqual([[], [], []]);
    const before = runs().following({ ...startsIn('delivery'), stages: [...startsIn('delivery').stages, { ...startsIn('delivery').stages[0]!, id: 'close' }] });
    expect(code(before)).toEqual([]);
  });

  test('asks anew of those who use it now: the nought that was said of whoever came in as it began opens no end', () => {
    const lasting = { ...startsIn('delivery'), stages: startsIn('delivery').stages.map((stage) => ({ ...stage, gate: { ...stage.gate, conditions: [{ code: 'people.all-arranged' as const, tiers: { small: {}, standard: {}, major: {} } }] } })) };
    const nought = { facts: { 'people-without-arrangement': 0 } };
    const beginning = (changes: object) => runs({ stage: 'design', facts: { 'contract-period': period, 'affected-groups': ['diners'], 'people-concerned': 40 }, value: { amount: '900000.00', currency: 'GBP' }, ...changes }).following(lasting).did('amend-facts', nought);
    const atEnd = (scene: Scene) => scene.on('2028-06-02').given(['concordat.agreement.stage-entered.v1', { stage: 'delivery', from: 'design' }]);
    const ofMobilisation = beginning({});
    const ends = atEnd(ofMobilisation);
    const lacks = (scene: Scene) => { const decision = close(scene); return 'refused' in decision ? decision.refused.flatMap(({ missing }) => missing.map(({ what }) => what)) : []; };
    expect(refusals(ofMobilisation.when('amend-facts', nought))).toEqual(['already-so']);
    expect(lacks(ends)).toEqual(['people-without-arrangement', 'how many use the service']);
    const said = ends.did('amend-facts', nought);
    expect(refusals(said.when('amend-facts', nought))).toEqual(['already-so']);
    expect(lacks(said)).toEqual(['how many use the service']);
    const planned = said.did('plan-exit', { ...plan, lastDay: '2028-05-31' });
    expect(lacks(planned)).toEqual(['the transition of 40 of the 40 people whom the plan counts']);
    expect(lacks(planned.did('record-transition', { group: 'diners', people: 40, goesTo: 'The kitchen of the hall', without: 0 }))).toEqual([]);
    // Of a placement, and of what is small, the sum is enough; but it is that of those who leave.
    const summed = [{ kind: 'placement', title: 'Placement 1' }, { value: { amount: '9000.00', currency: 'GBP' } }].map((changes) => atEnd(beginning(changes)));
    expect(summed.flatMap((scene) => [scene, scene.did('amend-facts', nought)]).map(lacks)).toEqual([['people-without-arrangement'], [], ['people-without-arrangement'], []]);
  });

  test('waits for that of an extension, too, which goes on from its award', () => {
    const extension = { ...Scene.empty.pathway, keepsRoute: true as const, stages: Scene.empty.pathway.stages.map((stage) => (stage.id === 'design' ? { ...stage, gate: { preliminary: false, conditions: [{ code: 'provider.accepted' as const, tiers: { small: {}, standard: {}, major: {} } }] } } : stage)) };
    const goesOn = runs().following(extension);
    expect([goesOn, goesOn.on('2026-09-01')].map((scene) => refusals(close(scene)))).toEqual([['service.over'], []]);
  });
});

describe('staff who pass to another employer', () => {
  const transfer = { transfersOn: '2026-10-01', informationBy: '2026-09-03', staff: 9 } as const;
  const given = { on: '2026-06-01', evidence: { reference: 'DMS/eli', title: 'Employee liability information' } } as const;

  test('are planned with the day by which information on them is owed, 28 days before or earlier', () => {
    expect(delivered.when('plan-staff-transfer', { ...transfer, informationBy: '2026-09-04' })).toMatchObject({ refused: [{ code: 'exit.staff-information-too-late', missing: [{ what: 'informationBy: 2026-09-03 or before' }] }] });
    const planned = delivered.did('plan-staff-transfer', transfer);
    expect(planned.agreement.staffTransfer).toEqual({ ...transfer, given: null });
    expect(refusals(planned.when('plan-staff-transfer', transfer))).toEqual(['already-so']);
    expect(deliveryView(planned.did('plan-exit', plan).agreement, '2026-06-01')).toMatchObject({ exit: { staffInformationBy: '2026-09-03' }, staffTransfer: { staff: 9 } });
  });

  test('and information on them is given once, by their provider or written down, and stays given where the day moves', () => {
    const planned = delivered.did('plan-staff-transfer', transfer);
    expect(refusals(delivered.when('record-staff-information', given))).toEqual(['exit.no-staff-transfer']);
    expect(refusals(planned.when('record-staff-information', { ...given, on: '2026-06-02' }, 'signatory'))).toEqual(['exit.staff-information-ahead']);
    const told = planned.did('record-staff-information', given, 'signatory');
    expect(refusals(told.when('record-staff-information', given))).toEqual(['already-so']);
    expect(told.did('plan-staff-transfer', { ...transfer, staff: 8 }).agreement.staffTransfer).toEqual({ ...transfer, staff: 8, given });
    expect(refusals(planned.did('invite-provider', { provider: '00000000-0000-4000-8000-000000000003' }).when('record-staff-information', given, 'otherSignatory'))).toEqual(['delivery.not-the-provider']);
  });

  test('are spoken for by whoever leads, where there are several providers: one of the others does not end what is owed of all', () => {
    const awarded = { lots: [{ ...lot(agreementId, 'Visits', provider, '9000.00'), members: [otherProvider] }], stage: 'delivery', providers: [provider, otherProvider] };
    const planned = delivered.given(['concordat.agreement.lots-awarded.v1', awarded]).did('plan-staff-transfer', transfer);
    expect(planned.when('record-staff-information', given, 'otherSignatory')).toMatchObject({ refused: [{ code: 'exit.staff-information-another-s', missing: [{ by: 'record-staff-information' }] }] });
    for (const who of ['signatory', 'commissioner'] as const) expect(planned.did('record-staff-information', given, who).agreement.staffTransfer?.given).toEqual(given);
  });
});
