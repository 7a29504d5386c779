import { expect, test } from '@jest/globals';
import { DatabaseUnavailable } from '@concordat/platform';
import { untilItAnswers } from './seed.js';

/** A seeding that ends with these faults, one an attempt, and then well; and how often it was begun. */
function endingWith(...faults: readonly Error[]) {
  const begun = { times: 0 };
  const seeding = async () => {
    const fault = faults[begun.times];
    begun.times += 1;
    if (fault !== undefined) throw fault;
  };
  return { begun, seeding };
}

test('a demo is made on where a slow PostgreSQL stopped answering', async () => {
  const { begun, seeding } = endingWith(new DatabaseUnavailable('database.unavailable'), new DatabaseUnavailable('database.busy'));
  await untilItAnswers(seeding);
  expect(begun.times).toBe(3);
});

test('what waiting does not mend is not tried again: a full disk, a story that broke off', async () => {
  for (const fault of [new DatabaseUnavailable('storage.full'), new Error('The story broke off.')]) {
    const { begun, seeding } = endingWith(fault);
    await expect(untilItAnswers(seeding)).rejects.toBe(fault);
    expect(begun.times).toBe(1);
  }
});

test('a PostgreSQL that never answers in time is given up with what to do', async () => {
  const { begun, seeding } = endingWith(...Array.from({ length: 9 }, () => new DatabaseUnavailable('database.unavailable')));
  await expect(untilItAnswers(seeding)).rejects.toThrow(/5 times over: .*start again, and the rest follows/);
  expect(begun.times).toBe(5);
}, 30_000);
