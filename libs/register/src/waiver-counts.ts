import type { Reach } from '@concordat/access/core';
import { Clock, Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { countByTeam, type WaiverCount } from './core/index.js';
import { readGiven, readToReview, type WaiverToReview } from './waiver-count.store.js';

/** Waivers across agreements: how often which condition was waived for which team, and which of them go to review. It blocks nothing. */
@Injectable()
export class WaiverCounts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Of the agreements within reach; a provider's people see none. */
  async of(tenant: string, reach: Reach): Promise<{ readonly counts: readonly WaiverCount[]; readonly toReview: readonly WaiverToReview[] }> {
    const within = reach === 'all' ? null : reach.agreements;
    const [given, toReview] = await Promise.all([readGiven(this.database, tenant, this.clock.now().toISOString(), within), readToReview(this.database, tenant, within)]);
    return { counts: countByTeam(given), toReview };
  }
}
