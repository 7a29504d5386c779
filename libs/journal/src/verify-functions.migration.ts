/**
 * witnessed, stray_event, stray_receipt, stray_stream: what checking a chain reads, page by page.
 * witnessed takes a run of positions and returns its events in order, each with the position of its stream's version before it
 * (NULL where that is not there), the version its stream's row claims, and the run of positions its command's receipt claims.
 * The others find what only looking from the other side finds: an event beyond the head, a receipt whose last event is not its
 * own, a stream that claims more versions than it has events. They return the one with the lowest position, if there is one;
 * of receipts and streams among so many, from the key given on, with the key the next page begins with (NULL at the end).
 * Safe    beside commands because each is one statement: head, events, receipts and streams come from one snapshot. The head is
 *         read again in each, for the feed may have grown since the walk began.
 * Cost    one look-up for each row. All of it is looked up in the order of an index, row by row, and sorting is off: of a
 *         tenant that grew since the last ANALYZE PostgreSQL expects one row, to which all indexes that begin with the tenant
 *         are as good, and would read the whole tenant each time and sort what it found. What is looked up with must be a plain
 *         column: under row level security no index is asked with an expression that might leak (a subtraction, a cast).
 */
export const verifyFunctions = `
  CREATE FUNCTION journal.witnessed(p_tenant uuid, p_from bigint, p_until bigint)
  RETURNS TABLE (event journal.event, before bigint, stream_version integer, receipt_first bigint, receipt_last bigint)
  LANGUAGE sql STABLE ROWS 1000 SET enable_seqscan = off SET enable_sort = off AS $$
    WITH page AS MATERIALIZED (
      SELECT e AS event, e.position, e.stream, e.version - 1 AS version_before,
        CASE WHEN e.meta ->> 'commandId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN (e.meta ->> 'commandId')::uuid END AS command_id
      FROM journal.event e WHERE e.tenant = p_tenant AND e.position BETWEEN p_from AND p_until ORDER BY e.position)
    SELECT page.event, CASE WHEN b.version = page.version_before THEN b.position END, s.version, r.first_position, r.position
    FROM page
    LEFT JOIN LATERAL (SELECT b.version, b.position FROM journal.event b
      WHERE b.tenant = p_tenant AND b.stream = page.stream AND b.version >= page.version_before ORDER BY b.version LIMIT 1) b ON true
    LEFT JOIN LATERAL (SELECT s.version FROM journal.stream s WHERE s.tenant = p_tenant AND s.stream = page.stream LIMIT 1) s ON true
    LEFT JOIN LATERAL (SELECT r.first_position, r.position FROM journal.receipt r WHERE r.tenant = p_tenant AND r.command_id = page.command_id LIMIT 1) r ON true
    ORDER BY page.position
  $$;

  CREATE FUNCTION journal.head_position(p_tenant uuid) RETURNS bigint LANGUAGE sql STABLE AS $$
    SELECT coalesce((SELECT h.position FROM journal.head h WHERE h.tenant = p_tenant), 0)
  $$;

  CREATE FUNCTION journal.stray_event(p_tenant uuid) RETURNS TABLE ("position" bigint, name text)
  LANGUAGE sql STABLE ROWS 1 SET enable_seqscan = off SET enable_sort = off AS $$
    SELECT e.position, e.id::text FROM journal.event e WHERE e.tenant = p_tenant AND e.position > journal.head_position(p_tenant) ORDER BY e.position LIMIT 1
  $$;

  CREATE FUNCTION journal.stray_receipt(p_tenant uuid, p_from uuid, p_limit integer) RETURNS TABLE ("position" bigint, name text, next uuid)
  LANGUAGE sql STABLE ROWS 1 SET enable_seqscan = off SET enable_sort = off AS $$
    WITH head AS MATERIALIZED (SELECT journal.head_position(p_tenant) AS position),
      page AS MATERIALIZED (
        SELECT r.command_id, r.first_position, r.position FROM journal.receipt r
        WHERE r.tenant = p_tenant AND r.command_id >= p_from ORDER BY r.command_id LIMIT p_limit + 1)
    SELECT stray.position, stray.name, (SELECT command_id FROM page ORDER BY command_id OFFSET p_limit)
    FROM (SELECT) one LEFT JOIN LATERAL (
      SELECT CASE WHEN r.position > head.position THEN head.position + 1 ELSE r.position END AS position, r.command_id::text AS name
      FROM page r CROSS JOIN head
      WHERE r.first_position > r.position OR r.command_id::text IS DISTINCT FROM
        (SELECT CASE WHEN e.position = r.position THEN e.meta ->> 'commandId' END
         FROM journal.event e WHERE e.tenant = p_tenant AND e.position >= r.position ORDER BY e.position LIMIT 1)
      ORDER BY 1, 2 LIMIT 1) stray ON true
  $$;

  CREATE FUNCTION journal.stray_stream(p_tenant uuid, p_from text, p_limit integer) RETURNS TABLE ("position" bigint, name text, next text)
  LANGUAGE sql STABLE ROWS 1 SET enable_seqscan = off SET enable_sort = off AS $$
    WITH page AS MATERIALIZED (
      SELECT s.stream, s.version FROM journal.stream s WHERE s.tenant = p_tenant AND s.stream >= p_from ORDER BY s.stream LIMIT p_limit + 1)
    SELECT stray.position, stray.name, (SELECT stream FROM page ORDER BY stream OFFSET p_limit)
    FROM (SELECT) one LEFT JOIN LATERAL (
      SELECT journal.head_position(p_tenant) + 1 AS position, s.stream AS name
      FROM page s
      WHERE s.version > coalesce((SELECT e.version FROM journal.event e WHERE e.tenant = p_tenant AND e.stream = s.stream ORDER BY e.version DESC LIMIT 1), 0)
      ORDER BY s.stream LIMIT 1) stray ON true
  $$;
`;
