-- Landing folders: a table without intervals gets the rows of each file that comes, once.

ALTER TABLE afp.step_unit ADD COLUMN keeps_files boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN afp.step_unit.keeps_files IS 'Its files come to those that the unit has, and do not take their place';

ALTER TABLE afp.loaded_file ADD COLUMN definition_hash text;
COMMENT ON COLUMN afp.loaded_file.definition_hash IS 'By which definition it was loaded, where files are done one by one: in a landing folder; else null';

CREATE TABLE afp.earlier_file (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  unit            text NOT NULL,
  path            text NOT NULL,
  checksum        text NOT NULL,
  size            bigint,
  modified_at     timestamptz,
  checked_at      timestamptz,
  definition_hash text NOT NULL,
  release_id      bigint NOT NULL REFERENCES afp.release,
  until_release   bigint NOT NULL REFERENCES afp.release,
  PRIMARY KEY (table_namespace, table_name, unit, path, release_id)
);
COMMENT ON TABLE afp.earlier_file IS 'The files of landing folders whose rows were in a table from a release until another one; a rollback brings those back that belong to the rows';

INSERT INTO afp.ledger_version (version) VALUES (5);
