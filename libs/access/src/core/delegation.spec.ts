import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from './actor.js';
import { decidePerson, type PersonCommandBody } from './decide-person.js';
import { standingIn } from './delegation.js';
import type { RoleGrant } from './grant.js';
import { may } from './may.js';
import { type Delegation, initialPerson, type Membership, type Person, personFold } from './person.js';
import { initialProvider } from './provider.js';

const today = '2026-03-15';
const meta = { actor: 'x', command: 'x', commandId: 'x', correlationId: 'x' };
const acts = (id: string): Actor => ({ kind: 'person', person: id, grants: [], scopes: 'all' });
const registered = (grants: readonly RoleGrant[] = [], memberOf: Membership = { kind: 'organisation' }): Person => ({
  ...initialPerson, registered: true, memberOf, grants: grants.map((grant, at) => ({ ...grant, grant: `g${at}` })),
});
const finance = { role: 'approver', discipline: 'finance' } as const;
const given: Delegation = { delegation: 'd1', to: 'deputy', discipline: 'finance', from: '2026-03-01', until: '2026-03-31', agreements: null, upTo: null, when: 'always' };
const head = registered([finance]);
const deputy = registered([{ role: 'facilitator' }]);
const inHouse = (id: string) => ({ person: id, provider: null });

type Given = { person?: Person; by?: Person; others?: Record<string, Person>; as?: string };
const decideFor = (command: PersonCommandBody, { person = head, by = person, others = { deputy }, as = command.person }: Given = {}) =>
  decidePerson({ person, by, provider: initialProvider, others }, command, { actor: acts(as), today });
const refused = (command: PersonCommandBody, some?: Given) => {
  const decision = decideFor(command, some);
  return 'refused' in decision ? decision.refused.map(({ code }) => code) : [];
};
const after = (person: Person, command: PersonCommandBody): Person => {
  const decision = decideFor(command, { person });
  if ('refused' in decision) throw new Error(JSON.stringify(decision.refused));
  return decision.accepted.filter(({ stream }) => stream === 'person-head').reduce((state, event) => personFold.evolve(state, { ...event, recordedAt: '2026-03-15T09:00:00Z', version: 1, meta }), person);
};
const delegate = (more: Partial<Delegation> = {}): PersonCommandBody => ({ name: 'delegate', person: 'head', ...given, ...more });
const signs = (delegator: Person, day = today, agreement = 'a', discipline = 'finance', acting = deputy) =>
  may(standingIn(acts('deputy'), acting, delegator, day), 'sign-off.give', { agreement, discipline }, day);

test('a named person signs in another’s place between two days, for one discipline', () => {
  const delegating = after(head, delegate());
  expect([signs(delegating), signs(delegating, '2026-02-28'), signs(delegating, '2026-04-01'), signs(delegating, today, 'a', 'equality')]).toEqual([true, false, false, false]);
  expect(may(standingIn(acts('stranger'), deputy, delegating, today), 'sign-off.give', { discipline: 'finance' }, today)).toBe(false);
});

test('only for the agreements it names, and not beyond those the delegator signs for', () => {
  const limited = after(head, delegate({ agreements: ['a', 'b'] }));
  expect([signs(limited, today, 'a'), signs(limited, today, 'c')]).toEqual([true, false]);
  const narrow = after(registered([{ ...finance, agreements: ['b', 'c'] }]), delegate({ agreements: ['a', 'b'] }));
  expect([signs(narrow, today, 'a'), signs(narrow, today, 'b'), signs(narrow, today, 'c')]).toEqual([false, true, false]);
});

test('one given for absence holds on the days its giver is away, and ends when they are back', () => {
  const away = after(after(head, delegate({ when: 'absent' })), { name: 'record-absence', person: 'head', absence: 'ab', from: '2026-03-10', until: '2026-03-20' });
  expect([signs(away, '2026-03-09'), signs(away, '2026-03-10'), signs(away, '2026-03-20'), signs(away, '2026-03-21')]).toEqual([false, true, true, false]);
  expect(signs(after(away, { name: 'end-absence', person: 'head', absence: 'ab' }), '2026-03-10')).toBe(false);
});

test('nothing is left of it once it is withdrawn, the giver’s role ends, or either of the two is disabled', () => {
  const delegating = after(head, delegate());
  expect(signs(after(delegating, { name: 'withdraw-delegation', person: 'head', delegation: 'd1' }))).toBe(false);
  expect(signs({ ...delegating, grants: [] })).toBe(false);
  expect(signs({ ...delegating, grants: delegating.grants.map((grant) => ({ ...grant, until: '2026-03-14' })) })).toBe(false);
  expect(signs({ ...delegating, disabled: true })).toBe(false);
  expect(signs(delegating, today, 'a', 'finance', { ...deputy, disabled: true })).toBe(false);
  expect(signs(delegating, today, 'a', 'finance', initialPerson)).toBe(false);
});

