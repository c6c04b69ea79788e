package io.afp.transform;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import scala.collection.JavaConverters;

/**
 * A query as Spark's own parser sees it. Needs no session.
 *
 * @param relations every table that it names, with the line where it does
 */
record SqlQuery(List<Relation> relations) {

  /** A table that a query names. */
  record Relation(String name, int line) {}

  /**
   * Parses the query of a model.
   *
   * @throws AfpException if it is not one query
   */
  static SqlQuery parse(ModelDef model) {
    LogicalPlan plan;
    try {
      plan = CatalystSqlParser$.MODULE$.parsePlan(model.sql());
    } catch (Exception e) { // ParseException is checked, but Scala does not declare it
      throw syntax(model, e);
    }
    if (plan instanceof Command || plan instanceof ParsedStatement) {
      throw AfpException.at(
          Location.file(model.file()),
          ErrorCode.SQL_SYNTAX,
          "Cannot use the SQL of %s: it is not a query (found=%s)"
              .formatted(model.file(), plan.nodeName()),
          "Write one SELECT; AFP writes its rows to the table.");
    }
    List<Relation> relations = new ArrayList<>();
    collect(plan, Set.of(), relations);
    return new SqlQuery(List.copyOf(relations));
  }

  private static AfpException syntax(ModelDef model, Exception e) {
    int line =
        e instanceof ParseException parse && parse.line().isDefined()
            ? (Integer) parse.line().get()
            : 0;
    return AfpException.at(
        new Location(model.file(), line, ""),
        ErrorCode.SQL_SYNTAX,
        "Cannot parse the SQL: %s".formatted(e.getMessage().strip().lines().findFirst().orElse("")),
        "Correct the query; it is Spark SQL.");
  }

  /** Names of common table expressions are no tables; they hold for the body and for later ones. */
  private static void collect(LogicalPlan plan, Set<String> known, List<Relation> found) {
    Set<String> names = new HashSet<>(known);
    if (plan instanceof UnresolvedWith with) {
      JavaConverters.seqAsJavaList(with.cteRelations())
          .forEach(
              cte -> {
                collect(cte._2(), names, found);
                names.add(cte._1());
              });
    }
    if (plan instanceof UnresolvedRelation relation) {
      add(relation, names, found);
    }
    JavaConverters.seqAsJavaList(plan.children()).forEach(child -> collect(child, names, found));
    JavaConverters.seqAsJavaList(plan.subqueries()).forEach(sub -> collect(sub, names, found));
  }

  private static void add(UnresolvedRelation relation, Set<String> known, List<Relation> found) {
    List<String> parts = JavaConverters.seqAsJavaList(relation.multipartIdentifier());
    if (parts.size() == 1 && known.contains(parts.get(0))) {
      return;
    }
    int line = relation.origin().line().isDefined() ? (Integer) relation.origin().line().get() : 0;
    found.add(new Relation(String.join(".", parts), line));
  }

  /**
   * The tables that the query reads.
   *
   * @throws AfpException with one problem for each name that is no known table
   */
  Set<TableName> tables(ModelDef model, Set<TableName> known) {
    Set<TableName> tables = new HashSet<>();
    UnknownTables unknown = new UnknownTables(model, known);
    for (Relation relation : relations) {
      unknown.find(relation).ifPresent(tables::add);
    }
    unknown.throwIfAny();
    return tables;
  }
}
