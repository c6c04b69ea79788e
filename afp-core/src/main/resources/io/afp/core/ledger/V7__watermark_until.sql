-- A watermark is that of a table from a release until another one, so that a rollback, also of a rollback, finds the one of the rows.

ALTER TABLE afp.watermark ADD COLUMN until_release bigint REFERENCES afp.release;
UPDATE afp.watermark w SET until_release = (
  SELECT min(later.release_id) FROM afp.watermark later
   WHERE (later.table_namespace, later.table_name) = (w.table_namespace, w.table_name) AND later.release_id > w.release_id);
CREATE UNIQUE INDEX watermark_of_main ON afp.watermark (table_namespace, table_name) WHERE until_release IS NULL;
COMMENT ON TABLE afp.watermark IS 'How far the source of a table is read; older ones are for a rollback, which brings back the one of the rows';
COMMENT ON COLUMN afp.watermark.until_release IS 'The release from which on it counts no more; null where it does';

INSERT INTO afp.ledger_version (version) VALUES (7);
