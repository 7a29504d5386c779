import { expect, test } from '@jest/globals';
import { turnaroundShown } from './turnaround-shown.js';

const finance = { discipline: 'finance', answered: 4, median: 3.4, slowest: 20, waiting: 2, oldest: 21.2 } as const;
const equality = { discipline: 'equality', answered: 1, median: 0.2, slowest: 0.2, waiting: 0, oldest: null } as const;
const legal = { discipline: 'safeguarding', answered: 0, median: null, slowest: null, waiting: 1, oldest: 0.5 } as const;

test('how long sign-offs take is said in a sentence: who takes longest, how many wait, and on whom the oldest does', () => {
  expect([[], [equality], [legal], [finance, legal, equality]].map((all) => turnaroundShown(all, all.length > 1 ? 'an approver for finance (Ada)' : undefined).says)).toEqual([
    'No sign-off was answered within twelve months. None waits.',
    '1 sign-off was answered within twelve months; equality takes longest: its only one took less than a day. None waits.',
    'No sign-off was answered within twelve months. 1 waits, the longest for less than a day: safeguarding.',
    '5 sign-offs were answered within twelve months; finance takes longest: half of its 4 took at most 3 days. 3 wait, the longest for 21 days: finance, on an approver for finance (Ada).',
  ]);
});

test('each discipline has a bar for what was answered and one for what waits, told by their words, and the same in a row', () => {
  const { bars, rows, height } = turnaroundShown([finance, equality], undefined);
  expect(bars.map(({ took, waits }) => [took?.text, waits?.text])).toEqual([['answered: 3 days, half of 4', '2 wait: 21 days'], ['answered: less than a day, half of 1', undefined]]);
  expect(bars[0]!.waits!.width).toBeGreaterThan(bars[0]!.took!.width);
  expect(bars.at(-1)!.y).toBeLessThan(height);
  expect(rows.map(({ title, cells }) => [title, ...cells])).toEqual([['Finance', '4', '3 days', '20 days', '2', '21 days'], ['Equality', '1', 'less than a day', 'less than a day', '0', 'None']]);
});
