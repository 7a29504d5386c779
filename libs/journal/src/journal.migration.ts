import type { MigrationInterface, QueryRunner } from 'typeorm';
import { appendFunction, chainHashFunction, loadFunction, readFunctions, receiptFunction, routerFunctions } from './functions.migration.js';
import { verifyFunctions } from './verify-functions.migration.js';

// Every key begins with the tenant; every table is read and written only inside one (row level security, forced, so that
// the owner is bound too). The app may read everything of its tenant; events, receipts, streams and the head are written
// by journal.append alone, which runs as the owner: the app's role cannot insert an event beside the chain.
const tables = `
  CREATE TABLE journal.event (
    tenant uuid NOT NULL,
    position bigint NOT NULL CHECK (position > 0),
    id uuid NOT NULL,
    stream text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    type text NOT NULL,
    data jsonb NOT NULL,
    meta jsonb NOT NULL,
    epoch integer NOT NULL,
    recorded_at timestamptz NOT NULL,
    payload_hash bytea NOT NULL CHECK (length(payload_hash) = 32),
    hash bytea NOT NULL CHECK (length(hash) = 32),
    PRIMARY KEY (tenant, position),
    UNIQUE (tenant, stream, version)
  );

  -- The last position of a tenant, what the next hash starts from, and the latest moment told. One row a tenant, changed
  -- by every batch: room on the page keeps the change off the index.
  CREATE TABLE journal.head (
    tenant uuid PRIMARY KEY,
    position bigint NOT NULL,
    hash bytea NOT NULL,
    epoch integer NOT NULL,
    recorded_at timestamptz NOT NULL
  ) WITH (fillfactor = 20);

  -- A snapshot is pushed out of the row early, so that moving the version on stays a small write.
  CREATE TABLE journal.stream (
    tenant uuid NOT NULL,
    stream text NOT NULL,
    version integer NOT NULL,
    snapshot jsonb,
    snapshot_version integer,
    fold integer,
    PRIMARY KEY (tenant, stream)
  ) WITH (fillfactor = 85, toast_tuple_target = 256);

  -- What an accepted command led to: its events are the positions first_position … position.
  CREATE TABLE journal.receipt (
    tenant uuid NOT NULL,
    command_id uuid NOT NULL,
    fingerprint text NOT NULL,
    first_position bigint NOT NULL,
    position bigint NOT NULL,
    versions jsonb NOT NULL,
    created jsonb NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, command_id)
  );

  -- How far a consumer has read a tenant's feed, and how often it failed on the event after that.
  CREATE TABLE journal.cursor (
    tenant uuid NOT NULL,
    consumer text NOT NULL,
    position bigint NOT NULL DEFAULT 0,
    failures integer NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant, consumer)
  ) WITH (fillfactor = 50);

  -- A stream one consumer has given up on: nothing of it from this position on has been handled.
  CREATE TABLE journal.parked (
    tenant uuid NOT NULL,
    consumer text NOT NULL,
    stream text NOT NULL,
    position bigint NOT NULL,
    error text NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, consumer, stream)
  );
`;

const everyTable = ['event', 'head', 'stream', 'receipt', 'cursor', 'parked'];

const ownTenantOnly = everyTable.map((table) => `
  ALTER TABLE journal.${table} ENABLE ROW LEVEL SECURITY;
  ALTER TABLE journal.${table} FORCE ROW LEVEL SECURITY;
  CREATE POLICY own_tenant ON journal.${table}
    USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
    WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
`).join('');

const grants = `
  GRANT USAGE ON SCHEMA journal TO concordat_app, concordat_router;
  GRANT SELECT ON journal.event, journal.head, journal.stream, journal.receipt TO concordat_app;
  GRANT SELECT, INSERT, UPDATE ON journal.cursor TO concordat_app;
  GRANT SELECT, INSERT, UPDATE, DELETE ON journal.parked TO concordat_app;
`;

// The grants above already keep the app out; these stop the owner and a superuser's slip. Someone who disables triggers
// can still change a row, and then the chain tells.
const writtenOnce = `
  CREATE FUNCTION journal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION '% of journal.% is refused: what was recorded is never changed', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation', HINT = 'Append an event that says what is so now.';
  END $$;
  CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.event
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
  CREATE TRIGGER written_once BEFORE UPDATE OR DELETE OR TRUNCATE ON journal.receipt
    FOR EACH STATEMENT EXECUTE FUNCTION journal.refuse_change();
`;

/** The journal of every tenant: events in a hash chain, receipts, streams with snapshots, and the consumers' cursors. */
export class Journal1763900000100 implements MigrationInterface {
  readonly name = 'Journal1763900000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA IF NOT EXISTS journal');
    for (const part of [tables, ownTenantOnly, grants, writtenOnce, chainHashFunction, receiptFunction, loadFunction, appendFunction, readFunctions, verifyFunctions, routerFunctions]) {
      await runner.query(part);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA journal CASCADE');
  }
}

/** The migrations of the journal, oldest first. */
export const migrations = [Journal1763900000100];
