import { describe, expect, test } from '@jest/globals';
import { check } from './check.js';
import type { Scene } from './given.js';
import { id, inDesign, people, refusals } from './given.js';

const specification = { code: 'facts.present', parameters: { facts: ['specification'] } } as const;
const screen = { code: 'facts.present', parameters: { facts: ['safeguarding-screen'] } } as const;
const finance = { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'finance' }] } } as const;
const planned = { code: 'involvement.planned', parameters: { say: 3 } } as const;
const decision = { code: 'decision.in-force', parameters: {} } as const;

const condition = id(180);
const proposal = { condition, code: 'facts.present', discipline: 'legal-procurement', what: 'The specification, once the hall is measured', dueOn: '2026-06-20' } as const;
const proposed = inDesign.asking(specification).did('propose-condition', proposal);
const agreed = proposed.did('agree-condition', { condition }, 'decisionMaker').did('agree-condition-for-discipline', { condition }, 'approver');
const document = { reference: 'D1', title: 'Specification' };

/** Design, a stage more, then the service, each with the last gate of one that asks the day's report. */
function withService(scene: Scene): Scene {
  const [mandate, design, delivery] = scene.pathway.stages as [Scene['pathway']['stages'][0], Scene['pathway']['stages'][0], Scene['pathway']['stages'][0]];
  return scene.following({ ...scene.pathway, stages: [mandate, design, { ...delivery, id: 'mobilisation' }, { ...delivery, startsService: true }, { ...delivery, id: 'close' }] });
}
const gate = (stage: string) => ['request-gate', { stage }] as const;
const opened = withService(agreed).did(...gate('design'));

test('a gate opens with a condition once the decision-maker and the head of the discipline both agreed', () => {
  expect(refusals(proposed.when(...gate('design')))).toEqual(['facts.present']);
  expect(refusals(proposed.did('agree-condition', { condition }, 'decisionMaker').when(...gate('design')))).toEqual(['facts.present']);
  expect(check(agreed.agreement, agreed.context())).toMatchObject([{ code: 'facts.present', missing: [{ what: 'specification' }], onCondition: [condition], met: true }]);
  expect(agreed.when(...gate('design'))).toMatchObject({
    accepted: [{ type: 'concordat.agreement.gate-opened.v1', data: { decision: 'opened-with-conditions', onCondition: [condition], waivers: [] } }, {}],
  });
  expect(opened.agreement).toMatchObject({ stage: 'mobilisation', stages: { design: { gate: 'opened-with-conditions' } } });
});

test('what the law asks by a fact follows by no day: neither a conflicts assessment nor the evaluation, whatever else the gate asks beside them', () => {
  const ofLaw = { code: 'facts.present', parameters: { facts: ['conflicts-assessment', 'evaluation'] } } as const;
  const alone = inDesign.did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }).asking(ofLaw);
  expect(refusals(alone.when('propose-condition', proposal))).toEqual(['condition.other-class']);
  expect(check(alone.agreement, alone.context())).toMatchObject([{ code: 'facts.present', class: 'lawful', met: false }]);
  const both = alone.asking({ code: 'facts.present', parameters: { facts: ['specification', 'conflicts-assessment'] } })
    .did('propose-condition', proposal).did('agree-condition', { condition }, 'decisionMaker').did('agree-condition-for-discipline', { condition }, 'approver');
  expect(both.agreement.gateConditions).toMatchObject([{ parameters: { facts: ['specification'] } }]);
  expect(check(both.agreement, both.context())).toMatchObject([{ onCondition: [condition], met: false }]);
  expect(refusals(both.did('amend-facts', { facts: { 'conflicts-assessment': document } }).when(...gate('design')))).toEqual([]);
});

