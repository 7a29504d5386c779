import type { CivilDate } from '@concordat/platform/core';
import type { Role } from './right.js';

/** A role as it was granted, possibly limited: to a discipline (approver), a provider, a partner body, some agreements, some days. */
export type RoleGrant = {
  readonly role: Role;
  readonly discipline?: string;
  readonly provider?: string;
  /**
   * The partner body the person acts for, by the id it is recorded under on those agreements: the role holds on each only while that
   * record is in force, and for no more than it allows. It names its agreements and its last day.
   */
  readonly partner?: string;
  /** Agreement ids; absent means all of the organisation's. */
  readonly agreements?: readonly string[];
  /** The first day the grant holds; absent means from when it was given. */
  readonly from?: CivilDate;
  /** The last day the grant holds; absent means until it is withdrawn. */
  readonly until?: CivilDate;
};
