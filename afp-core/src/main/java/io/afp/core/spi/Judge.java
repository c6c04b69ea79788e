package io.afp.core.spi;

import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Gives the verdicts on what a run wrote to a table. */
public interface Judge {

  /**
   * Judges every check of the table. A check that can't be evaluated is {@link
   * Verdict.Status#BROKEN}, never passed.
   */
  List<Verdict> judge(Case written);

  /** What is judged. */
  interface Case {
    SparkSession session();

    TableDef table();

    /** The metrics of all commits of the run to this table, by name. */
    Map<String, Metric> metrics();

    /** The rows that the run wrote. */
    Dataset<Row> rows();

    /**
     * The rows among which a key must be unique: all of the table for {@code append}, else those
     * written.
     */
    Dataset<Row> rowsForKey();

    /**
     * The moment that the age of data is measured against, in the zone of the pipeline: the end of
     * the last interval that was written; for a table without intervals the end of the interval of
     * the run; for a run without one its start.
     */
    ZonedDateTime asOf();

    /** Says that a check read these tables. */
    void markRead(Collection<TableName> tables);
  }
}