test('a condition excuses what it is about, at its own gate and until its day, and nothing else', () => {
  expect([refusals(agreed.on('2026-06-20').when(...gate('design'))), refusals(agreed.on('2026-06-21').when(...gate('design')))]).toEqual([[], ['facts.present']]);
  const more = agreed.asking(specification, finance);
  expect(check(more.agreement, more.context())).toMatchObject([{ onCondition: [condition], met: true }, { code: 'sign-offs.granted', onCondition: [], met: false }]);
  const [mandate, design, mobilisation, ...rest] = opened.pathway.stages;
  const askedAgain = opened.following({ ...opened.pathway, stages: [mandate!, design!, { ...mobilisation!, gate: design!.gate }, ...rest] });
  expect(refusals(askedAgain.when(...gate('mobilisation')))).toEqual(['facts.present']);
});

test('a gate that lacks nothing opens without conditions, whatever was agreed', () => {
  expect(agreed.did('amend-facts', { facts: { specification: document } }).when(...gate('design'))).toMatchObject({
    accepted: [{ data: { decision: 'opened', onCondition: [] } }, {}],
  });
});

test('what the law asks and what involvement asks opens on no condition', () => {
  const scene = inDesign.asking(planned, decision);
  expect(refusals(scene.when('propose-condition', { ...proposal, code: 'decision.in-force' }))).toEqual(['condition.other-class']);
  expect(refusals(scene.when('propose-condition', { ...proposal, code: 'involvement.planned' }))).toEqual(['condition.other-class']);
  expect(refusals(scene.when('propose-condition', proposal))).toEqual(['condition.not-asked']);
});

test('the head who agrees is of a discipline that answers for it', () => {
  expect(refusals(inDesign.asking(specification).when('propose-condition', { ...proposal, discipline: 'finance' }))).toEqual(['condition.other-discipline']);
  expect(refusals(inDesign.asking(finance).when('propose-condition', { ...proposal, code: 'sign-offs.granted' }))).toEqual(['condition.other-discipline']);
  expect(refusals(inDesign.asking(finance).when('propose-condition', { ...proposal, code: 'sign-offs.granted', discipline: 'finance' }))).toEqual([]);
  expect(refusals(proposed.when('agree-condition-for-discipline', { condition }, 'decisionMaker'))).toEqual(['right.missing']);
});

test('each answers for its own: nobody without an arrangement is safeguarding’s, what a sign-off was granted on its discipline’s, and what nobody else answers for the sponsor’s', () => {
  const asked = (code: 'people.all-arranged' | 'provider.ready' | 'risk.three-way' | 'sign-offs.conditions-met', parameters: object, discipline: 'finance' | 'sponsor' | 'safeguarding') =>
    refusals(withService(inDesign.asking({ code, parameters })).when('propose-condition', { ...proposal, code, discipline }));
  expect(asked('people.all-arranged', {}, 'finance')).toEqual(['condition.other-discipline']);
  expect(asked('people.all-arranged', {}, 'safeguarding')).toEqual(['condition.safeguarding-past-start']);
  expect(asked('provider.ready', {}, 'finance')).toEqual(['condition.other-discipline']);
  expect(asked('provider.ready', {}, 'sponsor')).toEqual([]);
  expect(asked('risk.three-way', { top: 10 }, 'finance')).toEqual(['condition.other-discipline']);
  expect(asked('sign-offs.conditions-met', { discipline: 'safeguarding' }, 'finance')).toEqual(['condition.other-discipline']);
  expect(asked('sign-offs.conditions-met', {}, 'finance')).toEqual([]);
});

test('the head is whoever approves for the discipline by a role of their own, and nobody who stands in for them', () => {
  const standingIn = { delegation: id(190), to: people.stranger, discipline: 'legal-procurement', from: '2026-06-01', until: '2026-06-30', when: 'always', agreements: null, upTo: null } as const;
  const deputy = proposed.knowing('approver', { delegations: [standingIn] });
  expect(refusals(deputy.when('agree-condition-for-discipline', { condition }, 'stranger'))).toEqual(['right.missing']);
  expect(refusals(deputy.when('agree-condition-for-discipline', { condition }, 'approver'))).toEqual([]);
  const ofFinance = proposed.knowing('approver', { grants: [{ role: 'approver', discipline: 'finance', grant: id(191) }] });
  expect(refusals(ofFinance.when('agree-condition-for-discipline', { condition }, 'approver'))).toEqual(['right.missing']);
});

