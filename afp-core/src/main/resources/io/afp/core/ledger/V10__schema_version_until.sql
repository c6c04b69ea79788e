-- A state of the columns of a source is known from a release until another one, so that a rollback of a rollback finds it.

ALTER TABLE afp.schema_version ADD COLUMN until_release bigint REFERENCES afp.release;
ALTER TABLE afp.schema_version DROP CONSTRAINT schema_version_pkey,
  ADD PRIMARY KEY (table_namespace, table_name, version, release_id);
CREATE UNIQUE INDEX schema_version_of_main ON afp.schema_version (table_namespace, table_name, version) WHERE until_release IS NULL;
COMMENT ON TABLE afp.schema_version IS 'The columns of the source of a table, each time they were others than before; older ones are for a rollback, which brings back those of the rows';
COMMENT ON COLUMN afp.schema_version.release_id IS 'The release that published it, or the rollback that brought it back';
COMMENT ON COLUMN afp.schema_version.until_release IS 'The release from which on it counts no more; null where it does';

CREATE OR REPLACE VIEW afp.v_schema_change AS
SELECT o.pipeline, v.table_namespace || '.' || v.table_name AS table_name, v.version, v.unit,
       c ->> 'kind' AS kind, c ->> 'column' AS column_name, c ->> 'text' AS change, c ->> 'policy' AS policy,
       v.release_id, v.run_id, v.found_at
  FROM afp.schema_version v
  LEFT JOIN afp.owned_table o ON (o.table_namespace, o.table_name) = (v.table_namespace, v.table_name)
  CROSS JOIN LATERAL json_array_elements(v.changes) c
 WHERE c ->> 'kind' <> 'first' AND v.until_release IS NULL;

INSERT INTO afp.ledger_version (version) VALUES (10);
