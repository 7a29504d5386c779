/**
 * chain_hash: the link of one event to the one before it.
 * Takes   the hash before (32 zero bytes for the first), and what the link covers beside the payload.
 * Returns sha256(prev ‖ tenant ‖ epoch ‖ position ‖ sha256(stream) ‖ version ‖ recorded_at µs ‖ payload_hash);
 *         the tenant as its 16 bytes, each integer as 8 bytes big-endian, the stream hashed as UTF-8. chain.ts does the same.
 * Safe    because every part has a fixed length: no two different events give the same bytes.
 */
export const chainHashFunction = `
  CREATE FUNCTION journal.chain_hash(prev bytea, tenant uuid, epoch integer, "position" bigint, stream text, version integer, recorded_at timestamptz, payload_hash bytea)
  RETURNS bytea LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT sha256(prev || uuid_send(tenant) || int8send(epoch::bigint) || int8send("position") || sha256(convert_to(stream, 'UTF8'))
      || int8send(version::bigint) || int8send((extract(epoch FROM recorded_at) * 1000000)::bigint) || payload_hash)
  $$;

  -- A moment as the wire writes it: ISO 8601 in UTC, always six digits of a second. One that append never writes (before our
  -- era, endless) is given in another form, so that it cannot look like one that it does.
  CREATE FUNCTION journal.moment(at timestamptz) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN at >= '0001-01-01' AND at < 'infinity' THEN to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') ELSE at::text END
  $$;
`;

/** receipt_json: a receipt as the journal answers it; the events are read from the feed, where they stand in one run. */
export const receiptFunction = `
  CREATE FUNCTION journal.receipt_json(r journal.receipt) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object(
      'commandId', r.command_id, 'fingerprint', r.fingerprint, 'position', r.position, 'versions', r.versions,
      'created', r.created, 'recordedAt', journal.moment(r.recorded_at),
      'events', (SELECT jsonb_agg(jsonb_build_object('id', e.id, 'stream', e.stream, 'type', e.type, 'version', e.version, 'position', e.position) ORDER BY e.position)
                 FROM journal.event e WHERE e.tenant = r.tenant AND e.position BETWEEN r.first_position AND r.position))
  $$;
`;

/**
 * load: everything a batch of commands needs to be decided, in one round trip.
 * Takes   the tenant; the streams as [{ stream, held, fold }], held = the version the process already holds folded (0: none);
 *         the command ids of the batch.
 * Returns one row: the latest moment told in the tenant; the receipts that exist for these ids, and per stream that is not just as held: its version, whether
 *         what is held can be kept (`from` = the version the events start after), else the snapshot if it has the same fold
 *         number, and the events after it.
 * Safe    because the function is STABLE: everything in it is read from the one snapshot of the calling statement, so versions,
 *         snapshots and events agree. A held version beyond the stream's (a database restored under a running process) is not kept.
 *         It takes no lock: append compares the versions again under the tenant's lock.
 * Cost    one look-up a stream and one a receipt, and the events that are new. OFFSET 0 is what keeps it so: without it the
 *         planner scans all streams of the tenant to join them, and all events of a stream to compare versions (under row
 *         level security an expression that might leak is no index condition; a column of a fenced subquery is). Sequential
 *         scans are off, so that a plan made while the tables were small stays good; sorting is off, so that a stream's events
 *         are read in the order of its versions, and never the whole of a tenant that PostgreSQL takes for small.
 */
export const loadFunction = `
  CREATE FUNCTION journal.load(p_tenant uuid, p_streams jsonb, p_commands uuid[]) RETURNS TABLE (at text, receipts jsonb, streams json)
  LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_sort = off SET plan_cache_mode = force_generic_plan AS $$
  BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    RETURN QUERY SELECT
      (SELECT journal.moment(h.recorded_at) FROM journal.head h WHERE h.tenant = p_tenant),
      (SELECT jsonb_agg(journal.receipt_json(r)) FROM journal.receipt r WHERE r.tenant = p_tenant AND r.command_id = ANY (p_commands)),
      (SELECT json_agg(json_build_object(
          'stream', w.stream,
          'version', s.version,
          'from', s."from",
          'snapshot', CASE WHEN s."from" > 0 AND NOT s.kept THEN s.snapshot END,
          'snapshotVersion', s.snapshot_version,
          'kept', s.kept,
          'events', CASE WHEN s.version > s."from" THEN
            (SELECT json_agg(json_build_object('id', e.id, 'stream', e.stream, 'type', e.type, 'data', e.data, 'meta', e.meta,
                'position', e.position, 'version', e.version, 'recordedAt', journal.moment(e.recorded_at)))
             FROM (SELECT * FROM journal.event e WHERE e.tenant = p_tenant AND e.stream = w.stream AND e.version > s."from" ORDER BY e.version) e) END))
       FROM jsonb_to_recordset(p_streams) AS w(stream text, held integer, fold integer)
       CROSS JOIN LATERAL (
         SELECT has.*, has.held_good AND w.held >= has.snapshot_version AS kept,
           CASE WHEN has.held_good THEN greatest(w.held, has.snapshot_version) ELSE has.snapshot_version END AS "from"
         FROM (SELECT coalesce(r.version, 0) AS version, r.snapshot, CASE WHEN r.fold = w.fold THEN coalesce(r.snapshot_version, 0) ELSE 0 END AS snapshot_version,
                 w.held <= coalesce(r.version, 0) AS held_good
               FROM (SELECT) one LEFT JOIN journal.stream r ON r.tenant = p_tenant AND r.stream = w.stream
               OFFSET 0) has
         OFFSET 0) s
       WHERE s.version <> w.held OR NOT s.kept);
  END $$;
`;