test('nobody agrees to what they proposed, and the two who agree are two people', () => {
  expect(refusals(proposed.when('agree-condition', { condition }, 'commissioner'))).toEqual(['sign-off.own-work']);
  const half = proposed.did('agree-condition', { condition }, 'colleague');
  expect(refusals(half.when('agree-condition-for-discipline', { condition }, 'colleague'))).toEqual(['condition.same-person']);
  expect(refusals(half.when('agree-condition', { condition }, 'decisionMaker'))).toEqual(['already-so']);
});

test('it is proposed once, due after today, and refused as a whole', () => {
  expect(refusals(proposed.when('propose-condition', proposal))).toEqual(['already-so']);
  expect(refusals(proposed.when('propose-condition', { ...proposal, condition: id(181), dueOn: '2026-06-01' }))).toEqual(['already-so', 'condition.due-past']);
  const refused = proposed.did('refuse-condition', { condition, reason: 'It is the heart of it.' }, 'decisionMaker');
  expect(refusals(refused.when('agree-condition', { condition }, 'decisionMaker'))).toEqual(['already-so']);
  expect(refusals(refused.when('propose-condition', { ...proposal, condition: id(181) }))).toEqual([]);
  expect(refusals(proposed.when('agree-condition', { condition: id(99) }, 'decisionMaker'))).toEqual(['condition.unknown']);
});

test('whose day passed while it was awaited is agreed to no more, and is proposed anew with a later one', () => {
  const anew = { ...proposal, condition: id(181), dueOn: '2026-07-20' } as const;
  expect([refusals(proposed.on('2026-06-20').when('propose-condition', anew)), refusals(proposed.on('2026-06-20').when('agree-condition', { condition }, 'decisionMaker'))]).toEqual([['already-so'], []]);
  const late = proposed.on('2026-06-21');
  for (const [command, who] of [['agree-condition', 'decisionMaker'], ['agree-condition-for-discipline', 'approver']] as const) {
    expect(late.when(command, { condition }, who)).toMatchObject({ refused: [{ code: 'condition.due-past', missing: [{ what: 'a later day', suppliedBy: 'commissioner', by: 'propose-condition' }] }] });
  }
  const both = late.did('propose-condition', anew).did('agree-condition', { condition: id(181) }, 'decisionMaker').did('agree-condition-for-discipline', { condition: id(181) }, 'approver');
  expect(refusals(both.when(...gate('design')))).toEqual([]);
});

test('what a gate of a smaller agreement was to open on is agreed to again by both once its tier rose; what a gate opened on stands', () => {
  const risen = agreed.did('raise-tier', { raises: ['untried-model'], reason: 'Nobody did it before.' });
  expect(refusals(risen.when(...gate('design')))).toEqual(['facts.present']);
  const again = risen.did('agree-condition', { condition }, 'decisionMaker').did('agree-condition-for-discipline', { condition }, 'approver');
  expect(refusals(again.when(...gate('design')))).toEqual([]);
  expect(opened.did('raise-tier', { raises: ['untried-model'], reason: 'x' }).agreement.gateConditions).toEqual(opened.agreement.gateConditions);
});

