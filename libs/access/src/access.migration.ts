import type { MigrationInterface, QueryRunner } from 'typeorm';

const tables = ['organisation', 'person', 'provider', 'api_key', 'session', 'vault_key'] as const;

/** Organisations, the names of people, keys, sessions and the vault: everything that says who, and nothing of what they did. */
export class Access1763900000200 implements MigrationInterface {
  readonly name = 'Access1763900000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA IF NOT EXISTS access;
      GRANT USAGE ON SCHEMA access TO concordat_app, concordat_router;

      CREATE TABLE access.organisation (
        tenant uuid PRIMARY KEY,
        slug text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
        name text NOT NULL,
        created_at timestamptz NOT NULL
      );

      -- The only place where names of staff stand; events know them by id.
      CREATE TABLE access.person (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        email text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX person_by_email ON access.person (tenant, lower(email)) WHERE email IS NOT NULL;

      CREATE TABLE access.provider (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        identifiers jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (tenant, id)
      );

      CREATE TABLE access.api_key (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        person uuid NOT NULL,
        label text NOT NULL,
        -- NULL: everything the person may do.
        scopes text[],
        secret_hash bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
        fingerprint text NOT NULL,
        issued_by text NOT NULL,
        issued_at timestamptz NOT NULL,
        -- The last civil day it opens anything, in London.
        last_day date NOT NULL,
        revoked_at timestamptz,
        PRIMARY KEY (tenant, id)
      );
      CREATE INDEX api_key_of_person ON access.api_key (tenant, person, label);

      CREATE TABLE access.session (
        tenant uuid NOT NULL,
        id uuid NOT NULL,
        person uuid NOT NULL,
        -- Version of the person's stream at login: any later event there (a role, a disabling) ends the session by itself.
        person_version integer NOT NULL,
        secret_hash bytea NOT NULL UNIQUE CHECK (octet_length(secret_hash) = 32),
        started_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        ended_at timestamptz,
        PRIMARY KEY (tenant, id)
      );

      CREATE TABLE access.vault_key (
        tenant uuid NOT NULL,
        subject uuid NOT NULL,
        -- NULL once destroyed; the row stays, so that no new key is ever made for someone erased.
        sealed_key text,
        created_at timestamptz NOT NULL,
        destroyed_at timestamptz,
        PRIMARY KEY (tenant, subject),
        CHECK ((sealed_key IS NULL) = (destroyed_at IS NOT NULL))
      );
    `);
    for (const table of tables) {
      await runner.query(`
        ALTER TABLE access.${table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE access.${table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY own_tenant ON access.${table}
          USING (tenant = nullif(current_setting('app.tenant', true), '')::uuid)
          WITH CHECK (tenant = nullif(current_setting('app.tenant', true), '')::uuid);
        GRANT SELECT, INSERT ON access.${table} TO concordat_app;
      `);
    }
    await runner.query(`
      GRANT UPDATE (revoked_at) ON access.api_key TO concordat_app;
      GRANT UPDATE (seen_at, ended_at) ON access.session TO concordat_app;
      GRANT UPDATE (sealed_key, destroyed_at) ON access.vault_key TO concordat_app;
    `);

    // Before a tenant is known, a login, a key or a command line may learn which one it is, and nothing else about it.
    await runner.query(`
      GRANT SELECT (tenant, slug) ON access.organisation TO concordat_router;
      GRANT SELECT (tenant, id, secret_hash) ON access.api_key TO concordat_router;
      GRANT SELECT (tenant, id, secret_hash) ON access.session TO concordat_router;
      CREATE POLICY router_reads ON access.organisation FOR SELECT TO concordat_router USING (true);
      CREATE POLICY router_reads ON access.api_key FOR SELECT TO concordat_router USING (true);
      CREATE POLICY router_reads ON access.session FOR SELECT TO concordat_router USING (true);

      CREATE FUNCTION access.key_by_hash(hash bytea) RETURNS TABLE (tenant uuid, key uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, access AS $$
          SELECT k.tenant, k.id FROM access.api_key k WHERE k.secret_hash = hash
        $$;
      CREATE FUNCTION access.session_by_hash(hash bytea) RETURNS TABLE (tenant uuid, session uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, access AS $$
          SELECT s.tenant, s.id FROM access.session s WHERE s.secret_hash = hash
        $$;
      CREATE FUNCTION access.tenant_by_slug(wanted text) RETURNS uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, access AS $$
          SELECT o.tenant FROM access.organisation o WHERE o.slug = wanted
        $$;
      CREATE FUNCTION access.tenants() RETURNS SETOF uuid
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, access AS $$
          SELECT o.tenant FROM access.organisation o ORDER BY o.slug
        $$;
    `);
    await runner.query('GRANT CREATE ON SCHEMA access TO concordat_router');
    for (const signature of ['key_by_hash(bytea)', 'session_by_hash(bytea)', 'tenant_by_slug(text)', 'tenants()']) {
      await runner.query(`
        REVOKE ALL ON FUNCTION access.${signature} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION access.${signature} TO concordat_app;
        ALTER FUNCTION access.${signature} OWNER TO concordat_router;
      `);
    }
    await runner.query('REVOKE CREATE ON SCHEMA access FROM concordat_router');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA access CASCADE');
  }
}
