import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every waiver that was given, by condition and team, and when it was reviewed. A view of the journal. */
export class RegisterWaivers1764000000580 implements MigrationInterface {
  readonly name = 'RegisterWaivers1764000000580';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register.waiver (
        tenant uuid NOT NULL,
        waiver uuid NOT NULL,
        agreement uuid NOT NULL,
        condition text NOT NULL,
        -- whose waivers are counted together, as the event says: a team, or a person's id
        team text NOT NULL,
        stage text NOT NULL,
        position bigint NOT NULL,
        given_at timestamptz NOT NULL,
        reviewed_at timestamptz,
        PRIMARY KEY (tenant, waiver)
      );
      CREATE INDEX waiver_by_condition_and_team ON register.waiver (tenant, condition, team, given_at);
      ALTER TABLE register.waiver ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.waiver FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.waiver
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.waiver TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.waiver');
  }
}
