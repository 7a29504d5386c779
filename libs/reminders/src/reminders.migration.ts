import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ReminderDays1764300000530 } from './days.migration.js';
import { ReminderPreferences1764200000530 } from './preference.migration.js';

/** What people are told by e-mail: one row a person and event. No address and no text stand here: both are made when it is mailed. */
export class Reminders1764000000530 implements MigrationInterface {
  readonly name = 'Reminders1764000000530';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS reminders;
      GRANT USAGE ON SCHEMA reminders TO concordat_app, concordat_router;
      CREATE TABLE reminders.notification (
        tenant uuid NOT NULL,
        event uuid NOT NULL,
        person uuid NOT NULL,
        agreement uuid NOT NULL,
        type text NOT NULL,
        position bigint NOT NULL,
        happened_at timestamptz NOT NULL,
        state text NOT NULL CHECK (state IN ('kept', 'due', 'sent', 'failed')),
        -- When a due one may be taken: to be mailed, or because the worker that took it is lost.
        next_at timestamptz NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        sent_at timestamptz,
        fault text,
        PRIMARY KEY (tenant, event, person)
      ) WITH (fillfactor = 85);
      CREATE INDEX notification_by_position ON reminders.notification (tenant, position DESC, person DESC);
      CREATE INDEX notification_of_person ON reminders.notification (tenant, person, position DESC);
      CREATE INDEX notification_due ON reminders.notification (next_at, tenant) WHERE state = 'due';
      ALTER TABLE reminders.notification ENABLE ROW LEVEL SECURITY;
      ALTER TABLE reminders.notification FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON reminders.notification
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT, UPDATE ON reminders.notification TO concordat_app;
    `);
    // Before a tenant is known, a worker may learn who has something to be mailed, and nothing else about it.
    await runner.query(`
      GRANT SELECT (tenant, state, next_at) ON reminders.notification TO concordat_router;
      CREATE POLICY router_reads ON reminders.notification FOR SELECT TO concordat_router USING (true);
      GRANT CREATE ON SCHEMA reminders TO concordat_router;
      CREATE FUNCTION reminders.due(at timestamptz) RETURNS TABLE (tenant uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, reminders AS $$
          SELECT DISTINCT n.tenant FROM reminders.notification n WHERE n.state = 'due' AND n.next_at <= at LIMIT 1000
        $$;
      REVOKE ALL ON FUNCTION reminders.due(timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION reminders.due(timestamptz) TO concordat_app;
      -- Last, because afterwards the router owns it and nobody else may grant anything.
      ALTER FUNCTION reminders.due(timestamptz) OWNER TO concordat_router;
      REVOKE CREATE ON SCHEMA reminders FROM concordat_router;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA reminders CASCADE');
  }
}

/** All migrations of the schema `reminders`, in order. */
export const migrations = [Reminders1764000000530, ReminderPreferences1764200000530, ReminderDays1764300000530];
