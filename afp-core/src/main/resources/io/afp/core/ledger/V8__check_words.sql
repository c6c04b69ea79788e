-- A check of which no row was judged is skipped; what people should know of a check stands beside its verdict.

ALTER TABLE afp.check_result
  DROP CONSTRAINT check_result_status_check,
  ADD CONSTRAINT check_result_status_check CHECK (status IN ('passed', 'warned', 'failed', 'broken', 'skipped')),
  ADD COLUMN description text,
  ADD COLUMN owner       text,
  ADD COLUMN tags        text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN afp.check_result.status IS 'passed; warned: it does not hold, and that is only reported; failed; broken: it could not be evaluated; skipped: no row was judged';
COMMENT ON COLUMN afp.check_result.owner IS 'Who is to be asked when it does not hold; null for the owner of the pipeline';

INSERT INTO afp.ledger_version (version) VALUES (8);
