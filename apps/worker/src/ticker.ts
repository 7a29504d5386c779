import { log } from '@concordat/platform';

/** Something to look for at every tick. */
export interface Look {
  readonly name: string;
  readonly look: () => Promise<unknown>;
}

/**
 * Looks for work whose doorbell was lost: the queue may be emptied at any moment, and a retry is a row, not a job. It lives
 * in the worker, because schedules in the queue would be emptied with it.
 */
export class Ticker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  /** @param every milliseconds between the end of one tick and the next, ± 10 % so that workers do not march in step. */
  constructor(
    private readonly every: number,
    private readonly looks: readonly Look[],
  ) {}

  start(): void {
    this.timer = setTimeout(
      () => {
        this.running = this.tick().finally(() => {
          if (this.timer !== undefined) this.start();
        });
      },
      this.every * (0.9 + Math.random() * 0.2),
    );
  }

  /** Takes no further look and waits for the one under way. */
  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.running;
  }

  private async tick(): Promise<void> {
    for (const { name, look } of this.looks) {
      try {
        await look();
      } catch (fault) {
        log.warn('the ticker could not look; it tries again', { lookedFor: name, fault });
      }
    }
  }
}
