-- The ledger, and in the same database the two tables of Iceberg's JDBC catalog (schema V1): publish is one transaction
-- over both.

CREATE TABLE iceberg_tables (
  catalog_name               varchar(255) NOT NULL,
  table_namespace            varchar(255) NOT NULL,
  table_name                 varchar(255) NOT NULL,
  metadata_location          varchar(1000),
  previous_metadata_location varchar(1000),
  iceberg_type               varchar(5),
  PRIMARY KEY (catalog_name, table_namespace, table_name)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05);
CREATE INDEX iceberg_tables_by_table ON iceberg_tables (table_namespace, table_name);

CREATE TABLE iceberg_namespace_properties (
  catalog_name   varchar(255) NOT NULL,
  namespace      varchar(255) NOT NULL,
  property_key   varchar(255),
  property_value varchar(1000),
  PRIMARY KEY (catalog_name, namespace, property_key)
);

CREATE SCHEMA afp;
COMMENT ON SCHEMA afp IS 'AFP: what ran, on what, with what result';

CREATE TABLE afp.ledger_version (
  version    int PRIMARY KEY,
  applied_at timestamptz NOT NULL DEFAULT now()
);

-- Runs ---------------------------------------------------------------------------------------------------------------

CREATE TABLE afp.run (
  id             uuid PRIMARY KEY,
  pipeline       text NOT NULL,
  run_key        text,
  request        text NOT NULL,
  interval_start timestamptz,
  interval_end   timestamptz,
  restate        boolean NOT NULL,
  state          text NOT NULL CHECK (state IN ('running', 'published', 'succeeded', 'failed')),
  release_id     bigint,
  error_code     text,
  error_message  text,
  created_at     timestamptz NOT NULL DEFAULT now(),
  ended_at       timestamptz,
  UNIQUE (pipeline, run_key)
);
COMMENT ON TABLE afp.run IS 'One execution of a pipeline; its id is also the correlation id';
COMMENT ON COLUMN afp.run.request IS 'What was asked for, as text; an unfinished run with the same request is taken up again';
CREATE INDEX run_by_pipeline ON afp.run (pipeline, created_at);

CREATE TABLE afp.attempt (
  run_id     uuid NOT NULL REFERENCES afp.run,
  number     int NOT NULL,
  branch     text NOT NULL UNIQUE,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz,
  PRIMARY KEY (run_id, number)
);
COMMENT ON TABLE afp.attempt IS 'One try of a run, on a branch of its own';

CREATE TABLE afp.backfill (
  id         uuid PRIMARY KEY,
  pipeline   text NOT NULL,
  request    text NOT NULL,
  restate    boolean NOT NULL,
  release_id bigint NOT NULL,
  started_at timestamptz NOT NULL DEFAULT now(),
  ended_at   timestamptz
);
COMMENT ON TABLE afp.backfill IS 'What was asked of a backfill, whose chunks are runs; one that did not end goes on when the same is asked again';
COMMENT ON COLUMN afp.backfill.release_id IS 'The newest release when it began: what a later one wrote is not restated again';

