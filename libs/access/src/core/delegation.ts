import type { CivilDate } from '@concordat/platform/core';
import type { Actor } from './actor.js';
import type { RoleGrant } from './grant.js';
import type { Delegation, Person } from './person.js';
import type { Role } from './right.js';

// An auditor writes nothing, an administrator approves nothing, an elected member reads and dissents; the others speak for those who use a service.
const signNothing: readonly Role[] = ['auditor', 'administrator', 'elected-member', 'participant', 'representative', 'advocate'];

/** On which agreements this person may sign in an approver’s place on this day: on those they have a role on by which they read what is signed, but for roles that sign nothing. */
function signsOn({ grants }: Pick<Person, 'grants'>, day: CivilDate): 'all' | readonly string[] {
  const signing = grants.filter(({ role, from, until }) => !signNothing.includes(role) && (from === undefined || from <= day) && (until === undefined || day <= until)).map(({ agreements }) => agreements);
  return signing.includes(undefined) ? 'all' : signing.flatMap((agreements) => agreements ?? []);
}

/** May this person sign in an approver’s place on this day, on some agreement at least? */
export const maySign = (person: Pick<Person, 'grants'>, day: CivilDate): boolean => signsOn(person, day).length > 0;

/** Is this person away on this day? */
export function isAway({ absences }: Pick<Person, 'absences'>, day: CivilDate): boolean {
  return absences.some(({ from, until }) => from <= day && day <= until);
}

/** The delegations of this person that let `to` sign on this day. */
export function delegationsTo(delegator: Person, to: string, day: CivilDate): readonly Delegation[] {
  return delegator.delegations.filter(
    (delegation) => delegation.to === to && delegation.from <= day && day <= delegation.until && (delegation.when === 'always' || isAway(delegator, day)),
  );
}

/**
 * Whoever acts, with nothing but what the delegator's own grants and a delegation in force both give. Empty-handed where
 * either of the two is unknown, disabled or one of a provider's people, where the delegator's own role has ended, or where whoever acts signs nothing.
 */
export function standingIn(actor: Actor, acting: Person, delegator: Person, day: CivilDate): Actor {
  if (actor.kind === 'system') return actor;
  const inTheHouse = [acting, delegator].every(({ registered, disabled, memberOf }) => registered && !disabled && memberOf?.kind === 'organisation');
  const given = inTheHouse ? delegationsTo(delegator, actor.person, day) : [];
  const on = signsOn(acting, day);
  return { ...actor, grants: given.flatMap((delegation) => delegator.grants.flatMap((grant) => within(grant, delegation))).flatMap((grant) => onThese(grant, on)) };
}

/** The grant on these agreements; nothing where it is for none of them. */
function onThese(grant: RoleGrant, agreements: 'all' | readonly string[]): readonly RoleGrant[] {
  if (agreements === 'all') return [grant];
  const both = grant.agreements === undefined ? agreements : agreements.filter((agreement) => grant.agreements?.includes(agreement));
  return both.length === 0 ? [] : [{ ...grant, agreements: both }];
}

/** What both the grant and the delegation allow. */
function within(grant: RoleGrant, { discipline, agreements }: Delegation): readonly RoleGrant[] {
  return grant.role === 'approver' && grant.discipline === discipline ? onThese(grant, agreements ?? 'all') : [];
}
