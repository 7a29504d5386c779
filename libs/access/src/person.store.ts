import { Clock, Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** How a member of staff is called and reached. Never in an event, a log or a webhook. */
export interface PersonName {
  readonly id: string;
  readonly name: string;
  readonly email: string | null;
}

/** The names of people: the only rows that hold them. What people may do stands in their streams. */
@Injectable()
export class PersonNames {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Writes a name once; a row that is there already stays as it is, so a repeated registration changes nothing. */
  async write(tenant: string, person: PersonName): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query(
        `INSERT INTO access.person (tenant, id, name, email, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (tenant, id) DO NOTHING`,
        [tenant, person.id, person.name, person.email, this.clock.now()],
      ),
    );
  }

  /** The names of these people, by id; unknown ids are left out. */
  async of(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, PersonName>> {
    if (ids.length === 0) return new Map();
    const rows = await this.database.inTenant(tenant, (tx) =>
      tx.query<PersonName[]>('SELECT id, name, email FROM access.person WHERE tenant = $1 AND id = ANY($2::uuid[])', [tenant, ids]),
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** The next people after an id, in the order of their ids. */
  async page(tenant: string, o: { readonly after?: string; readonly limit: number }): Promise<readonly PersonName[]> {
    return this.database.inTenant(tenant, (tx) =>
      tx.query<PersonName[]>(
        `SELECT id, name, email FROM access.person
         WHERE tenant = $1 AND ($2::uuid IS NULL OR id > $2::uuid) ORDER BY id LIMIT $3`,
        [tenant, o.after ?? null, o.limit],
      ),
    );
  }
}
