import { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { appRole, placeOf, sessionUrl } from './database-url.js';

/**
 * One step of a lib's schema, a TypeORM migration. Its class name ends with 13 digits (milliseconds since 1970), which
 * order the steps of all libs. It runs as `concordat_owner` and makes its own schema.
 */
export interface MigrationClass {
  readonly name: string;
  new (): MigrationInterface;
}

/** Owns every object; nobody logs in as it. */
export const ownerRole = 'concordat_owner';
/** Owns the functions that look across tenants before one is known; nobody logs in as it. */
export const routerRole = 'concordat_router';

const ledgerSchema = 'platform';
const queueSchema = 'bullmq';
// "conc" in ASCII. Held for the whole run, so that two starts migrate one after the other.
const migrationLock = 0x636f6e63;

/** What `migrate` is told. */
export interface MigrateOptions {
  /** A login that may create roles and schemas here: a superuser, or the database's owner with CREATEROLE. */
  readonly ownerUrl: string;
  readonly migrations: readonly MigrationClass[];
  /** Told each step as it is taken. */
  readonly log?: (line: string) => void;
}

/**
 * Brings a database to what this release needs: the three roles, every migration not yet run, BullMQ's tables, the grants.
 * It may be run again, and by two processes at once; the second finds nothing to do.
 * @returns the names of the migrations that ran now.
 * @throws Error with a sentence when the login lacks a right or nothing answers; the failing migration's error otherwise,
 *   and then those before it stand.
 */
export async function migrate({ ownerUrl, migrations, log = () => undefined }: MigrateOptions): Promise<string[]> {
  const owner = new Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, application_name: 'concordat migrate' });
  owner.on('error', () => undefined); // the statement under way rejects too, and says why
  try {
    await owner.connect();
  } catch (cause) {
    const reason = (cause as Error).message || (cause as { code?: string }).code;
    throw new Error(`PostgreSQL at ${placeOf(ownerUrl)} cannot be reached to migrate: ${reason}. Look at DATABASE_OWNER_URL or DATABASE_URL.`, { cause });
  }
  try {
    await owner.query('select pg_advisory_lock($1)', [migrationLock]);
    await prepareRoles(owner);
    const ran = await runMigrations(sessionUrl(ownerUrl, ownerRole), migrations, log);
    await prepareQueues(sessionUrl(ownerUrl, ownerRole));
    return ran;
  } finally {
    await owner.end().catch(() => undefined);
  }
}

/**
 * Owner and router do not inherit: the owner is a member of the router, to give it functions, and must not thereby see
 * every tenant's rows through the router's policies.
 */
async function prepareRoles(owner: Client): Promise<void> {
  const { rows: existing } = await owner.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
    [ownerRole, appRole, routerRole],
  ]);
  const missing = [ownerRole, appRole, routerRole].filter((role) => !existing.some(({ rolname }) => rolname === role));
  for (const role of missing) {
    // Roles belong to the whole cluster, the lock to one database: another database's start may be quicker.
    await settled(owner, `create role ${role} nologin noinherit nobypassrls`, ['42710', '23505']);
  }
  const { rows } = await owner.query<{ database: string; mayCreate: boolean; memberships: string[] }>(
    `select current_database() as database,
            has_database_privilege($1, current_database(), 'CREATE') as "mayCreate",
            array(select r.rolname::text from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles g on g.oid = m.member
                  where g.rolname = current_user or (g.rolname = $1 and r.rolname = $2)) as memberships`,
    [ownerRole, routerRole],
  );
  const { database, mayCreate, memberships } = rows[0]!;
  if (!memberships.includes(routerRole) || missing.length > 0) await settled(owner, `grant ${routerRole} to ${ownerRole}`);
  await actAs(owner, ownerRole);
  await actAs(owner, appRole);
  if (!mayCreate) await settled(owner, `grant create on database ${owner.escapeIdentifier(database)} to ${ownerRole}`);
}

/** Lets the login take a role, where it cannot do so yet. */
async function actAs(owner: Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ may: boolean }>(
    `select case when current_setting('server_version_num')::int >= 160000
       then pg_has_role(current_user, $1, 'SET') else pg_has_role(current_user, $1, 'MEMBER') end as may`,
    [role],
  );
  if (rows[0]?.may !== true) await settled(owner, `grant ${role} to current_user`);
}

/** Runs one statement about roles or rights, again where another database's migration touched the same catalogue row. */
async function settled(owner: Client, sql: string, alreadyDone: readonly string[] = []): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await owner.query(sql);
      return;
    } catch (fault) {
      const { code = '', message } = fault as { code?: string; message: string };
      if (alreadyDone.includes(code)) return;
      if (attempt < 20 && (message.includes('concurrently') || code === '23505')) continue;
      if (code === '42501') {
        throw new Error(
          `The login that migrates may not run "${sql}": ${message}. Give DATABASE_OWNER_URL a superuser, or the owner of the database with CREATEROLE; or let a superuser run the statement once.`,
          { cause: fault },
        );
      }
      throw fault;
    }
  }
}

async function runMigrations(url: string, migrations: readonly MigrationClass[], log: (line: string) => void): Promise<string[]> {
  const { DataSource } = await import('typeorm');
  const source = new DataSource({
    type: 'postgres',
    url,
    schema: ledgerSchema,
    migrations: [...migrations],
    migrationsTableName: 'migration',
    installExtensions: false,
    logging: false,
    applicationName: 'concordat migrate',
    extra: { max: 1 },
    poolErrorHandler: () => undefined,
  });
  await source.initialize();
  try {
    await source.query(`create schema if not exists ${ledgerSchema}`);
    const ran = await source.runMigrations({ transaction: 'each' });
    for (const { name } of ran) log(`migrated ${name}`);
    return ran.map(({ name }) => name);
  } finally {
    await source.destroy();
  }
}

async function prepareQueues(url: string): Promise<void> {
  // Loading BullMQ takes a while; only who migrates pays for it.
  const { runMigrations: runQueueMigrations } = await import('bullmq');
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, application_name: 'concordat migrate' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await runQueueMigrations(client, queueSchema);
    await client.query(`
      grant usage on schema ${queueSchema} to ${appRole};
      grant select, insert, update, delete, truncate on all tables in schema ${queueSchema} to ${appRole};
      grant usage, select, update on all sequences in schema ${queueSchema} to ${appRole};
      grant execute on all routines in schema ${queueSchema} to ${appRole};`);
  } finally {
    await client.end().catch(() => undefined);
  }
}
