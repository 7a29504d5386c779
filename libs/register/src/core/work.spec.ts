import { expect, test } from '@jest/globals';
import { type Agreement, initialAgreement, shippedRiskSettings } from '@concordat/agreement/core';
import { workIn } from './index.js';

const open: Agreement = { ...initialAgreement, id: 'a', lifecycle: 'open', stage: 'design' };
const theme = {
  id: 'travel', title: 'Travel', contributions: ['c'], response: null, answeredBy: null, answeredOn: null, ratings: [], reopenedOn: null, again: false, reversed: null,
};
const unmet = { code: 'facts.present', class: 'assurance', asks: '', parameters: { facts: [] }, doesNotApply: null, waived: null, onCondition: null, met: false } as const;

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
