import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { allById, type ById, noneById, oneById, putById, withoutById } from './by-id.js';

interface Thing {
  readonly id: string;
  readonly is: number;
}

test('things keep their order and are found by id, whatever is put, changed and taken away', () => {
  const id = fc.oneof(fc.integer({ min: 0, max: 99 }).map((n) => `thing ${n}`), fc.uuid(), fc.constant(''));
  const step = fc.oneof({ arbitrary: fc.record({ id, is: fc.nat() }), weight: 5 }, { arbitrary: fc.record({ without: id }), weight: 1 });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const expected = new Map<string, Thing>();
      let things: ById<Thing> = noneById;
      for (const one of steps) {
        if ('without' in one) expected.delete(one.without);
        else expected.set(one.id, one);
        things = 'without' in one ? withoutById(things, one.without) : putById(things, one);
        things = JSON.parse(JSON.stringify(things)) as ById<Thing>;
      }
      expect(allById(things)).toEqual([...expected.values()]);
      for (const { id: known } of expected.values()) expect(oneById(things, known)).toEqual(expected.get(known));
      expect(oneById(things, 'no such thing')).toBe(undefined);
    }),
  );
});

test('what was put in before stays as it was', () => {
  const one = putById<Thing>(noneById, { id: 'a', is: 1 });
  putById(one, { id: 'a', is: 2 });
  putById(one, { id: 'b', is: 3 });
  expect(allById(one)).toEqual([{ id: 'a', is: 1 }]);
  expect(allById(noneById)).toEqual([]);
});