/**
 * append: writes units in order, each all or nothing, at the end of the tenant's feed.
 * Takes   the tenant; units as [{ commandId, fingerprint, at, expected: { stream: version }, meta, created,
 *         events: [{ id, stream, type, data, payloadHash }], snapshots: { stream: { version, fold, state } } }].
 *         Every stream of an event stands in expected; expected may name streams that were only read.
 * Returns one answer a unit: { outcome: 'appended', position, recordedAt } | { outcome: 'duplicate', receipt } | { outcome: 'conflict' }.
 * Safe    because of the transaction's advisory lock on the tenant: nobody else looks receipts or versions up, or gives out
 *         positions, until this transaction has ended; so positions come in commit order, without gaps, and a reader needs only
 *         "position > cursor". The function is VOLATILE: each statement in it sees what was committed before the lock was got.
 *         A unit that is not written spoils its streams for the rest of the call (version -1 equals no expectation): what
 *         was decided after it stood on events that never happened, even where somebody else's version number is the same.
 *         The same for a unit that another process overtook with a later clock: it is written with the later moment, so the
 *         state its process folded, and a snapshot of it, is not what will be folded from now on.
 *         Runs as the owner, so that the app needs no right to write these tables; the tenant's policy binds the owner too.
 */
export const appendFunction = `
  CREATE FUNCTION journal.append(p_tenant uuid, p_units jsonb) RETURNS jsonb
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
  DECLARE
    head journal.head;
    known jsonb;
    shared text[];
    duplicates jsonb;
    unit record;
    fact jsonb;
    to_stream text;
    to_version integer;
    content_hash bytea;
    first_position bigint;
    moved jsonb;
    on_time boolean;
    snapshots jsonb := '{}';
    made journal.event[] := '{}';
    given journal.receipt[] := '{}';
    answers jsonb[] := '{}';
  BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    PERFORM pg_advisory_xact_lock(hashtextextended('journal.append ' || p_tenant::text, 0));

    SELECT * INTO head FROM journal.head h WHERE h.tenant = p_tenant;
    IF NOT FOUND THEN
      head := ROW(p_tenant, 0, decode(repeat('00', 32), 'hex'), 1, '-infinity'::timestamptz)::journal.head;
    END IF;

    -- known: the version each stream has now. Only what a later unit of this call names too must be kept up to date in it.
    SELECT coalesce(jsonb_object_agg(named.stream, coalesce((SELECT s.version FROM journal.stream s WHERE s.tenant = p_tenant AND s.stream = named.stream), 0)), '{}'),
      coalesce(array_agg(named.stream) FILTER (WHERE named.times > 1), '{}')
    INTO known, shared
    FROM (SELECT k.stream, count(*) AS times FROM jsonb_array_elements(p_units) u, jsonb_object_keys(u -> 'expected') AS k(stream) GROUP BY k.stream) named;

    SELECT coalesce(jsonb_object_agg(r.command_id, journal.receipt_json(r)), '{}') INTO duplicates
    FROM journal.receipt r
    WHERE r.tenant = p_tenant AND r.command_id = ANY (ARRAY(SELECT (u ->> 'commandId')::uuid FROM jsonb_array_elements(p_units) u));

    FOR unit IN
      SELECT * FROM jsonb_to_recordset(p_units) AS u("commandId" uuid, fingerprint text, at timestamptz, expected jsonb, meta jsonb, created jsonb, events jsonb, snapshots jsonb)
    LOOP
      IF duplicates ? unit."commandId"::text OR NOT known @> unit.expected THEN
        SELECT known || coalesce(jsonb_object_agg(e ->> 'stream', -1), '{}') INTO known FROM jsonb_array_elements(unit.events) e;
        answers := array_append(answers, CASE WHEN duplicates ? unit."commandId"::text
          THEN jsonb_build_object('outcome', 'duplicate', 'receipt', duplicates -> unit."commandId"::text)
          ELSE '{"outcome": "conflict"}' END);
        CONTINUE;
      END IF;

      first_position := head.position + 1;
      head.recorded_at := greatest(unit.at, head.recorded_at);
      on_time := head.recorded_at = unit.at;
      moved := unit.expected;
      -- Expressions, not a query per unit: PL/pgSQL evaluates them in place, and this loop is most of what append costs.
      FOR i IN 0 .. jsonb_array_length(unit.events) - 1 LOOP
        fact := unit.events -> i;
        to_stream := fact ->> 'stream';
        to_version := (moved ->> to_stream)::integer + 1;
        IF to_version IS NULL THEN
          RAISE EXCEPTION 'command % appends to % without saying which version it was decided on', unit."commandId", to_stream;
        END IF;
        moved := jsonb_set(moved, ARRAY[to_stream], to_jsonb(to_version));
        content_hash := decode(fact ->> 'payloadHash', 'hex');
        head.position := head.position + 1;
        head.hash := journal.chain_hash(head.hash, p_tenant, head.epoch, head.position, to_stream, to_version, head.recorded_at, content_hash);
        made := array_append(made, ROW(p_tenant, head.position, (fact ->> 'id')::uuid, to_stream, to_version, fact ->> 'type', fact -> 'data', unit.meta,
          head.epoch, head.recorded_at, content_hash, head.hash)::journal.event);
      END LOOP;
      IF head.position < first_position THEN
        RAISE EXCEPTION 'command % appends nothing; a command that changes nothing is refused as already-so', unit."commandId";
      END IF;
      IF on_time THEN
        IF unit.expected ?| shared THEN
          known := known || moved;
        END IF;
        IF unit.snapshots <> '{}' THEN
          snapshots := snapshots || unit.snapshots;
        END IF;
      ELSE
        SELECT known || jsonb_object_agg(e ->> 'stream', -1) INTO known FROM jsonb_array_elements(unit.events) e;
      END IF;
      given := array_append(given, ROW(p_tenant, unit."commandId", unit.fingerprint, first_position, head.position, moved, coalesce(unit.created, 'null'), head.recorded_at)::journal.receipt);
      answers := array_append(answers, jsonb_build_object('outcome', 'appended', 'position', head.position, 'recordedAt', journal.moment(head.recorded_at)));
    END LOOP;

    IF given <> '{}' THEN
      INSERT INTO journal.event SELECT * FROM unnest(made);
      INSERT INTO journal.receipt SELECT * FROM unnest(given);
      INSERT INTO journal.stream AS s (tenant, stream, version, snapshot, snapshot_version, fold)
      SELECT p_tenant, m.stream, m.version, p.state, p.version, p.fold
      FROM (SELECT e.stream, max(e.version) AS version FROM unnest(made) e GROUP BY e.stream) m
      LEFT JOIN LATERAL jsonb_to_record(snapshots -> m.stream) AS p(version integer, fold integer, state jsonb) ON true
      ON CONFLICT (tenant, stream) DO UPDATE SET
        version = excluded.version,
        snapshot = coalesce(excluded.snapshot, s.snapshot),
        snapshot_version = coalesce(excluded.snapshot_version, s.snapshot_version),
        fold = coalesce(excluded.fold, s.fold);
      INSERT INTO journal.head AS h SELECT (head).*
      ON CONFLICT (tenant) DO UPDATE SET position = excluded.position, hash = excluded.hash, epoch = excluded.epoch, recorded_at = excluded.recorded_at;
    END IF;
    RETURN to_jsonb(answers);
  END $$;
  REVOKE EXECUTE ON FUNCTION journal.append FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION journal.append TO concordat_app;
`;

