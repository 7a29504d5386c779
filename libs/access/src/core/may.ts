import type { Missing, Refusal } from '@concordat/journal/core';
import type { CivilDate } from '@concordat/platform/core';
import type { Actor, OnAgreement, Scope } from './actor.js';
import type { RoleGrant } from './grant.js';
import type { Right, Role } from './right.js';
import { roles } from './right.js';
import { partnerHas, partnerTakes } from './partner.js';

// Whoever may see an agreement may dissent from it; only who verifies it writes nothing at all.
const inTheRoom = ['agreement.read', 'pathway.read', 'dissent.record'] as const satisfies Right[];
// Who takes part in deciding says where their own interest lies, may ask for a sign-off, be a second pair of eyes, and hold a key of their own.
const acting = [...inTheRoom, 'conflict.declare', 'sign-off.request', 'second.give', 'key.manage'] as const satisfies Right[];
// Anyone may ask for a sign-off.
const takingPart = [...inTheRoom, 'involvement.contribute', 'involvement.take-part', 'statement.give', 'conflict.declare', 'sign-off.request'] as const satisfies Right[];

/** What each role may do. A right that is not written here is not had (section 8 of the product's words). */
export const rightsOf = {
  commissioner: [
    ...acting, 'agreement.open', 'agreement.edit', 'agreement.move', 'agreement.cancel', 'involvement.manage',
    'involvement.contribute', 'involvement.take-part', 'risk.manage', 'award.make', 'provider.manage', 'event.read', 'delivery.read',
    'delivery.manage', 'delivery.report',
  ],
  'senior-responsible-owner': [
    ...acting, 'agreement.open', 'agreement.edit', 'agreement.move', 'agreement.cancel', 'risk.manage', 'risk.acknowledge', 'statement.give',
    'sign-off.give', 'award.make', 'waiver.answer', 'waiver.review', 'event.read', 'delivery.manage', 'delivery.report',
  ],
  'decision-maker': [...acting, 'decision.record', 'risk.acknowledge', 'waiver.answer', 'event.read'],
  approver: [...acting, 'sign-off.give', 'event.read'],
  'risk-owner': [...acting, 'risk.manage', 'statement.give'],
  representative: [...takingPart, 'involvement.confirm'],
  participant: takingPart,
  advocate: [...takingPart, 'involvement.confirm'],
  facilitator: [...acting, 'involvement.manage', 'involvement.contribute', 'involvement.take-part', 'statement.give'],
  'panel-chair': [...acting, 'risk.advise', 'involvement.manage', 'involvement.contribute', 'involvement.take-part', 'statement.give'],
  'provider-admin': [
    ...acting, 'statement.give', 'people.manage', 'endpoint.manage', 'delivery.read', 'event.read', 'delivery.report',
  ],
  'provider-operator': [...acting, 'statement.give', 'delivery.report', 'endpoint.manage', 'delivery.read', 'event.read'],
  'provider-signatory': [...acting, 'statement.give', 'delivery.report', 'award.accept', 'sign-off.give'],
  'contract-manager': [...acting, 'agreement.edit', 'agreement.move', 'risk.manage', 'provider.manage', 'event.read', 'delivery.read', 'delivery.manage', 'delivery.report'],
  finance: [...acting, 'agreement.edit', 'event.read'],
  auditor: ['agreement.read', 'pathway.read', 'delivery.read', 'event.read', 'journal.read'],
  'elected-member': [...inTheRoom, 'statement.give', 'conflict.declare', 'sign-off.request', 'decision.call-in', 'event.read'],
  publisher: [...inTheRoom, 'publication.manage', 'sign-off.request', 'event.read', 'delivery.read'],
  // Keeps the house in order and approves nothing: no sign-off, no decision, no award, no statement, no move.
  administrator: [
    ...inTheRoom, 'people.manage', 'participant.erase', 'provider.manage', 'key.manage', 'settings.manage', 'endpoint.manage', 'delivery.read', 'event.read', 'journal.read',
    'pathway.manage',
  ],
} as const satisfies Record<Role, readonly Right[]>;

/** Roles of a provider's people: each holds for one provider, and for none when the grant names none. */
export const providerRoles = ['provider-admin', 'provider-operator', 'provider-signatory'] as const satisfies readonly Role[];

/** True for a role that only a provider's own people may hold. */
export function isProviderRole(role: Role): boolean {
  return (providerRoles as readonly Role[]).includes(role);
}

/** Roles of people who take part: to read, each holds for what is theirs to read of an agreement, and for no more of what the organisation keeps. */
export const takingPartRoles = ['participant', 'representative', 'advocate'] as const satisfies readonly Role[];

/** True for a role of people who take part. */
export function takesPart(role: Role): boolean {
  return (takingPartRoles as readonly Role[]).includes(role);
}

