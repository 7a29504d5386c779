import { expect, test } from '@jest/globals';
import { rightsOf } from '@concordat/access/core';
import { commandNames } from './rights.js';
import { given, id, inDesign, people, refusals } from './given.js';
import { ada, missingAt } from './given-involvement.js';

const words = { subject: ada, sealed: 'x' };
const dissent = { dissent: id(95), dissenter: ada, from: 'evaluation', words } as const;

test('a dissent stands: no command takes it out, and going back to an earlier stage does not either', () => {
  const scene = inDesign.asked(ada).did('record-dissent', dissent);
  expect(scene.did('return-to-stage', { stage: 'mandate', reason: 'The case changed.' }).agreement.dissents.dissents).toMatchObject([{ id: id(95), stage: 'design' }]);
  expect(commandNames.filter((name) => name.includes('dissent'))).toEqual(['record-dissent', 'record-no-dissent']);
  expect(refusals(scene.when('record-dissent', dissent))).toEqual(['already-so']);
  expect(refusals(scene.did('cancel', { reason: 'No money.' }).when('record-dissent', { ...dissent, dissent: id(96) }))).toEqual([]);
});

test('anyone who may see an agreement may dissent, an elected member too; who verifies it writes nothing', () => {
  const silent = Object.entries(rightsOf).filter(([, rights]) => !(rights as readonly string[]).includes('dissent.record')).map(([role]) => role);
  expect(silent).toEqual(['auditor']);
  expect(refusals(inDesign.when('record-dissent', { ...dissent, dissenter: people.approver }, 'approver'))).toEqual([]);
});

test('whoever is registered dissents for themselves, and those known by a pseudonym may have it written down', () => {
  expect(refusals(inDesign.when('record-dissent', { ...dissent, dissenter: people.approver }, 'commissioner'))).toEqual(['dissent.not-your-own']);
  expect(refusals(inDesign.asked(ada).when('record-dissent', dissent, 'commissioner'))).toEqual([]);
});

test('the gate asks that dissent is on record, or that it was asked and nobody does', () => {
  expect(missingAt(inDesign, 'dissent.asked', {})).toMatchObject([{ by: 'record-no-dissent' }]);
  expect(missingAt(inDesign.asked(ada).did('record-dissent', dissent), 'dissent.asked', {})).toEqual([]);
  const nobody = inDesign.did('record-no-dissent', { source: 'The panel, 3 June' });
  expect(missingAt(nobody, 'dissent.asked', {})).toEqual([]);
  expect(refusals(nobody.when('record-no-dissent', { source: 'The panel' }))).toEqual(['already-so']);
  expect(refusals(given(['concordat.agreement.dissent-recorded.v1', { ...dissent, stage: 'design' }]).when('record-no-dissent', { source: 'x' }))).toEqual(['dissent.on-record']);
});
