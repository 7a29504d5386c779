import { describe, expect, test } from '@jest/globals';
import type { JsonObject } from '@concordat/platform/core';
import { asItCame } from './as-it-came.js';
import type { ParticipationReport, SentLine } from './participation-import.store.js';

const report: ParticipationReport = {
  platform: 'decidim', host: 'd.example', rows: 5, taken: 3, joined: 1, duplicates: 0, leftOut: 1, unnamed: 1, coAuthors: 2,
  items: [{ row: 4, source: 'd', is: 'joined', why: null }, { row: 5, source: 'e', is: 'left-out', why: 'Whoever made it took it back.' }],
};
const line = (row: number, is: SentLine['is'] = 'taken', named = true): SentLine => ({ row, is, named });
// The second entry was made by two.
const lines = [line(1), line(2), line(2), line(3, 'taken', false), line(4, 'joined')];
const refused = (code: string, asks: string): JsonObject => ({ outcome: 'refused', refusals: [{ code, asks, missing: [] }] });
const over = refused('contribution.agreement-over', 'The agreement is over.');
const known = refused('already-so', 'Nothing to do: the contribution is recorded.');

describe('what became of an export', () => {
  test('is as it was read while its lines wait, and once they are all recorded', () => {
    expect(asItCame(report, lines, new Map())).toEqual(report);
  });

  test('leaves out what was refused with why, and takes for here already what was recorded meanwhile', () => {
    const came = asItCame(report, lines, new Map<number, JsonObject>([[1, over], [4, known], [5, { outcome: 'failed', code: 'vault.away', detail: 'The vault was away.' }]]));
    expect(came).toMatchObject({ rows: 5, taken: 1, joined: 0, duplicates: 1, leftOut: 3, unnamed: 0, coAuthors: 1 });
    expect(came.items.map(({ row, is, why }) => [row, is, why])).toEqual([
      [1, 'left-out', 'The agreement is over.'], [3, 'duplicate', null], [4, 'left-out', 'The vault was away.'], [5, 'left-out', 'Whoever made it took it back.'],
    ]);
    expect(came.taken + came.joined + came.duplicates + came.leftOut).toBe(came.rows);
  });

  test('is taken in where it was of one of those who made it', () => {
    expect(asItCame(report, lines, new Map([[3, over]]))).toMatchObject({ taken: 3, leftOut: 1, coAuthors: 1 });
    expect(asItCame(report, lines, new Map([[2, known], [3, over]]))).toMatchObject({ taken: 2, leftOut: 2, coAuthors: 1 });
  });

  test('counts what was left out because whoever made it was erased, and names no entry of theirs', () => {
    const erased = [refused('participant.erased', 'Whoever is named was not erased.'), { outcome: 'failed', code: 'vault.erased', detail: 'They were erased.' }] as const;
    for (const why of erased) {
      const came = asItCame(report, lines, new Map([[1, why]]));
      expect([came.taken, came.leftOut, came.items]).toEqual([2, 2, report.items]);
    }
  });

  test('says so of a line whose key was used for something else', () => {
    expect(asItCame(report, lines, new Map([[1, { outcome: 'key-reused' }]])).items[0]).toEqual({ row: 1, source: null, is: 'left-out', why: 'Nothing was answered to it.' });
  });
});
