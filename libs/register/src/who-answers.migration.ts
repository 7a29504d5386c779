import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who answers for a risk, a control or an action was not kept until now: the whole feed is read once more, so that what waits for whoever left is found. */
export class RegisterWhoAnswers1764300000820 implements MigrationInterface {
  readonly name = 'RegisterWhoAnswers1764300000820';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- As the owner, who otherwise sees no tenant's rows.
      ALTER TABLE journal.cursor NO FORCE ROW LEVEL SECURITY;
      UPDATE journal.cursor SET position = 0 WHERE consumer = 'register.work';
      ALTER TABLE journal.cursor FORCE ROW LEVEL SECURITY;
    `);
  }

  async down(): Promise<void> {
    // What was read twice is written once.
  }
}
