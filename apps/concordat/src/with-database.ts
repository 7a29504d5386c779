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
    return work({ ...config, databaseUrl, databaseOwnerUrl }).catch((fault: unknown) => {
      throw isUnprepared(fault) ? new Error('The database of DATABASE_URL is not what this release needs. Run: npm run concordat -- migrate', { cause: fault }) : fault;
    });
  }
  const embedded = await EmbeddedPostgres.acquire({ dataDir: config.dataDir, log: say });
  try {
    return await work({ ...config, databaseUrl: embedded.appUrl, databaseOwnerUrl: embedded.ownerUrl });
  } finally {
    await embedded.release();
  }
}

// A schema, a table or a function that is not there: PostgreSQL's manual, appendix A.
function isUnprepared(fault: unknown): boolean {
  return fault instanceof Error && 'code' in fault && ['3F000', '42P01', '42883'].includes(String(fault.code));
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
