import { personStream } from '@concordat/access/core';
import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { commandNames, eventTypes, rightOf, streamsOf } from './core/index.js';
import { id, inDesign, people, provider, Scene } from './core/given.js';
import { eventSchemas } from './event-schemas.js';
import { commandInputs, sealedTexts } from './schemas.js';

const reads = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
/** One type for all of them: a call on the union of their own types takes the compiler many seconds. */
const inputs: Readonly<Record<string, z.ZodType>> = commandInputs;
const hash = 'a'.repeat(64);

test('every command has an input, a right and a word on its free text; every event has a schema', () => {
  expect(Object.keys(commandInputs).sort()).toEqual([...commandNames].sort());
  expect(Object.keys(sealedTexts).sort()).toEqual([...commandNames].sort());
  expect(Object.keys(rightOf).sort()).toEqual([...commandNames].sort());
  expect(Object.keys(eventSchemas).sort()).toEqual([...eventTypes].sort());
});

test.each(commandNames)('the input of %s becomes a JSON Schema and refuses what it does not know', (name) => {
  expect(z.toJSONSchema(inputs[name]!, { io: 'input' })).toMatchObject({ type: 'object', additionalProperties: false });
  expect(inputs[name]!.safeParse({ unheardOf: true }).error?.issues.map(({ code }) => code)).toContain('unrecognized_keys');
});

test.each(Object.entries<z.ZodType>(eventSchemas))('what happened in %s becomes a JSON Schema', (_, schema) => {
  expect(z.toJSONSchema(schema)).toMatchObject({ type: 'object', additionalProperties: false });
});

describe('the edge refuses', () => {
  const facts = (value: object) => reads(commandInputs['amend-facts'], { facts: value });

  test('days that the calendar does not have', () => {
    const notice = (publishedOn: string) => reads(commandInputs['publish-award-notice'], { publishedOn, reference: 'UK6-1' });
    expect(['2026-02-28', '2026-02-29', '2026-2-28', '28.02.2026', '2026-13-01'].map(notice)).toEqual([true, false, false, false, false]);
  });

  test('money that is not an amount in text', () => {
    const worth = (amount: unknown) => facts({ value: { amount, currency: 'GBP' } });
    expect(['9000.00', '0.50', '9000', '9,000.00', '-1.00', '1e3', 9000, '00.10'].map(worth)).toEqual([true, true, false, false, false, false, false, false]);
    expect(['GBP', 'EUR', 'ZZZ', 'gbp', '£'].map((currency) => facts({ value: { amount: '1.00', currency } }))).toEqual([true, true, false, false, false]);
  });

  test('text that is blank, too long, or that no database holds', () => {
    const reason = (text: string) => reads(commandInputs.cancel, { reason: text });
    expect(['No money', '', '  ', 'x'.repeat(2_001), 'a\u0000b', 'a\ud800b', 'a😀b'].map(reason)).toEqual([true, false, false, false, false, false, true]);
  });

  test('ids that are no UUIDs in lower case, hashes that are none, facts that are unknown', () => {
    expect([id(1), id(1).toUpperCase().replace('4000', 'A000'), 'x'].map((each) => reads(commandInputs['invite-provider'], { provider: each }))).toEqual([true, false, false]);
    expect([hash, 'A'.repeat(64), 'abc'].map((versionRead) => reads(commandInputs['accept-award'], { versionRead }))).toEqual([true, false, false]);
    expect([facts({ place: 'Leith' }), facts({ colour: 'red' }), facts({ lead: 'Ann' })]).toEqual([true, false, false]);
  });
});

