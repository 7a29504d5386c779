/** Where the time comes from. Everything that needs the time is given one of these; the cores never see it. */
export abstract class Clock {
  /** This instant. */
  abstract now(): Date;
}

/** The machine's clock. */
export class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

/** A clock that stands still until it is moved: for tests, and for the seed, whose history lies in the past. */
export class FixedClock extends Clock {
  #now: number;

  /** @param at an instant, as a Date or in ISO 8601 with a zone (`2026-03-02T09:00:00Z`). */
  constructor(at: Date | string) {
    super();
    this.#now = instant(at);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Moves to an instant, forwards or back. */
  set(at: Date | string): void {
    this.#now = instant(at);
  }

  /** Moves on by so many milliseconds. */
  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

function instant(at: Date | string): number {
  const time = new Date(at).getTime();
  if (Number.isNaN(time)) throw new RangeError(`"${String(at)}" is no instant; write it as 2026-03-02T09:00:00Z.`);
  return time;
}
