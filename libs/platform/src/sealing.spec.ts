import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { SealBroken, Sealing } from './sealing.js';

const sealing = new Sealing(randomBytes(32));

describe('sealed text', () => {
  test('opens to what was sealed, under the same associated text', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'grapheme' }), (plain, associated) => {
        expect(sealing.open(sealing.seal(Buffer.from(plain), associated), associated)).toEqual(Buffer.from(plain));
      }),
    );
    expect(sealing.open(sealing.seal('Zoë 👵🏽', 'note'), 'note').toString()).toBe('Zoë 👵🏽');
  });

  test('differs each time', () => {
    expect(sealing.seal('same', 'a')).not.toBe(sealing.seal('same', 'a'));
  });

  test('does not open when any one bit of it was changed', () => {
    const sealed = Buffer.from(sealing.seal('a short text', 'row 1'), 'base64url');
    for (let bit = 0; bit < sealed.length * 8; bit += 1) {
      const changed = Buffer.from(sealed);
      changed[bit >> 3] = changed[bit >> 3]! ^ (1 << (bit & 7));
      expect(() => sealing.open(changed.toString('base64url'), 'row 1')).toThrow(SealBroken);
    }
  });

  test('does not open when it was cut, lengthened, moved elsewhere, or sealed with another key', () => {
    const sealed = sealing.seal('text', 'row 1');
    for (let length = 0; length < sealed.length; length += 1) expect(() => sealing.open(sealed.slice(0, length), 'row 1')).toThrow(SealBroken);
    expect(() => sealing.open(`${sealed}AA`, 'row 1')).toThrow(SealBroken);
    expect(() => sealing.open(`${sealed}=`, 'row 1')).toThrow(SealBroken);
    expect(() => sealing.open(sealed, 'row 2')).toThrow(SealBroken);
    expect(() => new Sealing(randomBytes(32)).open(sealed, 'row 1')).toThrow(SealBroken);
  });

  test('of a form this release does not know says so', () => {
    const newer = Buffer.from(sealing.seal('text', 'a'), 'base64url');
    newer[0] = 9;
    expect(() => sealing.open(newer.toString('base64url'), 'a')).toThrow('form 9');
  });

  test('needs a key of 32 bytes', () => {
    expect(() => new Sealing(randomBytes(16))).toThrow(RangeError);
  });
});
