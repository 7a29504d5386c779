import { Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { Right } from './core/index.js';

/** A key as it stands: everything but the secret, of which only a hash was kept. */
export interface ApiKey {
  readonly id: string;
  readonly person: string;
  readonly label: string;
  readonly scopes: readonly Right[] | 'all';
  readonly issuedAt: Date;
  /** The last civil day in London it opens anything. */
  readonly lastDay: string;
  readonly revokedAt: Date | null;
}

/** A key about to be written, with the HMAC of the request it came from. */
export interface NewApiKey extends Omit<ApiKey, 'revokedAt'> {
  readonly secretHash: Buffer;
  readonly fingerprint: string;
  readonly issuedBy: string;
}

type Row = Omit<ApiKey, 'scopes'> & { readonly scopes: Right[] | null };
const columns = `id, person, label, scopes, issued_at AS "issuedAt", last_day::text AS "lastDay", revoked_at AS "revokedAt"`;
const toKey = (row: Row): ApiKey => ({ ...row, scopes: row.scopes ?? 'all' });

/** The rows of API keys. */
@Injectable()
export class KeyRows {
  constructor(private readonly database: Database) {}

  /** Which tenant and key a hash belongs to, before any tenant is known. */
  async byHash(hash: Buffer): Promise<{ readonly tenant: string; readonly key: string } | undefined> {
    const [found] = await this.database.statement<{ tenant: string; key: string }>(
      'access.key_by_hash', 'SELECT tenant, key FROM access.key_by_hash($1)', [hash],
    );
    return found;
  }

  async find(tenant: string, id: string): Promise<(ApiKey & { readonly fingerprint: string }) | undefined> {
    const [row] = await this.database.inTenant(tenant, (tx) =>
      tx.query<(Row & { fingerprint: string })[]>(
        `SELECT ${columns}, fingerprint FROM access.api_key WHERE tenant = $1 AND id = $2`, [tenant, id],
      ),
    );
    return row && { ...toKey(row), fingerprint: row.fingerprint };
  }

  /** Keys of one person, or of everybody, newest first. */
  async list(tenant: string, person?: string): Promise<readonly ApiKey[]> {
    const rows = await this.database.inTenant(tenant, (tx) =>
      tx.query<Row[]>(
        `SELECT ${columns} FROM access.api_key
         WHERE tenant = $1 AND ($2::uuid IS NULL OR person = $2::uuid) ORDER BY issued_at DESC, id DESC`,
        [tenant, person ?? null],
      ),
    );
    return rows.map(toKey);
  }

  /**
   * Writes a key if `check` finds nothing against it, given how many keys of this person and label are live on `today`.
   * Two wishes for one person wait for each other, so that the limit holds; `there` when the other one was the same wish.
   */
  async insert<R>(
    tenant: string,
    key: NewApiKey,
    today: string,
    check: (live: number) => readonly R[],
  ): Promise<'written' | 'there' | readonly R[]> {
    return this.database.inTenant(tenant, async (tx) => {
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`access.api_key ${tenant} ${key.person}`]);
      const [{ live } = { live: 0 }] = await tx.query<{ live: number }[]>(
        `SELECT count(*)::int AS live FROM access.api_key
         WHERE tenant = $1 AND person = $2 AND label = $3 AND revoked_at IS NULL AND last_day >= $4::date AND id <> $5`,
        [tenant, key.person, key.label, today, key.id],
      );
      const against = check(live);
      if (against.length > 0) return against;
      const written = await tx.query<unknown[]>(
        `INSERT INTO access.api_key (tenant, id, person, label, scopes, secret_hash, fingerprint, issued_by, issued_at, last_day)
         VALUES ($1, $2, $3, $4, $5::text[], $6, $7, $8, $9, $10::date) ON CONFLICT (tenant, id) DO NOTHING RETURNING id`,
        [tenant, key.id, key.person, key.label, key.scopes === 'all' ? null : key.scopes, key.secretHash, key.fingerprint, key.issuedBy, key.issuedAt, key.lastDay],
      );
      return written.length > 0 ? 'written' : 'there';
    });
  }

  /** Marks a key revoked; one that is already stays as it was. */
  async revoke(tenant: string, id: string, at: Date): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query('UPDATE access.api_key SET revoked_at = $3 WHERE tenant = $1 AND id = $2 AND revoked_at IS NULL', [tenant, id, at]),
    );
  }
}
