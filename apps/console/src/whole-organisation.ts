import { type Actor, isProviderRole, may, type Right, type Role, roles, rightsOf, takesPart } from '@concordat/access/core';
import { Problem } from '@concordat/platform';
import { oneOf, roleOf } from './words/say.js';

/** Has the actor this right about everything the organisation keeps, and not only about some agreements or one provider? */
export function mayForAll(actor: Actor, right: Right, day: string): boolean {
  return may(actor, right, {}, day);
}

/** @throws Problem 403 that says who can. */
export function mustForAll(actor: Actor, right: Right, day: string): void {
  if (!mayForAll(actor, right, day)) throw notForYou(right);
}

/** 403: a page or an act of the whole organisation that is not this reader's. */
export function notForYou(right: Right): Problem {
  return new Problem({ status: 403, code: 'right.missing', title: 'You may not do this', detail: `This can be done by ${oneOf(rolesWith(right, (role) => !isProviderRole(role) && !(right === 'agreement.read' && takesPart(role))))}, about the whole organisation.` });
}

/** Whoever has a right, in words. */
export function whoCan(right: Right): string {
  return oneOf(rolesWith(right));
}

function rolesWith(right: Right, which: (role: Role) => boolean = () => true): readonly string[] {
  return roles.filter((role) => which(role) && (rightsOf[role] as readonly Right[]).includes(right)).map(roleOf);
}
