import { Clock, Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';
import type { OrganisationIdentifier } from './core/index.js';

/** A registered provider, for lists. */
export interface ProviderEntry {
  readonly id: string;
  readonly name: string;
  readonly identifiers: readonly OrganisationIdentifier[];
}

/** The providers registered in an organisation. */
@Injectable()
export class Providers {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes a provider once; a row that is there already stays as it is. */
  async write(tenant: string, provider: ProviderEntry): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query(
        `INSERT INTO access.provider (tenant, id, name, identifiers, created_at) VALUES ($1, $2, $3, $4::jsonb, $5)
         ON CONFLICT (tenant, id) DO NOTHING`,
        [tenant, provider.id, provider.name, JSON.stringify(provider.identifiers), this.clock.now()],
      ),
    );
  }

  /** These providers, by id; unknown ids are left out. */
  async of(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, ProviderEntry>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.inTenant(tenant, (tx) =>
      tx.query<ProviderEntry[]>(
        'SELECT id, name, identifiers FROM access.provider WHERE tenant = $1 AND id = ANY($2::uuid[])',
        [tenant, ids],
      ),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** Providers after an id, in the order of their ids; `after` is the last id of the page before. */
  async list(tenant: string, o: { readonly after?: string; readonly limit: number }): Promise<readonly ProviderEntry[]> {
    return this.database.inTenant(tenant, (tx) =>
      tx.query<ProviderEntry[]>(
        `SELECT id, name, identifiers FROM access.provider
         WHERE tenant = $1 AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT $3`,
        [tenant, o.after ?? null, o.limit],
      ),
    );
  }
}
