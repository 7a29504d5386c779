import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many releases of an import were rejected beyond those that are listed. */
export class ExchangeRejected1764200000550 implements MigrationInterface {
  readonly name = 'ExchangeRejected1764200000550';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exchange.import ADD COLUMN rejected_more integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE exchange.import DROP COLUMN rejected_more');
  }
}
