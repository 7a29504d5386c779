import { expect, test } from '@jest/globals';
import { Fingerprints } from './fingerprint.js';

const ours = new Fingerprints(Buffer.alloc(32, 1));

test('the order of members does not make another request', () => {
  expect(ours.of({ a: 1, b: [2] })).toBe(ours.of({ b: [2], a: 1 }));
});

test('another value or another installation gives another fingerprint', () => {
  expect(ours.of({ a: 1 })).not.toBe(ours.of({ a: 2 }));
  expect(ours.of({ a: 1 })).not.toBe(new Fingerprints(Buffer.alloc(32, 2)).of({ a: 1 }));
});
