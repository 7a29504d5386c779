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
    expect(lists('unlink-agreement')).toEqual(['linked']);
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

test('whoever accepts a variation is shown what it changes, of those that are offered to their provider', () => {
  const offered = (variation: string, accepted: readonly string[] = []) => ({ variation, what: `Variation ${variation}`, to: { is: 'longer', endsOn: '2027-03-31' }, carriedOut: false, offer: { version: `version ${variation}`, accepted: accepted.map((provider) => ({ provider })) } });
  const variations = [offered('a', ['ours']), offered('b', ['theirs']), offered('c'), { ...offered('d'), offer: null }, { ...offered('e'), carriedOut: true }];
  const agreement = { ...initialAgreement, award: { ...initialAgreement.award, parties: { ours: 'provider', theirs: 'provider' } }, variations } as unknown as Agreement;
  const asked = (name: string, chosen: Readonly<Record<string, string>>, provider = 'ours') => choicesFor('accept-variation', name, { agreement, actor: { kind: 'person', grants: [{ provider }] }, chosen: (one: string) => chosen[one] } as never);
  expect(asked('variation', {})).toMatchObject({ options: [{ value: 'b' }, { value: 'c' }] });
  expect([asked('versionRead', { variation: 'c' }), asked('versionRead', {})]).toMatchObject([{ value: 'version c', shown: expect.stringContaining('“Variation c”: Until 31 March 2027.') }, { value: 'version b' }]);
  expect(asked('versionRead', {}, 'nobody')).toMatchObject({ value: '', shown: 'No variation waits for you to accept it.' });
});

test('whoever decides on a variation is shown the version of the one they mean', () => {
  const waits = (variation: string, decided: object | null = null) => ({ variation, what: `Variation ${variation}`, why: 'x', to: { is: 'terms' }, touches: [], afterEnd: null, askedAgain: [], notAsked: [], test: null, decided: decided && { second: { is: 'not-needed' }, ...decided } });
  const agreement = { ...initialAgreement, variations: [waits('a', {}), waits('b'), waits('c')] } as unknown as Agreement;
  const read = (chosen: Readonly<Record<string, string>>, of = agreement) => choicesFor('decide-variation', 'versionRead', { agreement: of, chosen: (name: string) => chosen[name] } as never) as { readonly value: string; readonly shown: string };
  expect([read({ about: 'c' }), read({ variation: 'c', about: 'b' }), read({})].map(({ shown }) => /^“Variation (.)”/.exec(shown)?.[1])).toEqual(['c', 'c', 'b']);
  expect(read({ about: 'c' }).value).toMatch(/^[0-9a-f]{64}$/);
  expect(read({ about: 'c' }).value).not.toBe(read({ about: 'b' }).value);
  expect([read({ about: 'a' }), read({}, initialAgreement)].map(({ value, shown }) => [value, shown])).toEqual([['', 'Nothing waits to be decided.'], ['', 'Nothing waits to be decided.']]);
});

describe('of what is over', () => {
  const values = (command: CommandName, name: string, agreement: object) => {
    const choices = choicesFor(command, name, { agreement: { ...initialAgreement, ...agreement }, today: '2026-06-10', chosen: () => undefined } as never);
    return choices?.is === 'options' ? choices.options.map(({ value }) => value) : choices;
  };

  test('a decision is called in that may be and was not, a call-in concluded that waits, and taken anew what is to be, also once it is carried out', () => {
    const [open, waits] = [{ is: 'open', until: '2026-06-08' }, { on: '2026-06-05', outcome: null }];
    const variation = (id: string, decided: object | null, carriedOut = false) => ({ variation: id, what: id, decided: decided && { second: { is: 'not-needed' }, ...decided }, offer: null, carriedOut });
    const agreement = {
      decision: { decision: 'award', decidedOn: '2024-06-01', callIn: { is: 'not-open' }, calledIn: null },
      variations: [
        variation('open', { callIn: open, calledIn: null }), variation('waits', { callIn: open, calledIn: waits }), variation('stands', { callIn: open, calledIn: { ...waits, outcome: { is: 'stands' } } }),
        variation('done', { callIn: open, calledIn: null }, true), variation('undecided', null), variation('to be taken anew', null, true),
      ],
    };
    // One that was asked for in time may reach the record later, so that the last day is told and shuts nothing.
    expect([values('call-in-decision', 'decision', agreement), values('conclude-call-in', 'decision', agreement)]).toEqual([['open', 'done'], ['waits']]);
    for (const command of ['decide-variation', 'test-modification'] as const) expect(values(command, 'variation', agreement)).toEqual(['undecided', 'to be taken anew']);
    // People are asked again also once it is decided; that they are not is said before, to whoever decides.
    expect([values('record-asked-again', 'variation', agreement), values('record-not-asked-again', 'variation', agreement)]).toEqual([['open', 'waits', 'stands', 'undecided'], ['undecided']]);
    const agreed = [variation('agreed', { outcome: 'agreed' }), variation('refused', { outcome: 'refused' }), variation('carried out', { outcome: 'agreed' }, true), variation('undecided', null)];
    expect(values('carry-out-variation', 'variation', { variations: agreed })).toEqual(['agreed']);
    const called = { ...agreement, decision: { ...agreement.decision, callIn: open, calledIn: waits } };
    expect([values('call-in-decision', 'decision', called), values('conclude-call-in', 'decision', called)]).toEqual([['open', 'done'], ['award', 'waits']]);
  });

  test('a consultation is extended and withdrawn until it closes, answered for unless it was withdrawn, and considered where people were asked, once it has closed', () => {
    const one = (consultation: string, closesOn: string, changes: object = {}) => ({ consultation, proposal: consultation, closesOn, considered: null, withdrawn: null, ...changes });
    const consultations = [
      one('open', '2026-06-10'), one('closed', '2026-06-09'), one('considered', '2026-06-01', { considered: { on: '2026-06-02' } }),
      one('withdrawn', '2026-06-09', { withdrawn: { on: '2026-06-09', asked: true } }), one('by mistake', '2026-06-30', { withdrawn: { on: '2026-06-01', asked: false } }),
    ];
    const of = (command: CommandName) => values(command, 'consultation', { consultations });
    expect([of('extend-consultation'), of('withdraw-consultation')]).toEqual([['open'], ['open']]);
    expect([of('answer-for-consultation'), of('consider-consultation')]).toEqual([['open', 'closed', 'considered'], ['closed', 'withdrawn']]);
    // Of one that no log here has seen another may still say what it came to.
    const told = (by: string) => one(by, '2026-06-01', { recordedBy: 'lead', considered: { on: '2026-06-02', by } });
    expect(values('consider-consultation', 'consultation', { takenOver: {}, openedAt: '2026-06-05T09:00:00Z', consultations: [told('lead'), told('another')] })).toEqual(['lead']);
  });
});

