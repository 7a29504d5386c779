import type { CivilDate } from '@concordat/platform/core';

/** The version of a pathway or route that new agreements begin on; `since` is absent of one that followed no other, and of an own one, which is in use from its publication. */
export interface InUse {
  readonly version: number;
  readonly title: string;
  readonly since?: CivilDate;
}
