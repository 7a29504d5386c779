import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from './actor.js';
import { actingNow } from './actor.js';
import type { RoleGrant } from './grant.js';
import { decidePerson, type PersonCommandBody } from './decide-person.js';
import { may } from './may.js';
import { initialPerson, type Membership, type Person, type PersonEvent, personFold } from './person.js';
import { decideProvider, initialProvider, type Provider, providerFold } from './provider.js';
import { roles } from './right.js';

const today = '2026-03-15';
const meta = { actor: 'system:operator', command: 'x', commandId: 'x', correlationId: 'x' };
const fold = (person: Person, events: readonly PersonEvent[]): Person =>
  events.reduce((state, event, index) => personFold.evolve(state, { ...event, recordedAt: '2026-03-15T09:00:00Z', version: index + 1, meta }), person);

const organisation: Membership = { kind: 'organisation' };
const person = (memberOf: Membership, ...held: RoleGrant[]): Person => ({
  registered: true, disabled: false, memberOf, grants: held.map((grant, index) => ({ ...grant, grant: `g${index}` })), delegations: [], absences: [], standsInFor: [], identities: [], linkedBy: {}, givenBy: {},
});
const administrator = person(organisation, { role: 'administrator' });
const acts = (id: string): Actor => ({ kind: 'person', person: id, grants: [], scopes: 'all' });
const registered: Provider = { registered: true, name: 'Harbour Care', identifiers: [] };

function when(
  command: PersonCommandBody,
  given: { person?: Person; by?: Person; provider?: Provider; others?: Record<string, Person>; actor?: Actor } = {},
): { events: readonly PersonEvent[]; refusals: readonly string[] } {
  const { person: about = initialPerson, by = administrator, provider = initialProvider, others = {}, actor = acts('admin') } = given;
  const decision = decidePerson({ person: about, by, provider, others }, command, { actor, today });
  return 'accepted' in decision ? { events: decision.accepted, refusals: [] } : { events: [], refusals: decision.refused.map(({ code }) => code) };
}

test('a person is registered once, given a role, loses it, is disabled and enabled again', () => {
  let state = initialPerson;
  const step = (command: PersonCommandBody) => {
    const { events, refusals } = when(command, { person: state });
    expect(refusals).toEqual([]);
    state = fold(state, events);
  };
  step({ name: 'register-person', person: 'p', memberOf: organisation });
  step({ name: 'grant-role', person: 'p', grant: 'g', role: 'approver', discipline: 'finance', until: '2026-12-31' });
  expect(state.grants).toEqual([{ grant: 'g', role: 'approver', discipline: 'finance', until: '2026-12-31' }]);
  step({ name: 'disable-person', person: 'p', reason: 'left' });
  expect(state.disabled).toBe(true);
  step({ name: 'enable-person', person: 'p' });
  step({ name: 'withdraw-role', person: 'p', grant: 'g' });
  expect(state).toEqual({ registered: true, disabled: false, memberOf: organisation, grants: [], delegations: [], absences: [], standsInFor: [], identities: [], linkedBy: {}, givenBy: { g: 'system:operator' } });
});

test('doing again what is done is refused as already so', () => {
  const known = person(organisation, { role: 'finance' });
  expect(when({ name: 'register-person', person: 'p', memberOf: organisation }, { person: known }).refusals).toEqual(['already-so']);
  expect(when({ name: 'grant-role', person: 'p', grant: 'other', role: 'finance' }, { person: known }).refusals).toEqual(['already-so']);
  expect(when({ name: 'enable-person', person: 'p' }, { person: known }).refusals).toEqual(['already-so']);
  expect(when({ name: 'disable-person', person: 'p', reason: 'left' }, { person: { ...known, disabled: true } }).refusals).toEqual(['already-so']);
});

test('nobody gives a role to themselves and nobody disables themselves', () => {
  const own = { person: administrator, actor: acts('p') };
  expect(when({ name: 'grant-role', person: 'p', grant: 'g', role: 'approver', discipline: 'finance' }, own).refusals).toEqual(['grant.own']);
  expect(when({ name: 'disable-person', person: 'p', reason: 'other' }, own).refusals).toEqual(['disable.own']);
  expect(when({ name: 'withdraw-role', person: 'p', grant: 'g0' }, own).refusals).toEqual([]);
});

