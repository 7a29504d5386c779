import { Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** The rows of the vault: per subject a key, sealed under the installation's, or the mark that it was destroyed. */
@Injectable()
export class VaultRows {
  constructor(private readonly database: Database) {}

  /** The sealed keys of these subjects; `null` where it was destroyed, absent where there never was one. */
  async find(tenant: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string | null>> {
    const rows = await this.database.inTenant(tenant, (tx) =>
      tx.query<{ subject: string; sealedKey: string | null }[]>(
        'SELECT subject, sealed_key AS "sealedKey" FROM access.vault_key WHERE tenant = $1 AND subject = ANY($2::uuid[])',
        [tenant, subjects],
      ),
    );
    return new Map(rows.map((row) => [row.subject, row.sealedKey]));
  }

  /** Writes new keys; a subject that has one, or had one, keeps what it has. */
  async insert(tenant: string, keys: readonly { readonly subject: string; readonly sealedKey: string }[], at: Date): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query(
        `INSERT INTO access.vault_key (tenant, subject, sealed_key, created_at)
         SELECT $1, k.subject, k.sealed_key, $4 FROM unnest($2::uuid[], $3::text[]) AS k (subject, sealed_key)
         ORDER BY k.subject ON CONFLICT (tenant, subject) DO NOTHING`,
        [tenant, keys.map(({ subject }) => subject), keys.map(({ sealedKey }) => sealedKey), at],
      ),
    );
  }

  /** Changes a key that stands, with nobody else changing it meanwhile; does nothing where there is none. */
  async change(tenant: string, subject: string, change: (sealedKey: string) => string): Promise<void> {
    await this.database.inTenant(tenant, async (tx) => {
      const [row] = await tx.query<{ sealedKey: string | null }[]>('SELECT sealed_key AS "sealedKey" FROM access.vault_key WHERE tenant = $1 AND subject = $2 FOR UPDATE', [tenant, subject]);
      if (typeof row?.sealedKey !== 'string') return;
      await tx.query('UPDATE access.vault_key SET sealed_key = $3 WHERE tenant = $1 AND subject = $2', [tenant, subject, change(row.sealedKey)]);
    });
  }

  /** Destroys a key for good; the mark stays, also for a subject that never had one. */
  async destroy(tenant: string, subject: string, at: Date): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query(
        `INSERT INTO access.vault_key (tenant, subject, sealed_key, created_at, destroyed_at) VALUES ($1, $2, NULL, $3, $3)
         ON CONFLICT (tenant, subject) DO UPDATE SET sealed_key = NULL, destroyed_at = excluded.destroyed_at
         WHERE access.vault_key.sealed_key IS NOT NULL`,
        [tenant, subject, at],
      ),
    );
  }
}
