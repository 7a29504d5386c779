import type { Fold, NewEvent } from '@concordat/journal/core';
import type { RoleGrant } from './grant.js';

/** Whose person this is. It never changes: someone who changes sides is registered anew. */
export type Membership = { readonly kind: 'organisation' } | { readonly kind: 'provider'; readonly provider: string };

/** A role held, under the id it was granted by. */
export type HeldRole = RoleGrant & { readonly grant: string };

/** Why someone was disabled. Codes, because free text about a person has no place in the record. */
export const disablingReasons = ['left', 'long-absence', 'security', 'duplicate', 'other'] as const;
export type DisablingReason = (typeof disablingReasons)[number];

/**
 * A member of staff of the organisation or of a provider: state of a `person-<uuid>` stream. Names and e-mail addresses
 * stand in `access.person`, never here.
 */
export interface Person {
  readonly registered: boolean;
  readonly disabled: boolean;
  /** `null` before registration. */
  readonly memberOf: Membership | null;
  readonly grants: readonly HeldRole[];
}

export type PersonEvents = {
  'concordat.person.registered.v1': { readonly memberOf: Membership };
  'concordat.person.role-granted.v1': HeldRole;
  'concordat.person.role-withdrawn.v1': { readonly grant: string };
  'concordat.person.disabled.v1': { readonly reason: DisablingReason };
  'concordat.person.enabled.v1': Readonly<Record<string, never>>;
};
export type PersonEvent = { [T in keyof PersonEvents]: NewEvent<T, PersonEvents[T]> }[keyof PersonEvents];

/** The stream of a person. */
export const personStream = (person: string): string => `person-${person}`;

export const initialPerson: Person = { registered: false, disabled: false, memberOf: null, grants: [] };

const evolve = {
  'concordat.person.registered.v1': (person, { memberOf }) => ({ ...person, registered: true, memberOf }),
  'concordat.person.role-granted.v1': (person, grant) => ({ ...person, grants: [...person.grants, grant] }),
  'concordat.person.role-withdrawn.v1': (person, { grant }) => ({
    ...person,
    grants: person.grants.filter((held) => held.grant !== grant),
  }),
  'concordat.person.disabled.v1': (person) => ({ ...person, disabled: true }),
  'concordat.person.enabled.v1': (person) => ({ ...person, disabled: false }),
} satisfies { [T in keyof PersonEvents]: (person: Person, data: PersonEvents[T]) => Person };

export const personFold: Fold<Person, PersonEvent> = {
  kind: 'person',
  number: 1,
  initial: initialPerson,
  types: Object.keys(evolve) as (keyof PersonEvents)[],
  upcasts: {},
  evolve: (person, event) => (evolve[event.type] as (person: Person, data: PersonEvent['data']) => Person)(person, event.data),
};
