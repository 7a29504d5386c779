import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Agreements as they stood when the sourcing was over for those who were not awarded them: what lists show these from then on. */
export class RegisterLeft1764300000780 implements MigrationInterface {
  readonly name = 'RegisterLeft1764300000780';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- rows like those of register.agreement; parties: the providers for whom it was over at this version
      CREATE TABLE register.agreement_left (LIKE register.agreement, PRIMARY KEY (tenant, id, version));
      CREATE INDEX agreement_left_by_party ON register.agreement_left USING gin (parties);
      ALTER TABLE register.agreement_left ENABLE ROW LEVEL SECURITY;
      ALTER TABLE register.agreement_left FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON register.agreement_left
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON register.agreement_left TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE register.agreement_left');
  }
}
