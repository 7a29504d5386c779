import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { built, startRedis, type TestRedis } from '../harness/index.js';
import { storm, type StormPlan, type StormReport, table } from './storm.js';

// The short form of every test run: each kind of kill once. `npm run storm` is the whole one, and its --help names what can be chosen.
const chosen = (name: string) => process.env[`CONCORDAT_STORM_${name}`];
const plan: StormPlan = {
  seed: chosen('SEED') ?? randomBytes(4).toString('hex'),
  kills: Number(chosen('KILLS') ?? 8),
  crashes: Number(chosen('CRASHES') ?? 1),
  flushes: Number(chosen('FLUSHES') ?? 2),
};
const queues = chosen('QUEUES');
const redis = queues === 'postgresql' ? undefined : await startRedis();
// Both blow at once: most of the time each waits for something.
const storms = new Map<'postgresql' | 'redis', Promise<StormReport>>();

beforeAll(async () => {
  const { seed, kills, crashes, flushes } = plan;
  console.log(`The storm's seed is ${seed}. Again the same: npm run storm -- --seed ${seed} --kills ${kills} --crashes ${crashes} --flushes ${flushes}`);
  await built();
  const begin = (kind: 'postgresql' | 'redis', store: TestRedis | undefined) => {
    const blowing = storm(plan, store);
    blowing.catch(() => undefined); // whoever waits for it hears of it
    storms.set(kind, blowing);
  };
  if (queues !== 'redis') begin('postgresql', undefined);
  if (redis) begin('redis', redis);
}, 120_000);

afterAll(async () => {
  await Promise.allSettled(storms.values());
  await redis?.stop();
});

// On two idle cores a storm of 100 kills takes about four minutes; a busy machine may take its time.
const stormWithin = 300_000 + plan.kills * 15_000;

async function nothingIsBroken(kind: 'postgresql' | 'redis'): Promise<void> {
  const report = await storms.get(kind)!;
  console.log(table(report));
  const broken = report.invariants.filter((invariant) => invariant.broken.length > 0);
  if (broken.length > 0) console.log(report.lastWords.join('\n'));
  expect(broken.map(({ promise, broken: cases }) => ({ promise, cases: cases.slice(0, 5) }))).toEqual([]);
  expect(report.counts).toMatchObject({ 'crashes of PostgreSQL': plan.crashes });
}

const on = (kind: 'postgresql' | 'redis') => (queues !== undefined && queues !== kind) || (kind === 'redis' && redis === undefined) ? test.skip : test;

on('postgresql')('with the queues in PostgreSQL nothing acknowledged is lost and nothing is done twice, whoever is killed', () => nothingIsBroken('postgresql'), stormWithin);
on('redis')('with the queues in Redis, emptied now and then, nothing acknowledged is lost and nothing is done twice', () => nothingIsBroken('redis'), stormWithin);
