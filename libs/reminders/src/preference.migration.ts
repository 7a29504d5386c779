import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How people wish to be told, and which notifications go out together in a digest. */
export class ReminderPreferences1764200000530 implements MigrationInterface {
  readonly name = 'ReminderPreferences1764200000530';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE reminders.notification ADD COLUMN digest boolean NOT NULL DEFAULT false;
      -- No view of the journal: how somebody likes to be told is no fact of any agreement.
      CREATE TABLE reminders.preference (
        tenant uuid NOT NULL,
        person uuid NOT NULL,
        ways jsonb NOT NULL,
        quiet_from text,
        quiet_to text,
        PRIMARY KEY (tenant, person),
        CHECK ((quiet_from IS NULL) = (quiet_to IS NULL))
      );
      ALTER TABLE reminders.preference ENABLE ROW LEVEL SECURITY;
      ALTER TABLE reminders.preference FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON reminders.preference
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE ON reminders.preference TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reminders.preference; ALTER TABLE reminders.notification DROP COLUMN digest');
  }
}
