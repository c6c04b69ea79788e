package io.afp.core.spi;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Gives the verdicts on what a run wrote to a table. */
public interface Judge {

  /** Judges every check of the table. A check that can't be evaluated is {@link Status#BROKEN}, never passed. */
  List<Verdict> judge(Case written);

  /** What is judged. */
  interface Case {
    SparkSession session();

    TableDef table();

    /** The metrics of all commits of the run to this table, by name. */
    Map<String, Metric> metrics();

    /** The rows that the run wrote; for {@code append} and {@code key} see {@link #rowsForKey()}. */
    Dataset<Row> rows();

    /** The rows among which a key must be unique: all of the table for {@code append}, else those written. */
    Dataset<Row> rowsForKey();

    /** Says that a check read these tables. */
    void markRead(Collection<TableName> tables);
  }

  /** How a check ended. */
  enum Status {
    PASSED,
    /** Broken, but only of severity {@code warn}. */
    WARNED,
    FAILED,
    /** It could not be evaluated; counts as failed. */
    BROKEN;

    /** Whether it keeps the run from being published. */
    public boolean stopsPublish() {
      return this == FAILED || this == BROKEN;
    }
  }

  /**
   * A verdict.
   *
   * @param rowsJudged the rows that the rule applied to
   * @param rowsFailed those of them that broke it
   * @param origin where the numbers come from: {@code write} or {@code scan}
   * @param message what was found, as a sentence
   * @param samples at most ten rows that broke it, as text, personal columns masked
   */
  record Verdict(
      CheckDef check,
      Status status,
      long rowsJudged,
      long rowsFailed,
      String origin,
      String message,
      List<String> samples) {

    public Verdict {
      samples = List.copyOf(samples);
    }
  }
}
