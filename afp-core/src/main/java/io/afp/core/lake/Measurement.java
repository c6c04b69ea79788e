package io.afp.core.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.afp.core.ledger.Metric;
import io.afp.core.measure.State;
import io.afp.core.measure.Unmeasured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.RebalancePartitions;
import org.apache.spark.sql.catalyst.plans.logical.RepartitionOperation;
import scala.collection.JavaConverters;

/**
 * Measures rows while something else is done with them. All measures are taken together, by one
 * call for each row in the task that has it anyway; see {@link MeasureRow}. What is computed again
 * is counted once; see {@link Pass}. A measure that fails for a row is given up, and the row goes
 * on.
 */
public final class Measurement {

  private final List<Measure> measures;
  private final UnitSplit units;
  private final Pass pass = new Pass();

  public Measurement(List<Measure> measures) {
    this(measures, UnitSplit.none());
  }

  /** Measures the rows of each unit by themselves. */
  Measurement(List<Measure> measures, UnitSplit units) {
    this.measures = List.copyOf(measures);
    this.units = units;
  }

  /**
   * What was measured.
   *
   * @param rows in how many rows
   * @param metrics of the measures that did not fail, for each unit
   * @param failures why the others failed, by name
   */
  public record Measured(long rows, List<Metric> metrics, Map<String, String> failures) {

    public Measured {
      metrics = List.copyOf(metrics);
      failures = Map.copyOf(failures);
    }

    /** The metrics of a measure: none if it failed, else one for each unit. */
    public Stream<Metric> of(String measure) {
      return metrics.stream().filter(metric -> metric.name().equals(measure));
    }

    /** Those of all measures but some. */
    List<Metric> without(String... some) {
      List<String> names = List.of(some);
      return metrics.stream().filter(metric -> !names.contains(metric.name())).toList();
    }
  }

  /** Measures rows in a pass of their own, which reads the columns that the measures need. */
  public static Measured scan(Dataset<Row> rows, List<Measure> measures) {
    return new Measurement(measures).scan(rows);
  }

  Measured scan(Dataset<Row> rows) {
    rows.filter(condition(rows)).select(lit(1)).write().format("noop").mode("overwrite").save();
    return result();
  }

  /**
   * The same rows, which are measured when they are computed; none of their values is computed
   * twice for it.
   */
  public Dataset<Row> on(Dataset<Row> rows) {
    Dataset<Row> held = areComputedBelow(rows) ? rows : held(rows);
    return held.filter(condition(held));
  }

  /** Whether the rows come out of tasks or were divided among them, so that nothing is computed. */
  private static boolean areComputedBelow(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    return plan instanceof RepartitionOperation || plan instanceof RebalancePartitions;
  }

  private static Dataset<Row> held(Dataset<Row> rows) {
    Column[] columns = Arrays.stream(rows.columns()).map(Measurement::named).toArray(Column[]::new);
    columns[0] = new Column(new Held(columns[0].expr())).as(rows.columns()[0]);
    return rows.select(columns);
  }

  private static boolean asksForAColumn(Expression expression) {
    return JavaConverters.seqAsJavaList(expression.collectLeaves()).stream()
        .anyMatch(Attribute.class::isInstance);
  }

  private static Column named(String column) {
    return col("`" + column.replace("`", "``") + "`");
  }

  private Column condition(Dataset<Row> rows) {
    if (!pass.isRegistered()) {
      rows.sparkSession().sparkContext().register(pass);
    }
    List<Expression> children = new ArrayList<>();
    measures.forEach(measure -> children.add(measure.input().expr()));
    units.column().ifPresent(column -> children.add(named(column).expr()));
    if (children.stream().noneMatch(Measurement::asksForAColumn)) {
      children.add(named(rows.columns()[0]).expr());
    }
    List<Measure.Kind> kinds = measures.stream().map(Measure::kind).toList();
    return new Column(
        new MeasureRow(
            pass, kinds, units.starts(), JavaConverters.asScalaBuffer(children).toIndexedSeq()));
  }

  /** What was measured, when the action on the rows has ended well. */
  public Measured result() {
    Pass.Part all = pass.value().stream().reduce(none(), Pass.Part::plus);
    List<Metric> metrics = new ArrayList<>();
    Map<String, String> failures = new LinkedHashMap<>();
    for (int unit = 0; unit < units.labels().size(); unit++) {
      for (int i = 0; i < measures.size(); i++) {
        State state = all.units().get(unit).states().get(i);
        String name = measures.get(i).name();
        if (state instanceof Unmeasured failed) {
          failures.put(name, failed.reason());
        } else {
          metrics.add(new Metric(name, units.labels().get(unit), state));
        }
      }
    }
    metrics.removeIf(metric -> failures.containsKey(metric.name()));
    return new Measured(all.rows(), metrics, failures);
  }

  private Pass.Part none() {
    List<State> none = measures.stream().map(measure -> measure.kind().none()).toList();
    Pass.OfUnit ofUnit = new Pass.OfUnit(0, none);
    return new Pass.Part(0, Collections.nCopies(units.labels().size(), ofUnit));
  }
}
