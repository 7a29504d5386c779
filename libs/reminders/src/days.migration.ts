import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Up to which day each organisation's people were told of days that came. */
export class ReminderDays1764300000530 implements MigrationInterface {
  readonly name = 'ReminderDays1764300000530';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE reminders.told_until (tenant uuid PRIMARY KEY, day date NOT NULL);
      ALTER TABLE reminders.told_until ENABLE ROW LEVEL SECURITY;
      ALTER TABLE reminders.told_until FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON reminders.told_until
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE ON reminders.told_until TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE reminders.told_until');
  }
}
