import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { holdsRole, may, mayAtAll, providerRoles, rightMissing, rightsOf, systemActors, takingPartRoles } from './may.js';
import type { Actor, Scope } from './actor.js';
import type { RoleGrant } from './grant.js';
import { partnerHas, partnerLevels, partnerTakes } from './partner.js';
import { type Right, rights, type Role, roles } from './right.js';

const names = fc.constantFrom('a', 'b', 'c');
const days = fc.constantFrom('2026-01-01', '2026-03-15', '2026-06-30', '2026-12-31');
const optional = <T>(name: string, value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined }).map((it) => (it === undefined ? {} : { [name]: it }));
const grants: fc.Arbitrary<RoleGrant> = fc
  .tuple(
    fc.constantFrom(...roles), optional('discipline', names), optional('provider', names),
    optional('agreements', fc.uniqueArray(names, { maxLength: 2 })), optional('from', days), optional('until', days),
  )
  .map(([role, ...limits]) => Object.assign({ role }, ...limits) as RoleGrant);
const scopes: fc.Arbitrary<Scope> = fc
  .tuple(optional('agreement', names), optional('provider', names), optional('discipline', names))
  .map((parts) => Object.assign({}, ...parts) as Scope);
const keyScopes: fc.Arbitrary<readonly Right[] | 'all'> = fc.oneof(fc.constant('all' as const), fc.subarray([...rights]));
const anyRight = fc.constantFrom(...rights);
const actorOf = (held: readonly RoleGrant[], keys: readonly Right[] | 'all' = 'all'): Actor => ({ kind: 'person', person: 'p', grants: held, scopes: keys });
const day = '2026-03-15';

test('nobody may do anything without a grant', () => {
  fc.assert(fc.property(anyRight, scopes, days, (right, scope, at) => !may(actorOf([]), right, scope, at) && !mayAtAll(actorOf([]), right, at)));
});

test('whatever is allowed, some grant in force gives that right, within its provider, agreements, discipline and days', () => {
  fc.assert(
    fc.property(fc.array(grants, { maxLength: 4 }), keyScopes, anyRight, scopes, days, (held, keys, right, scope, at) => {
      if (!may(actorOf(held, keys), right, scope, at)) return;
      expect(keys === 'all' || keys.includes(right)).toBe(true);
      const reasons = held.filter(
        (grant) =>
          (rightsOf[grant.role] as readonly Right[]).includes(right) &&
          (grant.from ?? at) <= at && at <= (grant.until ?? at) &&
          (grant.provider === undefined || grant.provider === scope.provider) &&
          (grant.agreements?.includes(scope.agreement ?? '') ?? true) &&
          (scope.discipline === undefined || grant.discipline === undefined || grant.discipline === scope.discipline),
      );
      expect(reasons).not.toEqual([]);
    }),
    { numRuns: 2_000 },
  );
});

test('one more grant never takes a right away, and one more limit never adds one', () => {
  fc.assert(
    fc.property(fc.array(grants, { maxLength: 3 }), grants, anyRight, scopes, days, (held, more, right, scope, at) => {
      if (may(actorOf(held), right, scope, at)) expect(may(actorOf([...held, more]), right, scope, at)).toBe(true);
      for (const limit of [{ agreements: ['a'] }, { provider: 'a' }, { until: '2026-03-15' }, { from: '2026-03-15' }]) {
        const limited = held.map((grant) => ({ ...limit, ...grant }));
        // A provider role without a provider is worth nothing until it names one.
        const comparable = !('provider' in limit) || !held.some(({ role, provider }) => provider === undefined && (providerRoles as readonly Role[]).includes(role));
        if (comparable && may(actorOf(limited), right, scope, at)) expect(may(actorOf(held), right, scope, at)).toBe(true);
      }
    }),
    { numRuns: 1_000 },
  );
});

test('the scopes of a key only ever narrow what its person may do', () => {
  fc.assert(
    fc.property(fc.array(grants, { maxLength: 3 }), fc.subarray([...rights]), anyRight, scopes, days, (held, keys, right, scope, at) => {
      expect(may(actorOf(held, keys), right, scope, at)).toBe(keys.includes(right) && may(actorOf(held), right, scope, at));
    }),
  );
});

test('a right about something is a right at all', () => {
  fc.assert(
    fc.property(fc.array(grants, { maxLength: 3 }), keyScopes, anyRight, scopes, days, (held, keys, right, scope, at) => {
      if (may(actorOf(held, keys), right, scope, at)) expect(mayAtAll(actorOf(held, keys), right, at)).toBe(true);
    }),
  );
});

test('an administrator approves nothing, decides nothing, awards nothing and moves nothing', () => {
  const approving: Right[] = ['sign-off.give', 'sign-off.request', 'decision.record', 'award.make', 'award.accept', 'statement.give', 'agreement.open', 'agreement.edit', 'agreement.move', 'agreement.cancel'];
  for (const right of approving) expect(mayAtAll(actorOf([{ role: 'administrator', discipline: 'finance' }]), right, day)).toBe(false);
});

test('anyone may ask for a sign-off, but whoever only verifies and whoever only keeps house', () => {
  const mayAsk = (role: Role) => mayAtAll(actorOf([{ role, discipline: 'finance', provider: 'p' }]), 'sign-off.request', day);
  expect(roles.filter((role) => !mayAsk(role))).toEqual(['auditor', 'administrator']);
});

