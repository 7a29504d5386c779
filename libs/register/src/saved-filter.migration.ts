import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Filters that people keep, and the period of an agreement's contract for its roadmap. */
export class RegisterSavedFilters1764000000560 implements MigrationInterface {
  readonly name = 'RegisterSavedFilters1764000000560';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE register.agreement ADD COLUMN starts_on date, ADD COLUMN ends_on date;
      -- No view of the journal: what somebody likes to look at is no fact of any agreement.
      CREATE TABLE register.saved_filter (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        person uuid NOT NULL,
        name text NOT NULL,
        view text NOT NULL,
        stage text,
        lifecycle text,
        text text,
        shared boolean NOT NULL,
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX saved_filter_of_person ON register.saved_filter (tenant, person);
      ALTER TABLE register.saved_filter ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.saved_filter FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.saved_filter
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.saved_filter TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.saved_filter; ALTER TABLE register.agreement DROP COLUMN starts_on, DROP COLUMN ends_on');
  }
}