describe('what can be chosen', () => {
  const named = { of: (one: string) => one, code: (one: string) => one };
  const choices = (command: CommandName, name: string, agreement: object, chosen: Readonly<Record<string, string | undefined>> = {}, lists: object = {}) => {
    const all = choicesFor(command, name, { agreement: { ...initialAgreement, ...agreement }, named, today: '2026-06-10', chosen: (one: string) => chosen[one], ...lists } as never);
    return all?.is === 'options' && all.options.length > 0 ? all.options.map(({ value }) => value) : all;
  };

  test('of a link that is undone is what this agreement is linked to, and as what, however old that is', () => {
    const tree = { ...initialAgreement.tree, links: [{ agreement: 'old', as: 'renews' }, { agreement: 'older', as: 'ends' }, { agreement: 'next', as: 'renewed-by' }] };
    expect(choices('unlink-agreement', 'to', { tree }, {}, { linked: [{ value: 'old', text: 'Old' }, { value: 'older', text: 'Older' }] })).toEqual(['old', 'older']);
    expect([{}, { about: 'old' }, { to: 'older', about: 'old' }].map((chosen) => choices('unlink-agreement', 'as', { tree }, chosen))).toEqual([['renews', 'ends'], ['renews'], ['ends']]);
  });

  test('of an invitation that is withdrawn is whoever is invited still', () => {
    const award = { ...initialAgreement.award, parties: { bids: 'invited', lost: 'invited', provides: 'provider', provided: 'incumbent' }, left: { lost: 9 } };
    expect(choices('uninvite-provider', 'provider', { award })).toEqual(['bids']);
    expect(choices('uninvite-provider', 'provider', {})).toEqual({ is: 'options', options: [], none: 'Nobody is invited who could be uninvited.' });
  });

  test('of an assessment are the criteria of whoever made it', () => {
    const evaluation = { ...initialAgreement.evaluation, criteria: ['kind', 'near', 'cheap'].map((criterion) => ({ criterion, title: criterion })), evaluators: [{ evaluator: 'ada', criteria: ['kind'] }, { evaluator: 'ben', criteria: ['near'] }] };
    expect([{}, { about: 'ada' }, { evaluator: 'ben', about: 'ada' }].map((chosen) => choices('record-assessment', 'criteria', { evaluation }, chosen))).toEqual([['kind', 'near'], ['kind'], ['near']]);
  });

  test('where nothing can be is said as it is, and leads to no command that would not help', () => {
    const none = (says: string) => ({ is: 'options', options: [], none: says });
    const delivery = { ...initialAgreement.delivery, obligations: [{ obligation: 'o', what: 'x', due: { is: 'once' }, met: [{}] }] };
    expect(choices('withdraw-obligation', 'obligation', { delivery })).toEqual(none('No obligation can be withdrawn: of each that is agreed something was shown, or a KPI measures it.'));
    expect(choices('withdraw-incident', 'incident', { incidents: [{ id: 'i', happened: 'x', withdrawn: {} }] })).toEqual(none('No incident stands.'));
    expect(choices('decide-variation', 'variation', {})).toEqual(none('No variation waits to be decided.'));
    expect(choices('carry-out-variation', 'variation', {})).toEqual(none('No variation was agreed that is still to be carried out.'));
  });
});

test('feedback that is corrected stays with its KPI', () => {
  const kpis = { ...initialAgreement.kpis, kpis: [{ kpi: 'on time', title: 'On time', definition: 'x' }, { kpi: 'heard', title: 'Heard', definition: 'x' }], findings: [{ finding: 'may', kpi: 'heard' }] };
  const kpi = (about?: string) => choicesFor('record-finding', 'kpi', { agreement: { ...initialAgreement, kpis }, named: { of: (one: string) => one }, chosen: () => about } as never);
  expect(kpi('may')).toEqual({ is: 'given', value: 'heard', shown: 'heard' });
  expect(kpi()).toMatchObject({ is: 'options', options: [{ value: 'on time' }, { value: 'heard' }] });
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