test('people who take part read what people who take part do, and all of an agreement with a role of the house beside', () => {
  for (const role of takingPartRoles) {
    const reads = (scope: Scope, ...more: RoleGrant[]) => may(actorOf([{ role, agreements: ['a'] }, ...more]), 'agreement.read', scope, day);
    expect([role, reads({}), reads({ agreement: 'a' }), reads({ agreement: 'a', takingPart: true }), reads({ agreement: 'b', takingPart: true })]).toEqual([role, false, false, true, false]);
    expect([role, reads({ agreement: 'a' }, { role: 'elected-member' }), reads({ agreement: 'a' }, { role: 'finance', until: '2026-03-14' })]).toEqual([role, true, false]);
    expect([role, may(actorOf([{ role }]), 'dissent.record', { agreement: 'a' }, day)]).toEqual([role, true]);
  }
});

test('an auditor reads and verifies everything and writes nothing', () => {
  const auditor = actorOf([{ role: 'auditor' }]);
  expect(rights.filter((right) => may(auditor, right, { agreement: 'a', provider: 'b' }, day))).toEqual(rights.filter((right) => right.endsWith('.read')));
});

test("a provider's role holds within that provider only, and nowhere when it names none", () => {
  fc.assert(
    fc.property(fc.constantFrom(...providerRoles), names, anyRight, scopes, (role, provider, right, scope) => {
      if (scope.provider !== provider) expect(may(actorOf([{ role, provider }]), right, scope, day)).toBe(false);
      expect(may(actorOf([{ role }]), right, scope, day)).toBe(false);
    }),
  );
});

test('an approval is given only by who approves in its very discipline; without one, only an owner or a provider’s signatory accepts', () => {
  fc.assert(
    fc.property(fc.constantFrom(...roles), names, scopes, (role, discipline, scope) => {
      if (scope.discipline !== discipline) expect(may(actorOf([{ role, discipline }]), 'sign-off.give', scope, day)).toBe(false);
      const accepts = role === 'senior-responsible-owner' && scope.discipline === undefined;
      expect(may(actorOf([{ role }]), 'sign-off.give', scope, day)).toBe(accepts);
    }),
  );
  expect(may(actorOf([{ role: 'approver', discipline: 'finance' }]), 'sign-off.give', { agreement: 'a', discipline: 'finance' }, day)).toBe(true);
});

test('a role holds from its first day to its last, both included', () => {
  const actor = actorOf([{ role: 'commissioner', from: '2026-03-10', until: '2026-03-20' }]);
  const on = (at: string) => may(actor, 'agreement.open', {}, at);
  expect(['2026-03-09', '2026-03-10', '2026-03-20', '2026-03-21'].map(on)).toEqual([false, true, true, false]);
});

test('a system actor does what its short list says, and an unknown one nothing, whatever it is called', () => {
  for (const name of Object.keys(systemActors) as (keyof typeof systemActors)[]) {
    const allowed = rights.filter((right) => may({ kind: 'system', name }, right, {}, day));
    expect(new Set(allowed)).toEqual(new Set(systemActors[name]));
    expect(allowed).not.toEqual(expect.arrayContaining(['sign-off.give']));
  }
  for (const name of ['', 'nobody', 'toString', '__proto__', 'constructor']) {
    expect(rights.filter((right) => may({ kind: 'system', name }, right, {}, day))).toEqual([]);
  }
});

test('every right is had by some role, and a refusal for want of it names exactly those roles', () => {
  for (const right of rights) {
    const named = rightMissing(right).missing.map(({ suppliedBy }) => suppliedBy);
    expect(named).toEqual(roles.filter((role) => (rightsOf[role] as readonly Right[]).includes(right)));
    expect(named).not.toEqual([]);
  }
});

test('a role for a partner body gives nothing unless the question names that body in force, and then no more than it may', () => {
  for (const role of roles.filter((each) => !(providerRoles as readonly Role[]).includes(each))) {
    const grant: RoleGrant = { role, discipline: 'a', partner: 'trust', agreements: ['a'], until: '2026-12-31' };
    for (const right of rights) {
      const has = (scope: Scope) => may(actorOf([grant]), right, { discipline: 'a', ...scope }, day);
      expect([has({ agreement: 'a' }), has({ agreement: 'a', partners: { other: 'decide' } }), has({ agreement: 'b', partners: { trust: 'decide' } }), has({ partners: { trust: 'decide' } })]).toEqual([false, false, false, false]);
      const alone = may(actorOf([{ role, discipline: 'a' }]), right, { discipline: 'a' }, day);
      for (const level of partnerLevels) expect([role, right, level, has({ agreement: 'a', partners: { trust: level } })]).toEqual([role, right, level, alone && partnerHas(level, right)]);
      if (partnerTakes[right] === 'host') expect(mayAtAll(actorOf([grant]), right, day)).toBe(false);
    }
    expect(([{}, { other: 'decide' }, { trust: 'see' }] as Required<Scope>['partners'][]).map((partners) => holdsRole([grant], role, { agreement: 'a', partners }, day))).toEqual([false, false, true]);
  }
});

test('what a partner body may: each level holds the one before it, reading is seeing, and what runs the agreement is the host’s', () => {
  const of = (level: (typeof partnerLevels)[number]) => rights.filter((right) => partnerHas(level, right));
  expect(of('see')).toEqual(['agreement.read', 'dissent.record', 'conflict.declare', 'key.manage', 'event.read', 'pathway.read']);
  expect(of('sign').filter((right) => !of('see').includes(right))).toEqual(['risk.advise', 'statement.give', 'sign-off.request', 'sign-off.give', 'second.give']);
  expect(of('decide').filter((right) => !of('sign').includes(right))).toEqual(['risk.acknowledge', 'decision.record', 'decision.call-in', 'waiver.answer', 'waiver.review']);
  expect(of('see').every((right) => of('sign').includes(right)) && of('sign').every((right) => of('decide').includes(right))).toBe(true);
});