describe('what the decision-maker refused a gate to open on', () => {
  const refused = proposed.did('refuse-condition', { condition, reason: 'It is the heart of it.' }, 'decisionMaker');
  const anew = refused.did('propose-condition', { ...proposal, condition: id(181) });

  test('is agreed to by nobody else instead: whoever refused it answers, whatever day is proposed', () => {
    expect(anew.when('agree-condition', { condition: id(181) }, 'outsider')).toMatchObject({ refused: [{ code: 'condition.refused-before', missing: [{ suppliedBy: `person-${people.decisionMaker}`, by: 'agree-condition' }] }] });
    expect(refusals(anew.when('agree-condition', { condition: id(181) }, 'decisionMaker'))).toEqual([]);
    expect(refusals(anew.when('agree-condition-for-discipline', { condition: id(181) }, 'approver'))).toEqual([]);
    expect(refusals(refused.did('propose-condition', { ...proposal, condition: id(181), dueOn: '2026-06-10' }).when('agree-condition', { condition: id(181) }, 'outsider'))).toEqual(['condition.refused-before']);
  });

  test('is refused still after the whole gate was, and after the agreement went back over it', () => {
    const shut = proposed.did('refuse-gate', { stage: 'design', reason: 'Not yet.' }, 'decisionMaker').did('propose-condition', { ...proposal, condition: id(181) });
    expect(refusals(shut.when('agree-condition', { condition: id(181) }, 'outsider'))).toEqual(['condition.refused-before']);
    const back = refused.did('return-to-stage', { stage: 'mandate', reason: 'x' }).did('request-gate', { stage: 'mandate' }).did('propose-condition', { ...proposal, condition: id(181) });
    expect(refusals(back.when('agree-condition', { condition: id(181) }, 'outsider'))).toEqual(['condition.refused-before']);
  });

  test('is agreed to by another once whoever refused it left, decides no more, or has it as their own', () => {
    const agrees = (scene: Scene) => refusals(scene.when('agree-condition', { condition: id(181) }, 'outsider'));
    expect(agrees(anew.knowing('decisionMaker', { disabled: true }))).toEqual([]);
    expect(agrees(anew.knowing('decisionMaker', { grants: [] }))).toEqual([]);
    expect(agrees(anew.did('amend-facts', { facts: { lead: people.decisionMaker } }))).toEqual([]);
  });
});

