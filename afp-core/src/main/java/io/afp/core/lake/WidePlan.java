package io.afp.core.lake;

import static org.apache.spark.sql.functions.lit;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.internal.SQLConf;
import scala.Function1;
import scala.PartialFunction;
import scala.runtime.AbstractPartialFunction;

/**
 * Plans of rows with very many columns. What Spark does with each column beside all others takes
 * minutes there, and is left out where it brings nothing to a load: to infer filters from what is
 * known of columns, which only joins have a use for, and to find parts of nested columns that are
 * not read, for which all columns are put together one by one.
 */
public final class WidePlan {

  private static final int MANY = 500;

  private static final Map<String, String> WITHOUT =
      Map.of(
          "spark.sql.constraintPropagation.enabled", "false",
          "spark.sql.optimizer.nestedSchemaPruning.enabled", "false");

  private static final PartialFunction<LogicalPlan, LogicalPlan> UNFILTERED =
      new AbstractPartialFunction<>() {
        @Override
        public boolean isDefinedAt(LogicalPlan plan) {
          return plan instanceof Filter;
        }

        @Override
        @SuppressWarnings("unchecked") // the plan that takes the place of a plan
        public <A extends LogicalPlan, B> B applyOrElse(A plan, Function1<A, B> otherwise) {
          return plan instanceof Filter filter ? (B) filter.child() : otherwise.apply(plan);
        }
      };

  private WidePlan() {}

  /** Does work, whose plans are made by this thread, on rows with so many columns. */
  public static <T> T of(SparkSession session, int columns, Supplier<T> work) {
    if (columns < MANY) {
      return work.get();
    }
    SQLConf conf = session.sessionState().conf().clone();
    WITHOUT.forEach(conf::setConfString);
    return SQLConf.withExistingConf(conf, work::get);
  }

  /**
   * Rows whose plan says how these ones are divided among tasks: these, or where they are made of
   * very many columns, which to plan twice takes long, all rows of the same sources without a
   * column. There a shuffle is missing that only computes one.
   */
  static Dataset<Row> outline(Dataset<Row> rows) {
    LogicalPlan plan = rows.queryExecution().analyzed();
    boolean isWide = plan.exists(node -> node.output().size() >= MANY);
    return isWide
        ? Dataset.ofRows(rows.sparkSession(), plan.transformDown(UNFILTERED)).select(lit(1))
        : rows;
  }
}
