import { Clock, Database, newId, Problem, type Tx } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** A commissioning organisation: the tenant everything else belongs to. */
export interface Organisation {
  readonly tenant: string;
  /** Lower-case letters, digits and hyphens, unique in the installation. */
  readonly slug: string;
  readonly name: string;
}

/** The organisations of this installation. */
@Injectable()
export class Organisations {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates one.
   * @throws Problem 422 `organisation.slug-malformed`, 409 `organisation.slug-taken`.
   */
  async create(wish: { readonly slug: string; readonly name: string }): Promise<Organisation> {
    if (!/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(wish.slug)) {
      throw new Problem({
        status: 422,
        code: 'organisation.slug-malformed',
        title: 'The short name cannot be used',
        detail: 'A short name has 1 to 63 lower-case letters, digits and hyphens, and neither begins nor ends with a hyphen, such as "northshire".',
      });
    }
    const organisation = { tenant: newId(), ...wish };
    const isThere = await this.database.inTenant(organisation.tenant, (tx) => this.createWithin(tx, organisation));
    if (!isThere) {
      throw new Problem({
        status: 409,
        code: 'organisation.slug-taken',
        title: 'The short name is taken',
        detail: `An organisation with the short name "${wish.slug}" is there already. Choose another one.`,
      });
    }
    return organisation;
  }

  /**
   * Creates one in a transaction of its tenant's; one that is there already is left as it is.
   * @returns false where another organisation has the short name.
   */
  async createWithin(tx: Tx, { tenant, slug, name }: Organisation): Promise<boolean> {
    await tx.query('INSERT INTO access.organisation (tenant, slug, name, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [tenant, slug, name, this.clock.now()]);
    const found: unknown[] = await tx.query('SELECT tenant FROM access.organisation WHERE tenant = $1 AND slug = $2', [tenant, slug]);
    return found.length > 0;
  }

  /** The organisation of a tenant, or nothing. */
  async find(tenant: string): Promise<Organisation | undefined> {
    const [organisation] = await this.database.inTenant(tenant, (tx) =>
      tx.query<Organisation[]>('SELECT tenant, slug, name FROM access.organisation WHERE tenant = $1', [tenant]),
    );
    return organisation;
  }

  /** The organisation with this short name, or nothing. */
  async bySlug(slug: string): Promise<Organisation | undefined> {
    const [row] = await this.database.statement<{ tenant: string | null }>(
      'access.tenant_by_slug', 'SELECT access.tenant_by_slug($1) AS tenant', [slug],
    );
    return row?.tenant ? this.find(row.tenant) : undefined;
  }

  /** Every organisation of the installation by short name: for the command line and the demo's sign-in page only. */
  async list(): Promise<readonly Organisation[]> {
    const rows = await this.database.statement<{ tenant: string }>('access.tenants', 'SELECT tenant FROM access.tenants() AS tenant', []);
    const found = await Promise.all(rows.map(({ tenant }) => this.find(tenant)));
    return found.filter((organisation) => organisation !== undefined);
  }
}
