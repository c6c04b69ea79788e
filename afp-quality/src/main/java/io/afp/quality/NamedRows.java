package io.afp.quality;

import io.afp.core.definition.TableName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.AliasIdentifier;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.Function1;
import scala.Tuple2;
import scala.collection.JavaConverters;
import scala.collection.Seq;
import scala.runtime.AbstractPartialFunction;

/**
 * Puts rows into a parsed query where it names their table as {@code namespace.name}, also in its
 * subqueries and WITH clauses; columns may be qualified by that name as before.
 *
 * @param rows of a table; empty where the session knows it
 */
record NamedRows(Function<TableName, Optional<Dataset<Row>>> rows) {

  LogicalPlan in(LogicalPlan query) {
    return query.transformUpWithSubqueries(
        new AbstractPartialFunction<LogicalPlan, LogicalPlan>() {
          @Override
          public boolean isDefinedAt(LogicalPlan plan) {
            return true;
          }

          @Override
          @SuppressWarnings("unchecked") // the plan that takes the place of a plan
          public <A extends LogicalPlan, B> B applyOrElse(A plan, Function1<A, B> otherwise) {
            return (B) put(plan);
          }
        });
  }

  private LogicalPlan put(LogicalPlan plan) {
    if (plan instanceof UnresolvedWith with) {
      return new UnresolvedWith(with.child(), named(with.cteRelations()));
    }
    return plan instanceof UnresolvedRelation relation ? put(relation) : plan;
  }

  /** The queries of a WITH clause, which Spark does not count among what a plan is made of. */
  private Seq<Tuple2<String, SubqueryAlias>> named(Seq<Tuple2<String, SubqueryAlias>> queries) {
    List<Tuple2<String, SubqueryAlias>> all =
        JavaConverters.seqAsJavaList(queries).stream()
            .map(query -> new Tuple2<>(query._1(), (SubqueryAlias) in(query._2())))
            .toList();
    return JavaConverters.asScalaBuffer(all);
  }

  private LogicalPlan put(UnresolvedRelation relation) {
    List<String> parts = JavaConverters.seqAsJavaList(relation.multipartIdentifier());
    if (parts.size() != 2 || !parts.stream().allMatch(TableName::isIdentifier)) {
      return relation;
    }
    TableName name = new TableName(parts.get(0), parts.get(1));
    return rows.apply(name).map(known -> aliased(name, known)).orElse(relation);
  }

  private static LogicalPlan aliased(TableName name, Dataset<Row> rows) {
    Seq<String> namespace = JavaConverters.asScalaBuffer(List.of(name.namespace()));
    return new SubqueryAlias(
        new AliasIdentifier(name.name(), namespace), rows.queryExecution().analyzed());
  }
}
