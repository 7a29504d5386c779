import { describe, expect, test } from '@jest/globals';
import { initialPerson, type RoleGrant } from '@concordat/access/core';
import { commandInputs } from '@concordat/agreement';
import { type Agreement, type CommandName, initialAgreement, shippedRiskSettings } from '@concordat/agreement/core';
import { Named } from '../names.js';
import type { Lists, Scene } from './choices.js';
import { fieldsOf } from './field.js';
import { formShown } from './form-shown.js';
import type { FormFault, Typed } from './read-form.js';

const [id, other] = ['0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a', '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2b'];

function shown(command: CommandName, agreement: Partial<Agreement> = {}, about?: string, { wrong = [], typed = {}, published = [], people = [], leavesPeople = false, grants = [] }: { readonly wrong?: readonly FormFault[]; readonly typed?: Typed; readonly grants?: readonly RoleGrant[] } & Partial<Pick<Scene & Lists, 'published' | 'people' | 'leavesPeople'>> = {}) {
  const scene: Scene & Lists = {
    agreement: { ...initialAgreement, id, ...agreement }, riskSettings: shippedRiskSettings, actor: { kind: 'person', person: id, identities: [id], grants, scopes: 'all' } as never,
    named: new Named(undefined, new Map()), key: id, leavesPeople, today: '2026-05-18', chosen: (name) => (name === 'about' ? about : undefined), people, deliverers: [], providers: [], published, standsInFor: [], others: [], linked: [],
  };
  return formShown(command, fieldsOf(commandInputs[command]), typed, wrong, scene);
}

