import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['contract', 'contract_change', 'kept_row', 'register_mapping', 'renewal_settings', 'renewal_basis'];

/** Contracts known from a register alone, every row that could not be used, and what the pipeline is computed by. */
export class RegisterContracts1764000000510 implements MigrationInterface {
  readonly name = 'RegisterContracts1764000000510';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE register.contract (
        tenant uuid NOT NULL,
        -- derived from the tenant and the row's reference (or its title and provider), so that the same row is the same contract
        id uuid NOT NULL,
        -- rises with every change of content or of the plan: SEQUENCE of its calendar entries
        revision integer NOT NULL,
        reference text,
        title text NOT NULL,
        provider text,
        lead text,
        value numeric(18, 2),
        starts_on date,
        ends_on date,
        extension text,
        tier text,
        route text,
        -- what was read but doubted, or not read: [{ code, column, says }]
        problems jsonb NOT NULL,
        source_file text NOT NULL,
        source_sheet text,
        source_row integer NOT NULL,
        raw jsonb NOT NULL,
        -- computed: by renewal_basis
        latest_safe_start date,
        order_on date NOT NULL GENERATED ALWAYS AS (coalesce(latest_safe_start, DATE '9999-12-31')) STORED,
        clash_until date,
        -- the agreement it was taken over as
        agreement uuid,
        imported_at timestamptz NOT NULL,
        changed_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX contract_by_start ON register.contract (tenant, order_on, id);
      CREATE INDEX contract_by_lead ON register.contract (tenant, lead, order_on, id);
      CREATE INDEX contract_by_provider ON register.contract (tenant, provider, order_on, id);

      CREATE TABLE register.contract_change (
        tenant uuid NOT NULL,
        contract uuid NOT NULL,
        revision integer NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL,
        file text NOT NULL,
        -- the members that differ, as they were and as they are; NULL before the first
        was jsonb,
        is_now jsonb NOT NULL,
        PRIMARY KEY (tenant, contract, revision)
      );

      CREATE TABLE register.kept_row (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        file text NOT NULL,
        sheet text,
        row integer NOT NULL,
        raw jsonb NOT NULL,
        problems jsonb NOT NULL,
        -- the contract it would have been; an import that makes it settles the row
        contract uuid,
        kept_at timestamptz NOT NULL,
        settled_at timestamptz,
        settled_by text,
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX kept_row_open ON register.kept_row (tenant, kept_at, id) WHERE settled_at IS NULL;

      CREATE TABLE register.register_mapping (
        tenant uuid NOT NULL,
        -- SHA-256 of the set of headings
        shape text NOT NULL,
        mapping jsonb NOT NULL,
        remembered_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, shape)
      );

      CREATE TABLE register.renewal_settings (
        tenant uuid NOT NULL PRIMARY KEY,
        document jsonb NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by text NOT NULL
      );

      CREATE TABLE register.renewal_basis (
        tenant uuid NOT NULL PRIMARY KEY,
        basis text NOT NULL
      );
      GRANT SELECT, INSERT ON register.contract_change TO concordat_app;
      GRANT SELECT, INSERT, UPDATE ON register.contract, register.kept_row, register.register_mapping,
        register.renewal_settings, register.renewal_basis TO concordat_app;
    `);
    for (const table of tables) {
      await runner.query(`
        ALTER TABLE register.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE register.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_tenant ON register.${table}
          USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
          WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of tables.toReversed()) await runner.query(`DROP TABLE register.${table}`);
  }
}
