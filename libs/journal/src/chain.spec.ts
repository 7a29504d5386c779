import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { canonical } from '@concordat/platform/core';
import { chainHash, firstPrevious, payloadHash, streamHash } from './chain.js';

/** Made once by a script that shares no code with chain.ts; they hold for every release, and for whoever writes another verifier. */
const golden = JSON.parse(readFileSync('libs/journal/test/chain.golden.json', 'utf8'));

test('canonical JSON, payload hashes and links are those of the golden vectors', () => {
  let previous = firstPrevious;
  for (const event of golden) {
    expect(canonical(event.data)).toBe(event.canonicalData);
    expect(payloadHash(event)).toBe(event.payloadHash);
    expect(chainHash(previous, { ...event, streamHash: streamHash(event.stream) })).toBe(event.hash);
    previous = event.hash;
  }
});
