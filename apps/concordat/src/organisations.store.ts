import { appRole, sessionUrl } from '@concordat/platform';
import { Client } from 'pg';

/**
 * Whether there is an organisation, and with it what the installation's key sealed: texts of people, secrets of endpoints.
 * @param url the login that serves, of a database that is migrated.
 */
export async function holdsOrganisations(url: string): Promise<boolean> {
  const client = new Client({ connectionString: sessionUrl(url, appRole), connectionTimeoutMillis: 5_000, application_name: 'concordat' });
  client.on('error', () => undefined); // the query under way rejects too, and says why
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>('SELECT EXISTS (SELECT FROM access.tenants()) AS there');
    return rows[0]!.there;
  } finally {
    await client.end().catch(() => undefined);
  }
}
