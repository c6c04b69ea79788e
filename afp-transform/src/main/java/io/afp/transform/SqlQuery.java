package io.afp.transform;

import io.afp.core.definition.ModelDef;
import io.afp.core.definition.TableName;
import io.afp.core.error.AfpException;
import io.afp.core.error.ErrorCode;
import io.afp.core.error.Location;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.parser.CatalystSqlParser$;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.trees.TreeNode;

/**
 * A query as Spark's own parser sees it. Needs no session.
 *
 * @param plan not resolved yet
 * @param relations every table that it names, with the line where it does
 */
record SqlQuery(LogicalPlan plan, List<Relation> relations) {

  /**
   * A table that a query names.
   *
   * @param parts of the name: catalog, namespace and table, or fewer
   */
  record Relation(List<String> parts, int line) {}

  /**
   * Parses the query of a model.
   *
   * @throws AfpException if it is not one query
   */
  static SqlQuery parse(ModelDef.Query model) {
    LogicalPlan plan;
    try {
      plan = CatalystSqlParser$.MODULE$.parsePlan(model.sql());
    } catch (Exception e) { // ParseException is checked, but Scala does not declare it
      throw syntax(model, e);
    }
    return new SqlQuery(plan, new NamedTables(model).in(plan));
  }

  /** The line on which a part of a parsed query begins; 0 when Spark does not know. */
  static int line(TreeNode<?> part) {
    return part.origin().line().isDefined() ? (Integer) part.origin().line().get() : 0;
  }

  private static AfpException syntax(ModelDef.Query model, Exception e) {
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

  /**
   * The tables that the query reads.
   *
   * @throws AfpException with one problem for each name that is no known table
   */
  Set<TableName> tables(ModelDef.Query model, Set<TableName> known) {
    Set<TableName> tables = new HashSet<>();
    UnknownTables unknown = new UnknownTables(model, known);
    for (Relation relation : relations) {
      unknown
          .find(relation.parts(), new Location(model.file(), relation.line(), ""))
          .ifPresent(tables::add);
    }
    unknown.throwIfAny();
    return tables;
  }
}
