import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an agreement was split from or called off from, for its line in lists. */
export class RegisterTree1764000000760 implements MigrationInterface {
  readonly name = 'RegisterTree1764000000760';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE register.agreement ADD COLUMN parent uuid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE register.agreement DROP COLUMN parent');
  }
}
