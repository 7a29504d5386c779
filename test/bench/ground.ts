import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConcordatModule } from '@concordat/assembly';
import { migrations } from '@concordat/concordat';
import { Database, EmbeddedPostgres, migrate, NestLog, setLogLevel } from '@concordat/platform';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import type { WebEnvironment } from './web-process.js';

/** What every measurement stands on: a PostgreSQL of the bench's own, migrated, with the settings the product gives it. */
export class Ground {
  private constructor(
    readonly folder: string,
    private readonly postgres: EmbeddedPostgres,
    readonly environment: WebEnvironment,
    /** The product's parts in this process, to make organisations with. */
    readonly app: INestApplicationContext,
    /** A superuser, to read what was written. */
    readonly reader: Client,
    readonly database: Database,
  ) {}

  static async prepare(): Promise<Ground> {
    setLogLevel('warn');
    const folder = await mkdtemp(join(await realpath(tmpdir()), 'concordat-bench-'));
    await chmod(folder, 0o755); // started by root, PostgreSQL runs as another user
    // As durable as the product runs it; only pgbench needs more connections than usual.
    const postgres = await EmbeddedPostgres.acquire({ dataDir: folder, settings: { max_connections: '250' } });
    await migrate({ ownerUrl: postgres.ownerUrl, migrations });
    const databaseUrl = postgres.appUrl;
    const key = randomBytes(32);
    const installation = {
      mode: 'demo' as const,
      publicUrl: 'http://localhost:3000',
      dataDir: folder,
      databaseUrl,
      key,
      webhookAllowCidrs: [],
      webhookAllowPorts: [],
    };
    const app = await NestFactory.createApplicationContext(ConcordatModule.forRoot(installation), { logger: new NestLog() });
    const reader = new Client({ connectionString: postgres.ownerUrl });
    await reader.connect();
    const environment = { databaseUrl, key: key.toString('base64'), dataDir: folder };
    return new Ground(folder, postgres, environment, app, reader, app.get(Database));
  }

  /** The last position of a tenant's feed; 0 before its first event. */
  async position(tenant: string): Promise<number> {
    const { rows } = await this.reader.query<{ position: string }>('SELECT position FROM journal.head WHERE tenant = $1', [tenant]);
    return Number(rows[0]?.position ?? 0);
  }

  /** How much write-ahead log there is, bytes. */
  async walBytes(): Promise<number> {
    const { rows } = await this.reader.query<{ bytes: string }>(`SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes`);
    return Number(rows[0]!.bytes);
  }

  async version(): Promise<string> {
    const { rows } = await this.reader.query<{ version: string }>(`SELECT current_setting('server_version') AS version`);
    return rows[0]!.version;
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.reader.end();
    await this.postgres.release();
    await EmbeddedPostgres.discard(this.folder);
    await rm(this.folder, { recursive: true, force: true });
  }
}
