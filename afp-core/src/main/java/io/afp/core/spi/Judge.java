package io.afp.core.spi;

import io.afp.core.definition.CheckDef;
import io.afp.core.definition.TableDef;
import io.afp.core.definition.TableName;
import io.afp.core.ledger.Metric;
import io.afp.core.ledger.Verdict;
import io.afp.core.measure.History;
import io.afp.core.measure.State;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Gives the verdicts on rows, such as those that a run wrote to a table. */
public interface Judge {

  /**
   * Judges every check of the table. A check that can't be evaluated is {@link
   * Verdict.Status#BROKEN}, never passed.
   */
  List<Verdict> judge(Case written);

  /**
   * The metric of a unit.
   *
   * @param unit the interval; empty where the rows of the run are no unit
   * @param at where it lies in time, on the clock of the pipeline
   */
  record Part(String unit, LocalDateTime at, Metric metric) {}

  /** What is judged. */
  interface Case {
    TableDef table();

    /** What was measured when the rows were written, by name; of some or all checks nothing. */
    Map<String, Metric> metrics();

    /** The rows that are judged: those that the run wrote. */
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

    /** What a check measured before, or what its table tells of that time. */
    History history(CheckDef check);

    /**
     * What a check measured in the whole table before the run, but for the units that the run
     * writes; empty where that is not known.
     */
    Optional<State> before(CheckDef check);

    /**
     * A metric by the units that were written, in order of time; as one where they are no units;
     * empty where they are several that were not measured one by one.
     *
     * @param whole the metric of all of them
     */
    List<Part> parts(Metric whole);

    /** All rows of a table that a check names, this one or another. */
    Dataset<Row> rowsOf(TableName name);

    /** What a query of a check gives; it may name this table too. */
    Dataset<Row> query(String sql);
  }
}
