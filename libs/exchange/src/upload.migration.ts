import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who began an import and when; registers that were uploaded and wait for their headings to be confirmed; whose agreements wait to be told. */
export class ExchangeUploads1764100000550 implements MigrationInterface {
  readonly name = 'ExchangeUploads1764100000550';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE exchange.import
        ADD COLUMN begun_at timestamptz NOT NULL DEFAULT now(),
        -- a person's id, or system:import
        ADD COLUMN begun_by text NOT NULL DEFAULT 'system:import';
      ALTER TABLE exchange.import ALTER COLUMN begun_at DROP DEFAULT, ALTER COLUMN begun_by DROP DEFAULT;
      CREATE INDEX import_newest ON exchange.import (tenant, begun_at, id);

      CREATE TABLE exchange.register_import (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        file text NOT NULL,
        -- the file itself, until it is imported or given up
        bytes bytea,
        begun_at timestamptz NOT NULL,
        begun_by text NOT NULL,
        imported_at timestamptz,
        -- what became of its rows
        report jsonb,
        PRIMARY KEY (tenant, id),
        CHECK ((imported_at IS NULL) = (bytes IS NOT NULL) AND (imported_at IS NULL) = (report IS NULL))
      );
      ALTER TABLE exchange.register_import ENABLE ROW LEVEL SECURITY;
      ALTER TABLE exchange.register_import FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON exchange.register_import
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE, DELETE ON exchange.register_import TO concordat_app;

      GRANT USAGE ON SCHEMA exchange TO concordat_router;
      GRANT SELECT (tenant, pending) ON exchange.process TO concordat_router;
      GRANT SELECT (tenant, touched_at) ON exchange.import TO concordat_router;
      CREATE POLICY router_reads ON exchange.process FOR SELECT TO concordat_router USING (true);
      CREATE POLICY router_reads ON exchange.import FOR SELECT TO concordat_router USING (true);
      GRANT CREATE ON SCHEMA exchange TO concordat_router;
      -- Whoever tells the agreements of an import touches it: one that was touched lately is being worked on.
      CREATE FUNCTION exchange.tenants_pending(untouched_since timestamptz) RETURNS TABLE (tenant uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, exchange AS $$
          SELECT DISTINCT p.tenant FROM exchange.process p
          WHERE p.pending AND NOT EXISTS (SELECT FROM exchange.import i WHERE i.tenant = p.tenant AND i.touched_at > untouched_since)
          LIMIT 1000
        $$;
      REVOKE ALL ON FUNCTION exchange.tenants_pending(timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION exchange.tenants_pending(timestamptz) TO concordat_app;
      -- Last, because afterwards the router owns it and nobody else may grant anything.
      ALTER FUNCTION exchange.tenants_pending(timestamptz) OWNER TO concordat_router;
      REVOKE CREATE ON SCHEMA exchange FROM concordat_router;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION exchange.tenants_pending(timestamptz);
      DROP POLICY router_reads ON exchange.process;
      DROP POLICY router_reads ON exchange.import;
      REVOKE SELECT (tenant, touched_at) ON exchange.import FROM concordat_router;
      REVOKE SELECT (tenant, pending) ON exchange.process FROM concordat_router;
      REVOKE USAGE ON SCHEMA exchange FROM concordat_router;
      DROP TABLE exchange.register_import;
      DROP INDEX exchange.import_newest;
      ALTER TABLE exchange.import DROP COLUMN begun_at, DROP COLUMN begun_by;
    `);
  }
}
