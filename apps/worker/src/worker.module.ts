import { operationBell, Operations } from '@concordat/agreement';
import { importBell, ImportTelling } from '@concordat/exchange';
import { Consumers, journalBell } from '@concordat/journal';
import { log, Queues } from '@concordat/platform';
import { Days, Post, postBell } from '@concordat/reminders';
import { laneBell, Lanes } from '@concordat/webhooks';
import { Module, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { Ticker } from './ticker.js';

/** How often the ticker looks for work whose doorbell was lost, in milliseconds. */
const tickEvery = 1_000;

/**
 * Everything that happens later. Handlers and what the ticker looks for stand here, one line each: nothing is discovered.
 * Each is done at least once and is idempotent by id.
 */
@Module({})
export class WorkerModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ticker: Ticker;

  constructor(
    private readonly queues: Queues,
    private readonly consumers: Consumers,
    private readonly operations: Operations,
    private readonly lanes: Lanes,
    private readonly post: Post,
    private readonly days: Days,
    private readonly telling: ImportTelling,
  ) {
    this.ticker = new Ticker(tickEvery, [
      { name: 'consumers that are behind', look: () => this.consumers.tick() },
      { name: 'lanes with something due', look: () => this.lanes.ringDue() },
      { name: 'days that come', look: () => this.days.look() },
      { name: 'mail that is due', look: () => this.post.ringDue() },
      { name: 'operations that wait', look: () => this.operations.ringForWaiting() },
      { name: 'imports that agreements were not told of', look: () => this.telling.ringForPending() },
    ]);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.queues.handle(journalBell, (tenant) => this.consume(tenant));
    this.queues.handle(laneBell, (lane) => this.lanes.run(lane), { concurrency: 16 });
    this.queues.handle(operationBell, (operation) => this.operations.run(operation));
    this.queues.handle(postBell, (tenant) => this.post.run(tenant));
    this.queues.handle(importBell, async (tenant) => void (await this.telling.tell(tenant)));
    await this.queues.start();
    this.ticker.start();
    log.info('the worker is ready', { queues: this.queues.backend });
  }

  // Before the queues are closed, which wait for the handlers that run.
  async beforeApplicationShutdown(): Promise<void> {
    this.lanes.stop();
    this.operations.stop();
    this.telling.stop();
    await this.ticker.stop();
  }

  private async consume(tenant: string): Promise<void> {
    await this.consumers.runAll(tenant);
    await this.lanes.ringDue(tenant);
  }
}