describe('a form with nothing to choose from', () => {
  test('has nothing to send where something must be chosen, whether one or several', () => {
    for (const command of ['answer-theme', 'put-in-theme', 'link-outcome', 'carry-on'] as const) expect([command, shown(command).stuck]).toEqual([command, true]);
  });

  test('says to whoever takes part and speaks for nobody who enters it for those known by a pseudonym, and of all else why there is nothing', () => {
    const says = (command: CommandName, leavesPeople: boolean) => shown(command, {}, undefined, { leavesPeople }).widgets.flatMap((widget) => (widget.is === 'none' ? [/enters this for them/.test(widget.says)] : []));
    expect([says('rate-answer', false), says('rate-answer', true), says('choose-who-sees', true), says('record-statement', true)]).toEqual([[false, false], [false, true], [true], [false, false]]);
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

test('a risk is raised for incidents that wait for one, by their words, and nothing is asked where none does', () => {
  const incident = { id: other, risk: null, happened: 'Nobody came.', on: '2026-05-10', harm: 'fatal', done: 'x', recordedOn: '2026-05-11', asksFor: 'new-risk', before: 0, recordedBy: null, withdrawn: null };
  const asked = (incidents: readonly object[], risk: readonly object[] = []) => shown('raise-risk', { incidents, risk } as never, other).widgets.find((widget) => JSON.stringify(widget).includes('incidents'));
  expect(asked([incident])).toMatchObject({ is: 'checkboxes', params: { items: [{ value: other, text: expect.stringMatching(/: Nobody came\.$/), checked: true }] } });
  expect([asked([]), asked([incident], [{ incidents: [other] }]), asked([{ ...incident, risk: id, asksFor: 'new-score' }])]).toMatchObject([{ is: 'hidden' }, { is: 'hidden' }, { is: 'hidden' }]);
});

test('what is wrong with a list stands at the list too, where the summary leads', () => {
  const { widgets, errors } = shown('record-vote', {}, undefined, { wrong: [{ pointer: '/options', name: 'options', fault: 'missing' }] });
  const list = widgets.find(({ is }) => is === 'rows');
  expect([list, errors]).toMatchObject([{ id: 'f-options', error: errors[0]!.text }, [{ href: '#f-options' }]]);
});

test('what is missing is asked for as what it is', () => {
  const missing = (command: CommandName, name: string) => shown(command, {}, undefined, { wrong: [{ pointer: `/${name}`, name, fault: 'missing' }] }).errors.map(({ text }) => text)[0];
  expect([missing('hold', 'reason'), missing('record-effort', 'hours'), missing('record-vote', 'options'), missing('record-effort', 'on')]).toEqual([
    'Reason: write it here', 'Hours: write a number that fits, in figures', 'What there was to choose from: add at least one', 'On which day: write a day, such as 27 3 2026',
  ]);
});

test('what is signed is told by when it was changed last, with the hash beside it', () => {
  const facts = { 'affected-groups': { value: ['Carers'], amendedBy: id, amendedAt: '2026-05-03T09:30:00.000000Z' } } as never;
  const signOffs = [{ id, discipline: 'equality', requestedBy: id, answer: { is: 'awaited' } }] as never;
  const version = shown('sign-off', { facts, signOffs, content: { ...initialAgreement.content, equality: 'ab'.repeat(32) } }, undefined, { typed: {} }).widgets.find((widget) => widget.is === 'given' && widget.name === 'versionRead');
  expect(version).toMatchObject({ shown: expect.stringMatching(/^The version of 3 May 2026 at 10:30, which rests on: .*\(For auditors: version abababab\)$/) });
});

test('a process says what it is for, where one is opened', () => {
  const published = [{ id: 'grant', version: 1, title: 'Grant', kinds: ['grant', 'call-off'], stages: [] }] as never;
  expect(JSON.stringify(shown('open-agreement', {}, undefined, { published }))).toContain('"text":"Version 1. For: grant, call-off"');
});

test('a question that is not answered is named in its error, and not asked again', () => {
  const { errors } = shown('record-could-it-change', {}, undefined, { wrong: [{ pointer: '/answer', name: 'answer', fault: 'missing' }] });
  expect(errors.map(({ text }) => text)).toEqual(['Could what you said change it: choose one']);
});

describe('what is chosen already when a form begins', () => {
  const oneTheme = { contributions: { ...initialAgreement.contributions, themes: [{ id: other, title: 'Travel', contributions: [] }] } } as never;
  const chosen = (...of: Parameters<typeof shown>) => [...JSON.stringify(shown(...of)).matchAll(/"value":"([^"]+)","text":"[^"]*","checked":true/g)].map(([, value]) => value);

  test('is nothing that may be left out, unless one came from it; and what is chosen there can be let go', () => {
    expect(chosen('make-commitment', oneTheme)).toEqual([]);
    expect(chosen('make-commitment', oneTheme, other)).toEqual([other]);
    expect(JSON.stringify(shown('make-commitment', oneTheme))).toContain('{"value":"","text":"None","checked":false}');
    expect(JSON.stringify(shown('record-contribution'))).toContain('{"value":"","text":"Not said","checked":false}');
  });

  test('can be let go in a group that may be left out', () => {
    const panel = shown('request-sign-off').widgets.find((widget) => widget.is === 'set' && widget.id === 'f-panel');
    expect(JSON.stringify(panel)).toContain('{"value":"","text":"None","checked":false}');
  });

  test('is the one thing there is where one must be chosen, which cannot be let go', () => {
    expect(chosen('put-in-theme', oneTheme)).toEqual([other]);
    expect(JSON.stringify(shown('put-in-theme', oneTheme))).not.toContain('"text":"None"');
  });

  test('is nothing in an answer that is not given', () => {
    expect(chosen('set-kpi', oneTheme)).toEqual([]);
    expect(chosen('set-kpi', oneTheme, undefined, { typed: { 'writtenBy.is': 'theme' } })).toEqual(['theme', other]);
  });
});

test('a field of one answer says it once', () => {
  const labels = JSON.stringify(shown('answer-risk-prompt'));
  expect(labels).toContain('"text":"Why it does not arise here"');
  expect(labels).not.toContain('”: Why it does not arise here');
});

test('where nobody provides it yet, a form leads whoever may do it to what makes somebody a provider, and tells others only why', () => {
  for (const command of ['record-quality-visit', 'record-expiry'] as const) {
    const none = (...grants: readonly RoleGrant[]) => shown(command, {}, undefined, { grants }).widgets.find(({ is }) => is === 'none');
    expect(none({ role: 'commissioner' })).toMatchObject({ says: 'No provider was awarded it yet.', first: { command: 'propose-award' } });
    expect(none({ role: 'risk-owner' })).toEqual(expect.objectContaining({ says: 'No provider was awarded it yet.' }));
    expect(none({ role: 'risk-owner' })).not.toHaveProperty('first');
  }
});

test('whoever gives somebody a veto is told there that they must be heard first, and that a panel may be left empty', () => {
  const asked = JSON.stringify(shown('request-sign-off', {}, undefined, { people: [{ value: other, text: 'Somebody', person: { ...initialPerson, registered: true, grants: [{ grant: id, role: 'approver', discipline: 'finance' }] } }] }).widgets);
  expect(asked).toContain('Each of them must be heard before anything is granted, however many others have granted it');
  expect(asked).toContain('Leave it empty to ask the discipline');
});
