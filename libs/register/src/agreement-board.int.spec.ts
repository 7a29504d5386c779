import { migrations as access } from '@concordat/access';
import { migrations as journal } from '@concordat/journal';
import { newId } from '@concordat/platform';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type FreshDatabase, freshDatabase, freshTenant } from '../../../test/harness/index.js';
import { type AgreementRow, type StageCount, readNewestOf, readStageCounts, writeRows } from './agreement-list.store.js';
import { migrations } from './register.migration.js';

let fresh: FreshDatabase;
let tenant: string;
beforeAll(async () => {
  fresh = await freshDatabase({ migrations: [...journal, ...access, ...migrations] });
});
afterAll(() => fresh.drop());
beforeEach(() => {
  tenant = freshTenant();
});

let opened = 0;
function row(stage: string, more: Partial<AgreementRow> = {}): AgreementRow {
  opened += 1;
  const at = new Date(Date.UTC(2026, 0, 1) + opened * 1_000).toISOString();
  return { id: newId(), version: 1, title: `Agreement ${opened}`, reference: null, kind: 'contract', parent: null, tier: 'standard', pathway: 'standard@2', route: 'grant', stage, lifecycle: 'open', parties: [], startsOn: null, endsOn: null, openedAt: at, changedAt: at, ...more };
}
const rows = (count: number, stage: string, more: Partial<AgreementRow> = {}) => Array.from({ length: count }, () => row(stage, more));
const written = (all: readonly AgreementRow[]) => fresh.database.inTenant(tenant, (tx) => writeRows(tx, tenant, all));
const counts = async (...[reach = 'all', filter = {}]: Partial<[Parameters<typeof readStageCounts>[2], Parameters<typeof readStageCounts>[3]]>): Promise<Readonly<Record<string, StageCount>>> =>
  Object.fromEntries((await readStageCounts(fresh.database, tenant, reach, filter)).map((count) => [count.stage, count]));

describe('a board', () => {
  test('counts every agreement of a stage, however many there are, and shows the newest of each', async () => {
    const design = rows(260, 'design');
    await written([...design, ...rows(3, 'delivery'), ...rows(2, 'delivery', { lifecycle: 'held', pathway: 'urgent@1' })]);
    expect(await counts()).toEqual({
      design: { stage: 'design', pathway: 'standard@2', count: 260, held: 0 },
      delivery: { stage: 'delivery', pathway: 'standard@2', count: 5, held: 2 },
    });
    const newest = await readNewestOf(fresh.database, tenant, 'all', {}, ['design', 'delivery'], 4);
    expect(newest.map(({ stage }) => stage)).toEqual([...Array<string>(4).fill('design'), ...Array<string>(4).fill('delivery')]);
    expect(newest.slice(0, 4).map(({ id }) => id)).toEqual(design.slice(-4).reverse().map(({ id }) => id));
  });

  test('counts what moved where it stands now, once, whatever is written twice or late', async () => {
    const [one, other] = [row('design'), row('design')];
    await written([one, other]);
    await written([one, other]);
    await written([{ ...one, version: 3, stage: 'delivery' }]);
    await written([{ ...one, version: 2, stage: 'route', lifecycle: 'held' }]);
    expect(await counts()).toMatchObject({ design: { count: 1, held: 0 }, delivery: { count: 1, held: 0 } });
    await fresh.database.inTenant(tenant, (tx) => tx.query('DELETE FROM register.agreement WHERE tenant = $1', [tenant]));
    expect(await counts()).toEqual({});
  });

  test('tells the last change of all, also where a row was ahead of the events it was written for', async () => {
    const ahead = row('design', { version: 3, changedAt: '2026-02-01T09:00:00.000Z' });
    const changed = async () => (await readNewestOf(fresh.database, tenant, 'all', {}, ['design'], 1)).map(({ changedAt }) => changedAt);
    await written([ahead]);
    await written([{ ...ahead, changedAt: '2026-03-01T09:00:00.000Z' }]);
    expect(await changed()).toEqual(['2026-03-01T09:00:00.000000Z']);
    await written([ahead]);
    expect(await changed()).toEqual(['2026-03-01T09:00:00.000000Z']);
  });

  test('counts by state, by text and within reach as the table would', async () => {
    const provider = newId();
    const given = row('award');
    await written([...rows(2, 'design', { parties: [provider] }), ...rows(3, 'design', { lifecycle: 'held' }), row('design', { title: '100 % of carers' }), given]);
    expect(await counts('all', { lifecycle: 'held' })).toMatchObject({ design: { count: 3, held: 3 } });
    expect(Object.keys(await counts('all', { stage: 'award' }))).toEqual(['award']);
    expect(await counts('all', { text: '100 %' })).toMatchObject({ design: { count: 1 } });
    expect(await counts({ providers: [provider], agreements: [given.id], takingPart: [] })).toMatchObject({ design: { count: 2 }, award: { count: 1 } });
    expect(await readNewestOf(fresh.database, tenant, { providers: [provider], agreements: [], takingPart: [] }, {}, ['design'], 8)).toHaveLength(2);
  });

  test('shows people who take part what they take part in, with how much is asked of it, and nobody who bids', async () => {
    const [provider, taken, other] = [newId(), newId(), newId()];
    await written([row('design', { id: taken, parties: [provider] }), row('design', { id: other, parties: [provider] })]);
    const reads = async (takingPart: 'all' | readonly string[]) =>
      (await readNewestOf(fresh.database, tenant, { providers: [], agreements: [], takingPart }, {}, ['design'], 8)).map(({ id, tier, parties, over }) => ({ id, tier, parties, over }));
    const shown = (id: string) => ({ id, tier: 'standard', parties: [], over: false });
    expect([await reads([taken]), (await reads('all')).length, await reads([])]).toEqual([[shown(taken)], 2, []]);
    const beside = await readNewestOf(fresh.database, tenant, { providers: [], agreements: [taken], takingPart: 'all' }, {}, ['design'], 8);
    expect(Object.fromEntries(beside.map(({ id, parties }) => [id, parties]))).toEqual({ [taken]: [provider], [other]: [] });
  });

  test('says nothing of another organisation', async () => {
    await written(rows(2, 'design'));
    tenant = freshTenant();
    expect(await counts()).toEqual({});
  });
});
