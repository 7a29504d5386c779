import { type Actor, providersOf } from '@concordat/access/core';
import type { Consumers } from '@concordat/journal';
import type { Clock, Database, Doorbell } from '@concordat/platform';
import type { CivilDate } from '@concordat/platform/core';
import { type AttemptRow, type DeliveryRow, type EndpointHealth, queueAgain, type ResendAsk, readAttempts, readDeliveries, readHealth } from './delivery.store.js';
import { type EndpointRow, readEndpoint, readEndpoints } from './endpoint.store.js';
import { fanOutName } from './fan-out.consumer.js';
import { laneBell, laneId } from './lane.js';
import { type PublishedRow, readFeed } from './published.store.js';

/** A delivery with every attempt that was made, in order. */
export interface DeliveryWithAttempts extends DeliveryRow {
  readonly attempts: readonly AttemptRow[];
}

/** The same for whoever is not the endpoint's owner: what their server answered is theirs. */
export interface DeliveryWithoutAnswers extends DeliveryRow {
  readonly attempts: readonly Omit<AttemptRow, 'body'>[];
}

/** Deliveries as this actor may see them on this day: what a server answered is shown to the people of its provider alone. */
export function deliveriesSeen(deliveries: readonly DeliveryWithAttempts[], actor: Actor, provider: string, day: CivilDate): readonly (DeliveryWithAttempts | DeliveryWithoutAnswers)[] {
  if (providersOf(actor, 'delivery.read', day).includes(provider)) return deliveries;
  return deliveries.map((delivery) => ({ ...delivery, attempts: delivery.attempts.map(({ body: _, ...attempt }) => attempt) }));
}

/** How long a request to send again is known, so that whoever repeats it sends nothing twice. */
const resendKnownForMs = 30 * 24 * 3_600_000;

/** The most deliveries of a file: the newest. */
export const mostDelivered = 10_000;

/** What providers were told and how it went. Whoever asks has been found to be the provider, or may read all deliveries. */
export class Told {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly consumers: Consumers,
  ) {}

  /** Endpoints of one provider, or of all where none is named. `upTo`: a position the reader has seen; waits 200 ms at most. */
  async endpoints(tenant: string, provider?: string, upTo?: number): Promise<EndpointRow[]> {
    await this.catchUp(tenant, upTo);
    return readEndpoints(this.database, tenant, provider);
  }

  /** One endpoint, or undefined; whose it is stands in `provider`. */
  async endpoint(tenant: string, endpoint: string, upTo?: number): Promise<EndpointRow | undefined> {
    await this.catchUp(tenant, upTo);
    const found = await readEndpoint(this.database, tenant, endpoint);
    if (found !== undefined) return found;
    // It may have been registered a moment ago.
    await this.consumers.catchUp(fanOutName, tenant, { withinMs: 200 });
    return readEndpoint(this.database, tenant, endpoint);
  }

  /** How these endpoints fare, by id. */
  health(tenant: string, endpoints: readonly string[]): Promise<ReadonlyMap<string, EndpointHealth>> {
    return readHealth(this.database, tenant, endpoints);
  }

  /** Deliveries of one endpoint with their attempts, newest first; `before` is the position the page before ended with. */
  async deliveries(
    tenant: string,
    endpoint: string,
    limit: number,
    filter: { readonly before?: number; readonly state?: DeliveryRow['state']; readonly event?: string } = {},
  ): Promise<DeliveryWithAttempts[]> {
    const rows = await readDeliveries(this.database, tenant, endpoint, limit, filter);
    const attempts = await readAttempts(this.database, tenant, endpoint, rows.map(({ event }) => event));
    return rows.map((row) => ({ ...row, attempts: attempts.filter(({ event }) => event === row.event) }));
  }

  /**
   * Sends one delivery again, with the same `webhook-id`. Answers the state it has now (`pending`; `held` while the endpoint
   * is disabled; `leased` where a worker is sending it at this moment), or undefined where there is no such delivery. Asked again
   * by the same request within 30 days it sends nothing more, and another request under its id is `key-reused`.
   */
  async resend(tenant: string, endpoint: string, event: string, ask: ResendAsk): Promise<DeliveryRow['state'] | 'key-reused' | undefined> {
    const now = this.clock.now();
    const state = await queueAgain(this.database, tenant, endpoint, event, ask, now, new Date(now.getTime() - resendKnownForMs));
    if (state === 'pending') this.doorbell.ring(laneBell, laneId(tenant, endpoint));
    return state;
  }

  /** What a party was told after this place of its feed (0: from the start), at most `limit` rows, in order; the bodies are those of webhooks. */
  feed(
    tenant: string,
    party: string,
    after: number,
    limit: number,
    filter: { readonly types?: readonly string[]; readonly agreement?: string } = {},
  ): Promise<PublishedRow[]> {
    return readFeed(this.database, tenant, party, after, limit, filter);
  }

  private async catchUp(tenant: string, upTo: number | undefined): Promise<void> {
    if (upTo !== undefined) await this.consumers.catchUp(fanOutName, tenant, { until: upTo, withinMs: 200 });
  }
}
