import type { CivilDate } from '@concordat/platform/core';
import type { Role } from './right.js';

/** A role as it was granted, possibly limited: to a discipline (approver), a provider, some agreements, some days. */
export type RoleGrant = {
  readonly role: Role;
  readonly discipline?: string;
  readonly provider?: string;
  /** Agreement ids; absent means all of the organisation's. */
  readonly agreements?: readonly string[];
  /** The first day the grant holds; absent means from when it was given. */
  readonly from?: CivilDate;
  /** The last day the grant holds; absent means until it is withdrawn. */
  readonly until?: CivilDate;
};
