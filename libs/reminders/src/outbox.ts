import { People, PersonNames } from '@concordat/access';
import { type Actor, reachOf } from '@concordat/access/core';
import { Agreements } from '@concordat/agreement';
import { type Agreement, agreementFold, agreementStream, type Events, type EventType } from '@concordat/agreement/core';
import { Consumers } from '@concordat/journal';
import { Clock, Database, londonDay } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import { partiesTold, toldOf, wordsOf } from './core/index.js';
import { everybodyOf, notificationsName } from './notification.consumer.js';
import { type NotificationRow, type OutboxMark, readNotifications } from './notification.store.js';

/** The most lines of a file: the newest. */
export const mostTold = 5_000;

/** A line of the outbox with what it says and whom it went to. `name` is null where the person is not known. */
export interface ToldLine extends NotificationRow {
  readonly says: string;
  readonly name: string | null;
  readonly title: string;
  readonly address: string;
}

/** What people were told, for whoever may read it. */
@Injectable()
export class Outbox {
  constructor(
    private readonly database: Database,
    private readonly consumers: Consumers,
    private readonly clock: Clock,
    private readonly agreements: Agreements,
    private readonly names: PersonNames,
    private readonly people: People,
  ) {}

  /** May this actor read what everybody was told? Whoever reads every agreement may: a notification says less than an agreement's history. */
  mayReadAll(actor: Actor): boolean {
    return reachOf(actor, 'agreement.read', londonDay(this.clock.now())) === 'all';
  }

  /**
   * Whom events that have not happened yet would be told to, and in which words; the third waiver of one condition apart, which
   * only the count over all agreements knows.
   * @param agreement as it stands before them. @param by whose command they would come of.
   */
  async foretold(tenant: string, agreement: Agreement, events: readonly { readonly type: string; readonly data: unknown; readonly stream: string }[], by: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const everybody = await everybodyOf(this.people, tenant);
    const told = new Map<string, readonly string[]>();
    const now = this.clock.now();
    // Each of them is told on what those before it left: a party that is invited anew is what it is then.
    let stands = agreement;
    for (const [version, event] of events.entries()) {
      const { type, data, stream } = event;
      const happened = { type: type as EventType, data: data as Events[EventType], by, agreement: stands };
      const own = toldOf(happened, everybody, londonDay(now)).map((person) => ({ type, person }));
      const parties = partiesTold(happened, everybody).filter(({ person }) => !own.some((one) => one.person === person));
      for (const one of [...own, ...parties]) {
        const says = wordsOf(one.type)?.says ?? '';
        told.set(says, [...new Set([...(told.get(says) ?? []), one.person])]);
      }
      if (stream === agreementStream(agreement.id)) stands = agreementFold.evolve(stands, { ...event, version, recordedAt: now.toISOString(), meta: { actor: by } } as never);
    }
    return told;
  }

  /** One page, newest first, of what one person or everybody was told. `upTo`: a position the reader has seen; waits 200 ms at most. */
  async page(
    tenant: string,
    o: { readonly person?: string; readonly limit: number; readonly before?: OutboxMark; readonly upTo?: number },
  ): Promise<readonly NotificationRow[]> {
    if (o.upTo !== undefined) await this.consumers.catchUp(notificationsName, tenant, { until: o.upTo, withinMs: 200 });
    return readNotifications(this.database, tenant, o);
  }

  /**
   * The newest 5,000 of what one person or everybody was told, with names, and titles as the reader sees each agreement: for a file.
   * @param origin where addresses begin.
   */
  async lines(tenant: string, reader: Actor, person: string | undefined, origin: string): Promise<readonly ToldLine[]> {
    const rows = await this.page(tenant, { limit: mostTold, ...(person !== undefined && { person }) });
    const [names, agreements] = await Promise.all([
      this.names.of(tenant, [...new Set(rows.map((row) => row.person))]),
      this.agreements.seeAll(tenant, [...new Set(rows.map(({ agreement }) => agreement))], reader, londonDay(this.clock.now())),
    ]);
    return rows.map((row) => ({
      ...row,
      says: wordsOf(row.type)?.says ?? '',
      name: names.get(row.person)?.name ?? null,
      title: agreements.get(row.agreement)?.agreement.title ?? '',
      address: `${origin}/agreements/${row.agreement}${wordsOf(row.type)?.part ?? ''}`,
    }));
  }
}
