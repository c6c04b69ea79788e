-- What was measured, as states that add up: of each snapshot and, where a table has units, of each unit of it.

ALTER TABLE afp.metric
  ADD COLUMN unit  text NOT NULL DEFAULT '',
  ADD COLUMN rule  text,
  ADD COLUMN value double precision,
  ADD COLUMN state json;
UPDATE afp.metric
   SET value = CASE WHEN judged > 0 THEN matches::double precision / judged END,
       state = CASE WHEN newest IS NULL THEN json_build_object('kind', 'counts', 'matches', matches, 'judged', judged)
                    ELSE json_build_object('kind', 'extremes', 'type', 'TIMESTAMP', 'judged', judged, 'bounds',
                           json_build_array(newest_text, newest_text)) END
  FROM (SELECT table_namespace AS n, table_name AS t, snapshot_id AS s, metric AS m,
               to_char(newest AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS newest_text FROM afp.metric) AS texts
 WHERE (table_namespace, table_name, snapshot_id, metric) = (n, t, s, m);
ALTER TABLE afp.metric
  ALTER COLUMN state SET NOT NULL,
  DROP COLUMN matches,
  DROP COLUMN newest,
  DROP CONSTRAINT metric_pkey,
  ADD PRIMARY KEY (table_namespace, table_name, snapshot_id, metric, unit);
COMMENT ON TABLE afp.metric IS 'What was measured, per snapshot, rule and unit; the states of disjoint sets of rows add up';
COMMENT ON COLUMN afp.metric.unit IS 'The interval of the rows, such as 2013-01; empty for all rows that the snapshot added';
COMMENT ON COLUMN afp.metric.rule IS 'What was measured: column, rule and condition; metrics of one name add up only where it is the same';
COMMENT ON COLUMN afp.metric.value IS 'A share of rows that obey, a mean, a number of different values; null where the rule decides what it asks of the state';
COMMENT ON COLUMN afp.metric.judged IS 'The rows that were judged';
COMMENT ON COLUMN afp.metric.state IS 'What adds up: counts, extremes, moments, registers of HyperLogLog++, a summary of quantiles, or frequencies';

INSERT INTO afp.ledger_version (version) VALUES (6);
