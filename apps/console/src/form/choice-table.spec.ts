import { describe, expect, test } from '@jest/globals';
import { commandInputs } from '@concordat/agreement';
import { type CommandName, commandNames } from '@concordat/agreement/core';
import { asksFor, listsFor } from './choice-table.js';
import { type Field, fieldsOf } from './field.js';

describe('what a form gives to choose from', () => {
  test('is looked up where one of its rows chooses from it, and nowhere else', () => {
    const lists = (command: CommandName) => [...listsFor(command, fieldsOf(commandInputs[command]))].sort();
    expect(lists('hold')).toEqual([]);
    expect(lists('appoint-evaluator')).toEqual(['people']);
    expect(lists('convene-risk-panel')).toEqual(['people']);
    expect(lists('sign-off')).toEqual(['standsInFor']);
    expect(lists('propose-lots')).toEqual(['providers']);
    expect(lists('carry-over')).toEqual(['others']);
    expect(lists('call-off')).toEqual(['published']);
    const some = fieldsOf(commandInputs['amend-facts']).flatMap((field) => (field.is === 'group' ? [{ ...field, fields: field.fields.filter(({ name }) => name === 'facts.place') }] : []));
    expect([...listsFor('amend-facts', some)]).toEqual([]);
  });

  test('has a row for every id, because nobody knows one by heart', () => {
    const leaves = (fields: readonly Field[]): readonly Field[] => fields.flatMap((field) => ('fields' in field ? leaves(field.fields) : [field]));
    const typed = commandNames.flatMap((command) => leaves(fieldsOf(commandInputs[command])).filter(({ is, name }) => (is === 'id' || is === 'ids') && !asksFor(command, name)).map(({ name }) => `${command}: ${name}`));
    expect(typed).toEqual([]);
  });
});
