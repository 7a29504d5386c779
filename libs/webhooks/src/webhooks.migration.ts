import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['endpoint', 'secret', 'party', 'published', 'delivery', 'attempt'] as const;

/** What providers are told: their endpoints, what each party of an agreement may see, and how every delivery went. */
export class Webhooks1763900000600 implements MigrationInterface {
  readonly name = 'Webhooks1763900000600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS webhooks;
      GRANT USAGE ON SCHEMA webhooks TO concordat_app, concordat_router;

      -- A view of the endpoint- streams, but for hold_until, which Retry-After sets.
      CREATE TABLE webhooks.endpoint (
        tenant uuid NOT NULL,
        endpoint uuid NOT NULL,
        provider uuid NOT NULL,
        url text NOT NULL,
        ordered boolean NOT NULL,
        disabled text CHECK (disabled IN ('by-request', 'gone')),
        -- [{ key, until }], newest first; until is null for the newest.
        keys jsonb NOT NULL,
        registered_at timestamptz NOT NULL,
        registered_position bigint NOT NULL,
        -- The position of the last fact that enabled or disabled it, so that an older one changes nothing.
        switched_position bigint NOT NULL,
        hold_until timestamptz,
        PRIMARY KEY (tenant, endpoint)
      ) WITH (fillfactor = 85);
      CREATE INDEX endpoint_of_provider ON webhooks.endpoint (tenant, provider);

      -- Not a view of anything: sealed before the event that names the key, and nowhere else.
      CREATE TABLE webhooks.secret (
        tenant uuid NOT NULL,
        endpoint uuid NOT NULL,
        key uuid NOT NULL,
        sealed text NOT NULL,
        PRIMARY KEY (tenant, endpoint, key)
      );

      -- Who hears of an agreement, from which position of the feed on, and the number of the last event they were told.
      CREATE TABLE webhooks.party (
        tenant uuid NOT NULL,
        agreement uuid NOT NULL,
        party uuid NOT NULL,
        roles text[] NOT NULL,
        joined_position bigint NOT NULL,
        last_sequence bigint NOT NULL DEFAULT 0,
        last_position bigint NOT NULL DEFAULT 0,
        PRIMARY KEY (tenant, agreement, party)
      ) WITH (fillfactor = 85);

      -- The bytes one party is told, by webhook and by feed alike; written once, never changed.
      CREATE TABLE webhooks.published (
        tenant uuid NOT NULL,
        party uuid NOT NULL,
        agreement uuid NOT NULL,
        sequence bigint NOT NULL,
        -- The order in which the tenant's parties were told, one place an event. Not the journal's position: what a parked
        -- stream was owed is told late, and must stand after what a reader has read, not before.
        place bigint NOT NULL,
        position bigint NOT NULL,
        event uuid NOT NULL,
        type text NOT NULL,
        body text NOT NULL,
        PRIMARY KEY (tenant, party, agreement, sequence)
      );
      CREATE UNIQUE INDEX published_feed ON webhooks.published (tenant, party, place);
      CREATE INDEX published_place ON webhooks.published (tenant, place);
      CREATE UNIQUE INDEX published_event ON webhooks.published (tenant, party, event);

