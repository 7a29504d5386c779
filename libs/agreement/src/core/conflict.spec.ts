import { expect, test } from '@jest/globals';
import { given, otherProvider, people, refusals } from './given.js';

const about = { subject: people.approver, sealed: 'x' };
const person = people.approver;

test('people declare for themselves, in a role they hold', () => {
  expect(refusals(given().when('declare-conflict', { person, role: 'approver', interest: 'money', about }, 'approver'))).toEqual([]);
  expect(refusals(given().when('declare-conflict', { person, role: 'decision-maker', interest: 'money', about }, 'commissioner'))).toEqual([
    'conflict.not-yourself',
    'conflict.not-your-role',
  ]);
});

test('a role that ended, has not begun or is for another agreement is none to declare in', () => {
  const held = given().persons[person]!.grants[0]!;
  for (const limit of [{ until: '2026-05-31' }, { from: '2026-06-02' }, { agreements: [otherProvider] }]) {
    const scene = given().knowing('approver', { grants: [{ role: 'decision-maker', grant: 'd' }, { ...held, ...limit }] });
    expect(refusals(scene.when('declare-no-conflict', { person, role: 'approver' }, 'approver'))).toEqual(['conflict.not-your-role']);
  }
});

test('nobody declares twice that they have no interest, and no system declares at all', () => {
  const declared = given().did('declare-no-conflict', { person, role: 'approver' }, 'approver');
  expect(refusals(declared.when('declare-no-conflict', { person, role: 'approver' }, 'approver'))).toEqual(['already-so']);
  expect(refusals(declared.when('declare-no-conflict', { person, role: 'approver' }, 'importer'))).toEqual(['right.missing']);
});

test('the last word of a person in a role counts', () => {
  const scene = given()
    .did('declare-conflict', { person, role: 'approver', interest: 'bid', about }, 'approver')
    .did('declare-no-conflict', { person, role: 'approver' }, 'approver');
  expect(scene.agreement.conflicts).toEqual([{ person, role: 'approver', interest: 'none', declaredAt: '2026-06-01T09:00:00.000000Z' }]);
});

test('a gate is open to those who declared an interest as to those who have none, and names the roles that said nothing', () => {
  const asked = given().asking({ code: 'conflicts.declared', parameters: { roles: ['approver', 'decision-maker'] } });
  const declared = asked.did('declare-conflict', { person, role: 'approver', interest: 'bid', about }, 'approver');
  expect(declared.when('request-gate', { stage: 'design' })).toMatchObject({
    refused: [{ missing: [{ what: 'declaration of the decision-maker', suppliedBy: 'decision-maker', by: 'declare-conflict' }] }],
  });
});

test('a gate names whoever acted in a role and declared nothing, though another of that role did', () => {
  const [provider, value] = [otherProvider, { amount: '1.00', currency: 'GBP' }];
  const asked = given()
    .asking({ code: 'conflicts.declared', parameters: { roles: ['commissioner'] } })
    .did('declare-no-conflict', { person: people.commissioner, role: 'commissioner' }, 'commissioner');
  const proposed = asked.did('invite-provider', { provider }).did('propose-award', { provider, value }, 'colleague');
  expect(refusals(asked.when('request-gate', { stage: 'design' }))).toEqual([]);
  expect(proposed.when('request-gate', { stage: 'design' })).toMatchObject({
    refused: [{ missing: [{ what: `declaration of person-${people.colleague}, who acted as commissioner`, suppliedBy: 'commissioner', by: 'declare-conflict' }] }],
  });
  const declared = proposed.did('declare-no-conflict', { person: people.colleague, role: 'commissioner' }, 'colleague');
  expect(refusals(declared.when('request-gate', { stage: 'design' }))).toEqual([]);
});