describe('what a gate opened on', () => {
  const late = opened.on('2026-06-21');

  test('holds up nothing until its day, and is met when what the gate asked is there, whoever says so', () => {
    expect(refusals(opened.on('2026-06-20').when(...gate('mobilisation')))).toEqual([]);
    const met = late.did('amend-facts', { facts: { specification: document } });
    expect(refusals(met.when(...gate('mobilisation')))).toEqual([]);
  });

  test('is met for good once a gate opened after that: what comes later makes it overdue no more', () => {
    const met = late.did('amend-facts', { facts: { specification: document } });
    const passed = met.did(...gate('mobilisation'));
    // What meets others may go again: a sign-off goes stale, a risk is new.
    const later = (scene: Scene) => check({ ...scene.agreement, facts: {} }, scene.on('2026-07-21').context()).find(({ code }) => code === 'gate.conditions-kept')?.missing.length;
    expect([later(met), later(passed)]).toEqual([1, 0]);
  });

  test('shuts the next gate once it is overdue, and is shown with who answers for it', () => {
    expect(late.when(...gate('mobilisation'))).toMatchObject({
      refused: [{ code: 'gate.conditions-kept', missing: [{ what: expect.stringContaining('due on 2026-06-20'), suppliedBy: 'approver:legal-procurement', by: 'renew-condition' }] }],
    });
  });

  test('is renewed once, with both agreeing again, and shuts the gate until they have', () => {
    const renewal = late.did('renew-condition', { condition, dueOn: '2026-07-20', reason: 'The surveyor was ill.' });
    expect(refusals(renewal.when(...gate('mobilisation')))).toEqual(['gate.conditions-kept']);
    const renewed = renewal.did('agree-condition', { condition }, 'decisionMaker').did('agree-condition-for-discipline', { condition }, 'approver');
    expect(refusals(renewed.when(...gate('mobilisation')))).toEqual([]);
    const again = renewed.on('2026-07-21');
    expect(again.when(...gate('mobilisation'))).toEqual({ refused: [expect.objectContaining({ missing: [{ what: expect.stringContaining('due on 2026-07-20'), suppliedBy: 'approver:legal-procurement' }] })] });
    expect(refusals(again.when('renew-condition', { condition, dueOn: '2026-08-20', reason: 'x' }))).toEqual(['condition.renewed']);
  });

  test('is renewed by the word of both: a day that passed before they said it, or that the decision-maker refused, spends nothing', () => {
    const renew = (dueOn: string) => ['renew-condition', { condition, dueOn, reason: 'The surveyor was ill.' }] as const;
    const agrees = (scene: Scene, who: 'decisionMaker' | 'outsider' = 'decisionMaker') => scene.when('agree-condition', { condition }, who);
    const both = (scene: Scene) => scene.did('agree-condition', { condition }, 'decisionMaker').did('agree-condition-for-discipline', { condition }, 'approver');
    const slip = late.did(...renew('2026-06-25'));
    expect([refusals(slip.when(...renew('2026-07-20'))), refusals(slip.on('2026-06-25').when(...renew('2026-07-20')))]).toEqual([['already-so'], ['already-so']]);
    const passed = slip.on('2026-06-26');
    expect(agrees(passed)).toMatchObject({ refused: [{ code: 'condition.due-past', missing: [{ what: 'a later day', by: 'renew-condition' }] }] });
    expect(passed.when(...gate('mobilisation'))).toMatchObject({ refused: [{ missing: [{ what: expect.stringContaining('due on 2026-06-20'), by: 'renew-condition' }] }] });
    const again = passed.did(...renew('2026-07-20'));
    expect(again.when(...gate('mobilisation'))).toEqual({ refused: [expect.objectContaining({ missing: [{ what: expect.stringContaining('due on 2026-06-20'), suppliedBy: 'approver:legal-procurement' }] })] });
    expect(refusals(both(again).when(...gate('mobilisation')))).toEqual([]);
    expect(refusals(both(again).on('2026-07-21').when(...renew('2026-08-20')))).toEqual(['condition.renewed']);
    // Whoever refused a day answers for the next, as of what was first proposed.
    const refused = slip.did('refuse-condition', { condition, reason: 'That is too soon.' }, 'decisionMaker').did(...renew('2026-07-20'));
    expect(agrees(refused, 'outsider')).toMatchObject({ refused: [{ code: 'condition.refused-before', missing: [{ suppliedBy: `person-${people.decisionMaker}`, by: 'agree-condition' }] }] });
    expect(refusals(both(refused).when(...gate('mobilisation')))).toEqual([]);
    expect(refusals(agrees(again, 'outsider'))).toEqual([]);
  });

  test('is renewed to a later day, and only where a gate opened on it', () => {
    expect(refusals(late.when('renew-condition', { condition, dueOn: '2026-06-20', reason: 'x' }))).toEqual(['condition.due-past']);
    expect(refusals(agreed.when('renew-condition', { condition, dueOn: '2026-07-20', reason: 'x' }))).toEqual(['condition.not-opened-on']);
  });

  test('shuts the last gate before it is due, because no gate after that asks for it', () => {
    const atClose = opened.did(...gate('mobilisation')).did(...gate('delivery'));
    expect(atClose.when(...gate('close'))).toEqual({ refused: [expect.objectContaining({ code: 'gate.conditions-kept', missing: [{ what: expect.stringContaining('owed before the agreement closes'), suppliedBy: 'approver:legal-procurement' }] })] });
    expect(refusals(atClose.did('amend-facts', { facts: { specification: document } }).when(...gate('close')))).toEqual([]);
  });

  test('is never what the last gate opens on', () => {
    const { pathway } = withService(agreed);
    const last = inDesign.following({ ...pathway, stages: pathway.stages.slice(0, 2) });
    expect(refusals(last.when('propose-condition', proposal))).toEqual(['condition.nothing-after']);
  });

  test('is renewed no more once it is met', () => {
    const met = late.did('amend-facts', { facts: { specification: document } });
    expect(refusals(met.when('renew-condition', { condition, dueOn: '2026-07-20', reason: 'x' }))).toEqual(['already-so']);
  });

  test('excuses nothing at a gate that is passed anew', () => {
    const back = opened.on('2026-06-19').did('return-to-stage', { stage: 'design', reason: 'The hall is another one.' });
    expect(refusals(back.following(agreed.pathway).when(...gate('design')))).toEqual(['facts.present']);
    expect(refusals(back.following(agreed.pathway).when('propose-condition', { ...proposal, condition: id(181) }))).toEqual([]);
  });

  test('bears on no gate before its own: going back undoes it with what rested on it', () => {
    const back = withService(agreed).did(...gate('design')).on('2026-06-21').did('return-to-stage', { stage: 'mandate', reason: 'x' });
    expect(back.agreement.gateConditions).toEqual([]);
    expect(refusals(back.when(...gate('mandate')))).toEqual([]);
  });
});

