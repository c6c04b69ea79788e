-- The history of each check, what points of it were judged by, and what somebody said of them.

CREATE TABLE afp.check_point (
  id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  check_name      text NOT NULL,
  measures        text NOT NULL,
  unit            text NOT NULL,
  local_time      timestamp NOT NULL,
  value           double precision NOT NULL,
  expected        double precision,
  lower_bound     double precision,
  upper_bound     double precision,
  basis           int,
  status          text NOT NULL CHECK (status IN ('passed', 'warned', 'failed', 'learning', 'acknowledged')),
  origin          text NOT NULL CHECK (origin IN ('write', 'scan', 'metadata', 'ledger', 'snapshot')),
  run_id          uuid,
  attempt         int,
  snapshot_id     bigint,
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.check_point IS 'What each check measured of each unit, or of each run of a table without intervals, and what it was judged by';
COMMENT ON COLUMN afp.check_point.measures IS 'What was measured; points are compared only where it is the same';
COMMENT ON COLUMN afp.check_point.unit IS 'The interval of the rows, such as 2013-01; empty where the rows of a run are no unit';
COMMENT ON COLUMN afp.check_point.local_time IS 'Where it lies in time, on the clock of the pipeline: the start of the interval, or of the attempt';
COMMENT ON COLUMN afp.check_point.expected IS 'What its history let expect; null while there is too little of it, and of checks that do not ask it';
COMMENT ON COLUMN afp.check_point.basis IS 'How many points the bounds were made of, or would have been';
COMMENT ON COLUMN afp.check_point.origin IS 'Measured in the write, by a scan, or told by metadata; or before there was the check, told by the ledger or by snapshots of the table';
CREATE INDEX check_point_by_check ON afp.check_point (table_namespace, table_name, check_name, local_time);
CREATE INDEX check_point_by_run ON afp.check_point (run_id, attempt);

CREATE TABLE afp.acknowledgement (
  table_namespace  text NOT NULL,
  table_name       text NOT NULL,
  check_name       text NOT NULL,
  run_id           uuid NOT NULL REFERENCES afp.run,
  unit             text NOT NULL,
  local_time       timestamp NOT NULL,
  value            double precision NOT NULL,
  new_level        boolean NOT NULL,
  reason           text NOT NULL,
  acknowledged_by  text NOT NULL,
  acknowledged_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_namespace, table_name, check_name, run_id, unit)
);
COMMENT ON TABLE afp.acknowledgement IS 'Unusual points that somebody said are right: they are history to those that follow';
COMMENT ON COLUMN afp.acknowledgement.new_level IS 'What was before it says nothing any more';

ALTER TABLE afp.check_result DROP CONSTRAINT check_result_status_check,
  ADD CONSTRAINT check_result_status_check CHECK (status IN ('passed', 'warned', 'failed', 'broken', 'skipped', 'learning'));
COMMENT ON COLUMN afp.check_result.status IS 'passed; warned: it does not hold, and that is only reported; failed; broken: it could not be evaluated; skipped: no row was judged; learning: there is too little history to judge by';

INSERT INTO afp.ledger_version (version) VALUES (9);
