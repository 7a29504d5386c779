import type { Decision, Refusal } from '@concordat/journal/core';
import { accept, refuse } from '@concordat/journal/core';
import { addDays, type CivilDate } from '@concordat/platform/core';
import type { Actor, Scope } from './actor.js';
import { actingNow, actorName } from './actor.js';
import { maySign } from './delegation.js';
import type { RoleGrant } from './grant.js';
import { isProviderRole, may, rightMissing } from './may.js';
import type { Absence, Delegation, DisablingReason, Membership, Person, PersonEvent, UnlinkingReason } from './person.js';
import { personStream } from './person.js';
import type { Provider } from './provider.js';

export type PersonCommands = {
  'register-person': { readonly person: string; readonly memberOf: Membership };
  'grant-role': { readonly person: string; readonly grant: string } & RoleGrant;
  'withdraw-role': { readonly person: string; readonly grant: string };
  'disable-person': { readonly person: string; readonly reason: DisablingReason };
  'enable-person': { readonly person: string };
  /** By the person themselves, of what they may sign. */
  delegate: { readonly person: string } & Delegation;
  'withdraw-delegation': { readonly person: string; readonly delegation: string };
  'record-absence': { readonly person: string } & Absence;
  'end-absence': { readonly person: string; readonly absence: string };
  /** One human being stands here under two ids. */
  'link-identities': { readonly person: string; readonly with: string };
  /** This id is of nobody who stands here under another: the two were linked by mistake. By another administrator than whoever linked them. */
  'unlink-identities': { readonly person: string; readonly reason: UnlinkingReason };
};
export type PersonCommandName = keyof PersonCommands;
export type PersonCommandOf<C extends PersonCommandName> = { readonly name: C } & PersonCommands[C];
export type PersonCommandBody = { [C in PersonCommandName]: PersonCommandOf<C> }[PersonCommandName];

export interface PersonStates {
  /** The person the command is about. */
  readonly person: Person;
  /** The acting person as their stream stands now; `initialPerson` for a system actor. */
  readonly by: Person;
  /** The provider the command names (`memberOf.provider`, `provider`); `initialProvider` where it names none. */
  readonly provider: Provider;
  /** Everybody else the command touches, by id: who stands in, the other identity, and whoever is linked with either. */
  readonly others: Readonly<Record<string, Person>>;
}
export interface PersonContext {
  readonly actor: Actor;
  readonly today: CivilDate;
}

type Decide<C extends PersonCommandName> = (states: PersonStates, command: PersonCommandOf<C>, context: PersonContext) => Decision<PersonEvent>;

const alreadySo = (asks: string): Refusal => ({ code: 'already-so', asks, missing: [] });
const rule = (code: string, asks: string, what: string, by?: PersonCommandName): Refusal => ({
  code,
  asks,
  missing: [{ what, suppliedBy: 'administrator', ...(by === undefined ? {} : { by }) }],
});

const unknownPerson = rule('person.unknown', 'The person is registered.', 'person', 'register-person');
const unknownProvider: Refusal = {
  code: 'provider.unknown',
  asks: 'The provider is registered in this organisation.',
  missing: [{ what: 'provider', suppliedBy: 'commissioner', by: 'register-provider' }],
};

const whose = (memberOf: Membership | null): Scope => (memberOf?.kind === 'provider' ? { provider: memberOf.provider } : {});

function isSelf(context: PersonContext, person: string): boolean {
  return context.actor.kind === 'person' && context.actor.person === person;
}

/** Under whichever id: a second one is no other person. */
function isOneself({ actor }: PersonContext, person: string, as: Person): boolean {
  return actor.kind === 'person' && identitiesOf(person, as).includes(actor.person);
}

function lacksRight(states: PersonStates, memberOf: Membership | null, context: PersonContext): boolean {
  return !may(actingNow(context.actor, states.by), 'people.manage', whose(memberOf), context.today);
}

function decided(refusals: readonly (Refusal | false)[], ...events: readonly [PersonEvent, ...PersonEvent[]]): Decision<PersonEvent> {
  const [first, ...more] = refusals.filter((refusal) => refusal !== false);
  return first === undefined ? accept(...events) : refuse(first, ...more);
}