describe('what safeguarding is owed', () => {
  const owed = { ...proposal, code: 'facts.present', discipline: 'safeguarding', what: 'The screen' } as const;
  const atGate = withService(inDesign.asking(screen));
  const starting = (startsOn: string) => atGate.given(['concordat.agreement.facts-amended.v1', { facts: { 'contract-period': { startsOn, endsOn: '2027-12-31' } }, tier: 'standard', content: inDesign.agreement.content, material: [] }]);

  test('is due before the service starts, and nobody knows that before the start is on record', () => {
    expect(atGate.when('propose-condition', owed)).toMatchObject({ refused: [{ code: 'condition.safeguarding-past-start', missing: [{ what: 'contract-period', by: 'amend-facts' }] }] });
    expect(refusals(starting('2026-06-20').when('propose-condition', owed))).toEqual(['condition.safeguarding-past-start']);
    expect(refusals(starting('2026-06-21').when('propose-condition', owed))).toEqual([]);
  });

  test('holds up the gate with which the service starts, before it is due', () => {
    const open = starting('2026-12-01')
      .did('propose-condition', owed)
      .did('agree-condition', { condition }, 'decisionMaker')
      .did('agree-condition-for-discipline', { condition }, 'approver')
      .did(...gate('design'));
    expect(open.when(...gate('mobilisation'))).toMatchObject({ refused: [{ code: 'gate.conditions-kept', missing: [{ what: expect.stringContaining('owed before the service starts') }] }] });
    expect(refusals(open.did('amend-facts', { facts: { 'safeguarding-screen': document } }).when(...gate('mobilisation')))).toEqual([]);
  });

  test('is no condition of the gate with which the service starts, nor of any after it', () => {
    const last = withService(inDesign.asking(screen));
    const [mandate, design, mobilisation, delivery] = last.pathway.stages as [Scene['pathway']['stages'][0], Scene['pathway']['stages'][0], Scene['pathway']['stages'][0], Scene['pathway']['stages'][0]];
    const atStart = starting('2026-12-01').following({ ...last.pathway, stages: [mandate, { ...design, gate: mobilisation.gate }, { ...mobilisation, gate: design.gate }, delivery] }).did(...gate('design'));
    expect(refusals(atStart.when('propose-condition', owed))).toEqual(['condition.safeguarding-past-start']);
  });
});

