import type { MigrationInterface, QueryRunner } from 'typeorm';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const agreed = 'concordat.agreement.transfer-agreed.v1';
const said = ['offered', 'agreed', 'withdrawn'].map((what) => `'concordat.agreement.transfer-${what}.v1'`).join(', ');

/**
 * What a successor sees of an agreement that is offered to it: this record and no other, as long as the offer stands.
 *
 * transfers_offered: which agreements were ever agreed to go to the tenant of this transaction; it returns ids and runs as the router.
 * lent_record, lent_names, lent_participants: the events of one of them; the people who sign in and the providers that it names; what
 * was asked on it of those whom it names by a pseudonym, and what they chose.
 * Safe because each reads as the tenant that lends, under its row-level security, and only where the last word of that very stream on a
 * transfer is that a second person agreed to give it to the tenant of this transaction, which is set again before it returns.
 */
export class AgreementTransfers1764400000300 implements MigrationInterface {
  readonly name = 'AgreementTransfers1764400000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX event_transfer_agreed ON journal.event ((data #>> '{to,tenant}')) WHERE type = '${agreed}';
      GRANT SELECT (type, stream, data) ON journal.event TO concordat_router;

      CREATE FUNCTION agreement.transfers_offered() RETURNS TABLE (tenant uuid, agreement uuid)
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
          SELECT DISTINCT e.tenant, substr(e.stream, 11)::uuid FROM journal.event e
          WHERE e.type = '${agreed}' AND e.data #>> '{to,tenant}' = nullif(current_setting('app.tenant', true), '')
        $$;

      CREATE FUNCTION agreement.lent_to(p_from uuid, p_stream text) RETURNS text LANGUAGE sql STABLE AS $$
        SELECT CASE WHEN e.type = '${agreed}' THEN e.data #>> '{to,tenant}' END FROM journal.event e
        WHERE e.tenant = p_from AND e.stream = p_stream AND e.type IN (${said}) ORDER BY e.version DESC LIMIT 1
      $$;

      CREATE FUNCTION agreement.named_in(p_from uuid, p_stream text) RETURNS SETOF uuid LANGUAGE sql STABLE AS $$
        SELECT DISTINCT m[1]::uuid FROM journal.event e, regexp_matches(e.data::text || e.meta::text, '${uuid}', 'g') AS m
        WHERE e.tenant = p_from AND e.stream = p_stream
      $$;
    `);
    await runner.query(lending('lent_record(p_from uuid, p_agreement uuid, p_after integer, p_limit integer)', 'SETOF journal.event', `
      SELECT * FROM journal.event e WHERE e.tenant = p_from AND e.stream = lent AND e.version > p_after ORDER BY e.version LIMIT p_limit`));
    await runner.query(lending('lent_names(p_from uuid, p_agreement uuid)', 'TABLE (kind text, id uuid, name text, identifiers jsonb)', `
      WITH named AS MATERIALIZED (SELECT n AS id FROM agreement.named_in(p_from, lent) n)
      SELECT 'person', p.id, p.name, '[]'::jsonb FROM named JOIN access.person p ON p.tenant = p_from AND p.id = named.id
      UNION ALL
      SELECT 'provider', p.id, p.name, p.identifiers FROM named JOIN access.provider p ON p.tenant = p_from AND p.id = named.id
      ORDER BY 1, 3, 2`));
    await runner.query(lending('lent_participants(p_from uuid, p_agreement uuid)', 'SETOF journal.event', `
      WITH named AS MATERIALIZED (SELECT 'participant-' || n AS stream FROM agreement.named_in(p_from, lent) n)
      SELECT e.* FROM named JOIN journal.event e ON e.tenant = p_from AND e.stream = named.stream
      WHERE NOT e.data ? 'invitation' OR EXISTS (
        SELECT FROM journal.event a WHERE a.tenant = p_from AND a.stream = e.stream AND a.data ->> 'invitation' = e.data ->> 'invitation' AND a.data ->> 'agreement' = p_agreement::text)
      ORDER BY e.stream, e.version`));
    await runner.query(`
      REVOKE ALL ON FUNCTION agreement.transfers_offered() FROM PUBLIC;
      GRANT EXECUTE ON FUNCTION agreement.transfers_offered() TO concordat_app;
      GRANT CREATE ON SCHEMA agreement TO concordat_router;
      ALTER FUNCTION agreement.transfers_offered() OWNER TO concordat_router;
      REVOKE CREATE ON SCHEMA agreement FROM concordat_router;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION agreement.transfers_offered(), agreement.lent_record(uuid, uuid, integer, integer), agreement.lent_names(uuid, uuid), agreement.lent_participants(uuid, uuid),
        agreement.named_in(uuid, text), agreement.lent_to(uuid, text);
      DROP INDEX journal.event_transfer_agreed;
      REVOKE SELECT (type, stream, data) ON journal.event FROM concordat_router;
    `);
  }
}

/** A function that answers this question as the tenant that lends, where it lends. */
function lending(signature: string, returns: string, question: string): string {
  const bare = signature.replaceAll(/p_[a-z]+ /g, '');
  return `
    CREATE FUNCTION agreement.${signature} RETURNS ${returns} LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    #variable_conflict use_column
    DECLARE
      successor text := nullif(current_setting('app.tenant', true), '');
      lent text := 'agreement-' || p_agreement;
    BEGIN
      PERFORM set_config('app.tenant', p_from::text, true);
      IF agreement.lent_to(p_from, lent) = successor THEN
        RETURN QUERY ${question};
      END IF;
      PERFORM set_config('app.tenant', coalesce(successor, ''), true);
    END $$;
    REVOKE ALL ON FUNCTION agreement.${bare} FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION agreement.${bare} TO concordat_app;
  `;
}
