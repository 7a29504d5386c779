import { appRole, ownerRole, routerRole } from '@concordat/platform';
import { Client } from 'pg';

/** What the database says of itself. */
export interface Answer {
  readonly version: string;
  /** Its clock less this machine's, ms. */
  readonly clockAhead: number;
  /** The login, and the roles we stand on, with the rights that would lift row-level security. */
  readonly roles: readonly { readonly role: string; readonly login: boolean; readonly superuser: boolean; readonly bypassesRls: boolean }[];
  /** The steps it was brought through; undefined where this login may not read them. */
  readonly migrated: readonly string[] | undefined;
}

/**
 * Asks and changes nothing: the session is read-only.
 * @param url the login that serves; @param ownerUrl the one that migrates, which alone may read what was migrated.
 * @throws what pg says when nobody answers within 5 s or the login is refused.
 */
export async function askDatabase(url: string, ownerUrl: string): Promise<Answer> {
  const { version, clockAhead, roles } = await asked(url, async (client) => {
    const before = Date.now();
    const { rows } = await client.query<{ version: string; now: number }>(
      `select current_setting('server_version') as version, extract(epoch from clock_timestamp())::float8 * 1000 as now`,
    );
    const { version, now } = rows[0]!;
    const { rows: roles } = await client.query<Answer['roles'][number]>(
      `select rolname::text as role, rolname = session_user as login, rolsuper as superuser, rolbypassrls as "bypassesRls"
       from pg_roles where rolname = session_user or rolname = any($1) order by 1`,
      [[appRole, ownerRole, routerRole]],
    );
    return { version, clockAhead: now - (before + Date.now()) / 2, roles };
  });
  return { version, clockAhead, roles, migrated: await asked(ownerUrl, migratedSteps) };
}

async function migratedSteps(client: Client): Promise<readonly string[] | undefined> {
  const { rows } = await client.query<{ there: boolean }>(`select exists (select from pg_namespace where nspname = 'platform') as there`);
  if (rows[0]?.there !== true) return [];
  try {
    return (await client.query<{ name: string }>('select name from platform.migration')).rows.map(({ name }) => name);
  } catch (fault) {
    const { code } = fault as { code?: string };
    if (code === '42P01') return [];
    if (code === '42501') return undefined;
    throw fault;
  }
}

async function asked<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000, query_timeout: 5_000, application_name: 'concordat doctor' });
  client.on('error', () => undefined); // the query under way rejects too, and says why
  await client.connect();
  try {
    await client.query('set default_transaction_read_only = on');
    return await work(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