      CREATE TABLE webhooks.delivery (
        tenant uuid NOT NULL,
        endpoint uuid NOT NULL,
        event uuid NOT NULL,
        party uuid NOT NULL,
        agreement uuid NOT NULL,
        sequence bigint NOT NULL,
        position bigint NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'leased', 'delivered', 'retry', 'dead', 'held', 'skipped')),
        -- When it may be taken: a pending or retried one to be sent, a leased one because its worker is lost.
        next_at timestamptz NOT NULL,
        -- Rises with every taking; only the worker that holds the newest may mark the row.
        token bigint NOT NULL DEFAULT 0,
        tries integer NOT NULL DEFAULT 0,
        -- Failures since it was last queued: the place in the retry schedule.
        failures integer NOT NULL DEFAULT 0,
        settled_at timestamptz,
        PRIMARY KEY (tenant, endpoint, event),
        FOREIGN KEY (tenant, endpoint) REFERENCES webhooks.endpoint (tenant, endpoint),
        FOREIGN KEY (tenant, party, event) REFERENCES webhooks.published (tenant, party, event)
      ) WITH (fillfactor = 70);
      CREATE INDEX delivery_due ON webhooks.delivery (tenant, endpoint, next_at) WHERE state IN ('pending', 'retry', 'leased');
      CREATE INDEX delivery_unsettled ON webhooks.delivery (tenant, endpoint, agreement, sequence)
        WHERE state NOT IN ('delivered', 'skipped');
      CREATE INDEX delivery_by_position ON webhooks.delivery (tenant, endpoint, position DESC);

      -- started_at stands in the key so that months can become partitions.
      CREATE TABLE webhooks.attempt (
        tenant uuid NOT NULL,
        endpoint uuid NOT NULL,
        event uuid NOT NULL,
        number integer NOT NULL,
        started_at timestamptz NOT NULL,
        milliseconds double precision NOT NULL,
        status integer,
        error text,
        detail text,
        remote_address text,
        body bytea NOT NULL,
        -- True where the worker came back after its lease had run out: the attempt was made, but it settled nothing.
        late boolean NOT NULL,
        PRIMARY KEY (tenant, endpoint, event, number, started_at)
      );
    `);
    for (const table of tables) {
      await runner.query(`
        ALTER TABLE webhooks.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE webhooks.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_tenant ON webhooks.${table}
          USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
          WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      `);
    }
    await runner.query(`
      GRANT SELECT, INSERT, UPDATE ON webhooks.endpoint, webhooks.party, webhooks.delivery TO concordat_app;
      GRANT SELECT, INSERT ON webhooks.secret, webhooks.published, webhooks.attempt TO concordat_app;
    `);
    // Before a tenant is known, a worker may learn which lanes have something to do, and nothing else about them.
    await runner.query(`
      GRANT SELECT (tenant, endpoint, state, next_at) ON webhooks.delivery TO concordat_router;
      GRANT SELECT (tenant, endpoint, disabled, hold_until) ON webhooks.endpoint TO concordat_router;
      CREATE POLICY router_reads ON webhooks.delivery FOR SELECT TO concordat_router USING (true);
      CREATE POLICY router_reads ON webhooks.endpoint FOR SELECT TO concordat_router USING (true);
      GRANT CREATE ON SCHEMA webhooks TO concordat_router;
      CREATE FUNCTION webhooks.lanes_due(at timestamptz) RETURNS TABLE (tenant uuid, endpoint uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, webhooks AS $$
          -- One look into the index for each endpoint, so that a long backlog costs no more than a short one.
          SELECT e.tenant, e.endpoint
          FROM webhooks.endpoint e CROSS JOIN LATERAL (
            SELECT d.next_at FROM webhooks.delivery d
            WHERE d.tenant = e.tenant AND d.endpoint = e.endpoint
              AND d.state IN ('pending', 'retry', 'leased') AND d.next_at <= at
            ORDER BY d.next_at LIMIT 1) AS first
          WHERE e.disabled IS NULL AND (e.hold_until IS NULL OR e.hold_until <= at)
          ORDER BY first.next_at LIMIT 10000
        $$;
      REVOKE ALL ON FUNCTION webhooks.lanes_due(timestamptz) FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION webhooks.lanes_due(timestamptz) TO concordat_app;
      -- Last, because afterwards the router owns it and nobody else may grant anything.
      ALTER FUNCTION webhooks.lanes_due(timestamptz) OWNER TO concordat_router;
      REVOKE CREATE ON SCHEMA webhooks FROM concordat_router;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA webhooks CASCADE');
  }
}

/** Deliveries that are tests: they carry their own body, and are of no agreement. */
export class WebhooksTests1764000000820 implements MigrationInterface {
  readonly name = 'WebhooksTests1764000000820';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhooks.delivery
        ALTER COLUMN party DROP NOT NULL, ALTER COLUMN agreement DROP NOT NULL, ALTER COLUMN sequence DROP NOT NULL,
        ADD COLUMN test_body text,
        ADD CONSTRAINT delivery_is_told_or_test CHECK (
          (test_body IS NULL AND party IS NOT NULL AND agreement IS NOT NULL AND sequence IS NOT NULL)
          OR (test_body IS NOT NULL AND party IS NULL AND agreement IS NULL AND sequence IS NULL));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM webhooks.delivery WHERE test_body IS NOT NULL;
      ALTER TABLE webhooks.delivery DROP COLUMN test_body,
        ALTER COLUMN party SET NOT NULL, ALTER COLUMN agreement SET NOT NULL, ALTER COLUMN sequence SET NOT NULL;
    `);
  }
}

/** By which requests a delivery was sent again, so that a request repeated sends nothing twice. */
export class WebhooksResends1764100000920 implements MigrationInterface {
  readonly name = 'WebhooksResends1764100000920';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhooks.resend (
        tenant uuid NOT NULL,
        command uuid NOT NULL,
        fingerprint text NOT NULL,
        PRIMARY KEY (tenant, command)
      );
      ALTER TABLE webhooks.resend ENABLE ROW LEVEL SECURITY;
      ALTER TABLE webhooks.resend FORCE ROW LEVEL SECURITY;
      CREATE POLICY own_tenant ON webhooks.resend
        USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
        WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
      GRANT SELECT, INSERT ON webhooks.resend TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhooks.resend');
  }
}

/** A request to send again is remembered for a while, not for good. */
export class WebhooksResendsEnd1764220000000 implements MigrationInterface {
  readonly name = 'WebhooksResendsEnd1764220000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhooks.resend ADD COLUMN asked_at timestamptz NOT NULL DEFAULT now();
      ALTER TABLE webhooks.resend ALTER COLUMN asked_at DROP DEFAULT;
      CREATE INDEX resend_by_age ON webhooks.resend (tenant, asked_at);
      GRANT DELETE ON webhooks.resend TO concordat_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('REVOKE DELETE ON webhooks.resend FROM concordat_app; ALTER TABLE webhooks.resend DROP COLUMN asked_at');
  }
}

/** All migrations of the schema `webhooks`, in order. */
export const migrations = [Webhooks1763900000600, WebhooksTests1764000000820, WebhooksResends1764100000920, WebhooksResendsEnd1764220000000];
