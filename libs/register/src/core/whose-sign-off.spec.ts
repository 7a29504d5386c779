import { expect, test } from '@jest/globals';
import { type Agreement, initialAgreement, type SignOff } from '@concordat/agreement/core';
import { waitsOn } from './whose-sign-off.js';

const asked = { id: 'one', kind: 'approval', discipline: 'finance', of: null, panel: null, voices: [], answer: { is: 'awaited' } } as unknown as SignOff;
const on = (signOff: object, more: object = {}) =>
  waitsOn({ ...initialAgreement, content: { finance: 'v2' }, ...more, signOffs: [{ ...asked, ...signOff }] } as unknown as Agreement, 'one');
const spoke = (member: string, version = 'v2', second = 'not-needed') => ({ member, version, second: { is: second } });

test('a sign-off is held up by whoever may give it: an approver of its discipline, or the very party', () => {
  expect(on({})).toEqual({ is: 'role', role: 'approver:finance' });
  expect(on({ of: 'owner' }, { facts: { sponsor: { value: 'ada' } } })).toEqual({ is: 'people', people: ['ada'] });
  expect(on({ of: 'provider' }, { award: { ...initialAgreement.award, parties: { harbour: 'provider' } } })).toEqual({ is: 'provider', provider: 'harbour' });
  // Where nobody is named who could give it, whoever asked says who is.
  expect(on({ of: 'controller' })).toEqual({ is: 'role', role: 'commissioner' });
});

test('of several asked together it is held up by those who did not speak to what stands now, one after the other by the next of them', () => {
  const panel = { of: ['ada', 'bo', 'cy'], quorum: { is: 'at-least', least: 2 }, veto: [] };
  const voices = [spoke('bo'), spoke('cy', 'v1')];
  expect(on({ panel, voices })).toEqual({ is: 'people', people: ['ada', 'cy'] });
  expect(on({ panel: { ...panel, quorum: { is: 'in-order' } }, voices: [spoke('ada')] })).toEqual({ is: 'people', people: ['bo'] });
});

test('what is granted waits for a second person alone, and what is answered for nobody', () => {
  const granted = { answer: { is: 'granted' } };
  expect([on({ ...granted, voices: [spoke('ada', 'v2', 'awaited')] }), on({ ...granted, voices: [spoke('ada')] }), on({ answer: { is: 'refused' } }), waitsOn(initialAgreement, 'two')]).toEqual([{ is: 'second' }, undefined, undefined, undefined]);
});
