package io.afp.quality;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.StructType;

/** Finds out whether aggregates can be evaluated over a schema, before they can break a write. */
final class Resolution {

  private Resolution() {}

  /** What is wrong, in one line; empty when nothing is. */
  static Optional<String> problem(List<Column> aggregates, StructType schema) {
    SparkSession session = SparkSession.active();
    try {
      session
          .createDataFrame(List.of(), schema)
          .select(aggregates.toArray(Column[]::new))
          .queryExecution()
          .assertAnalyzed();
      return Optional.empty();
    } catch (
        Exception e) { // AnalysisException is checked in Java's eyes, but Scala does not declare it
      if (e instanceof AnalysisException || e instanceof ParseException) {
        return e.getMessage().lines().findFirst();
      }
      throw e;
    }
  }
}
