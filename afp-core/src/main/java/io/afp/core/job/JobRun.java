package io.afp.core.job;

import io.afp.core.definition.Interval;
import io.afp.core.definition.TableDef;
import io.afp.core.lake.Contract.Conformed;
import io.afp.core.spi.RawSource;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A run, as a Java program sees it. */
public interface JobRun {

  /**
   * The session on the branch of the run: plain table names read and write this run only.
   *
   * <p>It is the program's to keep from {@code CACHE TABLE}, which goes on showing rows after they
   * have changed, and from global temporary views, which show rows of the branch to every session
   * of the process. AFP refuses both in queries, but can't in a program.
   */
  SparkSession spark();

  /** The interval that was asked for; empty for a job without intervals. */
  Optional<Interval> interval();

  /** Rows of a source, still as strings. */
  Raw read(RawSource source);

  /** A table to write; declared by {@code TableDef.named(…)…inJava()}. */
  Target table(TableDef table);

  /** Rows that have not met their contract yet. */
  @FunctionalInterface
  interface Raw {

    /**
     * Brings them to the columns of a table; those that do not fit are rejected when they are
     * written.
     *
     * @param nullValues texts that stand for null
     */
    Conformed conform(TableDef contract, String... nullValues);
  }

  /** A table that a program writes, once a run. */
  interface Target {

    /**
     * Makes the table, or its rows of the interval, exactly these rows; rejects are stored beside.
     */
    void replace(Conformed rows, Optional<Interval> interval);

    /** Makes the table, or its rows of the interval, exactly these rows. */
    void replace(Dataset<Row> rows, Optional<Interval> interval);

    /** Adds these rows. */
    void append(Dataset<Row> rows, Optional<Interval> interval);
  }
}
