import { migrate } from '@concordat/platform';
import { migrations } from './migrations.js';
import { withDatabaseAsItStands } from './with-database.js';

/** `concordat migrate`: prints the steps it took, one a line; none where the database was up to date. */
export async function run(): Promise<number> {
  return withDatabaseAsItStands(async ({ databaseOwnerUrl }) => {
    const taken = await migrate({ ownerUrl: databaseOwnerUrl, migrations });
    process.stdout.write(taken.length > 0 ? `${taken.join('\n')}\n` : 'The database is up to date.\n');
    return 0;
  });
}
