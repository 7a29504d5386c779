import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fewest, keepSmallNumbers, type Part, toldAnew } from './small-numbers.js';

const part = fc.record({ name: fc.constantFrom('carers', 'residents', 'diners'), people: fc.integer({ min: 0, max: 12 }), agreed: fc.boolean() });
/** Parts, and a total that counts people who stand in several of them once. */
const counted = fc
  .uniqueArray(part, { selector: ({ name }) => name, maxLength: 3 })
  .chain((parts) => {
    const sum = parts.reduce((all, { people }) => all + people, 0);
    return fc.record({ parts: fc.constant(parts), total: fc.integer({ min: Math.max(0, ...parts.map(({ people }) => people)), max: sum }) });
  });
const isSmall = (people: number) => people > 0 && people < fewest;

test('no number that is left is of fewer than five people who did not agree', () => {
  fc.assert(
    fc.property(counted, ({ parts, total }) => {
      const kept = keepSmallNumbers(parts, total);
      for (const { people, agreed } of kept.parts) expect(people !== null && isSmall(people) && !agreed).toBe(false);
      expect(kept.total !== null && isSmall(kept.total)).toBe(false);
    }),
  );
});

test('nor can any be worked out: whatever a hidden part is, from one to four, what is left is the same', () => {
  fc.assert(
    fc.property(counted, fc.integer({ min: 1, max: fewest - 1 }), ({ parts, total }, other) => {
      const hidden = parts.findIndex(({ people, agreed }) => isSmall(people) && !agreed);
      fc.pre(hidden >= 0);
      const elsewhere = parts.map((one, at): Part => (at === hidden ? { ...one, people: other } : one));
      expect(keepSmallNumbers(elsewhere, total + other - parts[hidden]!.people)).toEqual(keepSmallNumbers(parts, total));
    }),
  );
});

test('what is large, and what people agreed to, is said, and so is the total where all of it is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(part, { selector: ({ name }) => name, maxLength: 3 }), (parts) => {
      const sum = parts.reduce((all, { people }) => all + people, 0);
      const open = parts.every(({ people, agreed }) => agreed || !isSmall(people));
      const kept = keepSmallNumbers(parts, sum);
      expect(kept.parts.filter(({ people }) => people === null).length).toBe(parts.filter(({ people, agreed }) => isSmall(people) && !agreed).length);
      if (open && !isSmall(sum)) expect(kept.total).toBe(sum);
    }),
  );
});

test('a few people who stand in two parts at once, or in one of them alone, are not told by the difference', () => {
  const parts = [{ name: 'carers', people: 6, agreed: false }, { name: 'residents', people: 7, agreed: false }];
  expect(keepSmallNumbers(parts, 13).total).toBe(13);
  expect(keepSmallNumbers(parts, 12).total).toBe(null);
  // Eight people, seven of them residents: one came as a carer alone.
  expect(keepSmallNumbers(parts, 8).total).toBe(null);
});

test('whatever parts overlap, no total less any of them leaves fewer than five people', () => {
  fc.assert(
    fc.property(counted, ({ parts, total }) => {
      const kept = keepSmallNumbers(parts.map((one) => ({ ...one, agreed: false })), total);
      for (const { people } of kept.parts) expect(kept.total !== null && people !== null && isSmall(kept.total - people)).toBe(false);
    }),
  );
});

test('nor does a count after another tell how few it is of: whatever a hidden one is, from one to four, what is read on every day is the same', () => {
  const read = (counts: readonly number[]) => counts.reduce<readonly number[]>((told, now) => [...told, toldAnew(told.at(-1), now)], []).map((told) => (isSmall(told) ? null : told));
  const few = fc.integer({ min: 1, max: fewest - 1 });
  fc.assert(fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 14 }), few), { minLength: 2, maxLength: 4 }), (days) => {
    expect(read(days.map(([people, other]) => (isSmall(people) ? other : people)))).toEqual(read(days.map(([people]) => people)));
  }));
  // Six, and then fewer than five: it could be one alone, if what five part were told.
  expect([read([6, 1]), read([9, 1]), read([1, 9]), read([5, 0])]).toEqual([[6, 6], [9, null], [null, 9], [5, 0]]);
});
