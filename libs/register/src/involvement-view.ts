import type { Reach } from '@concordat/access/core';
import { type Agreement, plainWords, reachOfInvolvement } from '@concordat/agreement/core';
import { Consumers } from '@concordat/journal';
import { pathways } from '@concordat/pathway';
import { Clock, Database, londonDay } from '@concordat/platform';
import { addDays } from '@concordat/platform/core';
import { Injectable } from '@nestjs/common';
import { involvementName } from './involvement-view.consumer.js';
import {
  type AskedBefore, countElsewhere, type InvolvementBy, type InvolvementOverTime, readAskedBefore, readOverTime, readStuck, type StuckAgreement,
} from './involvement-view.store.js';

/** Reach with what only the whole organisation knows. */
export interface ReachElsewhere {
  readonly affected: readonly string[];
  readonly heard: readonly string[];
  readonly notHeard: readonly string[];
  readonly people: number;
  /** How many of them also took part in another agreement within reach in the last twelve months. */
  readonly alsoElsewhere: number;
}

const aYear = 365;
const twoYears = 730;
const mostAgreements = 20;
// Nobody sees a count of agreements they may not see one by one; a provider's people see none.
const within = (reach: Reach): readonly string[] | null => (reach === 'all' ? null : reach.agreements);

/** Involvement across agreements. A view: it may lag, it warns, and it never refuses. */
@Injectable()
export class InvolvementView {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly clock: Clock,
  ) {}

  /** Say and Do by the quarter in which stages were left, of the agreements within reach. `upTo`: a position the reader has seen. */
  async overTime(tenant: string, reach: Reach, by: InvolvementBy, upTo?: number): Promise<readonly InvolvementOverTime[]> {
    await this.catchUp(tenant, upTo);
    return readOverTime(this.database, tenant, by, within(reach));
  }

  /** Agreements that are stuck on their way from engagement to co-production, longest first. */
  async stuck(tenant: string, reach: Reach, o: { readonly limit: number; readonly upTo?: number }): Promise<readonly StuckAgreement[]> {
    await this.catchUp(tenant, o.upTo);
    const running = pathways.allFor(tenant).flatMap(({ id, version, stages }) => stages.filter(({ startsService }) => startsService === true).map((stage) => `${id}@${version} ${stage.id}`));
    return readStuck(this.database, tenant, { at: this.clock.now().toISOString(), running, limit: o.limit, within: within(reach) });
  }

  /** What people of the same place and theme were asked in the last 24 months. A warning: they may not have to be asked again. */
  async askedBefore(tenant: string, reach: Reach, agreement: Agreement, upTo?: number): Promise<readonly AskedBefore[]> {
    const [place, theme] = [agreement.facts.place?.value, agreement.facts.theme?.value];
    if (place === undefined || theme === undefined) return [];
    await this.catchUp(tenant, upTo);
    const found = await readAskedBefore(this.database, tenant, {
      agreement: agreement.id, placeKey: plainWords(place), themeKey: plainWords(theme), since: addDays(this.today(), -twoYears), limit: mostAgreements, within: within(reach),
    });
    const affected = reachOfInvolvement(agreement).affected.map(plainWords);
    return found.map((one) => ({ ...one, sameGroups: one.groups.filter((group) => affected.includes(plainWords(group))) }));
  }

  /** Whom involvement in this agreement reached, and how many of them take part elsewhere too. */
  async reach(tenant: string, reach: Reach, agreement: Agreement, upTo?: number): Promise<ReachElsewhere> {
    const { people, ...groups } = reachOfInvolvement(agreement);
    await this.catchUp(tenant, upTo);
    const alsoElsewhere = await countElsewhere(this.database, tenant, { agreement: agreement.id, people, since: addDays(this.today(), -aYear), within: within(reach) });
    return { ...groups, people: people.length, alsoElsewhere };
  }

  private async catchUp(tenant: string, upTo: number | undefined): Promise<void> {
    if (upTo !== undefined) await this.consumers.catchUp(involvementName, tenant, { until: upTo, withinMs: 200 });
  }

  private today(): string {
    return londonDay(this.clock.now());
  }
}
