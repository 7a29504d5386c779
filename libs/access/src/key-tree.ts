import { createHmac, randomBytes } from 'node:crypto';

const digits = '0123456789abcdef';
const depth = 8;
const seedLength = 32;

/** The key of one text by itself, as eight hexadecimal digits: a way through the tree. */
export type Leaf = string;

/**
 * A key that holds 2^32 others, each of which is destroyed alone. It is a pseudorandom function that can be punctured, after
 * Goldreich, Goldwasser and Micali (How to construct random functions, 1986): a seed gives each of its sixteen branches a seed, by
 * HMAC-SHA-256, and the eighth is a leaf's key. To destroy a leaf, the seeds above it give way to those of their other branches: nothing
 * that is kept leads to it any more, and all others stay where they are.
 */
export class KeyTree {
  /** By the way that leads to them. None lies above another. */
  readonly #seeds: ReadonlyMap<string, Buffer>;

  private constructor(seeds: ReadonlyMap<string, Buffer>) {
    this.#seeds = seeds;
  }

  /** A new one, with every leaf. */
  static grow(): KeyTree {
    return new KeyTree(new Map([['', randomBytes(seedLength)]]));
  }

  /** What `kept` gave. @throws RangeError for anything else. */
  static from(kept: Buffer): KeyTree {
    const seeds = new Map<string, Buffer>();
    for (let at = 0; at < kept.length; ) {
      const seedAt = at + 1 + (kept[at] ?? 0);
      if (seedAt + seedLength > kept.length) throw new RangeError('This is no key tree: it is cut short.');
      seeds.set(kept.toString('latin1', at + 1, seedAt), Buffer.from(kept.subarray(seedAt, seedAt + seedLength)));
      at = seedAt + seedLength;
    }
    return new KeyTree(seeds);
  }

  /** All there is to keep of it: 33 bytes while nothing was destroyed, 4.5 kB more for each leaf that was. */
  kept(): Buffer {
    return Buffer.concat([...this.#seeds].map(([way, seed]) => Buffer.concat([Buffer.from([way.length]), Buffer.from(way, 'latin1'), seed])));
  }

  /** A leaf that stands, drawn by chance: of a thousand texts two share one in one of ten thousand trees. */
  draw(): Leaf {
    for (;;) {
      const leaf = randomBytes(depth / 2).toString('hex');
      if (this.#above(leaf) !== undefined) return leaf;
    }
  }

  /** 32 bytes; nothing once it was destroyed. */
  keyOf(leaf: Leaf): Buffer | undefined {
    const way = this.#above(leaf);
    return way === undefined ? undefined : [...leaf.slice(way.length)].reduce(branch, this.#seeds.get(way)!);
  }

  /** The same without this leaf, or itself where it has none. */
  without(leaf: Leaf): KeyTree {
    const way = this.#above(leaf);
    if (way === undefined) return this;
    const seeds = new Map(this.#seeds);
    let seed = this.#seeds.get(way)!;
    seeds.delete(way);
    for (let at = way.length; at < depth; at += 1) {
      for (const digit of digits) if (digit !== leaf[at]) seeds.set(`${leaf.slice(0, at)}${digit}`, branch(seed, digit));
      seed = branch(seed, leaf[at]!);
    }
    return new KeyTree(seeds);
  }

  /** The way to the seed that leads to this leaf. */
  #above(leaf: Leaf): string | undefined {
    for (let length = 0; length <= depth; length += 1) if (this.#seeds.has(leaf.slice(0, length))) return leaf.slice(0, length);
    return undefined;
  }
}

function branch(seed: Buffer, digit: string): Buffer {
  return createHmac('sha256', seed).update(digit).digest();
}