test('it is not passed on: whoever stands in holds nothing that is theirs to give', () => {
  expect(refused({ ...delegate({ delegation: 'd2', to: 'third' }), person: 'deputy' } as PersonCommandBody, { person: deputy, others: { third: deputy } })).toEqual(['delegation.not-yours']);
  fc.assert(
    fc.property(fc.boolean(), fc.boolean(), (always, limited) => {
      const delegating = after(head, delegate({ when: always ? 'always' : 'absent', agreements: limited ? ['a'] : null }));
      // The deputy's own stream, whatever it says, is not asked for what the head gave.
      const passingOn = { ...deputy, delegations: [{ ...given, delegation: 'd2', to: 'third' }] };
      expect(may(standingIn(acts('third'), deputy, passingOn, today), 'sign-off.give', { agreement: 'a', discipline: 'finance' }, today)).toBe(false);
      expect(may(standingIn(acts('third'), deputy, delegating, today), 'sign-off.give', { agreement: 'a', discipline: 'finance' }, today)).toBe(false);
    }),
  );
});

test('nobody stands in who signs nothing: an auditor, an administrator, an elected member, or whoever speaks for those who use a service', () => {
  const delegating = after(head, delegate());
  for (const role of ['auditor', 'administrator', 'elected-member', 'participant', 'representative', 'advocate'] as const) {
    const holding = registered([{ role }]);
    expect([role, refused(delegate(), { others: { deputy: holding } })]).toEqual([role, ['delegation.to-no-signer']]);
    // Nor by a delegation that was given before.
    expect([role, signs(delegating, today, 'a', 'finance', holding)]).toEqual([role, false]);
    const officerToo = registered([{ role }, { role: 'contract-manager' }]);
    expect([refused(delegate(), { others: { deputy: officerToo } }), signs(delegating, today, 'a', 'finance', officerToo)]).toEqual([[], true]);
  }
});

test('what somebody was once, is to be, or is on other agreements alone makes nobody a signer today, here', () => {
  const delegating = after(head, delegate());
  const career = (grant: Omit<RoleGrant, 'role'>) => registered([{ role: 'auditor' }, { role: 'finance', ...grant }]);
  for (const [grant, may] of [[{ until: '2026-03-14' }, false], [{ from: '2026-03-16' }, false], [{ from: '2026-03-15', until: '2026-03-15' }, true]] as const) {
    expect(refused(delegate(), { others: { deputy: career(grant) } })).toEqual(may ? [] : ['delegation.to-no-signer']);
    expect(signs(delegating, today, 'a', 'finance', career(grant))).toBe(may);
  }
  // Whoever is to have a role stands in from that day on.
  const later = delegate({ from: '2026-03-16', until: '2026-03-20' });
  expect([refused(later, { others: { deputy: career({ from: '2026-03-16' }) } }), refused(later, { others: { deputy: career({ from: '2026-03-17' }) } })]).toEqual([[], ['delegation.to-no-signer']]);
  const elsewhere = career({ agreements: ['b'] });
  expect([signs(delegating, today, 'a', 'finance', elsewhere), signs(delegating, today, 'b', 'finance', elsewhere)]).toEqual([false, true]);
});

test('nobody stands in who has no role of their own, as they could not read what they sign', () => {
  const delegating = after(head, delegate());
  for (const colleague of [registered(), registered([{ role: 'finance', until: '2026-03-14' }]), { ...registered(), identities: [inHouse('the auditor')] }]) {
    expect(refused(delegate(), { others: { deputy: colleague, 'the auditor': registered([{ role: 'auditor' }]) } })).toEqual(['delegation.to-no-signer']);
    expect(signs(delegating, today, 'a', 'finance', colleague)).toBe(false);
  }
});

test('every reason against a delegation is named at once', () => {
  const wrong = delegate({ to: 'theirs', discipline: 'equality', from: '2025-01-01', until: '2024-12-31' });
  expect(refused(wrong, { as: 'colleague', others: { theirs: registered([{ role: 'provider-operator', provider: 'p' }], { kind: 'provider', provider: 'p' }) } })).toEqual([
    'delegation.not-yourself', 'delegation.not-yours', 'delegation.to-nobody', 'delegation.ends-before-it-begins', 'delegation.over',
  ]);
  expect(refused(delegate({ until: '2027-12-31' }))).toEqual(['delegation.too-long']);
  expect(refused(delegate({ to: 'head' }), { others: { head } })).toEqual(['delegation.to-yourself']);
  expect(refused(delegate(), { person: after(head, delegate()) })).toEqual(['already-so']);
});

