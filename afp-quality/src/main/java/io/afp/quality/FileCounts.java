package io.afp.quality;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.definition.CheckDef;
import io.afp.core.ledger.Metric;
import io.afp.core.measure.CheckPlan;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.connector.read.LocalScan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2ScanRelation;
import scala.collection.JavaConverters;

/**
 * How many rows there are and how many have a value in a column, as the files of a table say.
 * Iceberg answers that where it is exact: not where files have deletes beside them or no counts of
 * a column, nor for rows that are not all those of their files. Then nothing is known, and nothing
 * is read.
 */
final class FileCounts {

  private final Dataset<Row> rows;
  private final List<CheckDef> checks;

  /**
   * Counts of rows.
   *
   * @param checks among which those are answered that ask for such numbers
   */
  FileCounts(Dataset<Row> rows, List<CheckDef> checks) {
    this.rows = rows;
    this.checks = checks.stream().filter(this::asksForCounts).toList();
  }

  private boolean asksForCounts(CheckDef check) {
    return CheckPlan.countsAllRows(check) || asksForValues(check);
  }

  private boolean asksForValues(CheckDef check) {
    List<String> columns = List.of(rows.columns());
    return check.rule() instanceof CheckDef.Required
        && check.where().isEmpty()
        && check.column().filter(columns::contains).isPresent();
  }

  /** The metrics of the checks by name; empty where the rows would have to be read. */
  Map<String, Metric> metrics() {
    return checks.isEmpty() ? Map.of() : counted();
  }

  private Map<String, Metric> counted() {
    Column[] values = checks.stream().map(FileCounts::values).toArray(Column[]::new);
    Dataset<Row> counts = rows.agg(count(lit(1)), values);
    return readsNothing(counts) ? metrics(counts.head()) : Map.of();
  }

  private Map<String, Metric> metrics(Row counts) {
    Map<String, Metric> metrics = new HashMap<>();
    for (int i = 0; i < checks.size(); i++) {
      String name = checks.get(i).name();
      metrics.put(name, new Metric(name, counts.getLong(i + 1), counts.getLong(0)));
    }
    return metrics;
  }

  private static Column values(CheckDef check) {
    return count(check.column().map(column -> Predicates.column(column)).orElse(lit(1)));
  }

  private static boolean readsNothing(Dataset<Row> counts) {
    LogicalPlan plan = counts.queryExecution().optimizedPlan();
    return leaves(plan)
        .allMatch(
            leaf -> leaf instanceof DataSourceV2ScanRelation of && of.scan() instanceof LocalScan);
  }

  private static Stream<LogicalPlan> leaves(LogicalPlan plan) {
    return JavaConverters.seqAsJavaList(plan.collectLeaves()).stream();
  }
}
