import { describe, expect, test } from '@jest/globals';
import { commandInputs } from '@concordat/agreement';
import { type Agreement, type CommandName, commandNames, initialAgreement } from '@concordat/agreement/core';
import { pathways } from '@concordat/pathway';
import { asksFor, choicesFor, follows, followsIn, listsFor } from './choice-table.js';
import { type Field, fieldsOf } from './field.js';

describe('what a form gives to choose from', () => {
  test('is looked up where one of its rows chooses from it, and nowhere else', () => {
    const lists = (command: CommandName) => [...listsFor(command, fieldsOf(commandInputs[command]))].sort();
    expect(lists('hold')).toEqual([]);
    expect(lists('appoint-evaluator')).toEqual(['people']);
    expect(lists('convene-risk-panel')).toEqual(['deliverers', 'people']);
    expect(lists('agree-action')).toEqual(['deliverers', 'people']);
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

test('a process that a placement does not follow is offered for none', () => {
  const published = [pathways.find('decommission', 1)!, pathways.find('placement', 1)!];
  const offered = (command: CommandName) => {
    const choices = choicesFor(command, 'pathway.id', { published } as never);
    return choices?.is === 'options' ? choices.options.map(({ value, hint }) => [value, hint?.includes('placement') ?? false]) : [];
  };
  expect(offered('place-people')).toEqual([['placement', false]]);
  for (const command of ['open-agreement', 'take-over-agreement', 'migrate-pathway'] as const) expect(offered(command)).toEqual([['decommission', false], ['placement', true]]);
});

describe('whose it is', () => {
  const said = { id: 'said', author: 'ada' };
  const agreement = {
    ...initialAgreement,
    contributions: { ...initialAgreement.contributions, contributions: { shelves: [[said]], places: Array.from({ length: 64 }, () => [0]) } },
    involvement: { ...initialAgreement.involvement, invitations: [{ id: 'invited', participant: 'ben' }] },
    payments: [{ id: 'offered', participant: 'cat' }],
  } as unknown as Agreement;
  const scene = (chosen: Readonly<Record<string, string>>) => ({ agreement, chosen: (name: string) => chosen[name] }) as never;

  test('follows from what was chosen, and nobody is asked for it', () => {
    for (const [command, chosen, name, person] of [
      ['choose-who-sees', { contribution: 'said' }, 'author', 'ada'],
      ['ask-for-own-answer', { contribution: 'said' }, 'author', 'ada'],
      ['accept-invitation', { invitation: 'invited' }, 'participant', 'ben'],
      ['decline-invitation', { invitation: 'invited' }, 'participant', 'ben'],
      ['answer-payment-offer', { offer: 'offered' }, 'participant', 'cat'],
    ] as const) {
      expect([command, followsIn(command, scene(chosen)), followsIn(command, scene({})), followsIn(command, scene({ contribution: 'x', invitation: 'x', offer: 'x' }))]).toEqual([command, { [name]: person }, {}, {}]);
      expect([command, choicesFor(command, name, scene({})), follows(command, name), follows(command, Object.keys(chosen)[0]!)]).toEqual([command, { is: 'given', value: '' }, true, false]);
    }
    expect(followsIn('hold', scene({}))).toEqual({});
  });
});
