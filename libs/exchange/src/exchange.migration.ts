import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ExchangeRejected1764200000550 } from './rejected.migration.js';
import { ParticipationSources1764500000550 } from './participation/participation-sources.migration.js';
import { ParticipationImports1764210000550 } from './participation/participation-import.migration.js';
import { ExchangeUploads1764100000550 } from './upload.migration.js';

/** What was published elsewhere: imports, the releases they brought, the processes these belong to, and what was found in them. */
export class ExchangeImports1763900000550 implements MigrationInterface {
  readonly name = 'ExchangeImports1763900000550';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS exchange;
      GRANT USAGE ON SCHEMA exchange TO concordat_app;

      CREATE TABLE exchange.import (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        -- while it is null, nothing of this import counts
        committed_at timestamptz,
        touched_at timestamptz NOT NULL,
        duplicates integer NOT NULL DEFAULT 0,
        -- [{ name, source }], in the order they were read; staged_release.file points into it
        files jsonb NOT NULL DEFAULT '[]',
        PRIMARY KEY (tenant, id)
      );

      CREATE TABLE exchange.staged_release (
        tenant uuid NOT NULL,
        import uuid NOT NULL,
        ordinal integer NOT NULL,
        file integer NOT NULL,
        index integer NOT NULL,
        ocid text,
        content_hash bytea,
        -- RFC 8785, deflated (RFC 1951); null for one that was rejected
        content bytea,
        verdict text CHECK (verdict IN ('imported', 'merged', 'rejected')),
        reason text,
        applied boolean NOT NULL DEFAULT false,
        PRIMARY KEY (tenant, import, ordinal),
        FOREIGN KEY (tenant, import) REFERENCES exchange.import (tenant, id) ON DELETE CASCADE
      );
      -- It is compressed already.
      ALTER TABLE exchange.staged_release ALTER COLUMN content SET STORAGE EXTERNAL;
      CREATE INDEX staged_release_by_process ON exchange.staged_release (tenant, ocid, content_hash) WHERE ocid IS NOT NULL;

      CREATE TABLE exchange.process (
        tenant uuid NOT NULL,
        ocid text NOT NULL,
        agreement uuid,
        -- of the compiled release that the agreement was last told of
        content_hash bytea,
        -- it has releases the agreement was not told of
        pending boolean NOT NULL,
        -- about how much its releases weigh, so that a batch stays small
        bytes bigint NOT NULL,
        PRIMARY KEY (tenant, ocid)
      ) WITH (fillfactor = 80);
      CREATE INDEX process_pending ON exchange.process (tenant, ocid) WHERE pending;

      CREATE TABLE exchange.finding (
        tenant uuid NOT NULL,
        ocid text NOT NULL,
        code text NOT NULL,
        about text NOT NULL,
        detail text NOT NULL,
        import uuid NOT NULL,
        PRIMARY KEY (tenant, ocid, code, about)
      );
      CREATE INDEX finding_by_import ON exchange.finding (tenant, import, code);
    `);
    for (const table of ['import', 'staged_release', 'process', 'finding']) {
      await runner.query(`
        ALTER TABLE exchange.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE exchange.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_tenant ON exchange.${table}
          USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
          WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
        GRANT SELECT, INSERT, UPDATE, DELETE ON exchange.${table} TO concordat_app;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA exchange CASCADE');
  }
}

export const migrations = [ExchangeImports1763900000550, ExchangeUploads1764100000550, ExchangeRejected1764200000550, ParticipationImports1764210000550, ParticipationSources1764500000550];