/**
 * feed, history, head_of, receipt_of: reads of one tenant in one round trip each.
 * feed takes the position to start after, how many, and optionally one stream and a list of types, and returns events in feed
 * order; history the same by version of one stream, up to a moment where one is given.
 * Safe because positions are given out in commit order: what is behind a position that can be read is all there.
 */
export const readFunctions = `
  CREATE FUNCTION journal.feed(p_tenant uuid, p_after bigint, p_limit integer, p_stream text, p_types text[]) RETURNS SETOF journal.event
  LANGUAGE plpgsql STABLE ROWS 100 SET enable_seqscan = off SET enable_sort = off AS $$
  BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    IF p_stream IS NULL THEN
      RETURN QUERY SELECT * FROM journal.event e
        WHERE e.tenant = p_tenant AND e.position > p_after AND (p_types IS NULL OR e.type = ANY (p_types))
        ORDER BY e.position LIMIT p_limit;
    ELSE
      -- Within a stream, versions and positions give the same order, and versions have the index.
      RETURN QUERY SELECT * FROM journal.event e
        WHERE e.tenant = p_tenant AND e.stream = p_stream AND e.position > p_after AND (p_types IS NULL OR e.type = ANY (p_types))
        ORDER BY e.version LIMIT p_limit;
    END IF;
  END $$;

  CREATE FUNCTION journal.history(p_tenant uuid, p_stream text, p_after integer, p_limit integer, p_until timestamptz) RETURNS SETOF journal.event
  LANGUAGE plpgsql STABLE ROWS 100 SET enable_seqscan = off SET enable_sort = off AS $$
  BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    RETURN QUERY SELECT * FROM journal.event e
      WHERE e.tenant = p_tenant AND e.stream = p_stream AND e.version > p_after AND (p_until IS NULL OR e.recorded_at <= p_until)
      ORDER BY e.version LIMIT p_limit;
  END $$;

  CREATE FUNCTION journal.head_of(p_tenant uuid) RETURNS SETOF journal.head LANGUAGE plpgsql STABLE ROWS 1 AS $$
  BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    RETURN QUERY SELECT * FROM journal.head h WHERE h.tenant = p_tenant;
  END $$;

  CREATE FUNCTION journal.receipt_of(p_tenant uuid, p_command uuid) RETURNS jsonb LANGUAGE plpgsql STABLE AS $$
  BEGIN
    PERFORM set_config('app.tenant', p_tenant::text, true);
    RETURN (SELECT journal.receipt_json(r) FROM journal.receipt r WHERE r.tenant = p_tenant AND r.command_id = p_command);
  END $$;
`;

