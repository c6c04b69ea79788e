package io.afp.transform;

import io.afp.core.definition.ModelDef;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.PlanWithUnresolvedIdentifier;
import org.apache.spark.sql.catalyst.analysis.RelationTimeTravel;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.collection.JavaConverters;

/** Finds the tables that a parsed query names, and what in it is no query. */
final class NamedTables {

  private final ModelDef.Query model;
  private final List<SqlQuery.Relation> found = new ArrayList<>();

  NamedTables(ModelDef.Query model) {
    this.model = model;
  }

  /**
   * Every table that is named, in the order of the tree.
   *
   * @throws AfpException if a part is no query, or hides which table it reads
   */
  List<SqlQuery.Relation> in(LogicalPlan plan) {
    collect(plan, Set.of());
    return List.copyOf(found);
  }

  /**
   * Names of common table expressions are no tables; they hold for the body and for later ones.
   * Spark does not tell their upper from their lower case.
   */
  private void collect(LogicalPlan plan, Set<String> known) {
    requireQuery(plan);
    Set<String> names = new HashSet<>(known);
    if (plan instanceof UnresolvedWith with) {
      JavaConverters.seqAsJavaList(with.cteRelations())
          .forEach(
              cte -> {
                collect(cte._2(), names);
                names.add(folded(cte._1()));
              });
    }
    if (plan instanceof UnresolvedRelation relation) {
      add(relation, names);
    }
    if (plan instanceof RelationTimeTravel travel) {
      collect(travel.relation(), names);
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, names));
    JavaConverters.seqAsJavaList(plan.subqueries()).forEach(sub -> collect(sub, names));
  }

  private void requireQuery(LogicalPlan plan) {
    if (plan instanceof Command || plan instanceof ParsedStatement) {
      throw refused(
          "it is not a query (found=%s)".formatted(plan.nodeName()),
          "Write one SELECT; AFP writes its rows to the table.");
    }
    if (plan instanceof PlanWithUnresolvedIdentifier) {
      throw refused(
          "IDENTIFIER(…) hides which table it reads", "Write the name of the table itself.");
    }
  }

  private AfpException refused(String reason, String fix) {
    return AfpException.at(
        Location.file(model.file()),
        ErrorCode.SQL_SYNTAX,
        "Cannot use the SQL of %s: %s".formatted(model.file(), reason),
        fix);
  }

  private void add(UnresolvedRelation relation, Set<String> known) {
    List<String> parts = JavaConverters.seqAsJavaList(relation.multipartIdentifier());
    if (parts.size() == 1 && known.contains(folded(parts.get(0)))) {
      return;
    }
    found.add(new SqlQuery.Relation(List.copyOf(parts), SqlQuery.line(relation)));
  }

  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
