import { readdirSync } from 'node:fs';
import { appRole, type MigrationClass, ownerRole, routerRole } from '@concordat/platform';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Client } from 'pg';
import { type FreshDatabase, freshDatabase } from '../harness/index.js';

// The queue's schema is exempt: jobs carry ids only. So is `platform`, which lists the migrations that ran.
const exempt = ['bullmq', 'platform', 'public', 'information_schema'];
const ownTenant = `(tenant = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)`;

let fresh: FreshDatabase;
let client: Client;
let schemas: string[];
beforeAll(async () => {
  fresh = await freshDatabase({ migrations: await everyMigration() });
  client = new Client({ connectionString: fresh.superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ nspname: string }>(`SELECT nspname::text FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> ALL($1)`, [exempt]);
  schemas = rows.map(({ nspname }) => nspname);
});
afterAll(async () => {
  await client.end();
  await fresh.drop();
});

/** Of every lib that has any, so that a new one cannot be forgotten here. */
async function everyMigration(): Promise<MigrationClass[]> {
  const libs = new URL('../../libs/', import.meta.url);
  const migrating = readdirSync(libs).filter((lib) => readdirSync(new URL(`${lib}/src/`, libs)).some((file) => file.endsWith('.migration.ts')));
  const found: MigrationClass[] = [];
  // One after the other: Jest's loader trips over modules that two imports need at once.
  for (const lib of migrating) found.push(...((await import(`@concordat/${lib}`)) as { migrations: MigrationClass[] }).migrations);
  return found;
}

async function list(sql: string): Promise<string[]> {
  const { rows } = await client.query<{ found: string }>(sql, [schemas]);
  return rows.map(({ found }) => found);
}

/** Sentences about every table, view, policy and function of our schemas that would let one tenant see another. */
async function leaks(): Promise<string[]> {
  const relations = `SELECT c.*, c.oid::regclass::text AS called FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ANY($1)`;
  return [
    ...(await list(`
      WITH relation AS (${relations})
      SELECT r.called || fault.sentence AS found FROM relation r CROSS JOIN LATERAL (VALUES
        (NOT r.relrowsecurity, ' has no row-level security'),
        (NOT r.relforcerowsecurity, ' does not bind its owner'),
        (NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attname = 'tenant' AND a.attnotnull AND a.atttypid = 'uuid'::regtype),
          ' has no tenant'),
        (NOT EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                     WHERE i.indrelid = r.oid AND i.indisprimary AND a.attname = 'tenant'),
          ' has no primary key that begins with the tenant'),
        (NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = r.oid AND p.polcmd = '*' AND p.polroles = '{0}'),
          ' has no policy that holds for everyone and everything')
      ) AS fault (holds, sentence)
      WHERE r.relkind IN ('r', 'p') AND fault.holds`)),
    ...(await list(`
      WITH relation AS (${relations})
      SELECT r.called || ' is a view that sees with the eyes of its owner' AS found FROM relation r
      WHERE r.relkind = 'm' OR (r.relkind = 'v' AND NOT coalesce(r.reloptions @> '{security_invoker=true}', false))`)),
    // The only policies there may be: the tenant's own rows, for everyone; and the router's reading of columns granted to it.
    ...(await list(`
      WITH relation AS (${relations})
      SELECT 'policy ' || p.polname || ' on ' || r.called || ' lets in more than the own tenant' AS found
      FROM relation r JOIN pg_policy p ON p.polrelid = r.oid
      WHERE NOT (
        (pg_get_expr(p.polqual, p.polrelid) = $own$${ownTenant}$own$
          AND coalesce(pg_get_expr(p.polwithcheck, p.polrelid), $own$${ownTenant}$own$) = $own$${ownTenant}$own$)
        OR (p.polcmd = 'r' AND p.polroles = ARRAY['${routerRole}'::regrole::oid])
      )`)),
    ...(await list(`
      WITH relation AS (${relations})
      SELECT r.called || ' lets ' || g.grantee::regrole || ' ' || g.privilege_type AS found
      FROM relation r CROSS JOIN LATERAL aclexplode(r.relacl) g
      WHERE r.relkind IN ('r', 'p', 'v', 'm') AND (g.grantee = 0 OR g.grantee = '${routerRole}'::regrole
        OR (g.grantee = '${appRole}'::regrole AND g.privilege_type NOT IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE')))`)),
    ...(await list(`
      WITH relation AS (${relations})
      SELECT r.called || '.' || a.attname || ' lets ${routerRole} ' || g.privilege_type AS found
      FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid CROSS JOIN LATERAL aclexplode(a.attacl) g
      WHERE g.grantee = '${routerRole}'::regrole AND g.privilege_type <> 'SELECT'`)),
    ...(await list(`
      SELECT p.oid::regprocedure || fault.sentence AS found
      FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = ANY($1)
      CROSS JOIN LATERAL (VALUES
        (NOT EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=') , ' runs with a search path of its caller'),
        (EXISTS (SELECT FROM unnest(p.proconfig) AS setting WHERE setting ~ '^search_path=.*(public|\\$user)'), ' has a place anyone can write to in its search path'),
        (p.proacl IS NULL OR EXISTS (SELECT FROM aclexplode(p.proacl) g WHERE g.grantee = 0), ' may be run by anyone'),
        (p.proowner NOT IN ('${ownerRole}'::regrole, '${routerRole}'::regrole), ' runs as ' || p.proowner::regrole),
        (p.proowner = '${routerRole}'::regrole AND EXISTS (
            SELECT FROM unnest(CASE WHEN p.proallargtypes IS NULL THEN ARRAY[p.prorettype] ELSE
              ARRAY(SELECT t FROM unnest(p.proallargtypes, p.proargmodes) AS argument (t, mode) WHERE mode IN ('t', 'o', 'b')) END) AS result (type)
            WHERE result.type <> 'uuid'::regtype), ' tells more than ids')
      ) AS fault (holds, sentence)
      WHERE p.prosecdef AND fault.holds`)),
  ];
}

test('every table of every tenant is closed to every other, whoever asks', async () => {
  expect(await leaks()).toEqual([]);
});

test('every part that keeps anything keeps it where these tests look', async () => {
  const found = await list(`SELECT DISTINCT n.nspname::text AS found FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = ANY($1)`);
  expect(found).toEqual(expect.arrayContaining(['journal', 'access', 'agreement', 'register', 'reminders', 'webhooks']));
  const { rows } = await client.query(`SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public'`);
  expect(rows).toEqual([]);
});

test('the app owns nothing, is a member of nothing, and none of the three roles passes by row-level security', async () => {
  const { rows: roles } = await client.query(
    `SELECT rolname, rolsuper, rolbypassrls, rolinherit, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname IN ($1, $2, $3) ORDER BY rolname`,
    [appRole, ownerRole, routerRole],
  );
  expect(roles).toEqual(
    [appRole, ownerRole, routerRole].sort().map((rolname) => ({
      rolname, rolsuper: false, rolbypassrls: false, rolinherit: false, rolcreaterole: false, rolcreatedb: false,
    })),
  );
  const { rows: logins } = await client.query('SELECT rolname FROM pg_roles WHERE rolcanlogin AND rolname IN ($1, $2)', [ownerRole, routerRole]);
  expect(logins).toEqual([]);
  const { rows: owned } = await client.query(
    `SELECT classid::regclass::text AS kind, objid FROM pg_shdepend
     WHERE refclassid = 'pg_authid'::regclass AND refobjid = $1::regrole AND deptype = 'o' AND dbid IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))`,
    [appRole],
  );
  expect(owned).toEqual([]);
  const { rows: memberships } = await client.query('SELECT roleid::regrole::text FROM pg_auth_members WHERE member = $1::regrole', [appRole]);
  expect(memberships).toEqual([]);
});

test('before a tenant is named the app sees no row of any table', async () => {
  const tables = await list(`
    SELECT c.oid::regclass::text AS found FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ANY($1) AND c.relkind = 'r' AND has_table_privilege('${appRole}', c.oid, 'SELECT')`);
  expect(tables.length).toBeGreaterThan(10);
  const tenant = '018f0000-0000-7000-8000-000000000001';
  await client.query(`INSERT INTO access.organisation (tenant, slug, name, created_at) VALUES ($1, 'northshire', 'Northshire', now())`, [tenant]);
  await client.query(`INSERT INTO access.person (tenant, id, name, created_at) VALUES ($1, $1, 'Ada', now())`, [tenant]);
  const seen: string[] = [];
  for (const table of tables) {
    const [row] = await fresh.database.statement<{ rows: number }>(`count ${table}`.slice(0, 63), `SELECT count(*)::int AS rows FROM ${table}`, []);
    if (row?.rows !== 0) seen.push(table);
  }
  expect(seen).toEqual([]);
});

test.each([
  ['CREATE TABLE access.planted (id uuid PRIMARY KEY)', [
    'access.planted does not bind its owner', 'access.planted has no policy that holds for everyone and everything',
    'access.planted has no primary key that begins with the tenant', 'access.planted has no row-level security', 'access.planted has no tenant',
  ]],
  ['ALTER TABLE access.person NO FORCE ROW LEVEL SECURITY', ['access.person does not bind its owner']],
  ['CREATE POLICY everyone ON access.person USING (true)', ['policy everyone on access.person lets in more than the own tenant']],
  [`CREATE POLICY writes ON access.person FOR UPDATE TO ${routerRole} USING (true)`, ['policy writes on access.person lets in more than the own tenant']],
  ['CREATE VIEW register.planted AS SELECT * FROM access.person', ['register.planted is a view that sees with the eyes of its owner']],
  [`GRANT TRUNCATE ON access.person TO ${appRole}`, [`access.person lets ${appRole} TRUNCATE`]],
  [`GRANT SELECT ON access.person TO ${routerRole}`, [`access.person lets ${routerRole} SELECT`]],
  ['ALTER FUNCTION access.tenants() RESET search_path', ['access.tenants() runs with a search path of its caller']],
  ['GRANT EXECUTE ON FUNCTION access.tenants() TO PUBLIC', ['access.tenants() may be run by anyone']],
  ['ALTER FUNCTION access.tenants() OWNER TO CURRENT_USER', [expect.stringMatching(/^access\.tenants\(\) runs as /)]],
  [
    `CREATE FUNCTION access.planted() RETURNS TABLE (tenant uuid, name text) LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS 'SELECT NULL::uuid, NULL::text';
     REVOKE ALL ON FUNCTION access.planted() FROM PUBLIC;
     GRANT CREATE ON SCHEMA access TO ${routerRole};
     ALTER FUNCTION access.planted() OWNER TO ${routerRole}`,
    ['access.planted() tells more than ids'],
  ],
])('a hole is found and named: %s', async (plant, expected) => {
  const before = await leaks();
  await client.query('BEGIN');
  await client.query(plant);
  const found = await leaks();
  await client.query('ROLLBACK');
  expect(found.filter((leak) => !before.includes(leak)).sort()).toEqual(expected);
});
