import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was written before a table came has no rows in it until something happens there again: both consumers read the whole feed once more,
 * as it is folded today, and write the same rows and those that were missing.
 */
export class RegisterReadAnew1764300000810 implements MigrationInterface {
  readonly name = 'RegisterReadAnew1764300000810';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As the owner, who otherwise sees no tenant's rows.
      ALTER TABLE journal.cursor NO FORCE ROW LEVEL SECURITY;
      UPDATE journal.cursor SET position = 0 WHERE consumer IN ('register.agreements', 'register.work');
      ALTER TABLE journal.cursor FORCE ROW LEVEL SECURITY;
    `);
  }

  async down(): Promise<void> {
    // What was read twice is written once.
  }
}
