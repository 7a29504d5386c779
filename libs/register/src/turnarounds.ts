import type { Reach } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { Consumers } from '@concordat/journal';
import { Clock, Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { type WaitsOn, waitsOn } from './core/index.js';
import { turnaroundName } from './turnaround.consumer.js';
import { readTurnaround, readWaiting, type TurnaroundOfDiscipline, type WaitingSignOff } from './turnaround.store.js';

const mostWaiting = 100;

/** How long sign-offs wait across agreements, and who holds up what. A view: it may lag, and it blocks nothing. */
@Injectable()
export class Turnarounds {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly agreements: Agreements,
    private readonly clock: Clock,
  ) {}

  /** Of the agreements within reach; a provider's people see none. Of those that wait the hundred that wait longest. `upTo`: a position the reader has seen. */
  async of(tenant: string, reach: Reach, upTo?: number): Promise<{ readonly disciplines: readonly TurnaroundOfDiscipline[]; readonly waiting: readonly (WaitingSignOff & { readonly waitsOn: WaitsOn })[] }> {
    if (upTo !== undefined) await this.consumers.catchUp(turnaroundName, tenant, { until: upTo, withinMs: 200 });
    const within = reach === 'all' ? null : reach.agreements;
    const [disciplines, waiting] = await Promise.all([readTurnaround(this.database, tenant, this.clock.now().toISOString(), within), readWaiting(this.database, tenant, within, mostWaiting)]);
    const found = await this.agreements.findAll(tenant, [...new Set(waiting.map(({ agreement }) => agreement))]);
    return {
      disciplines,
      // What was answered since is no longer held up by anybody.
      waiting: waiting.flatMap((one) => {
        const agreement = found.get(one.agreement)?.agreement;
        const on = agreement && waitsOn(agreement, one.signOff);
        return on === undefined ? [] : [{ ...one, waitsOn: on }];
      }),
    };
  }
}
