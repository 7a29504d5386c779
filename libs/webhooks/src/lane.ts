import { randomInt } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { type Clock, type Database, type Doorbell, log, type Sealing } from '@concordat/platform';
import { secondsUntilRetry } from './core/index.js';
import { claim, type Claimed, lanesDue, lanesDueIn, record, renew, type Tried } from './delivery.store.js';
import type { EndpointHandler } from './endpoint.handler.js';
import { readOpenLane } from './endpoint.store.js';
import { secondsToHold } from './retry-after.js';
import { associatedOf } from './secret.js';
import { type Answer, type Sender } from './sender.js';
import { signatureOf } from './signature.js';

/** The bell of a lane; its ids are `tenant/endpoint`. Only a wake-up: what is due stands in rows. */
export const laneBell = 'lane';

/** The id a lane is rung by. */
export const laneId = (tenant: string, endpoint: string): string => `${tenant}/${endpoint}`;

/** How much a lane does before it gives way. */
export interface LaneLimits {
  /** Deliveries of one endpoint under way at once. */
  readonly inFlight: number;
  /** Deliveries of one run. */
  readonly most: number;
  /** Milliseconds after which a run takes no more. */
  readonly giveWayMs: number;
  /** Milliseconds a delivery is held for. It is renewed while the attempt is under way, so only a lost worker lets it run out. */
  readonly leaseMs: number;
}

/** The limits unless told: five at once, 25 or ten seconds a run, a lease of ten seconds. */
export const laneLimits: LaneLimits = { inFlight: 5, most: 25, giveWayMs: 10_000, leaseMs: 10_000 };

/**
 * Delivers what is due to one endpoint. At least once: a delivery is settled only by the record of its answer, so a worker
 * that dies between the two leaves a lease that runs out, and the same event is sent again under the same `webhook-id`.
 */