/**
 * tenants_behind, tenants: what must be known before a tenant is.
 * tenants_behind takes the names of consumers and returns the tenants where one of them has not read to the head.
 * tenants returns every tenant with a head, an event or a receipt, found by hopping along the index, so that a head
 * someone deleted does not hide its events from verify.
 * Safe because they run as concordat_router, which may read only the columns granted here, and return nothing but ids.
 */
export const routerFunctions = `
  GRANT SELECT (tenant, position) ON journal.head, journal.event TO concordat_router;
  GRANT SELECT (tenant, consumer, position) ON journal.cursor TO concordat_router;
  GRANT SELECT (tenant, command_id) ON journal.receipt TO concordat_router;
  CREATE POLICY routing ON journal.head FOR SELECT TO concordat_router USING (true);
  CREATE POLICY routing ON journal.event FOR SELECT TO concordat_router USING (true);
  CREATE POLICY routing ON journal.receipt FOR SELECT TO concordat_router USING (true);
  CREATE POLICY routing ON journal.cursor FOR SELECT TO concordat_router USING (true);

  CREATE FUNCTION journal.tenants_behind(p_consumers text[]) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT h.tenant FROM journal.head h
    WHERE EXISTS (SELECT FROM unnest(p_consumers) AS c(consumer)
      LEFT JOIN journal.cursor k ON k.tenant = h.tenant AND k.consumer = c.consumer
      WHERE coalesce(k.position, 0) < h.position)
  $$;

  CREATE FUNCTION journal.tenants() RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE with_events(tenant) AS (
      (SELECT e.tenant FROM journal.event e ORDER BY e.tenant LIMIT 1)
      UNION ALL
      SELECT (SELECT e.tenant FROM journal.event e WHERE e.tenant > w.tenant ORDER BY e.tenant LIMIT 1) FROM with_events w WHERE w.tenant IS NOT NULL
    ), with_receipts(tenant) AS (
      (SELECT r.tenant FROM journal.receipt r ORDER BY r.tenant LIMIT 1)
      UNION ALL
      SELECT (SELECT r.tenant FROM journal.receipt r WHERE r.tenant > w.tenant ORDER BY r.tenant LIMIT 1) FROM with_receipts w WHERE w.tenant IS NOT NULL
    )
    SELECT h.tenant FROM journal.head h
    UNION SELECT w.tenant FROM with_events w WHERE w.tenant IS NOT NULL
    UNION SELECT w.tenant FROM with_receipts w WHERE w.tenant IS NOT NULL
    ORDER BY 1
  $$;

  REVOKE EXECUTE ON FUNCTION journal.tenants_behind, journal.tenants FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION journal.tenants_behind, journal.tenants TO concordat_app;
  -- A function is handed over to a role that may create in its schema; the right is taken back at once.
  GRANT CREATE ON SCHEMA journal TO concordat_router;
  ALTER FUNCTION journal.tenants_behind OWNER TO concordat_router;
  ALTER FUNCTION journal.tenants OWNER TO concordat_router;
  REVOKE CREATE ON SCHEMA journal FROM concordat_router;
`;
