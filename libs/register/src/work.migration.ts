import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits for somebody: one row a thing. A view of the journal, like the list of agreements. */
export class RegisterWork1764000000520 implements MigrationInterface {
  readonly name = 'RegisterWork1764000000520';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register.work (
        tenant uuid NOT NULL,
        agreement uuid NOT NULL,
        kind text NOT NULL,
        -- the id of a sign-off, a statement, a theme; empty where it is the agreement itself
        subject text NOT NULL,
        -- a right, with the discipline or provider it is limited to
        key text NOT NULL,
        asked_by uuid,
        count integer NOT NULL,
        since timestamptz NOT NULL,
        PRIMARY KEY (tenant, agreement, kind, subject)
      ) WITH (fillfactor = 85);
      CREATE INDEX work_by_key ON register.work (tenant, key, since);
      CREATE INDEX work_by_asker ON register.work (tenant, asked_by, since) WHERE asked_by IS NOT NULL;
      ALTER TABLE register.work ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.work FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.work
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.work TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.work');
  }
}