CREATE TABLE afp.step (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  phase           text NOT NULL CHECK (phase IN ('ingest', 'transform', 'quality', 'publish', 'serve')),
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  state           text NOT NULL CHECK (state IN ('waiting', 'running', 'finished', 'failed', 'skipped')),
  position        int NOT NULL,
  fingerprint     text NOT NULL DEFAULT '',
  checks          text NOT NULL DEFAULT '',
  rows_in         bigint,
  rows_out        bigint,
  rows_rejected   bigint,
  bytes_out       bigint,
  snapshots       bigint[] NOT NULL DEFAULT '{}',
  full_refresh    boolean NOT NULL DEFAULT false,
  taken_over_from int,
  started_at      timestamptz NOT NULL DEFAULT now(),
  finished_at     timestamptz,
  PRIMARY KEY (run_id, attempt, phase, table_namespace, table_name),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.step IS 'One table written, judged or served in a run';
COMMENT ON COLUMN afp.step.state IS 'skipped: it was not begun, because a step before it has failed';
COMMENT ON COLUMN afp.step.position IS 'The place of its table in the plan of the attempt';
COMMENT ON COLUMN afp.step.fingerprint IS 'Hash of definition and inputs; another attempt takes the step over only if it has the same';
COMMENT ON COLUMN afp.step.checks IS 'Hash of the checks that were measured; metrics of other checks are not believed';
COMMENT ON COLUMN afp.step.snapshots IS 'The snapshots that the step made, one for each contiguous range of intervals';
COMMENT ON COLUMN afp.step.full_refresh IS 'The table was built anew from nothing: what was done for it before does not count';

CREATE TABLE afp.step_table (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  step            text NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  access          text NOT NULL CHECK (access IN ('read', 'write')),
  PRIMARY KEY (run_id, attempt, step, table_namespace, table_name, access),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.step_table IS 'The tables that a step wrote or read';

CREATE TABLE afp.step_unit (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  unit            text NOT NULL,
  interval_start  timestamptz,
  interval_end    timestamptz,
  definition_hash text NOT NULL,
  inputs          text[] NOT NULL,
  PRIMARY KEY (run_id, attempt, table_namespace, table_name, unit),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.step_unit IS 'The intervals that a step covers; publish turns them into rows of afp.done';

CREATE SEQUENCE afp.lease_token;
CREATE TABLE afp.lease (
  pipeline      text PRIMARY KEY,
  token         bigint NOT NULL UNIQUE,
  run_id        uuid NOT NULL,
  backend_pid   int,
  backend_start timestamptz,
  expires_at    timestamptz NOT NULL
);
COMMENT ON TABLE afp.lease IS 'Which run may publish the tables of a pipeline; the token fences those that lost it';
COMMENT ON COLUMN afp.lease.backend_pid IS 'The connection that the holder keeps open; null between two drivers of a run';

CREATE FUNCTION afp.is_held(l afp.lease) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT l.expires_at >= now() AND (l.backend_pid IS NULL OR EXISTS (
    SELECT 1 FROM pg_stat_activity a
     WHERE a.pid = l.backend_pid AND coalesce(a.backend_start, l.backend_start) = l.backend_start)) -- null: of another account
$$;
COMMENT ON FUNCTION afp.is_held IS 'Whether a lease has not expired, and the connection that its holder keeps is there';

-- Branches and releases ----------------------------------------------------------------------------------------------

CREATE TABLE afp.release (
  id           bigint PRIMARY KEY,
  branch       text NOT NULL UNIQUE,
  kind         text NOT NULL DEFAULT 'run' CHECK (kind IN ('run', 'rollback', 'clean')),
  rollback_to  bigint REFERENCES afp.release,
  published_at timestamptz NOT NULL DEFAULT now(),
  expired_at   timestamptz
);
COMMENT ON TABLE afp.release IS 'A published branch; the unit of time travel and rollback';
COMMENT ON COLUMN afp.release.id IS 'Without gaps: publish takes the next number under its lock';
COMMENT ON COLUMN afp.release.kind IS 'A clean changes no row of any table, so nothing depends on it';
COMMENT ON COLUMN afp.release.expired_at IS 'From then on its files may be gone: it can not be read or rolled back to';

CREATE TABLE afp.branch (
  name       text PRIMARY KEY,
  state      text NOT NULL CHECK (state IN ('open', 'read', 'fenced', 'published', 'discarded')),
  release_id bigint REFERENCES afp.release,
  created_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE afp.branch IS 'Every branch there ever was; a name is never used again';

CREATE TABLE afp.branch_base (
  branch            text NOT NULL REFERENCES afp.branch,
  table_namespace   text NOT NULL,
  table_name        text NOT NULL,
  iceberg_type      text,
  metadata_location text NOT NULL,
  must_hold         boolean NOT NULL DEFAULT false,
  PRIMARY KEY (branch, table_namespace, table_name)
);
COMMENT ON TABLE afp.branch_base IS 'The pointers of main that a branch started from';
COMMENT ON COLUMN afp.branch_base.must_hold IS 'The branch read this table: publish is refused if main has moved it';

CREATE TABLE afp.release_table (
  release_id        bigint NOT NULL REFERENCES afp.release,
  table_namespace   text NOT NULL,
  table_name        text NOT NULL,
  iceberg_type      text,
  old_location      text,
  new_location      text,
  previous_location text,
  PRIMARY KEY (release_id, table_namespace, table_name)
);
COMMENT ON TABLE afp.release_table IS 'The pointers that a release moved';
CREATE INDEX release_table_by_table ON afp.release_table (table_namespace, table_name, release_id);

CREATE TABLE afp.owned_table (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  pipeline        text NOT NULL,
  PRIMARY KEY (table_namespace, table_name)
);
COMMENT ON TABLE afp.owned_table IS 'The pipeline that alone may change a table on main';

-- An owned table of main moves only by publish, and only an open branch takes commits. Both images of a row are looked
-- at: else a rename of an owned table and a drop by a dead attempt would pass.
CREATE FUNCTION afp.guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c text; s text; n text;
BEGIN
  IF current_setting('afp.publish', true) IS DISTINCT FROM 'on' THEN
    FOR c, s, n IN VALUES (old.catalog_name, old.table_namespace, old.table_name),
                          (new.catalog_name, new.table_namespace, new.table_name) LOOP
      IF c = 'lake' AND EXISTS (SELECT 1 FROM afp.owned_table o WHERE (o.table_namespace, o.table_name) = (s, n)) THEN
        RAISE EXCEPTION 'table %.% is owned by a pipeline and moves only by publish', s, n USING errcode = 'AFP01';
      ELSIF c LIKE 'lake@%' THEN
        PERFORM 1 FROM afp.branch WHERE name = substr(c, 6) AND state = 'open' FOR KEY SHARE;
        IF NOT FOUND THEN
          RAISE EXCEPTION 'branch % is not open', substr(c, 6) USING errcode = 'AFP02';
        END IF;
      END IF;
    END LOOP;
  END IF;
  IF tg_op = 'DELETE' THEN
    RETURN old;
  END IF;
  RETURN new;
END $$;
CREATE TRIGGER afp_guard BEFORE INSERT OR UPDATE OR DELETE ON iceberg_tables FOR EACH ROW EXECUTE FUNCTION afp.guard();

-- What is in the tables ----------------------------------------------------------------------------------------------

CREATE TABLE afp.done (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  unit            text NOT NULL,
  interval_start  timestamptz,
  interval_end    timestamptz,
  definition_hash text NOT NULL,
  inputs          text[] NOT NULL,
  release_id      bigint NOT NULL REFERENCES afp.release,
  run_id          uuid NOT NULL,
  PRIMARY KEY (table_namespace, table_name, unit)
);
COMMENT ON TABLE afp.done IS 'The intervals that are in a table, what they were made of, and the release that wrote them last';
COMMENT ON COLUMN afp.done.unit IS 'The interval as text, or all for a table without intervals';

CREATE TABLE afp.loaded_file (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  unit            text NOT NULL,
  path            text NOT NULL,
  checksum        text NOT NULL,
  release_id      bigint NOT NULL REFERENCES afp.release,
  PRIMARY KEY (table_namespace, table_name, unit, path)
);
COMMENT ON TABLE afp.loaded_file IS 'The files whose rows are in a table';

CREATE TABLE afp.reject_summary (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  column_name     text NOT NULL,
  reason          text NOT NULL,
  rows            bigint NOT NULL,
  sample_value    text,
  sample_file     text,
  PRIMARY KEY (run_id, attempt, table_namespace, table_name, column_name, reason),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.reject_summary IS 'How many rows a source lost to which reason; the rows are in <table>__rejects';

CREATE TABLE afp.metric (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  snapshot_id     bigint NOT NULL,
  metric          text NOT NULL,
  matches         bigint NOT NULL,
  judged          bigint NOT NULL,
  newest          timestamptz,
  origin          text NOT NULL CHECK (origin IN ('write', 'scan')),
  PRIMARY KEY (table_namespace, table_name, snapshot_id, metric)
);
COMMENT ON TABLE afp.metric IS 'Mergeable counts per snapshot and rule: rows that obey, rows that were judged';
COMMENT ON COLUMN afp.metric.newest IS 'The newest value that a check of freshness saw; a local time as if it were in UTC';
COMMENT ON COLUMN afp.metric.origin IS 'Measured in the write, or by a scan of what it wrote';

CREATE TABLE afp.check_result (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  check_name      text NOT NULL,
  column_name     text,
  rule            text NOT NULL,
  severity        text NOT NULL CHECK (severity IN ('error', 'warn')),
  status          text NOT NULL CHECK (status IN ('passed', 'warned', 'failed', 'broken')),
  rows_judged     bigint,
  rows_failed     bigint,
  required_share  numeric NOT NULL,
  origin          text NOT NULL,
  message         text NOT NULL,
  samples         json NOT NULL DEFAULT '[]',
  PRIMARY KEY (run_id, attempt, table_namespace, table_name, check_name),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.check_result IS 'The verdicts of the checks';
COMMENT ON COLUMN afp.check_result.samples IS 'At most ten rows that broke a check that did not pass: their key and what was judged, personal values masked';

CREATE TABLE afp.serving_load (
  target          text PRIMARY KEY,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  release_id      bigint NOT NULL REFERENCES afp.release,
  serve_hash      text NOT NULL,
  rows            bigint NOT NULL,
  bytes           bigint NOT NULL,
  run_id          uuid NOT NULL,
  loaded_at       timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE afp.serving_load IS 'Which release of a table is served';

CREATE VIEW afp.v_run AS
SELECT r.pipeline, r.id AS run_id, r.request AS interval,
       CASE WHEN r.state = 'running' AND NOT w.at_work THEN 'killed' ELSE r.state END AS state,
       r.release_id, t.attempts, r.created_at, r.ended_at, s.last_seen,
       coalesce(t.duration, s.last_seen - r.created_at) AS duration, r.error_code, r.error_message
  FROM afp.run r
  CROSS JOIN LATERAL (SELECT r.ended_at IS NULL AND EXISTS (
    SELECT 1 FROM afp.lease l WHERE l.pipeline = r.pipeline AND l.run_id = r.id AND afp.is_held(l)) AS at_work) w
  CROSS JOIN LATERAL (SELECT coalesce(r.ended_at, CASE WHEN w.at_work THEN now() ELSE greatest(r.created_at,
    (SELECT max(a.started_at) FROM afp.attempt a WHERE a.run_id = r.id),
    (SELECT max(greatest(t.started_at, t.finished_at)) FROM afp.step t WHERE t.run_id = r.id)) END) AS last_seen) s
  CROSS JOIN LATERAL (
    SELECT count(*) AS attempts, sum(until - since) AS duration
    FROM (SELECT CASE a.number WHEN 1 THEN r.created_at ELSE a.started_at END AS since,
                 CASE WHEN a.number = max(a.number) OVER () THEN s.last_seen
                      ELSE coalesce(a.ended_at, greatest(a.started_at, max(p.started_at), max(p.finished_at))) END AS until
          FROM afp.attempt a LEFT JOIN afp.step p ON (p.run_id, p.attempt) = (a.run_id, a.number)
          WHERE a.run_id = r.id GROUP BY a.run_id, a.number) attempt) t;
COMMENT ON VIEW afp.v_run IS 'One row a run, for people';
COMMENT ON COLUMN afp.v_run.state IS 'Killed when it did not end and its lease is not held: its driver is gone, or its next job never came';
COMMENT ON COLUMN afp.v_run.last_seen IS 'When it ended; now while it is at work; else the last that a killed run has written down';
COMMENT ON COLUMN afp.v_run.duration IS 'Of all attempts together, without the time between them; a killed one counts to its last step';

INSERT INTO afp.ledger_version (version) VALUES (1);
