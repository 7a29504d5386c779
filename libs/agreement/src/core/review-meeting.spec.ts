import { expect, test } from '@jest/globals';
import { id, inDesign, people, provider, refusals, Scene } from './given.js';
import { actionStands, agendaOf } from './review-meeting.js';

const [meeting, action, obligation] = [id(360), id(361), id(350)];
const held = { meeting, on: '2026-05-10', present: 'Commissioner and provider', minutes: { reference: 'M-1', title: 'Minutes' } };
const agreed = { action, meeting, what: 'Take times at the door', owner: people.colleague, dueOn: '2026-05-20' };
const report = { obligation, what: 'A report', due: { is: 'once', on: '2026-05-01' }, evidence: 'the report' } as const;

test('the record itself writes the agenda, and the meeting keeps it as it was that day', () => {
  const before = inDesign.did('agree-obligation', report);
  expect(agendaOf(before.agreement, '2026-05-01')).toEqual([]);
  expect(agendaOf(before.agreement, '2026-05-02')).toEqual([{ kind: 'obligation-overdue', about: obligation }]);
  const after = before.did('hold-review-meeting', held).did('meet-obligation', { obligation, on: '2026-05-11', evidence: { reference: 'R-1', title: 'Report' } });
  expect([agendaOf(after.agreement, '2026-05-12'), after.agreement.reviews.meetings[0]!.agenda]).toEqual([[], [{ kind: 'obligation-overdue', about: obligation }]]);
});

test('an action is overdue the day after its day, stands on the next agenda, and is done once', () => {
  const scene = inDesign.did('hold-review-meeting', held).did('agree-action', agreed);
  const [open] = scene.agreement.reviews.actions;
  expect(['2026-05-20', '2026-05-21'].map((day) => actionStands(open!, day))).toEqual(['due', 'overdue']);
  expect(agendaOf(scene.agreement, '2026-05-21')).toEqual([{ kind: 'action-overdue', about: action }]);
  const done = scene.did('complete-action', { action, how: 'Times are taken', on: '2026-05-22' });
  expect([agendaOf(done.agreement, '2026-06-30'), refusals(done.when('complete-action', { action, how: 'again', on: '2026-05-23' }))]).toEqual([[], ['already-so']]);
});

test('an action needs a meeting that was held and an owner who is known, and is due after it', () => {
  expect(refusals(inDesign.when('agree-action', { ...agreed, owner: id(999) }))).toEqual(['review-meeting.unknown', 'person.unknown']);
  expect(refusals(inDesign.did('hold-review-meeting', held).when('agree-action', { ...agreed, dueOn: '2026-05-09' }))).toEqual(['review-meeting.action-past']);
  expect(refusals(inDesign.when('hold-review-meeting', { ...held, on: '2030-01-01' }))).toEqual(['review-meeting.not-held-yet']);
});

test('on the agenda stands all that is open between commissioner and provider, and nothing once it is settled', () => {
  const [kpi, finding, concern, variation] = [id(300), id(320), id(370), id(380)];
  const period = { startsOn: '2026-05-01', endsOn: '2026-05-31' };
  const open = Scene.empty
    .did('take-over-agreement', {
      title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider,
    })
    .did('set-kpi', { kpi, title: 'On time', definition: 'Within 15 minutes', unit: 'percent', target: { is: 'at-least', value: 90 }, writtenBy: { is: 'staff' }, measures: [] })
    .did('record-observation', { observation: id(310), kpi, period, value: 96, source: 'call log' })
    .did('record-finding', { finding, kpi, period, question: 'Do they come on time?', method: 'by telephone', answers: 34, value: 71 })
    .did('raise-provider-concern', { concern, provider, about: 'Travel is not paid.', raisedOn: '2026-05-10' }, 'signatory')
    .did('propose-variation', { variation, what: 'Shorter visits', why: 'Fewer ask', to: { is: 'terms' }, touches: [] });
  expect(agendaOf(open.agreement, '2026-06-01')).toEqual([{ kind: 'difference', about: finding }, { kind: 'provider-concern', about: concern }, { kind: 'variation', about: variation }]);
  const settled = open
    .did('discuss-difference', { finding, on: '2026-06-01', by: 'Both', follows: 'Times are taken at the door.' })
    .did('answer-provider-concern', { concern, answer: 'It is paid from June.', on: '2026-06-01' })
    .did('decide-variation', { variation, outcome: 'refused', decidedBy: { kind: 'officer', delegation: '3.4' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', reasons: 'x' }, 'decisionMaker');
  expect(agendaOf(settled.agreement, '2026-06-01')).toEqual([]);
});

test('an action is owned by somebody who is still here, and by no provider’s people but of who provides the service', () => {
  const scene = inDesign.did('hold-review-meeting', held);
  const owning = (world: typeof scene, owner: string) => world.when('agree-action', { ...agreed, owner });
  expect(owning(scene.knowing('colleague', { disabled: true }), people.colleague)).toMatchObject({ refused: [{ code: 'risk.owner-gone', missing: [{ suppliedBy: 'contract-manager', by: 'agree-action' }] }] });
  expect(refusals(owning(scene.did('invite-provider', { provider }), people.signatory))).toEqual(['risk.owner-bids']);
  expect(refusals(owning(scene.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]), people.signatory))).toEqual([]);
});
