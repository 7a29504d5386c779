import { migrations as access } from '@concordat/access';
import { migrations as journal } from '@concordat/journal';
import { newId } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase } from '../../../test/harness/index.js';
import { migrations } from './index.js';
import { readToReview, thirdWaivers, type WaiverGiven, writeWaivers } from './waiver-count.store.js';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journal, ...access, ...migrations] });
});
afterAll(() => fresh.drop());

/** Of these waivers of one condition, given a month apart in an organisation of its own, which go to review; by what each of them is told to be of a team. */
async function toReview(...each: readonly (readonly string[])[]): Promise<readonly number[]> {
  const [tenant, ids] = [newId(), each.map(() => newId())];
  const given = each.map((countsWith, at): WaiverGiven => ({
    waiver: ids[at]!, agreement: newId(), condition: 'involvement.planned', team: countsWith[0]!, countsWith, stage: 'design', position: at + 1, givenAt: `2026-${String(at + 1).padStart(2, '0')}-01T09:00:00Z`,
  }));
  const third = await fresh.database.inTenant(tenant, async (tx) => {
    await writeWaivers(tx, tenant, given);
    return thirdWaivers(tx, tenant, ids);
  });
  return ids.flatMap((id, at) => (third.has(id) ? [at + 1] : []));
}

test('every third waiver of one team goes to review, and those of others do not count', async () => {
  expect(await toReview(['team a'], ['team a'], ['team b'], ['team a'], ['team a'], ['team b'], ['team a'], ['team a'])).toEqual([4, 8]);
});

test('a team that is renamed between two waivers goes on being counted: by the name it had, by the agreement, by who leads it or by who asked', async () => {
  expect(await toReview(['team a'], ['team a'], ['team b', 'team a'])).toEqual([3]);
  for (const shared of ['agreement x', 'person p']) expect(await toReview(['team a', shared], ['team b', shared], ['team c', shared])).toEqual([3]);
});

test('where waivers that were counted apart turn out to be of one team, the one that shows it goes to review, and the third after it', async () => {
  const both = ['team a', 'team b'];
  expect(await toReview(['team a'], ['team a'], ['team b'], ['team b'], both, ['team a'], both, both)).toEqual([5, 8]);
});

test('what was given more than twelve months before counts no more', async () => {
  const [tenant, ids] = [newId(), [newId(), newId(), newId()]];
  await fresh.database.inTenant(tenant, (tx) =>
    writeWaivers(tx, tenant, ids.map((waiver, at) => ({ waiver, agreement: newId(), condition: 'involvement.planned', team: 'a', countsWith: ['team a'], stage: 'design', position: at + 1, givenAt: ['2025-01-01T09:00:00Z', '2025-12-31T09:00:00Z', '2026-01-01T09:00:00Z'][at]! }))),
  );
  expect(await readToReview(fresh.database, tenant, null)).toEqual([]);
});