test('a second id is no other person: nobody gives a role to it, or disables it, either', () => {
  const second = { person: { ...person(organisation), identities: [{ person: 'p', provider: null }] }, actor: acts('p') };
  expect(when({ name: 'grant-role', person: 'q', grant: 'other', role: 'decision-maker' }, second).refusals).toEqual(['grant.own']);
  expect(when({ name: 'disable-person', person: 'q', reason: 'other' }, second).refusals).toEqual(['disable.own']);
  expect(when({ name: 'grant-role', person: 'q', grant: 'other', role: 'decision-maker' }, { ...second, person: person(organisation) }).refusals).toEqual([]);
});

test('a role that somebody gave to an id which turns out to be their own counts no more, until somebody else gives it', () => {
  const givenBy = (actor: string, grant: string): ((state: Person) => Person) => (state) =>
    personFold.evolve(state, {
      stream: 'person-q', type: 'concordat.person.role-granted.v1', data: { grant, role: 'approver', discipline: 'finance' }, recordedAt: '2026-03-15T09:00:00Z', version: 1, meta: { ...meta, actor },
    });
  const second = givenBy('colleague', 'g2')(givenBy('admin', 'g1')(person(organisation)));
  const [found, ofFirst] = when({ name: 'link-identities', person: 'q', with: 'admin' }, { person: second, others: { admin: administrator } }).events;
  const linked = fold(second, [found!]);
  expect(linked).toMatchObject({ grants: [{ grant: 'g2' }], identities: [{ person: 'admin' }] });
  // What others gave stands, under either id.
  expect(fold(administrator, [ofFirst!]).grants).toEqual(administrator.grants);
  const again = { name: 'grant-role', person: 'q', grant: 'g3', role: 'approver', discipline: 'equality' } as const;
  expect(when(again, { person: linked }).refusals).toEqual(['grant.own']);
  expect(fold(linked, when(again, { person: linked, by: administrator, actor: acts('other') }).events).grants.map(({ grant }) => grant)).toEqual(['g2', 'g3']);
});

test('every reason against a grant is named at once', () => {
  const harbour = person({ kind: 'provider', provider: 'harbour' });
  const wish: PersonCommandBody = { name: 'grant-role', person: 'p', grant: 'g', role: 'approver', provider: 'other', from: '2026-05-01', until: '2026-04-01' };
  expect(when(wish, { person: harbour, actor: { kind: 'system', name: 'operator' } }).refusals).toEqual([
    'grant.other-party', 'grant.other-provider', 'provider.unknown', 'grant.discipline-missing', 'grant.ends-before-it-begins',
  ]);
});

test('a refusal names what is missing, who supplies it, and the command for that', () => {
  const missing = (command: PersonCommandBody, about: Person) => {
    const decision = decidePerson({ person: about, by: administrator, provider: initialProvider, others: {} }, command, { actor: acts('admin'), today });
    return 'refused' in decision ? decision.refused.flatMap((refused) => refused.missing) : [];
  };
  expect(missing({ name: 'disable-person', person: 'p', reason: 'left' }, initialPerson)).toEqual([{ what: 'person', suppliedBy: 'administrator', by: 'register-person' }]);
  expect(missing({ name: 'register-person', person: 'p', memberOf: { kind: 'provider', provider: 'harbour' } }, initialPerson)).toEqual([{ what: 'provider', suppliedBy: 'commissioner', by: 'register-provider' }]);
  expect(missing({ name: 'withdraw-role', person: 'p', grant: 'g' }, person(organisation))).toEqual([{ what: 'grant', suppliedBy: 'administrator' }]);
  expect(missing({ name: 'withdraw-delegation', person: 'p', delegation: 'd' }, person(organisation))).toEqual([{ what: 'delegation', suppliedBy: 'the person', by: 'delegate' }]);
});

test("a provider's administrator looks after that provider's people and nobody else's", () => {
  const harbour: Membership = { kind: 'provider', provider: 'harbour' };
  const by = person(harbour, { role: 'provider-admin', provider: 'harbour' });
  const asked = (memberOf: Membership) =>
    when({ name: 'register-person', person: 'p', memberOf }, { by, provider: registered }).refusals;
  expect(asked(harbour)).toEqual([]);
  expect(asked({ kind: 'provider', provider: 'lighthouse' })).toEqual(['right.missing']);
  expect(asked(organisation)).toEqual(['right.missing']);
  const granted = when(
    { name: 'grant-role', person: 'p', grant: 'g', role: 'commissioner', provider: 'harbour' },
    { by, person: person(harbour), provider: registered },
  );
  expect(granted.refusals).toEqual(['grant.other-party']);
});

