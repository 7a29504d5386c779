import type { Fold, NewEvent } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { RoleGrant } from './grant.js';

/** Whose person this is. It never changes: someone who changes sides is registered anew. */
export type Membership = { readonly kind: 'organisation' } | { readonly kind: 'provider'; readonly provider: string };

/** A role held, under the id it was granted by. */
export type HeldRole = RoleGrant & { readonly grant: string };

/** Why someone was disabled. Codes, because free text about a person has no place in the record. */
export const disablingReasons = ['left', 'long-absence', 'security', 'duplicate', 'other'] as const;
export type DisablingReason = (typeof disablingReasons)[number];
/** Why two ids are of two human beings after all: no words about a person have a place here. */
export const unlinkingReasons = ['same-name', 'wrong-id', 'other'] as const;
export type UnlinkingReason = (typeof unlinkingReasons)[number];

/**
 * Somebody else may sign in this person's place: a named one, for one discipline, between two days. It gives what the
 * person holds themselves and nothing that was delegated to them, so it cannot be passed on.
 */
export type Delegation = {
  readonly delegation: string;
  /** The person who stands in. */
  readonly to: string;
  readonly discipline: string;
  readonly from: CivilDate;
  /** The last day; at most a year after the first. */
  readonly until: CivilDate;
  /** Agreement ids; `null` for all the person signs for. */
  readonly agreements: readonly string[] | null;
  /** Up to this value of an agreement, in whole pounds; `null` for any. */
  readonly upTo: number | null;
  /** `absent`: only on days the person is away. */
  readonly when: 'always' | 'absent';
};

/** Days on which a person is away, the first and the last included. */
export type Absence = { readonly absence: string; readonly from: CivilDate; readonly until: CivilDate };

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
  /** By grant: who gave it, a person id or `system:<name>`. */
  readonly givenBy: Readonly<Record<string, string>>;
  /** Who may sign in this person's place. */
  readonly delegations: readonly Delegation[];
  readonly absences: readonly Absence[];
  /** People who at some time asked this person to stand in; what holds of it, their own streams say. */
  readonly standsInFor: readonly string[];
  /** Other ids of the same human being, such as one who changed sides: what is own work of one is own work of all. */
  readonly identities: readonly Identity[];
  /** By each of those ids: who said so, a person id or `system:<name>`. */
  readonly linkedBy: Readonly<Record<string, string>>;
}

/** Another id of the same human being, and the provider whose person they are under it; `null` in the organisation. */
export type Identity = { readonly person: string; readonly provider: string | null };

export type PersonEvents = {
  'concordat.person.registered.v1': { readonly memberOf: Membership };
  'concordat.person.role-granted.v1': HeldRole;
  'concordat.person.role-withdrawn.v1': { readonly grant: string };
  'concordat.person.disabled.v1': { readonly reason: DisablingReason };
  'concordat.person.enabled.v1': Readonly<Record<string, never>>;
  'concordat.person.delegated.v1': Delegation;
  /** In the stream of whoever stands in. */
  'concordat.person.asked-to-stand-in.v1': { readonly delegation: string; readonly for: string };
  'concordat.person.delegation-withdrawn.v1': { readonly delegation: string };
  'concordat.person.absence-recorded.v1': Absence;
  'concordat.person.absence-ended.v1': { readonly absence: string };
  /** `identities`: every other id of this human being, after it was found out. */
  'concordat.person.identities-linked.v1': { readonly identities: readonly Identity[] };
  /** One of them is somebody else after all. `identities`: every other id that is left of whoever this stream is of. */
  'concordat.person.identities-unlinked.v1': { readonly identities: readonly Identity[]; readonly reason: UnlinkingReason };
};
export type PersonEvent = { [T in keyof PersonEvents]: NewEvent<T, PersonEvents[T]> }[keyof PersonEvents];

/** The stream of a person. */
export const personStream = (person: string): string => `person-${person}`;

export const initialPerson: Person = { registered: false, disabled: false, memberOf: null, grants: [], givenBy: {}, delegations: [], absences: [], standsInFor: [], identities: [], linkedBy: {} };

const evolve = {
  'concordat.person.registered.v1': (person, { memberOf }) => ({ ...person, registered: true, memberOf }),
  'concordat.person.role-granted.v1': (person, grant, by) => ({ ...person, grants: [...person.grants, grant], givenBy: { ...person.givenBy, [grant.grant]: by } }),
  'concordat.person.role-withdrawn.v1': (person, { grant }) => ({
    ...person,
    grants: person.grants.filter((held) => held.grant !== grant),
  }),
  'concordat.person.disabled.v1': (person) => ({ ...person, disabled: true }),
  'concordat.person.enabled.v1': (person) => ({ ...person, disabled: false }),
  'concordat.person.delegated.v1': (person, delegation) => ({ ...person, delegations: [...person.delegations, delegation] }),
  'concordat.person.asked-to-stand-in.v1': (person, asked) => ({ ...person, standsInFor: [...new Set([...person.standsInFor, asked.for])] }),
  'concordat.person.delegation-withdrawn.v1': (person, { delegation }) => ({
    ...person,
    delegations: person.delegations.filter((given) => given.delegation !== delegation),
  }),
  'concordat.person.absence-recorded.v1': (person, absence) => ({ ...person, absences: [...person.absences, absence] }),
  'concordat.person.absence-ended.v1': (person, { absence }) => ({
    ...person,
    absences: person.absences.filter((recorded) => recorded.absence !== absence),
  }),
  // Nobody gives a role to themselves: what one of the ids gave another counts no more, until somebody else gives it.
  'concordat.person.identities-linked.v1': (person, { identities }, by) => ({
    ...person,
    identities,
    linkedBy: Object.fromEntries(identities.map(({ person: other }) => [other, person.linkedBy[other] ?? by])),
    grants: person.grants.filter(({ grant }) => !identities.some((other) => other.person === person.givenBy[grant])),
  }),
  // A role that fell by the link is given anew by somebody, or is not.
  'concordat.person.identities-unlinked.v1': (person, { identities }) => ({
    ...person,
    identities,
    linkedBy: Object.fromEntries(identities.flatMap(({ person: other }) => (person.linkedBy[other] === undefined ? [] : [[other, person.linkedBy[other]]]))),
  }),
} satisfies { [T in keyof PersonEvents]: (person: Person, data: PersonEvents[T], by: string) => Person };

export const personFold: Fold<Person, PersonEvent> = {
  kind: 'person',
  number: 4,
  initial: initialPerson,
  types: Object.keys(evolve) as (keyof PersonEvents)[],
  upcasts: {},
  evolve: (person, event) => (evolve[event.type] as (person: Person, data: PersonEvent['data'], by: string) => Person)(person, event.data, event.meta.actor),
};
