import { type Actor, reachOf } from '@concordat/access/core';
import { Consumers } from '@concordat/journal';
import { Clock, Database, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { notificationsName } from './notification.consumer.js';
import { type NotificationRow, readNotifications } from './notification.store.js';

/** What people were told, for whoever may read it. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly clock: Clock,
  ) {}

  /** May this actor read what everybody was told? Whoever reads every agreement may: a notification says less than an agreement's history. */
  mayReadAll(actor: Actor): boolean {
    return reachOf(actor, 'agreement.read', londonDay(this.clock.now())) === 'all';
  }

  /** One page, newest first, of what one person or everybody was told. `upTo`: a position the reader has seen; waits 200 ms at most. */
  async page(
    tenant: string,
    o: { readonly person?: string; readonly limit: number; readonly before?: { readonly position: number; readonly person: string }; readonly upTo?: number },
  ): Promise<readonly NotificationRow[]> {
    if (o.upTo !== undefined) await this.consumers.catchUp(notificationsName, tenant, { until: o.upTo, withinMs: 200 });
    return readNotifications(this.database, tenant, o);
  }
}
