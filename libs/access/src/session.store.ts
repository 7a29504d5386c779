import { Database } from '@concordat/platform';
import { Injectable } from '@nestjs/common';

/** A session's row: everything but its secret, of which only a hash was kept. */
export interface SessionRow {
  readonly id: string;
  readonly person: string;
  /** Version of the person's stream at login. */
  readonly personVersion: number;
  readonly startedAt: Date;
  readonly seenAt: Date;
  readonly endedAt: Date | null;
}

/** The rows of sessions. */
@Injectable()
export class SessionRows {
  constructor(private readonly database: Database) {}

  /** Which tenant and session a hash belongs to, before any tenant is known. */
  async byHash(hash: Buffer): Promise<{ readonly tenant: string; readonly session: string } | undefined> {
    const [found] = await this.database.statement<{ tenant: string; session: string }>(
      'access.session_by_hash', 'SELECT tenant, session FROM access.session_by_hash($1)', [hash],
    );
    return found;
  }

  async find(tenant: string, id: string): Promise<SessionRow | undefined> {
    const [row] = await this.database.inTenant(tenant, (tx) =>
      tx.query<SessionRow[]>(
        `SELECT id, person, person_version AS "personVersion", started_at AS "startedAt", seen_at AS "seenAt", ended_at AS "endedAt"
         FROM access.session WHERE tenant = $1 AND id = $2`,
        [tenant, id],
      ),
    );
    return row;
  }

  async insert(tenant: string, session: Omit<SessionRow, 'seenAt' | 'endedAt'>, hash: Buffer): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query(
        `INSERT INTO access.session (tenant, id, person, person_version, secret_hash, started_at, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $6)`,
        [tenant, session.id, session.person, session.personVersion, hash, session.startedAt],
      ),
    );
  }

  async touch(tenant: string, id: string, at: Date): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query('UPDATE access.session SET seen_at = greatest(seen_at, $3) WHERE tenant = $1 AND id = $2', [tenant, id, at]),
    );
  }

  async end(tenant: string, id: string, at: Date): Promise<void> {
    await this.database.inTenant(tenant, (tx) =>
      tx.query('UPDATE access.session SET ended_at = $3 WHERE tenant = $1 AND id = $2 AND ended_at IS NULL', [tenant, id, at]),
    );
  }
}