test('someone disabled meanwhile decides nothing, whatever their principal still says', () => {
  const actor: Actor = { kind: 'person', person: 'admin', grants: [{ role: 'administrator' }], scopes: 'all' };
  const by = { ...administrator, disabled: true };
  expect(when({ name: 'register-person', person: 'p', memberOf: organisation }, { by, actor }).refusals).toEqual(['right.missing']);
  expect(may(actingNow(actor, by), 'people.manage', {}, today)).toBe(false);
});

test('whatever an administrator does to people, no provider role stands outside its provider and none of theirs inside the organisation', () => {
  const ids = fc.constantFrom('harbour', 'lighthouse');
  const memberships: fc.Arbitrary<Membership> = fc.oneof(fc.constant(organisation), ids.map((provider) => ({ kind: 'provider' as const, provider })));
  const commands = fc.array(
    fc.oneof(
      memberships.map((memberOf): PersonCommandBody => ({ name: 'register-person', person: 'p', memberOf })),
      fc.record({ name: fc.constant('grant-role' as const), person: fc.constant('p'), grant: fc.constantFrom('1', '2', '3'), role: fc.constantFrom(...roles) }),
      fc.record({ name: fc.constant('grant-role' as const), person: fc.constant('p'), grant: fc.constantFrom('1', '2', '3'), role: fc.constantFrom(...roles), provider: ids }),
      fc.constantFrom<PersonCommandBody>({ name: 'disable-person', person: 'p', reason: 'left' }, { name: 'enable-person', person: 'p' }, { name: 'withdraw-role', person: 'p', grant: '1' }),
    ),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(commands, (asked) => {
      let state = initialPerson;
      for (const command of asked) state = fold(state, when(command, { person: state, provider: registered }).events);
      for (const { role, provider } of state.grants) {
        expect(role.startsWith('provider-')).toBe(state.memberOf?.kind === 'provider');
        if (state.memberOf?.kind === 'provider') expect(provider).toBe(state.memberOf.provider);
      }
      expect(new Set(state.grants.map(({ grant }) => grant)).size).toBe(state.grants.length);
    }),
  );
});

test('a provider is registered once, under its name and its numbers in registers', () => {
  const command = { name: 'register-provider', provider: 'harbour', title: ' Harbour Care ', identifiers: [{ scheme: 'GB-COH', id: '09506232' }] } as const;
  const context = { actor: acts('c'), today };
  const by = person(organisation, { role: 'commissioner' });
  const decision = decideProvider({ provider: initialProvider, by }, command, context);
  expect(decision).toEqual({
    accepted: [{ stream: 'provider-harbour', type: 'concordat.provider.registered.v1', data: { name: 'Harbour Care', identifiers: command.identifiers } }],
  });
  if (!('accepted' in decision)) return;
  const provider = providerFold.evolve(initialProvider, { ...decision.accepted[0], recordedAt: '2026-03-15T09:00:00Z', version: 1, meta });
  expect(decideProvider({ provider, by }, command, context)).toMatchObject({ refused: [{ code: 'already-so' }] });
  expect(decideProvider({ provider: initialProvider, by }, { ...command, title: ' ' }, context)).toMatchObject({ refused: [{ code: 'provider.unnamed' }] });
  expect(decideProvider({ provider: initialProvider, by: person(organisation, { role: 'auditor' }) }, command, context)).toMatchObject({ refused: [{ code: 'right.missing' }] });
});

test('a role for a partner body names its agreements and its last day, and is no provider’s', () => {
  const known = person(organisation);
  const grant = { name: 'grant-role', person: 'p', grant: 'g', role: 'approver', discipline: 'finance', partner: 'trust' } as const;
  expect(when(grant, { person: known }).refusals).toEqual(['grant.partner-everywhere', 'grant.partner-for-ever']);
  expect(when({ ...grant, agreements: [], until: '2027-03-31' }, { person: known }).refusals).toEqual(['grant.partner-everywhere']);
  expect(when({ ...grant, agreements: ['a'], until: '2027-03-31' }, { person: known }).events).toMatchObject([{ data: { partner: 'trust', agreements: ['a'], until: '2027-03-31' } }]);
  const theirs = person({ kind: 'provider', provider: 'harbour' });
  expect(when({ ...grant, role: 'provider-signatory', provider: 'harbour', agreements: ['a'], until: '2027-03-31' }, { person: theirs, provider: registered }).refusals).toEqual(['grant.partner-provides']);
  // The same role in the house and for a partner body are two.
  const held = person(organisation, { role: 'approver', discipline: 'finance', agreements: ['a'], until: '2027-03-31' });
  expect(when({ ...grant, agreements: ['a'], until: '2027-03-31' }, { person: held }).refusals).toEqual([]);
});