test('free text near a person is named with whose key seals it', () => {
  const subjectsOf = Object.entries(sealedTexts).flatMap(([name, texts]) => texts.map(({ field, subject }) => [name, field, subject({ person: 'person', author: 'author', spokenBy: 'speaker', dissenter: 'dissenter', participant: 'participant', evaluator: 'evaluator' } as never)]));
  expect(subjectsOf).toEqual([
    ['record-effort', 'why', 'participant'],
    ['record-benefits-advice', 'source', 'participant'],
    ['answer-payment-offer', 'answer.charity', 'participant'],
    ['record-dissent', 'words', 'dissenter'],
    ['record-contribution', 'text', 'author'],
    ['answer-contribution', 'response.reasons', 'author'],
    ['answer-contribution', 'response.changed', 'author'],
    ['record-statement', 'words', 'speaker'],
    ['declare-conflict', 'about', 'person'],
    ['lift-conflict', 'reasons', 'person'],
    ['record-assessment', 'why', 'evaluator'],
    ['give-view-on-waiver', 'words', 'speaker'],
  ]);
});

test('whoever begins an agreement says what raises its tier, or that nothing does', () => {
  const versions = { pathway: { id: 'grant' }, route: { id: 'grant' } };
  const beneath = { child: id(1), provider, value: { amount: '1.00', currency: 'GBP' }, ...versions };
  const bodies = {
    'open-agreement': { title: 'x', kind: 'grant', ...versions },
    'take-over-agreement': { title: 'x', kind: 'grant', ...versions, stage: 'offer', from: { source: 'x', reference: 'x' } },
    'call-off': { title: 'x', ...beneath },
    'place-people': { people: 1, rate: { amount: '1.00', currency: 'GBP' }, per: 'hour', ...beneath },
  } as const;
  for (const [name, body] of Object.entries(bodies)) {
    const read = (more: object) => commandInputs[name as keyof typeof bodies].safeParse({ ...body, ...more });
    expect([name, read({}).error?.issues.map(({ path, message }) => [path, message])]).toEqual([name, [[['raises'], expect.stringContaining('Say whether it ends a service')]]]);
    expect([read({ raises: null }).success, read({ raises: [] }).success, read({ raises: ['untried-model'] }).success]).toEqual([false, true, true]);
  }
});

test('what a command leads to fits the schema its type is published under', () => {
  const steps = [
    inDesign.when('amend-facts', { facts: { value: { amount: '9000.00', currency: 'GBP' }, lead: people.colleague } }),
    inDesign.when('request-gate', { stage: 'design' }),
    inDesign.when('invite-provider', { provider }),
    inDesign.when('hold', { reason: 'Election' }),
    Scene.empty.when('open-agreement', { title: 'Lunch club', kind: 'contract', pathway: { id: 'lunch-club' }, route: { id: 'pa2023-competitive' }, raises: [] }),
  ];
  // The spec's hash is readable text; a real one is 64 digits.
  const asStored = (data: object) => JSON.parse(JSON.stringify(data, (_, value) => (typeof value === 'string' && value.startsWith('sha256(') ? hash : value))) as object;
  for (const decision of steps) {
    for (const event of 'accepted' in decision ? decision.accepted : []) {
      expect([event.type, eventSchemas[event.type].safeParse(asStored(event.data)).error?.issues]).toEqual([event.type, undefined]);
    }
  }
  expect(steps.flatMap((decision) => ('accepted' in decision ? decision.accepted : []))).toHaveLength(6);
});

test('a command is decided on its agreement, on whoever acts and on everyone it names', () => {
  const actor = { kind: 'person', person: people.commissioner, grants: [], scopes: 'all' } as const;
  const amend = { name: 'amend-facts', agreement: id(1), facts: { lead: people.colleague } } as const;
  expect(streamsOf(amend, id(1), actor)).toEqual([`agreement-${id(1)}`, personStream(people.commissioner), personStream(people.colleague)]);
  const invite = { name: 'invite-participant', agreement: id(1), invitation: id(2), activity: id(3), participant: id(4), answerBy: '2026-06-01' } as const;
  expect(streamsOf(invite, id(1), { kind: 'system', name: 'import' })).toEqual([`agreement-${id(1)}`, `participant-${id(4)}`, personStream(id(4))]);
});