const aYear = 366;
const ofThePerson = (code: string, asks: string, what: string, by: PersonCommandName): Refusal => ({ code, asks, missing: [{ what, suppliedBy: 'the person', by }] });
const alive = (person: Person | undefined): boolean => person?.registered === true && !person.disabled;

/** Everyone known to be the same human being as this person, and this person. */
export function identitiesOf(id: string, person: Person | undefined): readonly string[] {
  return [id, ...(person?.identities ?? []).map((identity) => identity.person)];
}

const sameGrant = (a: RoleGrant, b: RoleGrant): boolean =>
  a.role === b.role && a.discipline === b.discipline && a.provider === b.provider && a.partner === b.partner && a.from === b.from &&
  a.until === b.until && a.agreements?.join() === b.agreements?.join();

function whatIsWrongWith(grant: RoleGrant, states: PersonStates): Refusal[] {
  const { memberOf } = states.person;
  const refusals: Refusal[] = [];
  if (isProviderRole(grant.role) !== (memberOf?.kind === 'provider')) {
    refusals.push(rule('grant.other-party', "A provider's people hold provider roles, and only they do.", 'role', 'grant-role'));
  }
  if (memberOf?.kind === 'provider' && grant.provider !== memberOf.provider) {
    refusals.push(rule('grant.other-provider', 'A provider role is held for the provider the person belongs to.', 'provider', 'grant-role'));
  }
  if (grant.provider !== undefined && !states.provider.registered) refusals.push(unknownProvider);
  if (grant.role === 'approver' && grant.discipline === undefined) {
    refusals.push(rule('grant.discipline-missing', 'An approver approves in one named discipline.', 'discipline', 'grant-role'));
  }
  if (grant.partner !== undefined && isProviderRole(grant.role)) {
    refusals.push(rule('grant.partner-provides', "A partner body's people hold no provider's role.", 'role', 'grant-role'));
  }
  if (grant.partner !== undefined && (grant.agreements ?? []).length === 0) {
    refusals.push(rule('grant.partner-everywhere', 'A role held for a partner body names the agreements it holds on.', 'agreements', 'grant-role'));
  }
  if (grant.partner !== undefined && grant.until === undefined) {
    refusals.push(rule('grant.partner-for-ever', 'A role held for a partner body has a last day.', 'until', 'grant-role'));
  }
  if (grant.from !== undefined && grant.until !== undefined && grant.until < grant.from) {
    refusals.push(rule('grant.ends-before-it-begins', 'The last day of a role is not before its first.', 'until', 'grant-role'));
  }
  return refusals;
}

