import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many agreements stand in each stage, kept as they are written, and an index that gives the newest of a stage: what a board asks for. */
export class RegisterBoard1764000000770 implements MigrationInterface {
  readonly name = 'RegisterBoard1764000000770';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX agreement_by_stage ON register.agreement (tenant, stage, opened_at DESC, id DESC);

      CREATE TABLE register.stage_count (
        tenant uuid NOT NULL,
        pathway text NOT NULL,
        stage text NOT NULL,
        lifecycle text NOT NULL,
        agreements integer NOT NULL CHECK (agreements >= 0),
        PRIMARY KEY (tenant, pathway, stage, lifecycle)
      ) WITH (fillfactor = 50);

      -- As the owner, who otherwise sees no tenant's rows.
      ALTER TABLE register.agreement NO FORCE ROW LEVEL SECURITY;
      INSERT INTO register.stage_count SELECT tenant, pathway, stage, lifecycle, count(*) FROM register.agreement GROUP BY tenant, pathway, stage, lifecycle;
      ALTER TABLE register.agreement FORCE ROW LEVEL SECURITY;

      ALTER TABLE register.stage_count ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.stage_count FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.stage_count
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.stage_count TO concordat_app;

      -- Once a statement, over its rows before and after: whoever writes rows keeps the counts with them. One consumer
      -- writes the rows of a tenant, under its cursor's lock, so that no two statements wait for each other's counts.
      CREATE FUNCTION register.keep_stage_counts() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          UPDATE register.stage_count AS kept SET agreements = kept.agreements - gone.n
          FROM (SELECT tenant, pathway, stage, lifecycle, count(*) AS n FROM before GROUP BY 1, 2, 3, 4) AS gone
          WHERE (kept.tenant, kept.pathway, kept.stage, kept.lifecycle) = (gone.tenant, gone.pathway, gone.stage, gone.lifecycle);
        END IF;
        IF TG_OP <> 'DELETE' THEN
          INSERT INTO register.stage_count AS kept
          SELECT tenant, pathway, stage, lifecycle, count(*) FROM after GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
          ON CONFLICT (tenant, pathway, stage, lifecycle) DO UPDATE SET agreements = kept.agreements + excluded.agreements;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER counted_in AFTER INSERT ON register.agreement REFERENCING NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION register.keep_stage_counts();
      CREATE TRIGGER counted_anew AFTER UPDATE ON register.agreement REFERENCING OLD TABLE AS before NEW TABLE AS after FOR EACH STATEMENT EXECUTE FUNCTION register.keep_stage_counts();
      CREATE TRIGGER counted_out AFTER DELETE ON register.agreement REFERENCING OLD TABLE AS before FOR EACH STATEMENT EXECUTE FUNCTION register.keep_stage_counts();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER counted_in ON register.agreement;
      DROP TRIGGER counted_anew ON register.agreement;
      DROP TRIGGER counted_out ON register.agreement;
      DROP FUNCTION register.keep_stage_counts();
      DROP TABLE register.stage_count;
      DROP INDEX register.agreement_by_stage;
    `);
  }
}
