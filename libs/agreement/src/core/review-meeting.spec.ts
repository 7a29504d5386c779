import { describe, expect, test } from '@jest/globals';
import { deliveryView } from './delivery-view.js';
import { id, inDesign, otherProvider, people, provider, refusals, Scene } from './given.js';
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

describe('an action of a provider', () => {
  const worth = { amount: '1.00', currency: 'GBP' };
  const delivering = inDesign.given(['concordat.agreement.awarded.v1', { provider, value: worth }]).did('hold-review-meeting', held);
  const theirs = delivering.did('agree-action', { ...agreed, owner: people.signatory });
  const done = { action, how: 'Times are taken', on: '2026-05-22' };

  test('is done by that provider or written down, by no other and none that was only invited, and after its meeting', () => {
    expect([theirs.when('complete-action', done, 'signatory'), theirs.when('complete-action', done)].map(refusals)).toEqual([[], []]);
    expect(refusals(theirs.did('invite-provider', { provider: otherProvider }).when('complete-action', done, 'otherSignatory'))).toEqual(['delivery.not-the-provider']);
    const two = theirs.given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: worth }]);
    expect(two.when('complete-action', { ...done, on: '1999-01-01' }, 'otherSignatory')).toMatchObject({ refused: [{ code: 'review-meeting.another-s', missing: [{ what: 'action', by: 'complete-action' }] }, { code: 'review-meeting.action-not-done-yet' }] });
    expect(refusals(delivering.did('agree-action', agreed).when('complete-action', done, 'signatory'))).toEqual(['review-meeting.another-s']);
  });

  test('is shown to it with the end it plans for, and to no other', () => {
    const ending = theirs
      .given(['concordat.agreement.awarded.v1', { provider: otherProvider, value: worth }])
      .did('plan-exit', { plan: { reference: 'P-1', title: 'Where people go' }, lastDay: '2026-09-30', people: 4 })
      .did('plan-staff-transfer', { transfersOn: '2026-10-01', informationBy: '2026-09-01', staff: 3 });
    const seen = (party?: string) => { const { actions, exit, staffTransfer, managed } = deliveryView(ending.agreement, '2026-06-01', party); return [actions.map(({ stands }) => stands), exit?.lastDay, exit?.people, staffTransfer?.informationBy, managed === null]; };
    expect(seen()).toEqual([['overdue'], '2026-09-30', 4, '2026-09-01', false]);
    expect([seen(provider), seen(otherProvider)]).toEqual([[['overdue'], '2026-09-30', null, '2026-09-01', true], [[], '2026-09-30', null, '2026-09-01', true]]);
  });
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
      title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } },
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
    .decidedVariation({ variation, outcome: 'refused', decidedBy: { kind: 'officer', delegation: '3.4' }, scheme: '3.4', key: { is: 'not-key' }, callIn: { is: 'not-open' }, decidedOn: '2026-06-01', inForceFrom: '2026-06-01', reasons: 'x' }, 'decisionMaker');
  expect(agendaOf(settled.agreement, '2026-06-01')).toEqual([]);
  // Recorded later, a meeting has the agenda of its own day: what was settled there or since was talked about, and what came since was not.
  const agenda = (on: string) => settled.on('2026-06-20').did('hold-review-meeting', { ...held, on }).agreement.reviews.meetings[0]!.agenda.map(({ kind }) => kind);
  expect(['2026-05-09', '2026-05-10', '2026-05-31', '2026-06-01', '2026-06-02'].map(agenda)).toEqual([[], ['provider-concern'], ['difference', 'provider-concern'], ['difference', 'provider-concern', 'variation'], []]);
});

test('what was due is on the agenda of the days between its last day and the day it was done, whenever the meeting is recorded', () => {
  const [visit, improvement] = [id(365), id(366)];
  const done = Scene.empty
    .did('take-over-agreement', { title: 'Visits', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [], stage: 'delivery', from: { source: 'Contract register', reference: 'C-1' }, provider, facts: { 'contract-period': { startsOn: '2025-04-01', endsOn: '2027-03-31' } } })
    .did('agree-obligation', report)
    .did('hold-review-meeting', { ...held, meeting: id(367), on: '2026-04-01' })
    .did('agree-action', { ...agreed, meeting: id(367), dueOn: '2026-05-01' })
    .did('record-quality-visit', { visit, provider, on: '2026-04-01', visitors: 'both', notice: 'announced', spokeWith: 7, found: 'Cold', report: held.minutes, improvements: [{ improvement, what: 'Heating', dueOn: '2026-05-01' }] })
    .did('meet-obligation', { obligation, on: '2026-05-11', evidence: held.minutes })
    .did('complete-action', { action, how: 'Times are taken', on: '2026-05-11' })
    .did('show-improvement', { improvement, how: 'It is warm', on: '2026-05-11', evidence: held.minutes });
  const agenda = (on: string) => done.did('hold-review-meeting', { ...held, on }).agreement.reviews.meetings[1]!.agenda.map(({ kind }) => kind);
  expect(['2026-05-01', '2026-05-02', '2026-05-11', '2026-05-12'].map(agenda)).toEqual([[], ...[1, 2].map(() => ['obligation-overdue', 'action-overdue', 'improvement-overdue']), []]);
});

test('an action is owned by somebody who is still here, and by no provider’s people but of who provides the service', () => {
  const scene = inDesign.did('hold-review-meeting', held);
  const owning = (world: typeof scene, owner: string) => world.when('agree-action', { ...agreed, owner });
  expect(owning(scene.knowing('colleague', { disabled: true }), people.colleague)).toMatchObject({ refused: [{ code: 'risk.owner-gone', missing: [{ suppliedBy: 'contract-manager', by: 'agree-action' }] }] });
  expect(refusals(owning(scene.did('invite-provider', { provider }), people.signatory))).toEqual(['risk.owner-bids']);
  expect(refusals(owning(scene.given(['concordat.agreement.awarded.v1', { provider, value: { amount: '1.00', currency: 'GBP' } }]), people.signatory))).toEqual([]);
});
