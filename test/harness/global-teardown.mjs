// Drops what the run made: the whole cluster, or its databases in a server that was given.
import { rm } from 'node:fs/promises';
import pg from 'pg';

export default async function tearDown() {
  const cluster = globalThis.concordatTestCluster;
  if (cluster) {
    await cluster.postgres.release();
    await cluster.discard(cluster.folder);
    await rm(cluster.folder, { recursive: true, force: true });
    return;
  }
  const client = new pg.Client({ connectionString: process.env.CONCORDAT_TEST_OWNER_URL });
  await client.connect();
  const { rows } = await client.query(`select datname from pg_database where datname like $1`, [`concordat_${process.env.CONCORDAT_TEST_RUN}%`]);
  for (const { datname } of rows) await client.query(`drop database if exists ${client.escapeIdentifier(datname)} with (force)`);
  await client.end();
}
