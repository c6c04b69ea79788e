package io.afp.quality;

import static org.apache.spark.sql.functions.lit;

import io.afp.core.error.Causes;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.StructType;

/** Finds out whether a rule can be evaluated over a schema, before it can break a write. */
final class Resolution {

  private Resolution() {}

  /**
   * What is wrong, in one line; empty when nothing is.
   *
   * @param predicates what is asked of a row; asking for it may fail
   * @param aggregates what is measured; asking for them may fail
   */
  static Optional<String> problem(
      List<Supplier<Column>> predicates, Supplier<List<Column>> aggregates, StructType schema) {
    try {
      Dataset<Row> empty = SparkSession.active().createDataFrame(List.of(), schema);
      if (asksOtherTables(empty.filter(all(predicates)))) {
        return Optional.of("it has a subquery, but only columns of the row can be used");
      }
      Column[] columns = aggregates.get().toArray(Column[]::new);
      empty.select(columns).queryExecution().assertAnalyzed();
      return Optional.empty();
    } catch (Exception e) { // whatever it is, it is better found here than in the write
      return Optional.of(Causes.firstLine(e));
    }
  }

  /** Each is parsed by itself: one that closes a bracket too many must not borrow another's. */
  private static Column all(List<Supplier<Column>> predicates) {
    return predicates.stream().map(Supplier::get).reduce(lit(true), Column::and);
  }

  /** Spark allows it in a filter, and fails on it while it observes a write. */
  private static boolean asksOtherTables(Dataset<Row> filtered) {
    LogicalPlan plan = filtered.queryExecution().analyzed();
    return !plan.subqueriesAll().isEmpty();
  }
}
