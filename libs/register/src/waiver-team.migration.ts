import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By what waivers are told to be of one team, whatever the team is called today, and which of them go to review. */
export class RegisterWaiverTeams1764300000790 implements MigrationInterface {
  readonly name = 'RegisterWaiverTeams1764300000790';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- as the event says: two that share any of these are of one team
      ALTER TABLE register.waiver ADD COLUMN counts_with text[] NOT NULL DEFAULT '{}', ADD COLUMN for_review boolean NOT NULL DEFAULT false;
      DROP INDEX register.waiver_by_condition_and_team;
      CREATE INDEX waiver_by_condition ON register.waiver (tenant, condition, given_at);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX register.waiver_by_condition;
      CREATE INDEX waiver_by_condition_and_team ON register.waiver (tenant, condition, team, given_at);
      ALTER TABLE register.waiver DROP COLUMN counts_with, DROP COLUMN for_review;
    `);
  }
}
