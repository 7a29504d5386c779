import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every sign-off that was asked for, since when, and when it was answered. A view of the journal. */
export class RegisterTurnaround1764400000830 implements MigrationInterface {
  readonly name = 'RegisterTurnaround1764400000830';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register.turnaround (
        tenant uuid NOT NULL,
        agreement uuid NOT NULL,
        sign_off text NOT NULL,
        kind text NOT NULL,
        discipline text NOT NULL,
        asked_at timestamptz NOT NULL,
        -- when it was granted or refused first; null before that, and of what was withdrawn before
        answered_at timestamptz,
        PRIMARY KEY (tenant, agreement, sign_off)
      );
      CREATE INDEX turnaround_by_answer ON register.turnaround (tenant, answered_at);
      ALTER TABLE register.turnaround ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.turnaround FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.turnaround
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.turnaround TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.turnaround');
  }
}
