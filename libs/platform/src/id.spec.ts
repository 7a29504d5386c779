import { expect, test } from '@jest/globals';
import { concordatNamespace, isUuid, newId, uuidv5 } from './id.js';

test('new ids are UUIDv7, differ, and sort in the order they were made', () => {
  const ids = Array.from({ length: 20_000 }, newId);
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  expect([...ids].sort()).toEqual(ids);
});

test('a new id carries the time it was made at', () => {
  const before = Date.now();
  const made = parseInt(newId().replaceAll('-', '').slice(0, 12), 16);
  // An id may run a little ahead where more than 4,096 were made in one millisecond.
  expect(made - before).toBeGreaterThanOrEqual(0);
  expect(made - before).toBeLessThan(1_000);
});

test('a name-based id is the one RFC 9562 gives in appendix A.4', () => {
  expect(uuidv5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('a name-based id is the same for the same name, and another for another', () => {
  expect(isUuid(concordatNamespace)).toBe(true);
  expect(uuidv5(concordatNamespace, 'a')).toBe(uuidv5(concordatNamespace, 'a'));
  expect(uuidv5(concordatNamespace, 'a')).not.toBe(uuidv5(concordatNamespace, 'b'));
  expect(() => uuidv5('nonsense', 'a')).toThrow(RangeError);
});
