-- The columns of sources, and how they change.

CREATE TABLE afp.step_schema (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  position        int NOT NULL,
  unit            text NOT NULL,
  interval_start  timestamptz,
  columns         json NOT NULL,
  changes         json NOT NULL,
  PRIMARY KEY (run_id, attempt, table_namespace, table_name, position),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.step_schema IS 'The changes in the columns of a source that a step found; publish turns them into rows of afp.schema_version';

CREATE TABLE afp.schema_version (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  version         int NOT NULL,
  unit            text NOT NULL,
  interval_start  timestamptz,
  columns         json NOT NULL,
  changes         json NOT NULL,
  release_id      bigint NOT NULL REFERENCES afp.release,
  run_id          uuid NOT NULL,
  found_at        timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_namespace, table_name, version)
);
COMMENT ON TABLE afp.schema_version IS 'The columns of the source of a table, each time they were others than before';
COMMENT ON COLUMN afp.schema_version.unit IS 'The interval whose files had them first, or all for a table without intervals';
COMMENT ON COLUMN afp.schema_version.columns IS 'Name, type, and presence: all, some or none of the files; none are columns that are declared only';
COMMENT ON COLUMN afp.schema_version.changes IS 'Against the version before: kind, column, policy that was applied, and text';

CREATE VIEW afp.v_schema_change AS
SELECT o.pipeline, v.table_namespace || '.' || v.table_name AS table_name, v.version, v.unit,
       c ->> 'kind' AS kind, c ->> 'column' AS column_name, c ->> 'text' AS change, c ->> 'policy' AS policy,
       v.release_id, v.run_id, v.found_at
  FROM afp.schema_version v
  LEFT JOIN afp.owned_table o ON (o.table_namespace, o.table_name) = (v.table_namespace, v.table_name)
  CROSS JOIN LATERAL json_array_elements(v.changes) c
 WHERE c ->> 'kind' <> 'first';
COMMENT ON VIEW afp.v_schema_change IS 'One row for each change in the columns of a source, for people';

INSERT INTO afp.ledger_version (version) VALUES (3);