describe('what an urgent service is asked before the start', () => {
  const before = { code: 'facts.present', parameters: { facts: ['equality-note', 'data-screening', 'insurance-check', 'sponsor', 'safeguarding-screen'] } } as const;
  const urgent = (scene: Scene): Scene =>
    withService(scene.given(['concordat.agreement.facts-amended.v1', { facts: { 'contract-period': { startsOn: '2026-12-01', endsOn: '2027-12-31' } }, tier: 'standard', content: inDesign.agreement.content, material: [] }]));
  const grounded = (scene: Scene): Scene => scene.following({ ...scene.pathway, grounds: [{ id: 'life', regime: 'PSR 2023', says: 'Life is at risk.', source: { cites: 'PSR 2023 reg 14(2)', mark: 'text' } }] });
  /** The gate with which the service starts asks it, as the urgent pathway that ships does. */
  const atTheStart = (scene: Scene): Scene => scene.following({ ...scene.pathway, stages: scene.pathway.stages.filter(({ id: stage }) => stage !== 'mobilisation') });
  const proposing = (scene: Scene, discipline: 'equality' | 'information-governance' | 'sponsor', dueOn: string) => scene.when('propose-condition', { ...proposal, discipline, dueOn });

  test('opens with no condition the gate with which the service starts, however soon it is due and whoever answers for it', () => {
    const scene = grounded(atTheStart(urgent(inDesign.asking(before))));
    for (const discipline of ['equality', 'information-governance', 'sponsor'] as const) {
      for (const dueOn of ['2026-06-20', '2026-12-01', '2027-06-01']) expect(refusals(proposing(scene, discipline, dueOn))).toEqual(['condition.urgent-past-start']);
    }
    expect(proposing(scene, 'sponsor', '2026-06-20')).toMatchObject({ refused: [{ missing: [{ what: 'what facts.present asks, before this gate', by: 'propose-condition' }] }] });
    expect(refusals(scene.when('propose-condition', { ...proposal, discipline: 'safeguarding' }))).toEqual(['condition.safeguarding-past-start']);
  });

  test('is due before the day of the start at an earlier gate, holds up the one with which the service starts, and is not renewed past it', () => {
    const scene = grounded(urgent(inDesign.asking(before)));
    expect(proposing(scene, 'equality', '2026-12-01')).toMatchObject({ refused: [{ code: 'condition.urgent-past-start', missing: [{ what: 'a day before the service starts on 2026-12-01' }] }] });
    const known = { 'safeguarding-screen': document, 'data-screening': document, 'insurance-check': document, sponsor: people.colleague } as const;
    const open = scene.did('amend-facts', { facts: known }).did('propose-condition', { ...proposal, discipline: 'equality' })
      .did('agree-condition', { condition }, 'decisionMaker').did('agree-condition-for-discipline', { condition }, 'approver').did(...gate('design'));
    expect(open.when(...gate('mobilisation'))).toMatchObject({ refused: [{ code: 'gate.conditions-kept', missing: [{ what: expect.stringContaining('owed before the service starts') }] }] });
    expect(refusals(open.when('renew-condition', { condition, dueOn: '2027-01-31', reason: 'x' }))).toEqual(['condition.urgent-past-start']);
  });

  test('is a day’s grace to nobody else: where nothing is urgent it may follow, and what an urgent service is asked afterwards may too', () => {
    expect(refusals(proposing(atTheStart(urgent(inDesign.asking(before))), 'equality', '2027-06-01'))).toEqual([]);
    const [mandate, design, delivery, close] = atTheStart(urgent(inDesign.asking(before))).pathway.stages as [Scene['pathway']['stages'][0], Scene['pathway']['stages'][0], Scene['pathway']['stages'][0], Scene['pathway']['stages'][0]];
    const started = grounded(urgent(inDesign.asking(before))).following({ ...grounded(inDesign).pathway, stages: [{ ...mandate, startsService: true }, design, { ...delivery, id: 'review' }, close] });
    expect(refusals(proposing(started, 'equality', '2027-06-01'))).toEqual([]);
  });
});

describe('a condition that several disciplines answer for', () => {
  const several = { code: 'sign-offs.granted', parameters: { signOffs: [{ kind: 'approval', discipline: 'safeguarding' }, { kind: 'approval', discipline: 'information-governance' }] } } as const;
  const facts = { code: 'facts.present', parameters: { facts: ['specification', 'safeguarding-screen'] } } as const;
  const later = { ...proposal, code: 'sign-offs.granted', discipline: 'information-governance', what: 'The data screening' } as const;
  const both = (scene: Scene, one: string) => scene.did('agree-condition', { condition: one }, 'decisionMaker').did('agree-condition-for-discipline', { condition: one }, 'approver');

  test('is excused for the part of the one whose head agreed, and asks for the rest', () => {
    const half = both(withService(inDesign.asking(several)).did('propose-condition', later), condition);
    expect(check(half.agreement, half.context())).toMatchObject([{ onCondition: [condition], met: false }]);
    expect(refusals(half.when(...gate('design')))).toEqual(['sign-offs.granted']);
    expect(refusals(both(withService(inDesign.asking(facts)).did('propose-condition', proposal), condition).when(...gate('design')))).toEqual(['facts.present']);
  });

  test('is excused as a whole once the head of each agreed to a part, and what safeguarding is owed is still due before the start', () => {
    const starting = withService(inDesign.asking(several)).given(['concordat.agreement.facts-amended.v1', { facts: { 'contract-period': { startsOn: '2026-12-01', endsOn: '2027-12-31' } }, tier: 'standard', content: inDesign.agreement.content, material: [] }]);
    const half = both(starting.did('propose-condition', later), condition);
    const owed = { ...later, condition: id(181), discipline: 'safeguarding' } as const;
    expect(refusals(half.when('propose-condition', { ...owed, dueOn: '2026-12-01' }))).toEqual(['condition.safeguarding-past-start']);
    const whole = both(half.did('propose-condition', owed), id(181));
    expect(whole.when(...gate('design'))).toMatchObject({ accepted: [{ data: { decision: 'opened-with-conditions', onCondition: [condition, id(181)] } }, {}] });
    expect(whole.did(...gate('design')).when(...gate('mobilisation'))).toMatchObject({ refused: [{ code: 'gate.conditions-kept', missing: [{ suppliedBy: 'approver:safeguarding' }] }] });
  });

  test('of what a sign-off was granted on, each discipline excuses its own', () => {
    const scene = inDesign
      .asking({ code: 'sign-offs.conditions-met', parameters: {} })
      .did('amend-facts', { facts: { 'contract-period': { startsOn: '2026-06-15', endsOn: '2027-06-14' } } })
      .did('request-sign-off', { signOff: id(40), kind: 'approval', discipline: 'safeguarding' }, 'colleague')
      .did('sign-off', { signOff: id(40), versionRead: inDesign.agreement.content.safeguarding, outcome: { is: 'granted', conditions: [{ what: 'The visit', dueOn: '2026-06-10' }] } }, 'approver');
    const excused = both(withService(scene).did('propose-condition', { ...later, code: 'sign-offs.conditions-met' }), condition);
    expect(refusals(excused.when(...gate('design')))).toEqual(['sign-offs.conditions-met']);
    expect(refusals(excused.when('propose-condition', { ...later, condition: id(181), code: 'sign-offs.conditions-met', discipline: 'safeguarding' }))).toEqual(['condition.safeguarding-past-start']);
  });
});

