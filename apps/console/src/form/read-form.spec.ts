import { describe, expect, test } from '@jest/globals';
import { commandInputs } from '@concordat/agreement';
import { commandNames } from '@concordat/agreement/core';
import { fieldsOf } from './field.js';
import { readForm, rowsOf, type Typed, typedOf, withoutRow } from './read-form.js';

const id = '0199d8a0-7c1e-7f3a-b6a7-3d5f0c9e1b2a';
const version = 'a'.repeat(64);

describe('a form', () => {
  test('reads money, lists and what is left empty as people write them', () => {
    const typed = { 'facts.value.amount': ' £9,000 ', 'facts.affected-groups': 'Carers\r\n\r\n Neighbours ', 'facts.title': '', 'facts.people-concerned': '1,200' };
    expect(readForm(commandInputs['amend-facts'], typed)).toEqual({
      value: { facts: { value: { amount: '9000.00', currency: 'GBP' }, 'affected-groups': ['Carers', 'Neighbours'], 'people-concerned': 1200 } },
    });
  });

  test('takes nothing for an answer where nothing is one, and says what is missing where it is not', () => {
    const told = { activity: id, group: 'Carers', does: 'They sit up.', people: '4', hoursAWeek: '30', dependsOnIt: 'The nights', needs: ' ', onRecord: 'public' };
    expect(readForm(commandInputs['record-what-people-do'], told)).toMatchObject({ value: { needs: '' } });
    expect(readForm(commandInputs['record-what-people-do'], { ...told, dependsOnIt: ' ' })).toMatchObject({ faults: [{ name: 'dependsOnIt', fault: 'missing' }] });
  });

  test('lets nobody type the id of a published document or of a stage in it', () => {
    // The number a body has in a register elsewhere is nobody's here, and is typed.
    const inARegister = 'record-partner: identifier.id';
    const typed = commandNames.flatMap((name) => fieldsOf(commandInputs[name]).flatMap((field) => (field.is === 'group' ? field.fields : [field])).filter((field) => field.is === 'text' && /(^|\.)(id|stage|pathway|route)$/.test(field.name)).map((field) => `${name}: ${field.name}`));
    expect(typed).toEqual([inARegister]);
  });

  test('reads a day of three inputs, with a month by number or by name', () => {
    const on = (day: string, month: string, year: string) => ({ reason: 'Budget', 'until.day': day, 'until.month': month, 'until.year': year });
    for (const month of ['6', '06', 'June', 'jun']) {
      expect(readForm(commandInputs.hold, on('1', month, '2026'))).toEqual({ value: { reason: 'Budget', until: '2026-06-01' } });
    }
    expect(readForm(commandInputs.hold, on('31', '2', '2026'))).toMatchObject({ faults: [{ pointer: '/until', name: 'until', fault: 'unreadable' }] });
    expect(readForm(commandInputs.hold, on('1', '', ''))).toMatchObject({ faults: [{ name: 'until' }] });
    expect(readForm(commandInputs.hold, on('', '', ''))).toEqual({ value: { reason: 'Budget' } });
  });

  test('reads rows, skips those that are empty, and says in which row a fault is', () => {
    const typed = {
      signOff: id, versionRead: version, 'outcome.is': 'granted',
      'outcome.conditions.0.what': 'A rota', 'outcome.conditions.0.dueOn.day': '1', 'outcome.conditions.0.dueOn.month': '6', 'outcome.conditions.0.dueOn.year': '2026',
      'outcome.conditions.1.what': '', 'outcome.reason': 'only counts for a refusal',
    };
    expect(readForm(commandInputs['sign-off'], typed)).toEqual({
      value: { signOff: id, versionRead: version, outcome: { is: 'granted', conditions: [{ what: 'A rota', dueOn: '2026-06-01' }] } },
    });
    const { 'outcome.conditions.0.dueOn.day': _, ...without } = typed;
    expect(readForm(commandInputs['sign-off'], without)).toMatchObject({ faults: [{ pointer: '/outcome/conditions/0/dueOn', name: 'outcome.conditions.0.dueOn' }] });
  });

  test('leaves a way of looking at a risk empty where nobody typed anything, and says what is half there', () => {
    const typed = { risk: id, reason: 'Looked at', 'scores.co-produced.likelihood': '3', 'scores.co-produced.impact': '4' };
    expect(readForm(commandInputs['rescore-risk'], typed)).toMatchObject({ value: { scores: { 'co-produced': { likelihood: 3, impact: 4 }, 'professional-only': null, 'not-acting': null } } });
    expect(readForm(commandInputs['rescore-risk'], { ...typed, 'scores.not-acting.impact': 'bad' })).toMatchObject({
      faults: [{ name: 'scores.not-acting.likelihood', fault: 'missing' }, { name: 'scores.not-acting.impact', fault: 'unreadable' }],
    });
  });

  test('leaves out a group that may be left out where nothing in it was filled in', () => {
    const typed = { signOff: id, kind: 'approval', discipline: 'finance', 'panel.quorum.least': '' };
    expect(readForm(commandInputs['request-sign-off'], typed)).toEqual({ value: { signOff: id, kind: 'approval', discipline: 'finance' } });
  });

  test('names every field that is missing, at once', () => {
    const read = readForm(commandInputs['plan-involvement'], {});
    expect('faults' in read && read.faults.map(({ name, fault }) => [name, fault])).toEqual(
      ['stage', 'mode', 'say', 'do', 'method', 'people', 'resources'].map((name) => [name, 'missing']),
    );
  });

  test('says of a list that is too short or too long how many it takes, in words for people', () => {
    const panel = { panel: id, chair: id, 'members.0.of': 'carers', 'members.0.member': id };
    expect(readForm(commandInputs['convene-risk-panel'], panel)).toMatchObject({ faults: [{ name: 'members', says: 'choose or write at least 2' }] });
    const plan = readForm(commandInputs['plan-involvement'], { subTypes: Array.from({ length: 7 }, () => 'co-planning') });
    expect('faults' in plan && plan.faults.find(({ name }) => name === 'subTypes')?.says).toBe('choose or write at most 6');
  });

  test('takes a row out and moves up those after it', () => {
    const typed: Typed = { 'rows:r': '3', 'r.0.what': 'a', 'r.1.what': 'b', 'r.2.what': 'c', other: 'x' };
    expect(withoutRow(typed, 'r.1')).toEqual({ 'rows:r': '2', 'r.0.what': 'a', 'r.1.what': 'c', other: 'x' });
    expect(rowsOf(withoutRow(typed, 'r.1'), 'r')).toBe(2);
  });

  test('reads back what it was begun with', () => {
    const plan = {
      stage: 'design', mode: 'co-design', subTypes: [], say: 3, do: 1, groups: ['Carers', 'Neighbours'], method: 'Evenings', people: 5,
      resources: { is: 'budget', amount: { amount: '500.50', currency: 'GBP' } },
      accessCosts: { is: 'nothing-needed', group: 'Carers', because: 'we live next door' },
    };
    const schema = commandInputs['plan-involvement'];
    expect(readForm(schema, typedOf(schema, plan))).toEqual({ value: plan });
  });

  test('can ask for everything every command asks for', () => {
    for (const name of commandNames) {
      const leaves = JSON.stringify(fieldsOf(commandInputs[name]));
      expect([name, leaves.includes('"tag":""')]).toEqual([name, false]);
    }
  });
});
