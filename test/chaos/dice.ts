import { createHash } from 'node:crypto';

/** Chance that can be had again: the same seed gives the same throws, each purpose its own, in whatever order they are asked. */
export class Dice {
  #state: number;

  constructor(readonly seed: string) {
    this.#state = createHash('sha256').update(seed).digest().readUInt32BE();
  }

  /** Dice for one purpose, which do not depend on how often others were thrown. */
  for(purpose: string): Dice {
    return new Dice(`${this.seed}/${purpose}`);
  }

  /** In [0, 1). Mulberry32. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number from `least` to `most`, both included. */
  whole(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True once in a while: `share` of all throws. */
  falls(share: number): boolean {
    return this.next() < share;
  }

  one<T>(choices: readonly [T, ...T[]]): T;
  one<T>(choices: readonly T[]): T | undefined;
  one<T>(choices: readonly T[]): T | undefined {
    return choices[this.whole(0, choices.length - 1)];
  }

  /** `count` different whole numbers from `least` to `most`, rising. */
  several(count: number, least: number, most: number): number[] {
    const chosen = new Set<number>();
    while (chosen.size < Math.min(count, most - least + 1)) chosen.add(this.whole(least, most));
    return [...chosen].sort((a, b) => a - b);
  }
}
