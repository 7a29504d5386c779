import { expect, test } from '@jest/globals';
import { EmbeddedPostgres } from '@concordat/platform';
import { Redis } from 'ioredis';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventually, freshDatabase, startRedis } from './index.js';

class Shelf1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema shelf; create table shelf.book (title text); grant usage on schema shelf to concordat_app; grant select, insert on shelf.book to concordat_app');
  }
  async down(): Promise<void> {}
}

test('two fresh databases have the same tables and share no rows', async () => {
  const [one, two] = await Promise.all([1, 2].map(() => freshDatabase({ migrations: [Shelf1700000000002] })));
  await one!.database.statement('shelf.put', 'insert into shelf.book values ($1)', ['Emma']);
  const read = 'select title from shelf.book';
  expect(await one!.database.statement('shelf.read', read, [])).toEqual([{ title: 'Emma' }]);
  expect(await two!.database.statement('shelf.read', read, [])).toEqual([]);
  await Promise.all([one!.drop(), two!.drop()]);
});

test('a Redis of the test\'s own comes back on the same port after a kill, empty', async () => {
  const redis = await startRedis();
  if (redis === undefined) return; // the reason has been printed
  const client = new Redis(redis.url, { retryStrategy: () => 20 });
  client.on('error', () => undefined);
  await client.set('kept', 'no');
  await redis.kill();
  await redis.start();
  expect(await eventually(async () => ({ value: await client.get('kept') }))).toEqual({ value: null });
  client.disconnect();
  await redis.stop();
});

test('a cluster that a killed run left is removed, and one in use is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-embedded-'));
  const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
  expect(await EmbeddedPostgres.discard(folder)).toBe(false);
  await postgres.release();
  expect(await EmbeddedPostgres.discard(folder)).toBe(true);
  await rm(folder, { recursive: true });
});
