CREATE TABLE afp.step_watermark (
  run_id          uuid NOT NULL,
  attempt         int NOT NULL,
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  source          text NOT NULL,
  value           text NOT NULL,
  definition_hash text NOT NULL,
  PRIMARY KEY (run_id, attempt, table_namespace, table_name),
  FOREIGN KEY (run_id, attempt) REFERENCES afp.attempt
);
COMMENT ON TABLE afp.step_watermark IS 'How far a step has read its source; publish turns it into a row of afp.watermark';

CREATE TABLE afp.watermark (
  table_namespace text NOT NULL,
  table_name      text NOT NULL,
  source          text NOT NULL,
  value           text NOT NULL,
  definition_hash text NOT NULL,
  release_id      bigint NOT NULL REFERENCES afp.release,
  published_at    timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (table_namespace, table_name, release_id)
);
COMMENT ON TABLE afp.watermark IS 'How far the source of a table is read; the row of the newest release counts, older ones are for a rollback';
COMMENT ON COLUMN afp.watermark.source IS 'Connection, table or query, and column; a watermark says nothing about another source';

INSERT INTO afp.ledger_version VALUES (2);
