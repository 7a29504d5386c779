import type { CivilDate } from '@concordat/platform/core';
import type { Actor } from './actor.js';
import { may } from './may.js';
import type { Right } from './right.js';

/** About which agreements somebody has a right: all, or those of the providers they act for, those they were given, and those of which they read what people who take part read. */
export type Reach = 'all' | { readonly providers: readonly string[]; readonly agreements: readonly string[]; readonly takingPart: 'all' | readonly string[] };

/** How far a right of this actor reaches on this day. Lists show what lies within it and nothing else. */
export function reachOf(actor: Actor, right: Right, day: CivilDate): Reach {
  if (may(actor, right, {}, day)) return 'all';
  const grants = actor.kind === 'person' ? actor.grants : [];
  const named = [...new Set(grants.flatMap(({ agreements = [] }) => agreements))];
  return {
    providers: providersOf(actor, right, day),
    agreements: named.filter((agreement) => may(actor, right, { agreement }, day)),
    takingPart: may(actor, right, { takingPart: true }, day) ? 'all' : named.filter((agreement) => may(actor, right, { agreement, takingPart: true }, day)),
  };
}

/** The providers for whom an actor has a right on this day. */
export function providersOf(actor: Actor, right: Right, day: CivilDate): readonly string[] {
  const grants = actor.kind === 'person' ? actor.grants : [];
  return [...new Set(grants.flatMap(({ provider }) => (provider === undefined ? [] : [provider])))].filter((provider) => may(actor, right, { provider }, day));
}
