import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What became of exports of participation platforms, entry by entry; the words themselves stand in the agreements alone. */
export class ParticipationImports1764210000550 implements MigrationInterface {
  readonly name = 'ParticipationImports1764210000550';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE exchange.participation_import (
        tenant uuid NOT NULL,
        -- of the operation that takes the entries in, where there is one
        id uuid NOT NULL,
        agreement uuid NOT NULL,
        activity uuid NOT NULL,
        file text NOT NULL,
        taken_at timestamptz NOT NULL,
        -- a person's id
        taken_by text NOT NULL,
        -- counts, and each entry that was not taken, with why
        report jsonb NOT NULL,
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX participation_import_by_agreement ON exchange.participation_import (tenant, agreement, taken_at);
      ALTER TABLE exchange.participation_import ENABLE ROW LEVEL SECURITY;
      ALTER TABLE exchange.participation_import FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON exchange.participation_import
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON exchange.participation_import TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE exchange.participation_import');
  }
}