const decide = {
  'register-person': (states, command, context) => {
    if (lacksRight(states, command.memberOf, context)) return refuse(rightMissing('people.manage'));
    if (states.person.registered) return refuse(alreadySo('The person is not registered yet.'));
    const refusals = command.memberOf.kind === 'provider' && !states.provider.registered ? [unknownProvider] : [];
    return decided(refusals, {
      stream: personStream(command.person),
      type: 'concordat.person.registered.v1',
      data: { memberOf: command.memberOf },
    });
  },

  'grant-role': (states, { name: _, person, ...grant }, context) => {
    if (lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    if (!states.person.registered) return refuse(unknownPerson);
    if (states.person.grants.some((held) => held.grant === grant.grant || sameGrant(held, grant))) {
      return refuse(alreadySo('The person does not hold this role yet.'));
    }
    const refusals = whatIsWrongWith(grant, states);
    if (isOneself(context, person, states.person)) {
      refusals.push(rule('grant.own', 'Nobody gives a role to themselves.', 'another administrator', 'grant-role'));
    }
    return decided(refusals, { stream: personStream(person), type: 'concordat.person.role-granted.v1', data: grant });
  },

  'withdraw-role': (states, command, context) => {
    // Everyone may give up a role of their own.
    if (!isSelf(context, command.person) && lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    if (!states.person.registered) return refuse(unknownPerson);
    const refusals = states.person.grants.some((held) => held.grant === command.grant)
      ? []
      : [rule('grant.unknown', 'The person holds the role that is withdrawn.', 'grant')];
    return decided(refusals, {
      stream: personStream(command.person),
      type: 'concordat.person.role-withdrawn.v1',
      data: { grant: command.grant },
    });
  },

  'disable-person': (states, command, context) => {
    if (lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    if (!states.person.registered) return refuse(unknownPerson);
    if (states.person.disabled) return refuse(alreadySo('The person is not disabled yet.'));
    // The last administrator would otherwise lock everyone out with one click.
    const refusals = isOneself(context, command.person, states.person)
      ? [rule('disable.own', 'Nobody disables themselves.', 'another administrator', 'disable-person')]
      : [];
    return decided(refusals, {
      stream: personStream(command.person),
      type: 'concordat.person.disabled.v1',
      data: { reason: command.reason },
    });
  },

  'enable-person': (states, command, context) => {
    if (lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    if (!states.person.registered) return refuse(unknownPerson);
    if (!states.person.disabled) return refuse(alreadySo('The person is disabled.'));
    return accept({ stream: personStream(command.person), type: 'concordat.person.enabled.v1', data: {} });
  },

  delegate: ({ person: delegator, others }, { name: _, person, ...delegation }, context) => {
    const { to, discipline, from, until } = delegation;
    const own = delegator.grants.some((grant) => grant.role === 'approver' && grant.discipline === discipline);
    return decided(
      [
        delegator.delegations.some((given) => given.delegation === delegation.delegation) && alreadySo('This was not delegated yet.'),
        !isSelf(context, person) && ofThePerson('delegation.not-yourself', 'People delegate what is theirs; nobody does it for them.', personStream(person), 'delegate'),
        !alive(delegator) && unknownPerson,
        // What somebody was given to stand in for is not theirs to give.
        !own && rule('delegation.not-yours', 'Only a role that is held oneself is delegated.', `approver:${discipline}`, 'grant-role'),
        identitiesOf(person, delegator).includes(to) && ofThePerson('delegation.to-yourself', 'Somebody else stands in.', 'someone else', 'delegate'),
        !(alive(others[to]) && others[to]?.memberOf?.kind === 'organisation') &&
          rule('delegation.to-nobody', 'Whoever stands in is one of the organisation’s own people, and not disabled.', personStream(to), 'register-person'),
        others[to] !== undefined && !maySign(others[to], from < context.today ? context.today : from) &&
          ofThePerson('delegation.to-no-signer', 'Whoever stands in has a role of their own by which they read what they sign; who only reads, keeps the accounts of people or speaks for those who use a service signs for nobody.', 'someone else', 'delegate'),
        until < from && ofThePerson('delegation.ends-before-it-begins', 'The last day of a delegation is not before its first.', 'until', 'delegate'),
        until < context.today && ofThePerson('delegation.over', 'A delegation lasts until today or later.', 'until', 'delegate'),
        until > addDays(from, aYear) && ofThePerson('delegation.too-long', 'A delegation lasts a year at most, and is then given anew.', 'until', 'delegate'),
      ],
      { stream: personStream(person), type: 'concordat.person.delegated.v1', data: delegation },
      { stream: personStream(to), type: 'concordat.person.asked-to-stand-in.v1', data: { delegation: delegation.delegation, for: person } },
    );
  },

  'withdraw-delegation': (states, { person, delegation }, context) => {
    if (!isSelf(context, person) && lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    return decided(
      [
        !states.person.delegations.some((given) => given.delegation === delegation) &&
          ofThePerson('delegation.unknown', 'The person gave the delegation that is withdrawn.', 'delegation', 'delegate'),
      ],
      { stream: personStream(person), type: 'concordat.person.delegation-withdrawn.v1', data: { delegation } },
    );
  },

  // Someone who fell ill does not do it themselves.
  'record-absence': (states, { person, absence, from, until }, context) => {
    if (!isSelf(context, person) && lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    return decided(
      [
        states.person.absences.some((recorded) => recorded.absence === absence) && alreadySo('This absence is not recorded yet.'),
        !states.person.registered && unknownPerson,
        until < from && ofThePerson('absence.ends-before-it-begins', 'The last day of an absence is not before its first.', 'until', 'record-absence'),
      ],
      { stream: personStream(person), type: 'concordat.person.absence-recorded.v1', data: { absence, from, until } },
    );
  },

  'end-absence': (states, { person, absence }, context) => {
    if (!isSelf(context, person) && lacksRight(states, states.person.memberOf, context)) return refuse(rightMissing('people.manage'));
    return decided(
      [
        !states.person.absences.some((recorded) => recorded.absence === absence) &&
          ofThePerson('absence.unknown', 'The absence that ends was recorded.', 'absence', 'record-absence'),
      ],
      { stream: personStream(person), type: 'concordat.person.absence-ended.v1', data: { absence } },
    );
  },

  'link-identities': (states, { person, with: other }, context) => {
    if (lacksRight(states, states.person.memberOf, context) || lacksRight(states, states.others[other]?.memberOf ?? null, context)) {
      return refuse(rightMissing('people.manage'));
    }
    const all = [...new Set([...identitiesOf(person, states.person), ...identitiesOf(other, states.others[other])])];
    const stateOf = (id: string) => (id === person ? states.person : states.others[id]);
    const providerOf = (id: string) => {
      const memberOf = stateOf(id)?.memberOf;
      return memberOf?.kind === 'provider' ? memberOf.provider : null;
    };
    const [first, ...more] = all.map((id): PersonEvent => ({
      stream: personStream(id),
      type: 'concordat.person.identities-linked.v1',
      data: { identities: all.filter((each) => each !== id).map((each) => ({ person: each, provider: providerOf(each) })) },
    }));
    return decided(
      [
        identitiesOf(person, states.person).slice(1).includes(other) && alreadySo('The two are not linked yet.'),
        person === other && rule('identity.same', 'Two ids are linked, not one.', 'with', 'link-identities'),
        ...all.filter((id) => stateOf(id)?.registered !== true).map((id) => rule('person.unknown', 'Everyone linked is registered.', personStream(id), 'register-person')),
      ],
      first!,
      ...more,
    );
  },
  'unlink-identities': (states, { person, reason }, context) => {
    const { actor } = context;
    const before = states.person.identities;
    if (lacksRight(states, states.person.memberOf, context) || before.some(({ person: other }) => lacksRight(states, states.others[other]?.memberOf ?? null, context))) {
      return refuse(rightMissing('people.manage'));
    }
    const by = identitiesOf(actorName(actor), states.by);
    const rest = before.map(({ person: other }): PersonEvent => ({
      stream: personStream(other),
      type: 'concordat.person.identities-unlinked.v1',
      data: { identities: (states.others[other]?.identities ?? []).filter((one) => one.person !== person), reason },
    }));
    return decided(
      [
        before.length === 0 && rule('identity.not-linked', 'The id was said to be of somebody who stands here under another.', 'person', 'link-identities'),
        [person, ...before.map((one) => one.person)].some((one) => by.includes(one)) && rule('identity.own', 'Whose ids they are says nothing of it.', 'another administrator', 'unlink-identities'),
        // One administrator would otherwise free somebody of their own work for as long as it takes to approve it.
        before.some(({ person: other }) => by.includes(states.person.linkedBy[other] ?? '')) && rule('identity.one-word', 'That two ids are of two people after all is said by another administrator than whoever linked them.', 'another administrator', 'unlink-identities'),
      ],
      { stream: personStream(person), type: 'concordat.person.identities-unlinked.v1', data: { identities: [], reason } },
      ...rest,
    );
  },
} satisfies { [C in PersonCommandName]: Decide<C> };

/** Decides one command about a person. Pure; every reason against it at once, and none of them after the right is missing. */
export function decidePerson(states: PersonStates, command: PersonCommandBody, context: PersonContext): Decision<PersonEvent> {
  return (decide[command.name] as Decide<PersonCommandName>)(states, command as PersonCommandOf<PersonCommandName>, context);
}
