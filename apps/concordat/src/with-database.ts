import { EmbeddedPostgres, migrate, readConfig } from '@concordat/platform';
import type { Config } from '@concordat/platform';
import { migrations } from './migrations.js';

/** A configuration that knows its database. */
export type Reached = Config & { readonly databaseUrl: string; readonly databaseOwnerUrl: string };

const say = (line: string) => process.stderr.write(`${line}\n`);

/**
 * Runs work with a database as it stands: the configured one, else the embedded one, which is started for the duration
 * when nobody uses it yet. What there is to say goes to stderr.
 */
export async function withDatabaseAsItStands<T>(work: (config: Reached) => Promise<T>): Promise<T> {
  const config = readConfig();
  if (config.databaseUrl !== undefined) {
    const { databaseUrl, databaseOwnerUrl = databaseUrl } = config;
    return work({ ...config, databaseUrl, databaseOwnerUrl });
  }
  const embedded = await EmbeddedPostgres.acquire({ dataDir: config.dataDir, log: say });
  try {
    return await work({ ...config, databaseUrl: embedded.appUrl, databaseOwnerUrl: embedded.ownerUrl });
  } finally {
    await embedded.release();
  }
}

/** The same, and brings an embedded database up to this release first. Nothing is seeded. */
export async function withDatabase<T>(work: (config: Reached) => Promise<T>): Promise<T> {
  return withDatabaseAsItStands(async (config) => {
    // A database of the operator's own is migrated when the operator says so.
    const embedded = readConfig().databaseUrl === undefined;
    if (embedded) await migrate({ ownerUrl: config.databaseOwnerUrl, migrations, log: say });
    return work(config);
  });
}
