import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { KeyTree } from './key-tree.js';

const leaf = fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((n) => n.toString(16).padStart(8, '0'));
// Neighbours too: what differs in the last digit alone.
const leaves = fc.array(fc.oneof(leaf, fc.integer({ min: 0, max: 40 }).map((n) => n.toString(16).padStart(8, '0'))), { minLength: 1, maxLength: 12 });
const keysOf = (tree: KeyTree, which: readonly string[]) => which.map((one) => tree.keyOf(one)?.toString('hex'));

describe('a key that holds others', () => {
  test('gives each leaf a key of 32 bytes, and no other the same', () => {
    fc.assert(
      fc.property(leaves, (which) => {
        const keys = keysOf(KeyTree.grow(), [...new Set(which)]);
        expect(keys.map((key) => key?.length)).toEqual(keys.map(() => 64));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  test('destroys leaves alone, in any order and once or twice: those are gone for good, and all others are what they were, written down and read again', () => {
    fc.assert(
      fc.property(leaves, leaves, (gone, others) => {
        const stays = others.filter((one) => !gone.includes(one));
        const whole = KeyTree.grow();
        const before = keysOf(whole, stays);
        const punctured = [...gone, ...gone].reduce((tree, one) => KeyTree.from(tree.without(one).kept()), whole);
        expect(keysOf(punctured, gone)).toEqual(gone.map(() => undefined));
        expect(keysOf(punctured, stays)).toEqual(before);
        // Whatever the order, as much is kept.
        const backwards = [...gone].reverse().reduce((tree, one) => tree.without(one), whole);
        expect(backwards.kept().length).toBe(punctured.kept().length);
      }),
      { numRuns: 30 },
    );
  });

  test('draws leaves that stand', () => {
    const tree = KeyTree.grow();
    const drawn = Array.from({ length: 50 }, () => tree.draw());
    expect(new Set(drawn).size).toBe(50);
    expect(keysOf(tree, drawn).every((key) => key?.length === 64)).toBe(true);
  });

  test('is small, and grows with what was destroyed alone', () => {
    const tree = KeyTree.grow();
    expect([tree.kept().length, tree.without('00000000').kept().length]).toEqual([33, 4_500]);
  });

  test('cut short is none', () => {
    const kept = KeyTree.grow().without('deadbeef').kept();
    for (const length of [10, 32, kept.length - 1]) expect(() => KeyTree.from(kept.subarray(0, length))).toThrow(RangeError);
  });
});
