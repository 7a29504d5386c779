import { expect, test } from '@jest/globals';
import { changeWording, initialPerson, type Person, shippedWording, type Wording, wordingFold } from './index.js';

const administrator: Person = { ...initialPerson, registered: true, memberOf: { kind: 'organisation' }, grants: [{ grant: 'g', role: 'administrator' }] };
const own: Wording = { serviceUsers: 'people who draw on care and support' };
const change = (next: Wording, now = shippedWording, person = administrator) => {
  const decision = changeWording(now, next, { kind: 'person', person: 'p', grants: person.grants, scopes: 'all' }, person, '2026-06-01');
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : decision.accepted;
};
const called = (serviceUsers: string) => change({ serviceUsers });

test('an administrator, and nobody else, says how those who use a service are called, and says it back again', () => {
  const event = { stream: 'wording-own', type: 'concordat.wording.changed.v1', data: own } as const;
  expect(change(own)).toEqual([event]);
  expect(wordingFold.evolve(shippedWording, event as never)).toEqual(own);
  expect(change(shippedWording, own)).toEqual([{ ...event, data: shippedWording }]);
  expect([change(own, own), change(own, shippedWording, initialPerson)]).toEqual([['already-so'], ['right.missing']]);
});

test('it is written as it stands within a sentence', () => {
  for (const wrong of ['Residents', 'people who use it.', ' people', 'people\nof ours', 'people who …', '2 people']) expect([wrong, called(wrong)]).toEqual([wrong, ['wording.not-within-a-sentence']]);
  for (const right of ['tenants (and their kin)', 'Deaf people', 'NHS patients']) expect(called(right)).toMatchObject([{ data: { serviceUsers: right } }]);
});