/** Actors without a person, and all they may do. A name that is not here may do nothing. */
export const systemActors = {
  /** The first organisation and administrator, on the command line, before anyone could sign in. */
  bootstrap: ['people.manage', 'provider.manage', 'key.manage'],
  /** Whoever runs the server, on the command line: gives people the first credential of their own. */
  operator: ['people.manage', 'provider.manage', 'key.manage', 'journal.read'],
  /** Deadlines that pass by themselves. */
  timer: ['agreement.read', 'risk.manage'],
  /** Agreements taken over from notices and registers. */
  import: ['agreement.read', 'agreement.open', 'provider.manage', 'involvement.contribute'],
  /** Endpoints that stopped answering. */
  webhooks: ['endpoint.manage', 'delivery.read'],
} as const satisfies Record<string, readonly Right[]>;

const rightsOfRole: Readonly<Record<Role, readonly Right[]>> = rightsOf;
const rightsOfSystem: Readonly<Record<string, readonly Right[]>> = systemActors;

/** Whether one of these grants gives a role about this agreement on this day. What a role may do is `may`; this is for what is asked of a role by name. */
export function holdsRole(grants: readonly RoleGrant[], role: string | undefined, { agreement, partners }: OnAgreement, day: CivilDate): boolean {
  return grants.some(
    (grant) =>
      grant.role === role &&
      (grant.agreements === undefined || grant.agreements.includes(agreement)) &&
      (grant.partner === undefined || partners[grant.partner] !== undefined) &&
      (grant.from === undefined || grant.from <= day) &&
      (grant.until === undefined || day <= grant.until),
  );
}

function holds(grant: RoleGrant, right: Right, day: CivilDate): boolean {
  return (
    rightsOfRole[grant.role].includes(right) &&
    (grant.from === undefined || grant.from <= day) &&
    (grant.until === undefined || day <= grant.until) &&
    (grant.partner === undefined || partnerTakes[right] !== 'host') &&
    (!isProviderRole(grant.role) || grant.provider !== undefined) &&
    (grant.role !== 'approver' || grant.discipline !== undefined)
  );
}

// A limit of the grant that the question does not name is not met: silence never widens a grant.
function covers(grant: RoleGrant, right: Right, scope: Scope): boolean {
  return (
    (grant.agreements === undefined || (scope.agreement !== undefined && grant.agreements.includes(scope.agreement))) &&
    (grant.provider === undefined || grant.provider === scope.provider) &&
    (grant.partner === undefined || isWithin(grant.partner, right, scope)) &&
    (right !== 'agreement.read' || !takesPart(grant.role) || scope.takingPart === true) &&
    (grant.discipline === undefined || scope.discipline === undefined || grant.discipline === scope.discipline) &&
    // An approver signs for the discipline named; whoever holds the right without one accepts, and approves nothing.
    (right !== 'sign-off.give' || grant.discipline === scope.discipline)
  );
}

function isWithin(partner: string, right: Right, { partners = {} }: Scope): boolean {
  const level = partners[partner];
  return level !== undefined && partnerHas(level, right);
}

function anyGrant(actor: Actor, right: Right, holdsFor: (grant: RoleGrant) => boolean): boolean {
  if (actor.kind === 'system') {
    return Object.hasOwn(rightsOfSystem, actor.name) && (rightsOfSystem[actor.name] ?? []).includes(right);
  }
  return (actor.scopes === 'all' || actor.scopes.includes(right)) && actor.grants.some(holdsFor);
}

/**
 * May this actor do this, about this, on this day? Deny by default: true only when a grant in force has the right, every
 * limit of that grant is met by the scope, and the key's scopes (if any) have the right too. A provider's people are
 * covered only where the scope names their provider, so ask once per party; a partner body's only where it names the bodies in
 * force; a sign-off asks for its discipline; people who take part read what the scope says is theirs.
 */
export function may(actor: Actor, right: Right, scope: Scope, day: CivilDate): boolean {
  return anyGrant(actor, right, (grant) => holds(grant, right, day) && covers(grant, right, scope));
}

/** Has the actor the right about anything at all on this day? The edge asks this before it looks anything up (403). */
export function mayAtAll(actor: Actor, right: Right, day: CivilDate): boolean {
  return anyGrant(actor, right, (grant) => holds(grant, right, day));
}

/** The roles that give this right. */
export function rolesWith(right: Right): readonly Role[] {
  return roles.filter((role) => rightsOfRole[role].includes(right));
}

/** What every decide answers when `may` says no: the right, and the roles that have it. */
export function rightMissing(right: Right): Refusal {
  const missing: Missing[] = rolesWith(right).map((role) => ({ what: right, suppliedBy: role }));
  return {
    code: 'right.missing',
    asks: `Whoever does this holds the right ${right} today, for this agreement, provider or discipline.`,
    missing,
  };
}