test('nobody stands in for themselves under another id', () => {
  expect(refused(delegate({ to: 'twin' }), { person: { ...head, identities: [inHouse('twin')] }, others: { twin: deputy } })).toEqual(['delegation.to-yourself']);
});

test('an administrator records the absence of somebody who fell ill, and nobody else’s colleague does', () => {
  const absence: PersonCommandBody = { name: 'record-absence', person: 'head', absence: 'ab', from: '2026-03-10', until: '2026-03-20' };
  expect(refused(absence, { as: 'admin', by: registered([{ role: 'administrator' }]) })).toEqual([]);
  expect(refused(absence, { as: 'colleague', by: registered([{ role: 'commissioner' }]) })).toEqual(['right.missing']);
  expect(refused({ ...absence, until: '2026-03-09' })).toEqual(['absence.ends-before-it-begins']);
  expect(refused({ name: 'end-absence', person: 'head', absence: 'ab' })).toEqual(['absence.unknown']);
  expect(refused({ name: 'withdraw-delegation', person: 'head', delegation: 'd' })).toEqual(['delegation.unknown']);
});

test('ids of one human being are linked with all that were linked before, in every stream', () => {
  const admin = registered([{ role: 'administrator' }]);
  const link: PersonCommandBody = { name: 'link-identities', person: 'a', with: 'c' };
  const asAdmin = (person: Person, others: Record<string, Person>) => decideFor(link, { person, others, by: admin, as: 'admin' });
  const theirs = registered([], { kind: 'provider', provider: 'p' });
  expect(asAdmin({ ...head, identities: [inHouse('b')] }, { b: { ...head, identities: [inHouse('a')] }, c: theirs })).toMatchObject({
    accepted: [
      { stream: 'person-a', data: { identities: [inHouse('b'), { person: 'c', provider: 'p' }] } },
      { stream: 'person-b', data: { identities: [inHouse('a'), { person: 'c', provider: 'p' }] } },
      { stream: 'person-c', data: { identities: [inHouse('a'), inHouse('b')] } },
    ],
  });
  // Somebody linked meanwhile is not among those that were read.
  expect(asAdmin({ ...head, identities: [inHouse('b')] }, { c: head })).toMatchObject({ refused: [{ code: 'person.unknown', missing: [{ what: 'person-b' }] }] });
  expect(asAdmin({ ...head, identities: [inHouse('c')] }, { c: head })).toMatchObject({ refused: [{ code: 'already-so' }] });
  expect(refused({ name: 'link-identities', person: 'a', with: 'a' }, { by: admin, as: 'admin', others: { a: head } })).toEqual(['identity.same']);
  expect(refused(link, { as: 'a', others: { c: head } })).toEqual(['right.missing']);
});

test('ids that were linked by mistake are told apart by another administrator, in every stream', () => {
  const admin = registered([{ role: 'administrator' }]);
  const linked = (...others: readonly string[]): Person => ({ ...head, identities: others.map(inHouse), linkedBy: Object.fromEntries(others.map((one) => [one, 'first'])) });
  const three = { person: linked('b', 'c'), others: { b: linked('a', 'c'), c: linked('a', 'b') }, by: admin };
  const unlink: PersonCommandBody = { name: 'unlink-identities', person: 'a', reason: 'same-name' };
  expect(decideFor(unlink, { ...three, as: 'admin' })).toMatchObject({
    accepted: [
      { stream: 'person-a', data: { identities: [], reason: 'same-name' } },
      { stream: 'person-b', data: { identities: [inHouse('c')] } },
      { stream: 'person-c', data: { identities: [inHouse('b')] } },
    ],
  });
  expect(refused(unlink, { ...three, as: 'first' })).toEqual(['identity.one-word']);
  expect(refused(unlink, { ...three, by: { ...admin, identities: [inHouse('first')] }, as: 'admin' })).toEqual(['identity.one-word']);
  expect(refused(unlink, { ...three, as: 'b' })).toEqual(['identity.own']);
  expect(refused(unlink, { person: head, by: admin, as: 'admin' })).toEqual(['identity.not-linked']);
  expect(refused(unlink, { ...three, by: head, as: 'x' })).toEqual(['right.missing']);
});
