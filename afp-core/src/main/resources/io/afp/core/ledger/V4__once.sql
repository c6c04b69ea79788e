-- What is loaded once: what files looked like when they were read, and how the sources differ since.

ALTER TABLE afp.loaded_file
  ADD COLUMN size        bigint,
  ADD COLUMN modified_at timestamptz,
  ADD COLUMN checked_at  timestamptz;
COMMENT ON COLUMN afp.loaded_file.checksum IS 'SHA-256 of its bytes, or what the store has in its place';
COMMENT ON COLUMN afp.loaded_file.size IS 'In bytes; null for a file that an older AFP loaded and nobody has read since';
COMMENT ON COLUMN afp.loaded_file.checked_at IS 'When reading its checksum began; a file that was not written since then need not be read again';

CREATE TABLE afp.step_file (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  unit            text NOT NULL,
  path            text NOT NULL,
  checksum        text NOT NULL,
  size            bigint,
  modified_at     timestamptz,
  checked_at      timestamptz,
  PRIMARY KEY (run_id, attempt, table_namespace, table_name, unit, path),
  FOREIGN KEY (run_id, attempt, table_namespace, table_name, unit) REFERENCES afp.step_unit
);
COMMENT ON TABLE afp.step_file IS 'The files that a step read; publish turns them into rows of afp.loaded_file';

-- Steps that an older AFP has finished and not published.
INSERT INTO afp.step_file (run_id, attempt, table_namespace, table_name, unit, path, checksum)
SELECT u.run_id, u.attempt, u.table_namespace, u.table_name, u.unit,
       substring(input FROM '^file:(.*)=[^=]*$'), substring(input FROM '[^=]*$')
  FROM afp.step_unit u
  JOIN afp.attempt a ON (a.run_id, a.number) = (u.run_id, u.attempt)
  JOIN afp.branch b ON b.name = a.branch AND b.state IN ('open', 'fenced')
  CROSS JOIN LATERAL unnest(u.inputs) input
 WHERE input LIKE 'file:%';

CREATE TABLE afp.source_change (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  unit            text NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('changed', 'late', 'vanished', 'renamed')),
  name            text NOT NULL,
  was             text,
  found_at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_namespace, table_name, unit, name),
  FOREIGN KEY (table_namespace, table_name, unit) REFERENCES afp.done ON DELETE CASCADE
);
COMMENT ON TABLE afp.source_change IS 'How the source of a done interval differs from what was loaded, where it is not loaded again but warned of; as the last plan or run saw it';
COMMENT ON COLUMN afp.source_change.was IS 'The name under which a renamed file was loaded';

INSERT INTO afp.ledger_version (version) VALUES (4);
