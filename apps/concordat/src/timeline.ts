import type { FixedClock } from '@concordat/platform';

const day = 86_400_000;

/**
 * One fake clock for several stories at once. A story asks for its next day; the clock moves when every story that is not
 * over waits, and then to the earliest of the days they wait for. So what they record stands in the order of its days.
 */
export class Timeline {
  private live = 0;
  private waiting: { readonly day: number; readonly go: () => void }[] = [];

  /** @param begins the instant of day 0. */
  constructor(
    private readonly clock: FixedClock,
    private readonly begins: Date,
  ) {}

  /** Lets all stories run to their ends. The first fault is thrown when every one is over. */
  async tell(stories: readonly (() => Promise<void>)[]): Promise<void> {
    this.live = stories.length;
    const told = await Promise.allSettled(
      stories.map((story) =>
        story().finally(() => {
          this.live -= 1;
          this.move();
        }),
      ),
    );
    for (const one of told) if (one.status === 'rejected') throw one.reason;
  }

  /** Resolves on this day, counted from 0; at once where it is past. */
  on(asked: number): Promise<void> {
    return new Promise((go) => {
      this.waiting.push({ day: asked, go });
      this.move();
    });
  }

  /** Resolves so many days after what is today now. */
  later(days: number): Promise<void> {
    return this.on(Math.round((this.clock.now().getTime() - this.begins.getTime()) / day) + days);
  }

  private move(): void {
    if (this.waiting.length === 0 || this.waiting.length < this.live) return;
    const next = Math.min(...this.waiting.map((one) => one.day));
    const at = new Date(this.begins.getTime() + next * day);
    if (at > this.clock.now()) this.clock.set(at);
    const due = this.waiting.filter((one) => one.day === next);
    this.waiting = this.waiting.filter((one) => one.day !== next);
    for (const { go } of due) go();
  }
}
