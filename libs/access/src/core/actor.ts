import type { CivilDate } from '@concordat/platform/core';
import type { Right, Role } from './right.js';

/** A role as it was granted, possibly limited: to a discipline (approver), a provider, some agreements, some days. */
export interface RoleGrant {
  readonly role: Role;
  readonly discipline?: string;
  readonly provider?: string;
  /** Agreement ids; absent means all of the organisation's. */
  readonly agreements?: readonly string[];
  readonly from?: CivilDate;
  readonly until?: CivilDate;
}

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
}
