import { expect, test } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { Database } from './database.js';
import { EmbeddedPostgres } from './embedded.js';
import { migrate } from './migrate.js';

async function run(url: string, ...statements: string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

// A cluster of its own, because roles belong to the cluster and the others' have them.
test('a managed server, whose login is no superuser, is prepared from nothing, two databases at once', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'concordat-migrate-'));
  const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, durable: false });
  try {
    await run(
      postgres.ownerUrl,
      'drop role concordat_app',
      `create role keeper login createrole password 'only-here'`,
      'create database first owner keeper',
      'create database second owner keeper',
    );
    const urls = ['first', 'second'].map((name) => `postgres://keeper:only-here@127.0.0.1:${postgres.port}/${name}`);
    await Promise.all(urls.map((ownerUrl) => migrate({ ownerUrl, migrations: [] })));
    for (const url of urls) {
      const database = await Database.open({ url });
      expect(await database.statement('who', `select current_user as who, has_table_privilege('bullmq.migration', 'select') as queues`, [])).toEqual([
        { who: 'concordat_app', queues: true },
      ]);
      await database.close();
    }
  } finally {
    await postgres.release();
    await EmbeddedPostgres.discard(folder);
    await rm(folder, { recursive: true, force: true });
  }
});
