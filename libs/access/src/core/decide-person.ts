import type { Decision, Refusal } from '@concordat/journal/core';
import { accept, refuse } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Actor, Scope } from './actor.js';
import { actingNow } from './actor.js';
import type { RoleGrant } from './grant.js';
import { isProviderRole, may, rightMissing } from './may.js';
import type { DisablingReason, Membership, Person, PersonEvent } from './person.js';
import { personStream } from './person.js';
import type { Provider } from './provider.js';

export type PersonCommands = {
  'register-person': { readonly person: string; readonly memberOf: Membership };
  'grant-role': { readonly person: string; readonly grant: string } & RoleGrant;
  'withdraw-role': { readonly person: string; readonly grant: string };
  'disable-person': { readonly person: string; readonly reason: DisablingReason };
  'enable-person': { readonly person: string };
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

function lacksRight(states: PersonStates, memberOf: Membership | null, context: PersonContext): boolean {
  return !may(actingNow(context.actor, states.by), 'people.manage', whose(memberOf), context.today);
}

function decided(refusals: readonly Refusal[], event: PersonEvent): Decision<PersonEvent> {
  const [first, ...more] = refusals;
  return first === undefined ? accept(event) : refuse(first, ...more);
}

const sameGrant = (a: RoleGrant, b: RoleGrant): boolean =>
  a.role === b.role && a.discipline === b.discipline && a.provider === b.provider && a.from === b.from &&
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
    if (isSelf(context, person)) {
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
    const refusals = isSelf(context, command.person)
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
} satisfies { [C in PersonCommandName]: Decide<C> };

/** Decides one command about a person. Pure; every reason against it at once, and none of them after the right is missing. */
export function decidePerson(states: PersonStates, command: PersonCommandBody, context: PersonContext): Decision<PersonEvent> {
  return (decide[command.name] as Decide<PersonCommandName>)(states, command as PersonCommandOf<PersonCommandName>, context);
}