export class Lanes {
  private stopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly doorbell: Doorbell,
    private readonly sealing: Sealing,
    private readonly sender: Sender,
    private readonly endpoints: EndpointHandler,
    private readonly limits: LaneLimits = laneLimits,
  ) {}

  /** One run of a lane, the handler of `laneBell`. It gives way after some deliveries or seconds and rings for the rest. */
  async run(id: string): Promise<void> {
    const [tenant = '', endpoint = ''] = id.split('/');
    const began = performance.now();
    for (let sent = 0; sent < this.limits.most && performance.now() - began < this.limits.giveWayMs; ) {
      if (this.stopping) return; // what is due stands in rows; another worker or the next start finds it
      const count = await this.runBatch(tenant, endpoint, Math.min(this.limits.inFlight, this.limits.most - sent));
      if (count === 0) return;
      sent += count;
    }
    this.doorbell.ring(laneBell, id);
  }

  /**
   * Rings every lane with something due, or those of one tenant; answers how many. The worker calls it for a tenant after its
   * consumers have run, and its ticker for all, because rings may be lost and retries are rows.
   */
  async ringDue(tenant?: string): Promise<number> {
    const now = this.clock.now().toISOString();
    const due = tenant === undefined ? await lanesDue(this.database, now) : await lanesDueIn(this.database, tenant, now);
    for (const lane of due) this.doorbell.ring(laneBell, laneId(lane.tenant, lane.endpoint));
    return due.length;
  }

  /** From now on a run ends after the deliveries it has under way: within one attempt's time. */
  stop(): void {
    this.stopping = true;
  }

  private async runBatch(tenant: string, endpoint: string, limit: number): Promise<number> {
    const now = this.clock.now().toISOString();
    const lane = await readOpenLane(this.database, tenant, endpoint, now);
    if (lane === undefined) return 0;
    const claimed = await claim(this.database, tenant, endpoint, now, this.leaseUntil(), limit);
    if (claimed.length === 0) return 0;

    const secrets = lane.keys.map(({ key, sealed }) => this.sealing.open(sealed, associatedOf(tenant, endpoint, key)).toString('utf8'));
    const tried = await this.holding(tenant, endpoint, claimed, () =>
      Promise.all(claimed.map((delivery) => this.attempt(lane.url, secrets, delivery))),
    );
    const hold = Math.max(0, ...tried.map(({ holdSeconds }) => holdSeconds));
    const gone = tried.find(({ row }) => row.status === 410);
    // Before the record: should the worker die between the two, the event is sent again and the endpoint says it again.
    if (gone !== undefined) {
      log.warn('An endpoint answered 410 Gone and is disabled; what comes for it is held.', { tenant, endpoint });
      await this.endpoints.disableGone(tenant, endpoint, `${gone.row.event}/${gone.row.tries}`);
    }
    await record(
      this.database,
      tenant,
      endpoint,
      tried.map(({ row }) => row),
      hold > 0 ? new Date(this.clock.now().getTime() + hold * 1000).toISOString() : null,
    );
    return claimed.length;
  }

  private leaseUntil(): string {
    return new Date(this.clock.now().getTime() + this.limits.leaseMs).toISOString();
  }

  /** Renews the leases while the work goes on: an attempt may take longer than a lost worker should be waited for. */
  private async holding<T>(tenant: string, endpoint: string, claimed: readonly Claimed[], work: () => Promise<T>): Promise<T> {
    const renewing = setInterval(() => {
      renew(this.database, tenant, endpoint, claimed, this.leaseUntil()).catch((fault: unknown) => {
        log.warn('The lease of deliveries under way could not be renewed; another worker may send them again.', { tenant, endpoint, fault });
      });
    }, this.limits.leaseMs / 4);
    return work().finally(() => clearInterval(renewing));
  }

  private async attempt(url: string, secrets: readonly string[], delivery: Claimed): Promise<{ row: Tried; holdSeconds: number }> {
    const startedAt = this.clock.now();
    const timestamp = Math.floor(startedAt.getTime() / 1000);
    const answer = await this.sender.send({
      url,
      headers: {
        'content-type': 'application/cloudevents+json',
        'user-agent': 'Concordat-Webhooks/1',
        'webhook-id': delivery.event,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': signatureOf(secrets, delivery.event, timestamp, delivery.body),
      },
      body: Buffer.from(delivery.body, 'utf8'),
      tries: delivery.tries,
    });
    const holdSeconds = answer.status === 429 || answer.status === 503 ? (secondsToHold(answer.retryAfter, this.clock.now()) ?? 0) : 0;
    return { row: { ...tried(delivery, startedAt, answer), ...becomes(delivery, answer, this.clock.now()) }, holdSeconds };
  }
}

function tried({ event, token, tries }: Claimed, startedAt: Date, answer: Answer) {
  const { milliseconds, status, error, detail, remoteAddress } = answer;
  return {
    event, token, tries, milliseconds, status, error, detail, remoteAddress,
    startedAt: startedAt.toISOString(),
    answer: answer.body.toString('base64'),
  };
}

/** What a delivery becomes by an answer: 2xx alone is success; a failure goes on along the schedule until it is exhausted, a test's at once. */
function becomes({ failures, test }: Claimed, { status }: Answer, now: Date): Pick<Tried, 'state' | 'failures' | 'nextAt' | 'settledAt'> {
  const at = now.toISOString();
  if (status !== null && status >= 200 && status < 300) return { state: 'delivered', failures, nextAt: at, settledAt: at };
  if (status === 410) return { state: 'held', failures, nextAt: at, settledAt: null };
  const wait = test ? null : secondsUntilRetry(failures + 1, randomInt(1_000_000) / 1_000_000);
  if (wait === null) return { state: 'dead', failures: failures + 1, nextAt: at, settledAt: at };
  return { state: 'retry', failures: failures + 1, nextAt: new Date(now.getTime() + wait * 1000).toISOString(), settledAt: null };
}
