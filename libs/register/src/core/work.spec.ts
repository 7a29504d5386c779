import { describe, expect, test } from '@jest/globals';
import { type Agreement, initialAgreement, shippedRiskSettings, type Waiver } from '@concordat/agreement/core';
import { workIn } from './index.js';

const open: Agreement = { ...initialAgreement, id: 'a', lifecycle: 'open', stage: 'design' };
const theme = {
  id: 'travel', title: 'Travel', contributions: ['c'], response: null, answeredBy: null, answeredOn: null, ratings: [], reopenedOn: null, again: false, reversed: null,
};
const unmet = { code: 'facts.present', class: 'assurance', asks: '', parameters: { facts: [] }, doesNotApply: null, waived: null, onCondition: [], met: false } as const;

test('a theme without an answer waits for those who answer, on hold too', () => {
  const agreement = { ...open, contributions: { ...open.contributions, themes: [theme] } };
  const waits = { kind: 'theme', key: 'involvement.manage', subject: 'travel' };
  expect(workIn(agreement, [{ ...unmet, missing: [{ what: 'lead', suppliedBy: 'commissioner' }] }], shippedRiskSettings, '2026-06-01')).toMatchObject([waits]);
  expect(workIn({ ...agreement, lifecycle: 'held' }, [], shippedRiskSettings, '2026-06-01')).toMatchObject([waits]);
  expect(workIn({ ...agreement, lifecycle: 'cancelled' }, [], shippedRiskSettings, '2026-06-01')).toEqual([]);
});

test('an awaited sign-off waits for its own discipline, and whoever asked is named', () => {
  const signOff = { id: 's', kind: 'approval', discipline: 'finance', stage: 'design', requestedBy: 'asker', of: null, panel: null, voices: [], answer: { is: 'awaited' } } as const;
  const [first] = workIn({ ...open, signOffs: [signOff] }, [{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }], shippedRiskSettings, '2026-06-01');
  expect(first).toEqual({ kind: 'sign-off', key: 'sign-off.give:finance', subject: 's', askedBy: 'asker', count: 1, from: null });
});

test('a gate is work once nothing but time holds it up', () => {
  const waitsFor = (suppliedBy: string) => workIn(open, [{ ...unmet, missing: [{ what: 'x', suppliedBy }] }], shippedRiskSettings, '2026-06-01').map(({ kind }) => kind);
  expect(waitsFor('commissioner')).toEqual([]);
  expect(waitsFor('time')).toEqual(['gate']);
});

describe('a control whose proof ages', () => {
  const control = { id: 'visits', risk: 'r', title: 'People come in', kind: 'people-from-outside', owner: 'owner', addedOn: '2026-03-01', proof: null, ended: false } as const;
  const risk = { id: 'r', title: 'Alone at night', domain: 'safety', bearers: [], owner: 'owner', scores: { 'co-produced': null, 'professional-only': null, 'not-acting': null }, levels: { inherent: null, current: null, target: null }, raisedOn: '2026-03-01', reviewOn: null, timesScored: 0, seen: null, closed: false } as const;
  const waiting = workIn({ ...open, controls: [control], risk: [risk] }, [{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }], shippedRiskSettings, '2026-06-01').filter(({ subject }) => subject === 'visits');

  test('tells its owner two weeks before nobody can say that it works, and on the day', () => {
    expect(waiting.map(({ kind, key, from }) => [kind, key, from])).toEqual([['control-aged', 'person:owner', '2026-06-02'], ['control-ages', 'person:owner', '2026-05-19']]);
  });
});

test('what a provider holds for a time alone waits for whoever manages the agreement, from 60 days before it ends', () => {
  const insurance = { expiry: 'e', provider: 'p', of: 'insurance', document: { reference: 'r', title: 't' }, endsOn: '2026-09-30' } as const;
  expect(workIn({ ...open, expiries: [insurance] }, [{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }], shippedRiskSettings, '2026-06-01').map(({ kind, key, from }) => [kind, key, from])).toEqual([['expiry', 'delivery.manage', '2026-08-01']]);
});

describe('a waiver', () => {
  const waiver = {
    id: 'w', condition: 'involvement.planned', stage: 'design', team: 'team', planned: '', offered: '', whyNot: '', instead: '', insteadBy: '2026-09-01', expiresOn: '2026-07-15', askedBy: 'asker', askedAt: '2026-06-01T09:00:00Z',
    view: null, answer: { is: 'awaited' }, review: null,
  } as const;
  const given = { ...waiver, answer: { is: 'waived', by: 'answerer', at: '2026-06-01T09:00:00Z' } } as const;
  const waits = (one: Waiver, third: readonly string[] = [], changes: Partial<Agreement> = {}) =>
    workIn({ ...open, waivers: [one], ...changes }, [{ ...unmet, missing: [{ what: 'x', suppliedBy: 'commissioner' }] }], shippedRiskSettings, '2026-06-01', new Set(third)).map(({ kind, key, from }) => [kind, key, from]);

  test('waits for the representatives’ view, then for somebody who may answer it', () => {
    expect(waits(waiver)).toEqual([['waiver-view', 'statement.give', null]]);
    expect(waits({ ...waiver, view: 'object' })).toEqual([['waiver', 'waiver.answer', null]]);
  });

  test('in force at the gate that is next, ends: those who move the agreement are told two weeks before', () => {
    expect(waits(given)).toEqual([['waiver-expires', 'agreement.move', '2026-07-01']]);
    expect(waits(given, [], { stage: 'award' })).toEqual([]);
  });

  test('the third of its condition and team waits for its review, also on hold and once it is closed, until it was reviewed', () => {
    const review = ['waiver-review', 'waiver.review', null];
    expect(waits(given, ['w'], { stage: 'award' })).toEqual([review]);
    expect([waits(given, ['w'], { lifecycle: 'held' }), waits(given, ['w'], { lifecycle: 'closed' })]).toEqual([[review], [review]]);
    expect(waits({ ...given, review: { by: 'owner', at: '2026-06-02T09:00:00Z', says: 'Seen.' } }, ['w'], { stage: 'award' })).toEqual([]);
  });
});
