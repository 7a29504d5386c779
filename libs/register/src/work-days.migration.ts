import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What waits has its last day, so that people are told when days come. */
export class RegisterWorkDays1764300000520 implements MigrationInterface {
  readonly name = 'RegisterWorkDays1764300000520';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- the last day on which it is done in time
      ALTER TABLE register.work ADD COLUMN due_on date;
      CREATE INDEX work_that_waits_from ON register.work (tenant, since) WHERE due_on IS NOT NULL;
      CREATE INDEX work_by_due ON register.work (tenant, due_on) WHERE due_on IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE register.work DROP COLUMN due_on');
  }
}
