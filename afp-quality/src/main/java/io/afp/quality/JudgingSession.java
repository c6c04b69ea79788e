package io.afp.quality;

import java.util.Comparator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StructField;
import scala.Option;

/**
 * A copy of the session of rows, which is the active one until it is closed. Its time zone is that
 * of runs: texts of times are read in it, and dates compared with instants. Views that are made in
 * it are seen by nobody else.
 */
final class JudgingSession implements AutoCloseable {

  private final Option<SparkSession> before;
  private final SparkSession given;
  private final SparkSession session;
  private final Dataset<Row> rows;

  private JudgingSession(
      Option<SparkSession> before, SparkSession given, SparkSession session, Dataset<Row> rows) {
    this.before = before;
    this.given = given;
    this.session = session;
    this.rows = rows;
  }

  static JudgingSession like(Dataset<Row> rows) {
    SparkSession given = rows.sparkSession();
    Option<SparkSession> before = SparkSession.getActiveSession();
    SparkSession copy = given.cloneSession();
    copy.conf().set("spark.sql.session.timeZone", "UTC");
    SparkSession.setActiveSession(copy);
    return new JudgingSession(before, given, copy, withoutSmallNumbers(in(copy, rows)));
  }

  /** Its own expressions stay what they were where it was made. */
  private static Dataset<Row> in(SparkSession session, Dataset<Row> rows) {
    return Dataset.ofRows(session, rows.queryExecution().analyzed());
  }

  /** The language has none, and the lake neither. */
  private static Dataset<Row> withoutSmallNumbers(Dataset<Row> rows) {
    Dataset<Row> all = rows;
    for (StructField field : rows.schema().fields()) {
      if (field.dataType() instanceof ByteType || field.dataType() instanceof ShortType) {
        Column column = functions.col(Predicates.quoted(field.name()));
        all = all.withColumn(field.name(), column.cast("int"));
      }
    }
    return all;
  }

  /** The rows as they are judged. */
  Dataset<Row> rows() {
    return rows;
  }

  /** Other rows, as rows of this session. */
  Dataset<Row> rows(Dataset<Row> others) {
    return in(session, others);
  }

  /** A table of the session that the rows are from. */
  Dataset<Row> table(String name) {
    return rows(given.table(name));
  }

  /**
   * What a query gives.
   *
   * @param name by which it may read the rows
   */
  Dataset<Row> query(String sql, String name) {
    session.catalog().setCurrentCatalog(given.catalog().currentCatalog());
    rows.createOrReplaceTempView(name);
    return session.sql(sql);
  }

  /** By which two names are that of one column. */
  Comparator<String> names() {
    boolean exact = session.sessionState().conf().caseSensitiveAnalysis();
    return exact ? Comparator.naturalOrder() : String.CASE_INSENSITIVE_ORDER;
  }

  @Override
  public void close() {
    if (before.isDefined()) {
      SparkSession.setActiveSession(before.get());
    } else {
      SparkSession.clearActiveSession();
    }
  }
}
