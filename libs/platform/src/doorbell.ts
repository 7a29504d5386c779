import { log } from './log.js';

/** Wakes whoever works on `name` for `id`; rejects when the queue is away. */
export type Ring = (name: string, id: string) => Promise<void>;

// A ring that is under way costs a promise. Past this many the queue is as good as away, and the ticker will do.
const mostUnderWay = 2_000;
// After a ring the same id rests so long. A ring costs the store as much as a small command does, and whoever was woken reads
// on to the end anyway; what is rung meanwhile becomes one ring at the end of the rest.
const restMs = 5;

/**
 * Says "there is something to do for this id" to whoever handles `name`. Only a wake-up: what there is to do stands in
 * PostgreSQL, and the worker's ticker finds it without a bell too, only later.
 */
export class Doorbell {
  readonly #send: Ring;
  /** Rings under way by name and id, and whether the same was rung again meanwhile. */
  readonly #underWay = new Map<string, { again: boolean }>();
  #away = false;
  #closed = false;

  constructor(send: Ring) {
    this.#send = send;
  }

  /**
   * Rings, and returns at once: it never throws, and there is nothing to await. Rings for one id within a few milliseconds become one wake-up, but
   * a ring after the work began leads to another round, so call it after the commit it announces.
   */
  ring(name: string, id: string): void {
    if (this.#closed) return;
    const key = `${name}\n${id}`;
    const same = this.#underWay.get(key);
    if (same) {
      // The ring under way may have woken a reader that looked before this commit.
      same.again = true;
    } else if (this.#underWay.size < mostUnderWay) {
      const state = { again: false };
      this.#underWay.set(key, state);
      void this.#deliver(name, id, state).finally(() => this.#underWay.delete(key));
    }
  }

  async #deliver(name: string, id: string, state: { again: boolean }): Promise<void> {
    do {
      state.again = false;
      try {
        await this.#send(name, id);
        this.#note(undefined);
      } catch (fault) {
        this.#note(fault);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, restMs));
    } while (state.again);
  }

  // One line when the queue goes and one when it is back, not one per command.
  #note(fault: unknown): void {
    if (this.#closed || (fault !== undefined) === this.#away) return;
    this.#away = fault !== undefined;
    if (this.#away) {
      const reason = fault instanceof Error ? fault.message : String(fault);
      log.warn('The queue is away. Nothing is lost: work starts when the ticker finds it, a little later.', { reason });
    } else {
      log.info('The queue is back.');
    }
  }

  /** Waits for the rings under way, at most `withinMs`; later rings are dropped in silence. */
  async close(withinMs = 1_000): Promise<void> {
    this.#closed = true;
    const deadline = performance.now() + withinMs;
    while (this.#underWay.size > 0 && performance.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}
