package io.afp.core.lake;

import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** A plan of Spark with all that it is made of. */
public final class WholePlan {

  private WholePlan() {}

  /**
   * A plan and all plans below it, from the top: what it is made of, the queries of its WITH
   * clauses, and its subqueries.
   */
  public static Stream<LogicalPlan> of(LogicalPlan plan) {
    Stream<LogicalPlan> named =
        plan instanceof UnresolvedWith with
            ? JavaConverters.seqAsJavaList(with.cteRelations()).stream().map(Tuple2::_2)
            : Stream.empty();
    return Stream.of(
            Stream.of(plan),
            named.flatMap(WholePlan::of),
            all(plan.children()),
            all(plan.subqueries()))
        .flatMap(Function.identity());
  }

  private static Stream<LogicalPlan> all(Seq<LogicalPlan> plans) {
    return JavaConverters.seqAsJavaList(plans).stream().flatMap(WholePlan::of);
  }
}
