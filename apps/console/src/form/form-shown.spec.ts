import { describe, expect, test } from '@jest/globals';
import { commandInputs } from '@concordat/agreement';
import { type Agreement, type CommandName, initialAgreement, shippedRiskSettings } from '@concordat/agreement/core';
import { Named } from '../names.js';
import type { Lists, Scene } from './choices.js';
import { fieldsOf } from './field.js';
import { formShown } from './form-shown.js';
import type { FormFault } from './read-form.js';

const [id, other] = ['0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2b'];

function shown(command: CommandName, agreement: Partial<Agreement> = {}, about?: string, wrong: readonly FormFault[] = []) {
  const scene: Scene & Lists = {
    agreement: { ...initialAgreement, id, ...agreement }, riskSettings: shippedRiskSettings, actor: { kind: 'person', person: id, identities: [id], grants: [] } as never,
    named: new Named(undefined, new Map()), key: id, chosen: (name) => (name === 'about' ? about : undefined), people: [], providers: [], published: [], standsInFor: [], others: [],
  };
  return formShown(command, fieldsOf(commandInputs[command]), {}, wrong, scene);
}

describe('a form with nothing to choose from', () => {
  test('has nothing to send where something must be chosen, whether one or several', () => {
    for (const command of ['answer-theme', 'put-in-theme', 'link-outcome', 'carry-on'] as const) expect([command, shown(command).stuck]).toEqual([command, true]);
  });

  test('can be sent where choosing nothing is an answer', () => {
    for (const command of ['hold', 'propose-variation'] as const) expect([command, shown(command).stuck]).toEqual([command, false]);
  });
});

test('what a sign-off was granted on is chosen by its words, of the sign-off that is meant', () => {
  const granted = (signOff: string, ...conditions: readonly { readonly what: string; readonly met: object | null }[]) => ({ id: signOff, requestedBy: id, answer: { is: 'granted', conditions } });
  const signOffs = [granted(id, { what: 'A rota', met: {} }, { what: 'A second key', met: null }), granted(other, { what: 'Insurance', met: null })] as never;
  const asked = (about?: string) => shown('meet-sign-off-condition', { signOffs }, about).widgets.find(({ is, ...more }) => is === 'radios' && JSON.stringify(more).includes('"f-condition"'));
  expect(asked(id)).toMatchObject({ params: { items: [{ value: '2', text: 'A second key' }] } });
  expect(asked()).toMatchObject({ params: { items: [{ value: '1', text: expect.stringMatching(/^Insurance \(/) }, { value: '2', text: expect.stringMatching(/^A second key \(/) }] } });
});

test('what is wrong with a list stands at the list too, where the summary leads', () => {
  const { widgets, errors } = shown('record-vote', {}, undefined, [{ pointer: '/options', name: 'options', fault: 'missing' }]);
  const list = widgets.find(({ is }) => is === 'rows');
  expect([list, errors]).toMatchObject([{ id: 'f-options', error: errors[0]!.text }, [{ href: '#f-options' }]]);
});

test('a question that is not answered is named in its error, and not asked again', () => {
  const { errors } = shown('record-could-it-change', {}, undefined, [{ pointer: '/answer', name: 'answer', fault: 'missing' }]);
  expect(errors.map(({ text }) => text)).toEqual(['Could what you said change it: choose one']);
});
