import type { MigrationInterface, QueryRunner } from 'typeorm';

/** On whose ids what waits in an agreement rests, so that it is looked at again once two of them are found to be one person. */
export class RegisterWorkPeople1764300000800 implements MigrationInterface {
  readonly name = 'RegisterWorkPeople1764300000800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register.work_person (
        tenant uuid NOT NULL,
        person uuid NOT NULL,
        agreement uuid NOT NULL,
        PRIMARY KEY (tenant, person, agreement)
      );
      ALTER TABLE register.work_person ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.work_person FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.work_person
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.work_person TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.work_person');
  }
}
