import { describe, expect, test } from '@jest/globals';
import type { ImportProgress } from '@concordat/exchange';
import { progressBar } from './progress-bar.js';

function shown(isTTY: boolean, ...steps: readonly ImportProgress[]): string {
  let text = '';
  const bar = progressBar({ isTTY, write: (more) => (text += more) });
  for (const step of steps) bar.show(step);
  bar.clear();
  return text;
}

describe('how far an import is', () => {
  test('stands on one line of a terminal, and is gone at the end', () => {
    expect(shown(true, { phase: 'reading', file: 'notices.json', bytes: 2_540_000, releases: 310 })).toBe('\r\u001b[2KReading notices.json: 2.5 MB, 310 releases\r\u001b[2K');
    expect(shown(true, { phase: 'telling', done: 150, of: 300 })).toBe(`\r\u001b[2KTaking over [${'#'.repeat(15)}${' '.repeat(15)}] 150 of 300 processes\r\u001b[2K`);
  });

  test('is not written more often than anybody can read', () => {
    const steps = Array.from({ length: 1_000 }, (_, done): ImportProgress => ({ phase: 'telling', done, of: 1_000 }));
    expect(shown(true, ...steps).split('Taking over').length).toBeLessThan(20);
  });

  test('is not written where there is no terminal', () => {
    expect(shown(false, { phase: 'telling', done: 1, of: 2 })).toBe('');
  });
});
