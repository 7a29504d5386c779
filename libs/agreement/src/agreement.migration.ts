import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AgreementTransfers1764400000300 } from './transfer.migration.js';

/** Work accepted now and done later: one row an operation, one row a command of it. The truth of it is here, never in a queue. */
export class AgreementOperations1763900000300 implements MigrationInterface {
  readonly name = 'AgreementOperations1763900000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS agreement;
      GRANT USAGE ON SCHEMA agreement TO concordat_app, concordat_router;

      CREATE TABLE agreement.operation (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        fingerprint text NOT NULL,
        actor jsonb NOT NULL,
        principal text NOT NULL,
        correlation_id text NOT NULL,
        lines integer NOT NULL,
        done integer NOT NULL DEFAULT 0,
        accepted_at timestamptz NOT NULL,
        finished_at timestamptz,
        PRIMARY KEY (tenant, id)
      ) WITH (fillfactor = 85);
      CREATE INDEX operation_unfinished ON agreement.operation (tenant, accepted_at) WHERE finished_at IS NULL;

      CREATE TABLE agreement.operation_line (
        tenant uuid NOT NULL,
        operation uuid NOT NULL,
        line integer NOT NULL,
        command jsonb NOT NULL,
        command_id uuid NOT NULL,
        expected_version integer,
        faults integer NOT NULL DEFAULT 0,
        result jsonb,
        PRIMARY KEY (tenant, operation, line),
        FOREIGN KEY (tenant, operation) REFERENCES agreement.operation (tenant, id)
      ) WITH (fillfactor = 85);
      CREATE INDEX operation_line_open ON agreement.operation_line (tenant, operation, line) WHERE result IS NULL;
    `);
    for (const table of ['operation', 'operation_line']) {
      await runner.query(`
        ALTER TABLE agreement.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE agreement.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_tenant ON agreement.${table}
          USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
          WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
        GRANT SELECT, INSERT, UPDATE ON agreement.${table} TO concordat_app;
      `);
    }
    // Before a tenant is known, a worker may learn which operations wait, and nothing else about them.
    await runner.query(`
      GRANT SELECT (tenant, id, accepted_at, finished_at) ON agreement.operation TO concordat_router;
      CREATE POLICY router_reads ON agreement.operation FOR SELECT TO concordat_router USING (true);
      GRANT CREATE ON SCHEMA agreement TO concordat_router;
      CREATE FUNCTION agreement.operations_waiting(before timestamptz) RETURNS TABLE (tenant uuid, operation uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, agreement AS $$
          SELECT o.tenant, o.id FROM agreement.operation o
          WHERE o.finished_at IS NULL AND o.accepted_at <= before ORDER BY o.accepted_at LIMIT 1000
        $$;
      REVOKE ALL ON FUNCTION agreement.operations_waiting(timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION agreement.operations_waiting(timestamptz) TO concordat_app;
      -- Last, because afterwards the router owns it and nobody else may grant anything.
      ALTER FUNCTION agreement.operations_waiting(timestamptz) OWNER TO concordat_router;
      REVOKE CREATE ON SCHEMA agreement FROM concordat_router;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA agreement CASCADE');
  }
}

export const migrations = [AgreementOperations1763900000300, AgreementTransfers1764400000300];