test('a refused gate refuses the conditions that were proposed at it', () => {
  const refused = proposed.did('refuse-gate', { stage: 'design', reason: 'Not without a specification.' }, 'decisionMaker');
  expect(refusals(refused.when('agree-condition', { condition }, 'decisionMaker'))).toEqual(['already-so']);
  expect(refused.agreement.gateConditions).toMatchObject([{ terms: [{ refusedBy: people.decisionMaker, askedBy: people.commissioner }] }]);
});

describe('what a sign-off was granted on condition of', () => {
  const signOff = id(40);
  const asked = inDesign.did('request-sign-off', { signOff, kind: 'approval', discipline: 'finance' }, 'colleague');
  const granted = (scene: Scene, of: string, conditions: readonly { what: string; dueOn: string }[] = []) =>
    scene.did('sign-off', { signOff: of, versionRead: scene.agreement.content.finance, outcome: { is: 'granted', conditions } }, 'approver');
  const conditional = withService(granted(asked, signOff, [{ what: 'A parent company guarantee', dueOn: '2026-06-10' }])).did(...gate('design'));

  test('holds up nothing until its day, and from then on every gate, whether or not it asks for that sign-off, until it is done or given more time', () => {
    expect(refusals(conditional.on('2026-06-10').when(...gate('mobilisation')))).toEqual([]);
    const late = conditional.on('2026-06-11');
    expect(late.when(...gate('mobilisation'))).toMatchObject({
      refused: [{ code: 'gate.conditions-kept', missing: [{ what: 'approval of finance: “A parent company guarantee”, due on 2026-06-10', suppliedBy: 'approver:finance', by: 'meet-sign-off-condition' }] }],
    });
    expect(refusals(late.did('meet-sign-off-condition', { signOff, condition: 1, how: 'It is signed.' }, 'approver').when(...gate('mobilisation')))).toEqual([]);
    expect(refusals(late.did('renew-sign-off-condition', { signOff, condition: 1, dueOn: '2026-07-01', reason: 'Their bank is slow.' }, 'approver').when(...gate('mobilisation')))).toEqual([]);
  });

  test('is owed no more once the same was asked anew and granted without it', () => {
    const anew = granted(conditional.did('request-sign-off', { signOff: id(41), kind: 'approval', discipline: 'finance' }, 'colleague'), id(41));
    expect(refusals(anew.on('2026-06-11').when(...gate('mobilisation')))).toEqual([]);
  });
});
