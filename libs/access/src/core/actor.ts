import type { RoleGrant } from './grant.js';
import type { PartnerMay } from './partner.js';
import type { Person } from './person.js';
import type { Right } from './right.js';

/** Who acts, in exactly one tenant. A `system` actor (timer, import) has its own short list of rights. */
export type Actor =
  | {
      readonly kind: 'person';
      readonly person: string;
      readonly grants: readonly RoleGrant[];
      /** Rights the API key is limited to; `all` for a session or an unlimited key. */
      readonly scopes: readonly Right[] | 'all';
    }
  | { readonly kind: 'system'; readonly name: string };

/** What the right is asked about. */
export interface Scope {
  readonly agreement?: string;
  readonly provider?: string;
  readonly discipline?: string;
  /** The partner bodies whose record on the agreement is in force on the day, by id, and what each may; absent means none. */
  readonly partners?: Readonly<Record<string, PartnerMay>>;
  /** To read what people who take part in an agreement read of it; absent means all of it. */
  readonly takingPart?: true;
}

/** One agreement, as somebody's rights on it are asked about. */
export type OnAgreement = Required<Pick<Scope, 'agreement' | 'partners'>>;

/** How an actor stands in an event's meta: a person id, or `system:<name>`. */
export function actorName(actor: Actor): string {
  return actor.kind === 'person' ? actor.person : `system:${actor.name}`;
}

/**
 * The actor with the grants that stand in their stream now. A principal may be a second old; a decision may not rest on
 * that, so every decide asks `may(actingNow(actor, person), …)` with the person folded under the same append.
 * Nothing is left of someone disabled or unknown.
 */
export function actingNow(actor: Actor, person: Person): Actor {
  if (actor.kind === 'system') return actor;
  return { ...actor, grants: person.registered && !person.disabled ? person.grants : [] };
}
